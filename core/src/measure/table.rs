//! The columnar rows of one source.

use std::collections::BTreeMap;

use crate::base::calendar::Span;
use crate::base::date::Date;
use crate::base::id::Id;
use crate::model::source::{RecordedUntil, Rows, SourceTable};

/// The code of the null member.
pub(super) const NULL: u32 = 0;

/// A column of texts, each row holding the code of a dictionary entry; 0 is null.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TextColumn {
    pub(super) codes: Vec<u32>,
    entries: Vec<String>,
    by_text: BTreeMap<String, u32>,
}

impl TextColumn {
    pub(super) fn push(&mut self, text: &str) {
        let code = if text.is_empty() { NULL } else { self.intern(text) };
        self.codes.push(code);
    }

    fn intern(&mut self, text: &str) -> u32 {
        if let Some(code) = self.by_text.get(text) {
            return *code;
        }
        self.entries.push(text.to_owned());
        let code = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        self.by_text.insert(text.to_owned(), code);
        code
    }

    /// The text of a code; `None` for null.
    pub(super) fn text(&self, code: u32) -> Option<&str> {
        let index = usize::try_from(code).ok()?.checked_sub(1)?;
        self.entries.get(index).map(String::as_str)
    }

    /// The code of a text, if any row has it.
    pub(super) fn code(&self, text: &str) -> Option<u32> {
        self.by_text.get(text).copied()
    }

    pub(super) fn at(&self, row: usize) -> u32 {
        self.codes.get(row).copied().unwrap_or(NULL)
    }

    /// Its members, null left out.
    pub(super) fn known(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(String::as_str)
    }

    /// The number of different members, null left out.
    pub(super) fn members(&self) -> usize {
        self.entries.len()
    }
}

/// A column of exact decimals: mantissas at one scale.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct NumberColumn {
    pub(super) mantissas: Vec<Option<i128>>,
    pub(super) decimals: u32,
}

/// The rows of one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    /// The source as it was declared when the rows were read.
    pub(super) source: SourceTable,
    pub(super) dates: Vec<Date>,
    /// The entity (if declared) and the dimensions, by id.
    pub(super) texts: BTreeMap<Id, TextColumn>,
    pub(super) numbers: BTreeMap<Id, NumberColumn>,
}

impl Table {
    pub(super) fn new(source: &SourceTable) -> Self {
        let texts = source.dimensions.iter().chain(&source.entity).map(|column| (column.id.clone(), TextColumn::default()));
        let numbers = source.measures.iter().map(|measure| (measure.id.clone(), NumberColumn::default()));
        Self { source: source.clone(), dates: Vec::new(), texts: texts.collect(), numbers: numbers.collect() }
    }

    pub(super) fn text(&self, id: &str) -> Option<&TextColumn> {
        self.texts.get(id)
    }

    pub(super) fn number(&self, id: &str) -> Option<&NumberColumn> {
        self.numbers.get(id)
    }
}

/// Which days of a source are known to have been recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Recorded {
    /// The days between which rows could exist.
    pub(super) span: Option<Span>,
    /// For a daily source, the days that have rows, ascending.
    days: Option<Vec<Date>>,
}

impl Recorded {
    /// What was recorded up to and including the as-of date.
    pub(super) fn of(table: &Table, source: &SourceTable, as_of: Date) -> Self {
        let known = || table.dates.iter().copied().filter(|day| *day <= as_of);
        let first = source.recorded_from.or_else(|| known().min());
        let last = match source.recorded_until {
            RecordedUntil::LastRow => known().max(),
            RecordedUntil::AsOf => Some(as_of),
            RecordedUntil::Day(day) => Some(day.min(as_of)),
        };
        let span = first.zip(last).filter(|(first, last)| first <= last).map(|(first, last)| Span { first, last });
        let days = (source.rows == Rows::Daily).then(|| {
            let mut days: Vec<Date> = known().collect();
            days.sort_unstable();
            days.dedup();
            days
        });
        Self { span, days }
    }

    /// The number of recorded days within a span.
    pub(super) fn days_within(&self, span: Span) -> i64 {
        match &self.days {
            Some(days) => {
                let before = days.partition_point(|day| *day < span.first);
                let upto = days.partition_point(|day| *day <= span.last);
                i64::try_from(upto.saturating_sub(before)).unwrap_or(0)
            }
            None => self.span.and_then(|recorded| recorded.overlap(span)).map_or(0, Span::days),
        }
    }
}
