//! The methods of forecasting, by the names of the field. Sums, differences, products, quotients
//! and nothing else, in a fixed order, so that every platform gets the same bits.

use serde::Serialize;

use super::smoothing::damped_trend;

/// How the rest of a period is forecast; the simplest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// What is left of the period goes as the period went so far: the mean of the steps to date.
    RunRate,
    /// As the last season: the same weekday of the last week, the same month of the last year.
    SeasonalNaive,
    /// As the same days of the last year (364 days before, so that weekdays agree), at this
    /// year's level: times the ratio of the last four weeks to the same weeks a year before.
    LastYear,
    /// Exponential smoothing with a damped trend and an additive season (Holt, Winters; Gardner
    /// and McKenzie), parameters by least squares.
    DampedTrend,
    /// The mean of damped trend and last year's shape.
    Combination,
}

impl Method {
    /// All, the simplest first.
    pub(crate) const ALL: [Self; 5] = [Self::RunRate, Self::SeasonalNaive, Self::LastYear, Self::DampedTrend, Self::Combination];

    /// The name of the method, as a sentence says it.
    ///
    /// ```
    /// assert_eq!(marketingos::Method::DampedTrend.words(), "damped trend");
    /// ```
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::RunRate => "run-rate",
            Self::SeasonalNaive => "seasonal naive",
            Self::LastYear => "last year's shape",
            Self::DampedTrend => "damped trend",
            Self::Combination => "the mean of damped trend and last year's shape",
        }
    }
}

/// What is forecast of the next steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ahead {
    /// Their sum.
    pub(crate) total: f64,
    /// The last of them.
    pub(crate) last: f64,
}

/// What is known of the rhythm of a series, in steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rhythm {
    /// The season: 7 for days, 12 for months, 4 for quarters, 52 for weeks, 1 for none.
    pub(crate) season: usize,
    /// The year, where it is longer than the season: 364 for days; else 0.
    pub(crate) year: usize,
}

impl Rhythm {
    /// Of days.
    pub(crate) const DAYS: Self = Self { season: 7, year: 364 };

    /// The latest steps that show the level: four seasons.
    fn recent(self) -> usize {
        self.season.saturating_mul(4)
    }
}

/// A double of a count, exact for all that a series can have.
pub(crate) fn real(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The forecasts of every method at each origin, in the order of [`Method::ALL`]; `None` where a
/// method needs more past than there is. `elapsed` are the steps of the period that are over.
pub(crate) fn forecasts(values: &[f64], rhythm: Rhythm, elapsed: usize, steps: usize, origins: &[usize]) -> Vec<[Option<Ahead>; 5]> {
    let damped = damped_trend(values, rhythm.season, steps, origins);
    let at = |(origin, damped): (&usize, Option<Ahead>)| {
        let past = values.get(..*origin).unwrap_or_default();
        let last_year = last_year(past, rhythm, steps);
        let mean = |(one, other): (Ahead, Ahead)| Ahead { total: (one.total + other.total) / 2.0, last: (one.last + other.last) / 2.0 };
        [run_rate(past, rhythm, elapsed, steps), seasonal_naive(past, rhythm.season, steps), last_year, damped, damped.zip(last_year).map(mean)]
    };
    origins.iter().zip(damped).map(at).collect()
}

/// The mean of the steps to date; of the last season, where the period has only begun.
pub(super) fn run_rate(past: &[f64], rhythm: Rhythm, elapsed: usize, steps: usize) -> Option<Ahead> {
    let to_date = if elapsed == 0 { rhythm.season.max(1) } else { elapsed };
    let to_date = past.get(past.len().checked_sub(to_date)?..)?;
    let last = to_date.iter().sum::<f64>() / real(to_date.len());
    Some(Ahead { total: last * real(steps), last })
}

/// The last season again and again.
pub(crate) fn seasonal_naive(past: &[f64], season: usize, steps: usize) -> Option<Ahead> {
    let season = past.get(past.len().checked_sub(season.max(1))?..)?;
    Some(summed(season.iter().cycle().take(steps)))
}

fn last_year(past: &[f64], rhythm: Rhythm, steps: usize) -> Option<Ahead> {
    if rhythm.year == 0 || steps > rhythm.year {
        return None;
    }
    let then = past.len().checked_sub(rhythm.year)?;
    let recent = |end: usize| Some(past.get(end.checked_sub(rhythm.recent())?..end)?.iter().sum::<f64>());
    let (now, before) = (recent(past.len())?, recent(then)?);
    let shape = summed(past.get(then..then + steps)?.iter());
    let level = now / before;
    (before > 0.0 && now >= 0.0).then_some(Ahead { total: shape.total * level, last: shape.last * level })
}

fn summed<'v>(values: impl Iterator<Item = &'v f64>) -> Ahead {
    values.fold(Ahead { total: 0.0, last: 0.0 }, |sum, value| Ahead { total: sum.total + value, last: *value })
}
