//! What happened to each KPI that needs words, and why; and what escalates.

use super::{Point, Said, Writing, without_stop};
use crate::base::id::Id;
use crate::judge::against::LevelReached;
use crate::judge::scorecard::{Line, OnTarget, SignalStatus};
use crate::model::escalation::Rung;
use crate::model::layers::DecisionStatus;
use crate::model::report::Section;
use crate::operate::escalation::{Escalation, EscalationState};
use crate::operate::{explain, sentence};
use crate::words::{Message, Prose, capitalised};

pub(super) fn needs_words(line: &Line) -> bool {
    line.status.target == OnTarget::Missed || line.actual.value.number().is_none() || is_signal(line)
}

fn is_signal(line: &Line) -> bool {
    matches!(line.status.signal, SignalStatus::Adverse | SignalStatus::Favourable | SignalStatus::Changed)
}

impl Writing<'_> {
    /// Words only for what needs them: off target, a signal, or no value. What a change is made
    /// of is told only for signals, escalations and material misses: noise has no explanation.
    pub(super) fn what_happened(&self) -> Said {
        let escalated: Vec<Id> = self.raised().iter().filter_map(|escalation| escalation.kpi.clone()).collect();
        let mut points = Vec::new();
        for line in &self.lines {
            let comments = self.comments_on(line);
            // Where no section of their own holds comments, each stands under its KPI here.
            let is_told = needs_words(line) || (!comments.is_empty() && !self.has(Section::Commentary));
            if !is_told {
                continue;
            }
            let is_escalated = escalated.contains(&line.kpi);
            let mut text = Prose::sentences([sentence::standing(line)]);
            if let Some(level) = line.level {
                text.sentence(self.words.say(reached(level), &[]));
            }
            if let Some(is_material) = line.plan.material.filter(|_| line.status.target == OnTarget::Missed) {
                text.sentence(self.words.say(if is_material { Message::Material } else { Message::NotMaterial }, &[]));
            }
            if line.actual.value.number().is_some() {
                text.sentence(sentence::movement(line));
            }
            if explain::is_worth(line, is_signal(line), is_escalated) {
                let compared: Vec<Prose> = [&line.previous, &line.prior_year].into_iter().filter_map(|other| sentence::against_period(line, other)).collect();
                if !compared.is_empty() {
                    text.sentence(self.words.say(Message::Compared, &[("comparisons", self.words.list(compared).into())]));
                }
                explain::change(self.snapshot, line).into_iter().for_each(|why| text.sentence(why));
                if line.status.target == OnTarget::Missed {
                    text.sentence(explain::plan(self.snapshot, line).unwrap_or_default());
                }
            }
            for caveat in &line.caveats {
                text.sentence(self.words.say(Message::Note, &[("caveat", (&caveat.text).into())]));
            }
            comments.into_iter().for_each(|comment| text.sentence(comment));
            points.push(Point { urgency: urgency(line, is_escalated), about: line.name.clone(), kpi: Some(line.kpi.clone()), text });
        }
        let calm = |line: &Line| line.status.target == OnTarget::Met && line.status.signal == SignalStatus::Noise;
        let otherwise = if self.lines.iter().all(calm) { Message::NothingToExplain } else { Message::NothingJudged };
        Said::Points(points, self.words.say(otherwise, &[]))
    }

    /// What escalates to somebody; those to the executive stand under what we need, where the
    /// template has that.
    pub(super) fn escalations(&self, wanted: impl Fn(Rung) -> bool) -> Vec<Point> {
        // Escalations are about now; a report on an earlier month neither repeats nor denies them.
        if !self.is_latest {
            return Vec::new();
        }
        let is_told = |escalation: &Escalation| wanted(escalation.to) && escalation.kpi.as_ref().is_none_or(|kpi| self.line(kpi).is_some());
        self.raised().iter().filter(|escalation| is_told(escalation)).map(|escalation| self.escalation(escalation)).collect()
    }

    /// Whether it can be said that nothing escalates so: not of an earlier month, nor where this
    /// report leaves out what does.
    pub(super) fn nothing_escalates(&self, wanted: impl Fn(Rung) -> bool) -> bool {
        self.is_latest && !self.raised().iter().any(|escalation| wanted(escalation.to))
    }

    /// What escalates and nobody has taken note of.
    fn raised(&self) -> &[Escalation] {
        self.raised.get_or_init(|| self.snapshot.escalations().into_iter().filter(|escalation| escalation.state == EscalationState::Raised).collect())
    }

    fn escalation(&self, escalation: &Escalation) -> Point {
        let words = self.words;
        // Where it is about the figure of this report, its figures lead to their definition.
        let line = escalation.kpi.as_ref().and_then(|kpi| self.line(kpi));
        let standing = line.map(sentence::standing).filter(|standing| standing.to_string() == escalation.text);
        let mut text = standing.unwrap_or_else(|| Prose::from(escalation.text.as_str()));
        for reason in &escalation.reasons {
            let (why, clears) = (&reason.why, &reason.clears);
            let (why, clears) = (("why", why.into()), ("clears", clears.into()));
            text.sentence(match (&reason.since, reason.since_on) {
                (Some(since), _) => words.say(Message::Reason, &[why, ("since", since.into()), clears]),
                (None, Some(day)) => words.say(Message::Reason, &[why, ("since", day.into()), clears]),
                (None, None) => words.say(Message::ReasonNow, &[why, clears]),
            });
        }
        let nobody = words.word(Message::NobodyNamed);
        text.sentence(words.say(Message::EscalatedTo, &[("person", escalation.person.as_ref().unwrap_or(&nobody).into())]));
        let urgency = u8::from(escalation.to < Rung::Executive);
        Point { urgency, about: escalation.name.clone(), kpi: escalation.kpi.clone(), text }
    }

    pub(super) fn decisions_asked(&self) -> Said {
        let needs = self.has(Section::Needs);
        let mut points = self.escalations(|to| to == Rung::Operator || (to > Rung::Operator && !needs));
        for decision in self.snapshot.system().decisions() {
            let message = match decision.status {
                DecisionStatus::Open => Message::DecisionOpen,
                DecisionStatus::Proposed => Message::DecisionProposed,
                DecisionStatus::Reopened => Message::DecisionReopened,
                DecisionStatus::Settled if !decision.is_settled_on(self.snapshot.as_of()) => Message::DecisionLater,
                DecisionStatus::Settled | DecisionStatus::Retired => continue,
            };
            let about = capitalised(&decision.id.as_str().replace('_', " "));
            let text = self.words.say(message, &[("statement", without_stop(&decision.statement).into())]);
            points.push(Point { urgency: 2, about, kpi: None, text });
        }
        // What escalates to the executive stands under what we need, where the template has that.
        let otherwise = if !needs && self.nothing_escalates(|to| to > Rung::Owner) { Message::NothingToDecide } else { Message::AllSettled };
        Said::Points(points, self.words.say(otherwise, &[]))
    }
}

fn reached(level: LevelReached) -> Message {
    match level {
        LevelReached::BelowMinimum => Message::LevelBelow,
        LevelReached::Minimum => Message::LevelMinimum,
        LevelReached::Good => Message::LevelGood,
        LevelReached::Excellent => Message::LevelExcellent,
    }
}

fn urgency(line: &Line, is_escalated: bool) -> u8 {
    match (is_escalated, line.status.signal, line.plan.material) {
        (true, ..) => 0,
        (_, SignalStatus::Adverse, _) => 1,
        (.., Some(true)) => 2,
        _ if is_signal(line) => 3,
        _ if line.actual.value.number().is_none() => 4,
        _ if line.status.target == OnTarget::Missed => 5,
        _ => 6,
    }
}
