//! Markdown for pull requests, chats and wikis.

use super::escape::markdown as escape;
use super::{agenda, columns};
use crate::judge::scorecard::Scorecard;
use crate::operate::agenda::Agenda;
use crate::operate::report::{Block, Report};

impl Scorecard {
    /// The scorecard as a Markdown table.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let title = format!("**{}** · scorecard for {} · as of {}\n\n", escape(&self.system), self.period.label, self.as_of);
        format!("{title}{}\n{}", self.markdown_table(), footer(self.fingerprint.short()))
    }

    fn markdown_table(&self) -> String {
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

pub(super) fn footer(fingerprint: &str) -> String {
    format!("Drawn from snapshot `{fingerprint}`.\n")
}

impl Agenda {
    /// The agenda as Markdown.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut text = match &self.review {
            Some(review) => format!(
                "# {}\n\n{} · {} minutes · held by {}, escalates to {}\n",
                escape(&review.name),
                escape(&review.day),
                review.minutes,
                escape(&review.held_by),
                escape(&review.escalates_to)
            ),
            None => format!("# {} review\n\nThe system declares no review of this level.\n", self.cadence.word()),
        };
        text.push_str(&format!("\n{} · {} · as of {}\n", escape(&self.system), self.period.label, self.as_of));
        for line in agenda::before(self, escape) {
            text.push_str(&format!("\n{line}\n"));
        }
        for (index, item) in self.items.iter().enumerate() {
            let owner = item.owner.as_deref().map_or_else(|| "nobody".to_owned(), escape);
            text.push_str(&format!("\n{}. **{}** ({}; owner: {owner})\n", index.saturating_add(1), escape(&item.name), item.kind.words()));
            for sentence in &item.text {
                text.push_str(&format!("   - {}\n", escape(sentence)));
            }
            if let Some(escalation) = &item.escalation {
                let person = escalation.person.as_deref().map_or_else(|| "nobody named".to_owned(), escape);
                text.push_str(&format!("   - **To {person}** ({}):\n", escalation.to.word()));
                for reason in &escalation.reasons {
                    text.push_str(&format!("     - {} {} {}.\n", escape(&reason.why), super::text::since(reason), escape(&reason.clears)));
                }
            }
        }
        for (heading, lines) in agenda::after(self, escape) {
            text.push_str(&format!("\n## {heading}\n\n"));
            lines.iter().for_each(|line| text.push_str(&format!("- {line}\n")));
        }
        if !self.quiet.is_empty() {
            let names: Vec<String> = self.quiet.iter().map(|name| escape(name)).collect();
            text.push_str(&format!("\nNothing to discuss: {}.\n", names.join(", ")));
        }
        text.push_str(&format!("\n{}", footer(self.fingerprint.short())));
        text
    }
}

impl Report {
    /// The report as Markdown.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut text = format!("# {}, {}\n\n{}", escape(&self.title), self.month_text, escape(&self.system));
        if let Some(from) = &self.from {
            text.push_str(&format!(" · from {}", escape(from)));
        }
        if let Some(to) = &self.to {
            text.push_str(&format!(" · to {}", escape(to)));
        }
        text.push_str(&format!(" · as of {}\n", self.as_of));
        for section in &self.sections {
            text.push_str(&format!("\n## {}\n", escape(&section.heading)));
            for block in &section.blocks {
                text.push('\n');
                text.push_str(&self::block(block));
            }
        }
        text.push_str(&format!("\n---\n\n{}", footer(self.fingerprint.short())));
        text
    }
}

fn block(block: &Block) -> String {
    match block {
        Block::Paragraph { text } => format!("{}\n", escape(text)),
        Block::Point { about, text } => format!("- **{}**: {}\n", escape(about), escape(text)),
        Block::Scorecard { scorecard } => scorecard.markdown_table(),
        Block::Table { columns, rows } => {
            let escaped = |row: &Vec<String>| row.iter().map(|cell| escape(cell)).collect::<Vec<_>>();
            let rows: Vec<Vec<String>> = std::iter::once(columns).chain(rows).map(escaped).collect();
            table(&rows, &[])
        }
    }
}
