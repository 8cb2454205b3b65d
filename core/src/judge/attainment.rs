//! How much of a target is attained, by a named convention (domain D9: never unnamed).

use serde::Serialize;

use super::variance::{Figure, Impact, without_so_far};
use crate::base::number::Number;
use crate::base::unit::Unit;
use crate::base::value::Value;
use crate::model::kpi::Direction;
use crate::model::variance::{AttainmentRule, VarianceRules};

/// How much of a target is attained; 1 is all of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attainment {
    /// How it is computed.
    pub convention: AttainmentRule,
    /// The share of the target, or the reason why there is none.
    #[serde(flatten)]
    pub figure: Figure,
}

impl Attainment {
    /// By the first declared convention that suits the direction; `None` where none does. Without a
    /// change there is no attainment, for the same reason.
    pub(super) fn of(rules: &VarianceRules, direction: Direction, actual: &Value, target: &Value, baseline: Option<&Number>, change: &Value) -> Option<Self> {
        let convention = *rules.attainment.iter().find(|rule| rule.suits(direction))?;
        let value = match (actual, target, change) {
            (Value::Value { value: actual }, Value::Value { value: target }, Value::Value { .. }) => by(convention, direction, actual, target, baseline),
            (.., reason) => without_so_far(reason),
        };
        Some(Self { convention, figure: Figure::of(value, &Unit::Percent) })
    }
}

fn by(convention: AttainmentRule, direction: Direction, actual: &Number, target: &Number, baseline: Option<&Number>) -> Value {
    let above_zero = |number: &Number, what: &str| {
        if number.is_zero() || number.is_negative() { Err(Value::undefined(format!("the {what} is not above zero"))) } else { Ok(number.clone()) }
    };
    let share = |part: &Number, whole: Result<Number, Value>| match whole {
        Ok(whole) => part.divided_by(&whole).map_or_else(|| Value::undefined("the whole is zero"), Value::of),
        Err(reason) => reason,
    };
    match convention {
        AttainmentRule::ActualOverTarget => share(actual, above_zero(target, "target")),
        AttainmentRule::TargetOverActual => share(target, above_zero(target, "target").and_then(|_| above_zero(actual, "actual"))),
        AttainmentRule::TwoMinus => match share(actual, above_zero(target, "target")) {
            Value::Value { value } => Value::of(Number::from(2) - value),
            reason => reason,
        },
        AttainmentRule::FromBaseline => match baseline {
            None => Value::missing("the target has no baseline: it is no trajectory"),
            Some(baseline) if baseline == target => Value::undefined("the target is its baseline"),
            // Else what misses the target by the most would attain the most of it.
            Some(baseline) if Impact::of(&(target.clone() - baseline.clone()), direction) == Impact::Adverse => {
                Value::undefined("the target is not better than its baseline")
            }
            Some(baseline) => share(&(actual.clone() - baseline.clone()), Ok(target.clone() - baseline.clone())),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::by;
    use crate::Number;
    use crate::model::kpi::Direction;
    use crate::model::variance::AttainmentRule::{self, ActualOverTarget, FromBaseline, TargetOverActual, TwoMinus};

    #[test]
    fn each_convention_by_hand() {
        let number = |text: &str| Number::parse(text).unwrap();
        let of = |rule: AttainmentRule, actual: &str, target: &str, baseline: Option<&str>| {
            by(rule, Direction::None, &number(actual), &number(target), baseline.map(number).as_ref())
        };
        for (rule, actual, target, baseline, expected) in [
            (ActualOverTarget, "90", "120", None, "0.75"),
            (ActualOverTarget, "-30", "120", None, "-0.25"),
            // A cost of 50 against a target of 40 is 80 % by one convention and 75 % by the other.
            (TargetOverActual, "50", "40", None, "0.8"),
            (TwoMinus, "50", "40", None, "0.75"),
            (TargetOverActual, "32", "40", None, "1.25"),
            (TwoMinus, "32", "40", None, "1.2"),
            // From 2 % to 5 %: at 4 % two of three points are done. Down from 60 to 40 likewise.
            (FromBaseline, "0.035", "0.05", Some("0.02"), "0.5"),
            (FromBaseline, "45", "40", Some("60"), "0.75"),
            (FromBaseline, "65", "40", Some("60"), "-0.25"),
        ] {
            assert_eq!(of(rule, actual, target, baseline).number(), Some(&number(expected)), "{rule:?} {actual} of {target}");
        }
        for (rule, actual, target, baseline, cause) in [
            (ActualOverTarget, "1", "0", None, "the target is not above zero"),
            (ActualOverTarget, "1", "-4", None, "the target is not above zero"),
            (TargetOverActual, "0", "4", None, "the actual is not above zero"),
            (TwoMinus, "4", "0", None, "the target is not above zero"),
            (FromBaseline, "4", "5", None, "the target has no baseline: it is no trajectory"),
            (FromBaseline, "4", "5", Some("5"), "the target is its baseline"),
        ] {
            assert_eq!(of(rule, actual, target, baseline).cause(), cause, "{rule:?} {actual} of {target}");
        }
    }

    #[test]
    fn a_target_worse_than_its_baseline_is_not_attained_from_there() {
        let from_hundred =
            |direction: Direction, actual: i64, target: i64| by(FromBaseline, direction, &actual.into(), &target.into(), Some(&Number::from(100)));
        // Down to 80 from 100 is worse where higher is better: 70 has not "attained 150 %" of it.
        assert_eq!(from_hundred(Direction::Higher, 70, 80).cause(), "the target is not better than its baseline");
        assert_eq!(from_hundred(Direction::Lower, 130, 120).cause(), "the target is not better than its baseline");
        assert_eq!(from_hundred(Direction::Lower, 70, 80).number(), Some(&Number::parse("1.5").unwrap()));
        assert_eq!(from_hundred(Direction::Higher, 130, 120).number(), Some(&Number::parse("1.5").unwrap()));
    }
}
