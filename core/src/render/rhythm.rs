//! The rhythm as a document.

use super::TextStyle;
use super::document::{Column, Document, Part, Rich, Table, Tone};
use crate::operate::rhythm::{Rhythm, RhythmItem, RhythmStatus};
use crate::words::Words;

impl Rhythm {
    /// The rhythm as text for terminals.
    #[must_use]
    pub fn to_text(&self, style: TextStyle) -> String {
        self.document().to_text(style)
    }

    /// The rhythm as Markdown.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        self.document().to_markdown()
    }

    /// The rhythm as one self-contained page.
    #[must_use]
    pub fn to_html(&self) -> String {
        self.document().to_html()
    }

    fn document(&self) -> Document<'_> {
        let columns = ["Due", "What", "Who", "Status"].map(Column::words).into();
        let mut parts = vec![Part::Table(Table { columns, rows: self.items.iter().map(row).collect() })];
        // What cannot be told, and what counts for nothing.
        let unanswered = self.unanswered.iter().map(|unanswered| format!("Not known: {}: {}.", unanswered.name, unanswered.reason));
        let unmatched = self.unmatched.iter().map(|record| format!("Counts for no due date: {} of {}: {}.", record.id, record.on, record.reason));
        let rest: Vec<Rich> = unanswered.chain(unmatched).map(Rich::from).collect();
        if !rest.is_empty() {
            parts.push(Part::List(rest));
        }
        let meta = vec![format!("from {} through {}", self.from, self.through), format!("as of {}", self.as_of)];
        Document { kicker: &self.system, title: "What is due".to_owned(), meta, parts, fingerprint: &self.fingerprint, words: Words::default() }
    }
}

fn row(item: &RhythmItem) -> Vec<Rich> {
    let at = item.at.map_or_else(String::new, |at| format!(" {at}"));
    let who = item.who.as_deref().unwrap_or("nobody");
    let tone = match item.status {
        RhythmStatus::Late => Tone::Adverse,
        RhythmStatus::Skipped | RhythmStatus::Coming => Tone::Soft,
        _ => Tone::Plain,
    };
    vec![format!("{}{at}", item.due).into(), item.name.as_str().into(), who.into(), Rich::default().and(status(item), tone)]
}

fn status(item: &RhythmItem) -> String {
    let mut said = item.status.words().to_owned();
    if let Some(days) = item.days {
        said.push_str(&format!(" by {days} {}", if days == 1 { "day" } else { "days" }));
    }
    if let Some(held_on) = item.held_on {
        said.push_str(&format!(", {held_on}"));
    }
    match &item.reason {
        Some(reason) => format!("{said} ({reason})"),
        None => said,
    }
}
