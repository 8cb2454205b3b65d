//! One table of a sheet: its headings, its rows, and what is wrong with its cells.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::ops::Range;

use calamine::{DataRef, ExcelDateTime, Xlsx};

use super::guard;
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::finding::{Finding, Mark, Place, Severity, quoted};
use crate::base::number::Number;
use crate::render::workbook::layout;

/// The most cells that are read of a sheet.
const MAX_CELLS: usize = 500_000;
/// The most bytes of text that they may hold together.
const MAX_TEXT: usize = 32 * 1024 * 1024;
/// The columns that are looked at; no table has more.
const MAX_COLUMNS: u32 = 64;

/// The share of a number up to which a cell holds the same number: spreadsheet programs keep
/// 15 digits of those that they write.
const SAME: i64 = 1_000_000_000_000;

/// What was typed into a cell, whatever belongs there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Typed {
    Number(Number),
    Text(String),
}

impl Typed {
    /// Whether it is what a formula comes to.
    pub(super) fn is(&self, result: &str) -> bool {
        match self {
            Self::Number(number) => Number::parse(result).is_some_and(|result| is_same(&result, number)),
            Self::Text(text) => text == result,
        }
    }
}

/// Whether a cell holds a number, as near as doubles come.
pub(super) fn is_same(exact: &Number, cell: &Number) -> bool {
    (exact.clone() - cell.clone()).abs() * Number::from(SAME) <= exact.abs()
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Held {
    Text(String),
    Number(f64),
    Truth(bool),
    /// The day, if it is one that the calendar has.
    Date(Option<Date>),
    Error(String),
}

#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) held: Option<Held>,
    pub(super) is_formula: bool,
}

/// The cells of a sheet by row and column, from 0.
pub(super) struct Sheet {
    pub(super) name: &'static str,
    rows: BTreeMap<u32, BTreeMap<u16, Cell>>,
}

impl Sheet {
    /// Reads the cells of a sheet.
    pub(super) fn read(workbook: &mut Xlsx<Cursor<Vec<u8>>>, name: &'static str) -> Result<Self, Error> {
        let unreadable = |_| guard::unreadable(&format!("its sheet `{name}` is broken"));
        let mut cells = workbook.worksheet_cells_reader(name).map_err(unreadable)?;
        let mut rows: BTreeMap<u32, BTreeMap<u16, Cell>> = BTreeMap::new();
        let (mut count, mut text) = (0usize, 0usize);
        while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(unreadable)? {
            let (row, column) = cell.pos;
            let Some(column) = u16::try_from(column).ok().filter(|_| column < MAX_COLUMNS) else { continue };
            let held = held(&cell.value);
            count = count.saturating_add(1);
            text = text.saturating_add(if let Some(Held::Text(text)) = &held { text.len() } else { 0 });
            if count > MAX_CELLS || text > MAX_TEXT {
                return Err(guard::too_large(&format!("the sheet `{name}` has more than {MAX_CELLS} cells, or more than {MAX_TEXT} bytes of text")));
            }
            let is_formula = cell.formula.is_some();
            if held.is_some() || is_formula {
                rows.entry(row).or_default().insert(column, Cell { held, is_formula });
            }
        }
        Ok(Self { name, rows })
    }

    /// The first text of each row that begins with one.
    pub(super) fn titles(&self) -> impl Iterator<Item = (u32, &str)> {
        self.rows.iter().filter_map(|(row, cells)| match cells.first_key_value()?.1.held.as_ref()? {
            Held::Text(text) => Some((*row, text.as_str())),
            _ => None,
        })
    }

    /// The table whose headings start with some; `None` where there is none, which is found.
    pub(super) fn table<'s>(&'s self, headings: &[&'static str], findings: &mut Vec<Finding>) -> Option<Table<'s>> {
        self.table_within(0..u32::MAX, headings, findings)
    }

    /// The same within some rows.
    pub(super) fn table_within<'s>(&'s self, within: Range<u32>, headings: &[&'static str], findings: &mut Vec<Finding>) -> Option<Table<'s>> {
        let starts = |cells: &BTreeMap<u16, Cell>| headings.iter().filter(|heading| column_of(cells, heading).is_some()).count();
        // The row that has most of them, the first of equal ones; two at least.
        let best = self.rows.range(within.clone()).map(|(row, cells)| (starts(cells), std::cmp::Reverse(*row))).max().filter(|(found, _)| *found >= 2);
        let heading = best.map(|(_, std::cmp::Reverse(row))| row).and_then(|row| Some((row, self.rows.get(&row)?)));
        let Some((row, cells)) = heading else {
            let message = format!("the sheet `{}` has no row of headings", self.name);
            findings.push(finding(
                Code::MissingHeading,
                Severity::Error,
                self.name,
                within.start,
                0,
                message,
                format!("let a row have the headings {}", list(headings)),
            ));
            return None;
        };
        let mut columns = BTreeMap::new();
        for heading in headings {
            match column_of(cells, heading) {
                Some(column) => {
                    columns.insert(*heading, column);
                }
                None => {
                    let message = format!("the sheet `{}` has no column `{heading}`", self.name);
                    let help = format!("name a column `{heading}` in row {}; what stood in it is not read", row.saturating_add(1));
                    findings.push(finding(Code::MissingHeading, Severity::Error, self.name, row, 0, message, help));
                }
            }
        }
        Some(Table { sheet: self, heading: row, end: within.end, columns })
    }
}

/// The rows under a row of headings.
pub(super) struct Table<'s> {
    sheet: &'s Sheet,
    heading: u32,
    /// The row after the last one that it may have.
    end: u32,
    columns: BTreeMap<&'static str, u16>,
}

impl<'s> Table<'s> {
    pub(super) fn has(&self, heading: &str) -> bool {
        self.columns.contains_key(heading)
    }

    /// Columns that are looked at too, where they are there.
    pub(super) fn and(mut self, headings: impl Iterator<Item = &'static str>) -> Self {
        if let Some(cells) = self.sheet.rows.get(&self.heading) {
            self.columns.extend(headings.filter_map(|heading| Some((heading, column_of(cells, heading)?))));
        }
        self
    }

    /// The rows below the headings that hold anything in a column of the table.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'s, '_>> {
        let below = self.sheet.rows.range(self.heading.saturating_add(1)..self.end.max(self.heading.saturating_add(1)));
        below.map(move |(row, cells)| Row { table: self, row: *row, cells }).filter(|row| self.columns.values().any(|column| row.cells.contains_key(column)))
    }
}

/// One row of a table.
pub(super) struct Row<'s, 't> {
    table: &'t Table<'s>,
    row: u32,
    cells: &'s BTreeMap<u16, Cell>,
}

impl Row<'_, '_> {
    fn cell(&self, heading: &str) -> Option<&Cell> {
        self.cells.get(self.table.columns.get(heading)?)
    }

    /// Whether a formula stands in a column.
    pub(super) fn is_formula(&self, heading: &str) -> bool {
        self.cell(heading).is_some_and(|cell| cell.is_formula)
    }

    /// What stands in a column that has a formula, where it was typed over; nothing where it was not.
    pub(super) fn typed_over(&self, heading: &str) -> Option<Typed> {
        self.table.columns.get(heading)?;
        if self.is_formula(heading) {
            return None;
        }
        Some(match self.cell(heading).and_then(|cell| cell.held.as_ref()) {
            Some(Held::Number(number)) => Number::parse(&format!("{number}")).map_or_else(|| Typed::Text(format!("{number:e}")), Typed::Number),
            Some(Held::Text(text) | Held::Error(text)) => Typed::Text(text.trim().to_owned()),
            Some(Held::Truth(truth)) => Typed::Text(truth.to_string()),
            Some(Held::Date(_)) => Typed::Text("a date".to_owned()),
            None => Typed::Text(String::new()),
        })
    }

    /// The day in a cell, whether it is a date of the spreadsheet or a text; what is no day is found.
    pub(super) fn day(&self, heading: &str, findings: &mut Vec<Finding>) -> Option<Date> {
        let day = match self.cell(heading).and_then(|cell| cell.held.as_ref()) {
            Some(Held::Date(day)) => *day,
            Some(Held::Text(text)) => text.trim().parse().ok(),
            _ => None,
        };
        if day.is_none() {
            findings.push(self.finding(heading, Code::BadCell, Severity::Error, format!("no day stands under `{heading}`"), "write a day such as 2026-09-30"));
        }
        day
    }

    pub(super) fn place(&self, heading: &str) -> Place {
        place(self.table.sheet.name, self.row, self.table.columns.get(heading).copied().unwrap_or(0))
    }

    /// What is wrong with a cell.
    pub(super) fn finding(&self, heading: &str, code: Code, severity: Severity, message: String, help: &str) -> Finding {
        Finding { code, severity, place: self.place(heading), message, help: help.to_owned() }
    }

    /// The text of a cell; empty where there is none. What is no text is found.
    pub(super) fn text(&self, heading: &str, findings: &mut Vec<Finding>) -> Option<String> {
        match self.cell(heading).and_then(|cell| cell.held.as_ref()) {
            None => Some(String::new()),
            Some(Held::Text(text)) => Some(text.clone()),
            Some(Held::Number(number)) => Some(number.to_string()),
            Some(Held::Truth(truth)) => Some(if *truth { "TRUE" } else { "FALSE" }.to_owned()),
            Some(Held::Date(_)) => {
                let message = format!("a date stands where a text belongs, under `{heading}`");
                findings.push(self.finding(heading, Code::BadCell, Severity::Error, message, "format the cell as text and write it again, such as 2026-09"));
                None
            }
            Some(Held::Error(error)) => {
                let message = format!("the cell under `{heading}` comes to {}", quoted(error));
                findings.push(self.finding(heading, Code::ErrorInCell, Severity::Error, message, "write a text"));
                None
            }
        }
    }

    /// The number in a cell, `None` where it is empty; what is no number is found.
    pub(super) fn number(&self, heading: &str, findings: &mut Vec<Finding>) -> Result<Option<Number>, ()> {
        const HELP: &str = "write a number, or leave the cell empty when it is not known";
        let Some(cell) = self.cell(heading) else { return Ok(None) };
        let mut wrong = |code, message| {
            findings.push(self.finding(heading, code, Severity::Error, message, HELP));
            Err(())
        };
        match &cell.held {
            None if cell.is_formula => wrong(Code::NotANumber, "the formula in the cell was never computed".to_owned()),
            None => Ok(None),
            // The shortest decimal that is this double, which is what was typed in.
            Some(Held::Number(number)) => match Number::parse(&format!("{number}")) {
                Some(number) => Ok(Some(number)),
                None => wrong(Code::NotANumber, format!("{} is beyond the numbers that are kept exactly", quoted(&format!("{number:e}")))),
            },
            Some(Held::Text(text)) if text.trim().is_empty() => Ok(None),
            Some(Held::Text(text)) => wrong(Code::NotANumber, format!("the text {} stands where a number belongs", quoted(text))),
            Some(Held::Truth(truth)) => wrong(Code::NotANumber, format!("the truth value `{truth}` stands where a number belongs")),
            Some(Held::Date(_)) => wrong(Code::NotANumber, "a date stands where a number belongs".to_owned()),
            Some(Held::Error(error)) => wrong(Code::ErrorInCell, format!("the cell comes to {}", quoted(error))),
        }
    }
}

fn held(value: &DataRef<'_>) -> Option<Held> {
    Some(match value {
        DataRef::Empty => return None,
        DataRef::Int(number) => number.to_string().parse().map_or(Held::Error("a number out of range".to_owned()), Held::Number),
        DataRef::Float(number) => Held::Number(*number),
        DataRef::String(text) => Held::Text(text.clone()),
        DataRef::SharedString(text) => Held::Text((*text).to_owned()),
        DataRef::Bool(truth) => Held::Truth(*truth),
        DataRef::DateTime(time) => Held::Date(Some(time).filter(|time| time.is_datetime()).and_then(day)),
        DataRef::DateTimeIso(time) => Held::Date(time.get(..10).and_then(|day| day.parse().ok())),
        DataRef::DurationIso(_) => Held::Date(None),
        DataRef::Error(error) => Held::Error(error.to_string()),
    })
}

fn day(time: &ExcelDateTime) -> Option<Date> {
    let (year, month, day, ..) = time.to_ymd_hms_milli();
    Date::new(i32::from(year), u32::from(month), u32::from(day))
}

fn column_of(cells: &BTreeMap<u16, Cell>, heading: &str) -> Option<u16> {
    cells.iter().find(|(_, cell)| matches!(&cell.held, Some(Held::Text(text)) if text.trim() == heading)).map(|(column, _)| *column)
}

/// `Actuals!G12` of the sheet in the workbook.
pub(super) fn place(sheet: &str, row: u32, column: u16) -> Place {
    let mark = Mark { line: row.saturating_add(1), column: u32::from(column).saturating_add(1) };
    Place { file: "workbook".to_owned(), mark, path: format!("{sheet}!{}", layout::cell(row, column).replace('$', "")) }
}

pub(super) fn finding(code: Code, severity: Severity, sheet: &str, row: u32, column: u16, message: String, help: String) -> Finding {
    Finding { code, severity, place: place(sheet, row, column), message, help }
}

fn list(headings: &[&str]) -> String {
    headings.iter().map(|heading| format!("`{heading}`")).collect::<Vec<_>>().join(", ")
}
