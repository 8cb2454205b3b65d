//! Names that a system's author gives to its parts.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The name of a part of a system: lower-case letters, digits and underscores, starting with
/// a letter, at most 64 characters. It is what formulas and references use.
///
/// ```
/// use marketingos::Id;
/// assert_eq!(Id::new("win_rate").unwrap().as_str(), "win_rate");
/// assert!(Id::new("Win Rate").is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(String);

impl Id {
    /// Checks and wraps a name.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let tail_fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        let fits = text.len() <= 64 && text.bytes().all(tail_fits) && text.starts_with(|first: char| first.is_ascii_lowercase());
        fits.then(|| Self(text.to_owned()))
    }

    /// The nearest acceptable spelling of any text, for a help line.
    pub(crate) fn nearest_spelling(text: &str) -> String {
        let mut spelling = String::new();
        for character in text.trim().chars().take(64) {
            match character {
                c if c.is_ascii_alphanumeric() => spelling.push(c.to_ascii_lowercase()),
                _ if spelling.ends_with('_') || spelling.is_empty() => {}
                _ => spelling.push('_'),
            }
        }
        let spelling = spelling.trim_end_matches('_');
        if spelling.starts_with(|first: char| first.is_ascii_lowercase()) { spelling.to_owned() } else { format!("x{spelling}") }
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Self::new(&text).ok_or_else(|| serde::de::Error::custom("not an id"))
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl std::borrow::Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// The known name nearest to `text`, if one is near enough to be a likely slip.
pub(crate) fn nearest<'a>(text: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Longer names are no slips of one another, and comparing them takes long.
    const MOST: usize = 64;
    let text: String = text.chars().take(MOST).collect::<String>().to_lowercase();
    known
        .into_iter()
        .filter(|candidate| candidate.len() <= MOST)
        .map(|candidate| (strsim::jaro_winkler(&text, candidate), candidate))
        .filter(|(similarity, _)| *similarity >= 0.78)
        .max_by(|(left, _), (right, _)| left.total_cmp(right))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::{Id, nearest};

    #[test]
    fn spellings_are_mended_into_ids() {
        for (text, expected) in [("Paid Search", "paid_search"), ("paid-search", "paid_search"), ("2nd", "x2nd"), ("<script>", "script"), ("", "x")] {
            assert_eq!(Id::nearest_spelling(text), expected);
            assert!(Id::new(expected).is_some());
        }
    }

    #[test]
    fn the_nearest_name_is_offered_only_when_it_is_near() {
        assert_eq!(nearest("owmer", ["name", "owner", "unit"]), Some("owner"));
        assert_eq!(nearest("zebra", ["name", "owner", "unit"]), None);
    }
}
