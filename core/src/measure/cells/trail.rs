//! Trails: the rows of a figure through which others follow entities, as far as they may matter.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::super::column::{CodeColumn, Dictionary, NULL, NumberColumn};
use super::super::entities::{Kept, moment};
use super::super::table::{Chunk, Table};
use super::Census;
use super::decimal::{read_small, written};
use super::outline::{Keeps, TrailHead};
use crate::base::date::Date;
use crate::model::source::SourceTable;

/// A row: its day, the second of the day where it is known, its texts and its numbers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Row(pub(super) Date, pub(super) Option<i32>, pub(super) Vec<Option<String>>, pub(super) Vec<Option<String>>);

/// The rows that may matter, in an order of their own.
#[derive(Clone, Debug)]
pub(super) struct Trail {
    pub(super) head: TrailHead,
    pub(super) rows: Vec<Row>,
}

impl Trail {
    /// The rows of a partition.
    pub(super) fn of(head: TrailHead, keeps: &Keeps, kept: Option<&Kept<'_>>) -> Self {
        let mut trail = Self { head, rows: Vec::new() };
        let Some(kept) = kept else { return trail };
        let numbers = trail.head.numbers.len();
        let mut take = |at: (usize, usize), chunk: &Chunk| {
            let (day, second) = moment(chunk, at.1);
            let number = |column: &NumberColumn| column.at(at.1).map(|mantissa| written(mantissa, column.decimals));
            let texts = kept.texts(at).into_iter().map(|text| text.map(str::to_owned)).collect();
            trail.rows.push(Row(Date::from_epoch_days(day), second, texts, chunk.numbers.iter().take(numbers).map(number).collect()));
        };
        match keeps {
            Keeps::All => kept.for_each(|at, chunk| {
                if chunk.texts.get(kept.entity).is_some_and(|column| kept.name(column.at(at.1)).is_some()) {
                    take(at, chunk);
                }
            }),
            Keeps::First(matching) => {
                let matching = matching.as_ref().and_then(|id| kept.table.key(id.as_str()));
                for (_, at) in kept.firsts(matching).into_values() {
                    kept.table.chunks.get(at.0).into_iter().for_each(|chunk| take(at, chunk));
                }
            }
        }
        trail.reduce(keeps);
        trail
    }

    pub(super) fn merge(&mut self, other: Self, keeps: &Keeps) {
        self.rows.extend(other.rows);
        self.reduce(keeps);
    }

    /// Orders the rows, and keeps those that may matter: what is first of several partitions is
    /// first of what is first in each.
    pub(super) fn reduce(&mut self, keeps: &Keeps) {
        let matching = if let Keeps::First(Some(id)) = keeps { self.head.texts.iter().position(|known| known == id) } else { None };
        let entity = |row: &Row| (row.2.last().cloned(), matching.and_then(|at| row.2.get(at).cloned()));
        self.rows.sort_by(|left, right| entity(left).cmp(&entity(right)).then_with(|| left.cmp(right)));
        if matches!(keeps, Keeps::First(_)) {
            self.rows.dedup_by(|later, first| entity(later) == entity(first));
        }
    }

    /// The rows as a table of their source; `None` when a number is none.
    pub(super) fn table(&self, source: &SourceTable, census: &Census) -> Option<Table> {
        let mut table = Table::new(source);
        let mut dictionaries: Vec<Dictionary> = vec![Dictionary::default(); table.dictionaries.len()];
        // Rows of one table have seconds, or have none.
        for timed in [true, false] {
            let rows: Vec<&Row> = self.rows.iter().filter(|row| row.1.is_some() == timed).collect();
            if rows.is_empty() {
                continue;
            }
            let texts = dictionaries.iter_mut().enumerate().map(|(at, dictionary)| {
                let code = |row: &&Row| row.2.get(at).and_then(Option::as_deref).map_or(NULL, |text| dictionary.intern(text));
                CodeColumn::new(rows.iter().map(code).collect())
            });
            let texts = texts.collect();
            let numbers = self.head.numbers.iter().enumerate().map(|(at, id)| {
                let decimals = census.decimals.get(id).copied().unwrap_or(0);
                let mantissa = |row: &&Row| match row.3.get(at).and_then(Option::as_deref) {
                    None => Some(None),
                    Some(text) => {
                        let (mantissa, own) = read_small(text)?;
                        Some(Some(mantissa.checked_mul(10i128.checked_pow(decimals.checked_sub(own)?)?)?))
                    }
                };
                Some(NumberColumn::new(&rows.iter().map(mantissa).collect::<Option<Vec<_>>>()?, decimals))
            });
            let dates: Vec<i32> = rows.iter().map(|row| row.0.epoch_days()).collect();
            let seconds: Option<Vec<i32>> = rows.iter().map(|row| row.1).collect();
            table.chunks.push(Arc::new(Chunk::new(dates.into(), seconds.map(Into::into), texts, numbers.collect::<Option<_>>()?)));
        }
        table.dictionaries = dictionaries.into_iter().map(Arc::new).collect();
        Some(table)
    }
}

#[cfg(test)]
mod tests {
    use super::{Keeps, Row, Trail, TrailHead};
    use crate::Id;
    use proptest::prelude::*;

    fn id(text: &str) -> Id {
        Id::new(text).unwrap()
    }

    fn trail(rows: &[Row], keeps: &Keeps) -> Trail {
        let mut trail = Trail { head: TrailHead { texts: vec![id("channel"), id("lead")], numbers: Vec::new() }, rows: rows.to_vec() };
        trail.reduce(keeps);
        trail
    }

    proptest! {
        #[test]
        fn the_first_of_all_is_the_first_of_the_firsts(
            found in prop::collection::vec((0i64..3, prop::option::of(0i32..3), 0u8..3, 0u8..4), 0..40),
            cut in 0usize..40,
            matching in any::<bool>(),
        ) {
            let start: crate::Date = "2026-01-05".parse().unwrap();
            let row = |(day, second, channel, lead): &(i64, Option<i32>, u8, u8)| {
                let channel = (*channel > 0).then(|| format!("c{channel}"));
                Row(start.plus_days(*day), *second, vec![channel, Some(format!("l{lead}"))], Vec::new())
            };
            let rows: Vec<Row> = found.iter().map(row).collect();
            let keeps = Keeps::First(matching.then(|| id("channel")));
            let (left, right) = rows.split_at(cut.min(rows.len()));
            let mut merged = trail(right, &keeps);
            merged.merge(trail(left, &keeps), &keeps);
            prop_assert_eq!(&merged.rows, &trail(&rows, &keeps).rows);
            // Each is the least of its entity, by the day, the second and then the texts.
            let key = |row: &Row| (row.2[1].clone(), matching.then(|| row.2[0].clone()));
            for row in &rows {
                let first = merged.rows.iter().find(|first| key(first) == key(row)).unwrap();
                prop_assert!(first <= row);
            }
        }
    }
}
