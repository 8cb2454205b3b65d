//! Records of CSV text, by a reader that knows quotes.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// The records of a text, which may come in parts. What was read last stays here until the next
/// is read.
pub(super) struct Records {
    reader: Reader,
    separator: u8,
    /// Where the next record starts, blank lines before it included …
    position: usize,
    /// … and on which line, from 1.
    line: u32,
    cells: Vec<u8>,
    ends: Vec<usize>,
    width: usize,
    record_line: u32,
    unclosed: bool,
    /// Whether a record has been read.
    begun: bool,
}

impl Records {
    pub(super) fn new(separator: u8) -> Self {
        let reader = ReaderBuilder::new().delimiter(separator).build();
        let (cells, ends) = (vec![0; 1024], vec![0; 64]);
        Self { reader, separator, position: 0, line: 1, cells, ends, width: 0, record_line: 1, unclosed: false, begun: false }
    }

    /// Where the next record starts: its offset and line.
    pub(super) fn place(&self) -> (usize, u32) {
        (self.position, self.line)
    }

    /// Goes to where a record starts.
    pub(super) fn go_to(&mut self, position: usize, line: u32) {
        (self.position, self.line) = (position, line);
    }

    /// Reads the next record; says whether there is one. If more of the text is to come, a record
    /// that may go on in it is left for later.
    pub(super) fn read(&mut self, text: &str, last: bool) -> bool {
        let start = text.as_bytes().get(self.position..).unwrap_or_default();
        let read = self.read_cells(start);
        if !last && read.is_none_or(|read| read == start.len()) {
            self.reader.reset();
            if self.begun {
                // Nothing comes of a blank line, but a byte order mark after it is a character like others.
                self.reader.read_record(b"\n", &mut [0], &mut [0]);
            }
            return false;
        }
        let Some(read) = read else { return false };
        self.begun = true;
        let consumed = start.get(..read).unwrap_or_default();
        let line_ends = |bytes: &[u8]| u32::try_from(bytes.iter().filter(|byte| **byte == b'\n').count()).unwrap_or(u32::MAX);
        // Blank lines before a record belong to no record.
        let blank = consumed.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        self.record_line = self.line.saturating_add(line_ends(consumed.get(..blank).unwrap_or_default()));
        self.line = self.line.saturating_add(line_ends(consumed));
        self.position = self.position.saturating_add(consumed.len());
        self.unclosed = read == start.len() && ends_in_quotes(consumed, self.separator);
        true
    }

    /// Reads the cells of a record; gives how many bytes it has, if there is one.
    fn read_cells(&mut self, text: &[u8]) -> Option<usize> {
        let (mut used_cells, mut used_ends) = (0usize, 0usize);
        let mut rest = text;
        loop {
            let (cells, ends) = (self.cells.get_mut(used_cells..)?, self.ends.get_mut(used_ends..)?);
            let (result, read, written, ended) = self.reader.read_record(rest, cells, ends);
            rest = rest.get(read..).unwrap_or_default();
            used_cells = used_cells.saturating_add(written);
            used_ends = used_ends.saturating_add(ended);
            match result {
                ReadRecordResult::OutputFull => self.cells.resize(self.cells.len().saturating_mul(2), 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len().saturating_mul(2), 0),
                // An empty rest tells the reader that the text has ended.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return None,
            }
        }
        self.width = used_ends;
        Some(text.len().saturating_sub(rest.len()))
    }

    /// The number of cells of the record.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// A cell of the record; empty beyond its end.
    pub(super) fn cell(&self, index: usize) -> &str {
        let ends = self.ends.get(..self.width).unwrap_or_default();
        let start = index.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
        let bytes = ends.get(index).and_then(|end| self.cells.get(start..*end)).unwrap_or_default();
        // Cells of a text are text: separators and quotes are characters of their own.
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    /// Whether the record is a line without anything.
    pub(super) fn is_blank(&self) -> bool {
        self.width <= 1 && self.cell(0).is_empty()
    }

    /// The line on which the record starts, from 1.
    pub(super) fn first_line(&self) -> u32 {
        self.record_line
    }

    /// Whether the text ended inside a quoted cell.
    pub(super) fn unclosed(&self) -> bool {
        self.unclosed
    }
}

/// Whether a record that the text's end closes still has a quoted cell open. A quote opens a
/// cell only where one starts; elsewhere, as in `5" screen`, it is a character like others.
fn ends_in_quotes(record: &[u8], separator: u8) -> bool {
    #[derive(PartialEq)]
    enum State {
        Start,
        Plain,
        Quoted,
        AfterQuote,
    }
    let mut state = State::Start;
    for byte in record {
        state = match (&state, *byte) {
            (State::Start, b'"') | (State::AfterQuote, b'"') => State::Quoted,
            (State::Quoted, b'"') => State::AfterQuote,
            (State::Quoted, _) => State::Quoted,
            (_, byte) if byte == separator || byte == b'\n' || byte == b'\r' => State::Start,
            _ => State::Plain,
        };
    }
    state == State::Quoted
}

#[cfg(test)]
mod tests {
    use super::ends_in_quotes;

    #[test]
    fn a_quote_opens_a_cell_only_where_one_starts() {
        for (record, open) in [
            ("a,\"b", true),
            ("a,\"b\"", false),
            ("a,\"b\"\"", true),
            ("a,5\" screen", false),
            ("\"a\"b\"", false),
            ("\"a\",\"\n\n", true),
            ("\n\"a", true),
            ("", false),
        ] {
            assert_eq!(ends_in_quotes(record.as_bytes(), b','), open, "{record:?}");
        }
    }
}
