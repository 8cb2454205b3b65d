//! Frameworks of the user's own.

use super::super::frameworks::{Framework, FrameworkLayer, Home};
use super::{Context, Entry, Kind};
use crate::base::code::Code;
use crate::text::{Data, Node};

/// More layers than there are places in the model tell nothing apart.
const MOST_LAYERS: usize = Home::ALL.len();

pub(super) fn framework(context: &mut Context<'_>, entry: Entry<'_>) -> Option<Framework> {
    let mut map = context.reader.map(entry.node, &entry.path)?;
    let name = map.text(&mut context.reader, "name").unwrap_or_else(|| entry.id.to_string());
    let parent = context.reference(&mut map, "parent", Kind::Framework);
    map.require(&mut context.reader, "layers", "list its layers in order");
    let layers = context.section(&mut map, "layers", layer);
    if layers.len() > MOST_LAYERS {
        let message = format!("the framework has {} layers; at most {MOST_LAYERS} are shown", layers.len());
        context.reader.error(Code::TooLarge, entry.mark, &entry.path, message, "put some of them together");
    }
    map.finish(&mut context.reader);
    let origin = entry.origin(context);
    Some(Framework { id: entry.id, origin, name, parent, layers })
}

/// `reach: [channels]` or `reach: { name, holds, homes }`.
fn layer(context: &mut Context<'_>, entry: Entry<'_>) -> Option<FrameworkLayer> {
    let Data::Map(_) = &entry.node.data else {
        let homes = homes(context, entry.node, &entry.path);
        return Some(FrameworkLayer { name: entry.id.to_string(), id: entry.id, holds: String::new(), homes });
    };
    let mut map = context.reader.map(entry.node, &entry.path)?;
    let name = map.text(&mut context.reader, "name").unwrap_or_else(|| entry.id.to_string());
    let holds = map.text(&mut context.reader, "holds").unwrap_or_default();
    let found = map.require(&mut context.reader, "homes", "name the places of the model that it covers");
    let homes = found.map(|(node, path)| homes(context, node, &path)).unwrap_or_default();
    map.finish(&mut context.reader);
    Some(FrameworkLayer { id: entry.id, name, holds, homes })
}

fn homes(context: &mut Context<'_>, node: &Node, path: &str) -> Vec<Home> {
    let items = context.reader.items(node, path);
    items.into_iter().filter_map(|(item, path)| context.reader.one_of(item, &path, &Home::ALL)).collect()
}
