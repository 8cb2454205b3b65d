//! The agenda of a standing review: exceptions first, in a fixed order; then what is off in the
//! budget and in the running period, open actions, and open questions.

pub(crate) mod carried;
pub(crate) mod time_box;

use serde::Serialize;

use super::escalation::{EscalatedKind, Escalation, EscalationState};
use super::rhythm::name;
use super::sentence;
use crate::base::calendar::{Grain, Period};
use crate::base::date::Date;
use crate::base::fingerprint::Fingerprint;
use crate::base::id::Id;
use crate::base::number::Number;
use crate::base::order;
use crate::base::time::TimeOfDay;
use crate::base::unit::Unit;
use crate::judge::budget::BudgetLineReport;
use crate::judge::scorecard::{Line, OnTarget, SignalStatus};
use crate::judge::snapshot::Snapshot;
use crate::judge::variance::Impact;
use crate::model::rhythm::Cadence;
use crate::words::{Message, Words};
use carried::{AgendaAction, AgendaQuestion, LastReview};
use time_box::{TimeBox, Topic};

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
    /// What escalates and is about no KPI: budgets, what is overdue, and what nobody answers for.
    pub others: Vec<Escalation>,
    /// What is off in the budget and in the running period; of a stand-up none.
    pub ahead: Vec<AgendaNote>,
    /// What could be off and cannot be told, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub untold: Vec<String>,
    /// The open actions, late ones first.
    pub actions: Vec<AgendaAction>,
    /// The open questions, oldest first.
    pub questions: Vec<AgendaQuestion>,
    /// The review of this kind that was held last.
    pub last: Option<LastReview>,
    /// How the minutes are shared out; `None` where no review declares any.
    pub time: Option<TimeBox>,
    /// The words in which it is told.
    #[serde(skip)]
    pub(crate) words: Words,
}

/// Something about the plan that is off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgendaNote {
    /// What it is about.
    pub kind: AgendaNoteKind,
    /// The line of the budget, or the KPI.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Who answers for it; `None` when nobody does.
    pub owner: Option<String>,
    /// What is off, in a sentence that names it.
    pub text: String,
}

/// What a note of an agenda is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AgendaNoteKind {
    /// A line of the budget has spent more than its plan to date.
    Budget,
    /// The running period will more likely miss its target than meet it.
    Landing,
}

impl AgendaNoteKind {
    /// The kind as a message.
    pub(crate) fn message(self) -> Message {
        match self {
            Self::Budget => Message::AboutBudget,
            Self::Landing => Message::AboutLanding,
        }
    }

    /// The kind in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Budget => "budget",
            Self::Landing => "running period",
        }
    }
}

/// A review's frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgendaReview {
    /// Its id.
    pub id: Id,
    /// Its due date: the first one on or after the as-of date that is neither held nor left out;
    /// `None` where its day is not said.
    pub due: Option<Date>,
    /// The time of day at which it starts.
    pub at: Option<TimeOfDay>,
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
    /// over last, and from the journal. It is that of the first review of this level that the
    /// system declares. Minutes are shared out in the order of the agenda: two for each topic
    /// while there are any, the rest in proportion, escalations counting twice; all open actions
    /// are one topic, and so are all questions.
    #[must_use]
    pub fn agenda(&self, cadence: Cadence) -> Agenda {
        let grain = match cadence {
            Cadence::Weekly => Grain::Week,
            Cadence::Monthly => Grain::Month,
            Cadence::Quarterly => Grain::Quarter,
        };
        let scorecard = self.scorecard(grain);
        let mut escalations = self.escalations();
        escalations.retain(|escalation| escalation.state == EscalationState::Raised);
        let mut items = Vec::new();
        let mut quiet = Vec::new();
        for line in &scorecard.lines {
            let escalation = escalations.iter().position(|escalation| escalation.kpi.as_ref() == Some(&line.kpi)).map(|index| escalations.remove(index));
            match item(line, escalation) {
                Some(item) => items.push(item),
                None => quiet.push(line.name.clone()),
            }
        }
        // Stable: within a kind the system's order of KPIs remains; higher rungs come first.
        order::sort_by_key(&mut items, |item| (item.kind, item.escalation.as_ref().map(|escalation| std::cmp::Reverse(escalation.to))));
        let review = self.review(cadence);
        let (ahead, untold) = if cadence == Cadence::Weekly { (Vec::new(), Vec::new()) } else { self.ahead(grain) };
        // What escalates is talked about once.
        let is_said = |note: &AgendaNote| escalations.iter().any(|said| said.about.kind == EscalatedKind::Budget && said.about.id == note.id.as_str());
        let ahead: Vec<AgendaNote> = ahead.into_iter().filter(|note| note.kind != AgendaNoteKind::Budget || !is_said(note)).collect();
        let (actions, questions) = (self.open_actions(), self.open_questions());
        // An action that is late is told among the actions.
        escalations.retain(|escalation| escalation.about.kind != EscalatedKind::Action);
        let time =
            review.as_ref().map(|review| time_box::share(review.minutes, topics(self.system().words(), &items, &escalations, &ahead, &actions, &questions)));
        Agenda {
            system: scorecard.system,
            cadence,
            last: review.as_ref().and_then(|review| self.last_review(&review.id)),
            review,
            period: scorecard.period,
            as_of: scorecard.as_of,
            fingerprint: scorecard.fingerprint,
            items,
            quiet,
            others: escalations,
            ahead,
            untold,
            actions,
            questions,
            time,
            words: self.system().words().clone(),
        }
    }

    /// What is off in the budget and in the running period, and what of it cannot be told.
    fn ahead(&self, grain: Grain) -> (Vec<AgendaNote>, Vec<String>) {
        let words = self.system().words();
        // A plan without a budget for the day lacks nothing here.
        let (unit, lines) = self.running_budget().map_or((Unit::Ratio, Vec::new()), |budget| (budget.unit, budget.lines));
        let note = |line: &BudgetLineReport| {
            let [spent, planned] = [&line.amounts.spent, &line.amounts.to_date].map(|figure| words.figure(&unit, &figure.value));
            words.text(Message::NoteBudget, &[("name", (&line.name).into()), ("spent", (&spent).into()), ("planned", (&planned).into())])
        };
        let over = lines.into_iter().filter(|line| line.amounts.impact == Impact::Adverse).map(|line| AgendaNote {
            kind: AgendaNoteKind::Budget,
            text: note(&line),
            id: line.line,
            owner: line.owner.map(|owner| owner.name),
            name: line.name,
        });
        let (lines, untold) = match self.landing(None, Some(grain)) {
            Ok(landing) => (landing.lines, Vec::new()),
            Err(error) => {
                let cause = words.retell(error.message());
                (Vec::new(), vec![words.text(Message::UntoldLanding, &[("cause", (&cause).into())])])
            }
        };
        let even = Number::from_parts(5, 1);
        let missed = lines.into_iter().filter(|line| line.chance.value.number().is_some_and(|chance| *chance < even)).map(|line| AgendaNote {
            kind: AgendaNoteKind::Landing,
            owner: self.kpi_owner(&line.kpi),
            text: line.in_words().sentence.clone(),
            id: line.kpi,
            name: line.name,
        });
        (over.chain(missed).collect(), untold)
    }

    fn kpi_owner(&self, kpi: &Id) -> Option<String> {
        let owner = self.system().kpi(kpi.as_str())?.owner.on(self.as_of())?;
        Some(name(self, &owner.person))
    }

    fn review(&self, cadence: Cadence) -> Option<AgendaReview> {
        let review = self.system().reviews().iter().find(|review| review.cadence == cadence)?;
        let name = |id: &Id| name(self, id);
        Some(AgendaReview {
            id: review.id.clone(),
            due: self.next_due(review),
            at: review.at,
            name: review.name.clone(),
            day: review.day.clone(),
            held_by: name(&review.held_by),
            escalates_to: name(&review.escalates_to),
            minutes: review.minutes,
        })
    }
}

/// The topics in the order of an agenda.
fn topics(
    words: &Words,
    items: &[AgendaItem],
    others: &[Escalation],
    ahead: &[AgendaNote],
    actions: &[AgendaAction],
    questions: &[AgendaQuestion],
) -> Vec<Topic> {
    let item = |item: &AgendaItem| Topic { name: item.name.clone(), weight: if item.kind == AgendaKind::Escalation { 2 } else { 1 } };
    let note = |note: &AgendaNote| {
        let kind = words.word(note.kind.message());
        Topic { name: words.text(Message::TopicOf, &[("name", (&note.name).into()), ("kind", (&kind).into())]), weight: 1 }
    };
    // All actions are one topic, and so are all questions.
    let all = |name: Message, any: bool| any.then(|| Topic { name: words.word(name), weight: 1 });
    let carried = all(Message::AgendaActions, !actions.is_empty()).into_iter().chain(all(Message::AgendaQuestions, !questions.is_empty()));
    let others = others.iter().map(|other| Topic { name: other.name.clone(), weight: 2 });
    items.iter().map(item).chain(others).chain(ahead.iter().map(note)).chain(carried).collect()
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
