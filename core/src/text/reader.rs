//! Lowering a tree into a model: every key is either read or reported, and every mistake is
//! reported with its place, so that one pass shows all of them.

use super::node::{Data, Entry, Node};
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::finding::{Finding, Mark, Place, Severity, quoted};
use crate::base::id::{Id, nearest};
use crate::base::number::Number;

/// The longest path in a finding, in bytes: longer than any that consists of known keys and ids.
const MAX_PATH: usize = 300;

/// Collects findings about one file while its tree is read.
pub(crate) struct Reader<'a> {
    file: &'a str,
    findings: &'a mut Vec<Finding>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(file: &'a str, findings: &'a mut Vec<Finding>) -> Self {
        Self { file, findings }
    }

    /// A place; what a user wrote for a key is cut in its path.
    pub(crate) fn place(&self, mark: Mark, path: &str) -> Place {
        let end = path.char_indices().map(|(at, _)| at).find(|at| *at >= MAX_PATH).unwrap_or(path.len());
        Place { file: self.file.to_owned(), mark, path: path.get(..end).unwrap_or(path).to_owned() }
    }

    pub(crate) fn error(&mut self, code: Code, mark: Mark, path: &str, message: String, help: impl Into<String>) {
        let place = self.place(mark, path);
        self.findings.push(Finding { code, severity: Severity::Error, place, message, help: help.into() });
    }

    /// What was found elsewhere.
    pub(crate) fn report(&mut self, found: impl IntoIterator<Item = Finding>) {
        self.findings.extend(found);
    }

    /// Opens a mapping; anything else is reported.
    pub(crate) fn map<'n>(&mut self, node: &'n Node, path: &str) -> Option<MapReader<'n>> {
        match &node.data {
            Data::Map(entries) => Some(MapReader { entries, mark: node.mark, path: path.to_owned(), asked: Vec::new() }),
            _ => {
                self.wrong_shape(node, path, "a mapping of keys to values");
                None
            }
        }
    }

    /// The entries of a mapping whose keys are ids; nothing at all is an empty mapping.
    pub(crate) fn by_id<'n>(&mut self, node: &'n Node, path: &str) -> Vec<(Id, Mark, &'n Node, String)> {
        let entries = match &node.data {
            Data::Map(entries) => entries.as_slice(),
            Data::Null => &[],
            _ => {
                self.wrong_shape(node, path, "a mapping of ids to definitions");
                &[]
            }
        };
        let mut read = Vec::with_capacity(entries.len());
        for entry in entries {
            let path = format!("{path}.{}", entry.key);
            if let Some(id) = self.id_text(&entry.key, entry.mark, &path) {
                read.push((id, entry.mark, &entry.value, path));
            }
        }
        read
    }

    /// The items of a list with their paths; a single value counts as a list of one.
    pub(crate) fn items<'n>(&mut self, node: &'n Node, path: &str) -> Vec<(&'n Node, String)> {
        match &node.data {
            Data::Null => Vec::new(),
            Data::List(items) => items.iter().enumerate().map(|(index, item)| (item, format!("{path}[{index}]"))).collect(),
            Data::Scalar { .. } | Data::Map(_) => vec![(node, path.to_owned())],
        }
    }

    /// A list of ids, or a single one.
    pub(crate) fn ids(&mut self, node: &Node, path: &str) -> Vec<(Id, Mark)> {
        let items = self.items(node, path);
        items.into_iter().filter_map(|(item, path)| self.id(item, &path).map(|id| (id, item.mark))).collect()
    }

    pub(crate) fn text<'n>(&mut self, node: &'n Node, path: &str) -> Option<&'n str> {
        match &node.data {
            Data::Scalar { text, .. } => Some(text),
            _ => {
                self.wrong_shape(node, path, "text");
                None
            }
        }
    }

    pub(crate) fn id(&mut self, node: &Node, path: &str) -> Option<Id> {
        let text = self.text(node, path)?;
        self.id_text(text, node.mark, path)
    }

    fn id_text(&mut self, text: &str, mark: Mark, path: &str) -> Option<Id> {
        let id = Id::new(text);
        if id.is_none() {
            let help = format!("use lower-case letters, digits and underscores, such as `{}`", Id::nearest_spelling(text));
            self.error(Code::BadId, mark, path, format!("{} is not an id", quoted(text)), help);
        }
        id
    }

    pub(crate) fn date(&mut self, node: &Node, path: &str) -> Option<Date> {
        let text = self.text(node, path)?;
        let date = text.parse().ok();
        if date.is_none() {
            self.error(
                Code::WrongValue,
                node.mark,
                path,
                format!("{} is not a date", quoted(text)),
                "write a day that exists as YYYY-MM-DD, such as 2026-02-28",
            );
        }
        date
    }

    pub(crate) fn number(&mut self, node: &Node, path: &str) -> Option<Number> {
        let text = self.text(node, path)?;
        let (digits, percent) = match text.strip_suffix('%') {
            Some(digits) => (digits.trim_end(), true),
            None => (text, false),
        };
        let number = Number::parse(&digits.replace('_', ""));
        if number.is_none() {
            self.error(Code::WrongValue, node.mark, path, format!("{} is not a number", quoted(text)), "write a plain decimal, such as 1250, 0.12 or 12 %");
        }
        number.map(|number| if percent { number * Number::from_parts(1, 2) } else { number })
    }

    pub(crate) fn count(&mut self, node: &Node, path: &str, most: u32) -> Option<u32> {
        let text = self.text(node, path)?;
        let count = text.parse().ok().filter(|count| (1..=most).contains(count));
        if count.is_none() {
            self.error(Code::WrongValue, node.mark, path, format!("{} is not a whole number from 1 to {most}", quoted(text)), "write a whole number");
        }
        count
    }

    /// One of a closed list of words.
    pub(crate) fn one_of<T: Copy>(&mut self, node: &Node, path: &str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(node, path)?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.error(Code::WrongValue, node.mark, path, format!("{} is not known here", quoted(text)), one_of_help(text, &names));
        }
        found
    }

    pub(crate) fn wrong_shape(&mut self, node: &Node, path: &str, expected: &str) {
        self.error(Code::WrongShape, node.mark, path, format!("expected {expected}, found {}", node.shape()), format!("write {expected} here"));
    }
}

/// `did you mean …`, or the list of what is possible.
pub(crate) fn one_of_help(text: &str, names: &[&str]) -> String {
    match nearest(text, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if names.is_empty() => "none is defined".to_owned(),
        None => {
            let shown: Vec<String> = names.iter().take(12).map(|name| format!("`{name}`")).collect();
            let more = if names.len() > shown.len() { ", …" } else { "" };
            format!("use one of {}{more}", shown.join(", "))
        }
    }
}

/// A mapping being read: keys that nobody asks for are reported by [`MapReader::finish`].
pub(crate) struct MapReader<'n> {
    entries: &'n [Entry],
    pub(crate) mark: Mark,
    pub(crate) path: String,
    asked: Vec<&'static str>,
}

impl<'n> MapReader<'n> {
    /// The value of a key, and its path. A key without a value is the same as no key.
    pub(crate) fn get(&mut self, key: &'static str) -> Option<(&'n Node, String)> {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
        let entry = self.entries.iter().find(|entry| entry.key == key)?;
        (!matches!(entry.value.data, Data::Null)).then(|| (&entry.value, format!("{}.{key}", self.path).trim_start_matches('.').to_owned()))
    }

    /// The value of a key that must be there.
    pub(crate) fn require(&mut self, reader: &mut Reader<'_>, key: &'static str, help: &str) -> Option<(&'n Node, String)> {
        let value = self.get(key);
        if value.is_none() {
            let what = if self.path.is_empty() { "the text".to_owned() } else { quoted(&self.path) };
            reader.error(Code::MissingKey, self.mark, &self.path, format!("{what} has no `{key}`"), help);
        }
        value
    }

    pub(crate) fn text(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Option<String> {
        let (node, path) = self.get(key)?;
        reader.text(node, &path).map(str::to_owned)
    }

    /// An id that refers to something, with its place.
    pub(crate) fn id(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Option<(Id, Mark)> {
        let (node, path) = self.get(key)?;
        reader.id(node, &path).map(|id| (id, node.mark))
    }

    pub(crate) fn date(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Option<Date> {
        let (node, path) = self.get(key)?;
        reader.date(node, &path)
    }

    /// A text that must be there; nothing, reported, is an empty one.
    pub(crate) fn required_text(&mut self, reader: &mut Reader<'_>, key: &'static str, help: &str) -> String {
        self.require(reader, key, help).and_then(|(node, path)| reader.text(node, &path)).unwrap_or_default().to_owned()
    }

    /// A date that must be there.
    pub(crate) fn required_date(&mut self, reader: &mut Reader<'_>, key: &'static str, help: &str) -> Option<Date> {
        self.require(reader, key, help).and_then(|(node, path)| reader.date(node, &path))
    }

    /// A list of texts, or a single one.
    pub(crate) fn texts(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Vec<String> {
        let Some((node, path)) = self.get(key) else { return Vec::new() };
        let items = reader.items(node, &path);
        items.into_iter().filter_map(|(item, path)| reader.text(item, &path).map(str::to_owned)).collect()
    }

    /// Yes or no; nothing is no.
    pub(crate) fn truth(&mut self, reader: &mut Reader<'_>, key: &'static str) -> bool {
        self.one_of(reader, key, &[("yes", true), ("no", false), ("true", true), ("false", false)]).unwrap_or(false)
    }

    /// A whole number from 1.
    pub(crate) fn count(&mut self, reader: &mut Reader<'_>, key: &'static str, most: u32) -> Option<u32> {
        let (node, path) = self.get(key)?;
        reader.count(node, &path, most)
    }

    pub(crate) fn one_of<T: Copy>(&mut self, reader: &mut Reader<'_>, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        let (node, path) = self.get(key)?;
        reader.one_of(node, &path, words)
    }

    /// Reports a key that has its place elsewhere.
    pub(crate) fn moved(&mut self, reader: &mut Reader<'_>, key: &'static str, to: &str) {
        if let Some(entry) = self.entries.iter().find(|entry| entry.key == key) {
            let path = format!("{}.{key}", self.path);
            reader.error(
                Code::UnknownKey,
                entry.mark,
                path.trim_start_matches('.'),
                format!("the key `{key}` is not known here"),
                format!("did you mean `{to}`?"),
            );
            self.asked.push(key);
        }
    }

    /// Reports the keys that were never asked for.
    pub(crate) fn finish(self, reader: &mut Reader<'_>) {
        for entry in self.entries {
            if !self.asked.contains(&entry.key.as_str()) {
                let path = format!("{}.{}", self.path, entry.key);
                let message = format!("the key {} is not known here", quoted(&entry.key));
                // `{ value: 360,000 }` is a key `000` without a value.
                let split = matches!(entry.value.data, Data::Null) && nearest(&entry.key, self.asked.iter().copied()).is_none();
                let help = if split {
                    "a comma ends a value between braces: put the text in quotes, and write 360_000 or 0.3 %".to_owned()
                } else {
                    one_of_help(&entry.key, &self.asked)
                };
                reader.error(Code::UnknownKey, entry.mark, path.trim_start_matches('.'), message, help);
            }
        }
    }
}
