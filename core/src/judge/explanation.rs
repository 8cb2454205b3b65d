//! Why a KPI changed, on the facts of a snapshot: by its drivers or by the members of dimensions,
//! with parts that sum exactly to the change.

use serde::Serialize;

use super::snapshot::Snapshot;
use super::variance::Figure;
use super::why::drivers::DriverSplit;
use super::why::effects::Effect;
use super::why::rate_mix::{RateMember, RateMix};
use crate::base::calendar::{Against, Grain, Period};
use crate::base::code::Code;
use crate::base::error::Error;
use crate::base::finding::quoted;
use crate::base::id::Id;
use crate::base::map::Map;
use crate::base::number::Number;
use crate::base::order;
use crate::base::unit::Unit;
use crate::base::value::Value;
use crate::measure::{Member, MemberName};
use crate::model::kpi::{Additivity, Calculation, Definition, Kpi};
use crate::text::one_of_help;

/// A change of a KPI and what it is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The KPI.
    pub kpi: Id,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: Unit,
    /// The period.
    pub period: Period,
    /// The period that it is held against.
    pub base_period: Option<Period>,
    /// The dimensions by whose members it is told; none when it is told by its drivers.
    pub by: Vec<Id>,
    /// The figure.
    pub actual: Figure,
    /// The figure that it is held against.
    pub base: Figure,
    /// The change; all parts sum to it.
    pub change: Figure,
    /// How the change is split, by the word of the convention: one of [`RateMix`], of
    /// [`DriverSplit`], or `members`; empty when it is not.
    pub convention: &'static str,
    /// Why it is not split; empty when it is.
    pub cause: String,
    /// The effects of a rate-and-mix split, over all members.
    pub effects: Vec<ExplainedEffect>,
    /// The members, those that explain most first.
    pub members: Vec<ExplainedMember>,
    /// The drivers, in the order of the definition.
    pub drivers: Vec<ExplainedDriver>,
    /// What happened, in one sentence.
    pub text: String,
}

/// An effect over all members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExplainedEffect {
    /// Which.
    pub effect: Effect,
    /// Its part of the change.
    pub change: Figure,
}

/// What a member contributes to a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExplainedMember {
    /// The member, one name for each dimension.
    pub member: Member,
    /// Its figure in the period.
    pub actual: Figure,
    /// Its figure before.
    pub base: Figure,
    /// Its part of the change.
    pub change: Figure,
    /// Its part of each effect, in their order.
    pub effects: Vec<Figure>,
}

/// What a driver contributes to a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExplainedDriver {
    /// The KPI or measure.
    pub figure: Id,
    /// Its name.
    pub name: String,
    /// Its value in the period.
    pub actual: Value,
    /// Its value before.
    pub base: Value,
    /// Its part of the change.
    pub change: Figure,
}

/// Which change of a KPI is to be explained, and how.
#[derive(Clone, Copy, Debug)]
pub struct Why<'a> {
    /// The period, by its name; the last whose figure is final when there is none.
    pub period: Option<&'a str>,
    /// The length of that last period.
    pub grain: Grain,
    /// What it is held against.
    pub against: Against,
    /// The dimensions by whose members it is told; by its drivers when there are none.
    pub by: &'a [&'a str],
    /// The word of the convention; by default `three_way`, and `shapley` for drivers.
    pub convention: Option<&'a str>,
}

impl Default for Why<'_> {
    fn default() -> Self {
        Self { period: None, grain: Grain::Month, against: Against::Previous, by: &[], convention: None }
    }
}

impl Snapshot {
    /// Why a KPI changed: by its drivers or, with dimensions, by their members. Parts sum to the
    /// change to the last digit; where exact arithmetic says nothing, the cause is told instead.
    ///
    /// ```
    /// # use marketingos::{Facts, Source, System};
    /// use marketingos::{Effect, Why};
    /// # let text = "{marketingos: 1, name: Small firm, sources: {ads: {date: day, dimensions: [channel], measures: [clicks, orders], rows: events, recorded_from: 2026-01-01, recorded_until: as_of}},
    /// #   measures: {clicks: {sum: ads.clicks}, orders: {sum: ads.orders}},
    /// #   kpis: {rate: {name: Order rate, unit: percent, direction: higher, ratio: {numerator: orders, denominator: clicks}}}}";
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let rows = "day,channel,clicks,orders\n2026-01-05,search,100,10\n2026-01-05,social,100,2\n2026-02-05,search,100,11\n2026-02-05,social,300,6\n";
    /// let facts = Facts::builder(&system).csv("ads", rows).build()?;
    /// let snapshot = system.snapshot(&facts, "2026-02-28".parse()?);
    /// let why = snapshot.explain("rate", &Why { by: &["channel"], ..Why::default() })?;
    /// assert_eq!(why.text, "Order rate fell by 1.8 pp against 2026-01: rates +0.50 pp, mix −2.0 pp, rates and mix together −0.25 pp; most of it by social −1.0 pp, search −0.75 pp.");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When there is no such KPI, period, dimension or convention.
    pub fn explain(&self, kpi: &str, why: &Why<'_>) -> Result<Explanation, Error> {
        let line = match why.period {
            Some(period) => self.line_for(kpi, period)?,
            None => {
                let known = self.system().kpi(kpi).map(|kpi| self.last_final(kpi, why.grain.max(kpi.shortest), self.as_of()).label);
                self.line_for(kpi, known.as_deref().unwrap_or_default())?
            }
        };
        let comparison = match why.against {
            Against::Previous => line.previous,
            Against::PriorYear => line.prior_year,
        };
        let mut explanation = Explanation {
            kpi: line.kpi,
            name: line.name,
            unit: line.unit,
            period: line.period,
            base_period: comparison.period,
            by: why.by.iter().filter_map(|name| Id::new(name)).collect(),
            actual: line.actual,
            base: comparison.base,
            change: comparison.change,
            convention: "",
            cause: String::new(),
            effects: Vec::new(),
            members: Vec::new(),
            drivers: Vec::new(),
            text: String::new(),
        };
        if let Err(cause) = self.split(&mut explanation, why)? {
            explanation.cause = cause;
        }
        explanation.text = sentence(&explanation);
        Ok(explanation)
    }

    /// Splits the change; the reason where that cannot be.
    fn split(&self, explanation: &mut Explanation, why: &Why<'_>) -> Result<Result<(), String>, Error> {
        let Some(kpi) = self.system().kpi(explanation.kpi.as_str()) else { return Ok(Err(String::new())) };
        let definition = &kpi.definition;
        let additive = self.system().additivity(definition) == Additivity::Additive;
        let (rate_mix, driver_split) = conventions(why, &definition.calculation)?;
        if !why.by.is_empty() {
            // Names of dimensions are wrong or right whatever the figures say.
            self.series(explanation.kpi.as_str(), explanation.period.grain, why.by)?;
        }
        let (Some(change), Some(base_period)) = (explanation.change.value.number().cloned(), explanation.base_period.clone()) else {
            return Ok(Err(explanation.change.value.cause().to_owned()));
        };
        let periods = [base_period, explanation.period.clone()];
        let split = match (&definition.calculation, why.by.is_empty()) {
            (Calculation::Ratio { numerator, denominator }, false) => {
                self.by_rate_and_mix([numerator, denominator], &periods, why.by, rate_mix, explanation)?
            }
            (_, false) if additive => self.by_members(kpi, &periods, why.by, explanation)?,
            (_, false) => Err("only ratios and amounts are told by their members".to_owned()),
            (calculation, true) => self.by_drivers(definition, calculation, &periods, driver_split, explanation)?,
        };
        let parts = explanation.members.iter().map(|member| &member.change).chain(explanation.drivers.iter().map(|driver| &driver.change));
        let sum: Number = parts.filter_map(|part| part.value.number().cloned()).sum();
        if split.is_ok() && sum != change {
            // Such as where part of a period is covered for some of its parts.
            explanation.members.clear();
            explanation.drivers.clear();
            explanation.effects.clear();
            explanation.convention = "";
            return Ok(Err("the parts do not rest on the same days as the figure".to_owned()));
        }
        Ok(split)
    }

    /// The values of a figure by member in both periods, the base first; or why one is not known.
    fn in_both(&self, figure: &Id, periods: &[Period; 2], by: &[&str]) -> Result<Result<Map<Member, [Number; 2]>, String>, Error> {
        let [base, actual] = periods;
        let mut found: Map<Member, [Number; 2]> = Map::new();
        for observation in self.series(figure.as_str(), actual.grain, by)? {
            for (at, period) in [base, actual].into_iter().enumerate() {
                if (observation.period.first, observation.period.last) != (period.first, period.last) {
                    continue;
                }
                let Some(value) = observation.value.number() else {
                    return Ok(Err(format!("`{figure}` has no value in {period} for all of them: {}", observation.value.cause())));
                };
                let values = found.entry(observation.member.clone()).or_insert_with(|| [Number::from(0), Number::from(0)]);
                if let Some(slot) = values.get_mut(at) {
                    *slot = value.clone();
                }
            }
        }
        Ok(Ok(found))
    }

    fn by_rate_and_mix(
        &self,
        parts: [&Id; 2],
        periods: &[Period; 2],
        by: &[&str],
        convention: RateMix,
        explanation: &mut Explanation,
    ) -> Result<Result<(), String>, Error> {
        let [numerator, denominator] = parts;
        let (numerators, denominators) = match (self.in_both(numerator, periods, by)?, self.in_both(denominator, periods, by)?) {
            (Ok(numerators), Ok(denominators)) => (numerators, denominators),
            (Err(cause), _) | (_, Err(cause)) => return Ok(Err(cause)),
        };
        let mut names: Vec<Member> = numerators.keys().chain(denominators.keys()).cloned().collect();
        order::sort_distinct(&mut names);
        let zeros = [Number::from(0), Number::from(0)];
        let members: Vec<RateMember> = names
            .iter()
            .map(|name| {
                let [base_numerator, actual_numerator] = numerators.get(name).unwrap_or(&zeros).clone();
                let [base_denominator, actual_denominator] = denominators.get(name).unwrap_or(&zeros).clone();
                RateMember { base_numerator, base_denominator, actual_numerator, actual_denominator }
            })
            .collect();
        let Some(split) = convention.split(&members) else { return Ok(Err(format!("`{denominator}` sums to zero"))) };
        let unit = explanation.unit.clone();
        let change = |value: &Number| Figure::change(Value::of(value.clone()), &unit);
        let rate = |numerator: &Number, denominator: &Number| {
            let value = numerator.divided_by(denominator).map_or_else(|| Value::undefined(format!("{} is zero", parts[1])), Value::of);
            Figure::of(value, &unit)
        };
        explanation.convention = split.convention;
        explanation.effects = split.effects.iter().map(|total| ExplainedEffect { effect: total.effect, change: change(&total.value) }).collect();
        explanation.members = names
            .into_iter()
            .zip(members)
            .zip(&split.members)
            .map(|((member, values), part)| ExplainedMember {
                member,
                actual: rate(&values.actual_numerator, &values.actual_denominator),
                base: rate(&values.base_numerator, &values.base_denominator),
                change: change(&part.total),
                effects: part.effects.iter().map(change).collect(),
            })
            .collect();
        largest_first(&mut explanation.members);
        Ok(Ok(()))
    }

    fn by_members(&self, kpi: &Kpi, periods: &[Period; 2], by: &[&str], explanation: &mut Explanation) -> Result<Result<(), String>, Error> {
        let found = match self.in_both(&kpi.definition.id, periods, by)? {
            Ok(found) => found,
            Err(cause) => return Ok(Err(cause)),
        };
        let unit = explanation.unit.clone();
        let member = |(member, [base, actual]): (Member, [Number; 2])| ExplainedMember {
            member,
            change: Figure::change(Value::of(actual.clone() - base.clone()), &unit),
            actual: Figure::of(Value::of(actual), &unit),
            base: Figure::of(Value::of(base), &unit),
            effects: Vec::new(),
        };
        explanation.convention = "members";
        explanation.members = found.into_iter().map(member).collect();
        largest_first(&mut explanation.members);
        Ok(Ok(()))
    }

    fn by_drivers(
        &self,
        definition: &Definition,
        calculation: &Calculation,
        periods: &[Period; 2],
        split: DriverSplit,
        explanation: &mut Explanation,
    ) -> Result<Result<(), String>, Error> {
        let mut ids: Vec<&Id> = Vec::new();
        calculation.refers_to().into_iter().for_each(|id| {
            if !ids.contains(&id) {
                ids.push(id);
            }
        });
        let (base_side, actual_side): (Vec<Number>, Vec<Number>) = {
            let mut sides = (Vec::new(), Vec::new());
            for id in &ids {
                let found = match self.in_both(id, periods, &[])? {
                    Ok(found) => found,
                    Err(cause) => return Ok(Err(cause)),
                };
                let Some([base, actual]) = found.into_iter().next().map(|(_, values)| values) else { return Ok(Err(format!("`{id}` has no value"))) };
                sides.0.push(base);
                sides.1.push(actual);
            }
            sides
        };
        let position = |id: &Id| ids.iter().position(|known| *known == id);
        let formula = |values: &[Number]| match calculation {
            Calculation::Ratio { numerator, denominator } => values.get(position(numerator)?)?.divided_by(values.get(position(denominator)?)?),
            Calculation::Formula { formula } => {
                let value = formula.formula.evaluate(&mut |id, shift| match (shift, position(id).and_then(|at| values.get(at))) {
                    (None, Some(value)) => Value::of(value.clone()),
                    _ => Value::missing("another period"),
                });
                value.number().cloned()
            }
            _ => None,
        };
        if !matches!(calculation, Calculation::Ratio { .. } | Calculation::Formula { .. }) {
            return Ok(Err("it is computed from rows and has no drivers; ask by a dimension".to_owned()));
        }
        let Some(parts) = split.of(&formula, &base_side, &actual_side) else {
            return Ok(Err(format!("the change of `{}` cannot be split this way: on the way it has no value, or looks at other periods", definition.id)));
        };
        let unit = explanation.unit.clone();
        let name = |id: &Id| self.system().kpi(id.as_str()).map_or_else(|| id.as_str().replace('_', " "), |kpi| kpi.name.clone());
        let driver = |((id, (base, actual)), part): ((&&Id, (Number, Number)), Number)| ExplainedDriver {
            figure: (*id).clone(),
            name: name(id),
            actual: Value::of(actual),
            base: Value::of(base),
            change: Figure::change(Value::of(part), &unit),
        };
        explanation.convention = DriverSplit::WORDS.iter().find(|(_, known)| *known == split).map_or("", |(word, _)| word);
        explanation.drivers = ids.iter().zip(base_side.into_iter().zip(actual_side)).zip(parts).map(driver).collect();
        Ok(Ok(()))
    }
}

/// The conventions by their words; a word that does not fit the question is an error.
fn conventions(why: &Why<'_>, calculation: &Calculation) -> Result<(RateMix, DriverSplit), Error> {
    let (mut rate_mix, mut drivers) = (RateMix::ThreeWay, DriverSplit::Shapley);
    let Some(word) = why.convention else { return Ok((rate_mix, drivers)) };
    let known: Vec<&str> = match (why.by.is_empty(), calculation) {
        (true, _) => DriverSplit::WORDS.map(|(word, _)| word).to_vec(),
        (false, Calculation::Ratio { .. }) => RateMix::WORDS.map(|(word, _)| word).to_vec(),
        (false, _) => vec!["members"],
    };
    if !known.contains(&word) {
        return Err(Error::new(Code::BadRequest, format!("{} is not a convention for this question", quoted(word)), one_of_help(word, &known)));
    }
    if let Some((_, found)) = RateMix::WORDS.iter().find(|(known, _)| *known == word) {
        rate_mix = *found;
    }
    if let Some((_, found)) = DriverSplit::WORDS.iter().find(|(known, _)| *known == word) {
        drivers = *found;
    }
    Ok((rate_mix, drivers))
}

/// Those that explain most come first; of equal ones the first by name.
fn largest_first(members: &mut Vec<ExplainedMember>) {
    let size = |member: &ExplainedMember| member.change.value.number().map(Number::abs);
    order::sort_by(members, |left, right| size(right).cmp(&size(left)).then_with(|| left.member.cmp(&right.member)));
}

/// What happened, in one sentence.
fn sentence(explanation: &Explanation) -> String {
    let (name, period) = (&explanation.name, explanation.base_period.as_ref().map_or_else(String::new, |base| format!(" against {base}")));
    let Some(change) = explanation.change.value.number() else {
        return format!("{name} cannot be compared{period}: {}.", explanation.change.value.cause());
    };
    let unsigned = || explanation.unit.format_change(&change.abs()).trim_start_matches(['+', '±']).to_owned();
    let what = match (change.is_zero(), change.is_negative()) {
        (true, _) => format!("{name} did not change{period}"),
        (_, true) => format!("{name} fell by {}{period}", unsigned()),
        (_, false) => format!("{name} rose by {}{period}", unsigned()),
    };
    let moved = |figure: &Figure| figure.value.number().is_some_and(|part| !part.is_zero());
    let effects = explanation.effects.iter().filter(|effect| moved(&effect.change)).map(|effect| format!("{} {}", effect.effect.words(), effect.change.text));
    let drivers = explanation.drivers.iter().filter(|driver| moved(&driver.change)).map(|driver| format!("{} {}", driver.name, driver.change.text));
    let parts = effects.chain(drivers).collect::<Vec<_>>().join(", ");
    let members =
        explanation.members.iter().filter(|member| moved(&member.change)).take(2).map(|member| format!("{} {}", readable(&member.member), member.change.text));
    let members = members.collect::<Vec<_>>().join(", ");
    match (parts.is_empty(), members.is_empty()) {
        (true, true) => format!("{what}."),
        (false, true) => format!("{what}: {parts}."),
        (true, false) => format!("{what}, most of it by {members}."),
        (false, false) => format!("{what}: {parts}; most of it by {members}."),
    }
}

fn readable(member: &Member) -> String {
    member.iter().map(MemberName::readable).collect::<Vec<_>>().join(" · ")
}
