//! The columnar rows of one source: chunks, which never change, and the dictionaries that they
//! share. New rows come as new chunks.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::column::{Buffer, CodeColumn, Dictionary, NumberColumn};
use crate::base::calendar::Span;
use crate::base::date::Date;
use crate::model::source::{RecordedUntil, Rows, SourceTable};

/// Rows that were read together.
#[derive(Clone, Debug)]
pub(super) struct Chunk {
    /// Days since 1970-01-01, every one within the range of [`Date`].
    pub(super) dates: Buffer<i32>,
    /// Seconds since the start of the business day, where the source has times.
    pub(super) seconds: Option<Buffer<i32>>,
    /// In the order of [`Table::keys`].
    pub(super) texts: Vec<CodeColumn>,
    /// In the order of the source's measures.
    pub(super) numbers: Vec<NumberColumn>,
    /// The number of rows of each day that has any, by day.
    pub(super) days: BTreeMap<Date, u64>,
}

impl Chunk {
    /// Puts columns of one length together.
    pub(super) fn new(dates: Buffer<i32>, seconds: Option<Buffer<i32>>, texts: Vec<CodeColumn>, numbers: Vec<NumberColumn>) -> Self {
        let mut days: BTreeMap<Date, u64> = BTreeMap::new();
        let mut run: Option<(i32, u64)> = None;
        let mut count = |day: i32, rows: u64| {
            let entry = days.entry(Date::from_epoch_days(day)).or_default();
            *entry = entry.saturating_add(rows);
        };
        for day in dates.iter().copied() {
            match &mut run {
                Some((same, rows)) if *same == day => *rows = rows.saturating_add(1),
                _ => {
                    if let Some((day, rows)) = run.replace((day, 1)) {
                        count(day, rows);
                    }
                }
            }
        }
        if let Some((day, rows)) = run {
            count(day, rows);
        }
        Self { dates, seconds, texts, numbers, days }
    }

    pub(super) fn rows(&self) -> usize {
        self.dates.len()
    }

    pub(super) fn date(&self, row: usize) -> Option<Date> {
        self.dates.get(row).map(|day| Date::from_epoch_days(*day))
    }
}

/// The rows of one source.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// The source as it was declared when the rows were read.
    pub(super) source: SourceTable,
    pub(super) chunks: Vec<Arc<Chunk>>,
    /// In the order of [`Table::keys`].
    pub(super) dictionaries: Vec<Arc<Dictionary>>,
}

impl Table {
    pub(super) fn new(source: &SourceTable) -> Self {
        let dictionaries = source.keys().map(|_| Arc::default()).collect();
        Self { source: source.clone(), chunks: Vec::new(), dictionaries }
    }

    /// The position of a dimension, or of the entity, among the text columns.
    pub(super) fn key(&self, id: &str) -> Option<usize> {
        self.source.keys().position(|column| column.id.as_str() == id)
    }

    /// The position of a measure among the number columns.
    pub(super) fn measure(&self, id: &str) -> Option<usize> {
        self.source.measures.iter().position(|measure| measure.id.as_str() == id)
    }

    /// The texts of a dimension or of the entity.
    pub(super) fn dictionary(&self, id: &str) -> Option<&Dictionary> {
        self.dictionaries.get(self.key(id)?).map(Arc::as_ref)
    }

    pub(super) fn rows(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.rows()).sum()
    }

    /// The number of rows of each day that has any.
    pub(super) fn days(&self) -> BTreeMap<Date, u64> {
        let mut days: BTreeMap<Date, u64> = BTreeMap::new();
        for (day, rows) in self.chunks.iter().flat_map(|chunk| &chunk.days) {
            let entry = days.entry(*day).or_default();
            *entry = entry.saturating_add(*rows);
        }
        days
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
    /// What was recorded up to and including the as-of date, given the days that have rows.
    pub(super) fn of(days: &BTreeMap<Date, u64>, source: &SourceTable, as_of: Date) -> Self {
        let known = days.range(..=as_of).map(|(day, _)| *day);
        let first = source.recorded_from.or_else(|| known.clone().next());
        let last = match source.recorded_until {
            RecordedUntil::LastRow => known.clone().next_back(),
            RecordedUntil::AsOf => Some(as_of),
            RecordedUntil::Day(day) => Some(day.min(as_of)),
        };
        let span = first.zip(last).filter(|(first, last)| first <= last).map(|(first, last)| Span { first, last });
        // A row from outside the recorded days does not count, and covers nothing.
        let days = (source.rows == Rows::Daily).then(|| known.filter(|day| span.is_some_and(|span| span.contains(*day))).collect());
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
