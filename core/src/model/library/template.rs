//! From a variant and what a system gives for its inputs to an ordinary calculation.

use super::{Template, Variant};
use crate::base::formula::{Formula, Operator, Shift};
use crate::base::id::Id;
use crate::base::number::Number;
use crate::model::kpi::{Calculation, WrittenFormula};

/// What a system gives for an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Given {
    /// A KPI or measure.
    Figure(Id),
    /// A plain number.
    Number(Number),
    /// A whole number of days.
    Days(u32),
    /// A dimension.
    Dimension(Id),
}

/// What a system gives for the inputs of a variant, by their ids.
#[derive(Clone, Debug, Default)]
pub(crate) struct Inputs(pub(crate) Vec<(&'static str, Given)>);

impl Inputs {
    fn get(&self, id: &str) -> Option<&Given> {
        self.0.iter().find(|(known, _)| *known == id).map(|(_, given)| given)
    }

    fn figure(&self, id: &str) -> Option<Id> {
        match self.get(id)? {
            Given::Figure(id) => Some(id.clone()),
            _ => None,
        }
    }

    fn days(&self, id: &str) -> Option<u32> {
        match self.get(id)? {
            Given::Days(days) => Some(*days),
            _ => None,
        }
    }

    /// The input as a formula and as its text.
    fn part(&self, id: &str) -> Option<(Formula, String)> {
        match self.get(id)? {
            Given::Figure(id) => Some((Formula::Figure(id.clone()), id.to_string())),
            Given::Number(number) if number.is_negative() => Some((Formula::Constant(number.clone()), format!("({number})"))),
            Given::Number(number) => Some((Formula::Constant(number.clone()), number.to_string())),
            Given::Days(_) | Given::Dimension(_) => None,
        }
    }
}

impl Variant {
    /// The calculation over what a system gives; `None` where something that it needs is missing.
    pub(crate) fn calculation(&self, inputs: &Inputs) -> Option<Calculation> {
        match self.template {
            Template::Formula => arithmetic(self.formula, inputs),
            Template::Trailing { above, below, periods } => trailing(inputs.figure(above)?, inputs.figure(below)?, periods),
            Template::Conversion(basis) => Some(Calculation::Conversion {
                from: inputs.figure("from")?,
                to: inputs.figure("to")?,
                within_days: inputs.days("within_days"),
                basis,
                matching: match inputs.get("matching") {
                    Some(Given::Dimension(id)) => Some(id.clone()),
                    _ => None,
                },
            }),
            Template::Credit(rule) => Some(Calculation::Credit {
                outcome: inputs.figure("outcome")?,
                touches: inputs.figure("touches")?,
                to: inputs.figure("credited"),
                rule,
                within_days: inputs.days("within_days"),
            }),
        }
    }
}

/// A formula with the inputs in their places; one figure over another is a ratio.
fn arithmetic(text: &str, inputs: &Inputs) -> Option<Calculation> {
    let formula = substituted(Formula::parse(text).ok()?, inputs)?;
    if let Formula::Binary(Operator::Divide, above, below) = &formula
        && let (Formula::Figure(numerator), Formula::Figure(denominator)) = (&**above, &**below)
    {
        return Some(Calculation::Ratio { numerator: numerator.clone(), denominator: denominator.clone() });
    }
    Some(Calculation::Formula { formula: WrittenFormula { text: written(text, inputs)?, formula } })
}

fn substituted(formula: Formula, inputs: &Inputs) -> Option<Formula> {
    Some(match formula {
        Formula::Figure(id) => inputs.part(id.as_str())?.0,
        Formula::Negated(inner) => Formula::Negated(Box::new(substituted(*inner, inputs)?)),
        Formula::Binary(operator, left, right) => Formula::Binary(operator, Box::new(substituted(*left, inputs)?), Box::new(substituted(*right, inputs)?)),
        Formula::Call(function, arguments) => {
            Formula::Call(function, arguments.into_iter().map(|argument| substituted(argument, inputs)).collect::<Option<_>>()?)
        }
        // The catalogue shifts nothing by hand.
        other @ (Formula::Constant(_) | Formula::Shifted(..)) => other,
    })
}

/// The text with the same inputs in the same places: brackets stay as the catalogue has them.
fn written(text: &str, inputs: &Inputs) -> Option<String> {
    const FUNCTIONS: [&str; 4] = ["min", "max", "abs", "coalesce"];
    let in_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut result = String::new();
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let length = if in_word(next) { rest.find(|c| !in_word(c)).unwrap_or(rest.len()) } else { next.len_utf8() };
        let (token, after) = rest.split_at_checked(length)?;
        if next.is_ascii_lowercase() && !FUNCTIONS.contains(&token) {
            result.push_str(&inputs.part(token)?.1);
        } else {
            result.push_str(token);
        }
        rest = after;
    }
    Some(result)
}

/// Σ `above` ÷ Σ `below` over so many periods, the current one included. With all periods there,
/// it is also the ratio of their means.
fn trailing(above: Id, below: Id, periods: u32) -> Option<Calculation> {
    let (above, above_text) = sum(&above, periods)?;
    let (below, below_text) = sum(&below, periods)?;
    let formula = Formula::Binary(Operator::Divide, Box::new(above), Box::new(below));
    Some(Calculation::Formula { formula: WrittenFormula { text: format!("({above_text}) / ({below_text})"), formula } })
}

fn sum(id: &Id, periods: u32) -> Option<(Formula, String)> {
    (0..periods)
        .map(|back| part(id, back))
        .reduce(|(left, text), (right, more)| (Formula::Binary(Operator::Add, Box::new(left), Box::new(right)), format!("{text} + {more}")))
}

fn part(id: &Id, back: u32) -> (Formula, String) {
    match back {
        0 => (Formula::Figure(id.clone()), id.to_string()),
        1 => (Formula::Shifted(id.clone(), Shift::Previous(1)), format!("previous({id})")),
        back => (Formula::Shifted(id.clone(), Shift::Previous(back)), format!("previous({id}, {back})")),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Template, Variant, kpis};
    use super::{Calculation, Formula, Given, Id, Inputs, Number};

    fn arithmetic() -> impl Iterator<Item = &'static Variant> {
        kpis().iter().flat_map(|kpi| kpi.variants).filter(|variant| variant.template == Template::Formula)
    }

    #[test]
    fn a_formula_takes_all_of_its_inputs_and_nothing_else() {
        for variant in arithmetic() {
            let formula = Formula::parse(variant.formula).unwrap();
            let mut named: Vec<&str> = formula.figures().into_iter().map(Id::as_str).collect();
            let mut inputs: Vec<&str> = variant.inputs.iter().filter(|input| input.required).map(|input| input.id).collect();
            named.sort_unstable();
            inputs.sort_unstable();
            assert_eq!(named, inputs, "{}", variant.formula);
        }
    }

    proptest! {
        /// What is shown is what is computed.
        #[test]
        fn the_text_says_what_the_formula_does(
            figures in proptest::collection::vec("[a-z][a-z0-9_]{0,9}", 8),
            numbers in proptest::collection::vec((0i64..1_000, 0u32..4), 8),
            which in any::<u8>(),
        ) {
            for variant in arithmetic() {
                let given = variant.inputs.iter().enumerate().map(|(at, input)| {
                    let (mantissa, decimals) = numbers[at];
                    let number = Number::from_parts(i128::from(mantissa), decimals);
                    // Names of functions are names of figures too.
                    let figure = if at == 3 { "max".to_owned() } else { figures[at].clone() };
                    (input.id, if which >> at & 1 == 0 { Given::Number(number) } else { Given::Figure(Id::new(&figure).unwrap()) })
                });
                match variant.calculation(&Inputs(given.collect())).unwrap() {
                    Calculation::Formula { formula } => prop_assert_eq!(Formula::parse(&formula.text).unwrap(), formula.formula),
                    Calculation::Ratio { .. } => {}
                    other => prop_assert!(false, "{other:?}"),
                }
            }
        }
    }
}
