//! A change by the drivers of a formula.

use super::{ExplainedDriver, Explanation, Split, Unsplit};
use crate::base::calendar::Period;
use crate::base::id::Id;
use crate::base::number::Number;
use crate::base::value::Value;
use crate::judge::reference::Reference;
use crate::judge::scorecard::Line;
use crate::judge::snapshot::Snapshot;
use crate::judge::variance::Figure;
use crate::judge::why::drivers::{DriverSplit, MOST_DRIVERS};
use crate::model::kpi::{Calculation, Kpi};

impl Snapshot {
    pub(super) fn by_drivers(&self, kpi: &Kpi, line: &Line, split: DriverSplit, explanation: &Explanation) -> Result<Split, Unsplit> {
        let calculation = &kpi.definition.calculation;
        let mut ids: Vec<&Id> = Vec::new();
        calculation.refers_to().into_iter().for_each(|id| {
            if !ids.contains(&id) {
                ids.push(id);
            }
        });
        if !matches!(calculation, Calculation::Ratio { .. } | Calculation::Formula { .. }) {
            return Err(Unsplit::Because("it is computed from rows and has no drivers; ask by a dimension".to_owned()));
        }
        if ids.len() > MOST_DRIVERS {
            let (id, count) = (&kpi.definition.id, ids.len());
            return Err(Unsplit::Because(format!("`{id}` has {count} drivers, and a change is split among at most {MOST_DRIVERS}")));
        }
        let is_planned = explanation.against == Reference::Plan;
        let scenario = self.scenario_called(explanation.scenario.as_ref().map(Id::as_str))?;
        if is_planned && !line.coverage.is_full() {
            let (days, of) = (line.coverage.days, line.coverage.of);
            return Err(Unsplit::Because(format!("{days} of {of} days are covered, and the drivers' targets are for all of them")));
        }
        let (mut base, mut actual) = (Vec::new(), Vec::new());
        for id in &ids {
            base.push(match &explanation.base_period {
                Some(period) if is_planned => self.driver_target(scenario, id, period)?,
                Some(period) => self.driver_value(id, period)?,
                None => return Err(Unsplit::Because(String::new())),
            });
            actual.push(self.driver_value(id, &explanation.period)?);
        }
        let formula = |values: &[Number]| evaluate(calculation, &ids, values);
        let Some(parts) = split.of(&formula, &base, &actual) else {
            let id = &kpi.definition.id;
            if split == DriverSplit::LogarithmicMean && DriverSplit::Sequential.of(&formula, &base, &actual).is_some() {
                let cause = format!("logarithmic means split products and ratios of drivers above zero, and `{id}` is none here; ask for `shapley`");
                return Err(Unsplit::Because(cause));
            }
            return Err(Unsplit::Because(format!("the change of `{id}` cannot be split this way: on the way it has no value, or looks at other periods")));
        };
        let unit = &explanation.unit;
        // What the drivers' targets come to, where that is not the target of the KPI itself.
        let planned = if is_planned { formula(&base).zip(explanation.base.value.number()) } else { None };
        let disagreement = planned.map(|(planned, own)| planned - own.clone()).filter(|difference| !difference.is_zero());
        let name = |id: &Id| self.system().kpi(id.as_str()).map_or_else(|| id.as_str().replace('_', " "), |kpi| kpi.name.clone());
        let driver = |((id, (base, actual)), part): ((&&Id, (Number, Number)), Number)| ExplainedDriver {
            figure: (*id).clone(),
            name: name(id),
            actual: Value::of(actual),
            base: Value::of(base),
            change: Figure::change(Value::of(part), unit),
        };
        Ok(Split {
            convention: DriverSplit::WORDS.iter().find(|(_, known)| *known == split).map_or("", |(word, _)| word),
            drivers: ids.iter().zip(base.into_iter().zip(actual)).zip(parts).map(driver).collect(),
            disagreement: disagreement.map(|difference| Figure::change(Value::of(difference), unit)),
            ..Split::default()
        })
    }

    fn driver_value(&self, id: &Id, period: &Period) -> Result<Number, String> {
        match self.at(id.as_str(), period) {
            Value::Value { value } => Ok(value),
            reason => Err(format!("`{id}` has no value in {period} for all of them: {}", reason.cause())),
        }
    }
}

/// A ratio or formula with these values of its drivers; `None` where it has no value, or looks at
/// other periods.
fn evaluate(calculation: &Calculation, drivers: &[&Id], values: &[Number]) -> Option<Number> {
    let of = |id: &Id| drivers.iter().position(|known| *known == id).and_then(|at| values.get(at));
    match calculation {
        Calculation::Ratio { numerator, denominator } => of(numerator)?.divided_by(of(denominator)?),
        Calculation::Formula { formula } => {
            let value = formula.formula.evaluate(&mut |id, shift| match (shift, of(id)) {
                (None, Some(value)) => Value::of(value.clone()),
                _ => Value::missing("another period"),
            });
            value.number().cloned()
        }
        _ => None,
    }
}
