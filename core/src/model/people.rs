//! Who, and who answers for what from when to when (domain: ownership).

use serde::Serialize;

use crate::base::date::Date;
use crate::base::id::Id;

/// Somebody in or around the team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The id by which the system refers to this person.
    pub id: Id,
    /// The name as people write it.
    pub name: String,
    /// What they are in the company; may be empty.
    pub role: String,
}

/// That somebody answers for something, from a day to a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Assignment {
    /// Who.
    pub person: Id,
    /// The first day; `None` when it was always so.
    pub from: Option<Date>,
    /// The last day; `None` while it lasts.
    pub to: Option<Date>,
    /// Who stands in.
    pub deputy: Option<Id>,
}

impl Assignment {
    /// Whether the assignment holds on this day.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// The assignments of one responsibility over time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Assignments(pub Vec<Assignment>);

impl Assignments {
    /// The assignment that holds on this day.
    #[must_use]
    pub fn on(&self, day: Date) -> Option<&Assignment> {
        self.0.iter().find(|assignment| assignment.holds_on(day))
    }

    /// Two assignments that hold at the same time, if there are any.
    #[must_use]
    pub fn overlapping(&self) -> Option<(&Assignment, &Assignment)> {
        let pairs = self.0.iter().enumerate().flat_map(|(index, left)| self.0.iter().skip(index + 1).map(move |right| (left, right)));
        pairs.into_iter().find(|(left, right)| {
            let starts = left.from.max(right.from);
            let ends = [left.to, right.to].into_iter().flatten().min();
            match (starts, ends) {
                (Some(start), Some(end)) => start <= end,
                _ => true,
            }
        })
    }
}
