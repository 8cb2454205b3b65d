//! The two answers of a chart, kept apart as in NHS England's *Making Data Count*: variation (does
//! it change?) and assurance (will it reliably meet its target?).

use serde::Serialize;

use super::chart::{Chart, ChartPoint};
use super::place::Side;
use super::rules::Signal;
use crate::base::number::Number;
use crate::model::kpi::Direction;
use crate::words::Message;

/// Does it change? After the variation icons of *Making Data Count*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Variation {
    /// A signal in the better direction.
    SpecialCauseImprovement,
    /// A signal in the worse direction.
    SpecialCauseConcern,
    /// A signal without a better or worse: no direction is better, or the rule points in none.
    SpecialCause,
    /// Nothing but noise.
    CommonCause,
    /// Too few points for limits.
    TooFewPoints,
}

/// Will it reliably meet its target? After the assurance icons of *Making Data Count*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Assurance {
    /// All that the process does by itself meets the target.
    ReliablyMeets,
    /// Nothing that the process does by itself meets it.
    ReliablyMisses,
    /// The target lies between the limits: chance decides.
    HitOrMiss,
    /// There is no target, or no direction in which to meet it.
    NoTarget,
    /// Too few points for limits.
    TooFewPoints,
}

impl Variation {
    /// The answer as a message.
    pub(crate) fn message(self) -> Message {
        match self {
            Self::SpecialCauseImprovement => Message::SpecialCauseImprovement,
            Self::SpecialCauseConcern => Message::SpecialCauseConcern,
            Self::SpecialCause => Message::SpecialCause,
            Self::CommonCause => Message::CommonCause,
            Self::TooFewPoints => Message::TooFewPoints,
        }
    }

    /// The answer in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::SpecialCauseImprovement => "special cause, improvement",
            Self::SpecialCauseConcern => "special cause, concern",
            Self::SpecialCause => "special cause",
            Self::CommonCause => "common cause",
            Self::TooFewPoints => "too few points",
        }
    }
}

impl Assurance {
    /// The answer in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::ReliablyMeets => "reliably meets the target",
            Self::ReliablyMisses => "reliably misses the target",
            Self::HitOrMiss => "hit or miss",
            Self::NoTarget => "no target",
            Self::TooFewPoints => "too few points",
        }
    }
}

impl Signal {
    /// Whether it points in the better direction; `None` where there is no better or worse.
    pub(crate) fn improves(self, direction: Direction) -> Option<bool> {
        match (direction, self.side) {
            (Direction::Higher, Side::Above) | (Direction::Lower, Side::Below) => Some(true),
            (Direction::Higher, Side::Below) | (Direction::Lower, Side::Above) => Some(false),
            (Direction::Band | Direction::None, _) | (_, Side::Neither) => None,
        }
    }
}

impl Chart {
    /// The latest point that is judged: the last with a value, except one that is not over yet.
    #[must_use]
    pub fn latest(&self) -> Option<&ChartPoint> {
        self.points.iter().rev().find(|point| point.judged)
    }

    /// Does it change? Of the [`latest`](Self::latest) point; the first rule of the set that it
    /// breaks tells which way.
    ///
    /// ```
    /// use marketingos::{Charting, Direction, Number, Variation};
    /// let values = [9, 11, 9, 11, 9, 11, 9, 11, 9, 11, 9, 30].map(|value| Some(Number::from(value)));
    /// let chart = Charting::default().chart(&values);
    /// assert_eq!(chart.variation(Direction::Higher), Variation::SpecialCauseImprovement);
    /// assert_eq!(chart.variation(Direction::Lower), Variation::SpecialCauseConcern);
    /// assert_eq!(chart.variation(Direction::Band), Variation::SpecialCause);
    /// ```
    #[must_use]
    pub fn variation(&self, direction: Direction) -> Variation {
        let Some(point) = self.latest().filter(|point| point.lines.is_some()) else { return Variation::TooFewPoints };
        match point.signals.first().map(|signal| signal.improves(direction)) {
            None => Variation::CommonCause,
            Some(None) => Variation::SpecialCause,
            Some(Some(true)) => Variation::SpecialCauseImprovement,
            Some(Some(false)) => Variation::SpecialCauseConcern,
        }
    }

    /// Will it reliably meet a target, from one bound to another (the same for a single value)? By
    /// the limits at the [`latest`](Self::latest) point. Where more or less is better only the bound
    /// counts that must be reached; on target is met, so limits that touch it from the good side do.
    ///
    /// ```
    /// use marketingos::{Assurance, Charting, Direction, Number};
    /// let values = [9, 11, 9, 11, 9, 11, 9, 11].map(|value| Some(Number::from(value)));
    /// let chart = Charting::default().chart(&values); // 4.68 to 15.32
    /// let against = |target: i32| chart.assurance(Direction::Higher, Some((&Number::from(target), &Number::from(target))));
    /// assert_eq!([against(4), against(10), against(16)], [Assurance::ReliablyMeets, Assurance::HitOrMiss, Assurance::ReliablyMisses]);
    /// assert_eq!(chart.assurance(Direction::Higher, None), Assurance::NoTarget);
    /// ```
    #[must_use]
    pub fn assurance(&self, direction: Direction, target: Option<(&Number, &Number)>) -> Assurance {
        let Some((low, high)) = target.filter(|_| direction != Direction::None) else { return Assurance::NoTarget };
        let Some(lines) = self.latest().and_then(|point| point.lines.as_ref()) else { return Assurance::TooFewPoints };
        let (lower, upper) = (lines.lower.rounded(), lines.upper.rounded());
        let (low, high) = (low.rounded(), high.rounded());
        let (from, to) = (lower >= low, upper <= high);
        let (meets, misses) = match direction {
            Direction::Higher => (from, upper < low),
            Direction::Lower => (to, lower > high),
            Direction::Band | Direction::None => (from && to, upper < low || lower > high),
        };
        match (meets, misses) {
            (true, _) => Assurance::ReliablyMeets,
            (_, true) => Assurance::ReliablyMisses,
            _ => Assurance::HitOrMiss,
        }
    }
}
