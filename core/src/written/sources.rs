//! Tables of facts.

use serde::{Serialize, Serializer};

use super::values::{Day, Id, Map, Mark, Unit};
use crate::model::kpi::Additivity;
use crate::model::source::Rows;

part! {
    /// A table of facts.
    Source requires [date, rows] {
        /// The column that dates a row.
        date: (DateColumn),
        /// `events`: a day without rows, while recording went on, had none; `daily`: such a day is missing.
        rows: (Rows),
        /// The column that names what a row is about.
        entity: (Columns),
        /// The columns that rows are told apart by.
        dimensions: (Columns),
        /// The columns that hold numbers.
        measures: (MeasureColumns),
        /// The first day of recording; default the first row's.
        recorded_from: (Day),
        /// Until when days are known to have been recorded; default `last_row`.
        recorded_until: (RecordedUntil),
        /// The column that says since when a row was known, written like `date`; default: at once.
        recorded_at: (DateColumn),
        /// The column that says since when a row is no longer what is known, empty while it is; written like `date`.
        superseded_at: (DateColumn),
        /// The mark between cells; default `,`.
        separator: (Mark),
    }
}

impl Source {
    /// A table whose rows are events, dated by a column.
    #[must_use]
    pub fn events(date: impl Into<DateColumn>) -> Self {
        Self::default().date(date).rows(Rows::Events)
    }

    /// A table that has rows for every day, dated by a column.
    #[must_use]
    pub fn daily(date: impl Into<DateColumn>) -> Self {
        Self::default().date(date).rows(Rows::Daily)
    }
}

part! {
    /// The column that dates a row; written short, its name.
    DateColumn requires [column] shape super::schema::short_text, {
        /// The name of the column.
        column: (String),
        /// `YYYY`, `MM` or `M`, `DD` or `D` and the marks between them, then `hh`, `mm`, `ss` and `±hh:mm` for a time, or `*` to ignore it; default `YYYY-MM-DD`.
        pattern: (String),
        /// The zone whose business days count: `UTC`, a distance from it such as `+01:00`, or a name of the IANA database.
        #[cfg_attr(feature = "schema", schemars(example = "Europe/Amsterdam"))]
        zone: (String),
    }
}

impl From<&str> for DateColumn {
    fn from(column: &str) -> Self {
        Self::default().column(column)
    }
}

/// Columns by id; names that are ids need nothing beside them.
///
/// ```
/// use marketingos::written::{Column, Columns, Map};
/// let plain = Columns::from(["channel", "region"]);
/// let named = Columns(Map::from([("channel", Column::from("utm_source")), ("campaign", Column::from("utm_campaign").within("channel"))]));
/// assert_eq!((plain.0.0.len(), named.0.0.len()), (2, 2));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Columns(pub Map<Column>);

/// Columns of numbers by id; names that are ids need nothing beside them.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct MeasureColumns(pub Map<MeasureColumn>);

macro_rules! from_names {
    ($columns:ident, $column:ident) => {
        impl From<&str> for $columns {
            fn from(name: &str) -> Self {
                [name].into()
            }
        }

        impl<const N: usize> From<[&str; N]> for $columns {
            fn from(names: [&str; N]) -> Self {
                Self(names.map(|name| (name, $column::default())).into())
            }
        }

        impl<const N: usize> From<[(&str, $column); N]> for $columns {
            fn from(columns: [(&str, $column); N]) -> Self {
                Self(columns.into())
            }
        }

        impl From<&str> for $column {
            fn from(column: &str) -> Self {
                Self::default().column(column)
            }
        }
    };
}

from_names!(Columns, Column);
from_names!(MeasureColumns, MeasureColumn);

part! {
    /// A column; written short, its name.
    Column shape super::schema::short_text, {
        /// The name of the column; default the id.
        column: (String),
        /// The wider dimension that this one is a part of.
        within: (Id),
    }
}

part! {
    /// A column of numbers; written short, its name.
    MeasureColumn shape super::schema::short_text, {
        /// The name of the column; default the id.
        column: (String),
        /// The decimal mark; default `.`.
        decimal: (Mark),
        /// The mark between thousands; default none.
        thousands: (Mark),
        /// The unit; not checked where it is left out.
        unit: (Unit),
        /// `additive` (default: an amount), `semi_additive` (a balance) or `non_additive` (a rate).
        additivity: (Additivity),
    }
}

/// Until when days are known to have been recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordedUntil {
    /// Until this day.
    Day(Day),
    /// The facts are complete up to the as-of date.
    AsOf,
    /// Until the last row.
    LastRow,
}

impl From<&str> for RecordedUntil {
    fn from(text: &str) -> Self {
        match text {
            "as_of" => Self::AsOf,
            "last_row" => Self::LastRow,
            day => Self::Day(day.into()),
        }
    }
}

impl Serialize for RecordedUntil {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match self {
            Self::Day(day) => &day.0,
            Self::AsOf => "as_of",
            Self::LastRow => "last_row",
        })
    }
}
