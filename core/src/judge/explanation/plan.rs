//! The targets that explanations against a plan rest on, and nothing else of it.

use super::Unsplit;
use super::members::listed;
use super::sentence::readable;
use crate::base::calendar::Period;
use crate::base::code::Code;
use crate::base::error::Error;
use crate::base::finding::quoted;
use crate::base::id::Id;
use crate::base::map::Map;
use crate::base::number::Number;
use crate::base::value::Value;
use crate::judge::snapshot::Snapshot;
use crate::measure::Member;
use crate::model::kpi::Definition;
use crate::model::plan::Scenario;
use crate::text::one_of_help;

impl Snapshot {
    /// The scenario that stands for the plan, by its id; `None` for the plan itself.
    pub(super) fn scenario_called(&self, id: Option<&str>) -> Result<Option<&Scenario>, Error> {
        let Some(id) = id else { return Ok(None) };
        let scenarios = self.system().scenarios();
        scenarios.iter().find(|scenario| scenario.id.as_str() == id).map(Some).ok_or_else(|| {
            let known: Vec<&str> = scenarios.iter().map(|scenario| scenario.id.as_str()).collect();
            Error::new(Code::UnknownScenario, format!("there is no scenario {}", quoted(id)), one_of_help(id, &known))
        })
    }

    /// The target of a driver for a period; why there is none that could be computed with.
    pub(super) fn driver_target(&self, scenario: Option<&Scenario>, driver: &Id, period: &Period) -> Result<Number, String> {
        let Some(kpi) = self.system().kpi(driver.as_str()) else { return Err(format!("`{driver}` is a measure, and has no target")) };
        let target = self.target_in(scenario, kpi, period, self.as_of()).map_err(|reason| reason.cause().to_owned())?;
        if target.low == target.high { Ok(target.low) } else { Err(format!("the target of `{driver}` is a band, and no one value")) }
    }

    /// The targets of the members of dimensions for a period, for as many days as the figure covers;
    /// why there are none that could be computed with. Members without one are left out.
    pub(super) fn member_targets(&self, scenario: Option<&Scenario>, figure: &Definition, by: &[Id], period: &Period) -> Result<Map<Member, Number>, Unsplit> {
        let names: Vec<&str> = by.iter().map(Id::as_str).collect();
        let mut targets = Map::new();
        for line in self.by_member_in(scenario, figure.id.as_str(), Some(&period.label), period.grain, &names)?.members {
            match (&line.target, line.plan.base.value) {
                (Some(target), _) if target.low != target.high => {
                    return Err(Unsplit::Because(format!("the target of `{}` for {} is a band, and no one value", figure.id, readable(&line.member))));
                }
                (Some(_), Value::Value { value }) => {
                    targets.insert(line.member, value);
                }
                (_, Value::Missing { .. }) => {}
                (_, reason) => return Err(Unsplit::Because(reason.cause().to_owned())),
            }
        }
        if targets.is_empty() { Err(Unsplit::Because(format!("`{}` has no targets by {}", figure.id, listed(by)))) } else { Ok(targets) }
    }
}
