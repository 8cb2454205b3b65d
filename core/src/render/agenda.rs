//! An agenda as a document.

use super::document::{Document, Part, Point, Rich, Tone, documented};
use crate::model::escalation::Rung;
use crate::model::rhythm::Cadence;
use crate::operate::agenda::carried::{AgendaAction, AgendaQuestion};
use crate::operate::agenda::{Agenda, AgendaItem, AgendaReview};
use crate::operate::escalation::{Escalation, EscalationReason};
use crate::words::{Message, Words};

documented!(Agenda, "agenda");

impl Agenda {
    fn document(&self) -> Document<'_> {
        let words = &self.words;
        let title = self.review.as_ref().map_or_else(|| review_of(words, self.cadence), |review| review.name.clone());
        let mut meta: Vec<String> = self.review.iter().flat_map(|review| frame(words, review)).collect();
        meta.push(self.period.label.clone());
        meta.push(words.text(Message::AsOf, &[("date", self.as_of.into())]));
        let mut parts = Vec::new();
        if self.review.is_none() {
            parts.push(Part::Paragraph(words.word(Message::DeclaresNone).into()));
        }
        parts.extend(self.last_time());
        if !self.items.is_empty() {
            let point = |(index, item)| self.point(index, item);
            parts.push(Part::Points(self.items.iter().enumerate().map(point).collect()));
        }
        if !self.quiet.is_empty() {
            let names = self.quiet.join(", ");
            parts.push(Part::Paragraph(words.text(Message::NothingToDiscuss, &[("names", (&names).into())]).into()));
        }
        let ahead = self.ahead.iter().map(|note| {
            let kind = words.word(note.kind.message());
            let beside = format!("{kind}; {}", words.owner_is(note.owner.as_deref()));
            Point { about: note.name.clone(), beside, lines: vec![note.text.as_str().into()] }
        });
        let mut section = |heading, points: Vec<Point>| {
            if !points.is_empty() {
                parts.push(Part::Heading(words.word(heading)));
                parts.push(Part::Points(points));
            }
        };
        let untold =
            self.untold.iter().map(|untold| Point { about: words.word(Message::NotKnown), beside: String::new(), lines: vec![untold.as_str().into()] });
        section(Message::AgendaOthers, self.others.iter().map(|other| escalated(words, other)).collect());
        section(Message::AgendaAhead, ahead.chain(untold).collect());
        section(Message::AgendaActions, self.actions.iter().map(|item| action(words, item)).collect());
        section(Message::AgendaQuestions, self.questions.iter().map(|item| question(words, item)).collect());
        if let Some(shared) = &self.time {
            parts.push(Part::Heading(words.word(Message::AgendaTime)));
            let slots = shared
                .slots
                .iter()
                .map(|slot| Rich::from(words.text(Message::TimeSlot, &[("count", u64::from(slot.minutes).into()), ("topic", (&slot.topic).into())])));
            let none = shared.no_time_for.iter().map(|topic| Rich::default().and(words.text(Message::NoTimeFor, &[("topic", topic.into())]), Tone::Adverse));
            parts.push(Part::List(slots.chain(none).collect()));
        }
        Document { kicker: &self.system, title, meta, parts, fingerprint: &self.fingerprint, words: words.clone() }
    }

    /// What was decided when the review was held last.
    fn last_time(&self) -> Option<Part<'_>> {
        let (words, last) = (&self.words, self.last.as_ref()?);
        let held = [("on", last.held_on.into()), ("date", last.as_of.into()), ("fingerprint", (&last.snapshot).into())];
        let decided = last.decisions.iter().map(|decision| match &decision.by {
            Some(by) => words.text(Message::DecidedBy, &[("what", (&decision.text).into()), ("person", by.into())]),
            None => words.text(Message::Decided, &[("what", (&decision.text).into())]),
        });
        Some(Part::List(std::iter::once(words.text(Message::LastHeld, &held)).chain(decided).map(Rich::from).collect()))
    }

    fn point(&self, index: usize, item: &AgendaItem) -> Point {
        let words = &self.words;
        let beside = format!("{}; {}", words.word(item.kind.message()), words.owner_is(item.owner.as_deref()));
        let mut lines: Vec<Rich> = item.text.iter().map(|sentence| Rich::from(sentence.as_str())).collect();
        lines.extend(item.escalation.iter().flat_map(|escalation| climbs(words, escalation)));
        Point { about: format!("{}. {}", index.saturating_add(1), item.name), beside, lines }
    }
}

/// Day, minutes and people of a review, and for which of its dates it is.
fn frame(words: &Words, review: &AgendaReview) -> Vec<String> {
    let minutes = words.text(Message::Minutes, &[("count", u64::from(review.minutes).into())]);
    let held = words.text(Message::HeldBy, &[("person", (&review.held_by).into()), ("other", (&review.escalates_to).into())]);
    let due = review.due.map(|due| {
        let due = words.text(Message::ForReviewOf, &[("date", due.into())]);
        review.at.map_or(due.clone(), |at| format!("{due}, {at}"))
    });
    std::iter::once(review.day.clone()).filter(|day| !day.is_empty()).chain(due).chain([minutes, held]).collect()
}

/// A review of a level that the system does not declare.
fn review_of(words: &Words, cadence: Cadence) -> String {
    let cadence = words.word(match cadence {
        Cadence::Weekly => Message::Weekly,
        Cadence::Monthly => Message::Monthly,
        Cadence::Quarterly => Message::Quarterly,
    });
    crate::words::capitalised(&words.text(Message::ReviewOf, &[("cadence", (&cadence).into())]))
}

/// To whom something goes, and why.
fn climbs(words: &Words, escalation: &Escalation) -> Vec<Rich> {
    let to = Rich::default().and(format!("{} ({})", goes_to(words, escalation), rung(words, escalation.to)), Tone::Strong);
    std::iter::once(to).chain(escalation.reasons.iter().map(|reason| Rich::from(reason_of(words, reason)))).collect()
}

/// Something that escalates and is no KPI.
fn escalated(words: &Words, escalation: &Escalation) -> Point {
    let lines = std::iter::once(Rich::from(escalation.text.as_str())).chain(climbs(words, escalation)).collect();
    Point { about: escalation.name.clone(), beside: String::new(), lines }
}

/// To whom an escalation goes.
fn goes_to(words: &Words, escalation: &Escalation) -> String {
    let nobody = words.word(Message::NobodyNamedHere);
    words.text(Message::ToPersonTitle, &[("person", escalation.person.as_ref().unwrap_or(&nobody).into())])
}

fn rung(words: &Words, rung: Rung) -> String {
    words.word(match rung {
        Rung::Owner => Message::RungOwner,
        Rung::Operator => Message::RungOperator,
        Rung::Executive => Message::RungExecutive,
    })
}

/// Since when something escalates; empty when nobody knows. As it comes, periods have their names.
fn since(words: &Words, reason: &EscalationReason) -> String {
    match (&reason.since, reason.since_on) {
        (Some(period), _) if !words.is_default() => words.period(period, ""),
        (None, Some(day)) => words.date(day),
        _ => reason.since_text(),
    }
}

/// Why something escalates, since when, and what clears it.
fn reason_of(words: &Words, reason: &EscalationReason) -> String {
    let (since, clears) = (since(words, reason), &reason.clears);
    let cleared = if since.is_empty() {
        words.text(Message::ClearsWith, &[("clears", clears.into())])
    } else {
        words.text(Message::SinceClears, &[("since", (&since).into()), ("clears", clears.into())])
    };
    format!("{} {cleared}", reason.why)
}

fn action(words: &Words, action: &AgendaAction) -> Point {
    let days = |number: i64| u64::try_from(number).unwrap_or(0);
    let mut said = Rich::from(words.text(Message::ActionDue, &[("date", action.due.into()), ("age", days(action.age).into())]));
    if let Some(late) = action.late_by {
        said = said.and(" ", Tone::Plain).and(words.text(Message::ActionLateBy, &[("count", days(late).into())]), Tone::Adverse);
    }
    if action.moved > 0 {
        said = said.and(format!(" {}", words.text(Message::ActionPutOff, &[("count", u64::try_from(action.moved).unwrap_or(u64::MAX).into())])), Tone::Plain);
    }
    let kpi = action.kpi.as_ref().map_or_else(String::new, |kpi| format!("; {kpi}"));
    Point { about: action.what.clone(), beside: format!("{}{kpi}", action.owner), lines: vec![said] }
}

fn question(words: &Words, question: &AgendaQuestion) -> Point {
    let age = u64::try_from(question.age).unwrap_or(0);
    let mut said = words.text(Message::QuestionOpen, &[("person", (&question.to).into()), ("count", age.into())]);
    if let Some(by) = &question.asked_by {
        said = format!("{said} {}", words.text(Message::AskedBy, &[("person", by.into())]));
    }
    Point { about: question.what.clone(), beside: String::new(), lines: vec![said.into()] }
}
