//! Pacing and landing: where a running period stands against its plan, and where it will end.
//!
//! [`daily`] reads the days of a KPI, [`pacing`] holds them against the plan, [`methods`] and
//! [`smoothing`] forecast the days that are left, [`backtest`] chooses the method that would have
//! been least wrong on the KPI's own past, and [`errors`] reads from how wrong it was what may come.
//!
//! Forecasts are the one place of the core that computes with doubles: they are estimates, and
//! exact rationals of smoothed series would grow without end. They are added, subtracted,
//! multiplied and divided in a fixed order, which every platform does alike, bit for bit.

pub(crate) mod backtest;
pub(crate) mod behind;
pub(crate) mod daily;
pub(crate) mod doubles;
pub(crate) mod errors;
pub(crate) mod methods;
pub(crate) mod pacing;
pub(crate) mod smoothing;
#[cfg(test)]
mod tests;

use serde::Serialize;

use super::progress::comparable;
use super::snapshot::{Snapshot, unobserved};
use super::target::TargetFor;
use super::variance::Figure;
use crate::base::calendar::{Grain, Period};
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::id::Id;
use crate::base::number::Number;
use crate::base::unit::Unit;
use crate::base::value::Value;
use crate::measure::{Figures, Given, Observation};
use crate::model::System;
use crate::model::kpi::{Calculation, Definition, Direction, Kpi};
use crate::words::Words;
use backtest::{Outcome, Past, Tested, Unscaled, Untested};
use daily::{Days, Shape};
use methods::{Method, Rhythm};
use pacing::{Pacing, SoFar};

/// The most whole periods that are looked at.
const MOST_PERIODS: usize = 160;
/// Of so many whole periods before the running one the figures may be lacking.
const MOST_UNKNOWN: usize = 3;

/// Where KPIs will land at the end of their running periods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Landing {
    /// The as-of date.
    pub as_of: Date,
    /// One line for each KPI and length of periods, in the system's order and the shortest first.
    pub lines: Vec<LandingLine>,
    /// The words in which it is shown.
    #[serde(skip)]
    pub(crate) words: Words,
}

/// Where a KPI will land at the end of a running period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LandingLine {
    /// Its id.
    pub kpi: Id,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: Unit,
    /// Which way is better.
    pub direction: Direction,
    /// The period that is running.
    pub period: Period,
    /// The period so far, against its plan.
    pub pacing: Pacing,
    /// The target of the whole period.
    pub plan: Figure,
    /// Where the period will end, by the method that was least wrong in the past; or the reason why
    /// that cannot be told.
    pub projected: Figure,
    /// The interval that is to hold 80 % of outcomes; absent where nothing was back-tested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<LandingInterval>,
    /// How the method was back-tested; absent where it could not be, or nothing is left to forecast.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub back_test: Option<BackTest>,
    /// Where the period would end if it went on as it went so far: no back-test stands behind it.
    pub run_rate: Figure,
    /// The chance of meeting the target: (k + 1) ÷ (n + 2), where k of n errors of the past would let
    /// the period meet it; 0 or 1 only where it is decided already.
    pub chance: Figure,
    /// All of it in one sentence.
    pub sentence: String,
    /// The target that the plan is the figure of.
    #[serde(skip)]
    pub(crate) target: Option<TargetFor>,
    /// The words in which it is shown.
    #[serde(skip)]
    pub(crate) words: Words,
}

/// The interval of a forecast.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LandingInterval {
    /// The share of outcomes that it is to hold: 0.8.
    pub holds: Number,
    /// The lower end.
    pub low: Figure,
    /// The upper end.
    pub high: Figure,
}

/// How a method was tried on a KPI's own past.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BackTest {
    /// The method that was least wrong; of equals the simplest.
    pub method: Method,
    /// What is forecast.
    pub basis: LandingBasis,
    /// The number of points in the past from which the methods forecast as far as they do now.
    pub origins: usize,
    /// Its mean absolute error ÷ that of seasonal naive at the same origins: below 1 is better.
    pub scaled_error: Value,
    /// How many outcomes lay inside the interval that was drawn from what was known before,
    pub held: usize,
    /// of so many.
    pub held_of: usize,
    /// Whether errors are taken as shares of what is forecast, and not as amounts.
    pub by_level: bool,
    /// Every method that was tried, the simplest first.
    pub tried: Vec<TriedMethod>,
}

/// What a forecast is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LandingBasis {
    /// The days of the period so far, and a forecast of those that are left.
    Days,
    /// Whole earlier periods: of what does not add up day by day, such as a conversion of cohorts.
    Periods,
}

/// A method that was tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TriedMethod {
    /// The method.
    pub method: Method,
    /// Where it would let the period end.
    pub projected: Figure,
    /// Its mean absolute error ÷ that of seasonal naive at the same origins.
    pub scaled_error: Value,
}

impl Snapshot {
    /// Where KPIs stand in their running periods against the plan, and where these will end.
    ///
    /// Of all KPIs or one; for the running month, quarter and fiscal year or one length of periods
    /// ([`Grain::All`] is read as none); a KPI is left out of periods shorter than its shortest
    /// meaningful one. What adds up day by day is what it is so far and a forecast of the days that
    /// are left; a quotient of such amounts is forecast above and below the line; of a balance the
    /// level is; anything else is forecast from whole earlier periods. The method is the one that would have been least wrong on the KPI's own past.
    ///
    /// ```
    /// use marketingos::{Facts, Grain, Method, Source, System};
    /// let text = "{marketingos: 1, name: Small firm, people: {ana: Ana}, operator: ana,
    ///   sources: {visits: {date: day, measures: [number], rows: daily}},
    ///   kpis: {visits: {name: Visits, unit: count of visits, direction: higher, owner: ana, sum: visits.number}},
    ///   plan: {targets: {visits: [{from: 2026-01, to: 2026-12, value: 300}]}}}";
    /// let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// // Twelve visits on every working day, none at weekends, from January on.
    /// let first: marketingos::Date = "2026-01-01".parse()?;
    /// let rows = (0..263).map(|day| first.plus_days(day)).map(|day| format!("{day},{}\n", if day.days_since_monday() < 5 { 12 } else { 0 }));
    /// let csv = format!("day,number\n{}", rows.collect::<String>());
    /// let facts = Facts::builder(&system).csv("visits", csv).build()?;
    /// let landing = system.snapshot(&facts, "2026-09-20".parse()?).landing(Some("visits"), Some(Grain::Month))?;
    /// let line = &landing.lines[0];
    /// // 14 working days so far and 8 to come: 22 × 12 = 264, which the run-rate of days misses.
    /// assert_eq!((line.projected.text.as_str(), line.run_rate.text.as_str()), ("264", "252"));
    /// assert_eq!(line.back_test.as_ref().unwrap().method, Method::SeasonalNaive);
    /// // 168 of 200 that were planned by now; 132 are to be done in ten days.
    /// assert_eq!([&line.pacing.pace, &line.pacing.needed_per_day].map(|figure| figure.text.as_str()), ["84.0%", "13.2 per day"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When there is no such KPI, or the snapshot is of cells, which do not tell days apart.
    pub fn landing(&self, kpi: Option<&str>, grain: Option<Grain>) -> Result<Landing, Error> {
        let Given::Rows(_) = self.given_by() else {
            let message = "the cells of this snapshot do not tell the days of a period apart".to_owned();
            return Err(Error::new(Code::NotInCells, message, "ask a snapshot of the rows"));
        };
        let kpis = self.kpis_named(kpi)?;
        let grains = match grain {
            None | Some(Grain::All) => vec![Grain::Month, Grain::Quarter, Grain::Year],
            Some(grain) => vec![grain],
        };
        let shapes: Vec<Result<Shape, String>> = kpis.iter().map(|kpi| daily::shape(self.system(), &kpi.definition)).collect();
        let parts = daily::figures_of(shapes.iter().flatten());
        let mut roots: Vec<&Definition> = kpis.iter().map(|kpi| &kpi.definition).collect();
        roots.extend(parts.into_iter().filter_map(|id| self.system().definition(id.as_str())));
        let figures = Figures::over(self.system_shared(), self.given_by(), self.as_of(), &roots, &[Grain::Week, Grain::Month], daily::days(self.as_of()));
        let mut lines = Vec::new();
        for (kpi, shape) in kpis.iter().zip(&shapes) {
            let days = match shape {
                Ok(shape) => daily::read(&figures, shape, self.as_of(), self.redefined_on(kpi, self.as_of()))
                    .ok_or_else(|| "there are no data for the last month".to_owned()),
                Err(reason) => Err(reason.clone()),
            };
            for grain in grains.iter().filter(|grain| **grain >= kpi.shortest) {
                lines.push(self.line_of_landing(kpi, *grain, &figures, shape.as_ref().ok(), days.as_ref()));
            }
        }
        Ok(Landing { as_of: self.as_of(), lines, words: self.system().words().clone() })
    }

    /// One KPI by its id, or all.
    pub(super) fn kpis_named(&self, kpi: Option<&str>) -> Result<Vec<&Kpi>, Error> {
        kpi.map_or_else(|| Ok(self.system().kpis().iter().collect()), |id| self.kpi_called(id).map(|kpi| vec![kpi]))
    }

    fn line_of_landing(&self, kpi: &Kpi, grain: Grain, figures: &Figures, shape: Option<&Shape>, days: Result<&Days, &String>) -> LandingLine {
        let period = self.system().calendar().period(grain, self.as_of());
        let until = days.map_or(self.as_of(), |days| days.last).max(period.first.plus_days(-1));
        let additive = shape.is_some_and(|shape| shape.outcome == Outcome::Total);
        let redefined = self.redefined_between(kpi, period.first, self.as_of()).map(Value::not_comparable);
        let actual = redefined.clone().unwrap_or_else(|| self.actual_until(kpi, &period, until, figures));
        let pacing = pacing::pacing(self, SoFar { kpi, period: &period, until, actual, additive });
        let target = pacing::target(self, kpi, &period);
        let mut line = LandingLine {
            kpi: kpi.definition.id.clone(),
            name: kpi.name.clone(),
            unit: kpi.unit.clone(),
            direction: target.as_ref().map_or(kpi.direction, |target| target.direction(kpi)),
            plan: planned(&target, &kpi.unit),
            projected: Figure::of(Value::missing(""), &kpi.unit),
            interval: None,
            back_test: None,
            run_rate: Figure::of(Value::missing(""), &kpi.unit),
            chance: Figure::of(Value::missing("nothing is projected"), &Unit::Percent),
            sentence: String::new(),
            target: target.as_ref().ok().cloned(),
            words: self.system().words().clone(),
            period,
            pacing,
        };
        if let Some(reason) = redefined {
            line.projected = Figure::of(reason.clone(), &line.unit);
            line.run_rate = Figure::of(reason, &line.unit);
        } else if shape.is_none() {
            line.project_by_periods(self, target.as_ref().ok(), kpi);
        } else {
            line.project(shape, days, target.as_ref().ok());
        }
        match target {
            Ok(target) => {
                if let Some(chance) = line.decided_already(self.system(), &target, kpi) {
                    line.chance = Figure::of(chance, &Unit::Percent);
                }
            }
            Err(reason) => line.chance = Figure::of(reason, &Unit::Percent),
        }
        line.sentence = line.sentence();
        line
    }

    /// The figure of a running period so far.
    fn actual_until(&self, kpi: &Kpi, period: &Period, until: Date, figures: &Figures) -> Value {
        if until < period.first {
            return Value::missing(format!("there are no data for {} yet", period.label));
        }
        if looks_beyond(self, &kpi.definition) {
            return Value::not_comparable("its formula refers to other periods, which are whole");
        }
        let part = pacing::part(self.system().calendar(), period, until);
        figures.at(kpi.definition.id.as_str(), &kpi.min_coverage, &part).unwrap_or_else(|| unobserved(&part)).value
    }
}

/// Whether a figure, or any that it is made of, refers to other periods.
fn looks_beyond(snapshot: &Snapshot, definition: &Definition) -> bool {
    let system = snapshot.system();
    let mut waiting = vec![definition];
    let mut seen: Vec<&Id> = Vec::new();
    while let Some(definition) = waiting.pop() {
        if matches!(&definition.calculation, Calculation::Formula { formula } if formula.formula.looks_beyond()) {
            return true;
        }
        for id in definition.calculation.refers_to() {
            if !seen.contains(&id) {
                seen.push(id);
                waiting.extend(system.definition(id.as_str()));
            }
        }
    }
    false
}

/// So many, in words that fit the number.
fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// A target as it is shown; a band by both of its bounds.
fn planned(target: &Result<TargetFor, Value>, unit: &Unit) -> Figure {
    match target {
        Err(reason) => Figure::of(reason.clone(), unit),
        Ok(target) if target.low == target.high => Figure::of(Value::of(target.low.clone()), unit),
        Ok(target) => Figure { value: Value::of(target.low.clone()), text: format!("{} to {}", unit.format(&target.low), unit.format(&target.high)) },
    }
}

impl LandingLine {
    /// Fills in where the period will end.
    fn project(&mut self, shape: Option<&Shape>, days: Result<&Days, &String>, target: Option<&TargetFor>) {
        if self.pacing.days_left == 0 {
            // Nothing is left to forecast.
            self.run_rate = self.pacing.actual.clone();
            return self.over(self.pacing.actual.clone(), target);
        }
        let reason = |line: &mut Self, value: Value| {
            line.projected = Figure::of(value.clone(), &line.unit);
            line.run_rate = Figure::of(value, &line.unit);
        };
        let (shape, days) = match (shape, days) {
            (Some(shape), Ok(days)) => (shape, days),
            (_, Err(cause)) => return reason(self, Value::missing(cause.clone())),
            (None, _) => return reason(self, Value::not_comparable("it is not made of days")),
        };
        let count = |days: i64| usize::try_from(days).unwrap_or(0);
        let (elapsed, steps) = (count(self.pacing.days), count(self.pacing.days_left));
        if elapsed == 0 || elapsed > days.above.len() {
            let cause = if elapsed == 0 {
                format!("there are no data for {} yet", self.period.label)
            } else {
                "not every day of the period so far is covered".to_owned()
            };
            return reason(self, Value::missing(cause));
        }
        let past = Past { values: &days.above, below: &days.below, outcome: shape.outcome, rhythm: Rhythm::DAYS, elapsed, steps };
        let out_of_range = || Value::undefined("it is beyond what can be computed with");
        self.run_rate = self.figure(backtest::run_rate(&past), shape.outcome);
        match backtest::forecast(&past) {
            Ok(tested) => self.take(&tested, shape.outcome, LandingBasis::Days, target),
            Err(Untested::OutOfRange) => self.projected = Figure::of(out_of_range(), &self.unit),
            Err(Untested::TooShort { origins, needed }) => {
                let (stretches, days) = (counted(origins, "earlier stretch", "earlier stretches"), counted(steps, "day", "days"));
                let are = if origins == 1 { "is" } else { "are" };
                let cause = format!("the past is too short to try a method on: {stretches} of {days} {are} known, and {needed} are needed");
                self.projected = Figure::of(Value::missing(cause), &self.unit);
            }
        }
    }

    /// Fills in where the period will end by whole earlier periods: of a KPI whose days do not make it.
    fn project_by_periods(&mut self, snapshot: &Snapshot, target: Option<&TargetFor>, kpi: &Kpi) {
        self.run_rate = Figure::of(Value::not_comparable("it does not add up day by day"), &self.unit);
        if self.pacing.days_left == 0 && self.pacing.actual.value.number().is_some() {
            return self.over(self.pacing.actual.clone(), target);
        }
        let (grain, calendar) = (self.period.grain, snapshot.system().calendar());
        let last = snapshot.last_final(kpi, grain, snapshot.as_of());
        if last.first >= self.period.first {
            // The period is over, and its figure final.
            let actual = snapshot.observation(kpi, &self.period).value.clone();
            return self.over(Figure::of(actual, &self.unit), target);
        }
        let earlier = snapshot.over(kpi, grain, MOST_PERIODS);
        let value = |observation: &Observation| comparable(observation)?.to_f64();
        // The unbroken run of periods that ends with the last one whose figure is known and final;
        // those that are not known since then are still to come.
        let unknown = earlier.iter().rev().take_while(|observation| value(observation).is_none()).count();
        let unknown = if unknown <= MOST_UNKNOWN { unknown } else { 0 };
        let mut values: Vec<f64> = earlier.iter().rev().skip(unknown).map_while(value).collect();
        values.reverse();
        let (mut steps, mut next) = (unknown, last);
        while next.first < self.period.first && steps < MOST_PERIODS {
            let Some(following) = calendar.next(&next) else { break };
            (steps, next) = (steps + 1, following);
        }
        let year = match grain {
            Grain::Week => 52,
            Grain::Month => 12,
            Grain::Quarter => 4,
            Grain::Year | Grain::All => 1,
        };
        // A season is taken for one when it came three times: two tell it, the third tries it.
        let season = if values.len() >= 3 * year + steps { year } else { 1 };
        let past = Past { values: &values, below: &[], outcome: Outcome::Last, rhythm: Rhythm::of_periods(season), elapsed: 0, steps };
        match backtest::forecast(&past) {
            Ok(tested) => self.take(&tested, Outcome::Last, LandingBasis::Periods, target),
            Err(Untested::OutOfRange) => self.projected = Figure::of(Value::undefined("it is beyond what can be computed with"), &self.unit),
            Err(Untested::TooShort { origins, needed }) => {
                let (periods, trials) = (counted(values.len(), "whole period gives", "whole periods in a row give"), counted(origins, "trial", "trials"));
                let short = "it does not add up day by day, and its past is too short to try a method on";
                let cause = format!("{short}: {periods} {trials}, and {needed} are needed");
                self.projected = Figure::of(Value::missing(cause), &self.unit);
            }
        }
    }

    fn take(&mut self, tested: &Tested, outcome: Outcome, basis: LandingBasis, target: Option<&TargetFor>) {
        self.projected = self.figure(Some(tested.chosen.says), outcome);
        let holds = Number::from(1) - Number::ratio(1, 5).unwrap_or_else(|| Number::from(0));
        self.interval =
            tested.interval.map(|(low, high)| LandingInterval { holds, low: self.figure(Some(low), outcome), high: self.figure(Some(high), outcome) });
        let scaled = |scaled: Result<f64, Unscaled>| {
            let beyond = Unscaled::OutOfRange;
            let reason = |why: Unscaled| match why {
                Unscaled::NeverWrong => Value::undefined("seasonal naive was never wrong"),
                Unscaled::NotTried => Value::missing("seasonal naive says nothing at some of the origins"),
                Unscaled::OutOfRange => Value::undefined("it is beyond what can be computed with"),
            };
            scaled.and_then(|scaled| doubles::rounded(scaled, 3).ok_or(beyond)).map_or_else(reason, Value::of)
        };
        let tried = |tried: &backtest::Tried| TriedMethod {
            method: tried.method,
            projected: self.figure(Some(tried.says), outcome),
            scaled_error: scaled(tried.scaled),
        };
        self.back_test = Some(BackTest {
            method: tested.chosen.method,
            basis,
            origins: tested.origins,
            scaled_error: scaled(tested.chosen.scaled),
            held: tested.held.0,
            held_of: tested.held.1,
            by_level: tested.by_level,
            tried: tested.tried.iter().map(tried).collect(),
        });
        self.chance = Figure::of(self.chance(tested, target), &Unit::Percent);
    }

    /// The chance of meeting a target, from where past errors would let the period end.
    fn chance(&self, tested: &Tested, target: Option<&TargetFor>) -> Value {
        let Some(target) = target else { return Value::missing("there is no target") };
        let (Some(low), Some(high)) = (target.low.to_f64(), target.high.to_f64()) else {
            return Value::undefined("the target is beyond what can be computed with");
        };
        let meets = |outcome: &&f64| match self.direction {
            Direction::Higher => **outcome >= low,
            Direction::Lower => **outcome <= high,
            Direction::Band | Direction::None => low <= **outcome && **outcome <= high,
        };
        if self.direction == Direction::None {
            return Value::not_comparable("neither direction is better");
        }
        let met = tested.outcomes.iter().filter(meets).count();
        Number::from(met + 1).divided_by(&Number::from(tested.outcomes.len() + 2)).map_or_else(|| Value::missing("nothing was tried"), Value::of)
    }

    /// The chance of meeting a target that a count has reached or exceeded before its period is over:
    /// where rows are only ever added, what is counted is never counted back.
    fn decided_already(&self, system: &System, target: &TargetFor, kpi: &Kpi) -> Option<Value> {
        let Calculation::Count { source } = &kpi.definition.calculation else { return None };
        let (actual, only_added) = (self.pacing.actual.value.number()?, system.source(source.as_str())?.superseded_at.is_none());
        match self.direction {
            Direction::Higher if only_added && *actual >= target.low => Some(Value::of(Number::from(1))),
            Direction::Lower | Direction::Band if only_added && *actual > target.high => Some(Value::of(Number::from(0))),
            _ => None,
        }
    }

    /// Fills in where a period that is over has ended.
    fn over(&mut self, actual: Figure, target: Option<&TargetFor>) {
        self.projected = actual;
        self.chance = Figure::of(self.decided(target), &Unit::Percent);
    }

    /// Whether the target of a period that is over was met: the chance is 1 or 0.
    fn decided(&self, target: Option<&TargetFor>) -> Value {
        let (Some(target), Some(actual)) = (target, self.projected.value.number()) else { return Value::missing("nothing is known of the period") };
        let met = match self.direction {
            Direction::Higher => *actual >= target.low,
            Direction::Lower => *actual <= target.high,
            Direction::Band => target.low <= *actual && *actual <= target.high,
            Direction::None => return Value::not_comparable("neither direction is better"),
        };
        Value::of(Number::from(i32::from(met)))
    }

    /// A forecast as a figure. Nobody counts halves: counts of ten and more are told whole.
    fn figure(&self, forecast: Option<f64>, outcome: Outcome) -> Figure {
        let whole = |forecast: f64| matches!(self.unit, Unit::Count(_)) && outcome != Outcome::Ratio && forecast.abs() >= 10.0;
        let number = forecast.and_then(|forecast| if whole(forecast) { doubles::rounded(forecast, 0) } else { doubles::number(forecast) });
        Figure::of(number.map_or_else(|| Value::undefined("it is beyond what can be computed with"), Value::of), &self.unit)
    }

    /// The line in one sentence.
    fn sentence(&self) -> String {
        let Self { name, period, .. } = self;
        let period = &period.label;
        if self.projected.value.number().is_none() {
            let mut told = format!("{name}: where {period} will land cannot be told: {}", self.projected.value.cause());
            if self.run_rate.value.number().is_some() {
                told.push_str(&format!("; at the run-rate so far it would be {}", self.run_rate.text));
            }
            return format!("{told}.");
        }
        let plan = match (self.plan.value.number(), self.chance.value.number()) {
            (None, _) if matches!(self.plan.value, Value::Missing { .. }) => String::from("; there is no target"),
            (None, _) => format!("; the target cannot be told: {}", self.plan.value.cause()),
            (Some(_), None) => format!("; the plan is {}", self.plan.text),
            (Some(_), Some(chance)) if chance.is_zero() => format!("; the plan is {}, which is missed already", self.plan.text),
            (Some(_), Some(chance)) if *chance == Number::from(1) => format!("; the plan is {}, which is met already", self.plan.text),
            (Some(_), Some(chance)) => {
                let percent = (chance.clone() * Number::from(100)).to_fixed(0);
                format!("; the plan is {}: the chance of meeting it is {percent}%", self.plan.text)
            }
        };
        if self.pacing.days_left == 0 {
            return format!("{name}: {} in {period}, which is over{plan}.", self.projected.text);
        }
        let interval = self.interval.as_ref().map(|interval| format!(" ({} to {}, 80%)", interval.low.text, interval.high.text)).unwrap_or_default();
        let method = self.back_test.as_ref().map_or(Method::RunRate, |test| test.method).words();
        let of = if self.back_test.as_ref().is_some_and(|test| test.basis == LandingBasis::Periods) { " of earlier periods" } else { "" };
        format!("{name}: landing at {}{interval} in {period} by {method}{of}{plan}.", self.projected.text)
    }
}
