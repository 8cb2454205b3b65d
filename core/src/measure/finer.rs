//! Finer cells: those that are folded, of which the cells that are asked for are made.

use super::axes::{Axes, Axis};
use super::lanes::LanePlan;
use super::pass::Pass;
use super::places::Places;
use super::predicate::{self, TRUE};
use super::slices::Slices;
use crate::base::condition::Condition;
use crate::base::id::Id;

/// The most cells that are made finer.
const FINE: u64 = 1 << 16;

/// Cells that are fine enough for several questions: by the slices and dimensions of all of them,
/// and by the columns of conditions too. A condition on dimensions holds for all rows of such a
/// cell or for none, so that lanes need not ask it of each row.
pub(super) struct Finer {
    by: Vec<usize>,
    axes: Axes,
    slices: Slices,
    /// For each question, the cell that each of these is part of, and where rows belong that do
    /// not count; `None` where they are the same.
    pub(super) to: Vec<Option<Vec<u32>>>,
    /// For each condition that is decided so, whether it holds for each combination of members.
    pub(super) holds: Vec<Option<Vec<bool>>>,
}

impl Finer {
    /// For one question, whatever its size.
    pub(super) fn of(pass: &Pass<'_>, filters: &[&Condition]) -> Self {
        let finer = Self { by: pass.by.clone(), axes: pass.axes.clone(), slices: pass.slices.clone(), to: Vec::new(), holds: vec![None; filters.len()] };
        finer.decide(pass, filters).reach(std::slice::from_ref(pass))
    }

    /// For several over the same rows; `None` where there would be too many.
    pub(super) fn shared(passes: &[Pass<'_>], filters: &[&Condition]) -> Option<Self> {
        let first = passes.first()?;
        let mut finer = Self { by: Vec::new(), axes: Axes::default(), slices: Slices::default(), to: Vec::new(), holds: vec![None; filters.len()] };
        for pass in passes {
            if pass.span != first.span {
                return None;
            }
            finer.slices = finer.slices.union(&pass.slices);
            for (key, axis) in pass.by.iter().zip(&pass.axes.0) {
                match finer.by.iter().position(|by| by == key) {
                    Some(at) if finer.axes.0.get(at) == Some(axis) => {}
                    Some(_) => return None,
                    None => {
                        finer.by.push(*key);
                        finer.axes.0.push(axis.clone());
                    }
                }
            }
        }
        (finer.cells()? <= FINE).then(|| finer.decide(first, filters).reach(passes))
    }

    /// The number of cells; `None` beyond machine integers.
    fn cells(&self) -> Option<u64> {
        self.axes.size()?.checked_mul(u64::try_from(self.slices.len()).ok()?)
    }

    /// Adds the columns of conditions, as long as the cells stay few.
    fn decide(mut self, pass: &Pass<'_>, filters: &[&Condition]) -> Self {
        for (position, filter) in filters.iter().enumerate() {
            let keys: Option<Vec<usize>> = filter.columns().into_iter().map(|id| pass.table.key(id.as_str())).collect();
            let Some(keys) = keys else { continue };
            let before = self.by.len();
            for key in keys {
                if !self.by.contains(&key) {
                    self.by.push(key);
                    self.axes.0.push(Axis::of(pass.table.dictionaries.get(key).into_iter().flat_map(|dictionary| dictionary.known())));
                }
            }
            if self.cells().is_some_and(|cells| cells <= FINE) {
                if let Some(holds) = self.holds.get_mut(position) {
                    *holds = Some(Vec::new());
                }
            } else {
                self.by.truncate(before);
                self.axes.0.truncate(before);
            }
        }
        for (filter, position) in filters.iter().zip(0..) {
            if self.decides(position) {
                let holds = (0..self.axes.size().unwrap_or(0)).map(|combination| {
                    let texts = self.axes.texts(combination);
                    let text = |id: &Id| pass.table.key(id.as_str()).and_then(|key| *texts.get(self.by.iter().position(|by| *by == key)?)?);
                    predicate::of_texts(filter, &text) == TRUE
                });
                let holds = Some(holds.collect());
                if let Some(place) = self.holds.get_mut(position) {
                    *place = holds;
                }
            }
        }
        self
    }

    /// Works out which cell of each question every cell is part of.
    fn reach(mut self, passes: &[Pass<'_>]) -> Self {
        self.to = passes.iter().map(|pass| (pass.by != self.by || pass.slices != self.slices).then(|| self.parts(pass))).collect();
        self
    }

    fn parts(&self, pass: &Pass<'_>) -> Vec<u32> {
        let strides = self.axes.strides();
        let own = pass.axes.size().unwrap_or(u64::MAX);
        let digits: Vec<(u64, u64, u64)> = pass
            .by
            .iter()
            .zip(pass.axes.strides())
            .filter_map(|(key, stride)| {
                let at = self.by.iter().position(|by| by == key)?;
                Some((*strides.get(at)?, u64::try_from(self.axes.0.get(at)?.len()).ok()?, stride))
            })
            .collect();
        let combination = |fine: u64| {
            let digit = |(from, len, to): &(u64, u64, u64)| fine.checked_div(*from).and_then(|digit| digit.checked_rem(*len)).unwrap_or(0).saturating_mul(*to);
            digits.iter().map(digit).fold(0, u64::saturating_add)
        };
        let combinations: Vec<u64> = (0..self.axes.size().unwrap_or(0)).map(combination).collect();
        let position = |cell: Option<u64>| cell.and_then(|cell| u32::try_from(cell).ok()).unwrap_or(u32::MAX);
        let nowhere = u64::try_from(pass.slices.len()).ok().and_then(|slices| own.checked_mul(slices));
        let mut to = Vec::with_capacity(combinations.len().saturating_mul(self.slices.len()).saturating_add(1));
        for first in &self.slices.firsts {
            let slice = pass.slices.position(*first).and_then(|slice| u64::try_from(slice).ok()?.checked_mul(own));
            to.extend(combinations.iter().map(|combination| position(slice.map_or(nowhere, |slice| slice.checked_add(*combination)))));
        }
        to.push(position(nowhere));
        to
    }

    pub(super) fn places(&self, pass: &Pass<'_>) -> Places {
        Places::new(pass.table, pass.chunks, &self.by, &self.axes, &self.slices, pass.span)
    }

    /// The number of cells that are folded.
    pub(super) fn positions(&self, places: &Places) -> usize {
        places.cells(&self.slices, &self.axes)
    }

    /// Whether a condition holds in a cell; where it is not decided so, rows are asked instead.
    pub(super) fn holds(&self, filter: Option<usize>, cell: usize) -> bool {
        let holds = filter.and_then(|filter| self.holds.get(filter)?.as_deref());
        holds.is_none_or(|holds| cell.checked_rem(holds.len()).and_then(|combination| holds.get(combination)).copied().unwrap_or(false))
    }

    pub(super) fn decides(&self, filter: usize) -> bool {
        self.holds.get(filter).is_some_and(Option::is_some)
    }

    /// What a lane adds of each row: a condition that cells decide is not asked.
    pub(super) fn physical(&self, (adds, filter): LanePlan) -> LanePlan {
        (adds, filter.filter(|filter| !self.decides(*filter)))
    }
}
