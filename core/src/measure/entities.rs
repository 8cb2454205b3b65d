//! Entities: when each first entered and moved on, and the cells of what follows from it.

use std::collections::BTreeMap;

use super::axes::Axes;
use super::cell::{Cell, Content};
use super::column::NULL;
use super::grid::Grid;
use super::pass::BLOCK;
use super::predicate::{Predicate, TRUE};
use super::slices::Slices;
use super::table::{Chunk, Table};
use crate::base::calendar::Span;
use crate::base::condition::Condition;
use crate::base::date::Date;

/// The rows of a table that meet a condition within some days.
pub(super) struct Kept<'a> {
    pub(super) table: &'a Table,
    pub(super) filter: Option<&'a Condition>,
    pub(super) span: Span,
    /// The text column that names the entity.
    pub(super) entity: usize,
}

/// A row of a table: its chunk, and its position in it.
pub(super) type Row = (usize, usize);

/// When something happened: the day, and the second of it where that is known.
pub(super) type Moment = (i32, Option<i32>);

impl<'a> Kept<'a> {
    /// Hands out each row that is kept.
    pub(super) fn for_each(&self, mut take: impl FnMut(Row, &'a Chunk)) {
        let (first, last) = (self.span.first.epoch_days(), self.span.last.epoch_days());
        let mut truths = [TRUE; BLOCK];
        for (position, chunk) in self.table.chunks.iter().enumerate() {
            let predicate = self.filter.map(|filter| Predicate::new(filter, self.table, chunk));
            for start in (0..chunk.rows()).step_by(BLOCK) {
                if let Some(predicate) = &predicate {
                    predicate.evaluate(start, &mut truths);
                }
                let days = chunk.dates.get(start..).unwrap_or_default();
                for (row, (day, truth)) in days.iter().zip(&truths).enumerate() {
                    if *truth == TRUE && (first..=last).contains(day) {
                        take((position, start.saturating_add(row)), chunk);
                    }
                }
            }
        }
    }

    /// Each entity's first row, by the code of the entity and of another text column, if one must
    /// match. Rows of the same moment are told apart by their texts, so that their order does not
    /// matter.
    pub(super) fn firsts(&self, matching: Option<usize>) -> BTreeMap<(u32, u32), (Moment, Row)> {
        let mut firsts: BTreeMap<(u32, u32), (Moment, Row)> = BTreeMap::new();
        self.for_each(|row, chunk| {
            let code = |key: usize| chunk.texts.get(key).map_or(NULL, |column| column.at(row.1));
            let entity = code(self.entity);
            if entity == NULL {
                return;
            }
            let key = (entity, matching.map_or(NULL, code));
            let moment = moment(chunk, row.1);
            let known = firsts.entry(key).or_insert((moment, row));
            let tie = moment == known.0 && row != known.1;
            if moment < known.0 || (tie && self.texts(row) < self.texts(known.1)) {
                *known = (moment, row);
            }
        });
        firsts
    }

    /// The texts of a row, in the order of the table's keys.
    pub(super) fn texts(&self, row: Row) -> Vec<Option<&'a str>> {
        let chunk = self.table.chunks.get(row.0);
        let dictionaries = self.table.dictionaries.iter().enumerate();
        dictionaries.map(|(key, dictionary)| dictionary.text(chunk?.texts.get(key)?.at(row.1))).collect()
    }

    /// The combination of members of a row.
    pub(super) fn combination(&self, row: Row, by: &[usize], axes: &Axes) -> Option<u64> {
        let texts = self.texts(row);
        axes.combination(by.iter().map(|key| texts.get(*key).copied().flatten()))
    }

    /// The text of an entity's code.
    pub(super) fn name(&self, code: u32) -> Option<&'a str> {
        self.table.dictionaries.get(self.entity)?.text(code)
    }
}

/// When a row happened.
pub(super) fn moment(chunk: &Chunk, row: usize) -> Moment {
    let seconds = chunk.seconds.as_ref().and_then(|seconds| seconds.get(row)).copied();
    (chunk.dates.get(row).copied().unwrap_or(i32::MAX), seconds)
}

/// An entity that entered, and when it moved on.
pub(super) struct Passage {
    pub(super) entered: Date,
    pub(super) left: Option<Date>,
    /// The combination of members of the row in which it entered.
    pub(super) combination: u64,
}

/// The two sides of a conversion or duration.
pub(super) struct Sides<'a> {
    pub(super) from: Kept<'a>,
    pub(super) to: Kept<'a>,
    /// The text column that must have the same member, on both sides.
    pub(super) matching: Option<(usize, usize)>,
}

impl Sides<'_> {
    /// Every entity that entered; and of those that moved on, how many never did, and all.
    pub(super) fn passages(&self, by: &[usize], axes: &Axes) -> (Vec<Passage>, (u64, u64)) {
        let left = self.to.firsts(self.matching.map(|(_, to)| to));
        let text = |kept: &Kept<'_>, key: usize, code: u32| kept.table.dictionaries.get(key).and_then(|dictionary| dictionary.text(code)).map(str::to_owned);
        // By the texts of the entity and of what must match: codes are those of a table.
        let mut outcomes: BTreeMap<(&str, Option<String>), Moment> = BTreeMap::new();
        for ((entity, other), (moment, _)) in left {
            if let Some(name) = self.to.name(entity) {
                outcomes.insert((name, self.matching.and_then(|(_, to)| text(&self.to, to, other))), moment);
            }
        }
        let all = u64::try_from(outcomes.len()).unwrap_or(u64::MAX);
        let mut passages = Vec::new();
        for ((entity, _), (moment, row)) in self.from.firsts(None) {
            let (Some(name), Some(combination)) = (self.from.name(entity), self.from.combination(row, by, axes)) else { continue };
            let other = self.matching.and_then(|(from, _)| self.from.texts(row).get(from).copied().flatten().map(str::to_owned));
            let left = outcomes.remove(&(name, other)).map(|left| Date::from_epoch_days(left.0));
            passages.push(Passage { entered: Date::from_epoch_days(moment.0), left, combination });
        }
        let unmatched = u64::try_from(outcomes.len()).unwrap_or(u64::MAX);
        (passages, (unmatched, all))
    }
}

/// Folds cells that are found one by one.
pub(super) fn grid(slices: Slices, found: impl IntoIterator<Item = (Date, u64, Cell)>) -> Grid {
    let mut cells: BTreeMap<(usize, u64), Cell> = BTreeMap::new();
    for (day, combination, cell) in found {
        if let Some(slice) = slices.position(day) {
            cells.entry((slice, combination)).or_default().merge(&cell);
        }
    }
    Grid::of_cells(slices, cells)
}

/// The cells of a conversion: by cohort in the slice of entering, or moving on in its own slice.
pub(super) fn conversion(passages: &[Passage], within_days: Option<u32>, same_period: bool) -> impl Iterator<Item = (Date, u64, Cell)> {
    passages.iter().flat_map(move |passage| {
        let days = passage.left.map(|left| left.days_since(passage.entered));
        let counted = days.filter(|days| within_days.is_none_or(|within| *days <= i64::from(within)));
        let moved = Content::Conversion { converted: u64::from(counted.is_some()), early: u64::from(counted.is_some_and(|days| days < 0)) };
        let still = Content::Conversion { converted: 0, early: 0 };
        let (cohort, later) = match passage.left.filter(|_| same_period && counted.is_some()) {
            Some(left) => (still, Some((left, passage.combination, Cell { rows: 0, content: moved }))),
            None if same_period => (still, None),
            None => (moved, None),
        };
        [Some((passage.entered, passage.combination, Cell { rows: 1, content: cohort })), later].into_iter().flatten()
    })
}

/// The cells of a duration, in the slice in which it ends.
pub(super) fn duration(passages: &[Passage]) -> impl Iterator<Item = (Date, u64, Cell)> {
    passages.iter().filter_map(|passage| {
        let left = passage.left?;
        let days = i128::from(left.days_since(passage.entered));
        Some((left, passage.combination, Cell { rows: 1, content: Content::Values { values: vec![days], decimals: 0 } }))
    })
}
