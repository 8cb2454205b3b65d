//! The words that cadences are made of.

use crate::base::calendar::{Grain, Weekday};

/// Monday to Friday, and all days of the week, a bit each from Monday on.
pub(super) const WORKING: u8 = 0b001_1111;
pub(super) const ALL_DAYS: u8 = 0b111_1111;

pub(super) const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
pub(super) const ORDINALS: [&str; 10] = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
const NUMBERS: [&str; 12] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

fn place(list: &[&str], holds: &dyn Fn(&str) -> bool) -> Option<u32> {
    list.iter().position(|known| holds(known)).and_then(|at| u32::try_from(at).ok())
}

/// Days since Monday: the name, its plural, or its usual short form.
pub(super) fn weekday(word: &str) -> Option<u32> {
    let names = Weekday::WORDS.map(|(name, _)| name);
    let full = word.strip_suffix('s').unwrap_or(word);
    let short = |name: &str| name.get(..3) == Some(word);
    place(&names, &|name| name == full || short(name)).or(match word {
        "tues" => Some(1),
        "thur" | "thurs" => Some(3),
        _ => None,
    })
}

/// 1 to 12.
pub(super) fn month(word: &str) -> Option<u32> {
    let is = |name: &str| name.eq_ignore_ascii_case(word) || name.get(..3).is_some_and(|short| short.eq_ignore_ascii_case(word));
    place(&MONTHS, &is).or(if word == "sept" { Some(8) } else { None }).map(|at| at + 1)
}

/// A count, in words or digits.
pub(super) fn number(word: &str) -> Option<u32> {
    let digits = !word.is_empty() && word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit());
    if digits { word.parse().ok().filter(|number| *number > 0) } else { place(&NUMBERS, &|known| known == word).map(|at| at + 1) }
}

/// `first` to `tenth`, `1st` to `31st` and so on; -1 is `last`.
pub(super) fn ordinal(word: &str) -> Option<i16> {
    if word == "last" {
        return Some(-1);
    }
    if let Some(at) = place(&ORDINALS, &|known| known == word) {
        return i16::try_from(at + 1).ok();
    }
    let digits = word.get(..word.len().checked_sub(2)?)?;
    let number = number(digits).filter(|_| digits.starts_with(|first: char| first.is_ascii_digit()))?;
    (word == nth(number)).then(|| i16::try_from(number).ok()).flatten()
}

/// `1st`, `2nd` and so on.
pub(super) fn nth(number: u32) -> String {
    let suffix = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{suffix}")
}

/// A period, in the singular or plural, and how many of its length it stands for.
pub(super) fn period(word: &str) -> Option<(Grain, u32)> {
    let one = word.strip_suffix('s').unwrap_or(word);
    if one == "fortnight" {
        return Some((Grain::Week, 2));
    }
    Grain::parse(one).filter(|grain| *grain != Grain::All).map(|grain| (grain, 1))
}

/// `weekly` and its like.
pub(super) fn adverb(word: &str) -> Option<(Grain, u32)> {
    Some(match word {
        "weekly" => (Grain::Week, 1),
        "fortnightly" => (Grain::Week, 2),
        "monthly" => (Grain::Month, 1),
        "quarterly" => (Grain::Quarter, 1),
        "yearly" | "annually" => (Grain::Year, 1),
        _ => return None,
    })
}

/// Words that mean two different lengths to different people, and how to write either.
pub(super) fn two_ways(word: &str) -> Option<&'static str> {
    Some(match word {
        "biweekly" => "write `twice a week` or `every two weeks`",
        "bimonthly" => "write `twice a month` or `every two months`",
        "biannual" | "biannually" | "biyearly" => "write `twice a year` or `every two years`",
        _ => return None,
    })
}

/// Whether a word has a meaning of its own, and so cannot be part of what is counted.
pub(super) fn is_known(word: &str) -> bool {
    let small = ["a", "an", "the", "and", "of", "on", "in", "at", "per", "each", "every", "other", "day", "days", "daily", "after", "before", "times", ","];
    // What is not quite so, or not at all.
    let qualifying =
        ["not", "never", "no", "except", "almost", "nearly", "hardly", "about", "roughly", "usually", "sometimes", "until", "from", "or", "to", "but"];
    small.contains(&word)
        || qualifying.contains(&word)
        || ["working", "business", "weekday", "weekdays", "once", "twice", "thrice", "always", "continuous", "continuously"].contains(&word)
        || weekday(word).is_some()
        || month(word).is_some()
        || number(word).is_some()
        || ordinal(word).is_some()
        || period(word).is_some()
        || adverb(word).is_some()
        || two_ways(word).is_some()
        || word.contains(|letter: char| letter.is_ascii_digit())
}

/// The words of a text in lower case, `,` standing for itself; the first sign that has no place
/// in a cadence is told instead.
pub(super) fn split(text: &str) -> Result<Vec<String>, char> {
    let mut words: Vec<String> = vec![String::new()];
    let mut signs = text.chars().flat_map(char::to_lowercase).peekable();
    while let Some(sign) = signs.next() {
        let within_clock = matches!(sign, '.' | ':') && signs.peek().is_some_and(char::is_ascii_digit);
        match sign {
            _ if sign.is_alphanumeric() || within_clock => {
                if let Some(word) = words.last_mut() {
                    word.push(sign);
                }
            }
            // The quarter's end is the quarter end.
            '\'' | '\u{2019}' => {
                if signs.peek() == Some(&'s') {
                    signs.next();
                }
            }
            ',' => words.extend([",".to_owned(), String::new()]),
            '&' => words.extend(["and".to_owned(), String::new()]),
            '.' | '-' | '\u{2013}' => words.push(String::new()),
            _ if sign.is_whitespace() => words.push(String::new()),
            _ => return Err(sign),
        }
    }
    words.retain(|word| !word.is_empty());
    // `bi-weekly` is one word.
    if let Some(at) = words.iter().position(|word| word == "bi")
        && at + 1 < words.len()
    {
        let rest = words.remove(at + 1);
        if let Some(word) = words.get_mut(at) {
            word.push_str(&rest);
        }
    }
    Ok(words)
}

/// Takes a time of day off the end, or a pair of them: it is not part of the day.
pub(super) fn without_time(words: &mut Vec<String>) {
    for _ in 0..2 {
        let from_end = |back: usize| words.len().checked_sub(back).and_then(|at| words.get(at)).map_or("", String::as_str);
        let (last, before, second_before) = (from_end(1), from_end(2), from_end(3));
        let used = if is_clock(last) || last == "noon" {
            1
        } else if matches!(last, "am" | "pm") && (is_clock(before) || hour(before)) {
            2
        } else if before == "at" && hour(last) {
            1
        } else {
            return;
        };
        let marked = matches!(if used == 1 { before } else { second_before }, "at" | "from" | "to" | "," | "until");
        words.truncate(words.len() - used - usize::from(marked));
    }
}

fn hour(word: &str) -> bool {
    !word.is_empty() && word.len() <= 2 && word.parse::<u8>().is_ok_and(|hour| hour <= 24)
}

/// `9:30`, `09.30`, `9am`, `9:30pm`.
fn is_clock(word: &str) -> bool {
    let half = word.strip_suffix("am").or(word.strip_suffix("pm"));
    match half.unwrap_or(word).split_once([':', '.']) {
        Some((hours, minutes)) => hour(hours) && minutes.len() == 2 && minutes.parse::<u8>().is_ok_and(|minute| minute < 60),
        None => half.is_some_and(hour),
    }
}
