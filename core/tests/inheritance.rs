//! What rests on what: impact and staleness of random systems against a naive search.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fmt::Write;

use marketingos::{Code, Date, ElementKind, Source, System};
use proptest::prelude::*;

/// A decision: the earlier ones that it rests on, and days of 2026 on which it was revised and confirmed.
type Made = (BTreeSet<usize>, BTreeSet<u8>, Option<u8>);

fn decisions() -> impl Strategy<Value = Vec<Made>> {
    let made = (prop::collection::btree_set(0usize..12, 0..4), prop::collection::btree_set(1u8..28, 0..3), prop::option::of(1u8..28));
    prop::collection::vec(made, 1..12).prop_map(|made| {
        // Decisions rest on earlier ones only, so that there is no cycle.
        let earlier = |(at, (on, revised, confirmed)): (usize, Made)| (on.into_iter().filter(|other| *other < at).collect(), revised, confirmed);
        made.into_iter().enumerate().map(earlier).collect()
    })
}

fn text(decisions: &[Made]) -> String {
    let mut text = "marketingos: 1\nname: Small firm\nbrand:\n  strategy:\n    decisions:\n".to_owned();
    for (at, (on, revised, confirmed)) in decisions.iter().enumerate() {
        let on: Vec<String> = on.iter().map(|other| format!("d{other}")).collect();
        let revised: Vec<String> = revised.iter().map(|day| format!("{{ on: 2026-01-{day:02}, reason: r }}")).collect();
        let confirmed = confirmed.map(|day| format!(", confirmed_on: 2026-01-{day:02}")).unwrap_or_default();
        writeln!(text, "      d{at}: {{ statement: s, rests_on: [{}], revisions: [{}]{confirmed} }}", on.join(", "), revised.join(", ")).unwrap();
    }
    text
}

/// Every decision that one rests on, directly or not.
fn upstream(decisions: &[Made], at: usize) -> BTreeSet<usize> {
    decisions[at].0.iter().flat_map(|other| upstream(decisions, *other).into_iter().chain([*other])).collect()
}

proptest! {
    #[test]
    fn what_a_revision_reaches_is_found(decisions in decisions(), today in 1u8..28) {
        let (system, _) = System::parse(&[Source::new("system.yaml", &text(&decisions))]).unwrap();
        let as_of: Date = format!("2026-01-{today:02}").parse().unwrap();
        let last = |at: usize| decisions[at].1.iter().copied().filter(|day| *day <= today).max();
        let stale = |at: usize| {
            let confirmed = last(at).max(decisions[at].2.filter(|day| *day <= today));
            upstream(&decisions, at).into_iter().any(|other| last(other) > confirmed)
        };
        let number = |id: &str| id.trim_start_matches('d').parse::<usize>().unwrap();
        for root in 0..decisions.len() {
            let impact = system.impact(&format!("d{root}"), as_of).unwrap();
            let found: BTreeSet<usize> = impact.elements.iter().map(|element| number(&element.part.id)).collect();
            let expected: BTreeSet<usize> = (0..decisions.len()).filter(|at| upstream(&decisions, *at).contains(&root)).collect();
            prop_assert_eq!(&found, &expected);
            prop_assert_eq!(found.len(), impact.elements.len());
            prop_assert!(impact.elements.is_sorted_by_key(|element| element.through.len()));
            for element in &impact.elements {
                prop_assert_eq!(element.stale, stale(number(&element.part.id)), "{}", element.part.id);
                // The way is one: each decision on it rests on the one before.
                let ids = element.through.iter().map(|id| number(id.as_str())).chain([number(&element.part.id)]).collect::<Vec<_>>();
                prop_assert!(ids[0] == root && ids.windows(2).all(|pair| decisions[pair[1]].0.contains(&pair[0])));
            }
        }
        let found: Vec<usize> = system.stale(as_of).iter().map(|element| number(&element.part.id)).collect();
        prop_assert_eq!(found, (0..decisions.len()).filter(|at| stale(*at)).collect::<Vec<_>>());
    }
}

#[test]
fn values_are_inherited_through_decisions_that_hold() {
    let system = |status: &str| {
        let text = format!(
            "{{marketingos: 1, name: F, brand: {{strategy: {{decisions: {{a: {{statement: A, status: {status}, values: {{tone: plain}}}}, b: {{statement: B, rests_on: [a]}}}}}}}}, \
             channels: {{c: {{kind: owned, rests_on: [b], values: {{tone: loud, other: x}}}}}}}}"
        );
        System::parse(&[Source::new("system.yaml", &text)]).unwrap()
    };
    let (read, findings) = system("settled");
    assert_eq!(findings.iter().map(|finding| (finding.code, finding.place.path.as_str())).collect::<Vec<_>>(), [(Code::Contradicted, "channels.c")]);
    let impact = read.impact("a", "2026-01-01".parse().unwrap()).unwrap();
    assert_eq!(impact.elements.iter().map(|element| element.part.kind).collect::<Vec<_>>(), [ElementKind::Decision, ElementKind::Channel]);
    assert!(system("retired").1.is_empty());
}

#[test]
fn a_decision_is_due_for_review() {
    let text = "{marketingos: 1, name: F, brand: {voice: {decisions: {a: {statement: A, status: settled, settled_on: 2025-08-31, review_months: 6, \
                revisions: [{on: 2026-03-31, reason: r}]}, b: B}}}}";
    let (system, _) = System::parse(&[Source::new("system.yaml", text)]).unwrap();
    let due = |day: &str| system.decision("a").unwrap().review_due(day.parse().unwrap()).map(|due| due.to_string());
    // There is no 31 February and no 31 September.
    assert_eq!([due("2025-08-30"), due("2026-03-30"), due("2026-03-31")], [None, Some("2026-02-28".to_owned()), Some("2026-09-30".to_owned())]);
    assert_eq!(system.decision("b").unwrap().review_due("2026-01-01".parse().unwrap()), None);
}
