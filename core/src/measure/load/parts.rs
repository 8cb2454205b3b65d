//! CSV text that is read as it comes, and never held as a whole.

use std::io::{ErrorKind, Read};

use super::csv::Csv;
use super::sink::Sink;
use crate::base::code::Code;
use crate::base::finding::Mark;
use crate::text::{NOT_UTF8, Notes, byte_order_mark};

/// The bytes that are held, as long as no record is longer: few enough to stay near the processor.
const HELD: usize = 1 << 18;

/// The text from a source of bytes, of which a part is held.
struct Held<R> {
    reader: R,
    bytes: Vec<u8>,
    filled: usize,
    /// Whether all has been read.
    last: bool,
    /// How many characters the line has on which the held bytes begin before these.
    column: usize,
}

impl<R: Read> Held<R> {
    /// Reads what there is room for, and makes more where there is none.
    fn fill(&mut self) -> std::io::Result<()> {
        if self.filled == self.bytes.len() {
            self.bytes.resize(self.bytes.len().saturating_mul(2), 0);
        }
        while !self.last
            && let Some(free) = self.bytes.get_mut(self.filled..).filter(|free| !free.is_empty())
        {
            match self.reader.read(free) {
                Ok(0) => self.last = true,
                Ok(read) => self.filled = self.filled.saturating_add(read),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// The characters that are held in full; `Err` with those before bytes that are none.
    fn text(&self) -> Result<&str, &str> {
        let bytes = self.bytes.get(..self.filled).unwrap_or_default();
        std::str::from_utf8(bytes).or_else(|error| {
            let text = std::str::from_utf8(bytes.get(..error.valid_up_to()).unwrap_or_default()).unwrap_or_default();
            if error.error_len().is_none() && !self.last { Ok(text) } else { Err(text) }
        })
    }

    /// Lets go of so many bytes.
    fn drop(&mut self, bytes: usize) {
        let text = self.bytes.get(..bytes).unwrap_or_default();
        let before = if text.contains(&b'\n') { 0 } else { self.column };
        self.column = before.saturating_add(characters(text));
        self.bytes.copy_within(bytes..self.filled, 0);
        self.filled = self.filled.saturating_sub(bytes);
    }
}

/// The characters on the last line of a text.
fn characters(text: &[u8]) -> usize {
    let line = text.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    std::str::from_utf8(line).map_or(0, |line| line.chars().count())
}

fn lines(text: &str) -> u32 {
    u32::try_from(text.bytes().filter(|byte| *byte == b'\n').count()).unwrap_or(u32::MAX)
}

/// Reads a header and rows, as [`super::csv::read`] does from a text.
///
/// # Errors
/// What the source of bytes says.
pub(in crate::measure) fn read(reader: impl Read, sink: &mut Sink<'_>, notes: &mut Notes<'_>) -> std::io::Result<Option<()>> {
    read_held(reader, HELD, sink, notes)
}

fn read_held(reader: impl Read, room: usize, sink: &mut Sink<'_>, notes: &mut Notes<'_>) -> std::io::Result<Option<()>> {
    let noted = notes.findings.len();
    let mut held = Held { reader, bytes: vec![0; room], filled: 0, last: false, column: 0 };
    let mut csv = Csv::new(sink);
    let mut done = Some(());
    let mut line = 1u32;
    held.fill()?;
    if held.text().is_ok_and(|text| byte_order_mark(text, notes).len() < text.len()) {
        held.drop('\u{feff}'.len_utf8());
    }
    loop {
        let text = match held.text() {
            Ok(text) => text,
            Err(before) => {
                // As if that had been looked at first.
                notes.findings.truncate(noted);
                let line = line.saturating_add(lines(before));
                let column = if before.contains('\n') { 0 } else { held.column };
                let column = column.saturating_add(characters(before.as_bytes())).saturating_add(1);
                let mark = Mark { line, column: u32::try_from(column).unwrap_or(u32::MAX) };
                notes.error(Code::NotUtf8, mark, NOT_UTF8.0, NOT_UTF8.1);
                return Ok(None);
            }
        };
        let last = held.last;
        done = done.and_then(|()| csv.read(text, last, sink, notes));
        if last {
            return Ok(done);
        }
        let read = if done.is_some() {
            let (read, next) = csv.place();
            csv.go_on();
            line = next;
            read
        } else {
            // Nothing more of it is used, but all of it has to be text.
            line = line.saturating_add(lines(text));
            text.len()
        };
        held.drop(read);
        held.fill()?;
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use proptest::prelude::*;

    use super::super::super::table::Table;
    use super::super::csv;
    use super::super::sink::Sink;
    use super::read_held;
    use crate::System;
    use crate::base::finding::Finding;
    use crate::text::{Notes, Source, decode_unbounded};

    const SYSTEM: &str = "{marketingos: 1, name: S, sources: {s: {date: day, entity: lead, dimensions: [channel], measures: [amount], rows: events}}}";

    /// All that is known of rows: their hashes, how many there are, and what was not used.
    type Known = (Option<(u128, usize, u64, Vec<Finding>)>, Vec<Finding>);

    fn known(read: impl FnOnce(&mut Sink<'_>, &mut Notes<'_>) -> Option<()>) -> Known {
        let system = System::parse(&[Source::new("system.yaml", SYSTEM)]).unwrap().0;
        let source = system.source("s").unwrap();
        let (table, mut findings) = (Table::new(source), Vec::new());
        let mut sink = Sink::new(&table, source, "s.csv");
        let read = read(&mut sink, &mut Notes { file: "s.csv", findings: &mut findings });
        let loaded = read.map(|()| sink.finish(&table));
        (loaded.map(|loaded| (loaded.table.hashes, loaded.table.rows(), loaded.refusals.rows, loaded.refusals.findings(source).collect())), findings)
    }

    /// A few bytes at a time.
    struct Drip<'t>(&'t [u8], usize);

    impl Read for Drip<'_> {
        fn read(&mut self, free: &mut [u8]) -> std::io::Result<usize> {
            let some = free.len().min(self.1);
            self.0.read(&mut free[..some])
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn a_text_in_parts_is_that_text(
            head in prop_oneof![4 => Just("day,lead,channel,amount\n"), 1 => Just("\u{feff}day,lead,channel,amount\r\n"), 1 => Just("\n\nday,lead,amount\r"), 1 => Just("")],
            pieces in prop::collection::vec(prop_oneof![
                9 => Just(&b"2026-01-05,a,paid,12.5\n"[..]), 3 => Just(&b"2026-01-06,b,own,7\r\n"[..]), 1 => Just(&b"\n"[..]), 1 => Just(&b"\r"[..]),
                1 => Just(&b"\""[..]), 1 => Just(&b"2026-01-07,\"a,\n\"\"\",\"\",-3\n"[..]), 1 => Just(&b","[..]), 1 => Just("2026-01-07,ä€,😀,x\n".as_bytes()),
                1 => Just(&b"x"[..]), 1 => Just(&b"\r\n"[..]), 1 => Just("\u{feff}".as_bytes()), 1 => Just(&b"2026-02-30,a,paid,12.5\n"[..])
            ], 0..80),
            bad in prop::option::weighted(0.1, 0usize..500),
            room in 4usize..300,
            drip in 1usize..400,
        ) {
            let mut text = [head.as_bytes(), &pieces.concat()].concat();
            if let Some(bad) = bad {
                text.insert(bad.min(text.len()), 0xff);
            }
            let whole = known(|sink, notes| decode_unbounded(&text, notes).and_then(|text| csv::read(text, sink, notes)));
            let parts = known(|sink, notes| read_held(Drip(&text, drip), room, sink, notes).unwrap());
            prop_assert_eq!(parts, whole);
        }
    }
}
