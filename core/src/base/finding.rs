//! What is wrong with an input, where, and how to mend it.

use std::fmt;

use serde::Serialize;

use super::code::Code;
use super::order;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The input cannot be used.
    Error,
    /// The input can be used, but a result may not be what its author expects.
    Warning,
    /// Good to know; nothing is lost.
    Note,
}

/// Where in a text something stands. Lines and columns start at 1; columns count characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Mark {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

/// The place of a finding.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The name of the source text.
    pub file: String,
    /// Line and column.
    #[serde(flatten)]
    pub mark: Mark,
    /// The path in the model, such as `kpis.cac.owner`; empty for the text as a whole.
    pub path: String,
}

/// The place where a part of a system is written. It takes no part in comparisons: two systems
/// that say the same are equal, wherever it is written.
#[derive(Clone, Debug, Default, Eq)]
pub struct Origin(pub Place);

impl PartialEq for Origin {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.mark.line, self.mark.column)
    }
}

/// One thing that is wrong, or worth knowing, about an input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The stable code; see [`Code`].
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What is wrong; user's text stands in backticks.
    pub message: String,
    /// How to mend it.
    pub help: String,
}

impl Finding {
    /// Puts errors first, and those of a severity in the order of their places.
    pub(crate) fn sort(findings: &mut Vec<Self>) {
        order::sort_by(findings, |left, right| (left.severity, &left.place, left.code).cmp(&(right.severity, &right.place, right.code)));
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        write!(f, "{}: {severity}[{}]: {}", self.place, self.code, self.message)?;
        if self.help.is_empty() { Ok(()) } else { write!(f, "; {}", self.help) }
    }
}

/// Whether a character controls a terminal, ends a line, or turns the direction of writing: in a
/// user's text it is shown, never passed on.
pub(crate) fn is_unruly(character: char) -> bool {
    character.is_control() || matches!(character, '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A user's text made fit to stand in a message: bounded, on one line, without control
/// characters.
pub(crate) fn quoted(text: &str) -> String {
    const MOST: usize = 60;
    let shown: String = text.chars().take(MOST).flat_map(|c| if is_unruly(c) { c.escape_default().collect::<Vec<_>>() } else { vec![c] }).collect();
    let more = if text.chars().nth(MOST).is_some() { "…" } else { "" };
    format!("`{shown}{more}`")
}
