//! What becomes of the revenue of customers one has.

use super::InputKind::Money;
use super::{Direction, Input, StandardKpi, StandardUnit, input, variant};

const NET: &str = "(start + expansion - contraction - churn) / start";
const GROSS: &str = "(start - contraction - churn) / start";

const ANNUAL: &str = "twelve months, the customers being those at their start";
const MONTHLY: &str = "one month; twelve good months in a row make a year that is less good than each";
const MULTI_YEAR: &str = "several years, the customers being those at their start; not brought back to one year";

const YEAR_START: Input = input("start", Money, "recurring revenue at the start of the twelve months, of the customers of then");
const MONTH_START: Input = input("start", Money, "recurring revenue at the start of the month");
const YEARS_START: Input = input("start", Money, "recurring revenue at the start of the years, of the customers of then");
const EXPANSION: Input = input("expansion", Money, "recurring revenue that these customers added since");
const CONTRACTION: Input = input("contraction", Money, "recurring revenue that these customers gave up and stayed; 0 if churn holds it");
const CHURN: Input = input("churn", Money, "recurring revenue of those of them who left");

const SMSB_NET: &str = "SaaS Metrics Standards Board, Net Revenue Retention";
const SMSB_GROSS: &str = "SaaS Metrics Standards Board, Gross Revenue Retention";
const MONTH: &str = "ScaleXP, \"Gross & Net Revenue Retention\", on a monthly basis";

pub(super) const NRR: StandardKpi = StandardKpi {
    id: "nrr",
    name: "Net revenue retention",
    meaning: "What is left of the recurring revenue of customers one had, after expansion, contraction and churn.",
    direction: Direction::Higher,
    unit: StandardUnit::Percent,
    default_variant: "annual",
    variants: &[
        variant("annual", NET, ANNUAL, SMSB_NET, &[YEAR_START, EXPANSION, CONTRACTION, CHURN]),
        variant("monthly", NET, MONTHLY, MONTH, &[MONTH_START, EXPANSION, CONTRACTION, CHURN]),
        variant("multi_year", NET, MULTI_YEAR, "common usage", &[YEARS_START, EXPANSION, CONTRACTION, CHURN]),
    ],
};

pub(super) const GRR: StandardKpi = StandardKpi {
    id: "grr",
    name: "Gross revenue retention",
    meaning: "What is left of the recurring revenue of customers one had, after contraction and churn, expansion left out.",
    direction: Direction::Higher,
    unit: StandardUnit::Percent,
    default_variant: "annual",
    variants: &[
        variant("annual", GROSS, ANNUAL, SMSB_GROSS, &[YEAR_START, CONTRACTION, CHURN]),
        variant("monthly", GROSS, MONTHLY, MONTH, &[MONTH_START, CONTRACTION, CHURN]),
        variant("multi_year", GROSS, MULTI_YEAR, "common usage", &[YEARS_START, CONTRACTION, CHURN]),
    ],
};
