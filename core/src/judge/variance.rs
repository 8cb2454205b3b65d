//! Differences and what they mean: arithmetic sign and impact are two things (domain D9).

use std::borrow::Cow;

use serde::Serialize;

use super::attainment::Attainment;
use crate::base::calendar::Period;
use crate::base::number::Number;
use crate::base::unit::{Unit, format_relative};
use crate::base::value::Value;
use crate::measure::{Coverage, Observation};
use crate::model::kpi::Direction;
use crate::model::variance::VarianceRules;
use crate::words::Message;

/// A value and how it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// The value or the reason.
    #[serde(flatten)]
    pub value: Value,
    /// As people read it, the same in every host.
    pub text: String,
}

impl Figure {
    pub(crate) fn of(value: Value, unit: &Unit) -> Self {
        Self { text: unit.format_value(&value), value }
    }

    pub(crate) fn change(value: Value, unit: &Unit) -> Self {
        Self { text: unit.format_change_value(&value), value }
    }

    pub(crate) fn relative(value: Value) -> Self {
        Self { text: format_relative(&value), value }
    }
}

/// What a difference means for the company.
///
/// ```
/// use marketingos::{Direction, Impact, Number};
/// // A cost above its target is a positive variance and an adverse impact.
/// assert_eq!(Impact::of(&Number::from(45), Direction::Lower), Impact::Adverse);
/// // On target is met, never adverse.
/// assert_eq!(Impact::of(&Number::from(0), Direction::Lower), Impact::Neutral);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Impact {
    /// In the better direction.
    Favourable,
    /// In the worse direction.
    Adverse,
    /// On target, or no direction is better.
    Neutral,
    /// There is no difference to judge.
    Unknown,
}

impl Impact {
    /// The impact of a change of a KPI with this direction.
    #[must_use]
    pub fn of(change: &Number, direction: Direction) -> Self {
        let (better, worse) = match direction {
            Direction::Higher => (!change.is_negative(), change.is_negative()),
            Direction::Lower => (change.is_negative(), !change.is_negative()),
            // The distance from a band is never good.
            Direction::Band => (false, true),
            Direction::None => (false, false),
        };
        match (change.is_zero(), better, worse) {
            (false, true, _) => Self::Favourable,
            (false, _, true) => Self::Adverse,
            _ => Self::Neutral,
        }
    }

    /// The impact as a message.
    pub(crate) fn message(self) -> Message {
        match self {
            Self::Favourable => Message::Favourable,
            Self::Adverse => Message::Adverse,
            Self::Neutral => Message::Neutral,
            Self::Unknown => Message::Unknown,
        }
    }

    /// The impact as a word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Favourable => "favourable",
            Self::Adverse => "adverse",
            Self::Neutral => "neutral",
            Self::Unknown => "unknown",
        }
    }
}

/// The actual figure set against another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// The IBCS code of the other figure: PL plan, PP previous period, PY prior year; or that of a
    /// scenario, such as FC forecast and BU budget.
    pub code: Cow<'static, str>,
    /// The period of the other figure.
    pub period: Option<Period>,
    /// The other figure.
    pub base: Figure,
    /// The days that the other figure covers; `None` for a plan.
    pub base_coverage: Option<Coverage>,
    /// Actual − base; for rates in percentage points.
    pub change: Figure,
    /// Change ÷ |base|; absent for rates, whose change is in points already.
    pub relative: Option<Figure>,
    /// Whether the base is negative, which makes the relative change hard to read.
    pub negative_base: bool,
    /// What the change means; within the declared neutral band nothing.
    pub impact: Impact,
    /// Whether the change reaches the declared thresholds; `None` where none is declared, or there is
    /// no change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub material: Option<bool>,
    /// How much of a target is attained, by the declared convention.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attainment: Option<Attainment>,
}

impl Comparison {
    /// Compares with an earlier period.
    pub(crate) fn with_period(
        code: &'static str,
        actual: &Observation,
        period: Option<Period>,
        base: Option<&Observation>,
        unit: &Unit,
        direction: Direction,
    ) -> Self {
        let label = period.as_ref().map_or("that period", |period| period.label.as_str());
        let base_value = base.map_or_else(|| Value::missing(format!("there are no data for {label}")), |base| base.value.clone());
        let change = match (difference(&actual.value, &base_value), base) {
            (Value::Value { .. }, Some(base)) if actual.incomparable().or(base.incomparable()).is_some() => {
                Value::not_comparable(actual.incomparable().or(base.incomparable()).unwrap_or_default())
            }
            (Value::Value { .. }, Some(base)) if !actual.coverage.equals(base.coverage) => Value::not_comparable(format!(
                "{} of {} days are covered, and {} of {} of the other",
                actual.coverage.days, actual.coverage.of, base.coverage.days, base.coverage.of
            )),
            (change, _) => change,
        };
        // A band says what is better only against its bounds.
        let direction = if direction == Direction::Band { Direction::None } else { direction };
        Self::new(code.into(), period, base_value, base.map(|base| base.coverage), change, unit, direction)
    }

    /// The same, unless the two do not mean the same.
    pub(crate) fn unless(mut self, cause: Option<String>, unit: &Unit) -> Self {
        if let Some(cause) = cause.filter(|_| self.change.value.number().is_some()) {
            let change = Value::not_comparable(cause);
            self.relative = self.relative.map(|_| Figure::relative(change.clone()));
            self.change = Figure::change(change, unit);
            self.impact = Impact::Unknown;
        }
        self
    }

    /// Compares with a target; `change` is measured from the nearer bound of a band.
    pub(crate) fn with_target(code: Cow<'static, str>, period: Period, base: Value, change: Value, unit: &Unit, direction: Direction) -> Self {
        Self::new(code, Some(period), base, None, change, unit, direction)
    }

    fn new(
        code: Cow<'static, str>,
        period: Option<Period>,
        base: Value,
        base_coverage: Option<Coverage>,
        change: Value,
        unit: &Unit,
        direction: Direction,
    ) -> Self {
        let relative = (!unit.is_percent()).then(|| Figure::relative(relative(&change, &base)));
        let impact = change.number().map_or(Impact::Unknown, |change| Impact::of(change, direction));
        Self {
            code,
            period,
            negative_base: base.number().is_some_and(Number::is_negative),
            base: Figure::of(base, unit),
            base_coverage,
            change: Figure::change(change, unit),
            relative,
            impact,
            material: None,
            attainment: None,
        }
    }

    /// The same, judged by declared rules: what is neutral, and what is material. Bounds belong to
    /// what they bound; shares are of |base| or, for rates, points.
    pub(crate) fn judged(mut self, rules: &VarianceRules, unit: &Unit) -> Self {
        let (Some(change), Some(base)) = (self.change.value.number(), self.base.value.number()) else { return self };
        let (size, whole) = (change.abs(), if unit.is_percent() { Number::from(1) } else { base.abs() });
        if rules.neutral.as_ref().is_some_and(|neutral| size <= neutral.clone() * whole.clone()) {
            self.impact = Impact::Neutral;
        }
        self.material = rules.material.as_ref().map(|material| {
            let reaches = |threshold: &Option<Number>, whole: Number| threshold.as_ref().is_none_or(|threshold| size >= threshold.clone() * whole);
            !size.is_zero() && reaches(&material.absolute, Number::from(1)) && reaches(&material.relative, whole)
        });
        self
    }
}

/// `actual − base`, or the reason why that cannot be.
pub(crate) fn difference(actual: &Value, base: &Value) -> Value {
    match (actual, base) {
        (Value::Value { value: actual }, Value::Value { value: base }) => Value::of(actual.clone() - base.clone()),
        (Value::Value { .. }, reason) | (reason, _) => without_so_far(reason),
    }
}

/// `change ÷ |base|`, undefined at a base of zero.
pub(crate) fn relative(change: &Value, base: &Value) -> Value {
    match (change, base) {
        (Value::Value { value: change }, Value::Value { value: base }) => {
            change.divided_by(&base.abs()).map_or_else(|| Value::undefined("the base is zero"), Value::of)
        }
        (Value::Value { .. }, reason) | (reason, _) => without_so_far(reason),
    }
}

/// A difference of something incomplete has no part of its own: it is not comparable.
pub(super) fn without_so_far(reason: &Value) -> Value {
    match reason {
        Value::Incomplete { cause, .. } => Value::not_comparable(format!("one side is incomplete: {cause}")),
        reason => reason.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Impact, difference, relative};
    use crate::{Direction, Number, Value};

    #[test]
    fn sign_and_impact_are_two_things() {
        for (change, direction, impact) in [
            (5, Direction::Higher, Impact::Favourable),
            (-5, Direction::Higher, Impact::Adverse),
            (5, Direction::Lower, Impact::Adverse),
            (-5, Direction::Lower, Impact::Favourable),
            (5, Direction::Band, Impact::Adverse),
            (-5, Direction::Band, Impact::Adverse),
            (5, Direction::None, Impact::Neutral),
            (0, Direction::Higher, Impact::Neutral),
            (0, Direction::Lower, Impact::Neutral),
            (0, Direction::Band, Impact::Neutral),
        ] {
            assert_eq!(Impact::of(&Number::from(change), direction), impact, "{change} {direction:?}");
        }
    }

    #[test]
    fn a_relative_change_has_a_positive_base_or_none() {
        let value = |number: i64| Value::of(Number::from(number));
        let share = |actual, base| relative(&difference(&value(actual), &value(base)), &value(base));
        assert_eq!(share(6, 4).number().unwrap().to_string(), "0.5");
        assert_eq!(share(-2, -4).number().unwrap().to_string(), "0.5");
        assert_eq!(share(6, 0).reason(), Some("undefined"));
        assert_eq!(difference(&value(1), &Value::missing("gone")), Value::missing("gone"));
    }
}
