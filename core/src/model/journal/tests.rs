#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use proptest::prelude::*;

use super::Journal;
use crate::base::date::Date;
use crate::model::System;
use crate::text::Source;

const SYSTEM: &str = "
marketingos: 1
name: Small firm
people: { ana: Ana, ben: Ben }
operator: ana
sources: { leads: { date: created, rows: events } }
kpis: { leads: { unit: count of leads, direction: higher, owner: ana, count: leads } }
brand: { strategy: { decisions: { positioning: { statement: Timber only., status: settled } } } }
reviews: { standup: { cadence: weekly, day: Monday, held_by: ana, escalates_to: ben } }
";

const JOURNAL: &str = "
journal: 1
actions:
  form: { what: Mend the form, owner: ana, opened_on: 2026-09-07, due: 2026-09-14, review: standup, kpi: leads, moved: [ { on: 2026-09-14, to: 2026-09-21, reason: agency away } ], done_on: 2026-09-20 }
  flyer: { what: Print flyers, owner: ben, opened_on: 2026-09-07, due: 2026-09-30, dropped: { on: 2026-09-21, reason: no fair } }
questions:
  churn: { what: Why fewer?, asked_on: 2026-09-07, asked_by: ben, to: ana, kpi: leads, answer: { on: 2026-09-14, text: The fair. } }
minutes:
  - { review: standup, held_on: 2026-09-07, due: 2026-09-07, held_by: ana, present: [ana, ben], as_of: 2026-09-06, snapshot: 0123456789ab, decisions: [Stop the fair, { text: Keep timber, by: ben, decision: positioning }], actions: [form], questions: [churn], note: short }
skipped:
  - { what: standup, due: 2026-09-14, reason: holiday, by: ana }
  - { what: report, due: 2026-10-05, reason: merged into the next, on: 2026-09-20 }
done:
  - { what: report, on: 2026-09-05, for: 2026-08 }
acknowledgements:
  - { what: 'kpi:leads', by: ana, on: 2026-09-08, until: 2026-09-30, note: on it }
comments:
  - { kpi: leads, period: 2026-08, by: ana, on: 2026-09-05, text: The fair brought most of them., figure: '12', until: 2026-10 }
";

fn system() -> System {
    System::parse(&[Source::new("system.yaml", SYSTEM)]).unwrap().0
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn parse(text: &str) -> Result<Journal, Vec<String>> {
    let read = Journal::parse(&[Source::new("journal.yaml", text)], &system());
    read.map(|(journal, _)| journal).map_err(|error| error.findings().iter().map(ToString::to_string).collect())
}

/// What is said of a journal with one wrong record.
fn said(text: &str) -> String {
    parse(&format!("journal: 1\n{text}")).expect_err(text).join("\n")
}

#[test]
fn a_whole_journal_is_read() {
    let journal = parse(JOURNAL).unwrap();
    let sizes = [journal.actions.len(), journal.questions.len(), journal.minutes.len(), journal.skipped.len(), journal.done.len()];
    assert_eq!(sizes, [2, 1, 1, 2, 1]);
    assert_eq!(journal.minutes[0].decisions[1].decision.as_ref().unwrap().as_str(), "positioning");
    assert_eq!(journal.done[0].period.as_ref().unwrap().label, "2026-08");
    assert_eq!(journal.comments()[0].until.as_ref().unwrap().label, "2026-10");
    assert_eq!(journal.open_actions().count(), 0);
}

#[test]
fn what_was_not_known_yet_does_not_count() {
    let journal = parse(JOURNAL).unwrap();
    let then = journal.known_on(day("2026-09-13"));
    let form = then.action("form").unwrap();
    assert!(form.is_open() && form.moved.is_empty() && then.action("flyer").unwrap().is_open());
    assert_eq!(then.open_questions().count(), 1);
    assert_eq!((then.skipped.len(), then.minutes.len()), (0, 1), "the review of the 14th was not yet left out");
    // A cancellation that was said beforehand is known beforehand.
    assert_eq!(journal.known_on(day("2026-09-20")).skipped.len(), 2);
    assert_eq!(journal.known_on(day("2026-12-31")), journal);
    assert_eq!(journal.known_on(day("2026-09-04")), Journal::default());
}

#[test]
fn mistakes_have_places() {
    let action = |rest: &str| said(&format!("actions:\n  form: {{ what: Mend, {rest} }}\n"));
    for (found, expected) in [
        (
            action("opened_on: 2026-09-07, due: 2026-09-14"),
            "journal.yaml:3:9: error[MOS-M002]: `actions.form` has no `owner`; name who does it: an action without an owner is none",
        ),
        (
            action("owner: ana, opened_on: 2026-09-07"),
            "journal.yaml:3:9: error[MOS-M002]: `actions.form` has no `due`; write the day by which it is done: an action without one is none",
        ),
        (action("owner: bem, opened_on: 2026-09-07, due: 2026-09-14"), "journal.yaml:3:30: error[MOS-M006]: there is no person `bem`; did you mean `ben`?"),
        (
            action("owner: ana, opened_on: 2026-09-07, due: 2026-09-14, kpi: lead"),
            "journal.yaml:3:80: error[MOS-M006]: there is no KPI `lead`; did you mean `leads`?",
        ),
        (
            action("owner: ana, opened_on: 2026-09-07, due: 2026-09-06"),
            "journal.yaml:3:3: error[MOS-J002]: the action `form` is due on 2026-09-06, before it was opened on 2026-09-07; correct one of the two days",
        ),
        (
            action("owner: ana, opened_on: 2026-09-07, due: 2026-09-14, done_on: 2026-09-01"),
            "journal.yaml:3:3: error[MOS-J002]: the action `form` was done on 2026-09-01, before it was opened on 2026-09-07; correct one of the two days",
        ),
        (
            action("owner: ana, opened_on: 2026-09-07, due: 2026-09-14, done_on: 2026-09-10, dropped: { on: 2026-09-11, reason: no }"),
            "journal.yaml:3:3: error[MOS-M018]: the action `form` is said to be done and to be dropped; keep one of `done_on` and `dropped`",
        ),
        (
            said("skipped: [ { what: dashbord, due: 2026-09-14, reason: no } ]"),
            "journal.yaml:2:20: error[MOS-M006]: there is no review or component `dashbord`; did you mean `dashboard`?",
        ),
        (
            said("acknowledgements: [ { what: 'question:churn', by: ana, on: 2026-09-14 } ]"),
            "journal.yaml:2:21: error[MOS-J003]: `question` is no kind of thing that is acknowledged; write the key of an escalation: `kpi:`, `budget:`, `review:`, `component:`, `action:` or another kind, and an id",
        ),
        (
            said("acknowledgements: [ { what: 'kpi:lead', by: ana, on: 2026-09-14 } ]"),
            "journal.yaml:2:21: error[MOS-J003]: there is no KPI `lead`; correct the name, or leave the acknowledgement out",
        ),
        (
            said("minutes: [ { review: standup, held_on: 2026-09-07, as_of: 2026-09-07, snapshot: abc } ]"),
            "journal.yaml:2:81: error[MOS-J004]: `abc` is not the fingerprint of a snapshot; write the fingerprint that the snapshot tells, or at least its first 12 digits",
        ),
        (
            said("minutes: [ { review: standup, held_on: 2026-09-07, as_of: 2026-09-08, snapshot: 0123456789ab, actions: [nope] } ]"),
            "journal.yaml:2:12: error[MOS-M006]: there is no action `nope` in the journal; add it, or correct the name\n\
             journal.yaml:2:12: error[MOS-J002]: the numbers of 2026-09-08 were on the table on 2026-09-07, before they could be known; correct one of the two days",
        ),
        (
            said(
                "minutes:\n- { review: standup, held_on: 2026-09-07, as_of: 2026-09-07, snapshot: 0123456789ab }\n- { review: standup, held_on: 2026-09-07, as_of: 2026-09-07, snapshot: 0123456789ab }",
            ),
            "journal.yaml:4:3: error[MOS-J001]: there are two minutes of `standup` held on 2026-09-07; make them one, or correct the day",
        ),
        (said("actons: {}"), "journal.yaml:2:1: error[MOS-M001]: the key `actons` is not known here; did you mean `actions`?"),
    ] {
        assert_eq!(found, expected);
    }
}

#[test]
fn the_order_of_texts_and_entries_does_not_matter() {
    let (first, second) = (
        "journal: 1\ncomments: [ { kpi: leads, period: 2026-08, by: ana, on: 2026-09-05, text: A }, { kpi: leads, period: 2026-08, by: ana, on: 2026-09-05, text: B } ]",
        JOURNAL,
    );
    let read = |texts: [&str; 2]| Journal::parse(&texts.map(|text| Source::new("j.yaml", text)), &system()).unwrap().0;
    let (one, other) = (read([first, second]), read([second, first]));
    assert_eq!(one, other);
    assert_eq!(one.fingerprint(), other.fingerprint());
    assert_ne!(one.fingerprint(), Journal::default().fingerprint());
}

#[test]
fn an_id_in_two_texts_is_told() {
    let text = "journal: 1\nactions: { form: { what: A, owner: ana, opened_on: 2026-09-07, due: 2026-09-14 } }";
    let error = Journal::parse(&[Source::new("a.yaml", text), Source::new("b.yaml", text)], &system()).unwrap_err();
    assert_eq!(error.findings()[0].to_string(), "b.yaml:2:12: error[MOS-M008]: the id `form` is used by another action too; give each an id of its own");
}

proptest! {
    /// What is known on a day grows with the days, and knowing it twice is knowing it once.
    #[test]
    fn knowing_is_monotonous(early in 0i64..60, later in 0i64..60) {
        let journal = parse(JOURNAL).unwrap();
        let (early, later) = (day("2026-09-01").plus_days(early.min(later)), day("2026-09-01").plus_days(early.max(later)));
        prop_assert_eq!(journal.known_on(later).known_on(early), journal.known_on(early));
        prop_assert_eq!(journal.known_on(early).known_on(later), journal.known_on(early));
    }

    #[test]
    fn no_text_makes_it_panic(text in "journal: 1\n(actions|minutes|skipped|done|comments|acknowledgements|questions): [\\[{]?[a-z:, \\[\\]{}0-9-]{0,60}") {
        let _ = parse(&text);
    }
}
