//! The calendar, the reviews, signals and the report.

use super::people::Assignment;
use super::values::{Day, Id, List, ReportLength, TimeOfDay, Whole};
use crate::base::calendar::{NamedBy, Week53, Weekday, YearEndRule};
use crate::model::cadence::OnHoliday;
use crate::model::report::Section;
use crate::model::rhythm::Cadence;
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
        /// The time zone by whose clock reviews are held: `UTC`, `+01:00` or `Europe/Amsterdam`.
        zone: (String),
        /// The days on which nothing is due.
        holidays: [Holiday],
    }
}

part! {
    /// A day on which nothing is due; written short, the day.
    Holiday requires [on] shape super::schema::short_text, {
        /// A date, or a day of every year such as `25 December`.
        on: (String),
        /// What it is called.
        name: (String),
    }
}

impl From<&str> for Holiday {
    fn from(on: &str) -> Self {
        Self::default().on(on)
    }
}

part! {
    /// When the components of a running system are due, that have no reviews.
    Rhythm {
        /// The KPI set, which is set anew.
        kpi_set: (ComponentCadence),
        /// The dashboard, which is refreshed.
        dashboard: (ComponentCadence),
        /// The written report.
        report: (ComponentCadence),
        /// Plan and budget.
        plan: (ComponentCadence),
    }
}

part! {
    /// When a component is due; written short, the cadence.
    ComponentCadence requires [cadence] shape super::schema::short_text, {
        /// A recurrence rule, or words such as `monthly on the 5th`.
        cadence: (String),
        /// Who sees to it; default the operator.
        owner: [Assignment],
        /// The day from which the cadence counts.
        from: (Day),
        /// What becomes of a due date on a holiday; default `next`.
        on_holiday: (OnHoliday),
    }
}

impl From<&str> for ComponentCadence {
    fn from(cadence: &str) -> Self {
        Self::default().cadence(cadence)
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
        /// The time of day at which it starts.
        at: (TimeOfDay),
        /// The day from which its rhythm counts.
        from: (Day),
        /// What becomes of a due date on a holiday; default `next`.
        on_holiday: (OnHoliday),
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
