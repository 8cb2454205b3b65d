//! Plain text for terminals.

use super::columns;
use super::escape::plain;
use crate::base::fingerprint::Fingerprint;
use crate::judge::scorecard::Scorecard;
use crate::model::rhythm::{Cadence, Rung};
use crate::operate::agenda::{Agenda, AgendaItem, AgendaReview};
use crate::operate::escalation::{Escalation, EscalationReason};
use crate::words::{Message, Words};

impl Scorecard {
    /// The scorecard as a table for terminals.
    #[must_use]
    pub fn to_text(&self) -> String {
        let words = &self.words;
        let title = [
            self.system.clone(),
            words.text(Message::ScorecardFor, &[("period", self.period.label.as_str().into())]),
            words.text(Message::AsOf, &[("date", self.as_of.into())]),
        ];
        let title = plain(&title.join(" · "));
        let notes: String = columns::notes(self).map(|(name, text)| format!("* {}: {}\n", plain(name), plain(text))).collect();
        format!("{title}\n\n{}{notes}\n{}\n", table(&columns::rows(self, plain), &columns::FIGURES), snapshot(words, &self.fingerprint))
    }
}

/// Which snapshot something is drawn from.
pub(super) fn snapshot(words: &Words, fingerprint: &Fingerprint) -> String {
    plain(&words.text(Message::Snapshot, &[("fingerprint", fingerprint.short().into())]))
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
        let words = &self.words;
        let mut text = plain(&match &self.review {
            Some(review) => agenda_head(words, review),
            None => format!("{} {}", review_of(words, self.cadence), words.word(Message::NotDeclared)),
        });
        text.push_str(&format!("\n{}\n", plain(&agenda_frame(self))));
        for (index, item) in self.items.iter().enumerate() {
            let (kind, owner) = (words.word(item.kind.message()), owner_of(words, item));
            text.push_str(&format!("\n{}\n", plain(&format!("{}. {} [{kind}] · {owner}", index.saturating_add(1), item.name))));
            for sentence in &item.text {
                text.push_str(&format!("   {}\n", plain(sentence)));
            }
            if let Some(escalation) = &item.escalation {
                text.push_str(&escalation_text(words, escalation));
            }
        }
        if !self.quiet.is_empty() {
            text.push_str(&format!("\n{}\n", plain(&quiet(self))));
        }
        text.push_str(&format!("\n{}\n", snapshot(words, &self.fingerprint)));
        text
    }
}

/// Name, day, minutes and people of a review.
pub(super) fn agenda_head(words: &Words, review: &AgendaReview) -> String {
    let minutes = words.text(Message::Minutes, &[("count", u64::from(review.minutes).into())]);
    let held = words.text(Message::HeldBy, &[("person", (&review.held_by).into()), ("other", (&review.escalates_to).into())]);
    format!("{} · {} · {minutes} · {held}", review.name, review.day)
}

/// A review of a level that the system does not declare.
pub(super) fn review_of(words: &Words, cadence: Cadence) -> String {
    let cadence = words.word(match cadence {
        Cadence::Weekly => Message::Weekly,
        Cadence::Monthly => Message::Monthly,
        Cadence::Quarterly => Message::Quarterly,
    });
    words.text(Message::ReviewOf, &[("cadence", (&cadence).into())])
}

/// Whose agenda, of which period, as of when.
pub(super) fn agenda_frame(agenda: &Agenda) -> String {
    format!("{} · {} · {}", agenda.system, agenda.period.label, agenda.words.text(Message::AsOf, &[("date", agenda.as_of.into())]))
}

pub(super) fn owner_of(words: &Words, item: &AgendaItem) -> String {
    let owner = item.owner.clone().unwrap_or_else(|| words.word(Message::Nobody));
    words.text(Message::OwnerIs, &[("person", (&owner).into())])
}

pub(super) fn quiet(agenda: &Agenda) -> String {
    let names = agenda.quiet.join(", ");
    agenda.words.text(Message::NothingToDiscuss, &[("names", (&names).into())])
}

/// To whom an escalation goes.
pub(super) fn goes_to(words: &Words, message: Message, escalation: &Escalation) -> String {
    let person = escalation.person.clone().unwrap_or_else(|| words.word(Message::NobodyNamedHere));
    words.text(message, &[("person", (&person).into())])
}

pub(super) fn rung(words: &Words, rung: Rung) -> String {
    words.word(match rung {
        Rung::Owner => Message::RungOwner,
        Rung::Operator => Message::RungOperator,
        Rung::Executive => Message::RungExecutive,
    })
}

/// Why something escalates, since when, and what clears it.
pub(super) fn reason_of(words: &Words, reason: &EscalationReason) -> String {
    let clears = words.retell(&reason.clears);
    let since = words.text(Message::SinceClears, &[("since", reason.since.label.as_str().into()), ("clears", (&clears).into())]);
    format!("{} {since}", words.retell(&reason.why))
}

fn escalation_text(words: &Words, escalation: &Escalation) -> String {
    let mut text = format!("   → {} ({})\n", plain(&goes_to(words, Message::ToPerson, escalation)), plain(&rung(words, escalation.to)));
    for reason in &escalation.reasons {
        text.push_str(&format!("     {}\n", plain(&reason_of(words, reason))));
    }
    text
}
