//! A snapshot as a workbook for spreadsheet programs, and what people changed in it.
//!
//! [`Snapshot::to_workbook`](crate::Snapshot::to_workbook) writes one in which the figures are formulas: who types over an actual
//! or a target sees at once what follows from it. [`read`] takes such a workbook back, and
//! [`WorkbookContents::changes`] says what differs from a snapshot. Nothing is taken over by itself.
//!
//! ```
//! use marketingos::{Facts, Source, System, workbook};
//!
//! # let text = "
//! # marketingos: 1
//! # name: Small firm
//! # people: { ana: Ana }
//! # operator: ana
//! # sources: { leads: { date: created, rows: events, recorded_from: 2026-01-01, recorded_until: as_of } }
//! # kpis: { leads: { name: New leads, unit: count of leads, direction: higher, owner: ana, count: leads } }
//! # plan: { targets: { leads: [ { from: 2026-01, to: 2026-12, value: 3 } ] } }
//! # ";
//! let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
//! let facts = Facts::builder(&system).csv("leads", "created\n2026-01-05\n").build()?;
//! let snapshot = system.snapshot(&facts, "2026-01-31".parse()?);
//!
//! let contents = workbook::read(&snapshot.to_workbook()?, &system)?;
//! assert_eq!(contents.kpis[0].name.as_deref(), Some("New leads"));
//! assert_eq!(contents.actuals.last().and_then(|actual| actual.value.as_ref()).map(ToString::to_string).as_deref(), Some("1"));
//! // Nobody touched it.
//! let changes = contents.changes(&snapshot)?;
//! assert!(changes.kpis.is_empty() && changes.targets.is_empty() && changes.actuals.is_empty() && changes.findings.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The sheets
//!
//! | sheet | holds | can be edited, and is read back |
//! |---|---|---|
//! | KPI set | id, name, unit, direction, owner, deputy, stage, variant, meaning, how it is computed, target in force, where that is written | name, unit, direction, owner, variant, meaning |
//! | Dashboard | every KPI as it stands, with its course as a sparkline; below, 25 months (9 quarters, 3 years) of AC, PL, ΔPL, ΔPL%, impact, status, PP, ΔPP, PY, ΔPY | nothing: all of it follows |
//! | Actuals | what the KPIs are made of: a row for each figure and period | value |
//! | Plan and budget | budgets with their lines, moves and totals; the targets by period, those to come included | target and upper bound; of budgets the frame, what is allocated, spent and committed, and what was moved |
//! | Review calendar | what is due from the start of this quarter through the end of the next, moved by holidays, who sees to it, and what the journal says became of it | nothing |
//! | Monthly report | the report of the last month that is over; the figures of its scorecard and of its targets come from the dashboard, those of its budget from the sheet of the plan | nothing |
//!
//! Cells that can be edited are yellow. Names of ranges stay the same from workbook to workbook:
//! `ac_leads` and `pl_leads` (the KPI's figures and plan by period), `now_leads`, `target_leads`,
//! `actual_total_spend`, `budget_remaining`.
//!
//! # What is computed in cells
//!
//! Counts and sums are typed in, and those of a quarter or year are the sum of their months;
//! ratios are recomputed from numerator and denominator, means of rows from their sum and number,
//! formulas and figures over several periods from the figures that they name. A formula is written
//! only where it gives what this library computed, by exact arithmetic over the cells. Distinct
//! counts, percentiles, durations, conversions of cohorts, credit and balances stand as values with
//! a note that says why; so does a figure whose parts are not covered alike.
//!
//! A missing value is an empty cell with its reason beside it. Formulas over it come to a word
//! (`missing`, `undefined`, `incomplete`, `not comparable`), never to zero or an error of the
//! spreadsheet. Reasons that lie in the facts, such as days that are not covered or a definition
//! that changed, do not go away by typing in a number; signals are those of the as-of date.
//!
//! # What equal means
//!
//! Cells hold doubles. What is typed in is the nearest double of the exact figure, and formulas
//! round after each operation: a formula's cell equals the library's figure within 10⁻¹² of its size, of
//! a difference within 10⁻¹² of the larger of what was subtracted. Differences smaller than that are
//! zero, so that what is exactly on target is met. `tests/workbook` holds every formula cell against
//! the library's figures in LibreOffice; the farthest lay 5 · 10⁻¹⁵ away. LibreOffice keeps 15
//! digits of what it saves, and a number that is read back counts as the same within 10⁻¹².
//!
//! # Texts and bounds
//!
//! Every text of a user is written as a text, whatever it looks like (`=1+1`, `@SUM(A1)`), in one
//! line, without control characters, and of at most 8,000 characters. The same snapshot gives the
//! same bytes; the time of creation is the as-of date. Of what is read, the file may have 16 MiB,
//! unpack to 64 MiB and have 500,000 cells a sheet; whatever is beyond that, or is no workbook, is an
//! error. What is not understood is a [`Finding`](crate::Finding) with its sheet and cell in the path of its place.

mod budget;
mod changes;
mod contents;
mod guard;
mod sheet;
#[cfg(test)]
mod tests;

pub use budget::{BudgetChange, MoveChange, MovedAmount, ReadAmount, ReadMove};
pub use changes::{ActualChange, Bounds, KpiChange, TargetChange, WorkbookChanges};
pub use contents::{ReadActual, ReadKpi, ReadTarget, WorkbookContents};

use crate::base::error::Error;
use crate::model::System;

/// Reads a workbook that [`Snapshot::to_workbook`](crate::Snapshot::to_workbook) wrote and people worked on. Whatever cannot
/// be understood is found and passed over.
///
/// ```
/// # use marketingos::{Source, System, workbook};
/// # let (system, _) = System::parse(&[Source::new("system.yaml", "{marketingos: 1, name: Small firm}")])?;
/// assert_eq!(workbook::read(b"id,value\n", &system).unwrap_err().code().as_str(), "MOS-X001");
/// # Ok::<(), marketingos::Error>(())
/// ```
///
/// # Errors
/// When the bytes are no workbook, or one that is larger than the limits.
pub fn read(bytes: &[u8], system: &System) -> Result<WorkbookContents, Error> {
    contents::read(bytes, system)
}
