//! What is learnt: lessons, decisions that are to be looked at, what is stale, and what the signals say.

use serde::Serialize;

use crate::base::calendar::{Grain, Period, Span};
use crate::base::date::Date;
use crate::base::id::Id;
use crate::judge::scorecard::{Owner, SignalStatus};
use crate::judge::snapshot::Snapshot;
use crate::model::campaigns::{Lesson, Proposal, ProposalAnswer};
use crate::model::layers::{Decision, DecisionStatus};
use crate::model::questions::impact::Stale;
use crate::operate::{explain, sentence};
use crate::words::Message;

/// What is learnt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Learnt {
    /// Lessons whose loop is open: nothing is proposed, or the proposal is not answered.
    pub open: Vec<LessonLearnt>,
    /// Lessons that were answered since the first day of the last quarter that is over.
    pub answered: Vec<LessonLearnt>,
    /// Decisions to revise: open, proposed, argued again, or due to be looked at by the end of the
    /// quarter to plan.
    pub decisions: Vec<DecisionToRevise>,
    /// What rests on a decision that was revised since it was confirmed.
    pub stale: Vec<Stale>,
    /// The KPIs whose last quarter is a signal, and what their change is made of.
    pub signals: Vec<ExplainedSignal>,
}

/// A lesson, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LessonLearnt {
    /// The lesson.
    pub lesson: Id,
    /// What is learned, in words.
    pub text: String,
    /// What came out, in words.
    pub outcome: String,
    /// When that was known.
    pub outcome_on: Date,
    /// Who answers for it on the as-of date.
    pub owner: Option<Owner>,
    /// The KPIs in which it shows.
    pub kpis: Vec<Id>,
    /// What is proposed.
    pub proposal: Option<Proposal>,
    /// What became of that.
    pub answer: Option<ProposalAnswer>,
}

/// A decision that is to be looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DecisionToRevise {
    /// The decision.
    pub decision: Id,
    /// What is decided, or to be.
    pub statement: String,
    /// Who answers for it on the as-of date.
    pub owner: Option<Owner>,
    /// Why it is here.
    pub why: DecisionDue,
    /// The day from which it is due to be looked at again, if that is why.
    pub due: Option<Date>,
}

/// Why a decision is to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionDue {
    /// Nothing is decided.
    Open,
    /// There is a proposal.
    Proposed,
    /// It is argued again.
    Reopened,
    /// It holds, and is due to be looked at again.
    ReviewDue,
}

impl DecisionDue {
    /// The reason as a message.
    pub(crate) fn message(self) -> Message {
        match self {
            Self::Open => Message::DueOpen,
            Self::Proposed => Message::DueProposed,
            Self::Reopened => Message::DueReopened,
            Self::ReviewDue => Message::DueReview,
        }
    }

    /// The reason in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Open => "nothing is decided",
            Self::Proposed => "proposed, not settled",
            Self::Reopened => "argued again",
            Self::ReviewDue => "to be looked at again",
        }
    }
}

/// A KPI with a signal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExplainedSignal {
    /// The KPI.
    pub kpi: Id,
    /// Its name.
    pub name: String,
    /// Where it stands, that it is a signal, and what the change is made of as far as that is told.
    pub text: Vec<String>,
}

impl Snapshot {
    pub(super) fn learnt(&self, quarter: &Period) -> Learnt {
        let as_of = self.as_of();
        let since = Span { first: self.last_over(Grain::Quarter, as_of).first, last: as_of };
        let lessons = || self.system().lessons().iter().filter(|lesson| lesson.outcome_on <= as_of);
        let told = |lesson: &Lesson| LessonLearnt {
            lesson: lesson.id.clone(),
            text: lesson.lesson.clone(),
            outcome: lesson.outcome.clone(),
            outcome_on: lesson.outcome_on,
            owner: self.owner_of(&lesson.owner),
            kpis: lesson.kpis.clone(),
            proposal: lesson.proposal.clone().filter(|proposal| proposal.on <= as_of),
            answer: lesson.answer.clone().filter(|answer| answer.on() <= as_of),
        };
        Learnt {
            open: lessons().filter(|lesson| lesson.closed_by(as_of).is_none()).map(told).collect(),
            answered: lessons().filter(|lesson| lesson.closed_by(as_of).is_some_and(|on| since.contains(on))).map(told).collect(),
            decisions: self.system().own_decisions().filter_map(|decision| self.to_revise(decision, quarter)).collect(),
            stale: self.system().stale(as_of),
            signals: self.explained_signals(),
        }
    }

    fn to_revise(&self, decision: &Decision, quarter: &Period) -> Option<DecisionToRevise> {
        let (why, due) = match decision.status {
            DecisionStatus::Open => (DecisionDue::Open, None),
            DecisionStatus::Proposed => (DecisionDue::Proposed, None),
            DecisionStatus::Reopened => (DecisionDue::Reopened, None),
            DecisionStatus::Settled => (DecisionDue::ReviewDue, Some(decision.review_due(self.as_of()).filter(|due| *due <= quarter.last)?)),
            DecisionStatus::Retired => return None,
        };
        let (statement, owner) = (decision.statement.clone(), self.owner_of(&decision.owner));
        Some(DecisionToRevise { decision: decision.id.clone(), statement, owner, why, due })
    }

    fn explained_signals(&self) -> Vec<ExplainedSignal> {
        let is_signal = |status| matches!(status, SignalStatus::Adverse | SignalStatus::Favourable | SignalStatus::Changed);
        let mut signals = Vec::new();
        for kpi in self.system().kpis() {
            let line = self.line(kpi, &self.last_final(kpi, Grain::Quarter.max(kpi.shortest), self.as_of()));
            if is_signal(line.status.signal) {
                let mut text = vec![sentence::against_plan(&line), sentence::signal(&line)];
                text.extend(explain::change(self, &line).iter().map(ToString::to_string));
                signals.push(ExplainedSignal { kpi: line.kpi, name: line.name, text });
            }
        }
        signals
    }
}
