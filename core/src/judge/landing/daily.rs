//! The days of a KPI, as plain series: what adds up day by day, what is a quotient of such, and
//! what is a balance. Anything else has no days that make a period.

use crate::base::calendar::{Grain, Period, Span};
use crate::base::date::Date;
use crate::base::formula::{Formula, Operator};
use crate::base::id::Id;
use crate::base::number::Number;
use crate::base::order;
use crate::measure::Figures;
use crate::model::System;
use crate::model::kpi::{Additivity, Calculation, Definition, Take};

use super::backtest::Outcome;

/// The most days of the past that are looked at: six years.
pub(super) const MOST_DAYS: i64 = 6 * 365 + 2;
/// Data may be so many days behind the as-of date.
const MOST_BEHIND: usize = 31;
/// How many figures lead from a KPI to its parts at most.
const MOST_STEPS: usize = 8;

/// A sum of figures that add up, each times a factor.
type Sum = Vec<(Id, f64)>;

/// What the figure of a period is made of, day by day.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    pub(super) outcome: Outcome,
    above: Sum,
    below: Sum,
}

/// The shape of a KPI, or why it has none.
pub(super) fn shape(system: &System, definition: &Definition) -> Result<Shape, String> {
    let of = |outcome| Shape { outcome, above: vec![(definition.id.clone(), 1.0)], below: Vec::new() };
    if system.additivity(definition) == Additivity::Additive {
        return Ok(of(Outcome::Total));
    }
    match &definition.calculation {
        Calculation::Balance { take: Take::Last, .. } => Ok(of(Outcome::Last)),
        Calculation::Balance { take: Take::Mean, .. } => Ok(of(Outcome::Mean)),
        Calculation::Balance { take: Take::First, .. } => Err("the balance of the first day is known already".to_owned()),
        _ => {
            let (above, below) = quotient(system, definition, MOST_STEPS)
                .ok_or("it is made neither of amounts that add up day by day, nor of a quotient of two of them, nor is it a balance")?;
            Ok(Shape { outcome: Outcome::Ratio, above, below })
        }
    }
}

impl Shape {
    /// The figures that it is made of.
    pub(super) fn figures(&self) -> impl Iterator<Item = &Id> {
        self.above.iter().chain(&self.below).map(|(id, _)| id)
    }
}

fn quotient(system: &System, definition: &Definition, steps: usize) -> Option<(Sum, Sum)> {
    if definition.filter.is_some() {
        return None;
    }
    let sum = |id: &Id| sum(system, &Formula::Figure(id.clone()));
    match &definition.calculation {
        Calculation::Ratio { numerator, denominator } => Some((sum(numerator)?, sum(denominator)?)),
        Calculation::Formula { formula } => quotient_of(system, &formula.formula, steps),
        _ => None,
    }
}

fn quotient_of(system: &System, formula: &Formula, steps: usize) -> Option<(Sum, Sum)> {
    match formula {
        Formula::Figure(id) => quotient(system, system.definition(id.as_str())?, steps.checked_sub(1)?),
        Formula::Binary(Operator::Multiply, left, right) => match (constant(left), constant(right)) {
            (Some(factor), _) => times(quotient_of(system, right, steps)?, factor),
            (_, Some(factor)) => times(quotient_of(system, left, steps)?, factor),
            _ => None,
        },
        Formula::Binary(Operator::Divide, left, right) => match constant(right) {
            Some(divisor) => times(quotient_of(system, left, steps)?, 1.0 / divisor),
            None => Some((sum(system, left)?, sum(system, right)?)),
        },
        _ => None,
    }
}

fn times((above, below): (Sum, Sum), factor: f64) -> Option<(Sum, Sum)> {
    Some((scaled(above, factor)?, below))
}

fn scaled(sum: Sum, factor: f64) -> Option<Sum> {
    factor.is_finite().then(|| sum.into_iter().map(|(id, own)| (id, own * factor)).collect())
}

fn constant(formula: &Formula) -> Option<f64> {
    match formula {
        Formula::Constant(number) => number.to_f64(),
        _ => None,
    }
}

fn sum(system: &System, formula: &Formula) -> Option<Sum> {
    match formula {
        Formula::Figure(id) => (system.additivity(system.definition(id.as_str())?) == Additivity::Additive).then(|| vec![(id.clone(), 1.0)]),
        Formula::Negated(inner) => scaled(sum(system, inner)?, -1.0),
        Formula::Binary(Operator::Add, left, right) => Some(sum(system, left)?.into_iter().chain(sum(system, right)?).collect()),
        Formula::Binary(Operator::Subtract, left, right) => Some(sum(system, left)?.into_iter().chain(scaled(sum(system, right)?, -1.0)?).collect()),
        Formula::Binary(Operator::Multiply, left, right) => match (constant(left), constant(right)) {
            (Some(factor), _) => scaled(sum(system, right)?, factor),
            (_, Some(factor)) => scaled(sum(system, left)?, factor),
            _ => None,
        },
        Formula::Binary(Operator::Divide, left, right) => scaled(sum(system, left)?, 1.0 / constant(right)?),
        _ => None,
    }
}

/// Every figure that some shapes are made of, once.
pub(super) fn figures_of<'s>(shapes: impl Iterator<Item = &'s Shape>) -> Vec<&'s Id> {
    let mut figures: Vec<&Id> = shapes.flat_map(Shape::figures).collect();
    order::sort_distinct(&mut figures);
    figures
}

/// The days that are looked at.
pub(super) fn days(as_of: Date) -> Vec<Span> {
    (0..MOST_DAYS).map(|back| as_of.plus_days(-back)).take_while(|day| *day > Date::min()).map(|day| Span { first: day, last: day }).collect()
}

/// The unbroken run of days that ends with the last one that is known.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Days {
    /// Oldest first.
    pub(super) above: Vec<f64>,
    /// The denominator of a ratio; else empty.
    pub(super) below: Vec<f64>,
    pub(super) last: Date,
}

/// From the first day on which anything in a sum was recorded to the last.
fn recorded(figures: &Figures, sum: &Sum) -> Option<Span> {
    let spans = sum.iter().filter_map(|(id, _)| figures.recorded_span(id.as_str()));
    spans.reduce(|left, right| Span { first: left.first.min(right.first), last: left.last.max(right.last) })
}

/// Reads the days backwards from the as-of date, to the first that is missing, on which the figure
/// meant something else, or that was not recorded: what counts as zero by its definition was not
/// observed to be zero before the first recorded day, nor after the last.
pub(super) fn read(figures: &Figures, shape: &Shape, as_of: Date, since: Option<Date>) -> Option<Days> {
    let whole = Number::from(1);
    let on = |day: Date, sum: &Sum| -> Option<f64> {
        let period = Period { grain: Grain::Week, label: String::new(), first: day, last: day };
        sum.iter().try_fold(0.0, |total, (id, factor)| Some(total + factor * figures.at(id.as_str(), &whole, &period)?.value.number()?.to_f64()?))
    };
    let spans: Vec<Option<Span>> = [&shape.above, &shape.below].into_iter().filter(|sum| !sum.is_empty()).map(|sum| recorded(figures, sum)).collect();
    let counts = |day: Date| since.is_none_or(|since| since <= day) && spans.iter().all(|span| span.is_some_and(|span| span.contains(day)));
    let known = |day: Date| if counts(day) { Some((on(day, &shape.above)?, on(day, &shape.below)?)) } else { None };
    let mut back = days(as_of).into_iter().map(|day| (day.first, known(day.first))).take(1 + MOST_BEHIND).skip_while(|(_, known)| known.is_none());
    let (last, newest) = back.next()?;
    let older = days(last).into_iter().skip(1).map_while(|day| known(day.first).filter(|_| as_of.days_since(day.first) < MOST_DAYS));
    let (mut above, mut below): (Vec<f64>, Vec<f64>) = newest.into_iter().chain(older).unzip();
    above.reverse();
    below.reverse();
    Some(Days { above, below: if shape.below.is_empty() { Vec::new() } else { below }, last })
}
