//! CSV text: plain records many at a time, those with quotes and whatever else is not plain one
//! by one.

use super::header::{Columns, START, columns};
use super::records::Records;
use super::refusals::Part;
use super::scan::Plain;
use super::sink::{Given, Sink};
use crate::base::code::Code;
use crate::base::finding::Mark;
use crate::text::Notes;

/// When one part in so many has been read, room is made for the rest, so that columns need not
/// move as they grow.
const PART: usize = 16;

/// Reads a header and rows; `None` when a declared column is missing or the text cannot be read
/// at all.
pub(in crate::measure) fn read(text: &str, sink: &mut Sink<'_>, notes: &mut Notes<'_>) -> Option<()> {
    let mut csv = Csv::new(sink);
    csv.enough = text.len() / PART;
    csv.read(text, true, sink, notes)
}

/// CSV text that may come in parts.
pub(super) struct Csv {
    records: Records,
    plain: Plain,
    /// Once the header has been read.
    columns: Option<Columns>,
    /// Where enough has been read to tell how many rows there will be.
    enough: usize,
}

impl Csv {
    pub(super) fn new(sink: &Sink<'_>) -> Self {
        let separator = u8::try_from(sink.source.separator).unwrap_or(b',');
        Self { records: Records::new(separator), plain: Plain::new(separator), columns: None, enough: usize::MAX }
    }

    /// Reads records, as far as they are there in full if more is to come.
    pub(super) fn read(&mut self, text: &str, last: bool, sink: &mut Sink<'_>, notes: &mut Notes<'_>) -> Option<()> {
        let Self { records, plain, columns, enough } = self;
        let columns = match columns {
            Some(columns) => columns,
            None => match header(text, last, records, sink, notes)? {
                Some(found) => columns.insert(found),
                None => return Some(()),
            },
        };
        loop {
            let (position, line) = records.place();
            let (position, line) = past_blank_lines(text, position, line);
            let next = plain.find(text.as_bytes(), position, columns.width);
            let rows = plain.rows();
            if rows > 0 {
                sink.rows(text, plain, columns, line);
            }
            if next > *enough {
                sink.expect(PART);
                *enough = usize::MAX;
            }
            records.go_to(next, line.saturating_add(u32::try_from(rows).unwrap_or(u32::MAX)));
            if rows == 0 {
                if !records.read(text, last) {
                    return Some(());
                }
                one(records, columns, sink, notes)?;
            }
        }
    }

    /// Where the first record starts that has not been read, and on which line.
    pub(super) fn place(&self) -> (usize, u32) {
        self.records.place()
    }

    /// Goes on with a text that starts where the last one was not read any more.
    pub(super) fn go_on(&mut self) {
        let (_, line) = self.records.place();
        self.records.go_to(0, line);
    }
}

/// The columns; none yet where the header is not there in full.
fn header(text: &str, last: bool, records: &mut Records, sink: &Sink<'_>, notes: &mut Notes<'_>) -> Option<Option<Columns>> {
    let found = records.read(text, last);
    if !found && !last {
        return Some(None);
    }
    if !found || (0..records.width()).all(|index| records.cell(index).is_empty()) {
        notes.error(Code::EmptyText, START, "the text is empty", "give a header line with the declared columns");
        return None;
    }
    if records.unclosed() {
        return unclosed(records, notes);
    }
    let header: Vec<&str> = (0..records.width()).map(|index| records.cell(index)).collect();
    columns(sink.source, &header, notes).map(Some)
}

fn one(records: &Records, columns: &Columns, sink: &mut Sink<'_>, notes: &mut Notes<'_>) -> Option<()> {
    if records.is_blank() {
        return Some(());
    }
    if records.unclosed() {
        return unclosed(records, notes);
    }
    let mark = || Mark { line: records.first_line(), column: 1 };
    if records.width() != columns.width {
        sink.refuse_row(Code::RaggedRow, Part::Row, mark, || format!("{} cells instead of {}", records.width(), columns.width));
        return Some(());
    }
    sink.row(mark, |part| Given::Text(records.cell(columns.index(part))));
    Some(())
}

/// Where the first line starts that is not blank.
pub(super) fn past_blank_lines(text: &str, position: usize, line: u32) -> (usize, u32) {
    let rest = text.as_bytes().get(position..).unwrap_or_default();
    let blank = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r'));
    let (bytes, lines) = blank.fold((0usize, 0u32), |(bytes, lines), byte| (bytes.wrapping_add(1), lines.saturating_add(u32::from(*byte == b'\n'))));
    (position.saturating_add(bytes), line.saturating_add(lines))
}

fn unclosed<T>(records: &Records, notes: &mut Notes<'_>) -> Option<T> {
    let mark = Mark { line: records.first_line(), column: 1 };
    notes.error(
        Code::UnbalancedQuote,
        mark,
        "a quoted cell in the row that starts here is not closed",
        "close the quote, and double the quotes inside a quoted cell",
    );
    None
}
