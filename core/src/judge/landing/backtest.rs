//! Back-testing: what each method would have said in the past, and how wrong it would have been.
//!
//! The origin rolls through the series' own past, of days a week at a time, so that it always lies
//! on the same weekday as today. At each origin only what came before is used. What happened
//! afterwards gives the error of each method; the one with the least mean absolute error is taken,
//! of equals the simpler one. Its errors are how wrong it usually is: the interval and the chance
//! of meeting a target are read from them as they are, without any assumed distribution, so that
//! they may lean to one side.

use super::errors::{LEAST_ERRORS, MISSED, Sorted, interval, interval_score};
use super::methods::{self, Ahead, Method, Rhythm, forecasts, real};

/// The most origins of a back-test: three years of weeks.
const MOST_ORIGINS: usize = 156;

/// The fewest outcomes that do not overlap which the origins must span.
const LEAST_APART: usize = 3;
/// How much of every miss the next intervals take back: the step size of adaptive conformal
/// inference. A past has a hundred outcomes at most, and they overlap, so it is larger than for
/// series of thousands.
const ADAPTS: f64 = 0.05;
/// The range in which the share may move that intervals are drawn to miss.
const LEAST_MISSED: f64 = 0.01;
const MOST_MISSED: f64 = 0.4;

/// What is to be landed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The sum over the period.
    Total,
    /// The mean over the period.
    Mean,
    /// The last step of the period.
    Last,
    /// The sum of the first series over the period ÷ that of the second.
    Ratio,
}

/// The series, oldest value first, and where the period stands: its last `elapsed` values are of
/// the period, and `steps` are still to come.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Past<'v> {
    pub(crate) values: &'v [f64],
    /// The denominator of a ratio; else empty.
    pub(crate) below: &'v [f64],
    pub(crate) outcome: Outcome,
    pub(crate) rhythm: Rhythm,
    pub(crate) elapsed: usize,
    pub(crate) steps: usize,
}

/// A method and how it did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Tried {
    pub(crate) method: Method,
    /// What it says now.
    pub(crate) says: f64,
    /// Its mean absolute error over the origins.
    pub(crate) error: f64,
    /// The same ÷ that of seasonal naive at the same origins.
    pub(crate) scaled: Result<f64, Unscaled>,
}

/// Why an error is not held against that of seasonal naive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unscaled {
    /// Seasonal naive was never wrong.
    NeverWrong,
    /// At some of the origins seasonal naive says nothing.
    NotTried,
    /// The quotient is too large to compute with.
    OutOfRange,
}

/// A back-tested forecast.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tested {
    /// The one that is taken.
    pub(crate) chosen: Tried,
    /// All that were tried, the simplest first.
    pub(crate) tried: Vec<Tried>,
    /// The number of origins.
    pub(crate) origins: usize,
    /// Where the outcome would be if the chosen method were as wrong as it was at each origin,
    /// ascending.
    pub(crate) outcomes: Vec<f64>,
    /// The interval that holds 80 %.
    pub(crate) interval: Option<(f64, f64)>,
    /// How often such an interval, drawn from nothing but what was known at an origin, held the
    /// outcome: so many of so many.
    pub(crate) held: (usize, usize),
    /// Whether errors are taken as shares of what is forecast.
    pub(crate) by_level: bool,
}

/// Why there is no back-tested forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Untested {
    /// The past has too few origins.
    TooShort {
        /// How many it has.
        origins: usize,
        /// How many it takes.
        needed: usize,
    },
    /// Some figure is too large to compute with.
    OutOfRange,
}

/// One origin: what each method said, and what came.
struct Trial {
    origin: usize,
    said: [Option<f64>; 5],
    came: f64,
}

/// Forecasts the outcome of the period, back-tested.
pub(crate) fn forecast(past: &Past<'_>) -> Result<Tested, Untested> {
    let now = past.values.len();
    let origins = origins(past);
    let with_now: Vec<usize> = origins.iter().copied().chain([now]).collect();
    let above = forecasts(past.values, past.rhythm, past.elapsed, past.steps, &with_now);
    let below = if past.outcome == Outcome::Ratio { forecasts(past.below, past.rhythm, past.elapsed, past.steps, &with_now) } else { Vec::new() };
    let bounds = (bounds(past.values), bounds(past.below));
    let said = |position: usize, origin: usize| -> [Option<f64>; 5] {
        let at = |forecasts: &[[Option<Ahead>; 5]], method: usize, bounds: Bounds| {
            let ahead = forecasts.get(position).and_then(|all| all.get(method)).copied().flatten()?;
            Some(Ahead { total: bounds.hold(ahead.total), last: bounds.hold(ahead.last) })
        };
        std::array::from_fn(|method| {
            let above = landed(past, past.values, origin, at(&above, method, bounds.0)?)?;
            let of = if past.outcome == Outcome::Ratio { landed(past, past.below, origin, at(&below, method, bounds.1)?)? } else { 1.0 };
            (of != 0.0).then(|| above / of)
        })
    };
    let mut trials = Vec::with_capacity(origins.len());
    for (position, origin) in origins.iter().enumerate() {
        if let Some(came) = came(past, *origin) {
            trials.push(Trial { origin: *origin, said: said(position, *origin), came });
        }
    }
    let says = said(origins.len(), now);
    // Outcomes that overlap are not so many different ones; more origins than are looked at are never asked for.
    let least = LEAST_ERRORS.max(past.steps.div_ceil(past.rhythm.stride.max(1)).saturating_mul(LEAST_APART)).min(MOST_ORIGINS);
    // A method that needs more past is tried where there is enough for it, and then all are tried there.
    let knows = |trial: &Trial, method: usize| trial.said.get(method).is_some_and(Option::is_some);
    let known = |method: usize| trials.iter().filter(|trial| knows(trial, method)).count();
    let speaks = || (0..Method::ALL.len()).filter(|method| says.get(*method).is_some_and(Option::is_some));
    let mut able: Vec<usize> = speaks().filter(|method| known(*method) >= least).collect();
    // Methods that know different origins may share too few: of those that know fewest, the least simple gives way.
    while trials.iter().filter(|trial| able.iter().all(|method| knows(trial, *method))).count() < least {
        let Some(fewest) = able.iter().copied().rev().min_by_key(|method| known(*method)) else { break };
        able.retain(|method| *method != fewest);
    }
    if able.is_empty() {
        return Err(Untested::TooShort { origins: speaks().map(known).max().unwrap_or(0), needed: least });
    }
    trials.retain(|trial| able.iter().all(|method| knows(trial, *method)));
    let error = |method: usize| {
        trials.iter().map(|trial| (trial.said.get(method).copied().flatten().unwrap_or(0.0) - trial.came).abs()).sum::<f64>() / real(trials.len())
    };
    let naive = Method::ALL.iter().position(|method| *method == Method::SeasonalNaive);
    let naive = naive.filter(|naive| trials.iter().all(|trial| knows(trial, *naive))).map(error);
    let scaled = |error: f64| match naive {
        None => Err(Unscaled::NotTried),
        Some(naive) if naive > 0.0 => Some(error / naive).filter(|scaled| scaled.is_finite()).ok_or(Unscaled::OutOfRange),
        Some(_) => Err(Unscaled::NeverWrong),
    };
    let tried: Vec<Tried> = able
        .iter()
        .filter_map(|at| {
            let (method, says, error) = (*Method::ALL.get(*at)?, says.get(*at).copied().flatten()?, error(*at));
            Some(Tried { method, says, error, scaled: scaled(error) })
        })
        .collect();
    // Less than what rounding alone makes is no difference.
    let size = trials.iter().map(|trial| trial.came.abs()).sum::<f64>() / real(trials.len());
    let chosen = tried.iter().copied().reduce(|best, other| if other.error + size * 1e-12 < best.error { other } else { best });
    let chosen = chosen
        .filter(|chosen| chosen.says.is_finite() && chosen.error.is_finite() && tried.iter().all(|tried| tried.error.is_finite()))
        .ok_or(Untested::OutOfRange)?;
    let place = Method::ALL.iter().position(|method| *method == chosen.method).unwrap_or(0);
    let pairs: Vec<(usize, f64, f64)> =
        trials.iter().map(|trial| (trial.origin, trial.said.get(place).copied().flatten().unwrap_or(0.0), trial.came)).collect();
    Ok(told(past, chosen, tried, &pairs))
}

/// The origins of the past, ascending: a stride apart, counted back from now, each followed by a
/// whole outcome and preceded by two seasons and by the steps to date.
fn origins(past: &Past<'_>) -> Vec<usize> {
    let season = past.rhythm.season.max(1);
    let first = season.saturating_mul(2).max(past.elapsed);
    let length = if past.outcome == Outcome::Ratio { past.values.len().min(past.below.len()) } else { past.values.len() };
    let last = length.checked_sub(past.steps);
    let mut origins: Vec<usize> = (1..=past.values.len())
        .map_while(|back| past.values.len().checked_sub(back.checked_mul(past.rhythm.stride.max(1))?))
        .take_while(|origin| *origin >= first)
        .filter(|origin| last.is_some_and(|last| *origin <= last))
        .take(MOST_ORIGINS)
        .collect();
    origins.reverse();
    origins
}

/// The outcome by what is known at an origin and what is forecast of the rest.
fn landed(past: &Past<'_>, values: &[f64], origin: usize, ahead: Ahead) -> Option<f64> {
    let to_date = values.get(origin.checked_sub(past.elapsed)?..origin)?.iter().sum::<f64>();
    Some(match past.outcome {
        Outcome::Total | Outcome::Ratio => to_date + ahead.total,
        Outcome::Mean => (to_date + ahead.total) / real(past.elapsed + past.steps),
        Outcome::Last => ahead.last,
    })
}

/// What was never negative is not forecast to be, nor what was never positive.
#[derive(Clone, Copy, Debug)]
struct Bounds {
    low: f64,
    high: f64,
}

impl Bounds {
    const NONE: Self = Self { low: f64::NEG_INFINITY, high: f64::INFINITY };

    fn hold(self, value: f64) -> f64 {
        value.max(self.low).min(self.high)
    }
}

fn bounds(values: &[f64]) -> Bounds {
    Bounds {
        low: if values.iter().any(|value| *value < 0.0) { f64::NEG_INFINITY } else { 0.0 },
        high: if values.iter().any(|value| *value > 0.0) { f64::INFINITY } else { 0.0 },
    }
}

/// The bounds of what is still to come of the outcome.
fn bounds_of(past: &Past<'_>) -> Bounds {
    let above = bounds(past.values);
    match (past.outcome, bounds(past.below)) {
        (Outcome::Ratio, below) if below.low < 0.0 && below.high > 0.0 => Bounds::NONE,
        (Outcome::Ratio, below) if below.low < 0.0 => Bounds { low: -above.high, high: -above.low },
        _ => above,
    }
}

/// The outcome if the period went on as it went so far: what can be said without any back-test.
pub(crate) fn run_rate(past: &Past<'_>) -> Option<f64> {
    let now = past.values.len();
    let of = |values: &[f64]| landed(past, values, now, methods::run_rate(values, past.elapsed, past.steps)?);
    let outcome = match past.outcome {
        // The level stays where it is: what came before says nothing of a balance.
        Outcome::Last => past.values.last().copied()?,
        Outcome::Ratio => of(past.values)? / of(past.below)?,
        Outcome::Total | Outcome::Mean => of(past.values)?,
    };
    Some(outcome).filter(|outcome| outcome.is_finite())
}

/// What came after an origin.
fn came(past: &Past<'_>, origin: usize) -> Option<f64> {
    let of = |values: &[f64]| {
        let after = values.get(origin..origin + past.steps)?;
        landed(past, values, origin, Ahead { total: after.iter().sum(), last: after.last().copied()? })
    };
    match past.outcome {
        Outcome::Ratio => Some(of(past.values)? / of(past.below)?).filter(|ratio| ratio.is_finite()),
        _ => of(past.values),
    }
}

/// What the errors of the chosen method tell.
fn told(past: &Past<'_>, chosen: Tried, tried: Vec<Tried>, pairs: &[(usize, f64, f64)]) -> Tested {
    // What is known already is not forecast: errors are shares of the rest.
    let known = if past.outcome == Outcome::Total { past.elapsed } else { 0 };
    let to_date = |origin: usize| past.values.get(origin.saturating_sub(known)..origin).unwrap_or_default().iter().sum::<f64>();
    let rest: Vec<(usize, f64, f64)> = pairs.iter().map(|(origin, said, came)| (*origin, said - to_date(*origin), *came - to_date(*origin))).collect();
    let (base, says) = (to_date(past.values.len()), chosen.says - to_date(past.values.len()));
    let levels = [1.0, -1.0].into_iter().any(|sign| says * sign > 0.0 && rest.iter().all(|(_, said, _)| *said * sign > 0.0));
    let (plain, scaled) = (judged(past, &rest, false), if levels { judged(past, &rest, true) } else { None });
    let by_level = scaled.as_ref().zip(plain.as_ref()).is_some_and(|(scaled, plain)| scaled.score < plain.score);
    let judged = if by_level { scaled } else { plain };
    let error = |(_, said, came): &(usize, f64, f64)| if by_level { (came - said) / said.abs() * says.abs() } else { came - said };
    let mut errors = Sorted::default();
    rest.iter().map(error).filter(|error| error.is_finite()).for_each(|error| errors.insert(error));
    let missed = judged.as_ref().map_or(MISSED, |judged| judged.missed);
    let bounds = bounds_of(past);
    let bounds = Bounds { low: bounds.low + base, high: bounds.high + base };
    let at = |error: f64| bounds.hold(base + says + error);
    let interval = interval(&errors.0, missed).map(|(low, high)| (at(low), at(high)));
    let outcomes = errors.0.iter().map(|error| at(*error)).collect();
    Tested { chosen, tried, origins: pairs.len(), outcomes, interval, held: judged.map_or((0, 0), |judged| judged.held), by_level }
}

/// How intervals would have done that were drawn at each origin from what was known there.
struct Judged {
    score: f64,
    held: (usize, usize),
    /// The share that the next interval is drawn to miss, so that 20 % are missed.
    missed: f64,
}

/// Draws an interval at every origin, in their order. The errors of a series that changes are less
/// alike than one another's past, so intervals from plain quantiles hold too little; after each
/// outcome the next ones are drawn a little wider if it was missed, else a little narrower
/// (adaptive conformal inference: Gibbs and Candès, NeurIPS 2021).
fn judged(past: &Past<'_>, rest: &[(usize, f64, f64)], by_level: bool) -> Option<Judged> {
    let mut known = Sorted::default();
    let mut judged = Judged { score: 0.0, held: (0, 0), missed: MISSED };
    let mut drawn: Vec<Option<bool>> = Vec::with_capacity(rest.len());
    let ends = rest.iter().map(|(origin, ..)| *origin).chain([past.values.len()]);
    let mut over = 0usize;
    for (at, origin) in ends.enumerate() {
        // An outcome is known once all its steps are over.
        while let Some((_, said, came)) = rest.get(over).filter(|(earlier, ..)| over < at && earlier + past.steps <= origin) {
            known.insert(if by_level { (came - said) / said.abs() } else { came - said });
            if let Some(held) = drawn.get(over).copied().flatten() {
                let step = if held { MISSED } else { MISSED - 1.0 };
                judged.missed = (judged.missed + ADAPTS * step).clamp(LEAST_MISSED, MOST_MISSED);
            }
            over += 1;
        }
        let Some((_, said, came)) = rest.get(at) else { break };
        let scale = if by_level { said.abs() } else { 1.0 };
        drawn.push(interval(&known.0, judged.missed).map(|(low, high)| {
            let (low, high) = (said + low * scale, said + high * scale);
            judged.score += interval_score((low, high), *came);
            let held = low <= *came && *came <= high;
            judged.held.0 += usize::from(held);
            judged.held.1 += 1;
            held
        }));
    }
    (judged.held.1 > 0).then_some(judged)
}
