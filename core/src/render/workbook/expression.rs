//! Arithmetic over cells as a spreadsheet's formula: what is missing stays missing, and what
//! cannot be divided says so.

use crate::base::formula::{Formula, Function, Operator, Shift};
use crate::base::id::Id;

/// The longest formula that is written; Excel takes 8,192 characters.
const MOST: usize = 8_000;
/// The most operands whose own reasons are told.
const MOST_REASONS: usize = 8;

/// A cell that a formula reads.
#[derive(Clone)]
pub(super) struct Operand {
    /// Its address.
    pub(super) at: String,
    /// What gives the reason when it holds no number.
    pub(super) reason: String,
}

/// The formula; `None` when it is longer than a spreadsheet takes.
pub(super) fn formula(formula: &Formula, operand: &dyn Fn(&Id, Option<Shift>) -> Option<Operand>) -> Option<String> {
    let mut writer = Writer { operand, needed: Vec::new(), lenient: 0 };
    let text = writer.write(formula, 0)?;
    let Writer { needed, .. } = writer;
    // A number beyond the largest double is no number either.
    let computed = format!("IFERROR(IFNA({text},\"missing\"),\"undefined\")");
    let text = if needed.is_empty() {
        format!("={computed}")
    } else {
        let cells: Vec<&str> = needed.iter().map(|operand| operand.at.as_str()).collect();
        format!("=IF(COUNT({})={},{computed},{})", cells.join(","), cells.len(), reason(&needed))
    };
    (text.len() <= MOST && needed.len() <= 200).then_some(text)
}

/// The reason of the first operand that is no number.
fn reason(needed: &[Operand]) -> String {
    match needed {
        _ if needed.len() > MOST_REASONS => "\"missing\"".to_owned(),
        [] => "\"missing\"".to_owned(),
        [only] => only.reason.clone(),
        [first, rest @ ..] => format!("IF(ISNUMBER({}),{},{})", first.at, reason(rest), first.reason),
    }
}

struct Writer<'a> {
    operand: &'a dyn Fn(&Id, Option<Shift>) -> Option<Operand>,
    /// What must be a number for there to be a result, in the order read.
    needed: Vec<Operand>,
    /// How many `coalesce` are around: what is in them may be missing.
    lenient: u32,
}

impl Writer<'_> {
    /// The text of a part that stands where operators of a strength bind it.
    fn write(&mut self, formula: &Formula, around: u8) -> Option<String> {
        Some(match formula {
            Formula::Constant(number) => {
                let number = number.to_f64()?;
                if number < 0.0 { format!("({number})") } else { number.to_string() }
            }
            Formula::Figure(id) => self.cell(id, None)?,
            Formula::Shifted(id, shift) => self.cell(id, Some(*shift))?,
            // In a spreadsheet a sign binds more tightly than anything else.
            Formula::Negated(inner) => format!("(-{})", self.write(inner, 3)?),
            Formula::Binary(operator, left, right) => {
                let (sign, strength, after) = match operator {
                    Operator::Add => ("+", 1, 1),
                    Operator::Subtract => ("-", 1, 2),
                    Operator::Multiply => ("*", 2, 2),
                    Operator::Divide => ("/", 2, 3),
                };
                let text = format!("{}{sign}{}", self.write(left, strength)?, self.write(right, after)?);
                if strength < around { format!("({text})") } else { text }
            }
            Formula::Call(Function::Coalesce, arguments) => {
                self.lenient = self.lenient.saturating_add(1);
                let written: Option<Vec<String>> = arguments.iter().map(|argument| self.write(argument, 0)).collect();
                self.lenient = self.lenient.saturating_sub(1);
                written?.into_iter().rev().reduce(|rest, first| format!("IFERROR({first},{rest})"))?
            }
            Formula::Call(function, arguments) => {
                let name = match function {
                    Function::Min => "MIN",
                    Function::Max => "MAX",
                    _ => "ABS",
                };
                let arguments: Option<Vec<String>> = arguments.iter().map(|argument| self.write(argument, 0)).collect();
                format!("{name}({})", arguments?.join(","))
            }
        })
    }

    fn cell(&mut self, id: &Id, shift: Option<Shift>) -> Option<String> {
        let operand = (self.operand)(id, shift)?;
        if self.lenient > 0 {
            return Some(format!("IF(ISNUMBER({0}),{0},NA())", operand.at));
        }
        let at = operand.at.clone();
        if !self.needed.iter().any(|known| known.at == at) {
            self.needed.push(operand);
        }
        Some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::{Operand, formula};
    use crate::base::formula::Formula;

    fn written(text: &str) -> String {
        let parsed = Formula::parse(text).unwrap();
        formula(&parsed, &|id, _| Some(Operand { at: id.as_str().to_uppercase(), reason: format!("\"no {id}\"") })).unwrap()
    }

    #[test]
    fn arithmetic_keeps_its_meaning() {
        assert_eq!(written("a / b"), "=IF(COUNT(A,B)=2,IFERROR(IFNA(A/B,\"missing\"),\"undefined\"),IF(ISNUMBER(A),\"no b\",\"no a\"))");
        for (text, inside) in [
            ("a - (b - c)", "A-(B-C)"),
            ("a - b - c", "A-B-C"),
            ("a / (b * c)", "A/(B*C)"),
            ("a / b * c", "A/B*C"),
            ("(a + b) * c", "(A+B)*C"),
            ("-a * b", "(-A)*B"),
            ("a * -b", "A*(-B)"),
            ("2 - 0.5 * a", "2-0.5*A"),
            ("max(a, min(b, 0))", "MAX(A,MIN(B,0))"),
        ] {
            assert!(written(text).contains(&format!("IFNA({inside},")), "{text}: {}", written(text));
        }
    }

    #[test]
    fn what_coalesce_passes_over_may_be_missing() {
        assert_eq!(written("coalesce(a, 0)"), "=IFERROR(IFNA(IFERROR(IF(ISNUMBER(A),A,NA()),0),\"missing\"),\"undefined\")");
    }
}
