//! The targets that explanations against a plan rest on, and nothing else of it.

use super::members::listed;
use crate::base::calendar::Period;
use crate::base::id::Id;
use crate::base::map::Map;
use crate::base::number::Number;
use crate::judge::snapshot::Snapshot;
use crate::measure::Member;
use crate::model::kpi::Definition;

impl Snapshot {
    /// The target of a driver for a period; why there is none that could be computed with.
    pub(super) fn driver_target(&self, driver: &Id, period: &Period) -> Result<Number, String> {
        let Some(kpi) = self.system().kpi(driver.as_str()) else { return Err(format!("`{driver}` is a measure, and has no target")) };
        let target = self.target_in(None, kpi, period, self.as_of()).map_err(|reason| reason.cause().to_owned())?;
        if target.low == target.high { Ok(target.low) } else { Err(format!("the target of `{driver}` is a band, and no one value")) }
    }

    /// The targets of the members of dimensions for a period; why there are none.
    pub(super) fn member_targets(&self, figure: &Definition, by: &[Id], _period: &Period) -> Result<Map<Member, Number>, String> {
        Err(format!("`{}` has no targets by {}", figure.id, listed(by)))
    }
}
