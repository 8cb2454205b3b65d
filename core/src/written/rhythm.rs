//! The calendar, the reviews, what escalates, signals and the report.

use super::values::{Day, Id, List, Number, ReportLength, Whole};
use crate::base::calendar::{NamedBy, Week53, Weekday, YearEndRule};
use crate::model::report::Section;
use crate::model::rhythm::{Cadence, Rung};
use crate::model::signals::{Centre, ChartCourse, RuleSet};
use crate::words::Language;

part! {
    /// When years and weeks start, and how periods are called.
    Calendar shape super::schema::calendar, {
        /// The month with which the fiscal year starts; default `january`.
        fiscal_year_starts: (Month),
        /// The weekday with which weeks start; default `monday`.
        week_starts: (Weekday),
        /// Makes it a retail calendar of whole weeks: the weeks of a quarter's three months, or `nrf`.
        pattern: (WeekPattern),
        /// When a retail year ends; required with a pattern other than `nrf`.
        year_ends: (YearEnd),
        /// What a retail year after one of 53 weeks is compared with; default `restated`.
        week_53: (Week53),
        /// The calendar year by which a fiscal year is named; default `end`.
        named_by: (NamedBy),
        /// Templates for the names of periods.
        names: (PeriodNames),
    }
}

words! {
    /// A month of the calendar.
    Month {
        /// January.
        January,
        /// February.
        February,
        /// March.
        March,
        /// April.
        April,
        /// May.
        May,
        /// June.
        June,
        /// July.
        July,
        /// August.
        August,
        /// September.
        September,
        /// October.
        October,
        /// November.
        November,
        /// December.
        December,
    }
}

/// The weeks of a quarter's three months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum WeekPattern {
    /// Four, four and five.
    #[serde(rename = "4-4-5")]
    FourFourFive,
    /// Four, five and four.
    #[serde(rename = "4-5-4")]
    FourFiveFour,
    /// Five, four and four.
    #[serde(rename = "5-4-4")]
    FiveFourFour,
    /// The calendar of the National Retail Federation.
    #[serde(rename = "nrf")]
    Nrf,
}

part! {
    /// When a retail year ends.
    YearEnd requires [weekday, rule, month] {
        /// The weekday on which it ends.
        weekday: (Weekday),
        /// The `last` such weekday in the month, or the one `nearest` to the month's end.
        rule: (YearEndRule),
        /// The month with which it ends.
        month: (Month),
    }
}

part! {
    /// Templates for the names of periods, such as `Q{quarter} FY{yy}`.
    PeriodNames {
        /// A week, with `{week}` or `{ww}`.
        week: (String),
        /// A month, with `{month}` or `{mm}`.
        month: (String),
        /// A quarter, with `{quarter}`.
        quarter: (String),
        /// A year, with `{year}` or `{yy}`.
        year: (String),
    }
}

part! {
    /// A review that is held again and again.
    Review requires [cadence, held_by, escalates_to] {
        /// What it is called; default the id.
        name: (String),
        /// `weekly`, `monthly` or `quarterly`.
        cadence: (Cadence),
        /// When it is held, in words.
        day: (String),
        /// Who holds it.
        held_by: (Id),
        /// Who else holds it when they are away.
        deputy: (Id),
        /// To whom it escalates.
        escalates_to: (Id),
        /// How long it is, in minutes; default 30.
        minutes: (Whole<1440>),
    }
}

words! {
    /// What fires a trigger.
    When {
        /// Adverse by more than a share of the target.
        OffTarget,
        /// A signal in the adverse direction.
        AdverseSignal,
        /// There is no value.
        NoValue,
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
        /// To whom; `owner` goes to the operator where a KPI has no owner.
        to: (Rung),
        /// The length of the periods that are looked at; default `month`.
        each: (Each),
        /// Adverse by more than this share of the target; only with `off_target`, default 0.
        by: (Number),
        /// For so many periods in a row; only with `off_target`, default 1.
        periods: (Whole<24>),
    }
}

part! {
    /// What process limits rest on.
    Signals {
        /// How many periods; default 24.
        window: (Whole<120>),
        /// The least number of values among them, from 2 to the window; default 8.
        min_points: (Whole<120>),
        /// The rules that a signal breaks; default `wheeler`.
        rules: (RuleSet),
        /// What the limits lie about; default `mean`.
        centre: (Centre),
    }
}

part! {
    /// The process behaviour chart of one KPI; what is not said is as for all.
    Chart {
        /// How many periods its limits rest on.
        window: (Whole<120>),
        /// The least number of values among them, from 2 to the window.
        min_points: (Whole<120>),
        /// The rules that a signal breaks.
        rules: (RuleSet),
        /// What the limits lie about.
        centre: (Centre),
        /// The course that it takes by itself: a `level` (default), a `trend`, or each year the same season, by factors (`seasonal`) or differences (`seasonal_additive`).
        course: (ChartCourse),
        /// The days that the limits are locked to.
        baseline: (Baseline),
        /// When the process was changed on purpose, oldest first: limits start anew.
        changes: [ProcessChange],
    }
}

part! {
    /// The days that limits are locked to.
    Baseline requires [from, to] {
        /// The first.
        from: (Day),
        /// The last.
        to: (Day),
    }
}

part! {
    /// A change of a process that was made on purpose.
    ProcessChange requires [on, reason] {
        /// From which day; limits start anew with the period in which it lies.
        on: (Day),
        /// What was changed.
        reason: (String),
    }
}

part! {
    /// The monthly report.
    ReportTemplate {
        /// Its title; default `Monthly marketing report`.
        title: (String),
        /// Its sections in order; default all of which there is something to say.
        sections: [SectionTemplate],
        /// The only KPIs that it is about, in order; default all.
        kpis: [Id],
        /// How much it says: `short`, `standard`, `full` (default) or the most points of a section.
        length: (ReportLength),
        /// Its language; default that of the system.
        language: (Language),
    }
}

part! {
    /// A section of the monthly report; written short, its name.
    SectionTemplate requires [section] shape super::schema::short_section, {
        /// Which one.
        section: (Section),
        /// Its title; default what the language calls it.
        title: (String),
        /// The only KPIs that it is about, in order; default those of the report.
        kpis: [Id],
        /// The most points in it, whatever the length of the report.
        most: (Whole<1_000>),
    }
}

impl From<Section> for SectionTemplate {
    fn from(section: Section) -> Self {
        Self::default().section(section)
    }
}

impl<const N: usize> From<[Section; N]> for List<SectionTemplate> {
    fn from(sections: [Section; N]) -> Self {
        Self(sections.into_iter().map(Into::into).collect())
    }
}
