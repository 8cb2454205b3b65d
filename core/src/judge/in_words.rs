//! A line of the scorecard in the words of its system. Figures, reasons and caveats are made in
//! English, by code that knows no language; where a system speaks otherwise they are written again
//! from the same numbers, in one place.

use super::scorecard::Line;
use super::variance::{Comparison, Figure};
use crate::base::number::Number;
use crate::base::unit::{Unit, format_relative_with};
use crate::base::value::Value;
use crate::words::{Message, Words};

impl Words {
    /// The word for why there is no number.
    pub(crate) fn reason(&self, value: &Value) -> String {
        match value {
            Value::Value { .. } => String::new(),
            Value::Undefined { .. } => self.word(Message::Undefined),
            Value::Missing { .. } => self.word(Message::Missing),
            Value::Incomplete { .. } => self.word(Message::Incomplete),
            Value::NotComparable { .. } => self.word(Message::NotComparable),
        }
    }

    fn no_figure(&self, value: &Value) -> String {
        self.text(Message::NoFigure, &[("reason", (&self.reason(value)).into())])
    }

    /// A value as it is written.
    pub(crate) fn figure(&self, unit: &Unit, value: &Value) -> String {
        value.number().map_or_else(|| self.no_figure(value), |number| unit.format_with(number, self.marks()))
    }

    /// A difference as it is written.
    pub(crate) fn change(&self, unit: &Unit, value: &Value) -> String {
        value.number().map_or_else(|| self.no_figure(value), |number| unit.format_change_with(number, self.marks()))
    }

    /// Two bounds as they are written.
    pub(crate) fn band(&self, unit: &Unit, low: &Number, high: &Number) -> String {
        let [low, high] = [low, high].map(|bound| unit.format_with(bound, self.marks()));
        self.text(Message::Band, &[("low", (&low).into()), ("high", (&high).into())])
    }
}

impl Line {
    /// The line in the words of its system.
    pub(super) fn in_words(mut self) -> Self {
        if self.words.is_default() {
            return self;
        }
        let (words, unit) = (self.words.clone(), self.unit.clone());
        rewrite(&mut self.actual, &words, |value| words.figure(&unit, value));
        let band = self.target.as_ref().filter(|target| target.low != target.high).map(|target| words.band(&unit, &target.low, &target.high));
        comparison(&mut self.plan, &words, &unit);
        if let Some(band) = band {
            self.plan.base.text = band;
        }
        comparison(&mut self.previous, &words, &unit);
        comparison(&mut self.prior_year, &words, &unit);
        self.scenarios.iter_mut().for_each(|scenario| comparison(&mut scenario.comparison, &words, &unit));
        for point in &mut self.trend.points {
            rewrite(&mut point.figure, &words, |value| words.figure(&unit, value));
        }
        for caveat in &mut self.caveats {
            caveat.text = words.retell(&caveat.text);
        }
        self
    }
}

pub(super) fn rewrite(figure: &mut Figure, words: &Words, write: impl Fn(&Value) -> String) {
    if let Value::Undefined { cause } | Value::Missing { cause } | Value::Incomplete { cause, .. } | Value::NotComparable { cause } = &mut figure.value {
        *cause = words.retell(cause);
    }
    figure.text = write(&figure.value);
}

pub(super) fn comparison(comparison: &mut Comparison, words: &Words, unit: &Unit) {
    rewrite(&mut comparison.base, words, |value| words.figure(unit, value));
    rewrite(&mut comparison.change, words, |value| words.change(unit, value));
    if let Some(relative) = &mut comparison.relative {
        rewrite(relative, words, |value| value.number().map_or_else(|| words.no_figure(value), |number| format_relative_with(number, words.marks())));
    }
    if let Some(attainment) = &mut comparison.attainment {
        rewrite(&mut attainment.figure, words, |value| words.figure(&Unit::Percent, value));
    }
}
