//! Whether conditions look at columns that their source has, as what these are.

use super::{Check, Columns, Names, Sources};
use crate::base::code::Code;
use crate::base::condition::Condition;
use crate::base::formula::Formula;
use crate::base::id::Id;
use crate::base::map::Set;
use crate::model::kpi::Definition;

/// As what a condition looks at a column.
#[derive(Clone, Copy, PartialEq, Eq)]
enum As {
    Text,
    Number,
    Either,
}

impl Check<'_, '_> {
    pub(super) fn conditions(&mut self, sources: &Sources<'_>) {
        for definition in self.definitions.clone() {
            let Some(columns) = definition.calculation.source().and_then(|id| sources.get(id)) else { continue };
            let Some(filter) = &definition.filter else { continue };
            let mut uses = Vec::new();
            collect(&filter.condition, &mut uses);
            let mut seen = Set::new();
            for (column, kind) in uses {
                if seen.insert((column, kind == As::Text, kind == As::Number)) {
                    self.used(definition, column, kind, columns);
                }
            }
        }
    }

    fn used(&mut self, definition: &Definition, column: &Id, kind: As, columns: &Columns<'_>) {
        let source = &columns.source.id;
        let (key, number) = (columns.keys.known.contains(column.as_str()), columns.measures.known.contains(column.as_str()));
        match kind {
            As::Text if number && !key => {
                let message = format!("`{column}` of `{source}` is a measure, and the condition compares it with text");
                self.error(Code::BadCondition, &definition.origin, message, format!("compare it with a number without quotes, such as `{column} > 0`"));
            }
            As::Number if key && !number => {
                let message = format!("`{column}` of `{source}` is text, and the condition uses it as a number");
                let help = format!("put text in single quotes, as in `{column} = 'x'`, or declare the column among the measures of `{source}`");
                self.error(Code::BadCondition, &definition.origin, message, help);
            }
            _ if key || number => {}
            _ => {
                let message = format!("the source `{source}` has no column `{column}`");
                let names: Names<'_> =
                    columns.source.keys().map(|column| &column.id).chain(columns.source.measures.iter().map(|measure| &measure.id)).collect();
                let help = self.help(column.as_str(), &names);
                self.error(Code::UnknownReference, &definition.origin, message, help);
            }
        }
    }
}

fn collect<'c>(condition: &'c Condition, uses: &mut Vec<(&'c Id, As)>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| collect(part, uses)),
        Condition::Not(inner) => collect(inner, uses),
        Condition::Member { column, .. } | Condition::Text { column, .. } => uses.push((column, As::Text)),
        Condition::Number { left, right, .. } => uses.extend([left, right].into_iter().flat_map(Formula::figures).map(|id| (id, As::Number))),
        Condition::Null { column } => uses.push((column, As::Either)),
    }
}
