//! Paths into a tree, and what a tree is after a change.

use crate::text::{Data, Entry, MAX_DEPTH, Node};

/// A step down a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step<'p> {
    Key(&'p str),
    Item(usize),
}

/// `plan.targets.leads[0].value` as steps.
pub(super) fn steps(path: &str) -> Option<Vec<Step<'_>>> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let (key, mut rest) = part.find('[').map_or((part, ""), |at| part.split_at(at));
        if key.is_empty() {
            return None;
        }
        steps.push(Step::Key(key));
        while !rest.is_empty() {
            let (index, further) = rest.strip_prefix('[')?.split_once(']')?;
            steps.push(Step::Item(index.parse().ok()?));
            rest = further;
        }
    }
    // Deeper than this no text goes.
    (steps.len() <= MAX_DEPTH).then_some(steps)
}

/// Puts a value at a path, or takes out what is there. Of steps that lead nowhere, the value holds those after the first.
pub(super) fn put(node: &mut Node, steps: &[Step<'_>], value: Option<&Node>) {
    let Some((step, rest)) = steps.split_first() else {
        if let Some(value) = value {
            *node = value.clone();
        }
        return;
    };
    match (&mut node.data, step) {
        (Data::Map(entries), Step::Key(key)) => match entries.iter().position(|entry| entry.key == *key) {
            Some(at) if rest.is_empty() && value.is_none() => drop(entries.remove(at)),
            Some(at) => entries.iter_mut().skip(at).take(1).for_each(|entry| put(&mut entry.value, rest, value)),
            None => entries.extend(value.map(|value| Entry { key: (*key).to_owned(), mark: value.mark, value: value.clone() })),
        },
        (Data::List(items), Step::Item(index)) => {
            if rest.is_empty() && value.is_none() && *index < items.len() {
                items.remove(*index);
            } else if let Some(item) = items.get_mut(*index) {
                put(item, rest, value);
            }
        }
        _ => {}
    }
}

/// Whether two trees say the same, wherever it stands.
pub(super) fn same(left: &Node, right: &Node) -> bool {
    match (&left.data, &right.data) {
        (Data::Null, Data::Null) => true,
        (Data::Scalar { text: left }, Data::Scalar { text: right }) => left == right,
        (Data::List(left), Data::List(right)) => left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right)),
        (Data::Map(left), Data::Map(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| left.key == right.key && same(&left.value, &right.value))
        }
        _ => false,
    }
}
