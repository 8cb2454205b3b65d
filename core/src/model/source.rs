//! Declared tables: where facts come from and how their text is to be read.

use serde::Serialize;

use super::kpi::Additivity;
use crate::base::date::{Date, DatePattern, Moment, Stamp};
use crate::base::id::Id;
use crate::base::unit::Unit;
use crate::base::zone::Zone;

/// A declared table of facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceTable {
    /// Its id; facts are given under this name.
    pub id: Id,
    /// The character between cells.
    pub separator: char,
    /// The column that dates each row.
    pub date: DateColumn,
    /// The column that names what a row is about, such as a lead.
    pub entity: Option<Column>,
    /// The columns by which figures can be broken down or filtered.
    pub dimensions: Vec<Column>,
    /// The columns that are numbers.
    pub measures: Vec<MeasureColumn>,
    /// What the absence of a row means.
    pub rows: Rows,
    /// The first day on which anything would have been recorded; `None` for the first row's.
    pub recorded_from: Option<Date>,
    /// The last day on which anything would have been recorded.
    pub recorded_until: RecordedUntil,
    /// The column that says since when a row was known; `None` when rows were known at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded_at: Option<KnownColumn>,
    /// The column that says since when a row is no longer what is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub superseded_at: Option<KnownColumn>,
}

/// A column that says since when something was known. It is kept with the rows, like a dimension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KnownColumn {
    /// The id by which it is kept.
    #[serde(skip)]
    pub(crate) key: Column,
    /// The column, and how its dates are written.
    #[serde(flatten)]
    pub date: DateColumn,
}

/// A column and the id under which the system knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    /// The id.
    pub id: Id,
    /// The column's name in the table's header.
    pub column: String,
    /// The dimension that this one is a part of, such as the channel of a campaign.
    pub within: Option<Id>,
}

/// The column that dates the rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DateColumn {
    /// The column's name in the table's header.
    pub column: String,
    /// How dates are written.
    pub pattern: DatePattern,
    /// The zone whose business days count, where dates come with times.
    pub zone: Option<Zone>,
}

impl DateColumn {
    /// The business day of an instant, in seconds since 1970; of a local time counted like one,
    /// unless they are those of `utc`.
    #[cfg_attr(not(feature = "arrow"), allow(dead_code, reason = "only Arrow has time stamps that are numbers"))]
    pub(crate) fn place(&self, seconds: i64, utc: bool) -> Option<Moment> {
        const DAY: i64 = 86_400;
        let day = i32::try_from(seconds.div_euclid(DAY)).ok()?;
        let date = Date::from_epoch_days(day);
        let second = i32::try_from(seconds.rem_euclid(DAY)).ok()?;
        match &self.zone {
            Some(zone) if utc => zone.moment(seconds),
            _ if date.epoch_days() != day => None,
            Some(zone) => zone.local_moment(Stamp { date, second, offset: None }),
            None => Some(Moment { day, second }),
        }
    }

    /// The business day that a text names, and the time in it; `None` when there is none.
    pub(crate) fn read(&self, text: &str) -> Option<Moment> {
        let stamp = self.pattern.stamp(text)?;
        match (&self.zone, stamp.instant()) {
            (Some(zone), Some(instant)) => zone.moment(instant),
            (Some(zone), None) if self.pattern.has_time() => zone.local_moment(stamp),
            _ => Some(Moment { day: stamp.date.epoch_days(), second: stamp.second }),
        }
    }
}

/// A column of numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MeasureColumn {
    /// The id.
    pub id: Id,
    /// The column's name in the table's header.
    pub column: String,
    /// The decimal mark.
    pub decimal: char,
    /// The thousands mark, if there is one.
    pub thousands: Option<char>,
    /// What it measures; `None` where it is not declared, and then not checked.
    pub unit: Option<Unit>,
    /// Whether its numbers add up: over time and members (an amount), over members only (a
    /// balance), or not at all (a rate).
    pub additivity: Additivity,
}

/// What the absence of a row on a day means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Rows {
    /// Rows are events: a day without rows, while recording went on, had none.
    Events,
    /// There is at least a row for every day: a day without rows is missing.
    Daily,
}

impl Rows {
    pub(crate) const WORDS: [(&'static str, Self); 2] = [("events", Self::Events), ("daily", Self::Daily)];
}

/// Until when a source was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordedUntil {
    /// Until the last row's day: what comes later is not known to have been recorded.
    LastRow,
    /// Until the as-of date: the table is known to be complete up to it.
    AsOf,
    /// Until this day.
    Day(Date),
}

impl SourceTable {
    /// The dimensions, then what says since when a row was known, and, last, the entity.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &Column> {
        self.dimensions.iter().chain(self.known().map(|known| &known.key)).chain(&self.entity)
    }

    /// What says since when a row was known, and since when no longer.
    pub(crate) fn known(&self) -> impl Iterator<Item = &KnownColumn> {
        self.recorded_at.iter().chain(&self.superseded_at)
    }

    /// The dimension, or the entity, with this id.
    #[must_use]
    pub fn has_key(&self, id: &str) -> bool {
        self.keys().any(|column| column.id.as_str() == id)
    }
}
