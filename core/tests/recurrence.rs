//! Recurrence rules against the days that python-dateutil says; `recurrence.jsonl` is made by
//! `tests/differential/recurrences.py`, which says how and what it leaves out.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use marketingos::{Calendar, Date, Falls, Recurrence};

fn date(value: &serde_json::Value) -> Date {
    value.as_str().unwrap().parse().unwrap()
}

#[test]
fn rules_fall_as_dateutil_says() {
    let (mut rules, mut days, mut free, mut wrong) = (0, 0, 0, Vec::new());
    for line in include_str!("recurrence.jsonl").lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let recurrence = Recurrence::parse(case["rule"].as_str().unwrap()).unwrap();
        let canonical = Recurrence::parse(&recurrence.as_rule().unwrap()).unwrap();
        assert_eq!(canonical, recurrence, "{line}");
        let expected: Vec<Date> = case["days"].as_array().unwrap().iter().map(date).collect();
        let (start, first, last) = (date(&case["start"]), date(&case["first"]), date(&case["last"]));
        let found = canonical.days(Some(start), first, last, &Calendar::default());
        if found != Falls::On(expected.clone()) {
            wrong.push(format!("{line}\n{found:?}"));
        }
        let without = canonical.days(None, first, last, &Calendar::default());
        if case.get("also").is_some() {
            assert_eq!(without, found, "without a start: {line}");
            free += 1;
        }
        rules += 1;
        days += expected.len();
    }
    assert!(wrong.is_empty(), "{} of {rules}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(rules > 400 && days > 4_000 && free > 50, "{rules} rules, {days} days, {free} without a start: too few to tell");
}
