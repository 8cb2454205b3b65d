//! The budgets: allocated, moved, spent, committed and what remains, as formulas.

use super::layout::{self, budget as words, cell};
use super::page::{Page, Written, result};
use super::style::Styles;
use crate::base::value::Value;
use crate::judge::budget::{BudgetAmounts, BudgetReport};
use crate::judge::snapshot::Snapshot;

const ALLOCATED: u16 = 3;
const MOVED: u16 = 4;
const REVISED: u16 = 5;
const TO_DATE: u16 = 6;
const SPENT: u16 = 7;
pub(super) const VARIANCE: u16 = 8;
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
    let rows: usize = budgets.iter().map(|budget| budget.lines.len().saturating_add(budget.moves.len().max(1)).saturating_add(9)).sum();
    u32::try_from(rows).unwrap_or(u32::MAX)
}

/// Writes them from a row on.
pub(super) fn write(snapshot: &Snapshot, budgets: &[BudgetReport], page: &mut Page<'_>, styles: &Styles, from: u32) -> Written {
    let mut row = from;
    for budget in budgets {
        let unit = Some(&budget.unit);
        let whole = true;
        page.text(row, 0, &format!("{}{}", words::TITLE, budget.period.label), &styles.section)?;
        page.text(row, 3, &budget.document, &styles.lead)?;
        page.sheet.set_row_height(row, 22.0)?;
        row = row.saturating_add(1);
        page.texts(row, &words::HEADINGS, &styles.heading)?;
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
        page.text(total, 0, words::TOTAL, &styles.strong)?;
        page.text(total, 1, "All lines", &styles.strong)?;
        page.text(total, 2, "", &styles.strong)?;
        let of_total = [&budget.total.allocated, &budget.total.moved, &budget.total.to_date, &budget.total.spent, &budget.total.committed];
        for (column, figure) in SUMMED.into_iter().zip(of_total) {
            // A sum without one of its parts is not the sum.
            let range = stretch(first, last.max(first), column);
            let formula = if count == 0 { "=0".to_owned() } else { format!("=IF(COUNT({range})={count},SUM({range}),\"missing\")") };
            page.formula(total, column, &formula, &or_missing(&figure.value), &styles.figure(unit, whole).set_bold())?;
        }
        derived(page, styles, total, &budget.total, budget)?;
        let frame = total.saturating_add(1);
        page.text(frame, 0, words::FRAME, &styles.quiet)?;
        page.text(frame, 1, "The frame, and what of it is not allocated", &styles.text)?;
        page.input(frame, ALLOCATED, budget.frame.value.number(), &styles.typed(unit, whole))?;
        let formula = format!("={}-{}", cell(frame, ALLOCATED), cell(total, ALLOCATED));
        page.formula(frame, MOVED, &formula, &result(&budget.unallocated.value), &styles.figure(unit, whole))?;
        page.text(moves.saturating_sub(1), 0, words::MOVES_TITLE, &styles.section)?;
        page.texts(moves, &words::MOVES, &styles.heading)?;
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
        row = moved_last.saturating_add(3);
    }
    Ok(())
}

/// What follows from the amounts of a line or of all lines.
fn derived(page: &mut Page<'_>, styles: &Styles, at: u32, amounts: &BudgetAmounts, budget: &BudgetReport) -> Written {
    let format = styles.figure(Some(&budget.unit), true);
    let revised = format!("={}+{}", cell(at, ALLOCATED), cell(at, MOVED));
    page.formula(at, REVISED, &revised, &result(&amounts.revised.value), &format)?;
    let spent = cell(at, SPENT);
    let if_spent = |formula: String| format!("=IF(ISNUMBER({spent}),{formula},\"missing\")");
    page.formula(at, VARIANCE, &if_spent(format!("{spent}-{}", cell(at, TO_DATE))), &or_missing(&amounts.variance.value), &styles.change(&budget.unit, true))?;
    let remaining = if_spent(format!("{}-{spent}-{}", cell(at, REVISED), cell(at, COMMITTED)));
    page.formula(at, REMAINING, &remaining, &or_missing(&amounts.remaining.value), &format)
}

/// What is computed from what is not known comes to.
fn or_missing(value: &Value) -> String {
    value.number().map_or_else(|| "missing".to_owned(), |_| result(value))
}

/// What the cells that follow from others come to: what stands under `Line`, the heading, the result.
pub(super) fn shown(budget: &BudgetReport) -> Vec<super::Derived> {
    let derived = |id: &str, amounts: &BudgetAmounts| {
        let results = [
            (words::MOVED, result(&amounts.moved.value)),
            (words::REVISED, result(&amounts.revised.value)),
            (words::TO_DATE, result(&amounts.to_date.value)),
            (words::VARIANCE, or_missing(&amounts.variance.value)),
            (words::REMAINING, or_missing(&amounts.remaining.value)),
        ];
        results.map(|(heading, result)| (id.to_owned(), heading, result))
    };
    let total = &budget.total;
    let sums = [(words::ALLOCATED, &total.allocated), (words::SPENT, &total.spent), (words::COMMITTED, &total.committed)];
    let mut shown: Vec<_> = budget.lines.iter().flat_map(|line| derived(line.line.as_str(), &line.amounts)).collect();
    shown.extend(derived(words::TOTAL, total));
    shown.extend(sums.map(|(heading, figure)| (words::TOTAL.to_owned(), heading, or_missing(&figure.value))));
    shown.push((words::FRAME.to_owned(), words::MOVED, result(&budget.unallocated.value)));
    shown
}

/// The amounts of a line that the report tells, by their columns.
pub(super) fn results(amounts: &BudgetAmounts) -> [(u16, String); 6] {
    let amounts = [
        (REVISED, &amounts.revised),
        (TO_DATE, &amounts.to_date),
        (SPENT, &amounts.spent),
        (VARIANCE, &amounts.variance),
        (COMMITTED, &amounts.committed),
        (REMAINING, &amounts.remaining),
    ];
    amounts.map(|(column, figure)| (column, or_missing(&figure.value)))
}

/// The row of the first line of a budget, by its position.
pub(super) fn first_line(budgets: &[BudgetReport], from: u32, position: usize) -> u32 {
    from.saturating_add(rows(budgets.get(..position).unwrap_or_default())).saturating_add(2)
}

fn stretch(first: u32, last: u32, column: u16) -> String {
    format!("{}:{}", cell(first, column), cell(last, column))
}

/// Where the remaining amount of all lines of the first budget stands, for a name.
pub(super) fn remaining(budgets: &[BudgetReport], from: u32) -> Option<String> {
    let lines = u32::try_from(budgets.first()?.lines.len()).ok()?;
    Some(layout::cell_in(layout::PLAN, from.saturating_add(2).saturating_add(lines), REMAINING))
}
