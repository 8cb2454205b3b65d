//! The facts of all sources.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use serde::Serialize;

use super::hierarchy;
use super::load::refusals::Refusals;
use super::load::rows::Datum;
use super::load::sink::{Loaded, Sink};
use super::load::{csv, json, parts, rows};
use super::notice;
use super::table::Table;
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::finding::{Finding, Mark, Severity, quoted};
use crate::base::fingerprint::Fingerprint;
use crate::base::id::{Id, nearest};
use crate::base::map::{Map, Set};
use crate::base::number::Number;
use crate::model::System;
use crate::model::source::SourceTable;
use crate::text::{Notes, decode_unbounded};

/// The facts of all sources of a system: columnar rows, and what was not used of them.
///
/// ```
/// use marketingos::{Facts, Source, System};
/// # let text = "{marketingos: 1, name: Small firm, sources: {leads: {date: created, dimensions: [channel], rows: events}}}";
/// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
/// let csv = "created,channel\n2026-01-05,paid\n2026-02-30,paid\n";
/// let facts = Facts::builder(&system).csv("leads", csv).build()?;
/// let load = &facts.loads()[0];
/// assert_eq!((load.rows, load.rejected_rows), (2, 1));
/// assert_eq!(facts.findings()[0].code.as_str(), "MOS-F005");
/// # Ok::<(), marketingos::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Facts {
    tables: Map<Id, Table>,
    /// What was not used of each table, in numbers.
    refusals: Map<Id, Refusals>,
    /// What was noted of the texts as a whole.
    noted: Vec<Finding>,
    loads: Vec<Load>,
    findings: Vec<Finding>,
    fingerprint: Fingerprint,
}

/// How much of a source's text was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Load {
    /// The source.
    pub source: Id,
    /// Rows in the text, the header not counted.
    pub rows: u64,
    /// Rows that could not be used.
    pub rejected_rows: u64,
    /// Cells that could not be used, of rows that were.
    pub rejected_cells: u64,
}

impl Facts {
    /// Starts to collect facts for a system.
    #[must_use]
    pub fn builder(system: &System) -> FactsBuilder<'_> {
        FactsBuilder { system, tables: Map::new(), refusals: Map::new(), noted: Vec::new(), given: Map::new() }
    }

    /// Starts to collect more facts: these, and new rows of their sources. What is here already
    /// is shared, not read again, and all in all it is as if the rows had come at once: the
    /// tables, the findings and the fingerprint are the same.
    ///
    /// ```
    /// use marketingos::{Facts, Source, System};
    /// # let text = "{marketingos: 1, name: Small firm, sources: {leads: {date: created, dimensions: [channel], rows: events}}}";
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let monday = Facts::builder(&system).csv("leads", "created,channel\n2026-01-05,paid\n").build()?;
    /// let tuesday = monday.extend(&system).csv("leads", "created,channel\n2026-01-06,own\n").build()?;
    /// let both = Facts::builder(&system).csv("leads", "created,channel\n2026-01-06,own\n2026-01-05,paid\n").build()?;
    /// assert_eq!(tuesday.fingerprint(), both.fingerprint());
    /// # Ok::<(), marketingos::Error>(())
    /// ```
    #[must_use]
    pub fn extend<'a>(&self, system: &'a System) -> FactsBuilder<'a> {
        FactsBuilder { system, tables: self.tables.clone(), refusals: self.refusals.clone(), noted: self.noted.clone(), given: Map::new() }
    }

    /// How much of each source's text was used.
    #[must_use]
    pub fn loads(&self) -> &[Load] {
        &self.loads
    }

    /// What was not used, and why: warnings and notes.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// A stable hash of the facts; the order of rows and of sources does not matter.
    #[must_use]
    pub fn fingerprint(&self) -> &Fingerprint {
        &self.fingerprint
    }

    /// The exact sums of a source's measure by day and member of a dimension, up to and
    /// including the as-of date; `None` stands for the null member. A member without rows on a
    /// day is not listed; without the source there is nothing.
    pub(crate) fn daily_sums(&self, source: &SourceTable, dimension: &Id, measure: &Id, as_of: Date) -> Map<Date, Map<Option<&str>, Number>> {
        let mut sums = Map::new();
        let Some(table) = self.table(source) else { return sums };
        let (Some(key), Some(position)) = (table.key(dimension.as_str()), table.measure(measure.as_str())) else { return sums };
        let Some(dictionary) = table.dictionaries.get(key) else { return sums };
        for chunk in &table.chunks {
            let (Some(members), Some(numbers)) = (chunk.texts.get(key), chunk.numbers.get(position)) else { continue };
            let mut totals: BTreeMap<(Date, u32), BigInt> = BTreeMap::new();
            for row in 0..chunk.rows() {
                if let (Some(date), Some(mantissa)) = (chunk.date(row).filter(|date| *date <= as_of), numbers.at(row)) {
                    *totals.entry((date, members.at(row))).or_default() += mantissa;
                }
            }
            for ((date, code), total) in totals {
                let by_member: &mut Map<_, _> = sums.entry(date).or_default();
                let sum: &mut Number = by_member.entry(dictionary.text(code)).or_insert_with(|| Number::from(0));
                *sum = sum.clone() + Number::from_big(total, numbers.decimals);
            }
        }
        sums
    }

    /// The rows of a source, if they were read as this system declares it: under another
    /// declaration they would mean something else.
    pub(super) fn table(&self, source: &SourceTable) -> Option<&Table> {
        self.tables.get(&source.id).filter(|table| table.source == *source)
    }

    /// The same facts with some of the tables in another form.
    pub(super) fn with_tables(&self, mut other: impl FnMut(&Table) -> Option<Table>) -> Self {
        let mut facts = self.clone();
        for table in self.tables.values() {
            if let Some(table) = other(table) {
                facts.tables.insert(table.source.id.clone(), table);
            }
        }
        facts
    }

    /// The same facts, of which more is to be told.
    pub(super) fn and_findings(mut self, findings: Vec<Finding>) -> Self {
        self.findings.extend(findings);
        Finding::sort(&mut self.findings);
        self
    }

    /// The sources whose rows were read.
    pub(super) fn sources(&self) -> impl Iterator<Item = &SourceTable> {
        self.tables.values().map(|table| &table.source)
    }
}

/// Collects the facts of a system's sources.
#[derive(Debug)]
pub struct FactsBuilder<'a> {
    system: &'a System,
    tables: Map<Id, Table>,
    refusals: Map<Id, Refusals>,
    noted: Vec<Finding>,
    /// The sources that were given something, and whether it could be used.
    given: Map<Id, bool>,
}

impl FactsBuilder<'_> {
    /// Adds the CSV text of a source: a header and rows, as the system declares them.
    #[must_use]
    pub fn csv(self, source: &str, text: impl AsRef<[u8]>) -> Self {
        self.load(source, ".csv", |sink, notes| decode_unbounded(text.as_ref(), notes).and_then(|text| csv::read(text, sink, notes)))
    }

    /// The same for a text that is read as it comes, and never held as a whole: for large files,
    /// less memory and less time.
    ///
    /// ```
    /// use marketingos::{Facts, Source, System};
    /// # let text = "{marketingos: 1, name: Small firm, sources: {leads: {date: created, dimensions: [channel], rows: events}}}";
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let csv = "created,channel\n2026-01-05,paid\n";
    /// let facts = Facts::builder(&system).csv_from("leads", csv.as_bytes())?.build()?;
    /// assert_eq!(facts.fingerprint(), Facts::builder(&system).csv("leads", csv).build()?.fingerprint());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// What the reader says when it cannot be read.
    pub fn csv_from(self, source: &str, reader: impl std::io::Read) -> std::io::Result<Self> {
        let mut failed = None;
        let builder = self.load(source, ".csv", |sink, notes| {
            parts::read(reader, sink, notes).unwrap_or_else(|error| {
                failed = Some(error);
                None
            })
        });
        failed.map_or(Ok(builder), Err)
    }

    /// Adds the JSON rows of a source: an array of objects, or one object after another, such as
    /// one a line (NDJSON). Texts are read as the system declares them, numbers exactly as they
    /// are written. `null` and a name that a row lacks are the null member, or a missing number.
    ///
    /// ```
    /// use marketingos::{Facts, Source, System};
    /// # let text = "{marketingos: 1, name: Small firm, sources: {leads: {date: created, dimensions: [channel], measures: [amount], rows: events}}}";
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let json = r#"[{"created": "2026-01-05", "channel": "paid", "amount": 12.50}, {"created": "2026-01-06", "channel": null}]"#;
    /// let facts = Facts::builder(&system).json("leads", json).build()?;
    /// let csv = "created,channel,amount\n2026-01-05,paid,12.50\n2026-01-06,,\n";
    /// assert_eq!(facts.fingerprint(), Facts::builder(&system).csv("leads", csv).build()?.fingerprint());
    /// # Ok::<(), marketingos::Error>(())
    /// ```
    #[must_use]
    pub fn json(self, source: &str, text: impl AsRef<[u8]>) -> Self {
        self.load(source, ".json", |sink, notes| decode_unbounded(text.as_ref(), notes).and_then(|text| json::read(text, sink, notes)))
    }

    /// Adds rows of a source that a program has at hand. Each gives its values in the order of
    /// the column names in `columns`. In findings, the line is the number of the row, from 1.
    ///
    /// ```
    /// use marketingos::{Datum, Facts, Source, System};
    /// # let text = "{marketingos: 1, name: Small firm, sources: {leads: {date: created, dimensions: [channel], measures: [amount], rows: events}}}";
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let rows = [("2026-01-05", Some("paid"), 12.5), ("2026-01-06", None, f64::NAN)];
    /// let rows = rows.map(|(day, channel, amount)| [Datum::from(day), Datum::from(channel), Datum::from(amount)]);
    /// let facts = Facts::builder(&system).rows("leads", ["created", "channel", "amount"], rows).build()?;
    /// assert_eq!((facts.loads()[0].rows, facts.loads()[0].rejected_cells), (2, 1));
    /// # Ok::<(), marketingos::Error>(())
    /// ```
    #[must_use]
    pub fn rows<'r, R: AsRef<[Datum<'r>]>>(self, source: &str, columns: impl AsRef<[&'r str]>, rows: impl IntoIterator<Item = R>) -> Self {
        self.load(source, " rows", |sink, notes| rows::read(columns.as_ref(), rows, sink, notes))
    }

    /// Adds the rows of a source from Arrow record batches. Dates as `Date32`, whole numbers,
    /// `Decimal64` and `Decimal128`, and dictionaries of texts are shared without copying where
    /// nothing is missing; other types are converted. A time stamp with a zone is an instant; one
    /// without is a local time. In findings, the line is the number of the row, from 1.
    #[cfg(feature = "arrow")]
    #[must_use]
    pub fn arrow<'b>(self, source: &str, batches: impl IntoIterator<Item = &'b arrow_array::RecordBatch>) -> Self {
        self.load_table(source, " rows", |table, declared, notes| {
            let mut loaded: Option<Loaded> = None;
            let mut rows = 0usize;
            for batch in batches {
                let so_far = loaded.as_ref().map_or(table, |loaded| &loaded.table);
                let mut sink = Sink::new(so_far, declared, notes.file);
                super::load::arrow::read(batch, rows, &mut sink, notes)?;
                rows = rows.saturating_add(batch.num_rows());
                let mut next = sink.finish(so_far);
                if let Some(loaded) = loaded {
                    let later = std::mem::replace(&mut next.refusals, loaded.refusals);
                    next.refusals.merge(later);
                }
                loaded = Some(next);
            }
            if loaded.is_none() {
                notes.error(Code::EmptyText, START, "there is no record batch", "give at least one, with or without rows");
            }
            loaded
        })
    }

    /// Adds rows of a source, in whatever form `read` gives them to the sink.
    fn load(self, source: &str, form: &str, read: impl FnOnce(&mut Sink<'_>, &mut Notes<'_>) -> Option<()>) -> Self {
        self.load_table(source, form, |table, declared, notes| {
            let mut sink = Sink::new(table, declared, notes.file);
            read(&mut sink, notes)?;
            Some(sink.finish(table))
        })
    }

    fn load_table(mut self, source: &str, form: &str, read: impl FnOnce(&Table, &SourceTable, &mut Notes<'_>) -> Option<Loaded>) -> Self {
        let file = format!("{}{form}", source.chars().take(64).collect::<String>());
        let mut notes = Notes { file: &file, findings: &mut self.noted };
        let Some(declared) = declared(self.system, source, &mut notes) else { return self };
        if self.given.contains_key(&declared.id) {
            notes.error(Code::SourceLoadedTwice, START, &format!("facts for `{source}` were given twice"), "give the rows of a source in one text");
            return self;
        }
        let known = self.tables.contains_key(&declared.id);
        let table = self.tables.entry(declared.id.clone()).or_insert_with(|| Table::new(declared));
        let loaded = if table.source == *declared {
            read(table, declared, &mut notes)
        } else {
            let message = format!("the facts of `{source}` so far were read for a system that declares it differently");
            notes.error(Code::OtherDeclaration, START, &message, "read all of its rows for this system");
            None
        };
        self.given.insert(declared.id.clone(), loaded.is_some());
        match loaded {
            Some(loaded) => {
                *table = loaded.table;
                self.refusals.entry(declared.id.clone()).or_default().merge(loaded.refusals);
            }
            None if !known => {
                self.tables.remove(&declared.id);
            }
            None => {}
        }
        self
    }

    /// Finishes the facts.
    ///
    /// # Errors
    /// When a text could not be used at all; rows and cells that could not be used are
    /// warnings, see [`Facts::findings`].
    pub fn build(self) -> Result<Facts, Error> {
        let Self { system, tables, refusals, mut noted, given } = self;
        // What an earlier load noted already; the rest stays in the order of the declaration.
        let mut known = Set::new();
        noted.retain(|finding| known.insert((finding.severity, finding.place.clone(), finding.code, finding.message.clone())));
        let mut findings = noted.clone();
        for source in system.sources() {
            let Some(table) = tables.get(&source.id) else {
                if given.get(&source.id) != Some(&false) {
                    findings.push(notice::not_loaded(&source.id));
                }
                continue;
            };
            let entities = source.entity.as_ref().and_then(|entity| table.dictionary(entity.id.as_str()));
            let different = entities.map_or(0, |dictionary| u64::try_from(dictionary.members()).unwrap_or(u64::MAX));
            let repeated = table.named.saturating_sub(different);
            findings.extend(hierarchy::strays(table));
            // Who is recorded again because something was corrected is no other.
            if repeated > 0 && source.superseded_at.is_none() {
                findings.push(notice::repeated(&source.id, repeated));
            }
        }
        for (id, refusals) in refusals.iter() {
            if let Some(table) = tables.get(id) {
                findings.extend(refusals.findings(&table.source));
            }
        }
        Finding::sort(&mut findings);
        if findings.iter().any(|finding| finding.severity == Severity::Error) {
            return Err(Error::from_findings(Code::NotFacts, findings));
        }
        let load = |(source, refusals): (&Id, &Refusals)| {
            let Refusals { rows, rejected_rows, rejected_cells, .. } = *refusals;
            Load { source: source.clone(), rows, rejected_rows, rejected_cells }
        };
        let loads: Vec<Load> = refusals.iter().map(load).collect();
        let fingerprint = fingerprint(&loads, tables.iter().map(|(id, table)| (id, u64::try_from(table.rows()).unwrap_or(u64::MAX), table.hashes)));
        Ok(Facts { tables, refusals, noted, loads, findings, fingerprint })
    }
}

const START: Mark = Mark { line: 1, column: 1 };

fn declared<'s>(system: &'s System, source: &str, notes: &mut Notes<'_>) -> Option<&'s SourceTable> {
    let declared = system.source(source);
    if declared.is_none() {
        let near = nearest(source, system.sources().iter().map(|source| source.id.as_str()));
        let help = near.map_or_else(|| "declare it under `sources`".to_owned(), |near| format!("did you mean `{near}`?"));
        notes.error(Code::UnknownSource, START, &format!("the system declares no source {}", quoted(source)), &help);
    }
    declared
}

/// The fingerprint of sources, given the number of their rows and the sum of the rows' hashes.
/// What was not used counts too: reports tell it.
pub(super) fn fingerprint<'a>(loads: &[Load], sources: impl Iterator<Item = (&'a Id, u64, u128)>) -> Fingerprint {
    let mut bytes = Vec::new();
    for load in loads {
        for count in [load.rows, load.rejected_rows, load.rejected_cells] {
            bytes.extend_from_slice(&count.to_le_bytes());
        }
    }
    for (source, rows, hashes) in sources {
        bytes.extend_from_slice(source.as_str().as_bytes());
        bytes.push(0);
        bytes.extend_from_slice(&rows.to_le_bytes());
        bytes.extend_from_slice(&hashes.to_le_bytes());
    }
    Fingerprint::of_bytes(&bytes)
}
