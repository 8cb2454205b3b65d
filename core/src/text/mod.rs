//! Text to a tree with places, and the reader that lowers the tree into a model.

mod json;
mod node;
mod reader;
mod yaml;

use crate::base::code::Code;
use crate::base::finding::{Finding, Mark, Place, Severity};

pub(crate) use node::{Data, Entry, Node};
pub(crate) use reader::{MapReader, Reader, one_of_help};

/// The largest text that is read.
const MAX_BYTES: usize = 8 * 1024 * 1024;
/// The most nodes that a text may hold, aliases expanded.
const MAX_NODES: usize = 200_000;
/// The deepest nesting that is read.
pub(crate) const MAX_DEPTH: usize = 64;

/// A text with the name by which findings refer to it.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The name, usually of the file it came from. JSON if it ends in `.json`, else YAML.
    pub name: &'a str,
    /// The text as bytes; it must be UTF-8.
    pub text: &'a [u8],
}

impl<'a> Source<'a> {
    /// A text and its name.
    #[must_use]
    pub fn new(name: &'a str, text: &'a (impl AsRef<[u8]> + ?Sized)) -> Self {
        Self { name, text: text.as_ref() }
    }
}

/// Reads a text into a tree. What is wrong goes to `findings`; `None` when nothing of the
/// text can be used.
pub(crate) fn parse(source: Source<'_>, findings: &mut Vec<Finding>) -> Option<Node> {
    let text = decode(source, findings)?;
    let mut notes = Notes { file: source.name, findings };
    if text.trim().is_empty() {
        empty(&mut notes);
        return None;
    }
    if source.name.ends_with(".json") { json::parse(text, &mut notes) } else { yaml::parse(text, &mut notes) }
}

fn empty(notes: &mut Notes<'_>) {
    notes.error(Code::EmptyText, Mark { line: 1, column: 1 }, "the text is empty", "write at least its version: `marketingos: 1`, or `evidence: 1`");
}

/// Bytes to text: size bounded, UTF-8, without a byte order mark.
pub(crate) fn decode<'a>(source: Source<'a>, findings: &mut Vec<Finding>) -> Option<&'a str> {
    let mut notes = Notes { file: source.name, findings };
    let start = Mark { line: 1, column: 1 };
    if source.text.len() > MAX_BYTES {
        let message = format!("the text has {} bytes; at most {MAX_BYTES} are read", source.text.len());
        notes.error(Code::TooLarge, start, &message, "split it into several files");
        return None;
    }
    decode_unbounded(source.text, &mut notes)
}

/// The same without the bound on size, for facts.
pub(crate) fn decode_unbounded<'a>(bytes: &'a [u8], notes: &mut Notes<'_>) -> Option<&'a str> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let line = before.split(|byte| *byte == b'\n').count();
            let last = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
            let column = std::str::from_utf8(last).map_or(0, |line| line.chars().count()).saturating_add(1);
            let mark = Mark { line: u32::try_from(line).unwrap_or(u32::MAX), column: u32::try_from(column).unwrap_or(u32::MAX) };
            notes.error(Code::NotUtf8, mark, NOT_UTF8.0, NOT_UTF8.1);
            return None;
        }
    };
    Some(byte_order_mark(text, notes))
}

/// What is said of bytes that are no text.
pub(crate) const NOT_UTF8: (&str, &str) = ("these bytes are not UTF-8", "save the file as UTF-8");

/// The text without the byte order mark that it starts with, if it does.
pub(crate) fn byte_order_mark<'a>(text: &'a str, notes: &mut Notes<'_>) -> &'a str {
    let Some(rest) = text.strip_prefix('\u{feff}') else { return text };
    let start = Mark { line: 1, column: 1 };
    notes.add(Severity::Note, Code::ByteOrderMark, start, "the text starts with a byte order mark, which is skipped", "save the file as UTF-8 without it");
    rest
}

/// Findings about one file.
pub(crate) struct Notes<'a> {
    pub(crate) file: &'a str,
    pub(crate) findings: &'a mut Vec<Finding>,
}

impl Notes<'_> {
    pub(crate) fn add(&mut self, severity: Severity, code: Code, mark: Mark, message: &str, help: &str) {
        let place = Place { file: self.file.to_owned(), mark, path: String::new() };
        self.findings.push(Finding { code, severity, place, message: message.to_owned(), help: help.to_owned() });
    }

    pub(crate) fn error(&mut self, code: Code, mark: Mark, message: &str, help: &str) {
        self.add(Severity::Error, code, mark, message, help);
    }
}
