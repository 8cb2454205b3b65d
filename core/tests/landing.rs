//! Landing on public data that nobody on this project made: the daily visitors of a website
//! ("Daily website visitors", statforecasting.com, on Kaggle), read from outside the repository as
//! in `real_data.rs`; without them these tests say so and pass.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::disallowed_methods, reason = "a test reads files and may fail")]
#![allow(clippy::explicit_write, reason = "the harness keeps what the print macros write to itself when a test passes")]

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use marketingos::*;

/// The system and facts of the website, or `None` with a message.
fn website() -> Option<(System, Facts)> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    let folder = std::env::var("MARKETINGOS_DATA").map_or_else(|_| beside(), PathBuf::from).join("website_visitors");
    if !folder.is_dir() {
        writeln!(std::io::stderr(), "skipped: there is no folder {}; set MARKETINGOS_DATA to the folder of public data sets", folder.display()).unwrap();
        return None;
    }
    let text = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/real/website.yaml")).unwrap();
    let (system, _) = System::parse(&[Source::new("website.yaml", &text)]).unwrap();
    let facts = Facts::builder(&system).csv("web", std::fs::read(folder.join("daily-website-visitors.csv")).unwrap()).build().unwrap();
    Some((system, facts))
}

/// Unique visits by day, read without the library.
fn visits() -> BTreeMap<Date, f64> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    let folder = std::env::var("MARKETINGOS_DATA").map_or_else(|_| beside(), PathBuf::from).join("website_visitors");
    let text = std::fs::read_to_string(folder.join("daily-website-visitors.csv")).unwrap();
    let day = |line: &str| {
        // Only numbers with a thousands mark are quoted.
        let plain: String = line.split('"').enumerate().map(|(at, part)| if at % 2 == 1 { part.replace(',', "") } else { part.to_owned() }).collect();
        let cells: Vec<&str> = plain.split(',').collect();
        let date: Vec<u32> = cells[0].split('/').map(|part| part.parse().unwrap()).collect();
        (Date::new(date[2].try_into().unwrap(), date[0], date[1]).unwrap(), cells[2].parse().unwrap())
    };
    text.lines().skip(1).map(day).collect()
}

fn number(figure: &Figure) -> f64 {
    figure.value.number().unwrap_or_else(|| panic!("{figure:?}")).to_f64().unwrap()
}

/// What was forecast on one day of every month, and what came.
#[derive(Default)]
struct Tally {
    errors: f64,
    naive: f64,
    held: u32,
    of: u32,
}

impl Tally {
    fn add(&mut self, other: &Self) {
        self.errors += other.errors;
        self.naive += other.naive;
        self.held += other.held;
        self.of += other.of;
    }

    /// The mean absolute error ÷ that of seasonal naive for the same months.
    fn scaled(&self) -> f64 {
        self.errors / self.naive
    }

    fn coverage(&self) -> f64 {
        f64::from(self.held) / f64::from(self.of)
    }
}

/// Lands every month (week, quarter) on a day of it, by nothing but a snapshot as of that day.
fn periods_from(day: i64, grain: Grain) -> Option<Tally> {
    let (system, facts) = website()?;
    let days = visits();
    let calendar = system.calendar().clone();
    let (first, last) = (*days.keys().next().unwrap(), *days.keys().next_back().unwrap());
    let mut tally = Tally::default();
    let mut period = calendar.next(&calendar.period(grain, first)).unwrap();
    while period.last <= last {
        let as_of = period.first.plus_days(day - 1);
        // The rows after the as-of date do not count: the snapshot cannot know them.
        let landing = system.snapshot(&facts, as_of).landing(Some("unique_visits"), Some(grain)).unwrap();
        let line = &landing.lines[0];
        assert_eq!((line.period.label.as_str(), line.pacing.days), (period.label.as_str(), day));
        if let (Some(_), Some(interval)) = (line.projected.value.number(), &line.interval) {
            let came: f64 = days.range(period.first..=period.last).map(|(_, visits)| visits).sum();
            // Seasonal naive, by hand: the last week again and again.
            let so_far: f64 = days.range(period.first..=as_of).map(|(_, visits)| visits).sum();
            let rest: f64 = (1..=period.last.days_since(as_of)).map(|ahead| days[&as_of.plus_days((ahead - 1) % 7 - 6)]).sum();
            tally.errors += (number(&line.projected) - came).abs();
            tally.naive += (so_far + rest - came).abs();
            tally.held += u32::from(number(&interval.low) <= came && came <= number(&interval.high));
            tally.of += 1;
        }
        period = calendar.next(&period).unwrap();
    }
    Some(tally)
}

#[test]
fn months_land_better_than_seasonal_naive_and_intervals_hold_what_they_say() {
    let mut all = Tally::default();
    for day in [5, 10, 15, 20, 25] {
        let Some(tally) = periods_from(day, Grain::Month) else { return };
        writeln!(
            std::io::stderr(),
            "months from day {day}: {} months, scaled error {:.3}, {} held ({:.1}%)",
            tally.of,
            tally.scaled(),
            tally.held,
            100.0 * tally.coverage()
        )
        .unwrap();
        assert!(tally.of >= 60, "{} months", tally.of);
        // On the last days of a month little is left to be wrong about, for anybody.
        assert!(tally.scaled() < if day < 25 { 0.75 } else { 0.9 }, "from day {day}: {}", tally.scaled());
        assert!((0.7..=0.9).contains(&tally.coverage()), "from day {day}: {}", tally.coverage());
        all.add(&tally);
    }
    writeln!(std::io::stderr(), "all: {} landings, scaled error {:.3}, held {:.1}%", all.of, all.scaled(), 100.0 * all.coverage()).unwrap();
    assert!((0.7..=0.9).contains(&all.coverage()));
}

#[test]
fn days_ahead_land_better_than_seasonal_naive() {
    // From Monday, Thursday and Saturday: six days, three days and one day ahead.
    for day in [1, 4, 6] {
        let Some(tally) = periods_from(day, Grain::Week) else { return };
        writeln!(std::io::stderr(), "{} days ahead: {} weeks, scaled error {:.3}, held {:.1}%", 7 - day, tally.of, tally.scaled(), 100.0 * tally.coverage())
            .unwrap();
        assert!(tally.of >= 280 && tally.scaled() < 1.0, "{} of {}", tally.scaled(), tally.of);
        assert!((0.7..=0.9).contains(&tally.coverage()), "from day {day}: {}", tally.coverage());
    }
}

#[test]
fn quarters_land_better_than_seasonal_naive() {
    let Some(tally) = periods_from(30, Grain::Quarter) else { return };
    writeln!(std::io::stderr(), "quarters from day 30: {} quarters, scaled error {:.3}, {} held", tally.of, tally.scaled(), tally.held).unwrap();
    assert!(tally.of >= 15 && tally.scaled() < 0.75, "{} of {}", tally.scaled(), tally.of);
}

/// The landing of one KPI in a month, from what a system declares besides its names.
fn month(declared: &str, csv: &str, as_of: &str, kpi: &str) -> LandingLine {
    let text = format!("{{marketingos: 1, name: Small firm, people: {{ana: Ana}}, operator: ana, {declared}}}");
    let (system, _) = System::parse(&[Source::new("system.yaml", &text)]).unwrap_or_else(|errors| panic!("{errors:?}"));
    let facts = Facts::builder(&system).csv("visits", csv).build().unwrap();
    system.snapshot(&facts, as_of.parse().unwrap()).landing(Some(kpi), Some(Grain::Month)).unwrap().lines.remove(0)
}

/// So much on every day from a first one to a last one.
fn daily(first: &str, last: &str, much: i64) -> String {
    let (first, last): (Date, Date) = (first.parse().unwrap(), last.parse().unwrap());
    (0..=last.days_since(first)).map(|day| format!("{},{much}\n", first.plus_days(day))).fold("day,number\n".to_owned(), |all, row| all + &row)
}

const VISITS: &str = "sources: {visits: {date: day, measures: [number], rows: daily}}";

#[test]
fn what_counts_as_zero_before_the_first_recorded_day_is_no_past() {
    let kpis = "kpis: {visits: {name: Visits, unit: count of visits, direction: higher, owner: ana, sum: visits.number, missing: zero}}";
    // 76 days: the first two weeks are history, and the last 16 no whole outcome follows.
    let line = month(&format!("{VISITS}, {kpis}"), &daily("2026-06-01", "2026-08-15", 10), "2026-08-15", "visits");
    let cause = "the past is too short to try a method on: 6 earlier stretches of 16 days are known, and 9 are needed";
    assert_eq!((line.projected.value.reason(), line.projected.value.cause()), (Some("missing"), cause));
    assert_eq!(line.run_rate.text, "310");
    // The data are five days behind: these are not zero.
    let line = month(&format!("{VISITS}, {kpis}"), &daily("2026-01-01", "2026-08-10", 10), "2026-08-15", "visits");
    assert_eq!((line.pacing.days, line.projected.text.as_str()), (10, "310"));
}

#[test]
fn what_is_expected_by_now_is_by_the_plan_that_holds_now() {
    let declared = format!(
        "{VISITS}, kpis: {{visits: {{name: Visits, unit: count of visits, direction: higher, owner: ana, sum: visits.number}}}},
         plan: {{targets: {{visits: [{{from: 2026-08, to: 2026-08, value: 310, set_on: 2026-07-01}}, {{from: 2026-08, to: 2026-08, value: 620, set_on: 2026-08-12}}]}}}}"
    );
    // The data end before the plan was changed.
    let line = month(&declared, &daily("2026-01-01", "2026-08-10", 10), "2026-08-15", "visits");
    assert_eq!([&line.plan, &line.pacing.expected, &line.pacing.pace].map(|figure| figure.text.as_str()), ["620", "200", "50.0%"]);
}

#[test]
fn of_an_upper_bound_that_is_exceeded_nothing_is_left() {
    let declared = format!(
        "{VISITS}, kpis: {{visits: {{name: Visits, unit: count of visits, direction: none, owner: ana, sum: visits.number}}}},
         plan: {{targets: {{visits: [{{from: 2026-08, to: 2026-08, at_most: 90}}]}}}}"
    );
    let line = month(&declared, &daily("2026-01-01", "2026-08-10", 10), "2026-08-10", "visits");
    assert_eq!(line.pacing.needed_per_day.value.cause(), "the target is exceeded already");
}
