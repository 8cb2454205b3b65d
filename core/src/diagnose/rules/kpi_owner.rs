//! MOS-O002: KPI owner
//!
//! Every KPI has an owner (domain D3). A figure that nobody answers for is noticed late: nobody
//! asks why it moved, or that it stopped.
//!
//! # What is looked at
//! Who answers for each KPI of the system on the as-of date.
//!
//! # When it is present
//! When a KPI has no owner on that day (high confidence). The end of its last assignment is
//! stated. Overlapping owners are an error of the system's text.
//!
//! # Without evidence
//! When the system has no KPIs.

use super::super::case::Case;
use super::super::diagnosis::{Level, RuleKind, Statement};
use super::super::words::{each, plain, some_have};
use super::{Check, Effort, Rule, unowned};

pub(super) const RULE: Rule = Rule {
    code: "MOS-O002",
    name: "kpi_owner",
    kind: RuleKind::Ownership,
    summary: "A KPI has no owner.",
    severity: Level::Medium,
    mend: "Name an owner and a deputy for every KPI, from the day after the last assignment ended.",
    effort: Effort::Minutes,
    check,
};

fn check(case: &Case<'_>) -> Check {
    let kpis = case.system.kpis();
    if kpis.is_empty() {
        return Check::not_evidenced("Write the KPI set into the system under `kpis`", Vec::new());
    }
    let without = kpis.iter().filter_map(|kpi| unowned(case, &plain(&kpi.name), &kpi.owner, &kpi.definition.origin));
    let mut statements: Vec<Statement> = without.collect();
    let nouns = ("KPI", "KPIs");
    if statements.is_empty() {
        let text = format!("{} has an owner on {}", each(kpis.len(), nouns), case.as_of);
        return Check::absent(Level::High, vec![Statement::new(text).dated(case.as_of)]);
    }
    let text = format!("{} no owner on {}", some_have(statements.len(), kpis.len(), nouns), case.as_of);
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
        let system = FIRM.replace("owner: { person: ana, deputy: ben }", "owner: { person: ana, to: 2026-07-31 }");
        let result = run(&RULE, &system, "");
        assert_eq!(result.outcome, Outcome::Present);
        assert_eq!(texts(&result), "1 of 2 KPIs has no owner on 2026-09-30.\nNew leads has no owner on 2026-09-30; Ana answered for it until 2026-07-31.");
        assert_eq!(result.statements[1].place.as_ref().unwrap().path, "kpis.leads");
        assert_eq!(result.statements[1].date.unwrap().to_string(), "2026-07-31");
        assert!(result.mend.is_some());
    }

    #[test]
    fn does_not_fire() {
        let result = run(&RULE, FIRM, "");
        assert_eq!((result.outcome, texts(&result).as_str()), (Outcome::Absent, "Each of the 2 KPIs has an owner on 2026-09-30."));
        assert!(result.mend.is_none());
    }

    #[test]
    fn without_evidence() {
        let (system, _) = FIRM.split_once("kpis:").unwrap();
        assert_eq!(run(&RULE, system, "").outcome, Outcome::NotEvidenced);
    }

    #[test]
    fn hostile() {
        let system = FIRM.replace("name: New leads", &format!("name: {}", testing::hostile())).replace(", owner: { person: ana, deputy: ben }", "");
        assert_eq!(run(&RULE, &system, "").outcome, Outcome::Present);
    }
}
