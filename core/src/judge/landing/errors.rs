//! What the errors of a back-test tell: scaled errors, quantiles, coverage, chances.

use super::methods::real;

/// The mean absolute scaled error of forecasts (Hyndman and Koehler, "Another look at measures of
/// forecast accuracy", 2006): their mean absolute error ÷ that of the one-step seasonal naive
/// forecasts within the training series. `None` without a forecast, or where nothing in the
/// training series differs from a season before.
pub(crate) fn mase(actual: &[f64], forecast: &[f64], training: &[f64], season: usize) -> Option<f64> {
    let scale = mean_absolute(training.iter().skip(season.max(1)).zip(training))?;
    let error = mean_absolute(actual.iter().zip(forecast))?;
    let scaled = error / scale;
    (scale > 0.0 && scaled.is_finite()).then_some(scaled)
}

/// The mean distance of pairs; `None` of none.
pub(crate) fn mean_absolute<'v>(pairs: impl Iterator<Item = (&'v f64, &'v f64)>) -> Option<f64> {
    let (sum, count) = pairs.fold((0.0, 0usize), |(sum, count), (one, other)| (sum + (one - other).abs(), count + 1));
    (count > 0).then(|| sum / real(count))
}

/// The share of outcomes that an interval is to miss.
pub(crate) const MISSED: f64 = 0.2;

/// The fewest errors from which an interval can be told: with fewer, the ends of one of 80 % would
/// lie beyond the smallest and the largest error that were ever made.
pub(crate) const LEAST_ERRORS: usize = 9;

/// The ends of the interval that misses such a share of errors, half of it on either side: their
/// quantiles at p(n + 1) (type 6 of Hyndman and Fan), so that a further error of the same kind lies
/// outside them with that probability; at the most the smallest and the largest error. `None` with
/// fewer than [`LEAST_ERRORS`].
pub(crate) fn interval(sorted: &[f64], missed: f64) -> Option<(f64, f64)> {
    let place = (missed / 2.0 * real(sorted.len() + 1)).clamp(1.0, real(sorted.len().max(1)));
    // The whole part, counted up: there is no conversion of doubles that cannot be wrong.
    let whole = (1..sorted.len()).take_while(|rank| real(rank + 1) <= place).count() + 1;
    let between = |near: f64, far: f64| near + (place - real(whole)) * (far - near);
    let (low, high) = (sorted.get(whole - 1)?, sorted.get(sorted.len().checked_sub(whole)?)?);
    let (above, below) = (sorted.get(whole).unwrap_or(low), sorted.len().checked_sub(whole + 1).and_then(|at| sorted.get(at)).unwrap_or(high));
    (sorted.len() >= LEAST_ERRORS).then(|| (between(*low, *above), between(*high, *below)))
}

/// Errors in their order, one more at a time.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sorted(pub(crate) Vec<f64>);

impl Sorted {
    pub(crate) fn insert(&mut self, error: f64) {
        let place = self.0.partition_point(|known| *known < error);
        self.0.insert(place, error);
    }
}

/// The score of an interval (Winkler 1972; Gneiting and Raftery 2007): its width, and 2 ÷ the share
/// that it is to miss times the distance by which the outcome lies outside. The smaller, the better.
pub(crate) fn interval_score((low, high): (f64, f64), outcome: f64) -> f64 {
    let outside = (low - outcome).max(0.0) + (outcome - high).max(0.0);
    (high - low) + outside * 2.0 / MISSED
}
