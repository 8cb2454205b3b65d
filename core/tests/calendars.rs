//! Calendars against published ones, and against rules that are stated another way than the
//! library computes them.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use marketingos::*;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn nearest_saturday(month: u32) -> YearEnd {
    YearEnd { weekday: Weekday::Saturday, rule: YearEndRule::Nearest, month }
}

fn last_saturday(month: u32) -> YearEnd {
    YearEnd { rule: YearEndRule::Last, ..nearest_saturday(month) }
}

/// The last days of years, by name.
fn ends_of(calendar: &Calendar, years: &[(&str, &str)]) {
    for (year, last) in years {
        assert_eq!(calendar.parse(year).unwrap().last, date(last), "{year}");
    }
}

/// The calendars that the National Retail Federation publishes (nrf.com/resources/4-5-4-calendar);
/// retailers that follow them state the same days in their annual reports, such as Big Lots
/// for 2022 and 2023: "the Saturday nearest to January 31".
#[test]
fn years_of_the_national_retail_federation() {
    let nrf = Calendar::nrf();
    ends_of(
        &nrf,
        &[
            ("FY2015", "2016-01-30"),
            ("FY2016", "2017-01-28"),
            ("FY2017", "2018-02-03"),
            ("FY2018", "2019-02-02"),
            ("FY2019", "2020-02-01"),
            ("FY2020", "2021-01-30"),
            ("FY2021", "2022-01-29"),
            ("FY2022", "2023-01-28"),
            ("FY2023", "2024-02-03"),
            ("FY2024", "2025-02-01"),
            ("FY2025", "2026-01-31"),
            ("FY2026", "2027-01-30"),
        ],
    );
    assert_eq!(nrf.parse("FY2023").unwrap().first, date("2023-01-29"));
    assert_eq!(nrf.parse("FY2024").unwrap().first, date("2024-02-04"));
    let long: Vec<i32> = (2000..=2028).filter(|year| nrf.parse(&format!("FY{year}-W53")).is_some()).collect();
    assert_eq!(long, [2000, 2006, 2012, 2017, 2023, 2028]);
    assert_eq!(nrf.parse("FY2012-W53").unwrap().span(), Span { first: date("2013-01-27"), last: date("2013-02-02") });
    // February, March and April of fiscal 2023, and January with the 53rd week.
    let days = |label: &str| nrf.parse(label).unwrap().span();
    assert_eq!(days("FY2023-M01"), Span { first: date("2023-01-29"), last: date("2023-02-25") });
    assert_eq!(days("FY2023-M02"), Span { first: date("2023-02-26"), last: date("2023-04-01") });
    assert_eq!(days("FY2023-M03"), Span { first: date("2023-04-02"), last: date("2023-04-29") });
    assert_eq!(days("FY2023-M12"), Span { first: date("2023-12-31"), last: date("2024-02-03") });
    // Big Lots' third quarter of 2023, as its quarterly report states it.
    assert_eq!(days("FY2023-Q3").last, date("2023-10-28"));
}

/// The tables of Wikipedia's "4–4–5 calendar" for years that end in August.
#[test]
fn last_and_nearest_saturday_of_august() {
    let last = Calendar::retail(WeekPattern::FourFourFive, last_saturday(8)).unwrap();
    let ends = ["2006-08-26", "2007-08-25", "2008-08-30", "2009-08-29", "2010-08-28", "2011-08-27", "2012-08-25", "2013-08-31", "2014-08-30", "2015-08-29"];
    let years: Vec<String> = (2006..).take(ends.len()).map(|year| format!("FY{year}")).collect();
    ends_of(&last, &years.iter().map(String::as_str).zip(ends).collect::<Vec<_>>());
    let nearest = Calendar::retail(WeekPattern::FourFourFive, nearest_saturday(8)).unwrap();
    let ends = ["2006-09-02", "2007-09-01", "2008-08-30", "2009-08-29", "2010-08-28", "2011-09-03", "2012-09-01", "2013-08-31", "2014-08-30", "2015-08-29"];
    ends_of(&nearest, &years.iter().map(String::as_str).zip(ends).collect::<Vec<_>>());
    ends_of(&nearest, &[("FY2016", "2016-09-03"), ("FY2017", "2017-09-02"), ("FY2018", "2018-09-01"), ("FY2019", "2019-08-31")]);
    assert!(nearest.parse("FY2011-W53").is_some() && nearest.parse("FY2012-W53").is_none());
}

/// The months of two published 4-4-5 years: one that ends on the last Saturday of April 2019
/// (a worked example in a thread on fiscal calendars in FileMaker), and one that ends on the
/// Saturday nearest to 31 December 2010 (FinancialForce, "What is a 4,4,5 calendar?").
#[test]
fn months_of_4_4_5_years() {
    let months = |calendar: &Calendar, year: &str| -> Vec<String> {
        (1..=12).map(|month| calendar.parse(&format!("{year}-M{month:02}")).unwrap().first.to_string()).collect()
    };
    let april = Calendar::retail(WeekPattern::FourFourFive, last_saturday(4)).unwrap();
    assert_eq!(
        months(&april, "FY2019"),
        [
            "2018-04-29",
            "2018-05-27",
            "2018-06-24",
            "2018-07-29",
            "2018-08-26",
            "2018-09-23",
            "2018-10-28",
            "2018-11-25",
            "2018-12-23",
            "2019-01-27",
            "2019-02-24",
            "2019-03-24",
        ]
    );
    assert_eq!(april.parse("FY2019").unwrap().last, date("2019-04-27"));
    let december = Calendar::retail(WeekPattern::FourFourFive, nearest_saturday(12)).unwrap();
    assert_eq!(
        months(&december, "FY2010"),
        [
            "2010-01-03",
            "2010-01-31",
            "2010-02-28",
            "2010-04-04",
            "2010-05-02",
            "2010-05-30",
            "2010-07-04",
            "2010-08-01",
            "2010-08-29",
            "2010-10-03",
            "2010-10-31",
            "2010-11-28",
        ]
    );
    ends_of(&december, &[("FY2010", "2011-01-01"), ("FY2011", "2011-12-31")]);
    // "The Last Saturday is 26-December and the Nearest Saturday is 02-January" (Planon, "End of
    // year selection"): a year is named by the December with which it ends.
    let last = Calendar::retail(WeekPattern::FourFourFive, last_saturday(12)).unwrap();
    assert_eq!((last.parse("FY2020").unwrap().last, december.parse("FY2020").unwrap().last), (date("2020-12-26"), date("2021-01-02")));
    assert_eq!(december.with_named_by(NamedBy::Start).parse("FY2020").unwrap().last, date("2021-01-02"));
}

const WEEKDAYS: [Weekday; 7] = [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday, Weekday::Saturday, Weekday::Sunday];

fn days_of_month(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// One day, counted without the library: 1 January 1900 was a Monday.
#[derive(Clone, Copy)]
struct Day {
    year: i32,
    month: u32,
    day: u32,
    of_year: i32,
    since_monday: i32,
}

/// Every day from 1900 to 2199.
fn every_day() -> Vec<Day> {
    let mut days = Vec::new();
    let mut since_monday = 0;
    for year in 1900..=2199 {
        let mut of_year = 0;
        for month in 1..=12 {
            for day in 1..=days_of_month(year, month) {
                of_year += 1;
                days.push(Day { year, month, day, of_year, since_monday });
                since_monday = (since_monday + 1) % 7;
            }
        }
    }
    days
}

/// Weeks in an ISO year, by the weekday of its 31 December and of the one before.
fn iso_weeks(year: i32) -> i32 {
    let last_weekday = |year: i32| (year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400)).rem_euclid(7);
    if last_weekday(year) == 4 || last_weekday(year - 1) == 3 { 53 } else { 52 }
}

/// The ISO week by the formula for paper and pencil: ⌊(day of the year − weekday + 10) ÷ 7⌋,
/// corrected at the ends of the year.
#[test]
fn iso_weeks_of_three_hundred_years() {
    let calendar = Calendar::default();
    for day in every_day() {
        let week = (day.of_year - (day.since_monday + 1) + 10) / 7;
        let expected = match week {
            0 => format!("{}-W{:02}", day.year - 1, iso_weeks(day.year - 1)),
            53 if iso_weeks(day.year) == 52 => format!("{}-W01", day.year + 1),
            week => format!("{}-W{week:02}", day.year),
        };
        let date = Date::new(day.year, day.month, day.day).unwrap();
        assert_eq!(calendar.period(Grain::Week, date).label, expected, "{date}");
    }
}

/// For any first day of the week: the fourth day of a week decides its year, and its place
/// among the days of that year the number.
#[test]
fn weeks_belong_to_the_year_that_holds_most_of_their_days() {
    let days = every_day();
    for (start, weekday) in (0..).zip(WEEKDAYS) {
        let calendar = Calendar::gregorian(4, weekday).unwrap();
        for (at, first) in days.iter().enumerate().filter(|(_, day)| day.since_monday == start) {
            let Some(fourth) = days.get(at + 3) else { continue };
            let week = calendar.period(Grain::Week, Date::new(first.year, first.month, first.day).unwrap());
            assert_eq!(week.label, format!("{}-W{:02}", fourth.year, (fourth.of_year - 1) / 7 + 1), "{weekday:?}");
            assert_eq!((week.first.year(), week.first.month(), week.first.day()), (first.year, first.month, first.day));
        }
    }
}

/// Ends of retail years found by looking at days, for every weekday, rule and month.
#[test]
fn retail_years_end_where_the_rule_says() {
    let days = every_day();
    let month_ends: Vec<usize> = (0..days.len()).filter(|at| days[*at].day == days_of_month(days[*at].year, days[*at].month)).collect();
    for (number, weekday) in (0..).zip(WEEKDAYS) {
        for month in 1..=12 {
            for rule in [YearEndRule::Last, YearEndRule::Nearest] {
                let calendar = Calendar::retail(WeekPattern::FourFourFive, YearEnd { weekday, rule, month }).unwrap();
                for end in month_ends.iter().copied().filter(|at| days[*at].month == month && days[*at].year > 1900 && days[*at].year < 2199) {
                    let candidates = match rule {
                        YearEndRule::Last => end - 6..=end,
                        YearEndRule::Nearest => end - 3..=end + 3,
                    };
                    let last = candidates.map(|at| days[at]).find(|day| day.since_monday == number).unwrap();
                    let year = calendar.parse(&format!("FY{}", days[end].year)).unwrap();
                    assert_eq!((year.last.year(), year.last.month(), year.last.day()), (last.year, last.month, last.day), "{weekday:?} {rule:?} {month}");
                }
            }
        }
    }
}

const HEAD: &str = "marketingos: 1\nname: Shop\npeople: { ana: Ana }\noperator: ana\nexecutive: ana\n";
const VISITS: &str = "
sources: { visits: { date: day, rows: daily } }
kpis: { visits: { name: Visits, unit: count of visits, direction: higher, owner: ana, count: visits } }
plan: { targets: { visits: [ { period: FY2023-M12, value: 30, set_on: 2023-01-01 } ] } }
";

fn shop(calendar: &str) -> Result<(System, Vec<Finding>), Error> {
    System::parse(&[Source::new("system.yaml", &format!("{HEAD}calendar:\n{calendar}{VISITS}"))])
}

/// The days from 2021 to 2025, a visit each.
fn visits(system: &System) -> Facts {
    let days = (0..1_826).map(|day| format!("{}\n", date("2021-01-01").plus_days(day)));
    Facts::builder(system).csv("visits", format!("day\n{}", days.collect::<String>())).build().unwrap()
}

#[test]
fn figures_by_retail_periods() {
    let (system, findings) = shop("  pattern: nrf\n").unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((findings, system.calendar()), (vec![], &Calendar::nrf()));
    let snapshot = system.snapshot(&visits(&system), date("2024-02-10"));
    let january = snapshot.line_for("visits", "FY2023-M12").unwrap();
    assert_eq!((january.actual.text.as_str(), january.plan.change.text.as_str(), january.previous.base.text.as_str()), ("35", "+5", "35"));
    assert_eq!(january.prior_year.base.text, "28");
    assert_eq!(snapshot.line_for("visits", "FY2023").unwrap().actual.text, "371");
    let week = snapshot.line_for("visits", "FY2024-W01").unwrap();
    assert_eq!(week.prior_year.period.unwrap().label, "FY2023-W02");
    // What is restated is no period of the calendar; it is four whole weeks all the same.
    let restated = snapshot.line_for("visits", "FY2024-M01").unwrap().prior_year;
    assert_eq!(restated.period.unwrap().label, "FY2023-M01 restated");
    assert_eq!(restated.base.text, "28");
    let error = snapshot.line_for("visits", "2024-01").unwrap_err();
    assert!(error.help().contains("`FY2024-W01`, `FY2024-M01`, `FY2024-Q1`, `FY2024`"), "{error}");
    // The report of a month is that of a retail month.
    let report = snapshot.report(None).unwrap();
    assert_eq!((report.month.label.as_str(), report.month_text.as_str()), ("FY2023-M12", "month 12 of FY2023"));
    let error = snapshot.report(Some("2024-01")).unwrap_err();
    assert_eq!(error.help(), "write a month such as FY2023-M12");
}

#[test]
fn names_of_ones_own() {
    let names = "  week_starts: sunday\n  fiscal_year_starts: july\n  named_by: start\n";
    let names = format!("{names}  names: {{ week: 'W{{week}} {{year}}', month: '{{mm}}/{{year}}', quarter: 'Q{{quarter}} FY{{yy}}', year: 'FY{{yy}}' }}\n");
    let text = format!("{HEAD}calendar:\n{names}{VISITS}").replace("FY2023-M12", "Q1 FY23");
    let (system, _) = System::parse(&[Source::new("system.yaml", &text)]).unwrap_or_else(|error| panic!("{error}"));
    let snapshot = system.snapshot(&visits(&system), date("2023-10-05"));
    let labels = [Grain::Week, Grain::Month, Grain::Quarter, Grain::Year].map(|grain| snapshot.scorecard(grain).period.label);
    assert_eq!(labels, ["W39 2023", "09/2023", "Q1 FY23", "FY22"]);
    assert_eq!(snapshot.line_for("visits", "Q1 FY23").unwrap().plan.change.text, "+62");
    assert_eq!(snapshot.report(None).unwrap().month_text, "09/2023");
    assert_eq!(system.calendar().parse("W39 2023").unwrap().first, date("2023-09-24"));
}

#[test]
fn keys_that_cannot_stand_together() {
    let errors = |calendar: &str| {
        let error = shop(calendar).unwrap_err();
        let about = error.findings().iter().filter(|finding| finding.place.path.starts_with("calendar")).map(|finding| {
            assert!(!finding.help.is_empty());
            format!("{}:{} {} {}: {}", finding.place.mark.line, finding.place.mark.column, finding.code, finding.place.path, finding.message)
        });
        about.collect::<Vec<_>>()
    };
    let weeks = "the years of a calendar with `pattern` begin and end with its weeks";
    assert_eq!(
        errors("  pattern: nrf\n  fiscal_year_starts: july\n  week_starts: monday\n"),
        [
            format!("8:23 MOS-M018 calendar.fiscal_year_starts: `fiscal_year_starts` cannot stand here: {weeks}"),
            format!("9:16 MOS-M018 calendar.week_starts: `week_starts` cannot stand here: {weeks}"),
        ]
    );
    let nrf = "`nrf` says on which day a year ends, and which year it is named by";
    assert_eq!(
        errors("  pattern: nrf\n  named_by: end\n  year_ends: { weekday: saturday, rule: last, month: january }\n"),
        [
            format!("8:13 MOS-M018 calendar.named_by: `named_by` cannot stand here: {nrf}"),
            format!("9:14 MOS-M018 calendar.year_ends: `year_ends` cannot stand here: {nrf}"),
        ]
    );
    let months = "a calendar without `pattern` has years of twelve calendar months";
    assert_eq!(errors("  week_53: restated\n"), [format!("7:12 MOS-M018 calendar.week_53: `week_53` cannot stand here: {months}")]);
    assert_eq!(errors("  pattern: 4-4-5\n"), ["7:3 MOS-M002 calendar: `calendar` has no `year_ends`"]);
    assert_eq!(errors("  pattern: 4-4-6\n"), ["7:12 MOS-M004 calendar.pattern: `4-4-6` is not known here"]);
    assert_eq!(
        errors("  pattern: 4-4-5\n  year_ends: { weekday: saturday, month: 1 }\n"),
        ["8:14 MOS-M002 calendar.year_ends: `calendar.year_ends` has no `rule`", "8:42 MOS-M004 calendar.year_ends.month: `1` is not known here"]
    );
    assert_eq!(errors("  starts: july\n"), ["7:3 MOS-M001 calendar.starts: the key `starts` is not known here"]);
    assert_eq!(errors("  names:\n    year: fiscal\n"), ["8:11 MOS-M019 calendar.names.year: the name `fiscal` does not tell which year it is"]);
    assert_eq!(
        errors("  names: { week: '{year}-{ww}' }\n"),
        ["7:18 MOS-M019 calendar.names.week: the names `{year}-{ww}` for weeks and `{year}-{mm}` for months cannot be told apart"]
    );
}

#[test]
fn the_former_place_of_the_fiscal_year() {
    let text = format!("{HEAD}fiscal_year_starts: july\n");
    let error = System::parse(&[Source::new("system.yaml", &text)]).unwrap_err();
    assert_eq!(
        error.findings().iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["system.yaml:6:1: error[MOS-M001]: the key `fiscal_year_starts` is not known here; did you mean `calendar.fiscal_year_starts`?"]
    );
}
