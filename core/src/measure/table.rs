//! The columnar rows of one source: chunks, which never change, and the dictionaries that they
//! share. New rows come as new chunks.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

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
    /// For each dimension of the source that is declared within another, the pairs of members
    /// that rows have; worked out once, so that later checks follow the new chunks only.
    within: OnceLock<Vec<BTreeSet<(u32, u32)>>>,
}

impl Chunk {
    /// Puts columns of one length together.
    pub(super) fn new(dates: Buffer<i32>, seconds: Option<Buffer<i32>>, texts: Vec<CodeColumn>, numbers: Vec<NumberColumn>) -> Self {
        let days = rows_by_day(&dates);
        let numbers = numbers.into_iter().map(NumberColumn::halved).collect();
        Self { dates, seconds, texts, numbers, days, within: OnceLock::new() }
    }

    /// The pairs of members in some pairs of text columns, always those of its table's source.
    pub(super) fn within(&self, columns: &[(usize, usize)]) -> &[BTreeSet<(u32, u32)>] {
        self.within.get_or_init(|| super::hierarchy::pairs(self, columns))
    }

    pub(super) fn rows(&self) -> usize {
        self.dates.len()
    }

    /// Some of the rows, in this order.
    pub(super) fn only(&self, rows: &[usize]) -> Self {
        let days = |days: &Buffer<i32>| rows.iter().filter_map(|row| days.get(*row).copied()).collect::<Vec<i32>>().into();
        let texts = self.texts.iter().map(|column| CodeColumn::new(rows.iter().map(|row| column.at(*row)).collect()));
        let numbers = self.numbers.iter().map(|column| NumberColumn::new(&rows.iter().map(|row| column.at(*row)).collect::<Vec<_>>(), column.decimals));
        Self::new(days(&self.dates), self.seconds.as_ref().map(days), texts.collect(), numbers.collect())
    }

    pub(super) fn date(&self, row: usize) -> Option<Date> {
        self.dates.get(row).map(|day| Date::from_epoch_days(*day))
    }
}

/// The number of rows of each day that has any.
fn rows_by_day(dates: &[i32]) -> BTreeMap<Date, u64> {
    let first = dates.iter().copied().min().unwrap_or(0);
    let last = dates.iter().copied().max().unwrap_or(0);
    // The range of [`Date`] bounds this.
    let days = usize::try_from(last.saturating_sub(first)).unwrap_or(0).saturating_add(1);
    let mut counts = vec![0u64; days];
    for day in dates {
        if let Some(count) = usize::try_from(day.saturating_sub(first)).ok().and_then(|index| counts.get_mut(index)) {
            *count = count.saturating_add(1);
        }
    }
    // One by one: days that are collected are sorted first, by code of its own.
    let mut days = BTreeMap::new();
    days.extend((first..=last).zip(counts).filter(|(_, rows)| *rows > 0).map(|(day, rows)| (Date::from_epoch_days(day), rows)));
    days
}

/// The rows of one source.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// The source as it was declared when the rows were read.
    pub(super) source: SourceTable,
    pub(super) chunks: Vec<Arc<Chunk>>,
    /// In the order of [`Table::keys`].
    pub(super) dictionaries: Vec<Arc<Dictionary>>,
    /// The sum of the hashes of its rows: it does not depend on their order, and adds up.
    pub(super) hashes: u128,
    /// The number of rows that name an entity.
    pub(super) named: u64,
}

impl Table {
    pub(super) fn new(source: &SourceTable) -> Self {
        let dictionaries = source.keys().map(|_| Arc::default()).collect();
        Self { source: source.clone(), chunks: Vec::new(), dictionaries, hashes: 0, named: 0 }
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
