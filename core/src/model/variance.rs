//! What a difference must come to: which ones are neutral, which ones are material, and how much of
//! a target is attained.

use serde::Serialize;

use super::kpi::Direction;
use crate::base::number::Number;

/// How differences are judged; what is not declared says nothing.
///
/// ```
/// use marketingos::{Facts, Impact, Source, System};
/// let text = "
/// marketingos: 1
/// name: Small firm
/// variance: { neutral: 10 %, material: { absolute: 2 }, attainment: actual_over_target }
/// sources: { leads: { date: created, rows: events, recorded_from: 2026-01-01, recorded_until: as_of } }
/// kpis: { leads: { unit: count of leads, direction: higher, count: leads } }
/// plan: { targets: { leads: { period: 2026-01, value: 4 } } }
/// ";
/// let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
/// let facts = Facts::builder(&system).csv("leads", "created\n2026-01-05\n2026-01-09\n2026-01-31\n").build()?;
/// let plan = system.snapshot(&facts, "2026-01-31".parse()?).line_for("leads", "2026-01")?.plan;
/// // One of four is more than a tenth, and less than two.
/// assert_eq!((plan.impact, plan.material), (Impact::Adverse, Some(false)));
/// assert_eq!(plan.attainment.unwrap().figure.text, "75.0%");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct VarianceRules {
    /// A change of at most this share of the base, or for rates of so many points, is neutral.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub neutral: Option<Number>,
    /// From where on a change is material.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub material: Option<Materiality>,
    /// How attainment is computed: the first of these that suits the KPI's direction; not at all
    /// where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attainment: Vec<AttainmentRule>,
}

impl VarianceRules {
    /// Whether nothing is declared.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What these rules say and, where they say nothing, what others do.
    pub(crate) fn or(&self, others: &Self) -> Self {
        Self {
            neutral: self.neutral.clone().or_else(|| others.neutral.clone()),
            material: self.material.clone().or_else(|| others.material.clone()),
            attainment: if self.attainment.is_empty() { others.attainment.clone() } else { self.attainment.clone() },
        }
    }
}

/// The size from which a change is material: it reaches all that are declared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Materiality {
    /// In the KPI's unit; a rate's as a share, so that `2 %` are two points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub absolute: Option<Number>,
    /// As a share of the base; for rates in points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relative: Option<Number>,
}

/// How much of a target is attained, by its convention (domain D9: never unnamed).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AttainmentRule {
    /// Actual ÷ target, where more is better.
    ActualOverTarget,
    /// Target ÷ actual, where less is better.
    TargetOverActual,
    /// 2 − actual ÷ target, where less is better.
    TwoMinus,
    /// (actual − baseline) ÷ (target − baseline), from the `start` of a target's trajectory.
    FromBaseline,
}

impl AttainmentRule {
    pub(crate) const WORDS: [(&'static str, Self); 4] = [
        ("actual_over_target", Self::ActualOverTarget),
        ("target_over_actual", Self::TargetOverActual),
        ("two_minus", Self::TwoMinus),
        ("from_baseline", Self::FromBaseline),
    ];

    /// Whether it means something for KPIs of this direction.
    pub(crate) fn suits(self, direction: Direction) -> bool {
        match self {
            Self::ActualOverTarget => direction == Direction::Higher,
            Self::TargetOverActual | Self::TwoMinus => direction == Direction::Lower,
            Self::FromBaseline => matches!(direction, Direction::Higher | Direction::Lower),
        }
    }
}
