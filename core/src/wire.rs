//! The wire form: what crosses into Python and JavaScript, and the one place that defines it.
//!
//! Requests are JSON objects with an `ask`; unknown fields are refused. Answers are the JSON of
//! the result types, in which exact numbers are decimal strings and every value carries an
//! `is` that says whether it is one. A host parses the answer and adds nothing to it. Errors
//! are [`Error`]s; their JSON is made by [`error`].
//!
//! ```
//! use marketingos::{Source, wire};
//! # let text = "{marketingos: 1, name: Small firm, people: {ana: Ana}, operator: ana,
//! #   sources: {leads: {date: created, rows: events, recorded_from: 2026-01-01, recorded_until: as_of}},
//! #   kpis: {leads: {name: New leads, unit: count of leads, direction: higher, owner: ana, count: leads}}}";
//! let (system, _findings) = wire::system(&[Source::new("system.yaml", text)])?;
//! let facts = wire::facts(&system, &[wire::Table::csv("leads", b"created\n2026-01-05\n")])?;
//! let snapshot = wire::snapshot(&system, &facts, "2026-01-31")?;
//! let answer = wire::ask(&snapshot, r#"{"ask":"series","figure":"leads","grain":"month"}"#)?;
//! assert!(answer.contains(r#""is":"value","value":"1""#));
//! # Ok::<(), marketingos::Error>(())
//! ```

mod ask;
mod form;
mod request;

pub use ask::ask;

use std::sync::Arc;

use serde::Serialize;

use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::finding::{Finding, quoted};
use crate::base::fingerprint::Fingerprint;
use crate::judge::snapshot::Snapshot;
use crate::measure::{Cells, Facts, Load};
use crate::model::System;
use crate::model::frameworks;
use crate::model::journal::Journal;
use crate::model::library;
use crate::text::Source;
use request::{BetweenRequest, between, grain};

/// The version of this form; it is part of every description of a system.
pub const VERSION: u32 = 1;

/// What a system is, for a host that wants to show it.
#[derive(Serialize)]
struct SystemAnswer<'a> {
    version: u32,
    fingerprint: Fingerprint,
    system: &'a System,
}

/// What was read of the facts.
#[derive(Serialize)]
struct FactsAnswer<'a> {
    fingerprint: &'a Fingerprint,
    loads: &'a [Load],
    findings: &'a [Finding],
}

/// Reads a system; with it comes the JSON of its warnings and notes.
///
/// # Errors
/// As [`System::parse`].
pub fn system(sources: &[Source<'_>]) -> Result<(Arc<System>, String), Error> {
    let (system, findings) = System::parse(sources)?;
    Ok((Arc::new(system), json(&findings)))
}

/// The JSON of the names of texts that are still needed: see [`System::needs`].
#[must_use]
pub fn needs(sources: &[Source<'_>]) -> String {
    json(&System::needs(sources))
}

/// The JSON of a system: its parts as read, its fingerprint and the version of the wire form.
#[must_use]
pub fn describe(system: &System) -> String {
    json(&SystemAnswer { version: VERSION, fingerprint: system.fingerprint(), system })
}

/// The JSON of the standard library of KPIs, without a system: a list of
/// [`StandardKpi`](library::StandardKpi)s.
///
/// ```
/// assert!(marketingos::wire::library().starts_with(r#"[{"id":"stage_conversion","name":"Stage conversion","#));
/// ```
#[must_use]
pub fn library() -> String {
    json(&library::kpis())
}

/// The starting file of a published framework; see [`Framework::template`](crate::frameworks::Framework::template).
///
/// ```
/// assert!(marketingos::wire::template("five_components")?.contains("\nkpis:\n"));
/// # Ok::<(), marketingos::Error>(())
/// ```
///
/// # Errors
/// When no published framework has this id.
pub fn template(framework: &str) -> Result<String, Error> {
    let found = frameworks::standard().find(|known| known.id.as_str() == framework);
    found.map(|framework| framework.template()).ok_or_else(|| {
        let message = format!("there is no published framework {}", quoted(framework));
        Error::new(Code::UnknownFramework, message, crate::text::one_of_help(framework, &frameworks::IDS))
    })
}

/// The JSON Schema of a system's text; see [`schema`](crate::schema()).
///
/// ```
/// assert_eq!(marketingos::wire::schema(), marketingos::schema());
/// ```
#[must_use]
pub fn schema() -> &'static str {
    crate::written::schema()
}

/// A text with a value, given as JSON, in place of the one at a path; see [`edit::set`](crate::edit::set).
///
/// ```
/// use marketingos::wire;
/// assert_eq!(wire::set("operator: ana # since 2024\n", "operator", "\"ben\"")?, "operator: ben # since 2024\n");
/// # Ok::<(), marketingos::Error>(())
/// ```
///
/// # Errors
/// As [`edit::set`](crate::edit::set), and when the value is no JSON.
pub fn set(text: &str, path: &str, value: &str) -> Result<String, Error> {
    crate::edit::set_json(text, path, value)
}

/// A text without what stands at a path; see [`edit::remove`](crate::edit::remove).
///
/// # Errors
/// As [`edit::remove`](crate::edit::remove).
pub fn remove(text: &str, path: &str) -> Result<String, Error> {
    crate::edit::remove(text, path)
}

/// The rows of a source on their way in.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    source: &'a str,
    form: Form,
    text: &'a [u8],
}

#[derive(Clone, Copy, Debug)]
enum Form {
    Csv,
    Json,
}

impl<'a> Table<'a> {
    /// CSV text; see [`FactsBuilder::csv`](crate::FactsBuilder::csv).
    #[must_use]
    pub fn csv(source: &'a str, text: &'a [u8]) -> Self {
        Self { source, form: Form::Csv, text }
    }

    /// JSON rows; see [`FactsBuilder::json`](crate::FactsBuilder::json).
    ///
    /// ```
    /// use marketingos::{Source, wire};
    /// # let text = "{marketingos: 1, name: Small firm, sources: {leads: {date: created, rows: events}}}";
    /// let (system, _findings) = wire::system(&[Source::new("system.yaml", text)])?;
    /// let facts = wire::facts(&system, &[wire::Table::json("leads", br#"[{"created":"2026-01-05"}]"#)])?;
    /// assert!(wire::loaded(&facts).contains(r#""rows":1"#));
    /// # Ok::<(), marketingos::Error>(())
    /// ```
    #[must_use]
    pub fn json(source: &'a str, text: &'a [u8]) -> Self {
        Self { source, form: Form::Json, text }
    }
}

/// Reads the rows of sources.
///
/// # Errors
/// As [`FactsBuilder::build`](crate::FactsBuilder::build).
pub fn facts(system: &System, tables: &[Table<'_>]) -> Result<Arc<Facts>, Error> {
    let builder = tables.iter().fold(Facts::builder(system), |builder, table| match table.form {
        Form::Csv => builder.csv(table.source, table.text),
        Form::Json => builder.json(table.source, table.text),
    });
    builder.build().map(Arc::new)
}

/// The JSON of what was read of the facts, and what was not.
#[must_use]
pub fn loaded(facts: &Facts) -> String {
    json(&FactsAnswer { fingerprint: facts.fingerprint(), loads: facts.loads(), findings: facts.findings() })
}

/// Evaluates a system over facts as of a date written `YYYY-MM-DD`.
///
/// # Errors
/// When the date is not one.
pub fn snapshot(system: &Arc<System>, facts: &Arc<Facts>, as_of: &str) -> Result<Snapshot, Error> {
    Ok(Snapshot::new(Arc::clone(system), Arc::clone(facts), self::as_of(as_of)?))
}

/// The cells of facts as of a date, from which figures can be asked by some dimensions; as JSON.
/// With a name, the partition is known by it.
///
/// # Errors
/// As [`System::cells`] and [`Cells::named`], and when the date is not one.
pub fn cells(system: &Arc<System>, facts: &Arc<Facts>, date: &str, by: &[&str], name: Option<&str>) -> Result<String, Error> {
    let cells = Cells::new(system, facts, as_of(date)?, by)?;
    let cells = match name {
        Some(name) => cells.named(name)?,
        None => cells,
    };
    Ok(cells.to_json())
}

/// Merges the JSON of cells; one text of cells alone is written as any other.
///
/// # Errors
/// As [`Cells::from_json`] and [`Cells::merge`].
pub fn merge_cells(texts: &[&str]) -> Result<String, Error> {
    let mut texts = texts.iter().map(|text| Cells::from_json(text));
    let first = texts.next().unwrap_or_else(|| Err(Error::new(Code::NotCells, "there are no cells to merge", "give the cells of at least one partition")))?;
    Ok(texts.try_fold(first, |merged, cells| merged.merge(cells?))?.to_json())
}

/// Evaluates a system over the JSON of cells.
///
/// # Errors
/// As [`Cells::from_json`] and [`System::snapshot_of`].
pub fn snapshot_of(system: &Arc<System>, cells: &str) -> Result<Snapshot, Error> {
    Snapshot::of_cells(Arc::clone(system), &Cells::from_json(cells)?)
}

/// Reads a journal about a system; with it comes the JSON of its warnings and notes.
///
/// ```
/// use marketingos::{Source, wire};
/// # let text = "{marketingos: 1, name: Small firm, people: {ana: Ana}}";
/// # let (system, _findings) = wire::system(&[Source::new("system.yaml", text)])?;
/// # let snapshot = wire::snapshot(&system, &wire::facts(&system, &[])?, "2026-09-30")?;
/// let text = "{journal: 1, actions: {form: {what: Mend the form, owner: ana, opened_on: 2026-09-07, due: 2026-09-14}}}";
/// let (journal, findings) = wire::journal(&system, &[Source::new("journal.yaml", text)])?;
/// assert_eq!(findings, "[]");
/// assert_eq!(wire::with_journal(&snapshot, &journal).journal().actions().len(), 1);
/// # Ok::<(), marketingos::Error>(())
/// ```
///
/// # Errors
/// As [`Journal::parse`].
pub fn journal(system: &System, sources: &[Source<'_>]) -> Result<(Arc<Journal>, String), Error> {
    let (journal, findings) = Journal::parse(sources, system)?;
    Ok((Arc::new(journal), json(&findings)))
}

/// A snapshot with a journal; see [`Snapshot::with_journal`].
#[must_use]
pub fn with_journal(snapshot: &Snapshot, journal: &Arc<Journal>) -> Snapshot {
    snapshot.clone().with_journal(Arc::clone(journal))
}

/// Why two snapshots show other figures, as a request without an `ask`: `period` and `grain`, both
/// of which may be left out; see [`Snapshot::explain_difference`].
///
/// ```
/// use marketingos::{Source, wire};
/// # let text = "{marketingos: 1, name: Small firm, sources: {leads: {date: created, rows: events}}}";
/// let (system, _findings) = wire::system(&[Source::new("system.yaml", text)])?;
/// let snapshot = wire::snapshot(&system, &wire::facts(&system, &[])?, "2026-01-31")?;
/// assert!(wire::explain_difference(&snapshot, &snapshot, r#"{"grain":"week"}"#)?.contains("the same snapshot"));
/// # Ok::<(), marketingos::Error>(())
/// ```
///
/// # Errors
/// When the request is not understood, or there is no such period.
pub fn explain_difference(a: &Snapshot, b: &Snapshot, request: &str) -> Result<String, Error> {
    let BetweenRequest { period, grain: word } = between(request)?;
    Ok(json(&a.explain_difference(b, period.as_deref(), grain(word.as_deref())?)?))
}

/// A snapshot as the bytes of a workbook; see [`Snapshot::to_workbook`].
///
/// # Errors
/// As [`Snapshot::to_workbook`].
#[cfg(feature = "xlsx")]
pub fn workbook(snapshot: &Snapshot) -> Result<Vec<u8>, Error> {
    snapshot.to_workbook()
}

/// The JSON of what was changed in a workbook: `kpis`, `targets`, `actuals`, `budget`, `moves` and `findings`; see
/// [`WorkbookContents::changes`](crate::workbook::WorkbookContents::changes).
///
/// ```
/// use marketingos::{Source, wire};
/// # let text = "{marketingos: 1, name: Small firm, sources: {leads: {date: created, rows: events}}}";
/// let (system, _findings) = wire::system(&[Source::new("system.yaml", text)])?;
/// let snapshot = wire::snapshot(&system, &wire::facts(&system, &[])?, "2026-01-31")?;
/// let unchanged = wire::read_workbook(&snapshot, &wire::workbook(&snapshot)?)?;
/// assert_eq!(unchanged, r#"{"kpis":[],"targets":[],"actuals":[],"budget":[],"moves":[],"findings":[]}"#);
/// # Ok::<(), marketingos::Error>(())
/// ```
///
/// # Errors
/// As [`workbook::read`](crate::workbook::read).
#[cfg(feature = "xlsx")]
pub fn read_workbook(snapshot: &Snapshot, bytes: &[u8]) -> Result<String, Error> {
    Ok(json(&crate::workbook::read(bytes, snapshot.system())?.changes(snapshot)?))
}

/// The JSON of an error: `code`, `message`, `help` and the `findings` behind it.
#[must_use]
pub fn error(error: &Error) -> String {
    json(error)
}

fn as_of(date: &str) -> Result<Date, Error> {
    date.parse().map_err(|_| Error::new(Code::BadAsOf, format!("{} is not a date", quoted(date)), "write a day that exists, such as 2026-09-30"))
}

fn json(value: &impl Serialize) -> String {
    // The result types hold nothing that JSON cannot: no maps with other keys than strings.
    serde_json::to_string(value).unwrap_or_default()
}
