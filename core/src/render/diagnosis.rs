//! A diagnosis as plain text and as Markdown.

use std::fmt::Write;

use super::escape::{markdown as escape, plain};
use crate::diagnose::diagnosis::{Diagnosis, Outcome, RuleResult, Statement};

impl Diagnosis {
    /// The diagnosis as plain text, for a terminal.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = format!("{} · diagnosis as of {}\n\n{}\n", plain(&self.system), self.as_of, plain(&self.verdict.sentence));
        if let Some(next) = &self.verdict.next_evidence {
            line(&mut text, format_args!("To narrow it ({}): {}", next.code, next.text));
        }
        for result in &self.results {
            line(&mut text, format_args!("\n{} {}: {}\n  Claim: {}", result.code, result.title(), standing(result), result.summary));
            for statement in &result.statements {
                line(&mut text, format_args!("  - {}{}", plain(&statement.text), plain(&place(statement))));
            }
            for (label, advice) in advice(result) {
                line(&mut text, format_args!("  {label} {advice}"));
            }
        }
        for entry in &self.evidence.not_counted {
            line(&mut text, format_args!("\nNot counted: {} ({})", plain(&entry.text), plain(&entry.place.to_string())));
        }
        line(&mut text, format_args!("\nsnapshot {}", self.fingerprint.short()));
        text
    }

    /// The diagnosis as Markdown; what users wrote is escaped.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let verdict = escape(&self.verdict.sentence);
        let mut text = format!("# Diagnosis\n\n{} · as of {}\n\n{verdict}\n", escape(&self.system), self.as_of);
        if let Some(next) = &self.verdict.next_evidence {
            line(&mut text, format_args!("\n**To narrow it** ({}): {}", next.code, escape(&next.text)));
        }
        line(&mut text, format_args!("\n| code | rule | outcome | severity | confidence |\n|---|---|---|---|---|"));
        for result in &self.results {
            let confidence = result.confidence.map_or("", |level| level.words());
            let (outcome, severity) = (result.outcome.words(), result.severity.words());
            line(&mut text, format_args!("| {} | {} | {outcome} | {severity} | {confidence} |", result.code, result.title()));
        }
        for result in &self.results {
            line(
                &mut text,
                format_args!("\n## {} {}: {}\n\n{}", result.code, result.title(), result.outcome.words(), escape(&format!("Claim: {}", result.summary))),
            );
            if !result.statements.is_empty() {
                text.push('\n');
            }
            for statement in &result.statements {
                line(&mut text, format_args!("- {}{}", escape(&statement.text), escape(&place(statement))));
            }
            for (label, advice) in advice(result) {
                line(&mut text, format_args!("\n**{label}** {}", escape(advice)));
            }
        }
        if !self.evidence.not_counted.is_empty() {
            line(&mut text, format_args!("\n## Evidence that does not count\n"));
        }
        for entry in &self.evidence.not_counted {
            line(&mut text, format_args!("- {} ({})", escape(&entry.text), escape(&entry.place.to_string())));
        }
        line(&mut text, format_args!("\nDrawn from snapshot `{}`.", self.fingerprint.short()));
        text
    }
}

fn line(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{arguments}");
}

fn standing(result: &RuleResult) -> String {
    let confidence = result.confidence.map(|level| format!("confidence {}", level.words()));
    match (result.outcome, confidence) {
        (Outcome::Present, Some(confidence)) => format!("present (severity {}, {confidence})", result.severity.words()),
        (outcome, Some(confidence)) => format!("{} ({confidence})", outcome.words()),
        (outcome, None) => outcome.words().to_owned(),
    }
}

fn advice(result: &RuleResult) -> impl Iterator<Item = (&'static str, &str)> {
    let mend = result.mend.map(|mend| ("To mend it:", mend));
    mend.into_iter().chain(result.would_settle.as_deref().map(|settle| ("To settle it:", settle)))
}

/// Where a statement's evidence is written, in brackets.
fn place(statement: &Statement) -> String {
    statement.place.as_ref().map(|place| format!(" ({place})")).unwrap_or_default()
}
