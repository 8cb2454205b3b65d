//! On which days a review or component is due: its cadence, its start, and the holidays that move it.

use super::System;
use super::cadence::{ComponentCadence, Holidays, OnHoliday};
use super::rhythm::Review;
use crate::base::calendar::Span;
use crate::base::date::Date;
use crate::base::map::{Map, Set};
use crate::base::order;
use crate::base::recurrence::{Falls, Recurrence, RecurrenceError};
use crate::words::Message;

/// The most days that are gone through for all cadences together.
const MOST_DAYS: i64 = 1_000_000;

/// A day on which something is due, or would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DueDate {
    /// The day that the cadence names: what this date is known by, wherever holidays move it.
    pub(crate) own: Date,
    /// The day on which it is due.
    pub(crate) due: Date,
    /// Why it is moved, or left out.
    pub(crate) reason: Option<String>,
    /// Whether it is left out.
    pub(crate) left_out: bool,
}

/// The due dates of one review or component, to be found by day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct DueDates {
    all: Vec<DueDate>,
    /// The days of those that are not left out, and their positions.
    open: Vec<Date>,
    at: Vec<usize>,
    by_own: Map<Date, usize>,
}

impl DueDates {
    fn of(all: Vec<DueDate>) -> Self {
        let open: Vec<(Date, usize)> = all.iter().enumerate().filter(|(_, date)| !date.left_out).map(|(position, date)| (date.due, position)).collect();
        let by_own = Map::from_iter(all.iter().enumerate().map(|(position, date)| (date.own, position)));
        let (open, at) = open.into_iter().unzip();
        Self { all, open, at, by_own }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &DueDate> {
        self.all.iter()
    }

    /// The one that is due on a day, or else the one whose own day it is.
    pub(crate) fn named(&self, day: Date) -> Option<&DueDate> {
        let due = self.open.binary_search(&day).ok().and_then(|position| self.at.get(position));
        self.all.get(*due.or_else(|| self.by_own.get(&day))?)
    }

    /// The one that is due nearest to a day.
    pub(crate) fn nearest(&self, day: Date) -> Option<&DueDate> {
        self.all.get(*self.at.get(nearest(&self.open, day)?)?)
    }
}

/// The position of the day nearest to another, the earlier on a tie. Days are in order. What lies
/// before the first or after the last of them is nearest only where it lies no further from it than
/// the next one does: a meeting long before a rhythm begins is no part of it.
pub(crate) fn nearest(days: &[Date], day: Date) -> Option<usize> {
    let after = days.partition_point(|other| *other < day);
    let before = after.checked_sub(1);
    let apart = |left: usize, right: Date| days.get(left).map(|other| other.days_since(right).abs());
    // With one due date only, there is nothing to tell how far is too far.
    let within = |position: usize, next: Option<usize>| {
        let gap = next.and_then(|next| apart(next, *days.get(position)?));
        let near = gap.is_none_or(|gap| apart(position, day).is_some_and(|distance| distance <= gap));
        near.then_some(position)
    };
    match (before, apart(after, day)) {
        (Some(before), Some(later)) => Some(if apart(before, day)? <= later { before } else { after }),
        (Some(before), None) => within(before, before.checked_sub(1)),
        (None, Some(_)) => within(after, after.checked_add(1).filter(|next| *next < days.len())),
        (None, None) => None,
    }
}

/// Finds due dates in some days.
pub(crate) struct Dues<'s> {
    system: &'s System,
    span: Span,
    holidays: Holidays,
    gone_through: i64,
}

impl<'s> Dues<'s> {
    pub(crate) fn new(system: &'s System, span: Span) -> Self {
        Self { system, span, holidays: Holidays::of(system.holidays(), span, system.calendar()), gone_through: 0 }
    }

    /// The due dates of a review in order, or why they cannot be told.
    pub(crate) fn of_review(&mut self, review: &Review) -> Result<DueDates, String> {
        let words = if review.day.is_empty() { review.cadence.word() } else { &review.day };
        self.of(Recurrence::of_review(review.cadence.grain(), &review.day), words, review.from, review.on_holiday)
    }

    /// The due dates of a component in order, or why they cannot be told.
    pub(crate) fn of_component(&mut self, cadence: &ComponentCadence) -> Result<DueDates, String> {
        self.of(Recurrence::parse(&cadence.cadence), &cadence.cadence, cadence.from, cadence.on_holiday)
    }

    fn of(&mut self, read: Result<Recurrence, RecurrenceError>, words: &str, from: Option<Date>, rule: OnHoliday) -> Result<DueDates, String> {
        let told = self.system.words();
        let recurrence = read.map_err(|error| error.message().to_owned())?;
        let counted = if recurrence.is_counted() { from.map_or(0, |from| self.span.last.days_since(from)) } else { 0 };
        self.gone_through = self.gone_through.saturating_add(self.span.days()).saturating_add(counted.max(0));
        if self.gone_through > MOST_DAYS {
            return Err(told.word(Message::DueTooFar));
        }
        match recurrence.days(from, self.span.first, self.span.last, self.system.calendar()) {
            Falls::On(days) => Ok(self.without_holidays(&days, rule)),
            Falls::Within { .. } => Err(told.text(Message::DueNoDay, &[("cadence", (&crate::base::finding::quoted(words)).into())])),
            Falls::Always => Err(told.word(Message::DueNever)),
            Falls::Unknown(reason) => Err(told.retell(&reason)),
        }
    }

    fn without_holidays(&self, days: &[Date], rule: OnHoliday) -> DueDates {
        let mut taken: Set<Date> = days.iter().copied().filter(|day| self.holidays.name(*day).is_none()).collect();
        let mut found: Vec<DueDate> = days.iter().map(|own| self.due(*own, rule, &mut taken)).collect();
        order::sort_by_key(&mut found, |date| (date.due, date.own));
        DueDates::of(found)
    }

    fn due(&self, own: Date, rule: OnHoliday, taken: &mut Set<Date>) -> DueDate {
        let Some(name) = self.holidays.name(own) else { return DueDate { own, due: own, reason: None, left_out: false } };
        let words = self.system.words();
        let why = words.text(Message::DueHoliday, &[("date", own.into()), ("name", name.into())]);
        match self.holidays.moved(own, rule) {
            Some(due) if taken.insert(due) => DueDate { own, due, reason: Some(why), left_out: false },
            Some(due) => {
                let why = words.text(Message::DueTaken, &[("date", own.into()), ("name", name.into()), ("due", due.into())]);
                DueDate { own, due: own, reason: Some(why), left_out: true }
            }
            None => DueDate { own, due: own, reason: Some(why), left_out: true },
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use crate::model::System;
    use crate::text::Source;

    /// Monday 14 September 2026 and Friday the 18th are holidays.
    #[test]
    fn what_ships_knows_the_same_days() {
        let text = "{marketingos: 1, name: Firm, people: {ana: Ana}, calendar: {holidays: [2026-09-14, 2026-09-18]}, reviews: {
            standup: {cadence: weekly, day: Monday, held_by: ana, escalates_to: ana}, friday: {cadence: weekly, day: Friday, held_by: ana, escalates_to: ana}}}";
        let (system, _) = System::parse(&[Source::new("s.yaml", text)]).unwrap();
        let days = |week: &str| -> Vec<String> {
            let shipping = system.whats_shipping(Some(week), "2026-09-01".parse().unwrap()).unwrap();
            shipping.items.iter().map(|item| format!("{} {}", item.part.id, item.on.unwrap())).collect()
        };
        assert_eq!(days("2026-W38"), ["standup 2026-09-15"]);
        // That of Friday moves over the weekend to Monday.
        assert_eq!(days("2026-W39"), ["standup 2026-09-21", "friday 2026-09-21", "friday 2026-09-25"]);
    }
}
