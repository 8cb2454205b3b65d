//! Pacing: where a period should stand by its plan, and what is still to be done (domain D9).

use serde::Serialize;

use crate::base::calendar::{Calendar, Period, Span};
use crate::base::date::Date;
use crate::base::number::Number;
use crate::base::unit::{Per, Unit};
use crate::base::value::Value;
use crate::judge::phasing::working_days;
use crate::judge::snapshot::Snapshot;
use crate::judge::target::TargetFor;
use crate::judge::variance::{Figure, difference, without_so_far};
use crate::model::kpi::{Direction, Kpi};

/// A running period against its plan, so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pacing {
    /// The last day that counts: the as-of date, or the last one before it that data reach.
    pub until: Date,
    /// The days that are over.
    pub days: i64,
    /// The days that are left.
    pub days_left: i64,
    /// The Mondays to Fridays that are over.
    pub working_days: i64,
    /// The Mondays to Fridays that are left.
    pub working_days_left: i64,
    /// The figure so far.
    pub actual: Figure,
    /// Where it should be by the plan: of an amount the share of the days that are over, by the
    /// target's phasing; else the target of the period.
    pub expected: Figure,
    /// Actual ÷ expected; above 100 % is more than planned, which is good only where more is better.
    pub pace: Figure,
    /// What an amount still lacks to its target; negative when it is beyond it.
    pub to_do: Figure,
    /// The amount of a day so far.
    pub per_day: Figure,
    /// The amount of a day that is needed from now on; of a cost, the amount that is left for a day.
    pub needed_per_day: Figure,
    /// The amount of a working day so far.
    pub per_working_day: Figure,
    /// The same for each working day that is left.
    pub needed_per_working_day: Figure,
    /// What is needed a day ÷ what a day brought so far.
    pub needed_to_rate: Figure,
}

/// The bound of a target that counts: the lower one where more is better, the upper one where less
/// is; of a band, none.
pub(super) fn aim(direction: Direction, target: &TargetFor) -> Value {
    match direction {
        Direction::Lower => Value::of(target.high.clone()),
        Direction::Higher => Value::of(target.low.clone()),
        Direction::Band | Direction::None if target.low == target.high => Value::of(target.low.clone()),
        Direction::Band | Direction::None => Value::not_comparable("the target is a band, which has no pace"),
    }
}

/// The target of a KPI for a running period or a part of it from its first day, both by the plan as
/// known now.
pub(super) fn target(snapshot: &Snapshot, kpi: &Kpi, period: &Period) -> Result<TargetFor, Value> {
    snapshot.target_as_known(kpi, period, snapshot.as_of())
}

/// A figure of a period so far, and its plan.
pub(super) struct SoFar<'k> {
    pub(super) kpi: &'k Kpi,
    pub(super) period: &'k Period,
    pub(super) until: Date,
    pub(super) actual: Value,
    /// Whether days add up to the period.
    pub(super) additive: bool,
}

/// The pacing of a period, from its figure so far.
pub(super) fn pacing(snapshot: &Snapshot, so_far: SoFar<'_>) -> Pacing {
    let SoFar { kpi, period, until, actual, additive } = so_far;
    let over = Span { first: period.first, last: until };
    let left = Span { first: until.plus_days(1), last: period.last };
    let of = |target: Result<TargetFor, Value>| target.map_or_else(|reason| reason, |target| aim(target.direction(kpi), &target));
    let target_of_whole = target(snapshot, kpi, period);
    let direction = target_of_whole.as_ref().map_or(kpi.direction, |target| target.direction(kpi));
    let whole = of(target_of_whole);
    let expected = if additive { of(target(snapshot, kpi, &Period { last: until, ..period.clone() })) } else { whole.clone() };
    let pace = share(&actual, &expected, "nothing is expected by now", "what is expected by now is negative");
    let only_amounts = || Value::not_comparable("it does not add up day by day");
    let to_do = if additive { difference(&whole, &actual) } else { only_amounts() };
    let rate = |amount: &Value, days: i64, none: &str| if additive { quotient(amount, &Value::of(Number::from(days)), none) } else { only_amounts() };
    // What is done already needs nothing more, and of what is spent already nothing is left.
    let needed = match &to_do {
        Value::Value { value } if value.is_negative() && direction == Direction::Lower => Value::undefined("the target is exceeded already"),
        Value::Value { value } if value.is_negative() => Value::of(Number::from(0)),
        to_do => to_do.clone(),
    };
    let per = |each: Per| Unit::Per(Box::new(kpi.unit.clone()), each);
    let (day, working_day) = (per(Per::Day), per(Per::Thing("working day".to_owned())));
    let (worked, to_work) = (working_days(over), working_days(left));
    let per_day = rate(&actual, over.days(), "no day is over");
    let needed_per_day = rate(&needed, left.days(), "no day is left");
    Pacing {
        until,
        days: over.days(),
        days_left: left.days(),
        working_days: worked,
        working_days_left: to_work,
        per_working_day: Figure::of(rate(&actual, worked, "no working day is over"), &working_day),
        needed_per_working_day: Figure::of(rate(&needed, to_work, "no working day is left"), &working_day),
        needed_to_rate: Figure::of(share(&needed_per_day, &per_day, "a day brought nothing so far", "what a day brought so far is negative"), &Unit::Percent),
        per_day: Figure::of(per_day, &day),
        needed_per_day: Figure::of(needed_per_day, &day),
        actual: Figure::of(actual, &kpi.unit),
        expected: Figure::of(expected, &kpi.unit),
        pace: Figure::of(pace, &Unit::Percent),
        to_do: Figure::of(to_do, &kpi.unit),
    }
}

/// The quotient of two values, or the reason why there is none.
fn quotient(above: &Value, below: &Value, by_zero: &str) -> Value {
    match (above, below) {
        (Value::Value { value: above }, Value::Value { value: below }) => above.divided_by(below).map_or_else(|| Value::undefined(by_zero), Value::of),
        (Value::Value { .. }, reason) | (reason, _) => without_so_far(reason),
    }
}

/// The same as a share of a whole, which only a positive one has.
fn share(part: &Value, whole: &Value, zero: &str, negative: &str) -> Value {
    match whole {
        Value::Value { value } if value.is_negative() => quotient(part, &Value::undefined(negative), zero),
        whole => quotient(part, whole, zero),
    }
}

/// The part of a period that is over on a day.
pub(super) fn part(calendar: &Calendar, period: &Period, until: Date) -> Period {
    let span = calendar.to_date(period.grain, until);
    Period { label: format!("{} to {}", span.first, span.last), last: span.last, ..period.clone() }
}
