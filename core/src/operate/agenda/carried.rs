//! What a review carries forward from the journal: open actions, open questions, and what was
//! decided the last time.

use serde::Serialize;

use super::super::rhythm::name;
use crate::base::date::Date;
use crate::base::id::Id;
use crate::base::order;
use crate::judge::snapshot::Snapshot;
use crate::model::journal::{Action, Minutes, Question};

/// An action that is open on the as-of date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgendaAction {
    /// Its id.
    pub id: Id,
    /// What is to be done.
    pub what: String,
    /// Who does it.
    pub owner: String,
    /// The day by which it is due now.
    pub due: Date,
    /// The days since it was opened.
    pub age: i64,
    /// The days since it was due; `None` while it is not late.
    pub late_by: Option<i64>,
    /// How often it was put off.
    pub moved: usize,
    /// The KPI that it is about, by name.
    pub kpi: Option<String>,
}

/// A question that is open on the as-of date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgendaQuestion {
    /// Its id.
    pub id: Id,
    /// The question.
    pub what: String,
    /// Who asked.
    pub asked_by: Option<String>,
    /// Who is to answer.
    pub to: String,
    /// The days since it was asked.
    pub age: i64,
    /// The KPI that it is about, by name.
    pub kpi: Option<String>,
}

/// The review of this kind that was held last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LastReview {
    /// The day on which it was held.
    pub held_on: Date,
    /// The as-of date of the numbers that were on the table.
    pub as_of: Date,
    /// Their snapshot, as the minutes have it.
    pub snapshot: String,
    /// What was decided, and by whom.
    pub decisions: Vec<AgendaDecision>,
}

/// Something that was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgendaDecision {
    /// What.
    pub text: String,
    /// By whom.
    pub by: Option<String>,
}

impl Snapshot {
    /// The open actions: late ones first, the latest above, then by due date.
    pub(in crate::operate) fn open_actions(&self) -> Vec<AgendaAction> {
        let mut actions: Vec<AgendaAction> = self.journal().open_actions().map(|action| self.agenda_action(action)).collect();
        order::sort_by(&mut actions, |left, right| (left.due, &left.id).cmp(&(right.due, &right.id)));
        actions
    }

    fn agenda_action(&self, action: &Action) -> AgendaAction {
        let (as_of, due) = (self.as_of(), action.deadline());
        AgendaAction {
            id: action.id.clone(),
            what: action.what.clone(),
            owner: name(self, &action.owner),
            due,
            age: as_of.days_since(action.opened_on),
            late_by: action.is_late(as_of).then(|| as_of.days_since(due)),
            moved: action.moved.len(),
            kpi: self.kpi_name(action.kpi.as_ref()),
        }
    }

    /// The open questions, the oldest first.
    pub(in crate::operate) fn open_questions(&self) -> Vec<AgendaQuestion> {
        let mut questions: Vec<&Question> = self.journal().open_questions().collect();
        order::sort_by(&mut questions, |left, right| (left.asked_on, &left.id).cmp(&(right.asked_on, &right.id)));
        let told = questions.into_iter().map(|question| AgendaQuestion {
            id: question.id.clone(),
            what: question.what.clone(),
            asked_by: question.asked_by.as_ref().map(|id| name(self, id)),
            to: name(self, &question.to),
            age: self.as_of().days_since(question.asked_on),
            kpi: self.kpi_name(question.kpi.as_ref()),
        });
        told.collect()
    }

    /// The review with this id that was held last.
    pub(super) fn last_review(&self, review: &Id) -> Option<LastReview> {
        let minutes: &Minutes = self.journal().minutes().iter().rev().find(|minutes| minutes.review == *review)?;
        let decision = |decision: &crate::model::journal::MinutedDecision| AgendaDecision {
            text: decision.text.clone(),
            by: decision.by.as_ref().map(|id| name(self, id)),
        };
        Some(LastReview {
            held_on: minutes.held_on,
            as_of: minutes.as_of,
            snapshot: minutes.snapshot.clone(),
            decisions: minutes.decisions.iter().map(decision).collect(),
        })
    }

    fn kpi_name(&self, kpi: Option<&Id>) -> Option<String> {
        kpi.map(|id| self.system().kpi(id.as_str()).map_or_else(|| id.to_string(), |kpi| kpi.name.clone()))
    }
}
