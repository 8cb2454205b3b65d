//! Exact numbers. Every figure is a ratio of two integers until the moment it is written
//! down, so that sums do not depend on the order of their terms, a division happens once,
//! and all hosts print the same digits.

mod double;
mod small;
mod written;

use std::cmp::Ordering;
use std::ops::{Add, Mul, Neg, Sub};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};

use small::Small;

/// Beyond this size of numerator or denominator a formula's result is refused.
const MAX_BITS: u64 = 2048;

/// An exact rational number.
///
/// It is written (by [`Display`](std::fmt::Display) and on the wire) as a plain decimal: exactly
/// when it terminates within 34 digits, otherwise rounded half to even to 17 significant
/// digits. There is no infinity, no NaN and no negative zero.
///
/// ```
/// use marketingos::Number;
/// let cents = Number::parse("0.1").unwrap();
/// let sum = (0..10).fold(Number::from(0), |sum, _| sum + cents.clone());
/// assert_eq!(sum.to_string(), "1");
/// assert_eq!(Number::from(2).divided_by(&Number::from(3)).unwrap().to_string(), "0.66666666666666667");
/// assert_eq!(Number::from(2).divided_by(&Number::from(0)), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Number(Form);

/// What fits into machine integers always stands in them, so that each number has one form and
/// equal numbers have equal forms. Machine integers are some twenty times as fast.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Form {
    Small(Small),
    Big(Box<BigRational>),
}

impl Number {
    /// `mantissa ÷ 10^decimals`, exactly.
    pub(crate) fn from_parts(mantissa: i128, decimals: u32) -> Self {
        Small::of_decimal(mantissa, decimals).map_or_else(|| Self::from_big(BigInt::from(mantissa), decimals), Self::small)
    }

    pub(crate) fn from_big(mantissa: BigInt, decimals: u32) -> Self {
        let small = mantissa.to_i128().and_then(|mantissa| Small::of_decimal(mantissa, decimals));
        small.map_or_else(|| Self::reduced(BigRational::new(mantissa, power_of_ten(decimals))), Self::small)
    }

    /// `numerator ÷ denominator`; `None` when the latter is zero.
    pub(crate) fn ratio(numerator: i128, denominator: i128) -> Option<Self> {
        let quick = if denominator > 0 { Small::of(numerator, denominator.unsigned_abs()) } else { None };
        let slow = || (denominator != 0).then(|| Self::reduced(BigRational::new(BigInt::from(numerator), BigInt::from(denominator))));
        quick.map(Self::small).or_else(slow)
    }

    fn small(small: Small) -> Self {
        Self(Form::Small(small))
    }

    /// A reduced ratio, in the form that its size asks for.
    fn reduced(ratio: BigRational) -> Self {
        let small = || Small::of_reduced(ratio.numer().to_i128()?, ratio.denom().to_u128()?);
        match small() {
            Some(small) => Self::small(small),
            None => Self(Form::Big(Box::new(ratio))),
        }
    }

    fn to_big(&self) -> BigRational {
        match &self.0 {
            Form::Small(small) => BigRational::new_raw(BigInt::from(small.numerator()), BigInt::from(small.denominator())),
            Form::Big(big) => big.as_ref().clone(),
        }
    }

    /// Numerator and denominator, where both are machine integers.
    pub(crate) fn small_parts(&self) -> Option<(i128, u128)> {
        match &self.0 {
            Form::Small(small) => Some((small.numerator(), small.denominator())),
            Form::Big(_) => None,
        }
    }

    /// By machine integers where that works, else by big ones.
    fn combined(&self, other: &Self, quick: impl FnOnce(Small, Small) -> Option<Small>, slow: impl FnOnce(BigRational, BigRational) -> BigRational) -> Self {
        let quick = match (&self.0, &other.0) {
            (Form::Small(left), Form::Small(right)) => quick(*left, *right),
            _ => None,
        };
        quick.map_or_else(|| Self::reduced(slow(self.to_big(), other.to_big())), Self::small)
    }

    /// Reads a plain decimal: optional sign, digits, optional fraction. No exponent, no
    /// grouping; those belong to a declared column format. `None` for anything else and for
    /// more than 64 digits.
    ///
    /// ```
    /// use marketingos::Number;
    /// assert_eq!(Number::parse("-12.50").unwrap().to_string(), "-12.5");
    /// assert!(Number::parse("NaN").is_none() && Number::parse("1e3").is_none() && Number::parse("").is_none());
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let well_formed = !whole.is_empty()
            && (digits.len() == whole.len() || !fraction.is_empty())
            && whole.len() + fraction.len() <= 64
            && whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit());
        if !well_formed {
            return None;
        }
        let decimals = u32::try_from(fraction.len()).ok()?;
        let mut all = whole.bytes().chain(fraction.bytes());
        let mantissa = all.try_fold(0i128, |mantissa, digit| mantissa.checked_mul(10)?.checked_add(i128::from(digit - b'0')));
        let number = match mantissa {
            Some(mantissa) => Self::from_parts(mantissa, decimals),
            None => Self::from_big(BigInt::parse_bytes(format!("{whole}{fraction}").as_bytes(), 10)?, decimals),
        };
        Some(if text.starts_with('-') { -number } else { number })
    }

    /// The quotient, or `None` when `divisor` is zero.
    #[must_use]
    pub fn divided_by(&self, divisor: &Self) -> Option<Self> {
        let quick = |left: Small, right: Small| left.times(right.inverse()?);
        (!divisor.is_zero()).then(|| self.combined(divisor, quick, |left, right| left / right))
    }

    /// The distance from zero.
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.is_negative() { -self.clone() } else { self.clone() }
    }

    /// Whether this is exactly zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        match &self.0 {
            Form::Small(small) => small.numerator() == 0,
            Form::Big(big) => big.is_zero(),
        }
    }

    /// Whether this is below zero.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Form::Small(small) => small.numerator() < 0,
            Form::Big(big) => big.is_negative(),
        }
    }

    /// Whether this has no fractional part.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Form::Small(small) => small.is_integer(),
            Form::Big(big) => big.is_integer(),
        }
    }

    /// The largest integer that is not above `self × 10^decimals`, and whether the two are equal;
    /// on which side of all machine integers it lies, when it is beyond them.
    pub(crate) fn at_scale(&self, decimals: u32) -> (Result<i128, Ordering>, bool) {
        let scaled = self.to_big() * BigRational::from_integer(power_of_ten(decimals));
        let beyond = if self.is_negative() { Ordering::Less } else { Ordering::Greater };
        (i128::try_from(scaled.floor().to_integer()).map_err(|_| beyond), scaled.is_integer())
    }

    /// The mantissa and the decimals, when it has at most `most` decimals.
    pub(crate) fn to_decimal(&self, most: usize) -> Option<(BigInt, u32)> {
        let exact = self.to_big();
        let mut scaled = exact.clone();
        for decimals in 0..=u32::try_from(most).ok()? {
            if scaled.is_integer() {
                return Some((scaled.to_integer(), decimals));
            }
            scaled *= BigInt::from(10u8);
        }
        None
    }

    /// Whether the exact form has grown past what a formula may produce (2,048 bits).
    pub(crate) fn is_oversized(&self) -> bool {
        match &self.0 {
            Form::Small(_) => false,
            Form::Big(big) => big.numer().bits() > MAX_BITS || big.denom().bits() > MAX_BITS,
        }
    }
}

fn power_of_ten(exponent: u32) -> BigInt {
    BigInt::from(10u8).pow(exponent)
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Form::Small(left), Form::Small(right)) => left.cmp(right),
            _ => self.to_big().cmp(&other.to_big()),
        }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

macro_rules! from_integers {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Number {
            fn from(whole: $integer) -> Self {
                Self::from_parts(i128::from(whole), 0)
            }
        }
    )*};
}

from_integers!(i32, i64, u32, u64);

impl From<usize> for Number {
    fn from(whole: usize) -> Self {
        Self::from_big(BigInt::from(whole), 0)
    }
}

impl Add for Number {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        self.combined(&other, Small::plus, |left, right| left + right)
    }
}

impl Sub for Number {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self.combined(&other, |left, right| left.plus(right.negated()), |left, right| left - right)
    }
}

impl Mul for Number {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        self.combined(&other, Small::times, |left, right| left * right)
    }
}

impl Neg for Number {
    type Output = Self;
    fn neg(self) -> Self {
        match self.0 {
            Form::Small(small) => Self::small(small.negated()),
            Form::Big(big) => Self(Form::Big(Box::new(-*big))),
        }
    }
}

impl std::iter::Sum for Number {
    fn sum<I: Iterator<Item = Self>>(terms: I) -> Self {
        terms.fold(Self::from(0), |sum, term| sum + term)
    }
}

#[cfg(test)]
mod tests {
    use super::{Form, Number, power_of_ten};
    use num_bigint::BigInt;
    use num_rational::BigRational;
    use num_traits::{Signed, Zero};
    use proptest::prelude::*;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn writes_short_decimals_exactly_and_rounds_the_rest() {
        let ratio = |a: i64, b: i64| Number::from(a).divided_by(&Number::from(b)).unwrap().to_string();
        assert_eq!(ratio(842, 8000), "0.10525");
        assert_eq!(ratio(14, 60), "0.23333333333333333");
        assert_eq!(ratio(-1, 3000), "-0.00033333333333333333");
        assert_eq!(ratio(10_000_000_000, 3), "3333333333.3333333");
        assert_eq!(number("123456789012345678901234567890").to_string(), "123456789012345678901234567890");
        assert_eq!(number("-0.000").to_string(), "0");
    }

    #[test]
    fn rounds_half_to_even() {
        for (text, decimals, expected) in
            [("0.5", 0, "0"), ("1.5", 0, "2"), ("2.5", 0, "2"), ("0.125", 2, "0.12"), ("0.375", 2, "0.38"), ("-1.5", 0, "-2"), ("9.99", 1, "10.0")]
        {
            assert_eq!(number(text).to_fixed(decimals), expected, "{text} to {decimals}");
        }
    }

    proptest! {
        #[test]
        fn a_sum_does_not_depend_on_order(mut terms in prop::collection::vec((any::<i64>(), 0u32..12), 0..40)) {
            let sum = |terms: &[(i64, u32)]| terms.iter().map(|(m, d)| Number::from_parts(i128::from(*m), *d)).sum::<Number>();
            let forward = sum(&terms);
            terms.reverse();
            prop_assert_eq!(forward, sum(&terms));
        }

        #[test]
        fn parse_reads_what_display_writes(mantissa in any::<i64>(), decimals in 0u32..15) {
            let value = Number::from_parts(i128::from(mantissa), decimals);
            prop_assert_eq!(Number::parse(&value.to_string()), Some(value));
        }

        #[test]
        fn seventeen_digits_are_within_half_a_unit(a in 1i64.., b in 1i64..) {
            let exact = Number::from(a).divided_by(&Number::from(b)).unwrap();
            let written = number(&exact.to_string());
            let error = (written - exact.clone()).abs().divided_by(&exact).unwrap();
            prop_assert!(error <= number("0.00000000000000005"));
        }
    }

    /// The same number by big integers alone: what every operation must agree with.
    fn reference(numerator: i128, denominator: i128) -> BigRational {
        BigRational::new(BigInt::from(numerator), BigInt::from(denominator))
    }

    fn of(reference: &BigRational) -> Number {
        Number::reduced(reference.clone())
    }

    /// Integers of all sizes, many near the bounds of machine integers.
    fn integer() -> impl Strategy<Value = i128> {
        let bounds = [0, i128::from(i64::MAX), i128::from(i64::MIN), i128::from(u64::MAX), i128::MAX, i128::MIN, 1 << 53, 10i128.pow(18), 10i128.pow(37)];
        let near = (prop::sample::select(bounds.to_vec()), -4i128..=4).prop_map(|(bound, by)| bound.saturating_add(by));
        let product = (0u32..40, 0u32..17, -9i128..10).prop_map(|(twos, fives, by)| (1i128 << twos) * 5i128.pow(fives) * by);
        prop_oneof![-1000i128..1000, any::<i64>().prop_map(i128::from), any::<i128>(), near, product, (any::<i128>(), 0u32..127).prop_map(|(n, by)| n >> by)]
    }

    fn exact() -> impl Strategy<Value = BigRational> {
        let quotient = || {
            let parts = (integer(), integer()).prop_filter("no denominator", |(_, denominator)| *denominator != 0);
            parts.prop_map(|(numerator, denominator)| reference(numerator, denominator))
        };
        prop_oneof![4 => quotient(), 1 => (quotient(), quotient()).prop_map(|(left, right)| left * right)]
    }

    fn hash(number: &Number) -> u64 {
        use std::hash::{BuildHasher, BuildHasherDefault};
        BuildHasherDefault::<std::hash::DefaultHasher>::default().hash_one(number)
    }

    #[test]
    fn a_number_takes_two_machine_integers() {
        assert_eq!(size_of::<Number>(), 32);
        assert!(matches!(Number::from_parts(i128::MAX, 0).0, Form::Small(_)) && matches!(Number::from_parts(i128::MIN, 0).0, Form::Big(_)));
        assert_eq!(Number::ratio(i128::MIN, i128::MIN), Some(Number::from(1)));
        assert_eq!(Number::ratio(1, 0), None);
    }

    #[test]
    fn doubles_at_the_ends_of_their_range() {
        let two_to = |exponent: i32| BigRational::from_integer(BigInt::from(2)).pow(exponent);
        let double = |exact: &BigRational| of(exact).to_f64();
        let largest = BigRational::from_float(f64::MAX).unwrap();
        let half_a_unit = two_to(970);
        let below = &largest + &half_a_unit - two_to(-2000);
        assert_eq!([double(&largest), double(&below), double(&(&largest + &half_a_unit))], [Some(f64::MAX), Some(f64::MAX), None]);
        assert_eq!(double(&-two_to(9999)), None);
        let smallest = f64::from_bits(1);
        assert_eq!([double(&two_to(-1074)), double(&(two_to(-1075) + two_to(-3000))), double(&two_to(-1075))], [Some(smallest), Some(smallest), Some(0.0)]);
        assert_eq!(double(&-two_to(-1075)).map(f64::to_bits), Some(0), "no negative zero");
        assert_eq!(double(&(two_to(-1022) - two_to(-1074))), Some(f64::MIN_POSITIVE.next_down()));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn every_operation_agrees_with_big_integers(left in exact(), right in exact()) {
            let (a, b) = (of(&left), of(&right));
            prop_assert_eq!(a.clone() + b.clone(), of(&(&left + &right)));
            prop_assert_eq!(a.clone() - b.clone(), of(&(&left - &right)));
            prop_assert_eq!(a.clone() * b.clone(), of(&(&left * &right)));
            prop_assert_eq!(a.divided_by(&b), (!right.is_zero()).then(|| of(&(&left / &right))));
            prop_assert_eq!(a.cmp(&b), left.cmp(&right));
            prop_assert_eq!(a == b, left == right);
            prop_assert_eq!((-a.clone(), a.abs()), (of(&-&left), of(&left.abs())));
            prop_assert_eq!((a.is_zero(), a.is_negative(), a.is_integer()), (left.is_zero(), left.is_negative(), left.is_integer()));
            // There and back again is the same form, not only the same value.
            let back = a.clone() + b.clone() - b;
            prop_assert_eq!(hash(&back), hash(&a));
            prop_assert_eq!(&back, &a);
            prop_assert_eq!(a.to_big(), left);
        }

        #[test]
        fn parts_agree_with_big_integers(mantissa in integer(), decimals in 0u32..90, divisor in integer()) {
            let power = BigRational::from_integer(power_of_ten(decimals));
            let expected = of(&(BigRational::from_integer(BigInt::from(mantissa)) / power));
            prop_assert_eq!(&Number::from_parts(mantissa, decimals), &expected);
            prop_assert_eq!(&Number::from_big(BigInt::from(mantissa), decimals), &expected);
            prop_assert_eq!(Number::ratio(mantissa, divisor), (divisor != 0).then(|| of(&reference(mantissa, divisor))));
        }

        #[test]
        fn text_agrees_with_big_integers(exact in exact(), decimals in 0u32..60) {
            prop_assume!(!exact.is_zero());
            let big = Number(Form::Big(Box::new(exact.clone())));
            prop_assert_eq!(of(&exact).to_fixed(decimals), big.to_fixed(decimals));
            prop_assert_eq!(of(&exact).to_string(), big.to_string());
            prop_assert_eq!(of(&exact).rounded(), big.rounded());
            prop_assert_eq!(Number::parse(&big.to_fixed(decimals.min(24))), number_or_none(&big.to_fixed(decimals.min(24))));
        }

        #[test]
        fn a_double_is_the_nearest_one(exact in exact(), shift in -1200i32..1200) {
            let exact = exact * BigRational::from_integer(BigInt::from(2)).pow(shift);
            let distance = |double: f64| (BigRational::from_float(double).unwrap() - &exact).abs();
            match of(&exact).to_f64() {
                Some(double) => for other in [double.next_up(), double.next_down()].into_iter().filter(|other| other.is_finite()) {
                    let even = double.to_bits() % 2 == 0;
                    prop_assert!(distance(double) < distance(other) || (even && distance(double) == distance(other)), "{exact} to {double}");
                },
                None => prop_assert!(exact.abs() > BigRational::from_float(f64::MAX).unwrap()),
            }
        }
    }

    /// The number that a plain decimal stands for, by big integers alone.
    fn number_or_none(text: &str) -> Option<Number> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = whole.trim_start_matches('-').len() + fraction.len();
        let mantissa = BigInt::parse_bytes(format!("{whole}{fraction}").as_bytes(), 10)?;
        (digits <= 64).then(|| of(&BigRational::new(mantissa, power_of_ten(u32::try_from(fraction.len()).unwrap()))))
    }
}
