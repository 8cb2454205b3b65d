//! A budget as it stands on the as-of date: allocated, moved, committed, spent, remaining.

pub(crate) mod overrun;

use serde::Serialize;

use super::scorecard::Owner;
use super::snapshot::Snapshot;
use super::variance::{Figure, Impact};
use crate::base::calendar::{Period, Span};
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::finding::quoted;
use crate::base::id::Id;
use crate::base::map::Map;
use crate::base::number::Number;
use crate::base::unit::Unit;
use crate::base::value::Value;
use crate::measure::{Figures, Given};
use crate::model::budget::{Budget, BudgetLine, BudgetMove};
use crate::model::kpi::{Definition, Direction};
use crate::words::Words;

/// A budget as it stands on the as-of date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BudgetReport {
    /// The period that it is for.
    pub period: Period,
    /// As of when.
    pub as_of: Date,
    /// The unit of all figures: a currency.
    pub unit: Unit,
    /// Where it is written; empty when it is written nowhere else.
    pub document: String,
    /// The frame.
    pub frame: Figure,
    /// The frame − all that is allocated; negative when that is more.
    pub unallocated: Figure,
    /// All lines together.
    pub total: BudgetAmounts,
    /// The lines, in the order of the text.
    pub lines: Vec<BudgetLineReport>,
    /// The lines by layer, channel, campaign and kind of cost, as far as any names one.
    pub groups: Vec<BudgetGroup>,
    /// What was moved by the as-of date, oldest first.
    pub moves: Vec<BudgetMove>,
    /// All of it in a sentence.
    pub text: String,
    /// The words in which it is shown.
    #[serde(skip)]
    pub(crate) words: Words,
}

/// What a line, or several, may cost and does cost. Whatever is not known is so with its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BudgetAmounts {
    /// What was allocated at first.
    pub allocated: Figure,
    /// What was moved there, less what was taken.
    pub moved: Figure,
    /// Allocated + moved.
    pub revised: Figure,
    /// What of that belongs to the days up to the as-of date: allocations evenly over the days of
    /// their periods, what was moved evenly over those from the move to the end.
    pub to_date: Figure,
    /// What was spent up to the as-of date.
    pub spent: Figure,
    /// Spent − to date.
    pub variance: Figure,
    /// What the variance means: to spend more is adverse.
    pub impact: Impact,
    /// What is ordered and not yet among what was spent.
    pub committed: Figure,
    /// Revised − spent − committed: what can still be ordered; negative when it is too late.
    pub remaining: Figure,
}

/// A line of a budget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BudgetLineReport {
    /// Its id.
    pub line: Id,
    /// Its name.
    pub name: String,
    /// Who answers for it on the as-of date.
    pub owner: Option<Owner>,
    /// Its amounts.
    #[serde(flatten)]
    pub amounts: BudgetAmounts,
}

/// The lines that are for the same thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BudgetGroup {
    /// What they are told apart by.
    pub by: BudgetGrouping,
    /// The layer, channel, campaign or kind of cost; `None` for the lines that name none.
    pub member: Option<String>,
    /// Their amounts.
    #[serde(flatten)]
    pub amounts: BudgetAmounts,
}

/// What lines are told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BudgetGrouping {
    /// The place of the model.
    Layer,
    /// The channel.
    Channel,
    /// The campaign.
    Campaign,
    /// The kind of cost.
    CostKind,
}

impl BudgetGrouping {
    const ALL: [Self; 4] = [Self::Layer, Self::Channel, Self::Campaign, Self::CostKind];

    fn of(self, line: &BudgetLine) -> Option<String> {
        match self {
            Self::Layer => line.layer.map(|layer| layer.word().to_owned()),
            Self::Channel => line.channel.as_ref().map(Id::to_string),
            Self::Campaign => line.campaign.as_ref().map(Id::to_string),
            Self::CostKind => line.cost_kind.as_ref().map(Id::to_string),
        }
    }
}

/// The numbers of one line, or of several.
#[derive(Clone)]
struct Sums {
    allocated: Number,
    moved: Number,
    to_date: Number,
    spent: Value,
    committed: Number,
}

impl Snapshot {
    /// The budget for a period, by the period's name; by default the one that holds the as-of date,
    /// else the last that began before it.
    ///
    /// ```
    /// use marketingos::{Facts, Source, System};
    /// let text = "
    /// marketingos: 1
    /// name: Small firm
    /// sources: { spend: { date: day, measures: [amount], dimensions: [kind], rows: events, recorded_from: 2026-01-01, recorded_until: as_of } }
    /// measures: { ads_spend: { sum: spend.amount, where: { kind: ads }, unit: EUR } }
    /// plan:
    ///   budget:
    ///     period: 2026
    ///     amount: 3_650 EUR
    ///     lines:
    ///       ads: { name: Search ads, cost_kind: media, amount: 3_000 EUR, spent: ads_spend, committed: { on: 2026-01-20, amount: 300 EUR, what: Fair stand } }
    ///       reserve: { amount: 650 EUR }
    ///     moves: { on: 2026-01-31, from: reserve, to: ads, amount: 65 EUR, reason: A fair that was not planned }
    /// ";
    /// let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let facts = Facts::builder(&system).csv("spend", "day,kind,amount\n2026-01-05,ads,250\n").build()?;
    /// let budget = system.snapshot(&facts, "2026-01-31".parse()?).budget(None)?;
    /// let ads = &budget.lines[0].amounts;
    /// // 3,065 − 250 − 300 are left.
    /// assert_eq!([&ads.revised, &ads.spent, &ads.committed, &ads.remaining].map(|figure| figure.text.as_str()), ["EUR 3,065", "EUR 250", "EUR 300", "EUR 2,515"]);
    /// assert_eq!(budget.lines[1].amounts.spent.value.cause(), "the line names no figure that says what was spent");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When there is no budget for the period.
    pub fn budget(&self, period: Option<&str>) -> Result<BudgetReport, Error> {
        Ok(self.report_of(self.budget_for(period)?))
    }

    /// The budgets that run on the as-of date.
    fn running_budgets(&self) -> impl Iterator<Item = &Budget> {
        self.system().budgets().iter().filter(|budget| budget.period.span().contains(self.as_of()))
    }

    /// Of the budgets that run on the as-of date the one that began last; of what is over, or has not
    /// begun, nothing is off today.
    pub(crate) fn running_budget(&self) -> Option<BudgetReport> {
        self.running_budgets().max_by_key(|budget| budget.period.first).map(|budget| self.report_of(budget))
    }

    fn report_of(&self, budget: &Budget) -> BudgetReport {
        let unit = Unit::Currency(budget.amount.currency);
        let spent = self.spent(budget);
        let moves = moves_by(budget, self.as_of());
        let of_line = |line: &BudgetLine| Sums::of(budget, line, &moves, self.as_of(), spent_on(line, &spent));
        let sums: Vec<(&BudgetLine, Sums)> = budget.lines.iter().map(|line| (line, of_line(line))).collect();
        let total = together(sums.iter().map(|(_, sums)| sums));
        let unallocated = budget.amount.amount.clone() - total.allocated.clone();
        let total = total.shown(&unit);
        BudgetReport {
            period: budget.period.clone(),
            as_of: self.as_of(),
            document: budget.document.clone(),
            frame: Figure::of(Value::of(budget.amount.amount.clone()), &unit),
            unallocated: Figure::of(Value::of(unallocated), &unit),
            text: sentence(budget, &total, &unit),
            total,
            groups: groups(&sums, &unit),
            moves: budget.moves.iter().filter(|moved| moved.on <= self.as_of()).cloned().collect(),
            lines: sums
                .into_iter()
                .map(|(line, sums)| BudgetLineReport {
                    line: line.id.clone(),
                    name: line.name.clone(),
                    owner: self.owner_of(&line.owner),
                    amounts: sums.shown(&unit),
                })
                .collect(),
            unit,
            words: self.system().words().clone(),
        }
    }

    fn budget_for(&self, period: Option<&str>) -> Result<&Budget, Error> {
        let budgets = self.system().budgets();
        let found = match period {
            Some(name) => {
                let wanted = self.period_called(name)?;
                budgets.iter().find(|budget| budget.period == wanted)
            }
            None => {
                let begun = budgets.iter().filter(|budget| budget.period.first <= self.as_of());
                begun.max_by_key(|budget| budget.period.first).or_else(|| budgets.iter().min_by_key(|budget| budget.period.first))
            }
        };
        found.ok_or_else(|| {
            let known: Vec<&str> = budgets.iter().map(|budget| budget.period.label.as_str()).collect();
            let message = period.map_or_else(|| "the plan has no budget".to_owned(), |name| format!("the plan has no budget for {}", quoted(name)));
            let help = if known.is_empty() { "write one under `plan.budget`".to_owned() } else { crate::text::one_of_help(period.unwrap_or_default(), &known) };
            Error::new(Code::NoBudget, message, help)
        })
    }

    /// What was spent by the as-of date, by the figure that says it.
    fn spent(&self, budget: &Budget) -> Map<Id, Value> {
        let ids: Vec<&Id> = budget.lines.iter().filter_map(|line| line.spent.as_ref()).collect();
        let Some(days) = so_far(budget, self.as_of()) else {
            return Map::from_iter(ids.into_iter().map(|id| (id.clone(), Value::of(Number::from(0)))));
        };
        let Given::Rows(_) = self.given_by() else {
            return Map::from_iter(ids.into_iter().map(|id| (id.clone(), Value::missing("the cells of this snapshot do not tell the days of a period apart"))));
        };
        let definitions: Vec<&Definition> = ids.iter().filter_map(|id| self.system().definition(id.as_str())).collect();
        let figures = Figures::over(self.system_shared(), self.given_by(), self.as_of(), &definitions, &[budget.period.grain], vec![days]);
        let period = Period { label: format!("{} to {}", days.first, days.last), first: days.first, last: days.last, grain: budget.period.grain };
        let value = |id: &Id| {
            let observation = figures.at(id.as_str(), &self.least(id.as_str()), &period).unwrap_or_else(|| super::snapshot::unobserved(&period));
            if observation.coverage.is_full() { observation.value } else { partly(observation) }
        };
        Map::from_iter(ids.into_iter().map(|id| (id.clone(), value(id))))
    }
}

/// Money that was spent on days without records is not known.
fn partly(observation: crate::measure::Observation) -> Value {
    let cause = format!("{} of {} days are covered", observation.coverage.days, observation.coverage.of);
    match observation.value {
        Value::Value { value } => Value::Incomplete { cause, so_far: value },
        reason => reason,
    }
}

fn known(value: Option<&Value>) -> Value {
    value.cloned().unwrap_or_else(|| Value::missing("there is no such figure"))
}

/// The days of a budget up to and including one; `None` before it begins.
fn so_far(budget: &Budget, day: Date) -> Option<Span> {
    budget.period.span().overlap(Span { first: budget.period.first, last: day })
}

/// What a line may have cost by a day, given the moves that concern it by then.
fn to_date(budget: &Budget, line: &BudgetLine, moves: &[&BudgetMove], day: Date) -> Number {
    let Some(days) = so_far(budget, day) else { return Number::from(0) };
    let share = |amount: &Number, span: Span| {
        let within = span.overlap(days).map_or(0, Span::days);
        (amount.clone() * Number::from(within)).divided_by(&Number::from(span.days())).unwrap_or_else(|| Number::from(0))
    };
    let allocated: Number = line.amounts.iter().map(|allocation| share(&allocation.amount.amount, allocation.period.span())).sum();
    allocated + signed(moves, line, |moved| share(&moved.amount.amount, Span { first: moved.on, last: budget.period.last }))
}

/// What moves bring to a line, less what they take from it.
fn signed(moves: &[&BudgetMove], line: &BudgetLine, amount: impl Fn(&BudgetMove) -> Number) -> Number {
    moves.iter().fold(Number::from(0), |sum, moved| if moved.to == line.id { sum + amount(moved) } else { sum - amount(moved) })
}

fn together<'s>(all: impl Iterator<Item = &'s Sums>) -> Sums {
    let zero = || Number::from(0);
    let mut total = Sums { allocated: zero(), moved: zero(), to_date: zero(), spent: Value::of(zero()), committed: zero() };
    let (mut unknown, mut cause) = (0usize, String::new());
    let mut incomplete = false;
    for sums in all {
        let add = |sum: &mut Number, more: &Number| *sum = sum.clone() + more.clone();
        add(&mut total.allocated, &sums.allocated);
        add(&mut total.moved, &sums.moved);
        add(&mut total.to_date, &sums.to_date);
        add(&mut total.committed, &sums.committed);
        match (&mut total.spent, &sums.spent) {
            (Value::Value { value }, Value::Value { value: more }) => add(value, more),
            (_, reason) if reason.number().is_none() => {
                unknown = unknown.saturating_add(1);
                incomplete |= matches!(reason, Value::Incomplete { .. });
                cause = reason.cause().to_owned();
            }
            _ => {}
        }
    }
    if unknown > 0 {
        let lines = if unknown == 1 { format!("of one line: {cause}") } else { format!("of {unknown} lines") };
        let why = format!("what was spent is not known {lines}");
        total.spent = if incomplete && unknown == 1 { Value::not_comparable(why) } else { Value::missing(why) };
    }
    total
}

/// What was moved by a day, by the lines that it concerns.
fn moves_by(budget: &Budget, day: Date) -> Map<&Id, Vec<&BudgetMove>> {
    let mut moves: Map<&Id, Vec<&BudgetMove>> = Map::new();
    for moved in budget.moves.iter().filter(|moved| moved.on <= day) {
        moves.entry(&moved.from).or_default().push(moved);
        moves.entry(&moved.to).or_default().push(moved);
    }
    moves
}

/// What was spent on a line, by the figures that say it.
fn spent_on(line: &BudgetLine, spent: &Map<Id, Value>) -> Value {
    line.spent.as_ref().map_or_else(|| Value::missing("the line names no figure that says what was spent"), |id| known(spent.get(id)))
}

impl Sums {
    /// The numbers of a line by a day.
    fn of(budget: &Budget, line: &BudgetLine, moves: &Map<&Id, Vec<&BudgetMove>>, day: Date, spent: Value) -> Self {
        let moves = moves.get(&line.id).map(Vec::as_slice).unwrap_or_default();
        Self {
            allocated: line.allocated(),
            moved: signed(moves, line, |moved| moved.amount.amount.clone()),
            to_date: to_date(budget, line, moves, day),
            spent,
            committed: line.committed.iter().filter(|commitment| commitment.open_on(day)).map(|commitment| commitment.amount.amount.clone()).sum(),
        }
    }

    fn shown(&self, unit: &Unit) -> BudgetAmounts {
        let revised = self.allocated.clone() + self.moved.clone();
        let with_spent = |with: &dyn Fn(&Number) -> Number| match &self.spent {
            Value::Value { value } => Value::of(with(value)),
            Value::Incomplete { cause, .. } => Value::not_comparable(format!("one side is incomplete: {cause}")),
            reason => reason.clone(),
        };
        let variance = with_spent(&|spent| spent.clone() - self.to_date.clone());
        let remaining = with_spent(&|spent| revised.clone() - spent.clone() - self.committed.clone());
        let figure = |number: &Number| Figure::of(Value::of(number.clone()), unit);
        BudgetAmounts {
            allocated: figure(&self.allocated),
            moved: Figure::change(Value::of(self.moved.clone()), unit),
            revised: figure(&revised),
            to_date: figure(&self.to_date),
            spent: Figure::of(self.spent.clone(), unit),
            impact: variance.number().map_or(Impact::Unknown, |variance| Impact::of(variance, Direction::Lower)),
            variance: Figure::change(variance, unit),
            committed: figure(&self.committed),
            remaining: Figure::of(remaining, unit),
        }
    }
}

fn groups(lines: &[(&BudgetLine, Sums)], unit: &Unit) -> Vec<BudgetGroup> {
    let mut groups = Vec::new();
    for by in BudgetGrouping::ALL {
        let mut members: Map<Option<String>, Vec<&Sums>> = Map::new();
        for (line, sums) in lines {
            members.entry(by.of(line)).or_default().push(sums);
        }
        if members.keys().all(Option::is_none) {
            continue;
        }
        let group = |(member, sums): (Option<String>, Vec<&Sums>)| BudgetGroup { by, member, amounts: together(sums.into_iter()).shown(unit) };
        let mut found: Vec<BudgetGroup> = members.into_iter().map(group).collect();
        // Those that name none come last.
        let unnamed = found.first().is_some_and(|group| group.member.is_none());
        found.rotate_left(usize::from(unnamed));
        groups.extend(found);
    }
    groups
}

fn sentence(budget: &Budget, total: &BudgetAmounts, unit: &Unit) -> String {
    let frame = unit.format(&budget.amount.amount);
    let spent = match total.spent.value.number() {
        Some(_) => format!("{} are spent ({} against plan to date)", total.spent.text, total.variance.text),
        None => total.spent.value.cause().to_owned(),
    };
    let left = total.remaining.value.number().map_or_else(String::new, |_| format!(", {} can still be ordered", total.remaining.text));
    format!("Of {frame} for {}, {spent}, {} are committed{left}.", budget.period, total.committed.text)
}
