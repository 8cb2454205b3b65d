//! Demand for the brand.

use super::InputKind::Count;
use super::{Direction, Input, StandardKpi, StandardUnit, Template, input, variant};

const BRAND: Input = input("brand", Count, "searches for the brand in a month");
const CATEGORY: Input = input("category", Count, "searches for all brands of the category in a month, the own included");

pub(super) const SHARE_OF_SEARCH: StandardKpi = StandardKpi {
    id: "share_of_search",
    name: "Share of search",
    meaning: "The brand's part of all searches for the brands of its category.",
    direction: Direction::Higher,
    unit: StandardUnit::Percent,
    default_variant: "mean_of_12_months",
    variants: &[
        // The mean of each brand's searches over twelve months is divided by the total of these
        // means: Σ brand ÷ Σ category, and not the mean of twelve shares.
        variant(
            "mean_of_12_months",
            "`brand` ÷ `category`, each as its mean over the last 12 months",
            "smooths the months out, weighing each by its searches; it needs twelve months",
            "Hankins, \"Share of search: The most important metric you've never heard of\" (WARC, 2020); Binet, EffWorks Global (IPA, 2020)",
            &[BRAND, CATEGORY],
        )
        .by(Template::Trailing { above: "brand", below: "category", periods: 12 }),
        variant(
            "raw_month",
            "brand / category",
            "each month by itself, with its noise and seasons",
            "IPA, \"Binet presents fast, cheap, predictive Share of Search metric\" (2020)",
            &[BRAND, CATEGORY],
        ),
    ],
};
