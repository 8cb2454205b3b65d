//! What triggers an escalation, and the ladder that it climbs (domain D3, D4).

use serde::Serialize;

use crate::base::calendar::Grain;
use crate::base::finding::Origin;
use crate::base::id::Id;
use crate::base::number::Number;

/// A rung of the escalation ladder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Rung {
    /// Who answers for it, such as the owner of the KPI.
    Owner,
    /// The operator of the marketing operating system.
    Operator,
    /// The executive.
    Executive,
}

impl Rung {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, rung)| *rung == self).map_or("", |(word, _)| word)
    }

    /// So many rungs higher; the ladder ends with the executive.
    #[must_use]
    pub(crate) fn up(self, rungs: u32) -> Self {
        match (self, rungs) {
            (rung, 0) => rung,
            (Self::Owner, 1) => Self::Operator,
            _ => Self::Executive,
        }
    }

    /// How many rungs it lies above another.
    #[must_use]
    pub(crate) fn above(self, lower: Self) -> u32 {
        (0..2).find(|rungs| lower.up(*rungs) >= self).unwrap_or(2)
    }

    pub(crate) const WORDS: [(&'static str, Self); 3] = [("owner", Self::Owner), ("operator", Self::Operator), ("executive", Self::Executive)];
}

/// What triggers an escalation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trigger {
    /// Where it stands in the text.
    #[serde(skip)]
    pub origin: Origin,
    /// When.
    pub when: When,
    /// The length of the periods that are looked at.
    pub each: Grain,
    /// To whom at first.
    pub to: Rung,
    /// It goes one rung up for each so many days that it lasts and nobody acknowledges it; `None`
    /// when it stays where it began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub climbs_after: Option<u32>,
    /// For so many days an acknowledgement keeps it quiet; `None` for as long as it lasts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quiet_days: Option<u32>,
    /// The KPIs that it is about; none for all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kpis: Vec<Id>,
}

impl Trigger {
    /// Whether it is about a KPI.
    pub(crate) fn is_about(&self, kpi: &Id) -> bool {
        self.kpis.is_empty() || self.kpis.contains(kpi)
    }
}

/// The condition of a trigger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum When {
    /// Adverse to target by more than a share of it, so many periods in a row.
    OffTarget {
        /// The share of the target, such as 0.05.
        by: Number,
        /// The number of periods in a row, from 1.
        periods: u32,
    },
    /// A signal in the adverse direction.
    AdverseSignal,
    /// No value for the period, for whatever reason.
    NoValue,
    /// The running period is behind its plan to date by more than a share of it, so many days in a row.
    Pace {
        /// The share of what is expected by now.
        by: Number,
        /// The number of days in a row, from 1.
        days: u32,
    },
    /// A line of a running budget, or all of it, has cost more than was planned to date, or has more
    /// ordered than there is, by more than a share of that.
    BudgetOverrun {
        /// The share of the plan.
        by: Number,
    },
    /// A review, an artefact or an action is later than so many days.
    Overdue {
        /// The days that it may be late.
        days: u32,
    },
    /// Nobody answers for something that must have somebody.
    Unowned,
}

/// The kind of a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TriggerKind {
    /// Off target.
    OffTarget,
    /// A signal in the adverse direction.
    AdverseSignal,
    /// No value.
    NoValue,
    /// Behind the plan to date.
    Pace,
    /// More spent, or ordered, than planned.
    BudgetOverrun,
    /// Late.
    Overdue,
    /// Without anybody who answers for it.
    Unowned,
}

impl TriggerKind {
    /// The kinds, with the words a system uses for them.
    pub const WORDS: [(&'static str, Self); 7] = [
        ("off_target", Self::OffTarget),
        ("adverse_signal", Self::AdverseSignal),
        ("no_value", Self::NoValue),
        ("pace", Self::Pace),
        ("budget_overrun", Self::BudgetOverrun),
        ("overdue", Self::Overdue),
        ("unowned", Self::Unowned),
    ];

    /// The kind in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::OffTarget => "off target",
            Self::AdverseSignal => "adverse signal",
            Self::NoValue => "no value",
            Self::Pace => "behind its pace",
            Self::BudgetOverrun => "budget overrun",
            Self::Overdue => "overdue",
            Self::Unowned => "nobody answers for it",
        }
    }

    /// Whether it looks at KPIs, in periods of a length.
    pub(crate) fn is_of_periods(self) -> bool {
        matches!(self, Self::OffTarget | Self::AdverseSignal | Self::NoValue | Self::Pace)
    }
}

impl When {
    /// Of which kind it is.
    #[must_use]
    pub fn kind(&self) -> TriggerKind {
        match self {
            Self::OffTarget { .. } => TriggerKind::OffTarget,
            Self::AdverseSignal => TriggerKind::AdverseSignal,
            Self::NoValue => TriggerKind::NoValue,
            Self::Pace { .. } => TriggerKind::Pace,
            Self::BudgetOverrun { .. } => TriggerKind::BudgetOverrun,
            Self::Overdue { .. } => TriggerKind::Overdue,
            Self::Unowned => TriggerKind::Unowned,
        }
    }
}
