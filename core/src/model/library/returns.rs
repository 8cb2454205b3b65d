//! What comes back for what is spent.

use super::InputKind::Money;
use super::{Direction, Input, StandardKpi, StandardUnit, input, variant};

const SPEND: Input = input("ad_spend", Money, "spend on the advertising");
const INVESTMENT: Input = input("investment", Money, "what was invested in the marketing");

pub(super) const ROAS: StandardKpi = StandardKpi {
    id: "roas",
    name: "Return on ad spend",
    meaning: "Revenue for each unit of money spent on advertising.",
    direction: Direction::Higher,
    unit: StandardUnit::Ratio,
    default_variant: "attributed",
    variants: &[
        variant(
            "attributed",
            "ad_revenue / ad_spend",
            "all revenue that is attributed to the advertising, also what would have come without it",
            "Vilop Digital, \"Understanding Incremental ROAS\"",
            &[input("ad_revenue", Money, "revenue attributed to the advertising"), SPEND],
        ),
        variant(
            "incremental",
            "incremental_revenue / ad_spend",
            "only revenue that would not have come without the advertising, as an experiment finds it",
            "MetricKit, \"Incrementality lift\": incremental revenue ÷ ad spend",
            &[input("incremental_revenue", Money, "revenue of the exposed, less what a control group leads to expect"), SPEND],
        ),
    ],
};

pub(super) const ROMI: StandardKpi = StandardKpi {
    id: "romi",
    name: "Return on marketing investment",
    meaning: "Gross profit that marketing brought beyond what was invested, for each unit of money invested.",
    direction: Direction::Higher,
    unit: StandardUnit::Percent,
    default_variant: "gross_profit",
    variants: &[
        variant(
            "gross_profit",
            "(gross_profit - investment) / investment",
            "all gross profit that is attributed to the marketing",
            "B2B Marketing Directions, \"The Basics of Marketing ROI\" (2010): (gain − cost) ÷ cost, with contribution margin for gain",
            &[input("gross_profit", Money, "gross profit attributed to the marketing"), INVESTMENT],
        ),
        variant(
            "incremental",
            "(incremental_gross_profit - investment) / investment",
            "only gross profit that would not have come without the marketing",
            "Farris, Bendle, Pfeifer and Reibstein, Marketing Metrics: return on marketing investment",
            &[input("incremental_gross_profit", Money, "gross profit that would not have come without the marketing"), INVESTMENT],
        ),
    ],
};
