//! What is asked of a system again and again, found once: where each definition and each KPI's
//! targets stand, and the fingerprint. It follows from the rest, so it is no part of the written form.

use super::System;
use super::plan::Target;
use crate::base::fingerprint::Fingerprint;
use crate::base::id::Id;
use crate::base::map::Map;

/// Of two parts with the same id the first is found, as by looking through them in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Index {
    /// Positions among the KPIs, and after them the measures.
    definitions: Map<Id, usize>,
    /// Positions among the targets, ascending, of each KPI.
    targets: Map<Id, Vec<usize>>,
    /// The same among those of each scenario.
    scenarios: Map<Id, Map<Id, Vec<usize>>>,
    people: Map<Id, usize>,
    fingerprint: Option<Fingerprint>,
}

impl Index {
    /// The index of a system that is read and not changed any more.
    pub(super) fn of(system: &System) -> Self {
        let mut index = Self { fingerprint: Some(Fingerprint::of(system)), ..Self::default() };
        for (position, definition) in system.definitions().enumerate() {
            index.definitions.entry(definition.id.clone()).or_insert(position);
        }
        index.targets = by_kpi(&system.targets);
        index.scenarios = Map::from_iter(system.scenarios.iter().rev().map(|scenario| (scenario.id.clone(), by_kpi(&scenario.targets))));
        for (position, person) in system.people.iter().enumerate() {
            index.people.entry(person.id.clone()).or_insert(position);
        }
        index
    }

    pub(super) fn definition(&self, id: &str) -> Option<usize> {
        self.definitions.get(id).copied()
    }

    pub(super) fn person(&self, id: &str) -> Option<usize> {
        self.people.get(id).copied()
    }

    /// Those of the plan, or of a scenario.
    pub(super) fn targets(&self, scenario: Option<&Id>, kpi: &Id) -> &[usize] {
        let targets = scenario.map_or(Some(&self.targets), |scenario| self.scenarios.get(scenario));
        targets.and_then(|targets| targets.get(kpi)).map_or(&[], Vec::as_slice)
    }

    pub(super) fn fingerprint(&self) -> Option<&Fingerprint> {
        self.fingerprint.as_ref()
    }
}

fn by_kpi(targets: &[Target]) -> Map<Id, Vec<usize>> {
    let mut found: Map<Id, Vec<usize>> = Map::new();
    for (position, target) in targets.iter().enumerate() {
        found.entry(target.kpi.clone()).or_default().push(position);
    }
    found
}
