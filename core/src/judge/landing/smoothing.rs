//! Exponential smoothing with a damped trend and an additive season (Holt and Winters; damped by
//! Gardner and McKenzie), its parameters chosen from a fixed grid by least squares.
//!
//! In the error-correction form of Hyndman and Athanasopoulos, *Forecasting: Principles and
//! Practice* (3rd ed.), §8.5. With the error `e = y − (ℓ + φb + s)`:
//!
//! ```text
//! ℓ ← ℓ + φb + αe        b ← φb + αβ*e        s ← s + γe
//! forecast h steps ahead: ℓ + (φ + φ² + … + φʰ)b + the season's latest s
//! ```
//!
//! The grid is walked once for all origins: at each, the point with the least sum of squared
//! one-step errors *so far* is taken, so nothing after the origin is used.

use super::methods::{Ahead, real};

/// How a filter follows its series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Smoothing {
    /// Of the level, 0 to 1.
    pub(super) alpha: f64,
    /// Of the trend, β*, 0 to 1.
    pub(super) beta: f64,
    /// Of the season, 0 to 1.
    pub(super) gamma: f64,
    /// What is left of the trend a step later, 0 to 1.
    pub(super) phi: f64,
}

const ALPHAS: [f64; 5] = [0.05, 0.1, 0.2, 0.4, 0.7];
const TRENDS: [(f64, f64); 7] = [(0.0, 0.9), (0.05, 0.85), (0.05, 0.95), (0.05, 0.99), (0.2, 0.85), (0.2, 0.95), (0.2, 0.99)];
const GAMMAS: [f64; 2] = [0.05, 0.2];

/// Where a filter stands.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) level: f64,
    pub(super) trend: f64,
    /// One for each step of the season, by the position of a value modulo its length.
    pub(super) seasons: Vec<f64>,
}

impl State {
    /// From the first season: its mean, no trend, and the distances from the mean.
    pub(super) fn start(first: &[f64]) -> Self {
        let level = first.iter().sum::<f64>() / real(first.len().max(1));
        Self { level, trend: 0.0, seasons: first.iter().map(|value| value - level).collect() }
    }

    /// Takes in the value at a position; its one-step error is returned.
    pub(super) fn step(&mut self, at: usize, value: f64, by: &Smoothing) -> f64 {
        let slot = at % self.seasons.len().max(1);
        let Some(season) = self.seasons.get_mut(slot) else { return 0.0 };
        let damped = by.phi * self.trend;
        let error = value - (self.level + damped + *season);
        self.level = self.level + damped + by.alpha * error;
        self.trend = damped + by.alpha * by.beta * error;
        *season += by.gamma * error;
        error
    }

    /// The next steps, the first of them at a position.
    pub(super) fn ahead(&self, at: usize, steps: usize, phi: f64) -> Ahead {
        let (mut total, mut last, mut damping, mut reach) = (0.0, 0.0, 1.0, 0.0);
        for season in self.seasons.iter().cycle().skip(at % self.seasons.len().max(1)).take(steps) {
            damping *= phi;
            reach += damping;
            last = self.level + reach * self.trend + season;
            total += last;
        }
        Ahead { total, last }
    }
}

/// Every point of the grid, the steadiest first.
fn grid(season: usize) -> impl Iterator<Item = Smoothing> {
    let gammas = if season > 1 { GAMMAS.as_slice() } else { &[0.0] };
    let points = ALPHAS.into_iter().flat_map(|alpha| TRENDS.into_iter().map(move |(beta, phi)| (alpha, beta, phi)));
    points.flat_map(move |(alpha, beta, phi)| gammas.iter().map(move |gamma| Smoothing { alpha, beta, gamma: *gamma, phi }))
}

/// The next `steps` from each origin (the number of values known there, ascending); `None` where
/// fewer than two seasons are known.
pub(crate) fn damped_trend(values: &[f64], season: usize, steps: usize, origins: &[usize]) -> Vec<Option<Ahead>> {
    let season = season.max(1);
    let mut best: Vec<Option<(f64, State, f64)>> = vec![None; origins.len()];
    let Some(first) = values.get(..season) else { return vec![None; origins.len()] };
    for by in grid(season) {
        let mut state = State::start(first);
        if season == 1 {
            // One value is its own level, and has no season.
            state.seasons = vec![0.0];
        }
        let (mut known, mut squares) = (season, 0.0);
        for (origin, best) in origins.iter().zip(&mut best) {
            while known < *origin {
                let Some(value) = values.get(known) else { break };
                let error = state.step(known, *value, &by);
                squares += error * error;
                known += 1;
            }
            let better = best.as_ref().is_none_or(|(least, ..)| squares < *least);
            if known >= season.saturating_mul(2) && better {
                *best = Some((squares, state.clone(), by.phi));
            }
        }
    }
    let ahead = |(best, origin): (Option<(f64, State, f64)>, &usize)| best.map(|(_, state, phi)| state.ahead(*origin, steps, phi));
    best.into_iter().zip(origins).map(ahead).collect()
}
