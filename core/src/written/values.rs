//! What keys hold: texts of a form, numbers, lists and entries by id. Nothing is checked here; what
//! is wrong is found, with its path, when the system is built.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// Whether a key says nothing, and is left out.
pub(super) fn unsaid<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Declares a text of a form.
macro_rules! text {
    ($(#[$about:meta])* $name:ident) => {
        $(#[$about])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl From<&str> for List<$name> {
            fn from(text: &str) -> Self {
                Self(vec![text.into()])
            }
        }

        impl<const N: usize> From<[&str; N]> for List<$name> {
            fn from(texts: [&str; N]) -> Self {
                Self(texts.into_iter().map(Into::into).collect())
            }
        }
    };
}

text! {
    /// An id: lower-case letters, digits and underscores, starting with a letter, at most 64 characters.
    Id
}
text! {
    /// A day that exists, written `YYYY-MM-DD`.
    Day
}
text! {
    /// A time of day, written `HH:MM`.
    TimeOfDay
}
text! {
    /// A week, month, quarter or year, such as `2026-W31`, `2026-08`, `2026-Q3`, `FY2026`, or as the calendar names it.
    Period
}
text! {
    /// A currency code, `count`, `count of things`, `ratio`, `percent`, `days`, `months` or `score`, and `per day`, `per month` or `per` and a counted thing after it.
    Unit
}
text! {
    /// A column of a source, written `source.column`.
    SourceColumn
}
text! {
    /// `mean`, `median`, `min`, `max`, or a percentile from `p1` to `p99`.
    Statistic
}
text! {
    /// `short`, `standard`, `full`, or the most points of a section.
    ReportLength
}
text! {
    /// A single mark that stands between digits or cells, or `tab`.
    Mark
}
text! {
    /// An amount and its ISO 4217 currency, such as `20_000 EUR`.
    Money
}
text! {
    /// One to four upper-case letters and digits, a letter first, that do not mean anything else already.
    ShortCode
}
text! {
    /// Money for each month, quarter or year, such as `900 EUR per month`.
    Cost
}

impl From<&str> for List<String> {
    fn from(text: &str) -> Self {
        Self(vec![text.to_owned()])
    }
}

impl<const N: usize> From<[&str; N]> for List<String> {
    fn from(texts: [&str; N]) -> Self {
        Self(texts.into_iter().map(str::to_owned).collect())
    }
}

impl From<crate::base::date::Date> for Day {
    fn from(date: crate::base::date::Date) -> Self {
        Self(date.to_string())
    }
}

/// A plain decimal as text, with `_` between digits if you like, and `%` after it for a share. Text,
/// so that it stays exactly what was written: there is no way in for a double.
///
/// ```
/// use marketingos::written::Number;
/// assert_eq!(Number::from(360_000).0, "360000");
/// assert_eq!(Number::from("12.50 %").0, "12.50 %");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Number(pub String);

/// A whole number from 1 to `MOST`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Whole<const MOST: u32>(pub String);

macro_rules! from_integers {
    ($($integer:ty)*) => {$(
        impl From<$integer> for Number {
            fn from(number: $integer) -> Self {
                Self(number.to_string())
            }
        }

        impl<const MOST: u32> From<$integer> for Whole<MOST> {
            fn from(number: $integer) -> Self {
                Self(number.to_string())
            }
        }
    )*};
}

from_integers!(i32 i64 u32 u64);

impl From<&str> for Number {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

/// A member of a dimension; `None` is the null member.
///
/// ```
/// use marketingos::written::Member;
/// assert_eq!(Member::from("web").0.as_deref(), Some("web"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Member(pub Option<String>);

impl From<&str> for Member {
    fn from(name: &str) -> Self {
        Self(Some(name.to_owned()))
    }
}

/// `yes` or `no`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct YesNo(pub bool);

impl From<bool> for YesNo {
    fn from(yes: bool) -> Self {
        Self(yes)
    }
}

/// A list, for which a single value may stand.
///
/// ```
/// use marketingos::written::{Id, List};
/// assert_eq!(List::<Id>::from("tone"), List::from(["tone"]));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List<T>(pub Vec<T>);

impl<T: Serialize> Serialize for List<T> {
    /// A single value by itself, so that its path is what most would write.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.as_slice() {
            [item] => item.serialize(serializer),
            items => items.serialize(serializer),
        }
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> From<T> for List<T> {
    fn from(item: T) -> Self {
        Self(vec![item])
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(items: Vec<T>) -> Self {
        Self(items)
    }
}

impl<T, const N: usize> From<[T; N]> for List<T> {
    fn from(items: [T; N]) -> Self {
        Self(items.into())
    }
}

/// Entries by id, in the order in which they are written. An id that stands here twice is found
/// when the system is built.
///
/// ```
/// use marketingos::written::{Map, Person};
/// let people = Map::from([("ben", Person::from("Ben")), ("ana", Person::from("Ana"))]);
/// assert_eq!(people.0[1].0, "ana");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Map<T>(pub Vec<(String, T)>);

impl<T> Map<T> {
    /// Adds an entry.
    pub fn push(&mut self, id: impl Into<String>, entry: impl Into<T>) {
        self.0.push((id.into(), entry.into()));
    }
}

impl<T> Default for Map<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T, const N: usize> From<[(&str, T); N]> for Map<T> {
    fn from(entries: [(&str, T); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl<K: Into<String>, T> FromIterator<(K, T)> for Map<T> {
    fn from_iter<I: IntoIterator<Item = (K, T)>>(entries: I) -> Self {
        Self(entries.into_iter().map(|(id, entry)| (id.into(), entry)).collect())
    }
}

impl<T: Serialize> Serialize for Map<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        self.0.iter().try_for_each(|(id, entry)| map.serialize_entry(id, entry))?;
        map.end()
    }
}
