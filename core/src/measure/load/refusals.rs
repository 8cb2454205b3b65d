//! What was not used of a source, counted by reason, and said in the words of its owner.

use std::collections::BTreeMap;

use super::number::{MAX_DECIMALS, MAX_WHOLE_DIGITS};
use crate::base::code::Code;
use crate::base::finding::{Finding, Mark, Place, Severity, quoted};
use crate::model::source::SourceTable;

/// What of a row a refusal is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::measure) enum Part {
    /// The row as a whole.
    Row,
    Date,
    /// A dimension or the entity, by its position among the keys.
    Text(usize),
    /// A measure, by its position.
    Number(usize),
}

/// What was not used, by reason, and where it was met first. Those of several loads add up.
#[derive(Clone, Debug, Default)]
pub(in crate::measure) struct Refusals {
    pub(in crate::measure) rows: u64,
    pub(in crate::measure) rejected_rows: u64,
    pub(in crate::measure) rejected_cells: u64,
    reasons: BTreeMap<(Code, Part), Reason>,
}

#[derive(Clone, Debug)]
struct Reason {
    count: u64,
    /// Of the first.
    place: Place,
    example: String,
}

impl Refusals {
    /// Counts one.
    pub(super) fn count(&mut self, code: Code, part: Part, file: &str, mark: impl FnOnce() -> Mark, example: impl FnOnce() -> String) {
        let first = || Reason { count: 0, place: Place { file: file.to_owned(), mark: mark(), path: String::new() }, example: example() };
        let reason = self.reasons.entry((code, part)).or_insert_with(first);
        reason.count = reason.count.saturating_add(1);
    }

    /// Adds what a later load refused.
    pub(in crate::measure) fn merge(&mut self, later: Self) {
        self.rows = self.rows.saturating_add(later.rows);
        self.rejected_rows = self.rejected_rows.saturating_add(later.rejected_rows);
        self.rejected_cells = self.rejected_cells.saturating_add(later.rejected_cells);
        for (key, reason) in later.reasons {
            let count = reason.count;
            let known = self.reasons.entry(key).or_insert_with(|| Reason { count: 0, ..reason });
            known.count = known.count.saturating_add(count);
        }
    }

    /// A warning for each reason.
    pub(in crate::measure) fn findings(&self, source: &SourceTable) -> impl Iterator<Item = Finding> {
        self.reasons.iter().map(|((code, part), reason)| self.finding(*code, *part, reason, source))
    }

    fn finding(&self, code: Code, part: Part, Reason { count, place, example }: &Reason, source: &SourceTable) -> Finding {
        let column = match part {
            Part::Row => "",
            Part::Date => source.date.column.as_str(),
            Part::Text(index) => source.keys().nth(index).map_or("", |key| key.column.as_str()),
            Part::Number(index) => source.measures.get(index).map_or("", |measure| measure.column.as_str()),
        };
        let of = format!("{count} of {} rows", self.rows);
        let (have, are, name) = if *count == 1 { ("has", "is", "does not name its") } else { ("have", "are", "do not name their") };
        let example = quoted(example);
        let (message, help) = match code {
            Code::RaggedRow => {
                (format!("{of} {have} more or fewer cells than the header, and {are} not counted"), "quote cells that hold the separator".to_owned())
            }
            Code::BadDate => (
                format!("{of} {have} no date of the form `{}` in {}, and {are} not counted", source.date.pattern.as_str(), quoted(column)),
                format!("mend the dates, or declare their `pattern` in `sources.{}.date`", source.id),
            ),
            Code::BadNumber => (
                format!("{of} {have} no number in {} as it is declared, and the cell is missing", quoted(column)),
                format!("mend the cells, or declare `decimal` and `thousands` in `sources.{}.measures`", source.id),
            ),
            Code::NumberOutOfRange => (
                format!(
                    "{of} {have} a number in {} with more than {MAX_WHOLE_DIGITS} digits before or {MAX_DECIMALS} after the point, and the cell is missing",
                    quoted(column)
                ),
                "round the numbers before they are exported".to_owned(),
            ),
            Code::NotARow => (format!("{of} {are} no object of names and values, and {are} not counted"), "write each row as a JSON object".to_owned()),
            Code::RepeatedName => (format!("{of} {have} {} twice, and {are} not counted", quoted(column)), "write each name once in a row".to_owned()),
            Code::WrongKind => {
                let wanted = if matches!(part, Part::Number(_)) { "number" } else { "text" };
                (format!("{of} {have} no {wanted} in {}, and the cell is missing", quoted(column)), "write texts and numbers only".to_owned())
            }
            _ => (format!("{of} {name} entity"), "fill in the entity, or leave such rows out".to_owned()),
        };
        // The example stands in the help: a message is repeated in reports, which must not depend
        // on the order of rows.
        let help = match code {
            Code::RaggedRow => format!("the first has {}; {help}", example.trim_matches('`')),
            Code::MissingEntity | Code::RepeatedName => help,
            Code::NotARow => format!("the first is {example}; {help}"),
            _ => format!("the first has {example}; {help}"),
        };
        Finding { code, severity: Severity::Warning, place: place.clone(), message, help }
    }
}
