//! Lines of running budgets, and whole ones, that cost more than planned, and since which day.

use super::{Sums, moves_by, partly, so_far, together};
use crate::base::calendar::{Period, Span};
use crate::base::date::Date;
use crate::base::id::Id;
use crate::base::number::Number;
use crate::base::unit::Unit;
use crate::base::value::Value;
use crate::judge::snapshot::{Snapshot, unobserved};
use crate::judge::variance::Figure;
use crate::measure::{Figures, Given};
use crate::model::budget::{Budget, BudgetLine};
use crate::model::kpi::Definition;

/// A line of a running budget, or all of it, that costs more than planned.
pub(crate) struct Overrun<'b> {
    pub(crate) budget: &'b Budget,
    /// `None` for all lines together.
    pub(crate) line: Option<&'b BudgetLine>,
    /// The first of the days in a row, the as-of date back, on which it was so.
    pub(crate) since: Date,
    pub(crate) spent: Figure,
    pub(crate) to_date: Figure,
    pub(crate) committed: Figure,
    pub(crate) revised: Figure,
    /// Whether more is spent than was planned to date, or only more ordered than there is.
    pub(crate) is_spent: bool,
}

/// How a line, or all of them, is over its plan.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Over {
    Spent,
    Ordered,
}

impl Sums {
    /// Whether more is spent than was planned to date, or spent and ordered than there is, by more
    /// than a share of that; `None` too where what was spent is not known.
    fn over(&self, by: &Number) -> Option<Over> {
        let spent = self.spent.number()?;
        let exceeds = |much: Number, plan: &Number| much - plan.clone() > by.clone() * plan.abs();
        if exceeds(spent.clone(), &self.to_date) {
            return Some(Over::Spent);
        }
        let revised = self.allocated.clone() + self.moved.clone();
        exceeds(spent.clone() + self.committed.clone(), &revised).then_some(Over::Ordered)
    }
}

impl Snapshot {
    /// What of the budgets that run on the as-of date costs more than planned, by more than a share:
    /// more is spent than was planned to date, or spent and ordered together than there is. All of a
    /// budget comes before its lines.
    pub(crate) fn overruns(&self, by: &Number) -> Vec<Overrun<'_>> {
        self.running_budgets().flat_map(|budget| self.overruns_of(budget, by)).collect()
    }

    fn overruns_of<'b>(&self, budget: &'b Budget, by: &Number) -> Vec<Overrun<'b>> {
        let (Given::Rows(_), Some(days)) = (self.given_by(), so_far(budget, self.as_of())) else { return Vec::new() };
        let mut ids: Vec<&Id> = budget.lines.iter().filter_map(|line| line.spent.as_ref()).collect();
        crate::base::order::sort_distinct(&mut ids);
        let definitions: Vec<&Definition> = ids.iter().filter_map(|id| self.system().definition(id.as_str())).collect();
        let each = (0..days.days()).map(|at| days.first.plus_days(at)).map(|day| Span { first: day, last: day });
        let figures = Figures::over(self.system_shared(), self.given_by(), self.as_of(), &definitions, &[budget.period.grain], each.collect());
        let spent = |line: &BudgetLine, day: Date| match &line.spent {
            None => Value::missing("the line names no figure that says what was spent"),
            Some(id) => {
                let period = Period { label: String::new(), first: days.first, last: day, grain: budget.period.grain };
                let observation = figures.at(id.as_str(), &self.least(id.as_str()), &period).unwrap_or_else(|| unobserved(&period));
                if observation.coverage.is_full() { observation.value } else { partly(observation) }
            }
        };
        let on = |line: Option<&BudgetLine>, day: Date| {
            let moves = moves_by(budget, day);
            let of = |line: &BudgetLine| Sums::of(budget, line, &moves, day, spent(line, day));
            match line {
                Some(line) => of(line),
                None => together(budget.lines.iter().map(of).collect::<Vec<_>>().iter()),
            }
        };
        let unit = Unit::Currency(budget.amount.currency);
        let one = |line: Option<&'b BudgetLine>| {
            let now = on(line, self.as_of());
            let over = now.over(by)?;
            let mut since = self.as_of();
            while since > days.first && on(line, since.plus_days(-1)).over(by).is_some() {
                since = since.plus_days(-1);
            }
            let amounts = now.shown(&unit);
            let (spent, to_date, committed, revised) = (amounts.spent, amounts.to_date, amounts.committed, amounts.revised);
            Some(Overrun { budget, line, since, spent, to_date, committed, revised, is_spent: over == Over::Spent })
        };
        std::iter::once(None).chain(budget.lines.iter().map(Some)).filter_map(one).collect()
    }
}
