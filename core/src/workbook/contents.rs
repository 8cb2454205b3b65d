//! What stands in a workbook, row by row, as far as the system knows it.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Reader, Xlsx};
use serde::Serialize;

use super::budget::{self, BudgetTypedOver, ReadAmount, ReadMove};
use super::guard;
use super::sheet::{Row, Sheet, Typed, finding, place};
use crate::base::calendar::Period;
use crate::base::code::Code;
use crate::base::error::Error;
use crate::base::finding::{Finding, Place, Severity, quoted};
use crate::base::id::{Id, nearest};
use crate::base::number::Number;
use crate::base::unit::Unit;
use crate::model::System;
use crate::model::kpi::Direction;
use crate::render::workbook::layout::{self, actuals, dashboard, kpi_set, targets};

/// What was read of a workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct WorkbookContents {
    /// The KPIs, in the order of the sheet.
    pub kpis: Vec<ReadKpi>,
    /// The targets, in the order of the sheet.
    pub targets: Vec<ReadTarget>,
    /// The actuals, in the order of the sheet; what is computed there is not among them.
    pub actuals: Vec<ReadActual>,
    /// The amounts of budgets, in the order of the sheet.
    pub budget: Vec<ReadAmount>,
    /// What was moved within budgets, in the order of the sheet.
    pub moves: Vec<ReadMove>,
    /// What was not understood, and what was not read.
    pub findings: Vec<Finding>,
    /// Cells of the dashboard that are not formulas.
    #[serde(skip)]
    pub(super) typed_over: Vec<TypedOver>,
    /// Cells of the budgets that follow from others and are not formulas.
    #[serde(skip)]
    pub(super) budget_typed_over: Vec<BudgetTypedOver>,
    /// The budgets whose moves were all understood.
    #[serde(skip)]
    pub(super) moves_read: Vec<Period>,
    /// Rows that are there and hold what was not understood: sheet, id and period.
    #[serde(skip)]
    pub(super) passed_over: Vec<(&'static str, String, Period)>,
}

/// A cell of the dashboard that is no formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TypedOver {
    pub(super) kpi: Id,
    pub(super) period: Period,
    pub(super) heading: &'static str,
    pub(super) typed: Typed,
    pub(super) place: Place,
}

/// A row of the sheet of KPIs. What a cell does not tell is `None`, and found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReadKpi {
    /// Which one.
    pub kpi: Id,
    /// Its name.
    pub name: Option<String>,
    /// Its unit.
    pub unit: Option<Unit>,
    /// Which way is better.
    pub direction: Option<Direction>,
    /// Who answers for it; the inner one is `None` where nobody is named.
    pub owner: Option<Option<Id>>,
    /// The named convention; may be empty.
    pub variant: Option<String>,
    /// What it means; may be empty.
    pub meaning: Option<String>,
}

/// A row of the table of targets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReadTarget {
    /// The KPI.
    pub kpi: Id,
    /// The period.
    pub period: Period,
    /// The target, or the lower bound of a band; `None` where there is none.
    pub low: Option<Number>,
    /// The upper bound of a band.
    pub high: Option<Number>,
}

/// A row of the sheet of actuals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReadActual {
    /// The KPI or measure; of a mean also `….sum` and `….rows`, which it divides.
    pub figure: String,
    /// The period.
    pub period: Period,
    /// The figure; `None` where the cell is empty, which is missing and not zero.
    pub value: Option<Number>,
}

const NO_HELP: &str = "write it as the library writes it";

pub(super) fn read(bytes: &[u8], system: &System) -> Result<WorkbookContents, Error> {
    let mut workbook: Xlsx<Cursor<Vec<u8>>> =
        Xlsx::new(guard::unpacked(bytes)?).map_err(|_| guard::unreadable("it has no list of sheets that can be understood"))?;
    let names = workbook.sheet_names();
    let mut contents = WorkbookContents::default();
    for name in names.iter().filter(|name| !layout::SHEETS.contains(&name.as_str())) {
        let message = format!("the sheet {} is not read", quoted(name));
        contents.findings.push(Finding { code: Code::UnreadSheet, severity: Severity::Note, place: place("", 0, 0), message, help: String::new() });
    }
    let mut sheet = |name: &'static str, findings: &mut Vec<Finding>| {
        if names.iter().any(|known| known == name) {
            return Sheet::read(&mut workbook, name).map(Some);
        }
        let message = format!("there is no sheet `{name}`; what stood in it is not read");
        findings.push(finding(Code::MissingSheet, Severity::Error, name, 0, 0, message, format!("name a sheet `{name}`")));
        Ok(None)
    };
    if let Some(sheet) = sheet(layout::KPI_SET, &mut contents.findings)? {
        kpis(&sheet, system, &mut contents);
    }
    if let Some(sheet) = sheet(layout::PLAN, &mut contents.findings)? {
        plan(&sheet, system, &mut contents);
        budget::read(&sheet, system, &mut contents);
    }
    if let Some(sheet) = sheet(layout::ACTUALS, &mut contents.findings)? {
        typed(&sheet, system, &mut contents);
    }
    if let Some(sheet) = sheet(layout::DASHBOARD, &mut contents.findings)? {
        shown(&sheet, system, &mut contents);
    }
    Finding::sort(&mut contents.findings);
    Ok(contents)
}

fn kpis(sheet: &Sheet, system: &System, contents: &mut WorkbookContents) {
    let findings = &mut contents.findings;
    let read = [kpi_set::NAME, kpi_set::UNIT, kpi_set::DIRECTION, kpi_set::OWNER, kpi_set::VARIANT, kpi_set::MEANING];
    let headings: Vec<&'static str> = std::iter::once(layout::ID).chain(read).collect();
    let Some(table) = sheet.table(&headings, findings).filter(|table| table.has(layout::ID)) else { return };
    let mut seen = BTreeSet::new();
    for row in table.rows() {
        let Some(kpi) = kpi_of(&row, system, findings) else { continue };
        if !seen.insert(kpi.clone()) {
            findings.push(repeated(&row, kpi.as_str()));
            continue;
        }
        let mut text = |heading: &str| if table.has(heading) { row.text(heading, findings) } else { None };
        let (name, unit, direction) = (text(kpi_set::NAME), text(kpi_set::UNIT), text(kpi_set::DIRECTION));
        let (owner, variant, meaning) = (text(kpi_set::OWNER), text(kpi_set::VARIANT), text(kpi_set::MEANING));
        let unit = unit.and_then(|text| {
            let unit = Unit::parse(text.trim());
            if unit.is_none() {
                let message = format!("{} is not a unit", quoted(&text));
                findings.push(row.finding(
                    kpi_set::UNIT,
                    Code::BadCell,
                    Severity::Error,
                    message,
                    "write a currency code, `count of` something, `percent`, `ratio`, `days`, `months` or `score`",
                ));
            }
            unit
        });
        let direction = direction.and_then(|text| {
            let direction = Direction::WORDS.iter().find(|(word, _)| *word == text.trim()).map(|(_, direction)| *direction);
            if direction.is_none() {
                let message = format!("{} is not a direction", quoted(&text));
                findings.push(row.finding(kpi_set::DIRECTION, Code::BadCell, Severity::Error, message, "write `higher`, `lower`, `band` or `none`"));
            }
            direction
        });
        let owner = owner.and_then(|text| person(&row, system, &text, findings));
        contents.kpis.push(ReadKpi { kpi, name, unit, direction, owner, variant, meaning });
    }
}

/// Somebody by name or id; the inner one is `None` where nobody is named.
fn person(row: &Row<'_, '_>, system: &System, text: &str, findings: &mut Vec<Finding>) -> Option<Option<Id>> {
    if text.trim().is_empty() {
        return Some(None);
    }
    let is_called = |name: &str| layout::as_shown(name) == text || name.trim() == text.trim();
    let named: Vec<&Id> = system.people().iter().filter(|person| is_called(&person.name)).map(|person| &person.id).collect();
    match (named.as_slice(), system.person(text.trim())) {
        ([only], _) => Some(Some((*only).clone())),
        ([], Some(person)) => Some(Some(person.id.clone())),
        (several, _) => {
            let message = if several.is_empty() {
                format!("{} is nobody whom the system names", quoted(text))
            } else {
                format!("{} is the name of {} people", quoted(text), several.len())
            };
            findings.push(row.finding(kpi_set::OWNER, Code::BadCell, Severity::Error, message, "write the name or the id of a person of the system"));
            None
        }
    }
}

fn plan(sheet: &Sheet, system: &System, contents: &mut WorkbookContents) {
    let findings = &mut contents.findings;
    let headings = [layout::ID, layout::PERIOD, targets::LOW, targets::HIGH];
    let Some(table) = sheet.table(&headings, findings).filter(|table| table.has(layout::ID) && table.has(layout::PERIOD) && table.has(targets::LOW)) else {
        return;
    };
    let mut seen = BTreeSet::new();
    for row in table.rows() {
        let Some((kpi, period)) = kpi_of(&row, system, findings).zip(period_of(&row, system, findings)) else { continue };
        if !seen.insert((kpi.clone(), period.clone())) {
            findings.push(repeated(&row, &format!("{kpi} in {}", period.label)));
            continue;
        }
        let (Ok(low), Ok(high)) = (row.number(targets::LOW, findings), row.number(targets::HIGH, findings)) else {
            contents.passed_over.push((layout::PLAN, kpi.to_string(), period));
            continue;
        };
        if high.is_some() && low.is_none() {
            let message = "an upper bound without a lower one".to_owned();
            findings.push(row.finding(targets::HIGH, Code::BadCell, Severity::Error, message, "write the lower bound under `Target`"));
            contents.passed_over.push((layout::PLAN, kpi.to_string(), period));
            continue;
        }
        if low.iter().zip(&high).any(|(low, high)| high < low) {
            let message = "the upper bound lies below the lower one".to_owned();
            findings.push(row.finding(targets::HIGH, Code::BadCell, Severity::Error, message, NO_HELP));
            contents.passed_over.push((layout::PLAN, kpi.to_string(), period));
            continue;
        }
        contents.targets.push(ReadTarget { kpi, period, low, high });
    }
}

fn typed(sheet: &Sheet, system: &System, contents: &mut WorkbookContents) {
    let findings = &mut contents.findings;
    const HOW: &str = "How";
    let headings = [layout::ID, layout::PERIOD, actuals::VALUE, HOW];
    let Some(table) = sheet.table(&headings, findings).filter(|table| table.has(layout::ID) && table.has(layout::PERIOD) && table.has(actuals::VALUE)) else {
        return;
    };
    let mut seen = BTreeSet::new();
    for row in table.rows() {
        let Some(figure) = row.text(layout::ID, findings) else { continue };
        let id = figure.strip_suffix(".sum").or_else(|| figure.strip_suffix(".rows")).unwrap_or(&figure);
        if system.definition(id).is_none() {
            findings.push(unknown(&row, &figure, system.definitions().map(|definition| definition.id.as_str())));
            continue;
        }
        let Some(period) = period_of(&row, system, findings) else { continue };
        if !seen.insert((figure.clone(), period.clone())) {
            findings.push(repeated(&row, &format!("{figure} in {}", period.label)));
            continue;
        }
        let computed = row.text(HOW, &mut Vec::new()).as_deref() == Some(actuals::COMPUTED);
        if computed {
            if !row.is_formula(actuals::VALUE) {
                let message =
                    format!("{figure} in {} is computed from other cells, and its formula is not there any more; what was typed is not read", period.label);
                findings.push(row.finding(actuals::VALUE, Code::ComputedCell, Severity::Error, message, "change what it is computed from"));
            }
            continue;
        }
        match row.number(actuals::VALUE, findings) {
            Ok(value) => contents.actuals.push(ReadActual { figure, period, value }),
            Err(()) => contents.passed_over.push((layout::ACTUALS, figure, period)),
        }
    }
}

/// Cells of the dashboard that are no formulas: they are not read, and whether somebody typed them
/// there is told by what was there.
fn shown(sheet: &Sheet, system: &System, contents: &mut WorkbookContents) {
    let required = sheet.table(&[layout::ID, layout::PERIOD], &mut contents.findings);
    let Some(table) = required.filter(|table| table.has(layout::ID) && table.has(layout::PERIOD)) else { return };
    let figures = || dashboard::FIGURES.filter_map(|column| dashboard::HEADINGS.get(usize::from(column)).copied());
    let table = table.and(figures());
    for row in table.rows() {
        let mut passed = Vec::new();
        let (Some(kpi), Some(label)) = (row.text(layout::ID, &mut passed), row.text(layout::PERIOD, &mut passed)) else { continue };
        let (Some(kpi), Some(period)) = (system.kpi(&kpi), system.calendar().parse(&label)) else { continue };
        for heading in figures() {
            if let Some(typed) = row.typed_over(heading) {
                let (kpi, period, place) = (kpi.definition.id.clone(), period.clone(), row.place(heading));
                contents.typed_over.push(TypedOver { kpi, period, heading, typed, place });
            }
        }
    }
}

fn kpi_of(row: &Row<'_, '_>, system: &System, findings: &mut Vec<Finding>) -> Option<Id> {
    let text = row.text(layout::ID, findings)?;
    let known = system.kpi(&text).map(|kpi| kpi.definition.id.clone());
    if known.is_none() {
        findings.push(unknown(row, &text, system.kpis().iter().map(|kpi| kpi.definition.id.as_str())));
    }
    known
}

fn period_of(row: &Row<'_, '_>, system: &System, findings: &mut Vec<Finding>) -> Option<Period> {
    let label = row.text(layout::PERIOD, findings)?;
    let period = system.calendar().parse(&label);
    if period.is_none() {
        let message = format!("{} is not a period of this calendar", quoted(&label));
        findings.push(row.finding(layout::PERIOD, Code::BadCell, Severity::Error, message, "write it as the other rows do, as text"));
    }
    period
}

pub(super) fn unknown<'i>(row: &Row<'_, '_>, id: &str, known: impl Iterator<Item = &'i str>) -> Finding {
    let help =
        nearest(id, known).map_or_else(|| "rows cannot be added for what the system does not define".to_owned(), |near| format!("did you mean `{near}`?"));
    let message = if id.is_empty() {
        "the row has no id, and is not read".to_owned()
    } else {
        format!("{} is nothing that the system defines; the row is not read", quoted(id))
    };
    row.finding(layout::ID, Code::UnknownRow, Severity::Error, message, &help)
}

pub(super) fn repeated(row: &Row<'_, '_>, what: &str) -> Finding {
    row.finding(layout::ID, Code::RepeatedRow, Severity::Error, format!("a second row about {}; it is not read", quoted(what)), "let one row be left")
}
