//! Numbers of a column while it is read, at one scale: that of the most decimals so far, and as
//! narrow as those so far allow.

use super::super::column::{Buffer, GAP, HALF_GAP, Mantissas, NumberColumn, WIDE_GAP, converted, expect};
use super::number::{Format, Shape, number, plain_number};
use crate::base::code::Code;

/// A column of numbers that is being read.
pub(super) struct NumberBuilder {
    values: Values,
    decimals: u32,
    gaps: bool,
    /// The largest distance from zero so far, at the scale so far.
    largest: u128,
}

enum Values {
    Half(Vec<i32>),
    Narrow(Vec<i64>),
    Wide(Vec<i128>),
}

/// `10^power`, for the powers that are kept.
fn ten(power: u32) -> i128 {
    10i128.checked_pow(power).unwrap_or(i128::MAX)
}

impl Values {
    fn len(&self) -> usize {
        match self {
            Self::Half(values) => values.len(),
            Self::Narrow(values) => values.len(),
            Self::Wide(values) => values.len(),
        }
    }

    /// Whether numbers up to this distance from zero have room.
    fn fit(&self, largest: u128) -> bool {
        match self {
            Self::Half(_) => largest < u128::from(i32::MAX.unsigned_abs()),
            Self::Narrow(_) => largest <= u128::from(i64::MAX.unsigned_abs()),
            Self::Wide(_) => true,
        }
    }

    /// Adds a number that has room.
    fn push(&mut self, value: i128) {
        match self {
            Self::Half(values) => values.push(i32::try_from(value).unwrap_or(HALF_GAP)),
            Self::Narrow(values) => values.push(i64::try_from(value).unwrap_or(GAP)),
            Self::Wide(values) => values.push(value),
        }
    }

    #[inline(never)]
    fn widen(&mut self) {
        *self = match self {
            Self::Half(values) => Self::Narrow(converted(values, values.capacity(), |value| if value == HALF_GAP { GAP } else { i64::from(value) })),
            Self::Narrow(values) => Self::Wide(converted(values, values.capacity(), |value| if value == GAP { WIDE_GAP } else { i128::from(value) })),
            Self::Wide(values) => Self::Wide(std::mem::take(values)),
        };
    }

    /// Multiplies all numbers, which have room for it.
    fn scale(&mut self, factor: i128) {
        match self {
            Self::Half(values) => scale(values, HALF_GAP, |value| i32::try_from(i128::from(value).wrapping_mul(factor)).unwrap_or(HALF_GAP)),
            Self::Narrow(values) => scale(values, GAP, |value| i64::try_from(i128::from(value).wrapping_mul(factor)).unwrap_or(GAP)),
            Self::Wide(values) => scale(values, WIDE_GAP, |value| value.checked_mul(factor).unwrap_or(WIDE_GAP)),
        }
    }
}

fn scale<T: Copy + PartialEq>(values: &mut [T], gap: T, scaled: impl Fn(T) -> T) {
    for value in values.iter_mut().filter(|value| **value != gap) {
        *value = scaled(*value);
    }
}

/// Adds numbers of one shape, up to the first that is not; gives that one.
#[inline]
fn push_shaped<T: From<i32>>(
    values: &mut Vec<T>,
    shape: Shape,
    bytes: &[u8],
    parts: &mut impl Iterator<Item = (usize, usize)>,
    largest: &mut u128,
) -> Option<(usize, usize)> {
    let mut most = 0u32;
    let mut other = None;
    for (start, end) in parts {
        let Some(mantissa) = shape.read(bytes, start, end) else {
            other = Some((start, end));
            break;
        };
        values.push(T::from(mantissa));
        most = most.max(mantissa.unsigned_abs());
    }
    *largest = (*largest).max(u128::from(most));
    other
}

impl NumberBuilder {
    pub(super) fn new() -> Self {
        Self { values: Values::Half(Vec::new()), decimals: 0, gaps: false, largest: 0 }
    }

    pub(super) fn expect(&mut self, times: usize) {
        match &mut self.values {
            Values::Half(values) => expect(values, times),
            Values::Narrow(values) => expect(values, times),
            Values::Wide(values) => expect(values, times),
        }
    }

    /// Adds a row without a number.
    pub(super) fn gap(&mut self) {
        self.gaps = true;
        match &mut self.values {
            Values::Half(values) => values.push(HALF_GAP),
            Values::Narrow(values) => values.push(GAP),
            Values::Wide(values) => values.push(WIDE_GAP),
        }
    }

    /// Adds a row with a number.
    pub(super) fn push(&mut self, mantissa: i128, decimals: u32) {
        if decimals > self.decimals {
            self.rescale(decimals);
        }
        let scaled = match self.decimals.saturating_sub(decimals) {
            0 => mantissa,
            fewer => mantissa.checked_mul(ten(fewer)).unwrap_or(WIDE_GAP),
        };
        if scaled != WIDE_GAP {
            self.largest = self.largest.max(scaled.unsigned_abs());
        }
        while !self.values.fit(scaled.unsigned_abs()) {
            self.values.widen();
        }
        self.values.push(scaled);
    }

    #[inline(never)]
    fn rescale(&mut self, decimals: u32) {
        let factor = ten(decimals.saturating_sub(self.decimals));
        self.decimals = decimals;
        self.largest = self.largest.saturating_mul(factor.unsigned_abs());
        while !self.values.fit(self.largest) {
            self.values.widen();
        }
        self.values.scale(factor);
    }

    /// Adds a row whose cell is this text.
    ///
    /// # Errors
    /// Why it is no number; the row is then one without.
    pub(super) fn push_text(&mut self, text: &str, format: Format) -> Result<(), Code> {
        let text = text.trim();
        if text.is_empty() {
            self.gap();
            return Ok(());
        }
        match number(text, format) {
            Ok((mantissa, decimals)) => {
                self.push(mantissa, decimals);
                Ok(())
            }
            Err(code) => {
                self.gap();
                Err(code)
            }
        }
    }

    /// Adds rows whose cells are these parts of a text; those that are no number are told.
    pub(super) fn push_parts(
        &mut self,
        text: &str,
        format: Format,
        mut parts: impl Iterator<Item = (usize, usize)>,
        mut refused: impl FnMut(usize, Code, &str),
    ) {
        let bytes = text.as_bytes();
        let decimal = u8::try_from(format.decimal).unwrap_or(b'.');
        let first = self.values.len();
        loop {
            // Most numbers of a column are short and have the same decimals.
            let shape = Shape::new(decimal, self.decimals);
            let other = match &mut self.values {
                Values::Half(values) => push_shaped(values, shape, bytes, &mut parts, &mut self.largest),
                Values::Narrow(values) => push_shaped(values, shape, bytes, &mut parts, &mut self.largest),
                Values::Wide(_) => parts.next(),
            };
            let Some((start, end)) = other else { return };
            let cell = text.get(start..end).unwrap_or_default();
            if let Some((mantissa, decimals)) = plain_number(cell.as_bytes(), decimal) {
                self.push(i128::from(mantissa), decimals);
            } else if let Err(code) = self.push_text(cell, format) {
                refused(self.values.len().wrapping_sub(first).wrapping_sub(1), code, cell.trim());
            }
        }
    }

    /// The column.
    pub(super) fn finish(self) -> NumberColumn {
        let mantissas = match self.values {
            Values::Half(values) => Mantissas::Half(Buffer::from(values)),
            Values::Narrow(values) => Mantissas::Narrow(Buffer::from(values)),
            Values::Wide(values) => Mantissas::Wide(Buffer::from(values)),
        };
        NumberColumn { mantissas, decimals: self.decimals, gaps: self.gaps, largest: self.largest }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::NumberBuilder;
    use crate::base::number::Number;

    proptest! {
        #[test]
        fn what_goes_in_comes_out(values in prop::collection::vec(prop::option::weighted(0.9, (prop_oneof![-1000i64..1000, -999_999_999_999_999_999i64..=999_999_999_999_999_999], 0u32..=18)), 0..40)) {
            let mut builder = NumberBuilder::new();
            for value in &values {
                match value {
                    Some((mantissa, decimals)) => builder.push(i128::from(*mantissa), *decimals),
                    None => builder.gap(),
                }
            }
            let column = builder.finish();
            prop_assert_eq!(column.gaps, values.iter().any(Option::is_none));
            prop_assert_eq!(column.largest, (0..values.len()).filter_map(|row| column.at(row)).map(i128::unsigned_abs).max().unwrap_or(0));
            for (row, value) in values.iter().enumerate() {
                let found = column.at(row).map(|mantissa| Number::from_parts(mantissa, column.decimals));
                prop_assert_eq!(found, value.map(|(mantissa, decimals)| Number::from_parts(i128::from(mantissa), decimals)));
            }
        }
    }
}
