//! The calendar of reviews: which fall on which days in the weeks to come, and who holds them.

use rust_xlsxwriter::Workbook;

use super::Book;
use super::layout;
use super::page::Written;
use crate::base::calendar::Grain;
use crate::base::id::Id;
use crate::model::element::ElementKind;

const HEADINGS: [&str; 8] = ["Day", "Through", "Weekday", "Id", "Review", "What", "Held by", "Stands in"];
/// A quarter and the week that the as-of date is in.
const WEEKS: usize = 14;
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

pub(super) fn write(book: &Book<'_>, workbook: &mut Workbook) -> Written {
    let lead = "The reviews of the week of the as-of date and of the 13 weeks after it, by their cadence.";
    let mut page = book.page(workbook, layout::CALENDAR, lead)?;
    let styles = &book.styles;
    page.texts(layout::HEADINGS, &HEADINGS, &styles.heading)?;
    let (snapshot, mut row) = (book.cells.snapshot, layout::HEADINGS);
    let system = snapshot.system();
    let name = |id: &Id| system.person(id.as_str()).map_or_else(|| id.to_string(), |person| person.name.clone());
    let calendar = system.calendar();
    let mut unanswered: Vec<(String, String)> = Vec::new();
    let weeks = std::iter::successors(Some(calendar.period(Grain::Week, snapshot.as_of())), |week| calendar.next(week));
    for week in weeks.take(WEEKS) {
        let Ok(shipping) = system.whats_shipping(Some(&week.label), snapshot.as_of()) else { continue };
        for item in shipping.items.iter().filter(|item| item.part.kind == ElementKind::Review) {
            row = row.saturating_add(1);
            match item.on {
                Some(day) => {
                    page.date(row, 0, day, &styles.date)?;
                    page.text(row, 2, WEEKDAYS.get(usize::try_from(day.days_since_monday()).unwrap_or(0)).copied().unwrap_or_default(), &styles.text)?;
                }
                None => {
                    page.text(row, 0, &format!("some day of {}", week.label), &styles.text)?;
                    page.text(row, 2, "", &styles.text)?;
                }
            }
            match item.through {
                Some(day) => page.date(row, 1, day, &styles.date)?,
                None => page.text(row, 1, "", &styles.text)?,
            }
            page.text(row, 3, &item.part.id, &styles.quiet)?;
            page.text(row, 4, &item.part.name, &styles.strong)?;
            page.text(row, 5, &item.what, &styles.text)?;
            page.text(row, 6, &item.who.as_ref().map_or_else(|| "nobody".to_owned(), name), &styles.text)?;
            page.text(row, 7, &item.deputy.as_ref().map(name).unwrap_or_default(), &styles.text)?;
        }
        for unknown in shipping.unanswered.into_iter().filter(|unknown| unknown.part.kind == ElementKind::Review) {
            let said = (unknown.part.name, unknown.reason);
            if !unanswered.contains(&said) {
                unanswered.push(said);
            }
        }
    }
    for (column, width) in [(0, 13.0), (1, 12.0), (2, 12.0), (3, 19.0), (4, 26.0), (5, 40.0), (6, 18.0), (7, 18.0)] {
        page.sheet.set_column_width(column, width)?;
    }
    if row == layout::HEADINGS {
        row = row.saturating_add(1);
        page.text(row, 0, "no review falls on a day that the system can tell", &styles.lead)?;
    }
    let last = row;
    for (review, reason) in unanswered {
        row = row.saturating_add(1);
        page.text(row.saturating_add(1), 0, &format!("{review}: {reason}"), &styles.lead)?;
    }
    book.table(&mut page, layout::HEADINGS, last, 7)
}
