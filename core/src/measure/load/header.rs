//! Which of the names that a table gives are those that its source declares.

use std::collections::BTreeMap;

use super::refusals::Part;
use crate::base::code::Code;
use crate::base::finding::{Mark, Severity, quoted};
use crate::base::id::nearest;
use crate::model::source::SourceTable;
use crate::text::Notes;

/// The columns of one table.
const MAX_COLUMNS: usize = 10_000;
/// The most names that are compared to find those nearest to columns that are missing.
const MAX_COMPARISONS: usize = 500_000;

pub(super) const START: Mark = Mark { line: 1, column: 1 };

/// Where the declared columns stand in each row.
pub(super) struct Columns {
    pub(super) date: usize,
    /// In the order of the source's keys.
    pub(super) texts: Vec<usize>,
    /// In the order of the source's measures.
    pub(super) numbers: Vec<usize>,
    pub(super) width: usize,
}

impl Columns {
    /// Where a part of a row stands.
    pub(super) fn index(&self, part: Part) -> usize {
        match part {
            Part::Text(index) => self.texts.get(index).copied().unwrap_or(usize::MAX),
            Part::Number(index) => self.numbers.get(index).copied().unwrap_or(usize::MAX),
            Part::Date | Part::Row => self.date,
        }
    }
}

/// Finds the declared columns in a header; `None` when one is missing or stands twice.
pub(super) fn columns(source: &SourceTable, header: &[&str], notes: &mut Notes<'_>) -> Option<Columns> {
    let names: Vec<&str> = header.iter().map(|name| name.trim()).collect();
    if names.len() > MAX_COLUMNS {
        notes.error(Code::TooLarge, START, &format!("the table has more than {MAX_COLUMNS} columns"), "keep the columns that are declared");
        return None;
    }
    let mut complete = true;
    // Where each name stands first, and whether it is declared.
    let mut places: BTreeMap<&str, (usize, bool)> = BTreeMap::new();
    let mut repeated: Vec<&str> = Vec::new();
    for (index, name) in names.iter().copied().enumerate() {
        if places.contains_key(name) {
            repeated.push(name);
        } else {
            places.insert(name, (index, false));
        }
    }
    let mut comparisons = MAX_COMPARISONS;
    let mut find = |column: &str| {
        let index = places.get_mut(column).map(|(index, declared)| {
            *declared = true;
            *index
        });
        match index {
            Some(_) => {}
            None => {
                complete = false;
                comparisons = comparisons.saturating_sub(names.len());
                let near = nearest(column, names.iter().copied().filter(|_| comparisons > 0)).map(|near| format!("; is it `{near}`?")).unwrap_or_default();
                let message = format!("the declared column {} is not in the header", quoted(column));
                notes.error(Code::MissingColumn, START, &message, &format!("add the column, or declare its name in `sources.{}`{near}", source.id));
            }
        }
        index.unwrap_or(usize::MAX)
    };
    let date = find(&source.date.column);
    let texts: Vec<usize> = source.keys().map(|column| find(&column.column)).collect();
    let numbers: Vec<usize> = source.measures.iter().map(|measure| find(&measure.column)).collect();
    let declared = |name: &str| places.get(name).is_some_and(|(_, declared)| *declared);
    repeated.sort_unstable();
    repeated.dedup();
    for name in repeated.into_iter().filter(|name| declared(name)) {
        notes.error(Code::DuplicateColumn, START, &format!("the column {} stands twice in the header", quoted(name)), "give each column a name of its own");
        complete = false;
    }
    extra(source, names.iter().copied().filter(|name| !declared(name)), notes);
    complete.then_some(Columns { date, texts, numbers, width: names.len() })
}

/// Notes the names that the source does not declare.
pub(super) fn extra<'n>(source: &SourceTable, names: impl Iterator<Item = &'n str>, notes: &mut Notes<'_>) {
    let mut names = names.map(quoted);
    let shown: Vec<String> = names.by_ref().take(12).collect();
    if !shown.is_empty() {
        let are = if shown.len() == 1 { "a column is" } else { "columns are" };
        let message = format!("{are} not declared and not read: {}", shown.join(", "));
        notes.add(Severity::Note, Code::ExtraColumns, START, &message, &format!("declare it in `sources.{}` if it is needed", source.id));
    }
}
