//! The text of cells: JSON in one order, with exact numbers as decimal texts, so that equal cells
//! have equal bytes however they were merged.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use num_bigint::BigInt;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::super::axes::Texts;
use super::super::cell::{Cell, Content, Sort};
use super::super::sketch::Sketch;
use super::super::total::Total;
use super::decimal::{OF_ROWS, OF_SUMS, read, read_small, written};
use super::outline::{Head, Keeps, SheetOf, TrailHead, TrailOf};
use super::trail::{Row, Trail};
use super::{Cells, Census, Sheet, is_name};
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::finding::{Finding, Mark, Place, Severity, is_unruly};
use crate::base::id::Id;

/// The version of this form, and of what cells hold of a system.
const VERSION: u32 = 1;
/// What a finding's place says of a text of cells.
const FILE: &str = "cells.json";

/// A sum of hashes, as 32 hexadecimal digits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hashes(pub(super) u128);

/// What every version begins with.
#[derive(Deserialize)]
struct Version {
    marketingos_cells: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    marketingos_cells: u32,
    system: String,
    as_of: Date,
    by: Vec<Id>,
    parts: BTreeMap<String, Vec<FindingForm>>,
    sources: BTreeMap<Id, Census>,
    sheets: Vec<(SheetOf, Head, Vec<SliceForm>)>,
    trails: Vec<(TrailOf, TrailHead, Vec<Row>)>,
}

/// The cells of a slice, told by its first day, and of a member.
type SliceForm = (Date, Texts, Vec<CellForm>);

/// Rows; those of them with a number, or what else is counted; and the numbers or members.
#[derive(Serialize, Deserialize)]
struct CellForm(u64, u64, Vec<String>);

/// Code, whether it is a warning, file, line, column, path, message and help.
#[derive(Serialize, Deserialize)]
struct FindingForm(String, bool, String, u32, u32, String, String, String);

impl Cells {
    /// The cells as JSON, which [`Cells::from_json`] reads: the same bytes for the same rows,
    /// however they were divided and in whatever order they were merged.
    #[must_use]
    pub fn to_json(&self) -> String {
        let cells = |sheet: &Sheet| {
            let written = |((first, member), cells): (&(Date, Texts), &Vec<Cell>)| (*first, member.clone(), cells.iter().map(CellForm::of).collect());
            sheet.cells.iter().map(written).collect()
        };
        let form = Form {
            marketingos_cells: VERSION,
            system: self.system.clone(),
            as_of: self.as_of,
            by: self.by.clone(),
            parts: self.parts.iter().map(|(part, findings)| (part.clone(), findings.iter().map(FindingForm::of).collect())).collect(),
            sources: self.sources.clone(),
            sheets: self.sheets.iter().map(|(of, sheet)| (of.clone(), sheet.head.clone(), cells(sheet))).collect(),
            trails: self.trails.iter().map(|(of, trail)| (of.clone(), trail.head.clone(), trail.rows.clone())).collect(),
        };
        // The form holds nothing that JSON cannot: no maps with other keys than strings.
        serde_json::to_string(&form).unwrap_or_default()
    }

    /// Reads the JSON of cells.
    ///
    /// # Errors
    /// When it is none, with its place, or was written by another version of this library.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let not_json = |error: &serde_json::Error| {
            let mark = Mark { line: u32::try_from(error.line()).unwrap_or(u32::MAX), column: u32::try_from(error.column()).unwrap_or(u32::MAX) };
            // What serde says ends with the place.
            let full: String = error.to_string().chars().filter(|character| !is_unruly(*character)).take(200).collect();
            let what = full.split_once(" at line ").map_or(full.as_str(), |(what, _)| what);
            refused(mark, String::new(), format!("not the JSON of cells: {what}"))
        };
        let Version { marketingos_cells } = serde_json::from_str(text).map_err(|error| not_json(&error))?;
        if marketingos_cells != VERSION {
            let message = format!("the cells are of version {marketingos_cells}, and this library reads version {VERSION}");
            return Err(Error::new(Code::OtherVersion, message, "make them with the version that reads them"));
        }
        let form: Form = serde_json::from_str(text).map_err(|error| not_json(&error))?;
        form.read().map_err(|(path, message)| refused(Mark { line: 1, column: 1 }, path, message))
    }
}

fn refused(mark: Mark, path: String, message: String) -> Error {
    let place = Place { file: FILE.to_owned(), mark, path };
    let help = "give the text of cells as it was written".to_owned();
    Error::from_findings(Code::NotCells, vec![Finding { code: Code::NotCells, severity: Severity::Error, place, message, help }])
}

/// A path in the text, and what is wrong there.
type Wrong = (String, String);

impl Form {
    fn read(self) -> Result<Cells, Wrong> {
        let wrong = |path: String, message: &str| (path, message.to_owned());
        if self.system.len() != 64 || !self.system.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(wrong("system".to_owned(), "not the fingerprint of a system"));
        }
        let ascending = self.by.is_sorted_by(|left, right| left < right);
        if !ascending {
            return Err(wrong("by".to_owned(), "the dimensions are not in their order"));
        }
        let mut cells = Cells {
            system: self.system,
            as_of: self.as_of,
            by: self.by,
            parts: BTreeMap::new(),
            sources: self.sources,
            sheets: BTreeMap::new(),
            trails: BTreeMap::new(),
        };
        for (part, findings) in self.parts {
            if !is_name(&part) {
                return Err(wrong("parts".to_owned(), "a partition cannot be called so"));
            }
            let findings: Option<Vec<Finding>> = findings.into_iter().map(FindingForm::read).collect();
            let findings = findings.ok_or_else(|| wrong("parts".to_owned(), "a finding has a code that there is not, or a text of several lines"))?;
            cells.parts.insert(part, findings);
        }
        for (source, census) in &cells.sources {
            if census.decimals.values().any(|decimals| usize::try_from(*decimals).is_ok_and(|decimals| decimals > OF_ROWS.1)) {
                return Err(wrong(format!("sources.{source}.decimals"), "a number has more decimals than are read"));
            }
        }
        for (of, head, rows) in self.sheets {
            let path = || format!("sheets.{}", of.source);
            let mut sheet = Sheet { cells: BTreeMap::new(), head };
            for (first, member, forms) in rows {
                if member.len() != sheet.head.by.len() || forms.len() != sheet.head.columns.len() || !are_texts(&member) {
                    return Err(wrong(path(), "a row does not fit its head"));
                }
                let read = sheet.head.columns.iter().zip(forms).map(|((_, sort), form)| form.read(*sort)).collect::<Option<Vec<Cell>>>();
                let read = read.ok_or_else(|| wrong(path(), "a cell does not hold what its column says"))?;
                if sheet.cells.insert((first, member), read).is_some() {
                    return Err(wrong(path(), "a row stands there twice"));
                }
            }
            if cells.sheets.insert(of.clone(), sheet).is_some() {
                return Err(wrong(path(), "the sheet stands there twice"));
            }
        }
        for (of, head, rows) in self.trails {
            let path = || format!("trails.{}", of.figure);
            let fits = |row: &Row| {
                let numbers = row.3.iter().flatten().all(|text| read_small(text).is_some());
                row.2.len() == head.texts.len()
                    && row.3.len() == head.numbers.len()
                    && numbers
                    && are_texts(&row.2)
                    && row.2.last().is_some_and(Option::is_some)
            };
            if !rows.iter().all(fits) || matches!(&of.keeps, Keeps::First(Some(id)) if !head.texts.contains(id)) {
                return Err(wrong(path(), "a row does not fit its head"));
            }
            let mut trail = Trail { head, rows };
            trail.reduce(&of.keeps);
            if cells.trails.insert(of.clone(), trail).is_some() {
                return Err(wrong(path(), "the trail stands there twice"));
            }
        }
        Ok(cells)
    }
}

/// An empty text is null, and written so.
fn are_texts(texts: &[Option<String>]) -> bool {
    texts.iter().flatten().all(|text| !text.is_empty())
}

impl CellForm {
    fn of(cell: &Cell) -> Self {
        let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        let (counted, texts) = match &cell.content {
            Content::Sum { total, decimals, present } => (*present, vec![written(total.mantissa(), *decimals)]),
            Content::Weighted { products, decimals, weights, weight_decimals, present } => {
                (*present, vec![written(products.mantissa(), *decimals), written(weights.mantissa(), *weight_decimals)])
            }
            Content::Extreme { number, decimals, present, .. } => (*present, number.iter().map(|number| written(*number, *decimals)).collect()),
            Content::Values { values, decimals } => {
                let mut sorted = values.clone();
                sorted.sort_unstable();
                (count(sorted.len()), sorted.into_iter().map(|value| written(value, *decimals)).collect())
            }
            Content::Texts(texts) => (count(texts.len()), texts.iter().cloned().collect()),
            Content::Sketch(sketch) => (0, vec![sketch.to_text()]),
            // The others stand in no sheet.
            Content::Rows | Content::Set(_) | Content::Conversion { .. } | Content::Credit { .. } => (0, Vec::new()),
        };
        Self(cell.rows, counted, texts)
    }

    /// `None` when it does not hold what it should.
    fn read(self, sort: Sort) -> Option<Cell> {
        let Self(rows, present, texts) = self;
        if rows == 0 {
            return (present == 0 && texts.is_empty()).then(Cell::default);
        }
        if present > rows {
            return None;
        }
        let big = |text: &String| read(text, OF_SUMS).map(|(mantissa, decimals): (BigInt, u32)| (Total::of_big(mantissa), decimals));
        let content = match (sort, texts.as_slice()) {
            (Sort::Rows, []) => Content::Rows,
            (Sort::Sum, [total]) => {
                let (total, decimals) = big(total)?;
                Content::Sum { total, decimals, present }
            }
            (Sort::Weighted, [products, weights]) => {
                let ((products, decimals), (weights, weight_decimals)) = (big(products)?, big(weights)?);
                Content::Weighted { products, decimals, weights, weight_decimals, present }
            }
            (Sort::Least | Sort::Largest, [] | [_]) => {
                let number = texts.first().map(|text| read_small(text).ok_or(())).transpose().ok()?;
                let (number, decimals) = (number.map(|(number, _)| number), number.map_or(0, |(_, decimals)| decimals));
                Content::Extreme { number, decimals, largest: sort == Sort::Largest, present }
            }
            (Sort::Values, _) if u64::try_from(texts.len()) == Ok(present) => {
                let read: Vec<(i128, u32)> = texts.iter().map(|text| read_small(text)).collect::<Option<_>>()?;
                let decimals = read.iter().map(|(_, decimals)| *decimals).max().unwrap_or(0);
                let scaled = |(number, own): (i128, u32)| number.checked_mul(10i128.checked_pow(decimals.saturating_sub(own))?);
                Content::Values { values: read.into_iter().map(scaled).collect::<Option<_>>()?, decimals }
            }
            (Sort::Members, _) => {
                let members: BTreeSet<String> = texts.into_iter().collect();
                (u64::try_from(members.len()) == Ok(present) && !members.contains("")).then_some(Content::Texts(members))?
            }
            (Sort::Sketch, [text]) if present == 0 => Content::Sketch(Sketch::from_text(text)?),
            _ => return None,
        };
        Some(Cell { rows, content })
    }
}

impl FindingForm {
    fn of(finding: &Finding) -> Self {
        let Finding { code, severity, place: Place { file, mark, path }, message, help } = finding.clone();
        Self(code.as_str().to_owned(), severity == Severity::Warning, file, mark.line, mark.column, path, message, help)
    }

    fn read(self) -> Option<Finding> {
        let Self(code, warning, file, line, column, path, message, help) = self;
        if [&file, &path, &message, &help].into_iter().any(|text| text.chars().any(is_unruly)) {
            return None;
        }
        let code = *Code::ALL.iter().find(|known| known.as_str() == code)?;
        let severity = if warning { Severity::Warning } else { Severity::Note };
        Some(Finding { code, severity, place: Place { file, mark: Mark { line, column }, path }, message, help })
    }
}

impl fmt::Display for Hashes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl Serialize for Hashes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hashes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let hashes = u128::from_str_radix(&text, 16).ok().map(Self).filter(|hashes| hashes.to_string() == text);
        hashes.ok_or_else(|| D::Error::custom("not a sum of hashes"))
    }
}
