//! Results as flat tables, for those who go on computing: CSV, and Arrow record batches. A cell holds
//! a value or nothing, and what is not a value has its reason in a column of its own.

#[cfg(feature = "arrow")]
mod arrow;
mod budget;
mod landing;
mod scorecard;
mod series;

use super::escape;
use crate::base::date::Date;
use crate::base::number::Number;
use crate::base::value::Value;
pub(crate) use series::Series;

/// A table: its columns, and rows that have a cell for each of them.
pub(super) struct Flat {
    columns: Vec<(String, Kind)>,
    rows: Vec<Vec<Cell>>,
}

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    Day,
}

/// What stands in a cell.
enum Cell {
    Text(String),
    Number(Number),
    Day(Date),
    Nothing,
}

impl Flat {
    /// A table without rows; a column's kind is told by the mark before its name: `#` for numbers,
    /// `@` for days, none for texts.
    fn of(columns: &[&str]) -> Self {
        let kind = |name: &&str| match name.split_at_checked(1) {
            Some(("#", name)) => (name.to_owned(), Kind::Number),
            Some(("@", name)) => (name.to_owned(), Kind::Day),
            _ => ((*name).to_owned(), Kind::Text),
        };
        Self { columns: columns.iter().map(kind).collect(), rows: Vec::new() }
    }

    fn push(&mut self, row: Vec<Cell>) {
        self.rows.push(row);
    }

    /// Comma-separated values with a header: numbers exact, days as ISO 8601 writes them, no cell for
    /// what is not there. Texts that a spreadsheet would take for a formula are preceded by an
    /// apostrophe.
    pub(super) fn to_csv(&self) -> String {
        let mut text: String = self.columns.iter().map(|(name, _)| escape::csv(name)).collect::<Vec<_>>().join(",");
        text.push('\n');
        for row in &self.rows {
            text.push_str(&row.iter().map(Cell::csv).collect::<Vec<_>>().join(","));
            text.push('\n');
        }
        text
    }
}

impl Cell {
    fn csv(&self) -> String {
        match self {
            Self::Text(text) => escape::csv(text),
            Self::Number(number) => number.to_string(),
            Self::Day(day) => day.to_string(),
            Self::Nothing => String::new(),
        }
    }

    fn value(value: &Value) -> Self {
        value.number().cloned().map_or(Self::Nothing, Self::Number)
    }

    fn whole(number: impl Into<Number>) -> Self {
        Self::Number(number.into())
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self::Text(text.into())
    }
}

/// Why there is no value; empty when there is one.
fn reason(value: &Value) -> Cell {
    value.reason().map_or_else(|| Cell::from(""), |reason| format!("{reason}: {}", value.cause()).into())
}
