//! The pipeline: how fast it moves and whether there is enough of it.

use super::InputKind::{Count, Days, Money, Share};
use super::{Direction, Input, StandardKpi, StandardUnit, input, variant};

const OPPORTUNITIES: Input = input("opportunities", Count, "qualified opportunities");
const WIN_RATE: Input = input("win_rate", Share, "the win rate of the same opportunities");
const DEAL_SIZE: Input = input("deal_size", Money, "the mean value of the same opportunities");

pub(super) const VELOCITY: StandardKpi = StandardKpi {
    id: "pipeline_velocity",
    name: "Pipeline velocity",
    meaning: "The revenue that a pipeline yields in a day, from opportunities of one population.",
    direction: Direction::Higher,
    unit: StandardUnit::MoneyPerDay,
    default_variant: "mean_cycle",
    variants: &[
        variant(
            "mean_cycle",
            "opportunities * win_rate * deal_size / cycle_days",
            "the sales cycle is the mean, which a few long deals stretch",
            "Daymark, \"Pipeline Velocity\"; Outreach, \"Sales velocity\"",
            &[OPPORTUNITIES, WIN_RATE, DEAL_SIZE, input("cycle_days", Days, "mean days from opportunity to close")],
        ),
        variant(
            "median_cycle",
            "opportunities * win_rate * deal_size / cycle_days",
            "the sales cycle is the median, which long deals do not stretch",
            "common usage",
            &[OPPORTUNITIES, WIN_RATE, DEAL_SIZE, input("cycle_days", Days, "median days from opportunity to close")],
        ),
        variant(
            "lookback_normalised",
            "opportunities * win_rate * deal_size / (cycle_days / lookback_days)",
            "the revenue of a whole lookback period instead of a day, from opportunities created and decided in it",
            "Triblio, \"Pipeline Velocity Calculator\"",
            &[
                input("opportunities", Count, "qualified opportunities created in the lookback period"),
                WIN_RATE,
                DEAL_SIZE,
                input("cycle_days", Days, "mean days from opportunity to close"),
                input("lookback_days", Days, "the days of the lookback period, such as 91"),
            ],
        ),
    ],
};

const OPEN: Input = input("open_pipeline", Money, "the value of open, qualified opportunities");
const QUOTA: Input = input("quota", Money, "the quota of the period that they are to fill");

pub(super) const COVERAGE: StandardKpi = StandardKpi {
    id: "pipeline_coverage",
    name: "Pipeline coverage",
    meaning: "How many times the open pipeline covers the quota; `required_coverage` says how many times it must.",
    direction: Direction::Higher,
    unit: StandardUnit::Ratio,
    default_variant: "to_quota",
    variants: &[
        variant(
            "to_quota",
            "open_pipeline / quota",
            "every open opportunity counts in full, so that enough is 1 ÷ win rate",
            "KPI Tree, \"Pipeline coverage ratio\"",
            &[OPEN, QUOTA],
        ),
        variant(
            "weighted_by_win_rate",
            "open_pipeline * win_rate / quota",
            "opportunities count by their chance to be won, so that enough is 1",
            "Optifai, \"How do you calculate sales pipeline coverage ratio?\"",
            &[OPEN, input("win_rate", Share, "the win rate of such opportunities"), QUOTA],
        ),
    ],
};

pub(super) const REQUIRED_COVERAGE: StandardKpi = StandardKpi {
    id: "required_coverage",
    name: "Required coverage",
    meaning: "How many times the open pipeline must cover the quota to fill it at the present win rate.",
    direction: Direction::Lower,
    unit: StandardUnit::Ratio,
    default_variant: "one_over_win_rate",
    variants: &[variant(
        "one_over_win_rate",
        "1 / win_rate",
        "assumes that open opportunities are won as often as decided ones",
        "Mentor Group, \"Win rate to coverage model\": required pipeline = quota ÷ win rate",
        &[input("win_rate", Share, "the win rate of qualified opportunities")],
    )],
};
