//! JSON, read into the same tree. `serde_json` finds the values; their places follow from
//! where each raw slice lies in the text.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::node::{Data, Entries, Entry, Node};
use super::{MAX_DEPTH, MAX_NODES, Notes};
use crate::base::code::Code;
use crate::base::finding::Mark;

pub(crate) fn parse(text: &str, notes: &mut Notes<'_>) -> Option<Node> {
    let raw: &RawValue = match serde_json::from_str(text) {
        Ok(raw) => raw,
        Err(error) => {
            let mark = mark_of(text, error.line(), error.column());
            let full = error.to_string();
            let message = full.split(" at line ").next().unwrap_or(&full);
            notes.error(Code::Syntax, mark, &format!("not well-formed JSON: {message}"), "check the commas, quotes and brackets near this place");
            return None;
        }
    };
    let mut tree = Tree { text, places: Places::new(text), notes, nodes: 0 };
    tree.node(raw.get(), 0)
}

/// The parser counts columns in bytes.
fn mark_of(text: &str, line: usize, bytes: usize) -> Mark {
    let written = text.split('\n').nth(line.saturating_sub(1)).unwrap_or_default();
    let continues = |byte: &u8| (0x80..0xc0).contains(byte);
    let column = written.bytes().take(bytes).filter(|byte| !continues(byte)).count().max(1);
    let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
    Mark { line: number(line.max(1)), column: number(column) }
}

/// Turns byte offsets, asked for in rising order, into marks.
struct Places<'a> {
    text: &'a str,
    offset: usize,
    mark: Mark,
}

impl<'a> Places<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, offset: 0, mark: Mark { line: 1, column: 1 } }
    }

    fn mark(&mut self, offset: usize) -> Mark {
        if offset < self.offset {
            *self = Self::new(self.text);
        }
        for character in self.text.get(self.offset..offset).unwrap_or_default().chars() {
            if character == '\n' {
                self.mark = Mark { line: self.mark.line.saturating_add(1), column: 1 };
            } else {
                self.mark.column = self.mark.column.saturating_add(1);
            }
        }
        self.offset = offset;
        self.mark
    }
}

struct Tree<'a, 'b> {
    text: &'a str,
    places: Places<'a>,
    notes: &'a mut Notes<'b>,
    nodes: usize,
}

impl<'a> Tree<'a, '_> {
    fn mark(&mut self, slice: &str) -> Mark {
        // Both point into the same text: `slice` was borrowed from it.
        let offset = (slice.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        self.places.mark(offset)
    }

    fn node(&mut self, raw: &'a str, depth: usize) -> Option<Node> {
        let mark = self.mark(raw);
        self.nodes = self.nodes.saturating_add(1);
        if depth >= MAX_DEPTH && raw.starts_with(['{', '[']) {
            self.notes.error(Code::TooDeep, mark, &format!("nested more than {MAX_DEPTH} levels deep"), "flatten the text");
            return None;
        }
        if self.nodes > MAX_NODES {
            let message = format!("the text holds more than {MAX_NODES} values");
            self.notes.error(Code::TooLarge, mark, &message, "split it into several files");
            return None;
        }
        let data = match raw.bytes().next()? {
            b'{' => {
                let mut entries = Entries::default();
                for (raw_key, value) in serde_json::from_str::<Members<'a>>(raw).ok()?.0 {
                    let mark = self.mark(raw_key.get());
                    self.nodes = self.nodes.saturating_add(1);
                    let key = self.text_of(raw_key.get(), mark)?;
                    let value = self.node(value.get(), depth.saturating_add(1))?;
                    entries.add(Entry { key, mark, value }, self.notes);
                }
                Data::Map(entries.into_vec())
            }
            b'[' => {
                let items = serde_json::from_str::<Items<'a>>(raw).ok()?.0;
                Data::List(items.into_iter().map(|item| self.node(item.get(), depth.saturating_add(1))).collect::<Option<_>>()?)
            }
            b'"' => Data::Scalar { text: self.text_of(raw, mark)? },
            b'n' => Data::Null,
            _ => Data::Scalar { text: raw.to_owned() },
        };
        Some(Node { data, mark })
    }

    /// A text without its quotes. Escapes are not looked into when the slices are found, so
    /// half a surrogate pair is met only here.
    fn text_of(&mut self, raw: &str, mark: Mark) -> Option<String> {
        let text = serde_json::from_str::<Cow<'_, str>>(raw).ok().map(Cow::into_owned);
        if text.is_none() {
            self.notes.error(Code::Syntax, mark, "not well-formed JSON: an escape in this text stands for no character", "write `\\u` escapes beyond U+FFFF as surrogate pairs");
        }
        text
    }
}

/// The members of an object, duplicates included.
struct Members<'a>(Vec<(&'a RawValue, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct MembersVisitor;
        impl<'de> Visitor<'de> for MembersVisitor {
            type Value = Members<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(MembersVisitor)
    }
}

/// The items of an array.
struct Items<'a>(Vec<&'a RawValue>);

impl<'de> Deserialize<'de> for Items<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ItemsVisitor;
        impl<'de> Visitor<'de> for ItemsVisitor {
            type Value = Items<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element()? {
                    items.push(item);
                }
                Ok(Items(items))
            }
        }
        deserializer.deserialize_seq(ItemsVisitor)
    }
}
