//! What a customer is worth over its lifetime.

use super::InputKind::{Money, MoneyPerMonth, Share};
use super::{Direction, Input, StandardKpi, StandardUnit, input, variant};

const REVENUE: Input = input("revenue_per_account", MoneyPerMonth, "recurring revenue of an account in a period of the length that churn is measured in");
const MARGIN: Input = input("gross_margin", Share, "gross margin of recurring revenue");
const CHURN: Input = input("churn", Share, "share of customers lost in such a period");
const EXPANSION: Input = input("expansion", Share, "share by which the revenue of kept customers grows in such a period");
const DISCOUNT: Input = input("discount_rate", Share, "discount rate of such a period");
const CAC: Input = input("cac", Money, "what a new customer costs");

const WITH_MARGIN: &str = "gross profit at a constant churn, for ever";
const WITHOUT_MARGIN: &str = "revenue instead of gross profit, and so higher than in truth";
const WITH_EXPANSION: &str = "kept customers grow; undefined once they grow as fast as others leave";
const DISCOUNTED: &str = "later profit is worth less; the first period's is earned at once";

const SKOK: &str = "Skok, SaaS Metrics 2.0";
const REVENUE_ONLY: &str = "HiveMetric, \"Calculating Customer Lifetime Value\"";
const FAIRVIEW: &str = "Fairview, \"LTV calculator\": expansion-adjusted LTV";
const DARDEN: &str = "UVA Darden, Marketing Analytics, \"Applying the CLV formula\": margin × (1 + d) ÷ (1 + d − r)";

pub(super) const LIFETIME_VALUE: StandardKpi = StandardKpi {
    id: "lifetime_value",
    name: "Lifetime value",
    meaning: "What a customer is expected to be worth for as long as it stays.",
    direction: Direction::Higher,
    unit: StandardUnit::Money,
    default_variant: "with_margin",
    variants: &[
        variant("with_margin", "revenue_per_account * gross_margin / churn", WITH_MARGIN, SKOK, &[REVENUE, MARGIN, CHURN]),
        variant("without_margin", "revenue_per_account / churn", WITHOUT_MARGIN, REVENUE_ONLY, &[REVENUE, CHURN]),
        variant(
            "with_expansion",
            "revenue_per_account * gross_margin / max(churn - expansion, 0)",
            WITH_EXPANSION,
            FAIRVIEW,
            &[REVENUE, MARGIN, CHURN, EXPANSION],
        ),
        variant(
            "discounted",
            "revenue_per_account * gross_margin * (1 + discount_rate) / (churn + discount_rate)",
            DISCOUNTED,
            DARDEN,
            &[REVENUE, MARGIN, CHURN, DISCOUNT],
        ),
    ],
};

pub(super) const LTV_TO_CAC: StandardKpi = StandardKpi {
    id: "ltv_to_cac",
    name: "LTV:CAC",
    meaning: "How many times a customer is worth what it cost to win.",
    direction: Direction::Higher,
    unit: StandardUnit::Ratio,
    default_variant: "with_margin",
    variants: &[
        variant("with_margin", "revenue_per_account * gross_margin / churn / cac", WITH_MARGIN, SKOK, &[REVENUE, MARGIN, CHURN, CAC]),
        variant("without_margin", "revenue_per_account / churn / cac", WITHOUT_MARGIN, REVENUE_ONLY, &[REVENUE, CHURN, CAC]),
        variant(
            "with_expansion",
            "revenue_per_account * gross_margin / max(churn - expansion, 0) / cac",
            WITH_EXPANSION,
            FAIRVIEW,
            &[REVENUE, MARGIN, CHURN, EXPANSION, CAC],
        ),
        variant(
            "discounted",
            "revenue_per_account * gross_margin * (1 + discount_rate) / (churn + discount_rate) / cac",
            DISCOUNTED,
            DARDEN,
            &[REVENUE, MARGIN, CHURN, DISCOUNT, CAC],
        ),
    ],
};
