//! On which days a review or component is due: its cadence, its start, and the holidays that move it.

use crate::base::calendar::Span;
use crate::base::date::Date;
use crate::base::map::Set;
use crate::base::recurrence::{Falls, Recurrence, RecurrenceError};
use crate::model::System;
use crate::model::cadence::{ComponentCadence, Holidays, OnHoliday};
use crate::model::rhythm::Review;

/// The most days that are gone through for all cadences together.
const MOST_DAYS: i64 = 5_000_000;

/// A day on which something is due, or would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DueDate {
    /// The day that the cadence names: what this date is known by, wherever holidays move it.
    pub(super) own: Date,
    /// The day on which it is due.
    pub(super) due: Date,
    /// Why it is moved, or left out.
    pub(super) reason: Option<String>,
    /// Whether it is left out.
    pub(super) left_out: bool,
}

/// Finds due dates in some days.
pub(super) struct Dues<'s> {
    system: &'s System,
    span: Span,
    holidays: Holidays,
    gone_through: i64,
}

impl<'s> Dues<'s> {
    pub(super) fn new(system: &'s System, span: Span) -> Self {
        Self { system, span, holidays: Holidays::of(system.holidays(), span, system.calendar()), gone_through: 0 }
    }

    /// The due dates of a review in order, or why they cannot be told.
    pub(super) fn of_review(&mut self, review: &Review) -> Result<Vec<DueDate>, String> {
        let words = if review.day.is_empty() { review.cadence.word() } else { &review.day };
        self.of(Recurrence::of_review(review.cadence.grain(), &review.day), words, review.from, review.on_holiday)
    }

    /// The due dates of a component in order, or why they cannot be told.
    pub(super) fn of_component(&mut self, cadence: &ComponentCadence) -> Result<Vec<DueDate>, String> {
        self.of(Recurrence::parse(&cadence.cadence), &cadence.cadence, cadence.from, cadence.on_holiday)
    }

    fn of(&mut self, read: Result<Recurrence, RecurrenceError>, words: &str, from: Option<Date>, rule: OnHoliday) -> Result<Vec<DueDate>, String> {
        let recurrence = read.map_err(|error| error.message().to_owned())?;
        let counted = if recurrence.is_counted() { from.map_or(0, |from| self.span.last.days_since(from)) } else { 0 };
        self.gone_through = self.gone_through.saturating_add(self.span.days()).saturating_add(counted.max(0));
        if self.gone_through > MOST_DAYS {
            return Err("there are too many cadences, or they are counted from starts that lie far back".to_owned());
        }
        match recurrence.days(from, self.span.first, self.span.last, self.system.calendar()) {
            Falls::On(days) => Ok(self.without_holidays(&days, rule)),
            Falls::Within { .. } => Err(format!("{} says how often, and not on which day", crate::base::finding::quoted(words))),
            Falls::Always => Err("what goes on without a break is never due".to_owned()),
            Falls::Unknown(reason) => Err(reason),
        }
    }

    fn without_holidays(&self, days: &[Date], rule: OnHoliday) -> Vec<DueDate> {
        let mut taken: Set<Date> = days.iter().copied().filter(|day| self.holidays.name(*day).is_none()).collect();
        let mut found: Vec<DueDate> = days.iter().map(|own| self.due(*own, rule, &mut taken)).collect();
        crate::base::order::sort_by_key(&mut found, |date| (date.due, date.own));
        found
    }

    fn due(&self, own: Date, rule: OnHoliday, taken: &mut Set<Date>) -> DueDate {
        let Some(name) = self.holidays.name(own) else { return DueDate { own, due: own, reason: None, left_out: false } };
        let why = format!("{own} is {name}");
        match self.holidays.moved(own, rule) {
            Some(due) if taken.insert(due) => DueDate { own, due, reason: Some(why), left_out: false },
            Some(due) => DueDate { own, due: own, reason: Some(format!("{why}, and {due} is taken")), left_out: true },
            None => DueDate { own, due: own, reason: Some(why), left_out: true },
        }
    }
}
