//! Whether the values of parts add up to the value of the whole (domain D9), as it follows from
//! how a figure is computed.

use super::System;
use super::kpi::{Additivity, Calculation, CreditRule, Definition};
use crate::base::formula::{Formula, Operator};

impl System {
    /// Whether the parts of a figure add up, as it follows from its calculation: counts, sums and
    /// differences of them do; balances and cumulative amounts do over members only; ratios,
    /// means, distinct counts and what is made of them do not.
    ///
    /// ```
    /// use marketingos::{Additivity, Source, System};
    /// let text = "{marketingos: 1, name: Small firm, sources: {leads: {date: created, dimensions: [channel], rows: events}},
    ///   measures: {all: {count: leads}, paid: {count: leads, where: {channel: paid}}, other: {formula: all - paid}, share: {formula: paid / all}}}";
    /// let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let of = |id: &str| system.additivity(system.definition(id).unwrap());
    /// assert_eq!([of("other"), of("share")], [Additivity::Additive, Additivity::NonAdditive]);
    /// # Ok::<(), marketingos::Error>(())
    /// ```
    #[must_use]
    pub fn additivity(&self, definition: &Definition) -> Additivity {
        match &definition.calculation {
            Calculation::Count { .. } | Calculation::Sum { .. } => Additivity::Additive,
            Calculation::Balance { .. } => Additivity::SemiAdditive,
            Calculation::Credit { rule: CreditRule::Any, .. } => Additivity::NonAdditive,
            Calculation::Credit { .. } => Additivity::Additive,
            Calculation::Cumulative { of, .. } => {
                self.definition(of.as_str()).map_or(Additivity::NonAdditive, |of| self.additivity(of)).max(Additivity::SemiAdditive)
            }
            Calculation::Formula { formula } => self.of_formula(&formula.formula),
            _ => Additivity::NonAdditive,
        }
    }

    fn of_formula(&self, formula: &Formula) -> Additivity {
        match formula {
            Formula::Figure(id) => self.definition(id.as_str()).map_or(Additivity::NonAdditive, |part| self.additivity(part)),
            Formula::Negated(inner) => self.of_formula(inner),
            Formula::Binary(Operator::Add | Operator::Subtract, left, right) => self.of_formula(left).max(self.of_formula(right)),
            Formula::Binary(Operator::Multiply, left, right) if matches!(**left, Formula::Constant(_)) => self.of_formula(right),
            Formula::Binary(Operator::Multiply | Operator::Divide, left, right) if matches!(**right, Formula::Constant(_)) => self.of_formula(left),
            _ => Additivity::NonAdditive,
        }
    }
}
