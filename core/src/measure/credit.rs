//! Credit: how an outcome is shared among the touches that came before it.
//!
//! Shares are kept to six decimals more than the outcome's own. What is left over by rounding
//! goes, a unit each, to the touches with the largest remainders (of equal ones to the earlier),
//! so that the credits of an outcome sum exactly to it, whatever the rule.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};

use super::axes::Axes;
use super::cell::{Cell, Content};
use super::entities::{Kept, Moment, Row, moment};
use super::predicate::{Predicate, TRUE};
use super::total::Total;
use crate::base::condition::Condition;
use crate::base::date::Date;
use crate::base::order;
use crate::model::kpi::CreditRule;

/// Decimals that credits have beyond those of the outcome.
const FINER: u32 = 6;
/// Bits of a weight under time decay.
const WEIGHT_BITS: u32 = 60;
/// Beyond so many half-lives a touch weighs nothing that could be counted.
const MOST_HALVINGS: u64 = 59;

/// What credit is worked out from.
pub(super) struct Crediting<'a> {
    pub(super) outcomes: Kept<'a>,
    /// The measure that is shared; each outcome counts one when `None`.
    pub(super) measure: Option<usize>,
    pub(super) touches: Kept<'a>,
    /// The touches whose credit is counted; all when `None`.
    pub(super) to: Option<&'a Condition>,
    pub(super) rule: CreditRule,
    pub(super) within_days: Option<u32>,
}

/// A touch that may get credit.
struct Touch {
    moment: Moment,
    /// Its row, of which its texts tell it apart from others of the same moment.
    row: Row,
    counted: bool,
    combination: u64,
}

impl Crediting<'_> {
    /// The cells of what is credited, each in the slice of its outcome and of its touch's members.
    pub(super) fn cells(&self, by: &[usize], axes: &Axes) -> Vec<(Date, u64, Cell)> {
        let touches = self.touches(by, axes);
        let mut cells = Vec::new();
        self.outcomes.for_each(|row, chunk| {
            let Some(name) = chunk.texts.get(self.outcomes.entity).and_then(|column| self.outcomes.name(column.at(row.1))) else { return };
            let amount = match self.measure.map(|measure| chunk.numbers.get(measure)) {
                None => Some((1, 0)),
                Some(column) => column.and_then(|column| Some((column.at(row.1)?, column.decimals))),
            };
            let Some((mantissa, own)) = amount else { return };
            // Its own decimals, not those that its column happens to keep.
            let (mantissa, own) = shortest(mantissa, own);
            let finer = own.saturating_add(FINER);
            let units = BigInt::from(mantissa) * BigInt::from(10u8).pow(FINER);
            let when = moment(chunk, row.1);
            let competing: Vec<&Touch> = touches.get(name).into_iter().flatten().filter(|touch| self.competes(touch.moment, when)).collect();
            let day = Date::from_epoch_days(when.0);
            if competing.is_empty() {
                if by.is_empty() {
                    cells.push((day, 0, Cell { rows: 0, content: Content::Credit { total: Total::default(), decimals: finer, untouched: 1 } }));
                }
                return;
            }
            let mut credited = |combination: u64, units: BigInt| {
                cells.push((day, combination, Cell { rows: 1, content: Content::Credit { total: Total::of_big(units), decimals: finer, untouched: 0 } }));
            };
            if self.rule == CreditRule::Any {
                let mut reached: Vec<u64> = competing.iter().filter(|touch| touch.counted).map(|touch| touch.combination).collect();
                reached.sort_unstable();
                reached.dedup();
                reached.into_iter().for_each(|combination| credited(combination, units.clone()));
                return;
            }
            let weights = self.rule.weights(&competing.iter().map(|touch| when.0.saturating_sub(touch.moment.0)).collect::<Vec<_>>());
            for (touch, share) in competing.iter().zip(shares(&units, &weights)) {
                if touch.counted && (units.is_zero() || !share.is_zero()) {
                    credited(touch.combination, share);
                }
            }
        });
        cells
    }

    /// Whether a touch came before an outcome, and not too long before. On the same day, the
    /// seconds decide where both are known.
    fn competes(&self, touch: Moment, outcome: Moment) -> bool {
        let before = touch.0 < outcome.0 || (touch.0 == outcome.0 && touch.1.zip(outcome.1).is_none_or(|(touch, outcome)| touch <= outcome));
        let age = i64::from(outcome.0).saturating_sub(i64::from(touch.0));
        before && self.within_days.is_none_or(|days| age <= i64::from(days))
    }

    /// The touches of each entity, in the order in which they happened.
    fn touches(&self, by: &[usize], axes: &Axes) -> BTreeMap<&str, Vec<Touch>> {
        let mut counted: Vec<Vec<bool>> = Vec::new();
        for chunk in &self.touches.table.chunks {
            let predicate = self.to.map(|condition| Predicate::new(condition, self.touches.table, chunk));
            let mut flags = vec![true; chunk.rows()];
            if let Some(predicate) = predicate {
                let mut truths = [TRUE; super::pass::BLOCK];
                for (block, flags) in flags.chunks_mut(super::pass::BLOCK).enumerate() {
                    predicate.evaluate(block.saturating_mul(super::pass::BLOCK), &mut truths);
                    flags.iter_mut().zip(&truths).for_each(|(flag, truth)| *flag = *truth == TRUE);
                }
            }
            counted.push(flags);
        }
        let mut touches: BTreeMap<&str, Vec<Touch>> = BTreeMap::new();
        self.touches.for_each(|row, chunk| {
            let Some(name) = chunk.texts.get(self.touches.entity).and_then(|column| self.touches.name(column.at(row.1))) else { return };
            let Some(combination) = self.touches.combination(row, by, axes) else { return };
            let counted = counted.get(row.0).and_then(|flags| flags.get(row.1)).copied().unwrap_or(false);
            touches.entry(name).or_default().push(Touch { moment: moment(chunk, row.1), row, counted, combination });
        });
        for touches in touches.values_mut() {
            // Of touches that nothing else tells apart, those that are counted come first.
            touches.sort_by_cached_key(|touch| (touch.moment, self.touches.texts(touch.row), !touch.counted));
        }
        touches
    }
}

/// The same number without trailing zeros.
fn shortest(mut mantissa: i128, mut decimals: u32) -> (i128, u32) {
    while decimals > 0 && mantissa % 10 == 0 {
        (mantissa, decimals) = (mantissa / 10, decimals.saturating_sub(1));
    }
    (mantissa, decimals)
}

impl CreditRule {
    /// What each touch weighs, given its age in days, earliest touch first.
    fn weights(self, ages: &[i32]) -> Vec<u64> {
        let last = ages.len().saturating_sub(1);
        let middle = u64::try_from(ages.len().saturating_sub(2)).unwrap_or(0);
        let weight = |(position, age): (usize, &i32)| match self {
            Self::First => u64::from(position == 0),
            Self::Last => u64::from(position == last),
            Self::Linear | Self::Any => 1,
            // 40 % and 40 % against 20 % ÷ those between, in integers.
            Self::Position if last <= 1 => 1,
            Self::Position if position == 0 || position == last => middle.saturating_mul(2),
            Self::Position => 1,
            Self::TimeDecay { half_life_days } => halved(u64::try_from(*age).unwrap_or(0), u64::from(half_life_days.max(1))),
        };
        ages.iter().enumerate().map(weight).collect()
    }
}

/// 2^60 × 2^(−age ÷ half-life), rounded down: whole halvings by shifting, and the rest of the
/// exponent by an integer root, so that every machine finds the same.
fn halved(age: u64, half_life: u64) -> u64 {
    let (halvings, rest) = (age.checked_div(half_life).unwrap_or(0), age.checked_rem(half_life).unwrap_or(0));
    if halvings > MOST_HALVINGS {
        return 0;
    }
    let whole = WEIGHT_BITS.saturating_sub(u32::try_from(halvings).unwrap_or(WEIGHT_BITS));
    if rest == 0 {
        return 1 << whole;
    }
    // The h-th root of 2^(whole·h − rest).
    let (half_life, rest) = (u32::try_from(half_life).unwrap_or(u32::MAX), u32::try_from(rest).unwrap_or(u32::MAX));
    let exponent = u64::from(whole).saturating_mul(u64::from(half_life)).saturating_sub(u64::from(rest));
    let power = BigInt::from(1u8) << exponent;
    power.nth_root(half_life).to_u64().unwrap_or(0)
}

/// An amount in units, shared by weights so that the shares sum exactly to it.
fn shares(units: &BigInt, weights: &[u64]) -> Vec<BigInt> {
    let total: BigInt = weights.iter().map(|weight| BigInt::from(*weight)).sum();
    if total.is_zero() {
        // Touches so old that none weighs anything: the last one is the heaviest.
        let last = weights.len().saturating_sub(1);
        return (0..weights.len()).map(|position| if position == last { units.clone() } else { BigInt::zero() }).collect();
    }
    let size = units.abs();
    let (mut shares, remainders): (Vec<BigInt>, Vec<BigInt>) = weights.iter().map(|weight| (&size * *weight).div_rem(&total)).unzip();
    let left = &size - shares.iter().sum::<BigInt>();
    let order = order::positions(weights.len(), &|left, right| remainders.get(right).cmp(&remainders.get(left)));
    for position in order.into_iter().take(left.to_usize().unwrap_or(0)) {
        if let Some(share) = shares.get_mut(position) {
            *share += 1u8;
        }
    }
    if units.is_negative() { shares.into_iter().map(|share| -share).collect() } else { shares }
}

#[cfg(test)]
mod tests {
    use super::{CreditRule, halved, shares};
    use num_bigint::BigInt;
    use proptest::prelude::*;

    fn percents(rule: CreditRule, ages: &[i32]) -> Vec<String> {
        let shares = shares(&BigInt::from(1_000_000), &rule.weights(ages));
        shares.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn each_rule_shares_as_its_convention_says() {
        let ages = [30, 14, 7, 0];
        assert_eq!(percents(CreditRule::First, &ages), ["1000000", "0", "0", "0"]);
        assert_eq!(percents(CreditRule::Last, &ages), ["0", "0", "0", "1000000"]);
        assert_eq!(percents(CreditRule::Linear, &ages), ["250000"; 4]);
        assert_eq!(percents(CreditRule::Position, &ages), ["400000", "100000", "100000", "400000"]);
        assert_eq!(percents(CreditRule::Position, &[3, 0]), ["500000", "500000"]);
        assert_eq!(percents(CreditRule::Position, &[3]), ["1000000"]);
        // 2^-2 : 2^-1 : 1, with a half-life of a week.
        assert_eq!(percents(CreditRule::TimeDecay { half_life_days: 7 }, &[14, 7, 0]), ["142857", "285714", "571429"]);
    }

    #[test]
    fn weights_halve_in_a_half_life() {
        assert_eq!(halved(0, 7), 1 << 60);
        assert_eq!(halved(7, 7), 1 << 59);
        // 2^60 ÷ √2, to the unit: 2^59.5 = 815238614083298888.4…
        assert_eq!(halved(1, 2), 815_238_614_083_298_888);
        assert_eq!(halved(u64::MAX, 1), 0);
    }

    proptest! {
        #[test]
        fn shares_sum_exactly_to_the_amount(units in any::<i64>(), weights in prop::collection::vec(any::<u64>(), 1..12)) {
            let shares = shares(&BigInt::from(units), &weights);
            prop_assert_eq!(shares.iter().sum::<BigInt>(), BigInt::from(units));
        }

        #[test]
        fn every_rule_shares_everything(units in any::<i64>(), ages in prop::collection::vec(0i32..3_000, 1..9), half_life_days in 1u32..60, rule in 0usize..5) {
            let mut ages = ages;
            ages.sort_unstable_by(|left, right| right.cmp(left));
            let rule = [CreditRule::First, CreditRule::Last, CreditRule::Linear, CreditRule::Position, CreditRule::TimeDecay { half_life_days }][rule];
            let shares = shares(&BigInt::from(units), &rule.weights(&ages));
            prop_assert_eq!(shares.iter().sum::<BigInt>(), BigInt::from(units));
        }
    }
}
