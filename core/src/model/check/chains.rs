//! Definitions and decisions that rest on themselves, and chains of them that are too long.

use super::Check;
use crate::base::code::Code;
use crate::base::finding::Origin;
use crate::base::id::Id;
use crate::base::map::Map;
use crate::model::kpi::Definition;
use crate::model::layers::Decision;

/// The most definitions or decisions that a chain may pass through.
const MAX_CHAIN: usize = 64;

/// A part that may rest on others of its kind.
struct Link<'a> {
    id: &'a Id,
    origin: &'a Origin,
    next: Vec<&'a Id>,
}

/// What is said of chains that do not end.
struct Words {
    them: &'static str,
    cycle: &'static str,
    help: &'static str,
}

impl<'a> Check<'a, '_> {
    pub(super) fn cycles(&mut self) {
        let link = |definition: &&'a Definition| Link { id: &definition.id, origin: &definition.origin, next: definition.calculation.refers_to() };
        let definitions = self.definitions.iter().map(link).collect();
        self.chains(definitions, &Words { them: "definitions", cycle: "the definition refers to itself", help: "compute one of them from sources" });
        let link = |decision: &'a Decision| Link { id: &decision.id, origin: &decision.origin, next: decision.inherits.rests_on.iter().collect() };
        let decisions = self.system.decisions().map(link).collect();
        self.chains(decisions, &Words { them: "decisions", cycle: "the decision rests on itself", help: "let one of them rest on none of the others" });
        let assets = self.system.assets.iter().map(|asset| Link { id: &asset.id, origin: &asset.origin, next: asset.made_of.iter().collect() });
        self.chains(assets.collect(), &Words { them: "assets", cycle: "the asset is made of itself", help: "let one of them be made of none of the others" });
        let frameworks = self.system.frameworks.iter();
        let frameworks = frameworks.map(|framework| Link { id: &framework.id, origin: &framework.origin, next: framework.parent.iter().collect() });
        self.chains(frameworks.collect(), &Words { them: "frameworks", cycle: "the framework sits inside itself", help: "let one of them have no parent" });
    }

    /// A cycle is reported once, at the member that stands first in the text; so is a chain
    /// that is too long, where it starts.
    fn chains(&mut self, links: Vec<Link<'a>>, words: &Words) {
        let positions = Map::from_iter(links.iter().enumerate().rev().map(|(position, link)| (link.id, position)));
        let mut chains = Chains { by_id: Map::from_iter(links.iter().rev().map(|link| (link.id, link.next.as_slice()))), seen: Map::new() };
        let mut found = Vec::new();
        for link in &links {
            let mut path = vec![link.id];
            let Some(Stop { start, ids }) = chains.follow(&mut path) else { continue };
            let at = ids.iter().filter_map(|id| positions.get(id)).min().filter(|_| start == Start::Cycle);
            found.extend(at.or_else(|| positions.get(link.id)).map(|at| (*at, start, ids)));
        }
        for (at, start, ids) in found {
            let Some(link) = links.get(at) else { continue };
            let message = match start {
                Start::TooLong => format!("`{}` passes through more than {MAX_CHAIN} {}", link.id, words.them),
                Start::Cycle => {
                    // Told from the member at which it is reported.
                    let first = ids.iter().position(|id| **id == *link.id).unwrap_or(0);
                    let round = ids.iter().cycle().skip(first).take(ids.len().saturating_add(1));
                    let names: Vec<String> = round.map(|id| format!("`{id}`")).collect();
                    format!("{}: {}", words.cycle, names.join(" → "))
                }
            };
            self.error(Code::Cycle, link.origin, message, words.help);
        }
    }
}

/// Why a chain does not end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Start {
    Cycle,
    TooLong,
}

/// The parts of a cycle, or those that a chain passed through.
struct Stop<'a> {
    start: Start,
    ids: Vec<&'a Id>,
}

/// Chains, each part followed once.
struct Chains<'c, 'a> {
    by_id: Map<&'a Id, &'c [&'a Id]>,
    /// How many parts the longest chain from each passes through; `None` where it
    /// does not end, which has been reported.
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
        for next in self.by_id.get(current).copied().unwrap_or_default().iter().copied() {
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
