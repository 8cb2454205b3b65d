//! The different texts of a column, each with a code. A dictionary grows in layers, so that one
//! which facts already hold is shared with those that come later, never copied.
//!
//! Lookups are by hash, and fixed: no randomness may enter. Texts that somebody made to collide
//! cost a search in a tree once a few places were tried, not a walk through all of them.

use std::collections::BTreeMap;
use std::hash::Hasher;
use std::sync::Arc;

use siphasher::sip128::{Hasher128, SipHasher13};

use super::column::NULL;

/// The longest text that is its own key.
const SHORT: usize = 15;
/// The places that are tried before a text counts as crowded out.
const TRIES: usize = 32;
/// The least number of places of a layer.
const LEAST_SLOTS: usize = 16;
/// The fractional digits of pi, as good as any.
const SCRAMBLE: [u64; 2] = [0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7344];

/// The product's halves, folded together: a cheap and thorough mix.
pub(super) fn fold(left: u64, right: u64) -> u64 {
    let (low, high) = halves(u128::from(left).wrapping_mul(u128::from(right)));
    low ^ high
}

#[allow(clippy::cast_possible_truncation, reason = "the two halves are what is asked for")]
pub(super) fn halves(word: u128) -> (u64, u64) {
    (word as u64, (word >> 64) as u64)
}

/// What a text is looked up by: itself with its length when it is short, else bits of its hash.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Key {
    low: u64,
    high: u64,
}

impl Key {
    const LONG: u64 = 0xff << 56;

    pub(super) fn of(text: &[u8]) -> Self {
        Self::at(text, 0, text.len())
    }

    /// The key of a part of a text; what lies behind it lets sixteen bytes be read at once.
    pub(super) fn at(text: &[u8], start: usize, end: usize) -> Self {
        let length = end.saturating_sub(start);
        if length > SHORT {
            return Self::long(text.get(start..end).unwrap_or_default());
        }
        let word = match text.get(start..).and_then(<[u8]>::first_chunk::<16>) {
            Some(bytes) => u128::from_le_bytes(*bytes),
            None => {
                let mut bytes = [0u8; 16];
                for (to, from) in bytes.iter_mut().zip(text.get(start..end).unwrap_or_default()) {
                    *to = *from;
                }
                u128::from_le_bytes(bytes)
            }
        };
        let length = u32::try_from(length).unwrap_or(0);
        let kept = word & (1u128 << length.saturating_mul(8)).wrapping_sub(1);
        let (low, high) = halves(kept | (u128::from(length) << 120));
        Self { low, high }
    }

    #[inline(never)]
    fn long(text: &[u8]) -> Self {
        let hash = hash128(text);
        let (low, high) = halves(hash);
        Self { low, high: high | Self::LONG }
    }

    pub(super) fn is_long(self) -> bool {
        self.high >= Self::LONG
    }

    pub(super) fn hash(self) -> u64 {
        fold(self.low ^ SCRAMBLE[0], self.high ^ SCRAMBLE[1])
    }
}

fn hash128(text: &[u8]) -> u128 {
    let mut hasher = SipHasher13::new_with_keys(0, 0);
    hasher.write(text);
    hasher.finish128().as_u128()
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: Key,
    /// [`NULL`] where nothing stands.
    code: u32,
}

/// Texts that were added together.
#[derive(Clone, Debug, Default)]
struct Layer {
    /// How many texts stand in the layers before.
    before: u32,
    texts: String,
    ends: Vec<usize>,
    /// A hash of each text, for fingerprints.
    hashes: Vec<u64>,
    /// A power of two of them, at most half of them taken.
    slots: Vec<Slot>,
    /// Texts whose places were all taken.
    crowded: BTreeMap<Box<str>, u32>,
}

impl Layer {
    fn text(&self, code: u32) -> Option<&str> {
        let index = usize::try_from(code.checked_sub(self.before)?).ok()?.checked_sub(1)?;
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).and_then(|index| self.ends.get(index)).copied().unwrap_or(0);
        self.texts.get(start..end)
    }

    fn first_place(&self, key: Key) -> usize {
        let mask = self.slots.len().wrapping_sub(1);
        usize::try_from(key.hash() >> 16).unwrap_or(0) & mask
    }

    #[inline]
    fn find<'t>(&self, key: Key, text: impl FnOnce() -> &'t str) -> Option<u32> {
        let mask = self.slots.len().wrapping_sub(1);
        let first = self.first_place(key);
        if key.is_long() {
            return self.find_long(key, text());
        }
        for step in 0..TRIES {
            let slot = self.slots.get(first.wrapping_add(step) & mask)?;
            if slot.code == NULL {
                return None;
            }
            if slot.key == key {
                return Some(slot.code);
            }
        }
        self.crowded.get(text()).copied()
    }

    fn find_long(&self, key: Key, text: &str) -> Option<u32> {
        let mask = self.slots.len().wrapping_sub(1);
        let first = self.first_place(key);
        for step in 0..TRIES {
            let slot = self.slots.get(first.wrapping_add(step) & mask)?;
            if slot.code == NULL {
                return None;
            }
            if slot.key == key && self.text(slot.code) == Some(text) {
                return Some(slot.code);
            }
        }
        self.crowded.get(text).copied()
    }

    fn add(&mut self, key: Key, text: &str) -> u32 {
        self.texts.push_str(text);
        self.ends.push(self.texts.len());
        self.hashes.push(halves(hash128(text.as_bytes())).0);
        let code = self.last();
        if self.ends.len().saturating_mul(2) > self.slots.len() {
            self.grow();
        }
        self.place(key, code);
        code
    }

    /// The highest code.
    fn last(&self) -> u32 {
        u32::try_from(self.ends.len()).unwrap_or(u32::MAX).saturating_add(self.before)
    }

    fn place(&mut self, key: Key, code: u32) {
        let mask = self.slots.len().wrapping_sub(1);
        let first = self.first_place(key);
        for step in 0..TRIES {
            if let Some(slot) = self.slots.get_mut(first.wrapping_add(step) & mask).filter(|slot| slot.code == NULL) {
                *slot = Slot { key, code };
                return;
            }
        }
        if let Some(text) = self.text(code).map(Box::from) {
            self.crowded.insert(text, code);
        }
    }

    fn grow(&mut self) {
        let slots = self.slots.len().saturating_mul(2).max(LEAST_SLOTS);
        let old = std::mem::replace(&mut self.slots, vec![Slot::default(); slots]);
        let crowded = std::mem::take(&mut self.crowded);
        for slot in old.into_iter().filter(|slot| slot.code != NULL) {
            self.place(slot.key, slot.code);
        }
        for (text, code) in crowded {
            self.place(Key::of(text.as_bytes()), code);
        }
    }

    /// The code at the first place of a key if it is that key's, else [`NULL`]: a look without
    /// a branch, so that many can be under way at once.
    #[inline]
    fn glance(&self, key: Key) -> u32 {
        let slot = self.slots.get(self.first_place(key)).copied().unwrap_or_default();
        if slot.key == key && !key.is_long() { slot.code } else { NULL }
    }
}

/// The different texts of a column of a table, each with its code; 0 is null.
#[derive(Clone, Debug, Default)]
pub(super) struct Dictionary {
    layers: Vec<Arc<Layer>>,
}

impl Dictionary {
    /// The code of a text, a new one if need be; an empty text is null.
    pub(super) fn intern(&mut self, text: &str) -> u32 {
        if text.is_empty() { NULL } else { self.intern_key(Key::of(text.as_bytes()), || text) }
    }

    /// The same for the text, not empty, that belongs to a key.
    #[inline]
    pub(super) fn intern_key<'t>(&mut self, key: Key, text: impl Fn() -> &'t str) -> u32 {
        for layer in &self.layers {
            if let Some(code) = layer.find(key, &text) {
                return code;
            }
        }
        self.add(key, text())
    }

    /// Looks many keys up in the largest layer; what is not found at once is [`NULL`].
    #[inline]
    pub(super) fn glance(&self, keys: &[Key], codes: &mut Vec<u32>) {
        codes.clear();
        match self.layers.first() {
            Some(layer) => codes.extend(keys.iter().map(|key| layer.glance(*key))),
            None => codes.resize(keys.len(), NULL),
        }
    }

    #[inline(never)]
    fn add(&mut self, key: Key, text: &str) -> u32 {
        // A layer that others hold too stays as it is.
        if let Some(layer) = self.layers.last_mut().and_then(Arc::get_mut) {
            return layer.add(key, text);
        }
        let mut layer = Layer { before: self.layers.last().map_or(0, |layer| layer.last()), ..Layer::default() };
        let code = layer.add(key, text);
        self.layers.push(Arc::new(layer));
        code
    }

    /// Puts small layers together, so that there are few: each is then at least twice as large
    /// as the next, and a text is copied a logarithmic number of times in all.
    pub(super) fn settle(&mut self) {
        while let [.., larger, smaller] = self.layers.as_slice()
            && larger.ends.len() < smaller.ends.len().saturating_mul(2)
        {
            let Some(smaller) = self.layers.pop() else { return };
            let Some(larger) = self.layers.last_mut() else { return };
            let larger = Arc::make_mut(larger);
            for code in smaller.before.saturating_add(1)..=smaller.last() {
                if let Some(text) = smaller.text(code) {
                    larger.add(Key::of(text.as_bytes()), text);
                }
            }
        }
    }

    /// The text of a code; `None` for null.
    pub(super) fn text(&self, code: u32) -> Option<&str> {
        self.layers.iter().rev().find(|layer| layer.before < code)?.text(code)
    }

    /// The code of a text, if any row has it.
    pub(super) fn code(&self, text: &str) -> Option<u32> {
        let key = Key::of(text.as_bytes());
        self.layers.iter().find_map(|layer| layer.find(key, || text))
    }

    /// Its texts in the order of their codes, null left out.
    pub(super) fn known(&self) -> impl Iterator<Item = &str> {
        (1..=self.layers.last().map_or(0, |layer| layer.last())).filter_map(|code| self.text(code))
    }

    /// The number of different texts, null left out.
    pub(super) fn members(&self) -> usize {
        self.layers.iter().map(|layer| layer.ends.len()).sum()
    }

    /// A hash of each text in the order of the codes, null first.
    pub(super) fn hashes(&self) -> Vec<u64> {
        std::iter::once(0).chain(self.layers.iter().flat_map(|layer| layer.hashes.iter().copied())).collect()
    }

    /// A hash of the text of a code.
    pub(super) fn hash(&self, code: u32) -> u64 {
        let layer = self.layers.iter().rev().find(|layer| layer.before < code);
        let index = layer.and_then(|layer| usize::try_from(code.checked_sub(layer.before)?).ok()?.checked_sub(1));
        layer.zip(index).and_then(|(layer, index)| layer.hashes.get(index)).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::{Dictionary, Key, Layer};

    proptest! {
        #[test]
        fn codes_are_those_of_a_sorted_map_however_the_texts_came(loads in prop::collection::vec(prop::collection::vec("[ab\u{0}ä]{0,24}", 0..60), 0..12)) {
            let mut model: BTreeMap<String, u32> = BTreeMap::new();
            let mut held: Vec<Dictionary> = vec![Dictionary::default()];
            for load in &loads {
                let mut dictionary = held.last().unwrap().clone();
                for text in load {
                    let next = u32::try_from(model.len()).unwrap() + 1;
                    let expected = if text.is_empty() { 0 } else { *model.entry(text.clone()).or_insert(next) };
                    prop_assert_eq!(dictionary.intern(text), expected);
                }
                dictionary.settle();
                held.push(dictionary);
            }
            let dictionary = held.last().unwrap();
            prop_assert_eq!(dictionary.members(), model.len());
            let mut by_code: Vec<_> = model.iter().map(|(text, code)| (*code, text.as_str())).collect();
            by_code.sort_unstable();
            prop_assert_eq!(dictionary.known().collect::<Vec<_>>(), by_code.iter().map(|(_, text)| *text).collect::<Vec<_>>());
            for (text, code) in &model {
                prop_assert_eq!(dictionary.code(text), Some(*code));
                prop_assert_eq!(dictionary.text(*code), Some(text.as_str()));
                prop_assert_eq!(dictionary.hash(*code), dictionary.hashes()[usize::try_from(*code).unwrap()]);
            }
            // What was held before was not touched.
            for (earlier, later) in held.iter().zip(held.iter().skip(1)) {
                prop_assert!(earlier.members() <= later.members());
                prop_assert!(earlier.known().zip(later.known()).all(|(left, right)| left == right));
            }
        }

        #[test]
        fn a_key_does_not_depend_on_what_stands_around_its_text(before in "[a-z]{0,9}", text in "[a-z]{0,20}", after in "[a-z]{0,20}") {
            let whole = format!("{before}{text}{after}");
            prop_assert_eq!(Key::at(whole.as_bytes(), before.len(), before.len() + text.len()), Key::of(text.as_bytes()));
        }
    }

    #[test]
    fn texts_that_collide_are_told_apart_and_found() {
        // The same place for all of them: what a hostile table would bring about.
        let mut layer = Layer::default();
        let key = Key::of(b"one of many that collide");
        let texts: Vec<String> = (0..5_000).map(|index| format!("a rather long text {index}")).collect();
        for text in &texts {
            layer.texts.push_str(text);
            layer.ends.push(layer.texts.len());
        }
        layer.slots = vec![super::Slot::default(); 16_384];
        for code in 1..=5_000 {
            layer.place(key, code);
        }
        for (text, code) in texts.iter().zip(1..) {
            assert_eq!(layer.find(key, || text), Some(code));
        }
    }

    #[test]
    fn many_small_loads_leave_few_layers() {
        let mut held = Dictionary::default();
        for load in 0..1_000 {
            let mut dictionary = held.clone();
            for text in 0..3 {
                dictionary.intern(&format!("{load}/{text}"));
            }
            dictionary.settle();
            held = dictionary;
        }
        assert_eq!(held.members(), 3_000);
        assert!(held.layers.len() <= 12, "{}", held.layers.len());
    }
}
