//! Who answers for what, when, and what stops while somebody is away (domain D3).

use serde::Serialize;

use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::finding::quoted;
use crate::base::id::Id;
use crate::model::System;
use crate::model::element::{ElementKind, Part, Responsibility};
use crate::text::one_of_help;

/// Who answered for something on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Accountable {
    /// What it is.
    #[serde(flatten)]
    pub part: Part,
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
    /// What it is.
    #[serde(flatten)]
    pub part: Part,
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
    /// What it is.
    #[serde(flatten)]
    pub part: Part,
    /// The first day of the absence on which the person answers for it.
    pub first: Date,
    /// The last one.
    pub last: Date,
    /// Who takes over.
    pub deputy: Option<Id>,
}

impl System {
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
        // What may be inherited is looked for in parent systems too, the nearest first.
        let inherited = matches!(kind, ElementKind::Decision | ElementKind::Segment | ElementKind::Asset);
        let systems = || self.lineage().take(if inherited { usize::MAX } else { 1 });
        let of_kind = || systems().flat_map(System::responsibilities).filter(|known| known.part.kind == kind);
        let Some(found) = of_kind().find(|known| known.part.id == id) else {
            let known: Vec<String> = of_kind().map(|known| known.part.id).collect();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
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
            on,
            deputy: holds.as_ref().and_then(|held| held.deputy.clone()),
            from: holds.as_ref().and_then(|held| held.from),
            to: holds.as_ref().and_then(|held| held.to),
            person: holds.map(|held| held.person),
            cause,
            part: found.part,
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
            let held = known.assignments().iter().find(|held| held.holds_on(on))?;
            let as_deputy = held.person != *id;
            let mine = !as_deputy || held.deputy.as_ref() == Some(id);
            let other = if as_deputy { Some(held.person.clone()) } else { held.deputy.clone() };
            mine.then_some(Carried { part: known.part, as_deputy, other })
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
            for held in known.assignments().iter().filter(|held| held.person == *id) {
                let from = held.from.map_or(first, |from| from.max(first));
                let to = held.to.map_or(last, |to| to.min(last));
                if from <= to {
                    let list = if held.deputy.is_some() { &mut away.taken_over } else { &mut away.stops };
                    list.push(Left { part: known.part.clone(), first: from, last: to, deputy: held.deputy.clone() });
                }
            }
        }
        Ok(away)
    }

    fn known_person(&self, person: &str) -> Result<&Id, Error> {
        self.person(person).map(|person| &person.id).ok_or_else(|| {
            let known: Vec<&str> = self.lineage().flat_map(System::people).map(|person| person.id.as_str()).collect();
            Error::new(Code::UnknownPerson, format!("there is no person {}", quoted(person)), one_of_help(person, &known))
        })
    }
}
