//! Plain text for terminals.

use super::escape::plain;
use super::{agenda, columns};
use crate::judge::scorecard::Scorecard;
use crate::operate::agenda::Agenda;
use crate::operate::escalation::{Escalation, EscalationReason};

impl Scorecard {
    /// The scorecard as a table for terminals.
    #[must_use]
    pub fn to_text(&self) -> String {
        let title = format!("{} · scorecard for {} · as of {}", plain(&self.system), self.period.label, self.as_of);
        let notes: String = columns::notes(self).map(|(name, text)| format!("* {}: {}\n", plain(name), plain(text))).collect();
        format!("{title}\n\n{}{notes}\nsnapshot {}\n", table(&columns::rows(self, plain), &columns::FIGURES), self.fingerprint.short())
    }
}

/// Rows with the columns in line; the given ones are set to the right.
pub(super) fn table(rows: &[Vec<String>], right: &[usize]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> =
        (0..columns).map(|column| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)).collect();
    let mut text = String::new();
    for (index, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .enumerate()
            .map(|(column, (cell, width))| if right.contains(&column) { format!("{cell:>width$}") } else { format!("{cell:<width$}") })
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

impl Agenda {
    /// The agenda as text for terminals.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = match &self.review {
            Some(review) => format!(
                "{} · {} · {} minutes · held by {}, escalates to {}\n",
                plain(&review.name),
                plain(&review.day),
                review.minutes,
                plain(&review.held_by),
                plain(&review.escalates_to)
            ),
            None => format!("{} review (not declared in the system)\n", self.cadence.word()),
        };
        text.push_str(&format!("{} · {} · as of {}\n", plain(&self.system), self.period.label, self.as_of));
        for line in agenda::before(self, plain) {
            text.push_str(&format!("{line}\n"));
        }
        for (index, item) in self.items.iter().enumerate() {
            let owner = item.owner.as_deref().map_or_else(|| "nobody".to_owned(), plain);
            text.push_str(&format!("\n{}. {} [{}] · owner: {owner}\n", index.saturating_add(1), plain(&item.name), item.kind.words()));
            for sentence in &item.text {
                text.push_str(&format!("   {}\n", plain(sentence)));
            }
            if let Some(escalation) = &item.escalation {
                text.push_str(&escalation_text(escalation));
            }
        }
        for (heading, lines) in agenda::after(self, plain) {
            text.push_str(&format!("\n{heading}\n"));
            lines.iter().for_each(|line| text.push_str(&format!("   {line}\n")));
        }
        if !self.quiet.is_empty() {
            let names: Vec<String> = self.quiet.iter().map(|name| plain(name)).collect();
            text.push_str(&format!("\nNothing to discuss: {}.\n", names.join(", ")));
        }
        text.push_str(&format!("\nsnapshot {}\n", self.fingerprint.short()));
        text
    }
}

/// The beginning of the sentence that says what would clear it.
pub(super) fn since(reason: &EscalationReason) -> String {
    let since = reason.since_text();
    if since.is_empty() { "It clears with".to_owned() } else { format!("Since {since}; it clears with") }
}

fn escalation_text(escalation: &Escalation) -> String {
    let person = escalation.person.as_deref().map_or_else(|| "nobody named".to_owned(), plain);
    let mut text = format!("   → to {person} ({})\n", escalation.to.word());
    for reason in &escalation.reasons {
        text.push_str(&format!("     {} {} {}.\n", plain(&reason.why), since(reason), plain(&reason.clears)));
    }
    text
}
