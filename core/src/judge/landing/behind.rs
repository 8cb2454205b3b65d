//! KPIs whose running period is behind its plan, and since which day.

use super::pacing::{aim, target};
use super::{Shape, Snapshot, daily};
use crate::base::calendar::{Grain, Period, Span};
use crate::base::date::Date;
use crate::base::number::Number;
use crate::base::unit::Unit;
use crate::base::value::Value;
use crate::judge::landing::backtest::Outcome;
use crate::judge::variance::Figure;
use crate::measure::{Figures, Given};
use crate::model::kpi::{Definition, Direction, Kpi};

/// A running period that is behind its plan.
pub(crate) struct Behind {
    pub(crate) period: Period,
    /// The last day that counts, which is the last that data reach.
    pub(crate) until: Date,
    /// The first of the days in a row, the last one back, on which it was behind.
    pub(crate) since: Date,
    pub(crate) actual: Figure,
    pub(crate) expected: Figure,
}

impl Snapshot {
    /// Those of some KPIs whose running period of this length is behind what is expected by now by
    /// more than a share of it, in the worse direction. What is expected is what pacing says: of an
    /// amount what its phasing asks for by each day, of anything else the target. A snapshot of cells
    /// does not tell days apart, and tells none.
    pub(crate) fn behind<'k>(&self, kpis: &[&'k Kpi], grain: Grain, by: &Number) -> Vec<(&'k Kpi, Behind)> {
        let Given::Rows(_) = self.given_by() else { return Vec::new() };
        let calendar = self.system().calendar();
        let periods = kpis.iter().map(|kpi| (*kpi, calendar.period(grain.max(kpi.shortest), self.as_of())));
        let planned: Vec<(&Kpi, Period)> = periods.filter(|(kpi, period)| target(self, kpi, period).is_ok()).collect();
        let Some(first) = planned.iter().map(|(_, period)| period.first).min() else { return Vec::new() };
        let shapes: Vec<Option<Shape>> = planned.iter().map(|(kpi, _)| daily::shape(self.system(), &kpi.definition).ok()).collect();
        let parts = daily::figures_of(shapes.iter().flatten());
        let mut roots: Vec<&Definition> = planned.iter().map(|(kpi, _)| &kpi.definition).collect();
        roots.extend(parts.into_iter().filter_map(|id| self.system().definition(id.as_str())));
        let days: Vec<Span> = daily::days(self.as_of()).into_iter().take_while(|day| day.first >= first).collect();
        let figures = Figures::over(self.system_shared(), self.given_by(), self.as_of(), &roots, &[Grain::Week, Grain::Month], days);
        let one = |((kpi, period), shape): ((&'k Kpi, Period), &Option<Shape>)| {
            // A period that means something else by now is not held against its plan.
            if self.redefined_between(kpi, period.first, self.as_of()).is_some() {
                return None;
            }
            let last = shape.as_ref().and_then(|shape| daily::read(&figures, shape, self.as_of(), None)).map_or(self.as_of(), |days| days.last);
            let additive = shape.as_ref().is_some_and(|shape| shape.outcome == Outcome::Total);
            let on = |day: Date| self.is_behind(kpi, &period, day, additive, &figures, by);
            let (actual, expected) = on(last)?;
            let mut since = last;
            while since > period.first && on(since.plus_days(-1)).is_some() {
                since = since.plus_days(-1);
            }
            let figure = |number: Number, unit: &Unit| Figure::of(Value::of(number), unit);
            Some((kpi, Behind { until: last, since, actual: figure(actual, &kpi.unit), expected: figure(expected, &kpi.unit), period }))
        };
        planned.into_iter().zip(&shapes).filter_map(one).collect()
    }

    /// The figure and what is expected of a period by a day, where it is behind.
    fn is_behind(&self, kpi: &Kpi, period: &Period, day: Date, additive: bool, figures: &Figures, by: &Number) -> Option<(Number, Number)> {
        if day < period.first {
            return None;
        }
        let asked = if additive { Period { last: day, ..period.clone() } } else { period.clone() };
        let target = target(self, kpi, &asked).ok()?;
        let direction = target.direction(kpi);
        let expected = aim(direction, &target).number()?.clone();
        let actual = self.actual_until(kpi, period, day, figures).number()?.clone();
        let lacks = match direction {
            Direction::Higher => expected.clone() - actual.clone(),
            Direction::Lower => actual.clone() - expected.clone(),
            Direction::Band | Direction::None => return None,
        };
        (lacks > by.clone() * expected.abs()).then_some((actual, expected))
    }
}
