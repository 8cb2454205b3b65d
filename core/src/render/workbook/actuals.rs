//! The sheet of actuals: what the KPIs are made of, one cell for each figure and period. What is
//! typed in here is all that the dashboard is computed from.

use rust_xlsxwriter::Workbook;

use super::Book;
use super::cells::{Made, Part};
use super::layout::{self, actuals};
use super::page::{self, Written, result};
use crate::base::number::Number;

pub(super) fn write(book: &Book<'_>, workbook: &mut Workbook) -> Written {
    let mut page = book.page(
        workbook,
        layout::ACTUALS,
        "Yellow cells can be edited: the dashboard follows. An empty cell is a missing value, never zero; beside it stands why.",
    )?;
    let styles = &book.styles;
    page.texts(layout::HEADINGS, &actuals::HEADINGS, &styles.heading)?;
    let system = book.cells.snapshot.system();
    let mut last = layout::HEADINGS;
    for (key, entry) in book.cells.entries.iter().filter(|(_, entry)| !entry.on_dashboard) {
        let Some(definition) = book.cells.definitions.get(key.figure) else { continue };
        let (row, id) = (entry.row, definition.id.as_str());
        last = last.max(row);
        let unit = match key.part {
            Part::Rows => None,
            _ => book.units.get(key.figure).and_then(Option::as_ref),
        };
        let name = system.kpi(id).map(|kpi| kpi.name.clone()).or_else(|| {
            let measure = system.measures().iter().find(|measure| measure.definition.id.as_str() == id);
            measure.map(|measure| measure.name.clone()).filter(|name| !name.is_empty())
        });
        let name = name.unwrap_or_else(|| id.replace('_', " "));
        let name = match key.part {
            Part::Whole => name,
            Part::Sum => format!("{name}: the sum"),
            Part::Rows => format!("{name}: the rows"),
        };
        let value = &entry.observation.value;
        let whole = value.number().is_none_or(Number::is_integer) && key.part != Part::Sum;
        page.text(row, 0, &format!("{id}{}", key.part.suffix()), &styles.quiet)?;
        page.text(row, 1, &name, &styles.text)?;
        page.text(row, 2, &unit.map(ToString::to_string).unwrap_or_default(), &styles.quiet)?;
        page.text(row, 3, &entry.period.label, &styles.text)?;
        page.date(row, 4, entry.period.first, &styles.date)?;
        page.date(row, 5, entry.period.last, &styles.date)?;
        let formula = book.cells.formula(entry);
        let how = match (&entry.made, &formula) {
            (_, Some(_)) => actuals::COMPUTED,
            (Made::Typed, _) => "typed in",
            (Made::Given(why), _) => why,
            (Made::Computed(..), None) => "a value: its formula is longer than a spreadsheet takes",
        };
        match &formula {
            Some(formula) => {
                page.formula(row, 6, formula, &result(value), &styles.figure(unit, whole))?;
                page.text(row, 7, "", &styles.text)?;
            }
            None => {
                page.input(row, 6, value.number(), &styles.typed(unit, whole))?;
                let lost = value.number().is_some() && page::double(value).is_none();
                page.text(row, 7, if lost { "undefined" } else { value.reason().unwrap_or_default() }, &styles.text)?;
            }
        }
        let caveats = entry.observation.caveats.iter().map(|caveat| caveat.text.clone());
        let why: Vec<String> = Some(value.cause().to_owned()).filter(|cause| !cause.is_empty()).into_iter().chain(caveats).collect();
        page.text(row, 8, &why.join("; "), &styles.quiet)?;
        let coverage = entry.observation.coverage;
        page.text(row, 9, &format!("{} of {}", coverage.days, coverage.of), &styles.quiet)?;
        page.text(row, 10, how, &styles.quiet)?;
    }
    for (column, width) in [(0, 22.0), (1, 26.0), (2, 18.0), (3, 10.0), (4, 11.0), (5, 11.0), (6, 14.0), (7, 12.0), (8, 38.0), (9, 10.0), (10, 60.0)] {
        page.sheet.set_column_width(column, width)?;
    }
    book.table(&mut page, layout::HEADINGS, last, 10)
}
