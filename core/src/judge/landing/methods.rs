//! The methods of forecasting, by the names of the field. Sums, differences, products, quotients
//! and nothing else, in a fixed order, so that every platform gets the same bits.

use serde::Serialize;

use super::smoothing::damped_trend;
use crate::words::Message;

/// How the rest of a period is forecast; the simplest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// What is left of the period goes as the period went so far: the mean of the steps to date.
    RunRate,
    /// As the last season: the same weekday of the last week, the same month of the last year; where
    /// too few years are known, as the last period.
    SeasonalNaive,
    /// As the same days of the last year (364 days before, so that weekdays agree), at this
    /// year's level: times the ratio of the last four weeks to the same weeks a year before.
    LastYear,
    /// Exponential smoothing with a damped trend and an additive season (Holt, Winters; Gardner
    /// and McKenzie), parameters by least squares.
    DampedTrend,
    /// The mean of seasonal naive, damped trend and, where there is one, last year's shape: what
    /// errs for different reasons errs less together (Bates and Granger 1969; Clemen 1989).
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
            Self::Combination => "a combination of methods",
        }
    }

    /// The method as a message.
    pub(crate) fn message(self) -> Message {
        match self {
            Self::RunRate => Message::MethodRunRate,
            Self::SeasonalNaive => Message::MethodSeasonalNaive,
            Self::LastYear => Message::MethodLastYear,
            Self::DampedTrend => Message::MethodDampedTrend,
            Self::Combination => Message::MethodCombination,
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
    /// How far apart the origins of a back-test lie: a week of days, so that they are all of one
    /// weekday; else one step.
    pub(crate) stride: usize,
}

impl Rhythm {
    /// Of days.
    pub(crate) const DAYS: Self = Self { season: 7, year: 364, stride: 7 };

    /// Of whole periods.
    pub(crate) fn of_periods(season: usize) -> Self {
        Self { season, year: 0, stride: 1 }
    }

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
        let naive = seasonal_naive(past, rhythm.season, steps);
        [run_rate(past, elapsed, steps), naive, last_year, damped, damped.zip(naive).map(|(one, other)| mean(&[Some(one), Some(other), last_year]))]
    };
    origins.iter().zip(damped).map(at).collect()
}

/// The mean of the steps to date.
pub(super) fn run_rate(past: &[f64], elapsed: usize, steps: usize) -> Option<Ahead> {
    let to_date = past.get(past.len().checked_sub(elapsed)?..).filter(|to_date| !to_date.is_empty())?;
    let last = to_date.iter().sum::<f64>() / real(to_date.len());
    Some(Ahead { total: last * real(steps), last })
}

/// The last season again and again.
pub(crate) fn seasonal_naive(past: &[f64], season: usize, steps: usize) -> Option<Ahead> {
    let season = past.get(past.len().checked_sub(season.max(1))?..)?;
    Some(summed(season.iter().cycle().take(steps)))
}

fn mean(methods: &[Option<Ahead>]) -> Ahead {
    let (sum, count) = methods
        .iter()
        .flatten()
        .fold((Ahead { total: 0.0, last: 0.0 }, 0usize), |(sum, count), one| (Ahead { total: sum.total + one.total, last: sum.last + one.last }, count + 1));
    let count = real(count.max(1));
    Ahead { total: sum.total / count, last: sum.last / count }
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
    (before != 0.0 && level >= 0.0).then_some(Ahead { total: shape.total * level, last: shape.last * level })
}

fn summed<'v>(values: impl Iterator<Item = &'v f64>) -> Ahead {
    values.fold(Ahead { total: 0.0, last: 0.0 }, |sum, value| Ahead { total: sum.total + value, last: *value })
}
