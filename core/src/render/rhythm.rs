//! The rhythm as a document.

use super::document::{Column, Document, Part, Rich, Table, Tone, documented};
use crate::operate::rhythm::{Rhythm, RhythmItem, RhythmStatus};
use crate::words::{Message, Words};

documented!(Rhythm, "rhythm");

impl Rhythm {
    fn document(&self) -> Document<'_> {
        let words = &self.words;
        let columns =
            [Message::ColumnDue, Message::ColumnWhat, Message::ColumnWho, Message::ColumnStatus].map(|column| Column::words(&words.word(column))).into();
        let mut parts = vec![Part::Table(Table { columns, rows: self.items.iter().map(|item| row(words, item)).collect() })];
        // What cannot be told, and what counts for nothing.
        let unanswered = self
            .unanswered
            .iter()
            .map(|unanswered| words.text(Message::RhythmNotKnown, &[("name", (&unanswered.name).into()), ("reason", (&unanswered.reason).into())]));
        let unmatched = self.unmatched.iter().map(|record| {
            let given = [("id", (&record.id).into()), ("date", record.on.into()), ("reason", (&record.reason).into())];
            words.text(Message::RhythmUnmatched, &given)
        });
        let rest: Vec<Rich> = unanswered.chain(unmatched).map(Rich::from).collect();
        if !rest.is_empty() {
            parts.push(Part::List(rest));
        }
        let meta = vec![
            words.text(Message::RhythmSpan, &[("from", self.from.into()), ("through", self.through.into())]),
            words.text(Message::AsOf, &[("date", self.as_of.into())]),
        ];
        Document { kicker: &self.system, title: words.word(Message::RhythmTitle), meta, parts, fingerprint: &self.fingerprint, words: words.clone() }
    }
}

fn row(words: &Words, item: &RhythmItem) -> Vec<Rich> {
    let at = item.at.map_or_else(String::new, |at| format!(" {at}"));
    let who = item.who.clone().unwrap_or_else(|| words.word(Message::Nobody));
    let tone = match item.status {
        RhythmStatus::Late => Tone::Adverse,
        RhythmStatus::Skipped | RhythmStatus::Coming => Tone::Soft,
        _ => Tone::Plain,
    };
    vec![format!("{}{at}", words.date(item.due)).into(), item.name.as_str().into(), who.into(), Rich::default().and(status(words, item), tone)]
}

fn status(words: &Words, item: &RhythmItem) -> String {
    let mut said = words.word(item.status.message());
    if let Some(days) = item.days {
        said = words.text(Message::RhythmBy, &[("status", (&said).into()), ("count", u64::try_from(days).unwrap_or(0).into())]);
    }
    if let Some(held_on) = item.held_on {
        said.push_str(&format!(", {}", words.date(held_on)));
    }
    match &item.reason {
        Some(reason) => format!("{said} ({reason})"),
        None => said,
    }
}
