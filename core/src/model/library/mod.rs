//! The standard library of KPIs: names that mean one thing, each with the variants in which the
//! field computes it (domain D8), and the source of each convention.
//!
//! A system picks one and maps its inputs to figures of its own; what comes out is an ordinary
//! definition. See [`mod@crate::format`], "Standard KPIs".
//!
//! ```
//! use marketingos::library;
//! let cac = library::kpi("cac").unwrap();
//! assert_eq!(cac.default_variant, "fully_loaded");
//! let media = cac.variant("media_only").unwrap();
//! assert_eq!(media.formula, "media / new_customers");
//! assert_eq!(media.inputs.iter().map(|input| input.id).collect::<Vec<_>>(), ["media", "new_customers"]);
//! // Two systems that use different variants disagree by definition; this says how.
//! let difference = library::compare("cac", "fully_loaded", "media_only").unwrap();
//! assert_eq!(difference.only_a, ["programme", "payroll", "tools", "content"]);
//! ```

mod acquisition;
mod attribution;
mod funnel;
mod lifetime;
mod pipeline;
mod retention;
mod returns;
mod search;
mod template;

use iso_currency::Currency;
use serde::Serialize;

use super::kpi::{Basis, CreditRule, Direction};
use crate::base::unit::{Per, Unit};

pub(crate) use template::{Given, Inputs};

/// Every standard KPI, by family. Adding one touches its family's file and its tests.
static KPIS: [StandardKpi; 20] = [
    funnel::STAGE_CONVERSION,
    funnel::WIN_RATE,
    pipeline::VELOCITY,
    pipeline::COVERAGE,
    pipeline::REQUIRED_COVERAGE,
    acquisition::COST_PER_LEAD,
    acquisition::COST_PER_OPPORTUNITY,
    acquisition::CAC,
    acquisition::CAC_PAYBACK,
    lifetime::LIFETIME_VALUE,
    lifetime::LTV_TO_CAC,
    retention::NRR,
    retention::GRR,
    returns::ROAS,
    returns::ROMI,
    attribution::SOURCED_PIPELINE,
    attribution::SOURCED_REVENUE,
    attribution::INFLUENCED_PIPELINE,
    attribution::INFLUENCED_REVENUE,
    search::SHARE_OF_SEARCH,
];

/// A standard KPI: one name, and the variants in which it is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct StandardKpi {
    /// Its id, as a system picks it.
    pub id: &'static str,
    /// Its name as people write it.
    pub name: &'static str,
    /// What it means, in one sentence.
    pub meaning: &'static str,
    /// Which way is better.
    pub direction: Direction,
    /// What it is measured in.
    pub unit: StandardUnit,
    /// The id of the variant that is taken where a system names none.
    pub default_variant: &'static str,
    /// Its variants, the default one first.
    pub variants: &'static [Variant],
}

/// What a standard KPI is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StandardUnit {
    /// Money: the currency is that of its inputs, or declared.
    Money,
    /// Money for each day.
    MoneyPerDay,
    /// A share, written in per cent.
    Percent,
    /// A plain ratio, such as 3.75.
    Ratio,
    /// Months.
    Months,
}

impl StandardUnit {
    /// The unit, where it does not depend on a currency.
    pub(crate) fn fixed(self) -> Option<Unit> {
        match self {
            Self::Money | Self::MoneyPerDay => None,
            Self::Percent => Some(Unit::Percent),
            Self::Ratio => Some(Unit::Ratio),
            Self::Months => Some(Unit::Months),
        }
    }

    /// The unit in a currency; the same for what is not money.
    pub(crate) fn in_currency(self, currency: Currency) -> Unit {
        let money = Unit::Currency(currency);
        match self {
            Self::MoneyPerDay => Unit::Per(Box::new(money), Per::Day),
            _ => self.fixed().unwrap_or(money),
        }
    }

    /// Whether a declared unit measures the same.
    pub(crate) fn accepts(self, unit: &Unit) -> bool {
        match self {
            Self::Money => matches!(unit, Unit::Currency(_)),
            Self::MoneyPerDay => matches!(unit, Unit::Per(money, Per::Day) if matches!(**money, Unit::Currency(_))),
            // The same figure, written as 0.25 or as 25 %.
            Self::Percent | Self::Ratio => matches!(unit, Unit::Percent | Unit::Ratio),
            Self::Months => *unit == Unit::Months,
        }
    }

    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Money => "money",
            Self::MoneyPerDay => "money per day",
            Self::Percent => "percent",
            Self::Ratio => "ratio",
            Self::Months => "months",
        }
    }
}

/// One way in which the field computes a standard KPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Variant {
    /// Its id, with underscores; a system may write hyphens instead.
    pub id: &'static str,
    /// The formula over the ids of its inputs, or in words where it is more than arithmetic.
    pub formula: &'static str,
    /// What sets it apart from the other variants.
    pub differs: &'static str,
    /// Where the convention comes from.
    pub source: &'static str,
    /// What it needs.
    pub inputs: &'static [Input],
    /// How the formula becomes a definition.
    #[serde(skip)]
    pub(crate) template: Template,
}

/// How a variant becomes a definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Template {
    /// By its formula.
    Formula,
    /// The sum of one input over the last periods ÷ that of another.
    Trailing { above: &'static str, below: &'static str, periods: u32 },
    /// By the conversion of `from` to `to`.
    Conversion(Basis),
    /// By credit for `outcome`, among `touches`, to those of them that are `credited`.
    Credit(CreditRule),
}

/// Something that a variant needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Input {
    /// Its id, under which a system says what it is.
    pub id: &'static str,
    /// What it is.
    pub meaning: &'static str,
    /// What kind of thing it is.
    pub kind: InputKind,
    /// Whether it must be given.
    pub required: bool,
}

/// What kind of thing an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum InputKind {
    /// A figure in money, or an amount.
    Money,
    /// A figure in money for each month (or for each period that churn is measured in).
    MoneyPerMonth,
    /// A figure that counts things, or their number.
    Count,
    /// A figure that is a share, or a share such as `80 %`.
    Share,
    /// A figure in days, or a number of days.
    Days,
    /// A figure that counts rows of a source with an entity.
    Entities,
    /// A figure that counts or sums rows of a source with an entity.
    Outcome,
    /// A whole number of days; not a figure.
    Window,
    /// The id of a dimension; not a figure.
    Dimension,
}

impl InputKind {
    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Money => "money",
            Self::MoneyPerMonth => "money per month",
            Self::Count => "count",
            Self::Share => "share",
            Self::Days => "days",
            Self::Entities => "count of entities",
            Self::Outcome => "count or sum with an entity",
            Self::Window => "whole days",
            Self::Dimension => "dimension",
        }
    }

    /// Whether a plain number can stand in for the figure.
    pub(crate) fn takes_number(self) -> bool {
        matches!(self, Self::Money | Self::MoneyPerMonth | Self::Count | Self::Share | Self::Days)
    }
}

const fn input(id: &'static str, kind: InputKind, meaning: &'static str) -> Input {
    Input { id, meaning, kind, required: true }
}

const fn optional(id: &'static str, kind: InputKind, meaning: &'static str) -> Input {
    Input { id, meaning, kind, required: false }
}

const fn variant(id: &'static str, formula: &'static str, differs: &'static str, source: &'static str, inputs: &'static [Input]) -> Variant {
    Variant { id, formula, differs, source, inputs, template: Template::Formula }
}

impl Variant {
    const fn by(self, template: Template) -> Self {
        Self { template, ..self }
    }
}

impl StandardKpi {
    /// A variant, by id.
    ///
    /// ```
    /// use marketingos::library;
    /// let win_rate = library::kpi("win_rate").unwrap();
    /// assert_eq!(win_rate.variant("won_of_decided").unwrap().formula, "won / (won + lost)");
    /// assert!(win_rate.variant("won_of_hoped").is_none());
    /// ```
    #[must_use]
    pub fn variant(&self, id: &str) -> Option<&'static Variant> {
        self.variants.iter().find(|variant| is(variant.id, id))
    }
}

/// Whether an id is meant: hyphens are underscores.
fn is(id: &str, text: &str) -> bool {
    id.len() == text.len() && id.bytes().zip(text.bytes()).all(|(byte, written)| byte == written || (byte == b'_' && written == b'-'))
}

/// Every standard KPI.
///
/// ```
/// use marketingos::library;
/// // Each has a source for each of its conventions.
/// assert!(library::kpis().iter().flat_map(|kpi| kpi.variants).all(|variant| !variant.source.is_empty()));
/// ```
#[must_use]
pub fn kpis() -> &'static [StandardKpi] {
    &KPIS
}

/// A standard KPI, by id; hyphens are read as underscores.
///
/// ```
/// use marketingos::library;
/// assert_eq!(library::kpi("ltv-to-cac").unwrap().name, "LTV:CAC");
/// assert!(library::kpi("likes").is_none());
/// ```
#[must_use]
pub fn kpi(id: &str) -> Option<&'static StandardKpi> {
    KPIS.iter().find(|kpi| is(kpi.id, id))
}

/// How two variants of a standard KPI differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct VariantComparison {
    /// The KPI.
    pub kpi: &'static str,
    /// One variant.
    pub a: &'static str,
    /// The other.
    pub b: &'static str,
    /// The inputs that only the first needs.
    pub only_a: Vec<&'static str>,
    /// The inputs that only the second needs.
    pub only_b: Vec<&'static str>,
    /// The inputs that both need.
    pub both: Vec<&'static str>,
    /// How they differ, in sentences.
    pub text: Vec<String>,
}

/// How two variants of a standard KPI differ, in words; `None` where there are none of these ids.
///
/// ```
/// use marketingos::library;
/// let difference = library::compare("win_rate", "won_of_decided", "won_of_qualified").unwrap();
/// assert_eq!(difference.both, ["won"]);
/// assert_eq!(difference.text[0], "`won_of_decided` is won / (won + lost); `won_of_qualified` is won / qualified.");
/// assert!(library::compare("win_rate", "won_of_decided", "won_of_hoped").is_none());
/// ```
#[must_use]
pub fn compare(id: &str, a: &str, b: &str) -> Option<VariantComparison> {
    let standard = kpi(id)?;
    Some(compared(standard, standard.variant(a)?, standard.variant(b)?))
}

pub(crate) fn compared(standard: &'static StandardKpi, a: &'static Variant, b: &'static Variant) -> VariantComparison {
    let ids = |variant: &'static Variant| variant.inputs.iter().map(|input| input.id);
    let without = |one: &'static Variant, other: &'static Variant| ids(one).filter(|id| ids(other).all(|known| known != *id)).collect::<Vec<_>>();
    let (only_a, only_b) = (without(a, b), without(b, a));
    let both: Vec<&str> = ids(a).filter(|id| ids(b).any(|known| known == *id)).collect();
    let mut text = Vec::new();
    if a.id == b.id {
        text.push(format!("Both are the variant `{}` of {}: {}.", a.id, standard.name, a.formula));
    } else {
        text.push(if a.formula == b.formula {
            format!("`{}` and `{}` have the same formula, {}.", a.id, b.id, a.formula)
        } else {
            format!("`{}` is {}; `{}` is {}.", a.id, a.formula, b.id, b.formula)
        });
        text.extend([a, b].map(|variant| format!("`{}`: {}", variant.id, variant.differs)));
        text.extend([(a, &only_a), (b, &only_b)].into_iter().filter(|(_, only)| !only.is_empty()).map(|(variant, only)| {
            let names: Vec<String> = only.iter().map(|id| format!("`{id}`")).collect();
            format!("Only `{}` takes {}.", variant.id, names.join(", "))
        }));
        // The same name can stand for another thing.
        for input in a.inputs {
            if let Some(other) = b.inputs.iter().find(|other| other.id == input.id && other.meaning != input.meaning) {
                text.push(format!("`{}` is {} for `{}`, and {} for `{}`.", input.id, input.meaning, a.id, other.meaning, b.id));
            }
        }
    }
    VariantComparison { kpi: standard.id, a: a.id, b: b.id, only_a, only_b, both, text }
}
