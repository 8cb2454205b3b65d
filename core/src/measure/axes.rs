//! Axes: the members of the dimensions that a question is asked by, in one order for all sources.

use super::column::{Dictionary, NULL};
use super::observation::{Member, MemberName};
use crate::base::map::Set;

/// The members of one dimension: null first, then by their texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Axis {
    texts: Vec<String>,
}

impl Axis {
    /// The axis with these members, given in any order and any number of times.
    pub(super) fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut texts: Vec<&str> = texts.into_iter().collect();
        texts.sort_unstable();
        texts.dedup();
        Self { texts: texts.into_iter().map(str::to_owned).collect() }
    }

    /// The number of members, null included.
    pub(super) fn len(&self) -> usize {
        self.texts.len().saturating_add(1)
    }

    pub(super) fn text(&self, position: usize) -> Option<&str> {
        self.texts.get(position.checked_sub(1)?).map(String::as_str)
    }

    pub(super) fn position(&self, text: Option<&str>) -> Option<usize> {
        let Some(text) = text else { return Some(0) };
        self.texts.binary_search_by(|known| known.as_str().cmp(text)).ok().map(|position| position.saturating_add(1))
    }

    /// The position of each code of a dictionary, that of null first.
    pub(super) fn positions(&self, dictionary: &Dictionary) -> Vec<usize> {
        const { assert!(NULL == 0, "null comes first") };
        std::iter::once(0).chain(dictionary.known().map(|text| self.position(Some(text)).unwrap_or(0))).collect()
    }
}

/// The texts of the members of a combination; `None` is null.
pub(super) type Texts = Vec<Option<String>>;

/// The axes of a question. A combination of members is one number, in mixed radix, the last axis
/// counting fastest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Axes(pub(super) Vec<Axis>, Option<Kept>);

/// The combinations that are told apart, where not all are.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Kept {
    combinations: Set<u64>,
    /// How many others there are.
    rest: u64,
}

/// All combinations that are not told apart; after all others, since [`Axes::size`] is at most
/// this.
const REST: u64 = u64::MAX;

impl Axes {
    pub(super) fn new(axes: Vec<Axis>) -> Self {
        Self(axes, None)
    }

    /// Tells only some combinations apart; the others, so many, are the rest.
    pub(super) fn keep(&mut self, combinations: Set<u64>, rest: u64) {
        self.1 = Some(Kept { combinations, rest });
    }

    /// The combination under which one is known: itself, or the rest.
    pub(super) fn kept(&self, combination: u64) -> u64 {
        if self.1.as_ref().is_none_or(|kept| kept.combinations.contains(&combination)) { combination } else { REST }
    }

    /// The number of combinations; `None` beyond machine integers.
    pub(super) fn size(&self) -> Option<u64> {
        self.0.iter().try_fold(1u64, |size, axis| size.checked_mul(u64::try_from(axis.len()).ok()?))
    }

    /// How far apart two neighbours on each axis are.
    pub(super) fn strides(&self) -> Vec<u64> {
        let mut strides = Vec::with_capacity(self.0.len());
        let mut stride = 1u64;
        for axis in self.0.iter().rev() {
            strides.push(stride);
            stride = stride.saturating_mul(u64::try_from(axis.len()).unwrap_or(u64::MAX));
        }
        strides.reverse();
        strides
    }

    /// The members of a combination.
    pub(super) fn member(&self, combination: u64) -> Member {
        if let Some(kept) = self.1.as_ref().filter(|_| combination == REST) {
            return self.0.iter().map(|_| MemberName::Rest { rest: kept.rest }).collect();
        }
        self.texts(combination).into_iter().map(MemberName::from).collect()
    }

    /// The texts of a combination; `None` is null.
    pub(super) fn texts(&self, combination: u64) -> Vec<Option<&str>> {
        let mut rest = combination;
        let strides = self.strides();
        let position = |stride: u64| {
            let position = rest.checked_div(stride).unwrap_or(0);
            rest = rest.checked_rem(stride).unwrap_or(0);
            usize::try_from(position).unwrap_or(usize::MAX)
        };
        let positions: Vec<usize> = strides.into_iter().map(position).collect();
        self.0.iter().zip(positions).map(|(axis, position)| axis.text(position)).collect()
    }

    /// The combination of some members; `None` when one is not on its axis.
    pub(super) fn combination<'t>(&self, members: impl IntoIterator<Item = Option<&'t str>>) -> Option<u64> {
        let mut combination = 0u64;
        for ((axis, stride), text) in self.0.iter().zip(self.strides()).zip(members) {
            combination = combination.checked_add(u64::try_from(axis.position(text)?).ok()?.checked_mul(stride)?)?;
        }
        Some(self.kept(combination))
    }
}
