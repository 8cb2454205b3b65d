//! Exact totals of decimals.

use num_bigint::BigInt;

use crate::base::number::Number;

/// An exact total of mantissas: a machine integer, and what no longer fits into it.
#[derive(Clone, Debug, Default)]
pub(super) struct Total {
    near: i128,
    far: Option<Box<BigInt>>,
}

impl Total {
    pub(super) fn of(near: i128) -> Self {
        Self { near, far: None }
    }

    pub(super) fn of_big(total: BigInt) -> Self {
        match i128::try_from(&total) {
            Ok(near) => Self::of(near),
            Err(_) => Self { near: 0, far: Some(Box::new(total)) },
        }
    }

    pub(super) fn add(&mut self, mantissa: i128) {
        match self.near.checked_add(mantissa) {
            Some(sum) => self.near = sum,
            None => {
                self.carry(BigInt::from(self.near));
                self.near = mantissa;
            }
        }
    }

    pub(super) fn add_product(&mut self, left: i128, right: i128) {
        match left.checked_mul(right) {
            Some(product) => self.add(product),
            None => self.carry(BigInt::from(left) * right),
        }
    }

    fn carry(&mut self, more: BigInt) {
        match &mut self.far {
            Some(far) => **far += more,
            None => self.far = Some(Box::new(more)),
        }
    }

    /// Adds a total at another scale; this one is then at the larger of both.
    pub(super) fn merge(&mut self, decimals: &mut u32, other: &Self, other_decimals: u32) {
        let factor = |apart: u32| BigInt::from(10u8).pow(apart);
        if *decimals < other_decimals {
            *self = Self::of_big(self.mantissa() * factor(other_decimals.saturating_sub(*decimals)));
            *decimals = other_decimals;
        }
        if *decimals > other_decimals {
            self.carry(other.mantissa() * factor((*decimals).saturating_sub(other_decimals)));
        } else {
            if let Some(far) = &other.far {
                self.carry(far.as_ref().clone());
            }
            self.add(other.near);
        }
    }

    /// The whole of it as a machine integer, if it fits.
    pub(super) fn small(&self) -> Option<i128> {
        match &self.far {
            None => Some(self.near),
            Some(_) => i128::try_from(self.mantissa()).ok(),
        }
    }

    pub(super) fn mantissa(&self) -> BigInt {
        self.far.as_ref().map_or_else(BigInt::default, |far| far.as_ref().clone()) + self.near
    }

    pub(super) fn number(&self, decimals: u32) -> Number {
        match &self.far {
            None => Number::from_parts(self.near, decimals),
            Some(_) => Number::from_big(self.mantissa(), decimals),
        }
    }
}

/// How a total is kept does not matter, only what it is.
impl PartialEq for Total {
    fn eq(&self, other: &Self) -> bool {
        if self.far.is_none() && other.far.is_none() { self.near == other.near } else { self.mantissa() == other.mantissa() }
    }
}

impl Eq for Total {}

#[cfg(test)]
mod tests {
    use super::Total;
    use num_bigint::BigInt;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_total_is_exact_beyond_machine_integers(terms in prop::collection::vec((any::<i128>(), 0u32..4), 0..30), cut in 0usize..30) {
            let fold = |terms: &[(i128, u32)]| {
                let (mut total, mut decimals) = (Total::default(), 0);
                terms.iter().for_each(|(term, scale)| total.merge(&mut decimals, &Total::of(*term), *scale));
                (total, decimals)
            };
            let (left, right) = terms.split_at(cut.min(terms.len()));
            let (mut merged, mut decimals) = fold(right);
            let (other, scale) = fold(left);
            merged.merge(&mut decimals, &other, scale);
            let ten = |scale: u32| BigInt::from(10u8).pow(scale);
            let expected: BigInt = terms.iter().map(|(term, scale)| BigInt::from(*term) * ten(decimals - scale)).sum();
            prop_assert_eq!(merged.mantissa(), expected);
        }
    }
}
