//! The tree that both syntaxes are read into.

use std::collections::BTreeMap;

use super::Notes;
use crate::base::code::Code;
use crate::base::finding::{Mark, quoted};

/// A node and where it starts.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) data: Data,
    pub(crate) mark: Mark,
}

/// What a node holds. Scalars stay text, so that `12.50` keeps its digits.
#[derive(Clone, Debug)]
pub(crate) enum Data {
    Null,
    Scalar { text: String },
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// A key and its value; keys are unique within a map.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) mark: Mark,
    pub(crate) value: Node,
}

impl Node {
    /// What it is, in words.
    pub(crate) fn shape(&self) -> &'static str {
        match self.data {
            Data::Null => "nothing",
            Data::Scalar { .. } => "a single value",
            Data::List(_) => "a list",
            Data::Map(_) => "a mapping",
        }
    }

    /// How much it is, itself included.
    pub(crate) fn extent(&self) -> Extent {
        let mut extent = Extent { values: 1, bytes: 0, depth: 0 };
        let mut add = |node: &Self| {
            let inner = node.extent();
            extent.values = extent.values.saturating_add(inner.values);
            extent.bytes = extent.bytes.saturating_add(inner.bytes);
            extent.depth = extent.depth.max(inner.depth);
        };
        match &self.data {
            Data::Null => {}
            Data::Scalar { text, .. } => extent.bytes = text.len(),
            Data::List(items) => items.iter().for_each(add),
            Data::Map(entries) => {
                entries.iter().for_each(|entry| add(&entry.value));
                extent.values = extent.values.saturating_add(entries.len());
                extent.bytes = entries.iter().map(|entry| entry.key.len()).fold(extent.bytes, usize::saturating_add);
            }
        }
        if matches!(self.data, Data::List(_) | Data::Map(_)) {
            extent.depth = extent.depth.saturating_add(1);
        }
        extent
    }
}

/// How much a node is.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Extent {
    /// The nodes, keys among them.
    pub(crate) values: usize,
    /// The bytes of all texts.
    pub(crate) bytes: usize,
    /// The lists and mappings inside one another.
    pub(crate) depth: usize,
}

/// The entries of a mapping while it is read: the first of each key.
#[derive(Default)]
pub(crate) struct Entries {
    entries: Vec<Entry>,
    /// Where each key stands. A search through `entries` would make large mappings quadratic.
    marks: BTreeMap<String, Mark>,
}

impl Entries {
    /// Adds an entry; one whose key is there already is reported instead.
    pub(crate) fn add(&mut self, entry: Entry, notes: &mut Notes<'_>) {
        if let Some(first) = self.marks.get(&entry.key) {
            let message = format!("the key {} stands here again; it first stands in line {}", quoted(&entry.key), first.line);
            notes.error(Code::DuplicateKey, entry.mark, &message, "keep one of the two");
            return;
        }
        self.marks.insert(entry.key.clone(), entry.mark);
        self.entries.push(entry);
    }

    pub(crate) fn into_vec(self) -> Vec<Entry> {
        self.entries
    }
}
