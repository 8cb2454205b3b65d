//! The calendar of reviews and components: what is due when, who sees to it, and what became of it.

use rust_xlsxwriter::{Format, Workbook};

use super::Book;
use super::layout;
use super::page::{Page, Written};
use super::style::Styles;
use crate::base::calendar::Grain;
use crate::base::date::Date;
use crate::judge::snapshot::Snapshot;
use crate::operate::rhythm::{Rhythm, RhythmItem, RhythmKind, RhythmStatus};

const HEADINGS: [&str; 10] = ["Due", "Weekday", "At", "Min.", "What", "Name", "Held or made by", "Status", "Done on", "What to know"];
const WIDTHS: [f64; 10] = [12.0, 12.0, 8.0, 7.0, 16.0, 30.0, 22.0, 21.0, 12.0, 60.0];
const LAST: u16 = 9;
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

pub(super) fn write(book: &Book<'_>, workbook: &mut Workbook) -> Written {
    let snapshot = book.cells.snapshot;
    let Some(rhythm) = rhythm(snapshot) else {
        let mut page = book.page(workbook, layout::CALENDAR, "The calendar ends before the next due date can be told.")?;
        return book.sheet(&mut page, layout::HEADINGS, LAST);
    };
    let mut page = book.page(workbook, layout::CALENDAR, &lead(&rhythm))?;
    let styles = &book.styles;
    page.texts(layout::HEADINGS, &HEADINGS, &styles.heading)?;
    let mut row = layout::HEADINGS;
    for item in &rhythm.items {
        row = row.saturating_add(1);
        line(&mut page, styles, row, item, rhythm.records > 0)?;
    }
    for (column, width) in (0u16..).zip(WIDTHS) {
        page.sheet.set_column_width(column, width)?;
    }
    if rhythm.items.is_empty() {
        row = row.saturating_add(1);
        page.text(row, 0, "nothing is due on a day that the system can tell", &styles.lead)?;
    }
    let table = row;
    let unanswered = rhythm.unanswered.iter().map(|cadence| format!("{}: {}", cadence.name, cadence.reason));
    let unmatched = rhythm.unmatched.iter().map(|record| format!("{}, {}: {}", record.id, record.on, record.reason));
    row = below(&mut page, styles, row, "What cannot be told", unanswered)?;
    row = below(&mut page, styles, row, "Records that count for none of these days", unmatched)?;
    book.table(&mut page, layout::HEADINGS, table, LAST)?;
    book.sheet(&mut page, row, LAST)
}

/// From the start of this quarter through the end of the next, or as far as that can be told.
fn rhythm(snapshot: &Snapshot) -> Option<Rhythm> {
    let calendar = snapshot.system().calendar();
    let next = calendar.next(&calendar.period(Grain::Quarter, snapshot.as_of()));
    next.and_then(|next| snapshot.rhythm(Some(next.last)).ok()).or_else(|| snapshot.rhythm(None).ok())
}

fn lead(rhythm: &Rhythm) -> String {
    let zone = rhythm.zone.as_deref().map_or_else(String::new, |zone| format!(" Times of day are those of {zone}."));
    let records = if rhythm.records == 0 { " No journal is kept: `late` says only that nothing was written down." } else { "" };
    format!(
        "What is due from {} through {}, moved where a holiday asks for it, and what the journal says became of it.{zone}{records}",
        rhythm.from, rhythm.through
    )
}

fn line(page: &mut Page<'_>, styles: &Styles, row: u32, item: &RhythmItem, is_kept: bool) -> Written {
    // Without a journal, nothing is known to be late.
    let format = if is_kept { status_format(styles, item.status) } else { &styles.quiet };
    page.date(row, 0, item.due, &styles.date)?;
    page.text(row, 1, weekday(item.due), &styles.text)?;
    page.text(row, 2, &item.at.map(|at| at.to_string()).unwrap_or_default(), &styles.text)?;
    page.text(row, 3, &item.minutes.map(|minutes| minutes.to_string()).unwrap_or_default(), &styles.text)?;
    page.text(row, 4, if item.kind == RhythmKind::Review { "review" } else { "component" }, &styles.quiet)?;
    page.text(row, 5, &item.name, &styles.strong)?;
    page.text(row, 6, item.who.as_deref().unwrap_or("nobody"), &styles.text)?;
    page.text(row, 7, &status(item), format)?;
    match item.held_on {
        Some(day) => page.date(row, 8, day, &styles.date)?,
        None => page.text(row, 8, "", &styles.text)?,
    }
    let known = known(item);
    page.text(row, 9, &known, &styles.wrapped)?;
    page.fit(row, &[(&item.name, 30), (&known, 60)])
}

/// `done 2 days late`, `late by 9 days`, `coming`.
fn status(item: &RhythmItem) -> String {
    let days = |days: i64| if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
    match (item.status, item.days) {
        (RhythmStatus::DoneLate, Some(late)) => format!("done {} late", days(late)),
        (RhythmStatus::Late, Some(late)) => format!("late by {}", days(late)),
        (status, _) => status.words().to_owned(),
    }
}

fn known(item: &RhythmItem) -> String {
    let moved = item.moved_from.map(|day| format!("moved from {} {day}", weekday(day)));
    let snapshot = item.snapshot.as_deref().map(|snapshot| format!("on the table: snapshot {}", snapshot.chars().take(12).collect::<String>()));
    [moved, item.reason.clone(), snapshot].into_iter().flatten().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ")
}

fn status_format(styles: &Styles, status: RhythmStatus) -> &Format {
    match status {
        RhythmStatus::Done => &styles.good_text,
        RhythmStatus::Late => &styles.bad_text,
        RhythmStatus::DoneLate | RhythmStatus::Due => &styles.strong,
        RhythmStatus::Skipped | RhythmStatus::Coming => &styles.quiet,
    }
}

fn weekday(day: Date) -> &'static str {
    WEEKDAYS.get(usize::try_from(day.days_since_monday()).unwrap_or(0)).copied().unwrap_or_default()
}

/// Sentences below the table, if there are any; the last row that they take.
fn below(page: &mut Page<'_>, styles: &Styles, row: u32, heading: &str, texts: impl Iterator<Item = String>) -> Result<u32, rust_xlsxwriter::XlsxError> {
    let mut at = row;
    for text in texts {
        if at == row {
            at = at.saturating_add(2);
            page.text(at, 0, heading, &styles.section)?;
        }
        at = at.saturating_add(1);
        page.text(at, 0, &text, &styles.lead)?;
    }
    Ok(at)
}
