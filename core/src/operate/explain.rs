//! What a change is made of, as far as exact arithmetic says so.

use super::sentence::figure;
use crate::base::id::Id;
use crate::base::number::Number;
use crate::judge::contributors::Contributing;
use crate::judge::explanation::Why;
use crate::judge::reference::Reference;
use crate::judge::scorecard::{Line, OnTarget};
use crate::judge::snapshot::Snapshot;
use crate::judge::variance::{Comparison, Figure};
use crate::model::kpi::Definition;
use crate::words::{FigureOf, Given, Message, Prose};

/// The most dimensions by whose members a change is told.
const MOST_DIMENSIONS: usize = 3;
/// The most members that are named.
const MOST_NAMED: usize = 2;

/// The comparison that a reader is most helped by: with the prior year if there is one, since
/// it has the same season, else with the previous period.
fn reference(line: &Line) -> Option<(Reference, &Comparison)> {
    let all = [(Reference::PriorYear, &line.prior_year), (Reference::Previous, &line.previous)];
    all.into_iter().find(|(_, comparison)| comparison.change.value.number().is_some_and(|change| !change.is_zero()))
}

/// What the change against another period is made of: by drivers, and by the members that explain
/// most of it. Nothing where exact arithmetic says nothing.
pub(super) fn change(snapshot: &Snapshot, line: &Line) -> Vec<Prose> {
    let Some((against, comparison)) = reference(line) else { return Vec::new() };
    let mut sentences = Vec::new();
    if let Some(parts) = drivers(snapshot, line, against)
        && let Some(base) = &comparison.period
    {
        let change = figure(line, &comparison.change.text, FigureOf::ToPeriod);
        sentences.push(line.words.say(Message::WhyChange, &[("period", base.into()), ("change", change.into()), ("parts", parts.into())]));
    }
    sentences.extend(members(snapshot, line, against));
    sentences
}

/// What the difference to plan is made of, where drivers have targets of their own.
pub(super) fn plan(snapshot: &Snapshot, line: &Line) -> Option<Prose> {
    let parts = drivers(snapshot, line, Reference::Plan)?;
    let change = figure(line, &line.plan.change.text, FigureOf::ToTarget);
    Some(line.words.say(Message::WhyPlan, &[("change", change.into()), ("parts", parts.into())]))
}

fn part(line: &Line, name: &str, change: &Figure) -> Prose {
    let text = line.words.change(&line.unit, &change.value);
    line.words.say(Message::Part, &[("name", name.into()), ("change", figure(line, &text, FigureOf::Part).into())])
}

fn moved(change: &Figure) -> bool {
    change.value.number().is_some_and(|change| !change.is_zero())
}

fn drivers(snapshot: &Snapshot, line: &Line, against: Reference) -> Option<Prose> {
    let why = Why { period: Some(&line.period.label), against, ..Why::default() };
    let explanation = snapshot.explain(line.kpi.as_str(), &why).ok()?;
    let mut parts: Vec<Prose> =
        explanation.drivers.iter().filter(|driver| moved(&driver.change)).map(|driver| part(line, &driver.name.replace('_', " "), &driver.change)).collect();
    parts.extend(explanation.disagreement.iter().map(|disagreement| {
        let text = line.words.change(&line.unit, &disagreement.value);
        line.words.say(Message::Disagreement, &[("change", figure(line, &text, FigureOf::Part).into())])
    }));
    (!explanation.drivers.is_empty() && !parts.is_empty()).then(|| line.words.list(parts))
}

/// The fewest members of some dimensions that explain most of a change.
fn members(snapshot: &Snapshot, line: &Line, against: Reference) -> Option<Prose> {
    let kpi = snapshot.system().kpi(line.kpi.as_str())?;
    let dimensions = dimensions(snapshot, &kpi.definition);
    let by: Vec<&str> = dimensions.iter().map(|dimension| dimension.as_str()).take(MOST_DIMENSIONS).collect();
    let question = Contributing { period: Some(&line.period.label), against, by: &by, top: Some(MOST_NAMED), ..Contributing::default() };
    let found = snapshot.contributors(line.kpi.as_str(), &question).ok()?;
    let (first, base) = (found.combinations.first()?, found.base_period.as_ref()?);
    if first.members < 2 {
        return None;
    }
    let words = &line.words;
    let dimensions = words.list(first.by.iter().map(|dimension| Prose::from(dimension.as_str().replace('_', " "))));
    let parts: Vec<Prose> = first.contributors.iter().map(|named| part(line, &words.member(&named.member), &named.change)).collect();
    let (dimensions, period) = (("dimensions", dimensions.into()), ("period", base.into()));
    if parts.is_empty() {
        return Some(words.say(Message::WhyNobody, &[dimensions, period]));
    }
    let (count, parts) = (parts.len(), ("parts", words.list(parts).into()));
    if first.rest.members == 0 {
        return Some(words.say(Message::WhyAllMembers, &[dimensions, period, parts]));
    }
    let share_of = first.share.value.number();
    let rest = figure(line, &words.change(&line.unit, &first.rest.change.value), FigureOf::Part);
    // More than all of the change: what the others did undoes a part of it, and no share says that.
    if share_of.is_some_and(|share| *share > Number::from(1)) {
        return Some(words.say(Message::WhyOffset, &[dimensions, parts, ("count", count.into()), ("rest", rest.into())]));
    }
    let share = share_of.map(|share| figure(line, &words.whole_percent(share), FigureOf::Part)).unwrap_or_default();
    let given: [(&str, Given<'_>); 7] =
        [dimensions, period, parts, ("count", count.into()), ("all", first.members.into()), ("share", share.into()), ("rest", rest.into())];
    Some(words.say(Message::WhyMembers, &given))
}

/// The dimensions that all sources of a figure have, without those by which it chooses its rows.
fn dimensions<'s>(snapshot: &'s Snapshot, definition: &'s Definition) -> Vec<&'s Id> {
    let system = snapshot.system();
    let (mut waiting, mut seen) = (vec![definition], Vec::new());
    let mut common: Option<Vec<&Id>> = None;
    let mut filtered: Vec<&Id> = Vec::new();
    while let Some(definition) = waiting.pop() {
        filtered.extend(definition.filter.iter().flat_map(|filter| filter.condition.columns()));
        if let Some(source) = definition.calculation.source().and_then(|source| system.source(source.as_str())) {
            let has = |id: &Id| source.dimensions.iter().any(|column| column.id == *id);
            common = Some(match common {
                None => source.dimensions.iter().map(|column| &column.id).collect(),
                Some(common) => common.into_iter().filter(|id| has(id)).collect(),
            });
        }
        for id in definition.calculation.refers_to() {
            if !seen.contains(&id) {
                seen.push(id);
                waiting.extend(system.definition(id.as_str()));
            }
        }
    }
    let mut common = common.unwrap_or_default();
    common.retain(|id| !filtered.contains(id));
    common
}

/// Whether a change is worth to be explained: a signal, an escalation, or a missed target that is
/// material. Noise is called noise, and has no explanation.
pub(super) fn is_worth(line: &Line, is_signal: bool, is_escalated: bool) -> bool {
    let is_missed = line.status.target == OnTarget::Missed && line.plan.material == Some(true);
    line.actual.value.number().is_some() && (is_signal || is_escalated || is_missed)
}
