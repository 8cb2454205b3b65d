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
