//! Units: nothing is added to what measures something else, and a declared unit is the one that
//! follows from the calculation.

use super::{Check, Sources};
use crate::base::code::Code;
use crate::base::condition::Condition;
use crate::base::finding::quoted;
use crate::base::id::Id;
use crate::base::map::Map;
use crate::base::quantity::Measured;
use crate::model::kpi::Definition;
use crate::model::parts::parts_first;
use crate::model::units::{Mixed, declared, derive, of_formula, together};

const SAME: &str = "put together only what is measured in the same unit";

impl Check<'_, '_> {
    pub(super) fn units(&mut self, sources: &Sources<'_>) {
        let measures = self.system.measures.iter().filter_map(|measure| Some((&measure.definition.id, measure.unit.as_ref()?)));
        let units = Map::from_iter(measures.chain(self.system.kpis.iter().map(|kpi| (&kpi.definition.id, &kpi.unit))));
        let mut known = Map::new();
        for definition in parts_first(self.definitions.clone(), |id| self.by_id.get(id).copied()) {
            let source = definition.calculation.source().and_then(|id| sources.get(id));
            let column = |id: &Id| Measured::of(source.and_then(|columns| columns.numbers.get(id)).and_then(|column| column.unit.as_ref()));
            let unit = units.get(&definition.id).copied();
            let derived = derive(definition, &column, &known).unwrap_or_else(|Mixed { verb, both }| {
                let message = format!("the formula of `{}` {verb} {} and {}", definition.id, named(&both.0), named(&both.1));
                self.error(Code::MixedUnits, &definition.origin, message, SAME);
                Measured::Unknown
            });
            let derived = match (derived, unit) {
                // A standard KPI says itself over what time its inputs are told.
                (Measured::Known(quantity), Some(unit)) if !(quantity.fits(unit) || definition.standard.is_some() && quantity.is_same_money(unit)) => {
                    let message = format!("`{}` is declared as {}, and its calculation gives {}", definition.id, named(unit), named(&quantity));
                    let help = match quantity.unit() {
                        Some(unit) => format!("write {}, or change the calculation", named(&format_args!("unit: {unit}"))),
                        None => "change the calculation, or the units of what it is made of".to_owned(),
                    };
                    self.error(Code::WrongUnit, &definition.origin, message, help);
                    Measured::Unknown
                }
                (derived, _) => derived,
            };
            known.insert(&definition.id, declared(definition, derived, unit));
            if let Some(filter) = &definition.filter {
                self.compared(definition, &filter.condition, &column);
            }
        }
    }

    /// The two sides of a comparison of numbers.
    fn compared(&mut self, definition: &Definition, condition: &Condition, column: &dyn Fn(&Id) -> Measured) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| self.compared(definition, part, column)),
            Condition::Not(inner) => self.compared(definition, inner, column),
            Condition::Number { left, right, .. } => {
                let both = of_formula(left, column).and_then(|left| together("compares", left, of_formula(right, column)?));
                if let Err(Mixed { verb, both }) = both {
                    let message = format!("the condition of `{}` {verb} {} and {}", definition.id, named(&both.0), named(&both.1));
                    self.error(Code::MixedUnits, &definition.origin, message, SAME);
                }
            }
            Condition::Member { .. } | Condition::Text { .. } | Condition::Null { .. } => {}
        }
    }
}

/// A unit in a message: counted things have names of any length.
fn named(unit: &dyn std::fmt::Display) -> String {
    quoted(&unit.to_string())
}
