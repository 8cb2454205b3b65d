//! The rhythm: when reviews and components are due, and what the journal says became of it.

use serde::Serialize;

use crate::base::calendar::{Grain, Span};
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::fingerprint::Fingerprint;
use crate::base::id::Id;
use crate::base::map::{Map, Set};
use crate::base::order;
use crate::base::time::TimeOfDay;
use crate::judge::snapshot::Snapshot;
use crate::model::cadence::ComponentCadence;
use crate::model::due::{DueDate, DueDates, Dues};
use crate::model::journal::{Component, Done, Minutes, Skipped};
use crate::model::rhythm::Review;
use crate::words::{Message, Words};

/// How far ahead, in days, due dates are told.
const FURTHEST: i64 = 731;
/// So many days around the ones asked for are looked at, so that a record finds the due date nearest
/// to it wherever that lies.
const MARGIN: i64 = 400;
/// The most due dates that are told.
const MOST: usize = 100_000;

/// When reviews and components are due from the start of a quarter on, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rhythm {
    /// Whose.
    pub system: String,
    /// The as-of date.
    pub as_of: Date,
    /// Of the snapshot that this is drawn from.
    pub fingerprint: Fingerprint,
    /// The first day: that of the quarter of the as-of date.
    pub from: Date,
    /// The last day.
    pub through: Date,
    /// By whose clock times of day are told; `None` by whichever the reader's is.
    pub zone: Option<String>,
    /// The number of records of the journal that could count for a due date, known on the as-of
    /// date: with none, `late` says only that nothing was written down.
    pub records: usize,
    /// What is due, by day.
    pub items: Vec<RhythmItem>,
    /// What cannot be told, and why.
    pub unanswered: Vec<UnansweredCadence>,
    /// The records of these days that count for no due date.
    pub unmatched: Vec<UnmatchedRecord>,
    /// The words in which it is told.
    #[serde(skip)]
    pub(crate) words: Words,
}

/// What is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RhythmKind {
    /// A standing review.
    Review,
    /// The KPI set is set anew.
    KpiSet,
    /// The dashboard is refreshed.
    Dashboard,
    /// The report goes out.
    Report,
    /// Plan and budget are made.
    Plan,
}

impl RhythmKind {
    fn of(component: Component) -> Self {
        match component {
            Component::KpiSet => Self::KpiSet,
            Component::Dashboard => Self::Dashboard,
            Component::Report => Self::Report,
            Component::Plan => Self::Plan,
        }
    }

    /// The kind as a message.
    pub(crate) fn message(self) -> Message {
        match self {
            Self::Review => Message::KindReview,
            Self::KpiSet => Message::KindKpiSet,
            Self::Dashboard => Message::KindDashboard,
            Self::Report => Message::KindReport,
            Self::Plan => Message::KindPlan,
        }
    }

    /// The kind in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::KpiSet => "KPI set",
            Self::Dashboard => "dashboard",
            Self::Report => "report",
            Self::Plan => "plan and budget",
        }
    }
}

/// What became of something that is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RhythmStatus {
    /// It was done, on its day or before.
    Done,
    /// It was done after its day.
    DoneLate,
    /// It was left out: on purpose, or because of a holiday.
    Skipped,
    /// It is due on the as-of date, and not recorded as done.
    Due,
    /// Its day is over, and nothing is recorded.
    Late,
    /// Its day is still to come.
    Coming,
}

impl RhythmStatus {
    /// The status as a message.
    pub(crate) fn message(self) -> Message {
        match self {
            Self::Done => Message::RhythmDone,
            Self::DoneLate => Message::RhythmDoneLate,
            Self::Skipped => Message::RhythmSkipped,
            Self::Due => Message::RhythmDue,
            Self::Late => Message::RhythmLate,
            Self::Coming => Message::RhythmComing,
        }
    }

    /// The status in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::DoneLate => "done late",
            Self::Skipped => "left out",
            Self::Due => "due today",
            Self::Late => "late",
            Self::Coming => "coming",
        }
    }
}

/// One due date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RhythmItem {
    /// What is due.
    pub kind: RhythmKind,
    /// The id of the review, or the word of the component.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The day on which it is due.
    pub due: Date,
    /// The day that its cadence names, where a holiday moved it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved_from: Option<Date>,
    /// The time of day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<TimeOfDay>,
    /// The minutes set aside for a review.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// Who sees to it; `None` is nobody.
    pub who: Option<String>,
    /// What became of it.
    pub status: RhythmStatus,
    /// By how many days it is, or was done, late.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<i64>,
    /// The day on which it was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held_on: Option<Date>,
    /// The snapshot that was on the table, as the minutes have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snapshot: Option<String>,
    /// Why it was moved or left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl RhythmItem {
    /// The day that its cadence names: by it the item is known, wherever a holiday moves it.
    #[must_use]
    pub fn own_day(&self) -> Date {
        self.moved_from.unwrap_or(self.due)
    }
}

/// A review or component whose due dates cannot be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnansweredCadence {
    /// What.
    pub kind: RhythmKind,
    /// The id of the review, or the word of the component.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Why.
    pub reason: String,
}

/// A record that counts for no due date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnmatchedRecord {
    /// What it is about.
    pub kind: RhythmKind,
    /// The id of the review, or the word of the component.
    pub id: String,
    /// The day of the record.
    pub on: Date,
    /// Why it counts for none.
    pub reason: String,
}

impl Snapshot {
    /// When reviews and components are due, from the start of the quarter of the as-of date through
    /// a day, by default the last one of the month after; and what the journal says became of it.
    /// A record counts for the due date that it names, or else for the nearest one, the earlier on
    /// a tie; for one at most.
    ///
    /// ```
    /// # use std::sync::Arc;
    /// use marketingos::{Facts, Journal, RhythmStatus, Source, System};
    /// let text = "
    /// marketingos: 1
    /// name: Small firm
    /// people: { ana: Ana }
    /// operator: ana
    /// calendar: { holidays: [ { on: 2026-09-14, name: Founders' day } ] }
    /// reviews: { standup: { name: Stand-up, cadence: weekly, day: Monday, from: 2026-09-01, held_by: ana, escalates_to: ana } }
    /// ";
    /// let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let journal = "{journal: 1, minutes: [{review: standup, held_on: 2026-09-08, as_of: 2026-09-07, snapshot: 0123456789ab}]}";
    /// let (journal, _) = Journal::parse(&[Source::new("journal.yaml", journal)], &system)?;
    /// let facts = Facts::builder(&system).build()?;
    /// let snapshot = system.snapshot(&facts, "2026-09-15".parse().unwrap()).with_journal(Arc::new(journal));
    /// let rhythm = snapshot.rhythm("2026-09-21".parse().ok())?;
    /// let told: Vec<(String, RhythmStatus)> = rhythm.items.iter().map(|item| (item.due.to_string(), item.status)).collect();
    /// // The 14th is a holiday: the review moves to the 15th.
    /// let expected = [("2026-09-07", RhythmStatus::DoneLate), ("2026-09-15", RhythmStatus::Due), ("2026-09-21", RhythmStatus::Coming)];
    /// assert_eq!(told, expected.map(|(day, status)| (day.to_owned(), status)));
    /// # Ok::<(), marketingos::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the last day lies before the quarter, or more than two years after the as-of date.
    pub fn rhythm(&self, through: Option<Date>) -> Result<Rhythm, Error> {
        let (calendar, as_of) = (self.system().calendar(), self.as_of());
        let month = calendar.period(Grain::Month, as_of);
        let from = calendar.period(Grain::Quarter, as_of).first;
        let through = through.unwrap_or_else(|| calendar.next(&month).map_or(month.last, |next| next.last));
        if through < from {
            let message = format!("{through} lies before the quarter of {as_of}, which begins on {from}");
            return Err(Error::new(Code::BadWindow, message, "name a later day, or ask a snapshot with an earlier as-of date"));
        }
        if through.days_since(as_of) > FURTHEST {
            let message = format!("{through} lies more than two years after {as_of}");
            return Err(Error::new(Code::BadWindow, message, "name an earlier day"));
        }
        let mut telling = Telling::new(self, Span { first: from, last: through });
        telling.reviews();
        telling.components();
        let Telling { mut items, unanswered, unmatched, .. } = telling;
        // Stable: on a day, reviews in the system's order, then the components.
        order::sort_by_key(&mut items, |item| item.due);
        let journal = self.journal();
        Ok(Rhythm {
            system: self.system().name().to_owned(),
            as_of,
            fingerprint: self.fingerprint().clone(),
            from,
            through,
            zone: self.system().zone().map(str::to_owned),
            records: journal.minutes().len().saturating_add(journal.skipped().len()).saturating_add(journal.done().len()),
            items,
            unanswered,
            unmatched,
            words: self.system().words().clone(),
        })
    }

    /// What was due in the days before the as-of date, and through it, so many days back.
    pub(super) fn rhythm_back(&self, days: i64) -> Vec<RhythmItem> {
        let mut telling = Telling::new(self, Span { first: self.as_of().plus_days(-days), last: self.as_of() });
        telling.reviews();
        telling.components();
        order::sort_by_key(&mut telling.items, |item| item.due);
        telling.items
    }

    /// The due date of the next review: the first on or after the as-of date that is neither held
    /// nor left out.
    pub(super) fn next_due(&self, review: &Review) -> Option<Date> {
        let as_of = self.as_of();
        let mut telling = Telling::new(self, Span { first: as_of, last: as_of.plus_days(MARGIN) });
        telling.review(review);
        let open = |item: &&RhythmItem| matches!(item.status, RhythmStatus::Due | RhythmStatus::Coming);
        telling.items.iter().filter(open).map(|item| item.due).min()
    }

    /// The due dates for which the minutes of the journal count, in its order.
    pub(super) fn due_dates_of_minutes(&self) -> Vec<Option<Date>> {
        // Minutes that lie close together are looked at together: one wrong year among them spans no
        // millennium.
        let together = self.journal().minutes().chunk_by(|one, next| next.held_on.days_since(one.held_on) <= 2 * MARGIN);
        together.flat_map(|minutes| self.due_dates_of(minutes)).collect()
    }

    fn due_dates_of(&self, all: &[Minutes]) -> Vec<Option<Date>> {
        let (Some(first), Some(last)) = (all.first(), all.last()) else { return Vec::new() };
        let around = Span { first: first.held_on.plus_days(-MARGIN), last: last.held_on.plus_days(MARGIN) };
        let (mut dues, mut found) = (Dues::new(self.system(), around), Map::new());
        let held: Set<&Id> = all.iter().map(|minutes| &minutes.review).collect();
        for review in self.system().reviews().iter().filter(|review| held.contains(&review.id)) {
            found.insert(&review.id, dues.of_review(review).unwrap_or_default());
        }
        let due = |minutes: &Minutes| counts_for(self.system().words(), found.get(&minutes.review)?, minutes.held_on, minutes.due).ok().map(|date| date.due);
        all.iter().map(due).collect()
    }
}

/// What a record says of a due date.
struct Record<'j> {
    on: Date,
    due: Option<Date>,
    says: Says<'j>,
}

enum Says<'j> {
    Held(&'j Minutes),
    Done,
    Skipped(&'j Skipped),
}

struct Telling<'s> {
    snapshot: &'s Snapshot,
    span: Span,
    dues: Dues<'s>,
    /// The records of each review (`true`) and component, in the journal's order.
    records: Map<(bool, String), Vec<Record<'s>>>,
    items: Vec<RhythmItem>,
    unanswered: Vec<UnansweredCadence>,
    unmatched: Vec<UnmatchedRecord>,
}

/// What is the same for all due dates of a review or component.
struct Subject<'s> {
    kind: RhythmKind,
    id: &'s str,
    name: &'s str,
    at: Option<TimeOfDay>,
    minutes: Option<u32>,
}

impl<'s> Telling<'s> {
    fn new(snapshot: &'s Snapshot, span: Span) -> Self {
        let around = Span { first: span.first.plus_days(-MARGIN), last: span.last.plus_days(MARGIN) };
        let mut records: Map<(bool, String), Vec<Record<'s>>> = Map::new();
        let reviews: Set<&Id> = snapshot.system().reviews().iter().map(|review| &review.id).collect();
        let journal = snapshot.journal();
        for minutes in journal.minutes() {
            records.entry((true, minutes.review.to_string())).or_default().push(Record { on: minutes.held_on, due: minutes.due, says: Says::Held(minutes) });
        }
        for done in journal.done() {
            let Done { on, due, .. } = done;
            records.entry((false, done.what.word().to_owned())).or_default().push(Record { on: *on, due: *due, says: Says::Done });
        }
        for skipped in journal.skipped() {
            let record = Record { on: skipped.on, due: Some(skipped.due), says: Says::Skipped(skipped) };
            records.entry((reviews.contains(&skipped.what), skipped.what.to_string())).or_default().push(record);
        }
        let dues = Dues::new(snapshot.system(), around);
        Self { snapshot, span, dues, records, items: Vec::new(), unanswered: Vec::new(), unmatched: Vec::new() }
    }

    fn reviews(&mut self) {
        for review in self.snapshot.system().reviews() {
            self.review(review);
        }
    }

    fn review(&mut self, review: &Review) {
        let (at, minutes) = (review.at, Some(review.minutes));
        let subject = Subject { kind: RhythmKind::Review, id: review.id.as_str(), name: &review.name, at, minutes };
        let dues = self.dues.of_review(review);
        let who = self.person(&review.held_by);
        self.subject(&subject, dues, &|_| Some(who.clone()));
    }

    fn components(&mut self) {
        let snapshot = self.snapshot;
        for (word, component) in Component::WORDS {
            let kind = RhythmKind::of(component);
            let name = snapshot.system().words().word(kind.message());
            let subject = Subject { kind, id: word, name: &name, at: None, minutes: None };
            let declared = snapshot.system().component_cadences().iter().find(|cadence| cadence.component == component);
            match declared {
                Some(cadence) => {
                    let dues = self.dues.of_component(cadence);
                    self.subject(&subject, dues, &|day| owner(snapshot, cadence, day));
                }
                None => self.subject(&subject, Err(snapshot.system().words().word(Message::NoCadence)), &|_| None),
            }
        }
    }

    fn person(&self, id: &Id) -> String {
        name(self.snapshot, id)
    }

    fn words(&self) -> &'s Words {
        self.snapshot.system().words()
    }

    fn subject(&mut self, subject: &Subject<'_>, dues: Result<DueDates, String>, who: &dyn Fn(Date) -> Option<String>) {
        let (kind, id) = (subject.kind, subject.id.to_owned());
        let records = self.records.remove(&(kind == RhythmKind::Review, id.clone())).unwrap_or_default();
        let mut unknown = None;
        let dues = match dues {
            Ok(dues) => dues,
            Err(reason) => {
                unknown = Some(format!("its due dates are not known: {reason}"));
                self.unanswered.push(UnansweredCadence { kind, id: id.clone(), name: subject.name.to_owned(), reason });
                DueDates::default()
            }
        };
        let shown: Vec<&DueDate> = dues.iter().filter(|date| self.span.contains(date.due)).collect();
        if self.items.len().saturating_add(shown.len()) > MOST {
            let reason = self.words().text(Message::TooManyDues, &[("count", MOST.into())]);
            self.unanswered.push(UnansweredCadence { kind, id: id.clone(), name: subject.name.to_owned(), reason });
            return;
        }
        let mut counting: Map<Date, Vec<&Record<'_>>> = Map::new();
        for record in &records {
            match counts_for(self.words(), &dues, record.on, record.due) {
                Ok(date) => counting.entry(date.own).or_default().push(record),
                Err(reason) => self.no_due_date(kind, &id, record, unknown.clone().unwrap_or(reason)),
            }
        }
        for date in shown {
            let records = counting.remove(&date.own).unwrap_or_default();
            let (best, others) = best(self.words(), date, records);
            for (other, reason) in others {
                self.no_due_date(kind, &id, other, reason);
            }
            let item = self.item(subject, date, best, who(date.due));
            self.items.push(item);
        }
    }

    fn no_due_date(&mut self, kind: RhythmKind, id: &str, record: &Record<'_>, reason: String) {
        let on = record.due.unwrap_or(record.on);
        if self.span.contains(on) || self.span.contains(record.on) {
            self.unmatched.push(UnmatchedRecord { kind, id: id.to_owned(), on, reason });
        }
    }

    fn item(&self, subject: &Subject<'_>, date: &DueDate, record: Option<&Record<'_>>, who: Option<String>) -> RhythmItem {
        let (as_of, due) = (self.snapshot.as_of(), date.due);
        let mut item = RhythmItem {
            kind: subject.kind,
            id: subject.id.to_owned(),
            name: subject.name.to_owned(),
            due,
            moved_from: (date.own != due).then_some(date.own),
            at: subject.at,
            minutes: subject.minutes,
            who,
            status: RhythmStatus::Coming,
            days: None,
            held_on: None,
            snapshot: None,
            reason: date.reason.clone(),
        };
        match record {
            Some(Record { says: Says::Skipped(skipped), .. }) => {
                item.status = RhythmStatus::Skipped;
                item.reason = Some(skipped.reason.clone());
            }
            Some(record) => {
                let late = record.on.days_since(due);
                item.status = if late > 0 { RhythmStatus::DoneLate } else { RhythmStatus::Done };
                item.days = (late > 0).then_some(late);
                item.held_on = Some(record.on);
                if let Says::Held(minutes) = record.says {
                    item.snapshot = Some(minutes.snapshot.clone());
                    item.who = minutes.held_by.as_ref().map(|id| self.person(id)).or(item.who);
                }
            }
            None if date.left_out => item.status = RhythmStatus::Skipped,
            None => {
                let late = as_of.days_since(due);
                item.status = match late {
                    0 => RhythmStatus::Due,
                    1.. => RhythmStatus::Late,
                    _ => RhythmStatus::Coming,
                };
                item.days = (late > 0).then_some(late);
            }
        }
        item
    }
}

/// Who sees to a component on a day: who is named, else the operator.
fn owner(snapshot: &Snapshot, cadence: &ComponentCadence, day: Date) -> Option<String> {
    let named = if cadence.owner.is_empty() { snapshot.system().operator().on(day) } else { cadence.owner.on(day) };
    named.map(|assignment| name(snapshot, &assignment.person))
}

/// What a person is called.
pub(super) fn name(snapshot: &Snapshot, id: &Id) -> String {
    snapshot.system().person(id.as_str()).map_or_else(|| id.to_string(), |person| person.name.clone())
}

/// The due date for which a record counts, or why there is none.
fn counts_for<'d>(words: &Words, dues: &'d DueDates, on: Date, due: Option<Date>) -> Result<&'d DueDate, String> {
    match due {
        Some(due) => dues.named(due).ok_or_else(|| words.text(Message::NotDueOn, &[("date", due.into())])),
        None => dues.nearest(on).ok_or_else(|| words.word(Message::NotDueAround)),
    }
}

/// Of the records of one due date the one that counts, and why the others do not: what took place
/// goes before what is said to be left out, what names the date before what is only near it, and
/// the nearer before the farther, the earlier first.
fn best<'r, 'j>(words: &Words, date: &DueDate, mut records: Vec<&'r Record<'j>>) -> (Option<&'r Record<'j>>, Vec<(&'r Record<'j>, String)>) {
    let rank = |record: &&Record<'_>| (matches!(record.says, Says::Skipped(_)), record.due.is_none(), record.on.days_since(date.due).abs(), record.on);
    order::sort_by_key(&mut records, |record| rank(record));
    let mut records = records.into_iter();
    let best = records.next();
    let is_skipped = |record: &Record<'_>| matches!(record.says, Says::Skipped(_));
    let took_place = best.is_some_and(|best| !is_skipped(best));
    let why = |record: &Record<'_>| {
        let message = if is_skipped(record) && took_place { Message::TookPlace } else { Message::OtherCounts };
        words.text(message, &[("date", date.due.into())])
    };
    (best, records.map(|record| (record, why(record))).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

    use std::sync::Arc;

    use proptest::prelude::*;

    use super::{RhythmItem, RhythmStatus};
    use crate::base::date::Date;
    use crate::judge::snapshot::Snapshot;
    use crate::measure::Facts;
    use crate::model::System;
    use crate::model::due::nearest;
    use crate::model::journal::Journal;
    use crate::text::Source;

    const SYSTEM: &str = "
marketingos: 1
name: Small firm
people: { ana: Ana, ben: Ben, eva: Eva }
operator: [ { person: ben, to: 2026-09-30 }, { person: ana, from: 2026-10-01 } ]
calendar: { zone: '+01:00', holidays: [ { on: 25 December, name: Christmas }, { on: 2026-09-14, name: Founders' day }, 2026-12-28 ] }
reviews:
  standup: { name: Stand-up, cadence: weekly, day: Monday, from: 2026-08-01, at: 09:30, minutes: 15, held_by: ana, escalates_to: eva }
  monthly: { cadence: monthly, day: second Tuesday, held_by: eva, escalates_to: eva, on_holiday: skip }
  planning: { cadence: quarterly, day: last week, held_by: eva, escalates_to: eva }
rhythm:
  dashboard: { cadence: every weekday, owner: ana, from: 2026-12-21 }
  report: monthly on the 5th
";

    fn snapshot(as_of: &str, journal: &str) -> Snapshot {
        let (system, findings) = System::parse(&[Source::new("system.yaml", SYSTEM)]).unwrap();
        assert_eq!(findings, []);
        let (journal, _) = Journal::parse(&[Source::new("journal.yaml", &format!("journal: 1\n{journal}"))], &system).unwrap();
        let facts = Facts::builder(&system).build().unwrap();
        system.snapshot(&facts, day(as_of)).with_journal(Arc::new(journal))
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn of(items: &[RhythmItem], id: &str) -> Vec<(String, &'static str, Option<i64>)> {
        items.iter().filter(|item| item.id == id).map(|item| (item.due.to_string(), item.status.words(), item.days)).collect()
    }

    const HELD: &str = "
minutes:
  - { review: standup, held_on: 2026-08-03, as_of: 2026-08-02, snapshot: 0123456789ab, held_by: ben }
  - { review: standup, held_on: 2026-08-12, as_of: 2026-08-12, snapshot: 0123456789ab }
  - { review: standup, held_on: 2026-08-13, due: 2026-08-17, as_of: 2026-08-12, snapshot: 0123456789ab }
skipped:
  - { what: standup, due: 2026-08-24, reason: fair }
  - { what: standup, due: 2026-08-25, reason: not a Monday }
done:
  - { what: report, on: 2026-08-04 }
  - { what: report, on: 2026-09-08 }
";

    /// 2026-08-03 was a Monday.
    #[test]
    fn each_due_date_is_what_the_journal_says() {
        let rhythm = snapshot("2026-09-07", HELD).rhythm(Some(day("2026-09-28"))).unwrap();
        assert_eq!((rhythm.from, rhythm.through), (day("2026-07-01"), day("2026-09-28")));
        let expected = [
            ("2026-08-03", "done", None),
            // The 12th is nearer to the 10th than to the 17th.
            ("2026-08-10", "done late", Some(2)),
            ("2026-08-17", "done", None),
            ("2026-08-24", "left out", None),
            ("2026-08-31", "late", Some(7)),
            ("2026-09-07", "due today", None),
            // A holiday: on Tuesday instead.
            ("2026-09-15", "coming", None),
            ("2026-09-21", "coming", None),
            ("2026-09-28", "coming", None),
        ];
        assert_eq!(of(&rhythm.items, "standup"), expected.map(|(due, status, days)| (due.to_owned(), status, days)));
        let moved = rhythm.items.iter().find(|item| item.due == day("2026-09-15")).unwrap();
        assert_eq!((moved.own_day(), moved.reason.as_deref()), (day("2026-09-14"), Some("2026-09-14 is Founders' day")));
        assert_eq!(rhythm.items.iter().find(|item| item.id == "standup").unwrap().who.as_deref(), Some("Ben"), "who held it");
        // What was done on 8 September was not known on the 7th.
        let expected = [("2026-07-05", "late", Some(64)), ("2026-08-05", "done", None), ("2026-09-05", "late", Some(2))];
        assert_eq!(of(&rhythm.items, "report"), expected.map(|(due, status, days)| (due.to_owned(), status, days)));
        let later = snapshot("2026-09-08", HELD).rhythm(None).unwrap();
        assert_eq!(of(&later.items, "report")[2], ("2026-09-05".to_owned(), "done late", Some(3)));
        assert_eq!(later.through, day("2026-10-31"), "the end of the month after");
        let report = later.items.iter().filter(|item| item.id == "report").map(|item| item.who.as_deref().unwrap()).collect::<Vec<_>>();
        assert_eq!(report, ["Ben", "Ben", "Ben", "Ana"], "the operator of the day");
    }

    #[test]
    fn what_cannot_be_told_is_said() {
        let rhythm = snapshot("2026-09-07", HELD).rhythm(None).unwrap();
        let reasons: Vec<(&str, &str)> = rhythm.unanswered.iter().map(|unanswered| (unanswered.id.as_str(), unanswered.reason.as_str())).collect();
        let none = "no cadence is declared";
        assert_eq!(reasons, [("planning", "`last week` says how often, and not on which day"), ("kpi_set", none), ("plan", none)]);
        let unmatched: Vec<(&str, &str)> = rhythm.unmatched.iter().map(|record| (record.id.as_str(), record.reason.as_str())).collect();
        assert_eq!(unmatched, [("standup", "it is not due on 2026-08-25")]);
        let held_twice = HELD.replace("skipped:", "  - { review: standup, held_on: 2026-08-09, as_of: 2026-08-09, snapshot: 0123456789ab }\nskipped:");
        let rhythm = snapshot("2026-09-07", &held_twice).rhythm(None).unwrap();
        // The 9th is one day from the 10th, the 12th two.
        assert_eq!(of(&rhythm.items, "standup")[1], ("2026-08-10".to_owned(), "done", None));
        assert_eq!((rhythm.unmatched[1].on, rhythm.unmatched[1].reason.as_str()), (day("2026-08-12"), "another record counts for 2026-08-10"));
    }

    #[test]
    fn why_a_record_counts_for_nothing_is_said_as_it_is() {
        let records = "
minutes: [ { review: planning, held_on: 2026-09-03, as_of: 2026-09-02, snapshot: 0123456789ab } ]
skipped:
  - { what: standup, due: 2026-09-14, on: 2026-09-01, reason: fair }
  - { what: standup, due: 2026-09-15, on: 2026-09-02, reason: fair }
  - { what: standup, due: 2026-08-31, on: 2026-09-01, reason: fair }
done: [ { what: plan, on: 2026-09-04 } ]
";
        let unmatched = |records: &str| {
            let rhythm = snapshot("2026-09-21", records).rhythm(None).unwrap();
            rhythm.unmatched.into_iter().map(|record| format!("{}: {}", record.id, record.reason)).collect::<Vec<_>>()
        };
        // The 14th is a holiday, and its review on the 15th: both records are of it.
        let expected = [
            "standup: another record counts for 2026-09-15",
            "planning: its due dates are not known: `last week` says how often, and not on which day",
            "plan: its due dates are not known: no cadence is declared",
        ];
        assert_eq!(unmatched(records), expected);
        let held = records.replace("minutes: [", "minutes: [ { review: standup, held_on: 2026-08-31, as_of: 2026-08-31, snapshot: 0123456789ab },");
        assert_eq!(unmatched(&held)[0], "standup: what was due on 2026-08-31 took place all the same");
    }

    #[test]
    fn one_wrong_year_leaves_the_other_minutes_as_they_are() {
        let wrong = "  - { review: standup, held_on: 1926-09-14, as_of: 1926-09-14, snapshot: 0123456789ab }\n";
        let dues = |records: &str| snapshot("2026-09-07", records).due_dates_of_minutes();
        let right = dues(HELD);
        assert_eq!(right, ["2026-08-03", "2026-08-10", "2026-08-17"].map(|due| Some(day(due))));
        let daily = SYSTEM.replace(
            "reviews:",
            &format!(
                "reviews:\n{}",
                (0..30).map(|at| format!("  r{at}: {{ cadence: weekly, day: Monday, held_by: ana, escalates_to: eva }}\n")).collect::<String>()
            ),
        );
        let with = HELD.replace("skipped:", &format!("{wrong}skipped:"));
        let more: String = (0..30).map(|at| format!("  - {{ review: r{at}, held_on: 2026-08-03, as_of: 2026-08-03, snapshot: 0123456789ab }}\n")).collect();
        let (system, _) = System::parse(&[Source::new("system.yaml", &daily)]).unwrap();
        let text = format!("journal: 1\n{}", with.replace("skipped:", &format!("{more}skipped:")));
        let (journal, _) = Journal::parse(&[Source::new("journal.yaml", &text)], &system).unwrap();
        let facts = Facts::builder(&system).build().unwrap();
        let dues = system.snapshot(&facts, day("2026-09-07")).with_journal(Arc::new(journal)).due_dates_of_minutes();
        let found: Vec<Date> = dues.iter().flatten().copied().collect();
        assert_eq!((dues.len(), dues[0], found.len()), (34, None, 33), "{dues:?}");
    }

    /// Friday 25 December is a holiday, and Monday the 28th, too.
    #[test]
    fn holidays_move_and_do_not_double() {
        let rhythm = snapshot("2026-12-01", "").rhythm(Some(day("2026-12-31"))).unwrap();
        let standup = of(&rhythm.items, "standup");
        assert_eq!(standup.last().unwrap().0, "2026-12-29");
        let left_out: Vec<String> = rhythm.items.iter().filter(|item| item.status == RhythmStatus::Skipped).map(|item| item.reason.clone().unwrap()).collect();
        assert_eq!(left_out, ["2026-12-25 is Christmas, and 2026-12-29 is taken", "2026-12-28 is a holiday, and 2026-12-29 is taken"]);
    }

    #[test]
    fn the_window_has_bounds() {
        let snapshot = snapshot("2026-09-07", "");
        assert_eq!(snapshot.rhythm(Some(day("2026-06-30"))).unwrap_err().code().as_str(), "MOS-Q023");
        assert_eq!(snapshot.rhythm(Some(day("2028-09-08"))).unwrap_err().code().as_str(), "MOS-Q023");
        assert!(snapshot.rhythm(Some(day("2028-09-07"))).is_ok());
    }

    #[test]
    fn the_nearest_day_is_the_earlier_on_a_tie_and_none_from_afar() {
        let days = ["2026-08-03", "2026-08-10", "2026-08-18"].map(day);
        let found = |text: &str| nearest(&days, day(text));
        assert_eq!(["2026-08-03", "2026-08-06", "2026-08-07", "2026-08-14", "2026-08-15"].map(found), [Some(0), Some(0), Some(1), Some(1), Some(2)]);
        assert_eq!(["2026-07-27", "2026-07-26", "2026-08-26", "2026-08-27"].map(found), [Some(0), None, Some(2), None]);
        assert_eq!(nearest(&[], day("2026-08-03")), None);
    }

    fn journal(records: &[(u8, i64, Option<i64>)]) -> String {
        let start = day("2026-07-01");
        let mut seen = std::collections::BTreeSet::new();
        let mut seen_due = std::collections::BTreeSet::new();
        let mut text = String::from("done:\n");
        for (kind, on, due) in records {
            let due = due.filter(|due| seen_due.insert((*kind, *due)));
            if !seen.insert((*kind, *on)) {
                continue;
            }
            let what = if *kind == 0 { "report" } else { "dashboard" };
            let due = due.map_or_else(String::new, |due| format!(", due: {}", start.plus_days(due)));
            text.push_str(&format!("  - {{ what: {what}, on: {}{due} }}\n", start.plus_days(*on)));
        }
        text
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        /// Every due date has one status, and one record more changes one item at most.
        #[test]
        fn a_record_counts_for_one_due_date_at_most(
            records in prop::collection::vec((0u8..2, 0i64..230, prop::option::of(0i64..230)), 1..12),
            as_of in 0i64..230,
        ) {
            let as_of = day("2026-07-01").plus_days(as_of).to_string();
            let tell = |records: &[(u8, i64, Option<i64>)]| snapshot(&as_of, &journal(records)).rhythm(None).unwrap();
            let (with, without) = (tell(&records), tell(&records[..records.len() - 1]));
            let keys: std::collections::BTreeSet<(String, Date)> = with.items.iter().map(|item| (item.id.clone(), item.own_day())).collect();
            prop_assert_eq!(keys.len(), with.items.len());
            prop_assert_eq!(with.items.len(), without.items.len());
            let changed = with.items.iter().zip(&without.items).filter(|(with, without)| with != without).count();
            prop_assert!(changed <= 1, "{} changed", changed);
            // A record counts for one item, or is told to count for none.
            let held = with.items.iter().filter(|item| item.held_on.is_some()).count();
            prop_assert!(held <= with.records && with.records <= held + with.unmatched.len() + records.len());
            for item in &with.items {
                let late = matches!(item.status, RhythmStatus::Late | RhythmStatus::DoneLate);
                prop_assert_eq!(item.days.is_some_and(|days| days > 0), late);
            }
        }
    }
}
