//! Forecasts against worked numbers, and what must hold for any series.

use proptest::prelude::*;

use super::backtest::{Outcome, Past, Unscaled, Untested, forecast, run_rate};
use super::errors::{Sorted, interval, interval_score, mase};
use super::methods::{Method, Rhythm, forecasts};
use super::smoothing::{Smoothing, State, damped_trend};

/// Air passengers of Australia in millions, 1990 to 2004 (Hyndman and Athanasopoulos, *Forecasting:
/// Principles and Practice*, data set `ausair`, as in the documentation of statsmodels).
const AIR: [f64; 15] =
    [17.5534, 21.8601, 23.8866, 26.9293, 26.8885, 28.8314, 30.0751, 30.9535, 30.1857, 31.5797, 32.577569, 33.477398, 39.021581, 41.386432, 41.596552];

/// Visitor nights in Australia by quarter, 2005 to 2010 (the same book, `austourists`).
const NIGHTS: [f64; 24] = [
    41.72746, 24.04185, 32.32810, 37.32871, 46.21315, 29.34633, 36.48291, 42.97772, 48.90152, 31.18022, 37.71788, 40.42021, 51.20687, 31.88723, 40.97826,
    43.77249, 55.55857, 33.85092, 42.07638, 45.64229, 59.76678, 35.19188, 44.31974, 47.91374,
];

fn followed(values: &[f64], season: usize, by: &Smoothing) -> (State, f64) {
    let mut state = State::start(&values[..season]);
    let squares = (season..values.len()).map(|at| state.step(at, values[at], by)).map(|error| error * error).sum();
    (state, squares)
}

fn near(left: f64, right: f64) {
    assert!((left - right).abs() < 1e-9 * right.abs().max(1.0), "{left} is not {right}");
}

#[test]
fn holt_damped_is_that_of_statsmodels() {
    // statsmodels 0.15.0: Holt(y[1:], damped_trend=True, initialization_method="known",
    // initial_level=y[0], initial_trend=0).fit(0.8, 0.2, damping_trend=0.98, optimized=False)
    let by = Smoothing { alpha: 0.8, beta: 0.2, gamma: 0.0, phi: 0.98 };
    let (state, squares) = followed(&AIR, 1, &by);
    near(squares, 61.75965134017294);
    let wanted = [43.42738477926811, 44.97545984037975, 46.49257340026915, 47.97934468896077, 49.43638055187856];
    for (steps, wanted) in (1..).zip(wanted) {
        near(state.ahead(AIR.len(), steps, by.phi).last, wanted);
    }
    near(state.ahead(AIR.len(), 5, by.phi).total, wanted.iter().sum());
}

#[test]
fn holt_winters_damped_is_that_of_statsmodels() {
    // statsmodels 0.15.0: ETSModel(y[4:], error="add", trend="add", damped_trend=True, seasonal="add",
    // seasonal_periods=4), level, trend and season known from the first year, smooth([0.4, 0.08, 0.2,
    // 0.95]), where 0.08 = αβ*. (Its ExponentialSmoothing says 49.6704 for the fourth quarter: it
    // forecasts with the season from before the last value.)
    let by = Smoothing { alpha: 0.4, beta: 0.2, gamma: 0.2, phi: 0.95 };
    let (state, squares) = followed(&NIGHTS, 4, &by);
    near(squares, 119.60155424865418);
    let wanted = [57.90323641059485, 36.95501650885738, 45.332618709408365, 49.45456578797044, 58.95688493129893, 37.95598260352625];
    for (steps, wanted) in (1..).zip(wanted) {
        near(state.ahead(NIGHTS.len(), steps, by.phi).last, wanted);
    }
}

#[test]
fn at_an_origin_nothing_later_is_known() {
    let origins = [10, 16, 24];
    let all = damped_trend(&NIGHTS, 4, 3, &origins);
    let rhythm = Rhythm { season: 4, year: 8, stride: 4 };
    let every = forecasts(&NIGHTS, rhythm, 2, 3, &origins);
    for (place, origin) in origins.into_iter().enumerate() {
        assert_eq!(damped_trend(&NIGHTS[..origin], 4, 3, &[origin])[0], all[place]);
        assert_eq!(forecasts(&NIGHTS[..origin], rhythm, 2, 3, &[origin])[0], every[place]);
    }
    assert_eq!(damped_trend(&NIGHTS[..7], 4, 3, &[7]), [None], "one season and a part tell no season");
}

#[test]
fn methods_by_hand() {
    // Two weeks of three days: 1 2 6, 2 4 12; two days are over.
    let values = [1.0, 2.0, 6.0, 2.0, 4.0, 12.0];
    let [rate, naive, ..] = forecasts(&values, Rhythm { season: 3, year: 0, stride: 3 }, 2, 4, &[6])[0];
    assert_eq!(rate.unwrap().total, 32.0, "(4 + 12) ÷ 2 × 4");
    assert_eq!((naive.unwrap().total, naive.unwrap().last), (20.0, 2.0), "2 + 4 + 12 + 2");
    // A year of eight steps in seasons of one: the last four are twice those of a year before.
    let values = [1.0, 1.0, 1.0, 1.0, 3.0, 5.0, 1.0, 1.0, 2.0, 2.0, 2.0, 2.0];
    let last_year = forecasts(&values, Rhythm { season: 1, year: 8, stride: 1 }, 2, 2, &[12])[0][2].unwrap();
    assert_eq!((last_year.total, last_year.last), (16.0, 10.0), "3 + 5, doubled");
}

#[test]
fn scaled_errors_by_hand() {
    // Training 1 3 2 6: steps of 2, 1 and 4, on average 7 ÷ 3. Errors of 1 and 2, on average 1.5.
    assert_eq!(mase(&[5.0, 8.0], &[6.0, 6.0], &[1.0, 3.0, 2.0, 6.0], 1), Some(1.5 / (7.0 / 3.0)));
    // By a season of two: |2 − 1| and |6 − 3|, on average 2.
    assert_eq!(mase(&[5.0, 8.0], &[6.0, 6.0], &[1.0, 3.0, 2.0, 6.0], 2), Some(0.75));
    assert_eq!(mase(&[5.0], &[6.0], &[3.0, 3.0], 1), None, "nothing ever changed");
    assert_eq!(mase(&[], &[], &[3.0, 4.0], 1), None);
}

#[test]
fn intervals_by_hand() {
    let sorted: Vec<f64> = (1..=9).map(f64::from).collect();
    assert_eq!(interval(&sorted, 0.2), Some((1.0, 9.0)), "of nine errors, a tenth lies below the first");
    assert_eq!(interval(&sorted[..8], 0.2), None);
    // 0.1 × 15 = 1.5: half way from the first to the second.
    let sorted: Vec<f64> = (1..=14).map(f64::from).collect();
    assert_eq!(interval(&sorted, 0.2), Some((1.5, 13.5)));
    assert_eq!(interval(&sorted, 0.4), Some((3.0, 12.0)));
    assert_eq!(interval(&sorted, 0.01), Some((1.0, 14.0)), "never beyond what has been");
    // They lean to one side when errors do.
    let skewed = [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 4.0, 9.0];
    assert_eq!(interval(&skewed, 0.2), Some((0.0, 9.0)));
    assert_eq!(interval_score((2.0, 5.0), 4.0), 3.0);
    assert_eq!(interval_score((2.0, 5.0), 6.0), 3.0 + 10.0);
    let mut kept = Sorted::default();
    [3.0, 1.0, 2.0, 1.0].into_iter().for_each(|error| kept.insert(error));
    assert_eq!(kept.0, [1.0, 1.0, 2.0, 3.0]);
}

fn past(values: &[f64], outcome: Outcome, elapsed: usize, steps: usize) -> Past<'_> {
    Past { values, below: &[], outcome, rhythm: Rhythm::DAYS, elapsed, steps }
}

#[test]
fn a_past_that_is_too_short_says_so() {
    let values = [3.0; 40];
    assert_eq!(forecast(&past(&values, Outcome::Total, 5, 10)), Err(Untested::TooShort { origins: 2, needed: 9 }));
    assert_eq!(run_rate(&past(&values, Outcome::Total, 5, 10)), Some(45.0));
    let huge = [f64::MAX; 200];
    assert_eq!(forecast(&past(&huge, Outcome::Total, 5, 10)).unwrap_err(), Untested::OutOfRange);
}

#[test]
fn a_week_that_repeats_is_known() {
    let values: Vec<f64> = (0..300).map(|day| if day % 7 < 5 { 10.0 } else { 1.0 }).collect();
    // 301 days on, a Saturday would come: five tens and two ones are a week.
    let tested = forecast(&past(&values[..298], Outcome::Total, 4, 10)).unwrap();
    assert_eq!(tested.chosen.method, Method::SeasonalNaive);
    let to_date: f64 = values[294..298].iter().sum();
    let after: f64 = (298..308).map(|day| if day % 7 < 5 { 10.0 } else { 1.0 }).sum();
    assert_eq!(tested.chosen.says, to_date + after);
    assert_eq!(tested.interval, Some((to_date + after, to_date + after)));
    assert_eq!(tested.held.0, tested.held.1);
}

#[test]
fn a_ratio_is_forecast_above_and_below() {
    let above: Vec<f64> = (0..200).map(|day| f64::from(day % 7) * 2.0).collect();
    let below: Vec<f64> = (0..200).map(|day| f64::from(day % 7) * 8.0).collect();
    let tested = forecast(&Past { below: &below, ..past(&above, Outcome::Ratio, 9, 12) }).unwrap();
    near(tested.chosen.says, 0.25);
}

#[test]
fn a_year_lands_in_its_first_quarter() {
    // 335 days are left: three times as many weeks, 144, all from before the last 335 days.
    let values: Vec<f64> = (0..1500).map(|day| 100.0 + f64::from(day % 7) * 9.0 + f64::from((day * 37) % 101)).collect();
    assert_eq!(forecast(&past(&values[..1360], Outcome::Total, 30, 335)).unwrap_err(), Untested::TooShort { origins: 143, needed: 144 });
    assert!(forecast(&past(&values, Outcome::Total, 30, 335)).unwrap().origins >= 144);
}

#[test]
fn where_seasonal_naive_says_nothing_no_error_is_held_against_its_own() {
    // In the last period, as in every seventeenth, there is nothing below the line.
    let above: Vec<f64> = (0..273).map(|at| f64::from((at * 37) % 11)).collect();
    let below: Vec<f64> = (0..273).map(|at| f64::from((at * 53) % 17)).collect();
    let tested = forecast(&Past { below: &below, rhythm: Rhythm::of_periods(1), ..past(&above, Outcome::Ratio, 0, 1) }).unwrap();
    assert!(tested.tried.iter().all(|tried| tried.scaled == Err(Unscaled::NotTried)), "{tested:?}");
}

#[test]
fn six_years_of_days_take_milliseconds() {
    // Counted, not timed: the grid is walked once, however many origins there are. The bound on
    // time is held by the benchmark.
    let values: Vec<f64> = (0..2200).map(|day| 100.0 + f64::from(day % 7) * 9.0 + f64::from((day * 37) % 101)).collect();
    let tested = forecast(&past(&values, Outcome::Total, 10, 20)).unwrap();
    assert!(tested.origins > 140 && tested.held.1 > 130, "{} origins", tested.origins);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_constant_series_forecasts_itself(value in -1e6..1e6f64, days in 120..500usize, elapsed in 1..20usize, steps in 1..25usize) {
        let values = vec![value; days];
        let tested = forecast(&past(&values, Outcome::Mean, elapsed, steps)).unwrap();
        prop_assert_eq!(tested.chosen.method, Method::RunRate);
        prop_assert!((tested.chosen.says - value).abs() <= 1e-9 * value.abs().max(1e-3));
        prop_assert_eq!(tested.held.0, tested.held.1);
    }

    #[test]
    fn the_scale_does_not_matter(seed in prop::collection::vec(0..1000u32, 150..400), power in -20..20i32, elapsed in 1..12usize, steps in 1..20usize) {
        let values: Vec<f64> = seed.iter().map(|value| f64::from(*value)).collect();
        // A power of two scales a double without rounding, so everything must scale exactly.
        let by = 2f64.powi(power);
        let scaled: Vec<f64> = values.iter().map(|value| value * by).collect();
        for outcome in [Outcome::Total, Outcome::Mean, Outcome::Last] {
            let (one, other) = (forecast(&past(&values, outcome, elapsed, steps)), forecast(&past(&scaled, outcome, elapsed, steps)));
            let (Ok(one), Ok(other)) = (&one, &other) else {
                prop_assert_eq!(one.is_ok(), other.is_ok());
                continue;
            };
            prop_assert_eq!(one.chosen.method, other.chosen.method);
            prop_assert_eq!(one.chosen.says * by, other.chosen.says);
            prop_assert_eq!(one.held, other.held);
            prop_assert_eq!(one.interval.map(|(low, high)| (low * by, high * by)), other.interval);
        }
    }

    #[test]
    fn the_sign_does_not_matter(seed in prop::collection::vec(0..1000u32, 150..400), less in prop_oneof![Just(0.0), Just(500.0)], elapsed in 1..12usize, steps in 1..20usize) {
        let values: Vec<f64> = seed.iter().map(|value| f64::from(*value) - less).collect();
        let mirrored: Vec<f64> = values.iter().map(|value| -value).collect();
        let below: Vec<f64> = seed.iter().rev().map(|value| f64::from(*value)).collect();
        for outcome in [Outcome::Total, Outcome::Mean, Outcome::Last, Outcome::Ratio] {
            let of = |values| forecast(&Past { below: if outcome == Outcome::Ratio { &below } else { &[] }, ..past(values, outcome, elapsed, steps) });
            let (Ok(one), Ok(other)) = (of(&values), of(&mirrored)) else { continue };
            prop_assert_eq!(one.chosen.method, other.chosen.method);
            prop_assert_eq!(one.chosen.says, -other.chosen.says);
            prop_assert_eq!(one.held, other.held);
            prop_assert_eq!(one.interval, other.interval.map(|(low, high)| (-high, -low)));
        }
    }

    #[test]
    fn no_series_makes_it_panic_or_not_a_number(values in prop::collection::vec(prop::num::f64::NORMAL | prop::num::f64::ZERO, 0..260), elapsed in 0..40usize, steps in 1..60usize) {
        for outcome in [Outcome::Total, Outcome::Mean, Outcome::Last, Outcome::Ratio] {
            let past = Past { below: &values, ..past(&values, outcome, elapsed, steps) };
            if let Ok(tested) = forecast(&past) {
                prop_assert!(tested.chosen.says.is_finite() && tested.chosen.error.is_finite());
                prop_assert!(tested.outcomes.iter().all(|outcome| !outcome.is_nan()));
                if let Some((low, high)) = tested.interval {
                    prop_assert!(low <= high);
                }
            }
            prop_assert!(run_rate(&past).is_none_or(f64::is_finite));
        }
    }
}
