//! A hash of each row, added up: neither the order of rows nor how they were split shows.
//!
//! A row is a list of words of 64 bits: its date, a hash of each text, and each number at one scale
//! for all. Words go in pairs into the NH hash of UMAC (Black, Halevi, Krawczyk, Krovetz, Rogaway:
//! "UMAC: fast and secure message authentication", 1999): the sum of the products (a + k)·(b + l), of which two
//! different rows have the same with a chance of 2⁻⁶⁴. The sum is scrambled, so that sums of rows do not follow from
//! sums of their words, and 128 bits of each row are added up.
//!
//! This tells tables apart that differ by accident. It does not protect against somebody who
//! makes two tables for the same fingerprint: the keys are known to all.

use std::borrow::Cow;
use std::ops::Range;

use super::super::column::{CodeColumn, GAP, HALF_GAP, Mantissas, NumberColumn};
use super::super::dictionary::{Dictionary, fold, halves};
use super::super::table::Chunk;
use super::number::MAX_DECIMALS;

/// Rows that are hashed together, column by column.
const BLOCK: usize = 1024;

/// What each row's columns say, added up; and the words of two columns.
struct Work {
    sums: [u128; BLOCK],
    left: [u64; BLOCK],
    right: [u64; BLOCK],
}

/// The keys of the pairs of words, one after another: a Weyl sequence, scrambled.
struct Keys(u64);

impl Keys {
    fn next(&mut self) -> [u64; 2] {
        [self.word(), self.word()]
    }

    fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        fold(self.0 ^ 0xa409_3822_299f_31d0, 0x082e_fa98_ec4e_6c89)
    }
}

/// The sum of the hashes of a chunk's rows. Numbers count by value, not by scale; texts by
/// themselves, not by code.
pub(super) fn of(chunk: &Chunk, dictionaries: &[&Dictionary]) -> u128 {
    let mut sum = 0u128;
    each(chunk, dictionaries, |hash| sum = sum.wrapping_add(hash));
    sum
}

/// Hands out the hash of each row, in their order.
pub(in crate::measure) fn each(chunk: &Chunk, dictionaries: &[&Dictionary], mut row_hash: impl FnMut(u128)) {
    let texts: Vec<Texts<'_>> = chunk.texts.iter().zip(dictionaries).map(|(column, dictionary)| Texts::new(column, dictionary, chunk.rows())).collect();
    let mut work = Box::new(Work { sums: [0; BLOCK], left: [0; BLOCK], right: [0; BLOCK] });
    let mut first = 0;
    while first < chunk.rows() {
        let rows = first..first.saturating_add(BLOCK).min(chunk.rows());
        let Work { sums, left, right } = work.as_mut();
        let mut keys = Keys(0);
        sums.fill(0);
        dates(chunk.dates.get(rows.clone()), left);
        dates(chunk.seconds.as_ref().map(|seconds| seconds.get(rows.clone()).unwrap_or_default()), right);
        add(sums, keys.next(), left.iter().copied().zip(right.iter().copied()));
        for pair in texts.chunks(2) {
            right.fill(0);
            for (texts, words) in pair.iter().zip([&mut *left, &mut *right]) {
                texts.words(rows.clone(), words);
            }
            add(sums, keys.next(), left.iter().copied().zip(right.iter().copied()));
        }
        for numbers in &chunk.numbers {
            add_numbers(sums, keys.next(), numbers, rows.clone());
        }
        for row in sums.iter().take(rows.len()) {
            let (left, right) = halves(*row);
            let low = fold(left ^ 0x4528_21e6_38d0_1377, right ^ 0xbe54_66cf_34e9_0c6c);
            let high = fold(left ^ 0xc0ac_29b7_c97c_50dd, low ^ 0x3f84_d5b5_b547_0917);
            row_hash((u128::from(high) << 64) | u128::from(low));
        }
        first = rows.end;
    }
}

/// Days or seconds as words; noughts where there are none.
fn dates(values: Option<&[i32]>, words: &mut [u64; BLOCK]) {
    match values {
        Some(values) => words.iter_mut().zip(values).for_each(|(word, value)| *word = u64::from(value.cast_unsigned())),
        None => words.fill(0),
    }
}

/// A column of texts, with their hashes by code when most of these are likely to be needed; few
/// rows look theirs up one by one.
struct Texts<'c> {
    column: &'c CodeColumn,
    dictionary: &'c Dictionary,
    lookup: Option<super::super::column::Lookup<'c, u64>>,
}

impl<'c> Texts<'c> {
    fn new(column: &'c CodeColumn, dictionary: &'c Dictionary, rows: usize) -> Self {
        let many = dictionary.members() <= rows.saturating_mul(4);
        Self { column, dictionary, lookup: many.then(|| column.lookup(Cow::Owned(dictionary.hashes()))) }
    }

    fn words(&self, rows: Range<usize>, words: &mut [u64; BLOCK]) {
        let words = words.get_mut(..rows.len()).unwrap_or_default();
        match &self.lookup {
            Some(lookup) => lookup.for_each(rows.start, words, |word, hash| *word = hash),
            None => words.iter_mut().zip(rows).for_each(|(word, row)| *word = self.dictionary.hash(self.column.at(row))),
        }
    }
}

#[inline]
fn add(sums: &mut [u128; BLOCK], key: [u64; 2], words: impl Iterator<Item = (u64, u64)>) {
    for (sum, (left, right)) in sums.iter_mut().zip(words) {
        let product = u128::from(left.wrapping_add(key[0])).wrapping_mul(u128::from(right.wrapping_add(key[1])));
        *sum = sum.wrapping_add(product);
    }
}

/// Numbers at one scale for all: that of the most decimals which are kept.
fn add_numbers(sums: &mut [u128; BLOCK], key: [u64; 2], numbers: &NumberColumn, rows: Range<usize>) {
    /// Missing.
    const NONE: u128 = u128::MAX >> 1;
    let most = u32::try_from(MAX_DECIMALS).unwrap_or(18);
    // Fits into 64 bits: no more than 10^18.
    let factor = 10i64.checked_pow(most.saturating_sub(numbers.decimals)).unwrap_or(1);
    match &numbers.mantissas {
        Mantissas::Half(values) => {
            let values = values.get(rows).unwrap_or_default().iter();
            let scaled = |value: i64| i128::from(value).wrapping_mul(i128::from(factor)).cast_unsigned();
            add(sums, key, values.map(|value| halves(if *value == HALF_GAP { NONE } else { scaled(i64::from(*value)) })));
        }
        Mantissas::Narrow(values) => {
            let values = values.get(rows).unwrap_or_default().iter();
            let scaled = |value: i64| i128::from(value).wrapping_mul(i128::from(factor)).cast_unsigned();
            add(sums, key, values.map(|value| halves(if *value == GAP { NONE } else { scaled(*value) })));
        }
        Mantissas::Wide(_) => {
            let scaled = |value: i128| value.wrapping_mul(i128::from(factor)).cast_unsigned();
            add(sums, key, rows.map(|row| halves(numbers.at(row).map_or(NONE, scaled))));
        }
    }
}
