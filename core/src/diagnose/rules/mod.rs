//! The rules, one file each: its page (the file's own documentation), its declaration, its
//! check and its tests. A new rule is a new file and a line in [`ALL`].

mod brand_settled;
mod channel_owner;
mod divergent_kpi_lists;
mod kpi_owner;
mod kpi_target;
mod one_operator;
mod person_dependence;
mod rebuilt_review;
mod split_dashboard;
#[cfg(test)]
mod testing;
mod unwritten_targets;

use super::case::Case;
use super::diagnosis::{Level, Outcome, RuleKind, RuleResult, Statement};
use crate::base::date::Date;
use crate::base::finding::Origin;
use crate::model::people::Assignments;

/// Every rule, in the order of results: the five signs, then what they grow from.
pub(super) const ALL: &[&Rule] = &[
    &divergent_kpi_lists::RULE,
    &split_dashboard::RULE,
    &rebuilt_review::RULE,
    &unwritten_targets::RULE,
    &person_dependence::RULE,
    &one_operator::RULE,
    &kpi_owner::RULE,
    &channel_owner::RULE,
    &kpi_target::RULE,
    &brand_settled::RULE,
];

/// The declaration of a rule.
pub(super) struct Rule {
    /// Its stable code; never reused.
    pub(super) code: &'static str,
    /// Its name, that of its file.
    pub(super) name: &'static str,
    pub(super) kind: RuleKind,
    /// What is true when its outcome is present.
    pub(super) summary: &'static str,
    /// How much it matters then.
    pub(super) severity: Level,
    /// How to mend it.
    pub(super) mend: &'static str,
    /// What it takes to get evidence when there is none.
    pub(super) effort: Effort,
    pub(super) check: fn(&Case<'_>) -> Check,
}

/// What it takes to get evidence, least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Effort {
    /// A line of the system, or a question to two people.
    Minutes,
    /// Reading figures or headings off several documents.
    Hours,
    /// An export from another tool.
    Days,
}

/// What a check found.
pub(super) struct Check {
    outcome: Outcome,
    confidence: Option<Level>,
    statements: Vec<Statement>,
    would_settle: Option<String>,
}

impl Check {
    fn present(confidence: Level, statements: Vec<Statement>) -> Self {
        Self { outcome: Outcome::Present, confidence: Some(confidence), statements, would_settle: None }
    }

    fn absent(confidence: Level, statements: Vec<Statement>) -> Self {
        Self { outcome: Outcome::Absent, confidence: Some(confidence), statements, would_settle: None }
    }

    /// What would settle it is given as a sentence without its full stop.
    fn not_evidenced(would_settle: impl std::fmt::Display, statements: Vec<Statement>) -> Self {
        Self { outcome: Outcome::NotEvidenced, confidence: None, statements, would_settle: Some(format!("{would_settle}.")) }
    }
}

impl Rule {
    /// What the rule finds in a case.
    pub(super) fn result(&self, case: &Case<'_>) -> RuleResult {
        let Check { outcome, confidence, statements, would_settle } = (self.check)(case);
        RuleResult {
            code: self.code,
            name: self.name,
            kind: self.kind,
            summary: self.summary,
            outcome,
            severity: self.severity,
            confidence,
            statements,
            mend: (outcome == Outcome::Present).then_some(self.mend),
            would_settle,
        }
    }
}

/// That nobody answers for something on the as-of date, with the end of the last assignment.
fn unowned(case: &Case<'_>, what: &str, owner: &Assignments, origin: &Origin) -> Option<Statement> {
    if owner.on(case.as_of).is_some() {
        return None;
    }
    let ended = owner.0.iter().filter_map(|assignment| assignment.to.filter(|to| *to < case.as_of).map(|to| (to, assignment))).max_by_key(|(to, _)| *to);
    let statement = |history: String, date: Date| Statement::new(format!("{what} has no owner on {}{history}", case.as_of)).dated(date).at(&origin.0);
    Some(match ended {
        Some((to, last)) => statement(format!("; {} answered for it until {to}", case.person(&last.person)), to),
        None => statement(String::new(), case.as_of),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::diagnosis::title;
    use super::ALL;
    use crate::Code;

    macro_rules! files {
        ($($name:literal)*) => { [$(($name, include_str!(concat!($name, ".rs")))),*] };
    }

    const FILES: [(&str, &str); 10] = files!(
        "brand_settled" "channel_owner" "divergent_kpi_lists" "kpi_owner" "kpi_target"
        "one_operator" "person_dependence" "rebuilt_review" "split_dashboard" "unwritten_targets"
    );

    #[test]
    fn every_file_is_a_registered_rule_of_its_name() {
        let folder = format!("{}/src/diagnose/rules", env!("CARGO_MANIFEST_DIR"));
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let files: BTreeSet<String> = files.filter(|file| !["mod.rs", "testing.rs"].contains(&file.as_str())).collect();
        let rules: BTreeSet<String> = ALL.iter().map(|rule| format!("{}.rs", rule.name)).collect();
        assert_eq!(files, rules);
        assert_eq!(rules.len(), ALL.len(), "a name is used twice");
        assert_eq!(FILES.map(|(name, _)| format!("{name}.rs")).into_iter().collect::<BTreeSet<_>>(), rules);
    }

    #[test]
    fn codes_are_unique_and_are_no_codes_of_findings() {
        let codes: BTreeSet<&str> = ALL.iter().map(|rule| rule.code).collect();
        assert_eq!(codes.len(), ALL.len());
        for code in codes {
            assert!(code.len() == 8 && code.starts_with("MOS-"), "{code}");
            assert!(Code::ALL.iter().all(|finding| finding.as_str() != code), "{code}");
        }
    }

    #[test]
    fn every_rule_has_a_page_and_the_four_tests() {
        for (name, text) in FILES {
            let rule = ALL.iter().find(|rule| rule.name == name).unwrap();
            let page: Vec<&str> = text.lines().take_while(|line| line.starts_with("//!")).collect();
            assert_eq!(page.first(), Some(&format!("//! {}: {}", rule.code, title(name)).as_str()), "the page's title");
            for heading in ["//! # What is looked at", "//! # When it is present", "//! # Without evidence"] {
                assert!(page.contains(&heading), "{name} has no {heading}");
            }
            for test in ["fires", "does_not_fire", "without_evidence", "hostile"] {
                assert!(text.contains(&format!("fn {test}()")), "{name} has no test `{test}`");
            }
        }
    }

    #[test]
    fn declarations_are_sentences() {
        for rule in ALL {
            for text in [rule.summary, rule.mend] {
                assert!(text.len() > 15 && text.ends_with('.'), "{}: {text}", rule.code);
                assert!(text.starts_with(|first: char| first.is_uppercase()), "{}: {text}", rule.code);
            }
        }
    }
}
