//! What a figure counts or measures, and how it is written.

use std::borrow::Cow;
use std::fmt;

use iso_currency::Currency;
use serde::{Serialize, Serializer};

use super::number::Number;
use super::value::Value;

/// The unit of a figure.
///
/// ```
/// use marketingos::{Number, Unit};
/// let unit = Unit::parse("EUR").unwrap();
/// assert_eq!(unit.format(&Number::parse("1234567.4").unwrap()), "EUR 1,234,567");
/// assert_eq!(Unit::parse("percent").unwrap().format(&Number::parse("0.10525").unwrap()), "10.5%");
/// assert_eq!(Unit::parse("EUR per day").unwrap().format(&Number::from(11_000)), "EUR 11,000 per day");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit {
    /// An amount of money in an ISO 4217 currency.
    Currency(Currency),
    /// A count of a named thing; the noun may be empty.
    Count(String),
    /// A plain ratio.
    Ratio,
    /// A ratio written in per cent; differences are in percentage points.
    Percent,
    /// A length of time in days.
    Days,
    /// A length of time in months.
    Months,
    /// A score on some scale.
    Score,
    /// Another unit for each day, month or counted thing: `EUR per day`, `count of leads per campaign`.
    Per(Box<Unit>, Per),
}

/// For each of what a rate is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Per {
    /// For each day.
    Day,
    /// For each month.
    Month,
    /// For each of a counted thing, in the singular, or for each unit of a currency, by its code.
    Thing(String),
}

/// The most `per` in one unit.
const MAX_PER: usize = 3;
/// Lengths of time that no figure is told for: their days differ, or the name means a figure's period.
const NOT_PER: [&str; 8] = ["", "week", "weeks", "quarter", "year", "hour", "days", "months"];

/// The minus sign of written figures.
const MINUS: &str = "\u{2212}";

impl Unit {
    /// What a system may write for a unit, beside a currency code.
    pub(crate) const WORDS: [&'static str; 6] = ["count", "ratio", "percent", "days", "months", "score"];

    /// Reads `count`, `count of leads`, `ratio`, `percent`, `days`, `months`, `score`, or the
    /// code of a currency; and after it, up to three times, `per day`, `per month` or `per` and the
    /// name of a counted thing.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(" per ");
        let mut unit = Self::plain(parts.next()?)?;
        for (position, each) in parts.enumerate() {
            let each = match each.trim() {
                each if NOT_PER.contains(&each) || position >= MAX_PER => return None,
                "day" => Per::Day,
                "month" => Per::Month,
                thing => Per::Thing(thing.to_owned()),
            };
            unit = Self::Per(Box::new(unit), each);
        }
        Some(unit)
    }

    fn plain(text: &str) -> Option<Self> {
        Some(match text {
            "count" => Self::Count(String::new()),
            "ratio" => Self::Ratio,
            "percent" => Self::Percent,
            "days" => Self::Days,
            "months" => Self::Months,
            "score" => Self::Score,
            _ => match text.strip_prefix("count of ") {
                Some(noun) => Self::Count(noun.trim().to_owned()),
                None => Self::Currency(Currency::from_code(text)?),
            },
        })
    }

    /// The figure as people read it, in English; the same in every host.
    #[must_use]
    pub fn format(&self, number: &Number) -> String {
        self.format_with(number, &Marks::ENGLISH)
    }

    /// The figure with the marks of a language.
    pub(crate) fn format_with(&self, number: &Number, marks: &Marks) -> String {
        let mut text = Text::new(marks);
        self.code_before(&mut text);
        let before_sign = text.text.len();
        self.body(&mut text, &number.abs());
        self.code_after(&mut text);
        self.rates(&mut text);
        // What rounds to nothing carries no sign.
        let sign = if number.is_negative() && text.tells { MINUS } else { "" };
        text.finish(before_sign, sign)
    }

    /// The unit without what it is told for each of.
    pub(crate) fn base(&self) -> &Self {
        match self {
            Self::Per(unit, _) => unit.base(),
            unit => unit,
        }
    }

    /// Whether differences are told in percentage points, and not in per cent of per cent.
    ///
    /// ```
    /// use marketingos::Unit;
    /// let is_percent = |text: &str| Unit::parse(text).unwrap().is_percent();
    /// assert!(is_percent("percent") && is_percent("percent per month") && !is_percent("ratio"));
    /// ```
    #[must_use]
    pub fn is_percent(&self) -> bool {
        *self.base() == Self::Percent
    }

    /// A difference, always signed: `+12`, `−0.8 pp`, `±0`; in English.
    #[must_use]
    pub fn format_change(&self, change: &Number) -> String {
        self.format_change_with(change, &Marks::ENGLISH)
    }

    /// A difference with the marks of a language.
    pub(crate) fn format_change_with(&self, change: &Number, marks: &Marks) -> String {
        let mut text = Text::new(marks);
        match self.base() {
            Self::Percent => {
                text.push_telling(&(change.abs() * Number::from(100)), 1);
                text.push(&marks.points);
            }
            _ => {
                self.code_before(&mut text);
                self.body(&mut text, &change.abs());
                self.code_after(&mut text);
            }
        }
        self.rates(&mut text);
        let sign = match (text.tells, change.is_negative()) {
            (false, _) => "±",
            (true, true) => MINUS,
            (true, false) => "+",
        };
        text.finish(0, sign)
    }

    fn code_before(&self, text: &mut Text<'_>) {
        if let Self::Currency(currency) = self.base()
            && text.marks.code_first
        {
            text.push(currency.code());
            text.push(&text.marks.gap);
        }
    }

    fn code_after(&self, text: &mut Text<'_>) {
        if let Self::Currency(currency) = self.base()
            && !text.marks.code_first
        {
            text.push(&text.marks.gap);
            text.push(currency.code());
        }
    }

    /// What it is told for each of, to stand behind a figure: ` per lead per day`.
    fn rates(&self, text: &mut Text<'_>) {
        if let Self::Per(unit, each) = self {
            unit.rates(text);
            text.push(&text.marks.per);
            match each {
                Per::Day => text.push(&text.marks.day),
                Per::Month => text.push(&text.marks.month),
                Per::Thing(thing) => text.push(thing),
            }
        }
    }

    fn body(&self, text: &mut Text<'_>, size: &Number) {
        match self {
            Self::Currency(currency) => {
                let decimals = if *size >= Number::from(100) { 0 } else { u32::from(currency.exponent().unwrap_or(0)) };
                text.push_grouped(size, decimals);
            }
            Self::Count(_) | Self::Score => text.push_grouped(size, u32::from(!size.is_integer())),
            Self::Ratio => text.push_telling(size, 2),
            Self::Percent => {
                text.push_telling(&(size.clone() * Number::from(100)), 1);
                text.push(&text.marks.percent);
            }
            Self::Days => {
                text.push_grouped(size, u32::from(!size.is_integer()));
                text.push(if *size == Number::from(1) { &text.marks.one_day } else { &text.marks.days });
            }
            Self::Months => {
                text.push_grouped(size, 1);
                text.push(&text.marks.months);
            }
            // Of few things for each day or campaign, the decimals tell.
            Self::Per(..) => match self.base() {
                Self::Count(_) if !size.is_integer() => text.push_telling(size, 1),
                base => base.body(text, size),
            },
        }
    }

    /// A value as people read it, or its reason in brackets.
    #[must_use]
    pub fn format_value(&self, value: &Value) -> String {
        match value {
            Value::Value { value } => self.format(value),
            _ => bracketed(value),
        }
    }

    /// A difference as people read it, or its reason in brackets.
    #[must_use]
    pub fn format_change_value(&self, value: &Value) -> String {
        match value {
            Value::Value { value } => self.format_change(value),
            _ => bracketed(value),
        }
    }
}

/// A relative difference in per cent, always signed: `+12.3%`.
#[must_use]
pub(crate) fn format_relative(value: &Value) -> String {
    match value {
        Value::Value { value } => format_relative_with(value, &Marks::ENGLISH),
        _ => bracketed(value),
    }
}

fn bracketed(value: &Value) -> String {
    format!("({})", value.reason().unwrap_or_default())
}

/// How a language writes figures. English stands here, since what a figure's text is must not
/// depend on a catalogue; other languages take theirs from the catalogue of wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Marks {
    pub(crate) decimal: Cow<'static, str>,
    pub(crate) thousands: Cow<'static, str>,
    /// Between an amount and the code of its currency.
    pub(crate) gap: Cow<'static, str>,
    /// Whether the code of a currency stands before the amount.
    pub(crate) code_first: bool,
    /// After a number in per cent, with the space before it.
    pub(crate) percent: Cow<'static, str>,
    /// After a number of percentage points, and so on.
    pub(crate) points: Cow<'static, str>,
    pub(crate) one_day: Cow<'static, str>,
    pub(crate) days: Cow<'static, str>,
    pub(crate) months: Cow<'static, str>,
    pub(crate) per: Cow<'static, str>,
    pub(crate) day: Cow<'static, str>,
    pub(crate) month: Cow<'static, str>,
}

impl Marks {
    pub(crate) const ENGLISH: Self = Self {
        decimal: Cow::Borrowed("."),
        thousands: Cow::Borrowed(","),
        gap: Cow::Borrowed(" "),
        code_first: true,
        percent: Cow::Borrowed("%"),
        points: Cow::Borrowed(" pp"),
        one_day: Cow::Borrowed(" days"),
        days: Cow::Borrowed(" days"),
        months: Cow::Borrowed(" months"),
        per: Cow::Borrowed(" per "),
        day: Cow::Borrowed("day"),
        month: Cow::Borrowed("month"),
    };
}

/// A relative difference with the marks of a language.
pub(crate) fn format_relative_with(change: &Number, marks: &Marks) -> String {
    let text = Unit::Percent.format_change_with(change, marks);
    text.strip_suffix(marks.points.as_ref()).map_or_else(|| text.clone(), |number| format!("{number}{}", marks.percent))
}

/// A written figure in the making.
struct Text<'m> {
    text: String,
    marks: &'m Marks,
    /// Whether a digit other than zero was written.
    tells: bool,
}

impl<'m> Text<'m> {
    fn new(marks: &'m Marks) -> Self {
        Self { text: String::with_capacity(24), marks, tells: false }
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// A size with its whole part grouped by thousands.
    fn push_grouped(&mut self, size: &Number, decimals: u32) {
        let start = self.text.len();
        size.write_fixed(&mut self.text, decimals);
        let digits = self.text.get(start..).unwrap_or_default();
        self.tells |= digits.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
        let point = digits.find('.');
        let mut mark = point.unwrap_or(digits.len());
        if let Some(point) = point {
            self.text.replace_range(start + point..start + point + 1, &self.marks.decimal);
        }
        while mark > 3 {
            mark -= 3;
            self.text.insert_str(start + mark, &self.marks.thousands);
        }
    }

    /// With so many decimals, or with as many more (up to six) as show two digits of a small
    /// number: what is not zero should not read like it.
    fn push_telling(&mut self, size: &Number, decimals: u32) {
        let shows = |decimals: u32| *size >= Number::from_parts(1, decimals.saturating_sub(1));
        let more = (decimals..6).find(|decimals| shows(*decimals)).unwrap_or(6);
        self.push_grouped(size, if size.is_zero() { decimals } else { more });
    }

    /// With a sign at a place.
    fn finish(mut self, at: usize, sign: &str) -> String {
        self.text.insert_str(at.min(self.text.len()), sign);
        self.text
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Currency(currency) => f.write_str(currency.code()),
            Self::Count(noun) if noun.is_empty() => f.write_str("count"),
            Self::Count(noun) => write!(f, "count of {noun}"),
            Self::Ratio => f.write_str("ratio"),
            Self::Percent => f.write_str("percent"),
            Self::Days => f.write_str("days"),
            Self::Months => f.write_str("months"),
            Self::Score => f.write_str("score"),
            Self::Per(unit, each) => write!(f, "{unit} per {each}"),
        }
    }
}

impl fmt::Display for Per {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Thing(thing) => thing,
        })
    }
}

impl Serialize for Unit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::{Unit, format_relative};
    use crate::{Number, Value};

    #[test]
    fn figures_are_written_alike_everywhere() {
        let cases = [
            ("EUR", "1234.5", "EUR 1,234", "+EUR 1,234"),
            ("EUR", "-12.5", "EUR \u{2212}12.50", "\u{2212}EUR 12.50"),
            ("JPY", "12", "JPY 12", "+JPY 12"),
            ("count of leads", "1000000", "1,000,000", "+1,000,000"),
            ("count", "2.25", "2.2", "+2.2"),
            ("percent", "-0.0305", "\u{2212}3.0%", "\u{2212}3.0 pp"),
            ("percent", "-0.0001", "\u{2212}0.010%", "\u{2212}0.010 pp"),
            ("percent", "0.00222", "0.22%", "+0.22 pp"),
            ("percent", "0", "0.0%", "±0.0 pp"),
            ("ratio", "0.0123", "0.012", "+0.012"),
            ("ratio", "3.75", "3.75", "+3.75"),
            ("days", "14", "14 days", "+14 days"),
            ("score", "0", "0", "±0"),
            ("EUR per day", "11000", "EUR 11,000 per day", "+EUR 11,000 per day"),
            ("EUR per lead", "-2.5", "EUR \u{2212}2.50 per lead", "\u{2212}EUR 2.50 per lead"),
            ("percent per month", "0.021", "2.1% per month", "+2.1 pp per month"),
            ("count of leads per campaign per day", "0.125", "0.12 per campaign per day", "+0.12 per campaign per day"),
            ("days per deal", "14", "14 days per deal", "+14 days per deal"),
        ];
        for (unit, number, plain, change) in cases {
            let unit = Unit::parse(unit).unwrap();
            let number = Number::parse(number).unwrap();
            assert_eq!((unit.format(&number), unit.format_change(&number)), (plain.to_owned(), change.to_owned()));
        }
        assert_eq!(format_relative(&Value::of(Number::parse("0.1234").unwrap())), "+12.3%");
        assert_eq!(format_relative(&Value::undefined("the base is zero")), "(undefined)");
        for unit in ["euro", "EUR per", "EUR per week", "per day", "EUR per a per b per c per d", "EUR per  per day"] {
            assert!(Unit::parse(unit).is_none(), "{unit}");
        }
    }
}
