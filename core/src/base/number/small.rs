//! Ratios of machine integers: the form that nearly every number has. Whatever does not fit
//! gives `None`, and the caller falls back to big integers.

use std::cmp::Ordering;
use std::num::NonZeroU128;

/// A reduced ratio. Both parts are at most `i128::MAX`, so that either can take the other's
/// place and any sign. The denominator is never zero, which lets a number tell its two forms
/// apart without taking more room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Small {
    numerator: i128,
    denominator: NonZeroU128,
}

impl Small {
    /// A whole number.
    pub(super) fn whole(numerator: i128) -> Option<Self> {
        (numerator != i128::MIN).then_some(Self { numerator, denominator: NonZeroU128::MIN })
    }

    /// Two parts without a common factor.
    pub(super) fn of_reduced(numerator: i128, denominator: u128) -> Option<Self> {
        let fits = numerator != i128::MIN && denominator <= i128::MAX.unsigned_abs();
        NonZeroU128::new(denominator).filter(|_| fits).map(|denominator| Self { numerator, denominator })
    }

    /// Any two parts; `None` also when the denominator is zero.
    pub(super) fn of(numerator: i128, denominator: u128) -> Option<Self> {
        let common = gcd(numerator.unsigned_abs(), denominator);
        if common == 0 { None } else { Self::of_reduced(over(numerator, common)?, divide(denominator, common)) }
    }

    /// `mantissa ÷ 10^decimals`. Only 2 and 5 can be common factors, which is quicker to see
    /// than a greatest common divisor.
    pub(super) fn of_decimal(mantissa: i128, decimals: u32) -> Option<Self> {
        if mantissa == 0 || decimals == 0 {
            return Self::whole(mantissa);
        }
        let twos = mantissa.trailing_zeros().min(decimals);
        // Exact, so the shift keeps the sign right.
        let (rest, fives) = match i64::try_from(mantissa >> twos) {
            Ok(mut rest) => {
                let mut fives = 0;
                while fives < decimals && rest % 5 == 0 {
                    (rest, fives) = (rest / 5, fives + 1);
                }
                (i128::from(rest), fives)
            }
            Err(_) => {
                let (mut rest, mut fives) = (mantissa >> twos, 0);
                while fives < decimals && rest % 5 == 0 {
                    (rest, fives) = (rest / 5, fives + 1);
                }
                (rest, fives)
            }
        };
        let denominator = 5u128.checked_pow(decimals - fives)?.checked_mul(1u128.checked_shl(decimals - twos)?)?;
        Self::of_reduced(rest, denominator)
    }

    pub(super) fn numerator(self) -> i128 {
        self.numerator
    }

    pub(super) fn denominator(self) -> u128 {
        self.denominator.get()
    }

    pub(super) fn is_integer(self) -> bool {
        self.denominator == NonZeroU128::MIN
    }

    pub(super) fn negated(self) -> Self {
        Self { numerator: self.numerator.saturating_neg(), ..self }
    }

    pub(super) fn plus(self, other: Self) -> Option<Self> {
        let (left, right) = (self.denominator(), other.denominator());
        if left == right {
            let sum = self.numerator.checked_add(other.numerator)?;
            return if left == 1 { Self::whole(sum) } else { Self::of(sum, left) };
        }
        // Knuth, The Art of Computer Programming, volume 2, 4.5.1: smaller parts than by the
        // product of the denominators, and a reduced result.
        let common = if left == 1 || right == 1 { 1 } else { gcd(left, right) };
        let (left, right_only) = (divide(left, common), divide(right, common));
        let sum = times(self.numerator, right_only)?.checked_add(times(other.numerator, left)?)?;
        if common == 1 {
            return Self::of_reduced(sum, left.checked_mul(right)?);
        }
        let again = gcd(sum.unsigned_abs(), common);
        Self::of_reduced(over(sum, again)?, left.checked_mul(divide(right, again))?)
    }

    pub(super) fn times(self, other: Self) -> Option<Self> {
        let cross = |numerator: i128, denominator: u128| if denominator == 1 { 1 } else { gcd(numerator.unsigned_abs(), denominator) };
        let (first, second) = (cross(self.numerator, other.denominator()), cross(other.numerator, self.denominator()));
        let numerator = over(self.numerator, first)?.checked_mul(over(other.numerator, second)?)?;
        Self::of_reduced(numerator, divide(self.denominator(), second).checked_mul(divide(other.denominator(), first))?)
    }

    /// One ÷ this; `None` for zero.
    pub(super) fn inverse(self) -> Option<Self> {
        let numerator = i128::try_from(self.denominator()).ok()?;
        Self::of_reduced(if self.numerator < 0 { -numerator } else { numerator }, self.numerator.unsigned_abs())
    }

    /// Whole part and fraction, the latter in units of the last of so many decimals, of the size
    /// of this, rounded half to even. `None` when that needs larger integers.
    pub(super) fn rounded(self, decimals: u32) -> Option<(u128, u128)> {
        let (size, denominator, unit) = (self.numerator.unsigned_abs(), self.denominator(), 10u128.checked_pow(decimals)?);
        if denominator == 1 {
            return Some((size, 0));
        }
        let whole = divide(size, denominator);
        let (fraction, rest) = div_rem((size - whole * denominator).checked_mul(unit)?, denominator);
        // A denominator is at most half of the range, so doubling cannot overflow.
        let up = match (rest * 2).cmp(&denominator) {
            Ordering::Greater => true,
            Ordering::Equal => (if decimals == 0 { whole } else { fraction }) % 2 == 1,
            Ordering::Less => false,
        };
        let fraction = fraction + u128::from(up);
        Some(if fraction == unit { (whole + 1, 0) } else { (whole, fraction) })
    }

    /// Decimals of the finite decimal form; `None` when it never ends, or only after more than
    /// can be written exactly.
    pub(super) fn terminating_decimals(self) -> Option<u32> {
        let denominator = self.denominator();
        let twos = denominator.trailing_zeros();
        let rest = denominator >> twos;
        // The largest power of five that has a place here is 5^37.
        let mut fives = 0;
        let ends = match u64::try_from(rest) {
            Ok(mut rest) => {
                while rest.is_multiple_of(5) {
                    (rest, fives) = (rest / 5, fives + 1);
                }
                rest == 1
            }
            Err(_) => {
                let mut rest = rest;
                while rest.is_multiple_of(5) {
                    (rest, fives) = (rest / 5, fives + 1);
                }
                rest == 1
            }
        };
        Some(twos.max(fives)).filter(|_| ends)
    }

    /// Digits of the whole part, zero when there is none, and the zeros that follow the point in
    /// that case.
    pub(super) fn magnitude(self) -> (u32, u32) {
        let digits = |number: u128| number.checked_ilog10().map_or(0, |log| log + 1);
        let (size, denominator) = (self.numerator.unsigned_abs(), self.denominator());
        if size >= denominator { (digits(divide(size, denominator)), 0) } else { (0, digits(denominator.checked_div(size).unwrap_or(1)).saturating_sub(1)) }
    }
}

impl Ord for Small {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.denominator == other.denominator {
            return self.numerator.cmp(&other.numerator);
        }
        if let (Some(left), Some(right)) = (times(self.numerator, other.denominator()), times(other.numerator, self.denominator())) {
            return left.cmp(&right);
        }
        let sizes = || wide(self.numerator.unsigned_abs(), other.denominator()).cmp(&wide(other.numerator.unsigned_abs(), self.denominator()));
        match (self.numerator.signum(), other.numerator.signum()) {
            (left, right) if left != right => left.cmp(&right),
            (-1, _) => sizes().reverse(),
            _ => sizes(),
        }
    }
}

impl PartialOrd for Small {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn times(numerator: i128, factor: u128) -> Option<i128> {
    numerator.checked_mul(i128::try_from(factor).ok()?)
}

/// `numerator ÷ divisor`, which divides it; `None` for zero.
fn over(numerator: i128, divisor: u128) -> Option<i128> {
    if divisor == 1 { Some(numerator) } else { numerator.checked_div(i128::try_from(divisor).ok()?) }
}

/// The quotient, by the short division where that does; of zero where there is none.
fn divide(number: u128, divisor: u128) -> u128 {
    div_rem(number, divisor).0
}

fn div_rem(number: u128, divisor: u128) -> (u128, u128) {
    match (u64::try_from(number), u64::try_from(divisor)) {
        _ if divisor == 1 => (number, 0),
        (Ok(number), Ok(divisor)) => {
            let quotient = number.checked_div(divisor).unwrap_or(0);
            (u128::from(quotient), u128::from(number - quotient * divisor))
        }
        _ => {
            let quotient = number.checked_div(divisor).unwrap_or(0);
            (quotient, number - quotient * divisor)
        }
    }
}

/// All 256 bits of a product: the upper half, then the lower.
fn wide(left: u128, right: u128) -> (u128, u128) {
    const LOW: u128 = (1 << 64) - 1;
    let (left_high, left_low, right_high, right_low) = (left >> 64, left & LOW, right >> 64, right & LOW);
    let low = left_low * right_low;
    let middle = left_high * right_low + (low >> 64);
    let other = left_low * right_high + (middle & LOW);
    (left_high * right_high + (middle >> 64) + (other >> 64), (other << 64) | (low & LOW))
}

/// The greatest common divisor; of zero and a number, the number.
fn gcd(left: u128, right: u128) -> u128 {
    if left == 1 || right == 1 {
        return 1;
    }
    match (u64::try_from(left), u64::try_from(right)) {
        (Ok(left), Ok(right)) => u128::from(gcd_of_words(left, right)),
        // One division brings both below the smaller, as often as not into a word each.
        (Ok(small), Err(_)) => gcd_of_rest(right, small),
        (Err(_), Ok(small)) => gcd_of_rest(left, small),
        _ => gcd_of_wide(left, right),
    }
}

fn gcd_of_rest(large: u128, small: u64) -> u128 {
    match large.checked_rem(u128::from(small)).and_then(|rest| u64::try_from(rest).ok()) {
        Some(rest) => u128::from(gcd_of_words(rest, small)),
        None => large,
    }
}

/// Stein's binary algorithm.
fn gcd_of_words(mut left: u64, mut right: u64) -> u64 {
    if left == 0 || right == 0 {
        return left | right;
    }
    let shift = (left | right).trailing_zeros();
    left >>= left.trailing_zeros();
    loop {
        right >>= right.trailing_zeros();
        (left, right) = if left > right { (right, left - right) } else { (left, right - left) };
        if right == 0 {
            return left << shift;
        }
    }
}

/// The same, until what is left fits into words.
fn gcd_of_wide(mut left: u128, mut right: u128) -> u128 {
    let shift = (left | right).trailing_zeros();
    left >>= left.trailing_zeros();
    loop {
        right >>= right.trailing_zeros();
        (left, right) = if left > right { (right, left - right) } else { (left, right - left) };
        if right == 0 {
            return left << shift;
        }
        if let (Ok(left), Ok(right)) = (u64::try_from(left), u64::try_from(right)) {
            return u128::from(gcd_of_words(left, right)) << shift;
        }
    }
}
