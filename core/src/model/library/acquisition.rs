//! What leads, opportunities and customers cost.

use super::InputKind::{Count, Money, MoneyPerMonth, Share};
use super::{Direction, Input, StandardKpi, StandardUnit, input, variant};

const PROGRAMME: Input = input("programme", Money, "programme spend: media, events, agencies");
const PAYROLL: Input = input("payroll", Money, "pay of the people who market and sell");
const TOOLS: Input = input("tools", Money, "software and data");
const CONTENT: Input = input("content", Money, "making content");
const MEDIA: Input = input("media", Money, "paid media alone");
const LEADS: Input = input("leads", Count, "new leads");
const OPPORTUNITIES: Input = input("opportunities", Count, "new opportunities");
const CUSTOMERS: Input = input("new_customers", Count, "new paying customers");

pub(super) const COST_PER_LEAD: StandardKpi = StandardKpi {
    id: "cost_per_lead",
    name: "Cost per lead",
    meaning: "What a new lead costs.",
    direction: Direction::Lower,
    unit: StandardUnit::Money,
    default_variant: "fully_loaded",
    variants: &[
        variant(
            "fully_loaded",
            "(programme + payroll + tools + content) / leads",
            "all that it takes to win leads, people and tools included",
            "Davis, Measuring Marketing (2017), ch. 59: direct and indirect advertising costs ÷ leads",
            &[PROGRAMME, PAYROLL, TOOLS, CONTENT, LEADS],
        ),
        variant("media_only", "media / leads", "paid media alone, as advertising platforms report it", "common usage", &[MEDIA, LEADS]),
    ],
};

pub(super) const COST_PER_OPPORTUNITY: StandardKpi = StandardKpi {
    id: "cost_per_opportunity",
    name: "Cost per opportunity",
    meaning: "What a new opportunity costs.",
    direction: Direction::Lower,
    unit: StandardUnit::Money,
    default_variant: "fully_loaded",
    variants: &[
        variant(
            "fully_loaded",
            "(programme + payroll + tools + content) / opportunities",
            "all that it takes to win opportunities, people and tools included",
            "common usage",
            &[PROGRAMME, PAYROLL, TOOLS, CONTENT, OPPORTUNITIES],
        ),
        variant("media_only", "media / opportunities", "paid media alone", "common usage", &[MEDIA, OPPORTUNITIES]),
    ],
};

pub(super) const CAC: StandardKpi = StandardKpi {
    id: "cac",
    name: "Customer acquisition cost",
    meaning: "What a new customer costs.",
    direction: Direction::Lower,
    unit: StandardUnit::Money,
    default_variant: "fully_loaded",
    variants: &[
        variant(
            "fully_loaded",
            "(programme + payroll + tools + content) / new_customers",
            "all that it takes to win customers: marketing and sales, people and tools included",
            "averagecac.com, \"The CAC Formula\"; MetricKit, \"Fully-loaded CAC\"; Skok, SaaS Metrics 2.0",
            &[PROGRAMME, PAYROLL, TOOLS, CONTENT, CUSTOMERS],
        ),
        variant(
            "media_only",
            "media / new_customers",
            "paid media alone (\"paid CAC\"): no people, tools or content",
            "MetricKit, \"Blended CAC Calculator\"",
            &[MEDIA, CUSTOMERS],
        ),
        variant(
            "marketing_only",
            "marketing / new_customers",
            "all of marketing and nothing of sales (\"blended CAC\")",
            "averagecac.com, \"The CAC Formula\"",
            &[input("marketing", Money, "all marketing spend, without that of sales"), CUSTOMERS],
        ),
    ],
};

const COST: Input = input("cac", Money, "what a new customer costs");
const REVENUE: Input = input("revenue_per_account", MoneyPerMonth, "recurring revenue of an account in a month");

pub(super) const CAC_PAYBACK: StandardKpi = StandardKpi {
    id: "cac_payback",
    name: "CAC payback",
    meaning: "The months in which a new customer earns back what it cost to win.",
    direction: Direction::Lower,
    unit: StandardUnit::Months,
    default_variant: "with_margin",
    variants: &[
        variant(
            "with_margin",
            "cac / (revenue_per_account * gross_margin)",
            "earned back from gross profit",
            "Skok, SaaS Metrics 2.0; HiveMetric, \"CAC Payback and Recovery Period\"",
            &[COST, REVENUE, input("gross_margin", Share, "gross margin of recurring revenue")],
        ),
        variant(
            "without_margin",
            "cac / revenue_per_account",
            "earned back from revenue, and so sooner than in truth",
            "HiveMetric, \"CAC Payback and Recovery Period\"",
            &[COST, REVENUE],
        ),
    ],
};
