//! The monthly report: its sentences as they stand, and its figures from the dashboard.

use rust_xlsxwriter::{Format, Workbook};

use super::Book;
use super::dashboard;
use super::layout::{self, cell_in, dashboard as at};
use super::page::{Page, Written, result};
use super::style::Styles;
use crate::judge::scorecard::{Line, Scorecard};
use crate::model::report::Section;
use crate::operate::report::Block;

/// The last column of the page.
const LAST: u16 = 9;
/// About how many characters of a sentence stand on one line of the page.
const ON_A_LINE: usize = 205;
/// The same beside a heading.
const BESIDE: usize = 180;
/// The widths of the first column and of the others.
const FIRST_WIDTH: u16 = 27;
const WIDTH: u16 = 20;
const SCORECARD: [&str; 10] = ["KPI", "AC", "PL", "ΔPL", "ΔPL%", "ΔPP", "ΔPY", "Status", "Signal", "Owner"];

pub(super) fn write(book: &Book<'_>, workbook: &mut Workbook) -> Written {
    let Ok(report) = book.cells.snapshot.report(None) else {
        let mut page = book.page(workbook, layout::REPORT, "No month is over yet.")?;
        return book.sheet(&mut page, 3, LAST);
    };
    let lead = format!("{}, {}. Sentences say what held on the as-of date; the figures of its tables follow what is edited.", report.title, report.month_text);
    let mut page = book.page(workbook, layout::REPORT, &lead)?;
    let styles = &book.styles;
    let people = [("From", &report.from), ("To", &report.to)].map(|(word, who)| format!("{word}: {}", who.as_deref().unwrap_or("nobody")));
    page.text(2, 0, &people.join("; "), &styles.lead)?;
    let mut row = layout::HEADINGS;
    for section in &report.sections {
        row = row.saturating_add(1);
        page.text(row, 0, &section.heading, &styles.section)?;
        row = row.saturating_add(1);
        for block in &section.blocks {
            row = match block {
                Block::Paragraph { text } => {
                    sentences(book, &mut page, row, 0, &text.to_string(), "")?;
                    row.saturating_add(1)
                }
                Block::Point { about, text, .. } => {
                    page.text(row, 0, about, &styles.wrapped_strong)?;
                    sentences(book, &mut page, row, 1, &text.to_string(), about)?;
                    row.saturating_add(1)
                }
                Block::Scorecard { scorecard } => scorecard_rows(book, &mut page, row, scorecard)?,
                Block::Table { columns, rows, .. } => {
                    let live = match section.section {
                        Section::Plan => live_targets(book, rows),
                        Section::Budget => live_budget(book, rows.len()),
                        _ => Vec::new(),
                    };
                    table(&mut page, styles, row, columns, rows, &live)?;
                    row.saturating_add(u32::try_from(rows.len()).unwrap_or(0)).saturating_add(2)
                }
            };
        }
    }
    page.sheet.set_column_width(0, f64::from(FIRST_WIDTH))?;
    for column in 1..=LAST {
        page.sheet.set_column_width(column, f64::from(WIDTH))?;
    }
    book.sheet(&mut page, row, LAST)
}

/// A text across the page, in a row that is high enough for it.
fn sentences(book: &Book<'_>, page: &mut Page<'_>, row: u32, column: u16, text: &str, about: &str) -> Written {
    let text = super::page::shown(text, 8_000);
    let of_heading = about.chars().count().div_ceil(usize::from(FIRST_WIDTH));
    let lines = text.chars().count().div_ceil(if column == 0 { ON_A_LINE } else { BESIDE }).max(of_heading).clamp(1, 28);
    let format = if column == 0 { book.styles.wrapped.clone().set_indent(0) } else { book.styles.wrapped.clone() };
    page.sheet.merge_range(row, column, row, LAST, "", &format)?;
    page.text(row, column, &text, &format)?;
    page.sheet.set_row_height(row, f64::from(u32::try_from(lines).unwrap_or(1)) * 14.0 + 3.0)?;
    Ok(())
}

/// A cell of a table that comes from another sheet.
struct Live {
    row: usize,
    column: u16,
    formula: String,
    result: String,
    format: Format,
}

fn table(page: &mut Page<'_>, styles: &Styles, from: u32, columns: &[String], rows: &[Vec<String>], live: &[Live]) -> Written {
    table_row(page, from, columns, &styles.heading)?;
    for ((at, position), cells) in (from.saturating_add(1)..).zip(0usize..).zip(rows) {
        table_row(page, at, cells, &styles.wrapped)?;
        page.text(at, 0, cells.first().map_or("", String::as_str), &styles.wrapped.clone().set_indent(0))?;
        for figure in live.iter().filter(|figure| figure.row == position) {
            page.formula(at, figure.column, &figure.formula, &figure.result, &figure.format)?;
        }
    }
    Ok(())
}

fn table_row(page: &mut Page<'_>, row: u32, texts: &[String], format: &Format) -> Written {
    (0u16..).zip(texts).try_for_each(|(column, text)| page.text(row, column, text, format))?;
    let widths: Vec<(&str, u16)> = (0u16..).zip(texts).map(|(column, text)| (text.as_str(), if column == 0 { FIRST_WIDTH } else { WIDTH })).collect();
    page.fit(row, &widths)
}

/// The targets of the table of the plan that are those of the dashboard: one number, set for a period
/// as long as the one that is told. Others are texts, and so is what has a name that two KPIs have.
fn live_targets(book: &Book<'_>, rows: &[Vec<String>]) -> Vec<Live> {
    let blocks = || (0u32..).zip(&book.cells.blocks);
    let of_row = |(row, texts): (usize, &Vec<String>)| {
        let [name, shown, ..] = texts.as_slice() else { return None };
        let mut named = blocks().filter(|(_, block)| block.kpi.name == *name);
        let (position, block) = named.next().filter(|_| named.next().is_none())?;
        let line = block.line_now()?;
        let target = line.target.as_ref().filter(|target| target.low == target.high && target.set_for == line.period.grain)?;
        let base = &line.plan.base;
        let cell = cell_in(layout::DASHBOARD, dashboard::now_row(position), at::PL);
        let is_it = base.value.number() == Some(&target.low) && base.text == *shown;
        is_it.then(|| Live { row, column: 1, formula: format!("={cell}"), result: result(&base.value), format: book.format(block, at::PL) })
    };
    rows.iter().enumerate().filter_map(of_row).collect()
}

/// The amounts of the table of the budget, which are those of the sheet of the plan.
fn live_budget(book: &Book<'_>, rows: usize) -> Vec<Live> {
    let Ok(told) = book.cells.snapshot.budget(None) else { return Vec::new() };
    let Some(position) = book.budgets.iter().position(|budget| budget.period == told.period && budget.lines.len() == rows) else { return Vec::new() };
    let first = super::budget::first_line(&book.budgets, layout::HEADINGS, position);
    let plain = book.styles.figure(Some(&told.unit), true);
    let mut live = Vec::new();
    for ((row, at), line) in (0..).zip(first..).zip(&told.lines) {
        for (column, (of, result)) in (2u16..).zip(super::budget::results(&line.amounts)) {
            let format = if of == super::budget::VARIANCE { book.styles.change(&told.unit, true) } else { plain.clone() };
            // What refers to an empty cell comes to zero, and must not.
            let formula = format!("=IF(ISNUMBER({0}),{0},\"missing\")", cell_in(layout::PLAN, at, of));
            live.push(Live { row, column, formula, result, format });
        }
    }
    live
}

/// The scorecard of the month, each figure from its cell on the dashboard.
fn scorecard_rows(book: &Book<'_>, page: &mut Page<'_>, from: u32, scorecard: &Scorecard) -> Result<u32, rust_xlsxwriter::XlsxError> {
    let styles = &book.styles;
    page.texts(from, &SCORECARD, &styles.heading)?;
    let mut row = from;
    for line in &scorecard.lines {
        row = row.saturating_add(1);
        let found = (0u32..).zip(&book.cells.blocks).find(|(_, block)| block.kpi.definition.id == line.kpi);
        let Some((position, block)) = found else { continue };
        let name = if line.period == scorecard.period { line.name.clone() } else { format!("{} ({})", line.name, line.period.label) };
        page.text(row, 0, &name, &styles.wrapped_strong)?;
        page.fit(row, &[(&name, FIRST_WIDTH)])?;
        let of = dashboard::now_row(position);
        for (column, (from, shown)) in (1u16..).zip(figures(line)) {
            let format = book.format(block, from);
            match shown {
                Some(shown) if line.period == block.now => page.formula(row, column, &format!("={}", cell_in(layout::DASHBOARD, of, from)), &shown, &format)?,
                Some(shown) => page.text(row, column, &shown, &format)?,
                None => page.text(row, column, "–", &format)?,
            }
        }
        page.text(row, 8, line.status.signal.words(), &styles.text)?;
        page.text(row, 9, line.owner.as_ref().map_or("nobody", |owner| owner.name.as_str()), &styles.text)?;
    }
    Ok(row.saturating_add(2))
}

/// The columns of the dashboard that the report shows, and what they come to.
fn figures(line: &Line) -> [(u16, Option<String>); 7] {
    [
        (at::AC, Some(result(&line.actual.value))),
        (at::PL, Some(result(&line.plan.base.value))),
        (at::CHANGE, Some(result(&line.plan.change.value))),
        (at::RELATIVE, line.plan.relative.as_ref().map(|relative| result(&relative.value))),
        (at::PP + 1, Some(result(&line.previous.change.value))),
        (at::PY + 1, Some(result(&line.prior_year.change.value))),
        (at::STATUS, Some(line.status.target.words().to_owned())),
    ]
}
