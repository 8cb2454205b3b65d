//! MOS-P001: KPI target
//!
//! Every KPI has a written target (domain D3, D4). A figure without one is neither good nor
//! bad: absent target is not healthy.
//!
//! # What is looked at
//! The target of each KPI for the month that holds the as-of date, as known on that day.
//!
//! # When it is present
//! When a KPI has no target for the month, whatever its status (high confidence). Whether a
//! target is real and sourced is looked at by MOS-S004.
//!
//! # Without evidence
//! When the system has no KPIs.

use super::super::case::Case;
use super::super::diagnosis::{Level, RuleKind, Statement};
use super::super::words::{each, plain, some_have};
use super::{Check, Effort, Rule};
use crate::base::value::Value;

pub(super) const RULE: Rule = Rule {
    code: "MOS-P001",
    name: "kpi_target",
    kind: RuleKind::Plan,
    summary: "A KPI has no target for the current month.",
    severity: Level::Medium,
    mend: "Set a target for every KPI and every month of the plan, or take the KPI off the list.",
    effort: Effort::Minutes,
    check,
};

fn check(case: &Case<'_>) -> Check {
    let kpis = case.system.kpis();
    if kpis.is_empty() {
        return Check::not_evidenced("Write the KPI set into the system under `kpis`", Vec::new());
    }
    let month = case.current_month();
    let mut statements = Vec::new();
    for kpi in kpis {
        let name = plain(&kpi.name);
        let text = match case.snapshot.target(kpi, &month, case.as_of) {
            Ok(_) => continue,
            Err(Value::NotComparable { cause }) => format!("{name} has no single target for {month}: {cause}"),
            Err(_) => format!("{name} has no target for {month}"),
        };
        statements.push(Statement::new(text).dated(case.as_of).at(&kpi.definition.origin.0));
    }
    let nouns = ("KPI", "KPIs");
    if statements.is_empty() {
        let text = format!("{} has a target for {month}", each(kpis.len(), nouns));
        return Check::absent(Level::High, vec![Statement::new(text).dated(case.as_of)]);
    }
    let text = format!("{} no target for {month}", some_have(statements.len(), kpis.len(), nouns));
    statements.insert(0, Statement::new(text).dated(case.as_of));
    Check::present(Level::High, statements)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{self, FIRM, run, texts};
    use super::RULE;
    use crate::Outcome;

    #[test]
    fn fires() {
        let system = FIRM.replace("leads: { from: 2026-01, to: 2026-12, value: 3", "leads: { from: 2026-01, to: 2026-08, value: 3");
        let result = run(&RULE, &system, "");
        assert_eq!(
            (result.outcome, texts(&result).as_str()),
            (Outcome::Present, "1 of 2 KPIs has no target for 2026-09.\nNew leads has no target for 2026-09.")
        );
    }

    #[test]
    fn does_not_fire() {
        let result = run(&RULE, FIRM, "");
        assert_eq!((result.outcome, texts(&result).as_str()), (Outcome::Absent, "Each of the 2 KPIs has a target for 2026-09."));
        let yearly = FIRM.replace("leads: { from: 2026-01, to: 2026-12,", "leads: { period: 2026,").replace("value: 3,", "value: 36, status: inferred,");
        assert_eq!(run(&RULE, &yearly, "").outcome, Outcome::Absent, "a target for the year has a part for the month, however soft it is");
    }

    #[test]
    fn without_evidence() {
        let (system, _) = FIRM.split_once("kpis:").unwrap();
        assert_eq!(run(&RULE, system, "").outcome, Outcome::NotEvidenced);
    }

    #[test]
    fn hostile() {
        let (system, _) = FIRM.split_once("plan:").unwrap();
        let system = system.replace("name: New leads", &format!("name: {}", testing::hostile()));
        assert_eq!(run(&RULE, &system, "").outcome, Outcome::Present);
    }
}
