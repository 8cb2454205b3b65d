//! The agenda of a standing review: exceptions first, in a fixed order.

use serde::Serialize;

use super::escalation::Escalation;
use super::sentence;
use crate::base::calendar::{Grain, Period};
use crate::base::date::Date;
use crate::base::fingerprint::Fingerprint;
use crate::base::id::Id;
use crate::base::order;
use crate::judge::scorecard::{Line, OnTarget, SignalStatus};
use crate::judge::snapshot::Snapshot;
use crate::model::rhythm::Cadence;
use crate::words::{Message, Words};

/// What a review has to talk about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Agenda {
    /// Whose.
    pub system: String,
    /// The level of the review.
    pub cadence: Cadence,
    /// The review as the system declares it; `None` when it declares none of this level.
    pub review: Option<AgendaReview>,
    /// The period under review.
    pub period: Period,
    /// The as-of date.
    pub as_of: Date,
    /// Of the snapshot that this is drawn from.
    pub fingerprint: Fingerprint,
    /// What to talk about, in order.
    pub items: Vec<AgendaItem>,
    /// The KPIs that need no talk, by name.
    pub quiet: Vec<String>,
    /// The words in which it is told.
    #[serde(skip)]
    pub(crate) words: Words,
}

/// A review's frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgendaReview {
    /// Its name.
    pub name: String,
    /// When it takes place, in words.
    pub day: String,
    /// Who holds it.
    pub held_by: String,
    /// To whom it escalates.
    pub escalates_to: String,
    /// The minutes set aside for it.
    pub minutes: u32,
}

/// Why something is on the agenda; the order of an agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AgendaKind {
    /// A trigger hands it up the ladder.
    Escalation,
    /// Its own past says that something changed for the worse, on target or not.
    AdverseSignal,
    /// It is off target, within its usual range.
    OffTarget,
    /// There is no value to talk about.
    NoValue,
    /// Something changed, and it is not (or not known to be) for the worse.
    Signal,
    /// Nobody answers for it.
    NoOwner,
    /// There is nothing to hold it against.
    NoTarget,
}

impl AgendaKind {
    /// The kind as a message.
    pub(crate) fn message(self) -> Message {
        match self {
            Self::Escalation => Message::Escalates,
            Self::AdverseSignal => Message::AdverseSignal,
            Self::OffTarget => Message::OffTarget,
            Self::NoValue => Message::NoValue,
            Self::Signal => Message::Signal,
            Self::NoOwner => Message::NoOwner,
            Self::NoTarget => Message::NoTarget,
        }
    }

    /// The kind in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Escalation => "escalates",
            Self::AdverseSignal => "adverse signal",
            Self::OffTarget => "off target",
            Self::NoValue => "no value",
            Self::Signal => "signal",
            Self::NoOwner => "no owner",
            Self::NoTarget => "no target",
        }
    }
}

/// One thing to talk about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgendaItem {
    /// Why it is here.
    pub kind: AgendaKind,
    /// The KPI.
    pub kpi: Id,
    /// Its name.
    pub name: String,
    /// Who answers for it; `None` when nobody does.
    pub owner: Option<String>,
    /// What is the matter, in sentences.
    pub text: Vec<String>,
    /// To whom it goes, if it escalates.
    pub escalation: Option<Escalation>,
}

impl Snapshot {
    /// The agenda of a review of this level, drawn from the week, month or quarter that was
    /// over last.
    #[must_use]
    pub fn agenda(&self, cadence: Cadence) -> Agenda {
        let grain = match cadence {
            Cadence::Weekly => Grain::Week,
            Cadence::Monthly => Grain::Month,
            Cadence::Quarterly => Grain::Quarter,
        };
        let scorecard = self.scorecard(grain);
        let mut escalations = self.escalations();
        let mut items = Vec::new();
        let mut quiet = Vec::new();
        for line in &scorecard.lines {
            let escalation = escalations.iter().position(|escalation| escalation.kpi == line.kpi).map(|index| escalations.swap_remove(index));
            match item(line, escalation) {
                Some(item) => items.push(item),
                None => quiet.push(line.name.clone()),
            }
        }
        // Stable: within a kind the system's order of KPIs remains; higher rungs come first.
        order::sort_by_key(&mut items, |item| (item.kind, item.escalation.as_ref().map(|escalation| std::cmp::Reverse(escalation.to))));
        Agenda {
            system: scorecard.system,
            cadence,
            review: self.review(cadence),
            period: scorecard.period,
            as_of: scorecard.as_of,
            fingerprint: scorecard.fingerprint,
            items,
            quiet,
            words: self.system().words().clone(),
        }
    }

    fn review(&self, cadence: Cadence) -> Option<AgendaReview> {
        let review = self.system().reviews().iter().find(|review| review.cadence == cadence)?;
        let name = |id: &Id| self.system().person(id.as_str()).map_or_else(|| id.to_string(), |person| person.name.clone());
        Some(AgendaReview {
            name: review.name.clone(),
            day: review.day.clone(),
            held_by: name(&review.held_by),
            escalates_to: name(&review.escalates_to),
            minutes: review.minutes,
        })
    }
}

fn item(line: &Line, escalation: Option<Escalation>) -> Option<AgendaItem> {
    let missed = line.status.target == OnTarget::Missed;
    let kind = if escalation.is_some() {
        AgendaKind::Escalation
    } else if line.actual.value.number().is_none() {
        AgendaKind::NoValue
    } else {
        match (missed, line.status.signal) {
            (_, SignalStatus::Adverse) => AgendaKind::AdverseSignal,
            (true, _) => AgendaKind::OffTarget,
            (_, SignalStatus::Favourable | SignalStatus::Changed) => AgendaKind::Signal,
            _ if line.owner.is_none() => AgendaKind::NoOwner,
            _ if line.status.target == OnTarget::NoTarget => AgendaKind::NoTarget,
            _ => return None,
        }
    };
    let mut text = vec![sentence::against_plan(line)];
    if line.actual.value.number().is_some() {
        text.push(sentence::signal(line));
    }
    // Where the trigger looks at longer periods than this agenda, both are said.
    text.extend(escalation.as_ref().map(|escalation| escalation.text.clone()).filter(|said| !text.contains(said)));
    if line.owner.is_none() {
        text.push(line.words.word(Message::NobodyAnswers));
    }
    let owner = line.owner.as_ref().map(|owner| owner.name.clone());
    Some(AgendaItem { kind, kpi: line.kpi.clone(), name: line.name.clone(), owner, text, escalation })
}
