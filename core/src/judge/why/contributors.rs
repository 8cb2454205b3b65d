//! Which members explain most of a change, of every combination of some dimensions.
//!
//! After R. Bhagwan et al., "Adtributor: Revenue Debugging in Advertising Systems" (NSDI 2014): the
//! *explanatory power* of a member is its share of the change, its *surprise* how far its share of the
//! figure moved. A few members are named that explain enough, and what they are named by is ranked by
//! surprise. There are three differences, and a reason for each.
//!
//! - **The surprise is not the Jensen–Shannon divergence but half the triangular discrimination,**
//!   `½ Σ (p − q)² ÷ (p + q)` (Vincze 1981, Le Cam 1986), since logarithms of the platform differ in the last
//!   digit and exact ones are slow. It lies between 0 and 1, and the divergence in bits is at most
//!   this and at least 72 % of it (F. Topsøe, "Some inequalities for information divergence and
//!   related measures of discrimination", IEEE Transactions on Information Theory 46, 2000). Shares
//!   are integers of 18 decimals, so that their sums do not depend on the order.
//! - **Members are named by what they explain, most first,** which takes the fewest to explain enough.
//! - **Combinations are ranked by the surprise of a named member in the mean.** The paper looks at one
//!   dimension at a time. A finer split is never less surprising than a coarser one, and would always
//!   come first; the mean goes down where a cause is split into parts that moved alike, and goes up
//!   where it is told apart from what did not move.
//!
//! What a member explains of a quotient is `(n₁ − R₀d₁) ÷ D₁ − (n₀ − R₀d₀) ÷ D₀`, with the quotient of all
//! before, `R₀`: rate, mix and interaction of [`RateMix::ThreeWay`] together. It is linear in the
//! member's parts, so that any combination of dimensions sums to the same change, and all of it is
//! computed above one denominator, whatever the number of members.

use num_integer::Integer;

use super::rate_mix::{RateMember, RateMix, Whole};
use crate::base::number::Number;

/// The most dimensions that are combined: four have fifteen combinations.
pub(crate) const MOST_DIMENSIONS: usize = 4;

/// A member that explains less of a change than these hundredths of it is not named (the paper's 10 %).
const LEAST_PERCENT: i64 = 10;
/// No more members are named when they explain so many hundredths of it together (the paper's 67 %).
const ENOUGH_PERCENT: i64 = 67;
/// The decimals of shares, and one at this scale. Squares of twice as much fit into machine integers.
const DECIMALS: u32 = 18;
const ONE: i128 = 10i128.pow(DECIMALS);
/// Larger denominators stay.
const MOST_COMMON: i64 = 1_000_000;

/// A change, and who explains it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) change: Number,
    /// One for each combination of dimensions, the most telling first.
    pub(crate) cuboids: Vec<Cuboid>,
}

/// A combination of dimensions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cuboid {
    /// By their positions.
    pub(crate) dimensions: Vec<usize>,
    /// How many combinations of members there are.
    pub(crate) members: usize,
    /// Those that explain most, most first.
    pub(crate) named: Vec<Named>,
    /// What all others explain.
    pub(crate) rest: Number,
    /// The share of the change that the named ones explain; `None` where nothing changed.
    pub(crate) share: Option<Number>,
    /// Whether that is enough.
    pub(crate) is_enough: bool,
    /// The surprise of the named ones.
    pub(crate) surprise: i128,
}

/// A member that is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    /// A combination of all dimensions that belongs to it.
    pub(crate) combination: u64,
    pub(crate) values: RateMember,
    pub(crate) change: Number,
    pub(crate) share: Number,
    pub(crate) surprise: i128,
    /// By rate, mix, interaction and what has no base; empty for amounts.
    pub(crate) effects: Vec<Number>,
}

/// A surprise as a number, in millionths.
pub(crate) fn surprise(units: i128) -> Number {
    let millionth = ONE / 1_000_000;
    Number::from_parts(units.saturating_add(millionth / 2).div_euclid(millionth), 6)
}

/// What a cell adds to each figure that is compared.
struct Moved {
    /// What it explains, as many times as large as [`Scale::factor`].
    change: Number,
    /// Its share of the amount before and after; of a quotient, then those of the denominator.
    shares: [[i128; 2]; 2],
}

/// The whole that members are parts of.
struct Scale {
    /// Sums of base and actual numerators and denominators.
    sums: [Number; 4],
    /// By which the changes of members are multiplied, so that they are no fractions.
    factor: Number,
    is_quotient: bool,
}

impl Scale {
    /// `None` where a quotient has no value in one of the periods.
    fn of(cells: &[(u64, RateMember)], is_quotient: bool) -> Option<Self> {
        let sum = |of: fn(&RateMember) -> &Number| cells.iter().map(|(_, cell)| of(cell).clone()).sum::<Number>();
        let sums =
            [sum(|cell| &cell.base_numerator), sum(|cell| &cell.base_denominator), sum(|cell| &cell.actual_numerator), sum(|cell| &cell.actual_denominator)];
        if !is_quotient {
            return Some(Self { sums, factor: Number::from(1), is_quotient });
        }
        let [_, base, _, actual] = &sums;
        let factor = base.clone() * base.clone() * actual.clone();
        (!factor.is_zero()).then_some(Self { sums, factor, is_quotient })
    }

    fn change(&self, cell: &RateMember) -> Number {
        if !self.is_quotient {
            return cell.actual_numerator.clone() - cell.base_numerator.clone();
        }
        let [numerator, base, _, actual] = &self.sums;
        // n − R₀d, times D₀.
        let above = |own: &Number, below: &Number| own.clone() * base.clone() - numerator.clone() * below.clone();
        above(&cell.actual_numerator, &cell.actual_denominator) * base.clone() - above(&cell.base_numerator, &cell.base_denominator) * actual.clone()
    }

    /// Multiplies what cells explain by their common denominator, where it is a small one as that of
    /// decimals is: whole numbers are added up several times as fast.
    fn without_fractions(&mut self, moved: &mut [Moved]) {
        let common = moved.iter().try_fold(1i64, |common, cell| {
            let denominator = i64::try_from(cell.change.small_parts()?.1).ok()?;
            common.checked_div(common.gcd(&denominator))?.checked_mul(denominator).filter(|common| *common <= MOST_COMMON)
        });
        let Some(common) = common.filter(|common| *common > 1).map(Number::from) else { return };
        self.factor = self.factor.clone() * common.clone();
        moved.iter_mut().for_each(|cell| cell.change = cell.change.clone() * common.clone());
    }

    fn effects(&self, values: &RateMember) -> Vec<Number> {
        let [numerator, base, actual_numerator, actual] = &self.sums;
        let (Some(before), Some(after), true) = (numerator.divided_by(base), actual_numerator.divided_by(actual), self.is_quotient) else { return Vec::new() };
        RateMix::ThreeWay.parts_of(values, &Whole { base_all: base.clone(), actual_all: actual.clone(), before, after })
    }
}

/// The share of an amount in the sum of all sizes, at [`DECIMALS`]; nothing where that is zero.
fn share(amount: &Number, all: &Number) -> i128 {
    // a/b ÷ c/d = ad ÷ bc, without reducing it.
    let quick = amount.small_parts().zip(all.small_parts()).and_then(|((above, below), (all_above, all_below))| {
        let above = above.checked_mul(i128::try_from(all_below).ok()?)?.checked_mul(ONE)?;
        above.checked_div_euclid(all_above.checked_mul(i128::try_from(below).ok()?)?)
    });
    quick.or_else(|| amount.divided_by(all)?.at_scale(DECIMALS).0.ok()).unwrap_or(0)
}

/// What each cell adds.
fn moved(cells: &[(u64, RateMember)], scale: &Scale) -> Vec<Moved> {
    let size = |of: fn(&RateMember) -> &Number| cells.iter().map(|(_, cell)| of(cell).abs()).sum::<Number>();
    let sizes =
        [size(|cell| &cell.base_numerator), size(|cell| &cell.actual_numerator), size(|cell| &cell.base_denominator), size(|cell| &cell.actual_denominator)];
    let [n0, n1, d0, d1] = &sizes;
    let of = |(_, cell): &(u64, RateMember)| {
        let below = if scale.is_quotient { [share(&cell.base_denominator, d0), share(&cell.actual_denominator, d1)] } else { [0, 0] };
        Moved { change: scale.change(cell), shares: [[share(&cell.base_numerator, n0), share(&cell.actual_numerator, n1)], below] }
    };
    cells.iter().map(of).collect()
}

/// `½ (p − q)² ÷ (|p| + |q|)`, which is that of shares that are not negative, and stays below 1 for others.
fn discrimination([before, after]: [i128; 2]) -> i128 {
    let size = before.saturating_abs().saturating_add(after.saturating_abs());
    let apart = before.saturating_sub(after);
    apart.saturating_mul(apart).checked_div(size.saturating_mul(2)).unwrap_or(0)
}

/// Who explains a change, by each combination of dimensions. Cells have distinct combinations of
/// members, which `radix` tells apart: for each dimension, how far apart neighbours are, and how many
/// there are. At most `most` members are named for each.
///
/// `None` where a quotient has no value in one of the periods.
pub(crate) fn find(cells: &[(u64, RateMember)], radix: &[(u64, u64)], is_quotient: bool, most: usize) -> Option<Found> {
    let mut scale = Scale::of(cells, is_quotient)?;
    let mut moved = moved(cells, &scale);
    scale.without_fractions(&mut moved);
    let change: Number = moved.iter().map(|cell| cell.change.clone()).sum();
    let sets = 1..1u32.checked_shl(u32::try_from(radix.len()).ok()?).unwrap_or(1);
    let picked = |set: u32| (0..radix.len()).filter(|at| set.checked_shr(u32::try_from(*at).unwrap_or(u32::MAX)).is_some_and(|rest| rest & 1 == 1)).collect();
    let mut cuboids: Vec<Cuboid> = sets.map(|set| cuboid(cells, &moved, radix, picked(set), &scale, &change, most)).collect();
    let count = |cuboid: &Cuboid| i128::try_from(cuboid.named.len().max(1)).unwrap_or(i128::MAX);
    crate::base::order::sort_by(&mut cuboids, |left, right| {
        let (mean, other) = (left.surprise.saturating_mul(count(right)), right.surprise.saturating_mul(count(left)));
        let by_size = || left.dimensions.len().cmp(&right.dimensions.len()).then_with(|| left.dimensions.cmp(&right.dimensions));
        let rank = |cuboid: &Cuboid| (cuboid.is_enough, !cuboid.named.is_empty());
        rank(right).cmp(&rank(left)).then_with(|| other.cmp(&mean)).then_with(by_size)
    });
    Some(Found { change: change.divided_by(&scale.factor)?, cuboids })
}

/// A member of some dimensions: which of the sorted cells are its own, and what they come to.
struct Group<'o> {
    cells: &'o [(u64, usize)],
    change: Number,
    surprise: i128,
}

fn cuboid(cells: &[(u64, RateMember)], moved: &[Moved], radix: &[(u64, u64)], dimensions: Vec<usize>, scale: &Scale, change: &Number, most: usize) -> Cuboid {
    let parts: Vec<(u64, u64)> = dimensions.iter().filter_map(|at| radix.get(*at).copied()).collect();
    let key = |combination: u64| {
        parts.iter().fold(0u64, |key, (stride, length)| {
            let position = combination.checked_div(*stride).and_then(|rest| rest.checked_rem(*length)).unwrap_or(0);
            key.saturating_mul(*length).saturating_add(position)
        })
    };
    let mut sorted: Vec<(u64, usize)> = cells.iter().enumerate().map(|(at, (combination, _))| (key(*combination), at)).collect();
    sorted.sort_unstable();
    let towards = |part: &Number| if change.is_negative() { -part.clone() } else { part.clone() };
    let all = change.abs();
    let hundred = Number::from(100);
    let (mut members, mut candidates) = (0usize, Vec::new());
    for group in sorted.chunk_by(|left, right| left.0 == right.0) {
        members = members.saturating_add(1);
        let own = || group.iter().filter_map(|(_, at)| moved.get(*at));
        let explained: Number = own().map(|cell| cell.change.clone()).sum();
        if change.is_zero() || towards(&explained) * hundred.clone() < all.clone() * Number::from(LEAST_PERCENT) {
            continue;
        }
        let total = |figure: usize| {
            own().filter_map(|cell| cell.shares.get(figure)).fold([0i128; 2], |[p, q], [more, other]| [p.saturating_add(*more), q.saturating_add(*other)])
        };
        let surprise = discrimination(total(0));
        // Of a quotient, the mean of both sides: the sum, as in the paper, within the same range.
        let surprise = if scale.is_quotient { surprise.midpoint(discrimination(total(1))) } else { surprise };
        candidates.push(Group { cells: group, change: explained, surprise });
    }
    crate::base::order::sort_by(&mut candidates, |left, right| towards(&right.change).cmp(&towards(&left.change)));
    let enough = all * Number::from(ENOUGH_PERCENT);
    let (mut explained, mut named, mut surprised) = (Number::from(0), Vec::new(), 0i128);
    let is_enough = |explained: &Number| !change.is_zero() && towards(explained) * hundred.clone() >= enough;
    for group in candidates {
        if named.len() >= most || is_enough(&explained) {
            break;
        }
        explained = explained + group.change.clone();
        surprised = surprised.saturating_add(group.surprise);
        named.extend(name(cells, group, scale, change));
    }
    let rest = (change.clone() - explained.clone()).divided_by(&scale.factor).unwrap_or_else(|| Number::from(0));
    Cuboid { dimensions, members, named, rest, share: explained.divided_by(change), is_enough: is_enough(&explained), surprise: surprised }
}

fn name(cells: &[(u64, RateMember)], group: Group<'_>, scale: &Scale, change: &Number) -> Option<Named> {
    let own = || group.cells.iter().filter_map(|(_, at)| cells.get(*at));
    let sum = |of: fn(&RateMember) -> &Number| own().map(|(_, cell)| of(cell).clone()).sum::<Number>();
    let values = RateMember {
        base_numerator: sum(|cell| &cell.base_numerator),
        base_denominator: sum(|cell| &cell.base_denominator),
        actual_numerator: sum(|cell| &cell.actual_numerator),
        actual_denominator: sum(|cell| &cell.actual_denominator),
    };
    Some(Named {
        combination: own().next()?.0,
        effects: scale.effects(&values),
        values,
        share: group.change.divided_by(change)?,
        change: group.change.divided_by(&scale.factor)?,
        surprise: group.surprise,
    })
}

#[cfg(test)]
mod tests;
