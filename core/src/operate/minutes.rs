//! Minutes: what a review is begun with, and which numbers were on the table of those that were held.

use serde::Serialize;

use super::agenda::carried::{AgendaAction, AgendaQuestion};
use crate::base::date::Date;
use crate::base::fingerprint::Fingerprint;
use crate::base::id::Id;
use crate::judge::snapshot::Snapshot;
use crate::model::journal::Minutes;
use crate::model::rhythm::Cadence;
use crate::words::{Message, Words};

/// The minutes of a review that is about to be held: what is known beforehand is filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MinutesDraft {
    /// The review.
    pub review: Id,
    /// Its name.
    pub name: String,
    /// The due date that it is held for, where its day is said.
    pub due: Option<Date>,
    /// Who holds it.
    pub held_by: Id,
    /// The as-of date of the numbers on the table.
    pub as_of: Date,
    /// Their fingerprint.
    pub snapshot: Fingerprint,
    /// The actions that are open, to be talked about.
    pub actions: Vec<AgendaAction>,
    /// The questions that are open.
    pub questions: Vec<AgendaQuestion>,
    /// The words in which it is told.
    #[serde(skip)]
    pub(crate) words: Words,
}

/// All minutes that were known on the as-of date, and those that would be written next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MinutesBook {
    /// The as-of date.
    pub as_of: Date,
    /// The snapshot's fingerprint.
    pub fingerprint: Fingerprint,
    /// The minutes of the next review of the level that was asked for; `None` when the system
    /// declares none of it.
    pub draft: Option<MinutesDraft>,
    /// What is recorded, newest first.
    pub recorded: Vec<RecordedMinutes>,
}

/// Minutes, and whether their numbers are those of this snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RecordedMinutes {
    /// The minutes.
    #[serde(flatten)]
    pub minutes: Minutes,
    /// The due date for which they count; `None` where there is none, or it cannot be told.
    pub counts_for: Option<Date>,
    /// How the numbers on the table compare with this snapshot.
    pub numbers: NumbersThen,
    /// The same in a sentence.
    pub text: String,
}

/// How the numbers that were on the table of a review compare with a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NumbersThen {
    /// They are those of this snapshot.
    Same,
    /// They are of the same as-of date, and not the same: system or facts have changed since.
    Changed,
    /// They are of another as-of date, so that the two cannot be told to differ.
    OtherDate,
}

impl Snapshot {
    /// The minutes of the next review of a level, with what is known beforehand; `None` when the
    /// system declares no review of it. Of several, the first.
    ///
    /// ```
    /// # use marketingos::{Facts, Source, System};
    /// use marketingos::Cadence;
    /// # let text = "{marketingos: 1, name: Small firm, people: {ana: Ana},
    /// #   reviews: {standup: {name: Stand-up, cadence: weekly, day: Monday, held_by: ana, escalates_to: ana}}}";
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let snapshot = system.snapshot(&Facts::builder(&system).build()?, "2026-09-18".parse().unwrap());
    /// let draft = snapshot.minutes(Cadence::Weekly).unwrap();
    /// assert_eq!(draft.due, "2026-09-21".parse().ok());
    /// let text = draft.to_yaml();
    /// assert!(text.starts_with("  - review: standup\n    held_on: \n    due: 2026-09-21\n"), "{text}");
    /// # Ok::<(), marketingos::Error>(())
    /// ```
    #[must_use]
    pub fn minutes(&self, cadence: Cadence) -> Option<MinutesDraft> {
        let review = self.system().reviews().iter().find(|review| review.cadence == cadence)?;
        Some(MinutesDraft {
            review: review.id.clone(),
            name: review.name.clone(),
            due: self.next_due(review),
            held_by: review.held_by.clone(),
            as_of: self.as_of(),
            snapshot: self.fingerprint().clone(),
            actions: self.open_actions(),
            questions: self.open_questions(),
            words: self.system().words().clone(),
        })
    }

    /// The minutes of the next review of a level, and all that are recorded: which numbers were on
    /// the table, and whether they are those of this snapshot.
    ///
    /// ```
    /// # use std::sync::Arc;
    /// # use marketingos::{Cadence, Facts, Journal, NumbersThen, Source, System};
    /// # let text = "{marketingos: 1, name: Small firm, people: {ana: Ana},
    /// #   reviews: {standup: {cadence: weekly, day: Monday, held_by: ana, escalates_to: ana}}}";
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// # let facts = Facts::builder(&system).build()?;
    /// let text = "{journal: 1, minutes: [{review: standup, held_on: 2026-09-14, as_of: 2026-09-14, snapshot: 0123456789ab}]}";
    /// let (journal, _) = Journal::parse(&[Source::new("journal.yaml", text)], &system)?;
    /// let snapshot = system.snapshot(&facts, "2026-09-14".parse().unwrap()).with_journal(Arc::new(journal));
    /// let book = snapshot.minutes_book(Cadence::Weekly);
    /// assert_eq!(book.recorded[0].numbers, NumbersThen::Changed);
    /// # Ok::<(), marketingos::Error>(())
    /// ```
    #[must_use]
    pub fn minutes_book(&self, cadence: Cadence) -> MinutesBook {
        let dues = self.due_dates_of_minutes();
        let recorded = self.journal().minutes().iter().zip(dues).rev().map(|(minutes, due)| self.recorded(minutes, due)).collect();
        MinutesBook { as_of: self.as_of(), fingerprint: self.fingerprint().clone(), draft: self.minutes(cadence), recorded }
    }

    fn recorded(&self, minutes: &Minutes, counts_for: Option<Date>) -> RecordedMinutes {
        let numbers = if minutes.is_on(self.fingerprint()) {
            NumbersThen::Same
        } else if minutes.as_of == self.as_of() {
            NumbersThen::Changed
        } else {
            NumbersThen::OtherDate
        };
        let message = match numbers {
            NumbersThen::Same => Message::MinutesSame,
            NumbersThen::Changed => Message::MinutesChanged,
            NumbersThen::OtherDate => Message::MinutesOther,
        };
        let text = self.system().words().text(message, &[("date", minutes.as_of.into())]);
        RecordedMinutes { minutes: minutes.clone(), counts_for, numbers, text }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

    use std::sync::Arc;

    use super::NumbersThen;
    use crate::judge::snapshot::Snapshot;
    use crate::measure::Facts;
    use crate::model::System;
    use crate::model::journal::Journal;
    use crate::model::rhythm::Cadence;
    use crate::text::Source;

    const SYSTEM: &str = "
marketingos: 1
name: Small firm
people: { ana: Ana, ben: Ben }
calendar: { holidays: [2026-09-14] }
sources: { leads: { date: created, rows: events, recorded_from: 2026-08-01, recorded_until: as_of } }
kpis: { leads: { name: New leads, unit: count of leads, direction: higher, owner: ana, shortest: month, count: leads } }
plan: { targets: { leads: [ { from: 2026-01, to: 2026-12, value: 50 } ] } }
reviews:
  standup: { name: Stand-up, cadence: weekly, day: Monday, at: 09:30, minutes: 15, held_by: ana, escalates_to: ben }
  monthly: { cadence: monthly, held_by: ben, escalates_to: ben }
";

    fn snapshot(as_of: &str, journal: &str) -> (System, Snapshot) {
        let (system, _) = System::parse(&[Source::new("system.yaml", SYSTEM)]).unwrap();
        let facts = Facts::builder(&system).csv("leads", "created\n2026-08-03\n2026-09-04\n").build().unwrap();
        let (journal, _) = Journal::parse(&[Source::new("journal.yaml", journal)], &system).unwrap_or_else(|error| panic!("{journal}\n{error}"));
        let snapshot = system.snapshot(&facts, as_of.parse().unwrap()).with_journal(Arc::new(journal));
        (system, snapshot)
    }

    const ACTIONS: &str = "journal: 1
actions:
  form: { what: \"Mend: the form\\n- # it\", owner: ana, opened_on: 2026-08-31, due: 2026-09-07, kpi: leads, moved: [ { on: 2026-09-07, to: 2026-09-09, reason: ill }, { on: 2026-09-09, to: 2026-09-10, reason: ill } ] }
  later: { what: Later, owner: ben, opened_on: 2026-09-07, due: 2026-09-30 }
  done: { what: Done, owner: ben, opened_on: 2026-09-07, due: 2026-09-08, done_on: 2026-09-08 }
questions:
  churn: { what: Why?, asked_on: 2026-09-07, to: ben, asked_by: ana, kpi: leads }
  known: { what: What?, asked_on: 2026-09-07, to: ben, answer: { on: 2026-09-08, text: This. } }
";

    /// The draft, filled in, is read as minutes of the same numbers.
    #[test]
    fn what_is_drafted_is_read_again() {
        let (_, before) = snapshot("2026-09-14", ACTIONS);
        let draft = before.minutes(Cadence::Weekly).unwrap();
        // Monday the 14th is a holiday.
        assert_eq!(draft.due.unwrap().to_string(), "2026-09-15");
        let text = draft.to_yaml();
        assert!(text.contains("      - form # Mend: the form - # it, Ana, due 2026-09-10\n      - later # "), "{text}");
        let journal = format!("{ACTIONS}minutes:\n{}", text.replace("held_on: ", "held_on: 2026-09-15"));
        let (_, after) = snapshot("2026-09-15", &journal);
        let book = after.minutes_book(Cadence::Weekly);
        assert_eq!(book.recorded[0].minutes.actions.len(), 2);
        assert_eq!((book.recorded[0].numbers, book.recorded[0].counts_for), (NumbersThen::OtherDate, draft.due));
        assert_eq!(book.draft.unwrap().due.unwrap().to_string(), "2026-09-21", "that of the 15th is held");
        assert!(after.minutes(Cadence::Quarterly).is_none());
        // The numbers of the 14th are those that were on the table; with other rows they are not.
        let journal = journal.replace("2026-09-15", "2026-09-14");
        let (system, then) = snapshot("2026-09-14", &journal.replace("due: 2026-09-14", "due: 2026-09-15"));
        assert_eq!(then.minutes_book(Cadence::Weekly).recorded[0].numbers, NumbersThen::Same);
        let facts = Facts::builder(&system).csv("leads", "created\n2026-08-03\n").build().unwrap();
        let other = system.snapshot(&facts, then.as_of()).with_journal(Arc::new(then.journal().clone()));
        let changed = &other.minutes_book(Cadence::Weekly).recorded[0];
        assert_eq!(changed.numbers, NumbersThen::Changed);
        assert!(changed.text.contains("`explain_difference`"));
    }

    #[test]
    fn an_agenda_carries_what_is_open() {
        let held = format!(
            "{ACTIONS}minutes:\n  - {{ review: standup, held_on: 2026-09-07, as_of: 2026-09-07, snapshot: 0123456789ab, decisions: [ {{ text: Stop <b>ads</b>, by: ben }} ] }}\n"
        );
        let (_, snapshot) = snapshot("2026-09-11", &held);
        let agenda = snapshot.agenda(Cadence::Weekly);
        let actions: Vec<(&str, Option<i64>, i64, usize)> =
            agenda.actions.iter().map(|action| (action.id.as_str(), action.late_by, action.age, action.moved)).collect();
        assert_eq!(actions, [("form", Some(1), 11, 2), ("later", None, 4, 0)]);
        assert_eq!(agenda.questions.iter().map(|question| (question.to.as_str(), question.age)).collect::<Vec<_>>(), [("Ben", 4)]);
        assert_eq!(agenda.last.as_ref().unwrap().decisions[0].by.as_deref(), Some("Ben"));
        assert_eq!(agenda.review.as_ref().unwrap().due.unwrap().to_string(), "2026-09-15");
        let time = agenda.time.as_ref().unwrap();
        assert_eq!(time.slots.iter().map(|slot| slot.minutes).sum::<u32>(), 15);
        assert_eq!(time.slots.last().unwrap().topic, "Open questions");
        let text = agenda.to_text(crate::TextStyle::default());
        for said in [
            "Mend: the form - # it (Ana; New leads)\n  Due on 2026-09-10, open for 11 days. It is late by 1 day. It was put off 2 times.\n",
            "for the review of 2026-09-15, 09:30",
            "- Last held on 2026-09-07, with the numbers as of 2026-09-07 (snapshot 0123456789ab).\n- Decided then: Stop <b>ads</b> (Ben)\n",
        ] {
            assert!(text.contains(said), "{text}");
        }
        let markdown = agenda.to_markdown();
        for said in ["Decided then: Stop \\<b\\>ads\\</b\\> (Ben)\n", "## Open questions\n\n- **Why?**: To Ben, open for 4 days. Asked by Ana.\n"] {
            assert!(markdown.contains(said), "{markdown}");
        }
        // A stand-up looks at no landing; of a review without a day it is not known when it is due.
        assert!(agenda.ahead.is_empty());
        assert_eq!(snapshot.agenda(Cadence::Monthly).review.unwrap().due, None);
    }
}
