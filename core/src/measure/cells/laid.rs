//! Cells laid out for their system: checked, and ready to be asked.

use std::collections::{BTreeMap, BTreeSet};

use super::super::axes::Axes;
use super::super::cell::{Cell, Content, Sort};
use super::super::column::Dictionary;
use super::super::evaluate::Figures;
use super::super::facts::{Load, fingerprint};
use super::super::grid::Grid;
use super::super::notice;
use super::super::sets::Set;
use super::super::table::Table;
use super::outline::{Keeps, Outline, SheetOf, TrailOf};
use super::{Cells, Census, Sheet};
use crate::base::calendar::Span;
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::finding::Finding;
use crate::base::fingerprint::Fingerprint;
use crate::base::id::Id;
use crate::model::System;

/// The cells of a system, from which the grids of any question are made.
#[derive(Debug)]
pub(crate) struct Laid {
    outline: Outline,
    by: Vec<Id>,
    sources: BTreeMap<Id, Census>,
    sheets: BTreeMap<SheetOf, Sheet>,
    tables: BTreeMap<TrailOf, Table>,
    /// That of all the rows.
    pub(in crate::measure) fingerprint: Fingerprint,
    /// What was not used of the rows.
    pub(in crate::measure) findings: Vec<Finding>,
}

impl Laid {
    pub(in crate::measure) fn new(system: &System, cells: &Cells) -> Result<Self, Error> {
        if cells.system != system.fingerprint().as_str() {
            return Err(Error::new(Code::OtherCells, "the cells are of another system", "make them with this system, or use the one that they were made with"));
        }
        let refused = |what: String| Error::new(Code::NotCells, format!("{what} is not what this system's cells have"), "use cells as they were made");
        let outline = Outline::new(system, &cells.by);
        if let Some(source) = cells.sources.keys().find(|source| system.source(source.as_str()).is_none()) {
            return Err(refused(format!("the source `{source}`")));
        }
        let misplaced = cells.sheets.iter().find(|(of, sheet)| outline.sheets.get(of) != Some(&sheet.head) || !cells.sources.contains_key(&of.source));
        if let Some((of, _)) = misplaced {
            return Err(refused(format!("the sheet of `{}`", of.source)));
        }
        let mut tables = BTreeMap::new();
        for (of, trail) in &cells.trails {
            let known = outline.trails.get(of).filter(|(_, head)| *head == trail.head).map(|(source, _)| source);
            let declared = known.and_then(|source| system.source(source.as_str())).zip(known.and_then(|source| cells.sources.get(source)));
            let table = declared.and_then(|(source, census)| trail.table(source, census));
            tables.insert(of.clone(), table.ok_or_else(|| refused(format!("the trail of `{}`", of.figure)))?);
        }
        let loads: Vec<Load> = cells.sources.iter().map(|(source, census)| census.load(source)).collect();
        let fingerprint = fingerprint(&loads, cells.sources.iter().map(|(source, census)| (source, census.used(), census.hashes.0)));
        let sheets = cells.sheets.iter().map(|(of, sheet)| (of.clone(), sheet.coded())).collect();
        let findings = findings(system, cells);
        Ok(Self { outline, by: cells.by.clone(), sources: cells.sources.clone(), sheets, tables, fingerprint, findings })
    }

    /// The dimensions that may be asked by.
    pub(in crate::measure) fn by(&self) -> &[Id] {
        &self.by
    }

    pub(in crate::measure) fn days(&self, source: &Id) -> Option<&BTreeMap<Date, u64>> {
        self.sources.get(source).map(|census| &census.days)
    }

    /// The members of a column that a condition names.
    pub(in crate::measure) fn named(&self, source: &Id, column: &Id) -> Option<&BTreeSet<String>> {
        self.sources.get(source)?.members.get(column)
    }

    /// The members of a dimension that any cell or row of a source has.
    pub(in crate::measure) fn members(&self, source: &Id, dimension: &Id) -> Vec<&str> {
        let mut members: Vec<&str> = Vec::new();
        for (_, sheet) in self.sheets.iter().filter(|(of, _)| of.source == *source) {
            if let Some(at) = sheet.head.by.iter().position(|id| id == dimension) {
                members.extend(sheet.cells.keys().filter_map(|(_, member)| member.get(at)?.as_deref()));
            }
        }
        let tables = self.tables.values().filter(|table| table.source.id == *source);
        members.extend(tables.filter_map(|table| table.dictionary(dimension.as_str())).flat_map(Dictionary::known));
        members
    }

    /// The rows of a figure through which others follow entities.
    pub(in crate::measure) fn table(&self, figure: &Id, keeps: &Keeps) -> Option<&Table> {
        self.tables.get(&TrailOf { figure: figure.clone(), keeps: keeps.clone() })
    }

    /// The grid of some figures of a source, by some of the dimensions.
    pub(in crate::measure) fn grid(&self, figures: &Figures, source: &Id, daily: bool, columns: &[usize], by: &[Id]) -> Option<Grid> {
        let sheet = self.sheets.get(&SheetOf { source: source.clone(), daily })?;
        let span = figures.recorded.get(source)?.span?;
        let days = self.days(source)?;
        let held = Span { first: (*days.keys().next()?).max(span.first), last: (*days.keys().next_back()?).min(span.last) };
        let slices = figures.slices_of(held, daily);
        let place = |figure: &usize| {
            let id = &figures.plan.nodes.get(*figure)?.definition.id;
            self.outline.layout.place(self.outline.plan.position(id.as_str())?).map(|(_, column)| column)
        };
        let places: Vec<usize> = columns.iter().map(place).collect::<Option<_>>()?;
        let asked: Vec<usize> = by.iter().map(|id| sheet.head.by.iter().position(|known| known == id)).collect::<Option<_>>()?;
        let sorts: Vec<Sort> = places.iter().filter_map(|place| sheet.head.columns.get(*place)).map(|(_, sort)| *sort).collect();
        Some(Grid::of_columns(slices.clone(), &sorts, sheet.gathered(&figures.axes, &asked, &places, &|day| slices.position(day))))
    }
}

impl Sheet {
    /// The cells of some columns by longer slices and fewer dimensions; those without rows are
    /// left out.
    fn gathered(&self, axes: &Axes, asked: &[usize], places: &[usize], slice: &dyn Fn(Date) -> Option<usize>) -> BTreeMap<(usize, u64), Vec<Cell>> {
        let mut gathered: BTreeMap<(usize, u64), Vec<Cell>> = BTreeMap::new();
        for ((first, member), cells) in &self.cells {
            let picked: Vec<&Cell> = places.iter().filter_map(|place| cells.get(*place)).collect();
            if picked.iter().all(|cell| cell.rows == 0) {
                continue;
            }
            let combination = axes.combination(asked.iter().map(|at| member.get(*at).and_then(Option::as_deref)));
            let Some(key) = slice(*first).zip(combination) else { continue };
            let known = gathered.entry(key).or_insert_with(|| vec![Cell::default(); places.len()]);
            known.iter_mut().zip(picked).for_each(|(known, cell)| known.merge(cell));
        }
        gathered
    }

    /// The same with numbers for texts in sets: how many there are is all that is asked.
    fn coded(&self) -> Self {
        let mut sheet = self.clone();
        let mut codes: BTreeMap<&str, u32> = BTreeMap::new();
        for (cells, own) in sheet.cells.values_mut().zip(self.cells.values()) {
            for (cell, own) in cells.iter_mut().zip(own) {
                if let Content::Texts(texts) = &own.content {
                    let mut code = |text| {
                        let next = u32::try_from(codes.len()).unwrap_or(u32::MAX);
                        *codes.entry(text).or_insert(next)
                    };
                    cell.content = Content::Set(Set::of_codes(texts.iter().map(|text| code(text.as_str())).collect()));
                }
            }
        }
        sheet
    }
}

impl Census {
    fn load(&self, source: &Id) -> Load {
        Load { source: source.clone(), rows: self.rows, rejected_rows: self.rejected_rows, rejected_cells: self.rejected_cells }
    }
}

/// What was not used of the rows: in each partition, and of all of them together.
fn findings(system: &System, cells: &Cells) -> Vec<Finding> {
    let several = cells.parts.len() > 1;
    let mut findings: Vec<Finding> = Vec::new();
    for (part, of_part) in &cells.parts {
        for finding in of_part {
            let mut finding = finding.clone();
            if several {
                // A fingerprint is told apart by its first digits, as elsewhere.
                let is_fingerprint = part.len() == 64 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
                let name = part.get(..12).filter(|_| is_fingerprint).unwrap_or(part);
                finding.place.file = format!("{name}/{}", finding.place.file);
            }
            findings.push(finding);
        }
    }
    for source in system.sources() {
        match cells.sources.get(&source.id) {
            None => findings.push(notice::not_loaded(&source.id)),
            Some(census) => {
                let entities = u64::try_from(census.entities.len()).unwrap_or(u64::MAX);
                let repeated = census.naming.saturating_sub(entities);
                if repeated > 0 && source.superseded_at.is_none() {
                    findings.push(notice::repeated(&source.id, repeated));
                }
            }
        }
    }
    Finding::sort(&mut findings);
    findings
}
