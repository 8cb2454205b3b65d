//! Exact decimals as texts: the one shortest text of each, without an exponent.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};

/// The most digits before and after the point of a number of a row, as of any that is read.
pub(super) const OF_ROWS: (usize, usize) = (18, 18);
/// The same for sums: more rows than there are atoms to write them with, and weighted ones.
pub(super) const OF_SUMS: (usize, usize) = (80, 36);

/// The text of a mantissa at a scale.
pub(super) fn written(mantissa: impl Into<BigInt>, mut decimals: u32) -> String {
    let mut mantissa: BigInt = mantissa.into();
    let ten = BigInt::from(10u8);
    while decimals > 0 {
        let (shorter, last) = mantissa.div_rem(&ten);
        if !last.is_zero() {
            break;
        }
        (mantissa, decimals) = (shorter, decimals.saturating_sub(1));
    }
    let after = usize::try_from(decimals).unwrap_or(0);
    let digits = format!("{:0>width$}", mantissa.abs(), width = after.saturating_add(1));
    let (whole, fraction) = digits.split_at_checked(digits.len().saturating_sub(after)).unwrap_or((&digits, ""));
    let (sign, point) = (if mantissa.is_negative() { "-" } else { "" }, if after > 0 { "." } else { "" });
    format!("{sign}{whole}{point}{fraction}")
}

/// The mantissa and scale of such a text, with no more digits before and after the point.
pub(super) fn read(text: &str, most: (usize, usize)) -> Option<(BigInt, u32)> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if whole.trim_start_matches('-').len() > most.0 || fraction.len() > most.1 {
        return None;
    }
    let mantissa: BigInt = format!("{whole}{fraction}").parse().ok()?;
    let decimals = u32::try_from(fraction.len()).ok()?;
    // A number has one text, so that equal cells have equal bytes.
    (written(mantissa.clone(), decimals) == text).then_some((mantissa, decimals))
}

/// The same as a machine integer, for a number of a row.
pub(super) fn read_small(text: &str) -> Option<(i128, u32)> {
    read(text, OF_ROWS).and_then(|(mantissa, decimals)| Some((mantissa.to_i128()?, decimals)))
}

#[cfg(test)]
mod tests {
    use super::{OF_SUMS, read, read_small, written};
    use proptest::prelude::*;

    #[test]
    fn a_number_has_one_text() {
        for (mantissa, decimals, text) in [(0, 3, "0"), (1250, 2, "12.5"), (-5, 3, "-0.005"), (100, 0, "100"), (-100, 2, "-1")] {
            assert_eq!(written(mantissa, decimals), text);
        }
        for text in ["", "-", "-0", "00", "1.", ".5", "1.50", "+1", "1e3", "1_000", " 1", "0x1", "1.2.3", "1.-2", "9999999999999999999"] {
            assert_eq!(read_small(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(mantissa in any::<i128>(), decimals in 0u32..36) {
            let text = written(mantissa, decimals);
            let (read, scale) = read(&text, OF_SUMS).unwrap();
            prop_assert!(scale <= decimals);
            prop_assert_eq!(read * num_bigint::BigInt::from(10u8).pow(decimals - scale), mantissa.into());
        }
    }
}
