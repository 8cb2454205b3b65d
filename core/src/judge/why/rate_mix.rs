//! Rate and mix: why a ratio of sums changed, by the members of its numerator and denominator.
//!
//! The rate of all is `R = Σ wᵢ rᵢ` with the weights `wᵢ = dᵢ ÷ Σd` and the rates `rᵢ = nᵢ ÷ dᵢ`. The
//! decomposition is that of E. M. Kitagawa, "Components of a Difference Between Two Rates", Journal
//! of the American Statistical Association 50 (1955).

use serde::Serialize;

use super::effects::{Decomposition, Effect};
use crate::base::number::Number;

/// How a change of a ratio is split. Mix is told against the rate of all members together, so that
/// growing is good for a member whose rate lies above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RateMix {
    /// Rate `Σ w₀Δr`, mix `Σ (r₀ − R₀)Δw`, interaction `Σ ΔwΔr`: both against the base.
    ThreeWay,
    /// Rate `Σ w₁Δr`, mix `Σ (r₀ − R₀)Δw`: the interaction is counted with the rates.
    ActualWeights,
    /// Rate `Σ w̄Δr`, mix `Σ (r̄ − R̄)Δw` with the means of both periods: symmetrical, and without
    /// an interaction.
    Midpoint,
}

/// A member's numerator and denominator in both periods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateMember {
    /// The numerator before.
    pub base_numerator: Number,
    /// The denominator before.
    pub base_denominator: Number,
    /// The numerator after.
    pub actual_numerator: Number,
    /// The denominator after.
    pub actual_denominator: Number,
}

impl RateMember {
    /// From whole numbers: numerator and denominator before, and after.
    #[must_use]
    pub fn of(base: (i64, i64), actual: (i64, i64)) -> Self {
        let number = |value: i64| Number::from(value);
        Self { base_numerator: number(base.0), base_denominator: number(base.1), actual_numerator: number(actual.0), actual_denominator: number(actual.1) }
    }
}

/// What a member's part is told against.
pub(super) struct Whole {
    /// The denominators of all members before, and after.
    pub(super) base_all: Number,
    pub(super) actual_all: Number,
    /// The rate of all members before, and after.
    pub(super) before: Number,
    pub(super) after: Number,
}

impl RateMix {
    /// The conventions, with the words for them.
    pub const WORDS: [(&'static str, Self); 3] = [("three_way", Self::ThreeWay), ("actual_weights", Self::ActualWeights), ("midpoint", Self::Midpoint)];

    /// Splits the change of the ratio of all members; `None` where there is no ratio in one of the
    /// periods, the denominators summing to zero.
    ///
    /// A member without a denominator in a period has no rate there: it is given its other one, so that
    /// coming and going is mix. What such a member has in its numerator stands above no base, and is
    /// told as an effect of its own.
    ///
    /// ```
    /// use marketingos::{Effect, Number, RateMember, RateMix};
    /// // Each member converts better than before, and all together worse: Simpson's paradox.
    /// let members = [RateMember::of((90, 100), (19, 20)), RateMember::of((10, 100), (36, 180))];
    /// let change = RateMix::ThreeWay.split(&members).unwrap();
    /// assert_eq!(change.change, Number::parse("-0.225").unwrap());
    /// let effects = [Effect::Rate, Effect::Mix, Effect::Interaction].map(|effect| change.effect(effect).to_fixed(3));
    /// assert_eq!(effects, ["0.075", "-0.320", "0.020"]);
    /// ```
    #[must_use]
    pub fn split(self, members: &[RateMember]) -> Option<Decomposition> {
        let sum = |of: fn(&RateMember) -> &Number| members.iter().map(|member| of(member).clone()).sum::<Number>();
        let (base_all, actual_all) = (sum(|member| &member.base_denominator), sum(|member| &member.actual_denominator));
        let base = sum(|member| &member.base_numerator).divided_by(&base_all)?;
        let actual = sum(|member| &member.actual_numerator).divided_by(&actual_all)?;
        // The rates that mix is held against are those of the members that have a base.
        let based = |of: fn(&RateMember) -> (&Number, &Number), all: &Number| {
            let numerators = members.iter().map(of).filter(|(_, denominator)| !denominator.is_zero()).map(|(numerator, _)| numerator.clone());
            numerators.sum::<Number>().divided_by(all)
        };
        let before = based(|member| (&member.base_numerator, &member.base_denominator), &base_all)?;
        let after = based(|member| (&member.actual_numerator, &member.actual_denominator), &actual_all)?;
        let whole = Whole { base_all, actual_all, before, after };
        let parts = members.iter().map(|member| self.parts_of(member, &whole)).collect();
        let word = Self::WORDS.iter().find(|(_, known)| *known == self).map_or("", |(word, _)| word);
        Some(Decomposition::of(word, self.effects(), base, actual, parts))
    }

    /// What a member contributes, in the order of the effects.
    pub(super) fn parts_of(self, member: &RateMember, whole: &Whole) -> Vec<Number> {
        let Whole { base_all, actual_all, before, after } = whole;
        let half = Number::from_parts(5, 1);
        let mean = |left: &Number, right: &Number| (left.clone() + right.clone()) * half.clone();
        let (rate_0, rate_1) = (member.base_numerator.divided_by(&member.base_denominator), member.actual_numerator.divided_by(&member.actual_denominator));
        let zero = || Number::from(0);
        let alone = |numerator: &Number, rate: &Option<Number>, all: &Number| match rate {
            Some(_) => zero(),
            None => numerator.divided_by(all).unwrap_or_else(zero),
        };
        let without_base = alone(&member.actual_numerator, &rate_1, actual_all) - alone(&member.base_numerator, &rate_0, base_all);
        let (Some(rate_0), Some(rate_1)) = (rate_0.clone().or(rate_1.clone()), rate_1.or(rate_0)) else {
            return self.parts(zero(), zero(), zero(), without_base);
        };
        let weight = |denominator: &Number, all: &Number| denominator.divided_by(all).unwrap_or_else(zero);
        let (weight_0, weight_1) = (weight(&member.base_denominator, base_all), weight(&member.actual_denominator, actual_all));
        let (rate_change, weight_change) = (rate_1.clone() - rate_0.clone(), weight_1.clone() - weight_0.clone());
        match self {
            Self::ThreeWay => {
                let mix = (rate_0 - before.clone()) * weight_change.clone();
                self.parts(weight_0 * rate_change.clone(), mix, weight_change * rate_change, without_base)
            }
            Self::ActualWeights => self.parts(weight_1 * rate_change, (rate_0 - before.clone()) * weight_change, zero(), without_base),
            Self::Midpoint => {
                let mix = (mean(&rate_0, &rate_1) - mean(before, after)) * weight_change;
                self.parts(mean(&weight_0, &weight_1) * rate_change, mix, zero(), without_base)
            }
        }
    }

    pub(in crate::judge) fn effects(self) -> &'static [Effect] {
        match self {
            Self::ThreeWay => &[Effect::Rate, Effect::Mix, Effect::Interaction, Effect::WithoutBase],
            Self::ActualWeights | Self::Midpoint => &[Effect::Rate, Effect::Mix, Effect::WithoutBase],
        }
    }

    fn parts(self, rate: Number, mix: Number, interaction: Number, without_base: Number) -> Vec<Number> {
        match self {
            Self::ThreeWay => vec![rate, mix, interaction, without_base],
            Self::ActualWeights | Self::Midpoint => vec![rate, mix, without_base],
        }
    }
}
