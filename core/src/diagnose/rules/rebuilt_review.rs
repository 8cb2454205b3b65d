//! MOS-S003: rebuilt review
//!
//! The monthly review is rebuilt from scratch, not pulled from a standing template (domain
//! D5).
//!
//! # What is looked at
//! The headings of past monthly reports, in order: each report against the system's template,
//! and each against the report before. The likeness of two lists of headings is twice the
//! length of their longest common subsequence ÷ the number of headings of both, so that an
//! added, dropped or moved heading counts once. A likeness to the template and a likeness to
//! one another are both signs of a standing template; the larger mean of the two counts, since
//! a team may have a template that the system does not know.
//!
//! # When it is present
//! When that mean is below [three quarters](KEPT): more than a quarter of the headings is
//! different from one month to the next. One new heading among six leaves a likeness of
//! 10 ÷ 12, and passes; two leave 8 ÷ 12.
//!
//! The confidence is high from three reports on, with two it is medium.
//!
//! # Without evidence
//! With fewer than two reports. The cheapest evidence is to copy the headings of the last two.

use super::super::case::Case;
use super::super::diagnosis::{Level, RuleKind, Statement};
use super::super::read::normal;
use super::super::words::{cited, counted, listed, percent};
use super::{Check, Effort, Rule};
use crate::base::number::Number;

/// Headings that are kept less than this, numerator and denominator, are rebuilt.
const KEPT: (i64, i64) = (3, 4);

pub(super) const RULE: Rule = Rule {
    code: "MOS-S003",
    name: "rebuilt_review",
    kind: RuleKind::Sign,
    summary: "The monthly review is rebuilt from scratch, not pulled from a standing template.",
    severity: Level::Medium,
    mend: "Write every monthly report on the system's template, and change the template rather than one report.",
    effort: Effort::Minutes,
    check,
};

fn check(case: &Case<'_>) -> Check {
    let headings = |sections: &[String]| -> Vec<String> { sections.iter().map(|section| normal(section)).filter(|section| !section.is_empty()).collect() };
    let template: Vec<String> = case.system.report_template().all_sections().iter().map(|section| normal(&section.heading(case.system.words()))).collect();
    let reports: Vec<Vec<String>> = case.reports.iter().map(|report| headings(&report.sections)).collect();
    let mut statements = Vec::new();
    let mut to_template = Vec::new();
    for (report, sections) in case.reports.iter().zip(&reports) {
        let likeness = likeness(sections, &template);
        let new: Vec<String> = report.sections.iter().filter(|section| !template.contains(&normal(section))).map(|section| cited(section)).collect();
        let new = if new.is_empty() { String::new() } else { format!("; not in the template: {}", listed(new)) };
        let text = format!("The report for {} is {} like the system's template{new}", report.month, percent(&likeness));
        statements.push(Statement::new(text).dated(report.month.last).at(&report.place));
        to_template.push(likeness);
    }
    let to_before: Vec<Number> = reports.iter().zip(reports.iter().skip(1)).map(|(before, after)| likeness(before, after)).collect();
    let means = mean(&to_template).zip(mean(&to_before)).zip(Number::from(KEPT.0).divided_by(&Number::from(KEPT.1)));
    let Some(((to_template, to_before), threshold)) = means else {
        let missing = if reports.is_empty() { "the last two monthly reports" } else { "one more monthly report" };
        return Check::not_evidenced(format!("Copy the headings of {missing}, in order, to `reports`"), statements);
    };
    let text = format!(
        "The headings of {} are on average {} like the template and {} like those of the report before; below {} on both counts, they count as rebuilt",
        counted(reports.len(), ("report", "reports")),
        percent(&to_template),
        percent(&to_before),
        percent(&threshold),
    );
    let last = case.reports.last().map_or(case.as_of, |report| report.month.last);
    statements.insert(0, Statement::new(text).dated(last));
    let confidence = if reports.len() > 2 { Level::High } else { Level::Medium };
    if to_template.max(to_before) < threshold { Check::present(confidence, statements) } else { Check::absent(confidence, statements) }
}

/// `None` without values.
fn mean(values: &[Number]) -> Option<Number> {
    values.iter().cloned().sum::<Number>().divided_by(&Number::from(values.len()))
}

/// From 0, nothing in common, to 1, the same. Two empty lists have nothing in common.
fn likeness(left: &[String], right: &[String]) -> Number {
    // The lengths of the longest common subsequences of `left` so far and each prefix of `right`.
    let mut lengths = vec![0usize; right.len().saturating_add(1)];
    for heading in left {
        let mut diagonal = 0;
        let mut before = 0;
        for (other, length) in right.iter().zip(lengths.iter_mut().skip(1)) {
            let above = *length;
            *length = if heading == other { diagonal + 1 } else { above.max(before) };
            diagonal = above;
            before = *length;
        }
    }
    let common = lengths.last().copied().unwrap_or(0);
    let both = Number::from(left.len().saturating_add(right.len()));
    (Number::from(common) * Number::from(2)).divided_by(&both).unwrap_or_else(|| Number::from(0))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{self, FIRM, run, texts};
    use super::{RULE, likeness};
    use crate::{Level, Outcome, RuleResult};

    const TEMPLATE: &str = "Summary, SCORECARD, 'What happened,  and why', What needs a decision, Plan and targets, How these figures are defined";

    fn reports(sections: &[&str]) -> RuleResult {
        let entries = (1..).zip(sections).map(|(month, sections)| format!("  - {{ month: 2026-{month:02}, sections: [{sections}] }}\n"));
        run(&RULE, FIRM, &format!("reports:\n{}", entries.collect::<String>()))
    }

    #[test]
    fn fires() {
        let result = reports(&["Highlights, Numbers, Outlook", "Campaigns, Numbers, Thanks"]);
        assert_eq!((result.outcome, result.confidence), (Outcome::Present, Some(Level::Medium)));
        assert_eq!(
            texts(&result),
            "The headings of 2 reports are on average 0.0% like the template and 33.3% like those of the report before; below 75.0% on both counts, they count as rebuilt.\n\
             The report for 2026-01 is 0.0% like the system's template; not in the template: `Highlights`, `Numbers` and `Outlook`.\n\
             The report for 2026-02 is 0.0% like the system's template; not in the template: `Campaigns`, `Numbers` and `Thanks`."
        );
    }

    #[test]
    fn does_not_fire() {
        let result = reports(&[TEMPLATE, TEMPLATE, TEMPLATE]);
        assert_eq!((result.outcome, result.confidence), (Outcome::Absent, Some(Level::High)));
        let own = "Highlights, Numbers, Outlook";
        assert_eq!(reports(&[own, own]).outcome, Outcome::Absent, "a standing template that the system does not know");
        let one_new = TEMPLATE.replace("Summary", "Highlights");
        assert_eq!(reports(&[TEMPLATE, &one_new]).outcome, Outcome::Absent);
    }

    #[test]
    fn order_counts() {
        let list = |text: &str| text.chars().map(String::from).collect::<Vec<_>>();
        let like = |left: &str, right: &str| likeness(&list(left), &list(right)).to_fixed(3);
        assert_eq!(like("abcdef", "abcdef"), "1.000");
        assert_eq!(like("abcdef", "fedcba"), "0.167");
        assert_eq!(like("abcdef", "bcdefa"), "0.833");
        assert_eq!((like("", ""), like("", "a")), ("0.000".to_owned(), "0.000".to_owned()));
    }

    #[test]
    fn without_evidence() {
        assert_eq!(run(&RULE, FIRM, "").would_settle.unwrap(), "Copy the headings of the last two monthly reports, in order, to `reports`.");
        let result = reports(&[TEMPLATE]);
        assert_eq!((result.outcome, result.statements.len()), (Outcome::NotEvidenced, 1));
    }

    #[test]
    fn hostile() {
        let name = testing::hostile();
        assert_eq!(reports(&[&name, "Numbers"]).outcome, Outcome::Present);
        let many = ["x,"; 99].concat();
        assert_eq!(reports(&[&many, &many]).outcome, Outcome::Absent);
    }
}
