//! The brand operating system and, inside it, the marketing operating system: their layers
//! and the decisions settled in them (domain D1, D2).

use serde::Serialize;

use super::element::Inheritance;
use super::people::Assignments;
use crate::base::date::Date;
use crate::base::finding::Origin;
use crate::base::id::Id;

/// A layer of the brand operating system: what the brand is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BrandLayer {
    /// What the brand believes, for whom, against whom.
    Strategy,
    /// How it looks.
    Identity,
    /// How it speaks.
    Voice,
    /// How identity and voice are applied.
    Application,
    /// Who may change what.
    Governance,
    /// The tools used every day to run it.
    Operating,
}

/// A layer of the marketing operating system: how the brand ships.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MarketingLayer {
    /// Segments; the source the rest of the system inherits from.
    Audience,
    /// Owned, earned and paid surfaces.
    Channels,
    /// The stages a customer moves through.
    Lifecycle,
    /// The asset library the channels draw from.
    Content,
    /// Named metrics, their cadence and review path.
    Measurement,
    /// The tools used every day to run it.
    Operating,
}

impl BrandLayer {
    /// The layers in order, with the words a system uses for them.
    pub const ALL: [(&'static str, Self); 6] = [
        ("strategy", Self::Strategy),
        ("identity", Self::Identity),
        ("voice", Self::Voice),
        ("application", Self::Application),
        ("governance", Self::Governance),
        ("operating", Self::Operating),
    ];
}

impl MarketingLayer {
    /// The layers in order, with the words a system uses for them.
    pub const ALL: [(&'static str, Self); 6] = [
        ("audience", Self::Audience),
        ("channels", Self::Channels),
        ("lifecycle", Self::Lifecycle),
        ("content", Self::Content),
        ("measurement", Self::Measurement),
        ("operating", Self::Operating),
    ];
}

/// A layer as this system has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Layer<L> {
    /// Which layer.
    pub layer: L,
    /// What it holds here, in words; may be empty.
    pub holds: String,
    /// Where it stands in the text.
    #[serde(skip)]
    pub origin: Origin,
    /// Who answers for it.
    pub owner: Assignments,
    /// What it takes from decisions.
    #[serde(flatten)]
    pub inherits: Inheritance,
    /// What has been decided, or not yet, in it.
    pub decisions: Vec<Decision>,
}

/// How far a decision has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DecisionStatus {
    /// Nothing is decided.
    Open,
    /// There is a proposal.
    Proposed,
    /// It holds.
    Settled,
    /// It held and is argued again.
    Reopened,
    /// It no longer matters.
    Retired,
}

impl DecisionStatus {
    pub(crate) const WORDS: [(&'static str, Self); 5] =
        [("open", Self::Open), ("proposed", Self::Proposed), ("settled", Self::Settled), ("reopened", Self::Reopened), ("retired", Self::Retired)];
}

/// A change of a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Revision {
    /// The day from which it is so.
    pub on: Date,
    /// Why.
    pub reason: String,
    /// What the reason rests on, in words; may be empty.
    pub evidence: String,
    /// What was decided before; may be empty.
    pub before: String,
}

impl Decision {
    /// Its last revision, up to and including a day.
    #[must_use]
    pub fn revision_by(&self, day: Date) -> Option<&Revision> {
        self.revisions.iter().rfind(|revision| revision.on <= day)
    }

    /// The last day, up to a given one, on which it was settled, revised or confirmed to fit
    /// the decisions that it rests on.
    #[must_use]
    pub fn considered_by(&self, day: Date) -> Option<Date> {
        let days = [self.settled_on, self.inherits.confirmed_on, self.revision_by(day).map(|revision| revision.on)];
        days.into_iter().flatten().filter(|known| *known <= day).max()
    }

    /// The day from which it is due to be looked at again, if it says how often.
    #[must_use]
    pub fn review_due(&self, day: Date) -> Option<Date> {
        self.considered_by(day).zip(self.review_months).map(|(considered, months)| considered.plus_months(months))
    }

    /// Whether it holds on a day: a decision to be settled later does not yet.
    #[must_use]
    pub fn is_settled_on(&self, day: Date) -> bool {
        self.status == DecisionStatus::Settled && self.settled_on.is_none_or(|settled| settled <= day)
    }
}

/// The part of the strategic kernel that a decision belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Kernel {
    /// What the company stands for in its market.
    Positioning,
    /// The ideal customer profile.
    IdealCustomer,
    /// The messaging architecture.
    Messaging,
}

impl Kernel {
    /// The parts, with the words a system uses for them.
    pub const ALL: [(&'static str, Self); 3] = [("positioning", Self::Positioning), ("ideal_customer", Self::IdealCustomer), ("messaging", Self::Messaging)];
}

/// Something settled, or not, in a layer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// The id by which others rest on it.
    pub id: Id,
    /// Where it is written down in the system's text.
    #[serde(skip)]
    pub origin: Origin,
    /// What is decided.
    pub statement: String,
    /// How far it has come.
    pub status: DecisionStatus,
    /// Since when it is settled.
    pub settled_on: Option<Date>,
    /// Who answers for it.
    pub owner: Assignments,
    /// The part of the kernel it belongs to, if any.
    pub kernel: Option<Kernel>,
    /// After so many months it is to be looked at again; `None` when it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review_months: Option<u32>,
    /// How it has changed since it was settled, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub revisions: Vec<Revision>,
    /// What it takes from other decisions, and the values that it fixes.
    #[serde(flatten)]
    pub inherits: Inheritance,
}
