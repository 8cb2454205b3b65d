//! One sheet while it is written: texts stay texts, and what is not known is not a number.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Note, Worksheet, XlsxError};

use super::super::escape;
use crate::base::date::Date;
use crate::base::number::Number;
use crate::base::value::Value;

/// The most characters of a text in a cell; Excel takes 32,767.
pub(super) const MOST_TEXT: usize = 8_000;
/// The most characters of a note.
const MOST_NOTE: usize = 1_000;
/// The most characters of a text within a formula; Excel takes 255.
const MOST_LITERAL: usize = 200;

pub(super) type Written = Result<(), XlsxError>;

pub(super) struct Page<'w> {
    pub(super) sheet: &'w mut Worksheet,
}

impl Page<'_> {
    /// A text, literal whatever it looks like.
    pub(super) fn text(&mut self, row: u32, column: u16, text: &str, format: &Format) -> Written {
        let text = shown(text, MOST_TEXT);
        if text.is_empty() {
            self.sheet.write_blank(row, column, format)?;
        } else if acts(&text) {
            // Without it, opening the cell and leaving it again would make it a formula.
            self.sheet.write_string_with_format(row, column, text, &format.clone().set_quote_prefix())?;
        } else {
            self.sheet.write_string_with_format(row, column, text, format)?;
        }
        Ok(())
    }

    pub(super) fn texts(&mut self, row: u32, texts: &[&str], format: &Format) -> Written {
        (0u16..).zip(texts).try_for_each(|(column, text)| self.text(row, column, text, format))
    }

    /// A number as the nearest double; its reason in one word where there is none.
    pub(super) fn value(&mut self, row: u32, column: u16, value: &Value, format: &Format) -> Written {
        match double(value) {
            Some(number) => self.sheet.write_number_with_format(row, column, number, format).map(|_| ()),
            None => self.text(row, column, word(value), format),
        }
    }

    /// A number as the nearest double; an empty cell where there is none.
    pub(super) fn input(&mut self, row: u32, column: u16, value: Option<&Number>, format: &Format) -> Written {
        match value.and_then(Number::to_f64) {
            Some(number) => self.sheet.write_number_with_format(row, column, number, format)?,
            None => self.sheet.write_blank(row, column, format)?,
        };
        Ok(())
    }

    /// A formula with what it comes to, for those who show a workbook without computing it.
    pub(super) fn formula(&mut self, row: u32, column: u16, formula: &str, result: &str, format: &Format) -> Written {
        let formula = Formula::new(formula).set_result(shown(result, MOST_TEXT));
        self.sheet.write_formula_with_format(row, column, formula, format)?;
        Ok(())
    }

    pub(super) fn date(&mut self, row: u32, column: u16, date: Date, format: &Format) -> Written {
        match excel_date(date) {
            Some(day) => self.sheet.write_datetime_with_format(row, column, &day, format).map(|_| ()),
            None => self.text(row, column, &date.to_string(), format),
        }
    }

    /// Makes a row high enough for texts in columns of some widths.
    pub(super) fn fit(&mut self, row: u32, texts: &[(&str, u16)]) -> Written {
        // Where there is more than one line, each has some room to spare, since words are not broken.
        let of_text = |text: &str, width: usize| match text.chars().count() {
            count if count.saturating_mul(20) <= width.saturating_mul(21) => 1,
            count => count.saturating_mul(11).div_ceil(width.saturating_mul(10).max(1)),
        };
        let lines = texts.iter().map(|(text, width)| of_text(text, usize::from(*width))).max();
        let lines = u32::try_from(lines.unwrap_or(1).clamp(1, 28)).unwrap_or(1);
        self.sheet.set_row_height(row, f64::from(lines) * 13.5 + 2.0)?;
        Ok(())
    }

    pub(super) fn note(&mut self, row: u32, column: u16, text: &str) -> Written {
        self.sheet.insert_note(row, column, &Note::new(shown(text, MOST_NOTE)).add_author_prefix(false))?;
        Ok(())
    }
}

/// The nearest double of a number, if there is one.
pub(super) fn double(value: &Value) -> Option<f64> {
    value.number().and_then(Number::to_f64)
}

/// The reason in one word. A number that no double comes near has none either.
pub(super) fn word(value: &Value) -> &'static str {
    value.reason().unwrap_or("undefined")
}

/// What a formula comes to.
pub(super) fn result(value: &Value) -> String {
    double(value).map_or_else(|| word(value).to_owned(), |number| number.to_string())
}

pub(super) fn excel_date(date: Date) -> Option<ExcelDateTime> {
    let (year, month, day) = (u16::try_from(date.year()).ok()?, u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
    ExcelDateTime::from_ymd(year, month, day).ok()
}

/// On one line, without control characters, bounded.
pub(super) fn shown(text: &str, most: usize) -> String {
    let mut text = escape::plain(text);
    if let Some((end, _)) = text.char_indices().nth(most) {
        text.truncate(end);
        text.push('…');
    }
    text
}

/// A text within a formula.
pub(super) fn literal(text: &str) -> String {
    format!("\"{}\"", shown(text, MOST_LITERAL).replace('"', "\"\""))
}

/// Whether a spreadsheet takes a text that is typed in for something else.
fn acts(text: &str) -> bool {
    text.trim_start().starts_with(['=', '+', '-', '@', '\'', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
}
