//! A diagnosis as a document.

use super::document::{Column, Document, Part, Point, Rich, Table, Tone, documented};
use crate::diagnose::diagnosis::{Diagnosis, Outcome, RuleResult, Statement};
use crate::words::Words;

documented!(Diagnosis, "diagnosis");

impl Diagnosis {
    fn document(&self) -> Document<'_> {
        let mut parts = vec![Part::Paragraph(Rich::default().and(self.verdict.sentence.as_str(), Tone::Strong))];
        if let Some(next) = &self.verdict.next_evidence {
            parts.push(Part::Paragraph(Rich::default().and("To narrow it", Tone::Strong).and(format!(" ({}): {}", next.code, next.text), Tone::Plain)));
        }
        let columns = ["Rule", "Code", "Outcome", "Severity", "Confidence"].map(Column::words).into();
        parts.push(Part::Table(Table { columns, rows: self.results.iter().map(row).collect() }));
        for result in &self.results {
            parts.push(Part::Heading(format!("{} {}: {}", result.code, result.title(), result.outcome.words())));
            parts.push(Part::Paragraph(Rich::default().and("Claim: ", Tone::Soft).and(result.summary, Tone::Plain)));
            if !result.statements.is_empty() {
                parts.push(Part::List(result.statements.iter().map(statement).collect()));
            }
            for (label, advice) in [("To mend it: ", result.mend), ("To settle it: ", result.would_settle.as_deref())] {
                parts.extend(advice.map(|advice| Part::Paragraph(Rich::default().and(label, Tone::Strong).and(advice, Tone::Plain))));
            }
        }
        if !self.evidence.not_counted.is_empty() {
            parts.push(Part::Heading("Evidence that does not count".to_owned()));
            let entries = self.evidence.not_counted.iter();
            let point = entries.map(|entry| Point { about: entry.text.clone(), beside: entry.place.to_string(), lines: Vec::new() });
            parts.push(Part::Points(point.collect()));
        }
        let meta = vec![format!("as of {}", self.as_of)];
        Document { kicker: &self.system, title: "Diagnosis".to_owned(), meta, parts, fingerprint: &self.fingerprint, words: Words::default() }
    }
}

fn row(result: &RuleResult) -> Vec<Rich> {
    let tone = match result.outcome {
        Outcome::Present => Tone::Adverse,
        Outcome::Absent => Tone::Favourable,
        Outcome::NotEvidenced => Tone::Soft,
    };
    let confidence = result.confidence.map_or("", |level| level.words());
    vec![result.title().into(), result.code.into(), Rich::default().and(result.outcome.words(), tone), result.severity.words().into(), confidence.into()]
}

/// What is known, and where that is written.
fn statement(statement: &Statement) -> Rich {
    let place = statement.place.as_ref().map(|place| format!(" ({place})"));
    let said = Rich::from(statement.text.as_str());
    place.map_or(said.clone(), |place| said.and(place, Tone::Soft))
}
