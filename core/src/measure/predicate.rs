//! Conditions over blocks of rows.
//!
//! Truth is a byte: 0 false, 1 unknown, 2 true. So `and` is the lesser, `or` the greater and
//! `not` what is left to 2: Kleene's logic, which is SQL's.

use std::cmp::Ordering;

use super::column::{GAP, HALF_GAP, Lookup, Mantissas, NumberColumn, WIDE_GAP};
use super::pass::BLOCK;
use super::table::{Chunk, Table};
use crate::base::condition::{Condition, Order};
use crate::base::formula::{Formula, Shift};
use crate::base::id::Id;
use crate::base::number::Number;
use crate::base::value::Value;

/// The truth of a condition for each row of a block.
pub(super) type Truths = [u8; BLOCK];

const FALSE: u8 = 0;
const UNKNOWN: u8 = 1;
/// Rows with this truth are kept.
pub(super) const TRUE: u8 = 2;

/// A condition whose columns have been found in a table.
pub(super) enum Predicate<'a> {
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    /// The truth of each code of a text column.
    Codes(Box<Lookup<'a, u8>>),
    /// How a number column stands to a constant.
    Constant(&'a NumberColumn, Order, &'a Number),
    /// How two computed numbers stand to each other.
    Computed {
        left: &'a Formula,
        is: Order,
        right: &'a Formula,
        columns: Vec<(&'a Id, &'a NumberColumn)>,
    },
    /// Whether a number is missing.
    Gap(&'a NumberColumn),
    /// Not decided by any row: a column that the table does not have.
    Never,
}

impl<'a> Predicate<'a> {
    pub(super) fn new(condition: &'a Condition, table: &Table, chunk: &'a Chunk) -> Self {
        let number = |id: &Id| chunk.numbers.get(table.measure(id.as_str())?);
        let by_code = |id: &Id, truth: &dyn Fn(Option<&str>) -> u8| {
            let column = table.key(id.as_str()).and_then(|key| chunk.texts.get(key));
            column.zip(table.dictionary(id.as_str())).map_or(Self::Never, |(column, dictionary)| {
                Self::Codes(Box::new(column.lookup(std::iter::once(truth(None)).chain(dictionary.known().map(|text| truth(Some(text)))).collect())))
            })
        };
        match condition {
            Condition::All(parts) => Self::All(parts.iter().map(|part| Self::new(part, table, chunk)).collect()),
            Condition::Any(parts) => Self::Any(parts.iter().map(|part| Self::new(part, table, chunk)).collect()),
            Condition::Not(inner) => Self::Not(Box::new(Self::new(inner, table, chunk))),
            Condition::Member { column, members } => by_code(column, &|text| whether(members.iter().any(|member| member.as_deref() == text))),
            Condition::Text { column, is, text: other } => by_code(column, &|text| text.map_or(UNKNOWN, |text| whether(is.holds(text.cmp(other.as_str()))))),
            Condition::Null { column } => number(column).map_or_else(|| by_code(column, &|text| whether(text.is_none())), Self::Gap),
            Condition::Number { left: Formula::Figure(id), is, right: Formula::Constant(constant) } => {
                number(id).map_or(Self::Never, |column| Self::Constant(column, *is, constant))
            }
            Condition::Number { left, is, right } => {
                let ids = left.figures().into_iter().chain(right.figures());
                let columns: Option<Vec<_>> = ids.map(|id| Some((id, number(id)?))).collect();
                columns.map_or(Self::Never, |columns| Self::Computed { left, is: *is, right, columns })
            }
        }
    }

    /// The truth for each row of a block that starts at `start`; rows beyond the chunk's have any.
    pub(super) fn evaluate(&self, start: usize, truths: &mut Truths) {
        match self {
            Self::All(parts) => combine(parts, TRUE, u8::min, start, truths),
            Self::Any(parts) => combine(parts, FALSE, u8::max, start, truths),
            Self::Not(inner) => {
                inner.evaluate(start, truths);
                truths.iter_mut().for_each(|truth| *truth = TRUE.saturating_sub(*truth));
            }
            Self::Codes(lookup) => lookup.for_each(start, truths, |truth, value| *truth = value),
            Self::Constant(column, is, constant) => against(column, *is, constant, start, truths),
            Self::Computed { left, is, right, columns } => {
                for (row, truth) in truths.iter_mut().enumerate() {
                    let mut number = |id: &Id, _: Option<Shift>| {
                        let column = columns.iter().find(|(known, _)| *known == id).map(|(_, column)| *column);
                        let found = column.and_then(|column| Some(Number::from_parts(column.at(start.saturating_add(row))?, column.decimals)));
                        found.map_or_else(|| Value::missing(""), Value::of)
                    };
                    *truth = compared(left, *is, right, &mut number);
                }
            }
            Self::Gap(column) => {
                for (row, truth) in truths.iter_mut().enumerate() {
                    *truth = whether(column.at(start.saturating_add(row)).is_none());
                }
            }
            Self::Never => truths.fill(FALSE),
        }
    }
}

/// The truth of a condition that looks at no columns but dimensions, given their texts.
pub(super) fn of_texts<'t>(condition: &Condition, text: &dyn Fn(&Id) -> Option<&'t str>) -> u8 {
    match condition {
        Condition::All(parts) => parts.iter().map(|part| of_texts(part, text)).min().unwrap_or(TRUE),
        Condition::Any(parts) => parts.iter().map(|part| of_texts(part, text)).max().unwrap_or(FALSE),
        Condition::Not(inner) => TRUE.saturating_sub(of_texts(inner, text)),
        Condition::Member { column, members } => {
            let text = text(column);
            whether(members.iter().any(|member| member.as_deref() == text))
        }
        Condition::Text { column, is, text: other } => text(column).map_or(UNKNOWN, |text| whether(is.holds(text.cmp(other.as_str())))),
        Condition::Null { column } => whether(text(column).is_none()),
        // It has no column, or it would not be asked of texts: it compares what is written.
        Condition::Number { left, is, right } => compared(left, *is, right, &mut |_, _| Value::missing("")),
    }
}

fn compared(left: &Formula, is: Order, right: &Formula, number: &mut dyn FnMut(&Id, Option<Shift>) -> Value) -> u8 {
    match (left.evaluate(number), right.evaluate(number)) {
        (Value::Value { value: left }, Value::Value { value: right }) => whether(is.holds(left.cmp(&right))),
        _ => UNKNOWN,
    }
}

fn whether(holds: bool) -> u8 {
    if holds { TRUE } else { FALSE }
}

fn combine(parts: &[Predicate<'_>], start_with: u8, of: fn(u8, u8) -> u8, start: usize, truths: &mut Truths) {
    truths.fill(start_with);
    let mut of_part = [FALSE; BLOCK];
    for part in parts {
        part.evaluate(start, &mut of_part);
        for (truth, part) in truths.iter_mut().zip(&of_part) {
            *truth = of(*truth, *part);
        }
    }
}

/// A mantissa is an integer, so it stands to the constant as it stands to the integer below it,
/// unless the constant is that integer.
fn against(column: &NumberColumn, is: Order, constant: &Number, start: usize, truths: &mut Truths) {
    let (below, exact) = constant.at_scale(column.decimals);
    let of = |mantissa: i128| {
        let ordering = match &below {
            Ok(below) => mantissa.cmp(below).then(if exact { Ordering::Equal } else { Ordering::Less }),
            // The constant lies beyond every mantissa.
            Err(above) => above.reverse(),
        };
        whether(is.holds(ordering))
    };
    match &column.mantissas {
        Mantissas::Half(values) => {
            for (truth, value) in truths.iter_mut().zip(values.get(start..).unwrap_or_default()) {
                *truth = if *value == HALF_GAP { UNKNOWN } else { of(i128::from(*value)) };
            }
        }
        Mantissas::Narrow(values) => {
            for (truth, value) in truths.iter_mut().zip(values.get(start..).unwrap_or_default()) {
                *truth = if *value == GAP { UNKNOWN } else { of(i128::from(*value)) };
            }
        }
        Mantissas::Wide(values) => {
            for (truth, value) in truths.iter_mut().zip(values.get(start..).unwrap_or_default()) {
                *truth = if *value == WIDE_GAP { UNKNOWN } else { of(*value) };
            }
        }
    }
}
