//! Numbers as somebody wrote them.

use super::words::percent;
use crate::base::number::Number;

/// A number and how it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) number: Number,
    /// The decimals of the number; two more than those written when it was in per cent.
    pub(super) decimals: u32,
    pub(super) text: String,
}

impl Written {
    /// Whether it is what somebody would have written for a number, whichever way a half was
    /// rounded.
    pub(super) fn stands_for(&self, number: &Number) -> bool {
        same_at(&self.number, number, self.decimals)
    }

    /// Whether two are the same at the fewer of their decimals.
    pub(super) fn agrees_with(&self, other: &Self) -> bool {
        same_at(&self.number, &other.number, self.decimals.min(other.decimals))
    }

    /// Another number written like this one.
    pub(super) fn like(&self, number: &Number) -> String {
        if self.in_percent() {
            format!("{} %", (number.clone() * Number::from(100)).to_fixed(self.decimals.saturating_sub(2)))
        } else {
            number.to_fixed(self.decimals)
        }
    }

    /// How far another is apart, and which share of this one that is; of two rates, in
    /// percentage points.
    pub(super) fn distance(&self, other: &Self) -> String {
        let apart = (self.number.clone() - other.number.clone()).abs();
        if self.in_percent() && other.in_percent() {
            return format!("{} percentage points", apart * Number::from(100));
        }
        let share = apart.divided_by(&self.number.abs()).map(|share| format!(" ({})", percent(&share)));
        format!("{apart}{}", share.unwrap_or_default())
    }

    fn in_percent(&self) -> bool {
        self.text.ends_with('%')
    }
}

fn same_at(left: &Number, right: &Number, decimals: u32) -> bool {
    (left.clone() - right.clone()).abs() <= Number::from_parts(5, decimals.saturating_add(1))
}
