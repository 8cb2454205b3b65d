//! Sentences about results: right direction words, sensible rounding, and no claim that the
//! numbers do not carry.

use super::escalation::EscalationReason;
use crate::base::calendar::{Grain, Period};
use crate::base::number::Number;
use crate::judge::scorecard::{Line, OnTarget, SignalStatus};
use crate::judge::variance::{Comparison, Impact};

/// A period in running text: `September 2026`, `week 39 of 2026`, `Q3 2026`, `month 1 of FY2023`.
/// Names of the author's own choice are said as they are.
pub(super) fn period(period: &Period) -> String {
    let words = match period.grain {
        Grain::Week => numbered(&period.label, "W").map(|(year, week)| format!("week {week} of {year}")),
        Grain::Month if period.label == iso_month(period) => Some(month(period.first.month(), period.first.year())),
        Grain::Month => numbered(&period.label, "M").map(|(year, month)| format!("month {month} of {year}")),
        Grain::Quarter => numbered(&period.label, "Q").map(|(year, quarter)| format!("Q{quarter} {year}")),
        Grain::Year => None,
        Grain::All => Some("the whole time".to_owned()),
    };
    words.unwrap_or_else(|| period.label.clone())
}

/// How a calendar month is written; empty for a month of whole weeks.
fn iso_month(period: &Period) -> String {
    let (first, last) = (period.first, period.last);
    let whole = first.day() == 1 && last.plus_days(1).day() == 1;
    if whole { format!("{:04}-{:02}", first.year(), first.month()) } else { String::new() }
}

/// The year and number of a label such as `2026-W39` or `FY2026-Q3`.
fn numbered<'l>(label: &'l str, letter: &str) -> Option<(&'l str, &'l str)> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (year, part) = label.split_once('-')?;
    let number = part.strip_prefix(letter).filter(|number| is_number(number))?;
    is_number(year.strip_prefix("FY").unwrap_or(year)).then(|| (year, number.trim_start_matches('0')))
}

fn month(month: u32, year: i32) -> String {
    let name = match month {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    };
    format!("{name} {year}")
}

/// The size of a change without its sign, with the relative change where there is one.
fn size(comparison: &Comparison) -> String {
    let plain = comparison.change.text.trim_start_matches(['+', '\u{2212}', '±']);
    match comparison.relative.as_ref().filter(|relative| relative.value.number().is_some()) {
        Some(relative) => format!("{plain} ({})", relative.text.trim_start_matches(['+', '\u{2212}', '±'])),
        None => plain.to_owned(),
    }
}

/// Where a KPI stands, to be read after its name, which stands before or above it: `364 in
/// September 2026, 4 (1.1%) above the target of 360: favourable.`
pub(super) fn against_plan(line: &Line) -> String {
    let when = period(&line.period);
    if line.actual.value.number().is_none() {
        let reason = line.actual.value.reason().unwrap_or_default();
        return format!("No value for {when} ({reason}: {}).", line.actual.value.cause());
    }
    let actual = format!("{} in {when}", line.actual.text);
    let target = &line.plan.base.text;
    match (line.status.target, line.plan.change.value.number()) {
        (OnTarget::NoTarget, _) => format!("{actual}; there is no target to hold it against."),
        (_, None) => format!("{actual}; it cannot be held against its target: {}.", line.plan.change.value.cause()),
        (OnTarget::NotJudged, Some(_)) => format!("{actual}; the plan says {target}, and neither direction is better."),
        (_, Some(change)) if change.is_zero() && target.contains(" to ") => format!("{actual}, inside the target band of {target}."),
        (_, Some(change)) if change.is_zero() => format!("{actual}, exactly on target."),
        (_, Some(change)) => {
            let side = if change.is_negative() { "below" } else { "above" };
            let what = if target.contains(" to ") { "the target band of" } else { "the target of" };
            format!("{actual}, {} {side} {what} {target}: {}.", size(&line.plan), line.plan.impact.word())
        }
    }
}

/// Whether the movement is a signal or noise.
pub(super) fn signal(line: &Line) -> String {
    let rule = line.trend.signals.first().map_or("", |signal| signal.rule.words());
    match (line.status.signal, line.usual_range()) {
        (SignalStatus::Adverse, _) => format!("This is an adverse signal, not noise: {rule}."),
        (SignalStatus::Favourable, _) => format!("This is a favourable signal, not noise: {rule}."),
        (SignalStatus::Changed, _) => format!("This is a signal, not noise: {rule}."),
        (SignalStatus::Noise, Some(range)) => format!("The movement is noise: within the usual range ({range})."),
        (SignalStatus::NotJudged, _) => "It is not like the figures of other periods, so that signal and noise are not told.".to_owned(),
        _ => "There are too few points to tell signal from noise.".to_owned(),
    }
}

/// `up 51 (16.3%) on August 2026 (favourable)`.
pub(super) fn against_period(comparison: &Comparison) -> Option<String> {
    let change = comparison.change.value.number()?;
    let base = period(comparison.period.as_ref()?);
    if change.is_zero() {
        return Some(format!("unchanged on {base}"));
    }
    let direction = if change.is_negative() { "down" } else { "up" };
    let impact = match comparison.impact {
        Impact::Favourable => " (favourable)",
        Impact::Adverse => " (adverse)",
        Impact::Neutral | Impact::Unknown => "",
    };
    Some(format!("{direction} {} on {base}{impact}", size(comparison)))
}

/// Since when, and what would clear it: `Since July 2026; it clears with a month on target.`
pub(super) fn clears(reason: &EscalationReason) -> String {
    let since = reason.since.as_ref().map(period).or_else(|| reason.since_on.map(|day| day.to_string()));
    match since {
        Some(since) => format!("Since {since}; it clears with {}.", reason.clears),
        None => format!("It clears with {}.", reason.clears),
    }
}

/// With a capital first letter.
pub(super) fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// A share in per cent without needless digits: `5%`, `12.5%`.
pub(super) fn share(share: &Number) -> String {
    let percent = share.clone() * Number::from(100);
    format!("{}%", percent.to_fixed(u32::from(!percent.is_integer())))
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// `1 row`, `2 rows`.
pub(super) fn count_of(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
