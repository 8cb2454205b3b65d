//! Nobody answers for something that must have somebody (domain D3).

use super::ladder::Raised;
use super::{EscalatedKind, Fired, Found, Subject, in_days};
use crate::base::date::Date;
use crate::judge::snapshot::Snapshot;
use crate::model::element::{ElementKind, Responsibility};
use crate::model::escalation::Trigger;
use crate::words::Message;

pub(super) fn fire<'t>(snapshot: &Snapshot, trigger: &'t Trigger) -> Vec<Fired<'t>> {
    let known = snapshot.system().responsibilities();
    known.filter_map(|known| fires(snapshot, trigger, &known)).collect()
}

fn fires<'t>(snapshot: &Snapshot, trigger: &'t Trigger, known: &Responsibility<'_>) -> Option<Fired<'t>> {
    let as_of = snapshot.as_of();
    let kind = must_have_somebody(known.part.kind)?;
    let is_about = trigger.kpis.is_empty() || (kind == EscalatedKind::Kpi && trigger.kpis.iter().any(|kpi| kpi.as_str() == known.part.id));
    if !is_about || known.assignments().iter().any(|held| held.holds_on(as_of)) {
        return None;
    }
    // Whoever answered for it last left it the day after.
    let left: Option<Date> = known.assignments().iter().filter_map(|held| held.to).filter(|to| *to < as_of).max().map(|to| to.plus_days(1));
    let coming = known.assignments().iter().filter_map(|held| held.from).filter(|from| *from > as_of).min();
    let words = snapshot.system().words();
    let what = words.word(if kind == EscalatedKind::Operator { Message::KindWhole } else { known.part.kind.message() });
    let lasting = left.map_or_else(|| words.word(Message::UnownedLasting), |left| in_days(words, as_of.days_since(left).saturating_add(1)));
    let why = match left {
        Some(left) => words.text(Message::UnownedSince, &[("date", left.into())]),
        None => words.word(Message::UnownedEver),
    };
    let clears = match coming {
        Some(coming) => words.text(Message::ClearsComing, &[("date", coming.into())]),
        None => words.text(Message::ClearsOwner, &[("kind", (&what).into())]),
    };
    let found = Found { clears, why, lasting, since: None, since_on: left, raised: left.map_or(Raised::Unknown, Raised::On) };
    let name = crate::words::capitalised(&known.part.name);
    let text = words.text(Message::UnownedText, &[("name", (&name).into()), ("kind", (&what).into()), ("date", as_of.into())]);
    let subject = Subject { kind, id: known.part.id.clone(), name: known.part.name.clone(), owner: None };
    Some(Fired { trigger, subject, text, found })
}

/// What must have somebody who answers for it: the whole, layers, and what coverage asks for.
fn must_have_somebody(kind: ElementKind) -> Option<EscalatedKind> {
    match kind {
        ElementKind::Operator => Some(EscalatedKind::Operator),
        ElementKind::BrandLayer => Some(EscalatedKind::BrandLayer),
        ElementKind::MarketingLayer => Some(EscalatedKind::MarketingLayer),
        ElementKind::Segment => Some(EscalatedKind::Segment),
        ElementKind::Channel => Some(EscalatedKind::Channel),
        ElementKind::Asset => Some(EscalatedKind::Asset),
        ElementKind::Input => Some(EscalatedKind::Input),
        ElementKind::Tool => Some(EscalatedKind::Tool),
        ElementKind::Kpi => Some(EscalatedKind::Kpi),
        ElementKind::Review => Some(EscalatedKind::Review),
        ElementKind::Decision | ElementKind::Stage | ElementKind::Workflow | ElementKind::Step | ElementKind::Campaign | ElementKind::Lesson => None,
    }
}
