//! MOS-O001: one operator
//!
//! The marketing operating system has one named operator, accountable for the whole. It fails
//! when nobody is, or when the role is split (domain D3).
//!
//! # What is looked at
//! Who the system names as operator on the as-of date, and on each day of the
//! [year](LOOK_BACK) before, from the first assignment on. (Before it there may have been no
//! system.)
//!
//! # When it is present
//! When on the as-of date nobody, or more than one person, is the operator (high confidence),
//! or when nobody was for some days of the year before (medium: it has been mended, but what
//! happened in between was nobody's). That the operator has no deputy is stated, and does not
//! make it present.
//!
//! # Without evidence
//! When no person is written down at all: then who does the work is unknown. Otherwise the
//! system is the evidence, and an operator that is not written down is not named.

use super::super::case::Case;
use super::super::diagnosis::{Level, RuleKind, Statement};
use super::super::words::{counted, days, listed};
use super::{Check, Effort, Rule};
use crate::base::calendar::Span;
use crate::base::date::Date;
use crate::base::order;
use crate::model::people::Assignment;

/// The days before the as-of date that are looked at.
const LOOK_BACK: i64 = 365;

pub(super) const RULE: Rule = Rule {
    code: "MOS-O001",
    name: "one_operator",
    kind: RuleKind::Ownership,
    summary: "Nobody, or more than one person, is accountable for the whole, or nobody was for a time.",
    severity: Level::High,
    mend: "Name one operator with a start date and a deputy, and let every new assignment start the day after the last one ends.",
    effort: Effort::Minutes,
    check,
};

fn check(case: &Case<'_>) -> Check {
    let assignments = &case.system.operator().0;
    if assignments.is_empty() && case.system.people().is_empty() {
        return Check::not_evidenced("Write the people and the `operator` into the system", Vec::new());
    }
    let today: Vec<&Assignment> = assignments.iter().filter(|assignment| assignment.holds_on(case.as_of)).collect();
    let statement = |text: String, date: Date| Statement::new(text).dated(date);
    let operator = match today.as_slice() {
        [operator] => operator,
        [] => return Check::present(Level::High, vec![statement(format!("No operator is named on {}", case.as_of), case.as_of)]),
        several => {
            let names = listed(several.iter().map(|assignment| case.person(&assignment.person)));
            return Check::present(Level::High, vec![statement(format!("{names} are operators on {}", case.as_of), case.as_of)]);
        }
    };
    let since = operator.from.map(|from| format!(" since {from}")).unwrap_or_default();
    let deputy = match &operator.deputy {
        Some(deputy) => format!("with {} as deputy", case.person(deputy)),
        None => "without a deputy".to_owned(),
    };
    let mut statements = vec![statement(format!("{} is the operator{since}, {deputy}", case.person(&operator.person)), operator.from.unwrap_or(case.as_of))];
    let gaps = gaps(assignments, Span { first: case.as_of.plus_days(-LOOK_BACK), last: case.as_of });
    for gap in &gaps {
        let text =
            format!("Nobody was the operator for {} ({})", counted(usize::try_from(gap.days()).unwrap_or(0), ("day", "days")), days(gap.first, gap.last));
        statements.push(statement(text, gap.first));
    }
    if gaps.is_empty() { Check::absent(Level::High, statements) } else { Check::present(Level::Medium, statements) }
}

/// The stretches of a span, after the first assignment's start, in which none holds.
fn gaps(assignments: &[Assignment], span: Span) -> Vec<Span> {
    let mut sorted: Vec<&Assignment> = assignments.iter().collect();
    order::sort_by_key(&mut sorted, |assignment| assignment.from);
    let mut gaps = Vec::new();
    // The first day that no assignment so far covers; nothing is open before the first.
    let mut open: Option<Date> = None;
    for assignment in sorted {
        if let (Some(first), Some(from)) = (open, assignment.from)
            && first < from
        {
            gaps.extend(Span { first, last: from.plus_days(-1) }.overlap(span));
        }
        let Some(to) = assignment.to else { return gaps };
        open = open.max(Some(to.plus_days(1)));
    }
    if let Some(first) = open {
        gaps.extend(Span { first, last: span.last }.overlap(span));
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::super::testing::{self, FIRM, run, run_with, texts};
    use super::RULE;
    use crate::{Level, Outcome, RuleResult};

    fn with(operator: &str) -> RuleResult {
        run(&RULE, &FIRM.replace("operator: { person: ana, from: 2020-01-01, deputy: ben }", operator), "")
    }

    #[test]
    fn fires() {
        let result = with("");
        assert_eq!((result.outcome, result.confidence), (Outcome::Present, Some(Level::High)));
        assert_eq!(texts(&result), "No operator is named on 2026-09-30.");
        assert_eq!(with("operator: { person: ana, to: 2026-09-29 }").outcome, Outcome::Present);
    }

    #[test]
    fn fires_on_a_gap_within_a_year() {
        let result = with("operator: [{ person: ana, to: 2025-12-31 }, { person: ben, from: 2026-01-12 }]");
        assert_eq!((result.outcome, result.confidence), (Outcome::Present, Some(Level::Medium)));
        assert_eq!(texts(&result), "Ben is the operator since 2026-01-12, without a deputy.\nNobody was the operator for 11 days (2026-01-01 to 2026-01-11).");
        let old = with("operator: [{ person: ana, to: 2025-09-01 }, { person: ben, from: 2025-09-20 }]");
        assert_eq!(old.outcome, Outcome::Absent, "a gap more than a year ago is history");
    }

    #[test]
    fn does_not_fire() {
        let result = run(&RULE, FIRM, "");
        assert_eq!((result.outcome, result.confidence), (Outcome::Absent, Some(Level::High)));
        assert_eq!(texts(&result), "Ana is the operator since 2020-01-01, with Ben as deputy.");
        assert_eq!(with("operator: { person: ben, from: 2026-06-01 }").outcome, Outcome::Absent, "before the first there may have been no system");
        assert_eq!(with("operator: [{ person: ben, from: 2026-06-01 }, { person: ana, to: 2026-05-31 }]").outcome, Outcome::Absent);
    }

    #[test]
    fn without_evidence() {
        assert_eq!(run_with(&RULE, "{ marketingos: 1, name: Small firm }", "", &[]).outcome, Outcome::NotEvidenced);
        assert_eq!(run_with(&RULE, "{ marketingos: 1, name: Small firm, people: { ana: Ana } }", "", &[]).outcome, Outcome::Present);
    }

    #[test]
    fn hostile() {
        let system = FIRM.replace("ana: Ana", &format!("ana: {}", testing::hostile()));
        assert_eq!(run(&RULE, &system, "").outcome, Outcome::Absent);
    }
}
