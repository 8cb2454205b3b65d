//! Plain text for terminals.

use unicode_width::UnicodeWidthStr;

use super::TextStyle;
use super::document::{Document, Part};
use crate::judge::scorecard::Scorecard;
use crate::words::Message;

impl Scorecard {
    /// The scorecard as a table for terminals; where it is too wide, KPI by KPI.
    #[must_use]
    pub fn to_text(&self, style: TextStyle) -> String {
        let title = self.words.text(Message::ScorecardForTitle, &[("period", self.period.label.as_str().into())]);
        let meta = vec![self.words.text(Message::AsOf, &[("date", self.as_of.into())])];
        let parts = vec![Part::scorecard(self)];
        Document { kicker: &self.system, title, meta, parts, fingerprint: &self.fingerprint, words: self.words.clone() }.to_text(style)
    }
}

/// Rows with the columns in line; the given ones are set to the right.
pub(super) fn table(rows: &[Vec<String>], right: &[usize]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(|column| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0)).collect();
    let mut text = String::new();
    for (index, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .enumerate()
            .map(|(column, (cell, width))| {
                let gap = " ".repeat(width.saturating_sub(cell.width()));
                if right.contains(&column) { gap + cell } else { format!("{cell}{gap}") }
            })
            .collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
        if index == 0 {
            text.push_str(&"─".repeat(widths.iter().sum::<usize>().saturating_add(widths.len().saturating_sub(1).saturating_mul(2))));
            text.push('\n');
        }
    }
    text
}
