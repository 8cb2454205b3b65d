//! Numbers as text, and rounded as text is.

use std::fmt;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{Signed, Zero};
use serde::{Serialize, Serializer};

use super::small::Small;
use super::{Form, Number, power_of_ten};

/// Significant digits kept when a number has no short finite decimal form.
const ROUNDED_DIGITS: u32 = 17;
/// A terminating decimal with at most this many digits is written exactly.
const EXACT_DIGITS: usize = 34;
/// The most digits after the point that are written.
const MAX_DECIMALS: u32 = 1_200;

impl Number {
    /// Written with exactly `decimals` digits after the point (at most 1,200), rounded half to even.
    ///
    /// ```
    /// use marketingos::Number;
    /// assert_eq!(Number::parse("2.5").unwrap().to_fixed(0), "2");
    /// assert_eq!(Number::parse("-0.04").unwrap().to_fixed(1), "0.0");
    /// ```
    #[must_use]
    pub fn to_fixed(&self, decimals: u32) -> String {
        let mut text = String::with_capacity(24);
        self.write_fixed(&mut text, decimals);
        text
    }

    /// Appends what [`to_fixed`](Self::to_fixed) returns.
    pub(crate) fn write_fixed(&self, text: &mut String, decimals: u32) {
        let decimals = decimals.min(MAX_DECIMALS);
        if let Form::Small(small) = self.0
            && let Some((whole, fraction)) = small.rounded(decimals)
        {
            if small.numerator() < 0 && (whole, fraction) != (0, 0) {
                text.push('-');
            }
            push_digits(text, whole, 1);
            if decimals > 0 {
                text.push('.');
                push_digits(text, fraction, decimals);
            }
        } else {
            text.push_str(&big_to_fixed(&self.to_big(), decimals));
        }
    }

    /// Rounded half to even to 17 significant digits, but never to fewer than all whole digits:
    /// as a number without a finite decimal form is written. As mantissa and decimals; `None`
    /// when these need more than machine integers.
    pub(crate) fn rounded_parts(&self) -> Option<(i128, u32)> {
        let Form::Small(small) = self.0 else { return None };
        if small.is_integer() {
            return Some((small.numerator(), 0));
        }
        let decimals = rounding_decimals(small);
        let (whole, fraction) = small.rounded(decimals)?;
        let size = i128::try_from(whole.checked_mul(10u128.checked_pow(decimals)?)?.checked_add(fraction)?).ok()?;
        Some((if small.numerator() < 0 { -size } else { size }, decimals))
    }

    /// The number that [`rounded_parts`](Self::rounded_parts) stands for.
    pub(crate) fn rounded(&self) -> Self {
        if let Some((mantissa, decimals)) = self.rounded_parts() {
            return Self::from_parts(mantissa, decimals);
        }
        let exact = self.to_big();
        let decimals = big_rounding_decimals(&exact);
        let size = big_rounded(&exact, decimals);
        Self::from_big(if exact.is_negative() { -size } else { size }, decimals)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let terminating = match &self.0 {
            Form::Small(small) => small.terminating_decimals(),
            Form::Big(big) => big_terminating_decimals(big),
        };
        if let Some(decimals) = terminating.filter(|decimals| *decimals <= 64) {
            let text = self.to_fixed(decimals);
            if text.len() <= EXACT_DIGITS || decimals == 0 {
                return f.write_str(&text);
            }
        }
        let text = self.to_fixed(match &self.0 {
            Form::Small(small) => rounding_decimals(*small),
            Form::Big(big) => big_rounding_decimals(big),
        });
        let trimmed = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
        f.write_str(trimmed)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Appends at least so many digits.
fn push_digits(text: &mut String, number: u128, least: u32) {
    let mut digits = [b'0'; 39];
    let mut used = 0u32;
    let mut slots = digits.iter_mut().rev();
    let mut upper = number;
    // Words divide faster; a number of more than one is rare.
    while upper > u128::from(u64::MAX) {
        let Some(slot) = slots.next() else { break };
        *slot = digit(u64::try_from(upper % 10).unwrap_or(0));
        (upper, used) = (upper / 10, used + 1);
    }
    let mut rest = u64::try_from(upper).unwrap_or(0);
    while rest > 0 {
        let Some(slot) = slots.next() else { break };
        *slot = digit(rest % 10);
        (rest, used) = (rest / 10, used + 1);
    }
    let shown = usize::try_from(used.max(least)).unwrap_or(digits.len()).min(digits.len());
    // ASCII by construction.
    text.push_str(digits.get(digits.len() - shown..).and_then(|digits| std::str::from_utf8(digits).ok()).unwrap_or_default());
}

fn digit(value: u64) -> u8 {
    b'0' + u8::try_from(value).unwrap_or(0)
}

/// Decimals that leave `ROUNDED_DIGITS` significant digits.
fn rounding_decimals(small: Small) -> u32 {
    match small.magnitude() {
        (0, zeros) => ROUNDED_DIGITS + zeros,
        (digits, _) => ROUNDED_DIGITS.saturating_sub(digits),
    }
}

fn big_to_fixed(exact: &BigRational, decimals: u32) -> String {
    let quotient = big_rounded(exact, decimals);
    let sign = if exact.is_negative() && !quotient.is_zero() { "-" } else { "" };
    let places = usize::try_from(decimals).unwrap_or(usize::MAX);
    let digits = format!("{quotient:0>width$}", width = places.saturating_add(1));
    let (whole, fraction) = digits.split_at(digits.len().saturating_sub(places));
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// The size in units of the last of so many decimals.
fn big_rounded(exact: &BigRational, decimals: u32) -> BigInt {
    let (numerator, denominator) = (exact.numer().abs(), exact.denom());
    let (mut quotient, remainder) = (numerator * power_of_ten(decimals)).div_rem(denominator);
    let doubled = remainder * 2u8;
    if doubled > *denominator || (doubled == *denominator && quotient.is_odd()) {
        quotient += 1u8;
    }
    quotient
}

/// Decimals of the finite decimal form, or `None` when the expansion never ends.
fn big_terminating_decimals(exact: &BigRational) -> Option<u32> {
    let mut rest = exact.denom().clone();
    let mut count = |factor: u8| {
        let mut times = 0u32;
        loop {
            let (quotient, remainder) = rest.div_rem(&BigInt::from(factor));
            if !remainder.is_zero() || times > 64 {
                return times;
            }
            rest = quotient;
            times = times.saturating_add(1);
        }
    };
    let decimals = count(2).max(count(5));
    (rest == BigInt::from(1u8)).then_some(decimals)
}

fn big_rounding_decimals(exact: &BigRational) -> u32 {
    let whole = exact.numer().abs() / exact.denom();
    if whole.is_zero() {
        // Leading zeros after the point: digits of (denominator ÷ numerator), less one.
        let inverse = exact.denom() / exact.numer().abs();
        let zeros = inverse.to_string().len().saturating_sub(1);
        ROUNDED_DIGITS.saturating_add(u32::try_from(zeros).unwrap_or(u32::MAX).min(1024))
    } else {
        let digits = u32::try_from(whole.to_string().len()).unwrap_or(u32::MAX);
        ROUNDED_DIGITS.saturating_sub(digits)
    }
}
