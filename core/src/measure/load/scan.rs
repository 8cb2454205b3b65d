//! Where the cells of plain records lie: those without quotes, and as many as the header has.
//!
//! Sixty-four bytes are compared at a time, in a form that compilers turn into wide
//! instructions; what is not plain is left to [`super::records`].

/// Rows that are found together: few enough to stay near the processor while their columns are
/// read one after another.
const ROWS: usize = 2048;
/// A record longer than this is left to the other reader, as are so many bytes of plain ones.
const MOST_BYTES: usize = 1 << 20;

/// Records side by side.
pub(super) struct Plain {
    width: usize,
    separator: u8,
    /// Where each record starts …
    starts: Vec<usize>,
    /// … and where each of its cells ends.
    ends: Vec<usize>,
}

/// The bytes of a block that end a cell, or make a record other than plain: a bit each.
#[inline]
fn marks(block: &[u8; 64], separator: u8) -> u64 {
    let mut hits = [0u8; 64];
    for (hit, byte) in hits.iter_mut().zip(block) {
        *hit = u8::from((*byte == separator) | (*byte == b'\n') | (*byte == b'"') | (*byte == b'\r'));
    }
    let mut bits = 0u64;
    for (index, eight) in hits.as_chunks::<8>().0.iter().enumerate() {
        // Gathers the lowest bit of each byte in the highest byte.
        let gathered = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        bits |= gathered << index.wrapping_mul(8);
    }
    bits
}

impl Plain {
    pub(super) fn new(width: usize, separator: u8) -> Self {
        Self { width, separator, starts: Vec::new(), ends: Vec::new() }
    }

    /// Finds plain records from where a record starts; gives where the next one does. Blank
    /// lines, records of another width and a last line that is not ended stop the search.
    pub(super) fn find(&mut self, text: &[u8], from: usize) -> usize {
        self.starts.clear();
        self.ends.clear();
        let mut start = from;
        let mut base = from;
        'blocks: while self.starts.len() < ROWS && base.saturating_sub(from) < MOST_BYTES {
            let rest = text.get(base..).unwrap_or_default();
            let mut bits = match rest.first_chunk::<64>() {
                Some(block) => marks(block, self.separator),
                None => {
                    let mut block = [0u8; 64];
                    for (to, byte) in block.iter_mut().zip(rest) {
                        *to = *byte;
                    }
                    marks(&block, self.separator)
                }
            };
            while bits != 0 {
                let at = base.wrapping_add(usize::try_from(bits.trailing_zeros()).unwrap_or(0));
                bits &= bits.wrapping_sub(1);
                let byte = text.get(at).copied().unwrap_or(0);
                if byte == self.separator {
                    self.ends.push(at);
                    continue;
                }
                let end = match byte {
                    b'\n' if at > start && text.get(at.wrapping_sub(1)) == Some(&b'\r') => at.wrapping_sub(1),
                    b'\n' => at,
                    b'\r' if text.get(at.wrapping_add(1)) == Some(&b'\n') => continue,
                    _ => break 'blocks,
                };
                self.ends.push(end);
                // A line of one column that is empty is a blank line.
                if self.ends.len() != self.starts.len().wrapping_add(1).wrapping_mul(self.width) || (self.width == 1 && end == start) {
                    break 'blocks;
                }
                self.starts.push(start);
                start = at.wrapping_add(1);
            }
            base = base.wrapping_add(64);
            if rest.len() <= 64 {
                break;
            }
        }
        start
    }

    pub(super) fn rows(&self) -> usize {
        self.starts.len()
    }

    /// Where a cell of a record lies.
    #[inline]
    pub(super) fn cell(&self, row: usize, cell: usize) -> (usize, usize) {
        let index = row.wrapping_mul(self.width).wrapping_add(cell);
        let end = self.ends.get(index).copied().unwrap_or(0);
        let start = match cell {
            0 => self.starts.get(row).copied().unwrap_or(0),
            _ => self.ends.get(index.wrapping_sub(1)).map_or(0, |before| before.wrapping_add(1)),
        };
        (start, end)
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
        let mut records = Records::new(text, b',');
        let mut found = Vec::new();
        while records.read() {
            found.push(((0..records.width()).map(|index| records.cell(index).to_owned()).collect(), records.line(), records.unclosed()));
        }
        found
    }

    /// The same, with plain records found many at a time, as facts are read.
    fn mixed(text: &str, width: usize) -> (Vec<(Vec<String>, u32, bool)>, usize) {
        let mut records = Records::new(text, b',');
        let mut plain = Plain::new(width, b',');
        let (mut found, mut fast) = (Vec::new(), 0);
        // The header.
        if !records.read() {
            return (found, fast);
        }
        found.push(((0..records.width()).map(|index| records.cell(index).to_owned()).collect(), records.line(), records.unclosed()));
        loop {
            let (position, line) = records.place();
            let (position, line) = super::super::csv::past_blank_lines(text, position, line);
            let next = plain.find(text.as_bytes(), position);
            let rows = plain.rows();
            for row in 0..rows {
                let cells = (0..width).map(|cell| plain.cell(row, cell)).map(|(start, end)| text[start..end].to_owned()).collect();
                found.push((cells, line + u32::try_from(row).unwrap(), false));
            }
            fast += rows;
            records.go_to(next, line + u32::try_from(rows).unwrap());
            if rows == 0 {
                if !records.read() {
                    return (found, fast);
                }
                found.push(((0..records.width()).map(|index| records.cell(index).to_owned()).collect(), records.line(), records.unclosed()));
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
        assert_eq!(found[9_999], (vec!["2026-01-05".to_owned(), "paid".to_owned(), "12.50".to_owned()], 10_000, false));
    }
}
