//! What was changed in a workbook: what stands in it against what a snapshot says.

use std::collections::BTreeMap;

use serde::Serialize;

use super::budget::{BudgetChange, MoveChange};
use super::contents::{ReadKpi, WorkbookContents};
use super::sheet::{is_same, place};
use crate::base::calendar::Period;
use crate::base::code::Code;
use crate::base::error::Error;
use crate::base::finding::{Finding, Severity};
use crate::base::id::Id;
use crate::base::number::Number;
use crate::base::value::Value;
use crate::judge::snapshot::Snapshot;
use crate::model::kpi::Kpi;
use crate::render::workbook::{self, AsWritten, layout};

/// What was changed in a workbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WorkbookChanges {
    /// Of the KPIs.
    pub kpis: Vec<KpiChange>,
    /// Of the targets.
    pub targets: Vec<TargetChange>,
    /// Of the actuals.
    pub actuals: Vec<ActualChange>,
    /// Of the amounts of budgets.
    pub budget: Vec<BudgetChange>,
    /// Of what was moved within budgets.
    pub moves: Vec<MoveChange>,
    /// What was not understood, was not read, or is not there any more.
    pub findings: Vec<Finding>,
}

/// A change of what a KPI is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KpiChange {
    /// The KPI.
    pub kpi: Id,
    /// The key of the format: `name`, `unit`, `direction`, `variant`, `meaning` or `owner`.
    pub key: &'static str,
    /// Where it stands in the system's text, for [`edit::set`](crate::edit::set). An owner is a
    /// history of people and dates, which is for people to write: it has none.
    pub path: Option<String>,
    /// What the system says; may be empty.
    pub before: String,
    /// What the workbook says; may be empty.
    pub after: String,
}

/// A change of a target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TargetChange {
    /// The KPI.
    pub kpi: Id,
    /// The period.
    pub period: Period,
    /// What holds by the system, as known on the as-of date; `None` where nothing does.
    pub before: Option<Bounds>,
    /// What the workbook says.
    pub after: Option<Bounds>,
}

/// A target: one number, or the bounds of a band.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Bounds {
    /// The number, or the lower bound.
    pub low: Number,
    /// The same number, or the upper bound.
    pub high: Number,
}

/// A change of an actual.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ActualChange {
    /// The KPI or measure; of a mean also `….sum` and `….rows`, which it divides.
    pub figure: String,
    /// The period.
    pub period: Period,
    /// What the facts give, or the reason why they give nothing.
    pub before: Value,
    /// What the workbook says; `None` where the cell was emptied.
    pub after: Option<Number>,
}

impl WorkbookContents {
    /// What differs from a snapshot: nothing in the workbook that the snapshot writes. A number is the
    /// same when it lies within 10⁻¹² of its size, since spreadsheets hold doubles.
    ///
    /// ```
    /// # use marketingos::{Facts, Source, System, workbook};
    /// # let text = "{marketingos: 1, name: Small firm, people: {ana: Ana}, operator: ana,
    /// #   sources: {leads: {date: created, rows: events, recorded_from: 2026-01-01, recorded_until: as_of}},
    /// #   kpis: {leads: {name: New leads, unit: count of leads, direction: higher, owner: ana, count: leads}}}";
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let day = "2026-01-31".parse()?;
    /// let january = |rows: &str| Ok::<_, marketingos::Error>(system.snapshot(&Facts::builder(&system).csv("leads", rows).build()?, day));
    /// let bytes = january("created\n2026-01-05\n2026-01-19\n")?.to_workbook()?;
    /// // The workbook says two leads, and these facts one.
    /// let changes = workbook::read(&bytes, &system)?.changes(&january("created\n2026-01-05\n")?)?;
    /// assert_eq!(changes.actuals[0].figure, "leads");
    /// assert_eq!(changes.actuals[0].after.as_ref().map(ToString::to_string).as_deref(), Some("2"));
    /// assert_eq!((changes.kpis.len(), changes.targets.len(), changes.findings.len()), (0, 0, 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When the snapshot has more figures than a workbook can hold.
    pub fn changes(&self, snapshot: &Snapshot) -> Result<WorkbookChanges, Error> {
        let mut findings = self.findings.clone();
        let kpis = self.kpi_changes(snapshot, &mut findings);
        let written = workbook::as_written(snapshot)?;
        let targets = self.target_changes(snapshot, &written, &mut findings);
        let actuals = self.actual_changes(snapshot, &written, &mut findings);
        let (budget, moves) = self.budget_changes(&written, &mut findings);
        self.typed_over(&written, &mut findings);
        Finding::sort(&mut findings);
        Ok(WorkbookChanges { kpis, targets, actuals, budget, moves, findings })
    }

    fn kpi_changes(&self, snapshot: &Snapshot, findings: &mut Vec<Finding>) -> Vec<KpiChange> {
        let mut changes = Vec::new();
        let was_read = !self.kpis.is_empty();
        for kpi in snapshot.system().kpis() {
            match self.kpis.iter().find(|read| read.kpi == kpi.definition.id) {
                Some(read) => changes.extend(differences(snapshot, kpi, read)),
                None if was_read => findings.push(gone(layout::KPI_SET, &format!("`{}`", kpi.definition.id))),
                None => {}
            }
        }
        changes
    }

    fn target_changes(&self, snapshot: &Snapshot, written: &AsWritten, findings: &mut Vec<Finding>) -> Vec<TargetChange> {
        let mut changes = Vec::new();
        for read in &self.targets {
            let Some(kpi) = snapshot.system().kpi(read.kpi.as_str()) else { continue };
            let before = snapshot.target(kpi, &read.period, snapshot.as_of()).ok().map(|target| Bounds { low: target.low, high: target.high });
            let after = read.low.clone().map(|low| Bounds { high: read.high.clone().unwrap_or_else(|| low.clone()), low });
            let same = match (&before, &after) {
                (Some(before), Some(after)) => is_same(&before.low, &after.low) && is_same(&before.high, &after.high),
                (before, after) => before.is_none() && after.is_none(),
            };
            if !same {
                changes.push(TargetChange { kpi: read.kpi.clone(), period: read.period.clone(), before, after });
            }
        }
        if !self.targets.is_empty() {
            for (kpi, period) in &written.planned {
                let is_there = self.targets.iter().any(|read| read.kpi == *kpi && read.period == *period);
                if !is_there && !self.passed_over(layout::PLAN, kpi.as_str(), period) {
                    findings.push(gone(layout::PLAN, &format!("`{kpi}` in {}", period.label)));
                }
            }
        }
        changes
    }

    fn actual_changes(&self, snapshot: &Snapshot, written: &AsWritten, findings: &mut Vec<Finding>) -> Vec<ActualChange> {
        let mut written: BTreeMap<(String, Period), Value> = written.typed.iter().cloned().map(|(figure, period, value)| ((figure, period), value)).collect();
        let mut changes = Vec::new();
        for read in &self.actuals {
            let key = (read.figure.clone(), read.period.clone());
            let before = written.remove(&key).or_else(|| snapshot.observed(&read.figure, &read.period).map(|observation| observation.value));
            let before = before.unwrap_or_else(|| Value::missing(format!("there are no data for {}", read.period.label)));
            let same = match (before.number(), &read.value) {
                (Some(before), Some(after)) => is_same(before, after),
                (before, after) => before.is_none() && after.is_none(),
            };
            if !same {
                changes.push(ActualChange { figure: read.figure.clone(), period: read.period.clone(), before, after: read.value.clone() });
            }
        }
        if !self.actuals.is_empty() {
            let missing = written.keys().filter(|(figure, period)| !self.passed_over(layout::ACTUALS, figure, period));
            findings.extend(missing.map(|(figure, period)| gone(layout::ACTUALS, &format!("`{figure}` in {}", period.label))));
        }
        changes
    }

    /// Whether a row is there and was told to hold what is not understood.
    fn passed_over(&self, sheet: &str, id: &str, period: &Period) -> bool {
        self.passed_over.iter().any(|(known, figure, of)| *known == sheet && figure == id && of == period)
    }

    /// Cells of the dashboard that are neither formulas nor what the snapshot has there.
    fn typed_over(&self, written: &AsWritten, findings: &mut Vec<Finding>) {
        for cell in &self.typed_over {
            let shown = written.shown.get(&(cell.kpi.clone(), cell.period.clone())).into_iter().flatten();
            if shown.into_iter().any(|(heading, result)| *heading == cell.heading && !cell.typed.is(result)) {
                let message = format!("`{}` of {} in {} was typed over on the dashboard, which is not read", cell.heading, cell.kpi, cell.period.label);
                let help = "write what was found out into the sheet of actuals, and what is wanted into that of the plan".to_owned();
                findings.push(Finding { code: Code::ComputedCell, severity: Severity::Error, place: cell.place.clone(), message, help });
            }
        }
    }
}

fn differences(snapshot: &Snapshot, kpi: &Kpi, read: &ReadKpi) -> Vec<KpiChange> {
    let id = &kpi.definition.id;
    let direction = workbook::direction(kpi.direction);
    let owner = kpi.owner.on(snapshot.as_of()).map(|assignment| assignment.person.to_string()).unwrap_or_default();
    let after_owner = read.owner.as_ref().map(|owner| owner.as_ref().map(ToString::to_string).unwrap_or_default());
    let (unit, after_unit) = (kpi.unit.to_string(), read.unit.as_ref().map(ToString::to_string));
    let after_direction = read.direction.map(|direction| workbook::direction(direction).to_owned());
    let all = [
        ("name", kpi.name.clone(), read.name.clone()),
        ("unit", unit, after_unit),
        ("direction", direction.to_owned(), after_direction),
        ("owner", owner, after_owner),
        ("variant", kpi.variant.clone(), read.variant.clone()),
        ("meaning", kpi.meaning.clone(), read.meaning.clone()),
    ];
    let changed = all.into_iter().filter_map(|(key, before, after)| {
        let after = after?;
        // A text is compared as it is shown: on one line, without control characters.
        (layout::as_shown(&before) != after).then(|| KpiChange {
            kpi: id.clone(),
            key,
            path: (key != "owner").then(|| format!("kpis.{id}.{key}")),
            before,
            after,
        })
    });
    changed.collect()
}

pub(super) fn gone(sheet: &str, what: &str) -> Finding {
    let message = format!("the row of {what} is not in the sheet `{sheet}` any more; nothing follows from that");
    Finding {
        code: Code::GoneRow,
        severity: Severity::Warning,
        place: place(sheet, 0, 0),
        message,
        help: "empty a cell to say that a figure is missing".to_owned(),
    }
}
