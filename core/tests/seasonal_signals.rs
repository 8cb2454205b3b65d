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

#[test]
fn weekends_are_no_signals_and_christmas_is_one() {
    for year in [2014, 2015, 2016, 2017, 2018, 2019] {
        let (first, last) = (Date::new(year, 9, 14).unwrap().plus_days(1), Date::new(year, 12, 31).unwrap());
        let first = first.plus_days((7 - i64::from(first.days_since_monday())) % 7);
        let Some(days) = visits(first, last) else { return };
        let values: Vec<Option<Number>> = days.iter().map(|(_, visits)| Some(Number::from(*visits))).collect();
        let christmas = Date::new(year, 12, 21).unwrap();
        for (name, course) in [("level", Course::Level), ("weekdays", Course::Seasonal { season: 7, form: SeasonForm::Multiplicative })] {
            let chart = Charting::default().course(course).baseline(0..=69).chart(&values);
            let fired =
                |which: &dyn Fn(Date) -> bool| days.iter().zip(&chart.points).filter(|((day, _), point)| which(*day) && !point.signals.is_empty()).count();
            let beyond = |which: &dyn Fn(Date) -> bool| {
                days.iter()
                    .zip(&chart.points)
                    .filter(|((day, _), point)| which(*day) && point.signals.iter().any(|signal| signal.rule == SignalRule::BeyondLimit))
                    .count()
            };
            let weekend = |day: Date| day.days_since_monday() >= 5;
            let before = |day: Date| day < christmas;
            writeln!(
                std::io::stderr(),
                "{year} {name}: before weekend {}/{} weekday {}/{}; christmas {}/{} of {}",
                fired(&|day| before(day) && weekend(day)),
                beyond(&|day| before(day) && weekend(day)),
                fired(&|day| before(day) && !weekend(day)),
                beyond(&|day| before(day) && !weekend(day)),
                fired(&|day| !before(day)),
                beyond(&|day| !before(day)),
                last.days_since(christmas) + 1
            )
            .unwrap();
        }
    }
}
