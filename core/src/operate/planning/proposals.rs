//! Proposed targets: candidates, each with its basis, and the one that a stated rule picks.

use serde::Serialize;

use crate::base::calendar::{Grain, Period};
use crate::base::id::Id;
use crate::base::number::Number;
use crate::base::unit::Unit;
use crate::base::value::Value;
use crate::judge::progress::comparable;
use crate::judge::snapshot::Snapshot;
use crate::judge::target::TargetFor;
use crate::judge::variance::Figure;
use crate::measure::Observation;
use crate::model::kpi::{Direction, Kpi};
use crate::model::signals::ChartCourse;
use crate::operate::sentence;

/// A candidate is held against so many past quarters at most: three years.
const PAST_QUARTERS: usize = 12;

/// What is proposed for a KPI in the quarter to plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TargetProposal {
    /// The KPI.
    pub kpi: Id,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: Unit,
    /// Which way is better.
    pub direction: Direction,
    /// The quarter.
    pub period: Period,
    /// What could be proposed, in the order of [`CandidateMethod`]; none where nothing is proposed
    /// for a reason that lies in the KPI.
    pub candidates: Vec<TargetCandidate>,
    /// What is proposed.
    pub proposed: Option<ProposedTarget>,
    /// Why it is this one, or why there is none.
    pub why: String,
}

/// A figure that could be proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TargetCandidate {
    /// How it is found.
    pub method: CandidateMethod,
    /// The figure, or the reason why there is none.
    pub value: Figure,
    /// What it rests on, in words.
    pub basis: String,
    /// The numbers that it rests on.
    pub rests_on: Vec<RestsOn>,
    /// How many past quarters would have met it; `None` without a figure.
    pub met: Option<MetBefore>,
}

/// How a candidate is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CandidateMethod {
    /// The process as it runs: the centre of the present segment of its process chart of quarters.
    ProcessMean,
    /// The same quarter of the year before.
    PriorYear,
    /// That, times what the last four quarters are to the four before.
    PriorYearGrown,
    /// The forecast of the quarter.
    Forecast,
    /// The target in force.
    InForce,
}

impl CandidateMethod {
    /// The method in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::ProcessMean => "process as it runs",
            Self::PriorYear => "prior year",
            Self::PriorYearGrown => "prior year × growth",
            Self::Forecast => "forecast",
            Self::InForce => "target in force",
        }
    }
}

/// A number that a candidate rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RestsOn {
    /// What it is.
    pub what: String,
    /// The number.
    pub value: Figure,
}

/// How many past quarters would have met a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct MetBefore {
    /// So many met it,
    pub met: usize,
    /// of so many that are known.
    pub of: usize,
}

/// The target that is proposed; its status is `proposed` until people agree to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProposedTarget {
    /// The figure.
    pub value: Figure,
    /// The candidate that it is.
    pub method: CandidateMethod,
    /// How many past quarters would have met it.
    pub met: MetBefore,
}

/// What the candidates of a KPI are held against.
struct Asked<'a> {
    kpi: &'a Kpi,
    quarter: &'a Period,
    /// The past quarters whose figures are known, oldest first.
    past: Vec<Number>,
}

/// A candidate before it is shown.
struct Candidate {
    value: Value,
    basis: String,
    rests_on: Vec<RestsOn>,
}

impl Snapshot {
    pub(super) fn proposals(&self, quarter: &Period) -> Vec<TargetProposal> {
        self.system().kpis().iter().map(|kpi| self.proposal(kpi, quarter)).collect()
    }

    fn proposal(&self, kpi: &Kpi, quarter: &Period) -> TargetProposal {
        let past = self.over(kpi, Grain::Quarter, PAST_QUARTERS).iter().filter_map(comparable).collect();
        let asked = Asked { kpi, quarter, past };
        let none = |why: &str| (Vec::new(), None, why.to_owned());
        let (candidates, proposed, why) = match kpi.direction {
            _ if kpi.shortest > Grain::Quarter => none("The KPI means nothing in quarters, so that none is proposed."),
            Direction::None => none("No direction is better, so that none is proposed."),
            Direction::Band => none("A band is for people to set: the process says where it runs, not where it should."),
            Direction::Higher | Direction::Lower if asked.past.is_empty() => {
                none("No past quarter has a figure that is like those to come, so that there is nothing to rest on.")
            }
            Direction::Higher | Direction::Lower => self.chosen(&asked),
        };
        TargetProposal {
            kpi: kpi.definition.id.clone(),
            name: kpi.name.clone(),
            unit: kpi.unit.clone(),
            direction: kpi.direction,
            period: quarter.clone(),
            candidates,
            proposed,
            why,
        }
    }

    /// The better, in the direction of the KPI, of the process as it runs and of the target in force.
    fn chosen(&self, asked: &Asked<'_>) -> (Vec<TargetCandidate>, Option<ProposedTarget>, String) {
        let methods = [
            (CandidateMethod::ProcessMean, self.process_mean(asked)),
            (CandidateMethod::PriorYear, self.of_prior_year(asked)),
            (CandidateMethod::PriorYearGrown, self.of_prior_year_grown(asked)),
            (CandidateMethod::Forecast, self.forecast(asked)),
            (CandidateMethod::InForce, self.in_force(asked)),
        ];
        let shown = |(method, candidate): (CandidateMethod, Candidate)| TargetCandidate {
            method,
            met: candidate.value.number().map(|value| asked.met(value)),
            value: Figure::of(candidate.value, &asked.kpi.unit),
            basis: candidate.basis,
            rests_on: candidate.rests_on,
        };
        let candidates: Vec<TargetCandidate> = methods.into_iter().map(shown).collect();
        let known = |method| candidates.iter().find(|candidate| candidate.method == method).filter(|candidate| candidate.value.value.number().is_some());
        let (process, in_force) = (known(CandidateMethod::ProcessMean), known(CandidateMethod::InForce));
        let (best, mut why) = match (process, in_force) {
            (Some(process), Some(in_force)) => {
                let is_better = match (process.value.value.number(), in_force.value.value.number()) {
                    (Some(process), Some(in_force)) => asked.is_better(process, in_force),
                    _ => false,
                };
                if is_better {
                    (process, "The process runs better than the target in force asks for.".to_owned())
                } else {
                    (in_force, "The target in force asks for at least as much as the process brings.".to_owned())
                }
            }
            (Some(process), None) => (process, "There is no target in force; it is what the process brings.".to_owned()),
            (None, Some(in_force)) => (in_force, "How the process runs is not known; it is the target in force.".to_owned()),
            (None, None) => {
                let why = "Neither is known how the process runs, nor is there a target in force, so that none is proposed.".to_owned();
                return (candidates, None, why);
            }
        };
        let met = best.met.unwrap_or(MetBefore { met: 0, of: 0 });
        why.push_str(&format!(" {}", met.sentence()));
        let proposed = ProposedTarget { value: best.value.clone(), method: best.method, met };
        (candidates, Some(proposed), why)
    }

    fn process_mean(&self, asked: &Asked<'_>) -> Candidate {
        let basis = "The centre of the present segment of the process chart of quarters.".to_owned();
        let kpi = asked.kpi;
        let none = |value| Candidate { value, basis: basis.clone(), rests_on: Vec::new() };
        if kpi.chart.course != ChartCourse::Level {
            return none(Value::not_comparable("the process is expected to move by itself, so that its centre is not that of the next quarter"));
        }
        let Ok(chart) = self.chart(kpi.definition.id.as_str(), Grain::Quarter) else { return none(Value::missing("there is no chart")) };
        let Some(segment) = chart.segments.last() else { return none(Value::missing("there is no chart")) };
        let Some(limits) = &segment.limits else {
            let least = self.system().signals().with(&kpi.chart).min_points;
            let points = sentence::count_of(u64::try_from(segment.points).unwrap_or(u64::MAX), "quarter", "quarters");
            return none(Value::missing(format!("the present segment of the chart has {points}, and limits need {least} with a figure")));
        };
        let figure = |what: &str, number: &Number| RestsOn { what: what.to_owned(), value: Figure::of(Value::of(number.clone()), &kpi.unit) };
        let rests_on = vec![figure("centre", &limits.centre), figure("lower limit", &limits.lower), figure("upper limit", &limits.upper)];
        let text = format!("{basis} It begins with {}.", segment.from.label);
        Candidate { value: Value::of(rounded(&limits.centre, &kpi.unit)), basis: text, rests_on }
    }

    /// The quarter of the year before, as far as it means the same.
    fn prior(&self, asked: &Asked<'_>) -> (Value, Option<Observation>) {
        let Some(period) = self.system().calendar().prior_year(asked.quarter) else {
            return (Value::missing("no quarter is like it in the year before"), None);
        };
        let observation = self.observation(asked.kpi, &period).into_owned();
        let redefined = self.redefined_between(asked.kpi, period.first, asked.quarter.last);
        let value = match (redefined.or_else(|| observation.incomparable().map(ToString::to_string)), &observation.value) {
            (Some(cause), Value::Value { .. }) => Value::not_comparable(cause),
            (_, Value::Incomplete { cause, .. }) => Value::missing(cause.clone()),
            (_, value) => value.clone(),
        };
        (value, Some(observation))
    }

    fn of_prior_year(&self, asked: &Asked<'_>) -> Candidate {
        let (value, prior) = self.prior(asked);
        let label = prior.as_ref().map_or("the year before", |prior| prior.period.label.as_str());
        let basis = format!("What it was in {label}.");
        let rests_on = prior.iter().map(|prior| observed(&prior.period.label, prior, &asked.kpi.unit)).collect();
        Candidate { value: value.number().map(|value| Value::of(rounded(value, &asked.kpi.unit))).unwrap_or(value), basis, rests_on }
    }

    fn of_prior_year_grown(&self, asked: &Asked<'_>) -> Candidate {
        let unit = &asked.kpi.unit;
        let (value, prior) = self.prior(asked);
        let basis = "The quarter of the year before, times what the last four quarters are to the four before.".to_owned();
        let mut rests_on: Vec<RestsOn> = prior.iter().map(|prior| observed(&prior.period.label, prior, unit)).collect();
        let years = self.years_of_quarters(asked.kpi, &self.last_final(asked.kpi, Grain::Quarter, self.as_of()));
        let growth = match &years {
            None => Value::missing("the days of the last eight quarters cannot be told apart"),
            Some(years) => {
                rests_on.extend(years.iter().map(|year| observed(&year.period.label, year, unit)));
                let redefined = self.redefined_between(asked.kpi, years[1].period.first, years[0].period.last);
                redefined.map_or_else(|| growth(years), Value::not_comparable)
            }
        };
        if growth.number().is_some() {
            rests_on.push(RestsOn { what: "growth".to_owned(), value: Figure::of(growth.clone(), &Unit::Percent) });
        }
        let value = match (value, growth) {
            (Value::Value { value }, Value::Value { value: growth }) => Value::of(rounded(&(value * growth), unit)),
            (Value::Value { .. }, reason) | (reason, _) => reason,
        };
        Candidate { value, basis, rests_on }
    }

    fn forecast(&self, asked: &Asked<'_>) -> Candidate {
        let basis = "Where the quarter will land, by the method that was least wrong in the past.".to_owned();
        let running = self.system().calendar().period(Grain::Quarter, self.as_of());
        if *asked.quarter != running {
            let value = Value::missing(format!("forecasts end with the running quarter, {}", running.label));
            return Candidate { value, basis, rests_on: Vec::new() };
        }
        let line = self.landing(Some(asked.kpi.definition.id.as_str()), Some(Grain::Quarter)).map(|landing| landing.lines.into_iter().next());
        let (value, rests_on) = match line {
            Ok(Some(line)) => {
                let so_far = RestsOn { what: format!("so far, by {}", line.pacing.until), value: line.pacing.actual };
                let value = line.projected.value.number().map(|value| Value::of(rounded(value, &asked.kpi.unit))).unwrap_or(line.projected.value);
                (value, vec![so_far])
            }
            Ok(None) => (Value::missing("the quarter is not forecast"), Vec::new()),
            Err(error) => (Value::missing(error.message()), Vec::new()),
        };
        Candidate { value, basis, rests_on }
    }

    /// The target of the quarter to plan, else of the running one, else of the last that is over.
    fn in_force(&self, asked: &Asked<'_>) -> Candidate {
        let calendar = self.system().calendar();
        let running = calendar.period(Grain::Quarter, self.as_of());
        let over = self.last_over(Grain::Quarter, self.as_of());
        let mut first = None;
        for quarter in [asked.quarter, &running, &over] {
            match self.target_as_known(asked.kpi, quarter, self.as_of()) {
                Ok(target) => {
                    let number = bound(asked.kpi, &target);
                    let rests_on =
                        vec![RestsOn { what: format!("target for {}", quarter.label), value: Figure::of(Value::of(number.clone()), &asked.kpi.unit) }];
                    // A part of a longer target, or of weeks that are cut, is no number that anybody wrote.
                    let is_written = matches!(target.set_for, Grain::Quarter | Grain::Month);
                    let basis = if is_written {
                        format!("The target for {} as it is written.", quarter.label)
                    } else {
                        format!("What the target of the {} asks for in {}.", target.set_for.as_str(), quarter.label)
                    };
                    let number = if is_written { number } else { rounded(&number, &asked.kpi.unit) };
                    return Candidate { value: Value::of(number), basis, rests_on };
                }
                Err(reason) => first = first.or(Some(reason)),
            }
        }
        let value = first.unwrap_or_else(|| Value::missing("there is no target"));
        Candidate { value, basis: "The target as it is written.".to_owned(), rests_on: Vec::new() }
    }
}

impl Asked<'_> {
    fn is_better(&self, one: &Number, other: &Number) -> bool {
        if self.kpi.direction == Direction::Lower { one < other } else { one > other }
    }

    fn met(&self, target: &Number) -> MetBefore {
        MetBefore { met: self.past.iter().filter(|past| !self.is_better(target, past)).count(), of: self.past.len() }
    }
}

impl MetBefore {
    /// Both numbers in a sentence.
    #[must_use]
    pub fn sentence(self) -> String {
        let of = self.of;
        match (self.met, of) {
            (0, 1) => "The one past quarter that is known would not have met it.".to_owned(),
            (_, 1) => "The one past quarter that is known would have met it.".to_owned(),
            (0, _) => format!("None of the last {of} quarters that are known would have met it."),
            (met, _) if met == of => format!("All of the last {of} quarters that are known would have met it."),
            (met, _) => format!("{met} of the last {of} quarters that are known would have met it."),
        }
    }
}

/// The bound of a target that counts.
fn bound(kpi: &Kpi, target: &TargetFor) -> Number {
    if kpi.direction == Direction::Lower { target.high.clone() } else { target.low.clone() }
}

fn observed(what: &str, observation: &Observation, unit: &Unit) -> RestsOn {
    RestsOn { what: what.to_owned(), value: Figure::of(observation.value.clone(), unit) }
}

/// What a year is to the one before; both must be whole and above zero.
fn growth([now, before]: &[Observation; 2]) -> Value {
    let whole = |year: &Observation| match (&year.value, year.incomparable()) {
        (Value::Value { .. }, Some(cause)) => Err(Value::not_comparable(cause)),
        (Value::Value { value }, None) if !value.is_negative() && !value.is_zero() => Ok(value.clone()),
        (Value::Value { .. }, None) => Err(Value::undefined(format!("{} is not above zero", year.period.label))),
        (Value::Incomplete { cause, .. }, _) => Err(Value::missing(format!("{}: {cause}", year.period.label))),
        (reason, _) => Err(reason.clone()),
    };
    match (whole(now), whole(before)) {
        (Ok(now), Ok(before)) => now.divided_by(&before).map_or_else(|| Value::undefined("the base is zero"), Value::of),
        (Err(reason), _) | (_, Err(reason)) => reason,
    }
}

/// A target is told to three digits: no process is known better. Nobody counts halves.
fn rounded(number: &Number, unit: &Unit) -> Number {
    let (ten, hundred, thousand) = (Number::from(10), Number::from(100), Number::from(1000));
    let (mut digits, mut factor) = (number.abs(), Number::from(1));
    if digits.is_zero() {
        return number.clone();
    }
    while digits >= thousand {
        let Some(tenth) = digits.divided_by(&ten) else { break };
        (digits, factor) = (tenth, factor * ten.clone());
    }
    while digits < hundred {
        let Some(tenth) = factor.divided_by(&ten) else { break };
        (digits, factor) = (digits * ten.clone(), tenth);
    }
    let whole = |number: &Number| Number::parse(&number.to_fixed(0)).unwrap_or_else(|| number.clone());
    let size = whole(&digits) * factor;
    let size = if matches!(unit, Unit::Count(_)) && !size.is_integer() { whole(&number.abs()) } else { size };
    if number.is_negative() { Number::from(0) - size } else { size }
}

#[cfg(test)]
mod tests {
    use super::{MetBefore, rounded};
    use crate::{Number, Unit};

    #[test]
    fn what_would_have_met_it_is_said_of_the_quarters_that_are_known() {
        for (met, of, told) in [
            (0, 1, "The one past quarter that is known would not have met it."),
            (1, 1, "The one past quarter that is known would have met it."),
            (0, 12, "None of the last 12 quarters that are known would have met it."),
            (12, 12, "All of the last 12 quarters that are known would have met it."),
            (1, 12, "1 of the last 12 quarters that are known would have met it."),
        ] {
            assert_eq!(MetBefore { met, of }.sentence(), told);
        }
    }

    #[test]
    fn targets_have_three_digits_and_counts_none_behind_the_point() {
        for (number, unit, expected) in [
            ("0", "EUR", "0"),
            ("12345", "EUR", "12300"),
            ("-12345", "EUR", "-12300"),
            ("99.96", "EUR", "100"),
            ("0.123456", "percent", "0.123"),
            ("12.6", "count of leads", "13"),
            ("1234.5", "count of leads", "1230"),
            ("0.3", "count of leads", "0"),
        ] {
            assert_eq!(rounded(&Number::parse(number).unwrap(), &Unit::parse(unit).unwrap()).to_string(), expected, "{number} {unit}");
        }
    }
}
