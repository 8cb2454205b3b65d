//! The budgets: allocated, moved, spent, committed and what remains, as formulas.

use super::layout::{self, cell};
use super::page::{Page, Written, result};
use super::style::Styles;
use crate::judge::budget::{BudgetAmounts, BudgetReport};
use crate::judge::snapshot::Snapshot;

const HEADINGS: [&str; 11] = ["Line", "Name", "Owner", "Allocated", "Moved", "Revised", "To date", "Spent", "ΔPlan", "Committed", "Remaining"];
const MOVES: [&str; 6] = ["On", "From", "To", "Amount", "By", "Reason"];
const ALLOCATED: u16 = 3;
const MOVED: u16 = 4;
const REVISED: u16 = 5;
const TO_DATE: u16 = 6;
const SPENT: u16 = 7;
const VARIANCE: u16 = 8;
const COMMITTED: u16 = 9;
const REMAINING: u16 = 10;
/// The columns that are added up.
const SUMMED: [u16; 5] = [ALLOCATED, MOVED, TO_DATE, SPENT, COMMITTED];

/// Every budget of the plan as it stands on the as-of date.
pub(super) fn of(snapshot: &Snapshot) -> Vec<BudgetReport> {
    snapshot.system().budgets().iter().filter_map(|budget| snapshot.budget(Some(&budget.period.label)).ok()).collect()
}

/// How many rows they take.
pub(super) fn rows(budgets: &[BudgetReport]) -> u32 {
    let rows: usize = budgets.iter().map(|budget| budget.lines.len().saturating_add(budget.moves.len()).saturating_add(9)).sum();
    u32::try_from(rows).unwrap_or(u32::MAX)
}

/// Writes them from a row on.
pub(super) fn write(snapshot: &Snapshot, budgets: &[BudgetReport], page: &mut Page<'_>, styles: &Styles, from: u32) -> Written {
    let mut row = from;
    for budget in budgets {
        let unit = Some(&budget.unit);
        let whole = true;
        page.text(row, 0, &format!("Budget {}", budget.period.label), &styles.section)?;
        page.text(row, 3, &budget.document, &styles.lead)?;
        row = row.saturating_add(1);
        page.texts(row, &HEADINGS, &styles.heading)?;
        let first = row.saturating_add(1);
        let count = u32::try_from(budget.lines.len()).unwrap_or(0);
        let last = row.saturating_add(count);
        // The moves stand below: a heading and then one row each.
        let moves = last.saturating_add(5);
        let moved_last = moves.saturating_add(u32::try_from(budget.moves.len()).unwrap_or(0)).max(moves.saturating_add(1));
        for (at, line) in (first..).zip(&budget.lines) {
            let amounts = &line.amounts;
            page.text(at, 0, line.line.as_str(), &styles.quiet)?;
            page.text(at, 1, &line.name, &styles.text)?;
            page.text(at, 2, line.owner.as_ref().map_or("nobody", |owner| owner.name.as_str()), &styles.text)?;
            page.input(at, ALLOCATED, amounts.allocated.value.number(), &styles.typed(unit, whole))?;
            let sums = |column: u16| {
                let (of, amount) = (stretch(moves.saturating_add(1), moved_last, column), stretch(moves.saturating_add(1), moved_last, 3));
                format!("SUMIFS({amount},{of},{})", cell(at, 0))
            };
            page.formula(at, MOVED, &format!("={}-{}", sums(2), sums(1)), &result(&amounts.moved.value), &styles.figure(unit, whole))?;
            page.input(at, TO_DATE, amounts.to_date.value.number(), &styles.figure(unit, whole))?;
            page.input(at, SPENT, amounts.spent.value.number(), &styles.typed(unit, whole))?;
            if let Some(reason) = amounts.spent.value.reason() {
                page.note(at, SPENT, &format!("{reason}: {}", amounts.spent.value.cause()))?;
            }
            page.input(at, COMMITTED, amounts.committed.value.number(), &styles.typed(unit, whole))?;
            derived(page, styles, at, amounts, budget)?;
        }
        let total = last.saturating_add(1);
        page.text(total, 0, "total", &styles.strong)?;
        page.text(total, 1, "All lines", &styles.strong)?;
        page.text(total, 2, "", &styles.strong)?;
        let of_total = [&budget.total.allocated, &budget.total.moved, &budget.total.to_date, &budget.total.spent, &budget.total.committed];
        for (column, figure) in SUMMED.into_iter().zip(of_total) {
            // A sum without one of its parts is not the sum.
            let range = stretch(first, last.max(first), column);
            let formula = if count == 0 { "=0".to_owned() } else { format!("=IF(COUNT({range})={count},SUM({range}),\"missing\")") };
            let shown = figure.value.number().map_or_else(|| "missing".to_owned(), |_| result(&figure.value));
            page.formula(total, column, &formula, &shown, &styles.figure(unit, whole).set_bold())?;
        }
        derived(page, styles, total, &budget.total, budget)?;
        let frame = total.saturating_add(1);
        page.text(frame, 0, "frame", &styles.quiet)?;
        page.text(frame, 1, "The frame, and what of it is not allocated", &styles.text)?;
        page.input(frame, ALLOCATED, budget.frame.value.number(), &styles.typed(unit, whole))?;
        let formula = format!("={}-{}", cell(frame, ALLOCATED), cell(total, ALLOCATED));
        page.formula(frame, MOVED, &formula, &result(&budget.unallocated.value), &styles.figure(unit, whole))?;
        page.text(moves.saturating_sub(1), 0, "What was moved", &styles.section)?;
        page.texts(moves, &MOVES, &styles.heading)?;
        for (at, moved) in (moves.saturating_add(1)..).zip(&budget.moves) {
            page.text(at, 0, &moved.on.to_string(), &styles.text)?;
            page.text(at, 1, moved.from.as_str(), &styles.typed_text)?;
            page.text(at, 2, moved.to.as_str(), &styles.typed_text)?;
            page.input(at, 3, Some(&moved.amount.amount), &styles.typed(unit, whole))?;
            let by = moved.by.as_ref().map(|id| snapshot.system().person(id.as_str()).map_or(id.as_str(), |person| person.name.as_str()));
            page.text(at, 4, by.unwrap_or_default(), &styles.text)?;
            page.text(at, 5, &moved.reason, &styles.text)?;
        }
        page.sheet.insert_note(
            moves,
            3,
            &rust_xlsxwriter::Note::new("More moves can be written into the rows of this table, not below it.").add_author_prefix(false),
        )?;
        row = moved_last.saturating_add(2);
    }
    Ok(())
}

/// What follows from the amounts of a line or of all lines.
fn derived(page: &mut Page<'_>, styles: &Styles, at: u32, amounts: &BudgetAmounts, budget: &BudgetReport) -> Written {
    let format = styles.figure(Some(&budget.unit), true);
    let text = |value: &crate::Value| value.number().map_or_else(|| "missing".to_owned(), |_| result(value));
    let revised = format!("={}+{}", cell(at, ALLOCATED), cell(at, MOVED));
    page.formula(at, REVISED, &revised, &result(&amounts.revised.value), &format)?;
    let spent = cell(at, SPENT);
    let if_spent = |formula: String| format!("=IF(ISNUMBER({spent}),{formula},\"missing\")");
    page.formula(at, VARIANCE, &if_spent(format!("{spent}-{}", cell(at, TO_DATE))), &text(&amounts.variance.value), &styles.change(&budget.unit, true))?;
    let remaining = if_spent(format!("{}-{spent}-{}", cell(at, REVISED), cell(at, COMMITTED)));
    page.formula(at, REMAINING, &remaining, &text(&amounts.remaining.value), &format)
}

fn stretch(first: u32, last: u32, column: u16) -> String {
    format!("{}:{}", cell(first, column), cell(last, column))
}

/// Where the remaining amount of all lines of the first budget stands, for a name.
pub(super) fn remaining(budgets: &[BudgetReport], from: u32) -> Option<String> {
    let lines = u32::try_from(budgets.first()?.lines.len()).ok()?;
    Some(layout::cell_in(layout::PLAN, from.saturating_add(2).saturating_add(lines), REMAINING))
}
