//! Dimensions that are parts of others: `within` names another dimension of the same source, and
//! leads up, never round.

use super::super::source::Column;
use super::{Context, Entry};
use crate::base::code::Code;
use crate::base::id::Id;
use crate::base::map::Map;
use crate::text::one_of_help;

pub(super) fn check(context: &mut Context<'_>, entry: &Entry<'_>, dimensions: &[Column], entity: Option<&Column>) {
    let above: Map<&Id, Option<&Id>> = Map::from_iter(dimensions.iter().map(|column| (&column.id, column.within.as_ref())));
    for column in dimensions.iter().chain(entity) {
        if let Some(within) = column.within.as_ref().filter(|within| !above.contains_key(within)) {
            let message = format!("`{}` is declared to be within `{within}`, which is no dimension of this source", column.id);
            let names: Vec<&str> = dimensions.iter().map(|dimension| dimension.id.as_str()).filter(|name| *name != column.id.as_str()).collect();
            context.reader.error(Code::UnknownReference, entry.mark, &entry.path, message, one_of_help(within.as_str(), &names));
        }
    }
    // Each dimension is passed once: the number of the walk that came by tells a round from an
    // earlier walk.
    let mut passed: Map<&Id, usize> = Map::new();
    for (walk, column) in dimensions.iter().enumerate() {
        let mut path = Vec::new();
        let mut current = Some(&column.id);
        while let Some(id) = current.filter(|id| !passed.contains_key(id)) {
            passed.insert(id, walk);
            path.push(id);
            current = above.get(id).copied().flatten();
        }
        let Some(id) = current.filter(|id| passed.get(id) == Some(&walk)) else { continue };
        let start = path.iter().position(|passed| *passed == id).unwrap_or(0);
        let round: Vec<String> = path.iter().skip(start).chain([&id]).map(|id| format!("`{id}`")).collect();
        let message = format!("a dimension is within itself: {}", round.join(" → "));
        context.reader.error(Code::Cycle, entry.mark, &entry.path, message, "let `within` lead from the narrower dimension to the wider one");
    }
}
