//! Arrow record batches. Buffers that mean what a column of ours means are shared, not copied:
//! days, whole numbers and decimals, and the codes of dictionaries, where nothing is missing.
//! Everything else goes row by row into the sink.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowDictionaryKeyType, Date32Type, Decimal64Type, Decimal128Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, RecordBatch};
use arrow_buffer::{ArrowNativeType, ScalarBuffer};
use arrow_schema::{DataType, TimeUnit};

use super::super::column::{Buffer, CodeColumn, Codes, Dictionary, Mantissas, NULL, NumberColumn};
use super::header::{Columns, START, columns};
use super::number::{MAX_DECIMALS, MAX_WHOLE_DIGITS};
use super::refusals::Part;
use super::rows::{Datum, given, written};
use super::sink::{Given, Ready, Sink};
use crate::base::code::Code;
use crate::base::date::{Date, Moment};
use crate::base::finding::{Mark, quoted};
use crate::base::number::Number;
use crate::text::Notes;

/// Reads a batch whose first row has this number; `None` when a declared column is missing or of
/// a type that is not read.
pub(in crate::measure) fn read(batch: &RecordBatch, first: usize, sink: &mut Sink<'_>, notes: &mut Notes<'_>) -> Option<()> {
    let schema = batch.schema();
    let names: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    let columns = columns(sink.source, &names, notes)?;
    let used: Vec<usize> = std::iter::once(columns.date).chain(columns.texts.iter().copied()).chain(columns.numbers.iter().copied()).collect();
    let mut fit = true;
    for index in used.iter().copied() {
        let Some(field) = schema.fields().get(index) else { continue };
        if !is_read(field.data_type()) {
            let message = format!("the column {} is of the type {}, which is not read", quoted(field.name()), quoted(&field.data_type().to_string()));
            notes.error(Code::UnsupportedType, START, &message, "give texts, numbers, dates or time stamps; cast the column to one of these");
            fit = false;
        }
        if matches!(field.data_type(), DataType::Timestamp(_, Some(_))) && index == columns.date && sink.source.date.zone.is_none() {
            let message = format!("the column {} holds instants, and no zone is declared in which they fall on a day", quoted(field.name()));
            notes.error(Code::MissingKey, START, &message, &format!("declare the `zone` in `sources.{}.date`", sink.source.id));
            fit = false;
        }
    }
    if !fit {
        return None;
    }
    let ready = ready(batch, &columns, sink);
    let whole = ready.is_complete();
    sink.take(ready, batch.num_rows());
    if whole {
        return Some(());
    }
    let mut shown: Vec<String> = vec![String::new(); names.len()];
    for row in 0..batch.num_rows() {
        let line = u32::try_from(first.saturating_add(row).saturating_add(1)).unwrap_or(u32::MAX);
        let cells: Vec<Datum<'_>> =
            batch.columns().iter().enumerate().map(|(index, array)| if used.contains(&index) { datum(array.as_ref(), row) } else { Datum::Missing }).collect();
        for (shown, datum) in shown.iter_mut().zip(&cells) {
            written(datum, shown);
        }
        let moment = batch.columns().get(columns.date).and_then(|array| instant(array.as_ref(), row)).map(|instant| placed(sink, instant));
        sink.row(
            || Mark { line, column: 1 },
            |part| match (part, moment) {
                (Part::Date, Some(moment)) => moment.map_or(Given::Missing, Given::Moment),
                _ => given(part, cells.get(columns.index(part)), shown.get(columns.index(part)).map_or("", String::as_str)),
            },
        );
    }
    Some(())
}

fn is_read(data_type: &DataType) -> bool {
    match data_type {
        DataType::Null | DataType::Boolean | DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Date32 | DataType::Timestamp(..) => true,
        DataType::Float32 | DataType::Float64 => true,
        DataType::Decimal64(_, scale) | DataType::Decimal128(_, scale) => *scale >= 0,
        DataType::Dictionary(_, values) => matches!(values.as_ref(), DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View),
        other => other.is_integer(),
    }
}

/// What a row has in a column.
fn datum(array: &dyn Array, row: usize) -> Datum<'_> {
    if array.is_null(row) {
        return Datum::Missing;
    }
    match array.data_type() {
        DataType::Boolean => Datum::Text(if array.as_boolean().value(row) { "true" } else { "false" }),
        DataType::Utf8 => Datum::Text(array.as_string::<i32>().value(row)),
        DataType::LargeUtf8 => Datum::Text(array.as_string::<i64>().value(row)),
        DataType::Utf8View => Datum::Text(array.as_string_view().value(row)),
        DataType::Int8 => i64::from(array.as_primitive::<Int8Type>().value(row)).into(),
        DataType::Int16 => i64::from(array.as_primitive::<Int16Type>().value(row)).into(),
        DataType::Int32 => array.as_primitive::<Int32Type>().value(row).into(),
        DataType::Int64 => array.as_primitive::<Int64Type>().value(row).into(),
        DataType::UInt8 => i64::from(array.as_primitive::<UInt8Type>().value(row)).into(),
        DataType::UInt16 => i64::from(array.as_primitive::<UInt16Type>().value(row)).into(),
        DataType::UInt32 => array.as_primitive::<UInt32Type>().value(row).into(),
        DataType::UInt64 => Datum::Number(Number::from(array.as_primitive::<UInt64Type>().value(row))),
        DataType::Float64 => Datum::Double(array.as_primitive::<Float64Type>().value(row)),
        // The double that prints as the single one does.
        DataType::Float32 => Datum::Double(array.as_primitive::<Float32Type>().value(row).to_string().parse().unwrap_or(f64::NAN)),
        DataType::Decimal64(_, scale) => decimal(i128::from(array.as_primitive::<Decimal64Type>().value(row)), *scale),
        DataType::Decimal128(_, scale) => decimal(array.as_primitive::<Decimal128Type>().value(row), *scale),
        DataType::Date32 => day(array.as_primitive::<Date32Type>().value(row)).map_or(Datum::Missing, Datum::Date),
        DataType::Dictionary(..) => {
            let Some(dictionary) = array.as_any_dictionary_opt() else { return Datum::Missing };
            match datum(dictionary.keys(), row) {
                Datum::Integer(key) => usize::try_from(key).map_or(Datum::Missing, |key| datum(dictionary.values().as_ref(), key)),
                _ => Datum::Missing,
            }
        }
        _ => Datum::Missing,
    }
}

fn decimal<'a>(mantissa: i128, scale: i8) -> Datum<'a> {
    Datum::Number(Number::from_parts(mantissa, u32::try_from(scale).unwrap_or(0)))
}

fn day(days: i32) -> Option<Date> {
    Some(Date::from_epoch_days(days)).filter(|date| date.epoch_days() == days)
}

/// Seconds since 1970, and whether they are those of UTC.
fn instant(array: &dyn Array, row: usize) -> Option<(i64, bool)> {
    let DataType::Timestamp(unit, zone) = array.data_type() else { return None };
    if array.is_null(row) {
        return None;
    }
    let (value, each) = match unit {
        TimeUnit::Second => (array.as_primitive::<TimestampSecondType>().value(row), 1),
        TimeUnit::Millisecond => (array.as_primitive::<TimestampMillisecondType>().value(row), 1_000),
        TimeUnit::Microsecond => (array.as_primitive::<TimestampMicrosecondType>().value(row), 1_000_000),
        TimeUnit::Nanosecond => (array.as_primitive::<TimestampNanosecondType>().value(row), 1_000_000_000),
    };
    Some((value.div_euclid(each), zone.is_some()))
}

fn placed(sink: &Sink<'_>, (seconds, utc): (i64, bool)) -> Option<Moment> {
    sink.source.date.place(seconds, utc)
}

/// The columns whose buffers can be shared; none when a row might have to be left out.
fn ready(batch: &RecordBatch, columns: &Columns, sink: &mut Sink<'_>) -> Ready {
    let mut ready = Ready { dates: None, texts: vec![None; columns.texts.len()], numbers: vec![None; columns.numbers.len()] };
    let Some(dates) = batch.columns().get(columns.date).and_then(|array| array.as_primitive_opt::<Date32Type>()).filter(|dates| dates.null_count() == 0) else {
        return ready;
    };
    if sink.source.date.pattern.has_time() || !dates.values().iter().all(|days| day(*days).is_some()) {
        return ready;
    }
    ready.dates = Some(shared(dates.values().clone()));
    let entity = columns.texts.len().checked_sub(1).filter(|_| sink.source.entity.is_some());
    for (position, (index, ready)) in columns.texts.iter().zip(&mut ready.texts).enumerate() {
        let Some(dictionary) = batch.columns().get(*index).filter(|array| array.null_count() == 0) else { continue };
        if let Some(column) = codes(dictionary.as_ref(), sink.dictionary(position)) {
            // A row without its entity has to be told.
            let named = column.to_table.as_ref().is_none_or(|map| !map.contains(&NULL));
            *ready = Some(column).filter(|_| entity != Some(position) || named);
        }
    }
    for (index, ready) in columns.numbers.iter().zip(&mut ready.numbers) {
        *ready = batch.columns().get(*index).filter(|array| array.null_count() == 0).and_then(|array| numbers(array.as_ref()));
    }
    ready
}

fn shared<T: ArrowNativeType>(values: ScalarBuffer<T>) -> Buffer<T> {
    Buffer::Shared(Arc::new(values))
}

/// The codes of a dictionary's rows, mapped to those of the table's dictionary.
fn codes(array: &dyn Array, dictionary: Option<&mut Dictionary>) -> Option<CodeColumn> {
    let DataType::Dictionary(keys, _) = array.data_type() else { return None };
    // Keys are not negative, so that the bits mean the same without a sign.
    match keys.as_ref() {
        DataType::Int8 => column::<Int8Type, u8>(array, dictionary?, Codes::Byte),
        DataType::UInt8 => column::<UInt8Type, u8>(array, dictionary?, Codes::Byte),
        DataType::Int16 => column::<Int16Type, u16>(array, dictionary?, Codes::Short),
        DataType::UInt16 => column::<UInt16Type, u16>(array, dictionary?, Codes::Short),
        DataType::Int32 => column::<Int32Type, u32>(array, dictionary?, Codes::Long),
        DataType::UInt32 => column::<UInt32Type, u32>(array, dictionary?, Codes::Long),
        _ => None,
    }
}

fn column<K: ArrowDictionaryKeyType, U: ArrowNativeType>(array: &dyn Array, dictionary: &mut Dictionary, codes: fn(Buffer<U>) -> Codes) -> Option<CodeColumn> {
    let array = array.as_dictionary_opt::<K>()?;
    let keys = array.keys().values();
    // Members that no row has are none of the table's.
    let mut used = vec![false; array.values().len()];
    for key in keys {
        *used.get_mut(key.as_usize())? = true;
    }
    let values = array.values().as_ref();
    let to_table = used.into_iter().enumerate().map(|(key, used)| match datum(values, key) {
        Datum::Text(text) if used => dictionary.intern(text),
        _ => NULL,
    });
    let to_table = to_table.collect();
    let keys = ScalarBuffer::<U>::new(keys.inner().clone(), 0, keys.len());
    Some(CodeColumn { codes: codes(shared(keys)), to_table: Some(to_table) })
}

/// Whole numbers and decimals, if all of them can be kept.
fn numbers(array: &dyn Array) -> Option<NumberColumn> {
    let (mantissas, decimals, largest) = match array.data_type() {
        DataType::Int64 => narrow(array.as_primitive::<Int64Type>().values(), 0),
        DataType::Decimal64(_, scale) => narrow(array.as_primitive::<Decimal64Type>().values(), *scale),
        DataType::Decimal128(_, scale) => {
            let values = array.as_primitive::<Decimal128Type>().values();
            let largest = values.iter().map(|value| value.unsigned_abs()).max().unwrap_or(0);
            (Mantissas::Wide(shared(values.clone())), *scale, largest)
        }
        _ => return None,
    };
    let decimals = u32::try_from(decimals).ok().filter(|decimals| usize::try_from(*decimals).is_ok_and(|decimals| decimals <= MAX_DECIMALS))?;
    let most = 10u128.checked_pow(u32::try_from(MAX_WHOLE_DIGITS).ok()?.saturating_add(decimals))?;
    (largest < most).then_some(NumberColumn { mantissas, decimals, gaps: false, largest })
}

fn narrow(values: &ScalarBuffer<i64>, decimals: i8) -> (Mantissas, i8, u128) {
    let largest = values.iter().map(|value| value.unsigned_abs()).max().unwrap_or(0);
    (Mantissas::Narrow(shared(values.clone())), decimals, u128::from(largest))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::types::Int32Type;
    use arrow_array::{ArrayRef, Date32Array, DictionaryArray, Int64Array, RecordBatch};

    use super::super::super::column::{Codes, Mantissas};
    use super::super::super::table::Table;
    use super::Sink;
    use crate::model::System;
    use crate::text::{Notes, Source};

    #[test]
    fn buffers_without_gaps_are_not_copied() {
        let text = "{marketingos: 1, name: Shared, sources: {s: {date: day, dimensions: [channel], measures: [amount], rows: events}}}";
        let (system, _) = System::parse(&[Source::new("system.yaml", text)]).unwrap();
        let source = system.source("s").unwrap();
        let days = Date32Array::from(vec![20_458, 20_459]);
        let channels: DictionaryArray<Int32Type> = vec!["paid", "own"].into_iter().collect();
        let amounts = Int64Array::from(vec![1, -2]);
        let pointers = (days.values().as_ptr(), channels.keys().values().as_ptr().cast::<u32>(), amounts.values().as_ptr());
        let columns: [(&str, ArrayRef); 3] = [("day", Arc::new(days)), ("channel", Arc::new(channels)), ("amount", Arc::new(amounts))];
        let batch = RecordBatch::try_from_iter(columns).unwrap();
        let (table, mut findings) = (Table::new(source), Vec::new());
        let mut sink = Sink::new(&table, source, "s rows");
        super::read(&batch, 0, &mut sink, &mut Notes { file: "s rows", findings: &mut findings }).unwrap();
        let loaded = sink.finish(&table);
        let chunk = &loaded.table.chunks[0];
        let (Codes::Long(codes), Mantissas::Narrow(mantissas)) = (&chunk.texts[0].codes, &chunk.numbers[0].mantissas) else { panic!("other widths") };
        assert_eq!((chunk.dates.as_ptr(), codes.as_ptr(), mantissas.as_ptr()), pointers);
        assert_eq!(loaded.table.dictionaries[0].text(chunk.texts[0].at(1)), Some("own"));
        assert_eq!((loaded.refusals.rows, chunk.numbers[0].largest), (2, 2));
    }
}
