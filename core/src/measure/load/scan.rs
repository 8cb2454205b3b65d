//! Where the cells of plain records lie: those without quotes, and as many as the header has.
//!
//! Sixty-four bytes are compared at a time, in a form that compilers turn into wide
//! instructions. First all marks are noted without a look at what each is, and then it is checked
//! that they are those of plain records; if not, [`Plain::find_slowly`] goes as far as they are.
//! What is not plain at all is left to [`super::records`].

use std::ops::Range;

/// Rows that are found together: few enough to stay near the processor while their columns are
/// read one after another.
const ROWS: usize = 1024;
/// Rows that are tried together after some that were not plain.
const FEW_ROWS: usize = 8;
/// A record longer than this is left to the other reader, as are so many bytes of plain ones.
const MOST_BYTES: usize = 1 << 20;
/// Marks of a block that are noted at once.
const AT_ONCE: usize = 16;

/// Records side by side.
pub(super) struct Plain {
    width: usize,
    separator: u8,
    /// Where in the text the first record starts.
    from: usize,
    /// Where each cell ends, from there; before them, as if a cell had ended before the first.
    marks: Vec<u32>,
    rows: usize,
    /// Whether lines end in `\r\n`: 1, or 0.
    returns: u32,
    /// How many rows to try next.
    ambition: usize,
}

/// What a block of bytes has.
struct Look {
    /// The bytes that end a cell: a bit each.
    marks: u64,
    lines: u8,
    /// Whether there is a quote or a `\r`.
    others: bool,
}

#[inline]
fn look(block: &[u8; 64], separator: u8) -> Look {
    let mut hits = [0u8; 64];
    let (mut lines, mut others) = (0u8, 0u8);
    for (hit, byte) in hits.iter_mut().zip(block) {
        *hit = u8::from((*byte == separator) | (*byte == b'\n'));
    }
    for byte in block {
        lines = lines.wrapping_add(u8::from(*byte == b'\n'));
        others |= u8::from((*byte == b'"') | (*byte == b'\r'));
    }
    let mut marks = 0u64;
    for (index, eight) in hits.as_chunks::<8>().0.iter().enumerate() {
        // Gathers the lowest bit of each byte in the highest byte.
        let gathered = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        marks |= gathered << index.wrapping_mul(8);
    }
    Look { marks, lines, others: others != 0 }
}

/// The lowest bits, of which there are a few, each at its place from `base`.
#[inline]
fn note(marks: &mut [u32], mut bits: u64, base: u32) -> u64 {
    for mark in marks {
        *mark = base.wrapping_add(bits.trailing_zeros());
        bits &= bits.wrapping_sub(1);
    }
    bits
}

fn index(mark: u32) -> usize {
    usize::try_from(mark).unwrap_or(usize::MAX)
}

impl Plain {
    pub(super) fn new(separator: u8) -> Self {
        Self { width: 0, separator, from: 0, marks: Vec::new(), rows: 0, returns: 0, ambition: FEW_ROWS }
    }

    /// Finds plain records of so many cells from where a record starts; gives where the next one does. Blank
    /// lines, records of another width and a last line that is not ended stop the search.
    pub(super) fn find(&mut self, text: &[u8], from: usize, width: usize) -> usize {
        (self.from, self.width) = (from, width);
        let rest = text.get(from..).unwrap_or_default();
        if !self.find_fast(rest) {
            self.find_slowly(rest);
        }
        // As if a line had ended before the first record.
        if let Some(before) = self.marks.first_mut() {
            *before = self.returns.wrapping_add(1).wrapping_neg();
        }
        let last = self.marks.get(self.rows.wrapping_mul(self.width)).copied().unwrap_or(0);
        let length = index(last.wrapping_add(1).wrapping_add(self.returns));
        from.wrapping_add(length)
    }

    /// Notes many marks at once; says whether they are those of plain records.
    fn find_fast(&mut self, text: &[u8]) -> bool {
        self.rows = 0;
        let wanted = self.ambition.saturating_mul(self.width);
        self.ambition = FEW_ROWS;
        // A line of one column that is empty is a blank line.
        if self.width < 2 {
            return false;
        }
        let blocks = text.as_chunks::<64>().0;
        let (mut count, mut lines, mut returns) = (1usize, 0usize, 0usize);
        let mut base = 0u32;
        let mut last = 0u8;
        if self.marks.is_empty() {
            self.marks.push(0);
        }
        for block in blocks.iter().take(MOST_BYTES / 64) {
            let found = look(block, self.separator);
            if count > wanted || (found.others && block.contains(&b'"')) {
                break;
            }
            if found.others {
                returns = returns.wrapping_add(block.iter().filter(|byte| **byte == b'\r').count());
            }
            lines = lines.wrapping_add(usize::from(found.lines));
            last = block.last().copied().unwrap_or(0);
            if self.marks.len() < count.wrapping_add(64) {
                self.marks.resize(count.wrapping_add(64).wrapping_add(wanted), 0);
            }
            let free = self.marks.get_mut(count..).unwrap_or_default();
            let more = free.first_chunk_mut::<AT_ONCE>().map_or(0, |first| note(first, found.marks, base));
            if more != 0 {
                note(free.get_mut(AT_ONCE..64).unwrap_or_default(), more, base);
            }
            count = count.wrapping_add(usize::try_from(found.marks.count_ones()).unwrap_or(0));
            base = base.wrapping_add(64);
        }
        let rows = count.wrapping_sub(1) / self.width;
        // A line's end may follow beyond the last block.
        let returns = returns.wrapping_sub(usize::from(last == b'\r'));
        if rows == 0 || lines != rows || (returns != 0 && returns != rows) {
            return false;
        }
        let mut ends = self.marks.get_mut(1..count).unwrap_or_default().chunks_exact_mut(self.width).filter_map(<[u32]>::last_mut);
        let plain = if returns == 0 {
            ends.all(|end| text.get(index(*end)) == Some(&b'\n'))
        } else {
            ends.all(|end| {
                *end = end.wrapping_sub(1);
                text.get(index(*end)) == Some(&b'\r') && text.get(index(end.wrapping_add(1))) == Some(&b'\n')
            })
        };
        if plain {
            self.rows = rows;
            self.returns = u32::from(returns != 0);
            self.ambition = rows.saturating_mul(4).clamp(FEW_ROWS, ROWS);
        }
        plain
    }

    /// Looks at each mark.
    fn find_slowly(&mut self, text: &[u8]) {
        self.marks.clear();
        self.marks.push(u32::MAX);
        let mut start = 0u32;
        let mut base = 0u32;
        for block in text.chunks(64).take(MOST_BYTES / 64) {
            let end_of_block = base.wrapping_add(64);
            let bytes = (base..end_of_block).zip(block);
            for (at, byte) in bytes.filter(|(_, byte)| matches!(**byte, b'\n' | b'\r' | b'"') || **byte == self.separator) {
                if *byte == self.separator {
                    self.marks.push(at);
                    continue;
                }
                let returns = u32::from(at > start && text.get(index(at.wrapping_sub(1))) == Some(&b'\r'));
                let end = match byte {
                    b'\n' => at.wrapping_sub(returns),
                    b'\r' if text.get(index(at.wrapping_add(1))) == Some(&b'\n') => continue,
                    _ => return,
                };
                self.marks.push(end);
                // A line of one column that is empty is a blank line.
                let blank = self.width == 1 && end == start;
                let other = self.rows > 0 && returns != self.returns;
                if self.marks.len() != self.rows.wrapping_add(1).wrapping_mul(self.width).wrapping_add(1) || blank || other {
                    return;
                }
                self.returns = returns;
                self.rows = self.rows.wrapping_add(1);
                start = at.wrapping_add(1);
            }
            if self.rows >= ROWS {
                return;
            }
            base = end_of_block;
        }
    }

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// The text from the first record.
    pub(super) fn text<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.from..).unwrap_or_default()
    }

    /// Where in that text the cells of a column lie, of some of the rows.
    #[inline]
    pub(super) fn column(&self, cell: usize, rows: Range<usize>) -> Cells<'_> {
        let at = |row: usize| row.wrapping_mul(self.width).wrapping_add(cell);
        // Up to the end of the last of them; nothing for no rows.
        let until = at(rows.end).wrapping_add(2).saturating_sub(self.width);
        let marks = self.marks.get(at(rows.start)..until).unwrap_or_default();
        // Between lines there is more than one character.
        let gap = if cell == 0 { self.returns.wrapping_add(1) } else { 1 };
        Cells { marks, width: self.width, gap }
    }
}

/// Where the cells of a column lie: each from its first byte up to another.
#[derive(Clone)]
pub(super) struct Cells<'p> {
    /// From the end of the cell before the next one.
    marks: &'p [u32],
    width: usize,
    gap: u32,
}

impl Iterator for Cells<'_> {
    type Item = (usize, usize);

    #[inline]
    fn next(&mut self) -> Option<(usize, usize)> {
        let [before, end, ..] = *self.marks else { return None };
        self.marks = self.marks.get(self.width..).unwrap_or_default();
        Some((index(before.wrapping_add(self.gap)), index(end)))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let rows = self.marks.len().saturating_sub(1).div_ceil(self.width.max(1));
        (rows, Some(rows))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::records::Records;
    use super::Plain;

    /// Cells, line and whether the record is left open, of all records by the reader that knows
    /// quotes.
    fn all(text: &str) -> Vec<(Vec<String>, u32, bool)> {
        let mut records = Records::new(b',');
        let mut found = Vec::new();
        while records.read(text, true) {
            found.push(((0..records.width()).map(|index| records.cell(index).to_owned()).collect(), records.first_line(), records.unclosed()));
        }
        found
    }

    /// The same, with plain records found many at a time, as facts are read.
    fn mixed(text: &str, width: usize) -> (Vec<(Vec<String>, u32, bool)>, usize) {
        let mut records = Records::new(b',');
        let mut plain = Plain::new(b',');
        let (mut found, mut fast) = (Vec::new(), 0);
        // The header.
        if !records.read(text, true) {
            return (found, fast);
        }
        found.push(((0..records.width()).map(|index| records.cell(index).to_owned()).collect(), records.first_line(), records.unclosed()));
        loop {
            let (position, line) = records.place();
            let (position, line) = super::super::csv::past_blank_lines(text, position, line);
            let next = plain.find(text.as_bytes(), position, width);
            let rows = plain.rows();
            for row in 0..rows {
                let cells = (0..width)
                    .map(|cell| plain.column(cell, row..row + 1).next().unwrap())
                    .map(|(start, end)| plain.text(text).get(start..end).unwrap().to_owned())
                    .collect();
                found.push((cells, line + u32::try_from(row).unwrap(), false));
            }
            fast += rows;
            records.go_to(next, line + u32::try_from(rows).unwrap());
            if rows == 0 {
                if !records.read(text, true) {
                    return (found, fast);
                }
                found.push(((0..records.width()).map(|index| records.cell(index).to_owned()).collect(), records.first_line(), records.unclosed()));
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn both_readers_find_the_same_records(
            pieces in prop::collection::vec(prop_oneof![
                5 => Just("a,b,c\n"), 3 => Just("1,22,a somewhat longer cell that crosses the border of a block or two\r\n"), 1 => Just("\n"), 1 => Just("\r"),
                1 => Just("\""), 1 => Just("\"a,\n\"\"\",b,c\n"), 1 => Just(","), 1 => Just("ä€,😀,"), 1 => Just("x"), 1 => Just("\r\n"), 1 => Just(" "),
                1 => Just("5\" screen,b,c\n"), 1 => Just("\u{feff}"), 1 => Just("\u{0}\u{1}")
            ], 0..60),
            width in 1usize..5,
        ) {
            let text = pieces.concat();
            prop_assert_eq!(mixed(&text, width).0, all(&text));
        }
    }

    #[test]
    fn plain_records_are_found_many_at_a_time() {
        let text = "2026-01-05,paid,12.50\r\n".repeat(10_000);
        let (found, fast) = mixed(&text, 3);
        assert_eq!((found.len(), fast), (10_000, 9_999));
        let (found, fast) = mixed(&text.replace('\r', ""), 3);
        assert_eq!((found.len(), fast), (10_000, 9_999));
        assert_eq!(found[9_999], (vec!["2026-01-05".to_owned(), "paid".to_owned(), "12.50".to_owned()], 10_000, false));
    }
}
