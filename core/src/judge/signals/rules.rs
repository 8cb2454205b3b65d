//! The rules that tell a signal from noise, each a small function of the places of points in a
//! row, and the sets that they are published in.
//!
//! - Wheeler: *Making Sense of Data* (SPC Press, 2003) and *Understanding Variation*.
//! - Western Electric: *Statistical Quality Control Handbook* (1956), the tests for instability.
//! - Nelson: L. S. Nelson, "The Shewhart control chart: tests for special causes", *Journal of
//!   Quality Technology* 16 (1984), 237–239.
//! - NHS: NHS England, *Making Data Count*.
//!
//! What a point breaks, it breaks itself: of "two of three" it must be one of the two, so that the
//! quiet point after a signal is none.

use std::cmp::Ordering;

use serde::Serialize;

use super::place::{LIMIT, Place, Side};
use crate::model::signals::RuleSet;
use crate::words::Message;

/// A rule that tells a signal from noise. σ is a third of the way from the centre to a limit; a
/// point on a line is not beyond it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SignalRule {
    /// Strictly beyond a limit: in every set; the "astronomical point" of the NHS.
    BeyondLimit,
    /// Eight in a row on one side of the centre: Wheeler's second rule, Western Electric's fourth.
    RunOfEight,
    /// Three of four, the last among them, nearer to a limit than to the centre: Wheeler's third.
    ThreeOfFour,
    /// Seven in a row on one side of the centre: the "shift" of the NHS.
    RunOfSeven,
    /// Nine in a row on one side of the centre: Nelson's second rule.
    RunOfNine,
    /// Two of three, the last among them, beyond 2σ on one side: Western Electric's second rule,
    /// Nelson's fifth.
    TwoOfThree,
    /// Two of three, the last among them, near the same limit, between it and 2σ: of the NHS.
    /// Points beyond the limit do not count here; they are signals by themselves.
    TwoOfThreeNear,
    /// Four of five, the last among them, beyond 1σ on one side: Western Electric's third rule,
    /// Nelson's sixth.
    FourOfFive,
    /// Six in a row steadily rising or falling: Nelson's third rule. Equal neighbours do neither.
    TrendOfSix,
    /// Seven in a row steadily rising or falling: the "trend" of the NHS.
    TrendOfSeven,
    /// Fourteen in a row alternately up and down: Nelson's fourth rule.
    FourteenAlternating,
    /// Fifteen in a row within 1σ of the centre: Nelson's seventh rule.
    FifteenNear,
    /// Eight in a row beyond 1σ, on whichever side: Nelson's eighth rule.
    EightFar,
}

/// A rule that a point breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Signal {
    /// The rule.
    pub rule: SignalRule,
    /// The side of the centre, or the way, to which it points.
    pub side: Side,
}

impl SignalRule {
    /// The rule in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::BeyondLimit => "beyond the process limit",
            Self::RunOfEight => "eight in a row on one side of the average",
            Self::ThreeOfFour => "three of the last four nearer to the limit than to the average",
            Self::RunOfSeven => "seven in a row on one side of the average",
            Self::RunOfNine => "nine in a row on one side of the average",
            Self::TwoOfThree => "two of the last three in the outer third of the limits or beyond",
            Self::TwoOfThreeNear => "two of the last three near the process limit",
            Self::FourOfFive => "four of the last five outside the middle third of the limits",
            Self::TrendOfSix => "six in a row in one direction",
            Self::TrendOfSeven => "seven in a row in one direction",
            Self::FourteenAlternating => "fourteen in a row alternately up and down",
            Self::FifteenNear => "fifteen in a row in the middle third of the limits",
            Self::EightFar => "eight in a row outside the middle third of the limits",
        }
    }

    /// The rule as a message.
    pub(crate) fn message(self) -> Message {
        match self {
            Self::BeyondLimit => Message::BeyondLimit,
            Self::RunOfEight => Message::RunOfEight,
            Self::ThreeOfFour => Message::ThreeOfFour,
            Self::RunOfSeven => Message::RunOfSeven,
            Self::RunOfNine => Message::RunOfNine,
            Self::TwoOfThree => Message::TwoOfThree,
            Self::TwoOfThreeNear => Message::TwoOfThreeNear,
            Self::FourOfFive => Message::FourOfFive,
            Self::TrendOfSix => Message::TrendOfSix,
            Self::TrendOfSeven => Message::TrendOfSeven,
            Self::FourteenAlternating => Message::FourteenAlternating,
            Self::FifteenNear => Message::FifteenNear,
            Self::EightFar => Message::EightFar,
        }
    }

    /// How many points in a row it looks at.
    pub(super) fn span(self) -> usize {
        match self {
            Self::BeyondLimit => 1,
            Self::TwoOfThree | Self::TwoOfThreeNear => 3,
            Self::ThreeOfFour => 4,
            Self::FourOfFive => 5,
            Self::TrendOfSix => 6,
            Self::RunOfSeven | Self::TrendOfSeven => 7,
            Self::RunOfEight | Self::EightFar => 8,
            Self::RunOfNine => 9,
            Self::FourteenAlternating => 14,
            Self::FifteenNear => 15,
        }
    }

    /// Whether it asks if a point lies beyond the line at so many half standard deviations.
    pub(super) fn looks_at(self, half: u8) -> bool {
        match self {
            Self::BeyondLimit => half == LIMIT,
            Self::ThreeOfFour => half == 3,
            Self::TwoOfThree => half == 4,
            Self::TwoOfThreeNear => half == 4 || half == LIMIT,
            Self::FourOfFive | Self::FifteenNear | Self::EightFar => half == 2,
            Self::RunOfSeven | Self::RunOfEight | Self::RunOfNine | Self::TrendOfSix | Self::TrendOfSeven | Self::FourteenAlternating => false,
        }
    }

    /// Whether it asks that of points on either side, whichever side the last is on.
    pub(super) fn looks_at_both_sides(self) -> bool {
        matches!(self, Self::FifteenNear | Self::EightFar)
    }

    /// Whether the last of these points breaks it, and to which side.
    pub(super) fn broken(self, places: &[Option<Place>]) -> Option<Side> {
        match self {
            Self::BeyondLimit => some_of(places, 1, 1, |place| place.beyond >= LIMIT),
            Self::ThreeOfFour => some_of(places, 3, 4, |place| place.beyond >= 3),
            Self::TwoOfThree => some_of(places, 2, 3, |place| place.beyond >= 4),
            Self::TwoOfThreeNear => some_of(places, 2, 3, |place| (4..LIMIT).contains(&place.beyond)),
            Self::FourOfFive => some_of(places, 4, 5, |place| place.beyond >= 2),
            Self::RunOfSeven => some_of(places, 7, 7, |_| true),
            Self::RunOfEight => some_of(places, 8, 8, |_| true),
            Self::RunOfNine => some_of(places, 9, 9, |_| true),
            Self::TrendOfSix => trend(places, 6),
            Self::TrendOfSeven => trend(places, 7),
            Self::FourteenAlternating => alternating(places, 14),
            Self::FifteenNear => all(places, 15, |place| place.near),
            Self::EightFar => all(places, 8, |place| place.beyond >= 2),
        }
    }
}

impl RuleSet {
    /// Its rules, in the order in which they are published; the first that is broken names a signal.
    #[must_use]
    pub fn rules(self) -> &'static [SignalRule] {
        use SignalRule as Rule;
        match self {
            Self::Wheeler => &[Rule::BeyondLimit, Rule::RunOfEight, Rule::ThreeOfFour],
            Self::WesternElectric => &[Rule::BeyondLimit, Rule::TwoOfThree, Rule::FourOfFive, Rule::RunOfEight],
            Self::Nelson => &[
                Rule::BeyondLimit,
                Rule::RunOfNine,
                Rule::TrendOfSix,
                Rule::FourteenAlternating,
                Rule::TwoOfThree,
                Rule::FourOfFive,
                Rule::FifteenNear,
                Rule::EightFar,
            ],
            Self::Nhs => &[Rule::BeyondLimit, Rule::RunOfSeven, Rule::TrendOfSeven, Rule::TwoOfThreeNear],
        }
    }

    /// How many points in a row its rules look at.
    pub(super) fn span(self) -> usize {
        self.rules().iter().map(|rule| rule.span()).max().unwrap_or(1)
    }

    /// What the last of these points breaks.
    pub(super) fn signals(self, places: &[Option<Place>]) -> Vec<Signal> {
        self.rules().iter().filter_map(|rule| Some(Signal { rule: *rule, side: rule.broken(places)? })).collect()
    }
}

/// The last so many, if there are as many.
fn last(places: &[Option<Place>], count: usize) -> Option<&[Option<Place>]> {
    places.get(places.len().checked_sub(count)?..)
}

/// At least `least` of the last `of`, the very last among them, on one side and so.
fn some_of(places: &[Option<Place>], least: usize, of: usize, so: impl Fn(&Place) -> bool) -> Option<Side> {
    let side = places.last()?.as_ref().filter(|place| so(place))?.side?;
    let counts = |place: &&Option<Place>| place.as_ref().is_some_and(|place| place.side == Some(side) && so(place));
    (places.iter().rev().take(of).filter(counts).count() >= least).then_some(side)
}

/// The last so many all so.
fn all(places: &[Option<Place>], count: usize, so: impl Fn(&Place) -> bool) -> Option<Side> {
    last(places, count)?.iter().all(|place| place.as_ref().is_some_and(&so)).then_some(Side::Neither)
}

/// The steps between the last so many points.
fn steps(places: &[Option<Place>], points: usize) -> Option<impl Iterator<Item = Option<Ordering>>> {
    // The first of them is where the first step starts.
    Some(last(places, points)?.iter().skip(1).map(|place| place.as_ref().and_then(|place| place.step)))
}

/// The last so many points steadily rising or falling.
fn trend(places: &[Option<Place>], points: usize) -> Option<Side> {
    let way = places.last()?.as_ref()?.step?;
    let side = match way {
        Ordering::Greater => Side::Above,
        Ordering::Less => Side::Below,
        Ordering::Equal => return None,
    };
    steps(places, points)?.all(|step| step == Some(way)).then_some(side)
}

/// The last so many points alternately up and down.
fn alternating(places: &[Option<Place>], points: usize) -> Option<Side> {
    let turns = |(step, next): (Option<Ordering>, Option<Ordering>)| step.is_some_and(|step| step.is_ne() && next == Some(step.reverse()));
    steps(places, points)?.zip(steps(places, points)?.skip(1)).all(turns).then_some(Side::Neither)
}

#[cfg(test)]
mod tests {
    use super::{RuleSet, Side, SignalRule};
    use crate::{Number, ProcessLimits};

    const GAP: i64 = i64::MIN;
    const UP: [i64; 7] = [1, 2, 3, 4, 5, 6, 7];

    /// σ is 10.
    fn broken(rule: SignalRule, values: &[i64]) -> Option<Side> {
        let limits = ProcessLimits { centre: Number::from(0), lower: Number::from(-30), upper: Number::from(30), range_limit: Number::from(37), points: 8 };
        let values: Vec<Option<Number>> = values.iter().map(|value| (*value != GAP).then(|| Number::from(*value))).collect();
        let set = [RuleSet::Wheeler, RuleSet::WesternElectric, RuleSet::Nelson, RuleSet::Nhs].into_iter().find(|set| set.rules().contains(&rule)).unwrap();
        limits.signals_by(set, &values).iter().find(|signal| signal.rule == rule).map(|signal| signal.side)
    }

    fn alternating(points: usize, size: i64) -> Vec<i64> {
        (0..points).map(|at| if at % 2 == 0 { size } else { -size }).collect()
    }

    /// A rule, a series that just breaks it, to which side, the points in it that need not be there,
    /// and series that just do not.
    type Case = (SignalRule, Vec<i64>, Side, &'static [usize], Vec<Vec<i64>>);

    fn table() -> Vec<Case> {
        let once = |from: &[i64], at: usize, value: i64| from.iter().enumerate().map(|(here, old)| if here == at { value } else { *old }).collect::<Vec<i64>>();
        let near = [10, -10, 0, 10, -10, 0, 10, -10, 0, 10, -10, 0, 10, -10, 0];
        vec![
            (SignalRule::BeyondLimit, vec![31], Side::Above, &[], vec![vec![30], vec![31, 0]]),
            (SignalRule::RunOfSeven, vec![1; 7], Side::Above, &[], vec![once(&[1; 7], 3, 0), once(&[1; 7], 6, -1)]),
            (SignalRule::RunOfEight, vec![1; 8], Side::Above, &[], vec![once(&[1; 8], 3, 0), once(&[1; 8], 7, -1)]),
            (SignalRule::RunOfNine, vec![1; 9], Side::Above, &[], vec![once(&[1; 9], 3, 0), once(&[1; 9], 8, -1)]),
            (SignalRule::ThreeOfFour, vec![16, 0, 16, 16], Side::Above, &[1], vec![vec![16, 0, 15, 16], vec![16, 16, 16, 0], vec![16, 0, 0, 16, 16]]),
            (SignalRule::TwoOfThree, vec![21, 0, 21], Side::Above, &[1], vec![vec![21, 0, 20], vec![-21, 0, 21], vec![21, 21, 0], vec![21, 0, 0, 21]]),
            (SignalRule::TwoOfThreeNear, vec![21, 0, 30], Side::Above, &[1], vec![vec![21, 0, 20], vec![31, 0, 21], vec![21, 0, 31], vec![-21, 0, 21]]),
            (
                SignalRule::FourOfFive,
                vec![11, 11, 0, 11, 11],
                Side::Above,
                &[2],
                vec![vec![11, 11, 0, 10, 11], vec![11, 11, 11, 11, 0], vec![11, -11, 0, 11, 11]],
            ),
            (SignalRule::TrendOfSix, UP[..6].to_vec(), Side::Above, &[], vec![vec![1, 2, 3, 3, 4, 5], vec![1, 2, 3, 4, 5, 5], vec![1, 2, 3, 2, 3, 4, 5]]),
            (SignalRule::TrendOfSeven, UP.to_vec(), Side::Above, &[], vec![vec![1, 2, 3, 3, 4, 5, 6], vec![1, 2, 3, 4, 5, 6, 5]]),
            (SignalRule::FourteenAlternating, alternating(14, 5), Side::Neither, &[], vec![once(&alternating(14, 5), 13, 5), once(&alternating(14, 5), 0, -5)]),
            (SignalRule::FifteenNear, near.to_vec(), Side::Neither, &[], vec![once(&near, 7, 11), once(&near, 14, -11)]),
            (SignalRule::EightFar, alternating(8, 11), Side::Neither, &[], vec![once(&alternating(8, 11), 4, 10)]),
        ]
    }

    #[test]
    fn each_rule_is_broken_by_what_it_says_and_by_nothing_less() {
        for (rule, fires, side, spare, quiet) in table() {
            assert_eq!(broken(rule, &fires), Some(side), "{rule:?}: {fires:?}");
            assert_eq!(fires.len(), rule.span(), "{rule:?}");
            assert_eq!(broken(rule, &fires[1..]), None, "{rule:?} without its first point");
            for quiet in quiet {
                assert_eq!(broken(rule, &quiet), None, "{rule:?}: {quiet:?}");
            }
            // What came before, even in another direction, makes no difference.
            assert_eq!(broken(rule, &[&[-29, 29, -29], fires.as_slice()].concat()), Some(side), "{rule:?}");
            // A missing point is no evidence; where a rule does not need a point it may be missing.
            for at in 0..fires.len() {
                let mut gap = fires.clone();
                gap[at] = GAP;
                assert_eq!(broken(rule, &gap).is_some(), spare.contains(&at), "{rule:?} with a gap at {at}");
            }
        }
    }

    #[test]
    fn a_mirrored_series_breaks_the_mirrored_rule() {
        for (rule, fires, side, ..) in table() {
            let mirrored: Vec<i64> = fires.iter().map(|value| -value).collect();
            let other = match side {
                Side::Above => Side::Below,
                Side::Below => Side::Above,
                Side::Neither => Side::Neither,
            };
            assert_eq!(broken(rule, &mirrored), Some(other), "{rule:?}");
        }
    }

    #[test]
    fn what_does_not_move_keeps_to_no_centre() {
        let constant = vec![Some(Number::from(5)); 20];
        let limits = ProcessLimits::of(&constant, 8).unwrap();
        assert!(limits.signals_by(RuleSet::Nelson, &constant).is_empty());
    }
}
