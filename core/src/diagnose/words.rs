//! Words for the sentences of a diagnosis. Users' names are made fit to stand in them.

use crate::base::date::Date;
use crate::base::finding::is_unruly;
use crate::base::number::Number;
use crate::base::unit::Unit;

/// The most items that a sentence lists.
const MOST_LISTED: usize = 8;
/// The most characters of a name.
const MOST_CHARACTERS: usize = 60;

/// A user's text as part of a sentence: bounded, on one line, and without characters that
/// control a terminal or turn the direction of writing.
pub(super) fn plain(text: &str) -> String {
    let mut shown = String::new();
    for c in text.chars().take(MOST_CHARACTERS) {
        if is_unruly(c) {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
    }
    if text.chars().nth(MOST_CHARACTERS).is_some() {
        shown.push('…');
    }
    shown
}

/// The same in backticks, for what is cited rather than said.
pub(super) fn cited(text: &str) -> String {
    format!("`{}`", plain(text).replace('`', "'"))
}

/// `a`, `a and b`, `a, b and c`, `a, b, … and 12 more`.
pub(super) fn listed(items: impl IntoIterator<Item = String>) -> String {
    let items: Vec<String> = items.into_iter().collect();
    if items.len() > MOST_LISTED {
        let shown: Vec<String> = items.iter().take(MOST_LISTED).cloned().collect();
        return format!("{} and {} more", shown.join(", "), items.len().saturating_sub(MOST_LISTED));
    }
    match items.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// `1 KPI`, `12 KPIs`.
pub(super) fn counted(count: usize, (one, several): (&str, &str)) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

/// `The only KPI`, `Each of the 12 KPIs`.
pub(super) fn each(total: usize, nouns: (&str, &str)) -> String {
    if total == 1 { format!("The only {}", nouns.0) } else { format!("Each of the {total} {}", nouns.1) }
}

/// `1 of 12 KPIs has`, `2 of 12 KPIs have`.
pub(super) fn some_have(count: usize, total: usize, nouns: (&str, &str)) -> String {
    format!("{count} of {} {}", counted(total, nouns), if count == 1 { "has" } else { "have" })
}

/// A share in per cent, with one decimal.
pub(super) fn percent(share: &Number) -> String {
    Unit::Percent.format(share)
}

/// A day, or a stretch of days.
pub(super) fn days(first: Date, last: Date) -> String {
    if first == last { first.to_string() } else { format!("{first} to {last}") }
}

/// The word for a layer.
pub(super) fn layer_word<L: PartialEq>(all: &[(&'static str, L)], layer: &L) -> &'static str {
    all.iter().find(|(_, known)| known == layer).map_or("", |(word, _)| word)
}

#[cfg(test)]
mod tests {
    use super::{cited, listed, plain};

    #[test]
    fn a_name_cannot_break_out_of_its_sentence() {
        assert_eq!(plain("a\nb\u{1b}[31m\u{202e}c"), "a\\nb\\u{1b}[31m\\u{202e}c");
        assert_eq!(plain(&"x".repeat(1_000)).chars().count(), 61);
        assert_eq!(cited("a`b"), "`a'b`");
    }

    #[test]
    fn lists_read_well_at_every_length() {
        let list = |count: usize| listed((0..count).map(|n| n.to_string()));
        assert_eq!([0, 1, 2, 3].map(list), ["", "0", "0 and 1", "0, 1 and 2"]);
        assert_eq!(list(10), "0, 1, 2, 3, 4, 5, 6, 7 and 2 more");
    }
}
