//! Signals on a season of weekdays, on public data: the daily visitors of a website ("Daily website
//! visitors", statforecasting.com, on Kaggle), read from outside the repository as in
//! `real_data.rs`; without them this test says so and passes.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::disallowed_methods, reason = "a test reads files and may fail")]
#![allow(clippy::explicit_write, reason = "the harness keeps what the print macros write to itself when a test passes")]

use std::io::Write;
use std::path::{Path, PathBuf};

use marketingos::*;

/// Unique visits day by day.
fn visits(first: Date, last: Date) -> Option<Vec<(Date, i64)>> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    let folder = std::env::var("MARKETINGOS_DATA").map_or_else(|_| beside(), PathBuf::from).join("website_visitors");
    if !folder.is_dir() {
        writeln!(std::io::stderr(), "skipped: there is no folder {}; set MARKETINGOS_DATA to the folder of public data sets", folder.display()).unwrap();
        return None;
    }
    let text = std::fs::read_to_string(folder.join("daily-website-visitors.csv")).unwrap();
    let day = |line: &str| {
        // Only numbers with a thousands mark are quoted.
        let plain: String = line.split('"').enumerate().map(|(at, part)| if at % 2 == 1 { part.replace(',', "") } else { part.to_owned() }).collect();
        let cells: Vec<&str> = plain.split(',').collect();
        let date: Vec<u32> = cells[0].split('/').map(|part| part.parse().unwrap()).collect();
        (Date::new(date[2].try_into().unwrap(), date[0], date[1]).unwrap(), cells[2].parse().unwrap())
    };
    Some(text.lines().skip(1).map(day).filter(|(day, _)| (first..=last).contains(day)).collect())
}

/// What a chart says of one autumn.
#[derive(Debug, Default)]
struct Told {
    /// Days beyond a limit among the weekend days of the first ten weeks, and how many these are.
    weekends: (u32, u32),
    /// The same of working days.
    working_days: (u32, u32),
    /// Weekend days below the centre.
    weekends_below: u32,
    /// Days from 21 to 31 December that are beyond a limit.
    christmas: u32,
    /// Upper less lower limit on the first Wednesday.
    width: f64,
}

fn told(days: &[(Date, i64)], course: Course) -> Told {
    let values: Vec<Option<Number>> = days.iter().map(|(_, visits)| Some(Number::from(*visits))).collect();
    // Limits from ten weeks of lectures, with their weekends.
    let chart = Charting::default().course(course).baseline(0..=69).chart(&values);
    let lines = chart.points[2].lines.as_ref().unwrap();
    let mut told = Told { width: (lines.upper.clone() - lines.lower.clone()).to_f64().unwrap(), ..Told::default() };
    for (at, ((day, _), point)) in days.iter().zip(&chart.points).enumerate() {
        let beyond = u32::from(point.signals.iter().any(|signal| signal.rule == SignalRule::BeyondLimit));
        let of = if day.days_since_monday() >= 5 { &mut told.weekends } else { &mut told.working_days };
        if at < 70 {
            *of = (of.0 + beyond, of.1 + 1);
            let below = point.value.as_ref().unwrap() < &point.lines.as_ref().unwrap().centre;
            told.weekends_below += u32::from(below && day.days_since_monday() >= 5);
        }
        told.christmas += u32::from((day.month(), day.day()) >= (12, 21)) * beyond;
    }
    told
}

/// Where no season is taken out, all signals of ten weeks are weekend days; and the jump from Friday
/// to Saturday and back widens the moving ranges, and with them the limits, until much of Christmas
/// is no signal. By weekday the limits are at most 0.4 times as wide, weekend days stand out no more
/// often than others, and every day of Christmas does. (That a fifth of all days do has other causes:
/// a term has a course of its own, which is neither a level nor a weekday.)
#[test]
fn weekends_are_no_signals_and_christmas_is_one() {
    let (mut level, mut weekdays) = (Vec::new(), Vec::new());
    for year in 2014..=2019 {
        // From the first Monday after 14 September, when lectures begin.
        let first = Date::new(year, 9, 15).unwrap();
        let first = first.plus_days((7 - i64::from(first.days_since_monday())) % 7);
        let Some(days) = visits(first, Date::new(year, 12, 31).unwrap()) else { return };
        level.push(told(&days, Course::Level));
        weekdays.push(told(&days, Course::Seasonal { season: 7, form: SeasonForm::Multiplicative }));
        writeln!(std::io::stderr(), "{year} level: {:?}\n{year} by weekday: {:?}", level.last().unwrap(), weekdays.last().unwrap()).unwrap();
    }
    let sum = |years: &[Told], of: fn(&Told) -> u32| years.iter().map(of).sum::<u32>();
    let share = |years: &[Told], of: fn(&Told) -> (u32, u32)| {
        let (beyond, all) = years.iter().map(of).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        f64::from(beyond) / f64::from(all)
    };
    let (weekend, working_day) = (share(&weekdays, |told| told.weekends), share(&weekdays, |told| told.working_days));
    let christmas = (sum(&level, |told| told.christmas), sum(&weekdays, |told| told.christmas));
    writeln!(std::io::stderr(), "by weekday: {weekend:.3} of weekend days, {working_day:.3} of working days; Christmas {christmas:?} of 66").unwrap();
    // Without the season: nothing but weekends, which are all below the centre.
    assert!(share(&level, |told| told.weekends) > 0.0 && share(&level, |told| told.working_days) == 0.0);
    assert_eq!(sum(&level, |told| told.weekends_below), 120, "of 120");
    assert!(christmas.0 < 50, "{} of 66", christmas.0);
    // With it: weekends are days like others.
    assert!((weekend - working_day).abs() < 0.05, "{weekend} and {working_day}");
    assert!((40..=80).contains(&sum(&weekdays, |told| told.weekends_below)), "of 120");
    assert_eq!(christmas.1, 66, "every day from 21 to 31 December of six years");
    assert!(level.iter().zip(&weekdays).all(|(level, weekdays)| weekdays.width < 0.4 * level.width));
}
