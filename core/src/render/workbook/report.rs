//! The monthly report: its sentences as they stand, and its figures from the dashboard.

use rust_xlsxwriter::Workbook;

use super::Book;
use super::dashboard;
use super::layout::{self, cell_in, dashboard as at};
use super::page::{Page, Written, result};
use crate::judge::scorecard::{Line, Scorecard};
use crate::operate::report::Block;

/// The last column of the page.
const LAST: u16 = 9;
/// About how many characters of a sentence stand on one line of the page.
const ON_A_LINE: usize = 165;
/// The same beside a heading.
const BESIDE: usize = 135;
const SCORECARD: [&str; 10] = ["KPI", "AC", "PL", "ΔPL", "ΔPL%", "ΔPP", "ΔPY", "Status", "Signal", "Owner"];

pub(super) fn write(book: &Book<'_>, workbook: &mut Workbook) -> Written {
    let Ok(report) = book.cells.snapshot.report(None) else {
        let mut page = book.page(workbook, layout::REPORT, "No month is over yet.")?;
        return book.sheet(&mut page, 3, LAST);
    };
    let lead =
        format!("{}, {}. Sentences say what held on the as-of date; figures in the scorecard are those of the dashboard.", report.title, report.month_text);
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
                    sentences(book, &mut page, row, 0, &text.to_string())?;
                    row.saturating_add(1)
                }
                Block::Point { about, text, .. } => {
                    page.text(row, 0, about, &styles.strong)?;
                    sentences(book, &mut page, row, 1, &text.to_string())?;
                    row.saturating_add(1)
                }
                Block::Scorecard { scorecard } => scorecard_rows(book, &mut page, row, scorecard)?,
                Block::Table { columns, rows, .. } => {
                    let texts = |texts: &[String]| texts.to_vec();
                    table_row(&mut page, row, &texts(columns), &styles.heading)?;
                    for (at, cells) in (row.saturating_add(1)..).zip(rows) {
                        table_row(&mut page, at, &texts(cells), &styles.wrapped)?;
                    }
                    row.saturating_add(u32::try_from(rows.len()).unwrap_or(0)).saturating_add(2)
                }
            };
        }
    }
    page.sheet.set_column_width(0, 25.0)?;
    for column in 1..=LAST {
        page.sheet.set_column_width(column, 17.0)?;
    }
    book.sheet(&mut page, row, LAST)
}

/// A text across the page, in a row that is high enough for it.
fn sentences(book: &Book<'_>, page: &mut Page<'_>, row: u32, column: u16, text: &str) -> Written {
    let text = super::page::shown(text, 8_000);
    let lines = text.chars().count().div_ceil(if column == 0 { ON_A_LINE } else { BESIDE }).clamp(1, 28);
    page.sheet.merge_range(row, column, row, LAST, "", &book.styles.wrapped)?;
    page.text(row, column, &text, &book.styles.wrapped)?;
    page.sheet.set_row_height(row, f64::from(u32::try_from(lines).unwrap_or(1)) * 14.0 + 3.0)?;
    Ok(())
}

fn table_row(page: &mut Page<'_>, row: u32, texts: &[String], format: &rust_xlsxwriter::Format) -> Written {
    (0u16..).zip(texts).try_for_each(|(column, text)| page.text(row, column, text, format))?;
    let widths: Vec<(&str, u16)> = (0u16..).zip(texts).map(|(column, text)| (text.as_str(), if column == 0 { 25 } else { 17 })).collect();
    page.fit(row, &widths)
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
        page.text(row, 0, &name, &styles.strong)?;
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
