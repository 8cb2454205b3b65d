//! Older versions of the format, brought forward before they are read: what is written means what
//! it meant. One step leads from each version to the next.

use super::FORMAT_VERSION;
use crate::base::code::Code;
use crate::base::finding::{Finding, Severity, quoted};
use crate::text::{Data, Entry, Node, Reader};

/// What a step changed, in words.
type Step = fn(&mut Vec<Entry>, Said) -> Vec<&'static str>;

/// The versions before the newest, oldest first, each with the step that leaves it.
const STEPS: [(&str, Step); 1] = [("0", from_0)];

/// What other texts say for the one that names the system.
#[derive(Clone, Copy)]
pub(super) struct Said {
    min_coverage: bool,
}

impl Said {
    /// What is said in texts that name no system.
    pub(super) fn by<'n>(nodes: impl Iterator<Item = &'n Node>) -> Self {
        let says = |node: &Node| matches!(&node.data, Data::Map(entries) if !has(entries, "name") && has(entries, "min_coverage"));
        Self { min_coverage: nodes.into_iter().any(says) }
    }
}

fn has(entries: &[Entry], key: &str) -> bool {
    entries.iter().any(|entry| entry.key == key)
}

/// Brings a text forward; what was changed is told by a note.
pub(super) fn forward(file: &str, node: &mut Node, said: Said, findings: &mut Vec<Finding>) {
    let Data::Map(entries) = &mut node.data else { return };
    let Some(mark) = entries.iter().find(|entry| entry.key == "marketingos").map(|entry| entry.mark) else { return };
    let written = version(entries);
    let Some(first) = STEPS.iter().position(|(version, _)| Some(*version) == written.as_deref()) else { return };
    let changed: Vec<&str> = STEPS.iter().skip(first).flat_map(|(_, step)| step(entries, said)).collect();
    for entry in entries.iter_mut().filter(|entry| entry.key == "marketingos") {
        entry.value.data = Data::Scalar { text: FORMAT_VERSION.to_owned() };
    }
    let place = Reader::new(file, findings).place(mark, "marketingos");
    let changes = if changed.is_empty() { "nothing in it is written otherwise".to_owned() } else { changed.join("; ") };
    let message = format!("the text is of format version {}, and read as {FORMAT_VERSION}: {changes}", quoted(&written.unwrap_or_default()));
    let help = format!("write it so, with `marketingos: {FORMAT_VERSION}`");
    findings.push(Finding { code: Code::Migrated, severity: Severity::Note, place, message, help });
}

fn version(entries: &[Entry]) -> Option<String> {
    let found = entries.iter().find(|entry| entry.key == "marketingos")?;
    if let Data::Scalar { text } = &found.value.data { Some(text.clone()) } else { None }
}

/// Version 0, the draft: the start of the fiscal year stood at the top, and a period with 90 % of
/// its days was complete unless the system said otherwise.
fn from_0(entries: &mut Vec<Entry>, said: Said) -> Vec<&'static str> {
    let mut changed = Vec::new();
    if !has(entries, "calendar")
        && let Some(entry) = entries.iter_mut().find(|entry| entry.key == "fiscal_year_starts")
    {
        let inner = Entry { key: entry.key.clone(), mark: entry.mark, value: entry.value.clone() };
        entry.key = "calendar".to_owned();
        entry.value.data = Data::Map(vec![inner]);
        changed.push("`fiscal_year_starts` is a key of `calendar`");
    }
    // The text that names the system is the one that says what holds for all of it.
    let named = entries.iter().find(|entry| entry.key == "name").map(|entry| (entry.mark, entry.value.mark));
    if let Some((mark, place)) = named
        && !has(entries, "min_coverage")
        && !said.min_coverage
    {
        let value = Node { mark: place, data: Data::Scalar { text: "90 %".to_owned() } };
        entries.push(Entry { key: "min_coverage".to_owned(), mark, value });
        changed.push("`min_coverage` is `90 %`, as it was where it was not written");
    }
    changed
}
