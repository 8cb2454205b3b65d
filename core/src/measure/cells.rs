//! Portable cells: what the rows of a system come to, computed wherever a part of them is, and
//! merged exactly.

mod decimal;
mod form;
mod laid;
mod outline;
mod trail;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::axes::{Axes, Axis, Texts};
use super::cell::{Cell, Content};
use super::column::{Dictionary, NULL};
use super::evaluate::Figures;
use super::facts::Facts;
use super::given::Given;
use super::grid::Grid;
use super::layout::GridOf;
use super::pass::Kind;
use super::plan::aggregate;
use super::table::Table;
use crate::base::calendar::Grain;
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::finding::{Finding, is_unruly, quoted};
use crate::base::id::{Id, nearest};
use crate::model::System;
use crate::model::source::SourceTable;
use form::Hashes;
pub(super) use laid::Laid;
pub(super) use outline::Keeps;
use outline::TrailOf;
use outline::{Head, Outline, SheetOf};
use trail::Trail;

/// The lengths of periods that cells can be asked for: all.
const GRAINS: [Grain; 4] = [Grain::Week, Grain::Month, Grain::Quarter, Grain::Year];
/// The longest name of a partition, in characters.
const LONGEST_NAME: usize = 200;

/// What the rows of a system's sources come to as of a date: partial aggregates that are made
/// from any partition of the rows, wherever it is, and merged exactly, in any order. A
/// [snapshot of cells](System::snapshot_of) is the snapshot of all their rows, bit for bit.
///
/// They hold, as texts and exact numbers: counts, sums and the like by stretches of days and by
/// the members of the dimensions that they were made by; the members themselves where different
/// ones are counted, and numbers themselves where percentiles are asked for; and of figures that
/// follow entities the rows that may matter, which are the first ones of each entity or, for
/// credit, all. Their size follows from that, and not from the number of rows.
///
/// ```
/// use marketingos::{Cells, Facts, Grain, Source, System};
/// # let text = "{marketingos: 1, name: Small firm, people: {ana: Ana}, operator: ana,
/// #   sources: {leads: {date: created, dimensions: [channel], rows: events, recorded_from: 2026-01-01, recorded_until: as_of}},
/// #   kpis: {leads: {name: New leads, unit: count of leads, direction: higher, owner: ana, count: leads}}}";
/// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
/// let as_of = "2026-01-31".parse()?;
/// let north = Facts::builder(&system).csv("leads", "created,channel\n2026-01-05,paid\n").build()?;
/// let south = Facts::builder(&system).csv("leads", "created,channel\n2026-01-06,own\n2026-01-09,paid\n").build()?;
///
/// // Each where its rows are; what travels is text.
/// let north = system.cells(&north, as_of, &["channel"])?.to_json();
/// let south = system.cells(&south, as_of, &["channel"])?;
/// let cells = south.clone().merge(Cells::from_json(&north)?)?;
/// assert_eq!(cells.clone().merge(south).unwrap_err().code().as_str(), "MOS-Q013");
///
/// let snapshot = system.snapshot_of(&cells)?;
/// let csv = "created,channel\n2026-01-05,paid\n2026-01-06,own\n2026-01-09,paid\n";
/// let all = system.snapshot(&Facts::builder(&system).csv("leads", csv).build()?, as_of);
/// assert_eq!(snapshot.fingerprint(), all.fingerprint());
/// assert_eq!(snapshot.series("leads", Grain::Month, &["channel"])?, all.series("leads", Grain::Month, &["channel"])?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Cells {
    /// The fingerprint of the system.
    system: String,
    as_of: Date,
    /// The dimensions that may be asked by, in their order.
    by: Vec<Id>,
    /// The partitions, each with what was not used of its texts.
    parts: BTreeMap<String, Vec<Finding>>,
    sources: BTreeMap<Id, Census>,
    sheets: BTreeMap<SheetOf, Sheet>,
    trails: BTreeMap<TrailOf, Trail>,
}

/// What is known of the rows of a source as a whole.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Census {
    rows: u64,
    rejected_rows: u64,
    rejected_cells: u64,
    /// The sum of the hashes of the rows that were used.
    hashes: Hashes,
    /// The rows of each day, those after the as-of date too.
    days: BTreeMap<Date, u64>,
    /// The rows that name an entity, and the entities.
    naming: u64,
    entities: BTreeSet<String>,
    /// The members of columns that conditions name.
    members: BTreeMap<Id, BTreeSet<String>>,
    /// The most decimals of each measure's numbers: shares of credit are rounded by them.
    decimals: BTreeMap<Id, u32>,
}

/// The cells of a source by the first day of their slice and by member.
#[derive(Clone, Debug)]
struct Sheet {
    head: Head,
    cells: BTreeMap<(Date, Texts), Vec<Cell>>,
}

impl System {
    /// The cells of some facts, as known on a date, from which figures can be asked by any of the
    /// dimensions `by`; see [`Cells`]. The more dimensions, the more cells.
    ///
    /// # Errors
    /// When no source has a dimension, or the facts were read for a system that declares a source
    /// differently.
    pub fn cells(&self, facts: &Facts, as_of: Date, by: &[&str]) -> Result<Cells, Error> {
        Cells::new(&Arc::new(self.clone()), &Arc::new(facts.clone()), as_of, by)
    }
}

impl Cells {
    /// Like [`System::cells`], for a system and facts that are shared already.
    ///
    /// # Errors
    /// As [`System::cells`].
    pub fn new(system: &Arc<System>, facts: &Arc<Facts>, as_of: Date, by: &[&str]) -> Result<Self, Error> {
        let mut by: Vec<Id> = by.iter().map(|name| dimension(system, name)).collect::<Result<_, _>>()?;
        by.sort_unstable();
        by.dedup();
        if let Some(other) = facts.sources().find(|read| system.source(read.id.as_str()) != Some(*read)) {
            let message = format!("the facts of `{}` were read for a system that declares it differently", other.id);
            return Err(Error::new(Code::OtherDeclaration, message, "read the facts for this system"));
        }
        let outline = Outline::new(system, &by);
        let facts = &facts.known_on(as_of);
        let given = Given::Rows(Arc::clone(facts));
        let roots: Vec<_> = system.definitions().collect();
        let mut figures = Figures::planned(system, &given, as_of, &roots);
        figures.lay(&GRAINS);
        let mut cells = Self {
            system: system.fingerprint().as_str().to_owned(),
            as_of,
            by,
            parts: BTreeMap::new(),
            sources: BTreeMap::new(),
            sheets: BTreeMap::new(),
            trails: BTreeMap::new(),
        };
        for load in facts.loads() {
            let Some(table) = system.source(load.source.as_str()).and_then(|source| facts.table(source)) else { continue };
            let mut census = Census::of(table, outline.named.get(&load.source));
            (census.rows, census.rejected_rows, census.rejected_cells) = (load.rows, load.rejected_rows, load.rejected_cells);
            cells.sources.insert(load.source.clone(), census);
        }
        for of in &outline.layout.grids {
            let GridOf::Rows { source, daily, figures: columns } = of else { continue };
            let of = SheetOf { source: source.clone(), daily: *daily };
            let (Some(head), Some(table)) = (outline.sheets.get(&of), system.source(source.as_str()).and_then(|source| facts.table(source))) else { continue };
            figures.axes = Axes::new(head.by.iter().map(|id| Axis::of(table.dictionary(id.as_str()).into_iter().flat_map(Dictionary::known))).collect());
            figures.check_size(&GRAINS)?;
            let grid = figures.rows_grid(table, &table.chunks, *daily, columns, &head.by).unwrap_or_default();
            let kinds = columns.iter().filter_map(|column| aggregate(&outline.plan.nodes.get(*column)?.definition, &table.source)).map(|found| found.kind);
            let sheet = Sheet { head: head.clone(), cells: texts(&grid, &figures.axes, &kinds.collect::<Vec<_>>(), table) };
            cells.sheets.insert(of, sheet);
        }
        for (of, (source, head)) in &outline.trails {
            if cells.sources.contains_key(source) {
                let kept = figures.kept(&given, &of.figure, &of.keeps);
                cells.trails.insert(of.clone(), Trail::of(head.clone(), &of.keeps, kept.as_ref()));
            }
        }
        // What is missing or repeated in all is known when everything has been merged.
        let carried = |finding: &&Finding| !matches!(finding.code, Code::SourceNotLoaded | Code::DuplicateRows);
        let findings: Vec<Finding> = facts.findings().iter().filter(carried).cloned().collect();
        if !findings.is_empty() || facts.loads().iter().any(|load| load.rows > 0) {
            cells.parts.insert(facts.fingerprint().as_str().to_owned(), findings);
        }
        Ok(cells)
    }

    /// Gives the partition a name, by which it is known whether it was merged already. Without
    /// one it is the fingerprint of its facts, so that partitions with equal rows are taken for
    /// the same; what has no rows has none, and can be merged any number of times.
    ///
    /// # Errors
    /// When several partitions were merged, which have their names already, or the name is empty,
    /// longer than 200 characters or not on one line.
    pub fn named(mut self, name: &str) -> Result<Self, Error> {
        if !is_name(name) {
            let message = format!("{} cannot name a partition", quoted(name));
            return Err(Error::new(Code::BadRequest, message, "name it by one line of at most 200 characters"));
        }
        if self.parts.len() > 1 {
            let message = format!("{} cannot name {} partitions at once", quoted(name), self.parts.len());
            return Err(Error::new(Code::BadRequest, message, "name partitions before they are merged"));
        }
        let findings = std::mem::take(&mut self.parts).into_values().next().unwrap_or_default();
        self.parts.insert(name.to_owned(), findings);
        Ok(self)
    }

    /// The cells of the rows of both.
    ///
    /// # Errors
    /// When they are not of the same system, as-of date and dimensions, or a partition is in both.
    pub fn merge(mut self, other: Self) -> Result<Self, Error> {
        let differ =
            |what: &str, left: &str, right: &str, help: &str| Err(Error::new(Code::OtherCells, format!("the cells are {what} {left} and {right}"), help));
        if self.system != other.system {
            let short = |fingerprint: &str| fingerprint.get(..12).unwrap_or(fingerprint).to_owned();
            return differ("of the systems", &short(&self.system), &short(&other.system), "make all of them with one system");
        }
        if self.as_of != other.as_of {
            return differ("as of", &self.as_of.to_string(), &other.as_of.to_string(), "make all of them as of one date");
        }
        if self.by != other.by {
            return differ("by", &listed(&self.by), &listed(&other.by), "make all of them by the same dimensions");
        }
        if let Some(part) = other.parts.keys().find(|part| self.parts.contains_key(*part)) {
            let message = format!("the partition {} is in both cells", quoted(part));
            return Err(Error::new(Code::RepeatedPart, message, "merge each partition once; give partitions with equal rows names of their own"));
        }
        let fits = other.sheets.iter().all(|(of, sheet)| self.sheets.get(of).is_none_or(|known| known.head == sheet.head))
            && other.trails.iter().all(|(of, trail)| self.trails.get(of).is_none_or(|known| known.head == trail.head));
        if !fits {
            return Err(Error::new(Code::NotCells, "the cells do not have the same columns", "use cells as they were made"));
        }
        self.parts.extend(other.parts);
        for (source, census) in other.sources {
            match self.sources.get_mut(&source) {
                Some(known) => known.merge(census),
                None => drop(self.sources.insert(source, census)),
            }
        }
        for (of, sheet) in other.sheets {
            match self.sheets.get_mut(&of) {
                Some(known) => known.merge(sheet),
                None => drop(self.sheets.insert(of, sheet)),
            }
        }
        for (of, trail) in other.trails {
            match self.trails.get_mut(&of) {
                Some(known) => known.merge(trail, &of.keeps),
                None => drop(self.trails.insert(of, trail)),
            }
        }
        Ok(self)
    }

    /// The date as of which they were made.
    #[must_use]
    pub fn as_of(&self) -> Date {
        self.as_of
    }

    /// The dimensions that may be asked by.
    #[must_use]
    pub fn by(&self) -> &[Id] {
        &self.by
    }

    /// The names of the partitions that they are of.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.parts.keys().map(String::as_str)
    }
}

impl Census {
    fn of(table: &Table, named: Option<&BTreeSet<Id>>) -> Self {
        let texts = |id: &Id| table.dictionary(id.as_str()).into_iter().flat_map(Dictionary::known).map(str::to_owned).collect();
        let entity = table.source.entity.as_ref();
        let key = entity.and_then(|entity| table.key(entity.id.as_str()));
        let naming = key.map_or(0, |key| {
            let columns = table.chunks.iter().filter_map(|chunk| Some((chunk.texts.get(key)?, chunk.rows())));
            columns.map(|(column, rows)| (0..rows).filter(|row| column.at(*row) != NULL).count()).sum()
        });
        let decimals = |measure: usize| table.chunks.iter().filter_map(|chunk| chunk.numbers.get(measure)).map(|column| column.decimals).max().unwrap_or(0);
        Self {
            rows: 0,
            rejected_rows: 0,
            rejected_cells: 0,
            hashes: Hashes(table.hashes),
            days: table.days(),
            naming: u64::try_from(naming).unwrap_or(u64::MAX),
            entities: entity.map(|entity| texts(&entity.id)).unwrap_or_default(),
            members: named.into_iter().flatten().map(|id| (id.clone(), texts(id))).collect(),
            decimals: table.source.measures.iter().enumerate().map(|(at, measure)| (measure.id.clone(), decimals(at))).collect(),
        }
    }

    fn merge(&mut self, other: Self) {
        let add = |count: &mut u64, more: u64| *count = count.saturating_add(more);
        add(&mut self.rows, other.rows);
        add(&mut self.rejected_rows, other.rejected_rows);
        add(&mut self.rejected_cells, other.rejected_cells);
        add(&mut self.naming, other.naming);
        self.hashes.0 = self.hashes.0.wrapping_add(other.hashes.0);
        other.days.into_iter().for_each(|(day, rows)| add(self.days.entry(day).or_default(), rows));
        self.entities.extend(other.entities);
        other.members.into_iter().for_each(|(id, members)| self.members.entry(id).or_default().extend(members));
        for (id, decimals) in other.decimals {
            let known = self.decimals.entry(id).or_default();
            *known = decimals.max(*known);
        }
    }

    /// The rows that were used, whether they were known at the as-of date or not.
    fn used(&self) -> u64 {
        self.rows.saturating_sub(self.rejected_rows)
    }
}

impl Sheet {
    fn merge(&mut self, other: Self) {
        for (key, cells) in other.cells {
            match self.cells.get_mut(&key) {
                Some(known) => known.iter_mut().zip(&cells).for_each(|(known, cell)| known.merge(cell)),
                None => drop(self.cells.insert(key, cells)),
            }
        }
    }
}

/// The cells of a grid by the texts of their members, and with texts for the codes of a table.
fn texts(grid: &Grid, axes: &Axes, kinds: &[Kind], table: &Table) -> BTreeMap<(Date, Texts), Vec<Cell>> {
    let text = |cell: &mut Cell, kind: &Kind| {
        if let (Content::Set(set), Kind::Set { key, .. }) = (&cell.content, kind) {
            let dictionary = table.dictionaries.get(*key);
            cell.content = Content::Texts(set.codes().into_iter().filter_map(|code| dictionary?.text(code)).map(str::to_owned).collect());
        }
    };
    let mut cells = BTreeMap::new();
    for (slice, first) in grid.slices.firsts.iter().enumerate() {
        for position in grid.cells(slice) {
            let of_columns = grid.columns.iter().zip(kinds).map(|(column, kind)| {
                let mut cell = Cell::default();
                column.fold(position, &mut cell);
                text(&mut cell, kind);
                cell
            });
            let member = axes.texts(grid.members.get(position).copied().unwrap_or(0)).into_iter().map(|text| text.map(str::to_owned)).collect();
            cells.insert((*first, member), of_columns.collect());
        }
    }
    cells
}

/// Whether a partition can be called so.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().count() <= LONGEST_NAME && !name.chars().any(is_unruly)
}

fn dimension(system: &System, name: &str) -> Result<Id, Error> {
    let known: Vec<&Id> = system.sources().iter().flat_map(SourceTable::keys).map(|column| &column.id).collect();
    known.iter().find(|id| id.as_str() == name).map(|id| (*id).clone()).ok_or_else(|| {
        let near = nearest(name, known.iter().map(|id| id.as_str()));
        let help = near.map_or_else(|| "name a dimension of a source".to_owned(), |near| format!("did you mean `{near}`?"));
        Error::new(Code::UnknownDimension, format!("there is no dimension {}", quoted(name)), help)
    })
}

fn listed(ids: &[Id]) -> String {
    if ids.is_empty() { "no dimension".to_owned() } else { ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ") }
}
