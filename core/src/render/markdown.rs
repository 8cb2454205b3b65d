//! Markdown for pull requests, chats and wikis.

use super::escape::markdown as escape;
use super::{columns, text};
use crate::judge::scorecard::Scorecard;
use crate::operate::agenda::Agenda;
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
        format!("{}{notes}", table(&columns::rows(self, escape), &columns::FIGURES))
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

impl Agenda {
    /// The agenda as Markdown.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let words = &self.words;
        let mut text = match &self.review {
            Some(review) => {
                let (head, named) = (text::agenda_head(words, review), format!("{} · ", review.name));
                format!("# {}\n\n{}\n", escape(&review.name), escape(head.strip_prefix(&named).unwrap_or(&head)))
            }
            None => format!("# {}\n\n{}\n", escape(&text::review_of(words, self.cadence)), escape(&words.word(Message::DeclaresNone))),
        };
        text.push_str(&format!("\n{}\n", escape(&text::agenda_frame(self))));
        for (index, item) in self.items.iter().enumerate() {
            let (kind, owner) = (escape(&words.word(item.kind.message())), escape(&text::owner_of(words, item)));
            text.push_str(&format!("\n{}. **{}** ({kind}; {owner})\n", index.saturating_add(1), escape(&item.name)));
            for sentence in &item.text {
                text.push_str(&format!("   - {}\n", escape(sentence)));
            }
            if let Some(escalation) = &item.escalation {
                let person = escape(&text::goes_to(words, Message::ToPersonTitle, escalation));
                text.push_str(&format!("   - **{person}** ({}):\n", escape(&text::rung(words, escalation.to))));
                for reason in &escalation.reasons {
                    text.push_str(&format!("     - {}\n", escape(&text::reason_of(words, reason))));
                }
            }
        }
        if !self.quiet.is_empty() {
            text.push_str(&format!("\n{}\n", escape(&text::quiet(self))));
        }
        text.push_str(&format!("\n{}", footer(words, self.fingerprint.short())));
        text
    }
}
