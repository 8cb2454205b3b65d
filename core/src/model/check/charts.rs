//! Charts of single KPIs: what they say of their own must fit what holds for all.

use super::Check;
use crate::base::code::Code;

impl Check<'_, '_> {
    pub(super) fn charts(&mut self) {
        let system = self.system;
        for kpi in system.kpis.iter().filter(|kpi| kpi.chart.window.is_some() || kpi.chart.min_points.is_some()) {
            let rules = system.signals.with(&kpi.chart);
            if !rules.give_limits() {
                let (message, help) = rules.no_limits();
                self.error(Code::WrongValue, &kpi.definition.origin, format!("the chart of `{}`: {message}", kpi.definition.id), help);
            }
        }
    }
}
