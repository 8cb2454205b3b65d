//! MOS-S004: unwritten targets
//!
//! Targets are inferred from a strategy deck or remembered, not written where everyone can
//! read them (domain D5).
//!
//! # What is looked at
//! For each KPI of the system, the target in force for the month that holds the as-of date: is
//! there one, is it a real one, and does it name the document in which it is written?
//!
//! # When it is present
//! When a KPI has no target for the month, or one that is inferred or a placeholder (high
//! confidence), or one that names no document (medium: it is written in the system, though not
//! where it comes from). One such KPI is enough: it is the one that will be argued about.
//!
//! # Without evidence
//! When the system has no KPIs; otherwise the system itself is the evidence.

use super::super::case::Case;
use super::super::diagnosis::{Level, RuleKind, Statement};
use super::super::words::{cited, each, plain, some_have};
use super::{Check, Effort, Rule};
use crate::base::value::Value;
use crate::model::plan::TargetStatus;

pub(super) const RULE: Rule = Rule {
    code: "MOS-S004",
    name: "unwritten_targets",
    kind: RuleKind::Sign,
    summary: "Targets are inferred or remembered, not written where everyone can read them.",
    severity: Level::High,
    mend: "Write a target for every KPI into the plan, with who set it, when, and the document it stands in.",
    effort: Effort::Minutes,
    check,
};

fn check(case: &Case<'_>) -> Check {
    let month = case.current_month();
    let kpis = case.system.kpis();
    if kpis.is_empty() {
        return Check::not_evidenced("Write the KPI set into the system under `kpis`", Vec::new());
    }
    let mut statements = Vec::new();
    let mut confidence = Level::Medium;
    for kpi in kpis {
        let name = plain(&kpi.name);
        let (text, date, strength) = match case.snapshot.target(kpi, &month, case.as_of) {
            Err(Value::NotComparable { cause }) => (format!("{name} has no single target for {month}: {cause}"), None, Level::High),
            Err(_) => (format!("{name} has no target for {month}"), None, Level::High),
            Ok(target) => {
                let document = if target.document.is_empty() { String::new() } else { format!(", from {}", cited(&target.document)) };
                match target.status {
                    TargetStatus::Inferred => (format!("The target of {name} for {month} is inferred{document}"), target.set_on, Level::High),
                    TargetStatus::Placeholder => (format!("The target of {name} for {month} is a placeholder{document}"), target.set_on, Level::High),
                    _ if target.document.is_empty() => (format!("The target of {name} for {month} names no document"), target.set_on, Level::Medium),
                    _ => continue,
                }
            }
        };
        confidence = confidence.max(strength);
        let statement = Statement::new(text).at(&kpi.definition.origin.0);
        statements.push(statement.dated(date.unwrap_or(case.as_of)));
    }
    let nouns = ("KPI", "KPIs");
    if statements.is_empty() {
        let text = format!("{} has a target for {month} that names its document", each(kpis.len(), nouns));
        return Check::absent(Level::High, vec![Statement::new(text).dated(case.as_of)]);
    }
    let text = format!("{} no target for {month} that is written, sourced and real", some_have(statements.len(), kpis.len(), nouns));
    statements.insert(0, Statement::new(text).dated(case.as_of));
    Check::present(confidence, statements)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{self, FIRM, run, texts};
    use super::RULE;
    use crate::{Level, Outcome};

    fn leads_target(text: &str) -> String {
        FIRM.replace("    leads: { from: 2026-01, to: 2026-12, value: 3, set_by: ana, set_on: 2025-12-01, document: Plan 2026 }\n", text)
    }

    #[test]
    fn fires() {
        let result = run(&RULE, &leads_target("    leads: { from: 2026-01, to: 2026-12, value: 3, document: Deck, status: inferred }\n"), "");
        assert_eq!((result.outcome, result.confidence), (Outcome::Present, Some(Level::High)));
        assert_eq!(
            texts(&result),
            "1 of 2 KPIs has no target for 2026-09 that is written, sourced and real.\nThe target of New leads for 2026-09 is inferred, from `Deck`."
        );
        let none = run(&RULE, &leads_target("    leads: { period: 2026-08, value: 3, document: Plan 2026 }\n"), "");
        assert!(texts(&none).ends_with("New leads has no target for 2026-09."), "a target for another month does not count");
        let later = run(&RULE, &leads_target("    leads: { period: 2026-09, value: 3, set_on: 2026-10-01, document: Plan 2027 }\n"), "");
        assert_eq!(later.outcome, Outcome::Present, "a target that is set after the as-of date is not known yet");
    }

    #[test]
    fn a_target_without_a_document_is_weaker_evidence() {
        let result = run(&RULE, &leads_target("    leads: { from: 2026-01, to: 2026-12, value: 3, set_on: 2025-12-01 }\n"), "");
        assert_eq!((result.outcome, result.confidence), (Outcome::Present, Some(Level::Medium)));
    }

    #[test]
    fn does_not_fire() {
        let result = run(&RULE, FIRM, "");
        assert_eq!((result.outcome, result.confidence), (Outcome::Absent, Some(Level::High)));
        assert_eq!(texts(&result), "Each of the 2 KPIs has a target for 2026-09 that names its document.");
    }

    #[test]
    fn without_evidence() {
        let (system, _) = FIRM.split_once("kpis:").unwrap();
        let result = run(&RULE, system, "");
        assert_eq!((result.outcome, result.would_settle.as_deref()), (Outcome::NotEvidenced, Some("Write the KPI set into the system under `kpis`.")));
    }

    #[test]
    fn hostile() {
        let target = format!("    leads: {{ period: 2026-09, value: 3, status: placeholder, document: {} }}\n", testing::hostile());
        let system = leads_target(&target).replace("name: New leads", &format!("name: {}", testing::hostile()));
        assert_eq!(run(&RULE, &system, "").outcome, Outcome::Present);
    }
}
