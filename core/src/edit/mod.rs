//! Changing one value of a written text, with every comment and all layout left as they are.
//!
//! A text that people keep is changed where the value stands and nowhere else. What comes out is
//! read again and must say the same but for that value; what cannot be changed so is an error,
//! never a guess. Paths are those of findings: `channels.newsletter.owner`,
//! `plan.targets.leads[0].value`.
//!
//! ```
//! use marketingos::{edit, written::Channel};
//! let text = "channels: # where we speak\n  newsletter: { kind: owned, owner: ana } # since 2024\n";
//! let text = edit::set(text, "channels.newsletter.owner", "ben")?;
//! let text = edit::set(&text, "channels.fair", &Channel::earned().owner("ana"))?;
//! assert_eq!(text, "channels: # where we speak\n  newsletter: { kind: owned, owner: ben } # since 2024\n  fair: { kind: earned, owner: { person: ana } }\n");
//! assert_eq!(edit::remove(&text, "channels.newsletter")?, "channels: # where we speak\n  fair: { kind: earned, owner: { person: ana } }\n");
//! # Ok::<(), marketingos::Error>(())
//! ```

mod path;
mod render;
mod spots;

use serde::Serialize;

use crate::base::code::Code;
use crate::base::error::Error;
use crate::base::finding::{Severity, quoted};
use crate::text::{self, Data, Node, Source};

use path::Step;
use spots::{Shape, Spot};

/// The text with a value in place of the one at a path; a key that is not there is added at the
/// end of its mapping, and those above it with it. The value is anything that can be written as
/// JSON; in YAML it is written on one line. Comments inside a value that is replaced, of several lines, go
/// with it.
///
/// # Errors
/// When the text cannot be read as YAML or JSON, the path leads nowhere, or the value cannot be
/// set without changing something else, such as what an alias repeats.
pub fn set(text: &str, path: &str, value: &(impl Serialize + ?Sized)) -> Result<String, Error> {
    let value = serde_json::to_string(value).map_err(|error| refused(path, &format!("the value cannot be written: {error}")))?;
    set_json(text, path, &value)
}

/// The same with a value that is JSON already.
pub(crate) fn set_json(text: &str, path: &str, value: &str) -> Result<String, Error> {
    let node = parsed("value.json", value)?;
    Edit::new(text)?.set(path, &Value { json: value.to_owned(), node })
}

/// The text without the key or item at a path, the comment beside it included. What it is the
/// only one in must be removed instead.
///
/// # Errors
/// As [`set`].
pub fn remove(text: &str, path: &str) -> Result<String, Error> {
    Edit::new(text)?.remove(path)
}

/// A value to be written.
#[derive(Clone)]
struct Value {
    json: String,
    node: Node,
}

impl Value {
    /// The value under keys that are not there yet.
    fn under(&self, keys: &[&str]) -> Self {
        keys.iter().rev().fold(self.clone(), |inner, key| {
            let json = format!("{{{}:{}}}", render::json_text(key), inner.json);
            let mark = inner.node.mark;
            let entry = text::Entry { key: (*key).to_owned(), mark, value: inner.node };
            Self { json, node: Node { data: Data::Map(vec![entry]), mark } }
        })
    }

    fn written(&self, is_json: bool) -> String {
        if is_json { self.json.clone() } else { render::flow(&self.node) }
    }
}

/// A text about to be changed.
struct Edit<'t> {
    /// Without the byte order mark, which comes back.
    text: &'t str,
    marked: bool,
    is_json: bool,
    node: Node,
    root: Spot,
}

fn parsed(name: &str, text: &str) -> Result<Node, Error> {
    let mut findings = Vec::new();
    match text::parse(Source::new(name, text), &mut findings) {
        Some(node) if findings.iter().all(|finding| finding.severity != Severity::Error) => Ok(node),
        _ => Err(Error::from_findings(Code::NotEdited, findings)),
    }
}

fn refused(path: &str, why: &str) -> Error {
    Error::new(Code::NotEdited, format!("{} cannot be edited: {why}", quoted(path)), "change the text by hand")
}

impl<'t> Edit<'t> {
    fn new(text: &'t str) -> Result<Self, Error> {
        let (marked, text) = text.strip_prefix('\u{feff}').map_or((false, text), |rest| (true, rest));
        let is_json = text.trim_start().starts_with('{') && serde_json::from_str::<&serde_json::value::RawValue>(text).is_ok();
        let node = parsed(if is_json { "text.json" } else { "text.yaml" }, text)?;
        let root = spots::spots(text).ok_or_else(|| refused("", "it has no places"))?;
        Ok(Self { text, marked, is_json, node, root })
    }

    fn set(mut self, path: &str, value: &Value) -> Result<String, Error> {
        let steps = path::steps(path).ok_or_else(|| refused(path, "it is not a path such as `channels.newsletter.owner`"))?;
        let mut spot = &self.root;
        let mut key = None;
        for (depth, step) in steps.iter().enumerate() {
            let rest = steps.get(depth..).unwrap_or_default();
            let missing = || {
                let keys: Option<Vec<&str>> = rest.iter().map(|step| if let Step::Key(key) = step { Some(*key) } else { None }).collect();
                keys.ok_or_else(|| refused(path, "a list that is not there has no items"))
            };
            match (&spot.shape, step) {
                (Shape::Map(entries), Step::Key(name)) => match entries.iter().find(|entry| entry.key == *name) {
                    Some(entry) => (key, spot) = (Some(entry.key_end), &entry.value),
                    None => {
                        let keys = missing()?;
                        let value = value.under(keys.get(1..).unwrap_or_default());
                        let (at, insert) = self.added(spot, name, &value.written(self.is_json)).ok_or_else(|| refused(path, "its place cannot be told"))?;
                        path::put(&mut self.node, &steps, Some(&value.node));
                        return self.spliced(path, at, at, &insert);
                    }
                },
                (Shape::Null, Step::Key(_)) => {
                    let value = value.under(&missing()?);
                    let (start, end, insert) =
                        self.replaced(spot, key, &value.written(self.is_json)).ok_or_else(|| refused(path, "its place cannot be told"))?;
                    path::put(&mut self.node, steps.get(..depth).unwrap_or_default(), Some(&value.node));
                    return self.spliced(path, start, end, &insert);
                }
                (Shape::List(items), Step::Item(index)) => {
                    spot = items.get(*index).ok_or_else(|| refused(path, &format!("the list has {} items", items.len())))?;
                    key = None;
                }
                _ => return Err(refused(path, "it leads through something that is no such mapping or list")),
            }
        }
        let (start, end, insert) = self.replaced(spot, key, &value.written(self.is_json)).ok_or_else(|| refused(path, "its place cannot be told"))?;
        path::put(&mut self.node, &steps, Some(&value.node));
        self.spliced(path, start, end, &insert)
    }

    /// What is put in place of a value, and where.
    fn replaced(&self, spot: &Spot, key_end: Option<usize>, written: &str) -> Option<(usize, usize, String)> {
        let old = self.text.get(spot.start..spot.end)?;
        let end = spot.start.checked_add(old.trim_end().len())?;
        let colon = key_end.and_then(|end| self.after_colon(end));
        if matches!(spot.shape, Shape::Null) && old.trim().is_empty() {
            let at = colon?;
            return Some((at, at, format!(" {written}")));
        }
        let on_own_lines = old.starts_with(['|', '>']) || spot.is_block();
        match colon.filter(|_| on_own_lines) {
            // The value moves up to its key, unless a comment stands between.
            Some(at) if self.text.get(at..spot.start)?.trim().is_empty() => Some((at, end, format!(" {written}"))),
            _ => Some((spot.start, end, written.to_owned())),
        }
    }

    fn after_colon(&self, key_end: usize) -> Option<usize> {
        let rest = self.text.get(key_end..)?;
        let colon = rest.len().checked_sub(rest.trim_start().len())?;
        rest.get(colon..)?.starts_with(':').then(|| key_end.saturating_add(colon).saturating_add(1))
    }

    /// What is put at the end of a mapping for a new key, and where.
    fn added(&self, map: &Spot, key: &str, written: &str) -> Option<(usize, String)> {
        let Shape::Map(entries) = &map.shape else { return None };
        let entry = if self.is_json { format!("{}: {written}", render::json_text(key)) } else { format!("{}: {written}", render::scalar(key)) };
        let Some(last) = entries.last() else {
            return Some((map.start.checked_add(1)?, if self.is_json { entry } else { format!(" {entry} ") }));
        };
        let value = &last.value;
        let end = if value.start == value.end { self.after_colon(last.key_end)? } else { value.end };
        let end = self.text.get(..end)?.trim_end().len();
        if !map.is_block() {
            return Some((end, format!(", {entry}")));
        }
        let line = self.text.get(end..)?;
        let at = end.checked_add(line.find('\n').unwrap_or(line.len()))?;
        let (at, newline) = if self.text.get(..at)?.ends_with('\r') { (at.checked_sub(1)?, "\r\n") } else { (at, "\n") };
        Some((at, format!("{newline}{}{entry}", " ".repeat(map.column))))
    }

    fn remove(mut self, path: &str) -> Result<String, Error> {
        let steps = path::steps(path).ok_or_else(|| refused(path, "it is not a path such as `channels.newsletter.owner`"))?;
        let (last, above) = steps.split_last().ok_or_else(|| refused(path, "it is the whole text"))?;
        let mut spot = &self.root;
        for step in above {
            spot = spot.child(step).ok_or_else(|| refused(path, "it is not there"))?;
        }
        let (before, start, end, after) = spot.neighbours(last).ok_or_else(|| refused(path, "it is not there"))?;
        if before.is_none() && after.is_none() && spot.is_block() {
            return Err(refused(path, "nothing is left beside it: remove what holds it"));
        }
        let kind = (spot.is_block(), matches!(last, Step::Item(_)));
        let range = self.removed(kind, before, (start, end), after).ok_or_else(|| refused(path, "its place cannot be told"))?;
        path::put(&mut self.node, &steps, None);
        self.spliced(path, range.0, range.1, "")
    }

    /// From where to where an entry is taken out: whole lines where it has them.
    fn removed(&self, (is_block, is_item): (bool, bool), before: Option<usize>, (start, end): (usize, usize), after: Option<usize>) -> Option<(usize, usize)> {
        let end = start.max(self.text.get(..end)?.trim_end().len());
        if !is_block {
            return Some(match (before, after) {
                (_, Some(after)) => (start, after),
                (Some(before), None) => (self.text.get(..before)?.trim_end().len(), end),
                (None, None) => (start, end),
            });
        }
        let line = self.text.get(..start)?.rfind('\n').map_or(0, |at| at.saturating_add(1));
        let lead = self.text.get(line..start)?;
        if lead.trim().is_empty() || (is_item && lead.trim() == "-") {
            let rest = self.text.get(end..)?;
            let until = rest.find('\n').map_or(rest.len(), |at| at.saturating_add(1));
            return Some((line, end.checked_add(until)?));
        }
        let after = after.filter(|after| self.text.get(end..*after).is_some_and(|between| between.trim().is_empty()))?;
        Some((start, after))
    }

    /// The text with the change, if that is all that has changed.
    fn spliced(self, path: &str, start: usize, end: usize, insert: &str) -> Result<String, Error> {
        let (Some(before), Some(after)) = (self.text.get(..start), self.text.get(end..)) else { return Err(refused(path, "its place cannot be told")) };
        let text = format!("{before}{insert}{after}");
        let node = parsed(if self.is_json { "text.json" } else { "text.yaml" }, &text).map_err(|_| refused(path, "the text would no longer be well-formed"))?;
        if !path::same(&node, &self.node) {
            return Err(refused(path, "something else would change with it"));
        }
        Ok(if self.marked { format!("\u{feff}{text}") } else { text })
    }
}
