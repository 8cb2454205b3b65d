//! Columns: dictionary codes and exact decimals, as narrow as their values allow.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

pub(super) use super::dictionary::Dictionary;

/// The code of the null member.
pub(super) const NULL: u32 = 0;

/// The values of a column, whoever holds them.
#[derive(Clone)]
pub(super) enum Buffer<T> {
    Owned(Vec<T>),
    /// Somebody else's: an Arrow array's. Take the slice once, not row by row.
    #[cfg_attr(not(feature = "arrow"), allow(dead_code, reason = "Arrow arrays alone are shared"))]
    Shared(Arc<dyn AsRef<[T]> + Send + Sync>),
}

impl<T: fmt::Debug> fmt::Debug for Buffer<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T> Deref for Buffer<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        match self {
            Self::Owned(values) => values,
            Self::Shared(values) => values.as_ref().as_ref(),
        }
    }
}

impl<T> From<Vec<T>> for Buffer<T> {
    fn from(values: Vec<T>) -> Self {
        Self::Owned(values)
    }
}

/// Makes room for this many times the values so far, and a few more; less where there is none.
pub(super) fn expect<T>(values: &mut Vec<T>, times: usize) {
    let more = values.len().saturating_mul(times).saturating_sub(values.len());
    // What has no room now may have it when it comes to that.
    let _ = values.try_reserve_exact(more.saturating_add(more / 64));
}

/// The same values in another form, with as much room.
pub(super) fn converted<T: Copy, U>(values: &[T], room: usize, convert: impl Fn(T) -> U) -> Vec<U> {
    let mut converted = Vec::with_capacity(room);
    converted.extend(values.iter().map(|value| convert(*value)));
    converted
}

/// The codes of a chunk's rows.
#[derive(Clone, Debug)]
pub(super) enum Codes {
    Byte(Buffer<u8>),
    Short(Buffer<u16>),
    Long(Buffer<u32>),
}

/// A column of texts of a chunk: codes, and how they map to those of the table's dictionary.
#[derive(Clone, Debug)]
pub(super) struct CodeColumn {
    pub(super) codes: Codes,
    /// The table's code for each code of the chunk; `None` when they are the same.
    pub(super) to_table: Option<Vec<u32>>,
}

impl CodeColumn {
    /// Codes of the table's dictionary, kept as narrow as they allow.
    pub(super) fn new(codes: Vec<u32>) -> Self {
        let most = codes.iter().copied().max().unwrap_or(0);
        let codes = if u8::try_from(most).is_ok() {
            Codes::Byte(codes.into_iter().map(|code| u8::try_from(code).unwrap_or(u8::MAX)).collect::<Vec<_>>().into())
        } else if u16::try_from(most).is_ok() {
            Codes::Short(codes.into_iter().map(|code| u16::try_from(code).unwrap_or(u16::MAX)).collect::<Vec<_>>().into())
        } else {
            Codes::Long(codes.into())
        };
        Self { codes, to_table: None }
    }

    /// The table's code for a code of this chunk.
    pub(super) fn to_table_code(&self, code: u32) -> u32 {
        match &self.to_table {
            Some(table) => usize::try_from(code).ok().and_then(|code| table.get(code)).copied().unwrap_or(NULL),
            None => code,
        }
    }

    /// The table's code of a row.
    pub(super) fn at(&self, row: usize) -> u32 {
        let code = match &self.codes {
            Codes::Byte(codes) => codes.get(row).map(|code| u32::from(*code)),
            Codes::Short(codes) => codes.get(row).map(|code| u32::from(*code)),
            Codes::Long(codes) => codes.get(row).copied(),
        };
        self.to_table_code(code.unwrap_or(NULL))
    }

    /// What belongs to each code of the chunk, given what belongs to each code of the table.
    pub(super) fn lookup<'c, T: Copy + Default>(&'c self, by_table_code: Cow<'c, [T]>) -> Lookup<'c, T> {
        let of = |code: u32| usize::try_from(self.to_table_code(code)).ok().and_then(|code| by_table_code.get(code)).copied().unwrap_or_default();
        let mut bytes = [T::default(); 256];
        let values = match (&self.codes, &self.to_table) {
            (Codes::Byte(_), _) => {
                (0u32..).zip(&mut bytes).for_each(|(code, value)| *value = of(code));
                Cow::default()
            }
            (_, Some(table)) => (0u32..).take(table.len()).map(of).collect(),
            (_, None) => by_table_code,
        };
        Lookup { codes: &self.codes, bytes, values }
    }
}

/// What belongs to the code of each row of a chunk.
pub(super) struct Lookup<'c, T: Copy> {
    codes: &'c Codes,
    bytes: [T; 256],
    values: Cow<'c, [T]>,
}

impl<T: Copy + Default> Lookup<'_, T> {
    /// The codes from `start` and what belongs to each, where a byte holds a code.
    pub(super) fn bytes(&self, start: usize) -> Option<(&[u8], &[T; 256])> {
        let Codes::Byte(codes) = self.codes else { return None };
        Some((codes.get(start..)?, &self.bytes))
    }

    /// Hands out what belongs to each of `rows` rows from `start`.
    pub(super) fn for_each(&self, start: usize, out: &mut [T], take: impl Fn(&mut T, T)) {
        match self.codes {
            Codes::Byte(codes) => {
                for (value, code) in out.iter_mut().zip(codes.get(start..).unwrap_or_default()) {
                    take(value, self.bytes.get(usize::from(*code)).copied().unwrap_or_default());
                }
            }
            Codes::Short(codes) => {
                for (value, code) in out.iter_mut().zip(codes.get(start..).unwrap_or_default()) {
                    take(value, self.values.get(usize::from(*code)).copied().unwrap_or_default());
                }
            }
            Codes::Long(codes) => {
                for (value, code) in out.iter_mut().zip(codes.get(start..).unwrap_or_default()) {
                    take(value, usize::try_from(*code).ok().and_then(|code| self.values.get(code)).copied().unwrap_or_default());
                }
            }
        }
    }
}

/// The mantissas of a chunk's rows; the least value of the type stands for a missing number.
#[derive(Clone, Debug)]
pub(super) enum Mantissas {
    Half(Buffer<i32>),
    Narrow(Buffer<i64>),
    Wide(Buffer<i128>),
}

/// A column of exact decimals of a chunk: mantissas at one scale.
#[derive(Clone, Debug)]
pub(super) struct NumberColumn {
    pub(super) mantissas: Mantissas,
    pub(super) decimals: u32,
    /// Whether any number is missing.
    pub(super) gaps: bool,
    /// The largest distance from zero.
    pub(super) largest: u128,
}

/// Missing, in a column of half the width of a narrow one.
pub(super) const HALF_GAP: i32 = i32::MIN;
/// Missing, in a narrow column.
pub(super) const GAP: i64 = i64::MIN;
/// Missing, in a wide column.
pub(super) const WIDE_GAP: i128 = i128::MIN;

impl NumberColumn {
    /// Numbers at one scale, kept as narrow as they allow.
    pub(super) fn new(mantissas: &[Option<i128>], decimals: u32) -> Self {
        let largest = mantissas.iter().flatten().map(|mantissa| mantissa.unsigned_abs()).max().unwrap_or(0);
        let gaps = mantissas.iter().any(Option::is_none);
        let narrow = |mantissa: &Option<i128>| mantissa.and_then(|mantissa| i64::try_from(mantissa).ok()).unwrap_or(GAP);
        let mantissas = if i64::try_from(largest).is_ok() {
            Mantissas::Narrow(mantissas.iter().map(narrow).collect::<Vec<_>>().into())
        } else {
            Mantissas::Wide(mantissas.iter().map(|mantissa| mantissa.unwrap_or(WIDE_GAP)).collect::<Vec<_>>().into())
        };
        Self { mantissas, decimals, gaps, largest }
    }

    /// The same numbers in half the room, where they fit: what is read is what costs.
    pub(super) fn halved(self) -> Self {
        let mantissas = match &self.mantissas {
            Mantissas::Narrow(Buffer::Owned(values)) if self.largest < u128::from(i32::MAX.unsigned_abs()) => {
                Mantissas::Half(values.iter().map(|value| i32::try_from(*value).unwrap_or(HALF_GAP)).collect::<Vec<_>>().into())
            }
            _ => return self,
        };
        Self { mantissas, ..self }
    }

    /// The mantissa of a row; `None` when it is missing.
    pub(super) fn at(&self, row: usize) -> Option<i128> {
        match &self.mantissas {
            Mantissas::Half(values) => values.get(row).filter(|value| **value != HALF_GAP).map(|value| i128::from(*value)),
            Mantissas::Narrow(values) => values.get(row).filter(|value| **value != GAP).map(|value| i128::from(*value)),
            Mantissas::Wide(values) => values.get(row).filter(|value| **value != WIDE_GAP).copied(),
        }
    }
}
