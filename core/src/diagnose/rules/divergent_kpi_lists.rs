//! MOS-S001: divergent KPI lists
//!
//! Two people in the team would give two different lists of the top KPIs (domain D5).
//!
//! # What is looked at
//! The latest list of each person who gave one. Names are compared as KPIs of the system where
//! they are such (by id or name), else in lower case with single spaces. The overlap of two
//! lists is the number of names on both ÷ the number of names on either (Jaccard), and of
//! several lists the mean over all pairs. Who names nothing shares nothing.
//!
//! # When it is present
//! When the mean overlap is below [two thirds](AGREEMENT). Two lists of five that differ in
//! one entry have 4 of 6 names in common: that is a slip of memory, and passes. If they differ
//! in two entries, they have 3 of 7 in common: those are two lists.
//!
//! The confidence is high from three people on, else medium, and a level lower when the lists
//! lie more than [a quarter](SAME_QUARTER) apart, since the KPI set may have changed between
//! them (domain D4: it is set quarterly).
//!
//! # Without evidence
//! With fewer than two people's lists. The cheapest evidence is to ask two people, each alone.

use super::super::case::Case;
use super::super::diagnosis::{Level, RuleKind, Statement};
use super::super::evidence::{KpiList, Named};
use super::super::words::{cited, days, listed, percent, plain};
use super::{Check, Effort, Rule};
use crate::base::map::Set;
use crate::base::number::Number;

/// Lists that share less than this, numerator and denominator, are different lists.
const AGREEMENT: (i64, i64) = (2, 3);
/// Lists given within so many days can be about the same KPI set.
const SAME_QUARTER: i64 = 92;

pub(super) const RULE: Rule = Rule {
    code: "MOS-S001",
    name: "divergent_kpi_lists",
    kind: RuleKind::Sign,
    summary: "Two people in the team give two different lists of the top KPIs.",
    severity: Level::Medium,
    mend: "Agree on one short KPI set, write it down in the system, and open every review with it.",
    effort: Effort::Minutes,
    check,
};

fn check(case: &Case<'_>) -> Check {
    let lists = &case.kpi_lists;
    let statements = lists.iter().map(|list| described(case, list));
    let Some((overlap, threshold)) = mean_overlap(lists).zip(Number::from(AGREEMENT.0).divided_by(&Number::from(AGREEMENT.1))) else {
        let asked = match lists.first() {
            Some(list) => format!("Ask one more person than {}", case.person(&list.person)),
            None => "Ask two people of the team, each alone,".to_owned(),
        };
        return Check::not_evidenced(format!("{asked} for the top five KPIs, and register the answers under `kpi_lists`"), statements.collect());
    };
    let (first, last) = (lists.iter().map(|list| list.dated).min(), lists.iter().map(|list| list.dated).max());
    let (first, last) = (first.unwrap_or(case.as_of), last.unwrap_or(case.as_of));
    let differ = overlap < threshold;
    let text = format!(
        "On average, two of the {} lists ({}) have {} of their names in common; below {}, lists count as different",
        lists.len(),
        days(first, last),
        percent(&overlap),
        percent(&threshold),
    );
    let statements = std::iter::once(Statement::new(text).dated(last)).chain(statements).collect();
    let confidence = if lists.len() > 2 { Level::High } else { Level::Medium };
    let confidence = if last.days_since(first) > SAME_QUARTER { confidence.lowered() } else { confidence };
    if differ { Check::present(confidence, statements) } else { Check::absent(confidence, statements) }
}

fn names(list: &KpiList) -> Set<&str> {
    list.kpis.iter().map(|named| named.key.as_str()).collect()
}

/// The mean over all pairs; `None` with fewer than two lists.
fn mean_overlap(lists: &[&KpiList]) -> Option<Number> {
    let sets: Vec<Set<&str>> = lists.iter().map(|list| names(list)).collect();
    let (mut sum, mut pairs) = (Number::from(0), 0usize);
    for (index, left) in sets.iter().enumerate() {
        for right in sets.iter().skip(index.saturating_add(1)) {
            let both = left.iter().filter(|name| right.contains(*name)).count();
            let either = left.len().saturating_add(right.len()).saturating_sub(both);
            sum = sum + Number::from(both).divided_by(&Number::from(either)).unwrap_or_else(|| Number::from(0));
            pairs = pairs.saturating_add(1);
        }
    }
    sum.divided_by(&Number::from(pairs))
}

/// What a person named, what nobody else did, and what is no KPI.
fn described(case: &Case<'_>, list: &KpiList) -> Statement {
    let mut seen = Set::new();
    let named: Vec<&Named> = list.kpis.iter().filter(|named| seen.insert(named.key.as_str())).collect();
    let others: Set<&str> = case.kpi_lists.iter().filter(|other| other.person != list.person).flat_map(|other| names(other)).collect();
    let alone = listed(named.iter().filter(|named| !others.contains(named.key.as_str())).map(|named| shown(named)));
    let foreign = listed(named.iter().filter(|named| named.kpi.is_none()).map(|named| shown(named)));
    let mut text = format!("{} named ", case.person(&list.person));
    text.push_str(&if named.is_empty() { "nothing".to_owned() } else { listed(named.iter().map(|named| shown(named))) });
    if case.kpi_lists.len() > 1 && !alone.is_empty() {
        text.push_str(&format!("; nobody else named {alone}"));
    }
    if !foreign.is_empty() {
        text.push_str(&format!("; no KPI of this system: {foreign}"));
    }
    Statement::new(text).dated(list.dated).at(&list.place)
}

fn shown(named: &Named) -> String {
    if named.kpi.is_some() { plain(&named.text) } else { cited(&named.text) }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{self, FIRM, run, texts};
    use super::RULE;
    use crate::{Level, Outcome};

    fn lists(entries: &[(&str, &str, &str)]) -> String {
        let entries = entries.iter().map(|(person, dated, kpis)| format!("  - {{ person: {person}, dated: {dated}, kpis: [{kpis}] }}\n"));
        format!("kpi_lists:\n{}", entries.collect::<String>())
    }

    #[test]
    fn fires() {
        let result = run(&RULE, FIRM, &lists(&[("ana", "2026-09-01", "leads, a, b, c, d"), ("ben", "2026-09-01", "New Leads, a, b, x, y")]));
        assert_eq!((result.outcome, result.confidence), (Outcome::Present, Some(Level::Medium)));
        assert_eq!(
            texts(&result),
            "On average, two of the 2 lists (2026-09-01) have 42.9% of their names in common; below 66.7%, lists count as different.\n\
             Ana named New leads, `a`, `b`, `c` and `d`; nobody else named `c` and `d`; no KPI of this system: `a`, `b`, `c` and `d`.\n\
             Ben named New leads, `a`, `b`, `x` and `y`; nobody else named `x` and `y`; no KPI of this system: `a`, `b`, `x` and `y`."
        );
    }

    #[test]
    fn does_not_fire() {
        let one_off = [("ana", "2026-09-01", "leads, a, b, c, d"), ("ben", "2026-09-01", "'  NEW   leads', A, B, C, x")];
        let result = run(&RULE, FIRM, &lists(&one_off));
        assert_eq!((result.outcome, result.confidence), (Outcome::Absent, Some(Level::Medium)));
        let three = [("ana", "2026-09-01", "leads"), ("ben", "2026-09-01", "leads"), ("cem", "2026-09-01", "leads")];
        assert_eq!(run(&RULE, FIRM, &lists(&three)).confidence, Some(Level::High));
    }

    #[test]
    fn without_evidence() {
        let result = run(&RULE, FIRM, "");
        assert_eq!((result.outcome, result.confidence), (Outcome::NotEvidenced, None));
        assert!(result.would_settle.unwrap().starts_with("Ask two people"));
        // The same person twice is one person; the later list counts.
        let result = run(&RULE, FIRM, &lists(&[("ana", "2026-09-01", "a"), ("ana", "2026-09-02", "b")]));
        assert_eq!(result.outcome, Outcome::NotEvidenced);
        assert_eq!(texts(&result), "Ana named `b`; no KPI of this system: `b`.");
        let later = run(&RULE, FIRM, &lists(&[("ana", "2026-09-01", "a"), ("ben", "2026-10-01", "b")]));
        assert_eq!(later.outcome, Outcome::NotEvidenced, "a list after the as-of date does not count");
    }

    #[test]
    fn lists_from_different_quarters_are_weaker_evidence() {
        let result = run(&RULE, FIRM, &lists(&[("ana", "2026-01-01", "a"), ("ben", "2026-09-01", "b")]));
        assert_eq!((result.outcome, result.confidence), (Outcome::Present, Some(Level::Low)));
    }

    #[test]
    fn who_names_nothing_shares_nothing() {
        let result = run(&RULE, FIRM, &lists(&[("ana", "2026-09-01", ""), ("ben", "2026-09-01", "")]));
        assert_eq!(result.outcome, Outcome::Present);
        assert!(texts(&result).contains("Ana named nothing"), "{}", texts(&result));
    }

    #[test]
    fn hostile() {
        let name = testing::hostile();
        let result = run(&RULE, FIRM, &lists(&[("ana", "2026-09-01", &format!("{name}, {}", ["a,"; 90].concat())), ("ben", "2026-09-01", "leads")]));
        assert_eq!(result.outcome, Outcome::Present);
    }
}
