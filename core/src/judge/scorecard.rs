//! The scorecard: every KPI against plan, previous period and prior year, on both axes of
//! status.

use serde::Serialize;

use super::against::{AgainstScenario, LevelReached};
use super::describe::describe;
use super::signals::limits::ProcessLimits;
use super::signals::rules::Signal;
use super::snapshot::Snapshot;
use super::target::TargetFor;
use super::variance::{Comparison, Figure};
use crate::base::calendar::{Grain, Period};
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::finding::quoted;
use crate::base::fingerprint::Fingerprint;
use crate::base::id::Id;
use crate::base::map::Set;
use crate::base::number::Number;
use crate::base::unit::Unit;
use crate::measure::{Caveat, Coverage, Observation};
use crate::model::System;
use crate::model::kpi::{Basis, Calculation, Definition, Direction, Kpi};
use crate::model::people::Assignments;
use crate::text::one_of_help;
use crate::words::{Message, Words};

/// Every KPI of a system in its current period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Scorecard {
    /// Whose.
    pub system: String,
    /// The as-of date.
    pub as_of: Date,
    /// The length of the periods.
    pub grain: Grain,
    /// The last period that is over at the as-of date.
    pub period: Period,
    /// Of the snapshot that this is drawn from.
    pub fingerprint: Fingerprint,
    /// One line for each KPI, in the system's order.
    pub lines: Vec<Line>,
    /// The words in which it is told.
    #[serde(skip)]
    pub(crate) words: Words,
}

/// One KPI.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Its id.
    pub kpi: Id,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: Unit,
    /// Which way is better.
    pub direction: Direction,
    /// Who answers for it on the as-of date.
    pub owner: Option<Owner>,
    /// The lifecycle stage.
    pub stage: Option<Id>,
    /// What it means, in its author's words; may be empty.
    pub meaning: String,
    /// How it is computed, in words.
    pub definition: String,
    /// The named convention; may be empty.
    pub variant: String,
    /// Its current period; for a cohort figure with a window, the last cohort whose window is over.
    pub period: Period,
    /// The actual figure (AC).
    pub actual: Figure,
    /// The days that it covers.
    pub coverage: Coverage,
    /// The rows that it rests on.
    pub rows: u64,
    /// What a reader must know.
    pub caveats: Vec<Caveat>,
    /// Where the target comes from, if there is one.
    pub target: Option<TargetFor>,
    /// The level reached, where the target has levels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<LevelReached>,
    /// Against plan (ΔPL).
    pub plan: Comparison,
    /// Against the forecasts, budgets and cases beside the plan, in the order written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scenarios: Vec<AgainstScenario>,
    /// Against the previous period.
    pub previous: Comparison,
    /// Against the prior year (ΔPY).
    pub prior_year: Comparison,
    /// The last periods, with process limits and signals.
    pub trend: Trend,
    /// The status on both axes.
    pub status: Status,
    /// The words in which it is told.
    #[serde(skip)]
    pub(crate) words: Words,
}

/// Somebody, by id and name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Owner {
    /// The id.
    pub person: Id,
    /// The name.
    pub name: String,
    /// The deputy's name, if there is one.
    pub deputy: Option<String>,
}

/// The last periods of a KPI.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trend {
    /// Period by period, oldest first, the current one last.
    pub points: Vec<Point>,
    /// The natural limits of the process; `None` with too few points.
    pub limits: Option<ProcessLimits>,
    /// The rules that the current value breaks.
    pub signals: Vec<Signal>,
}

/// One period of a trend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Point {
    /// The period's name.
    pub period: String,
    /// Its value or reason.
    #[serde(flatten)]
    pub figure: Figure,
}

/// Where a KPI stands: on target? and: real signal or noise?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Status {
    /// Against its target.
    pub target: OnTarget,
    /// Against its own past.
    pub signal: SignalStatus,
}

/// Against its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OnTarget {
    /// On target or better.
    Met,
    /// Worse than target.
    Missed,
    /// There is no target; that is not healthy.
    NoTarget,
    /// There is a target but no value.
    Unknown,
    /// No direction is better, or the target cannot be held against this period.
    NotJudged,
}

impl OnTarget {
    /// The status as a message.
    pub(crate) fn message(self) -> Message {
        match self {
            Self::Met => Message::OnTarget,
            Self::Missed => Message::OffTarget,
            Self::NoTarget => Message::NoTarget,
            Self::Unknown => Message::NoValue,
            Self::NotJudged => Message::NotJudged,
        }
    }

    /// The status in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Met => "on target",
            Self::Missed => "off target",
            Self::NoTarget => "no target",
            Self::Unknown => "no value",
            Self::NotJudged => "not judged",
        }
    }
}

/// Against its own past.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SignalStatus {
    /// A signal in the better direction.
    Favourable,
    /// A signal in the worse direction.
    Adverse,
    /// A signal, and no direction is better, or the rule points in none.
    Changed,
    /// Within its limits: nothing to explain.
    Noise,
    /// Too few points for limits.
    TooFewPoints,
    /// The value is not like the others: of fewer days, or of a truncated cohort.
    NotJudged,
    /// No value.
    Unknown,
}

impl SignalStatus {
    /// The status as a message.
    pub(crate) fn message(self) -> Message {
        match self {
            Self::Favourable => Message::FavourableSignal,
            Self::Adverse => Message::AdverseSignal,
            Self::Changed => Message::Signal,
            Self::Noise => Message::Noise,
            Self::TooFewPoints => Message::TooFewPoints,
            Self::NotJudged => Message::NotJudged,
            Self::Unknown => Message::NoValue,
        }
    }

    /// The status in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Favourable => "favourable signal",
            Self::Adverse => "adverse signal",
            Self::Changed => "signal",
            Self::Noise => "noise",
            Self::TooFewPoints => "too few points",
            Self::NotJudged => "not judged",
            Self::Unknown => "no value",
        }
    }
}

impl Line {
    /// The usual range in words, from the process limits: a figure that was never negative has
    /// no negative limit.
    pub(crate) fn usual_range(&self) -> Option<String> {
        let limits = self.trend.limits.as_ref()?;
        let ever_negative = self.trend.points.iter().filter_map(|point| point.figure.value.number()).any(Number::is_negative);
        let upper = self.unit.format_with(&limits.upper, self.words.marks());
        Some(if limits.lower.is_negative() && !ever_negative {
            self.words.text(Message::UpTo, &[("high", (&upper).into())])
        } else {
            self.words.band(&self.unit, &limits.lower, &limits.upper)
        })
    }
}

impl Snapshot {
    /// The scorecard for periods of this length ([`Grain::All`] is read as month).
    ///
    /// Each line shows the last period that is over at the as-of date; for conversions with a
    /// window, the last cohort whose window is over. A KPI that means nothing in periods this
    /// short is shown for its shortest meaningful one.
    #[must_use]
    pub fn scorecard(&self, grain: Grain) -> Scorecard {
        let grain = if grain == Grain::All { Grain::Month } else { grain };
        self.scorecard_on(grain, self.as_of())
    }

    /// The scorecard of the last periods that were over on a day, as known at the as-of date.
    pub(crate) fn scorecard_on(&self, grain: Grain, day: Date) -> Scorecard {
        let lines = self.system().kpis().iter().map(|kpi| self.line(kpi, &self.last_final(kpi, grain.max(kpi.shortest), day))).collect();
        Scorecard {
            system: self.system().name().to_owned(),
            as_of: self.as_of(),
            grain,
            period: self.last_over(grain, day),
            fingerprint: self.fingerprint().clone(),
            lines,
            words: self.system().words().clone(),
        }
    }

    /// The line of a KPI for any period, by the names of both: what the scorecard showed then,
    /// with the targets and facts that are known now.
    ///
    /// ```
    /// # use marketingos::{Facts, Source, System};
    /// # let text = "{marketingos: 1, name: Small firm, people: {ana: Ana}, operator: ana,
    /// #   sources: {leads: {date: created, rows: events, recorded_from: 2026-01-01, recorded_until: as_of}},
    /// #   kpis: {leads: {name: New leads, unit: count of leads, direction: higher, owner: ana, count: leads}}}";
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let facts = Facts::builder(&system).csv("leads", "created\n2026-01-05\n2026-02-02\n2026-02-09\n").build()?;
    /// let snapshot = system.snapshot(&facts, "2026-03-31".parse()?);
    /// let february = snapshot.line_for("leads", "2026-02")?;
    /// assert_eq!((february.actual.text.as_str(), february.previous.change.text.as_str()), ("2", "+1"));
    /// assert_eq!(snapshot.line_for("leads", "2026-13").unwrap_err().code().as_str(), "MOS-Q003");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When there is no such KPI, or no such period in the calendar.
    pub fn line_for(&self, kpi: &str, period: &str) -> Result<Line, Error> {
        Ok(self.line(self.kpi_called(kpi)?, &self.period_called(period)?))
    }

    /// A KPI by its id.
    pub(crate) fn kpi_called(&self, kpi: &str) -> Result<&Kpi, Error> {
        let system = self.system();
        system.kpi(kpi).ok_or_else(|| {
            let known: Vec<&str> = system.kpis().iter().map(|kpi| kpi.definition.id.as_str()).collect();
            Error::new(Code::UnknownKpi, format!("there is no KPI {}", quoted(kpi)), one_of_help(kpi, &known))
        })
    }

    /// A period of the calendar by its name.
    pub(crate) fn period_called(&self, period: &str) -> Result<Period, Error> {
        let calendar = self.system().calendar();
        calendar.parse(period).ok_or_else(|| {
            let now = [Grain::Week, Grain::Month, Grain::Quarter, Grain::Year].map(|grain| calendar.period(grain, self.as_of()).label);
            let help = format!("write a week, month, quarter or year such as {}", now.map(|label| format!("`{label}`")).join(", "));
            Error::new(Code::BadPeriod, format!("{} is not a period of this calendar", quoted(period)), help)
        })
    }

    /// The last period that is over on a day.
    pub(crate) fn last_over(&self, grain: Grain, day: Date) -> Period {
        let calendar = self.system().calendar();
        let period = calendar.period(grain, day);
        if period.last <= day { period } else { calendar.previous(&period).unwrap_or(period) }
    }

    /// The last period whose figure was final on a day.
    pub(crate) fn last_final(&self, kpi: &Kpi, grain: Grain, day: Date) -> Period {
        self.last_over(grain, day.plus_days(-window(self.system(), &kpi.definition)))
    }

    /// The day from which the figure of a period is final.
    pub(crate) fn final_on(&self, kpi: &Kpi, period: &Period) -> Date {
        period.last.plus_days(window(self.system(), &kpi.definition))
    }

    /// The line of a KPI for one period.
    pub(crate) fn line(&self, kpi: &Kpi, period: &Period) -> Line {
        let calendar = self.system().calendar();
        let actual = self.observation(kpi, period);
        let standing = self.standing(kpi, period, None);
        let rules = self.system().variance_of(kpi);
        let compare = |code, other: Option<Period>| {
            let base = other.as_ref().map(|other| self.observation(kpi, other));
            let redefined = other.as_ref().and_then(|other| self.redefined_between(kpi, other.first, period.last));
            Comparison::with_period(code, &actual, other, base.as_deref(), &kpi.unit, kpi.direction).unless(redefined, &kpi.unit).judged(&rules, &kpi.unit)
        };
        let previous = compare("PP", calendar.previous(period));
        let prior_year = compare("PY", calendar.prior_year(period));
        let trend = self.trend(kpi, period);
        let status = Status { target: standing.status, signal: signal_status(kpi, &actual, &trend, self.is_charted(kpi, &actual)) };
        let actual = actual.into_owned();
        Line {
            kpi: kpi.definition.id.clone(),
            name: kpi.name.clone(),
            unit: kpi.unit.clone(),
            direction: kpi.direction,
            owner: self.owner_of(&kpi.owner),
            stage: kpi.stage.clone(),
            meaning: kpi.meaning.clone(),
            definition: describe(self.system(), &kpi.definition),
            variant: kpi.variant.clone(),
            period: period.clone(),
            actual: Figure::of(actual.value, &kpi.unit),
            coverage: actual.coverage,
            rows: actual.rows,
            caveats: actual.caveats,
            target: standing.target,
            level: standing.level,
            plan: standing.comparison,
            scenarios: self.scenarios(kpi, period),
            previous,
            prior_year,
            trend,
            status,
            words: self.system().words().clone(),
        }
        .in_words()
    }

    /// Who answers for something on the as-of date.
    pub(crate) fn owner_of(&self, owner: &Assignments) -> Option<Owner> {
        let assignment = owner.on(self.as_of())?;
        let name = |id: &Id| self.system().person(id.as_str()).map_or_else(|| id.to_string(), |person| person.name.clone());
        Some(Owner { person: assignment.person.clone(), name: name(&assignment.person), deputy: assignment.deputy.as_ref().map(name) })
    }
}

/// The days that must pass after a period before a figure, or any that it is made of, is final.
fn window(system: &System, definition: &Definition) -> i64 {
    let mut longest = 0;
    let mut seen: Set<&Id> = Set::new();
    let mut waiting = vec![definition];
    while let Some(definition) = waiting.pop() {
        if let Calculation::Conversion { within_days: Some(days), basis: Basis::SameCohort, .. } = definition.calculation {
            longest = longest.max(i64::from(days));
        }
        let parts = definition.calculation.refers_to().into_iter().filter_map(|id| system.definition(id.as_str()));
        waiting.extend(parts.filter(|part| seen.insert(&part.id)));
    }
    longest
}

fn signal_status(kpi: &Kpi, actual: &Observation, trend: &Trend, is_charted: bool) -> SignalStatus {
    match (actual.value.number().is_some(), &trend.limits, trend.signals.first()) {
        (false, ..) => SignalStatus::Unknown,
        _ if !is_charted => SignalStatus::NotJudged,
        (_, None, _) => SignalStatus::TooFewPoints,
        (_, _, None) => SignalStatus::Noise,
        (_, _, Some(signal)) => match signal.improves(kpi.direction) {
            Some(true) => SignalStatus::Favourable,
            Some(false) => SignalStatus::Adverse,
            None => SignalStatus::Changed,
        },
    }
}
