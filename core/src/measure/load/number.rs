//! A number as it is written, exactly.

use super::super::dictionary::eight_digits;
use crate::base::code::Code;
use crate::model::source::MeasureColumn;

/// Numbers keep at most this many digits before the decimal point …
pub(super) const MAX_WHOLE_DIGITS: usize = 18;
/// … and this many after it.
pub(super) const MAX_DECIMALS: usize = 18;

/// The marks that numbers are written with.
#[derive(Clone, Copy)]
pub(super) struct Format {
    pub(super) decimal: char,
    pub(super) thousands: Option<char>,
}

impl Format {
    /// As the rest of the world's programs write them.
    pub(super) const PLAIN: Self = Self { decimal: '.', thousands: None };

    pub(super) fn of(column: &MeasureColumn) -> Self {
        Self { decimal: column.decimal, thousands: column.thousands }
    }
}

/// A number as the column declares it: `Err` says why it is not one.
pub(super) fn number(text: &str, format: Format) -> Result<(i128, u32), Code> {
    let (negative, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (digits, exponent) = match digits.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i32>().map_err(|_| Code::BadNumber)?),
        None => (digits, 0),
    };
    let (whole, fraction) = digits.split_once(format.decimal).unwrap_or((digits, ""));
    let whole = ungrouped(whole, format.thousands).ok_or(Code::BadNumber)?;
    let only_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !only_digits(&whole) || !only_digits(fraction) {
        return Err(Code::BadNumber);
    }
    let fraction = fraction.trim_end_matches('0');
    let significant = format!("{whole}{fraction}");
    let significant = significant.trim_start_matches('0');
    if significant.is_empty() {
        return Ok((0, 0));
    }
    // The value is `significant` × 10^shift.
    let shift = i64::from(exponent).saturating_sub(i64::try_from(fraction.len()).unwrap_or(i64::MAX));
    let whole_digits = shift.saturating_add(i64::try_from(significant.len()).unwrap_or(i64::MAX));
    let limits = (i64::try_from(MAX_WHOLE_DIGITS).unwrap_or(18), i64::try_from(MAX_DECIMALS).unwrap_or(18));
    if whole_digits > limits.0 || shift < -limits.1 {
        return Err(Code::NumberOutOfRange);
    }
    let mantissa: i128 = significant.parse().map_err(|_| Code::NumberOutOfRange)?;
    let zeros = u32::try_from(shift.max(0)).unwrap_or(0);
    let mantissa = 10i128.checked_pow(zeros).and_then(|factor| mantissa.checked_mul(factor)).ok_or(Code::NumberOutOfRange)?;
    let decimals = u32::try_from((-shift).max(0)).unwrap_or(0);
    Ok((if negative { -mantissa } else { mantissa }, decimals))
}

/// Without the thousands marks, which must stand between groups of three.
fn ungrouped(whole: &str, thousands: Option<char>) -> Option<String> {
    let Some(mark) = thousands.filter(|mark| whole.contains(*mark)) else { return Some(whole.to_owned()) };
    let mut groups = whole.split(mark);
    let first = groups.next().filter(|first| (1..=3).contains(&first.len()))?;
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 {
            return None;
        }
        digits.push_str(group);
    }
    Some(digits)
}

const ZEROS: u64 = 0x3030_3030_3030_3030;
const NINES: u64 = 0x0909_0909_0909_0909;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// How most numbers of a column are written: with so many decimals.
#[derive(Clone, Copy)]
pub(super) struct Shape {
    /// The last eight characters of nought.
    nought: u64,
    /// What is added to them, once nought is taken off, has a high bit where one does not fit.
    over: u64,
    /// The characters behind the mark, and those before it.
    below: u64,
    above: u64,
    /// The fewest characters.
    least: usize,
}

impl Shape {
    pub(super) fn new(decimal: u8, decimals: u32) -> Self {
        let over = !HIGH ^ NINES;
        match 56u32.checked_sub(decimals.saturating_mul(8)).filter(|place| *place < 56) {
            Some(place) => {
                let (below, above) = ((1u64 << place).wrapping_sub(1), u64::MAX << place.saturating_add(8));
                let mark = !(below | above);
                let nought = (ZEROS & !mark) | (u64::from(decimal) << place);
                Self { nought, over: (over & !mark) | (!HIGH & mark), below, above, least: usize::try_from(decimals).unwrap_or(8).saturating_add(1) }
            }
            // No decimals, or more than there is room for: then nothing is of this shape.
            None => Self { nought: ZEROS, over, below: 0, above: u64::MAX, least: if decimals == 0 { 1 } else { 9 } },
        }
    }

    /// The mantissa of the number that a part of a text is, if it is of this shape: at most eight
    /// characters, a sign before them; any other needs [`plain_number`] or [`number`].
    #[inline]
    pub(super) fn read(self, text: &[u8], start: usize, end: usize) -> Option<i32> {
        let negative = text.get(start) == Some(&b'-');
        let length = end.wrapping_sub(start).wrapping_sub(usize::from(negative));
        let word = u64::from_le_bytes(*text.get(end.wrapping_sub(8)..)?.first_chunk::<8>()?);
        if length < self.least || length > 8 {
            return None;
        }
        // Nought in front of the first character.
        let spare = u32::try_from(8usize.wrapping_sub(length)).unwrap_or(0).wrapping_mul(8);
        let digits = (word ^ self.nought) & u64::MAX.wrapping_shl(spare);
        // Nine and less in every place, and the mark in its own.
        if (digits | digits.wrapping_add(self.over)) & HIGH != 0 {
            return None;
        }
        // The mark taken out.
        let digits = (digits & self.above) | ((digits & self.below) << 8);
        let mantissa = eight_digits(digits).cast_signed();
        Some(if negative { mantissa.wrapping_neg() } else { mantissa })
    }
}

/// A number of at most 18 digits with neither groups nor an exponent: its mantissa, and the
/// decimals as written. Any other needs [`number`].
pub(super) fn plain_number(text: &[u8], decimal: u8) -> Option<(i64, u32)> {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    let (mut mantissa, mut count, mut decimals) = (0i64, 0u32, None);
    if digits.len() > MAX_WHOLE_DIGITS.saturating_add(1) {
        return None;
    }
    for byte in digits {
        match byte {
            b'0'..=b'9' => {
                mantissa = mantissa.wrapping_mul(10).wrapping_add(i64::from(byte.wrapping_sub(b'0')));
                count = count.wrapping_add(1);
                decimals = decimals.map(|decimals: u32| decimals.wrapping_add(1));
            }
            byte if *byte == decimal && decimals.is_none() => decimals = Some(0),
            _ => return None,
        }
    }
    let mantissa = if negative { mantissa.wrapping_neg() } else { mantissa };
    (1..=18).contains(&count).then_some((mantissa, decimals.unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Format, Shape, number, plain_number};
    use crate::base::code::Code;

    fn read(text: &str, decimal: char, thousands: Option<char>) -> Result<(i128, u32), Code> {
        number(text, Format { decimal, thousands })
    }

    #[test]
    fn numbers_are_read_as_declared_and_not_otherwise() {
        assert_eq!(read("12.50", '.', None), Ok((125, 1)));
        assert_eq!(read("7307,37", ',', None), Ok((730_737, 2)));
        assert_eq!(read("2,146", '.', Some(',')), Ok((2146, 0)));
        assert_eq!(read("1.234.567,8", ',', Some('.')), Ok((12_345_678, 1)));
        assert_eq!(read("-1.5e3", '.', None), Ok((-1500, 0)));
        assert_eq!(read("1e-3", '.', None), Ok((1, 3)));
        for bad in ["7307,37", "2,146", "NaN", "inf", "-inf", "1.2.3", "", "-", ".", "12 %", "0x10", "1e", "1_000", "٣"] {
            assert_eq!(read(bad, '.', None), Err(Code::BadNumber), "{bad}");
        }
        for bad in ["12,34,567", "1,2", ",146", "2146,"] {
            assert_eq!(read(bad, '.', Some(',')), Err(Code::BadNumber), "{bad}");
        }
        for large in ["1e400", "1e18", "12345678901234567890", "1e-400", "0.0000000000000000001"] {
            assert_eq!(read(large, '.', None), Err(Code::NumberOutOfRange), "{large}");
        }
        assert_eq!(read("0e400", '.', None), Ok((0, 0)));
    }

    proptest! {
        #[test]
        fn a_number_of_a_shape_is_that_number(
            text in prop_oneof!["-?[0-9]{0,5}[.]?[0-9]{0,5}", "[-+0-9.,e/: ]{0,9}"], around in "[0-9,.-]{0,12}", decimals in 0u32..20,
        ) {
            let whole = format!("{around}{text}{around}");
            let (start, end) = (around.len(), around.len() + text.len());
            let digits = text.strip_prefix('-').unwrap_or(&text);
            let written = digits.split_once('.').map_or(0, |(_, fraction)| u32::try_from(fraction.len()).unwrap());
            let exact = number(&text, Format::PLAIN);
            if let Some(mantissa) = Shape::new(b'.', decimals).read(whole.as_bytes(), start, end) {
                let (exact, least) = exact.unwrap();
                prop_assert_eq!(i128::from(mantissa), exact * 10i128.pow(decimals - least));
            } else if end >= 8 && (1..=8).contains(&digits.len()) && written == decimals && !text.contains(['+', 'e']) && !text.ends_with('.') {
                prop_assert!(exact.is_err(), "{}", text);
            }
        }

        #[test]
        fn a_plain_number_is_that_number(text in prop_oneof!["-?[0-9]{0,12}[.]?[0-9]{0,12}", "[-+0-9.,e/: ]{0,9}"]) {
            let exact = number(&text, Format::PLAIN);
            if let Some((mantissa, decimals)) = plain_number(text.as_bytes(), b'.') {
                let (exact, least) = exact.unwrap();
                prop_assert_eq!(i128::from(mantissa), exact * 10i128.pow(decimals - least));
            } else if text.len() <= 18 && !text.contains(['+', 'e']) {
                prop_assert!(exact.is_err(), "{}", text);
            }
        }
    }
}
