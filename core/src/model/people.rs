//! Who, and who answers for what from when to when (domain: ownership).

use serde::Serialize;

use crate::base::date::Date;
use crate::base::id::Id;
use crate::base::order;

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
///
/// ```
/// use marketingos::{Assignment, Assignments, Id};
/// let since = |from: &str| Assignment { person: Id::new("ana").unwrap(), from: from.parse().ok(), to: None, deputy: None };
/// let assignments = Assignments(vec![since("2026-01-01")]);
/// assert!(assignments.on("2025-12-31".parse().unwrap()).is_none());
/// assert!(assignments.on("2026-01-01".parse().unwrap()).is_some());
/// assert!(Assignments(vec![since("2026-01-01"), since("2026-02-01")]).overlapping().is_some());
/// ```
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
    /// Whether nobody is named.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The assignment that holds on this day.
    #[must_use]
    pub fn on(&self, day: Date) -> Option<&Assignment> {
        self.0.iter().find(|assignment| assignment.holds_on(day))
    }

    /// Two assignments that hold at the same time, if there are any.
    #[must_use]
    pub fn overlapping(&self) -> Option<(&Assignment, &Assignment)> {
        // In order of their starts, each needs to be held only against the latest end so far.
        let mut ordered: Vec<&Assignment> = self.0.iter().collect();
        order::sort_by_key(&mut ordered, |assignment| assignment.from);
        let mut latest: Option<&Assignment> = None;
        for assignment in ordered {
            if let Some(before) = latest {
                let apart = before.to.zip(assignment.from).is_some_and(|(end, start)| end < start);
                if !apart {
                    return Some((before, assignment));
                }
            }
            latest = Some(assignment);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{Assignment, Assignments};
    use crate::Id;

    fn assignments(spans: &[(&str, &str)]) -> Assignments {
        let day = |text: &str| (!text.is_empty()).then(|| text.parse().unwrap());
        let one = |(index, (from, to)): (usize, &(&str, &str))| Assignment {
            person: Id::new(&format!("p{index}")).unwrap(),
            from: day(from),
            to: day(to),
            deputy: None,
        };
        Assignments(spans.iter().enumerate().map(one).collect())
    }

    #[test]
    fn assignments_overlap_when_a_day_has_two() {
        for (spans, expected) in [
            (vec![], None),
            (vec![("", "")], None),
            (vec![("", ""), ("", "")], Some(("p0", "p1"))),
            (vec![("2026-02-01", ""), ("", "2026-01-31")], None),
            (vec![("2026-02-01", ""), ("", "2026-02-01")], Some(("p1", "p0"))),
            (vec![("2026-01-01", "2026-01-31"), ("2026-03-01", "2026-03-31"), ("2026-02-01", "2026-03-01")], Some(("p2", "p1"))),
            (vec![("2026-01-01", "2026-12-31"), ("2026-03-01", "2026-03-31")], Some(("p0", "p1"))),
        ] {
            let all = assignments(&spans);
            let found = all.overlapping().map(|(left, right)| (left.person.as_str(), right.person.as_str()));
            assert_eq!(found, expected, "{spans:?}");
        }
    }
}
