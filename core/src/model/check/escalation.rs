//! Triggers: that there is something that each looks at.

use super::Check;
use crate::base::code::Code;
use crate::base::finding::{Finding, Severity};
use crate::model::escalation::When;

impl Check<'_, '_> {
    pub(super) fn triggers(&mut self) {
        let system = self.system;
        for trigger in &system.triggers {
            let has_target = || system.targets.iter().any(|target| target.by.is_empty() && trigger.is_about(&target.kpi));
            let (message, help) = match trigger.when {
                When::BudgetOverrun { .. } if system.budgets.is_empty() => {
                    ("a trigger looks at budgets, and the plan has none", "write one under `plan.budget`")
                }
                When::Pace { .. } if !has_target() => ("a trigger looks at targets, and none of its KPIs has one", "write them under `plan.targets`"),
                _ => continue,
            };
            let (message, help, place) = (message.to_owned(), format!("{help}, or leave the trigger out"), trigger.origin.0.clone());
            self.findings.push(Finding { code: Code::NothingToTrigger, severity: Severity::Note, place, message, help });
        }
    }
}
