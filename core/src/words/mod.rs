//! The wording: every message that operate and render have to say, in English and in German, and as
//! a system replaces it. It knows figures and periods and nothing of what they mean.
//!
//! A message is a variant of an enumeration, so that none can be forgotten; its pattern is text.

mod messages;
pub(crate) mod pattern;
pub(crate) mod periods;
mod prose;
mod retold;

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Serialize, Serializer};

pub(crate) use messages::Message;
pub use prose::{FigureOf, Piece, Prose};

use crate::base::calendar::Period;
use crate::base::date::Date;
use crate::base::number::Number;
use crate::base::unit::Marks;

/// The language in which a system speaks.
///
/// ```
/// use marketingos::{Language, Source, System};
/// let (system, _) = System::parse(&[Source::new("s.yaml", "{marketingos: 1, name: Kleine Firma, language: de}")])?;
/// assert_eq!(system.language(), Language::German);
/// assert_eq!(Language::German.code(), "de");
/// # Ok::<(), marketingos::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// German.
    #[serde(rename = "de")]
    German,
}

impl Language {
    pub(crate) const WORDS: [(&'static str, Self); 2] = [("en", Self::English), ("de", Self::German)];

    /// The code of ISO 639-1.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }
}

/// A language, and the messages that a system says in its own way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Words {
    language: Language,
    /// By message.
    own: Arc<[(Message, String)]>,
    /// How figures are written; `None` as in English.
    marks: Option<Arc<Marks>>,
}

/// What stands for a placeholder.
pub(crate) enum Given<'g> {
    Text(&'g str),
    Number(u64),
    Period(&'g Period),
    Date(Date),
    Prose(Prose),
}

impl<'g> From<&'g str> for Given<'g> {
    fn from(text: &'g str) -> Self {
        Self::Text(text)
    }
}

impl<'g> From<&'g String> for Given<'g> {
    fn from(text: &'g String) -> Self {
        Self::Text(text)
    }
}

impl<'g> From<&'g Period> for Given<'g> {
    fn from(period: &'g Period) -> Self {
        Self::Period(period)
    }
}

impl From<Prose> for Given<'_> {
    fn from(prose: Prose) -> Self {
        Self::Prose(prose)
    }
}

impl From<Date> for Given<'_> {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl<'g> From<&'g &str> for Given<'g> {
    fn from(text: &'g &str) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Given<'_> {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Given<'_> {
    fn from(number: usize) -> Self {
        Self::Number(u64::try_from(number).unwrap_or(u64::MAX))
    }
}

impl Words {
    pub(crate) fn new(language: Language, mut own: Vec<(Message, String)>) -> Self {
        crate::base::order::sort_by_key(&mut own, |(message, _)| *message);
        let mut words = Self { language, own: own.into(), marks: None };
        if !words.is_default() {
            words.marks = Some(Arc::new(words.written_marks())).filter(|marks| **marks != Marks::ENGLISH);
        }
        words
    }

    /// Whether it is English as it stands.
    pub(crate) fn is_default(&self) -> bool {
        self.language == Language::English && self.own.is_empty()
    }

    pub(crate) fn language(&self) -> Language {
        self.language
    }

    /// What it says in its own way.
    pub(crate) fn own(&self) -> &[(Message, String)] {
        &self.own
    }

    /// How figures are written.
    pub(crate) fn marks(&self) -> &Marks {
        self.marks.as_deref().unwrap_or(const { &Marks::ENGLISH })
    }

    fn written_marks(&self) -> Marks {
        let mark = |message| Cow::Owned(self.text(message, &[]));
        let (before, code_first) =
            (self.pattern(Message::Currency).replace("{code}", "").replace("{amount}", ""), self.pattern(Message::Currency).starts_with("{code}"));
        Marks {
            decimal: mark(Message::DecimalMark),
            thousands: mark(Message::ThousandsMark),
            gap: Cow::Owned(before),
            code_first,
            percent: mark(Message::PercentMark),
            points: mark(Message::PointsMark),
            one_day: mark(Message::OneDayMark),
            days: mark(Message::DaysMark),
            months: mark(Message::MonthsMark),
            per: mark(Message::PerMark),
            day: mark(Message::PerDay),
            month: mark(Message::PerMonth),
        }
    }

    /// The pattern of a message: the system's own, or that of the language.
    pub(crate) fn pattern(&self, message: Message) -> &str {
        let own = self.own.binary_search_by_key(&message, |(known, _)| *known).ok().and_then(|at| self.own.get(at));
        own.map_or_else(|| built_in(self.language, message), |(_, pattern)| pattern)
    }

    /// A message with what stands for its placeholders.
    pub(crate) fn say(&self, message: Message, given: &[(&str, Given<'_>)]) -> Prose {
        let mut prose = Prose::default();
        let found = |name: &str| given.iter().find(|(known, _)| *known == name).map(|(_, given)| given);
        for piece in pattern::pieces(self.pattern(message)).unwrap_or_default() {
            match piece {
                pattern::Piece::Text(text) => prose.push(text),
                pattern::Piece::Number { name, one, other } => {
                    prose.push(if matches!(found(name), Some(Given::Number(1))) { one } else { other });
                }
                pattern::Piece::Value { name, form } => match found(name) {
                    Some(Given::Text(text)) => prose.push(text),
                    Some(Given::Number(number)) => prose.push(&self.number(*number)),
                    Some(Given::Period(period)) => prose.push(&self.period(period, form)),
                    Some(Given::Date(date)) => prose.push(&self.date(*date)),
                    Some(Given::Prose(inner)) => prose.extend(inner.clone()),
                    None => {}
                },
            }
        }
        prose
    }

    /// A message as plain text.
    pub(crate) fn text(&self, message: Message, given: &[(&str, Given<'_>)]) -> String {
        self.say(message, given).to_string()
    }

    /// A message without placeholders.
    pub(crate) fn word(&self, message: Message) -> String {
        self.text(message, &[])
    }

    /// A whole number in running text.
    fn number(&self, number: u64) -> String {
        crate::base::unit::Unit::Count(String::new()).format_with(&Number::from(number), self.marks())
    }

    /// A share in per cent, whole unless the share is as short with a decimal: `5%`, `12.5%`.
    pub(crate) fn share(&self, share: &Number) -> String {
        let percent = share.clone() * Number::from(100);
        let number = percent.to_fixed(u32::from(!percent.is_integer())).replace('.', &self.marks().decimal);
        format!("{number}{}", self.marks().percent)
    }

    /// A share in whole per cent.
    pub(crate) fn whole_percent(&self, share: &Number) -> String {
        format!("{}{}", (share.clone() * Number::from(100)).to_fixed(0), self.marks().percent)
    }

    /// `a`, `a and b`, `a, b and c`.
    pub(crate) fn list(&self, items: impl IntoIterator<Item = Prose>) -> Prose {
        let mut items: Vec<Prose> = items.into_iter().collect();
        let Some(last) = items.pop() else { return Prose::default() };
        let first = items.into_iter().reduce(|first, next| self.say(Message::ListMore, &[("first", first.into()), ("next", next.into())]));
        match first {
            None => last,
            Some(first) => self.say(Message::ListLast, &[("first", first.into()), ("last", last.into())]),
        }
    }

    /// Who answers for something.
    pub(crate) fn owner_is(&self, owner: Option<&str>) -> String {
        let nobody = self.word(Message::Nobody);
        self.text(Message::OwnerIs, &[("person", owner.unwrap_or(&nobody).into())])
    }

    /// A list of texts.
    pub(crate) fn names(&self, names: &[String]) -> Prose {
        self.list(names.iter().map(|name| Prose::from(name.as_str())))
    }
}

/// The pattern that a language has for a message.
pub(crate) fn built_in(language: Language, message: Message) -> &'static str {
    let [_, english, german] = message.row();
    match language {
        Language::English => english,
        Language::German => german,
    }
}

/// What a pattern of a message may ask for.
pub(crate) fn placeholders(message: Message) -> Vec<&'static str> {
    let mut names = pattern::names(built_in(Language::English, message));
    names.extend(pattern::names(built_in(Language::German, message)).into_iter().filter(|name| !names.contains(name)).collect::<Vec<_>>());
    names
}

impl Serialize for Words {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let own: Vec<(&str, &str)> = self.own.iter().map(|(message, pattern)| (message.key(), pattern.as_str())).collect();
        (self.language, own).serialize(serializer)
    }
}

/// With a capital first letter.
pub(crate) fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

#[cfg(test)]
mod tests {
    use super::{Language, Message, Words, built_in, pattern, placeholders};
    use crate::base::unit::{Marks, Unit};
    use crate::{Number, Prose};

    #[test]
    fn both_languages_have_every_message_with_the_same_placeholders() {
        let mut keys = std::collections::BTreeSet::new();
        for message in Message::ALL {
            assert!(keys.insert(message.key()), "{} twice", message.key());
            let sorted = |language| {
                let pattern = built_in(language, *message);
                assert!(!pattern.is_empty(), "{} says nothing", message.key());
                assert!(pattern::pieces(pattern).is_ok(), "{}: {:?}", message.key(), pattern::pieces(pattern));
                assert!(!pattern.contains("  "), "{}", message.key());
                let mut names = pattern::names(pattern);
                names.sort_unstable();
                names
            };
            assert_eq!(Message::parse(message.key()), Some(*message));
            // English writes days as numbers, German with the name of the month.
            if *message != Message::Date {
                assert_eq!(sorted(Language::English), sorted(Language::German), "{}", message.key());
            }
        }
        assert_eq!(placeholders(Message::Date), ["iso", "day", "month", "year"]);
    }

    #[test]
    fn the_marks_of_english_are_those_of_the_catalogue() {
        assert_eq!(Words::default().written_marks(), Marks::ENGLISH);
        assert_eq!(Words::new(Language::English, vec![(Message::Noise, "calm".into())]).marks(), &Marks::ENGLISH);
    }

    #[test]
    fn german_figures_have_german_marks() {
        let german = Words::new(Language::German, Vec::new());
        for (unit, number, plain, change) in [
            ("EUR", "1234567.4", "1.234.567\u{a0}EUR", "+1.234.567\u{a0}EUR"),
            ("EUR", "-12.5", "\u{2212}12,50\u{a0}EUR", "\u{2212}12,50\u{a0}EUR"),
            ("count of leads", "1000000", "1.000.000", "+1.000.000"),
            ("percent", "-0.0305", "\u{2212}3,0\u{a0}%", "\u{2212}3,0 Prozentpunkte"),
            ("days", "1", "1\u{a0}Tag", "+1\u{a0}Tag"),
            ("days", "14", "14\u{a0}Tage", "+14\u{a0}Tage"),
            ("EUR per day", "11000", "11.000\u{a0}EUR pro Tag", "+11.000\u{a0}EUR pro Tag"),
        ] {
            let unit = Unit::parse(unit).unwrap();
            let number = Number::parse(number).unwrap();
            assert_eq!((unit.format_with(&number, german.marks()), unit.format_change_with(&number, german.marks())), (plain.to_owned(), change.to_owned()));
        }
        let list = |names: &[&str]| german.list(names.iter().map(|name| Prose::from(*name))).to_string();
        assert_eq!([list(&[]), list(&["a"]), list(&["a", "b"]), list(&["a", "b", "c"])], ["", "a", "a und b", "a, b und c"]);
        assert_eq!(german.share(&Number::parse("0.125").unwrap()), "12,5\u{a0}%");
        assert_eq!(german.date("2026-09-03".parse().unwrap()), "3. September 2026");
    }
}
