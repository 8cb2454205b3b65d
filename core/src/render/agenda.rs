//! The parts of an agenda that are the same in text and in Markdown, but for their escapes.

use crate::operate::agenda::Agenda;
use crate::operate::agenda::carried::{AgendaAction, AgendaQuestion};
use crate::operate::escalation::EscalationReason;

type Escape = fn(&str) -> String;

/// Which review it is, and what was decided the last time.
pub(super) fn before(agenda: &Agenda, escape: Escape) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some((review, due)) = agenda.review.as_ref().and_then(|review| Some((review, review.due?))) {
        let at = review.at.map_or_else(String::new, |at| format!(", {at}"));
        lines.push(format!("For the review of {due}{at}."));
    }
    if let Some(last) = &agenda.last {
        lines.push(format!("Last held on {} (numbers as of {}, snapshot {}).", last.held_on, last.as_of, escape(&last.snapshot)));
        lines.extend(last.decisions.iter().map(|decision| {
            let by = decision.by.as_deref().map_or_else(String::new, |by| format!(" ({})", escape(by)));
            format!("Decided then: {}{by}", escape(&decision.text))
        }));
    }
    lines
}

/// What comes after the KPIs, by heading.
pub(super) fn after(agenda: &Agenda, escape: Escape) -> Vec<(&'static str, Vec<String>)> {
    let ahead = agenda.ahead.iter().map(|note| {
        let owner = note.owner.as_deref().map_or_else(|| "nobody".to_owned(), escape);
        format!("{} (Owner: {owner})", escape(&note.text))
    });
    let ahead = ahead.chain(agenda.untold.iter().map(|untold| format!("Not known: {}", escape(untold))));
    let others = agenda.others.iter().map(|other| {
        let person = other.person.as_deref().map_or_else(|| "nobody named".to_owned(), escape);
        let clears = |reason: &EscalationReason| format!("{} {} {}.", escape(&reason.why), super::text::since(reason), escape(&reason.clears));
        let reasons: Vec<String> = other.reasons.iter().map(clears).collect();
        format!("{} (to {person}, {}): {} {}", escape(&other.name), other.to.word(), escape(&other.text), reasons.join(" "))
    });
    let mut time = Vec::new();
    if let Some(shared) = &agenda.time {
        time.extend(shared.slots.iter().map(|slot| format!("{} min · {}", slot.minutes, escape(&slot.topic))));
        time.extend(shared.no_time_for.iter().map(|topic| format!("no time for {}", escape(topic))));
    }
    let parts = [
        ("Also escalates", others.collect::<Vec<_>>()),
        ("Budget and running period", ahead.collect::<Vec<_>>()),
        ("Open actions", agenda.actions.iter().map(|item| action(item, escape)).collect()),
        ("Open questions", agenda.questions.iter().map(|item| question(item, escape)).collect()),
        ("Time", time),
    ];
    parts.into_iter().filter(|(_, lines)| !lines.is_empty()).collect()
}

fn action(action: &AgendaAction, escape: Escape) -> String {
    let late = action.late_by.map_or_else(String::new, |days| format!(", late by {}", count(days, "day")));
    let moved = match action.moved {
        0 => String::new(),
        1 => ", put off once".to_owned(),
        times => format!(", put off {times} times"),
    };
    let kpi = action.kpi.as_deref().map_or_else(String::new, |kpi| format!(" [{}]", escape(kpi)));
    format!("{}{kpi} · {} · due {}{late}, open for {}{moved}", escape(&action.what), escape(&action.owner), action.due, count(action.age, "day"))
}

fn question(question: &AgendaQuestion, escape: Escape) -> String {
    let by = question.asked_by.as_deref().map_or_else(String::new, |by| format!(", asked by {}", escape(by)));
    format!("{} · to {}{by}, open for {}", escape(&question.what), escape(&question.to), count(question.age, "day"))
}

fn count(number: i64, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}
