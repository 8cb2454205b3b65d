//! Segments, channels and stages: who is reached, where and when.

use super::super::audience::Segment;
use super::super::channels::{Channel, ChannelKind};
use super::super::element::Inheritance;
use super::super::lifecycle::{Moment, Stage};
use super::super::people::Assignments;
use super::{Context, Entry, Kind};
use crate::text::{Data, Node};

pub(super) fn segment(context: &mut Context<'_>, entry: Entry<'_>) -> Option<Segment> {
    let origin = entry.origin(context);
    if let Data::Scalar { text, .. } = &entry.node.data {
        return Some(Segment {
            name: entry.id.to_string(),
            id: entry.id,
            origin,
            definition: text.clone(),
            lives: Vec::new(),
            cares_about: Vec::new(),
            owner: Assignments::default(),
            inherits: Inheritance::default(),
        });
    }
    let mut map = context.reader.map(entry.node, &entry.path)?;
    let name = map.text(&mut context.reader, "name").unwrap_or_else(|| entry.id.to_string());
    let definition = map.required_text(&mut context.reader, "definition", "say who belongs to it");
    let lives = map.texts(&mut context.reader, "lives");
    let cares_about = map.texts(&mut context.reader, "cares_about");
    let owner = context.assignments(&mut map, "owner");
    let inherits = context.inheritance(&mut map);
    map.finish(&mut context.reader);
    Some(Segment { id: entry.id, origin, name, definition, lives, cares_about, owner, inherits })
}

pub(super) fn channel(context: &mut Context<'_>, entry: Entry<'_>) -> Option<Channel> {
    let mut map = context.reader.map(entry.node, &entry.path)?;
    let name = map.text(&mut context.reader, "name").unwrap_or_else(|| entry.id.to_string());
    let kind = map.require(&mut context.reader, "kind", "write `owned`, `earned` or `paid`");
    let kind = kind.and_then(|(node, path)| context.reader.one_of(node, &path, &ChannelKind::WORDS));
    let owner = context.assignments(&mut map, "owner");
    let cadence = map.text(&mut context.reader, "cadence").unwrap_or_default();
    let from = map.date(&mut context.reader, "from");
    let segments = context.references(&mut map, "segments", Kind::Segment);
    let regions = map.texts(&mut context.reader, "regions");
    let lines = map.texts(&mut context.reader, "lines");
    let inherits = context.inheritance(&mut map);
    map.finish(&mut context.reader);
    let origin = entry.origin(context);
    Some(Channel { id: entry.id, origin, name, kind: kind?, owner, cadence, from, segments, regions, lines, inherits })
}

pub(super) fn stage(context: &mut Context<'_>, entry: Entry<'_>) -> Option<Stage> {
    let origin = entry.origin(context);
    if let Data::Scalar { text, .. } = &entry.node.data {
        return Some(Stage { id: entry.id, origin, name: text.clone(), metric: None, owner: Assignments::default(), moments: Vec::new() });
    }
    let mut map = context.reader.map(entry.node, &entry.path)?;
    let name = map.text(&mut context.reader, "name").unwrap_or_else(|| entry.id.to_string());
    let metric = context.reference(&mut map, "metric", Kind::Kpi);
    let owner = context.assignments(&mut map, "owner");
    let moments = map.get("moments").map(|(node, path)| context.reader.items(node, &path)).unwrap_or_default();
    let moments = moments.into_iter().filter_map(|(node, path)| moment(context, node, &path)).collect();
    map.finish(&mut context.reader);
    Some(Stage { id: entry.id, origin, name, metric, owner, moments })
}

fn moment(context: &mut Context<'_>, node: &Node, path: &str) -> Option<Moment> {
    if let Data::Scalar { text, .. } = &node.data {
        return Some(Moment { name: text.clone(), channels: Vec::new(), segments: Vec::new() });
    }
    let mut map = context.reader.map(node, path)?;
    let name = map.required_text(&mut context.reader, "name", "say what happens");
    let channels = context.references(&mut map, "channels", Kind::Channel);
    let segments = context.references(&mut map, "segments", Kind::Segment);
    map.finish(&mut context.reader);
    Some(Moment { name, channels, segments })
}
