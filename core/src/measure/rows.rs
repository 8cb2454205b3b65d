//! Rows to cells: which rows a definition reads, and how they are folded.

use std::collections::BTreeMap;

use super::cell::Cell;
use super::evaluate::{Cells, Evaluation};
use super::observation::Member;
use super::table::{Chunk, Table};
use crate::base::calendar::Grain;
use crate::base::condition::Condition;
use crate::base::date::Date;
use crate::base::id::Id;
use crate::model::kpi::{Calculation, Definition, Filter};

/// A row of a table: its chunk and index.
type Row<'a> = (&'a Chunk, usize);
/// Each entity's first row: its date and row.
pub(super) type FirstRows<'a> = BTreeMap<&'a str, (Date, Row<'a>)>;

impl<'a> Evaluation<'a> {
    /// The sources that a calculation reads: one, or that of `from` and that of `to`.
    pub(super) fn sides(&self, calculation: &'a Calculation) -> Vec<&'a Id> {
        match calculation {
            Calculation::Conversion { from, to, .. } | Calculation::Duration { from, to, .. } => {
                let source = |id: &Id| self.system.definition(id.as_str()).and_then(|side| side.calculation.source());
                source(from).into_iter().chain(source(to)).collect()
            }
            _ => calculation.source().into_iter().collect(),
        }
    }

    pub(super) fn cells(&self, definition: &Definition, grain: Grain, by: &[Id]) -> Cells {
        match &definition.calculation {
            Calculation::Conversion { from, to, within_days, .. } => {
                let mut cells = Cells::new();
                self.pairs(from, to, by, |entered, left, member| {
                    let cell = cells.entry((self.period_start(grain, entered), member.clone())).or_insert_with(|| Cell::empty(&definition.calculation, 0));
                    cell.add_entity(left.map(|left| left.days_since(entered)), within_days.map(i64::from));
                });
                cells
            }
            Calculation::Duration { from, to, .. } => {
                let mut cells = Cells::new();
                self.pairs(from, to, by, |entered, left, member| {
                    if let Some(left) = left {
                        let cell = cells.entry((self.period_start(grain, left), member.clone())).or_insert_with(|| Cell::empty(&definition.calculation, 0));
                        cell.add_duration(left.days_since(entered));
                    }
                });
                cells
            }
            calculation => self.row_cells(definition, calculation, grain, by),
        }
    }

    fn row_cells(&self, definition: &Definition, calculation: &Calculation, grain: Grain, by: &[Id]) -> Cells {
        let Some(table) = calculation.source().and_then(|source| self.facts.table(self.system.source(source.as_str())?)) else { return Cells::new() };
        let numbers = match calculation {
            Calculation::Sum { measure, .. } | Calculation::Mean { measure, .. } | Calculation::Summary { measure, .. } => table.measure(measure.as_str()),
            _ => None,
        };
        let distinct = match calculation {
            Calculation::Distinct { column, .. } => table.key(column.as_str()),
            _ => None,
        };
        let mut cells = Cells::new();
        for (chunk, row) in self.rows(table, &definition.filter) {
            let Some(date) = chunk.date(row) else { continue };
            let key = (self.period_start(grain, date), member(table, (chunk, row), by));
            let numbers = numbers.and_then(|numbers| chunk.numbers.get(numbers));
            let cell = cells.entry(key).or_insert_with(|| Cell::empty(calculation, numbers.map_or(0, |column| column.decimals)));
            match (numbers, distinct.and_then(|distinct| chunk.texts.get(distinct))) {
                (Some(column), _) => cell.add_number(column.at(row)),
                (_, Some(column)) => cell.add_member(column.at(row)),
                _ => cell.add_row(),
            }
        }
        cells
    }

    /// Each entity that `from` counts: when it first entered, when `to` first counts it, and
    /// the members of its first row in `from`.
    fn pairs(&self, from: &Id, to: &Id, by: &[Id], mut take: impl FnMut(Date, Option<Date>, &Member)) {
        let (Some(from), Some(to)) = (self.first_rows(from), self.first_rows(to)) else { return };
        for (entity, (entered, row)) in &from.1 {
            take(*entered, to.1.get(entity).map(|(left, _)| *left), &member(from.0, *row, by));
        }
    }

    /// The first row of each entity that a count counts: its date and index. Rows of the same
    /// day are told apart by their members, so that the order of rows does not matter.
    pub(super) fn first_rows(&self, count: &Id) -> Option<(&'a Table, FirstRows<'a>)> {
        let definition = self.system.definition(count.as_str())?;
        let source = self.system.source(definition.calculation.source()?.as_str())?;
        let table = self.facts.table(source)?;
        let entity = source.entity.as_ref()?.id.as_str();
        let (key, entities) = (table.key(entity)?, table.dictionary(entity)?);
        let mut first = FirstRows::new();
        for (chunk, row) in self.rows(table, &definition.filter) {
            let code = chunk.texts.get(key).map_or(0, |column| column.at(row));
            let (Some(date), Some(entity)) = (chunk.date(row), entities.text(code)) else { continue };
            let entry = first.entry(entity).or_insert((date, (chunk, row)));
            let rank = |(chunk, row): Row<'_>| {
                chunk.texts.iter().zip(&table.dictionaries).map(|(column, texts)| texts.text(column.at(row)).map(str::to_owned)).collect::<Vec<_>>()
            };
            if date < entry.0 || (date == entry.0 && rank((chunk, row)) < rank(entry.1)) {
                *entry = (date, (chunk, row));
            }
        }
        Some((table, first))
    }

    /// The rows up to the as-of date that meet all conditions.
    fn rows(&self, table: &'a Table, filter: &Option<Filter>) -> impl Iterator<Item = Row<'a>> + use<'a> {
        let as_of = self.as_of;
        let recorded = self.span(&table.source.id);
        let condition = filter.as_ref().map(|filter| filter.condition.clone());
        let rows = table.chunks.iter().flat_map(|chunk| (0..chunk.rows()).map(move |row| (chunk.as_ref(), row)));
        rows.filter(move |(chunk, row)| {
            chunk.date(*row).is_some_and(|date| date <= as_of && recorded.is_some_and(|span| span.contains(date)))
                && condition.as_ref().is_none_or(|condition| holds(condition, table, (*chunk, *row)))
        })
    }

    fn period_start(&self, grain: Grain, date: Date) -> Date {
        self.system.calendar().first_day(grain, date)
    }
}

/// Whether a row meets a condition.
fn holds(condition: &Condition, table: &Table, row: Row<'_>) -> bool {
    match condition {
        Condition::All(parts) => parts.iter().all(|part| holds(part, table, row)),
        Condition::Any(parts) => parts.iter().any(|part| holds(part, table, row)),
        Condition::Not(inner) => !holds(inner, table, row),
        Condition::Member { column, members } => {
            let text = text(table, row, column);
            members.iter().any(|member| member.as_deref() == text)
        }
        _ => false,
    }
}

fn text<'t>(table: &'t Table, (chunk, row): Row<'_>, id: &Id) -> Option<&'t str> {
    let code = chunk.texts.get(table.key(id.as_str())?)?.at(row);
    table.dictionary(id.as_str())?.text(code)
}

fn member(table: &Table, row: Row<'_>, by: &[Id]) -> Member {
    by.iter().map(|id| text(table, row, id).map(str::to_owned)).collect()
}
