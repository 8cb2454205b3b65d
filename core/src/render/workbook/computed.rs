//! What a spreadsheet can compute of a figure: the arithmetic over other figures that it comes
//! to. Everything else (distinct counts, percentiles, cohorts, credit) needs the rows.

use crate::base::calendar::{Calendar, Period};
use crate::base::formula::{Formula, Operator, Shift};
use crate::base::id::Id;
use crate::model::System;
use crate::model::kpi::{Calculation, Definition, Missing, Window};

/// The most periods that a figure over a longer stretch is summed from.
const MOST_SUMMED: u32 = 60;

/// The arithmetic that a figure comes to in a period, if it is that.
pub(super) fn arithmetic(system: &System, definition: &Definition, period: &Period) -> Option<Formula> {
    if definition.missing != Missing::Stays {
        return None;
    }
    match &definition.calculation {
        Calculation::Ratio { numerator, denominator } => Some(quotient(Formula::Figure(numerator.clone()), Formula::Figure(denominator.clone()))),
        Calculation::Formula { formula } => Some(formula.formula.clone()),
        Calculation::Cumulative { of, window } => {
            let back = periods_back(system.calendar(), period, *window)?;
            over(system, system.definition(of.as_str())?, back)
        }
        _ => None,
    }
}

/// How many rows a figure counts or sums, which people can type in.
pub(super) fn is_typed(definition: &Definition) -> bool {
    matches!(definition.calculation, Calculation::Count { .. } | Calculation::Sum { .. })
}

pub(super) fn quotient(above: Formula, below: Formula) -> Formula {
    Formula::Binary(Operator::Divide, Box::new(above), Box::new(below))
}

/// Why a figure stands as a value.
pub(super) fn why_not(definition: &Definition) -> &'static str {
    match &definition.calculation {
        Calculation::Distinct { .. } => "a value: a distinct count cannot be computed from cells",
        Calculation::Summary { .. } => "a value: a summary of single numbers cannot be computed from cells",
        Calculation::Duration { .. } => "a value: a time between two events cannot be computed from cells",
        Calculation::Conversion { .. } => "a value: a conversion of cohorts cannot be computed from cells",
        Calculation::Credit { .. } => "a value: credit for touches cannot be computed from cells",
        Calculation::Balance { .. } => "a value: a balance is taken from its days, which are not here",
        Calculation::Mean { .. } | Calculation::WeightedMean { .. } => "a value: a mean of rows of which some have no number, or that weigh differently",
        Calculation::Cumulative { .. } => "a value: the stretch that it is taken over is not here",
        _ => "a value: what it is made of is not here for this period",
    }
}

/// How many periods a stretch has before the one that it ends with.
fn periods_back(calendar: &Calendar, period: &Period, window: Window) -> Option<u32> {
    let back = match window {
        Window::Rolling(periods) => periods.checked_sub(1)?,
        Window::ToDate(grain) => {
            let first = calendar.first_day(grain, period.last);
            let (mut earliest, mut back) = (period.clone(), 0u32);
            while earliest.first > first && back < MOST_SUMMED {
                earliest = calendar.previous(&earliest)?;
                back = back.saturating_add(1);
            }
            (earliest.first == first).then_some(back)?
        }
        Window::AllTime => return None,
    };
    (back < MOST_SUMMED).then_some(back)
}

/// A figure over this period and so many before.
fn over(system: &System, definition: &Definition, back: u32) -> Option<Formula> {
    let other = |id: &Id| over(system, system.definition(id.as_str())?, back);
    match &definition.calculation {
        Calculation::Count { .. } | Calculation::Sum { .. } => {
            let this = Formula::Figure(definition.id.clone());
            let earlier = (1..=back).map(|periods| Formula::Shifted(definition.id.clone(), Shift::Previous(periods)));
            Some(earlier.fold(this, |sum, each| Formula::Binary(Operator::Add, Box::new(sum), Box::new(each))))
        }
        Calculation::Ratio { numerator, denominator } if definition.missing == Missing::Stays => Some(quotient(other(numerator)?, other(denominator)?)),
        Calculation::Formula { formula } if definition.missing == Missing::Stays => within(&formula.formula, &other),
        _ => None,
    }
}

/// The same formula, of its figures over a longer stretch.
fn within(formula: &Formula, other: &dyn Fn(&Id) -> Option<Formula>) -> Option<Formula> {
    Some(match formula {
        Formula::Constant(number) => Formula::Constant(number.clone()),
        Formula::Figure(id) => other(id)?,
        Formula::Shifted(..) => return None,
        Formula::Negated(inner) => Formula::Negated(Box::new(within(inner, other)?)),
        Formula::Binary(operator, left, right) => Formula::Binary(*operator, Box::new(within(left, other)?), Box::new(within(right, other)?)),
        Formula::Call(function, arguments) => Formula::Call(*function, arguments.iter().map(|argument| within(argument, other)).collect::<Option<Vec<_>>>()?),
    })
}

/// Each figure that a formula reads, with the other period that it is read from.
pub(super) fn reads(formula: &Formula) -> Vec<(Id, Option<Shift>)> {
    fn collect(formula: &Formula, found: &mut Vec<(Id, Option<Shift>)>) {
        match formula {
            Formula::Constant(_) => {}
            Formula::Figure(id) => found.push((id.clone(), None)),
            Formula::Shifted(id, shift) => found.push((id.clone(), Some(*shift))),
            Formula::Negated(inner) => collect(inner, found),
            Formula::Binary(_, left, right) => {
                collect(left, found);
                collect(right, found);
            }
            Formula::Call(_, arguments) => arguments.iter().for_each(|argument| collect(argument, found)),
        }
    }
    let mut found = Vec::new();
    collect(formula, &mut found);
    found.sort();
    found.dedup();
    found
}

/// The period that a formula's figure is read from.
pub(super) fn shifted(calendar: &Calendar, period: &Period, shift: Option<Shift>) -> Option<Period> {
    match shift {
        None => Some(period.clone()),
        Some(Shift::PriorYear) => calendar.prior_year(period),
        Some(Shift::Previous(periods)) => (0..periods).try_fold(period.clone(), |period, _| calendar.previous(&period)),
    }
}
