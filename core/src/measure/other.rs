//! Aggregates that are not made of lanes: folded row by row.

use super::cell::Content;
use super::column::{Codes, NULL};
use super::lanes::Lane;
use super::pass::{BLOCK, Kind, Pass};
use super::sets::Gathered;
use super::sketch::Sketch;
use super::table::Chunk;
use super::total::Total;

/// What the rows of an aggregate come to, cell by cell.
pub(super) enum Other {
    /// A sum of a column that is too wide for a lane.
    Sum(Vec<Total>),
    /// Sums of products and of weights, and how many rows have both.
    Weighted(Vec<(Total, Total, u64)>),
    Extreme(Vec<(Option<i128>, u64)>),
    /// Cells and numbers, sorted at the end.
    Values(Vec<(u32, i128)>),
    Set(Gathered),
    /// Made of lanes.
    None,
}

impl Other {
    pub(super) fn new(pass: &Pass<'_>, kind: &Kind, cells: usize) -> Self {
        // Rows that do not count have a place, too.
        let cells = cells.saturating_add(1);
        match kind {
            Kind::Sum { measure } if !pass.is_narrow(*measure) => Self::Sum(vec![Total::default(); cells]),
            Kind::Rows | Kind::Sum { .. } => Self::None,
            Kind::Weighted { .. } => Self::Weighted(vec![Default::default(); cells]),
            Kind::Extreme { .. } => Self::Extreme(vec![(None, 0); cells]),
            Kind::Values { .. } => Self::Values(Vec::new()),
            Kind::Set { key, .. } => {
                Self::Set(Gathered::new(cells.saturating_sub(1), pass.table.dictionaries.get(*key).map_or(0, |dictionary| dictionary.members())))
            }
        }
    }

    /// Whether it is folded row by row.
    pub(super) fn reads_rows(&self) -> bool {
        !matches!(self, Self::None)
    }

    /// Folds the rows of a block that a mask keeps.
    #[allow(clippy::too_many_arguments, reason = "a block and what is done with it")]
    pub(super) fn fold(&mut self, pass: &Pass<'_>, kind: &Kind, mask: Option<&Lane>, chunk: &Chunk, start: usize, rows: usize, index: &[u32; BLOCK]) {
        let place = |at: u32| usize::try_from(at).ok();
        let kept = index.iter().enumerate().take(rows).filter(|(row, _)| mask.and_then(|mask| mask.get(*row)).is_none_or(|mask| *mask != 0));
        let number = |measure: usize| {
            let column = chunk.numbers.get(measure);
            let factor = 10i128.checked_pow(pass.decimals(measure).saturating_sub(column.map_or(0, |column| column.decimals))).unwrap_or(1);
            move |row: usize| column.and_then(|column| column.at(start.saturating_add(row))).map(|mantissa| mantissa.saturating_mul(factor))
        };
        match (self, kind) {
            (Self::Sum(totals), Kind::Sum { measure }) => {
                let number = number(*measure);
                for (row, at) in kept {
                    if let (Some(total), Some(mantissa)) = (place(*at).and_then(|at| totals.get_mut(at)), number(row)) {
                        total.add(mantissa);
                    }
                }
            }
            (Self::Weighted(sums), Kind::Weighted { measure, weight, filled }) => {
                let (number, weight) = (number(*measure), number(*weight));
                for (row, at) in kept {
                    let Some((products, weights, present)) = place(*at).and_then(|at| sums.get_mut(at)) else { continue };
                    match (number(row), weight(row)) {
                        (Some(number), Some(weight)) => {
                            products.add_product(number, weight);
                            weights.add(weight);
                            *present = present.saturating_add(1);
                        }
                        (None, Some(weight)) if *filled => weights.add(weight),
                        _ => {}
                    }
                }
            }
            (Self::Extreme(found), Kind::Extreme { measure, largest }) => {
                let number = number(*measure);
                for (row, at) in kept {
                    let Some((extreme, present)) = place(*at).and_then(|at| found.get_mut(at)) else { continue };
                    if let Some(number) = number(row) {
                        *extreme = Some(extreme.map_or(number, |known| if *largest { known.max(number) } else { known.min(number) }));
                        *present = present.saturating_add(1);
                    }
                }
            }
            (Self::Values(pairs), Kind::Values { measure }) => {
                let number = number(*measure);
                pairs.extend(kept.filter_map(|(row, at)| Some((*at, number(row)?))));
            }
            (Self::Set(sets), Kind::Set { key, .. }) => {
                let Some(column) = chunk.texts.get(*key) else { return };
                if let (None, None, Codes::Long(codes)) = (mask, &column.to_table, &column.codes) {
                    let codes = codes.get(start..start.saturating_add(rows)).unwrap_or_default();
                    codes.iter().zip(index).filter(|(code, _)| **code != NULL).for_each(|(code, at)| sets.add(*at, *code));
                    return;
                }
                for (row, at) in kept {
                    let code = column.at(start.saturating_add(row));
                    if code != NULL {
                        sets.add(*at, code);
                    }
                }
            }
            _ => {}
        }
    }

    /// What some cells come to, ascending.
    pub(super) fn contents(self, pass: &Pass<'_>, kind: &Kind, cells: &[usize]) -> Vec<Content> {
        match (kind, self) {
            (Kind::Weighted { measure, weight, .. }, Self::Weighted(mut sums)) => {
                let (weight_decimals, decimals) = (pass.decimals(*weight), pass.decimals(*measure));
                let content = |cell: &usize| {
                    let (products, weights, present) = sums.get_mut(*cell).map(std::mem::take).unwrap_or_default();
                    Content::Weighted { products, decimals: decimals.saturating_add(weight_decimals), weights, weight_decimals, present }
                };
                cells.iter().map(content).collect()
            }
            (Kind::Extreme { measure, largest }, Self::Extreme(found)) => {
                let decimals = pass.decimals(*measure);
                let content = |cell: &usize| {
                    let (number, present) = found.get(*cell).copied().unwrap_or_default();
                    Content::Extreme { number, decimals, largest: *largest, present }
                };
                cells.iter().map(content).collect()
            }
            (Kind::Values { measure }, Self::Values(mut pairs)) => {
                let decimals = pass.decimals(*measure);
                pairs.sort_unstable();
                let mut rest = pairs.as_slice();
                let content = |cell: &usize| {
                    let (mine, after) = take_cell(rest, *cell);
                    rest = after;
                    Content::Values { values: mine.iter().map(|(_, value)| *value).collect(), decimals }
                };
                cells.iter().map(content).collect()
            }
            (Kind::Set { key, approximate }, Self::Set(sets)) => {
                let mut sets = sets.finish();
                let dictionary = pass.table.dictionaries.get(*key);
                let content = |cell: &usize| {
                    let set = sets.get_mut(*cell).map(std::mem::take).unwrap_or_default();
                    match dictionary.filter(|_| *approximate) {
                        Some(dictionary) => Content::Sketch(Sketch::of(set.codes().into_iter().filter_map(|code| dictionary.text(code)))),
                        None => Content::Set(set),
                    }
                };
                cells.iter().map(content).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// A number, and the cell that it is of.
type OfCell = (u32, i128);

/// The numbers of a cell at the head of a sorted list, those of earlier cells passed over, and the rest.
fn take_cell(pairs: &[OfCell], cell: usize) -> (&[OfCell], &[OfCell]) {
    let cell = u32::try_from(cell).unwrap_or(u32::MAX);
    let from = pairs.partition_point(|(of, _)| *of < cell);
    let pairs = pairs.get(from..).unwrap_or_default();
    pairs.split_at(pairs.partition_point(|(of, _)| *of == cell))
}
