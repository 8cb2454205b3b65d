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
/// The places of a bucket.
const WAYS: usize = 4;
/// The buckets that are tried before a text counts as crowded out.
const TRIES: usize = 8;
/// The least number of buckets of a layer.
const LEAST_BUCKETS: usize = 8;
/// The most places for each text in a table by number …
const SPARSE: usize = 8;
/// … which is of no use for small numbers.
const LEAST_WHOLES: usize = 4096;
/// The fractional digits of pi, as good as any.
const SCRAMBLE: [u64; 2] = [0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7344];

/// Two more of them, odd.
const MIX: [u64; 2] = [0xa409_3822_299f_31d1, 0x082e_fa98_ec4e_6c89];

/// For each length of a short text: which of its sixteen bytes count, and the length at the top.
const SHAPES: [[u64; 3]; SHORT + 1] = {
    let mut shapes = [[0; 3]; SHORT + 1];
    let mut shape = shapes.as_mut_slice();
    let mut length = 0u32;
    while let Some(([masks], longer)) = shape.split_at_mut_checked(1) {
        let low = if length >= 8 { u64::MAX } else { (1u64 << (length * 8)).wrapping_sub(1) };
        let high = if length <= 8 { 0 } else { (1u64 << ((length - 8) * 8)).wrapping_sub(1) };
        *masks = [low, high, (length as u64) << 56];
        shape = longer;
        length += 1;
    }
    shapes
};

/// The product's halves, folded together: a cheap and thorough mix.
pub(super) fn fold(left: u64, right: u64) -> u64 {
    let (low, high) = halves(u128::from(left).wrapping_mul(u128::from(right)));
    low ^ high
}

#[allow(clippy::cast_possible_truncation, reason = "the two halves are what is asked for")]
pub(super) fn halves(word: u128) -> (u64, u64) {
    (word as u64, (word >> 64) as u64)
}

#[allow(clippy::cast_possible_truncation, reason = "the two halves are what is asked for")]
fn quarters(word: u64) -> (u32, u32) {
    (word as u32, (word >> 32) as u32)
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
        let (low, high) = halves(word);
        let [keep_low, keep_high, tag] = SHAPES.get(length).copied().unwrap_or_default();
        Self { low: low & keep_low, high: (high & keep_high) | tag }
    }

    #[inline(never)]
    fn long(text: &[u8]) -> Self {
        let mut key = Self { low: SCRAMBLE[0], high: SCRAMBLE[1] };
        let (words, rest) = text.as_chunks::<8>();
        let mut last = [0u8; 8];
        for (to, from) in last.iter_mut().zip(rest) {
            *to = *from;
        }
        let length = u64::try_from(text.len()).unwrap_or(u64::MAX);
        for word in words.iter().chain([&last]).map(|bytes| u64::from_le_bytes(*bytes)).chain([length]) {
            key = Self { low: fold(key.low ^ word, MIX[0]), high: fold(key.high ^ word, MIX[1]) };
        }
        Self { low: key.low, high: key.high | Self::LONG }
    }

    /// Whether two keys are the same, without a branch.
    #[inline]
    pub(super) fn is(self, other: Self) -> bool {
        (self.low ^ other.low) | (self.high ^ other.high) == 0
    }

    pub(super) fn is_long(self) -> bool {
        self.high >= Self::LONG
    }

    /// The whole number that the text is, as programs write it: of at most eight digits, and
    /// without noughts before it. A number stands for one text only.
    fn whole(self) -> Option<usize> {
        let length = usize::try_from(self.high >> 56).unwrap_or(0);
        usize::try_from(whole(self.low.wrapping_shl(spare(length)?), length)?).ok()
    }

    pub(super) fn hash(self) -> u64 {
        fold(self.low ^ SCRAMBLE[0], self.high ^ SCRAMBLE[1])
    }
}

/// How many bits of eight characters are left by so many, one at least.
#[inline]
fn spare(length: usize) -> Option<u32> {
    let spare = u32::try_from(8usize.wrapping_sub(length)).ok().filter(|spare| *spare < 8)?;
    Some(spare.wrapping_mul(8))
}

/// The whole number, as programs write it, in the last characters of eight.
#[inline]
fn whole(word: u64, length: usize) -> Option<u32> {
    let spare = spare(length)?;
    let digits = (word ^ 0x3030_3030_3030_3030) & (u64::MAX << spare);
    let short = (length == 1) | ((digits >> spare) & 0xff != 0);
    if !short || (digits | digits.wrapping_add(0x7676_7676_7676_7676)) & 0x8080_8080_8080_8080 != 0 {
        return None;
    }
    Some(eight_digits(digits))
}

/// The number that eight digits make, the first in the lowest byte.
#[inline]
pub(super) fn eight_digits(digits: u64) -> u32 {
    let pairs = digits.wrapping_mul(10).wrapping_add(digits >> 8) & 0x00ff_00ff_00ff_00ff;
    let fours = pairs.wrapping_mul(100).wrapping_add(pairs >> 16) & 0x0000_ffff_0000_ffff;
    quarters(fours.wrapping_mul(10_000).wrapping_add(fours >> 32)).0
}

fn hash128(text: &[u8]) -> u128 {
    let mut hasher = SipHasher13::new_with_keys(0, 0);
    hasher.write(text);
    hasher.finish128().as_u128()
}

/// A few places, next to each other so that one look at memory sees them all.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(32))]
struct Bucket {
    /// Bits of the hash of the text at each place.
    tags: [u32; WAYS],
    /// [`NULL`] where nothing stands; places are filled in order.
    codes: [u32; WAYS],
}

impl Bucket {
    /// The code of the only text with a tag, [`NULL`] if there is none. Where several share it,
    /// anything: the text has to be compared in any case.
    #[inline]
    fn candidate(&self, tag: u32) -> u32 {
        self.tags.iter().zip(&self.codes).fold(NULL, |code, (known, at)| code | if *known == tag { *at } else { NULL })
    }
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
    /// What each text is compared by.
    keys: Vec<Key>,
    /// A power of two of them, at most half of their places taken.
    buckets: Vec<Bucket>,
    /// The codes of texts that are whole numbers, by number, where these lie close together, as
    /// identifiers do: smaller than the buckets, and a single look. Some may be missing.
    wholes: Vec<u32>,
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

    /// The first bucket to look into, and the tag to look for.
    #[inline]
    fn place(&self, key: Key) -> (usize, u32) {
        let mask = self.buckets.len().wrapping_sub(1);
        let (tag, place) = quarters(key.hash());
        (usize::try_from(place).unwrap_or(0) & mask, tag)
    }

    #[inline]
    fn key(&self, code: u32) -> Option<Key> {
        let index = code.wrapping_sub(self.before).wrapping_sub(1);
        self.keys.get(usize::try_from(index).ok()?).copied()
    }

    fn find<'t>(&self, key: Key, text: impl Fn() -> &'t str) -> Option<u32> {
        let mask = self.buckets.len().wrapping_sub(1);
        let (first, tag) = self.place(key);
        for step in 0..TRIES {
            let bucket = self.buckets.get(first.wrapping_add(step) & mask)?;
            for (known, code) in bucket.tags.iter().zip(&bucket.codes) {
                if *code == NULL {
                    return None;
                }
                if *known == tag && self.key(*code) == Some(key) && (!key.is_long() || self.text(*code) == Some(text())) {
                    return Some(*code);
                }
            }
        }
        self.crowded.get(text()).copied()
    }

    fn add(&mut self, key: Key, text: &str) -> u32 {
        self.texts.push_str(text);
        self.ends.push(self.texts.len());
        self.hashes.push(halves(hash128(text.as_bytes())).0);
        self.keys.push(key);
        let code = self.last();
        if let Some(known) = key.whole().and_then(|whole| self.wholes.get_mut(whole)) {
            *known = code;
        }
        if self.ends.len().saturating_mul(2) > self.buckets.len().saturating_mul(WAYS) {
            self.grow();
        } else {
            self.put(key, code);
        }
        code
    }

    /// The highest code.
    fn last(&self) -> u32 {
        u32::try_from(self.ends.len()).unwrap_or(u32::MAX).saturating_add(self.before)
    }

    fn put(&mut self, key: Key, code: u32) {
        let mask = self.buckets.len().wrapping_sub(1);
        let (first, tag) = self.place(key);
        for step in 0..TRIES {
            let Some(bucket) = self.buckets.get_mut(first.wrapping_add(step) & mask) else { break };
            if let Some((known, free)) = bucket.tags.iter_mut().zip(&mut bucket.codes).find(|(_, code)| **code == NULL) {
                (*known, *free) = (tag, code);
                return;
            }
        }
        if let Some(text) = self.text(code).map(Box::from) {
            self.crowded.insert(text, code);
        }
    }

    /// Twice the buckets, and every text put anew.
    fn grow(&mut self) {
        let buckets = self.buckets.len().saturating_mul(2).max(LEAST_BUCKETS);
        self.buckets = vec![Bucket::default(); buckets];
        self.crowded.clear();
        let keys = std::mem::take(&mut self.keys);
        for (code, key) in (self.before.saturating_add(1)..).zip(&keys) {
            self.put(*key, code);
        }
        // A few places for each text, and room for numbers to come.
        let most = keys.len().saturating_mul(SPARSE);
        if let Some(largest) = keys.iter().filter_map(|key| key.whole()).max().filter(|largest| (LEAST_WHOLES..most).contains(largest)) {
            self.wholes = vec![NULL; largest.saturating_add(1).saturating_mul(2)];
            for (code, key) in (self.before.saturating_add(1)..).zip(&keys) {
                if let Some(known) = key.whole().and_then(|whole| self.wholes.get_mut(whole)) {
                    *known = code;
                }
            }
        }
        self.keys = keys;
    }

    /// What may be the code of a key; says nothing where its first bucket does not have it.
    #[inline]
    fn candidate(&self, key: Key) -> u32 {
        let (first, tag) = self.place(key);
        self.buckets.get(first).map_or(NULL, |bucket| bucket.candidate(tag))
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

    /// The codes of whole numbers in the largest layer, where it has a table of them.
    pub(super) fn wholes(&self) -> Option<Wholes<'_>> {
        self.layers.first().map(|layer| Wholes(&layer.wholes)).filter(|wholes| !wholes.0.is_empty())
    }

    /// Looks many keys up in the largest layer; what is not found at once is [`NULL`].
    #[inline]
    pub(super) fn glance(&self, keys: &[Key], codes: &mut Vec<u32>) {
        codes.clear();
        let Some(layer) = self.layers.first() else { return codes.resize(keys.len(), NULL) };
        // Without a branch that depends on what is found, so that many looks at far memory are
        // under way at once: first all at the buckets, then all at the keys.
        codes.extend(keys.iter().map(|key| layer.candidate(*key)));
        for (code, key) in codes.iter_mut().zip(keys) {
            let same = layer.key(*code).is_some_and(|known| known.is(*key)) & !key.is_long();
            *code = if same { *code } else { NULL };
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

/// Codes by whole number.
#[derive(Clone, Copy)]
pub(super) struct Wholes<'d>(&'d [u32]);

impl Wholes<'_> {
    /// The codes of the numbers that parts of a text are; [`NULL`] where one is not found at once.
    pub(super) fn codes(self, text: &[u8], parts: impl Iterator<Item = (usize, usize)>, codes: &mut Vec<u32>) {
        codes.extend(parts.map(|(start, end)| {
            let word = text.get(end.wrapping_sub(8)..).and_then(<[u8]>::first_chunk::<8>).map_or(0, |bytes| u64::from_le_bytes(*bytes));
            whole(word, end.wrapping_sub(start)).unwrap_or(u32::MAX)
        }));
        // Only now, so that many looks at far memory are under way at once.
        for code in codes {
            *code = usize::try_from(*code).ok().and_then(|whole| self.0.get(whole)).copied().unwrap_or(NULL);
        }
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
        fn a_key_is_a_whole_number_as_written(text in prop_oneof!["[0-9]{1,10}", "[0-9/:.a-]{0,9}"]) {
            let exact = text.parse::<usize>().ok().filter(|whole| whole.to_string() == text && text.len() <= 8);
            prop_assert_eq!(Key::of(text.as_bytes()).whole(), exact);
        }

        #[test]
        fn identifiers_are_found_at_a_glance_and_nothing_else_is(numbers in prop::collection::vec(0u32..30_000, 6_000..9_000), others in prop::collection::vec("[0-9]{1,9}|[a-z]{1,20}", 0..300)) {
            let mut dictionary = Dictionary::default();
            for number in &numbers {
                dictionary.intern(&number.to_string());
            }
            prop_assert!(!dictionary.layers[0].wholes.is_empty());
            let texts: Vec<String> = numbers.iter().map(u32::to_string).chain(others).collect();
            let keys: Vec<Key> = texts.iter().map(|text| Key::of(text.as_bytes())).collect();
            let mut found = Vec::new();
            dictionary.glance(&keys, &mut found);
            for (text, code) in texts.iter().zip(found) {
                prop_assert!(code == 0 || dictionary.code(text) == Some(code), "{}", text);
            }
            let wholes = dictionary.wholes().unwrap();
            let ends = texts.iter().scan(0, |end, text| { *end += text.len(); Some((*end - text.len(), *end)) });
            let mut found = Vec::new();
            wholes.codes(texts.concat().as_bytes(), ends, &mut found);
            for (text, code) in texts.iter().zip(&found) {
                prop_assert!(*code == 0 || dictionary.code(text) == Some(*code), "{}", text);
            }
            prop_assert!(found.iter().filter(|code| **code != 0).count() * 2 > numbers.len());
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
            layer.keys.push(key);
        }
        layer.buckets = vec![super::Bucket::default(); 4_096];
        for code in 1..=5_000 {
            layer.put(key, code);
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
