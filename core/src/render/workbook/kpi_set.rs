//! The sheet of KPIs: what each is called, what it means, who answers for it.

use rust_xlsxwriter::Workbook;

use super::Book;
use super::layout::{self, kpi_set};
use super::page::Written;
use crate::judge::describe::describe;
use crate::model::kpi::Direction;

pub(super) fn write(book: &Book<'_>, workbook: &mut Workbook) -> Written {
    let mut page =
        book.page(workbook, layout::KPI_SET, "Yellow cells can be edited and read back. How a figure is computed is changed in the system's text.")?;
    let styles = &book.styles;
    page.texts(layout::HEADINGS, &kpi_set::HEADINGS, &styles.heading)?;
    let snapshot = book.cells.snapshot;
    for (row, block) in (layout::HEADINGS.saturating_add(1)..).zip(&book.cells.blocks) {
        let kpi = block.kpi;
        let owner = snapshot.owner_of(&kpi.owner);
        page.text(row, 0, kpi.definition.id.as_str(), &styles.quiet)?;
        let typed = [kpi.name.as_str(), &kpi.unit.to_string(), direction(kpi.direction), owner.as_ref().map_or("", |owner| &owner.name)];
        for (column, text) in (1u16..).zip(typed) {
            page.text(row, column, text, &styles.typed_text)?;
        }
        page.text(row, 5, owner.as_ref().and_then(|owner| owner.deputy.as_deref()).unwrap_or_default(), &styles.text)?;
        page.text(row, 6, kpi.stage.as_ref().map_or("", |stage| stage.as_str()), &styles.text)?;
        page.text(row, 7, &kpi.variant, &styles.typed_text)?;
        page.text(row, 8, &kpi.meaning, &styles.typed_text)?;
        let definition = describe(snapshot.system(), &kpi.definition);
        page.text(row, 9, &definition, &styles.wrapped)?;
        page.fit(row, &[(&kpi.name, 22), (&kpi.meaning, 34), (&definition, 38)])?;
        let planned = block.line_now();
        let target = book.targets.row(kpi, &block.now).map(|row| layout::cell_in(layout::PLAN, row, layout::targets::LOW_COLUMN));
        if let (Some(target), Some(line)) = (target, planned) {
            let result = line.target.as_ref().map_or_else(|| "no target".to_owned(), |target| super::page::result(&crate::Value::of(target.low.clone())));
            if let Some(target) = line.target.as_ref().filter(|target| target.low != target.high) {
                page.note(row, 10, &format!("The lower bound of a band up to {}.", kpi.unit.format(&target.high)))?;
            }
            page.formula(row, 10, &format!("=IF(ISNUMBER({target}),{target},\"no target\")"), &result, &styles.figure(Some(&kpi.unit), block.whole))?;
        }
        page.text(row, 11, planned.and_then(|line| line.target.as_ref()).map_or("", |target| target.document.as_str()), &styles.wrapped)?;
    }
    let last = layout::HEADINGS.saturating_add(u32::try_from(book.cells.blocks.len()).unwrap_or(0));
    for (column, width) in [(0, 17.0), (1, 22.0), (2, 15.0), (3, 9.0), (4, 14.0), (5, 14.0), (6, 12.0), (7, 14.0), (8, 34.0), (9, 38.0), (10, 13.0), (11, 22.0)]
    {
        page.sheet.set_column_width(column, width)?;
    }
    book.table(&mut page, layout::HEADINGS, last, 11)
}

pub(crate) fn direction(direction: Direction) -> &'static str {
    Direction::WORDS.iter().find(|(_, known)| *known == direction).map_or("", |(word, _)| word)
}
