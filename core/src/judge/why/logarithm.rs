//! Natural logarithms of ratios, the same on every platform: by integers, not by the platform's
//! floating point.

use num_bigint::BigInt;

use crate::base::number::Number;

/// Decimals that are computed with: a fifth in units of the last fits into a machine integer.
const DECIMALS: u32 = 36;
/// ln 2 to as many decimals.
const LN_2: &str = "693147180559945309417232121458176568";
/// The most doublings by which a ratio is brought near 1: 2^1024 is what doubles reach, too.
const MOST_DOUBLINGS: i32 = 1_024;

/// ln(after ÷ before), right to about 17 significant digits; `None` unless both are positive.
pub(super) fn ln_ratio(before: &Number, after: &Number) -> Option<Number> {
    let zero = Number::from(0);
    if *before <= zero || *after <= zero {
        return None;
    }
    // after ÷ before = 2^k · high ÷ low with a ratio between 2/3 and 4/3.
    let (mut low, mut high, mut k) = (before.clone(), after.clone(), 0i32);
    let two = Number::from(2);
    while high.clone() * Number::from(3) > low.clone() * Number::from(4) && k < MOST_DOUBLINGS {
        low = low * two.clone();
        k += 1;
    }
    while high.clone() * Number::from(3) < low.clone() * two.clone() && k > -MOST_DOUBLINGS {
        high = high * two.clone();
        k -= 1;
    }
    if k.abs() >= MOST_DOUBLINGS {
        return None;
    }
    // ln(high ÷ low) = 2 · (z + z³/3 + z⁵/5 + …) with z = (high − low) ÷ (high + low), at most 1/5.
    let z = (high.clone() - low.clone()).divided_by(&(high + low))?;
    let z = BigInt::from(z.at_scale(DECIMALS).0.ok()?);
    let whole = BigInt::from(10).pow(DECIMALS);
    let square = &z * &z / &whole;
    let (mut power, mut sum) = (z.clone(), z);
    for odd in (3i32..).step_by(2) {
        power = power * &square / &whole;
        let term = &power / odd;
        if term == BigInt::from(0) {
            break;
        }
        sum += term;
    }
    let ln_2: BigInt = LN_2.parse().ok()?;
    Some(Number::from_big(sum * 2 + ln_2 * k, DECIMALS).rounded())
}

#[cfg(test)]
mod tests {
    use super::ln_ratio;
    use crate::base::number::Number;

    #[test]
    fn logarithms_are_those_of_tables() {
        // Abramowitz and Stegun, Handbook of Mathematical Functions, table 4.2 and 1.1.
        for (before, after, expected) in [
            ("1", "2", "0.6931471805599453"),
            ("1", "10", "2.302585092994046"),
            ("10", "1", "-2.302585092994046"),
            ("3", "3", "0.0000000000000000"),
            ("1", "1.1", "0.0953101798043249"),
            ("1000000", "1000001", "0.00000099999950000033"),
            ("0.001", "7", "8.853665428037450"),
        ] {
            let found = ln_ratio(&Number::parse(before).unwrap(), &Number::parse(after).unwrap()).unwrap();
            let decimals = u32::try_from(expected.split('.').nth(1).unwrap().len()).unwrap();
            assert_eq!(found.to_fixed(decimals), expected, "{before} {after}");
        }
        let float = |value: &str| Number::parse(value).unwrap();
        for value in ["0.3333", "123456.789", "0.000000017", "98765432109876543210"] {
            let found = ln_ratio(&float("1"), &float(value)).unwrap().to_f64().unwrap();
            let platform = value.parse::<f64>().unwrap().ln();
            assert!((found - platform).abs() <= 1e-14 * platform.abs(), "{value}: {found} {platform}");
        }
        for (before, after) in [("0", "1"), ("1", "0"), ("-1", "1"), ("-2", "-1")] {
            assert!(ln_ratio(&float(before), &float(after)).is_none());
        }
    }
}
