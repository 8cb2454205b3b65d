//! Markdown for pull requests, chats and wikis.

use super::columns;
use super::escape::{markdown as escape, markdown_inside};
use crate::judge::scorecard::Scorecard;
use crate::words::{Message, Words};

impl Scorecard {
    /// The scorecard as a Markdown table.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let words = &self.words;
        let scorecard = escape(&words.text(Message::ScorecardFor, &[("period", self.period.label.as_str().into())]));
        let as_of = escape(&words.text(Message::AsOf, &[("date", self.as_of.into())]));
        let title = format!("**{}** · {scorecard} · {as_of}\n\n", escape(&self.system));
        format!("{title}{}\n{}", self.markdown_table(), footer(words, self.fingerprint.short()))
    }

    pub(super) fn markdown_table(&self) -> String {
        let notes: String = columns::notes(self).map(|(name, text)| format!("\n\\* {}: {}\n", escape(name), escape(text))).collect();
        format!("{}{notes}", table(&columns::rows(self, markdown_inside), &columns::FIGURES))
    }
}

/// A table of cells that are escaped already; the first row is its header.
pub(super) fn table(rows: &[Vec<String>], right: &[usize]) -> String {
    let mut text = String::new();
    for (index, row) in rows.iter().enumerate() {
        text.push_str(&format!("| {} |\n", row.join(" | ")));
        if index == 0 {
            let rules: Vec<&str> = (0..row.len()).map(|column| if right.contains(&column) { "--:" } else { "---" }).collect();
            text.push_str(&format!("| {} |\n", rules.join(" | ")));
        }
    }
    text
}

pub(super) fn footer(words: &Words, fingerprint: &str) -> String {
    // What stands for the fingerprint is code, the words around it are not.
    let text = words.text(Message::DrawnFrom, &[("fingerprint", "\u{e000}".into())]);
    format!("{}\n", escape(&text).replace('\u{e000}', &format!("`{fingerprint}`")))
}
