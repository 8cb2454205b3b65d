//! Stages of the funnel and what becomes of those who enter them.

use super::InputKind::{Count, Dimension, Entities, Window};
use super::{Basis, Direction, Input, StandardKpi, StandardUnit, Template, input, optional, variant};

const STAGES: &[Input] = &[
    input("from", Entities, "who entered the earlier stage"),
    input("to", Entities, "who entered the later stage"),
    optional("within_days", Window, "how long after entering moving on still counts"),
    optional("matching", Dimension, "what must be the same on both sides"),
];

pub(super) const STAGE_CONVERSION: StandardKpi = StandardKpi {
    id: "stage_conversion",
    name: "Stage conversion",
    meaning: "The share of those in a stage of the funnel (MQL, SAL, SQL, opportunity, won) who move on to a later one.",
    direction: Direction::Higher,
    unit: StandardUnit::Percent,
    default_variant: "same_cohort",
    variants: &[
        variant(
            "same_cohort",
            "those of `from` who reach `to`, by when they entered `from`",
            "follows the people who entered in the period, so that it is settled only when they have had time to move on",
            "stages of the SiriusDecisions (now Forrester) Demand Waterfall; counting by cohort is common usage",
            STAGES,
        )
        .by(Template::Conversion(Basis::SameCohort)),
        variant(
            "same_period",
            "those who reached `to` in the period ÷ those who entered `from` in it",
            "sets two groups of people against each other, so that it can exceed 100 % and moves with the inflow",
            "stages of the SiriusDecisions (now Forrester) Demand Waterfall; counting by period is common usage",
            STAGES,
        )
        .by(Template::Conversion(Basis::SamePeriod)),
    ],
};

pub(super) const WIN_RATE: StandardKpi = StandardKpi {
    id: "win_rate",
    name: "Win rate",
    meaning: "The share of opportunities that are won.",
    direction: Direction::Higher,
    unit: StandardUnit::Percent,
    default_variant: "won_of_decided",
    variants: &[
        variant(
            "won_of_decided",
            "won / (won + lost)",
            "open opportunities do not count",
            "Optifai, \"How do you calculate sales pipeline coverage ratio?\": closed-won ÷ (closed-won + closed-lost)",
            &[input("won", Count, "opportunities won"), input("lost", Count, "opportunities lost")],
        ),
        variant(
            "won_of_qualified",
            "won / qualified",
            "every qualified opportunity counts, also those still open, so that it is lower and rises with time",
            "common usage",
            &[input("won", Count, "opportunities won"), input("qualified", Count, "opportunities qualified")],
        ),
    ],
};
