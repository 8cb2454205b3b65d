//! The section `calendar`.

use super::super::cadence::{Holiday, HolidayDay};
use super::Context;
use crate::base::calendar::{Calendar, Grain, NameError, NamedBy, Names, Week53, WeekPattern, Weekday, YearEnd, YearEndRule};
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::finding::quoted;
use crate::base::recurrence::{Falls, Recurrence};
use crate::base::zone::Zone;
use crate::text::{Data, MapReader, Node};

/// No name of a zone is longer.
const MAX_ZONE: usize = 64;
/// Thirty for each of ten years.
const MAX_HOLIDAYS: usize = 300;
/// The years in which it is looked how often a holiday comes, and the most days in each.
const YEARS: (i32, i32, usize) = (2020, 2029, 7);

const MONTHS: [(&str, u32); 12] = [
    ("january", 1),
    ("february", 2),
    ("march", 3),
    ("april", 4),
    ("may", 5),
    ("june", 6),
    ("july", 7),
    ("august", 8),
    ("september", 9),
    ("october", 10),
    ("november", 11),
    ("december", 12),
];

#[derive(Clone, Copy, PartialEq)]
enum Pattern {
    Weeks(WeekPattern),
    Nrf,
}

const PATTERNS: [(&str, Pattern); 4] = [
    ("4-4-5", Pattern::Weeks(WeekPattern::FourFourFive)),
    ("4-5-4", Pattern::Weeks(WeekPattern::FourFiveFour)),
    ("5-4-4", Pattern::Weeks(WeekPattern::FiveFourFour)),
    ("nrf", Pattern::Nrf),
];

/// Reads the section; what cannot be read of it is as if it were not there.
pub(super) fn calendar(context: &mut Context<'_>, node: &Node, path: &str) -> Option<(Calendar, Office)> {
    let mut map = context.reader.map(node, path)?;
    let calendar = shape(context, &mut map);
    let calendar = match map.one_of(&mut context.reader, "named_by", &[("start", NamedBy::Start), ("end", NamedBy::End)]) {
        Some(named_by) => calendar.with_named_by(named_by),
        None => calendar,
    };
    let week_53 = map.one_of(&mut context.reader, "week_53", &[("restated", Week53::Restated), ("not_restated", Week53::NotRestated)]);
    let calendar = match week_53 {
        Some(week_53) => calendar.with_week_53(week_53),
        None => calendar,
    };
    let calendar = names(context, &mut map, calendar);
    let zone = map.get("zone").and_then(|(node, path)| zone(context, node, &path));
    let holidays = map.get("holidays").map(|(node, path)| holidays(context, node, &path, &calendar)).unwrap_or_default();
    map.finish(&mut context.reader);
    Some((calendar, Office { zone, holidays }))
}

/// By which clock people meet, and on which days they do not.
#[derive(Clone, Debug, Default)]
pub(super) struct Office {
    pub(super) zone: Option<String>,
    pub(super) holidays: Vec<Holiday>,
}

/// The name of a zone stays as it was written, since a build that knows none by name reads the same
/// systems; what needs the zone says so then.
fn zone(context: &mut Context<'_>, node: &Node, path: &str) -> Option<String> {
    let text = context.reader.text(node, path)?;
    let may_be_name = text.len() <= MAX_ZONE && text.starts_with(|first: char| first.is_ascii_alphabetic());
    let unheard = !Zone::knows_names() && may_be_name && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/_+-".contains(&byte));
    if Zone::new(text).is_none() && !unheard {
        let help = "write `UTC`, a distance from it such as `+01:00`, or a name of the IANA database such as `Europe/Amsterdam`";
        context.reader.error(Code::WrongValue, node.mark, path, format!("{} is not a zone that is known", quoted(text)), help);
        return None;
    }
    Some(text.to_owned())
}

fn holidays(context: &mut Context<'_>, node: &Node, path: &str, calendar: &Calendar) -> Vec<Holiday> {
    let items = context.reader.items(node, path);
    if items.len() > MAX_HOLIDAYS {
        let message = format!("a list of {} holidays; at most {MAX_HOLIDAYS} are read", items.len());
        context.reader.error(Code::TooLarge, node.mark, path, message, "write those that come every year once");
        return Vec::new();
    }
    items.into_iter().filter_map(|(item, path)| holiday(context, item, &path, calendar)).collect()
}

/// `2026-12-24`, `25 December`, or `{ on: 25 December, name: Christmas }`.
fn holiday(context: &mut Context<'_>, node: &Node, path: &str, calendar: &Calendar) -> Option<Holiday> {
    if let Data::Scalar { .. } = node.data {
        return Some(Holiday { on: holiday_day(context, node, path, calendar)?, name: String::new() });
    }
    let mut map = context.reader.map(node, path)?;
    let on = map.require(&mut context.reader, "on", "write a date, or a day of every year such as `25 December`");
    let on = on.and_then(|(node, path)| holiday_day(context, node, &path, calendar));
    let name = map.text(&mut context.reader, "name").unwrap_or_default();
    map.finish(&mut context.reader);
    Some(Holiday { on: on?, name })
}

fn holiday_day(context: &mut Context<'_>, node: &Node, path: &str, calendar: &Calendar) -> Option<HolidayDay> {
    let text = context.reader.text(node, path)?;
    if let Ok(day) = text.parse() {
        return Some(HolidayDay::Once(day));
    }
    // Only what names its day by itself: a rule may need a start, or come more often than the years.
    let (first, last, most) = YEARS;
    let (first, last) = (Date::new(first, 1, 1).unwrap_or_else(Date::min), Date::new(last, 12, 31).unwrap_or_else(Date::max));
    let comes_yearly = |recurrence: &Recurrence| match recurrence.days(None, first, last, calendar) {
        Falls::On(days) => days.len() <= most.saturating_mul(10),
        _ => false,
    };
    let yearly = Recurrence::of_review(Grain::Year, text).ok().filter(comes_yearly);
    if yearly.is_none() {
        let help = "write a date such as 2026-12-24, or a day of every year such as `25 December`";
        context.reader.error(Code::WrongValue, node.mark, path, format!("{} is neither a date nor a day of every year", quoted(text)), help);
    }
    yearly.map(HolidayDay::Yearly)
}

/// Months or weeks, and where the year starts.
fn shape(context: &mut Context<'_>, map: &mut MapReader<'_>) -> Calendar {
    let starts = map.one_of(&mut context.reader, "fiscal_year_starts", &MONTHS);
    let week_starts = map.one_of(&mut context.reader, "week_starts", &Weekday::WORDS);
    let has_pattern = map.get("pattern").is_some();
    let pattern = map.one_of(&mut context.reader, "pattern", &PATTERNS);
    let year_ends = map.get("year_ends").map(|(node, path)| (year_end(context, node, &path), node.mark));
    if !has_pattern {
        let help = "write the pattern of its weeks too, such as `pattern: 4-4-5`, or leave it out";
        let what = "a calendar without `pattern` has years of twelve calendar months";
        refuse(context, map, "year_ends", what, help);
        refuse(context, map, "week_53", what, help);
        return Calendar::gregorian(starts.unwrap_or(1), week_starts.unwrap_or(Weekday::Monday)).unwrap_or_default();
    }
    let what = "the years of a calendar with `pattern` begin and end with its weeks";
    refuse(context, map, "fiscal_year_starts", what, "leave it out: `year_ends` says where a year ends");
    refuse(context, map, "week_starts", what, "leave it out: weeks end on the weekday on which years end");
    match (pattern, year_ends) {
        (Some(Pattern::Nrf), _) => {
            let help = "leave it out, or write `pattern: 4-5-4` for a calendar of your own";
            let what = "`nrf` says on which day a year ends, and which year it is named by";
            refuse(context, map, "year_ends", what, help);
            refuse(context, map, "named_by", what, help);
            Calendar::nrf()
        }
        (Some(Pattern::Weeks(pattern)), Some((Some(end), _))) => Calendar::retail(pattern, end).unwrap_or_default(),
        (Some(Pattern::Weeks(_)), None) => {
            let help = "write when its years end, such as `year_ends: { weekday: saturday, rule: last, month: january }`";
            map.require(&mut context.reader, "year_ends", help);
            Calendar::nrf()
        }
        // Reported already; any retail calendar stands in for it.
        (None, _) | (_, Some((None, _))) => Calendar::nrf(),
    }
}

/// Reports a key that cannot stand with the others.
fn refuse(context: &mut Context<'_>, map: &mut MapReader<'_>, key: &'static str, what: &str, help: &str) {
    if let Some((node, path)) = map.get(key) {
        context.reader.error(Code::ConflictingKeys, node.mark, &path, format!("`{key}` cannot stand here: {what}"), help);
    }
}

fn year_end(context: &mut Context<'_>, node: &Node, path: &str) -> Option<YearEnd> {
    let mut map = context.reader.map(node, path)?;
    let weekday = map.require(&mut context.reader, "weekday", "name the weekday that ends a year, such as `saturday`");
    let weekday = weekday.and_then(|(node, path)| context.reader.one_of(node, &path, &Weekday::WORDS));
    let rule = map.require(&mut context.reader, "rule", "write `last` (in the month) or `nearest` (to the end of the month)");
    let rule = rule.and_then(|(node, path)| context.reader.one_of(node, &path, &[("last", YearEndRule::Last), ("nearest", YearEndRule::Nearest)]));
    let month = map.require(&mut context.reader, "month", "name the month with which a year ends, such as `january`");
    let month = month.and_then(|(node, path)| context.reader.one_of(node, &path, &MONTHS));
    map.finish(&mut context.reader);
    Some(YearEnd { weekday: weekday?, rule: rule?, month: month? })
}

fn names(context: &mut Context<'_>, map: &mut MapReader<'_>, calendar: Calendar) -> Calendar {
    let Some((node, path)) = map.get("names") else { return calendar };
    let Some(mut map) = context.reader.map(node, &path) else { return calendar };
    let names = Names {
        week: map.text(&mut context.reader, "week"),
        month: map.text(&mut context.reader, "month"),
        quarter: map.text(&mut context.reader, "quarter"),
        year: map.text(&mut context.reader, "year"),
    };
    let named = calendar.clone().with_names(&names).unwrap_or_else(|NameError { grain, message, help }| {
        let key = match grain {
            Grain::Week => "week",
            Grain::Month => "month",
            Grain::Quarter => "quarter",
            Grain::Year | Grain::All => "year",
        };
        let (mark, path) = map.get(key).map_or((map.mark, map.path.clone()), |(node, path)| (node.mark, path));
        context.reader.error(Code::BadName, mark, &path, message, help);
        calendar
    });
    map.finish(&mut context.reader);
    named
}
