//! Where rows of every form go: columns, and a count of what cannot be used.

use std::ops::Range;
use std::sync::Arc;

use super::super::column::{Buffer, CodeColumn, NumberColumn};
use super::super::table::{Chunk, Table};
use super::codes::TextColumn;
use super::days::Days;
use super::fingerprint;
use super::header::Columns;
use super::number::Format;
use super::numbers::NumberBuilder;
use super::refusals::{Part, Refusals};
use super::scan::Plain;
use crate::base::code::Code;
use crate::base::date::Moment;
use crate::base::finding::Mark;
use crate::model::source::SourceTable;

/// The columns of a source while its rows are read.
pub(in crate::measure) struct Sink<'a> {
    pub(super) source: &'a SourceTable,
    /// The name by which findings refer to the rows.
    file: &'a str,
    days: Days<'a>,
    texts: Vec<TextColumn>,
    numbers: Vec<(NumberBuilder, Format)>,
    refusals: Refusals,
    named: u64,
    ready: Ready,
}

/// Columns that are there already, and need not be read row by row.
#[derive(Default)]
pub(super) struct Ready {
    pub(super) dates: Option<Buffer<i32>>,
    pub(super) texts: Vec<Option<CodeColumn>>,
    pub(super) numbers: Vec<Option<NumberColumn>>,
}

/// What a form gives for a cell.
#[derive(Clone, Copy, Debug)]
pub(super) enum Given<'c> {
    /// Nothing: the null member, or a missing number.
    Missing,
    /// A text as the source declares it.
    Text(&'c str),
    /// A number: its text as programs write it.
    Number(&'c str),
    /// `mantissa ÷ 10^decimals`.
    Decimal(i128, u32),
    /// A number that cannot be kept.
    TooLarge(&'c str),
    /// A day, or a time in it.
    Moment(Moment),
    /// Something else, shown.
    Other(&'c str),
}

/// Rows that were read together, with the table that holds them and those before.
pub(in crate::measure) struct Loaded {
    pub(in crate::measure) table: Table,
    pub(in crate::measure) refusals: Refusals,
}

impl<'a> Sink<'a> {
    /// New rows for a table, empty or not.
    pub(in crate::measure) fn new(table: &Table, source: &'a SourceTable, file: &'a str) -> Self {
        let texts = table.dictionaries.iter().map(|dictionary| TextColumn::new(dictionary.as_ref().clone())).collect();
        let numbers = source.measures.iter().map(|measure| (NumberBuilder::new(), Format::of(measure))).collect();
        Self { source, file, days: Days::new(&source.date), texts, numbers, refusals: Refusals::default(), named: 0, ready: Ready::default() }
    }

    /// Refuses a row as a whole.
    pub(super) fn refuse_row(&mut self, code: Code, part: Part, mark: impl FnOnce() -> Mark, example: impl FnOnce() -> String) {
        self.refusals.rows = self.refusals.rows.saturating_add(1);
        self.refusals.rejected_rows = self.refusals.rejected_rows.saturating_add(1);
        self.refusals.count(code, part, self.file, mark, example);
    }

    fn refuse_cell(refusals: &mut Refusals, file: &str, code: Code, part: Part, mark: impl FnOnce() -> Mark, example: &str) {
        refusals.rejected_cells = refusals.rejected_cells.saturating_add(1);
        refusals.count(code, part, file, mark, || example.to_owned());
    }

    /// Makes room for this many times the rows so far.
    pub(super) fn expect(&mut self, times: usize) {
        self.days.expect(times);
        self.texts.iter_mut().for_each(|column| column.expect(times));
        self.numbers.iter_mut().for_each(|(column, _)| column.expect(times));
    }

    /// Adds a row, cell by cell.
    pub(super) fn row<'c>(&mut self, mark: impl Fn() -> Mark, cell: impl Fn(Part) -> Given<'c>) {
        let (date, shown) = match cell(Part::Date) {
            Given::Text(text) | Given::Number(text) => (self.source.date.read(text.trim()), text),
            Given::Moment(moment) => (Some(moment), ""),
            Given::TooLarge(text) | Given::Other(text) => (None, text),
            Given::Missing | Given::Decimal(..) => (None, ""),
        };
        let Some(moment) = date else { return self.refuse_row(Code::BadDate, Part::Date, mark, || shown.to_owned()) };
        self.refusals.rows = self.refusals.rows.saturating_add(1);
        if self.ready.dates.is_none() {
            self.days.push(moment);
        }
        let entity = self.texts.len().checked_sub(1).filter(|_| self.source.entity.is_some());
        for (index, column) in self.texts.iter_mut().enumerate() {
            let part = Part::Text(index);
            if matches!(self.ready.texts.get(index), Some(Some(_))) {
                continue;
            }
            let some = match cell(part) {
                Given::Missing => column.push(""),
                Given::Text(text) | Given::Number(text) | Given::TooLarge(text) => column.push(text),
                Given::Decimal(mantissa, decimals) => column.push(&crate::base::number::Number::from_parts(mantissa, decimals).to_string()),
                Given::Moment(moment) => column.push(&crate::base::date::Date::from_epoch_days(moment.day).to_string()),
                Given::Other(shown) => {
                    Self::refuse_cell(&mut self.refusals, self.file, Code::WrongKind, part, &mark, shown);
                    column.push("")
                }
            };
            if entity == Some(index) {
                if some {
                    self.named = self.named.saturating_add(1);
                } else {
                    self.refusals.count(Code::MissingEntity, Part::Row, self.file, &mark, String::new);
                }
            }
        }
        for (index, (column, format)) in self.numbers.iter_mut().enumerate() {
            if matches!(self.ready.numbers.get(index), Some(Some(_))) {
                continue;
            }
            let refused = match cell(Part::Number(index)) {
                Given::Missing => {
                    column.gap();
                    None
                }
                Given::Text(text) => column.push_text(text, *format).err().map(|code| (code, text.trim())),
                Given::Number(text) => column.push_text(text, Format::PLAIN).err().map(|code| (code, text)),
                Given::Decimal(mantissa, decimals) => {
                    column.push(mantissa, decimals);
                    None
                }
                Given::TooLarge(text) => {
                    column.gap();
                    Some((Code::NumberOutOfRange, text))
                }
                Given::Moment(_) => {
                    column.gap();
                    Some((Code::WrongKind, "a date"))
                }
                Given::Other(shown) => {
                    column.gap();
                    Some((Code::WrongKind, shown))
                }
            };
            if let Some((code, example)) = refused {
                Self::refuse_cell(&mut self.refusals, self.file, code, Part::Number(index), &mark, example);
            }
        }
    }

    /// Adds rows whose cells are parts of a text, column by column; the first stands in this line.
    pub(super) fn rows(&mut self, text: &str, plain: &Plain, columns: &Columns, line: u32) {
        let text = plain.text(text);
        let mark = |row: usize| Mark { line: line.saturating_add(u32::try_from(row).unwrap_or(u32::MAX)), column: 1 };
        let mut first = 0;
        while first < plain.rows() {
            let dates = plain.column(columns.date, first..plain.rows());
            // Rows with dates up to the first without one.
            let dated = first.saturating_add(self.days.push_parts(text, dates.clone()));
            self.dated_rows(text, plain, columns, first..dated, mark);
            if let Some((start, end)) = dates.clone().nth(dated.saturating_sub(first)) {
                self.refuse_row(Code::BadDate, Part::Date, || mark(dated), || text.get(start..end).unwrap_or_default().to_owned());
            }
            first = dated.saturating_add(1);
        }
    }

    fn dated_rows(&mut self, text: &str, plain: &Plain, columns: &Columns, rows: Range<usize>, mark: impl Fn(usize) -> Mark + Copy) {
        let added = u64::try_from(rows.len()).unwrap_or(0);
        self.refusals.rows = self.refusals.rows.saturating_add(added);
        let entity = self.texts.len().checked_sub(1).filter(|_| self.source.entity.is_some());
        for (index, column) in self.texts.iter_mut().enumerate() {
            let parts = plain.column(columns.index(Part::Text(index)), rows.clone());
            let nulls = column.push_parts(text, parts.clone());
            if entity == Some(index) {
                self.named = self.named.saturating_add(added.saturating_sub(nulls));
                for (row, _) in rows.clone().zip(parts).filter(|(_, (start, end))| nulls > 0 && start == end) {
                    self.refusals.count(Code::MissingEntity, Part::Row, self.file, || mark(row), String::new);
                }
            }
        }
        for (index, (column, format)) in self.numbers.iter_mut().enumerate() {
            let (refusals, file) = (&mut self.refusals, self.file);
            let parts = plain.column(columns.index(Part::Number(index)), rows.clone());
            column.push_parts(text, *format, parts, |nth, code, example| {
                Self::refuse_cell(refusals, file, code, Part::Number(index), || mark(rows.start.saturating_add(nth)), example);
            });
        }
    }

    /// The texts so far of a column.
    #[cfg(feature = "arrow")]
    pub(super) fn dictionary(&mut self, key: usize) -> Option<&mut super::super::column::Dictionary> {
        self.texts.get_mut(key).map(|column| &mut column.dictionary)
    }

    /// Takes columns of so many rows; where all are there, no row follows.
    #[cfg(feature = "arrow")]
    pub(super) fn take(&mut self, ready: Ready, rows: usize) {
        let rows = u64::try_from(rows).unwrap_or(u64::MAX);
        if ready.is_complete() {
            self.refusals.rows = self.refusals.rows.saturating_add(rows);
        }
        if self.source.entity.is_some() && matches!(ready.texts.last(), Some(Some(_))) {
            self.named = self.named.saturating_add(rows);
        }
        self.ready = ready;
    }

    /// The table with the new rows.
    pub(in crate::measure) fn finish(self, table: &Table) -> Loaded {
        let (days, seconds) = self.days.finish();
        let dates = self.ready.dates.unwrap_or(days);
        let (dictionaries, texts): (Vec<_>, Vec<_>) = self.texts.into_iter().map(TextColumn::finish).unzip();
        let mut ready = self.ready.texts.into_iter();
        let texts = texts.into_iter().map(|column| ready.next().flatten().unwrap_or(column)).collect();
        let mut ready = self.ready.numbers.into_iter();
        let numbers = self.numbers.into_iter().map(|(numbers, _)| ready.next().flatten().unwrap_or_else(|| numbers.finish())).collect();
        let chunk = Chunk::new(dates, seconds, texts, numbers);
        let table = with_chunk(table, chunk, dictionaries, self.named);
        Loaded { table, refusals: self.refusals }
    }
}

#[cfg(feature = "arrow")]
impl Ready {
    pub(super) fn is_complete(&self) -> bool {
        self.dates.is_some() && self.texts.iter().all(Option::is_some) && self.numbers.iter().all(Option::is_some)
    }
}

/// A table with one more chunk, whose codes are those of these dictionaries.
pub(super) fn with_chunk(table: &Table, chunk: Chunk, dictionaries: Vec<super::super::column::Dictionary>, named: u64) -> Table {
    let mut table = table.clone();
    table.hashes = table.hashes.wrapping_add(fingerprint::of(&chunk, &dictionaries.iter().collect::<Vec<_>>()));
    table.named = table.named.saturating_add(named);
    table.dictionaries = dictionaries.into_iter().map(Arc::new).collect();
    if chunk.rows() > 0 {
        table.chunks.push(Arc::new(chunk));
    }
    table
}
