//! Charts as the data of a program's own charts, which people can edit: categories, series, and how
//! each is to be read. Whoever writes slides puts them into shapes.

use serde::Serialize;

use super::waterfall::Step;
use crate::base::calendar::Grain;
use crate::base::number::Number;
use crate::base::unit::Unit;
use crate::judge::explanation::Explanation;
use crate::judge::reference::Reference;
use crate::judge::variance::Impact;
use crate::operate::weekly_review::{ReviewPeriod, ReviewSpan, WeeklyReview};

/// A chart to be drawn by a program.
#[derive(Serialize)]
pub(in crate::render) struct NativeChart {
    /// `columns` side by side, or `stacked` ones.
    form: &'static str,
    title: String,
    categories: Vec<String>,
    series: Vec<NativeSeries>,
    /// Where the axis of values begins and ends; `None` where the program may choose.
    axis: [Option<Number>; 2],
    /// How values are written, as spreadsheets know it.
    format: &'static str,
}

/// One series of a chart.
#[derive(Serialize)]
struct NativeSeries {
    name: String,
    /// What it is, in the words of IBCS: `actual`, `prior_year`, `plan`; in a waterfall `base`, which
    /// is not seen, `total`, and the impact of a step.
    role: &'static str,
    values: Vec<Option<Number>>,
    /// What stands at a value, where anything does.
    labels: Vec<Option<String>>,
    /// Values that are drawn otherwise than their series.
    marks: Vec<NativeMark>,
}

/// A value that is drawn otherwise than its series.
#[derive(Serialize)]
struct NativeMark {
    at: usize,
    role: &'static str,
}

impl NativeSeries {
    fn empty(role: &'static str, length: usize) -> Self {
        Self { name: String::new(), role, values: vec![None; length], labels: vec![None; length], marks: Vec::new() }
    }

    fn set(&mut self, at: usize, value: Number, label: Option<String>) {
        if let (Some(place), Some(text)) = (self.values.get_mut(at), self.labels.get_mut(at)) {
            (*place, *text) = (Some(value), label);
        }
    }
}

/// How a spreadsheet writes figures of a unit.
fn format(unit: &Unit) -> &'static str {
    match unit.base() {
        Unit::Percent => "0.0%",
        Unit::Ratio => "#,##0.00",
        Unit::Days | Unit::Months => "#,##0.0",
        _ => "#,##0",
    }
}

impl WeeklyReview {
    /// The trailing weeks, where it has any, and months as columns: prior year, actual and plan.
    pub(in crate::render) fn native(&self, grains: &[Grain]) -> Vec<NativeChart> {
        let spans = [&self.weeks, &self.months].into_iter().filter(|span| grains.contains(&span.grain) && !span.periods.is_empty());
        spans.map(|span| self.native_span(span)).collect()
    }

    fn native_span(&self, span: &ReviewSpan) -> NativeChart {
        let series = |name: &str, role, figure: fn(&ReviewPeriod) -> Option<&Number>| NativeSeries {
            name: name.to_owned(),
            values: span.periods.iter().map(|period| figure(period).cloned()).collect(),
            ..NativeSeries::empty(role, span.periods.len())
        };
        let mut actual = series("AC", "actual", |period| period.actual.value.number());
        if let (Some(label), Some(last)) = (actual.labels.last_mut(), span.periods.last()) {
            *label = last.actual.value.number().map(|_| last.actual.text.clone());
        }
        let prior = series("PY", "prior_year", |period| period.prior_year.base.value.number());
        let plan = series("PL", "plan", |period| period.plan.base.value.number());
        let all = [prior, actual, plan];
        let below = all.iter().flat_map(|series| &series.values).flatten().any(Number::is_negative);
        NativeChart {
            form: "columns",
            title: span.title(&self.words),
            categories: span.periods.iter().map(|period| period.period.label.clone()).collect(),
            series: all.into_iter().filter(|series| series.values.iter().any(Option::is_some)).collect(),
            axis: [(!below).then(|| Number::from(0)), None],
            format: format(&self.unit),
        }
    }
}

impl Explanation {
    /// The waterfall as stacked columns: each step stands on an unseen one that reaches to where it
    /// begins. A step that crosses zero has a part on either side.
    pub(in crate::render) fn native(&self) -> Option<NativeChart> {
        let (actual, base) = (self.actual.value.number()?, self.base.value.number()?);
        let parts = self.part_steps();
        let steps = if parts.is_empty() { self.effect_steps() } else { parts };
        let (steps, _) = self.bounded(&steps, base, actual);
        if steps.is_empty() {
            return None;
        }
        let last = steps.len().saturating_add(1);
        let mut categories = vec![self.base_label()];
        categories.extend(steps.iter().map(|step| step.name.clone()));
        categories.push(format!("AC {}", self.period.label));
        let length = categories.len();
        let mut unseen = NativeSeries::empty("base", length);
        let mut total = NativeSeries::empty("total", length);
        let code = match self.against {
            Reference::Plan => "plan",
            _ => "prior_year",
        };
        total.marks.push(NativeMark { at: 0, role: code });
        total.set(0, base.clone(), Some(self.base.text.clone()));
        total.set(last, actual.clone(), Some(self.actual.text.clone()));
        // Above and below zero, for each impact.
        let mut bars: Vec<NativeSeries> =
            ["favourable", "adverse", "neutral"].into_iter().flat_map(|role| [NativeSeries::empty(role, length), NativeSeries::empty(role, length)]).collect();
        let mut at = base.clone();
        for (index, Step { change, .. }) in steps.iter().enumerate() {
            let Some(size) = change.value.number() else { continue };
            let next = at.clone() + size.clone();
            let place = index.saturating_add(1);
            let (low, high) = if at < next { (at, next.clone()) } else { (next.clone(), at) };
            let impact = match Impact::of(size, self.parts_direction()) {
                Impact::Favourable => 0,
                Impact::Adverse => 2,
                Impact::Neutral | Impact::Unknown => 4,
            };
            let zero = Number::from(0);
            let (above, below) =
                (high.clone().max(zero.clone()) - low.clone().max(zero.clone()), low.clone().min(zero.clone()) - high.clone().min(zero.clone()));
            let stand = if low > zero { low } else { high.min(zero) };
            if !stand.is_zero() {
                unseen.set(place, stand, None);
            }
            let mut label = Some(change.text.clone());
            for (offset, part) in [above, below].into_iter().enumerate() {
                if let Some(bar) = bars.get_mut(impact + offset).filter(|_| !part.is_zero()) {
                    bar.set(place, part, label.take());
                }
            }
            at = next;
        }
        let series = [unseen, total].into_iter().chain(bars).filter(|series| series.values.iter().any(Option::is_some)).collect();
        Some(NativeChart { form: "stacked", title: String::new(), categories, series, axis: [None, None], format: format(&self.unit) })
    }
}
