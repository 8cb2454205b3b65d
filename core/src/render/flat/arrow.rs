//! Flat tables as Arrow record batches: numbers as the nearest doubles, which is what data frames
//! compute with, days as days, texts as texts.

use std::sync::Arc;

use arrow_array::{ArrayRef, Date32Array, Float64Array, RecordBatch, RecordBatchOptions, StringArray};
use arrow_schema::{DataType, Field, Schema};

use super::{Cell, Flat, Kind};
use crate::judge::budget::BudgetReport;
use crate::judge::landing::Landing;
use crate::judge::scorecard::Scorecard;

impl Flat {
    fn to_record_batch(&self) -> RecordBatch {
        let mut fields = Vec::with_capacity(self.columns.len());
        let mut arrays: Vec<ArrayRef> = Vec::with_capacity(self.columns.len());
        for (index, (name, kind)) in self.columns.iter().enumerate() {
            let cells = || self.rows.iter().map(move |row| row.get(index).unwrap_or(&Cell::Nothing));
            let (form, array): (DataType, ArrayRef) = match kind {
                Kind::Text => (DataType::Utf8, Arc::new(cells().map(text).collect::<StringArray>())),
                Kind::Number => (DataType::Float64, Arc::new(cells().map(double).collect::<Float64Array>())),
                Kind::Day => (DataType::Date32, Arc::new(cells().map(day).collect::<Date32Array>())),
            };
            fields.push(Field::new(name, form, true));
            arrays.push(array);
        }
        let schema = Arc::new(Schema::new(fields));
        let options = RecordBatchOptions::new().with_row_count(Some(self.rows.len()));
        // Columns are as long as there are rows, and of the kinds that the schema names.
        RecordBatch::try_new_with_options(Arc::clone(&schema), arrays, &options).unwrap_or_else(|_| RecordBatch::new_empty(schema))
    }
}

fn text(cell: &Cell) -> Option<&str> {
    match cell {
        Cell::Text(text) => Some(text),
        _ => None,
    }
}

fn double(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Number(number) => number.to_f64(),
        _ => None,
    }
}

fn day(cell: &Cell) -> Option<i32> {
    match cell {
        Cell::Day(day) => Some(day.epoch_days()),
        _ => None,
    }
}

impl Scorecard {
    /// The scorecard as an Arrow table with the columns of [`to_csv`](Self::to_csv).
    #[must_use]
    pub fn to_record_batch(&self) -> RecordBatch {
        self.flat().to_record_batch()
    }
}

impl BudgetReport {
    /// The budget as an Arrow table with the columns of [`to_csv`](Self::to_csv).
    #[must_use]
    pub fn to_record_batch(&self) -> RecordBatch {
        self.flat().to_record_batch()
    }
}

impl Landing {
    /// The landing as an Arrow table with the columns of [`to_csv`](Self::to_csv).
    #[must_use]
    pub fn to_record_batch(&self) -> RecordBatch {
        self.flat().to_record_batch()
    }
}
