//! Numbers of a column while it is read, at one scale: that of the most decimals so far.

use super::super::column::{Buffer, GAP, Mantissas, NumberColumn, WIDE_GAP};
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
    Narrow(Vec<i64>),
    Wide(Vec<i128>),
}

/// `10^power`, for the powers that are kept.
fn ten(power: u32) -> i128 {
    10i128.checked_pow(power).unwrap_or(i128::MAX)
}

impl NumberBuilder {
    pub(super) fn new() -> Self {
        Self { values: Values::Narrow(Vec::new()), decimals: 0, gaps: false, largest: 0 }
    }

    /// Adds a row without a number.
    pub(super) fn gap(&mut self) {
        self.gaps = true;
        match &mut self.values {
            Values::Narrow(values) => values.push(GAP),
            Values::Wide(values) => values.push(WIDE_GAP),
        }
    }

    /// Adds a row with a number.
    #[inline]
    pub(super) fn push(&mut self, mantissa: i128, decimals: u32) {
        if decimals == self.decimals
            && let Values::Narrow(values) = &mut self.values
            && let Ok(narrow) = i64::try_from(mantissa)
            && narrow != GAP
        {
            self.largest = self.largest.max(mantissa.unsigned_abs());
            return values.push(narrow);
        }
        self.push_other(mantissa, decimals);
    }

    #[inline(never)]
    fn push_other(&mut self, mantissa: i128, decimals: u32) {
        if decimals > self.decimals {
            self.rescale(decimals);
        }
        let scaled = mantissa.checked_mul(ten(self.decimals.saturating_sub(decimals))).unwrap_or(WIDE_GAP);
        if scaled != WIDE_GAP {
            self.largest = self.largest.max(scaled.unsigned_abs());
        }
        match (&mut self.values, i64::try_from(scaled).ok().filter(|narrow| *narrow != GAP)) {
            (Values::Narrow(values), Some(narrow)) => values.push(narrow),
            (Values::Narrow(_), None) => {
                self.widen();
                self.push_other(scaled, self.decimals);
            }
            (Values::Wide(values), _) => values.push(scaled),
        }
    }

    fn rescale(&mut self, decimals: u32) {
        let factor = ten(decimals.saturating_sub(self.decimals));
        self.decimals = decimals;
        self.largest = self.largest.saturating_mul(factor.unsigned_abs());
        if let Values::Narrow(values) = &mut self.values {
            let narrow = i64::try_from(factor).ok();
            let fits = |value: &i64| *value == GAP || narrow.and_then(|factor| value.checked_mul(factor)).is_some_and(|scaled| scaled != GAP);
            if values.iter().all(fits) {
                for value in values.iter_mut().filter(|value| **value != GAP) {
                    *value = value.wrapping_mul(narrow.unwrap_or(1));
                }
                return;
            }
            self.widen();
        }
        if let Values::Wide(values) = &mut self.values {
            for value in values.iter_mut().filter(|value| **value != WIDE_GAP) {
                *value = value.checked_mul(factor).unwrap_or(WIDE_GAP);
            }
        }
    }

    fn widen(&mut self) {
        if let Values::Narrow(values) = &self.values {
            self.values = Values::Wide(values.iter().map(|value| if *value == GAP { WIDE_GAP } else { i128::from(*value) }).collect());
        }
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
    pub(super) fn push_parts(&mut self, text: &str, format: Format, parts: impl Iterator<Item = (usize, usize)>, mut refused: impl FnMut(usize, Code, &str)) {
        let bytes = text.as_bytes();
        let decimal = u8::try_from(format.decimal).unwrap_or(b'.');
        let mut parts = parts.enumerate();
        loop {
            // Most numbers of a column are short and have the same decimals.
            let mut other = None;
            let shape = Shape::new(decimal, self.decimals);
            if let Values::Narrow(values) = &mut self.values {
                let mut largest = 0u64;
                for (index, (start, end)) in parts.by_ref() {
                    let Some(mantissa) = shape.read(bytes, start, end) else {
                        other = Some((index, (start, end)));
                        break;
                    };
                    values.push(mantissa);
                    largest = largest.max(mantissa.unsigned_abs());
                }
                self.largest = self.largest.max(u128::from(largest));
            } else {
                other = parts.next();
            }
            let Some((index, (start, end))) = other else { return };
            let cell = text.get(start..end).unwrap_or_default();
            if let Some((mantissa, decimals)) = plain_number(cell.as_bytes(), decimal) {
                self.push(i128::from(mantissa), decimals);
            } else if let Err(code) = self.push_text(cell, format) {
                refused(index, code, cell.trim());
            }
        }
    }

    /// The column.
    pub(super) fn finish(self) -> NumberColumn {
        let mantissas = match self.values {
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
