//! Sets of dictionary codes, exact.

/// A set of codes: few of them listed, many as bits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Set {
    /// Ascending, each once.
    Few(Vec<u32>),
    /// A bit for each code.
    Many(Vec<u64>),
}

impl Default for Set {
    fn default() -> Self {
        Self::Few(Vec::new())
    }
}

/// Above so many codes, a list takes more room than it saves time.
const FEW: usize = 64;

impl Set {
    /// The set of codes that are listed in any order, any number of times.
    pub(super) fn of_codes(mut codes: Vec<u32>) -> Self {
        codes.sort_unstable();
        codes.dedup();
        Self::Few(codes)
    }

    pub(super) fn len(&self) -> u64 {
        match self {
            Self::Few(codes) => u64::try_from(codes.len()).unwrap_or(u64::MAX),
            Self::Many(words) => words.iter().map(|word| u64::from(word.count_ones())).sum(),
        }
    }

    /// Its codes, ascending.
    pub(super) fn codes(&self) -> Vec<u32> {
        match self {
            Self::Few(codes) => codes.clone(),
            Self::Many(words) => {
                let bits = |(at, word): (usize, &u64)| {
                    let (base, word) = (u32::try_from(at.saturating_mul(64)).unwrap_or(u32::MAX), *word);
                    (0u32..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| base.saturating_add(bit))
                };
                words.iter().enumerate().flat_map(bits).collect()
            }
        }
    }

    pub(super) fn union(&mut self, other: &Self) {
        match (&mut *self, other) {
            (Self::Few(codes), Self::Few(more)) if codes.len().saturating_add(more.len()) <= FEW => {
                codes.extend(more);
                codes.sort_unstable();
                codes.dedup();
            }
            (Self::Many(words), Self::Many(more)) => {
                if words.len() < more.len() {
                    words.resize(more.len(), 0);
                }
                words.iter_mut().zip(more).for_each(|(word, more)| *word |= more);
            }
            (Self::Many(words), Self::Few(more)) => more.iter().for_each(|code| insert(words, *code)),
            (Self::Few(codes), _) => {
                let mut words = match other {
                    Self::Many(words) => words.clone(),
                    Self::Few(more) => {
                        let mut words = Vec::new();
                        more.iter().for_each(|code| insert(&mut words, *code));
                        words
                    }
                };
                codes.iter().for_each(|code| insert(&mut words, *code));
                *self = Self::Many(words);
            }
        }
    }
}

/// Sets the bit of a code.
pub(super) fn insert(words: &mut Vec<u64>, code: u32) {
    let word = usize::try_from(code >> 6).unwrap_or(usize::MAX);
    if word >= words.len() {
        words.resize(word.saturating_add(1), 0);
    }
    if let Some(word) = words.get_mut(word) {
        *word |= 1 << (code & 63);
    }
}

#[cfg(test)]
mod tests {
    use super::Set;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn a_union_holds_what_either_holds(parts in prop::collection::vec(prop::collection::vec(0u32..5_000, 0..90), 0..6)) {
            let mut union = Set::default();
            parts.iter().for_each(|part| union.union(&Set::of_codes(part.clone())));
            let expected: BTreeSet<u32> = parts.into_iter().flatten().collect();
            prop_assert_eq!(union.len(), expected.len() as u64);
            prop_assert_eq!(union.codes(), expected.into_iter().collect::<Vec<_>>());
        }
    }
}
