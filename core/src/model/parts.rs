//! Definitions in the order in which something can be derived for each from its parts.

use super::kpi::Definition;
use crate::base::id::Id;
use crate::base::map::Set;

/// Each definition after those that it refers to, without recursion: chains may be long. Where
/// definitions go round, which is reported elsewhere, one of them comes too early.
pub(super) fn parts_first<'a>(roots: impl IntoIterator<Item = &'a Definition>, find: impl Fn(&Id) -> Option<&'a Definition>) -> Vec<&'a Definition> {
    let mut ordered = Vec::new();
    let mut seen = Set::new();
    for root in roots {
        let mut waiting = vec![(root, false)];
        while let Some((definition, parts_done)) = waiting.pop() {
            if parts_done {
                ordered.push(definition);
            } else if seen.insert(&definition.id) {
                waiting.push((definition, true));
                waiting.extend(definition.calculation.refers_to().into_iter().filter_map(&find).map(|part| (part, false)));
            }
        }
    }
    ordered
}
