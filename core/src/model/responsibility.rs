//! Who answers for what, when, and what stops while somebody is away (domain D3).

use serde::Serialize;

use super::System;
use super::inheritance::{Element, ElementKind};
use super::people::{Assignment, Assignments};
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::finding::quoted;
use crate::base::id::Id;
use crate::text::one_of_help;

/// Something that somebody answers for.
struct Responsibility<'s> {
    kind: ElementKind,
    id: &'s str,
    name: &'s str,
    held: Held<'s>,
}

/// By whom: over time, or by one person always.
enum Held<'s> {
    Assigned(&'s Assignments),
    Always(Assignment),
}

/// Who answered for something on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Accountable {
    /// What kind of thing it is.
    pub kind: ElementKind,
    /// Its id; the word of a layer; `operator`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The day.
    pub on: Date,
    /// Who; `None` is nobody.
    pub person: Option<Id>,
    /// Who stood in.
    pub deputy: Option<Id>,
    /// Since when.
    pub from: Option<Date>,
    /// Until when.
    pub to: Option<Date>,
    /// Why it is nobody; empty when it is somebody.
    pub cause: String,
}

/// Something that a person carries on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Carried {
    /// What kind of thing it is.
    pub kind: ElementKind,
    /// Its id; the word of a layer; `operator`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether as the deputy of somebody else, and not as the one who answers for it.
    pub as_deputy: bool,
    /// Who stands in or, for a deputy, for whom.
    pub other: Option<Id>,
}

/// What the absence of a person leaves behind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Away {
    /// Who is away.
    pub person: Id,
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// What stops, because nobody stands in.
    pub stops: Vec<Left>,
    /// What somebody takes over.
    pub taken_over: Vec<Left>,
}

/// Something that a person who is away answers for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Left {
    /// What kind of thing it is.
    pub kind: ElementKind,
    /// Its id; the word of a layer; `operator`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The first day of the absence on which the person answers for it.
    pub first: Date,
    /// The last one.
    pub last: Date,
    /// Who takes over.
    pub deputy: Option<Id>,
}

impl System {
    fn responsibilities(&self) -> impl Iterator<Item = Responsibility<'_>> {
        let assigned = |kind, id, name, held| Responsibility { kind, id, name, held: Held::Assigned(held) };
        let operator = std::iter::once(assigned(ElementKind::Operator, "operator", self.name.as_str(), &self.operator));
        let elements = self.elements().map(move |Element { kind, id, name, owner, .. }| assigned(kind, id, name, owner));
        let reviews = self.reviews.iter().map(|review| {
            let held = Assignment { person: review.held_by.clone(), from: None, to: None, deputy: review.deputy.clone() };
            Responsibility { kind: ElementKind::Review, id: review.id.as_str(), name: &review.name, held: Held::Always(held) }
        });
        operator.chain(elements).chain(reviews)
    }

    /// Who answered for something on a day: a layer, decision, channel, KPI or review by its id, or
    /// the whole (`operator`).
    ///
    /// ```
    /// use marketingos::{ElementKind, Source, System};
    /// let text = "
    /// marketingos: 1
    /// name: Small firm
    /// people: { ana: Ana, ben: Ben }
    /// channels: { newsletter: { kind: owned, owner: { person: ana, from: 2026-02-01, deputy: ben } } }
    /// ";
    /// let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let on = |day: &str| system.accountable(ElementKind::Channel, "newsletter", day.parse().unwrap()).unwrap();
    /// assert_eq!(on("2026-02-01").person.unwrap().as_str(), "ana");
    /// assert_eq!(on("2026-01-31").cause, "nobody is named before 2026-02-01");
    /// # Ok::<(), marketingos::Error>(())
    /// ```
    ///
    /// # Errors
    /// When there is no such thing.
    pub fn accountable(&self, kind: ElementKind, id: &str, on: Date) -> Result<Accountable, Error> {
        let Some(found) = self.responsibilities().find(|known| known.kind == kind && known.id == id) else {
            let known: Vec<&str> = self.responsibilities().filter(|known| known.kind == kind).map(|known| known.id).collect();
            return Err(Error::new(Code::UnknownElement, format!("there is no {} {}", kind.words(), quoted(id)), one_of_help(id, &known)));
        };
        let held = found.assignments();
        let holds = held.iter().find(|assignment| assignment.holds_on(on));
        let cause = match holds {
            Some(_) => String::new(),
            None if held.is_empty() => "nobody is named".to_owned(),
            None => {
                let next = held.iter().filter_map(|assignment| assignment.from).filter(|from| *from > on).min();
                let last = held.iter().filter_map(|assignment| assignment.to).filter(|to| *to < on).max();
                match (last, next) {
                    (None, Some(next)) => format!("nobody is named before {next}"),
                    (Some(last), None) => format!("nobody is named after {last}"),
                    (Some(last), Some(next)) => format!("nobody is named between {last} and {next}"),
                    (None, None) => "nobody is named".to_owned(),
                }
            }
        };
        let holds = holds.cloned();
        Ok(Accountable {
            kind,
            id: id.to_owned(),
            name: found.name.to_owned(),
            on,
            deputy: holds.as_ref().and_then(|held| held.deputy.clone()),
            from: holds.as_ref().and_then(|held| held.from),
            to: holds.as_ref().and_then(|held| held.to),
            person: holds.map(|held| held.person),
            cause,
        })
    }

    /// What a person carries on a day, as the one who answers for it or as a deputy; in the order
    /// of the model.
    ///
    /// # Errors
    /// When there is no such person.
    pub fn carries(&self, person: &str, on: Date) -> Result<Vec<Carried>, Error> {
        let id = self.known_person(person)?;
        let carried = |known: Responsibility<'_>| {
            let held = known.assignments().into_iter().find(|held| held.holds_on(on))?;
            let as_deputy = held.person != *id;
            let mine = !as_deputy || held.deputy.as_ref() == Some(id);
            let other = if as_deputy { Some(held.person) } else { held.deputy };
            mine.then(|| Carried { kind: known.kind, id: known.id.to_owned(), name: known.name.to_owned(), as_deputy, other })
        };
        Ok(self.responsibilities().filter_map(carried).collect())
    }

    /// What stops, and who takes over what, if a person is away from a day through another: every
    /// responsibility that is theirs on any of these days, in the order of the model.
    ///
    /// # Errors
    /// When there is no such person, or the last day lies before the first.
    pub fn away(&self, person: &str, first: Date, last: Date) -> Result<Away, Error> {
        let id = self.known_person(person)?;
        if last < first {
            return Err(Error::new(Code::BadPeriod, format!("the last day {last} lies before the first, {first}"), "swap the two days"));
        }
        let mut away = Away { person: id.clone(), first, last, stops: Vec::new(), taken_over: Vec::new() };
        for known in self.responsibilities() {
            for held in known.assignments().into_iter().filter(|held| held.person == *id) {
                let from = held.from.map_or(first, |from| from.max(first));
                let to = held.to.map_or(last, |to| to.min(last));
                if from <= to {
                    let list = if held.deputy.is_some() { &mut away.taken_over } else { &mut away.stops };
                    list.push(Left { kind: known.kind, id: known.id.to_owned(), name: known.name.to_owned(), first: from, last: to, deputy: held.deputy });
                }
            }
        }
        Ok(away)
    }

    fn known_person(&self, person: &str) -> Result<&Id, Error> {
        self.person(person).map(|person| &person.id).ok_or_else(|| {
            let known: Vec<&str> = self.people.iter().map(|person| person.id.as_str()).collect();
            Error::new(Code::UnknownPerson, format!("there is no person {}", quoted(person)), one_of_help(person, &known))
        })
    }
}

impl Responsibility<'_> {
    fn assignments(&self) -> Vec<Assignment> {
        match &self.held {
            Held::Assigned(assignments) => assignments.0.clone(),
            Held::Always(assignment) => vec![assignment.clone()],
        }
    }
}
