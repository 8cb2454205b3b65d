//! What the tests of rules share.

use super::super::diagnosis::RuleResult;
use super::Rule;
use crate::{Evidence, Facts, Source, System};

/// A small firm with an operator, two KPIs, targets and owners: nothing is wrong with it.
pub(super) const FIRM: &str = "
marketingos: 1
name: Small firm
people: { ana: Ana, ben: Ben, cem: Cem, dora: Dora }
executive: cem
operator: { person: ana, from: 2020-01-01, deputy: ben }
sources:
  leads: { date: created, rows: events, recorded_from: 2026-01-01, recorded_until: as_of }
  work: { date: date, dimensions: [person], measures: [items], rows: events, recorded_from: 2026-01-01, recorded_until: as_of }
kpis:
  leads: { name: New leads, unit: count of leads, direction: higher, owner: { person: ana, deputy: ben }, count: leads }
  output: { name: Items shipped, unit: count of items, direction: higher, owner: { person: ben, deputy: ana }, sum: work.items }
plan:
  targets:
    leads: { from: 2026-01, to: 2026-12, value: 3, set_by: ana, set_on: 2025-12-01, document: Plan 2026 }
    output: { from: 2026-01, to: 2026-12, value: 400, set_by: ana, set_on: 2025-12-01, document: Plan 2026 }
";

/// The as-of date of the tests.
pub(super) const AS_OF: &str = "2026-09-30";

/// Five leads in August 2026.
pub(super) const LEADS: &str = "created\n2026-08-03\n2026-08-04\n2026-08-05\n2026-08-20\n2026-08-31\n";

/// What a rule finds; evidence is written without its version.
pub(super) fn run(rule: &Rule, system: &str, evidence: &str) -> RuleResult {
    run_with(rule, system, evidence, &[("leads", LEADS.to_owned())])
}

pub(super) fn run_with(rule: &Rule, system: &str, evidence: &str, facts: &[(&str, String)]) -> RuleResult {
    let (system, _) = System::parse(&[Source::new("system.yaml", system)]).unwrap_or_else(|error| panic!("{error}"));
    let facts = facts.iter().fold(Facts::builder(&system), |builder, (source, text)| builder.csv(source, text)).build().unwrap();
    let evidence = format!("evidence: 1\n{evidence}\n");
    let (evidence, _) = Evidence::parse(&[Source::new("evidence.yaml", &evidence)], &system).unwrap_or_else(|error| panic!("{error}"));
    let diagnosis = system.snapshot(&facts, AS_OF.parse().unwrap()).diagnose(&evidence);
    let markdown = diagnosis.to_markdown();
    assert!(!markdown.replace("\\<", "").contains('<') && !diagnosis.to_text(crate::TextStyle::default()).contains('\u{1b}'), "{markdown}");
    let result = diagnosis.results.into_iter().find(|result| result.code == rule.code).unwrap();
    tame(&result);
    result
}

/// Whatever users write, a result stays short and on one line.
fn tame(result: &RuleResult) {
    let texts = result.statements.iter().map(|statement| &statement.text).chain(&result.would_settle);
    for text in texts {
        assert!(text.chars().count() < 1_500, "{text}");
        assert!(!text.chars().any(char::is_control), "{text:?}");
        assert!(text.ends_with('.') && !text.contains("..") && !text.contains("  "), "{text}");
    }
}

/// A name that nobody should have, as YAML.
pub(super) fn hostile() -> String {
    format!("\"<script>alert(1)</script> | `x` *y* [z](javascript:0) \\u001b[31m\\n\\u202e {}\"", "long ".repeat(2_000))
}

/// The texts of a result, one to a line.
pub(super) fn texts(result: &RuleResult) -> String {
    let texts: Vec<&str> = result.statements.iter().map(|statement| statement.text.as_str()).collect();
    texts.join("\n")
}
