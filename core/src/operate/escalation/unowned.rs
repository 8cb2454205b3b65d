//! Nobody answers for something that must have somebody (domain D3).

use super::ladder::Raised;
use super::{EscalatedKind, Fired, Found, Subject, in_days};
use crate::base::date::Date;
use crate::judge::snapshot::Snapshot;
use crate::model::element::{ElementKind, Responsibility};
use crate::model::escalation::Trigger;

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
    let what = if kind == EscalatedKind::Operator { "whole" } else { known.part.kind.words() };
    let lasting = left.map_or_else(|| "always, as far as is written".to_owned(), |left| in_days(as_of.days_since(left).saturating_add(1)));
    let why = match left {
        Some(left) => format!("Nobody has answered for it since {left}."),
        None => "Nobody was ever named who answers for it.".to_owned(),
    };
    let found = Found {
        clears: coming.map_or_else(|| format!("an owner of the {what}"), |coming| format!("{coming}, when somebody takes it over")),
        why,
        lasting,
        since: None,
        since_on: left,
        raised: left.map_or(Raised::Unknown, Raised::On),
    };
    let text = format!("{}: nobody answers for the {what} on {as_of}.", crate::words::capitalised(&known.part.name));
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
