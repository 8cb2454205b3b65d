//! JSON rows: an array of objects, or one object after another (NDJSON). Numbers are taken as
//! they are written, never by way of a double.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::header::{START, extra};
use super::refusals::Part;
use super::sink::{Given, Sink};
use crate::base::code::Code;
use crate::base::finding::{Mark, Severity, quoted};
use crate::model::source::SourceTable;
use crate::text::Notes;

/// Names that are not declared; more than these are not remembered.
const MAX_EXTRA: usize = 1_000;
/// An example in a finding is cut, and so need not be longer.
const MAX_SHOWN: usize = 64;

/// Reads rows; `None` when the text is not well-formed.
pub(in crate::measure) fn read(text: &str, sink: &mut Sink<'_>, notes: &mut Notes<'_>) -> Option<()> {
    let written = text.trim_start();
    if written.is_empty() {
        notes.error(Code::EmptyText, START, "the text is empty", "write `[]` where there are no rows");
        return None;
    }
    let mut rows = Rows::new(text, sink);
    let read = if written.starts_with('[') {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        rows.deserialize(&mut deserializer).and_then(|()| deserializer.end())
    } else {
        serde_json::Deserializer::from_str(text).into_iter::<&RawValue>().try_for_each(|raw| raw.map(|raw| rows.add(raw.get())))
    };
    if let Err(error) = read {
        let full = error.to_string();
        let message = full.split(" at line ").next().unwrap_or(&full);
        let mark = Mark { line: u32::try_from(error.line().max(1)).unwrap_or(u32::MAX), column: 1 };
        notes.error(Code::Syntax, mark, &format!("not well-formed JSON: {message}"), "check the commas, quotes and brackets near this place");
        return None;
    }
    let Rows { bad_escape, met, extra: names, count, sink, .. } = rows;
    if let Some(mark) = bad_escape {
        let message = "not well-formed JSON: an escape in this row stands for no character";
        notes.error(Code::Syntax, mark, message, "write `\\u` escapes beyond U+FFFF as surrogate pairs");
        return None;
    }
    if count > 0 {
        for (name, _) in parts(sink.source).into_iter().filter(|(name, _)| !met.contains(name)) {
            let message = format!("no row has a value named {}", quoted(name));
            let help = format!("write it in the rows that have one, or declare its name in `sources.{}`", sink.source.id);
            notes.add(Severity::Warning, Code::MissingColumn, START, &message, &help);
        }
    }
    extra(sink.source, names.iter().map(String::as_str), notes);
    Some(())
}

/// What each declared name is; several parts may go by one name.
fn parts(source: &SourceTable) -> BTreeMap<&str, Vec<Part>> {
    let keys = source.keys().enumerate().map(|(index, key)| (key.column.as_str(), Part::Text(index)));
    let measures = source.measures.iter().enumerate().map(|(index, measure)| (measure.column.as_str(), Part::Number(index)));
    let mut parts: BTreeMap<&str, Vec<Part>> = BTreeMap::new();
    for (name, part) in std::iter::once((source.date.column.as_str(), Part::Date)).chain(keys).chain(measures) {
        parts.entry(name).or_default().push(part);
    }
    parts
}

struct Rows<'a, 's, 'd> {
    text: &'a str,
    sink: &'s mut Sink<'d>,
    /// Of each declared name, in order.
    parts: Vec<(&'d str, Vec<Part>)>,
    /// The values of the row that is being read, by declared name.
    values: Vec<Option<Value<'a>>>,
    met: BTreeSet<&'d str>,
    extra: BTreeSet<String>,
    count: u64,
    /// Where lines were last counted up to.
    counted: (usize, u32),
    bad_escape: Option<Mark>,
}

/// A value, with the quotes and escapes of a text taken off.
enum Value<'a> {
    Text(Cow<'a, str>),
    Number(&'a str),
    Null,
    Other(&'a str),
}

impl<'a, 's, 'd> Rows<'a, 's, 'd> {
    fn new(text: &'a str, sink: &'s mut Sink<'d>) -> Self {
        let parts: Vec<_> = parts(sink.source).into_iter().collect();
        let (met, extra) = (BTreeSet::new(), BTreeSet::new());
        Self { text, sink, parts, values: Vec::new(), met, extra, count: 0, counted: (0, 1), bad_escape: None }
    }

    fn add(&mut self, raw: &'a str) {
        self.count = self.count.saturating_add(1);
        // Both point into the same text: `raw` was borrowed from it.
        let offset = (raw.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let (from, line) = self.counted;
        let lines = self.text.as_bytes().get(from..offset).unwrap_or_default().iter().filter(|byte| **byte == b'\n').count();
        let line = line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        self.counted = (offset, line);
        let mark = || Mark { line, column: 1 };
        if !raw.starts_with('{') {
            return self.sink.refuse_row(Code::NotARow, Part::Row, mark, || shown(raw).to_owned());
        }
        self.values.clear();
        self.values.resize_with(self.parts.len(), || None);
        let mut deserializer = serde_json::Deserializer::from_str(raw);
        let read = Members { rows: self }.deserialize(&mut deserializer);
        match read {
            // Well-formed as a whole, so that only an escape can be wrong.
            Err(_) => {
                self.bad_escape.get_or_insert_with(mark);
            }
            Ok(Some(repeated)) => {
                let part = self.parts.get(repeated).and_then(|(_, parts)| parts.first()).copied().unwrap_or(Part::Row);
                self.sink.refuse_row(Code::RepeatedName, part, mark, String::new);
            }
            Ok(None) => {
                let (parts, values) = (&self.parts, &self.values);
                self.sink.row(mark, |part| {
                    let index = parts.iter().position(|(_, parts)| parts.contains(&part));
                    match index.and_then(|index| values.get(index)).and_then(Option::as_ref) {
                        None | Some(Value::Null) => Given::Missing,
                        Some(Value::Text(text)) => Given::Text(text),
                        Some(Value::Number(text)) => Given::Number(text),
                        Some(Value::Other(raw)) => Given::Other(shown(raw)),
                    }
                });
            }
        }
    }
}

/// The beginning of a value.
fn shown(raw: &str) -> &str {
    raw.char_indices().nth(MAX_SHOWN).and_then(|(end, _)| raw.get(..end)).unwrap_or(raw)
}

/// The items of the array.
impl<'a> DeserializeSeed<'a> for &mut Rows<'a, '_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'a> Visitor<'a> for &mut Rows<'a, '_, '_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of objects")
    }
    fn visit_seq<A: SeqAccess<'a>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some(raw) = items.next_element::<&'a RawValue>()? {
            self.add(raw.get());
        }
        Ok(())
    }
}

/// The members of a row; gives the declared name that stands twice, if one does.
struct Members<'m, 'a, 's, 'd> {
    rows: &'m mut Rows<'a, 's, 'd>,
}

impl<'a> DeserializeSeed<'a> for Members<'_, 'a, '_, '_> {
    type Value = Option<usize>;
    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'a> Visitor<'a> for Members<'_, 'a, '_, '_> {
    type Value = Option<usize>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }
    fn visit_map<A: MapAccess<'a>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let rows = self.rows;
        let mut repeated = None;
        while let Some((name, value)) = members.next_entry::<&'a RawValue, &'a RawValue>()? {
            let name = unquoted(name.get()).map_err(serde::de::Error::custom)?;
            let Ok(index) = rows.parts.binary_search_by(|(declared, _)| (*declared).cmp(&name)) else {
                if rows.extra.len() < MAX_EXTRA && !rows.extra.contains(name.as_ref()) {
                    rows.extra.insert(name.into_owned());
                }
                continue;
            };
            let raw = value.get();
            let value = match raw.bytes().next() {
                Some(b'"') => Value::Text(unquoted(raw).map_err(serde::de::Error::custom)?),
                Some(b'-' | b'0'..=b'9') => Value::Number(raw),
                Some(b'n') | None => Value::Null,
                Some(_) => Value::Other(raw),
            };
            if let Some((declared, _)) = rows.parts.get(index) {
                rows.met.insert(declared);
            }
            if rows.values.get_mut(index).and_then(|known| known.replace(value)).is_some() {
                repeated = Some(index);
            }
        }
        Ok(repeated)
    }
}

/// A text without its quotes; escapes are rare.
fn unquoted(raw: &str) -> serde_json::Result<Cow<'_, str>> {
    let inner = raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or_default();
    if inner.contains('\\') { serde_json::from_str::<String>(raw).map(Cow::Owned) } else { Ok(Cow::Borrowed(inner)) }
}
