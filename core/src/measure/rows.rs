//! Rows to cells: which rows a definition reads, and how they are folded.

use std::collections::BTreeMap;

use super::cell::Cell;
use super::evaluate::{Cells, Evaluation};
use super::observation::Member;
use super::table::{NULL, Table};
use crate::base::calendar::Grain;
use crate::base::date::Date;
use crate::base::id::Id;
use crate::model::kpi::{Calculation, Condition, Definition};

/// Each entity's first row: its date and index.
pub(super) type FirstRows<'a> = BTreeMap<&'a str, (Date, usize)>;

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
            Calculation::Conversion { from, to, within_days } => {
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
            Calculation::Sum { measure, .. } | Calculation::Mean { measure, .. } | Calculation::Summary { measure, .. } => table.number(measure.as_str()),
            _ => None,
        };
        let distinct = match calculation {
            Calculation::Distinct { column, .. } => table.text(column.as_str()),
            _ => None,
        };
        let mut cells = Cells::new();
        for row in self.rows(table, &definition.filter) {
            let Some(date) = table.dates.get(row) else { continue };
            let key = (self.period_start(grain, *date), member(table, row, by));
            let cell = cells.entry(key).or_insert_with(|| Cell::empty(calculation, numbers.map_or(0, |column| column.decimals)));
            match (numbers, distinct) {
                (Some(column), _) => cell.add_number(column.mantissas.get(row).copied().flatten()),
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
        let entities = table.text(source.entity.as_ref()?.id.as_str())?;
        let mut first = FirstRows::new();
        for row in self.rows(table, &definition.filter) {
            let (Some(date), Some(entity)) = (table.dates.get(row), entities.text(entities.at(row))) else { continue };
            let entry = first.entry(entity).or_insert((*date, row));
            let rank = |row: usize| table.texts.values().map(|column| column.text(column.at(row))).collect::<Vec<_>>();
            if *date < entry.0 || (*date == entry.0 && row != entry.1 && rank(row) < rank(entry.1)) {
                *entry = (*date, row);
            }
        }
        Some((table, first))
    }

    /// The rows up to the as-of date that meet all conditions.
    fn rows(&self, table: &'a Table, filter: &[Condition]) -> impl Iterator<Item = usize> + use<'a> {
        let as_of = self.as_of;
        let recorded = self.span(&table.source.id);
        let tests: Vec<_> = filter
            .iter()
            .filter_map(|condition| {
                let column = table.text(condition.column.as_str())?;
                let codes: Vec<u32> = condition.members.iter().filter_map(|member| member.as_ref().map_or(Some(NULL), |text| column.code(text))).collect();
                Some((column, codes, condition.excluded))
            })
            .collect();
        (0..table.dates.len()).filter(move |row| {
            table.dates.get(*row).is_some_and(|date| *date <= as_of && recorded.is_some_and(|span| span.contains(*date)))
                && tests.iter().all(|(column, codes, excluded)| codes.contains(&column.at(*row)) != *excluded)
        })
    }

    fn period_start(&self, grain: Grain, date: Date) -> Date {
        self.system.calendar().first_day(grain, date)
    }
}

fn member(table: &Table, row: usize, by: &[Id]) -> Member {
    by.iter().map(|id| table.text(id.as_str()).and_then(|column| column.text(column.at(row))).map(str::to_owned)).collect()
}
