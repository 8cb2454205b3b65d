//! Budgets: an annual frame with its allocations, what is ordered, and what was moved (domain D4).

use serde::Serialize;

use super::frameworks::Home;
use super::people::Assignments;
use crate::base::calendar::Period;
use crate::base::date::Date;
use crate::base::finding::Origin;
use crate::base::id::Id;
use crate::base::money::Money;
use crate::base::number::Number;

/// What may be spent in a period, and on what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Budget {
    /// Where it stands in the text.
    #[serde(skip)]
    pub origin: Origin,
    /// The period that it is for.
    pub period: Period,
    /// The frame: all of it.
    pub amount: Money,
    /// Where it is written; empty when it is written nowhere else.
    pub document: String,
    /// The allocations.
    pub lines: Vec<BudgetLine>,
    /// What was moved from one line to another, oldest first.
    pub moves: Vec<BudgetMove>,
}

/// An allocation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BudgetLine {
    /// Its id.
    pub id: Id,
    /// Where it stands in the text.
    #[serde(skip)]
    pub origin: Origin,
    /// Its name as people write it.
    pub name: String,
    /// Who answers for it.
    pub owner: Assignments,
    /// The place of the model that it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer: Option<Home>,
    /// The channel that it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Id>,
    /// The campaign that it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub campaign: Option<Id>,
    /// What kind of cost it is, such as `media` or `payroll`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost_kind: Option<Id>,
    /// How much is allocated to which periods, which lie within that of the budget; each amount is
    /// spread evenly over its days.
    pub amounts: Vec<Allocation>,
    /// The KPI or measure that says what was spent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spent: Option<Id>,
    /// What is ordered.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub committed: Vec<Commitment>,
}

/// An amount for a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Allocation {
    /// The period.
    pub period: Period,
    /// The amount.
    pub amount: Money,
}

/// Money that is ordered: it will be spent, and is not spent yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Commitment {
    /// The day of the order.
    pub on: Date,
    /// The day from which it is among what is spent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settled_on: Option<Date>,
    /// How much.
    pub amount: Money,
    /// What for.
    pub what: String,
}

impl Commitment {
    /// Whether it is open on a day.
    #[must_use]
    pub fn open_on(&self, day: Date) -> bool {
        self.on <= day && self.settled_on.is_none_or(|settled| day < settled)
    }
}

/// Money that was moved from one line to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BudgetMove {
    /// The day from which it counts.
    pub on: Date,
    /// The line that has less.
    pub from: Id,
    /// The line that has more.
    pub to: Id,
    /// How much.
    pub amount: Money,
    /// Who decided it.
    pub by: Option<Id>,
    /// Why.
    pub reason: String,
    /// Where it stands in the text.
    #[serde(skip)]
    pub origin: Origin,
}

impl Budget {
    /// The line with this id.
    #[must_use]
    pub fn line(&self, id: &str) -> Option<&BudgetLine> {
        self.lines.iter().find(|line| line.id.as_str() == id)
    }
}

impl BudgetLine {
    /// What is allocated to it, before anything was moved.
    #[must_use]
    pub fn allocated(&self) -> Number {
        self.amounts.iter().map(|allocation| allocation.amount.amount.clone()).sum()
    }
}
