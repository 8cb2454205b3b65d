//! YAML, from the parser's events. The tree is built here rather than by a loader so that
//! every duplicate key is reported, and depth, size and aliases are bounded while reading.

use saphyr_parser::{Event, Marker, Parser, ScalarStyle};

use super::node::{Data, Entries, Entry, Node};
use super::{MAX_BYTES, MAX_DEPTH, MAX_NODES, Notes};
use crate::base::code::Code;
use crate::base::finding::{Mark, Severity, quoted};
use crate::base::map::Map;

pub(crate) fn parse(text: &str, notes: &mut Notes<'_>) -> Option<Node> {
    if text.contains('\r') {
        let mark = Mark { line: 1, column: 1 };
        notes.add(Severity::Note, Code::LineEndings, mark, "the lines end in CR LF, which is read as LF", "nothing needs to be done");
    }
    let mut builder = Builder { notes, open: Vec::new(), anchors: Map::new(), nodes: 0, copied: (0, 0), root: None, documents: 0 };
    for event in Parser::new_from_str(text) {
        match event {
            Ok((event, span)) => builder.take(event, mark_of(span.start))?,
            Err(error) => {
                let mark = mark_of(*error.marker());
                if error.info() == "recursion limit exceeded" {
                    // The parser looks ahead in `[[[[…` past our own limit.
                    return builder.too_deep(mark).and(None);
                }
                let help =
                    "check the indentation, quotes and brackets here and in the lines just before; indent with spaces, not tabs, and put a space after a colon";
                builder.notes.error(Code::Syntax, mark, &format!("not well-formed YAML: {}", error.info()), help);
                return None;
            }
        }
    }
    if builder.root.is_none() {
        // Comments are no text.
        super::empty(builder.notes);
    }
    builder.root
}

fn mark_of(marker: Marker) -> Mark {
    let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
    Mark { line: number(marker.line()), column: number(marker.col()).saturating_add(1) }
}

enum Open {
    List(Vec<Node>),
    Map { entries: Entries, key: Option<(String, Mark)> },
}

struct Builder<'a, 'b> {
    notes: &'a mut Notes<'b>,
    /// Containers not closed yet: contents, where each started, its anchor.
    open: Vec<(Open, Mark, usize)>,
    anchors: Map<usize, Node>,
    nodes: usize,
    /// The values and bytes that anchors keep and aliases repeat. They are bounded apart from
    /// the text itself, in which they are not written out.
    copied: (usize, usize),
    root: Option<Node>,
    documents: usize,
}

impl Builder<'_, '_> {
    /// Takes one event; `None` ends the reading.
    fn take(&mut self, event: Event<'_>, mark: Mark) -> Option<()> {
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Some(()),
            Event::DocumentStart(_) => {
                self.documents = self.documents.saturating_add(1);
                if self.documents > 1 {
                    self.notes.error(Code::SeveralDocuments, mark, "a second document starts here", "keep one document in each file");
                    return None;
                }
                Some(())
            }
            Event::Scalar(text, style, anchor, tag) => {
                if let Some(tag) = tag {
                    self.unsupported(mark, &format!("the tag {}", quoted(&tag.to_string())));
                }
                let plain = style == ScalarStyle::Plain;
                let null = plain && matches!(text.as_ref(), "" | "~" | "null");
                let data = if null { Data::Null } else { Data::Scalar { text: text.into_owned() } };
                self.place(Node { data, mark }, anchor, 1)
            }
            Event::Alias(anchor) => {
                let Some(node) = self.anchors.get(&anchor) else {
                    self.unsupported(mark, "an alias inside its own anchor");
                    return None;
                };
                let extent = node.extent();
                if self.open.len().saturating_add(extent.depth) > MAX_DEPTH {
                    return self.too_deep(mark);
                }
                if self.nodes.saturating_add(extent.values) > MAX_NODES || !may_copy(&mut self.copied, node) {
                    return self.too_large(mark);
                }
                let node = Node { mark, ..node.clone() };
                self.place(node, 0, extent.values)
            }
            Event::SequenceStart(anchor, tag) => self.open(Open::List(Vec::new()), mark, anchor, tag.is_some()),
            Event::MappingStart(anchor, tag) => self.open(Open::Map { entries: Entries::default(), key: None }, mark, anchor, tag.is_some()),
            Event::SequenceEnd | Event::MappingEnd => {
                let (open, mark, anchor) = self.open.pop()?;
                let data = match open {
                    Open::List(items) => Data::List(items),
                    Open::Map { entries, .. } => Data::Map(entries.into_vec()),
                };
                self.place(Node { data, mark }, anchor, 1)
            }
        }
    }

    fn open(&mut self, open: Open, mark: Mark, anchor: usize, tagged: bool) -> Option<()> {
        if tagged {
            self.unsupported(mark, "a tag");
        }
        if self.open.len() >= MAX_DEPTH {
            return self.too_deep(mark);
        }
        self.open.push((open, mark, anchor));
        Some(())
    }

    /// Puts a finished node where it belongs.
    fn place(&mut self, node: Node, anchor: usize, size: usize) -> Option<()> {
        self.nodes = self.nodes.saturating_add(size);
        if self.nodes > MAX_NODES {
            return self.too_large(node.mark);
        }
        if anchor > 0 {
            if !may_copy(&mut self.copied, &node) {
                return self.too_large(node.mark);
            }
            self.anchors.insert(anchor, node.clone());
        }
        let Some((open, _, _)) = self.open.last_mut() else {
            self.root = Some(node);
            return Some(());
        };
        match open {
            Open::List(items) => items.push(node),
            Open::Map { entries, key } => match key.take() {
                Some((key, mark)) => entries.add(Entry { key, mark, value: node }, self.notes),
                None => {
                    let text = match node.data {
                        Data::Scalar { text, .. } => text,
                        Data::Null => "null".to_owned(),
                        Data::List(_) | Data::Map(_) => {
                            self.notes.error(Code::UnsupportedSyntax, node.mark, "a key that is a list or a mapping", "use plain words as keys");
                            format!("key at line {} column {}", node.mark.line, node.mark.column)
                        }
                    };
                    *key = Some((text, node.mark));
                }
            },
        }
        Some(())
    }

    fn unsupported(&mut self, mark: Mark, what: &str) {
        self.notes.error(Code::UnsupportedSyntax, mark, &format!("{what} is not part of the format"), "leave it out");
    }

    fn too_deep(&mut self, mark: Mark) -> Option<()> {
        self.notes.error(Code::TooDeep, mark, &format!("nested more than {MAX_DEPTH} levels deep"), "flatten the text");
        None
    }

    fn too_large(&mut self, mark: Mark) -> Option<()> {
        let message = format!("the text, aliases expanded, holds more than {MAX_NODES} values or {MAX_BYTES} bytes");
        self.notes.error(Code::TooLarge, mark, &message, "split it into several files, and do not nest aliases");
        None
    }
}

/// Counts a copy of a node; whether the budget allows it.
fn may_copy(copied: &mut (usize, usize), node: &Node) -> bool {
    let extent = node.extent();
    *copied = (copied.0.saturating_add(extent.values), copied.1.saturating_add(extent.bytes));
    copied.0 <= MAX_NODES && copied.1 <= MAX_BYTES
}
