//! A snapshot as a workbook with live formulas: one file for each sheet, and what all sheets share.

mod actuals;
mod budget;
mod calendar;
mod cells;
mod computed;
mod dashboard;
mod expression;
mod kpi_set;
pub(crate) mod layout;
mod page;
mod report;
mod style;
mod targets;

use std::collections::BTreeMap;

use rust_xlsxwriter::{DocProperties, Format, FormatAlign, Workbook, XlsxError};

use self::cells::{Block, Cells};
pub(crate) use self::kpi_set::direction;
use self::layout::dashboard as at;
use self::page::{Page, Written};
use self::style::Styles;
use self::targets::Targets;
use crate::base::calendar::Period;
use crate::base::code::Code;
use crate::base::error::Error;
use crate::base::id::Id;
use crate::base::unit::Unit;
use crate::base::value::Value;
use crate::judge::budget::BudgetReport;
use crate::judge::snapshot::Snapshot;

/// The most characters of a header or footer that come from a user.
const MOST_FOOTER: usize = 60;

/// All that the sheets are written from.
struct Book<'s> {
    cells: Cells<'s>,
    targets: Targets<'s>,
    budgets: Vec<BudgetReport>,
    /// The unit of each definition.
    units: Vec<Option<Unit>>,
    styles: Styles,
}

impl Snapshot {
    /// The snapshot as a workbook for spreadsheet programs (Office Open XML), in which the figures
    /// are formulas over actuals and targets that can be edited; see [`workbook`](crate::workbook).
    /// The same snapshot gives the same bytes.
    ///
    /// ```
    /// # use marketingos::{Facts, Source, System};
    /// # let text = "{marketingos: 1, name: Small firm, people: {ana: Ana}, operator: ana,
    /// #   sources: {leads: {date: created, rows: events, recorded_from: 2026-01-01, recorded_until: as_of}},
    /// #   kpis: {leads: {name: New leads, unit: count of leads, direction: higher, owner: ana, count: leads}}}";
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let facts = Facts::builder(&system).csv("leads", "created\n2026-01-05\n").build()?;
    /// let bytes = system.snapshot(&facts, "2026-01-31".parse()?).to_workbook()?;
    /// assert!(bytes.starts_with(b"PK"), "a zip archive");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When the system has more figures than fit into a workbook.
    pub fn to_workbook(&self) -> Result<Vec<u8>, Error> {
        let cells = Cells::of(self)?;
        let budgets = budget::of(self);
        let targets = Targets::new(&cells, layout::HEADINGS.saturating_add(budget::rows(&budgets)));
        let units = cells.definitions.iter().map(|definition| self.system().unit_of(definition.id.as_str())).collect();
        let book = Book { cells, targets, budgets, units, styles: Styles::new() };
        book.write().map_err(|error| Error::new(Code::WorkbookNotWritten, format!("the workbook cannot be written: {error}"), "write the scorecard as CSV"))
    }
}

impl<'s> Cells<'s> {
    fn of(snapshot: &'s Snapshot) -> Result<Self, Error> {
        let too_large = || Error::new(Code::WorkbookTooLarge, "the system has more figures than fit into a workbook", "write the scorecard as CSV");
        Self::new(snapshot, dashboard::first_row(snapshot.system().kpis().len())).ok_or_else(too_large)
    }
}

impl Book<'_> {
    fn write(&self) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        let snapshot = self.cells.snapshot;
        // Without it, the writer looks at the clock.
        let created = page::excel_date(snapshot.as_of()).map_or_else(|| rust_xlsxwriter::ExcelDateTime::from_ymd(1900, 1, 1), Ok)?;
        let properties = DocProperties::new()
            .set_creation_datetime(&created)
            .set_title(page::shown(snapshot.system().name(), 200))
            .set_subject(format!("As of {}", snapshot.as_of()))
            .set_comment(format!("Snapshot {}", snapshot.fingerprint()));
        workbook.set_properties(&properties);
        for sheet in [kpi_set::write, dashboard::write, actuals::write, plan, calendar::write, report::write] {
            sheet(self, &mut workbook)?;
        }
        self.names(&mut workbook)?;
        workbook.worksheet_from_name(layout::DASHBOARD)?.set_active(true);
        workbook.save_to_buffer()
    }

    /// A sheet with its title and what a reader must know of it.
    fn page<'w>(&self, workbook: &'w mut Workbook, name: &str, lead: &str) -> Result<Page<'w>, XlsxError> {
        let snapshot = self.cells.snapshot;
        let sheet = workbook.add_worksheet();
        sheet.set_name(name)?;
        let mut page = Page { sheet };
        let fingerprint: String = snapshot.fingerprint().to_string().chars().take(12).collect();
        page.text(0, 0, &format!("{} – {name}", snapshot.system().name()), &self.styles.title)?;
        page.text(1, 0, lead, &self.styles.lead)?;
        page.text(2, 0, &format!("As of {}, snapshot {fingerprint}", snapshot.as_of()), &self.styles.lead)?;
        page.sheet.set_row_height(0, 24.0)?;
        // A footer has commands of its own, which begin with an ampersand.
        let whose = page::shown(snapshot.system().name(), MOST_FOOTER).replace('&', "&&");
        page.sheet.set_footer(format!("&L&8{whose} – &A&C&8 {} · {fingerprint}&R&8&P / &N", snapshot.as_of()));
        page.sheet.set_paper_size(9).set_landscape().set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3).set_screen_gridlines(false);
        page.sheet.set_print_fit_to_pages(1, 0);
        Ok(page)
    }

    /// What a sheet of one table has: headings that stay, filters, and what is printed.
    fn table(&self, page: &mut Page<'_>, heading: u32, last: u32, column: u16) -> Written {
        page.sheet.set_freeze_panes(heading.saturating_add(1), 2)?;
        page.sheet.autofilter(heading, 0, last.max(heading.saturating_add(1)), column)?;
        page.sheet.set_repeat_rows(heading, heading)?;
        page.sheet.set_row_height(heading, 30.0)?;
        self.sheet(page, last, column)
    }

    fn sheet(&self, page: &mut Page<'_>, last: u32, column: u16) -> Written {
        page.sheet.set_print_area(0, 0, last, column)?;
        Ok(())
    }

    /// The format of a KPI's figures in a column of the dashboard.
    fn format(&self, block: &Block<'_>, column: u16) -> Format {
        let (styles, unit) = (&self.styles, &block.kpi.unit);
        match column {
            at::AC => styles.figure(Some(unit), block.whole).set_bold(),
            at::PL | at::PP | at::PY => styles.figure(Some(unit), block.whole),
            at::IMPACT | at::STATUS => styles.text.clone(),
            at::DAYS | at::OF => styles.days.clone(),
            // Of each base its change and its relative change.
            _ if [at::PL, at::PP, at::PY].iter().any(|base| base.saturating_add(1) == column) => styles.change(unit, block.whole || block.large),
            _ => styles.relative.clone().set_align(FormatAlign::Right),
        }
    }

    /// Names that stay the same from workbook to workbook, from the ids of the system.
    fn names(&self, workbook: &mut Workbook) -> Written {
        let mut define = |name: &str, range: &str| workbook.define_name(name, &format!("={range}")).map(|_| ());
        for (position, block) in (0u32..).zip(&self.cells.blocks) {
            let id = block.kpi.definition.id.as_str();
            for (prefix, column) in [("ac", at::AC), ("pl", at::PL)] {
                define(&format!("{prefix}_{id}"), &layout::range_in(layout::DASHBOARD, block.row, block.last_row(), column))?;
            }
            define(&format!("now_{id}"), &layout::cell_in(layout::DASHBOARD, dashboard::now_row(position), at::AC))?;
            if let Some((first, last)) = self.targets.rows_of(block.kpi) {
                define(&format!("target_{id}"), &layout::range_in(layout::PLAN, first, last, layout::targets::LOW_COLUMN))?;
            }
        }
        for (figure, definition) in self.cells.definitions.iter().enumerate() {
            if let Some((first, last)) = self.cells.rows_of(figure) {
                define(&format!("actual_{}", definition.id), &layout::range_in(layout::ACTUALS, first, last, layout::actuals::VALUE_COLUMN))?;
            }
        }
        if let Some(cell) = budget::remaining(&self.budgets, layout::HEADINGS) {
            define("budget_remaining", &cell)?;
        }
        Ok(())
    }
}

/// The sheet of the plan: budgets above, targets by period below.
fn plan(book: &Book<'_>, workbook: &mut Workbook) -> Written {
    let mut page =
        book.page(workbook, layout::PLAN, "Yellow cells can be edited: the dashboard and the totals follow. Targets are those in force, by period.")?;
    let heading = layout::HEADINGS.saturating_add(budget::rows(&book.budgets));
    budget::write(book.cells.snapshot, &book.budgets, &mut page, &book.styles, layout::HEADINGS)?;
    if !book.budgets.is_empty() {
        page.text(heading.saturating_sub(1), 0, layout::budget::TARGETS_TITLE, &book.styles.section)?;
        page.sheet.set_page_breaks(&[heading.saturating_sub(1)])?;
    }
    book.targets.write(&book.cells, &mut page, &book.styles)?;
    for (column, width) in (0u16..).zip([17.0, 22.0, 17.0, 13.0, 13.0, 13.0, 13.0, 22.0, 13.0, 16.0, 13.0, 22.0]) {
        page.sheet.set_column_width(column, width)?;
    }
    page.sheet.set_freeze_panes(0, 2)?;
    page.sheet.autofilter(heading, 0, book.targets.last().max(heading.saturating_add(1)), 11)?;
    page.sheet.set_repeat_rows(heading, heading)?;
    book.sheet(&mut page, book.targets.last(), 11)
}

/// A cell of a budget that follows from others: what stands under `Line`, its heading, its result.
pub(crate) type Derived = (String, &'static str, String);

/// What a workbook of a snapshot holds, for those who look for what was changed in one.
pub(crate) struct AsWritten {
    /// The actuals that are typed in or given: figure, period, and its value.
    pub(crate) typed: Vec<(String, Period, Value)>,
    /// The KPIs and periods whose targets have a row.
    pub(crate) planned: Vec<(Id, Period)>,
    /// What the figures of the dashboard come to, by column.
    pub(crate) shown: BTreeMap<(Id, Period), Vec<(&'static str, String)>>,
    /// The budgets, and what of each follows from other cells: id, heading, result.
    pub(crate) budgets: Vec<(BudgetReport, Vec<Derived>)>,
}

pub(crate) fn as_written(snapshot: &Snapshot) -> Result<AsWritten, Error> {
    let cells = Cells::of(snapshot)?;
    let named = |figure: usize| cells.definitions.get(figure).map_or("", |definition| definition.id.as_str());
    let typed = cells.entries.iter().filter(|(_, entry)| !entry.on_dashboard && cells.formula(entry).is_none());
    let lines = cells.blocks.iter().flat_map(|block| &block.lines);
    let with_cells = |budget: BudgetReport| {
        let shown = budget::shown(&budget);
        (budget, shown)
    };
    Ok(AsWritten {
        typed: typed
            .map(|(key, entry)| (format!("{}{}", named(key.figure), key.part.suffix()), entry.period.clone(), entry.observation.value.clone()))
            .collect(),
        planned: Targets::new(&cells, 0).periods(),
        shown: lines.map(|line| ((line.kpi.clone(), line.period.clone()), dashboard::shown(line))).collect(),
        budgets: budget::of(snapshot).into_iter().map(with_cells).collect(),
    })
}
