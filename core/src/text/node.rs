//! The tree that both syntaxes are read into.

use crate::base::finding::Mark;

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

    /// The number of nodes, this one included.
    pub(crate) fn size(&self) -> usize {
        1usize.saturating_add(match &self.data {
            Data::Null | Data::Scalar { .. } => 0,
            Data::List(items) => items.iter().map(Self::size).sum(),
            Data::Map(entries) => entries.iter().map(|entry| entry.value.size()).sum(),
        })
    }

    /// The height of the tree below it, this node included.
    pub(crate) fn depth(&self) -> usize {
        1usize.saturating_add(match &self.data {
            Data::Null | Data::Scalar { .. } => 0,
            Data::List(items) => items.iter().map(Self::depth).max().unwrap_or(0),
            Data::Map(entries) => entries.iter().map(|entry| entry.value.depth()).max().unwrap_or(0),
        })
    }
}
