//! Is the system getting more efficient and more predictable? (Domain D6.)
//!
//! *Efficient*: what an outcome costs, all told, now against before. *Predictable*: how far KPIs
//! lie from plan, how wide their limits are, and how wrong a forecast of the next period is, now
//! against before. A movement counts only where it is more than noise makes; few periods say little.

use serde::Serialize;

use super::landing::doubles;
use super::landing::errors::mase;
use super::landing::methods::real;
use super::landing::smoothing::damped_trend;
use super::scorecard::Point;
use super::signals::chart::Charting;
use super::signals::limits::ProcessLimits;
use super::snapshot::Snapshot;
use super::variance::{Figure, relative};
use crate::base::calendar::Grain;
use crate::base::date::Date;
use crate::base::formula::{Formula, Operator};
use crate::base::id::Id;
use crate::base::number::Number;
use crate::base::unit::Unit;
use crate::base::value::Value;
use crate::measure::Observation;
use crate::model::kpi::{Calculation, Direction, Kpi};

/// The most periods of either half: a year of months.
const MOST: usize = 12;
/// The fewest periods of either half.
const LEAST: usize = 6;
/// The quarters that a course of costs shows.
const QUARTERS: usize = 12;
/// What of the judged KPIs must have moved for the system to have: one of so many.
const OF_JUDGED: usize = 4;

/// The upper 2.5 % points of the F distribution with as many degrees of freedom above as below, from
/// 1 to 11 (any table of statistics): how many times as large one variance is than another by chance.
/// Either may be the larger one, so that chance alone goes beyond them in one of twenty cases.
const F: [f64; 11] = [647.79, 39.0, 15.44, 9.60, 7.15, 5.82, 4.99, 4.43, 4.03, 3.72, 3.47];

/// Whether a system is getting more efficient and more predictable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// The as-of date.
    pub as_of: Date,
    /// Whether outcomes cost less than they did.
    pub efficiency: ProgressVerdict,
    /// What outcomes cost, KPI by KPI.
    pub costs: Vec<CostCourse>,
    /// Whether KPIs do what is planned and expected of them more than they did.
    pub predictability: ProgressVerdict,
    /// How predictable KPIs with targets are.
    pub kpis: Vec<KpiPredictability>,
    /// The answer in words.
    pub sentence: String,
}

/// Now against before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProgressVerdict {
    /// More than before, beyond what noise makes.
    More,
    /// Less than before, beyond what noise makes.
    Less,
    /// No more and no less than noise makes.
    Unchanged,
    /// Too little is known, or what is known contradicts itself.
    NotEvidenced,
}

/// What an outcome costs over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CostCourse {
    /// The KPI.
    pub kpi: Id,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: Unit,
    /// Whether it is declared as fully loaded; else people, tools or content may be left out.
    pub fully_loaded: bool,
    /// The last quarters that are over, oldest first.
    pub quarters: Vec<Point>,
    /// The periods before and now.
    pub compared: Compared,
    /// The centre of the process chart before.
    pub before: Figure,
    /// The centre of the process chart now.
    pub now: Figure,
    /// The periods since then that are signals against the limits from before.
    pub signals: Vec<String>,
    /// More efficient is less cost.
    pub verdict: ProgressVerdict,
    /// Why.
    pub reason: String,
}

/// Two stretches of equally many periods, one after the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// The length of the periods.
    pub grain: Grain,
    /// How many each stretch has.
    pub periods: usize,
    /// The first period of those before; empty when there are too few.
    pub before_from: String,
    /// The first period of those now.
    pub now_from: String,
    /// The last period.
    pub to: String,
}

/// How predictable a KPI is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KpiPredictability {
    /// The KPI.
    pub kpi: Id,
    /// Its name.
    pub name: String,
    /// The periods before and now.
    pub compared: Compared,
    /// How it is told.
    pub evidence: Vec<Predictability>,
    /// All told: more or less where at least one measure says so and none the opposite.
    pub verdict: ProgressVerdict,
}

/// One measure of predictability.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Predictability {
    /// What is measured.
    pub measure: PredictabilityMeasure,
    /// Before.
    pub before: Figure,
    /// Now.
    pub now: Figure,
    /// Less of it is more predictable: more where it shrank beyond what chance does in 19 of 20
    /// cases, less where it grew so.
    pub verdict: ProgressVerdict,
}

/// What tells how predictable a KPI is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PredictabilityMeasure {
    /// The standard deviation of its variance to plan: of a rate in points, else relative to the target.
    VarianceToPlan,
    /// The width of its process limits ÷ their centre.
    WidthOfLimits,
    /// The mean absolute scaled error of forecasts one period ahead.
    ForecastError,
}

impl Snapshot {
    /// Whether the system is getting more efficient and more predictable: the question that takes
    /// the place of "did the campaign work?" (domain D6).
    ///
    /// The last periods that are over (months, or a KPI's shortest meaningful ones), up to twelve,
    /// are held against as many before. A cost per outcome has moved when later periods are signals
    /// against the limits from before, and the centre moved the same way. A spread has moved when
    /// the squares of the two are further apart than the F distribution lets them be by chance in
    /// nineteen of twenty cases. The system has moved when at least a quarter of the KPIs that can be judged
    /// have, and more than twice as many as went the other way.
    ///
    /// ```
    /// use marketingos::{Facts, ProgressVerdict, Source, System};
    /// let text = "{marketingos: 1, name: Small firm, people: {ana: Ana}, operator: ana,
    ///   sources: {ads: {date: day, measures: [spend, leads], rows: events, recorded_from: 2024-01-01, recorded_until: as_of}},
    ///   measures: {spend: {sum: ads.spend}, leads: {sum: ads.leads}},
    ///   kpis: {cpl: {name: Cost per lead, unit: EUR, direction: lower, owner: ana, ratio: {numerator: spend, denominator: leads}}}}";
    /// let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// // A lead costs 9 or 11 for a year, then 6 or 8.
    /// let month = |month: u32| (2024 + month / 12, 1 + month % 12, [9, 11][month as usize % 2] - 3 * (month / 12));
    /// let rows: String = (0..24).map(month).map(|(year, month, cost)| format!("{year}-{month:02}-05,{},100\n", cost * 100)).collect();
    /// let facts = Facts::builder(&system).csv("ads", format!("day,spend,leads\n{rows}")).build()?;
    /// let progress = system.snapshot(&facts, "2025-12-31".parse()?).progress();
    /// assert_eq!(progress.efficiency, ProgressVerdict::More);
    /// assert_eq!([&progress.costs[0].before.text, &progress.costs[0].now.text], ["EUR 10.00", "EUR 7.00"]);
    /// assert_eq!(progress.predictability, ProgressVerdict::NotEvidenced, "no KPI has a target");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn progress(&self) -> Progress {
        let kpis = self.system().kpis();
        let costs: Vec<CostCourse> = kpis.iter().filter(|kpi| is_cost(self, kpi)).map(|kpi| self.cost_course(kpi)).collect();
        let with_targets = kpis.iter().filter(|kpi| self.system().targets_in(None, &kpi.definition.id).next().is_some());
        let kpis: Vec<KpiPredictability> = with_targets.map(|kpi| self.predictability(kpi)).collect();
        let efficiency = together(costs.iter().map(|cost| cost.verdict));
        let predictability = together(kpis.iter().map(|kpi| kpi.verdict));
        let sentence = format!(
            "{} {}",
            told(efficiency, "efficient", "costs per outcome", costs.iter().map(|cost| cost.verdict)),
            told(predictability, "predictable", "KPIs with targets", kpis.iter().map(|kpi| kpi.verdict))
        );
        Progress { as_of: self.as_of(), efficiency, costs, predictability, kpis, sentence }
    }

    fn cost_course(&self, kpi: &Kpi) -> CostCourse {
        let quarters = self.over(kpi, Grain::Quarter.max(kpi.shortest), QUARTERS);
        let known = quarters.iter().skip_while(|quarter| quarter.coverage.days == 0);
        let known = known.map(|quarter| Point { period: quarter.period.label.clone(), figure: Figure::of(quarter.value.clone(), &kpi.unit) }).collect();
        let (compared, observations) = self.halves(kpi, MOST);
        let values: Vec<Option<Number>> = observations.iter().map(comparable).collect();
        let rules = self.system().signals();
        let chart = Charting::from(rules).min_points(LEAST).change(compared.periods).chart(&values);
        let centre = |segment: usize| chart.segments.get(segment).and_then(|segment| segment.process.as_ref()).map(|process| process.limits.centre.clone());
        // Now is held against the limits from before.
        let locked = Charting::from(rules).min_points(LEAST).baseline(0..=compared.periods.saturating_sub(1)).chart(&values);
        let after: Vec<_> = locked.points.iter().zip(&observations).skip(compared.periods).filter(|(point, _)| !point.signals.is_empty()).collect();
        let ways: Vec<bool> = after.iter().flat_map(|(point, _)| &point.signals).filter_map(|signal| signal.improves(Direction::Lower)).collect();
        let few = too_few(observations.split_at(compared.periods.min(observations.len())));
        let (before, now) = (if compared.periods < LEAST { None } else { centre(0) }, if compared.periods < LEAST { None } else { centre(1) });
        let (verdict, reason) = match (&before, &now) {
            (Some(before), Some(now)) => match (ways.contains(&true), ways.contains(&false)) {
                (true, false) if now < before => (ProgressVerdict::More, "it fell, by a signal".to_owned()),
                (false, true) if now > before => (ProgressVerdict::Less, "it rose, by a signal".to_owned()),
                (false, false) => (ProgressVerdict::Unchanged, "what moved is noise".to_owned()),
                (true, true) => (ProgressVerdict::NotEvidenced, "its signals point both ways".to_owned()),
                _ => (ProgressVerdict::NotEvidenced, "its signals point one way, and its centre did not move that way".to_owned()),
            },
            _ => (ProgressVerdict::NotEvidenced, few.clone()),
        };
        let figure = |centre: Option<Number>| Figure::of(centre.map_or_else(|| Value::missing(few.clone()), Value::of), &kpi.unit);
        CostCourse {
            kpi: kpi.definition.id.clone(),
            name: kpi.name.clone(),
            unit: kpi.unit.clone(),
            fully_loaded: is_fully_loaded(kpi),
            quarters: known,
            before: figure(before),
            now: figure(now),
            signals: after.into_iter().map(|(_, observation)| observation.period.label.clone()).collect(),
            compared,
            verdict,
            reason,
        }
    }

    fn predictability(&self, kpi: &Kpi) -> KpiPredictability {
        let (compared, observations) = self.halves(kpi, MOST);
        let halves = observations.split_at(compared.periods.min(observations.len()));
        let few = || Value::missing(too_few(halves));
        let mut evidence = Vec::new();
        let mut add = |measure, unit: &Unit, [before, now]: [Result<f64, Value>; 2], freedom: usize| {
            let verdict = match (&before, &now) {
                (Ok(before), Ok(now)) => shrank(*before, *now, freedom),
                _ => ProgressVerdict::NotEvidenced,
            };
            let figure = |spread: Result<f64, Value>| Figure::of(spread.map_or_else(|reason| reason, value), unit);
            evidence.push(Predictability { measure, before: figure(before), now: figure(now), verdict });
        };
        let freedom = |counts: [usize; 2]| counts[0].min(counts[1]).saturating_sub(1);
        let variances = [halves.0, halves.1].map(|half| self.variances_to_plan(kpi, half));
        let planned = [variances[0].len(), variances[1].len()];
        let plan = variances.map(|variances| if compared.periods < LEAST { Err(few()) } else { spread_to_plan(&variances, compared.periods) });
        add(PredictabilityMeasure::VarianceToPlan, &Unit::Percent, plan, freedom(planned));
        let widths = [halves.0, halves.1].map(|half| if half.len() < LEAST { Err(few()) } else { self.width(half) });
        // The mean of moving ranges tells as much as a variance with 0.62 as many degrees of
        // freedom (Wheeler, Advanced Topics in Statistical Process Control, table 4.2).
        add(PredictabilityMeasure::WidthOfLimits, &Unit::Percent, widths, freedom([halves.0, halves.1].map(known)) * 62 / 100);
        let (errors, forecasts) = self.forecast_errors(kpi);
        add(PredictabilityMeasure::ForecastError, &Unit::Ratio, errors, forecasts);
        let verdict = match (evidence.iter().any(|one| one.verdict == ProgressVerdict::More), evidence.iter().any(|one| one.verdict == ProgressVerdict::Less)) {
            (true, true) => ProgressVerdict::NotEvidenced,
            (true, false) => ProgressVerdict::More,
            (false, true) => ProgressVerdict::Less,
            (false, false) if evidence.iter().all(|one| one.verdict == ProgressVerdict::NotEvidenced) => ProgressVerdict::NotEvidenced,
            (false, false) => ProgressVerdict::Unchanged,
        };
        KpiPredictability { kpi: kpi.definition.id.clone(), name: kpi.name.clone(), compared, evidence, verdict }
    }

    /// The last periods that are over, oldest first.
    pub(crate) fn over(&self, kpi: &Kpi, grain: Grain, most: usize) -> Vec<Observation> {
        let last = self.last_final(kpi, grain, self.as_of());
        // What meant something else says nothing about now.
        let redefined = self.redefined_on(kpi, last.last);
        let latest = self.latest(kpi, &last, most).into_iter().map(std::borrow::Cow::into_owned);
        latest.filter(|observation| redefined.is_none_or(|on| on <= observation.period.first)).collect()
    }

    /// Two halves of the last periods: from the first that has data, twice as many as fit.
    fn halves(&self, kpi: &Kpi, most: usize) -> (Compared, Vec<Observation>) {
        let grain = Grain::Month.max(kpi.shortest);
        let all = self.over(kpi, grain, most.saturating_mul(2));
        let known = all.iter().position(|observation| comparable(observation).is_some()).unwrap_or(all.len());
        let periods = (all.len() - known) / 2;
        let observations: Vec<Observation> = all.into_iter().rev().take(periods * 2).rev().collect();
        let label = |at: usize| observations.get(at).map(|observation| observation.period.label.clone()).unwrap_or_default();
        let to = observations.last().map(|observation| observation.period.label.clone()).unwrap_or_default();
        (Compared { grain, periods, before_from: label(0), now_from: label(periods), to }, observations)
    }

    /// The variances to plan: of a rate in points, of anything else relative to the target.
    fn variances_to_plan(&self, kpi: &Kpi, half: &[Observation]) -> Vec<f64> {
        let variance = |observation: &Observation| {
            let plan = self.standing(kpi, &observation.period, None).comparison;
            let variance = if kpi.unit.is_percent() { plan.change.value } else { relative(&plan.change.value, &plan.base.value) };
            variance.number().and_then(Number::to_f64)
        };
        half.iter().filter(|observation| comparable(observation).is_some()).filter_map(variance).collect()
    }

    /// The width of the process limits ÷ their centre.
    fn width(&self, half: &[Observation]) -> Result<f64, Value> {
        let values: Vec<Option<Number>> = half.iter().map(comparable).collect();
        let limits =
            ProcessLimits::about(self.system().signals().centre, &values, LEAST).ok_or_else(|| Value::missing("too few of the periods have a value"))?;
        let width = (limits.upper - limits.lower).divided_by(&limits.centre.abs());
        width.and_then(|width| width.to_f64()).ok_or_else(|| Value::undefined("the centre is zero"))
    }

    /// The scaled errors of forecasts one period ahead, before and now, and how many each are.
    fn forecast_errors(&self, kpi: &Kpi) -> ([Result<f64, Value>; 2], usize) {
        let all = self.over(kpi, Grain::Month.max(kpi.shortest), usize::from(u8::MAX));
        // The unbroken run that ends with the last period.
        let mut values: Vec<f64> = all.iter().rev().map_while(|observation| comparable(observation)?.to_f64()).collect();
        values.reverse();
        let each = (values.len().saturating_sub(LEAST) / 2).min(MOST);
        let first = values.len() - 2 * each;
        let training = values.get(..first).unwrap_or_default();
        let none = || Err(Value::missing(format!("{} periods in a row are known, and {} are needed", values.len(), 3 * LEAST)));
        if each < LEAST {
            return ([none(), none()], each);
        }
        let origins: Vec<usize> = (first..values.len()).collect();
        // Twelve months are a season where two years are known before the first forecast.
        let season = if first >= 24 && kpi.shortest <= Grain::Month { 12 } else { 1 };
        let forecasts: Option<Vec<f64>> = damped_trend(&values, season, 1, &origins).into_iter().map(|ahead| Some(ahead?.total)).collect();
        let error = |from: usize| {
            let forecasts = forecasts.as_ref()?.get(from - first..from - first + each)?;
            mase(values.get(from..from + each)?, forecasts, training, season)
        };
        let told = |error: Option<f64>| error.ok_or_else(|| Value::undefined("nothing changed before the first forecast"));
        ([told(error(first)), told(error(first + each))], each)
    }
}

/// A value that can be held against others of its kind.
pub(crate) fn comparable(observation: &Observation) -> Option<Number> {
    observation.value.number().filter(|_| observation.incomparable().is_none()).cloned()
}

/// The standard deviation of the variances to plan of so many periods.
fn spread_to_plan(variances: &[f64], periods: usize) -> Result<f64, Value> {
    if variances.len() < LEAST {
        return Err(Value::missing(format!("{} of {periods} periods can be held against a target, and {LEAST} are needed", variances.len())));
    }
    let count = real(variances.len());
    let mean = variances.iter().sum::<f64>() / count;
    let squares = variances.iter().map(|variance| (variance - mean) * (variance - mean)).sum::<f64>();
    Ok((squares / (count - 1.0)).sqrt())
}

/// How many of some periods have a value that can be held against others.
fn known(half: &[Observation]) -> usize {
    half.iter().filter(|observation| comparable(observation).is_some()).count()
}

/// Whether a KPI says what an outcome costs: money, the less the better, divided by something.
fn is_cost(snapshot: &Snapshot, kpi: &Kpi) -> bool {
    let money = matches!(kpi.unit.base(), Unit::Currency(_)) && kpi.direction == Direction::Lower;
    let divides = match &kpi.definition.calculation {
        Calculation::Ratio { denominator, .. } => {
            // Money for each unit of money is a rate of return, not the cost of an outcome.
            snapshot.system().kpi(denominator.as_str()).is_none_or(|below| !matches!(below.unit.base(), Unit::Currency(_)))
        }
        Calculation::Formula { formula } => {
            // Money divided by a constant is still an amount of money.
            matches!(&formula.formula, Formula::Binary(Operator::Divide, _, below) if !below.figures().is_empty())
        }
        _ => false,
    };
    money && divides
}

fn is_fully_loaded(kpi: &Kpi) -> bool {
    kpi.variant == "fully_loaded" || kpi.definition.standard.as_ref().is_some_and(|standard| standard.variant.as_str() == "fully_loaded")
}

fn too_few((before, now): (&[Observation], &[Observation])) -> String {
    match (known(before), known(now)) {
        (before, now) if before == now => format!("{now} periods are known for each side, and {LEAST} are needed"),
        (before, now) => format!("{before} periods are known before and {now} now, and {LEAST} of each are needed"),
    }
}

fn value(spread: f64) -> Value {
    doubles::number(spread).map_or_else(|| Value::undefined("it is beyond what can be computed with"), Value::of)
}

/// Whether a spread shrank (more predictable) or grew beyond chance: the ratio of its squares
/// against the 2.5 % point of F with so many degrees of freedom on both sides.
fn shrank(before: f64, now: f64, freedom: usize) -> ProgressVerdict {
    let Some(point) = freedom.min(F.len()).checked_sub(1).and_then(|at| F.get(at)) else { return ProgressVerdict::NotEvidenced };
    let (before, now) = (before * before, now * now);
    if before > now * point {
        ProgressVerdict::More
    } else if now > before * point {
        ProgressVerdict::Less
    } else {
        ProgressVerdict::Unchanged
    }
}

/// How many say more, less, and anything at all.
fn counts(verdicts: impl Iterator<Item = ProgressVerdict>) -> (usize, usize, usize) {
    verdicts.fold((0, 0, 0), |(more, less, judged), verdict| match verdict {
        ProgressVerdict::More => (more + 1, less, judged + 1),
        ProgressVerdict::Less => (more, less + 1, judged + 1),
        ProgressVerdict::Unchanged => (more, less, judged + 1),
        ProgressVerdict::NotEvidenced => (more, less, judged),
    })
}

/// What KPIs say together. One of many moves by chance, so a quarter of them must have.
fn together(verdicts: impl Iterator<Item = ProgressVerdict>) -> ProgressVerdict {
    let (more, less, judged) = counts(verdicts);
    let moved = |way: usize, other: usize| way * OF_JUDGED >= judged && way > 2 * other;
    match judged {
        0 => ProgressVerdict::NotEvidenced,
        _ if moved(more, less) => ProgressVerdict::More,
        _ if moved(less, more) => ProgressVerdict::Less,
        _ => ProgressVerdict::Unchanged,
    }
}

fn told(verdict: ProgressVerdict, word: &str, things: &str, verdicts: impl Iterator<Item = ProgressVerdict>) -> String {
    let (more, less, judged) = counts(verdicts);
    let counted = format!("of {judged} {things} that can be judged, {more} became more {word} and {less} less");
    match verdict {
        ProgressVerdict::More => format!("The system is becoming more {word}: {counted}."),
        ProgressVerdict::Less => format!("The system is becoming less {word}: {counted}."),
        ProgressVerdict::Unchanged => format!("The system is no more and no less {word} than before: {counted}."),
        ProgressVerdict::NotEvidenced => format!("Whether the system is becoming more {word} is not evidenced: none of its {things} can be judged."),
    }
}

#[cfg(test)]
mod tests {
    use super::{ProgressVerdict, shrank, together};

    #[test]
    fn a_spread_moves_only_beyond_chance() {
        // F(11, 11) = 3.47: twice as wide is four times the square, half as wide again is 2.25 times.
        assert_eq!(shrank(2.0, 1.0, 11), ProgressVerdict::More);
        assert_eq!(shrank(1.0, 2.0, 11), ProgressVerdict::Less);
        assert_eq!(shrank(1.5, 1.0, 11), ProgressVerdict::Unchanged);
        // 1.8 times as wide is 3.24 times the square: beyond it to one side in one of twenty cases,
        // but to either in one of ten.
        assert_eq!(shrank(1.8, 1.0, 11), ProgressVerdict::Unchanged);
        // Of six periods each, F(5, 5) = 7.15: that is no evidence yet.
        assert_eq!(shrank(2.0, 1.0, 5), ProgressVerdict::Unchanged);
        assert_eq!(shrank(0.0, 0.0, 5), ProgressVerdict::Unchanged);
        assert_eq!(shrank(2.0, 1.0, 0), ProgressVerdict::NotEvidenced);
    }

    #[test]
    fn one_of_many_is_chance() {
        use ProgressVerdict::{Less, More, NotEvidenced, Unchanged};
        let of = |verdicts: &[ProgressVerdict]| together(verdicts.iter().copied());
        assert_eq!(of(&[]), NotEvidenced);
        assert_eq!(of(&[NotEvidenced, NotEvidenced]), NotEvidenced);
        assert_eq!(of(&[More, NotEvidenced]), More);
        assert_eq!(of(&[More, Unchanged, Unchanged, Unchanged, Unchanged]), Unchanged);
        assert_eq!(of(&[More, More, Less, Unchanged]), Unchanged);
        assert_eq!(of(&[Less, Less, Less, More]), Less);
    }
}
