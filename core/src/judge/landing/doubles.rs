//! Between exact numbers and the doubles that forecasts are computed with.

use crate::base::number::Number;

/// The digits that a forecast is told with; all whole digits are kept.
const DIGITS: usize = 6;

/// A forecast as a number of six significant digits, or more where it is whole; `None` when it is
/// none or has more digits than a number can be read with.
pub(crate) fn number(forecast: f64) -> Option<Number> {
    let mut decimals = DIGITS - 1;
    let mut size = forecast.abs();
    while size >= 10.0 && decimals > 0 {
        (size, decimals) = (size / 10.0, decimals - 1);
    }
    while size > 0.0 && size < 1.0 && decimals < 2 * DIGITS {
        (size, decimals) = (size * 10.0, decimals + 1);
    }
    rounded(forecast, decimals)
}

/// A forecast rounded to so many decimals, half to even as a double is written.
pub(crate) fn rounded(forecast: f64, decimals: usize) -> Option<Number> {
    forecast.is_finite().then(|| Number::parse(&format!("{forecast:.decimals$}")))?
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn six_digits_tell_enough() {
        for (forecast, told) in [
            (309.648_123_4, "309.648"),
            (1_234_567.8, "1234568"),
            (0.012_345_678, "0.0123457"),
            (-0.25, "-0.25"),
            (0.0, "0"),
            (-0.0, "0"),
            (1e-20, "0"),
            (99_999.95, "99999.9"),
        ] {
            assert_eq!(number(forecast).unwrap().to_string(), told);
        }
        for none in [f64::NAN, f64::INFINITY, 1e200] {
            assert_eq!(number(none), None);
        }
    }
}
