//! What rests on what: elements inherit decisions, and a revised decision makes everything
//! downstream of it stale until it is confirmed again (domain D1).

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::Serialize;

use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::finding::quoted;
use crate::base::id::Id;
use crate::model::System;
use crate::model::element::{Element, ElementKind, Part};
use crate::model::layers::Decision;
use crate::text::one_of_help;
use crate::words::Words;

/// Everything that rests on a decision, as of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DecisionImpact {
    /// The decision.
    pub decision: Id,
    /// What is decided.
    pub statement: String,
    /// When it was last revised, up to that day.
    pub revised_on: Option<Date>,
    /// What rests on it, directly or through other decisions: nearest first. Decisions that are
    /// retired are left out.
    pub elements: Vec<Affected>,
    /// The words in which it is shown.
    #[serde(skip)]
    pub(crate) words: Words,
}

/// An element downstream of a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Affected {
    /// What it is.
    #[serde(flatten)]
    pub part: Part,
    /// Who answers for it on that day; `None` is nobody.
    pub owner: Option<Id>,
    /// The decisions from the one asked about to the one it rests on itself.
    pub through: Vec<Id>,
    /// When it was last settled, revised or confirmed, up to that day.
    pub confirmed_on: Option<Date>,
    /// Whether a decision upstream of it has been revised since.
    pub stale: bool,
}

/// An element that rests on a decision which has been revised since it was confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stale {
    /// What it is.
    #[serde(flatten)]
    pub part: Part,
    /// Who answers for it on that day; `None` is nobody.
    pub owner: Option<Id>,
    /// The decision, of several the one that was revised last.
    pub decision: Id,
    /// When that was revised.
    pub revised_on: Date,
    /// Why, as written with the revision.
    pub reason: String,
    /// When the element was last confirmed; `None` is never.
    pub confirmed_on: Option<Date>,
}

impl System {
    /// Everything that rests on a decision, directly or through other decisions, and whether it is
    /// stale as of a day.
    ///
    /// ```
    /// use marketingos::{Source, System};
    /// let text = "
    /// marketingos: 1
    /// name: Small firm
    /// brand:
    ///   strategy:
    ///     decisions:
    ///       positioning: { statement: Timber only., status: settled, revisions: [ { on: 2026-05-04, reason: Steel was too much. } ] }
    ///   voice:
    ///     decisions:
    ///       tone: { statement: Plain words., status: settled, rests_on: [positioning], confirmed_on: 2026-05-20 }
    /// channels:
    ///   newsletter: { kind: owned, rests_on: [tone], confirmed_on: 2026-01-07 }
    /// ";
    /// let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let impact = system.impact("positioning", "2026-06-30".parse()?)?;
    /// let found: Vec<_> = impact.elements.iter().map(|element| (element.part.id.as_str(), element.stale)).collect();
    /// assert_eq!(found, [("tone", false), ("newsletter", true)]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When there is no such decision.
    pub fn impact(&self, decision: &str, as_of: Date) -> Result<DecisionImpact, Error> {
        let Some(root) = self.decision(decision) else {
            let known: Vec<&str> = self.decisions().map(|known| known.id.as_str()).collect();
            return Err(Error::new(Code::UnknownDecision, format!("there is no decision {}", quoted(decision)), one_of_help(decision, &known)));
        };
        let revised = Revised::new(self, as_of);
        let mut resting: BTreeMap<&Id, Vec<Element<'_>>> = BTreeMap::new();
        let inherited = self.parent().into_iter().flat_map(System::decisions).map(Element::of_decision);
        for element in self.elements().chain(inherited) {
            element.inherits.rests_on.iter().for_each(|id| resting.entry(id).or_default().push(element));
        }
        // Wave by wave, so that what is nearest comes first and is told by its shortest way.
        let mut seen = BTreeSet::from([(ElementKind::Decision, root.id.as_str())]);
        let mut waves = VecDeque::from([(&root.id, vec![root.id.clone()])]);
        let mut elements = Vec::new();
        while let Some((from, through)) = waves.pop_front() {
            for element in resting.get(from).into_iter().flatten().filter(|element| seen.insert((element.kind, element.id))) {
                if let Some(decision) = element.decision {
                    waves.push_back((&decision.id, through.iter().chain([&decision.id]).cloned().collect()));
                }
                if element.is_retired() {
                    continue;
                }
                elements.push(Affected {
                    part: element.part(),
                    owner: element.owner_on(as_of),
                    through: through.clone(),
                    confirmed_on: element.considered_by(as_of),
                    stale: revised.stale(element).is_some(),
                });
            }
        }
        Ok(DecisionImpact { decision: root.id.clone(), statement: root.statement.clone(), revised_on: revised.on(root), elements, words: self.words().clone() })
    }

    /// Every element that rests on a decision which has been revised since the element was last
    /// confirmed, as of a day; in the order of the model.
    #[must_use]
    pub fn stale(&self, as_of: Date) -> Vec<Stale> {
        let revised = Revised::new(self, as_of);
        let stale = |element: Element<'_>| {
            let decision = revised.stale(&element)?;
            let revision = decision.revision_by(as_of)?;
            Some(Stale {
                part: element.part(),
                owner: element.owner_on(as_of),
                decision: decision.id.clone(),
                revised_on: revision.on,
                reason: revision.reason.clone(),
                confirmed_on: element.considered_by(as_of),
            })
        };
        self.elements().filter(|element| !element.is_retired()).filter_map(stale).collect()
    }
}

/// What decisions come to as of a day.
struct Revised<'s> {
    by_id: BTreeMap<&'s Id, &'s Decision>,
    as_of: Date,
    /// Of each decision and all that it rests on, the one that was revised last.
    latest: BTreeMap<&'s Id, Option<&'s Decision>>,
}

impl<'s> Revised<'s> {
    fn new(system: &'s System, as_of: Date) -> Self {
        let mut revised = Self { by_id: system.decisions().map(|decision| (&decision.id, decision)).collect(), as_of, latest: BTreeMap::new() };
        for decision in system.decisions() {
            revised.follow(decision);
        }
        revised
    }

    /// Chains of decisions are known to end, and to be short.
    fn follow(&mut self, decision: &'s Decision) -> Option<&'s Decision> {
        if let Some(known) = self.latest.get(&decision.id) {
            return *known;
        }
        let upstream: Vec<&Decision> = decision.inherits.rests_on.iter().filter_map(|id| self.by_id.get(id).copied()).collect();
        let others: Vec<Option<&Decision>> = upstream.into_iter().map(|decision| self.follow(decision)).collect();
        let latest = others.into_iter().chain([Some(decision)]).flatten().filter(|known| self.on(known).is_some()).max_by_key(|known| self.on(known));
        self.latest.insert(&decision.id, latest);
        latest
    }

    fn on(&self, decision: &Decision) -> Option<Date> {
        decision.revision_by(self.as_of).map(|revision| revision.on)
    }

    /// The decision upstream that was revised last, if that was after the element was confirmed.
    fn stale(&self, element: &Element<'s>) -> Option<&'s Decision> {
        let upstream = element.inherits.rests_on.iter().filter_map(|id| *self.latest.get(id)?);
        let latest = upstream.max_by_key(|decision| self.on(decision))?;
        let considered = element.considered_by(self.as_of);
        self.on(latest).filter(|revised| considered.is_none_or(|considered| considered < *revised)).map(|_| latest)
    }
}
