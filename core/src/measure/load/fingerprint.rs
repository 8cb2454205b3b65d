//! A hash of each row, added up: neither the order of rows nor how they were split shows.

use super::super::column::{Mantissas, NumberColumn};
use super::super::dictionary::{Dictionary, fold};
use super::super::table::Chunk;
use super::number::MAX_DECIMALS;

/// Rows that are hashed together, column by column.
const BLOCK: usize = 1024;

/// Two sums for each row, of what its columns say.
type Sums = [[u64; 2]; BLOCK];

/// Two odd numbers for a column: the next of a Weyl sequence, scrambled.
fn keys(column: u64) -> [u64; 2] {
    let scrambled = |step: u64| {
        let word = step.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        fold(word ^ 0xa409_3822_299f_31d0, 0x082e_fa98_ec4e_6c89) | 1
    };
    [scrambled(column.wrapping_mul(2).wrapping_add(1)), scrambled(column.wrapping_mul(2).wrapping_add(2))]
}

/// The sum of the hashes of a chunk's rows. Numbers count by value, not by scale; texts by
/// themselves, not by code.
pub(super) fn of(chunk: &Chunk, dictionaries: &[&Dictionary]) -> u128 {
    let hashes: Vec<Vec<u64>> = chunk.texts.iter().zip(dictionaries).map(|(_, dictionary)| dictionary_hashes(dictionary, chunk.rows())).collect();
    let mut sum = 0u128;
    let mut sums: Box<Sums> = Box::new([[0; 2]; BLOCK]);
    let mut first = 0;
    while first < chunk.rows() {
        let rows = first..first.saturating_add(BLOCK).min(chunk.rows());
        sums.fill([0; 2]);
        let mut column = 0u64;
        let mut next = || {
            column = column.wrapping_add(1);
            keys(column)
        };
        add(&mut sums, next(), chunk.dates.get(rows.clone()).unwrap_or_default().iter().map(|day| u64::from(day.cast_unsigned())));
        // Two columns' worth of keys, whether there are times or not.
        let key = next();
        if let Some(seconds) = &chunk.seconds {
            add(&mut sums, key, seconds.get(rows.clone()).unwrap_or_default().iter().map(|second| u64::from(second.cast_unsigned())));
        }
        for ((texts, hashes), dictionary) in chunk.texts.iter().zip(&hashes).zip(dictionaries) {
            let hash = |row: usize| {
                let code = texts.at(row);
                match usize::try_from(code).ok().and_then(|code| hashes.get(code)) {
                    Some(hash) => *hash,
                    None => dictionary.hash(code),
                }
            };
            add(&mut sums, next(), rows.clone().map(hash));
        }
        for numbers in &chunk.numbers {
            let (low, high) = (next(), next());
            add_numbers(&mut sums, low, high, numbers, rows.clone());
        }
        for [left, right] in sums.iter().take(rows.len()) {
            // What the sums say, scrambled again so that they do not add up to each other.
            let low = fold(left ^ 0x4528_21e6_38d0_1377, right ^ 0xbe54_66cf_34e9_0c6c);
            let high = fold(left ^ 0xc0ac_29b7_c97c_50dd, low ^ 0x3f84_d5b5_b547_0917);
            sum = sum.wrapping_add((u128::from(high) << 64) | u128::from(low));
        }
        first = rows.end;
    }
    sum
}

/// All hashes at hand when most are likely to be needed; few rows look theirs up one by one.
fn dictionary_hashes(dictionary: &Dictionary, rows: usize) -> Vec<u64> {
    if dictionary.members() <= rows.saturating_mul(4) { dictionary.hashes() } else { Vec::new() }
}

#[inline]
fn add(sums: &mut Sums, key: [u64; 2], words: impl Iterator<Item = u64>) {
    for (sum, word) in sums.iter_mut().zip(words) {
        sum[0] = sum[0].wrapping_add(fold(word ^ key[0], key[1]));
        sum[1] = sum[1].wrapping_add(fold(word ^ key[1], key[0]));
    }
}

/// Numbers at one scale for all: that of the most decimals which are kept.
fn add_numbers(sums: &mut Sums, low: [u64; 2], high: [u64; 2], numbers: &NumberColumn, rows: std::ops::Range<usize>) {
    let most = u32::try_from(MAX_DECIMALS).unwrap_or(18);
    let factor = 10i128.checked_pow(most.saturating_sub(numbers.decimals)).unwrap_or(1);
    let words = |mantissa: Option<i128>| {
        let word = mantissa.map_or(u128::MAX >> 1, |mantissa| mantissa.wrapping_mul(factor).cast_unsigned());
        super::super::dictionary::halves(word)
    };
    match &numbers.mantissas {
        Mantissas::Half(values) => {
            let values = values.get(rows).unwrap_or_default();
            for (sum, value) in sums.iter_mut().zip(values) {
                let number = words((*value != super::super::column::HALF_GAP).then_some(i128::from(*value)));
                add_word(sum, low, high, number);
            }
        }
        Mantissas::Narrow(values) => {
            let values = values.get(rows).unwrap_or_default();
            for (sum, value) in sums.iter_mut().zip(values) {
                let number = words((*value != super::super::column::GAP).then_some(i128::from(*value)));
                add_word(sum, low, high, number);
            }
        }
        Mantissas::Wide(_) => {
            for (sum, row) in sums.iter_mut().zip(rows) {
                add_word(sum, low, high, words(numbers.at(row)));
            }
        }
    }
}

#[inline]
fn add_word(sum: &mut [u64; 2], low: [u64; 2], high: [u64; 2], (below, above): (u64, u64)) {
    sum[0] = sum[0].wrapping_add(fold(below ^ low[0], above ^ high[0]));
    sum[1] = sum[1].wrapping_add(fold(below ^ low[1], above ^ high[1]));
}
