//! What a result comes to, so that the engine's and the peers' can be compared without moving
//! tables. `tests/benchmarks/answers.py` does the same, and says how.

use std::collections::BTreeMap;

use marketingos::{Date, Number};

/// The first day of the data, a Monday.
pub const FIRST_DAY: (i32, u32, u32) = (2024, 1, 1);
pub const CHANNELS: [&str; 8] = ["affiliate", "direct", "email", "events", "organic", "paid_search", "paid_social", "partner"];
pub const REGIONS: [&str; 6] = ["apac", "benelux", "dach", "iberia", "nordics", "uki"];

/// The figures that are ratios, and are compared to nine digits.
const RATIOS: [&str; 6] = ["ctr", "cpc", "cpl", "roas", "aov", "lead_rate"];
/// The figures that are money, and are counted in cents.
const MONEY: [&str; 3] = ["spend", "revenue", "search_revenue"];
const WEIGHT: u64 = 0x9E37_79B9_7F4A_7C15;

/// What a result comes to.
#[derive(Default)]
pub struct Answer {
    exact: BTreeMap<String, u64>,
    close: BTreeMap<String, f64>,
}

impl Answer {
    /// Adds a figure of a table: the number of each cell and its value, where there is one.
    /// Money is in whole units of the currency. The first figure of a table counts its cells.
    pub fn add(&mut self, table: &str, figure: &str, cells: impl Iterator<Item = (u64, Option<f64>)>) {
        let (mut count, mut known, mut folded, mut sum) = (0, 0, 0u64, 0.0);
        let scale = if MONEY.contains(&figure) { 100.0 } else { 1.0 };
        for (cell, value) in cells {
            count += 1;
            let Some(value) = value else { continue };
            known += 1;
            sum += value * (cell % 97 + 1) as f64;
            let weight = (cell.wrapping_mul(2).wrapping_add(1)).wrapping_mul(WEIGHT);
            folded = folded.wrapping_add(((value * scale).round() as u64).wrapping_mul(weight));
        }
        self.exact.entry(format!("{table}.cells")).or_insert(count);
        if RATIOS.contains(&figure) {
            self.exact.insert(format!("{table}.{figure}.known"), known);
            self.close.insert(format!("{table}.{figure}"), sum);
        } else {
            self.exact.insert(format!("{table}.{figure}"), folded);
        }
    }

    /// Adds a sum that is compared to nine digits.
    pub fn add_close(&mut self, name: &str, value: f64) {
        self.close.insert(name.to_owned(), value);
    }

    /// Adds a number that is compared exactly.
    pub fn add_exact(&mut self, name: &str, value: u64) {
        self.exact.insert(name.to_owned(), value);
    }

    /// As one line of JSON.
    pub fn to_json(&self) -> String {
        let exact: Vec<String> = self.exact.iter().map(|(name, value)| format!("{name:?}: \"{value}\"")).collect();
        let close: Vec<String> = self.close.iter().map(|(name, value)| format!("{name:?}: {value:?}")).collect();
        format!("{{\"exact\": {{{}}}, \"close\": {{{}}}}}", exact.join(", "), close.join(", "))
    }
}

/// The nearest double, for comparison.
pub fn double(number: &Number) -> f64 {
    number.to_string().parse().unwrap_or(f64::NAN)
}

/// 0 for January 2024.
pub fn month_of(day: Date) -> u64 {
    u64::try_from((day.year() - FIRST_DAY.0) * 12).unwrap_or(0) + u64::from(day.month()) - 1
}

/// 0 for the week of 1 January 2024.
pub fn week_of(day: Date) -> u64 {
    let first = Date::new(FIRST_DAY.0, FIRST_DAY.1, FIRST_DAY.2);
    first.and_then(|first| u64::try_from(day.days_since(first) / 7).ok()).unwrap_or(0)
}

/// The place of a word in a list; `None` for the null member and unknown ones.
pub fn place(words: &[&str], word: Option<&str>) -> Option<u64> {
    words.iter().position(|known| Some(*known) == word).and_then(|place| u64::try_from(place).ok())
}
