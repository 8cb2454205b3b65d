//! A formula as text that is read as the same formula.

use std::fmt::{self, Display, Formatter};

use super::{Formula, Function, Operator, Shift};
use crate::base::id::Id;

/// How names are written: conditions quote some.
pub(crate) type WriteId = fn(&Id, &mut Formatter<'_>) -> fmt::Result;

impl Display for Formula {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.write(f, Display::fmt)
    }
}

impl Formula {
    pub(crate) fn write(&self, f: &mut Formatter<'_>, id: WriteId) -> fmt::Result {
        match self {
            Self::Constant(number) => write!(f, "{number}"),
            Self::Figure(figure) => id(figure, f),
            Self::Shifted(figure, Shift::Previous(1)) => write!(f, "previous({figure})"),
            Self::Shifted(figure, Shift::Previous(periods)) => write!(f, "previous({figure}, {periods})"),
            Self::Shifted(figure, Shift::PriorYear) => write!(f, "prior_year({figure})"),
            Self::Negated(inner) => {
                f.write_str("-")?;
                inner.part(f, id, matches!(**inner, Self::Binary(..)))
            }
            Self::Binary(operator, left, right) => {
                let product = matches!(operator, Operator::Multiply | Operator::Divide);
                left.part(f, id, product && left.is_sum())?;
                f.write_str(match operator {
                    Operator::Add => " + ",
                    Operator::Subtract => " - ",
                    Operator::Multiply => " * ",
                    Operator::Divide => " / ",
                })?;
                // Operators are read from the left.
                right.part(f, id, right.is_sum() || (product && matches!(**right, Self::Binary(..))))
            }
            Self::Call(function, arguments) => {
                f.write_str(match function {
                    Function::Min => "min(",
                    Function::Max => "max(",
                    Function::Abs => "abs(",
                    Function::Coalesce => "coalesce(",
                })?;
                for (position, argument) in arguments.iter().enumerate() {
                    f.write_str(if position == 0 { "" } else { ", " })?;
                    argument.write(f, id)?;
                }
                f.write_str(")")
            }
        }
    }

    fn is_sum(&self) -> bool {
        matches!(self, Self::Binary(Operator::Add | Operator::Subtract, ..))
    }

    fn part(&self, f: &mut Formatter<'_>, id: WriteId, parentheses: bool) -> fmt::Result {
        if !parentheses {
            return self.write(f, id);
        }
        f.write_str("(")?;
        self.write(f, id)?;
        f.write_str(")")
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::Formula;
    use crate::base::formula::{Function, Operator, Shift};
    use crate::{Id, Number};
    use proptest::prelude::*;

    /// Arithmetic over some names.
    pub(crate) fn arithmetic(names: &'static [&'static str]) -> impl Strategy<Value = Formula> {
        let leaf = prop_oneof![
            (0i32..1_000, 0u32..3).prop_map(|(digits, decimals)| Formula::Constant(Number::from_parts(digits.into(), decimals))),
            prop::sample::select(names).prop_map(|name| Formula::Figure(Id::new(name).unwrap())),
        ];
        let operator = || prop::sample::select(&[Operator::Add, Operator::Subtract, Operator::Multiply, Operator::Divide][..]);
        leaf.prop_recursive(4, 16, 2, move |inner| {
            prop_oneof![
                inner.clone().prop_map(|inner| Formula::Negated(Box::new(inner))),
                (operator(), inner.clone(), inner).prop_map(|(operator, left, right)| Formula::Binary(operator, Box::new(left), Box::new(right))),
            ]
        })
    }

    fn formula() -> impl Strategy<Value = Formula> {
        let shift = prop_oneof![(1u32..=120).prop_map(Shift::Previous), Just(Shift::PriorYear)];
        let shifted = shift.prop_map(|shift| Formula::Shifted(Id::new("leads").unwrap(), shift));
        // Ids named like functions are ids unless a parenthesis follows.
        prop_oneof![4 => arithmetic(&["leads", "min", "previous", "a1"]), 1 => shifted].prop_recursive(3, 16, 3, |inner| {
            let several = prop::sample::select(&[Function::Min, Function::Max, Function::Coalesce][..]);
            prop_oneof![
                inner.clone().prop_map(|inner| Formula::Call(Function::Abs, vec![inner])),
                (several, prop::collection::vec(inner.clone(), 1..4)).prop_map(|(function, arguments)| Formula::Call(function, arguments)),
                (inner.clone(), inner).prop_map(|(left, right)| Formula::Binary(Operator::Divide, Box::new(left), Box::new(right))),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_as_the_same(formula in formula()) {
            let text = formula.to_string();
            prop_assert_eq!(Formula::parse(&text).map_err(|error| format!("{text}: {error:?}")), Ok(formula));
        }
    }
}
