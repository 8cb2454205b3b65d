//! Definitions that refer to themselves, and chains of them that are too long.

use super::Check;
use crate::base::code::Code;
use crate::base::id::Id;
use crate::base::map::Map;
use crate::model::kpi::Definition;

/// The most definitions a chain of formulas may pass through.
const MAX_CHAIN: usize = 64;

impl Check<'_, '_> {
    /// A cycle is reported once, at the member that stands first in the text; so is a chain
    /// that is too long, where it starts.
    pub(super) fn cycles(&mut self) {
        let positions = Map::from_iter(self.definitions.iter().enumerate().rev().map(|(position, definition)| (&definition.id, position)));
        let mut chains = Chains { by_id: &self.by_id, seen: Map::new() };
        let mut found = Vec::new();
        for definition in &self.definitions {
            let mut path = vec![&definition.id];
            let Some(Stop { start, ids }) = chains.follow(&mut path) else { continue };
            let at = ids.iter().filter_map(|id| positions.get(id)).min().filter(|_| start == Start::Cycle);
            found.extend(at.or_else(|| positions.get(&definition.id)).map(|at| (*at, start, ids)));
        }
        for (at, start, ids) in found {
            let Some(definition) = self.definitions.get(at).copied() else { continue };
            let message = match start {
                Start::TooLong => format!("`{}` passes through more than {MAX_CHAIN} definitions", definition.id),
                Start::Cycle => {
                    // Told from the member at which it is reported.
                    let first = ids.iter().position(|id| **id == definition.id).unwrap_or(0);
                    let round = ids.iter().cycle().skip(first).take(ids.len().saturating_add(1));
                    let names: Vec<String> = round.map(|id| format!("`{id}`")).collect();
                    format!("the definition refers to itself: {}", names.join(" → "))
                }
            };
            self.error(Code::Cycle, &definition.origin, message, "compute one of them from sources");
        }
    }
}

/// Why a chain of definitions does not end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Start {
    Cycle,
    TooLong,
}

/// The definitions of a cycle, or those that a chain passed through.
struct Stop<'a> {
    start: Start,
    ids: Vec<&'a Id>,
}

/// Chains of definitions, each definition followed once.
struct Chains<'c, 'a> {
    by_id: &'c Map<&'a Id, &'a Definition>,
    /// The definitions that the longest chain from each passes through; `None` where it does
    /// not end, which has been reported.
    seen: Map<&'a Id, Option<usize>>,
}

impl<'a> Chains<'_, 'a> {
    /// Depth first from the last of `path`: a cycle that closes, or a chain that is too long,
    /// unless it has been met before.
    fn follow(&mut self, path: &mut Vec<&'a Id>) -> Option<Stop<'a>> {
        let current = *path.last()?;
        if self.seen.contains_key(current) {
            return None;
        }
        if path.len() > MAX_CHAIN {
            return Some(Stop { start: Start::TooLong, ids: path.clone() });
        }
        // Until it is known better, for all the ways out below.
        let mut length = Some(1usize);
        for next in self.by_id.get(current).map(|definition| definition.calculation.refers_to()).unwrap_or_default() {
            if let Some(start) = path.iter().position(|id| *id == next) {
                self.seen.insert(current, None);
                return Some(Stop { start: Start::Cycle, ids: path.iter().skip(start).copied().collect() });
            }
            path.push(next);
            let stop = self.follow(path);
            path.pop();
            let beyond = self.seen.get(next).copied().flatten();
            let too_long = beyond.is_some_and(|beyond| beyond.saturating_add(path.len()) > MAX_CHAIN);
            if stop.is_some() || too_long {
                self.seen.insert(current, None);
                return stop.or_else(|| Some(Stop { start: Start::TooLong, ids: path.clone() }));
            }
            length = length.zip(beyond).map(|(length, beyond)| length.max(beyond.saturating_add(1)));
        }
        self.seen.insert(current, length);
        None
    }
}
