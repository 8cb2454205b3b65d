//! Whether the values of parts add up to the value of the whole (domain D9), as it follows from
//! how a figure is computed.

use super::System;
use super::kpi::{Additivity, Calculation, CreditRule, Definition};
use super::parts::parts_first;
use crate::base::formula::{Formula, Operator};
use crate::base::id::Id;
use crate::base::map::Map;

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
        let known = follow(parts_first([definition], |id| self.definition(id.as_str())));
        known.get(&definition.id).copied().unwrap_or(Additivity::NonAdditive)
    }
}

/// The additivity of each of some definitions, which come after their parts.
pub(super) fn follow(parts_first: Vec<&Definition>) -> Map<&Id, Additivity> {
    let mut known = Map::new();
    for definition in parts_first {
        let additivity = of(&definition.calculation, &known);
        known.insert(&definition.id, additivity);
    }
    known
}

fn of(calculation: &Calculation, known: &Map<&Id, Additivity>) -> Additivity {
    match calculation {
        Calculation::Count { .. } | Calculation::Sum { .. } => Additivity::Additive,
        Calculation::Balance { .. } => Additivity::SemiAdditive,
        Calculation::Credit { rule: CreditRule::Any, .. } => Additivity::NonAdditive,
        Calculation::Credit { .. } => Additivity::Additive,
        Calculation::Cumulative { of, .. } => known.get(of).copied().unwrap_or(Additivity::NonAdditive).max(Additivity::SemiAdditive),
        Calculation::Formula { formula } => of_formula(&formula.formula, known),
        _ => Additivity::NonAdditive,
    }
}

fn of_formula(formula: &Formula, known: &Map<&Id, Additivity>) -> Additivity {
    match formula {
        Formula::Figure(id) => known.get(id).copied().unwrap_or(Additivity::NonAdditive),
        Formula::Negated(inner) => of_formula(inner, known),
        Formula::Binary(Operator::Add | Operator::Subtract, left, right) => of_formula(left, known).max(of_formula(right, known)),
        Formula::Binary(Operator::Multiply, left, right) if matches!(**left, Formula::Constant(_)) => of_formula(right, known),
        Formula::Binary(Operator::Multiply | Operator::Divide, left, right) if matches!(**right, Formula::Constant(_)) => of_formula(left, known),
        _ => Additivity::NonAdditive,
    }
}
