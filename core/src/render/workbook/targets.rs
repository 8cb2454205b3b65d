//! The targets of every KPI by period: those shown on the dashboard, and those still to come.

use std::collections::BTreeMap;

use super::cells::Cells;
use super::kpi_set;
use super::layout::targets;
use super::page::{Page, Written};
use super::style::Styles;
use crate::base::calendar::Period;
use crate::base::date::Date;
use crate::base::id::Id;
use crate::base::number::Number;
use crate::base::value::Value;
use crate::judge::target::TargetFor;
use crate::model::kpi::Kpi;
use crate::model::plan::TargetStatus;

/// The most periods after the as-of date whose targets are shown.
const MOST_AHEAD: usize = 24;

pub(super) struct Targets<'s> {
    rows: Vec<Row<'s>>,
    at: BTreeMap<(&'s Id, Date), u32>,
    heading: u32,
}

struct Row<'s> {
    kpi: &'s Kpi,
    period: Period,
    target: Result<TargetFor, Value>,
}

impl<'s> Targets<'s> {
    /// The table whose headings stand in a row.
    pub(super) fn new(cells: &Cells<'s>, heading: u32) -> Self {
        let (snapshot, mut rows) = (cells.snapshot, Vec::new());
        let calendar = snapshot.system().calendar();
        for block in &cells.blocks {
            let planned = snapshot.system().targets_in(None, &block.kpi.definition.id).filter(|target| target.by.is_empty()).map(|target| target.last).max();
            let ahead = std::iter::successors(block.periods.last().and_then(|last| calendar.next(last)), |period| calendar.next(period));
            let ahead = ahead.take_while(|period| planned.is_some_and(|planned| period.first <= planned)).take(MOST_AHEAD);
            for period in block.periods.iter().cloned().chain(ahead) {
                let target = snapshot.target(block.kpi, &period, snapshot.as_of());
                rows.push(Row { kpi: block.kpi, period, target });
            }
        }
        let at = (heading.saturating_add(1)..).zip(&rows).map(|(at, row)| ((&row.kpi.definition.id, row.period.first), at)).collect();
        Self { rows, at, heading }
    }

    /// The row of a KPI's target for a period.
    pub(super) fn row(&self, kpi: &Kpi, period: &Period) -> Option<u32> {
        self.at.get(&(&kpi.definition.id, period.first)).copied()
    }

    /// Each KPI and period that has a row.
    pub(super) fn periods(&self) -> Vec<(Id, Period)> {
        self.rows.iter().map(|row| (row.kpi.definition.id.clone(), row.period.clone())).collect()
    }

    pub(super) fn last(&self) -> u32 {
        self.heading.saturating_add(u32::try_from(self.rows.len()).unwrap_or(0))
    }

    /// The rows of a KPI, first and last.
    pub(super) fn rows_of(&self, kpi: &Kpi) -> Option<(u32, u32)> {
        let mut rows = (self.heading.saturating_add(1)..).zip(&self.rows).filter(|(_, row)| row.kpi.definition.id == kpi.definition.id).map(|(at, _)| at);
        let first = rows.next()?;
        Some((first, rows.last().unwrap_or(first)))
    }

    pub(super) fn write(&self, cells: &Cells<'_>, page: &mut Page<'_>, styles: &Styles) -> Written {
        page.texts(self.heading, &targets::HEADINGS, &styles.heading)?;
        let system = cells.snapshot.system();
        for (at, row) in (self.heading.saturating_add(1)..).zip(&self.rows) {
            let kpi = row.kpi;
            page.text(at, 0, kpi.definition.id.as_str(), &styles.quiet)?;
            page.text(at, 1, &kpi.name, &styles.text)?;
            page.text(at, 2, &kpi.unit.to_string(), &styles.quiet)?;
            page.text(at, 3, &row.period.label, &styles.text)?;
            let whole = row.target.as_ref().is_ok_and(|target| target.low.is_integer() && target.high.is_integer());
            let typed = styles.typed(Some(&kpi.unit), whole);
            match &row.target {
                Ok(target) => {
                    page.input(at, 4, Some(&target.low), &typed)?;
                    page.input(at, 5, Some(&target.high).filter(|high| **high != target.low), &typed)?;
                    page.text(at, 6, asks_for(kpi, target), &styles.quiet)?;
                    page.text(at, 7, "", &styles.text)?;
                    page.text(at, 8, status(target.status), &styles.text)?;
                    let name = target.set_by.as_ref().map(|id| system.person(id.as_str()).map_or(id.as_str(), |person| person.name.as_str()));
                    page.text(at, 9, name.unwrap_or_default(), &styles.text)?;
                    page.text(at, 10, &target.set_on.map(|day| day.to_string()).unwrap_or_default(), &styles.text)?;
                    page.text(at, 11, &target.document, &styles.text)?;
                }
                Err(reason) => {
                    page.input(at, 4, None::<&Number>, &typed)?;
                    page.input(at, 5, None::<&Number>, &typed)?;
                    page.text(at, 6, kpi_set::direction(kpi.direction), &styles.quiet)?;
                    page.text(at, 7, &format!("{}: {}", reason.reason().unwrap_or_default(), reason.cause()), &styles.quiet)?;
                    for column in 8..12 {
                        page.text(at, column, "", &styles.text)?;
                    }
                }
            }
        }
        Ok(())
    }
}

fn asks_for(kpi: &Kpi, target: &TargetFor) -> &'static str {
    kpi_set::direction(target.direction(kpi))
}

fn status(status: TargetStatus) -> &'static str {
    TargetStatus::WORDS.iter().find(|(_, known)| *known == status).map_or("", |(word, _)| word)
}
