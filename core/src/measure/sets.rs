//! Sets of dictionary codes, exact.

/// A set of codes: few of them listed, many as bits.
#[derive(Clone, Debug)]
pub(super) enum Set {
    /// Each once, in any order.
    Listed(Vec<u32>),
    /// A bit for each code, and how many are set.
    Bits(Vec<u64>, u64),
}

impl Default for Set {
    fn default() -> Self {
        Self::Listed(Vec::new())
    }
}

impl PartialEq for Set {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.codes() == other.codes()
    }
}

impl Eq for Set {}

/// A list takes the room of the bits when it has one in so many of the codes.
const ROOM: usize = 32;

impl Set {
    /// The set of codes that are listed in any order, any number of times.
    pub(super) fn of_codes(mut codes: Vec<u32>) -> Self {
        codes.sort_unstable();
        codes.dedup();
        Self::Listed(codes)
    }

    pub(super) fn len(&self) -> u64 {
        match self {
            Self::Listed(codes) => u64::try_from(codes.len()).unwrap_or(u64::MAX),
            Self::Bits(_, len) => *len,
        }
    }

    /// Its codes, ascending.
    pub(super) fn codes(&self) -> Vec<u32> {
        match self {
            Self::Listed(codes) => {
                let mut codes = codes.clone();
                codes.sort_unstable();
                codes
            }
            Self::Bits(words, _) => {
                let bits = |(at, word): (usize, &u64)| {
                    let (base, word) = (u32::try_from(at.saturating_mul(64)).unwrap_or(u32::MAX), *word);
                    (0u32..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| base.saturating_add(bit))
                };
                words.iter().enumerate().flat_map(bits).collect()
            }
        }
    }

    pub(super) fn union(&mut self, other: &Self) {
        let mut words = match std::mem::take(self) {
            Self::Bits(words, _) => words,
            Self::Listed(codes) => {
                if let Self::Listed(more) = other {
                    let largest = codes.iter().chain(more).copied().max().and_then(|code| usize::try_from(code).ok()).unwrap_or(0);
                    if codes.len().saturating_add(more.len()).saturating_mul(ROOM) < largest {
                        *self = Self::of_codes(codes.iter().chain(more).copied().collect());
                        return;
                    }
                }
                bits(&codes)
            }
        };
        match other {
            Self::Listed(codes) => codes.iter().for_each(|code| insert(&mut words, *code)),
            Self::Bits(more, _) => {
                if words.len() < more.len() {
                    words.resize(more.len(), 0);
                }
                words.iter_mut().zip(more).for_each(|(word, more)| *word |= more);
            }
        }
        *self = Self::of_bits(words);
    }

    fn of_bits(words: Vec<u64>) -> Self {
        let len = words.iter().map(|word| u64::from(word.count_ones())).sum();
        Self::Bits(words, len)
    }
}

fn bits(codes: &[u32]) -> Vec<u64> {
    let mut words = Vec::new();
    codes.iter().for_each(|code| insert(&mut words, *code));
    words
}

/// Sets the bit of a code.
fn insert(words: &mut Vec<u64>, code: u32) {
    let word = usize::try_from(code >> 6).unwrap_or(usize::MAX);
    if word >= words.len() {
        words.resize(word.saturating_add(1), 0);
    }
    if let Some(word) = words.get_mut(word) {
        *word |= 1 << (code & 63);
    }
}

/// The sets of many cells, while rows are folded. What is added is listed, and as bits once a
/// list would take more room: so all of them never take much more room than the rows.
pub(super) struct Gathered {
    cells: Vec<Gathering>,
    /// The codes that there are.
    members: usize,
}

#[derive(Clone)]
enum Gathering {
    /// In the order in which they came, any number of times.
    Listed(Vec<u32>),
    Bits(Vec<u64>),
}

/// What a list has room for at first.
const FIRST: usize = 16;

impl Gathered {
    pub(super) fn new(cells: usize, members: usize) -> Self {
        Self { cells: vec![Gathering::Listed(Vec::new()); cells], members }
    }

    /// Adds a code to the set of a cell.
    #[inline]
    pub(super) fn add(&mut self, cell: u32, code: u32) {
        let Some(cell) = usize::try_from(cell).ok().and_then(|cell| self.cells.get_mut(cell)) else { return };
        match cell {
            Gathering::Listed(codes) => {
                if codes.len() == codes.capacity() {
                    return cell.grow(code, self.members);
                }
                codes.push(code);
            }
            Gathering::Bits(words) => {
                if let Some(word) = usize::try_from(code >> 6).ok().and_then(|word| words.get_mut(word)) {
                    *word |= 1 << (code & 63);
                }
            }
        }
    }

    /// The sets, each code once.
    pub(super) fn finish(self) -> Vec<Set> {
        let mut seen = vec![0u64; (self.members / 64).saturating_add(1)];
        let once = |gathering: Gathering| match gathering {
            Gathering::Bits(words) => Set::of_bits(words),
            Gathering::Listed(mut codes) if codes.len() <= FIRST => {
                codes.sort_unstable();
                codes.dedup();
                Set::Listed(codes)
            }
            Gathering::Listed(mut codes) => {
                codes.retain(|code| {
                    let Some(word) = usize::try_from(code >> 6).ok().and_then(|word| seen.get_mut(word)) else { return true };
                    let before = *word;
                    *word |= 1 << (code & 63);
                    *word != before
                });
                for code in &codes {
                    if let Some(word) = usize::try_from(code >> 6).ok().and_then(|word| seen.get_mut(word)) {
                        *word = 0;
                    }
                }
                Set::Listed(codes)
            }
        };
        self.cells.into_iter().map(once).collect()
    }
}

impl Gathering {
    /// Adds a code to a list that is full.
    #[cold]
    fn grow(&mut self, code: u32, members: usize) {
        let Self::Listed(codes) = self else { return };
        if codes.len().saturating_mul(ROOM) >= members.max(FIRST.saturating_mul(ROOM)) {
            let mut words = bits(codes);
            words.resize((members / 64).saturating_add(1).max(words.len()), 0);
            insert(&mut words, code);
            *self = Self::Bits(words);
        } else {
            codes.reserve_exact(codes.len().max(FIRST));
            codes.push(code);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Gathered, Set};
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

        #[test]
        fn sets_are_gathered_whole(rows in prop::collection::vec((0u32..4, 0u32..1_500), 0..2_000), members in 1_500usize..9_000) {
            let mut gathered = Gathered::new(4, members);
            rows.iter().for_each(|(cell, code)| gathered.add(*cell, *code));
            for (cell, set) in (0u32..).zip(gathered.finish()) {
                let expected: BTreeSet<u32> = rows.iter().filter(|(of, _)| *of == cell).map(|(_, code)| *code).collect();
                prop_assert_eq!(set.len(), expected.len() as u64);
                prop_assert_eq!(set.codes(), expected.into_iter().collect::<Vec<_>>());
            }
        }
    }
}
