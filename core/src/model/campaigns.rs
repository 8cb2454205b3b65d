//! Campaigns as applications on the system, and what is learned from them: the feedback loop that
//! refines the kernel (domain D2, D6).

use serde::Serialize;

use super::element::Inheritance;
use super::people::Assignments;
use crate::base::date::Date;
use crate::base::finding::Origin;
use crate::base::id::Id;
use crate::base::money::Money;

/// Whether a campaign ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CampaignKind {
    /// It starts and stops.
    Burst,
    /// It runs on.
    AlwaysOn,
}

impl CampaignKind {
    pub(crate) const WORDS: [(&'static str, Self); 2] = [("burst", Self::Burst), ("always_on", Self::AlwaysOn)];
}

/// Things that a campaign takes from the system, or leaves to it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Estate {
    /// Assets.
    pub assets: Vec<Id>,
    /// Audiences.
    pub segments: Vec<Id>,
    /// Lessons.
    pub lessons: Vec<Id>,
    /// Automations, in words.
    pub automations: Vec<String>,
}

impl Estate {
    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.assets.is_empty() && self.segments.is_empty() && self.lessons.is_empty() && self.automations.is_empty()
    }
}

/// A launch: an application on top of the system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Campaign {
    /// Its id.
    pub id: Id,
    /// Where it stands in the text.
    #[serde(skip)]
    pub origin: Origin,
    /// Its name.
    pub name: String,
    /// What it is for, in words.
    pub goal: String,
    /// Burst or always on.
    pub kind: CampaignKind,
    /// Its first day.
    pub from: Date,
    /// Its last day; `None` while an always-on campaign lasts.
    pub to: Option<Date>,
    /// What may be spent on it.
    pub budget: Option<Money>,
    /// Who answers for it.
    pub owner: Assignments,
    /// Where it runs.
    pub channels: Vec<Id>,
    /// For whom.
    pub segments: Vec<Id>,
    /// The KPIs that it is to move.
    pub kpis: Vec<Id>,
    /// What it takes from the system and from earlier campaigns.
    pub takes: Estate,
    /// What it leaves behind.
    pub leaves: Estate,
    /// What it takes from decisions.
    #[serde(flatten)]
    pub inherits: Inheritance,
}

impl Campaign {
    /// Whether it runs on any day of a stretch.
    #[must_use]
    pub fn runs_in(&self, first: Date, last: Date) -> bool {
        self.from <= last && self.to.is_none_or(|to| first <= to)
    }
}

/// Something learned from an outcome, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lesson {
    /// Its id.
    pub id: Id,
    /// Where it stands in the text.
    #[serde(skip)]
    pub origin: Origin,
    /// What came out, in words.
    pub outcome: String,
    /// When that was known.
    pub outcome_on: Date,
    /// The campaign that it came out of.
    pub campaign: Option<Id>,
    /// The KPIs in which it shows.
    pub kpis: Vec<Id>,
    /// What is learned from it, in words.
    pub lesson: String,
    /// Who answers for it.
    pub owner: Assignments,
    /// What is proposed.
    pub proposal: Option<Proposal>,
    /// What became of the proposal.
    pub answer: Option<ProposalAnswer>,
}

/// A change of a decision that a lesson proposes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Proposal {
    /// When.
    pub on: Date,
    /// The decision.
    pub decision: Id,
    /// The change, in words.
    pub change: String,
}

/// What became of a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum ProposalAnswer {
    /// The decision was revised.
    Revised {
        /// On the day of the revision.
        on: Date,
    },
    /// It was refused.
    Refused {
        /// When.
        on: Date,
        /// Why.
        reason: String,
    },
}

impl ProposalAnswer {
    /// When the answer was given.
    #[must_use]
    pub fn on(&self) -> Date {
        match self {
            Self::Revised { on } | Self::Refused { on, .. } => *on,
        }
    }
}

impl Lesson {
    /// Whether its loop is closed on a day: a proposal was made and answered.
    #[must_use]
    pub fn closed_by(&self, day: Date) -> Option<Date> {
        self.proposal.as_ref()?;
        self.answer.as_ref().map(ProposalAnswer::on).filter(|on| *on <= day)
    }
}
