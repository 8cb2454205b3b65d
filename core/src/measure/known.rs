//! What was known on a day: rows that were recorded later, or replaced before, do not count.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::column::Dictionary;
use super::facts::Facts;
use super::notice::note;
use super::table::Table;
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::finding::{Finding, Severity, quoted};
use crate::model::source::{DateColumn, KnownColumn};

/// Whether a row was known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    Known,
    /// It was recorded later.
    NotYet,
    /// Another had taken its place.
    Replaced,
    /// It does not say when it was recorded, or replaced.
    Unreadable,
}

impl Facts {
    /// The facts as they were known on a day: shared where all of them were. Their fingerprint is
    /// that of all rows, since it is by the day that less is known.
    pub(crate) fn known_on(self: &Arc<Self>, as_of: Date) -> Arc<Self> {
        if self.sources().all(|source| source.known().next().is_none()) {
            return Arc::clone(self);
        }
        let mut found = Vec::new();
        let known = self.with_tables(|table| {
            let (table, findings) = known_on(table, as_of)?;
            found.extend(findings);
            Some(table)
        });
        if found.is_empty() { Arc::clone(self) } else { Arc::new(known.and_findings(found)) }
    }
}

/// The rows of a table that were known, and what is to be told of the others; `None` when all were.
fn known_on(table: &Table, as_of: Date) -> Option<(Table, Vec<Finding>)> {
    let first = table.source.dimensions.len();
    let by_code = |known: Option<&KnownColumn>, position: usize| known.map(|known| (position, days(table.dictionaries.get(position), &known.date)));
    let recorded = by_code(table.source.recorded_at.as_ref(), first);
    let replaced = by_code(table.source.superseded_at.as_ref(), first.saturating_add(usize::from(recorded.is_some())));
    let mut counts: BTreeMap<Standing, u64> = BTreeMap::new();
    let mut example = None;
    let mut chunks = Vec::with_capacity(table.chunks.len());
    for chunk in &table.chunks {
        let day = |column: &Option<(usize, Vec<Told>)>, row: usize| {
            let (position, days) = column.as_ref()?;
            let code = chunk.texts.get(*position)?.at(row);
            Some((*position, code, usize::try_from(code).ok().and_then(|code| days.get(code)).copied().unwrap_or(Told::Nothing)))
        };
        let mut keep = Vec::with_capacity(chunk.rows());
        for row in 0..chunk.rows() {
            let (recorded, replaced) = (day(&recorded, row), day(&replaced, row));
            let standing = match (recorded.map(|(.., told)| told), replaced.map(|(.., told)| told)) {
                (Some(Told::Nothing | Told::Unreadable), _) | (_, Some(Told::Unreadable)) => Standing::Unreadable,
                (Some(Told::On(day)), _) if day > as_of => Standing::NotYet,
                (_, Some(Told::On(day))) if day <= as_of => Standing::Replaced,
                _ => Standing::Known,
            };
            if standing == Standing::Known {
                keep.push(row);
                continue;
            }
            let count = counts.entry(standing).or_default();
            *count = count.saturating_add(1);
            if standing == Standing::Unreadable && example.is_none() {
                let unreadable = [recorded, replaced].into_iter().flatten().find(|(.., told)| *told == Told::Unreadable);
                example = unreadable.and_then(|(position, code, _)| table.dictionaries.get(position)?.text(code).map(quoted));
            }
        }
        chunks.push(if keep.len() == chunk.rows() { Arc::clone(chunk) } else { Arc::new(chunk.only(&keep)) });
    }
    let told = |standing| counts.get(&standing).copied().filter(|rows| *rows > 0);
    let (source, rows) = (&table.source.id, table.rows());
    let are = |count: u64, one: &'static str, many: &'static str| if count == 1 { one } else { many };
    let mut findings = Vec::new();
    if let Some(count) = told(Standing::NotYet) {
        let message = format!("{count} of {rows} rows {} recorded after {as_of}, and not counted", are(count, "was", "were"));
        findings.push(note(Code::NotKnownThen, source, message, "ask as of a later date to count them"));
    }
    if let Some(count) = told(Standing::Replaced) {
        let message = format!("{count} of {rows} rows had been replaced by {as_of}, and {} not counted", are(count, "is", "are"));
        findings.push(note(Code::NotKnownThen, source, message, "ask as of an earlier date to see what was known then"));
    }
    if let Some(count) = told(Standing::Unreadable) {
        let such = example.map_or_else(String::new, |example| format!(", such as {example}"));
        let [say, count_verb] = if count == 1 { ["does not say when it was", "counts"] } else { ["do not say when they were", "count"] };
        let message = format!("{count} of {rows} rows {say} recorded or replaced{such}, and never {count_verb}");
        let help = format!("mend the column, or its pattern in `sources.{source}`");
        findings.push(Finding { severity: Severity::Warning, ..note(Code::BadDate, source, message, &help) });
    }
    (!findings.is_empty()).then(|| (Table { chunks, ..table.clone() }, findings))
}

/// What a cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    /// It is empty.
    Nothing,
    On(Date),
    Unreadable,
}

/// What each text of a column says, by its code.
fn days(dictionary: Option<&Arc<Dictionary>>, column: &DateColumn) -> Vec<Told> {
    let Some(dictionary) = dictionary else { return Vec::new() };
    let most = u32::try_from(dictionary.members()).unwrap_or(u32::MAX);
    let told = |code: u32| match dictionary.text(code) {
        None => Told::Nothing,
        Some(text) => column.read(text.trim()).map_or(Told::Unreadable, |moment| Told::On(Date::from_epoch_days(moment.day))),
    };
    (0..=most).map(told).collect()
}
