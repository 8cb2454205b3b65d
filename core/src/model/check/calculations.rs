//! Whether each calculation can be made of what it names.

use super::{Check, Names, Sources};
use crate::base::code::Code;
use crate::base::id::Id;
use crate::model::kpi::{Calculation, Definition};

impl Check<'_, '_> {
    /// Columns that a calculation names.
    pub(super) fn columns(&mut self, sources: &Sources<'_>) {
        for definition in self.definitions.clone() {
            let Some(columns) = definition.calculation.source().and_then(|id| sources.get(id)) else { continue };
            match &definition.calculation {
                Calculation::Sum { measure, .. }
                | Calculation::Mean { measure, .. }
                | Calculation::Summary { measure, .. }
                | Calculation::Balance { measure, .. } => self.column(definition, measure, "measure", &columns.measures),
                Calculation::WeightedMean { measure, weight, .. } => {
                    self.column(definition, measure, "measure", &columns.measures);
                    self.column(definition, weight, "measure", &columns.measures);
                }
                Calculation::Distinct { column, .. } => self.column(definition, column, "dimension or entity", &columns.keys),
                _ => {}
            }
        }
    }

    fn column(&mut self, definition: &Definition, column: &Id, what: &str, names: &Names<'_>) {
        if names.known.contains(column.as_str()) {
            return;
        }
        let source = definition.calculation.source().map_or("", Id::as_str);
        let message = format!("the source `{source}` has no {what} `{column}`");
        let help = self.help(column.as_str(), names);
        self.error(Code::UnknownReference, &definition.origin, message, help);
    }

    /// Both sides of a conversion, duration or credit are figures over sources that name their
    /// entity.
    pub(super) fn entities(&mut self, sources: &Sources<'_>) {
        for definition in self.definitions.clone() {
            match &definition.calculation {
                Calculation::Conversion { from, to, matching, .. } => {
                    for side in [from, to] {
                        self.side(definition, side, false, sources);
                        if let Some(dimension) = matching {
                            self.matching(definition, side, dimension, sources);
                        }
                    }
                }
                Calculation::Duration { from, to, .. } => {
                    self.side(definition, from, false, sources);
                    self.side(definition, to, false, sources);
                }
                Calculation::Credit { outcome, touches, to, .. } => {
                    self.side(definition, outcome, true, sources);
                    self.side(definition, touches, false, sources);
                    if let Some(to) = to {
                        self.side(definition, to, false, sources);
                        self.same_source(definition, touches, to);
                    }
                }
                _ => {}
            }
        }
    }

    fn side(&mut self, definition: &Definition, id: &Id, may_sum: bool, sources: &Sources<'_>) {
        let Some(side) = self.by_id.get(id) else { return };
        let source = match &side.calculation {
            Calculation::Count { source } => source,
            Calculation::Sum { source, .. } if may_sum => source,
            _ => {
                let (what, help) = if may_sum {
                    ("neither a count of rows nor a sum", "refer to a figure defined by `count` or `sum`")
                } else {
                    ("not a count of rows", "refer to a figure defined by `count`")
                };
                self.error(Code::NotCombinable, &definition.origin, format!("`{id}` is {what}"), help);
                return;
            }
        };
        if sources.get(source).is_some_and(|columns| columns.source.entity.is_none()) {
            let message = format!("the source `{source}` does not say which column names its entity");
            self.error(Code::NotCombinable, &definition.origin, message, format!("declare `entity` in `sources.{source}`"));
        }
    }

    /// What must be the same on both sides is a dimension of both.
    fn matching(&mut self, definition: &Definition, side: &Id, dimension: &Id, sources: &Sources<'_>) {
        let source = self.by_id.get(side).and_then(|side| side.calculation.source());
        let Some((source, columns)) = source.and_then(|source| Some((source, sources.get(source)?))) else { return };
        let names: Names<'_> = columns.source.dimensions.iter().map(|column| &column.id).collect();
        if !names.known.contains(dimension.as_str()) {
            let message = format!("`{dimension}` must match on both sides, and the source `{source}` has no such dimension");
            let help = self.help(dimension.as_str(), &names);
            self.error(Code::UnknownReference, &definition.origin, message, help);
        }
    }

    /// The touches that are credited are some of those that compete.
    fn same_source(&mut self, definition: &Definition, touches: &Id, to: &Id) {
        let source = |id: &Id| self.by_id.get(id).and_then(|side| side.calculation.source());
        let (Some(all), Some(some)) = (source(touches), source(to)) else { return };
        if all != some {
            let message = format!("`{to}` counts rows of `{some}`, and `{touches}` rows of `{all}`");
            self.error(Code::NotCombinable, &definition.origin, message, "credit some of the touches that compete: count rows of the same source");
        }
    }
}
