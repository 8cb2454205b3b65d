//! The facts of all sources.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hasher;

use num_bigint::BigInt;
use serde::Serialize;
use siphasher::sip128::{Hasher128, SipHasher13};

use super::csv;
use super::notice;
use super::table::Table;
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::finding::{Finding, Mark, Severity};
use crate::base::fingerprint::Fingerprint;
use crate::base::id::{Id, nearest};
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
    tables: BTreeMap<Id, Table>,
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
        FactsBuilder { system, tables: BTreeMap::new(), loads: Vec::new(), findings: Vec::new() }
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
    pub(crate) fn daily_sums(&self, source: &SourceTable, dimension: &Id, measure: &Id, as_of: Date) -> BTreeMap<Date, BTreeMap<Option<&str>, Number>> {
        let mut sums = BTreeMap::new();
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
                let by_member: &mut BTreeMap<_, _> = sums.entry(date).or_default();
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

    /// The sources whose rows were read.
    pub(super) fn sources(&self) -> impl Iterator<Item = &SourceTable> {
        self.tables.values().map(|table| &table.source)
    }
}

/// Collects the facts of a system's sources.
#[derive(Debug)]
pub struct FactsBuilder<'a> {
    system: &'a System,
    tables: BTreeMap<Id, Table>,
    loads: Vec<Load>,
    findings: Vec<Finding>,
}

impl FactsBuilder<'_> {
    /// Adds the CSV text of a source: a header and rows, as the system declares them.
    #[must_use]
    pub fn csv(mut self, source: &str, text: impl AsRef<[u8]>) -> Self {
        let file = format!("{}.csv", source.chars().take(64).collect::<String>());
        let start = Mark { line: 1, column: 1 };
        let mut notes = Notes { file: &file, findings: &mut self.findings };
        let Some(declared) = self.system.source(source) else {
            let near = nearest(source, self.system.sources().iter().map(|source| source.id.as_str()));
            let help = near.map_or_else(|| "declare it under `sources`".to_owned(), |near| format!("did you mean `{near}`?"));
            notes.error(Code::UnknownSource, start, &format!("the system declares no source {}", crate::base::finding::quoted(source)), &help);
            return self;
        };
        if self.tables.contains_key(&declared.id) {
            notes.error(Code::SourceLoadedTwice, start, &format!("facts for `{source}` were given twice"), "give the rows of a source in one text");
            return self;
        }
        let loaded = decode_unbounded(text.as_ref(), &mut notes).and_then(|text| csv::read(declared, text, &mut notes));
        if let Some(loaded) = loaded {
            let id = declared.id.clone();
            self.loads.push(Load { source: id.clone(), rows: loaded.rows, rejected_rows: loaded.rejected_rows, rejected_cells: loaded.rejected_cells });
            self.tables.insert(id, loaded.table);
        }
        self
    }

    /// Finishes the facts.
    ///
    /// # Errors
    /// When a text could not be used at all; rows and cells that could not be used are
    /// warnings, see [`Facts::findings`].
    pub fn build(mut self) -> Result<Facts, Error> {
        let errors = self.findings.iter().filter(|finding| finding.severity == Severity::Error);
        let failed: BTreeSet<String> = errors.map(|finding| finding.place.file.clone()).collect();
        for source in self.system.sources() {
            let Some(table) = self.tables.get(&source.id) else {
                if !failed.contains(&format!("{}.csv", source.id)) {
                    self.findings.push(notice::not_loaded(&source.id));
                }
                continue;
            };
            let entity = source.entity.as_ref().and_then(|entity| Some((table.key(entity.id.as_str())?, table.dictionary(entity.id.as_str())?)));
            let repeated = entity.map_or(0, |(key, dictionary)| {
                let named = |chunk: &super::table::Chunk| {
                    chunk.texts.get(key).map_or(0, |column| (0..chunk.rows()).filter(|row| column.at(*row) != super::column::NULL).count())
                };
                table.chunks.iter().map(|chunk| named(chunk)).sum::<usize>().saturating_sub(dictionary.members())
            });
            if repeated > 0 {
                self.findings.push(notice::repeated(&source.id, u64::try_from(repeated).unwrap_or(u64::MAX)));
            }
        }
        self.findings.sort_by(|left, right| (left.severity, &left.place, left.code).cmp(&(right.severity, &right.place, right.code)));
        if self.findings.iter().any(|finding| finding.severity == Severity::Error) {
            return Err(Error::from_findings(Code::NotFacts, self.findings));
        }
        self.loads.sort_by(|left, right| left.source.cmp(&right.source));
        let fingerprint = fingerprint(&self.loads, self.tables.iter().map(|(id, table)| (id, table_rows(table), hashes(table))));
        Ok(Facts { tables: self.tables, loads: self.loads, findings: self.findings, fingerprint })
    }
}

/// The number of rows.
fn table_rows(table: &Table) -> u64 {
    u64::try_from(table.rows()).unwrap_or(u64::MAX)
}

/// Rows are hashed one by one and the hashes are added, so that neither their order nor how they
/// are divided matters.
pub(super) fn hashes(table: &Table) -> u128 {
    let mut sum = 0u128;
    for (chunk, row) in table.chunks.iter().flat_map(|chunk| (0..chunk.rows()).map(move |row| (chunk, row))) {
        let Some(date) = chunk.date(row) else { continue };
        let mut hasher = SipHasher13::new_with_keys(0, 0);
        hasher.write(date.to_string().as_bytes());
        for (column, dictionary) in chunk.texts.iter().zip(&table.dictionaries) {
            let text = dictionary.text(column.at(row));
            hasher.write_u8(u8::from(text.is_some()));
            hasher.write(&u64::try_from(text.map_or(0, str::len)).unwrap_or(u64::MAX).to_le_bytes());
            hasher.write(text.unwrap_or_default().as_bytes());
        }
        for column in &chunk.numbers {
            let number = column.at(row).map(|mantissa| shortest(mantissa, column.decimals));
            let (mantissa, decimals) = number.unwrap_or_default();
            hasher.write_u8(u8::from(number.is_some()));
            hasher.write(&mantissa.to_le_bytes());
            hasher.write(&decimals.to_le_bytes());
        }
        sum = sum.wrapping_add(hasher.finish128().as_u128());
    }
    sum
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

/// The same number without trailing zeros: a column's scale depends on its other rows.
fn shortest(mut mantissa: i128, mut decimals: u32) -> (i128, u32) {
    while decimals > 0 && mantissa % 10 == 0 {
        mantissa /= 10;
        decimals -= 1;
    }
    (mantissa, decimals)
}
