//! Values that elements state although a decision they rest on has fixed them (domain D1: marketing
//! inherits settled decisions and may not quietly restate them).

use super::Check;
use crate::base::code::Code;
use crate::base::finding::{Finding, Severity, quoted};
use crate::base::id::Id;
use crate::base::map::{Map, Set};
use crate::model::element::Element;
use crate::model::layers::{Decision, DecisionStatus};

/// The most decisions and values that are gone through: who states values in thousands of places
/// that each rest on thousands of decisions has written no system that people can follow.
const MOST_STEPS: usize = 5_000_000;

impl<'a> Check<'a, '_> {
    pub(super) fn inheritance(&mut self) {
        let by_id = Map::from_iter(self.system.decisions().map(|decision| (&decision.id, decision)));
        let elements: Vec<Element<'a>> = self.system.elements().filter(|element| !element.inherits.values.is_empty()).collect();
        let mut left = MOST_STEPS;
        for element in elements {
            let Some(upstream) = fixed(&by_id, &element, &mut left) else {
                let message = format!("what the {} `{}` rests on is too much to hold its values against it", element.kind.words(), element.id);
                return self.error(Code::TooLarge, element.origin, message, "let elements rest on fewer decisions, or state fewer values");
            };
            for (name, value) in &element.inherits.values {
                let Some(fixed) = upstream.get(name) else { continue };
                let inherited = fixed.inherits.values.get(name).map_or("", String::as_str);
                let what = format!("the {} `{}` states `{name}`: {}", element.kind.words(), element.id, quoted(value));
                let (code, severity, message, help) = if inherited == value {
                    let message = format!("{what}, which it inherits from `{}`", fixed.id);
                    (Code::Restated, Severity::Note, message, "leave it out: what is said twice can come to differ".to_owned())
                } else {
                    let message = format!("{what}, but `{}`, on which it rests, says {}", fixed.id, quoted(inherited));
                    (Code::Contradicted, Severity::Warning, message, format!("leave it out, or revise `{}`", fixed.id))
                };
                self.findings.push(Finding { code, severity, place: element.origin.0.clone(), message, help });
            }
        }
    }
}

/// By name, the nearest decision that an element rests on and that fixes the value; those that no
/// longer matter left out. `None` when there are too many to be gone through.
fn fixed<'a>(by_id: &Map<&'a Id, &'a Decision>, element: &Element<'a>, left: &mut usize) -> Option<Map<&'a Id, &'a Decision>> {
    let mut seen: Set<&Id> = Set::new();
    let mut found = Map::new();
    let mut waiting: Vec<&'a Id> = element.inherits.rests_on.iter().collect();
    while !waiting.is_empty() {
        let wave = std::mem::take(&mut waiting);
        for decision in wave.into_iter().filter(|id| seen.insert(id)).filter_map(|id| by_id.get(id).copied()).collect::<Vec<_>>() {
            let inherits = &decision.inherits;
            *left = left.checked_sub(inherits.rests_on.len().saturating_add(inherits.values.len()).saturating_add(1))?;
            if decision.status != DecisionStatus::Retired {
                inherits.values.keys().for_each(|name| {
                    found.entry(name).or_insert(decision);
                });
            }
            waiting.extend(&inherits.rests_on);
        }
    }
    Some(found)
}
