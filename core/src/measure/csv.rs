//! CSV text to columns, by the declared source. Whatever cannot be used is counted by reason.

use std::collections::BTreeMap;
use std::sync::Arc;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::column::{CodeColumn, Dictionary, NumberColumn};
use super::table::{Chunk, Table};
use crate::base::code::Code;
use crate::base::date::DatePattern;
use crate::base::finding::{Mark, Severity, quoted};
use crate::base::id::nearest;
use crate::model::source::{MeasureColumn, SourceTable};
use crate::text::Notes;

/// Numbers keep at most this many digits before the decimal point …
const MAX_WHOLE_DIGITS: usize = 18;
/// … and this many after it.
const MAX_DECIMALS: usize = 18;
/// The columns of one table.
const MAX_COLUMNS: usize = 10_000;
/// The most names that are compared to find those nearest to columns that are missing.
const MAX_COMPARISONS: usize = 500_000;

/// What was not used of a table, by reason, and where it was met first.
#[derive(Default)]
struct Rejections<'a> {
    /// By reason and position in the record.
    counts: BTreeMap<(Code, usize), Rejected<'a>>,
}

/// What was not used for one reason.
struct Rejected<'a> {
    column: &'a str,
    count: u64,
    /// Of the first.
    line: u32,
    example: String,
}

impl<'a> Rejections<'a> {
    fn count(&mut self, code: Code, (position, column): (usize, &'a str), line: u32, example: impl FnOnce() -> String) {
        let rejected = self.counts.entry((code, position)).or_insert_with(|| Rejected { column, count: 0, line, example: example() });
        rejected.count = rejected.count.saturating_add(1);
    }
}

/// How many rows were read and used.
pub(super) struct Loaded {
    pub(super) table: Table,
    pub(super) rows: u64,
    pub(super) rejected_rows: u64,
    pub(super) rejected_cells: u64,
}

/// Where a record's cells go.
struct Columns<'a> {
    date: usize,
    pattern: &'a DatePattern,
    date_name: &'a str,
    /// Indexes in the record, in the order of the table's keys.
    texts: Vec<usize>,
    numbers: Vec<(usize, &'a MeasureColumn)>,
    width: usize,
    entity: Option<usize>,
}

/// Reads a table; `None` when a declared column is missing or the text cannot be read at all.
pub(super) fn read(source: &SourceTable, text: &str, notes: &mut Notes<'_>) -> Option<Loaded> {
    let mut records = Records::new(text, source.separator);
    let Some(header) = records.next().filter(|header| header.cells.iter().any(|cell| !cell.is_empty())) else {
        notes.error(Code::EmptyText, Mark { line: 1, column: 1 }, "the text is empty", "give a header line with the declared columns");
        return None;
    };
    if header.unclosed {
        return unclosed(&header, notes);
    }
    let columns = columns(source, &header.cells, notes)?;
    let mut dates: Vec<i32> = Vec::new();
    let mut texts: Vec<(Dictionary, Vec<u32>)> = vec![Default::default(); columns.texts.len()];
    let mut rejections = Rejections::default();
    let (mut rows, mut rejected_rows, mut rejected_cells) = (0u64, 0u64, 0u64);
    let mut scales: Vec<Vec<Option<(i128, u32)>>> = vec![Vec::new(); columns.numbers.len()];
    while let Some(record) = records.next() {
        if record.cells.iter().all(String::is_empty) && record.cells.len() <= 1 {
            continue;
        }
        rows = rows.saturating_add(1);
        if record.unclosed {
            return unclosed(&record, notes);
        }
        if record.cells.len() != columns.width {
            rejected_rows = rejected_rows.saturating_add(1);
            rejections.count(Code::RaggedRow, (0, ""), record.line, || format!("{} cells instead of {}", record.cells.len(), columns.width));
            continue;
        }
        let cell = |index: usize| record.cells.get(index).map_or("", String::as_str);
        let Some(date) = columns.pattern.read(cell(columns.date).trim()) else {
            rejected_rows = rejected_rows.saturating_add(1);
            rejections.count(Code::BadDate, (columns.date, columns.date_name), record.line, || cell(columns.date).to_owned());
            continue;
        };
        dates.push(date.epoch_days());
        if columns.entity.is_some_and(|index| cell(index).is_empty()) {
            rejections.count(Code::MissingEntity, (0, ""), record.line, String::new);
        }
        for (index, (dictionary, codes)) in columns.texts.iter().zip(&mut texts) {
            codes.push(dictionary.intern(cell(*index)));
        }
        for ((index, measure), scaled) in columns.numbers.iter().zip(&mut scales) {
            let text = cell(*index).trim();
            let number = if text.is_empty() { Ok(None) } else { number(text, measure).map(Some) };
            scaled.push(number.unwrap_or_else(|code| {
                rejected_cells = rejected_cells.saturating_add(1);
                rejections.count(code, (*index, &measure.column), record.line, || text.to_owned());
                None
            }));
        }
    }
    let numbers = scales.iter().map(|scaled| at_one_scale(scaled)).collect();
    let (dictionaries, codes): (Vec<_>, Vec<_>) = texts.into_iter().map(|(dictionary, codes)| (Arc::new(dictionary), CodeColumn::new(codes))).unzip();
    let chunk = Chunk::new(dates.into(), None, codes, numbers);
    let table = Table { dictionaries, chunks: vec![Arc::new(chunk)], ..Table::new(source) };
    report(rejections, rows, source, notes);
    Some(Loaded { table, rows, rejected_rows, rejected_cells })
}

fn unclosed(record: &Record, notes: &mut Notes<'_>) -> Option<Loaded> {
    let mark = Mark { line: record.line, column: 1 };
    notes.error(
        Code::UnbalancedQuote,
        mark,
        "a quoted cell in the row that starts here is not closed",
        "close the quote, and double the quotes inside a quoted cell",
    );
    None
}

fn at_one_scale(values: &[Option<(i128, u32)>]) -> NumberColumn {
    let decimals = values.iter().flatten().map(|(_, decimals)| *decimals).max().unwrap_or(0);
    let rescale = |(mantissa, own): (i128, u32)| 10i128.checked_pow(decimals.saturating_sub(own)).and_then(|factor| mantissa.checked_mul(factor));
    NumberColumn::new(&values.iter().map(|value| value.and_then(rescale)).collect::<Vec<_>>(), decimals)
}

fn columns<'a>(source: &'a SourceTable, header: &[String], notes: &mut Notes<'_>) -> Option<Columns<'a>> {
    let start = Mark { line: 1, column: 1 };
    let names: Vec<&str> = header.iter().map(|name| name.trim()).collect();
    if names.len() > MAX_COLUMNS {
        notes.error(Code::TooLarge, start, &format!("the table has more than {MAX_COLUMNS} columns"), "keep the columns that are declared");
        return None;
    }
    let mut complete = true;
    // Where each name stands first, and whether it is declared.
    let mut places: BTreeMap<&str, (usize, bool)> = BTreeMap::new();
    let mut repeated: Vec<&str> = Vec::new();
    for (index, name) in names.iter().copied().enumerate() {
        if places.contains_key(name) {
            repeated.push(name);
        } else {
            places.insert(name, (index, false));
        }
    }
    let mut comparisons = MAX_COMPARISONS;
    let mut find = |column: &str| {
        let index = places.get_mut(column).map(|(index, declared)| {
            *declared = true;
            *index
        });
        match index {
            Some(_) => {}
            None => {
                complete = false;
                comparisons = comparisons.saturating_sub(names.len());
                let near = nearest(column, names.iter().copied().filter(|_| comparisons > 0)).map(|near| format!("; is it `{near}`?")).unwrap_or_default();
                let message = format!("the declared column {} is not in the header", quoted(column));
                notes.error(Code::MissingColumn, start, &message, &format!("add the column, or declare its name in `sources.{}`{near}", source.id));
            }
        }
        index.unwrap_or(usize::MAX)
    };
    let date = find(&source.date.column);
    let texts: Vec<usize> = source.keys().map(|column| find(&column.column)).collect();
    let entity = texts.last().copied().filter(|_| source.entity.is_some());
    let numbers: Vec<(usize, &MeasureColumn)> = source.measures.iter().map(|measure| (find(&measure.column), measure)).collect();
    let declared = |name: &str| places.get(name).is_some_and(|(_, declared)| *declared);
    repeated.sort_unstable();
    repeated.dedup();
    for name in repeated.into_iter().filter(|name| declared(name)) {
        notes.error(Code::DuplicateColumn, start, &format!("the column {} stands twice in the header", quoted(name)), "give each column a name of its own");
        complete = false;
    }
    let extra: Vec<String> = names.iter().filter(|name| !declared(name)).map(|name| quoted(name)).collect();
    if !extra.is_empty() {
        let message = format!(
            "{} not declared and not read: {}",
            if extra.len() == 1 { "a column is" } else { "columns are" },
            extra.iter().take(12).cloned().collect::<Vec<_>>().join(", ")
        );
        notes.add(Severity::Note, Code::ExtraColumns, start, &message, &format!("declare it in `sources.{}` if it is needed", source.id));
    }
    complete.then_some(Columns { date, pattern: &source.date.pattern, date_name: &source.date.column, texts, numbers, width: names.len(), entity })
}

/// A number as the column declares it: `Err` says why it is not one.
fn number(text: &str, column: &MeasureColumn) -> Result<(i128, u32), Code> {
    let (negative, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (digits, exponent) = match digits.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i32>().map_err(|_| Code::BadNumber)?),
        None => (digits, 0),
    };
    let (whole, fraction) = digits.split_once(column.decimal).unwrap_or((digits, ""));
    let whole = ungrouped(whole, column.thousands).ok_or(Code::BadNumber)?;
    let only_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !only_digits(&whole) || !only_digits(fraction) {
        return Err(Code::BadNumber);
    }
    let fraction = fraction.trim_end_matches('0');
    let significant = format!("{whole}{fraction}");
    let significant = significant.trim_start_matches('0');
    if significant.is_empty() {
        return Ok((0, 0));
    }
    // The value is `significant` × 10^shift.
    let shift = i64::from(exponent).saturating_sub(i64::try_from(fraction.len()).unwrap_or(i64::MAX));
    let whole_digits = shift.saturating_add(i64::try_from(significant.len()).unwrap_or(i64::MAX));
    let limits = (i64::try_from(MAX_WHOLE_DIGITS).unwrap_or(18), i64::try_from(MAX_DECIMALS).unwrap_or(18));
    if whole_digits > limits.0 || shift < -limits.1 {
        return Err(Code::NumberOutOfRange);
    }
    let mantissa: i128 = significant.parse().map_err(|_| Code::NumberOutOfRange)?;
    let zeros = u32::try_from(shift.max(0)).unwrap_or(0);
    let mantissa = 10i128.checked_pow(zeros).and_then(|factor| mantissa.checked_mul(factor)).ok_or(Code::NumberOutOfRange)?;
    let decimals = u32::try_from((-shift).max(0)).unwrap_or(0);
    Ok((if negative { -mantissa } else { mantissa }, decimals))
}

/// Without the thousands marks, which must stand between groups of three.
fn ungrouped(whole: &str, thousands: Option<char>) -> Option<String> {
    let Some(mark) = thousands.filter(|mark| whole.contains(*mark)) else { return Some(whole.to_owned()) };
    let mut groups = whole.split(mark);
    let first = groups.next().filter(|first| (1..=3).contains(&first.len()))?;
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 {
            return None;
        }
        digits.push_str(group);
    }
    Some(digits)
}

fn report(rejections: Rejections<'_>, rows: u64, source: &SourceTable, notes: &mut Notes<'_>) {
    for ((code, _), Rejected { column, count, line, example }) in rejections.counts {
        let of = format!("{count} of {rows} rows");
        let (have, are, name) = if count == 1 { ("has", "is", "does not name its") } else { ("have", "are", "do not name their") };
        let example = quoted(&example);
        let (message, help) = match code {
            Code::RaggedRow => {
                (format!("{of} {have} more or fewer cells than the header, and {are} not counted"), "quote cells that hold the separator".to_owned())
            }
            Code::BadDate => (
                format!("{of} {have} no date of the form `{}` in {}, and {are} not counted", source.date.pattern.as_str(), quoted(column)),
                format!("mend the dates, or declare their `pattern` in `sources.{}.date`", source.id),
            ),
            Code::BadNumber => (
                format!("{of} {have} no number in {} as it is declared, and the cell is missing", quoted(column)),
                format!("mend the cells, or declare `decimal` and `thousands` in `sources.{}.measures`", source.id),
            ),
            Code::NumberOutOfRange => (
                format!(
                    "{of} {have} a number in {} with more than {MAX_WHOLE_DIGITS} digits before or {MAX_DECIMALS} after the point, and the cell is missing",
                    quoted(column)
                ),
                "round the numbers before they are exported".to_owned(),
            ),
            _ => (format!("{of} {name} entity"), "fill in the entity, or leave such rows out".to_owned()),
        };
        // The example stands in the help: a message is repeated in reports, which must not depend
        // on the order of rows.
        let help = match code {
            Code::RaggedRow => format!("the first has {}; {help}", example.trim_matches('`')),
            Code::MissingEntity => help,
            _ => format!("the first has {example}; {help}"),
        };
        notes.add(Severity::Warning, code, Mark { line, column: 1 }, &message, &help);
    }
}

/// One line of cells.
struct Record {
    cells: Vec<String>,
    /// The line on which it starts, from 1.
    line: u32,
    /// Whether the text ended inside a quoted cell.
    unclosed: bool,
}

/// The records of a text, by a CSV reader that allocates nothing itself.
struct Records<'a> {
    reader: Reader,
    separator: u8,
    rest: &'a [u8],
    line: u32,
    cells: Vec<u8>,
    ends: Vec<usize>,
}

impl<'a> Records<'a> {
    fn new(text: &'a str, separator: char) -> Self {
        let separator = u8::try_from(separator).unwrap_or(b',');
        Self { reader: ReaderBuilder::new().delimiter(separator).build(), separator, rest: text.as_bytes(), line: 1, cells: vec![0; 1024], ends: vec![0; 64] }
    }

    fn next(&mut self) -> Option<Record> {
        let (mut used_cells, mut used_ends) = (0usize, 0usize);
        let line = self.line;
        let start = self.rest;
        loop {
            let cells = self.cells.get_mut(used_cells..)?;
            let ends = self.ends.get_mut(used_ends..)?;
            let (result, read, written, ended) = self.reader.read_record(self.rest, cells, ends);
            self.rest = self.rest.get(read..)?;
            used_cells = used_cells.saturating_add(written);
            used_ends = used_ends.saturating_add(ended);
            match result {
                ReadRecordResult::OutputFull => self.cells.resize(self.cells.len().saturating_mul(2), 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len().saturating_mul(2), 0),
                // An empty rest tells the reader that the text has ended.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return None,
            }
        }
        let consumed = start.get(..start.len().saturating_sub(self.rest.len())).unwrap_or_default();
        let line_ends = |bytes: &[u8]| u32::try_from(bytes.iter().filter(|byte| **byte == b'\n').count()).unwrap_or(u32::MAX);
        // Blank lines before a record belong to no record.
        let blank = consumed.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        let line = line.saturating_add(line_ends(consumed.get(..blank).unwrap_or_default()));
        self.line = self.line.saturating_add(line_ends(consumed));
        let unclosed = self.rest.is_empty() && ends_in_quotes(consumed, self.separator);
        let mut cells = Vec::with_capacity(used_ends);
        let mut from = 0;
        for end in self.ends.iter().take(used_ends) {
            let bytes = self.cells.get(from..*end).unwrap_or_default();
            cells.push(String::from_utf8_lossy(bytes).into_owned());
            from = *end;
        }
        Some(Record { cells, line, unclosed })
    }
}

/// Whether a record that the text's end closes still has a quoted cell open. A quote opens a
/// cell only where one starts; elsewhere, as in `5" screen`, it is a character like others.
fn ends_in_quotes(record: &[u8], separator: u8) -> bool {
    #[derive(PartialEq)]
    enum State {
        Start,
        Plain,
        Quoted,
        AfterQuote,
    }
    let mut state = State::Start;
    for byte in record {
        state = match (&state, *byte) {
            (State::Start, b'"') | (State::AfterQuote, b'"') => State::Quoted,
            (State::Quoted, b'"') => State::AfterQuote,
            (State::Quoted, _) => State::Quoted,
            (_, byte) if byte == separator || byte == b'\n' || byte == b'\r' => State::Start,
            _ => State::Plain,
        };
    }
    state == State::Quoted
}

#[cfg(test)]
mod tests {
    use super::{ends_in_quotes, number};
    use crate::base::code::Code;
    use crate::base::id::Id;
    use crate::model::source::MeasureColumn;

    fn read(text: &str, decimal: char, thousands: Option<char>) -> Result<(i128, u32), Code> {
        number(
            text,
            &MeasureColumn { id: Id::new("x").unwrap(), column: String::new(), decimal, thousands, unit: None, additivity: crate::Additivity::Additive },
        )
    }

    #[test]
    fn numbers_are_read_as_declared_and_not_otherwise() {
        assert_eq!(read("12.50", '.', None), Ok((125, 1)));
        assert_eq!(read("7307,37", ',', None), Ok((730_737, 2)));
        assert_eq!(read("2,146", '.', Some(',')), Ok((2146, 0)));
        assert_eq!(read("1.234.567,8", ',', Some('.')), Ok((12_345_678, 1)));
        assert_eq!(read("-1.5e3", '.', None), Ok((-1500, 0)));
        assert_eq!(read("1e-3", '.', None), Ok((1, 3)));
        for bad in ["7307,37", "2,146", "NaN", "inf", "-inf", "1.2.3", "", "-", ".", "12 %", "0x10", "1e", "1_000", "٣"] {
            assert_eq!(read(bad, '.', None), Err(Code::BadNumber), "{bad}");
        }
        for bad in ["12,34,567", "1,2", ",146", "2146,"] {
            assert_eq!(read(bad, '.', Some(',')), Err(Code::BadNumber), "{bad}");
        }
        for large in ["1e400", "1e18", "12345678901234567890", "1e-400", "0.0000000000000000001"] {
            assert_eq!(read(large, '.', None), Err(Code::NumberOutOfRange), "{large}");
        }
        assert_eq!(read("0e400", '.', None), Ok((0, 0)));
    }

    #[test]
    fn a_quote_opens_a_cell_only_where_one_starts() {
        for (record, open) in [
            ("a,\"b", true),
            ("a,\"b\"", false),
            ("a,\"b\"\"", true),
            ("a,5\" screen", false),
            ("\"a\"b\"", false),
            ("\"a\",\"\n\n", true),
            ("\n\"a", true),
            ("", false),
        ] {
            assert_eq!(ends_in_quotes(record.as_bytes(), b','), open, "{record:?}");
        }
    }
}
