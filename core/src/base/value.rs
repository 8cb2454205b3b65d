//! A value, or the reason why there is none.

use serde::Serialize;

use super::number::Number;

/// A figure's value: a number, or a stated reason why there is none. Never NaN, infinity or
/// a stand-in zero.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Value {
    /// The number.
    Value {
        /// The exact number, a decimal string on the wire.
        value: Number,
    },
    /// No number follows from the definition, such as a ratio over zero.
    Undefined {
        /// What made it so.
        cause: String,
    },
    /// What it is computed from is not there.
    Missing {
        /// What is not there.
        cause: String,
    },
    /// Less of the period is covered by data than the declared minimum.
    Incomplete {
        /// How much is covered.
        cause: String,
        /// What the covered part gives.
        so_far: Number,
    },
    /// The two sides of a comparison do not mean the same thing.
    NotComparable {
        /// What differs.
        cause: String,
    },
}

impl Value {
    /// Wraps a number.
    #[must_use]
    pub fn of(value: Number) -> Self {
        Self::Value { value }
    }

    pub(crate) fn undefined(cause: impl Into<String>) -> Self {
        Self::Undefined { cause: cause.into() }
    }

    pub(crate) fn missing(cause: impl Into<String>) -> Self {
        Self::Missing { cause: cause.into() }
    }

    pub(crate) fn not_comparable(cause: impl Into<String>) -> Self {
        Self::NotComparable { cause: cause.into() }
    }

    /// The number, if there is one.
    ///
    /// ```
    /// use marketingos::{Number, Value};
    /// assert_eq!(Value::of(Number::from(3)).number(), Some(&Number::from(3)));
    /// assert_eq!(Value::Undefined { cause: "divided by zero".into() }.number(), None);
    /// ```
    #[must_use]
    pub fn number(&self) -> Option<&Number> {
        match self {
            Self::Value { value } => Some(value),
            _ => None,
        }
    }

    /// The reason for there being no number, in one word; `None` when there is one.
    #[must_use]
    pub fn reason(&self) -> Option<&'static str> {
        match self {
            Self::Value { .. } => None,
            Self::Undefined { .. } => Some("undefined"),
            Self::Missing { .. } => Some("missing"),
            Self::Incomplete { .. } => Some("incomplete"),
            Self::NotComparable { .. } => Some("not comparable"),
        }
    }

    /// What made it so; empty for a number.
    #[must_use]
    pub fn cause(&self) -> &str {
        match self {
            Self::Value { .. } => "",
            Self::Undefined { cause } | Self::Missing { cause } | Self::Incomplete { cause, .. } | Self::NotComparable { cause } => cause,
        }
    }
}
