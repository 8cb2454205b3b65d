//! Amounts of money, and what something costs in the course of time.

use iso_currency::Currency;
use serde::{Serialize, Serializer};

use super::number::Number;
use super::unit::Unit;

/// An amount of money in an ISO 4217 currency.
///
/// ```
/// use marketingos::Money;
/// let budget = Money::parse("20_000 EUR").unwrap();
/// assert_eq!(budget.to_string(), "EUR 20,000");
/// assert!(Money::parse("20_000").is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Money {
    /// The amount.
    pub amount: Number,
    /// The currency, by its code.
    pub currency: Currency,
}

/// An amount of money for each month, quarter or year.
///
/// ```
/// use marketingos::{Cost, Every};
/// let cost = Cost::parse("900 EUR per quarter").unwrap();
/// assert_eq!((cost.every, cost.per_month().to_string()), (Every::Quarter, "EUR 300".to_owned()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cost {
    /// The amount.
    #[serde(flatten)]
    pub money: Money,
    /// For how long it is paid.
    pub every: Every,
}

/// How long a cost is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    /// A month.
    Month,
    /// A quarter.
    Quarter,
    /// A year.
    Year,
}

impl Every {
    const WORDS: [(&'static str, Self, usize); 3] = [("month", Self::Month, 1), ("quarter", Self::Quarter, 3), ("year", Self::Year, 12)];
}

impl Money {
    /// Reads an amount and the code of a currency, such as `20_000 EUR`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (amount, code) = text.trim().rsplit_once(' ')?;
        let amount = Number::parse(&amount.trim().replace('_', "")).filter(|amount| !amount.is_negative())?;
        Some(Self { amount, currency: Currency::from_code(code)? })
    }
}

impl Cost {
    /// Reads an amount of money and `per month`, `per quarter` or `per year`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (money, every) = text.split_once(" per ")?;
        let every = Every::WORDS.iter().find(|(word, ..)| *word == every.trim()).map(|(_, every, _)| *every)?;
        Some(Self { money: Money::parse(money)?, every })
    }

    /// What it comes to in a month.
    #[must_use]
    pub fn per_month(&self) -> Money {
        let months = Every::WORDS.iter().find(|(_, every, _)| *every == self.every).map_or(1, |(.., months)| *months);
        let amount = self.money.amount.divided_by(&Number::from(months)).unwrap_or_else(|| self.money.amount.clone());
        Money { amount, currency: self.money.currency }
    }
}

impl std::fmt::Display for Money {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&Unit::Currency(self.currency).format(&self.amount))
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut money = serializer.serialize_struct("Money", 2)?;
        money.serialize_field("amount", &self.amount)?;
        money.serialize_field("currency", self.currency.code())?;
        money.end()
    }
}
