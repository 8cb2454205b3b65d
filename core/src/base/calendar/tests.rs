//! What holds for every calendar.

use proptest::prelude::*;

use super::{Against, Calendar, Grain, NamedBy, Names, Period, Week53, WeekPattern, Weekday, YearEnd, YearEndRule};
use crate::Date;

const GRAINS: [Grain; 4] = [Grain::Week, Grain::Month, Grain::Quarter, Grain::Year];

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn weekday() -> impl Strategy<Value = Weekday> {
    prop::sample::select(Weekday::WORDS.map(|(_, day)| day).to_vec())
}

fn pattern() -> impl Strategy<Value = WeekPattern> {
    prop::sample::select(vec![WeekPattern::FourFourFive, WeekPattern::FourFiveFour, WeekPattern::FiveFourFour])
}

fn names() -> impl Strategy<Value = Names> {
    let one = |texts: &[&str]| {
        let texts = texts.iter().map(|text| (!text.is_empty()).then(|| (*text).to_owned())).collect::<Vec<_>>();
        prop::sample::select(texts)
    };
    let week = one(&["", "W{week} {year}", "{year}W{ww}", "w{ww}/{yy}", "{yy}:{week}", "Woche {week}, {yy}"]);
    let month = one(&["", "{mm}/{year}", "P{month} FY{yy}", "{year}{mm}", "Månad {month}.{yy}"]);
    let quarter = one(&["", "Q{quarter} FY{yy}", "{year}Q{quarter}", "{quarter}Q{yy}"]);
    let year = one(&["", "{yy}", "FY {year}", "{year} fiscal", "FY {yy}"]);
    (week, month, quarter, year).prop_map(|(week, month, quarter, year)| Names { week, month, quarter, year })
}

fn gregorian() -> impl Strategy<Value = Calendar> {
    (1u32..=12, weekday()).prop_map(|(month, day)| Calendar::gregorian(month, day).unwrap())
}

fn retail() -> impl Strategy<Value = Calendar> {
    let rule = prop::sample::select(vec![YearEndRule::Last, YearEndRule::Nearest]);
    let week_53 = prop::sample::select(vec![Week53::Restated, Week53::NotRestated]);
    (pattern(), weekday(), rule, 1u32..=12, week_53)
        .prop_map(|(pattern, weekday, rule, month, week_53)| Calendar::retail(pattern, YearEnd { weekday, rule, month }).unwrap().with_week_53(week_53))
}

/// Calendars of every kind, with names of every kind.
fn calendar() -> impl Strategy<Value = Calendar> {
    let named_by = prop::sample::select(vec![NamedBy::Start, NamedBy::End]);
    (prop_oneof![gregorian(), retail()], named_by, names()).prop_map(|(calendar, named_by, names)| calendar.with_named_by(named_by).with_names(&names).unwrap())
}

/// Any day, the ends among them.
fn day() -> impl Strategy<Value = Date> {
    prop_oneof![8 => 0i64..=109_571, 1 => 0i64..400, 1 => 109_200i64..=109_571].prop_map(|days| Date::min().plus_days(days))
}

/// A day from which a look back over two years stays inside.
fn late_day() -> impl Strategy<Value = Date> {
    (800i64..=109_571).prop_map(|days| Date::min().plus_days(days))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_024))]

    #[test]
    fn periods_tile_the_calendar(calendar in calendar(), day in day()) {
        for grain in GRAINS {
            let period = calendar.period(grain, day);
            prop_assert!(period.span().contains(day));
            prop_assert_eq!(calendar.first_day(grain, day), period.first);
            prop_assert_eq!(&calendar.period(grain, period.first), &period);
            prop_assert_eq!(&calendar.period(grain, period.last), &period);
            match calendar.previous(&period) {
                Some(previous) => {
                    prop_assert_eq!(previous.last.plus_days(1), period.first);
                    prop_assert_eq!(calendar.next(&previous), Some(period.clone()));
                }
                None => prop_assert_eq!(period.first, Date::min()),
            }
            match calendar.next(&period) {
                Some(next) => prop_assert_eq!(calendar.previous(&next), Some(period.clone())),
                None => prop_assert_eq!(period.last, Date::max()),
            }
        }
    }

    #[test]
    fn a_label_leads_back_to_its_period(calendar in calendar(), day in day()) {
        for grain in GRAINS {
            let period = calendar.period(grain, day);
            prop_assert_eq!(calendar.parse(&period.label), Some(period));
        }
    }

    #[test]
    fn any_text_is_a_label_of_the_period_or_none(calendar in calendar(), text in "(FY|W|Q)?[0-9]{2,4}[-/ ]?(W|Q|M|FY)?[0-9]{0,4}|\\PC{0,12}") {
        if let Some(period) = calendar.parse(&text) {
            prop_assert_eq!(period.label.as_str(), text.as_str());
            prop_assert_eq!(calendar.period(period.grain, period.first), period);
        }
    }

    #[test]
    fn weeks_have_seven_days_and_the_other_periods_whole_months(calendar in calendar(), day in late_day()) {
        prop_assume!(day < Date::max().plus_days(-400));
        let days = |grain| calendar.period(grain, day).span().days();
        prop_assert_eq!(days(Grain::Week), 7);
        if calendar.is_retail() {
            prop_assert!([28, 35, 42].contains(&days(Grain::Month)));
            prop_assert!([91, 98].contains(&days(Grain::Quarter)));
            prop_assert!([364, 371].contains(&days(Grain::Year)));
        }
        for (part, whole) in [(Grain::Month, Grain::Quarter), (Grain::Quarter, Grain::Year)] {
            let (part, whole) = (calendar.period(part, day), calendar.period(whole, day));
            prop_assert_eq!(part.span().overlap(whole.span()), Some(part.span()), "{} is inside {}", part, whole);
        }
    }

    #[test]
    fn to_date_is_the_part_of_a_period_that_is_over(calendar in calendar(), day in day(), n in 1u32..30) {
        for grain in GRAINS {
            let (period, part) = (calendar.period(grain, day), calendar.to_date(grain, day));
            prop_assert_eq!((part.first, part.last), (period.first, day));
            // The last n periods are n periods in a row.
            let mut earliest = period.clone();
            for _ in 1..n {
                earliest = calendar.previous(&earliest).unwrap_or(earliest);
            }
            let window = calendar.trailing(grain, n, &period);
            prop_assert_eq!((window.first, window.last), (earliest.first, period.last));
        }
    }

    #[test]
    fn a_part_is_compared_with_the_same_part(calendar in calendar(), day in late_day()) {
        for grain in GRAINS {
            let own = calendar.to_date(grain, day);
            let previous = calendar.previous(&calendar.period(grain, day)).unwrap();
            let part = calendar.comparable_to_date(grain, day, Against::Previous).unwrap();
            prop_assert_eq!(part.first, previous.first);
            prop_assert_eq!(part.days(), own.days().min(previous.span().days()));
            let Some(part) = calendar.comparable_to_date(grain, day, Against::PriorYear) else {
                let week = calendar.period(Grain::Week, day);
                prop_assert!(calendar.is_retail() && calendar.prior_year(&week).is_none(), "only a 53rd week has none");
                continue;
            };
            let back = day.days_since(part.last);
            if calendar.is_retail() || grain == Grain::Week {
                prop_assert!(back == 364 || back == 371);
                prop_assert_eq!(part.days(), own.days());
            } else {
                prop_assert_eq!((part.last.year(), part.last.month(), part.last.day()), (day.year() - 1, day.month(), day.day().min(if day.month() == 2 { 28 } else { 31 })));
                prop_assert_eq!((part.first.month(), part.first.day()), (own.first.month(), 1));
                prop_assert!((part.days() - own.days()).abs() <= 1);
            }
        }
    }

    #[test]
    fn a_whole_period_is_compared_as_its_parts_are(calendar in retail(), day in late_day()) {
        prop_assume!(day < Date::max().plus_days(-400));
        for grain in GRAINS {
            let period = calendar.period(grain, day);
            let (Some(whole), Some(part)) = (calendar.prior_year(&period), calendar.comparable_to_date(grain, period.last, Against::PriorYear)) else { continue };
            prop_assert_eq!(whole.first, part.first);
            // What ends with a 53rd week that is not restated is compared as it was.
            prop_assert!(whole.last == part.last || whole.last.days_since(part.last) == 7);
        }
    }

    #[test]
    fn prior_years_of_52_weeks_have_the_same_names(calendar in retail(), day in late_day()) {
        prop_assume!(day < Date::max().plus_days(-400));
        let year = calendar.period(Grain::Year, day);
        let before = calendar.previous(&year).unwrap();
        prop_assume!((year.span().days(), before.span().days()) == (364, 364));
        for grain in GRAINS {
            let period = calendar.period(grain, day);
            let prior = calendar.prior_year(&period).unwrap();
            prop_assert_eq!(period.first.days_since(prior.first), 364);
            prop_assert_eq!(period.last.days_since(prior.last), 364);
            prop_assert_eq!(calendar.parse(&prior.label), Some(prior.clone()));
            prop_assert_eq!(prior.label.get(6..), period.label.get(6..));
        }
    }
}

#[test]
fn fiscal_periods_are_named_by_the_year_in_which_they_end() {
    let july = Calendar::starting_in(7).unwrap();
    let quarter = july.period(Grain::Quarter, date("2026-02-10"));
    assert_eq!((quarter.label.as_str(), quarter.first, quarter.last), ("FY2026-Q3", date("2026-01-01"), date("2026-03-31")));
    assert_eq!(july.period(Grain::Year, date("2026-06-30")).label, "FY2026");
    assert_eq!(july.period(Grain::Year, date("2026-07-01")).label, "FY2027");
    assert_eq!(july.with_named_by(NamedBy::Start).period(Grain::Year, date("2026-07-01")).label, "FY2026");
    assert_eq!(Calendar::default().period(Grain::Quarter, date("2026-12-31")).label, "2026-Q4");
    assert_eq!(Calendar::default().with_named_by(NamedBy::Start).period(Grain::Year, date("2026-12-31")).label, "2026");
}

#[test]
fn a_prior_year_week_lies_364_days_earlier() {
    let calendar = Calendar::default();
    let week = calendar.parse("2020-W53").unwrap();
    assert_eq!(calendar.prior_year(&week).unwrap().label, "2020-W01");
    assert!(calendar.parse("2021-W53").is_none(), "2021 has 52 ISO weeks");
    assert!(calendar.parse("FY2021").is_none(), "this calendar has no fiscal years");
}

#[test]
fn every_other_period_is_compared_with_the_one_of_its_name() {
    let prior = |label| Calendar::default().prior_year(&Calendar::default().parse(label).unwrap()).map(|period| period.label);
    assert_eq!([prior("2024-02"), prior("2026-Q1"), prior("1901")], ["2023-02", "2025-Q1", "1900"].map(|label| Some(label.to_owned())));
    assert_eq!([prior("1900-12"), prior("1900-W52")], [None, None]);
    assert_eq!(prior("1901-W01").unwrap(), "1900-W01");
    let all = Calendar::default().period(Grain::All, date("2026-01-01"));
    assert_eq!((all.label.as_str(), Calendar::default().prior_year(&all), Calendar::default().previous(&all)), ("all", None, None));
}

#[test]
fn names_from_which_the_period_cannot_be_told_are_refused() {
    let with = |names: Names| Calendar::default().with_names(&names).unwrap_err();
    let week = |text: &str| with(Names { week: Some(text.to_owned()), ..Names::default() });
    for (text, message) in [
        ("W{week}", "the name `W{week}` does not tell which week it is"),
        ("{year}", "the name `{year}` does not tell which week it is"),
        ("{year} {yy} {week}", "does not tell which week it is"),
        ("", "does not tell which week it is"),
        ("{year}-Q{quarter}", "`quarter` is no placeholder of a week"),
        ("{year}-{week", "a brace is not closed"),
        ("{year}<b>{week}", "has `<` in it"),
        ("{year}}{week}", "has `}` in it"),
        ("={year}{ww}", "has `=` in it"),
        ("-{year}{ww}", "begins with a mark"),
        (" {year}{ww}", "begins or ends with a space"),
        ("{year}-{ww}", "the names `{year}-{ww}` for weeks and `{year}-{mm}` for months cannot be told apart"),
    ] {
        let error = week(text);
        assert_eq!(error.grain, Grain::Week, "{text}");
        assert!(error.message.contains(message), "{text}: {error}");
    }
    assert_eq!(
        week("W{week}").to_string(),
        "the name `W{week}` does not tell which week it is; write {year} or {yy} once, and {week} or {ww}, such as `W{week} {year}`"
    );
    assert!(week(&"x".repeat(41)).message.contains("longer than 40 characters"));
    // Digits beside a number are told from it by their count, or not at all.
    assert_eq!(with(Names { quarter: Some("{yy}{quarter}".into()), week: Some("{yy}{week}".into()), ..Names::default() }).grain, Grain::Quarter);
    assert_eq!(with(Names { quarter: Some("{year}-1{quarter}".into()), ..Names::default() }).grain, Grain::Quarter);
    assert!(Calendar::default().with_names(&Names { week: Some("{yy}{week}w".into()), ..Names::default() }).is_ok());
}

#[test]
fn two_digits_are_years_from_1969_to_2068() {
    let names = Names { year: Some("FY{yy}".to_owned()), ..Names::default() };
    let calendar = Calendar::default().with_names(&names).unwrap();
    let label = |year| calendar.period(Grain::Year, Date::new(year, 1, 1).unwrap()).label;
    assert_eq!([label(1968), label(1969), label(2000), label(2068), label(2069)], ["FY1968", "FY69", "FY00", "FY68", "FY2069"]);
    assert_eq!(calendar.parse("FY1969"), None, "a year has one name");
    assert_eq!(calendar.parse("FY26").map(|period| period.first), Some(date("2026-01-01")));
}

#[test]
fn restated_comparisons_leave_out_the_first_week() {
    // "For comparability purposes, the NRF 4-5-4 calendar restates the 53-week year": the first
    // week of 2018 is compared with 5 to 11 February 2017 (nrf.com/resources/4-5-4-calendar).
    let restated = Calendar::nrf();
    let as_it_was = Calendar::nrf().with_week_53(Week53::NotRestated);
    let prior = |calendar: &Calendar, label: &str| calendar.prior_year(&calendar.parse(label).unwrap());
    let days = |period: Option<Period>| period.map(|period| (period.label, period.first.to_string(), period.last.to_string()));
    let is = |label: &str, first: &str, last: &str| Some((label.to_owned(), first.to_owned(), last.to_owned()));
    assert_eq!(days(prior(&restated, "FY2018-W01")), is("FY2017-W02", "2017-02-05", "2017-02-11"));
    assert_eq!(days(prior(&as_it_was, "FY2018-W01")), is("FY2017-W01", "2017-01-29", "2017-02-04"));
    assert_eq!(days(prior(&restated, "FY2018-W52")), is("FY2017-W53", "2018-01-28", "2018-02-03"));
    assert_eq!(days(prior(&as_it_was, "FY2018-W52")), is("FY2017-W52", "2018-01-21", "2018-01-27"));
    assert_eq!(days(prior(&restated, "FY2018-M01")), is("FY2017-M01 restated", "2017-02-05", "2017-03-04"));
    assert_eq!(days(prior(&as_it_was, "FY2018-M12")), is("FY2017-M12", "2017-12-31", "2018-02-03"));
    assert_eq!(days(prior(&restated, "FY2018-Q4")), is("FY2017-Q4 restated", "2017-11-05", "2018-02-03"));
    assert_eq!(days(prior(&restated, "FY2018")), is("FY2017 restated", "2017-02-05", "2018-02-03"));
    // Neither compares the 53rd week; the year that has it is compared as it is.
    assert_eq!([prior(&restated, "FY2017-W53"), prior(&as_it_was, "FY2017-W53")], [None, None]);
    assert_eq!(days(prior(&restated, "FY2017")), is("FY2016", "2016-01-31", "2017-01-28"));
    assert_eq!(restated.comparable_to_date(Grain::Year, date("2018-02-01"), Against::PriorYear), None);
    // A part of a period is compared as the whole.
    let tuesday = restated.comparable_to_date(Grain::Month, date("2018-02-13"), Against::PriorYear).unwrap();
    assert_eq!((tuesday.first, tuesday.last), (date("2017-02-05"), date("2017-02-14")));
}

#[test]
fn days_are_compared_with_the_same_dates() {
    let calendar = Calendar::starting_in(7).unwrap();
    let against = |grain, day, against| calendar.comparable_to_date(grain, date(day), against).map(|span| (span.first.to_string(), span.last.to_string()));
    let is = |first: &str, last: &str| Some((first.to_owned(), last.to_owned()));
    assert_eq!(against(Grain::Year, "2024-02-29", Against::PriorYear), is("2022-07-01", "2023-02-28"));
    assert_eq!(against(Grain::Quarter, "2025-02-28", Against::PriorYear), is("2024-01-01", "2024-02-28"));
    assert_eq!(against(Grain::Month, "2026-03-31", Against::Previous), is("2026-02-01", "2026-02-28"));
    assert_eq!(against(Grain::Week, "2026-09-23", Against::PriorYear), is("2025-09-22", "2025-09-24"));
    assert_eq!(against(Grain::Week, "2026-09-23", Against::Previous), is("2026-09-14", "2026-09-16"));
    assert_eq!([against(Grain::All, "2026-09-23", Against::Previous), against(Grain::Month, "1900-01-05", Against::Previous)], [None, None]);
}

#[test]
fn a_calendar_is_written_in_the_words_of_the_format() {
    let written = |calendar: &Calendar| serde_json::to_string(calendar).unwrap();
    assert_eq!(
        written(&Calendar::default()),
        r#"{"fiscal_year_starts":1,"named_by":"end","week_starts":"monday","names":{"week":"{year}-W{ww}","month":"{year}-{mm}","quarter":"{year}-Q{quarter}","year":"{year}"}}"#
    );
    assert_eq!(
        written(&Calendar::nrf()),
        r#"{"fiscal_year_starts":2,"named_by":"start","week_starts":"sunday","pattern":"4-5-4","year_ends":{"weekday":"saturday","rule":"nearest","month":1},"week_53":"restated","names":{"week":"FY{year}-W{ww}","month":"FY{year}-M{mm}","quarter":"FY{year}-Q{quarter}","year":"FY{year}"}}"#
    );
}
