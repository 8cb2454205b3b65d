//! Price, volume and mix: why an amount changed, by the members of amount and quantity.

use serde::Serialize;

use super::effects::{Decomposition, Effect};
use crate::base::number::Number;

/// How a change of an amount is split. In each, members that are new or gone are kept apart, and
/// volume and mix are those of the members that are there in both periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PriceVolume {
    /// Price `Σ q₁Δp`; volume `Σ (Q₁ − Q₀) s₀ p₀`; mix `Σ (q₁ − Q₁s₀) p₀`, with the shares `s = q ÷ Q`:
    /// the sales-quantity and sales-mix variances of management accounting (C. T. Horngren et al.,
    /// Cost Accounting, chapter on customer-profitability and sales-variance analysis).
    PriceVolumeMix,
    /// Price `Σ q₁Δp`; volume `Σ p₀Δq`: the mix is counted with the volume of each member.
    PriceAndVolume,
    /// Price `Σ q₀Δp`; volume `Σ p₀Δq`; what both do together, `Σ ΔpΔq`, apart.
    Joint,
}

/// A member's amount and quantity in both periods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceVolumeMember {
    /// The amount before.
    pub base_amount: Number,
    /// The quantity before.
    pub base_quantity: Number,
    /// The amount after.
    pub actual_amount: Number,
    /// The quantity after.
    pub actual_quantity: Number,
}

impl PriceVolumeMember {
    /// From whole numbers: amount and quantity before, and after.
    #[must_use]
    pub fn of(base: (i64, i64), actual: (i64, i64)) -> Self {
        let number = |value: i64| Number::from(value);
        Self { base_amount: number(base.0), base_quantity: number(base.1), actual_amount: number(actual.0), actual_quantity: number(actual.1) }
    }

    /// Its prices, where it is there in both periods.
    fn prices(&self) -> Option<(Number, Number)> {
        self.base_amount.divided_by(&self.base_quantity).zip(self.actual_amount.divided_by(&self.actual_quantity))
    }
}

impl PriceVolume {
    /// The conventions, with the words for them.
    pub const WORDS: [(&'static str, Self); 3] =
        [("price_volume_mix", Self::PriceVolumeMix), ("price_and_volume", Self::PriceAndVolume), ("joint", Self::Joint)];

    /// Splits the change of the sum of the amounts.
    ///
    /// An amount without a quantity stands above no base, and is told as an effect of its own.
    ///
    /// ```
    /// use marketingos::{Effect, PriceVolume, PriceVolumeMember};
    /// // Sold for 9 and 12 apiece: 7,000 and 3,000 were planned, 8,000 and 7,000 were sold.
    /// let members = [PriceVolumeMember::of((63_000, 7_000), (72_000, 8_000)), PriceVolumeMember::of((36_000, 3_000), (84_000, 7_000))];
    /// let change = PriceVolume::PriceVolumeMix.split(&members);
    /// assert_eq!((change.effect(Effect::Volume), change.effect(Effect::Mix)), (49_500.into(), 7_500.into()));
    /// ```
    #[must_use]
    pub fn split(self, members: &[PriceVolumeMember]) -> Decomposition {
        let sum = |of: fn(&PriceVolumeMember) -> &Number| members.iter().map(|member| of(member).clone()).sum::<Number>();
        let stays = |member: &&PriceVolumeMember| member.prices().is_some();
        let quantity = |of: fn(&PriceVolumeMember) -> &Number| members.iter().filter(stays).map(|member| of(member).clone()).sum::<Number>();
        let (base_all, actual_all) = (quantity(|member| &member.base_quantity), quantity(|member| &member.actual_quantity));
        let zero = || Number::from(0);
        let parts = members.iter().map(|member| {
            let Some((price_0, price_1)) = member.prices() else {
                // It is there in one of the periods at most.
                let (is_new, is_gone) = (!member.actual_quantity.is_zero(), !member.base_quantity.is_zero());
                let gone = || zero() - member.base_amount.clone();
                return match (is_new, is_gone) {
                    (true, _) => self.parts([zero(), zero(), zero()], member.actual_amount.clone(), zero(), gone()),
                    (false, true) => self.parts([zero(), zero(), zero()], zero(), gone(), member.actual_amount.clone()),
                    (false, false) => self.parts([zero(), zero(), zero()], zero(), zero(), member.actual_amount.clone() - member.base_amount.clone()),
                };
            };
            let (before, after) = (member.base_quantity.clone(), member.actual_quantity.clone());
            let (price_change, quantity_change) = (price_1 - price_0.clone(), after.clone() - before.clone());
            let split = match self {
                Self::PriceVolumeMix => match before.divided_by(&base_all) {
                    Some(share) => {
                        let volume = (actual_all.clone() - base_all.clone()) * share.clone() * price_0.clone();
                        [after.clone() * price_change, volume, (after - actual_all.clone() * share) * price_0]
                    }
                    // Quantities that cancel out have no shares: all of it is mix.
                    None => [after.clone() * price_change, zero(), (after - before) * price_0],
                },
                Self::PriceAndVolume => [after * price_change, price_0 * quantity_change, zero()],
                Self::Joint => [before * price_change.clone(), price_0 * quantity_change.clone(), price_change * quantity_change],
            };
            self.parts(split, zero(), zero(), zero())
        });
        let parts = parts.collect();
        let word = Self::WORDS.iter().find(|(_, known)| *known == self).map_or("", |(word, _)| word);
        Decomposition::of(word, self.effects(), sum(|member| &member.base_amount), sum(|member| &member.actual_amount), parts)
    }

    fn effects(self) -> &'static [Effect] {
        use Effect::{Discontinued, Interaction, Mix, New, Price, Volume, WithoutBase};
        match self {
            Self::PriceVolumeMix => &[Price, Volume, Mix, New, Discontinued, WithoutBase],
            Self::PriceAndVolume => &[Price, Volume, New, Discontinued, WithoutBase],
            Self::Joint => &[Price, Volume, Interaction, New, Discontinued, WithoutBase],
        }
    }

    fn parts(self, [first, second, third]: [Number; 3], new: Number, gone: Number, without_base: Number) -> Vec<Number> {
        match self {
            Self::PriceVolumeMix | Self::Joint => vec![first, second, third, new, gone, without_base],
            Self::PriceAndVolume => vec![first, second, new, gone, without_base],
        }
    }
}
