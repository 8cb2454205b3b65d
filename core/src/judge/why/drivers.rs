//! Driver trees: how much of a change each driver of a formula explains.

use serde::Serialize;

use super::logarithm::ln_ratio;
use crate::base::number::Number;

/// The most drivers of a Shapley split: it looks at every set of them.
pub const MOST_DRIVERS: usize = 12;

/// How a change is split among the drivers of a formula. Every method sums exactly to the change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DriverSplit {
    /// One driver after the other takes its new value, in the order of the formula: what comes first
    /// is told against the old values of all others.
    Sequential,
    /// The mean over all orders in which the drivers could take their new values: the only split that
    /// is fair in the sense of L. S. Shapley, "A Value for n-Person Games" (1953), and symmetrical in
    /// time.
    Shapley,
    /// By logarithmic means (LMDI-I: B. W. Ang, "The LMDI approach to decomposition analysis", Energy
    /// Policy 33, 2005): each driver's part is proportional to the logarithm of its growth. For
    /// products and quotients of positive drivers.
    LogarithmicMean,
}

impl DriverSplit {
    /// The methods, with the words for them.
    pub const WORDS: [(&'static str, Self); 3] = [("sequential", Self::Sequential), ("shapley", Self::Shapley), ("logarithmic_mean", Self::LogarithmicMean)];

    /// What each driver explains of the change of `formula` from the base values to the actual ones, in
    /// their order; `None` where the formula has no value on the way, such as above a zero, with more
    /// than [`MOST_DRIVERS`] drivers, or, by logarithmic means, where it is not a product of powers of
    /// positive drivers.
    ///
    /// ```
    /// use marketingos::{DriverSplit, Number};
    /// // Visits × conversion × value, all a tenth higher than before.
    /// let product = |drivers: &[Number]| Some(drivers.iter().cloned().reduce(|left, right| left * right)?);
    /// let (base, actual) = ([100.into(), 20.into(), 10.into()], [110.into(), 22.into(), 11.into()]);
    /// let of = |split: DriverSplit| split.of(&product, &base, &actual).unwrap().iter().map(Number::to_string).collect::<Vec<_>>();
    /// assert_eq!(of(DriverSplit::Sequential), ["2000", "2200", "2420"]);
    /// let third = Number::from(6_620).divided_by(&3.into()).unwrap().to_string();
    /// assert_eq!(of(DriverSplit::Shapley), [third.clone(), third.clone(), third]);
    /// ```
    #[must_use]
    pub fn of(self, formula: &dyn Fn(&[Number]) -> Option<Number>, base: &[Number], actual: &[Number]) -> Option<Vec<Number>> {
        if base.len() != actual.len() || base.len() > MOST_DRIVERS {
            return None;
        }
        match self {
            Self::Sequential => sequential(formula, base, actual),
            Self::Shapley => shapley(formula, base, actual),
            Self::LogarithmicMean => logarithmic_mean(formula, base, actual),
        }
    }
}

/// The value where the drivers of a set, one bit each, have their actual values.
fn with(formula: &dyn Fn(&[Number]) -> Option<Number>, base: &[Number], actual: &[Number], set: u32) -> Option<Number> {
    let pick = |(position, (before, after)): (usize, (&Number, &Number))| if set >> position & 1 == 1 { after.clone() } else { before.clone() };
    formula(&base.iter().zip(actual).enumerate().map(pick).collect::<Vec<_>>())
}

fn sequential(formula: &dyn Fn(&[Number]) -> Option<Number>, base: &[Number], actual: &[Number]) -> Option<Vec<Number>> {
    let mut before = with(formula, base, actual, 0)?;
    let mut parts = Vec::with_capacity(base.len());
    let mut set = 0u32;
    for position in 0..base.len() {
        set |= 1 << position;
        let after = with(formula, base, actual, set)?;
        parts.push(after.clone() - before);
        before = after;
    }
    Some(parts)
}

fn shapley(formula: &dyn Fn(&[Number]) -> Option<Number>, base: &[Number], actual: &[Number]) -> Option<Vec<Number>> {
    let count = base.len();
    let values = (0..1u32 << count).map(|set| with(formula, base, actual, set)).collect::<Option<Vec<Number>>>()?;
    // What a driver adds to a set of s others counts s! (n − s − 1)! times of n!.
    let mut factorials = vec![1i128];
    for at in 1..=i128::try_from(count).ok()? {
        factorials.push(factorials.last()?.checked_mul(at)?);
    }
    let weight = |size: usize| {
        let orders = factorials.get(size)?.checked_mul(*factorials.get(count.checked_sub(size)?.checked_sub(1)?)?)?;
        Number::ratio(orders, *factorials.get(count)?)
    };
    (0..count)
        .map(|position| {
            let mut part = Number::from(0);
            for (set, value) in (0u32..).zip(&values).filter(|(set, _)| set >> position & 1 == 0) {
                let with_it = values.get(usize::try_from(set | 1 << position).ok()?)?;
                part = part + (with_it.clone() - value.clone()) * weight(usize::try_from(set.count_ones()).ok()?)?;
            }
            Some(part)
        })
        .collect()
}

fn logarithmic_mean(formula: &dyn Fn(&[Number]) -> Option<Number>, base: &[Number], actual: &[Number]) -> Option<Vec<Number>> {
    let (before, after) = (formula(base)?, formula(actual)?);
    let change = after.clone() - before.clone();
    let whole = ln_ratio(&before, &after)?;
    // How the value grows with each driver alone: a product of powers grows by the product of these.
    let alone = (0..base.len()).map(|position| with(formula, base, actual, 1 << position)).collect::<Option<Vec<Number>>>()?;
    let grown = alone.iter().try_fold(before.clone(), |grown, value| Some(grown * value.divided_by(&before)?))?;
    if grown != after {
        return None;
    }
    let logarithms = alone.iter().map(|value| ln_ratio(&before, value)).collect::<Option<Vec<Number>>>()?;
    let mean = if change.is_zero() { before } else { change.divided_by(&whole)? };
    let mut parts: Vec<Number> = logarithms.into_iter().map(|logarithm| (mean.clone() * logarithm).rounded()).collect();
    // Logarithms are no ratios: what rounding leaves goes to the largest part.
    let left = change - parts.iter().cloned().sum::<Number>();
    let largest = (0..parts.len()).max_by_key(|position| parts.get(*position).map(Number::abs))?;
    if let Some(part) = parts.get_mut(largest) {
        *part = part.clone() + left;
    }
    Some(parts)
}
