//! Where a point lies: on which side of the centre, beyond which lines, and which way from the
//! point before. All that the rules look at, so that they are the same for exact figures and for
//! anything else that can be placed.

use std::cmp::Ordering;

use serde::Serialize;

use super::rules::SignalRule;
use crate::base::number::Number;

/// The lines that rules look at, in half standard deviations: a limit lies at six of them.
const HALVES: [u8; 4] = [2, 3, 4, LIMIT];
/// A limit, in half standard deviations.
pub(super) const LIMIT: u8 = 6;

/// The side of the centre line, or the way, to which a signal points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Above the centre, or rising.
    Above,
    /// Below the centre, or falling.
    Below,
    /// Neither: the points alternate, or keep to the centre, or keep away from it.
    Neither,
}

/// Where a point lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// `None` on the centre.
    pub(super) side: Option<Side>,
    /// The outermost line that it lies strictly beyond, in half standard deviations; 0 for none.
    pub(super) beyond: u8,
    /// Whether it lies within one standard deviation. Nothing does where there is no deviation.
    pub(super) near: bool,
    /// How it compares with the point just before, if there is one.
    pub(super) step: Option<Ordering>,
}

/// The lines at a point.
pub(super) struct Lines {
    centre: Number,
    above: Vec<(u8, Number)>,
    below: Vec<(u8, Number)>,
    apart: bool,
}

impl Lines {
    /// The lines that these rules look at: fractions of the way from the centre to a limit,
    /// rounded as the points are.
    pub(super) fn of(centre: &Number, lower: &Number, upper: &Number, rules: &[SignalRule]) -> Self {
        let middle = centre.rounded();
        Self { above: lines(centre, upper, rules), below: lines(centre, lower, rules), centre: middle, apart: lower != upper }
    }

    /// Those that it takes to judge one point alone: most rules ask nothing of the other side.
    pub(super) fn for_one(point: &Number, centre: &Number, lower: &Number, upper: &Number, rules: &[SignalRule]) -> Self {
        let middle = centre.rounded();
        let both = rules.iter().any(|rule| rule.looks_at_both_sides());
        let asked = |limit, side| if both || point.cmp(&middle) == side { lines(centre, limit, rules) } else { Vec::new() };
        Self { above: asked(upper, Ordering::Greater), below: asked(lower, Ordering::Less), centre: middle, apart: lower != upper }
    }

    /// Where a point lies that is rounded.
    pub(super) fn place(&self, value: &Number, step: Option<Ordering>) -> Place {
        let outermost = |lines: &[(u8, Number)], away| lines.iter().filter(|(_, line)| value.cmp(line) == away).map(|(half, _)| *half).max().unwrap_or(0);
        let (side, beyond) = match value.cmp(&self.centre) {
            Ordering::Greater => (Some(Side::Above), outermost(&self.above, Ordering::Greater)),
            Ordering::Less => (Some(Side::Below), outermost(&self.below, Ordering::Less)),
            Ordering::Equal => (None, 0),
        };
        Place { side, beyond, near: self.apart && beyond < 2, step }
    }
}

fn lines(centre: &Number, limit: &Number, rules: &[SignalRule]) -> Vec<(u8, Number)> {
    let way = limit.clone() - centre.clone();
    let line = |half| match half {
        LIMIT => Some(limit.rounded()),
        _ => Some((centre.clone() + way.clone() * Number::ratio(i128::from(half), i128::from(LIMIT))?).rounded()),
    };
    let looked_at = HALVES.into_iter().filter(|half| rules.iter().any(|rule| rule.looks_at(*half)));
    looked_at.filter_map(|half| Some((half, line(half)?))).collect()
}

/// How each value compares with the one just before.
pub(super) fn steps(values: &[Option<Number>]) -> impl Iterator<Item = Option<Ordering>> {
    let before = std::iter::once(&None).chain(values);
    values.iter().zip(before).map(|(value, before)| Some(value.as_ref()?.cmp(before.as_ref()?)))
}
