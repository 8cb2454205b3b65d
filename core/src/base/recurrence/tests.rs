//! Rules against the worked examples of RFC 5545, section 3.8.5.3, whose DTSTART is mostly
//! 2 September 1997, and words against calendars.

use proptest::prelude::*;

use super::*;
use crate::base::calendar::Weekday;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn on(text: &str, start: &str, first: &str, last: &str) -> Vec<String> {
    let start = (!start.is_empty()).then(|| date(start));
    match Recurrence::parse(text).unwrap().days(start, date(first), date(last), &Calendar::default()) {
        Falls::On(days) => days.iter().map(ToString::to_string).collect(),
        other => panic!("{text}: {other:?}"),
    }
}

/// Year, then months with their days.
fn days(text: &str) -> Vec<String> {
    let (mut year, mut month, mut found) = (0, 0, Vec::new());
    for word in text.split_whitespace() {
        match word.split_once('/') {
            Some(("", number)) => month = number.parse().unwrap(),
            Some((number, _)) => year = number.parse().unwrap(),
            None => found.push(format!("{year}-{month:02}-{:02}", word.parse::<u32>().unwrap())),
        }
    }
    found
}

#[test]
fn rules_fall_as_the_examples_of_rfc_5545_say() {
    let start = "1997-09-02";
    for (rule, start, last, expected) in [
        ("FREQ=DAILY;COUNT=10", start, "2199-12-31", "1997/ /9 2 3 4 5 6 7 8 9 10 11"),
        ("FREQ=DAILY;INTERVAL=10;COUNT=5", start, "2199-12-31", "1997/ /9 2 12 22 /10 2 12"),
        ("FREQ=WEEKLY;COUNT=10", start, "2199-12-31", "1997/ /9 2 9 16 23 30 /10 7 14 21 28 /11 4"),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU", start, "1997-11-30", "1997/ /9 2 16 30 /10 14 28 /11 11 25"),
        ("FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH", start, "2199-12-31", "1997/ /9 2 4 9 11 16 18 23 25 30 /10 2 7"),
        ("FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", start, "2199-12-31", "1997/ /9 2 4 9 11 16 18 23 25 30 /10 2"),
        ("FREQ=WEEKLY;INTERVAL=2;UNTIL=19971024T000000Z;WKST=SU;BYDAY=MO,WE,FR", "1997-09-01", "2199-12-31", "1997/ /9 1 3 5 15 17 19 29 /10 1 3 13 15 17"),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", start, "2199-12-31", "1997/ /9 2 4 16 18 30 /10 2 14 16"),
        ("FREQ=MONTHLY;COUNT=10;BYDAY=1FR", "1997-09-05", "2199-12-31", "1997/ /9 5 /10 3 /11 7 /12 5 1998/ /1 2 /2 6 /3 6 /4 3 /5 1 /6 5"),
        ("FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU", "1997-09-07", "2199-12-31", "1997/ /9 7 28 /11 2 30 1998/ /1 4 25 /3 1 29 /5 3 31"),
        ("FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "1997-09-22", "2199-12-31", "1997/ /9 22 /10 20 /11 17 /12 22 1998/ /1 19 /2 16"),
        ("FREQ=MONTHLY;BYMONTHDAY=-3", "1997-09-28", "1998-02-28", "1997/ /9 28 /10 29 /11 28 /12 29 1998/ /1 29 /2 26"),
        ("FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15", start, "2199-12-31", "1997/ /9 2 15 /10 2 15 /11 2 15 /12 2 15 1998/ /1 2 15"),
        ("FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1", "1997-09-30", "2199-12-31", "1997/ /9 30 /10 1 31 /11 1 30 /12 1 31 1998/ /1 1 31 /2 1"),
        ("FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15", "1997-09-10", "2199-12-31", "1997/ /9 10 11 12 13 14 15 1999/ /3 10 11 12 13"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=TU", start, "1998-01-31", "1997/ /9 2 9 16 23 30 /11 4 11 18 25 1998/ /1 6 13 20 27"),
        (
            "FREQ=YEARLY;COUNT=10;BYMONTH=6,7",
            "1997-06-10",
            "2199-12-31",
            "1997/ /6 10 /7 10 1998/ /6 10 /7 10 1999/ /6 10 /7 10 2000/ /6 10 /7 10 2001/ /6 10 /7 10",
        ),
        (
            "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3",
            "1997-03-10",
            "2199-12-31",
            "1997/ /3 10 1999/ /1 10 /2 10 /3 10 2001/ /1 10 /2 10 /3 10 2003/ /1 10 /2 10 /3 10",
        ),
        (
            "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200",
            "1997-01-01",
            "2199-12-31",
            "1997/ /1 1 /4 10 /7 19 2000/ /1 1 /4 9 /7 18 2003/ /1 1 /4 10 /7 19 2006/ /1 1",
        ),
        ("FREQ=YEARLY;BYDAY=20MO", "1997-05-19", "1999-12-31", "1997/ /5 19 1998/ /5 18 1999/ /5 17"),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "1997-05-12", "1999-12-31", "1997/ /5 12 1998/ /5 11 1999/ /5 17"),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=TH", "1997-03-13", "1998-12-31", "1997/ /3 13 20 27 1998/ /3 5 12 19 26"),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "1997-09-03", "2000-12-31", "1998/ /2 13 /3 13 /11 13 1999/ /8 13 2000/ /10 13"),
        (
            "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
            "1997-09-13",
            "1998-06-30",
            "1997/ /9 13 /10 11 /11 8 /12 13 1998/ /1 10 /2 7 /3 7 /4 11 /5 9 /6 13",
        ),
        ("FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", "1996-11-05", "2004-12-31", "1996/ /11 5 2000/ /11 7 2004/ /11 2"),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04", "2199-12-31", "1997/ /9 4 /10 7 /11 6"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", "1997-09-29", "1998-03-31", "1997/ /9 29 /10 30 /11 27 /12 30 1998/ /1 29 /2 26 /3 30"),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05", "2199-12-31", "1997/ /8 5 10 19 24"),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05", "2199-12-31", "1997/ /8 5 17 19 31"),
        ("FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01-15", "2199-12-31", "2007/ /1 15 30 /2 15 /3 15 30"),
    ] {
        assert_eq!(on(rule, start, start, last), days(expected), "{rule}");
        assert_eq!(on(&format!("RRULE:{}", rule.to_lowercase()), start, "1900-01-01", last), days(expected), "{rule}");
    }
    let december = on("FREQ=DAILY;UNTIL=19971224T000000Z", start, start, "2199-12-31");
    assert_eq!((december.len(), december.last().unwrap().as_str()), (114, "1997-12-24"));
    let januaries = on("FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA", "1998-01-01", "1998-01-01", "2199-12-31");
    assert_eq!(januaries, on("FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1", "1998-01-01", "1998-01-01", "2199-12-31"));
    assert_eq!(januaries.len(), 93);
}

#[test]
fn weeks_are_those_of_iso_8601() {
    for week in [1, 2, 51, 52, 53] {
        let days = on(&format!("FREQ=YEARLY;BYWEEKNO={week}"), "", "1900-01-01", "2199-12-31");
        let all = (0..109_573).map(|number| date("1900-01-01").plus_days(number));
        let expected: Vec<String> = all.filter(|day| day.iso_week().1 == week).map(|day| day.to_string()).collect();
        assert_eq!(days, expected, "{week}");
    }
}

#[test]
fn positions_are_counted_from_the_start_of_the_interval() {
    // Section 3.3.10: "A set of recurrence instances starts at the beginning of the interval".
    let rule = "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=1";
    assert_eq!(on(rule, "1997-09-03", "1997-09-03", "1997-09-20"), days("1997/ /9 8 15"));
    // Numbered and plain days add up.
    assert_eq!(on("FREQ=MONTHLY;BYDAY=MO,1TU", "", "1997-09-01", "1997-09-30"), days("1997/ /9 1 2 8 15 22 29"));
    // The last day of 1997 is in the first week of 1998.
    assert_eq!(on("FREQ=YEARLY;BYWEEKNO=1;BYDAY=WE", "", "1997-06-01", "1998-12-31"), days("1997/ /12 31"));
    assert_eq!(on("FREQ=YEARLY;BYWEEKNO=53,-53;BYDAY=TH", "", "1998-01-01", "2004-12-31"), days("1998/ /1 1 /12 31 2004/ /1 1 /12 30"));
}

fn refused(text: &str) -> RecurrenceError {
    Recurrence::parse(text).expect_err(text)
}

#[test]
fn what_is_no_rule_is_refused() {
    for (rule, about) in [
        ("RRULE:", "`` is not a part"),
        ("FREQ=WEEKLY;", "`` is not a part"),
        ("INTERVAL=2", "does not say `FREQ`"),
        ("FREQ=HOURLY", "`FREQ=HOURLY` is not known"),
        ("FREQ=DAILY;BYHOUR=9", "`BYHOUR` is about times of day"),
        ("FREQ=DAILY;COLOUR=2", "`COLOUR` is not a part"),
        ("FREQ=DAILY;FREQ=DAILY", "`FREQ` is there twice"),
        ("FREQ=DAILY;INTERVAL=0", "`INTERVAL=0`"),
        ("FREQ=DAILY;INTERVAL=+2", "`INTERVAL=+2`"),
        ("FREQ=DAILY;COUNT=99999999999", "`COUNT=99999999999`"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20260101", "both `COUNT` and `UNTIL`"),
        ("FREQ=DAILY;UNTIL=20260230", "`UNTIL=20260230`"),
        ("FREQ=DAILY;UNTIL=2026-02-03", "`UNTIL=2026-02-03`"),
        ("FREQ=DAILY;UNTIL=20260203T1", "`UNTIL=20260203T1`"),
        ("FREQ=DAILY;BYMONTH=13", "`13` in `BYMONTH`"),
        ("FREQ=DAILY;BYMONTH=-1", "`-1` in `BYMONTH`"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "`0` in `BYMONTHDAY`"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,", "`` in `BYMONTHDAY`"),
        ("FREQ=MONTHLY;BYDAY=54MO", "`54MO` in `BYDAY`"),
        ("FREQ=MONTHLY;BYDAY=XX", "`XX` in `BYDAY`"),
        ("FREQ=MONTHLY;BYDAY=É", "`É` in `BYDAY`"),
        ("FREQ=WEEKLY;WKST=1MO", "`WKST=1MO`"),
        ("FREQ=WEEKLY;BYDAY=1MO", "numbers in `BYDAY` need"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "`BYMONTHDAY` cannot"),
        ("FREQ=MONTHLY;BYWEEKNO=1", "`BYWEEKNO` needs"),
        ("FREQ=DAILY;BYYEARDAY=1", "`BYYEARDAY` needs"),
        ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO", "numbers in `BYDAY` cannot"),
        ("FREQ=MONTHLY;BYSETPOS=1", "`BYSETPOS` needs"),
    ] {
        let error = refused(rule);
        assert!(error.message().contains(about), "{rule}: {error}");
        assert!(!error.help().is_empty());
    }
}

#[test]
fn words_are_rules() {
    for (words, rule) in [
        ("daily", "FREQ=DAILY"),
        ("Every day", "FREQ=DAILY"),
        ("once a day", "FREQ=DAILY"),
        ("every other day", "FREQ=DAILY;INTERVAL=2"),
        ("every three days", "FREQ=DAILY;INTERVAL=3"),
        ("every weekday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("every working day", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("on business days", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("Mondays", "FREQ=WEEKLY;BYDAY=MO"),
        ("Monday 9:30", "FREQ=WEEKLY;BYDAY=MO"),
        ("every Monday at 09:00", "FREQ=WEEKLY;BYDAY=MO"),
        ("Mondays, 9.30 am", "FREQ=WEEKLY;BYDAY=MO"),
        ("Mondays 9:30–10:00", "FREQ=WEEKLY;BYDAY=MO"),
        ("on Mondays and Thursdays", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("on Mondays and on Thursdays", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("each Tuesday and Thursday", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("every Monday, Wednesday, and Friday at noon", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        ("Mon & Thurs", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("weekly on Monday", "FREQ=WEEKLY;BYDAY=MO"),
        ("weekly, on Mondays", "FREQ=WEEKLY;BYDAY=MO"),
        ("once a week on Monday", "FREQ=WEEKLY;BYDAY=MO"),
        ("twice a week on Mondays and Thursdays", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("every second Tuesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("every 2nd Tuesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("every other Thursday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"),
        ("a newsletter every other Thursday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"),
        ("a webinar on the 10th and 24th", "FREQ=MONTHLY;BYMONTHDAY=10,24"),
        ("one webinar on the first Tuesday of the month", "FREQ=MONTHLY;BYDAY=1TU"),
        ("on the 3rd and 5th of March", "FREQ=MONTHLY;BYMONTH=3;BYMONTHDAY=3,5"),
        ("every two weeks on Tuesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("every other week on Tuesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("every fortnight on Tuesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("fortnightly on Tuesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("every three weeks on Monday", "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO"),
        ("every second Tuesday of the month", "FREQ=MONTHLY;BYDAY=2TU"),
        ("second Tuesday of the month", "FREQ=MONTHLY;BYDAY=2TU"),
        ("the first and third Tuesday of every month", "FREQ=MONTHLY;BYDAY=1TU,3TU"),
        ("every second and fourth Tuesday of the month", "FREQ=MONTHLY;BYDAY=2TU,4TU"),
        ("first Monday and third Thursday of each month", "FREQ=MONTHLY;BYDAY=1MO,3TH"),
        ("last Friday of the month", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("third Thursday each month", "FREQ=MONTHLY;BYDAY=3TH"),
        ("third Thursday monthly", "FREQ=MONTHLY;BYDAY=3TH"),
        ("monthly on the first Tuesday", "FREQ=MONTHLY;BYDAY=1TU"),
        ("every two months on the first Monday", "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO"),
        ("monthly on the 15th", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("on the 1st and 15th of every month", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
        ("on the 10th and 24th", "FREQ=MONTHLY;BYMONTHDAY=10,24"),
        ("the 15th of each month", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("every 15th", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("the fifth of the month", "FREQ=MONTHLY;BYMONTHDAY=5"),
        ("last day of the month", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("first and last day of the month", "FREQ=MONTHLY;BYMONTHDAY=-1,1"),
        ("first working day of the month", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"),
        ("second working day of the month", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=2"),
        ("last working day of every month", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
        ("first Monday after the month's end", "FREQ=MONTHLY;BYDAY=1MO"),
        ("yearly on 3 March", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=3"),
        ("every 3 March", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=3"),
        ("every March 3rd", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=3"),
        ("on the 3rd of March each year", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=3"),
        ("first Monday of September", "FREQ=MONTHLY;BYMONTH=9;BYDAY=1MO"),
        ("first working day of March and September", "FREQ=MONTHLY;BYMONTH=3,9;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"),
        ("yearly on the last Friday in May", "FREQ=MONTHLY;BYMONTH=5;BYDAY=-1FR"),
        ("the 15th of March and September", "FREQ=MONTHLY;BYMONTH=3,9;BYMONTHDAY=15"),
        ("first Monday of the year", "FREQ=YEARLY;BYDAY=1MO"),
        ("first working day of the year", "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"),
        ("100th day of the year", "FREQ=YEARLY;BYYEARDAY=100"),
    ] {
        let read = Recurrence::parse(words).unwrap_or_else(|error| panic!("{words}: {error}"));
        assert_eq!(read.as_rule().as_deref(), Some(rule), "{words}");
        assert_eq!(Recurrence::parse(rule), Ok(read), "{words}");
    }
}

#[test]
fn words_without_a_rule_have_one_text() {
    for (words, text) in [
        ("weekly", "once a week"),
        ("monthly", "once a month"),
        ("quarterly", "once a quarter"),
        ("annually", "once a year"),
        ("once a week", "once a week"),
        ("every month", "once a month"),
        ("twice monthly", "twice a month"),
        ("twice in every month", "twice a month"),
        ("three times a week", "3 times a week"),
        ("two new pages a week", "twice a week"),
        ("two posts per week", "twice a week"),
        ("12 posts each month", "12 times a month"),
        ("one guide a week", "once a week"),
        ("one joint piece a month", "once a month"),
        ("a post a week", "once a week"),
        ("four a year", "4 times a year"),
        ("three fairs a year", "3 times a year"),
        ("new creative every two weeks", "once every 2 weeks"),
        ("two posts every other week", "twice every 2 weeks"),
        ("fortnightly", "once every 2 weeks"),
        ("every March", "in March"),
        ("in March", "in March"),
        ("every year in June", "in June"),
        ("twice a year in March and September", "in March and September"),
        ("always on", "always on"),
        ("Always-on.", "always on"),
        ("continuous", "always on"),
        ("continuously", "always on"),
        ("quarterly on the first Monday", "first Monday of the quarter"),
        ("first Monday of the quarter", "first Monday of the quarter"),
        ("first Monday after the quarter's end", "first Monday of the quarter"),
        ("first Monday after the end of each quarter", "first Monday of the quarter"),
        ("first Monday of the next quarter", "first Monday of the quarter"),
        ("last working day of each quarter", "last working day of the quarter"),
        ("first and 12th day of the quarter", "first day and 12th day of the quarter"),
        ("first Monday of the fiscal year", "first Monday of the fiscal year"),
        ("last week of the quarter", "last week of the quarter"),
        ("first week of every month", "first week of the month"),
    ] {
        let read = Recurrence::parse(words).unwrap_or_else(|error| panic!("{words}: {error}"));
        assert_eq!((read.to_string().as_str(), read.as_rule(), read.as_written()), (text, None, words));
        assert_eq!(Recurrence::parse(text), Ok(read), "{words}");
    }
}

#[test]
fn what_can_be_meant_in_two_ways_is_refused() {
    for (words, message, help) in [
        ("bi-weekly", "two ways", "`every two weeks`"),
        ("biweekly on Tuesday", "two ways", "`twice a week`"),
        ("bimonthly", "two ways", "`every two months`"),
        ("biannually", "two ways", "`twice a year`"),
        ("every third Monday", "does not say whether", "`every three weeks on Monday` or `third Monday of the month`"),
        ("every fourth Friday 9:00", "does not say whether", "`every three weeks"),
        ("every last Friday", "does not say whether", "`last Friday of the month`"),
        ("first Monday", "does not say of what", "`first Monday of the quarter`"),
        ("last week", "does not say of what", "`last week of the quarter`"),
        ("monthly on Monday", "which one", "`first Monday of the month`"),
        ("quarterly on the 15th", "of which month", "`on the 15th of every month`"),
        ("on 3 March", "may be a single day", "`yearly on 3 March`"),
        ("new pages a week", "how many", "`two new pages a week`"),
        ("three times a week on Monday", "another number of days", "leave"),
        ("two posts every Monday", "how many on each", "leave the number out"),
        ("twice a day", "more than once a day", "`daily`"),
        ("always on and tuned on Mondays", "more than that it is always on", "`Mondays`"),
        ("monthly on the first Monday of the quarter", "two different periods", "leave"),
        ("yearly on 30 February", "does not exist", "mend"),
        ("sixth Monday of the month", "further than", "mend"),
        ("", "there is no cadence", "write for example"),
        ("whenever it suits", "from `whenever` on", "write for example"),
        ("every", "missing at its end", "write for example"),
        ("almost every day", "from `almost` on", "write for example"),
        ("not every Monday", "from `not` on", "write for example"),
        ("up to two posts a week", "from `up` on", "write for example"),
        ("two or three posts a week", "from `or` on", "write for example"),
        ("Mondays a week", "from `a` on", "write for example"),
        ("first Monday month", "from `month` on", "write for example"),
        ("Mondays until June", "from `until` on", "write for example"),
        ("the week after the quarter", "from `the` on", "write for example"),
        ("last Monday after the quarter", "from `after` on", "write for example"),
        ("every other working day", "from `other` on", "write for example"),
        ("Mondays / Thursdays", "`/` has no meaning", "write for example"),
    ] {
        let error = refused(words);
        assert!(error.message().contains(message), "{words}: {error}");
        assert!(error.help().contains(help), "{words}: {error}");
        assert_eq!(error.to_string(), format!("{}; {}", error.message(), error.help()));
    }
    assert!(refused(&"x".repeat(501)).message().contains("at most 500"));
}

#[test]
fn the_day_of_a_review_is_within_its_period() {
    for (grain, words, text) in [
        (Grain::Week, "Monday 09:30", "FREQ=WEEKLY;BYDAY=MO"),
        (Grain::Week, "every other Monday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        (Grain::Week, " ", "once a week"),
        (Grain::Month, "second Tuesday", "FREQ=MONTHLY;BYDAY=2TU"),
        (Grain::Month, "second Tuesday of the month", "FREQ=MONTHLY;BYDAY=2TU"),
        (Grain::Month, "first Monday", "FREQ=MONTHLY;BYDAY=1MO"),
        (Grain::Month, "the 5th", "FREQ=MONTHLY;BYMONTHDAY=5"),
        (Grain::Month, "first working day, 10:00", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"),
        (Grain::Month, "", "once a month"),
        (Grain::Month, "FREQ=MONTHLY;BYMONTHDAY=5", "FREQ=MONTHLY;BYMONTHDAY=5"),
        (Grain::Quarter, "first Monday", "first Monday of the quarter"),
        (Grain::Quarter, "last week of the quarter", "last week of the quarter"),
        (Grain::Quarter, "last week", "last week of the quarter"),
        (Grain::Quarter, "first Monday after the quarter's end", "first Monday of the quarter"),
        (Grain::Quarter, "FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO", "FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO"),
        (Grain::Year, "3 March", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=3"),
        (Grain::Year, "first Monday of March", "FREQ=MONTHLY;BYMONTH=3;BYDAY=1MO"),
    ] {
        let read = Recurrence::of_review(grain, words).unwrap_or_else(|error| panic!("{words}: {error}"));
        assert_eq!(read.to_string(), text, "{words}");
    }
    for (grain, words) in [
        (Grain::Week, "first Monday"),
        (Grain::Week, "second Tuesday of the month"),
        (Grain::Week, "the 5th"),
        (Grain::Week, "every day"),
        (Grain::Month, "Monday"),
        (Grain::Month, "every second Tuesday"),
        (Grain::Month, "first Monday of the quarter"),
        (Grain::Quarter, "the 15th"),
        (Grain::Quarter, "the week after the quarter"),
        (Grain::Quarter, "always on"),
        (Grain::All, ""),
    ] {
        let error = Recurrence::of_review(grain, words).expect_err(words);
        assert!(!error.help().is_empty());
    }
}

#[test]
fn every_form_that_the_format_lists_is_read() {
    let section = include_str!("../../format.md").split("\n# Cadences\n").nth(1).unwrap().split("\n# ").next().unwrap();
    let mut read = 0;
    for row in section.lines().filter(|line| line.starts_with("| `")) {
        for form in row.split(" | ").next().unwrap().split('`').skip(1).step_by(2) {
            assert!(Recurrence::parse(form).is_ok(), "{form}");
            read += 1;
        }
    }
    assert!(read > 30, "only {read} forms were found");
}

fn within(words: &str, start: &str, first: &str, last: &str, calendar: &Calendar) -> String {
    let start = (!start.is_empty()).then(|| date(start));
    match Recurrence::parse(words).unwrap().days(start, date(first), date(last), calendar) {
        Falls::Within { times, grain, stretches } => {
            let spans: Vec<String> = stretches.iter().map(|span| format!("{}..{}", span.first, span.last)).collect();
            format!("{times} {} {}", grain.as_str(), spans.join(" "))
        }
        Falls::On(days) => days.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        Falls::Always => "always".to_owned(),
        Falls::Unknown(why) => why,
    }
}

#[test]
fn what_has_no_day_falls_within_stretches() {
    let calendar = Calendar::default();
    for (words, start, first, last, expected) in [
        ("two new pages a week", "", "2026-01-07", "2026-01-12", "2 week 2026-01-05..2026-01-11 2026-01-12..2026-01-18"),
        ("two new pages a week", "2026-01-12", "2026-01-07", "2026-01-12", "2 week 2026-01-12..2026-01-18"),
        ("monthly", "", "2026-01-31", "2026-02-01", "1 month 2026-01-01..2026-01-31 2026-02-01..2026-02-28"),
        ("four a year", "", "2026-01-31", "2026-02-01", "4 year 2026-01-01..2026-12-31"),
        ("every two weeks", "2026-01-07", "2026-01-20", "2026-02-02", "1 week 2026-01-19..2026-02-01 2026-02-02..2026-02-15"),
        ("every two weeks", "", "2026-01-20", "2026-02-02", "say from which day on: every two weeks needs a start to be counted from"),
        ("in March", "", "2026-01-01", "2027-03-01", "1 month 2026-03-01..2026-03-31 2027-03-01..2027-03-31"),
        ("last week of the quarter", "", "2026-06-30", "2026-09-23", "1 week 2026-06-24..2026-06-30"),
        ("always on", "", "2026-06-30", "2026-09-23", "always"),
        ("first Monday of the quarter", "", "2026-01-01", "2026-12-31", "2026-01-05 2026-04-06 2026-07-06 2026-10-05"),
        ("first Monday of the quarter", "2026-07-07", "2026-01-01", "2026-12-31", "2026-10-05"),
        ("last working day and first day of the quarter", "", "2026-01-01", "2026-04-01", "2026-01-01 2026-03-31 2026-04-01"),
        ("weekly", "", "2199-12-31", "2199-12-31", "1 week 2199-12-30..2199-12-31"),
        ("last day of the quarter", "", "2199-12-31", "2199-12-31", "2199-12-31"),
        ("every second Tuesday", "", "2026-01-01", "2026-01-31", "say from which day on: every second Tuesday needs a start to be counted from"),
        ("FREQ=MONTHLY", "", "2026-01-01", "2026-01-31", "say from which day on: FREQ=MONTHLY falls on the day on which it starts"),
        (
            "FREQ=DAILY;COUNT=3",
            "",
            "2026-01-01",
            "2026-01-31",
            "say from which day on: FREQ=DAILY;COUNT=3 ends after so many times, which are counted from its start",
        ),
        ("monthly on the 15th", "", "2026-02-01", "2026-01-01", ""),
    ] {
        assert_eq!(within(words, start, first, last, &calendar), expected, "{words}");
    }
}

#[test]
fn weeks_quarters_and_fiscal_years_are_the_calendars() {
    let february = Calendar::gregorian(2, Weekday::Sunday).unwrap();
    assert_eq!(within("first Monday of the quarter", "", "2026-01-01", "2026-06-30", &february), "2026-02-02 2026-05-04");
    assert_eq!(within("first working day of the fiscal year", "", "2026-01-01", "2027-06-30", &february), "2026-02-02 2027-02-01");
    assert_eq!(within("weekly", "", "2026-01-01", "2026-01-01", &february), "1 week 2025-12-28..2026-01-03");
    // A retail quarter has 13 weeks from Sunday on; the days of a month are the calendar month's.
    assert_eq!(within("first and last day of the quarter", "", "2023-01-01", "2023-06-30", &Calendar::nrf()), "2023-01-28 2023-01-29 2023-04-29 2023-04-30");
    assert_eq!(within("last day of the month", "", "2023-01-01", "2023-02-28", &Calendar::nrf()), "2023-01-31 2023-02-28");
}

#[test]
fn what_never_falls_comes_to_an_end() {
    for rule in [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=4000000000",
        "FREQ=YEARLY;INTERVAL=4294967295;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=10MO",
    ] {
        assert_eq!(on(rule, "1900-01-01", "1900-01-01", "2199-12-31"), Vec::<String>::new(), "{rule}");
    }
    assert_eq!(on("FREQ=DAILY;COUNT=109573", "1900-01-01", "2199-12-30", "2199-12-31"), ["2199-12-30", "2199-12-31"]);
    assert_eq!(on("FREQ=DAILY;COUNT=109571", "1900-01-01", "2199-12-30", "2199-12-31"), Vec::<String>::new());
    assert_eq!(on("FREQ=DAILY", "", "1900-01-01", "2199-12-31").len(), 109_573);
}

/// Rules and words of every form.
fn cadences() -> impl Strategy<Value = String> {
    let list = |least: i16, most: i16| {
        proptest::collection::vec((1..=most, any::<bool>()), 0..4).prop_map(move |numbers| {
            let number = |(number, back): (i16, bool)| if back && least < 0 { -number } else { number };
            numbers.into_iter().map(|pair| number(pair).to_string()).collect::<Vec<_>>().join(",")
        })
    };
    let days = proptest::collection::vec((0_i16..6, 0_usize..7), 0..3).prop_map(|days| {
        let day = |(number, day): (i16, usize)| {
            format!("{}{}", if number == 0 { String::new() } else { (number - 3).to_string() }, ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][day])
        };
        days.into_iter().map(day).collect::<Vec<_>>().join(",")
    });
    let frequency = prop_oneof![Just("DAILY"), Just("WEEKLY"), Just("MONTHLY"), Just("YEARLY")];
    let rule = (frequency, 1_u32..5, list(1, 12), list(-31, 31), days, list(-3, 3), 0_u32..20).prop_map(
        |(frequency, interval, months, month_days, days, positions, count)| {
            let mut text = format!("FREQ={frequency};INTERVAL={interval}");
            for (name, list) in [("BYMONTH", months), ("BYMONTHDAY", month_days), ("BYDAY", days), ("BYSETPOS", positions)] {
                if !list.is_empty() {
                    text.push_str(&format!(";{name}={list}"));
                }
            }
            if count > 0 { format!("{text};COUNT={count}") } else { text }
        },
    );
    prop_oneof![rule, words()]
}

/// The words of cadences in any order.
fn words() -> impl Strategy<Value = String> {
    let known = "every each other second third first last the of on in a per two 3 15th 2nd Monday Tuesdays working day days week weeks month quarter fiscal year \
        March after end next and , weekly monthly quarterly yearly daily once twice times pages new 9:30 at always";
    let known: Vec<&str> = known.split_whitespace().collect();
    proptest::collection::vec(proptest::sample::select(known), 1..7).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in any::<String>(), rule in "[A-Z0-9=;,:+-]{0,40}", words in words()) {
        for text in [text, format!("FREQ={rule}"), words] {
            let _ = Recurrence::parse(&text);
            for grain in Grain::ALL {
                let _ = Recurrence::of_review(grain, &text);
            }
        }
    }

    #[test]
    fn days_are_in_order_and_in_range_and_add_up(text in cadences(), start in 0_i64..2_000, first in 0_i64..2_000, length in 0_i64..900, cut in 0_i64..900, started in any::<bool>()) {
        let Ok(read) = Recurrence::parse(&text) else { return Ok(()) };
        let day = |number: i64| date("2019-11-20").plus_days(number);
        let start = started.then(|| day(start));
        let calendar = Calendar::default();
        // One text that means the same.
        let again = Recurrence::parse(&read.to_string()).unwrap();
        prop_assert_eq!(&again, &read);
        let (first, last) = (day(first), day(first + length));
        let all = read.days(start, first, last, &calendar);
        if let Falls::On(days) = &all {
            prop_assert!(days.is_sorted_by(|one, next| one < next), "{:?}", days);
            prop_assert!(days.iter().all(|day| first.max(start.unwrap_or(first)) <= *day && *day <= last), "{:?}", days);
            let cut = first.plus_days(cut.min(length));
            let (Falls::On(mut head), Falls::On(tail)) = (again.days(start, first, cut, &calendar), read.days(start, cut.plus_days(1), last, &calendar)) else { panic!() };
            head.extend(tail);
            prop_assert_eq!(&head, days);
        }
        if let Falls::Within { stretches, .. } = &all {
            prop_assert!(stretches.is_sorted_by(|one, next| one.last < next.first), "{:?}", stretches);
            prop_assert!(stretches.iter().all(|span| span.first <= last && first <= span.last), "{:?}", stretches);
        }
    }
}
