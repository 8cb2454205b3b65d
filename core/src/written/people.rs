//! People, and who answers for what.

use super::values::{Day, Id, List};

part! {
    /// Somebody; written short, the name.
    Person shape super::schema::short_text, {
        /// What they are called; default the id.
        name: (String),
        /// What they do.
        role: (String),
    }
}

impl From<&str> for Person {
    fn from(name: &str) -> Self {
        Self::default().name(name)
    }
}

part! {
    /// Who answers for something, and from when to when; written short, the id of the person.
    Assignment requires [person] shape super::schema::short_id, {
        /// The id of the person.
        person: (Id),
        /// The first day.
        from: (Day),
        /// The last day.
        to: (Day),
        /// Somebody else who stands in.
        deputy: (Id),
    }
}

impl Assignment {
    /// A person, without a first or last day.
    #[must_use]
    pub fn of(person: impl Into<Id>) -> Self {
        Self::default().person(person)
    }
}

impl From<&str> for Assignment {
    fn from(person: &str) -> Self {
        Self::of(person)
    }
}

/// An owner: a person, or several over time.
///
/// ```
/// use marketingos::written::{Assignment, Owner};
/// let always = Owner::from("ana");
/// let in_turn = Owner::from([Assignment::of("ben").to("2025-12-31"), Assignment::of("ana").from("2026-01-01")]);
/// assert_eq!((always.0.len(), in_turn.0.len()), (1, 2));
/// ```
pub type Owner = List<Assignment>;

impl From<&str> for Owner {
    fn from(person: &str) -> Self {
        Self(vec![person.into()])
    }
}
