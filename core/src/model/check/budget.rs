//! Budgets: lines that do not come to their frame, and what cannot be held against it.

use super::Check;
use crate::base::code::Code;
use crate::base::finding::{Finding, Origin, Severity};
use crate::base::id::Id;
use crate::base::map::Map;
use crate::base::money::Money;
use crate::base::number::Number;
use crate::base::order;
use crate::base::unit::Unit;
use crate::model::budget::{Budget, BudgetLine};
use crate::model::kpi::Additivity;

impl Check<'_, '_> {
    pub(super) fn budgets(&mut self) {
        let system = self.system;
        let mut in_time: Vec<&Budget> = system.budgets.iter().collect();
        order::sort_by_key(&mut in_time, |budget| budget.period.first);
        let mut latest: Option<&Budget> = None;
        for budget in in_time {
            if let Some(other) = latest.filter(|other| budget.period.first <= other.period.last) {
                let message = format!("the budgets of {} and {} have days in common", other.period, budget.period);
                self.error(Code::WrongValue, &budget.origin, message, "let each day belong to one budget");
            }
            latest = latest.filter(|other| other.period.last >= budget.period.last).or(Some(budget));
        }
        for budget in &system.budgets {
            if self.one_currency(budget) {
                self.allocations(budget);
                self.moves(budget);
            }
            self.spending(budget);
        }
    }

    /// Whether all of it is in the currency of the frame.
    fn one_currency(&mut self, budget: &Budget) -> bool {
        let of_line = |line: &'_ BudgetLine| -> Vec<Money> {
            line.amounts.iter().map(|allocation| allocation.amount.clone()).chain(line.committed.iter().map(|commitment| commitment.amount.clone())).collect()
        };
        let lines = budget.lines.iter().flat_map(|line| of_line(line).into_iter().map(|money| (&line.origin, money)));
        let moves = budget.moves.iter().map(|moved| (&moved.origin, moved.amount.clone()));
        let strange: Vec<(&Origin, Money)> = lines.chain(moves).filter(|(_, money)| money.currency != budget.amount.currency).collect();
        for (origin, money) in &strange {
            let message = format!("{money} stands in a budget in {}", budget.amount.currency.code());
            self.error(Code::NotCombinable, origin, message, "write all of a budget in one currency");
        }
        strange.is_empty()
    }

    fn warn(&mut self, code: Code, origin: &Origin, message: String, help: &str) {
        self.findings.push(Finding { code, severity: Severity::Warning, place: origin.0.clone(), message, help: help.to_owned() });
    }

    fn allocations(&mut self, budget: &Budget) {
        if budget.lines.is_empty() {
            return;
        }
        let sum: Number = budget.lines.iter().map(BudgetLine::allocated).sum();
        let left = budget.amount.amount.clone() - sum.clone();
        if left.is_zero() {
            return;
        }
        let unit = Unit::Currency(budget.amount.currency);
        let by = format!("{} {}", unit.format(&left.abs()), if left.is_negative() { "more" } else { "less" });
        let message = format!("the lines of the budget of {} sum to {}, and the frame is {}: {by}", budget.period, unit.format(&sum), budget.amount);
        self.warn(Code::BudgetDoesNotSum, &budget.origin, message, "let the lines sum to the frame, such as with a line for the reserve");
    }

    /// A line can give no more than it has.
    fn moves(&mut self, budget: &Budget) {
        let mut has: Map<&Id, Number> = Map::from_iter(budget.lines.iter().map(|line| (&line.id, line.allocated())));
        for moved in &budget.moves {
            if !budget.period.span().contains(moved.on) {
                let message = format!("the move of {} lies outside {}", moved.on, budget.period);
                self.error(Code::BadDates, &moved.origin, message, "write a day of the period, or move it to its own budget");
            }
            let amount = moved.amount.amount.clone();
            let had = |line: &Id| has.get(line).cloned().unwrap_or_else(|| Number::from(0));
            let (from, to) = (had(&moved.from), had(&moved.to));
            if from < amount {
                let message = format!("{} is moved from `{}`, which has {}", moved.amount, moved.from, Unit::Currency(moved.amount.currency).format(&from));
                self.warn(Code::MoveTooLarge, &moved.origin, message, "move no more than there is");
            }
            has.insert(&moved.from, from - amount.clone());
            has.insert(&moved.to, to + amount);
        }
    }

    /// What was spent is an amount in the same currency, and counts for one line.
    fn spending(&mut self, budget: &Budget) {
        let mut counted: Map<&Id, &Id> = Map::new();
        for line in &budget.lines {
            let Some(spent) = &line.spent else { continue };
            let system = self.system;
            let Some(definition) = system.definition(spent.as_str()) else { continue };
            let measure = || system.measures.iter().find(|measure| measure.definition.id == *spent).and_then(|measure| measure.unit.as_ref());
            let unit = system.kpi(spent.as_str()).map(|kpi| &kpi.unit).or_else(measure);
            if let Some(unit) = unit.filter(|unit| **unit != Unit::Currency(budget.amount.currency)) {
                let message = format!("`{spent}` is in {unit}, and the budget in {}", budget.amount.currency.code());
                self.error(Code::NotCombinable, &line.origin, message, "name a figure that is an amount of this money");
            }
            if system.additivity(definition) != Additivity::Additive {
                let message = format!("`{spent}` does not add up over time, so it is no spending");
                self.error(Code::NotCombinable, &line.origin, message, "name a figure that sums what was spent");
            }
            if let Some(other) = counted.insert(spent, &line.id) {
                let message = format!("`{spent}` is counted as spent by both `{other}` and `{}`", line.id);
                self.warn(Code::SpendingCountedTwice, &line.origin, message, "give each line a figure of its own, such as by a `where`");
            }
        }
    }
}
