//! Reasons, caveats and the like stand in results in English, as what computed them said it. In
//! another language, or with a system's own wording, they are told again: the English pattern of
//! each is matched against the text, and what stood for its placeholders is said by the other one.
//!
//! Why not by keys in the results: a reason is made far from anything that knows a language, is
//! combined with others, and is compared in tests and by hosts as the text that it is. What no
//! pattern matches stays as it is; a test holds the patterns against the texts of an example.

use super::pattern::{Piece, pieces};
use super::{Given, Language, Message, Words, built_in};
use crate::base::date::Date;
use crate::base::number::Number;

/// The placeholders for which nothing but a whole number can stand.
const NUMBERS: [&str; 11] = ["days", "of", "count", "rows", "others", "all", "without", "early", "kept", "needed", "trials"];
/// How deep reasons stand in reasons.
const DEEPEST: u32 = 4;

impl Words {
    /// A text of results in the system's words.
    pub(crate) fn retell(&self, english: &str) -> String {
        if self.is_default() { english.to_owned() } else { self.retold(english, DEEPEST) }
    }

    fn retold(&self, english: &str, deepest: u32) -> String {
        let known = Message::ALL.iter().filter(|message| **message >= Message::FIRST_RETOLD);
        for message in known {
            let Some(found) = captured(built_in(Language::English, *message), english) else { continue };
            let retold: Vec<(&str, Retold)> = found.into_iter().map(|(name, text)| (name, self.part(name, text, deepest))).collect();
            let given: Vec<(&str, Given<'_>)> = retold
                .iter()
                .map(|(name, part)| match part {
                    Retold::One => (*name, Given::Number(1)),
                    Retold::Text(text) => (*name, Given::Text(text)),
                })
                .collect();
            return self.text(*message, &given);
        }
        english.to_owned()
    }

    fn part(&self, name: &str, text: &str, deepest: u32) -> Retold {
        let date = || text.parse::<Date>().ok().map(|date| self.date(date));
        Retold::Text(match name {
            _ if text == "1" => return Retold::One,
            "cause" | "lasting" if deepest > 0 => self.retold(text, deepest.saturating_sub(1)),
            "share" => {
                text.strip_suffix('%').and_then(Number::parse).map_or_else(|| text.to_owned(), |percent| self.share(&(percent * Number::from_parts(1, 2))))
            }
            "grain" => match text {
                "week" => self.word(Message::OneWeek),
                "month" => self.word(Message::OneMonth),
                "quarter" => self.word(Message::OneQuarter),
                "year" => self.word(Message::OneYear),
                _ => text.to_owned(),
            },
            "date" | "start" | "until" | "end" => date().unwrap_or_else(|| text.to_owned()),
            _ => text.to_owned(),
        })
    }
}

/// What stood for a placeholder, said again.
enum Retold {
    One,
    Text(String),
}

/// What stands for the placeholders, if the text is made by the pattern. A value reaches up to the
/// first occurrence of the words behind it, so that the work is bounded by the text's length.
fn captured<'t>(pattern: &'static str, text: &'t str) -> Option<Vec<(&'static str, &'t str)>> {
    let mut rest = text;
    let mut found = Vec::new();
    let pieces = pieces(pattern).ok()?;
    let mut following = pieces.iter().peekable();
    while let Some(piece) = following.next() {
        match piece {
            Piece::Text(words) => rest = rest.strip_prefix(words)?,
            Piece::Number { one, other, .. } => rest = rest.strip_prefix(other).or_else(|| rest.strip_prefix(one))?,
            Piece::Value { name, .. } => {
                let end = match following.peek() {
                    Some(Piece::Text(words)) => rest.find(words)?,
                    Some(_) => return None,
                    None => rest.len(),
                };
                let (value, after) = rest.split_at(end);
                let is_number = value.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
                if value.is_empty() || (NUMBERS.contains(name) && !is_number) {
                    return None;
                }
                found.push((*name, value));
                rest = after;
            }
        }
    }
    rest.is_empty().then_some(found)
}

#[cfg(test)]
mod tests {
    use crate::words::{Language, Words};

    #[test]
    fn reasons_are_told_again() {
        let german = Words::new(Language::German, Vec::new());
        for (english, expected) in [
            ("there are no data for 2026-09", "für 2026-09 liegen keine Daten vor"),
            ("the period ends on 2026-12-31; 30 of 92 days are covered", "der Zeitraum endet am 31. Dezember 2026; 30 von 92 Tagen sind abgedeckt"),
            ("one side is incomplete: 12 of 31 days are covered", "eine Seite ist unvollständig: 12 von 31 Tagen sind abgedeckt"),
            ("12 of 31 days are covered, and 30 of 30 of the other", "12 von 31 Tagen sind abgedeckt, beim anderen 30 von 30"),
            (
                "the past is too short to try a method on: 1 earlier stretch of 12 days is known, and 24 are needed",
                "die Vergangenheit ist zu kurz, um ein Verfahren zu erproben: 1 früherer Abschnitt von 12 Tagen ist bekannt, nötig wären 24",
            ),
            ("It has missed its target by more than 5% for 3 months in a row.", "Das Ziel wurde 3 Monate in Folge um mehr als 5\u{a0}% verfehlt."),
            ("It has missed its target for at least 36 weeks in a row.", "Das Ziel wurde mindestens 36 Wochen in Folge verfehlt."),
            ("a month that misses the target by no more than 12.5%", "ein Monat mit einer Abweichung vom Ziel von höchstens 12,5\u{a0}%"),
            ("what nobody foresaw", "what nobody foresaw"),
            ("", ""),
        ] {
            assert_eq!(german.retell(english), expected);
            assert_eq!(Words::default().retell(english), english);
        }
    }
}
