//! The formula language: arithmetic over named figures.
//!
//! ```text
//! sum     = product { ("+" | "-") product }
//! product = sign { ("*" | "/") sign }
//! sign    = "-" sign | atom
//! atom    = number | id | ("min" | "max" | "abs" | "coalesce") "(" sum { "," sum } ")" | "(" sum ")"
//!         | "previous" "(" id [ "," periods ] ")" | "prior_year" "(" id ")"
//! ```

mod written;

#[cfg(test)]
pub(crate) use written::tests::arithmetic;

use super::finding::quoted;
use super::id::Id;
use super::map::Set;
use super::number::Number;
use super::value::Value;

/// The longest formula that is read, in bytes.
const MAX_LENGTH: usize = 1_000;
/// The deepest nesting that is read.
const MAX_DEPTH: u32 = 32;
/// The furthest that `previous` looks back, in periods.
const MAX_BACK: u32 = 120;

/// An operation between two figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// A function over figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Function {
    Min,
    Max,
    Abs,
    /// The first of its arguments that is a number.
    Coalesce,
}

/// Which other period a figure is taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shift {
    /// So many periods earlier.
    Previous(u32),
    /// The same period of the year before.
    PriorYear,
}

/// A formula, read and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Formula {
    Constant(Number),
    Figure(Id),
    /// A figure in a comparable period.
    Shifted(Id, Shift),
    Negated(Box<Self>),
    Binary(Operator, Box<Self>, Box<Self>),
    Call(Function, Vec<Self>),
}

/// Why a formula cannot be read, and at which character (from 0).
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct FormulaError {
    pub(crate) at: usize,
    pub(crate) message: String,
}

impl Formula {
    pub(crate) fn parse(text: &str) -> Result<Self, FormulaError> {
        if text.len() > MAX_LENGTH {
            return Err(FormulaError { at: 0, message: format!("the formula is longer than {MAX_LENGTH} bytes") });
        }
        let mut parser = Parser { rest: text, length: text.chars().count(), depth: 0 };
        let formula = parser.sum()?;
        parser.skip_space();
        if parser.rest.is_empty() { Ok(formula) } else { Err(parser.error("expected an operator or the end")) }
    }

    /// Whether it refers to other periods.
    pub(crate) fn looks_beyond(&self) -> bool {
        match self {
            Self::Constant(_) | Self::Figure(_) => false,
            Self::Shifted(..) => true,
            Self::Negated(inner) => inner.looks_beyond(),
            Self::Binary(_, left, right) => left.looks_beyond() || right.looks_beyond(),
            Self::Call(_, arguments) => arguments.iter().any(Self::looks_beyond),
        }
    }

    /// The figures it names, in order of first use.
    pub(crate) fn figures(&self) -> Vec<&Id> {
        fn collect<'a>(formula: &'a Formula, ids: &mut Vec<&'a Id>) {
            match formula {
                Formula::Constant(_) => {}
                Formula::Figure(id) | Formula::Shifted(id, _) => ids.push(id),
                Formula::Negated(inner) => collect(inner, ids),
                Formula::Binary(_, left, right) => {
                    collect(left, ids);
                    collect(right, ids);
                }
                Formula::Call(_, arguments) => arguments.iter().for_each(|argument| collect(argument, ids)),
            }
        }
        let mut ids = Vec::new();
        collect(self, &mut ids);
        let mut seen = Set::new();
        ids.retain(|id| seen.insert(*id));
        ids
    }

    /// Its value, given the value of each figure. The first reason met is the result's reason.
    pub(crate) fn evaluate(&self, figure: &mut dyn FnMut(&Id, Option<Shift>) -> Value) -> Value {
        let value = match self {
            Self::Constant(number) => Value::of(number.clone()),
            Self::Figure(id) => figure(id, None),
            Self::Shifted(id, shift) => figure(id, Some(*shift)),
            Self::Negated(inner) => match inner.evaluate(figure) {
                Value::Value { value } => Value::of(-value),
                reason => reason,
            },
            Self::Binary(operator, left, right) => combine(*operator, left.evaluate(figure), right.evaluate(figure)),
            Self::Call(Function::Coalesce, arguments) => coalesce(arguments, figure),
            Self::Call(function, arguments) => fold(*function, arguments, figure),
        };
        match value {
            Value::Value { value } if value.is_oversized() => Value::undefined("the exact result needs more than 2,048 bits"),
            value => value,
        }
    }
}

fn combine(operator: Operator, left: Value, right: Value) -> Value {
    let (left, right) = match (left, right) {
        (Value::Value { value: left }, Value::Value { value: right }) => (left, right),
        (Value::Value { .. }, reason) | (reason, _) => return reason,
    };
    match operator {
        Operator::Add => Value::of(left + right),
        Operator::Subtract => Value::of(left - right),
        Operator::Multiply => Value::of(left * right),
        Operator::Divide => left.divided_by(&right).map_or_else(|| Value::undefined("divided by zero"), Value::of),
    }
}

fn coalesce(arguments: &[Formula], figure: &mut dyn FnMut(&Id, Option<Shift>) -> Value) -> Value {
    let mut last = Value::missing("coalesce has no arguments");
    for argument in arguments {
        last = argument.evaluate(figure);
        if last.number().is_some() {
            break;
        }
    }
    last
}

fn fold(function: Function, arguments: &[Formula], figure: &mut dyn FnMut(&Id, Option<Shift>) -> Value) -> Value {
    let mut result: Option<Number> = None;
    for argument in arguments {
        let number = match argument.evaluate(figure) {
            Value::Value { value } => value,
            reason => return reason,
        };
        result = Some(match (function, result) {
            (Function::Abs, _) => number.abs(),
            (Function::Min, Some(best)) => best.min(number),
            (Function::Max, Some(best)) => best.max(number),
            (_, _) => number,
        });
    }
    result.map_or_else(|| Value::missing("a function has no arguments"), Value::of)
}

struct Parser<'a> {
    rest: &'a str,
    length: usize,
    depth: u32,
}

impl Parser<'_> {
    fn error(&self, message: &str) -> FormulaError {
        let found = match self.rest.chars().next() {
            Some(found) => format!("found {}", quoted(&found.to_string())),
            None => "found the end".to_owned(),
        };
        FormulaError { at: self.length.saturating_sub(self.rest.chars().count()), message: format!("{message}, {found}") }
    }

    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, expected: char) -> bool {
        self.skip_space();
        match self.rest.strip_prefix(expected) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn take_while(&mut self, accepted: impl Fn(char) -> bool) -> String {
        let end = self.rest.find(|c: char| !accepted(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken.to_owned()
    }

    fn sum(&mut self) -> Result<Formula, FormulaError> {
        let mut left = self.product()?;
        loop {
            let operator = if self.take('+') {
                Operator::Add
            } else if self.take('-') {
                Operator::Subtract
            } else {
                return Ok(left);
            };
            left = Formula::Binary(operator, Box::new(left), Box::new(self.product()?));
        }
    }

    fn product(&mut self) -> Result<Formula, FormulaError> {
        let mut left = self.sign()?;
        loop {
            let operator = if self.take('*') || self.take('×') {
                Operator::Multiply
            } else if self.take('/') || self.take('÷') {
                Operator::Divide
            } else {
                return Ok(left);
            };
            left = Formula::Binary(operator, Box::new(left), Box::new(self.sign()?));
        }
    }

    fn sign(&mut self) -> Result<Formula, FormulaError> {
        self.depth = self.depth.saturating_add(1);
        if self.depth > MAX_DEPTH {
            return Err(self.error("the formula is nested too deeply"));
        }
        let formula = if self.take('-') { Formula::Negated(Box::new(self.sign()?)) } else { self.atom()? };
        self.depth = self.depth.saturating_sub(1);
        Ok(formula)
    }

    fn atom(&mut self) -> Result<Formula, FormulaError> {
        if self.take('(') {
            let inner = self.sum()?;
            return if self.take(')') { Ok(inner) } else { Err(self.error("expected `)`")) };
        }
        let start = self.rest;
        if start.starts_with(|c: char| c.is_ascii_digit()) {
            let digits = self.take_while(|c| c.is_ascii_digit() || c == '.');
            return Number::parse(&digits).map(Formula::Constant).ok_or_else(|| {
                self.rest = start;
                self.error("expected a number such as 12.5")
            });
        }
        let word = self.take_while(|c| c.is_ascii_alphanumeric() || c == '_');
        let function = match word.as_str() {
            "min" => Some(Function::Min),
            "max" => Some(Function::Max),
            "abs" => Some(Function::Abs),
            "coalesce" => Some(Function::Coalesce),
            _ => None,
        };
        if let Some(function) = function.filter(|_| self.take('(')) {
            return self.arguments(function);
        }
        if (word == "previous" || word == "prior_year") && self.take('(') {
            return self.shifted(&word);
        }
        Id::new(&word).map(Formula::Figure).ok_or_else(|| {
            self.rest = start;
            self.error("expected a number, a name or `(`")
        })
    }

    /// `id)` or `id, periods)`.
    fn shifted(&mut self, word: &str) -> Result<Formula, FormulaError> {
        self.skip_space();
        let start = self.rest;
        let name = self.take_while(|c| c.is_ascii_alphanumeric() || c == '_');
        let Some(id) = Id::new(&name) else {
            self.rest = start;
            return Err(self.error(&format!("`{word}` takes the name of a figure")));
        };
        let mut shift = if word == "previous" { Shift::Previous(1) } else { Shift::PriorYear };
        if word == "previous" && self.take(',') {
            self.skip_space();
            let start = self.rest;
            let periods = self.take_while(|c| c.is_ascii_digit()).parse().ok().filter(|periods| (1..=MAX_BACK).contains(periods));
            shift = Shift::Previous(periods.ok_or_else(|| {
                self.rest = start;
                self.error(&format!("expected a number of periods from 1 to {MAX_BACK}"))
            })?);
        }
        if self.take(')') { Ok(Formula::Shifted(id, shift)) } else { Err(self.error("expected `)`")) }
    }

    fn arguments(&mut self, function: Function) -> Result<Formula, FormulaError> {
        let mut arguments = vec![self.sum()?];
        while self.take(',') {
            arguments.push(self.sum()?);
        }
        if !self.take(')') {
            return Err(self.error("expected `,` or `)`"));
        }
        if function == Function::Abs && arguments.len() != 1 {
            return Err(self.error("`abs` takes one argument"));
        }
        Ok(Formula::Call(function, arguments))
    }
}

#[cfg(test)]
mod tests {
    use super::Formula;
    use crate::{Id, Number, Value};
    use proptest::prelude::*;

    fn evaluate(text: &str) -> Value {
        let mut figure = |id: &Id, _: Option<super::Shift>| match id.as_str() {
            "opportunities" => Value::of(Number::from(80)),
            "deal_size" => Value::of(Number::from(45_000)),
            "win_rate" => Value::of(Number::parse("0.22").unwrap()),
            "cycle" => Value::of(Number::from(72)),
            _ => Value::missing("no such figure"),
        };
        Formula::parse(text).unwrap().evaluate(&mut figure)
    }

    #[test]
    fn pipeline_velocity_of_the_literature() {
        assert_eq!(evaluate("opportunities * deal_size * win_rate / cycle"), Value::of(Number::from(11_000)));
    }

    #[test]
    fn precedence_signs_and_functions() {
        for (text, expected) in [
            ("1 + 2 * 3", 7),
            ("(1 + 2) * 3", 9),
            ("8 / 4 / 2", 1),
            ("5 - 3 - 1", 1),
            ("--2", 2),
            ("-2 * 3", -6),
            ("max(1, 2, 3) - min(4, 2)", 1),
            ("abs(-3)", 3),
            ("coalesce(nothing, 1 / 0, 4)", 4),
        ] {
            assert_eq!(evaluate(text), Value::of(Number::from(expected)), "{text}");
        }
        assert_eq!(evaluate("1 / (2 - 2)"), Value::undefined("divided by zero"));
        assert_eq!(evaluate("1 + nothing * 2"), Value::missing("no such figure"));
    }

    #[test]
    fn mistakes_say_where() {
        for (text, at) in [("", 0), ("1 +", 3), ("a b", 2), ("min(1", 5), ("1.2.3", 0), ("A", 0), ("abs(1, 2)", 9), ("a $ b", 2)] {
            assert_eq!(Formula::parse(text).unwrap_err().at, at, "{text}");
        }
        assert!(Formula::parse(&"(".repeat(900)).is_err());
        assert!(Formula::parse(&"-".repeat(900)).is_err());
        assert!(Formula::parse(&"1+".repeat(900)).is_err());
    }

    #[test]
    fn other_periods() {
        let read = |text: &str| Formula::parse(text);
        let leads = Id::new("leads").unwrap();
        assert_eq!(read("previous(leads)"), Ok(Formula::Shifted(leads.clone(), super::Shift::Previous(1))));
        assert_eq!(read("previous ( leads , 12 )"), Ok(Formula::Shifted(leads.clone(), super::Shift::Previous(12))));
        assert_eq!(read("prior_year(leads)"), Ok(Formula::Shifted(leads, super::Shift::PriorYear)));
        assert_eq!(read("previous + prior_year").unwrap().figures().len(), 2);
        for (text, at, message) in [
            ("previous(2)", 9, "takes the name of a figure, found `2`"),
            ("previous(a + b)", 11, "expected `)`"),
            ("previous(a, 0)", 12, "from 1 to 120"),
            ("previous(a, 121)", 12, "from 1 to 120"),
            ("prior_year(a, 1)", 12, "expected `)`"),
            ("1 × ä", 4, "expected a number, a name"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.at == at && error.message.contains(message), "{text}: {error:?}");
        }
    }

    #[test]
    fn a_result_that_grows_without_bound_is_refused() {
        let huge = format!("({})", vec!["9999999999999999999999999999999999999999"; 20].join("*"));
        assert_eq!(evaluate(&huge).reason(), Some("undefined"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,80}") {
            let _ = Formula::parse(&text);
        }
    }
}
