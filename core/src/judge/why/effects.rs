//! What a change is made of.

use serde::Serialize;

use crate::base::number::Number;
use crate::words::Message;

/// A part that a change is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// The rates of members changed.
    Rate,
    /// The shares of members changed; of amounts, the shares of quantities.
    Mix,
    /// Both changed at once.
    Interaction,
    /// The prices of members changed.
    Price,
    /// The quantity as a whole changed.
    Volume,
    /// Members that are new.
    New,
    /// Members that are gone.
    Discontinued,
    /// What stands above no base: a numerator without a denominator, an amount without a quantity.
    WithoutBase,
}

impl Effect {
    /// What it is, as a message.
    pub(crate) fn message(self) -> Message {
        match self {
            Self::Rate => Message::EffectRate,
            Self::Mix => Message::EffectMix,
            Self::Interaction => Message::EffectInteraction,
            Self::Price => Message::EffectPrice,
            Self::Volume => Message::EffectVolume,
            Self::New => Message::EffectNew,
            Self::Discontinued => Message::EffectDiscontinued,
            Self::WithoutBase => Message::EffectWithoutBase,
        }
    }

    /// What it is, in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Rate => "rates",
            Self::Mix => "mix",
            Self::Interaction => "rates and mix together",
            Self::Price => "prices",
            Self::Volume => "volume",
            Self::New => "new members",
            Self::Discontinued => "members that are gone",
            Self::WithoutBase => "what has no base",
        }
    }
}

/// The sum by halves. Rates have as many denominators as there are members, and sums of them are
/// long: this way only the last few are.
fn sum(parts: &[&Number]) -> Number {
    match parts {
        [] => Number::from(0),
        [part] => (*part).clone(),
        _ => {
            let (left, right) = parts.split_at(parts.len() / 2);
            sum(left) + sum(right)
        }
    }
}

/// A change and what it is made of. The totals of the effects sum to it, and so do the totals of
/// the members, to the last digit; effect by effect the members sum to its total.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decomposition {
    /// The convention, by its word.
    pub convention: &'static str,
    /// The figure before.
    pub base: Number,
    /// The figure after.
    pub actual: Number,
    /// After − before.
    pub change: Number,
    /// The effects of the convention, in its order.
    pub effects: Vec<EffectTotal>,
    /// The members in the order given.
    pub members: Vec<MemberEffects>,
}

/// An effect over all members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EffectTotal {
    /// Which.
    pub effect: Effect,
    /// Its part of the change.
    pub value: Number,
}

/// What a member contributes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MemberEffects {
    /// Its part of each effect, in the order of [`Decomposition::effects`].
    pub effects: Vec<Number>,
    /// Its part of the change.
    pub total: Number,
}

impl Decomposition {
    /// From the parts of each member, in the order of the effects.
    pub(super) fn of(convention: &'static str, effects: &[Effect], base: Number, actual: Number, members: Vec<Vec<Number>>) -> Self {
        let total = |position: usize| sum(&members.iter().filter_map(|parts| parts.get(position)).collect::<Vec<_>>());
        let effects = effects.iter().enumerate().map(|(position, effect)| EffectTotal { effect: *effect, value: total(position) }).collect();
        let members = members.into_iter().map(|effects| MemberEffects { total: effects.iter().cloned().sum(), effects }).collect();
        Self { convention, change: actual.clone() - base.clone(), base, actual, effects, members }
    }

    /// Its part of the change; zero where the convention does not know the effect.
    ///
    /// ```
    /// use marketingos::{Effect, Number, PriceVolume, PriceVolumeMember};
    /// let member = |before: (i64, i64), after: (i64, i64)| PriceVolumeMember::of(before, after);
    /// let change = PriceVolume::PriceVolumeMix.split(&[member((100, 10), (132, 11))]);
    /// assert_eq!((change.effect(Effect::Price), change.effect(Effect::Volume), change.effect(Effect::Rate)), (22.into(), 10.into(), 0.into()));
    /// ```
    #[must_use]
    pub fn effect(&self, effect: Effect) -> Number {
        let found = self.effects.iter().find(|total| total.effect == effect);
        found.map_or_else(|| Number::from(0), |total| total.value.clone())
    }
}
