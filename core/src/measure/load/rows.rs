//! Rows that a program has at hand.

use super::header::{START, columns};
use super::number::MAX_DECIMALS;
use super::refusals::Part;
use super::sink::{Given, Sink};
use crate::base::code::Code;
use crate::base::date::{Date, Moment};
use crate::base::finding::Mark;
use crate::base::number::Number;
use crate::text::Notes;

/// What a program gives for one column of one row; see [`FactsBuilder::rows`](crate::FactsBuilder::rows).
///
/// ```
/// use marketingos::{Date, Datum, Number};
/// let row: [Datum<'_>; 4] = ["paid".into(), 3.into(), Number::parse("12.50").into(), Date::new(2026, 1, 5).into()];
/// assert_eq!(row[1], Datum::Integer(3));
/// assert_eq!(Datum::from(None::<f64>), Datum::Missing);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Datum<'a> {
    /// Nothing: the null member of a dimension, or a number that is missing.
    Missing,
    /// A text, read as the source declares it: a member, or a date or number in its format.
    Text(&'a str),
    /// A day; where the source has times, its beginning.
    Date(Date),
    /// A whole number.
    Integer(i64),
    /// An exact number. One without a finite decimal form cannot be kept.
    Number(Number),
    /// A double, taken for the shortest decimal that means it: what people see when it is
    /// printed. One that is not finite is no number.
    Double(f64),
}

macro_rules! from_each {
    ($($given:ty => $variant:ident),*) => {$(
        impl From<$given> for Datum<'_> {
            fn from(given: $given) -> Self {
                Self::$variant(given.into())
            }
        }
    )*};
}

from_each!(Date => Date, i32 => Integer, i64 => Integer, u32 => Integer, Number => Number, f64 => Double);

impl<'a> From<&'a str> for Datum<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Datum<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl<'a, T: Into<Datum<'a>>> From<Option<T>> for Datum<'a> {
    fn from(given: Option<T>) -> Self {
        given.map_or(Self::Missing, Into::into)
    }
}

/// Reads rows whose values stand in the order of `names`; `None` when a declared column is
/// missing among these.
pub(in crate::measure) fn read<'r, R: AsRef<[Datum<'r>]>>(
    names: &[&str],
    rows: impl IntoIterator<Item = R>,
    sink: &mut Sink<'_>,
    notes: &mut Notes<'_>,
) -> Option<()> {
    if names.is_empty() {
        notes.error(Code::EmptyText, START, "no columns are named", "name the declared columns in the order of each row's values");
        return None;
    }
    let columns = columns(sink.source, names, notes)?;
    let mut shown: Vec<String> = vec![String::new(); names.len()];
    for (number, row) in (1u32..).zip(rows) {
        let row = row.as_ref();
        let mark = || Mark { line: number, column: 1 };
        if row.len() != columns.width {
            sink.refuse_row(Code::RaggedRow, Part::Row, mark, || format!("{} cells instead of {}", row.len(), columns.width));
            continue;
        }
        for (shown, datum) in shown.iter_mut().zip(row) {
            written(datum, shown);
        }
        sink.row(mark, |part| {
            let index = columns.index(part);
            let shown = shown.get(index).map_or("", String::as_str);
            given(part, row.get(index), shown)
        });
    }
    Some(())
}

/// What a value means for a part of a row.
pub(super) fn given<'c>(part: Part, datum: Option<&'c Datum<'_>>, shown: &'c str) -> Given<'c> {
    match datum {
        None | Some(Datum::Missing) => Given::Missing,
        Some(Datum::Text(text)) => Given::Text(text),
        Some(Datum::Date(date)) => Given::Moment(Moment::from(*date)),
        Some(Datum::Integer(whole)) => whole_number(i128::from(*whole), shown),
        Some(Datum::Number(number)) => match (part, number.to_decimal(MAX_DECIMALS)) {
            (Part::Number(_), None) => Given::TooLarge(shown),
            _ => Given::Number(shown),
        },
        // Not finite: a text that is no number.
        Some(Datum::Double(double)) if !double.is_finite() => Given::Text(shown),
        Some(Datum::Double(_)) => Given::Number(shown),
    }
}

fn whole_number(whole: i128, shown: &str) -> Given<'_> {
    // The bound on digits holds for all forms alike.
    if whole.unsigned_abs() < 1_000_000_000_000_000_000 { Given::Decimal(whole, 0) } else { Given::Number(shown) }
}

/// What stands for a value in a table of texts.
pub(super) fn written(datum: &Datum<'_>, shown: &mut String) {
    use std::fmt::Write;
    shown.clear();
    // Writing to a string cannot fail.
    let _ = match datum {
        Datum::Integer(whole) => write!(shown, "{whole}"),
        Datum::Number(number) => write!(shown, "{number}"),
        Datum::Double(double) => write!(shown, "{double}"),
        Datum::Missing | Datum::Text(_) | Datum::Date(_) => Ok(()),
    };
}
