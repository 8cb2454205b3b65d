//! Finer cells: those that spare the pass from asking a condition of each row.

use super::axes::{Axes, Axis};
use super::lanes::LanePlan;
use super::pass::Pass;
use super::predicate::{self, TRUE};
use crate::base::condition::Condition;
use crate::base::id::Id;

/// The most cells that are made finer to spare conditions.
const FINE: u64 = 1 << 16;

/// Cells by the columns of conditions too. A condition on dimensions holds for all rows of such a
/// cell or for none, so that lanes need not ask it of each row.
pub(super) struct Finer {
    pub(super) by: Vec<usize>,
    pub(super) axes: Axes,
    /// How many of these cells make one that is asked for.
    pub(super) each: usize,
    /// For each filter that is decided so, whether it holds for each combination of members.
    pub(super) holds: Vec<Option<Vec<bool>>>,
}

impl Finer {
    pub(super) fn new(pass: &Pass<'_>, filters: &[&Condition]) -> Self {
        let mut finer = Self { by: pass.by.clone(), axes: pass.axes.clone(), each: 1, holds: vec![None; filters.len()] };
        let own = pass.axes.size().unwrap_or(u64::MAX);
        let slices = u64::try_from(pass.slices.len()).unwrap_or(u64::MAX);
        for (filter, holds) in filters.iter().zip(0..) {
            let keys: Option<Vec<usize>> = filter.columns().into_iter().map(|id| pass.table.key(id.as_str())).collect();
            let Some(keys) = keys else { continue };
            let (mut by, mut axes) = (finer.by.clone(), finer.axes.clone());
            for key in keys {
                if !by.contains(&key) {
                    by.push(key);
                    axes.0.push(Axis::of(pass.table.dictionaries.get(key).into_iter().flat_map(|dictionary| dictionary.known())));
                }
            }
            if axes.size().unwrap_or(u64::MAX).saturating_mul(slices) <= FINE {
                (finer.by, finer.axes) = (by, axes);
                if let Some(holds) = finer.holds.get_mut(holds) {
                    *holds = Some(Vec::new());
                }
            }
        }
        finer.each = usize::try_from(finer.axes.size().unwrap_or(0).checked_div(own).unwrap_or(1)).unwrap_or(1);
        for (filter, holds) in filters.iter().zip(&mut finer.holds) {
            if let Some(holds) = holds {
                *holds = (0..finer.axes.size().unwrap_or(0))
                    .map(|combination| {
                        let member = finer.axes.member(combination);
                        let text = |id: &Id| {
                            pass.table.key(id.as_str()).and_then(|key| finer.by.iter().position(|by| *by == key)).and_then(|at| member.get(at)?.name())
                        };
                        predicate::of_texts(filter, &text) == TRUE
                    })
                    .collect();
            }
        }
        finer
    }

    pub(super) fn decides(&self, filter: usize) -> bool {
        self.holds.get(filter).is_some_and(Option::is_some)
    }

    /// What a lane adds of each row: a condition that cells decide is not asked.
    pub(super) fn physical(&self, (adds, filter): LanePlan) -> LanePlan {
        (adds, filter.filter(|filter| !self.decides(*filter)))
    }
}
