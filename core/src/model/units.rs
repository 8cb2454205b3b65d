//! What figures measure, as it follows from how they are computed.

use super::System;
use super::kpi::{Calculation, Definition};
use super::parts::parts_first;
use crate::base::formula::{Formula, Function, Operator};
use crate::base::id::Id;
use crate::base::map::Map;
use crate::base::quantity::{Measured, Quantity};
use crate::base::unit::Unit;

impl System {
    /// The unit of a KPI or measure: the one that it declares, or else the one that follows from
    /// its calculation ([`System::derived_unit`]).
    ///
    /// ```
    /// use marketingos::{Source, System, Unit};
    /// let text = "{marketingos: 1, name: Small firm, sources: {
    ///     leads: {date: created, rows: events},
    ///     costs: {date: day, measures: {amount: {unit: EUR}, hours: {}}, rows: events}},
    ///   measures: {leads: {unit: count of leads, count: leads}, cost: {sum: costs.amount}, hours: {sum: costs.hours},
    ///     cost_per_lead: {formula: cost / leads}}}";
    /// let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let unit = |id: &str| system.unit_of(id).map(|unit| unit.to_string());
    /// assert_eq!(unit("cost_per_lead").as_deref(), Some("EUR per lead"));
    /// assert_eq!(unit("hours"), None);
    /// # Ok::<(), marketingos::Error>(())
    /// ```
    #[must_use]
    pub fn unit_of(&self, id: &str) -> Option<Unit> {
        let id = &self.definition(id)?.id;
        self.declared_unit(id).cloned().or_else(|| self.derived_unit(id.as_str()))
    }

    /// The unit of a KPI or measure as it follows from its calculation; `None` where it reads
    /// columns that declare none, or where no unit says it, as for euros times euros.
    ///
    /// ```
    /// use marketingos::{Source, System, Unit};
    /// let text = "{marketingos: 1, name: Small firm, people: {ana: Ana},
    ///   sources: {deals: {date: closed, entity: deal, measures: {amount: {unit: EUR}}, rows: events}},
    ///   measures: {deals: {count: deals}, cycle: {duration: {from: deals, to: deals, statistic: median}}},
    ///   kpis: {revenue: {unit: EUR, direction: higher, sum: deals.amount},
    ///     velocity: {unit: EUR per day, direction: higher, formula: revenue / cycle}}}";
    /// let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// assert_eq!(system.derived_unit("velocity"), Unit::parse("EUR per day"));
    /// assert_eq!(system.derived_unit("deals"), Unit::parse("count"));
    /// # Ok::<(), marketingos::Error>(())
    /// ```
    #[must_use]
    pub fn derived_unit(&self, id: &str) -> Option<Unit> {
        let definition = self.definition(id)?;
        let mut known = Map::new();
        for part in parts_first([definition], |id| self.definition(id.as_str())) {
            let source = part.calculation.source().and_then(|source| self.source(source.as_str()));
            let column = |id: &Id| {
                let column = source.and_then(|source| source.measures.iter().find(|column| column.id == *id));
                Measured::of(column.and_then(|column| column.unit.as_ref()))
            };
            let measured = derive(part, &column, &known).unwrap_or(Measured::Unknown);
            if part.id == definition.id {
                return measured.unit();
            }
            known.insert(&part.id, declared(part, measured, self.declared_unit(&part.id)));
        }
        None
    }

    fn declared_unit(&self, id: &Id) -> Option<&Unit> {
        let kpi = self.kpis.iter().find(|kpi| kpi.definition.id == *id).map(|kpi| &kpi.unit);
        kpi.or_else(|| self.measures.iter().find(|measure| measure.definition.id == *id).and_then(|measure| measure.unit.as_ref()))
    }
}

/// Two things that a formula puts together although they are not the same.
#[derive(Debug)]
pub(super) struct Mixed {
    /// What it does with them.
    pub(super) verb: &'static str,
    pub(super) both: Box<(Quantity, Quantity)>,
}

type Known<'a> = Map<&'a Id, Measured>;

/// What a figure measures for those that it is a part of: as derived, with the names of things
/// that its author declares.
pub(super) fn declared(definition: &Definition, derived: Measured, unit: Option<&Unit>) -> Measured {
    let calculation = &definition.calculation;
    let exact = matches!(calculation, Calculation::Count { .. } | Calculation::Sum { .. } | Calculation::Balance { .. } | Calculation::Distinct { .. });
    match unit {
        Some(unit) => derived.declared(unit, exact),
        None => derived,
    }
}

/// What a figure measures, given what the columns of its source and its parts do.
pub(super) fn derive(definition: &Definition, column: &dyn Fn(&Id) -> Measured, known: &Known<'_>) -> Result<Measured, Mixed> {
    let figure = |id: &Id| known.get(id).cloned().unwrap_or(Measured::Unknown);
    Ok(match &definition.calculation {
        Calculation::Count { .. } | Calculation::Distinct { .. } => Measured::count(),
        Calculation::Sum { measure, .. } | Calculation::Balance { measure, .. } => column(measure),
        // For each row, which has no name.
        Calculation::Mean { measure, .. } | Calculation::Summary { measure, .. } | Calculation::WeightedMean { measure, .. } => column(measure).loosely(),
        Calculation::Ratio { numerator, denominator } => figure(numerator).divided_by(figure(denominator)),
        Calculation::Formula { formula } => of_formula(&formula.formula, &figure)?,
        Calculation::Cumulative { of, .. } => figure(of),
        Calculation::Credit { outcome, .. } => figure(outcome),
        Calculation::Conversion { .. } => Measured::share(),
        Calculation::Duration { .. } => Measured::of(Some(&Unit::Days)),
    })
}

/// What a formula measures, given what its names do.
pub(super) fn of_formula(formula: &Formula, figure: &dyn Fn(&Id) -> Measured) -> Result<Measured, Mixed> {
    match formula {
        Formula::Constant(_) => Ok(Measured::Constant),
        Formula::Figure(id) | Formula::Shifted(id, _) => Ok(figure(id)),
        Formula::Negated(inner) => of_formula(inner, figure),
        Formula::Binary(operator, left, right) => {
            let (left, right) = (of_formula(left, figure)?, of_formula(right, figure)?);
            match operator {
                Operator::Add => together("adds", left, right),
                Operator::Subtract => together("subtracts", left, right),
                Operator::Multiply => Ok(left.times(right)),
                Operator::Divide => Ok(left.divided_by(right)),
            }
        }
        Formula::Call(function, arguments) => {
            let verb = if *function == Function::Coalesce { "chooses between" } else { "compares" };
            arguments.iter().try_fold(Measured::Constant, |sum, argument| together(verb, sum, of_formula(argument, figure)?))
        }
    }
}

pub(super) fn together(verb: &'static str, left: Measured, right: Measured) -> Result<Measured, Mixed> {
    left.with(right).map_err(|both| Mixed { verb, both })
}
