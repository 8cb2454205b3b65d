//! What escalates, and to whom.

use super::values::{Id, Number, Whole};
use crate::model::escalation::Rung;

words! {
    /// What fires a trigger.
    When {
        /// Adverse by more than a share of the target.
        OffTarget,
        /// A signal in the adverse direction.
        AdverseSignal,
        /// There is no value.
        NoValue,
        /// The running period is behind its plan to date by more than a share of it.
        Pace,
        /// A budget, or a line of it, has cost more than was planned to date by more than a share of it, or has more ordered than there is.
        BudgetOverrun,
        /// A review, an artefact or an action is late.
        Overdue,
        /// Nobody answers for it.
        Unowned,
    }
}

words! {
    /// The length of the periods that a trigger looks at.
    Each {
        /// Weeks.
        Week,
        /// Months.
        Month,
        /// Quarters.
        Quarter,
    }
}

part! {
    /// What escalates, and to whom.
    Trigger requires [when, to] shape super::schema::trigger, {
        /// What fires it.
        when: (When),
        /// To whom at first; `owner` goes to the operator where there is no owner.
        to: (Rung),
        /// The length of the periods that are looked at; not with `budget_overrun`, `overdue` and `unowned`, default `month`.
        each: (Each),
        /// By more than this share; with `off_target`, `pace` and `budget_overrun`, default 0.
        by: (Number),
        /// For so many periods in a row; only with `off_target`, default 1.
        periods: (Whole<24>),
        /// With `pace`, for so many days in a row, at most 98, default 1; with `overdue`, later than so many days, default 0.
        days: (Whole<366>),
        /// One rung up for each so many days that it lasts and nobody acknowledges it; default never.
        climbs_after: (Whole<366>),
        /// For so many days an acknowledgement keeps it quiet; default as long as it lasts.
        quiet_days: (Whole<366>),
        /// The KPIs that it is about; not with `budget_overrun` and `overdue`, default all.
        kpis: [Id],
    }
}
