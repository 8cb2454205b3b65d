//! Budgets: the amounts and moves that stand in a workbook, and what differs from a snapshot.

use std::collections::BTreeSet;

use serde::Serialize;

use super::changes::gone;
use super::contents::{WorkbookContents, repeated, unknown};
use super::sheet::{Row, Sheet, Typed, is_same};
use crate::base::calendar::Period;
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::finding::{Finding, Place, Severity};
use crate::base::id::Id;
use crate::base::number::Number;
use crate::base::value::Value;
use crate::judge::budget::BudgetReport;
use crate::model::System;
use crate::model::budget::Budget;
use crate::render::workbook::AsWritten;
use crate::render::workbook::layout::{self, budget as words};

/// The columns of a line that can be edited, and what changes of them are called.
const AMOUNTS: [(&str, &str); 3] = [(words::ALLOCATED, "allocated"), (words::SPENT, "spent"), (words::COMMITTED, "committed")];
/// The frame, which is an amount of the budget and of no line.
const FRAME: &str = "frame";
/// The columns that follow from others, whether they are formulas (to date is a value).
const DERIVED: [&str; 5] = [words::MOVED, words::REVISED, words::TO_DATE, words::VARIANCE, words::REMAINING];

/// An amount of a budget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReadAmount {
    /// The period of the budget.
    pub period: Period,
    /// The line; `None` for the frame.
    pub line: Option<Id>,
    /// `frame`, `allocated`, `spent` or `committed`.
    pub key: &'static str,
    /// The amount; `None` where the cell is empty.
    pub amount: Option<Number>,
}

/// A row of what was moved within a budget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReadMove {
    /// The period of the budget.
    pub period: Period,
    /// What was moved.
    #[serde(flatten)]
    pub moved: MovedAmount,
}

/// Money that is moved from one line to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MovedAmount {
    /// The day from which it counts.
    pub on: Date,
    /// The line that has less.
    pub from: Id,
    /// The line that has more.
    pub to: Id,
    /// How much.
    pub amount: Number,
}

/// A change of an amount of a budget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BudgetChange {
    /// The period of the budget.
    pub period: Period,
    /// The line; `None` for the frame.
    pub line: Option<Id>,
    /// `frame`, `allocated`, `spent` or `committed`. What is spent comes from the facts; the others
    /// are written in the plan.
    pub key: &'static str,
    /// What the snapshot says, or the reason why it says nothing.
    pub before: Value,
    /// What the workbook says; `None` where the cell was emptied.
    pub after: Option<Number>,
}

/// A change of what was moved within a budget. Moves have no names: one that was edited is told as
/// the one before and the one after, and where that cannot be told, as one that is gone and one that
/// is new.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MoveChange {
    /// The period of the budget.
    pub period: Period,
    /// What the plan says; `None` where the workbook has one more.
    pub before: Option<MovedAmount>,
    /// What the workbook says; `None` where the row is gone.
    pub after: Option<MovedAmount>,
}

/// A cell that follows from others and was typed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct BudgetTypedOver {
    period: Period,
    id: String,
    heading: &'static str,
    typed: Typed,
    place: Place,
}

/// Reads the budgets, which stand one below the other above the targets.
pub(super) fn read(sheet: &Sheet, system: &System, contents: &mut WorkbookContents) {
    let titles: Vec<(u32, &str)> = sheet.titles().map(|(row, title)| (row, title.trim())).collect();
    let of = |title: &str| {
        let period = system.calendar().parse(title.strip_prefix(words::TITLE)?.trim())?;
        system.budgets().iter().find(|budget| budget.period == period)
    };
    for budget in system.budgets() {
        let Some((from, _)) = titles.iter().find(|(_, title)| of(title).is_some_and(|known| known.period == budget.period)) else {
            let message = format!("there is no budget `{}{}` in the sheet `{}`; what stood in it is not read", words::TITLE, budget.period.label, layout::PLAN);
            let help = format!("let its title be `{}{}`", words::TITLE, budget.period.label);
            contents.findings.push(super::sheet::finding(Code::MissingHeading, Severity::Error, layout::PLAN, 0, 0, message, help));
            continue;
        };
        let after = |row: u32, ends: &dyn Fn(&str) -> bool| titles.iter().find(|(at, title)| *at > row && ends(title)).map(|(at, _)| *at);
        let end = after(*from, &|title| title == words::TARGETS_TITLE || of(title).is_some()).unwrap_or(u32::MAX);
        let moves = after(*from, &|title| title == words::MOVES_TITLE).filter(|row| *row < end);
        lines(sheet, budget, (*from, moves.unwrap_or(end)), contents);
        if let Some(moves) = moves {
            moved(sheet, budget, (moves, end), contents);
        }
    }
}

fn lines(sheet: &Sheet, budget: &Budget, (from, end): (u32, u32), contents: &mut WorkbookContents) {
    let findings = &mut contents.findings;
    let headings: Vec<&'static str> = std::iter::once(words::LINE).chain(AMOUNTS.map(|(heading, _)| heading)).collect();
    let Some(table) = sheet.table_within(from..end, &headings, findings).filter(|table| table.has(words::LINE)) else { return };
    let table = table.and(DERIVED.into_iter());
    let mut seen = BTreeSet::new();
    // The total and the frame stand below the lines, one of which may be called like them.
    let mut closing = vec![words::FRAME, words::TOTAL];
    for row in table.rows() {
        let Some(id) = row.text(words::LINE, findings) else { continue };
        let line = budget.line(&id).filter(|line| !seen.contains(&line.id));
        let mut derived: Vec<&'static str> = DERIVED.to_vec();
        if let Some(line) = line {
            seen.insert(line.id.clone());
            for (heading, key) in AMOUNTS.into_iter().filter(|(heading, _)| table.has(heading)) {
                match row.number(heading, findings) {
                    Ok(amount) => contents.budget.push(ReadAmount { period: budget.period.clone(), line: Some(line.id.clone()), key, amount }),
                    Err(()) => contents.passed_over.push((layout::PLAN, format!("{id}.{key}"), budget.period.clone())),
                }
            }
        } else if closing.contains(&id.as_str()) {
            closing.retain(|known| *known != id);
            if id == words::FRAME {
                derived = vec![words::MOVED];
                if let Ok(amount) = row.number(words::ALLOCATED, findings) {
                    contents.budget.push(ReadAmount { period: budget.period.clone(), line: None, key: FRAME, amount });
                } else {
                    contents.passed_over.push((layout::PLAN, FRAME.to_owned(), budget.period.clone()));
                }
            } else {
                derived.extend(AMOUNTS.map(|(heading, _)| heading));
            }
        } else if budget.line(&id).is_some() {
            findings.push(repeated(&row, &id));
            continue;
        } else {
            findings.push(unknown(&row, &id, budget.lines.iter().map(|line| line.id.as_str())));
            continue;
        }
        contents.budget_typed_over.extend(derived.into_iter().filter_map(|heading| {
            let typed = row.typed_over(heading)?;
            Some(BudgetTypedOver { period: budget.period.clone(), id: id.clone(), heading, typed, place: row.place(heading) })
        }));
    }
}

fn moved(sheet: &Sheet, budget: &Budget, (from, end): (u32, u32), contents: &mut WorkbookContents) {
    let headings = [words::ON, words::FROM, words::TO, words::AMOUNT];
    let findings = &mut contents.findings;
    let Some(table) = sheet.table_within(from.saturating_add(1)..end, &headings, findings).filter(|table| headings.iter().all(|heading| table.has(heading)))
    else {
        return;
    };
    contents.moves_read.push(budget.period.clone());
    for row in table.rows() {
        let on = row.day(words::ON, findings);
        let (from, to) = (line_of(&row, words::FROM, budget, findings), line_of(&row, words::TO, budget, findings));
        let amount = row.number(words::AMOUNT, findings);
        if amount == Ok(None) {
            let message = "no amount stands in the row of what was moved".to_owned();
            findings.push(row.finding(words::AMOUNT, Code::NotANumber, Severity::Error, message, "write how much was moved"));
        }
        match (on, from, to, amount) {
            (Some(on), Some(from), Some(to), Ok(Some(amount))) => {
                contents.moves.push(ReadMove { period: budget.period.clone(), moved: MovedAmount { on, from, to, amount } });
            }
            // It is found, and nothing is said of what became of the moves.
            _ => contents.moves_read.retain(|period| *period != budget.period),
        }
    }
}

fn line_of(row: &Row<'_, '_>, heading: &str, budget: &Budget, findings: &mut Vec<Finding>) -> Option<Id> {
    let text = row.text(heading, findings)?;
    let line = budget.line(text.trim()).map(|line| line.id.clone());
    if line.is_none() {
        let mut finding = unknown(row, text.trim(), budget.lines.iter().map(|line| line.id.as_str()));
        finding.place = row.place(heading);
        findings.push(finding);
    }
    line
}

impl WorkbookContents {
    pub(super) fn budget_changes(&self, written: &AsWritten, findings: &mut Vec<Finding>) -> (Vec<BudgetChange>, Vec<MoveChange>) {
        let (mut amounts, mut moves) = (Vec::new(), Vec::new());
        for (budget, shown) in &written.budgets {
            if self.budget.iter().any(|read| read.period == budget.period) {
                self.amount_changes(budget, &mut amounts, findings);
            }
            if self.moves_read.contains(&budget.period) {
                moves.extend(self.move_changes(budget));
            }
            for cell in self.budget_typed_over.iter().filter(|cell| cell.period == budget.period) {
                let result = shown.iter().find(|(id, heading, _)| *id == cell.id && *heading == cell.heading);
                if result.is_some_and(|(_, _, result)| !cell.typed.is(result)) {
                    let message =
                        format!("`{}` of {} in {} follows from other cells and was typed over, which is not read", cell.heading, cell.id, budget.period.label);
                    let help = "change what it is computed from".to_owned();
                    findings.push(Finding { code: Code::ComputedCell, severity: Severity::Error, place: cell.place.clone(), message, help });
                }
            }
        }
        (amounts, moves)
    }

    fn amount_changes(&self, budget: &BudgetReport, changes: &mut Vec<BudgetChange>, findings: &mut Vec<Finding>) {
        let of_lines = budget.lines.iter().flat_map(|line| {
            let amounts = &line.amounts;
            let values = [&amounts.allocated, &amounts.spent, &amounts.committed];
            AMOUNTS.iter().zip(values).map(move |((_, key), figure)| (Some(&line.line), *key, &figure.value))
        });
        let mut lost: BTreeSet<String> = BTreeSet::new();
        for (line, key, before) in of_lines.chain([(None, FRAME, &budget.frame.value)]) {
            let read = self.budget.iter().find(|read| read.period == budget.period && read.line.as_ref() == line && read.key == key);
            let Some(read) = read else {
                let id = line.map_or_else(|| FRAME.to_owned(), |line| format!("{line}.{key}"));
                if !self.passed_over.iter().any(|(_, known, period)| *known == id && *period == budget.period) {
                    lost.insert(line.map_or(FRAME, Id::as_str).to_owned());
                }
                continue;
            };
            let same = match (before.number(), &read.amount) {
                (Some(before), Some(after)) => is_same(before, after),
                (before, after) => before.is_none() && after.is_none(),
            };
            if !same {
                changes.push(BudgetChange { period: budget.period.clone(), line: line.cloned(), key, before: before.clone(), after: read.amount.clone() });
            }
        }
        // A column that is not there was found where its heading was missed.
        let has_row = |id: &String| self.budget.iter().any(|read| read.period == budget.period && read.line.as_ref().is_some_and(|line| line.as_str() == id));
        let lost = lost.into_iter().filter(|id| !has_row(id));
        findings.extend(lost.map(|id| gone(layout::PLAN, &format!("`{id}` in the budget of {}", budget.period.label))));
    }

    /// Moves that both have are set aside; what is left is told in pairs.
    fn move_changes(&self, budget: &BudgetReport) -> Vec<MoveChange> {
        let read = self.moves.iter().filter(|read| read.period == budget.period).map(|read| read.moved.clone());
        let mut after: Vec<MovedAmount> = read.collect();
        let mut before = Vec::new();
        for moved in &budget.moves {
            let moved = MovedAmount { on: moved.on, from: moved.from.clone(), to: moved.to.clone(), amount: moved.amount.amount.clone() };
            let is_it = |read: &MovedAmount| (read.on, &read.from, &read.to) == (moved.on, &moved.from, &moved.to) && is_same(&moved.amount, &read.amount);
            match after.iter().position(is_it) {
                Some(position) => drop(after.remove(position)),
                None => before.push(moved),
            }
        }
        let count = before.len().max(after.len());
        let (mut before, mut after) = (before.into_iter(), after.into_iter());
        (0..count).map(|_| MoveChange { period: budget.period.clone(), before: before.next(), after: after.next() }).collect()
    }
}
