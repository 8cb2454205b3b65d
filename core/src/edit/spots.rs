//! Where each value of a text stands, from the parser's events.

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::path::Step;

/// A value, from where to where it stands in the text, in bytes.
pub(super) struct Spot {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The characters before it on its line.
    pub(super) column: usize,
    /// Written in brackets, or quoted or plain.
    block: bool,
    pub(super) shape: Shape,
}

pub(super) enum Shape {
    /// Nothing, or a word for it.
    Null,
    /// A single value, or an alias of any.
    Scalar,
    List(Vec<Spot>),
    Map(Vec<KeySpot>),
}

pub(super) struct KeySpot {
    pub(super) key: String,
    pub(super) key_start: usize,
    pub(super) key_end: usize,
    pub(super) value: Spot,
}

impl Spot {
    /// Whether it is a list or mapping that is told by its indentation.
    pub(super) fn is_block(&self) -> bool {
        self.block
    }

    pub(super) fn child(&self, step: &Step<'_>) -> Option<&Self> {
        match (&self.shape, step) {
            (Shape::Map(entries), Step::Key(key)) => entries.iter().find(|entry| entry.key == *key).map(|entry| &entry.value),
            (Shape::List(items), Step::Item(index)) => items.get(*index),
            _ => None,
        }
    }

    /// Of a key or item: where the one before it ends, from where to where it stands itself, and
    /// where the one after it starts.
    pub(super) fn neighbours(&self, step: &Step<'_>) -> Option<(Option<usize>, usize, usize, Option<usize>)> {
        let ranges: Vec<(usize, usize)> = match &self.shape {
            Shape::Map(entries) => entries.iter().map(|entry| (entry.key_start, entry.value.end.max(entry.key_end))).collect(),
            Shape::List(items) => items.iter().map(|item| (item.start, item.end)).collect(),
            Shape::Null | Shape::Scalar => return None,
        };
        let at = match (&self.shape, step) {
            (Shape::Map(entries), Step::Key(key)) => entries.iter().position(|entry| entry.key == *key)?,
            (Shape::List(_), Step::Item(index)) => *index,
            _ => return None,
        };
        let (start, end) = *ranges.get(at)?;
        let before = at.checked_sub(1).and_then(|before| ranges.get(before)).map(|(_, end)| *end);
        Some((before, start, end, ranges.get(at.checked_add(1)?).map(|(start, _)| *start)))
    }
}

/// What is being read: a list, or a mapping with the key whose value comes next.
enum Open {
    List(Vec<Spot>),
    Map(Vec<KeySpot>, Option<(String, usize, usize)>),
}

/// The places of a text that is known to be well-formed and of one document.
pub(super) fn spots(text: &str) -> Option<Spot> {
    let offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut open: Vec<(Open, usize, usize)> = Vec::new();
    let mut root = None;
    // Where the single value before ends.
    let mut before = 0_usize;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.ok()?;
        let (start, end) = range(&offsets, span)?;
        let column = span.start.col();
        let (spot, key) = match event {
            Event::SequenceStart(..) => {
                open.push((Open::List(Vec::new()), start, column));
                continue;
            }
            Event::MappingStart(..) => {
                open.push((Open::Map(Vec::new(), None), start, column));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let (open, start, column) = open.pop()?;
                let block = !text.get(start..)?.starts_with(['{', '[']);
                let (shape, last) = match open {
                    Open::List(items) => {
                        let last = items.last().map(|item| item.end);
                        (Shape::List(items), last)
                    }
                    Open::Map(entries, _) => {
                        let last = entries.last().map(|entry| entry.value.end.max(entry.key_end));
                        (Shape::Map(entries), last)
                    }
                };
                // What indentation tells ends with the last of what it holds.
                let end = if block { last.unwrap_or(start) } else { end };
                (Spot { start, end, column, block, shape }, None)
            }
            Event::Scalar(content, style, ..) => {
                let null = style == ScalarStyle::Plain && matches!(content.as_ref(), "" | "~" | "null");
                let shape = if null { Shape::Null } else { Shape::Scalar };
                // The parser's end of a quoted text lies where the next thing starts.
                let (start, end) = match style {
                    ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => (start, closing_quote(text, start)?),
                    // And its start of a text on lines of its own lies after the mark for that.
                    ScalarStyle::Literal | ScalarStyle::Folded => (before.checked_add(text.get(before..start)?.find(['|', '>'])?)?, end),
                    ScalarStyle::Plain => (start, end),
                };
                before = end;
                (Spot { start, end, column, block: false, shape }, Some(content.into_owned()))
            }
            Event::Alias(_) => (Spot { start, end, column, block: false, shape: Shape::Scalar }, None),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) | Event::DocumentEnd => continue,
        };
        match open.last_mut() {
            None => root = Some(spot),
            Some((Open::List(items), _, _)) => items.push(spot),
            Some((Open::Map(entries, waiting), _, _)) => match waiting.take() {
                Some((key, key_start, key_end)) => entries.push(KeySpot { key, key_start, key_end, value: spot }),
                None => *waiting = Some((key?, spot.start, spot.end)),
            },
        }
    }
    root
}

/// Where the text in quotes ends that starts there.
fn closing_quote(text: &str, start: usize) -> Option<usize> {
    let mut characters = text.get(start..)?.char_indices().peekable();
    let (_, quote) = characters.next()?;
    while let Some((at, character)) = characters.next() {
        if character == '\\' && quote == '"' {
            characters.next();
        } else if character == quote {
            // Doubled, it stands for itself.
            if quote == '\'' && characters.next_if(|(_, next)| *next == quote).is_some() {
                continue;
            }
            return start.checked_add(at)?.checked_add(1);
        }
    }
    None
}

/// The parser counts characters.
fn range(offsets: &[usize], span: Span) -> Option<(usize, usize)> {
    Some((*offsets.get(span.start.index())?, *offsets.get(span.end.index())?))
}
