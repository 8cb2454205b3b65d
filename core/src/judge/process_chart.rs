//! The process behaviour chart of a KPI: as its owner declared it, on the facts of a snapshot.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use serde::Serialize;

use super::scorecard::{Point, Trend};
use super::signals::answers::{Assurance, Variation};
use super::signals::chart::{Chart, ChartLines, Charting};
use super::signals::course::{Course, FittedCourse, SeasonForm};
use super::signals::limits::ProcessLimits;
use super::signals::rules::Signal;
use super::snapshot::{Snapshot, unobserved};
use super::target::TargetFor;
use super::variance::Figure;
use crate::base::calendar::{Grain, Period};
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::id::Id;
use crate::base::number::Number;
use crate::base::order;
use crate::base::unit::Unit;
use crate::base::value::Value;
use crate::measure::Observation;
use crate::model::kpi::{Additivity, Direction, Kpi};
use crate::model::signals::{Centre, ChartCourse, RuleSet};
use crate::words::Words;

/// How many cycles of a season the window reaches back at least, as far as there are facts.
const CYCLES: usize = 3;

/// The process behaviour chart of a KPI.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProcessChart {
    /// The KPI.
    pub kpi: Id,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: Unit,
    /// Which way is better.
    pub direction: Direction,
    /// The length of its periods.
    pub grain: Grain,
    /// The rules that a signal breaks.
    pub rules: RuleSet,
    /// What the limits lie about.
    pub centre: Centre,
    /// From one change of the process to the next, oldest first.
    pub segments: Vec<ProcessSegment>,
    /// Every period, oldest first.
    pub points: Vec<ProcessPoint>,
    /// Does it change? Of the last period that is judged.
    pub variation: Variation,
    /// The target of that period, if there is one.
    pub target: Option<TargetFor>,
    /// Will it reliably meet that target?
    pub assurance: Assurance,
    /// Both answers in a sentence.
    pub text: String,
    /// The words in which it is shown.
    #[serde(skip)]
    pub(crate) words: Words,
}

/// The periods between two changes of a process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProcessSegment {
    /// Its first period.
    pub from: Period,
    /// How many periods it has.
    pub points: usize,
    /// What was changed; empty for the first segment.
    pub reason: String,
    /// The expected course; `None` with too few points.
    pub course: Option<FittedCourse>,
    /// The limits of what is left when the course is taken out; `None` with too few points.
    pub limits: Option<ProcessLimits>,
}

/// One period of a chart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProcessPoint {
    /// The period.
    pub period: Period,
    /// The figure.
    pub actual: Figure,
    /// Whether it is judged: it has a value, is like the others, and is over.
    pub judged: bool,
    /// The centre and the limits in this period; `None` with too few points.
    pub lines: Option<ProcessLines>,
    /// The moving range: how far it lies from the period before, when the course is taken out of both.
    /// Left out on the wire for the first period of a segment, beside a gap and with too few points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<Figure>,
    /// The rules that it breaks.
    pub signals: Vec<Signal>,
}

/// The centre and the limits in one period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProcessLines {
    /// The centre.
    pub centre: Figure,
    /// The lower limit.
    pub lower: Figure,
    /// The upper limit.
    pub upper: Figure,
}

impl Snapshot {
    /// The process behaviour chart of a KPI in periods of this length ([`Grain::All`] is read as
    /// month; never shorter than the KPI's shortest), with two answers that are kept apart: does it
    /// change, and will it reliably meet its target? Rules, limits, baseline, declared changes and
    /// course are the KPI's own (`chart`) or those of all (`signals`).
    ///
    /// The running period, and cohorts whose window is open, are drawn and not judged: a figure
    /// is no signal by being partial.
    ///
    /// ```
    /// use marketingos::{Assurance, Facts, Grain, Source, System, Variation};
    /// let text = "
    /// marketingos: 1
    /// name: Small firm
    /// people: { ana: Ana }
    /// operator: ana
    /// sources: { calls: { date: day, measures: [n], rows: events, recorded_from: 2025-01-01, recorded_until: as_of } }
    /// kpis:
    ///   calls: { name: Calls, unit: count, direction: higher, owner: ana, sum: calls.n, chart: { changes: [ { on: 2025-09-10, reason: A new number } ] } }
    /// plan: { targets: { calls: [ { from: 2025-01, to: 2026-12, value: 12 } ] } }
    /// ";
    /// let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let months = [9, 11, 9, 11, 9, 11, 9, 11].into_iter().chain([29, 31, 29, 31, 29, 31, 29, 31]);
    /// let rows = months.enumerate().map(|(at, n)| format!("{}-{:02}-01,{n}\n", 2025 + at / 12, at % 12 + 1));
    /// let facts = Facts::builder(&system).csv("calls", "day,n\n".to_owned() + &rows.collect::<String>()).build()?;
    /// let chart = system.snapshot(&facts, "2026-04-30".parse()?).chart("calls", Grain::Month)?;
    /// assert_eq!(chart.segments[1].reason, "A new number");
    /// assert_eq!((chart.variation, chart.assurance), (Variation::CommonCause, Assurance::ReliablyMeets));
    /// assert_eq!(chart.text, "Calls in 2026-04: common cause (24.7 to 35.3); reliably meets the target of 12.");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When there is no such KPI.
    pub fn chart(&self, kpi: &str, grain: Grain) -> Result<ProcessChart, Error> {
        let kpi = self.kpi_called(kpi)?;
        let grain = if grain == Grain::All { Grain::Month } else { grain }.max(kpi.shortest);
        let last = self.last_final(kpi, grain, self.as_of());
        let mut observations = self.charted(kpi, &last);
        let (judged, whole) = (observations.len(), self.needs_all_days(kpi));
        observations.extend(self.later(kpi, &last));
        let values = observations.iter().enumerate().map(|(at, observation)| plain(observation, whole).filter(|_| at < judged).cloned()).collect::<Vec<_>>();
        let rules = self.system().signals().with(&kpi.chart);
        let chart = charting(self, kpi, &observations).chart(&values);
        // The target of the period that is judged: the last that is over may have no value yet.
        let latest = chart.points.iter().rposition(|point| point.judged).and_then(|at| observations.get(at));
        let target = self.target(kpi, latest.map_or(&last, |latest| &latest.period), self.as_of()).ok();
        let asked = target.as_ref().map_or(kpi.direction, |target| target.direction(kpi));
        let (variation, assurance) = (chart.variation(kpi.direction), chart.assurance(asked, target.as_ref().map(|target| (&target.low, &target.high))));
        let text = sentence(kpi, &chart, &observations, variation, assurance, target.as_ref());
        Ok(ProcessChart {
            kpi: kpi.definition.id.clone(),
            name: kpi.name.clone(),
            unit: kpi.unit.clone(),
            direction: kpi.direction,
            grain,
            rules: rules.rules,
            centre: rules.centre,
            segments: segments(&self.starts(kpi), &chart, &observations),
            points: observations
                .into_iter()
                .zip(chart.points)
                .map(|(observation, point)| ProcessPoint {
                    period: observation.period.clone(),
                    actual: Figure::of(observation.value.clone(), &kpi.unit),
                    judged: point.judged,
                    lines: point.lines.map(|lines| ProcessLines::of(lines, &kpi.unit)),
                    range: point.range.map(|range| Figure::of(Value::of(range), &kpi.unit)),
                    signals: point.signals,
                })
                .collect(),
            variation,
            target,
            assurance,
            text,
            words: self.system().words().clone(),
        })
    }

    /// The last periods of a KPI with limits and signals, as the scorecard shows them.
    pub(super) fn trend(&self, kpi: &Kpi, period: &Period) -> Trend {
        let rules = self.system().signals().with(&kpi.chart);
        let whole = self.needs_all_days(kpi);
        let observations = self.charted(kpi, period);
        let values: Vec<Option<Number>> = observations.iter().map(|observation| plain(observation, whole).cloned()).collect();
        let (limits, signals) = if self.is_one_level(kpi) {
            let limits = ProcessLimits::about(rules.centre, &values, usize::try_from(rules.min_points).unwrap_or(usize::MAX));
            let signals = limits.as_ref().map(|limits| limits.signals_by(rules.rules, &values)).unwrap_or_default();
            (limits, signals)
        } else {
            let chart = charting(self, kpi, &observations).chart(&values);
            let range = chart.segments.last().and_then(|segment| segment.process.as_ref()).map(|process| process.limits.clone());
            let last = chart.points.into_iter().next_back();
            last.map_or((None, Vec::new()), |last| (last.lines.zip(range).map(|(lines, limits)| at_point(lines, limits)), last.signals))
        };
        let shown = observations.len().saturating_sub(usize::try_from(rules.window).unwrap_or(usize::MAX));
        let first = observations.iter().position(|observation| observation.coverage.days > 0).unwrap_or(observations.len().saturating_sub(1));
        let points = observations.iter().skip(first.max(shown));
        let points = points.map(|observation| Point { period: observation.period.label.clone(), figure: Figure::of(observation.value.clone(), &kpi.unit) });
        Trend { points: points.collect(), limits, signals }
    }

    /// The periods that the chart of a KPI rests on, oldest first, through this one.
    fn charted(&self, kpi: &Kpi, period: &Period) -> Vec<Cow<'_, Observation>> {
        let window = usize::try_from(self.system().signals().with(&kpi.chart).window).unwrap_or(usize::MAX);
        let window = window.max(season(kpi, period.grain).map_or(0, |season| CYCLES * season));
        let Some(baseline) = kpi.chart.baseline else { return self.latest(kpi, period, window) };
        // Limits that are locked reach back as far as what they are locked to.
        let mut latest = self.latest(kpi, period, usize::MAX);
        let from = latest.partition_point(|observation| observation.period.last < baseline.from);
        latest.drain(..from.min(latest.len().saturating_sub(window)));
        latest
    }

    /// The last so many periods, oldest first, from the first that facts reach to this one, which
    /// is there whether facts reach it or not.
    pub(super) fn latest(&self, kpi: &Kpi, period: &Period, most: usize) -> Vec<Cow<'_, Observation>> {
        let calendar = self.system().calendar();
        let earlier = self.periods(kpi, period.grain).map(|periods| periods.range(..period.first).rev());
        let mut latest = vec![self.observation(kpi, period)];
        for (_, observation) in earlier.into_iter().flatten() {
            // Neighbours follow one another; only in a gap must the calendar tell what is missing.
            while latest.len() < most {
                let later = latest.last().filter(|later| observation.period.last.plus_days(1) < later.period.first);
                let Some(missing) = later.and_then(|later| calendar.previous(&later.period)) else { break };
                latest.push(Cow::Owned(unobserved(&missing)));
            }
            if latest.len() >= most {
                break;
            }
            latest.push(Cow::Borrowed(observation));
        }
        latest.reverse();
        latest
    }

    /// Whether the chart of a KPI is one level through all of its points.
    fn is_one_level(&self, kpi: &Kpi) -> bool {
        kpi.chart.course == ChartCourse::Level && kpi.chart.baseline.is_none() && self.starts(kpi).is_empty()
    }

    /// Whether a figure is a point of its chart.
    pub(super) fn is_charted(&self, kpi: &Kpi, observation: &Observation) -> bool {
        plain(observation, self.needs_all_days(kpi)).is_some()
    }

    /// Whether less is measured where fewer days are covered.
    fn needs_all_days(&self, kpi: &Kpi) -> bool {
        self.system().additivity(&kpi.definition) == Additivity::Additive
    }

    /// The days with which limits start anew, each with the reason: declared changes of the process,
    /// and of what the figure means.
    fn starts(&self, kpi: &Kpi) -> Vec<(Date, String)> {
        let changes = kpi.chart.changes.iter().map(|change| (change.on, change.reason.clone()));
        let redefined =
            self.redefinitions(kpi).into_iter().map(|(id, redefinition)| (redefinition.on, format!("`{id}` was redefined: {}", redefinition.reason)));
        let mut starts: Vec<(Date, String)> = changes.chain(redefined).collect();
        order::sort_by_key(&mut starts, |(on, _)| *on);
        starts
    }

    /// The periods after the last that is final, as far as there are facts.
    fn later(&self, kpi: &Kpi, last: &Period) -> Vec<Cow<'_, Observation>> {
        let later = self.periods(kpi, last.grain).map(|periods| periods.range(last.last.plus_days(1)..));
        later.into_iter().flatten().map(|(_, observation)| Cow::Borrowed(observation)).collect()
    }
}

/// A truncated cohort is not like the others, nor is an amount of fewer days, so that they are no
/// points of the chart.
fn plain(observation: &Observation, whole: bool) -> Option<&Number> {
    let alike = observation.incomparable().is_none() && (observation.coverage.is_full() || !whole);
    observation.value.number().filter(|_| alike)
}

/// The periods of a year; `None` where the KPI has no season, or a period is a year.
fn season(kpi: &Kpi, grain: Grain) -> Option<usize> {
    let seasonal = matches!(kpi.chart.course, ChartCourse::Seasonal | ChartCourse::SeasonalAdditive);
    match grain {
        _ if !seasonal => None,
        Grain::Week => Some(52),
        Grain::Month => Some(12),
        Grain::Quarter => Some(4),
        Grain::Year | Grain::All => None,
    }
}

fn charting(snapshot: &Snapshot, kpi: &Kpi, observations: &[Cow<'_, Observation>]) -> Charting {
    let grain = observations.first().map_or(Grain::Month, |observation| observation.period.grain);
    let course = match (kpi.chart.course, season(kpi, grain)) {
        (ChartCourse::Trend, _) => Course::Trend,
        (ChartCourse::Seasonal, Some(season)) => Course::Seasonal { season, form: SeasonForm::Multiplicative },
        (ChartCourse::SeasonalAdditive, Some(season)) => Course::Seasonal { season, form: SeasonForm::Additive },
        _ => Course::Level,
    };
    let mut charting = Charting::from(snapshot.system().signals().with(&kpi.chart)).course(course);
    if let Some(baseline) = kpi.chart.baseline {
        charting = charting.baseline(locked(observations, |period| baseline.from <= period.last && period.first <= baseline.to));
    }
    points_of(&snapshot.starts(kpi), observations).into_iter().fold(charting, |charting, (at, _)| charting.change(at))
}

/// The points to which limits are locked. Where there are none the first stands for them, which is
/// too few for limits: others must not take their place.
fn locked(observations: &[Cow<'_, Observation>], inside: impl Fn(&Period) -> bool) -> RangeInclusive<usize> {
    let within = |observation: &Cow<'_, Observation>| inside(&observation.period);
    observations.iter().position(within).zip(observations.iter().rposition(within)).map_or(0..=0, |(first, last)| first..=last)
}

/// The points from which limits start anew: those in which the days lie, but the first.
fn points_of<'r>(starts: &'r [(Date, String)], observations: &[Cow<'_, Observation>]) -> Vec<(usize, &'r str)> {
    let at = |on: Date| observations.iter().position(|observation| on <= observation.period.last).filter(|at| *at > 0);
    starts.iter().filter_map(|(on, reason)| Some((at(*on)?, reason.as_str()))).collect()
}

fn segments(starts: &[(Date, String)], chart: &Chart, observations: &[Cow<'_, Observation>]) -> Vec<ProcessSegment> {
    let starts = points_of(starts, observations);
    let reasons = |first: usize| starts.iter().filter(|(at, _)| *at == first).map(|(_, reason)| *reason).collect::<Vec<_>>().join("; ");
    let segment = |segment: &super::signals::chart::ChartSegment| {
        let process = segment.process.as_ref();
        Some(ProcessSegment {
            from: observations.get(segment.first)?.period.clone(),
            points: segment.points,
            reason: reasons(segment.first),
            course: process.map(|process| process.course.clone()),
            limits: process.map(|process| process.limits.clone()),
        })
    };
    chart.segments.iter().filter_map(segment).collect()
}

/// The limits that hold at one point of a course.
fn at_point(lines: ChartLines, limits: ProcessLimits) -> ProcessLimits {
    ProcessLimits { centre: lines.centre, lower: lines.lower, upper: lines.upper, ..limits }
}

impl ProcessLines {
    fn of(lines: ChartLines, unit: &Unit) -> Self {
        let [centre, lower, upper] = [lines.centre, lines.lower, lines.upper].map(|line| Figure::of(Value::of(line), unit));
        Self { centre, lower, upper }
    }
}

fn sentence(kpi: &Kpi, chart: &Chart, observations: &[Cow<'_, Observation>], variation: Variation, assurance: Assurance, target: Option<&TargetFor>) -> String {
    let Some(at) = chart.points.iter().rposition(|point| point.judged) else { return format!("{}: {}.", kpi.name, variation.words()) };
    let (Some(point), Some(observation)) = (chart.points.get(at), observations.get(at)) else { return String::new() };
    let rule = point.signals.first().map_or_else(String::new, |signal| format!(", {}", signal.rule.words()));
    let range = point.lines.as_ref().map_or_else(String::new, |lines| format!(" ({} to {})", kpi.unit.format(&lines.lower), kpi.unit.format(&lines.upper)));
    let against = match (target, assurance) {
        (None, _) | (_, Assurance::NoTarget | Assurance::TooFewPoints) => String::new(),
        (Some(target), _) if target.low == target.high => format!("; {} of {}", with_target(assurance), kpi.unit.format(&target.low)),
        (Some(target), _) => format!("; {} of {} to {}", with_target(assurance), kpi.unit.format(&target.low), kpi.unit.format(&target.high)),
    };
    format!("{} in {}: {}{rule}{range}{against}.", kpi.name, observation.period, variation.words())
}

fn with_target(assurance: Assurance) -> &'static str {
    match assurance {
        Assurance::HitOrMiss => "hit or miss against the target",
        other => other.words(),
    }
}
