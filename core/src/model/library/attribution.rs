//! What marketing started, and what it had a part in.

use super::InputKind::{Entities, Money, Outcome, Window};
use super::{CreditRule, Direction, Input, StandardKpi, StandardUnit, Template, Variant, input, optional, variant};

const PIPELINE: Input = input("outcome", Outcome, "the value of opportunities created");
const REVENUE: Input = input("outcome", Outcome, "the value of deals won");
const ALL_TOUCHES: Input = input("touches", Entities, "every touch, marketing's and others'");
const CREDITED: Input = input("credited", Entities, "marketing's touches among them");
const MARKETING_TOUCHES: Input = input("touches", Entities, "marketing's touches");
const PRE_SALES: Input = input("touches", Entities, "marketing's touches before the first activity of sales");
const LOOKBACK: Input = input("within_days", Window, "how long before the outcome a touch still counts");
const ANY_LOOKBACK: Input = optional("within_days", Window, "how long before the outcome a touch still counts");
const LEAD_SOURCE: Input = input("marketing_outcome", Money, "the part of the outcome whose recorded lead source is marketing's");

const DEFINITIONS: &str = "Petavue, \"Marketing Sourced Pipeline\"";
const METADATA: &str = "Metadata, \"Sourced vs. influenced pipeline\"";

const fn first_touch(inputs: &'static [Input]) -> Variant {
    let differs = "counts in full where the very first touch was marketing's, and not at all otherwise";
    variant("first_touch", "`outcome` whose first of all `touches` is one of `credited`", differs, METADATA, inputs).by(Template::Credit(CreditRule::First))
}

const fn lead_source() -> Variant {
    let differs = "goes by what is written in the CRM, whatever the touches say";
    variant("lead_source", "marketing_outcome", differs, DEFINITIONS, &[LEAD_SOURCE])
}

const fn pre_sales(inputs: &'static [Input]) -> Variant {
    let differs = "counts in full where any touch of marketing came before sales was active";
    variant("any_pre_sales_touch", "`outcome` with any of `touches`", differs, DEFINITIONS, inputs).by(Template::Credit(CreditRule::Any))
}

const fn any_touch(inputs: &'static [Input]) -> Variant {
    let differs = "counts in full where marketing had any touch within the lookback window; it does not add up with the shares of others";
    variant("any_touch", "`outcome` with any of `touches` within `within_days`", differs, METADATA, inputs).by(Template::Credit(CreditRule::Any))
}

const fn weighted(inputs: &'static [Input]) -> Variant {
    let differs = "counts by marketing's share of the touches within the lookback window, so that all shares add up to the outcome";
    variant("weighted_by_touch", "`outcome` × `credited` ÷ `touches` within `within_days`", differs, "common usage (linear attribution)", inputs)
        .by(Template::Credit(CreditRule::Linear))
}

pub(super) const SOURCED_PIPELINE: StandardKpi = StandardKpi {
    id: "sourced_pipeline",
    name: "Marketing-sourced pipeline",
    meaning: "The pipeline that marketing started.",
    direction: Direction::Higher,
    unit: StandardUnit::Money,
    default_variant: "first_touch",
    variants: &[first_touch(&[PIPELINE, ALL_TOUCHES, CREDITED, ANY_LOOKBACK]), lead_source(), pre_sales(&[PIPELINE, PRE_SALES, ANY_LOOKBACK])],
};

pub(super) const SOURCED_REVENUE: StandardKpi = StandardKpi {
    id: "sourced_revenue",
    name: "Marketing-sourced revenue",
    meaning: "The revenue that marketing started.",
    direction: Direction::Higher,
    unit: StandardUnit::Money,
    default_variant: "first_touch",
    variants: &[first_touch(&[REVENUE, ALL_TOUCHES, CREDITED, ANY_LOOKBACK]), lead_source(), pre_sales(&[REVENUE, PRE_SALES, ANY_LOOKBACK])],
};

pub(super) const INFLUENCED_PIPELINE: StandardKpi = StandardKpi {
    id: "influenced_pipeline",
    name: "Marketing-influenced pipeline",
    meaning: "The pipeline in which marketing had a part.",
    direction: Direction::Higher,
    unit: StandardUnit::Money,
    default_variant: "any_touch",
    variants: &[any_touch(&[PIPELINE, MARKETING_TOUCHES, LOOKBACK]), weighted(&[PIPELINE, ALL_TOUCHES, CREDITED, LOOKBACK])],
};

pub(super) const INFLUENCED_REVENUE: StandardKpi = StandardKpi {
    id: "influenced_revenue",
    name: "Marketing-influenced revenue",
    meaning: "The revenue in which marketing had a part.",
    direction: Direction::Higher,
    unit: StandardUnit::Money,
    default_variant: "any_touch",
    variants: &[any_touch(&[REVENUE, MARKETING_TOUCHES, LOOKBACK]), weighted(&[REVENUE, ALL_TOUCHES, CREDITED, LOOKBACK])],
};
