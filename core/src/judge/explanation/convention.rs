//! Which convention a question asks for.

use super::Why;
use crate::base::code::Code;
use crate::base::error::Error;
use crate::base::finding::quoted;
use crate::judge::why::drivers::DriverSplit;
use crate::judge::why::price_volume::PriceVolume;
use crate::judge::why::rate_mix::RateMix;
use crate::model::kpi::{Calculation, Statistic};
use crate::text::one_of_help;

/// How a change is to be split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Convention {
    Drivers(DriverSplit),
    RateMix(RateMix),
    PriceVolume(PriceVolume),
    /// Each member's amount by itself.
    Members,
}

/// Whether a figure is one number divided by another, for each member as for all.
pub(super) fn is_quotient(calculation: &Calculation) -> bool {
    matches!(
        calculation,
        Calculation::Ratio { .. }
            | Calculation::Conversion { .. }
            | Calculation::Mean { .. }
            | Calculation::WeightedMean { .. }
            | Calculation::Summary { statistic: Statistic::Mean, .. }
            | Calculation::Duration { statistic: Statistic::Mean, .. }
    )
}

impl Convention {
    /// The one that a question asks for; a word that does not fit the question is an error.
    pub(super) fn of(why: &Why<'_>, calculation: &Calculation) -> Result<Self, Error> {
        if why.volume.is_some() && why.by.is_empty() {
            let message = "prices and volumes are those of members, and the question names no dimension";
            return Err(Error::new(Code::BadRequest, message, "name the dimensions, or leave the volume out"));
        }
        if why.by.is_empty() {
            return among(why.convention, &DriverSplit::WORDS, DriverSplit::Shapley).map(Self::Drivers);
        }
        if why.volume.is_some() {
            return among(why.convention, &PriceVolume::WORDS, PriceVolume::PriceVolumeMix).map(Self::PriceVolume);
        }
        if is_quotient(calculation) {
            return among(why.convention, &RateMix::WORDS, RateMix::ThreeWay).map(Self::RateMix);
        }
        among(why.convention, &[("members", Self::Members)], Self::Members)
    }
}

fn among<T: Copy>(word: Option<&str>, words: &[(&'static str, T)], default: T) -> Result<T, Error> {
    let Some(word) = word else { return Ok(default) };
    let found = words.iter().find(|(known, _)| *known == word).map(|(_, found)| *found);
    found.ok_or_else(|| {
        let known: Vec<&str> = words.iter().map(|(known, _)| *known).collect();
        Error::new(Code::BadRequest, format!("{} is not a convention for this question", quoted(word)), one_of_help(word, &known))
    })
}
