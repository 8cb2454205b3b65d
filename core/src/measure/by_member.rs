//! Figures by member in one period: as amounts, or as the two numbers that a quotient is made of.

use super::cell::Cell;
use super::evaluate::{Asked, Figures, Known};
use super::observation::Member;
use crate::base::calendar::Period;
use crate::base::id::Id;
use crate::base::number::Number;
use crate::base::value::Value;
use crate::model::kpi::{Calculation, Missing};

impl Figures {
    /// The figure of each member that has a part in the period, by combination of members; the first
    /// reason where one has no value.
    pub(crate) fn amounts(&self, figure: &Id, least: &Number, period: &Period) -> Result<Vec<(u64, Number)>, Value> {
        let Some(node) = self.plan.position(figure.as_str()) else { return Ok(Vec::new()) };
        let asked = Asked { period: period.clone(), window: None };
        let members = self.members(node, &asked);
        if let Some(plain) = self.plain_amounts(node, &asked, &members) {
            return Ok(plain);
        }
        let amount = |member: u64| {
            let raw = self.raw(node, &asked, member, &mut Known::new());
            match self.finish(raw, least, asked.period.clone(), Member::new()).value {
                Value::Value { value } => Ok((member, value)),
                reason => Err(reason),
            }
        };
        members.into_iter().map(amount).collect()
    }

    /// The same for counts and sums that nothing is missing of: whether their days are covered is the
    /// same for all members, and asked once.
    fn plain_amounts(&self, node: usize, asked: &Asked, members: &[u64]) -> Option<Vec<(u64, Number)>> {
        let definition = &self.plan.nodes.get(node)?.definition;
        let (grid, column) = self.place(node)?;
        if !matches!(definition.calculation, Calculation::Count { .. } | Calculation::Sum { .. }) || asked.period.last > self.as_of {
            return None;
        }
        // Nobody has this combination, so that nothing but the days counts.
        let days = self.raw(node, asked, u64::MAX, &mut Known::new());
        if days.value.number().is_none() || days.open.is_some() || !days.coverage.is_full() {
            return None;
        }
        let slices = self.slices(grid, self.span(node, asked), asked);
        let amount = |member: &u64| {
            let mut cell = Cell::default();
            slices.clone().filter_map(|slice| grid.find(slice, *member)).for_each(|position| column.fold(position, &mut cell));
            let value = if cell.without_number() == 0 { cell.value(&definition.calculation) } else { return None };
            Some((*member, value.number()?.clone()))
        };
        members.iter().map(amount).collect()
    }

    /// Numerator and denominator of each member that has a part in the period, of a figure that is a
    /// quotient of what its own cells hold: a conversion or a mean. They add up over members.
    pub(crate) fn quotients(&self, figure: &Id, period: &Period) -> Vec<(u64, [Number; 2])> {
        let Some((node, definition)) = self.plan.position(figure.as_str()).and_then(|node| Some((node, &self.plan.nodes.get(node)?.definition))) else {
            return Vec::new();
        };
        let asked = Asked { period: period.clone(), window: None };
        let Some((grid, column)) = self.place(node) else { return Vec::new() };
        let slices = self.slices(grid, self.span(node, &asked), &asked);
        let quotient = |member: u64| {
            let mut cell = Cell::default();
            slices.clone().filter_map(|slice| grid.find(slice, member)).for_each(|position| column.fold(position, &mut cell));
            let cell = if definition.missing == Missing::Zero { cell.filled() } else { cell };
            Some((member, cell.quotient(&definition.calculation)?))
        };
        self.members(node, &asked).into_iter().filter_map(quotient).collect()
    }

    /// The names of a combination of members.
    pub(crate) fn member(&self, combination: u64) -> Member {
        self.axes.member(combination)
    }

    /// How far apart two neighbours on each dimension are among the combinations of members, and how
    /// many members it has.
    pub(crate) fn radix(&self) -> Vec<(u64, u64)> {
        let lengths = self.axes.0.iter().map(|axis| u64::try_from(axis.len()).unwrap_or(u64::MAX));
        self.axes.strides().into_iter().zip(lengths).collect()
    }
}
