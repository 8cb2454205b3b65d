//! Units: nothing is added to what measures something else, and a declared unit is the one that
//! follows from the calculation.

use std::collections::BTreeMap;

use super::{Check, Sources};
use crate::base::code::Code;
use crate::base::condition::Condition;
use crate::base::id::Id;
use crate::base::quantity::Measured;
use crate::base::unit::Unit;
use crate::model::kpi::Definition;
use crate::model::parts::parts_first;
use crate::model::source::SourceTable;
use crate::model::units::{Mixed, declared, derive, of_formula, together};

const SAME: &str = "put together only what is measured in the same unit";

impl Check<'_, '_> {
    pub(super) fn units(&mut self, sources: &Sources<'_>) {
        let measures = self.system.measures.iter().filter_map(|measure| Some((&measure.definition.id, measure.unit.as_ref()?)));
        let units: BTreeMap<&Id, &Unit> = measures.chain(self.system.kpis.iter().map(|kpi| (&kpi.definition.id, &kpi.unit))).collect();
        let mut known = BTreeMap::new();
        for definition in parts_first(self.definitions.clone(), |id| self.by_id.get(id).copied()) {
            let source = definition.calculation.source().and_then(|id| sources.get(id)).map(|columns| columns.source);
            let unit = units.get(&definition.id).copied();
            let derived = derive(definition, source, &known).unwrap_or_else(|Mixed { verb, left, right }| {
                let message = format!("the formula of `{}` {verb} `{left}` and `{right}`", definition.id);
                self.error(Code::MixedUnits, &definition.origin, message, SAME);
                Measured::Unknown
            });
            let derived = match (derived, unit) {
                (Measured::Known(quantity), Some(unit)) if !quantity.fits(unit) => {
                    let message = format!("`{}` is declared as `{unit}`, and its calculation gives `{quantity}`", definition.id);
                    let help = match quantity.unit() {
                        Some(unit) => format!("write `unit: {unit}`, or change the calculation"),
                        None => "change the calculation, or the units of what it is made of".to_owned(),
                    };
                    self.error(Code::WrongUnit, &definition.origin, message, help);
                    Measured::Unknown
                }
                (derived, _) => derived,
            };
            known.insert(&definition.id, declared(definition, derived, unit));
            if let (Some(filter), Some(source)) = (&definition.filter, source) {
                self.compared(definition, &filter.condition, source);
            }
        }
    }

    /// The two sides of a comparison of numbers.
    fn compared(&mut self, definition: &Definition, condition: &Condition, source: &SourceTable) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| self.compared(definition, part, source)),
            Condition::Not(inner) => self.compared(definition, inner, source),
            Condition::Number { left, right, .. } => {
                let column = |id: &Id| {
                    let column = source.measures.iter().find(|column| column.id == *id);
                    Measured::of(column.and_then(|column| column.unit.as_ref()))
                };
                let both = of_formula(left, &column).and_then(|left| together("compares", left, of_formula(right, &column)?));
                if let Err(Mixed { verb, left, right }) = both {
                    let message = format!("the condition of `{}` {verb} `{left}` and `{right}`", definition.id);
                    self.error(Code::MixedUnits, &definition.origin, message, SAME);
                }
            }
            Condition::Member { .. } | Condition::Text { .. } | Condition::Null { .. } => {}
        }
    }
}
