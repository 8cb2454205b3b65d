//! Layers, decisions, channels and stages.

use super::super::layers::{BrandLayer, Channel, ChannelKind, Decision, DecisionStatus, Kernel, Layer, MarketingLayer, Stage};
use super::{Context, Entry, Kind};
use crate::base::code::Code;
use crate::base::finding::quoted;
use crate::text::{Data, MapReader};

pub(super) fn brand(context: &mut Context<'_>, map: &mut MapReader<'_>) -> Vec<Layer<BrandLayer>> {
    context.section(map, "brand", |context, entry| layer(context, &entry, &BrandLayer::ALL))
}

pub(super) fn marketing(context: &mut Context<'_>, map: &mut MapReader<'_>) -> Vec<Layer<MarketingLayer>> {
    context.section(map, "marketing", |context, entry| layer(context, &entry, &MarketingLayer::ALL))
}

fn layer<L: Copy>(context: &mut Context<'_>, entry: &Entry<'_>, known: &[(&'static str, L)]) -> Option<Layer<L>> {
    let Some((_, kind)) = known.iter().find(|(word, _)| *word == entry.id.as_str()) else {
        let names: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
        let message = format!("{} is not one of the layers", quoted(entry.id.as_str()));
        context.reader.error(Code::UnknownKey, entry.mark, &entry.path, message, crate::text::one_of_help(entry.id.as_str(), &names));
        return None;
    };
    let mut map = context.reader.map(entry.node, &entry.path)?;
    let holds = map.text(&mut context.reader, "holds").unwrap_or_default();
    let owner = context.assignments(&mut map, "owner");
    let rests_on = context.references(&mut map, "rests_on", Kind::Decision);
    let mut decisions = context.section(&mut map, "decisions", decision);
    for decision in &mut decisions {
        if decision.owner.0.is_empty() {
            decision.owner = owner.clone();
        }
    }
    map.finish(&mut context.reader);
    Some(Layer { layer: *kind, holds, owner, rests_on, decisions })
}

fn decision(context: &mut Context<'_>, entry: Entry<'_>) -> Option<Decision> {
    if let Data::Scalar { text, .. } = &entry.node.data {
        let statement = text.clone();
        let origin = entry.origin(context);
        return Some(Decision { id: entry.id, origin, statement, status: DecisionStatus::Open, settled_on: None, owner: Default::default(), kernel: None });
    }
    let mut map = context.reader.map(entry.node, &entry.path)?;
    let statement = map.require(&mut context.reader, "statement", "say what is decided");
    let statement = statement.and_then(|(node, path)| context.reader.text(node, &path)).unwrap_or_default().to_owned();
    let status = map.one_of(&mut context.reader, "status", &DecisionStatus::WORDS).unwrap_or(DecisionStatus::Open);
    let settled_on = map.date(&mut context.reader, "settled_on");
    let owner = context.assignments(&mut map, "owner");
    let kernel = map.one_of(&mut context.reader, "kernel", &Kernel::ALL);
    map.finish(&mut context.reader);
    let origin = entry.origin(context);
    Some(Decision { id: entry.id, origin, statement, status, settled_on, owner, kernel })
}

pub(super) fn channel(context: &mut Context<'_>, entry: Entry<'_>) -> Option<Channel> {
    let mut map = context.reader.map(entry.node, &entry.path)?;
    let name = map.text(&mut context.reader, "name").unwrap_or_else(|| entry.id.to_string());
    let kind = map.require(&mut context.reader, "kind", "write `owned`, `earned` or `paid`");
    let kind = kind.and_then(|(node, path)| context.reader.one_of(node, &path, &ChannelKind::WORDS));
    let owner = context.assignments(&mut map, "owner");
    let cadence = map.text(&mut context.reader, "cadence").unwrap_or_default();
    let rests_on = context.references(&mut map, "rests_on", Kind::Decision);
    map.finish(&mut context.reader);
    let origin = entry.origin(context);
    Some(Channel { id: entry.id, origin, name, kind: kind?, owner, cadence, rests_on })
}

pub(super) fn stage(context: &mut Context<'_>, entry: Entry<'_>) -> Option<Stage> {
    let name = context.reader.text(entry.node, &entry.path)?.to_owned();
    Some(Stage { id: entry.id, name })
}
