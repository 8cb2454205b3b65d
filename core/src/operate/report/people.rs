//! What the team does and what it needs, from the journal.

use super::{Point, Said, Writing, with_stop, without_stop};
use crate::base::id::Id;
use crate::base::map::Map;
use crate::model::escalation::Rung;
use crate::model::journal::{Action, Question};
use crate::words::{Message, Prose};

impl Writing<'_> {
    /// Open actions, and those that were closed in the month, by KPI in the report's order.
    pub(super) fn actions(&self) -> Said {
        let mut by_kpi: Map<Option<Id>, (u8, Vec<Prose>)> = Map::new();
        let since = self.month.first;
        let is_told = |action: &&Action| {
            let closed = action.done_on.or(action.dropped.as_ref().map(|dropped| dropped.on));
            closed.is_none_or(|on| on >= since) && action.kpi.as_ref().is_none_or(|kpi| self.line(kpi).is_some())
        };
        for action in self.journal.actions().iter().filter(is_told) {
            let (urgency, text) = self.action(action);
            let point = by_kpi.entry(action.kpi.clone()).or_insert_with(|| (u8::MAX, Vec::new()));
            point.0 = point.0.min(urgency);
            point.1.push(text);
        }
        Said::Points(self.in_order(by_kpi), self.words.say(Message::NoActions, &[]))
    }

    /// Points by KPI in the report's order; what is about none comes last.
    fn in_order(&self, mut by_kpi: Map<Option<Id>, (u8, Vec<Prose>)>) -> Vec<Point> {
        let mut points = Vec::new();
        for line in &self.lines {
            if let Some((urgency, text)) = by_kpi.remove(&Some(line.kpi.clone())) {
                points.push(Point { urgency, about: line.name.clone(), kpi: Some(line.kpi.clone()), text: Prose::sentences(text) });
            }
        }
        if let Some((urgency, text)) = by_kpi.remove(&None) {
            points.push(Point { urgency, about: self.words.word(Message::WithoutKpi), kpi: None, text: Prose::sentences(text) });
        }
        points
    }

    fn action(&self, action: &Action) -> (u8, Prose) {
        let (words, owner) = (self.words, self.name(&action.owner));
        let today = if self.is_latest { self.snapshot.as_of() } else { self.month.last };
        let (what, owner) = (("what", without_stop(&action.what).into()), ("owner", (&owner).into()));
        if let Some(on) = action.done_on {
            return (3, words.say(Message::ActionDone, &[what, owner, ("on", on.into())]));
        }
        if let Some(dropped) = &action.dropped {
            return (3, words.say(Message::ActionDropped, &[what, owner, ("on", dropped.on.into()), ("why", without_stop(&dropped.reason).into())]));
        }
        let (urgency, message) = match (action.is_late(today), action.opened_on >= self.month.first) {
            (true, _) => (0, Message::ActionLate),
            (false, true) => (1, Message::ActionNew),
            (false, false) => (2, Message::ActionOpen),
        };
        let mut text = words.say(message, &[what, owner, ("due", action.deadline().into())]);
        if let Some(last) = action.moved.last() {
            text.sentence(words.say(Message::ActionMoved, &[("count", action.moved.len().into()), ("why", without_stop(&last.reason).into())]));
        }
        (urgency, text)
    }

    /// What escalates to the executive, and questions that nobody answered.
    pub(super) fn needs(&self) -> Said {
        let mut points = self.escalations(|to| to == Rung::Executive);
        let mut by_kpi: Map<Option<Id>, (u8, Vec<Prose>)> = Map::new();
        let is_told = |question: &&Question| question.kpi.as_ref().is_none_or(|kpi| self.line(kpi).is_some());
        for question in self.journal.open_questions().filter(is_told) {
            let (person, what) = (self.name(&question.to), with_stop(&question.what));
            let given = [("person", (&person).into()), ("on", question.asked_on.into()), ("what", (&what).into())];
            let point = by_kpi.entry(question.kpi.clone()).or_insert_with(|| (1, Vec::new()));
            point.1.push(self.words.say(Message::QuestionTo, &given));
        }
        points.extend(self.in_order(by_kpi));
        let is_all = self.nothing_escalates(|to| to == Rung::Executive) && self.journal.open_questions().next().is_none();
        Said::Points(points, self.words.say(if is_all { Message::NothingNeeded } else { Message::NothingAsked }, &[]))
    }
}
