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
use crate::words::{Message, Words};

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
    /// The method as a message.
    pub(crate) fn message(self) -> Message {
        match self {
            Self::ProcessMean => Message::CandidateProcess,
            Self::PriorYear => Message::CandidatePrior,
            Self::PriorYearGrown => Message::CandidateGrown,
            Self::Forecast => Message::CandidateForecast,
            Self::InForce => Message::CandidateInForce,
        }
    }

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
    words: &'a Words,
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
        let words = self.system().words();
        let asked = Asked { kpi, quarter, past, words };
        let none = |why| (Vec::new(), None, words.word(why));
        let (candidates, proposed, why) = match kpi.direction {
            _ if kpi.shortest > Grain::Quarter => none(Message::ProposalNotQuarterly),
            Direction::None => none(Message::ProposalUndirected),
            Direction::Band => none(Message::ProposalBand),
            Direction::Higher | Direction::Lower if asked.past.is_empty() => none(Message::ProposalNoPast),
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
            value: asked.shown(candidate.value),
            basis: candidate.basis,
            rests_on: candidate.rests_on,
        };
        let candidates: Vec<TargetCandidate> = methods.into_iter().map(shown).collect();
        let known = |method| candidates.iter().find(|candidate| candidate.method == method).filter(|candidate| candidate.value.value.number().is_some());
        let (process, in_force) = (known(CandidateMethod::ProcessMean), known(CandidateMethod::InForce));
        let (best, why) = match (process, in_force) {
            (Some(process), Some(in_force)) => {
                let is_better = match (process.value.value.number(), in_force.value.value.number()) {
                    (Some(process), Some(in_force)) => asked.is_better(process, in_force),
                    _ => false,
                };
                if is_better { (process, Message::ProposalProcess) } else { (in_force, Message::ProposalInForce) }
            }
            (Some(process), None) => (process, Message::ProposalNoTarget),
            (None, Some(in_force)) => (in_force, Message::ProposalNoProcess),
            (None, None) => return (candidates, None, asked.words.word(Message::ProposalNone)),
        };
        let met = best.met.unwrap_or(MetBefore { met: 0, of: 0 });
        let why = format!("{} {}", asked.words.word(why), met.told(asked.words));
        let proposed = ProposedTarget { value: best.value.clone(), method: best.method, met };
        (candidates, Some(proposed), why)
    }

    fn process_mean(&self, asked: &Asked<'_>) -> Candidate {
        let (words, kpi) = (asked.words, asked.kpi);
        let basis = words.word(Message::BasisProcess);
        let missing = |message| Value::missing(words.word(message));
        let none = |value| Candidate { value, basis: basis.clone(), rests_on: Vec::new() };
        if kpi.chart.course != ChartCourse::Level {
            return none(Value::not_comparable(words.word(Message::ProcessMoves)));
        }
        let Ok(chart) = self.chart(kpi.definition.id.as_str(), Grain::Quarter) else { return none(missing(Message::NoChart)) };
        let Some(segment) = chart.segments.last() else { return none(missing(Message::NoChart)) };
        let Some(limits) = &segment.limits else {
            let least = self.system().signals().with(&kpi.chart).min_points;
            let given = [("count", segment.points.into()), ("needed", u64::from(least).into())];
            return none(Value::missing(words.text(Message::ChartShort, &given)));
        };
        let figure = |what, number: &Number| RestsOn { what: words.word(what), value: asked.shown(Value::of(number.clone())) };
        let rests_on =
            vec![figure(Message::RestsCentre, &limits.centre), figure(Message::RestsLower, &limits.lower), figure(Message::RestsUpper, &limits.upper)];
        let text = format!("{basis} {}", words.text(Message::BasisBegins, &[("period", segment.from.label.as_str().into())]));
        Candidate { value: Value::of(rounded(&limits.centre, &kpi.unit)), basis: text, rests_on }
    }

    /// The quarter of the year before, as far as it means the same.
    fn prior(&self, asked: &Asked<'_>) -> (Value, Option<Observation>) {
        let Some(period) = self.system().calendar().prior_year(asked.quarter) else {
            return (Value::missing(asked.words.word(Message::NoPriorQuarter)), None);
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
        let words = asked.words;
        let basis = match &prior {
            Some(prior) => words.text(Message::BasisPrior, &[("period", prior.period.label.as_str().into())]),
            None => words.word(Message::BasisPriorYear),
        };
        let rests_on = prior.iter().map(|prior| asked.observed(prior)).collect();
        Candidate { value: value.number().map(|value| Value::of(rounded(value, &asked.kpi.unit))).unwrap_or(value), basis, rests_on }
    }

    fn of_prior_year_grown(&self, asked: &Asked<'_>) -> Candidate {
        let (words, unit) = (asked.words, &asked.kpi.unit);
        let (value, prior) = self.prior(asked);
        let basis = words.word(Message::BasisGrown);
        let mut rests_on: Vec<RestsOn> = prior.iter().map(|prior| asked.observed(prior)).collect();
        let years = self.years_of_quarters(asked.kpi, &self.last_final(asked.kpi, Grain::Quarter, self.as_of()));
        let growth = match &years {
            None => Value::missing(words.word(Message::DaysNotTold)),
            Some(years) => {
                rests_on.extend(years.iter().map(|year| asked.observed(year)));
                let redefined = self.redefined_between(asked.kpi, years[1].period.first, years[0].period.last);
                redefined.map_or_else(|| growth(words, years), Value::not_comparable)
            }
        };
        if growth.number().is_some() {
            rests_on.push(RestsOn { what: words.word(Message::RestsGrowth), value: words.shown(growth.clone(), &Unit::Percent) });
        }
        let value = match (value, growth) {
            (Value::Value { value }, Value::Value { value: growth }) => Value::of(rounded(&(value * growth), unit)),
            (Value::Value { .. }, reason) | (reason, _) => reason,
        };
        Candidate { value, basis, rests_on }
    }

    fn forecast(&self, asked: &Asked<'_>) -> Candidate {
        let words = asked.words;
        let basis = words.word(Message::BasisForecast);
        let running = self.system().calendar().period(Grain::Quarter, self.as_of());
        if *asked.quarter != running {
            let value = Value::missing(words.text(Message::ForecastEnds, &[("period", running.label.as_str().into())]));
            return Candidate { value, basis, rests_on: Vec::new() };
        }
        let line = self.landing(Some(asked.kpi.definition.id.as_str()), Some(Grain::Quarter)).map(|landing| landing.lines.into_iter().next());
        let (value, rests_on) = match line {
            Ok(Some(line)) => {
                let so_far =
                    RestsOn { what: words.text(Message::RestsSoFar, &[("date", line.pacing.until.into())]), value: asked.shown(line.pacing.actual.value) };
                let value = line.projected.value.number().map(|value| Value::of(rounded(value, &asked.kpi.unit))).unwrap_or(line.projected.value);
                (value, vec![so_far])
            }
            Ok(None) => (Value::missing(words.word(Message::NotForecast)), Vec::new()),
            Err(error) => (Value::missing(error.message()), Vec::new()),
        };
        Candidate { value, basis, rests_on }
    }

    /// The target of the quarter to plan, else of the running one, else of the last that is over.
    fn in_force(&self, asked: &Asked<'_>) -> Candidate {
        let (words, calendar) = (asked.words, self.system().calendar());
        let running = calendar.period(Grain::Quarter, self.as_of());
        let over = self.last_over(Grain::Quarter, self.as_of());
        let mut first = None;
        for quarter in [asked.quarter, &running, &over] {
            match self.target_as_known(asked.kpi, quarter, self.as_of()) {
                Ok(target) => {
                    let named = [("period", quarter.label.as_str().into())];
                    let number = bound(asked.kpi, &target);
                    // A part of a longer target, or of weeks that are cut, is no number that anybody wrote.
                    let is_written = matches!(target.set_for, Grain::Quarter | Grain::Month);
                    let basis = words.text(if is_written { Message::BasisInForce } else { Message::BasisOfLonger }, &named);
                    let rests_on = vec![RestsOn { what: words.text(Message::RestsTarget, &named), value: asked.shown(Value::of(number.clone())) }];
                    let number = if is_written { number } else { rounded(&number, &asked.kpi.unit) };
                    return Candidate { value: asked.shown(Value::of(number)).value, basis, rests_on };
                }
                Err(reason) => first = first.or(Some(reason)),
            }
        }
        let value = first.unwrap_or_else(|| Value::missing("there is no target"));
        Candidate { value, basis: words.word(Message::BasisWritten), rests_on: Vec::new() }
    }
}

impl Asked<'_> {
    fn shown(&self, value: Value) -> Figure {
        self.words.shown(value, &self.kpi.unit)
    }

    fn observed(&self, observation: &Observation) -> RestsOn {
        RestsOn { what: self.words.label(&observation.period), value: self.shown(observation.value.clone()) }
    }

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
        self.told(&Words::default())
    }

    fn told(self, words: &Words) -> String {
        let message = match (self.met, self.of) {
            (0, 1) => Message::MetNotOne,
            (_, 1) => Message::MetOne,
            (0, _) => Message::MetNever,
            (met, of) if met == of => Message::MetAlways,
            _ => Message::MetSometimes,
        };
        words.text(message, &[("met", self.met.into()), ("of", self.of.into())])
    }
}

/// The bound of a target that counts.
fn bound(kpi: &Kpi, target: &TargetFor) -> Number {
    if kpi.direction == Direction::Lower { target.high.clone() } else { target.low.clone() }
}

/// What a year is to the one before; both must be whole and above zero.
fn growth(words: &Words, [now, before]: &[Observation; 2]) -> Value {
    let whole = |year: &Observation| match (&year.value, year.incomparable()) {
        (Value::Value { .. }, Some(cause)) => Err(Value::not_comparable(cause)),
        (Value::Value { value }, None) if !value.is_negative() && !value.is_zero() => Ok(value.clone()),
        (Value::Value { .. }, None) => Err(Value::undefined(words.text(Message::NotAboveZero, &[("period", (&words.label(&year.period)).into())]))),
        (Value::Incomplete { cause, .. }, _) => Err(Value::missing(format!("{}: {}", words.label(&year.period), words.retell(cause)))),
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
