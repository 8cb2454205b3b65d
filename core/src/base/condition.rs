//! Conditions on the columns of a row: three-valued logic as in SQL.

mod parser;
mod written;

use super::formula::Formula;
use super::id::Id;

/// Words that a condition's text uses itself; a column of such a name stands in double quotes.
const KEYWORDS: [&str; 7] = ["and", "or", "not", "in", "is", "null", "between"];

/// Why a condition cannot be read, and at which character (from 0).
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ConditionError {
    pub(crate) at: usize,
    pub(crate) message: String,
}

/// A condition on the columns of a row. It is true, false or, where a comparison meets a missing
/// number or a null member, unknown; `not` unknown is unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Condition {
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    /// Whether a dimension or the entity has one of these members, of which `None` is null. Never
    /// unknown: null is a member like any other.
    Member {
        column: Id,
        members: Vec<Option<String>>,
    },
    /// How the text of a dimension or the entity stands to another; unknown when it is null.
    Text {
        column: Id,
        is: Order,
        text: String,
    },
    /// How two numbers stand to each other; the figures of the formulas are the source's measures.
    Number {
        left: Formula,
        is: Order,
        right: Formula,
    },
    /// Whether a column of either kind has no value. Never unknown.
    Null {
        column: Id,
    },
}

/// How one value stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Condition {
    /// The dimensions (or entity) it looks at, each with the members that it names.
    pub(crate) fn members(&self) -> Vec<(&Id, &str)> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::members).collect(),
            Self::Not(inner) => inner.members(),
            Self::Member { column, members } => members.iter().flatten().map(|member| (column, member.as_str())).collect(),
            Self::Text { column, is: Order::Equal | Order::NotEqual, text } => vec![(column, text.as_str())],
            Self::Text { .. } | Self::Number { .. } | Self::Null { .. } => Vec::new(),
        }
    }

    /// Every column it looks at.
    pub(crate) fn columns(&self) -> Vec<&Id> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::columns).collect(),
            Self::Not(inner) => inner.columns(),
            Self::Member { column, .. } | Self::Text { column, .. } | Self::Null { column } => vec![column],
            Self::Number { left, right, .. } => left.figures().into_iter().chain(right.figures()).collect(),
        }
    }
}

impl Order {
    /// How the text writes it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }

    /// The same between two values that have changed sides.
    fn turned(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::Greater => Self::Less,
            Self::GreaterOrEqual => Self::LessOrEqual,
            same => same,
        }
    }

    /// Whether it holds for two values that compare like this.
    pub(crate) fn holds(self, ordering: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => ordering.is_eq(),
            Self::NotEqual => ordering.is_ne(),
            Self::Less => ordering.is_lt(),
            Self::LessOrEqual => ordering.is_le(),
            Self::Greater => ordering.is_gt(),
            Self::GreaterOrEqual => ordering.is_ge(),
        }
    }
}
