//! Values that elements state although a decision they rest on has fixed them (domain D1: marketing
//! inherits settled decisions and may not quietly restate them).

use std::collections::{BTreeMap, BTreeSet};

use super::Check;
use crate::base::code::Code;
use crate::base::finding::{Finding, Severity, quoted};
use crate::base::id::Id;
use crate::model::element::Element;
use crate::model::layers::{Decision, DecisionStatus};

impl<'a> Check<'a, '_> {
    pub(super) fn inheritance(&mut self) {
        let by_id: BTreeMap<&Id, &Decision> = self.system.decisions().map(|decision| (&decision.id, decision)).collect();
        let elements: Vec<Element<'a>> = self.system.elements().filter(|element| !element.inherits.values.is_empty()).collect();
        for element in elements {
            for (name, value) in &element.inherits.values {
                let Some(fixed) = upstream(&by_id, &element).into_iter().find(|decision| decision.inherits.values.contains_key(name)) else { continue };
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

/// The decisions that an element rests on, nearest first; those that no longer matter left out.
fn upstream<'a>(by_id: &BTreeMap<&'a Id, &'a Decision>, element: &Element<'a>) -> Vec<&'a Decision> {
    let mut seen: BTreeSet<&Id> = BTreeSet::new();
    let mut found: Vec<&'a Decision> = Vec::new();
    let mut waiting: Vec<&'a Id> = element.inherits.rests_on.iter().collect();
    while !waiting.is_empty() {
        let wave = std::mem::take(&mut waiting);
        for decision in wave.into_iter().filter(|id| seen.insert(id)).filter_map(|id| by_id.get(id).copied()).collect::<Vec<_>>() {
            if decision.status != DecisionStatus::Retired {
                found.push(decision);
            }
            waiting.extend(&decision.inherits.rests_on);
        }
    }
    found
}
