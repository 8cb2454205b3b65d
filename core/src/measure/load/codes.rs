//! Codes of a column while it is read, as narrow as those so far allow.

use super::super::column::{CodeColumn, Codes, Dictionary, NULL, converted, expect};
use super::super::dictionary::Key;

/// The most different texts of a column that are remembered …
const FEW: usize = 512;
/// … and the places for them; a power of two.
const PLACES: usize = 4096;

/// A column of texts that is being read.
pub(super) struct TextColumn {
    pub(super) dictionary: Dictionary,
    codes: Narrow,
    /// Of the rows that are being added.
    keys: Vec<Key>,
    found: Vec<u32>,
    /// Short texts with their codes, each at a place of its own, where many rows have few.
    remembered: Vec<(Key, u32)>,
}

enum Narrow {
    Byte(Vec<u8>),
    Short(Vec<u16>),
    Long(Vec<u32>),
}

impl TextColumn {
    /// New rows of a column whose texts so far are these.
    pub(super) fn new(dictionary: Dictionary) -> Self {
        Self { dictionary, codes: Narrow::Byte(Vec::new()), keys: Vec::new(), found: Vec::new(), remembered: Vec::new() }
    }

    pub(super) fn expect(&mut self, times: usize) {
        match &mut self.codes {
            Narrow::Byte(codes) => expect(codes, times),
            Narrow::Short(codes) => expect(codes, times),
            Narrow::Long(codes) => expect(codes, times),
        }
    }

    /// Adds a row; says whether it names anything.
    pub(super) fn push(&mut self, text: &str) -> bool {
        let code = self.dictionary.intern(text);
        self.codes.push(code);
        code != NULL
    }

    /// Adds rows whose cells are these parts of a text; gives how many name nothing.
    pub(super) fn push_parts(&mut self, text: &str, parts: impl Iterator<Item = (usize, usize)> + Clone) -> u64 {
        let bytes = text.as_bytes();
        let mut nulls = 0u64;
        let found = &mut self.found;
        found.clear();
        let few = self.dictionary.members() <= FEW;
        if few && self.remembered.is_empty() && self.codes.len() > PLACES {
            self.remembered.resize(PLACES, (Key::default(), NULL));
        }
        if let Some(wholes) = self.dictionary.wholes() {
            wholes.codes(bytes, parts.clone(), found);
        } else if few && !self.remembered.is_empty() {
            let remembered = self.remembered.as_slice();
            found.extend(parts.clone().map(|(start, end)| recall(remembered, Key::at(bytes, start, end))));
        } else {
            self.keys.clear();
            self.keys.extend(parts.clone().map(|(start, end)| Key::at(bytes, start, end)));
            self.dictionary.glance(&self.keys, found);
        }
        if found.contains(&NULL) {
            for (code, (start, end)) in found.iter_mut().zip(parts).filter(|(code, _)| **code == NULL) {
                if start == end {
                    nulls = nulls.saturating_add(1);
                    continue;
                }
                let key = Key::at(bytes, start, end);
                *code = self.dictionary.intern_key(key, || text.get(start..end).unwrap_or_default());
                if let Some(free) = self.remembered.get_mut(place(key)).filter(|(_, code)| *code == NULL && !key.is_long()) {
                    *free = (key, *code);
                }
            }
        }
        self.codes.extend(found);
        nulls
    }

    /// The codes and the dictionary, settled.
    pub(super) fn finish(mut self) -> (Dictionary, CodeColumn) {
        self.dictionary.settle();
        let codes = match self.codes {
            Narrow::Byte(codes) => Codes::Byte(codes.into()),
            Narrow::Short(codes) => Codes::Short(codes.into()),
            Narrow::Long(codes) => Codes::Long(codes.into()),
        };
        (self.dictionary, CodeColumn { codes, to_table: None })
    }
}

/// Where a text is remembered.
#[inline]
fn place(key: Key) -> usize {
    usize::try_from(key.hash() >> 32).unwrap_or(0) & PLACES.wrapping_sub(1)
}

/// The code of a text that is remembered, else [`NULL`]; without a branch that depends on it.
#[inline]
fn recall(remembered: &[(Key, u32)], key: Key) -> u32 {
    let (known, code) = remembered.get(place(key)).copied().unwrap_or_default();
    if known.is(key) { code } else { NULL }
}

impl Narrow {
    fn len(&self) -> usize {
        match self {
            Self::Byte(codes) => codes.len(),
            Self::Short(codes) => codes.len(),
            Self::Long(codes) => codes.len(),
        }
    }

    #[inline]
    fn push(&mut self, code: u32) {
        match self {
            Self::Byte(codes) => {
                if let Ok(code) = u8::try_from(code) {
                    return codes.push(code);
                }
            }
            Self::Short(codes) => {
                if let Ok(code) = u16::try_from(code) {
                    return codes.push(code);
                }
            }
            Self::Long(codes) => return codes.push(code),
        }
        self.widen();
        self.push(code);
    }

    #[allow(clippy::cast_possible_truncation, reason = "the greatest code was looked at before")]
    fn extend(&mut self, more: &[u32]) {
        let most = more.iter().copied().max().unwrap_or(0);
        match self {
            Self::Byte(codes) if most <= u32::from(u8::MAX) => codes.extend(more.iter().map(|code| *code as u8)),
            Self::Short(codes) if most <= u32::from(u16::MAX) => codes.extend(more.iter().map(|code| *code as u16)),
            Self::Long(codes) => codes.extend_from_slice(more),
            _ => {
                self.widen();
                self.extend(more);
            }
        }
    }

    #[inline(never)]
    fn widen(&mut self) {
        *self = match self {
            Self::Byte(codes) => Self::Short(converted(codes, codes.capacity(), u16::from)),
            Self::Short(codes) => Self::Long(converted(codes, codes.capacity(), u32::from)),
            Self::Long(codes) => Self::Long(std::mem::take(codes)),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::TextColumn;
    use crate::measure::column::{Codes, Dictionary};

    #[test]
    fn codes_widen_when_they_must() {
        for (different, width) in [(255u32, 1), (256, 2), (65_535, 2), (65_536, 4)] {
            let mut column = TextColumn::new(Dictionary::default());
            for text in 0..different {
                column.push(&text.to_string());
            }
            column.push("");
            let (dictionary, column) = column.finish();
            let found = match column.codes {
                Codes::Byte(_) => 1,
                Codes::Short(_) => 2,
                Codes::Long(_) => 4,
            };
            assert_eq!(found, width, "{different}");
            for row in [0, different / 2, different - 1] {
                assert_eq!(dictionary.text(column.at(usize::try_from(row).unwrap())), Some(row.to_string().as_str()));
            }
            assert_eq!(column.at(usize::try_from(different).unwrap()), 0);
        }
    }
}
