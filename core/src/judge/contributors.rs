//! Which members explain most of a KPI's change, of every combination of some dimensions.

use serde::Serialize;

use super::explanation::Unsplit;
use super::explanation::sentence::{THE_PLAN, not_comparable, readable, what_happened};
use super::reference::Reference;
use super::snapshot::{Snapshot, each_once};
use super::variance::Figure;
use super::why::contributors::{Cuboid, Found, MOST_DIMENSIONS, Named, find, surprise};
use super::why::effects::Effect;
use super::why::rate_mix::RateMix;
use crate::base::calendar::{Grain, Period};
use crate::base::code::Code;
use crate::base::error::Error;
use crate::base::id::Id;
use crate::base::number::Number;
use crate::base::unit::Unit;
use crate::base::value::Value;
use crate::judge::explanation::ExplainedEffect;
use crate::judge::explanation::members::Members;
use crate::measure::Member;

/// The most members that are named for each combination of dimensions, unless the question says so.
const MOST_NAMED: usize = 3;

/// A change of a KPI and the members that explain most of it, for every combination of dimensions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Contributors {
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
    /// The dimensions.
    pub by: Vec<Id>,
    /// The figure.
    pub actual: Figure,
    /// The figure that it is held against.
    pub base: Figure,
    /// The change.
    pub change: Figure,
    /// Why nobody is named; empty when there is something to be told.
    pub cause: String,
    /// Each dimension and each combination of them, the most telling first. In each, the named
    /// members and the rest sum to the change.
    pub combinations: Vec<Combination>,
    /// What happened, in one sentence.
    pub text: String,
}

/// Who explains a change, by some dimensions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Combination {
    /// The dimensions.
    pub by: Vec<Id>,
    /// How many members they have together in either period.
    pub members: u64,
    /// The fewest members that explain enough of the change, those that explain most first.
    pub contributors: Vec<Contributor>,
    /// All other members together.
    pub rest: ContributorRest,
    /// The share of the change that the named members explain: their explanatory power. More than
    /// all of it where others went the other way.
    pub share: Figure,
    /// Whether they explain as much as two thirds of it (67 %).
    pub is_enough: bool,
    /// How far the named members' shares of the figure moved, from 0, not at all, to 1: half the
    /// triangular discrimination, `½ Σ (p − q)² ÷ (p + q)`, a close bound of the Jensen–Shannon
    /// divergence. Of a ratio, the mean of that of its two parts. In millionths.
    pub surprise: Number,
}

/// A member that explains much of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Contributor {
    /// The member, one name for each dimension.
    pub member: Member,
    /// Its figure in the period.
    pub actual: Figure,
    /// Its figure before.
    pub base: Figure,
    /// Its part of the change.
    pub change: Figure,
    /// That part ÷ the change: its explanatory power.
    pub share: Figure,
    /// How far its share of the figure moved; see [`Combination::surprise`].
    pub surprise: Number,
    /// Of a ratio, its part by rate, mix and both together, against the base.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub effects: Vec<ExplainedEffect>,
}

/// The members that are not named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ContributorRest {
    /// How many.
    pub members: u64,
    /// Their part of the change.
    pub change: Figure,
}

/// Whose contributors are asked for.
#[derive(Clone, Copy, Debug)]
pub struct Contributing<'a> {
    /// The period, by its name; the last whose figure is final when there is none.
    pub period: Option<&'a str>,
    /// The length of that last period.
    pub grain: Grain,
    /// What it is held against.
    pub against: Reference,
    /// The dimensions, one to four.
    pub by: &'a [&'a str],
    /// The most members that are named for each combination; three when there is none.
    pub top: Option<usize>,
}

impl Default for Contributing<'_> {
    fn default() -> Self {
        Self { period: None, grain: Grain::Month, against: Reference::Previous, by: &[], top: None }
    }
}

impl Snapshot {
    /// Which members explain most of a KPI's change, of every dimension and every combination of
    /// some dimensions: of three, seven. For each the fewest members are named that explain 67 % of
    /// the change together and 10 % each, at most `top`; all others are one line, so that each
    /// combination sums to the change exactly. Combinations that explain enough come first, and of
    /// these the ones whose named members surprise most.
    ///
    /// Of an amount, a member's part is its own change; of a ratio, conversion or mean, its rate,
    /// mix and interaction by [`RateMix::ThreeWay`]. A numerator without a denominator is held
    /// against the ratio of all, so that parts of members sum to the part of the whole.
    ///
    /// Source: R. Bhagwan et al., "Adtributor: Revenue Debugging in Advertising Systems", NSDI 2014,
    /// with a rational measure of surprise.
    ///
    /// ```
    /// # use marketingos::{Facts, Source, System};
    /// use marketingos::Contributing;
    /// # let text = "{marketingos: 1, name: Small firm, sources: {ads: {date: day, dimensions: [channel, country], measures: [orders], rows: events, recorded_from: 2026-01-01, recorded_until: as_of}},
    /// #   kpis: {orders: {name: Orders, unit: count of orders, direction: higher, sum: ads.orders}}}";
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let rows = "day,channel,country,orders\n2026-01-05,search,NL,50\n2026-01-05,search,DE,50\n2026-01-05,social,NL,50\n2026-01-05,social,DE,50\n\
    ///             2026-02-05,search,NL,51\n2026-02-05,search,DE,49\n2026-02-05,social,NL,50\n2026-02-05,social,DE,20\n";
    /// let facts = Facts::builder(&system).csv("ads", rows).build()?;
    /// let snapshot = system.snapshot(&facts, "2026-02-28".parse()?);
    /// let found = snapshot.contributors("orders", &Contributing { by: &["channel", "country"], ..Contributing::default() })?;
    /// assert_eq!(found.text, "Orders fell by 30 against 2026-01; by channel and country, 1 of 4 explains 100.0% of it: social · DE −30; all others ±0.");
    /// assert_eq!(found.combinations.len(), 3);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When there is no such KPI, period or dimension, none or more than four dimensions are named,
    /// or one twice.
    pub fn contributors(&self, kpi: &str, question: &Contributing<'_>) -> Result<Contributors, Error> {
        let line = self.line_of(kpi, question.period, question.grain)?;
        let by = dimensions(question.by)?;
        let comparison = line.against(question.against).clone();
        let mut answer = Contributors {
            kpi: line.kpi,
            name: line.name,
            unit: line.unit,
            period: line.period,
            base_period: comparison.period,
            by,
            actual: line.actual,
            base: comparison.base,
            change: comparison.change,
            cause: String::new(),
            combinations: Vec::new(),
            text: String::new(),
        };
        match self.found(&answer, question) {
            Ok(combinations) => answer.combinations = combinations,
            Err(Unsplit::Because(cause)) => answer.cause = cause,
            Err(Unsplit::Wrong(error)) => return Err(error),
        }
        answer.text = answer.sentence(question);
        Ok(answer)
    }

    fn found(&self, answer: &Contributors, question: &Contributing<'_>) -> Result<Vec<Combination>, Unsplit> {
        let Some(kpi) = self.system().kpi(answer.kpi.as_str()) else { return Err(Unsplit::Because(String::new())) };
        let by_member = self.members_of(kpi, question.by, None, answer.base_period.as_ref(), &answer.period)?;
        let (Some(change), Some(_)) = (answer.change.value.number(), &answer.base_period) else {
            return Err(Unsplit::Because(answer.change.value.cause().to_owned()));
        };
        if question.against == Reference::Plan {
            return Err(Unsplit::Because("a plan is told by its drivers; see `explain`".to_owned()));
        }
        if let Some(figure) = by_member.does_not_add_up() {
            return Err(Unsplit::Because(format!("`{figure}` does not add up over members")));
        }
        let cells = by_member.members()?;
        let most = question.top.unwrap_or(MOST_NAMED);
        let found = find(&cells, &by_member.figures.radix(), by_member.is_quotient(), most);
        let Found { change: sum, cuboids } = found.ok_or_else(|| format!("`{}` sums to zero", by_member.denominator()))?;
        if sum != *change {
            return Err(Unsplit::Because("the parts do not rest on the same days as the figure".to_owned()));
        }
        Ok(cuboids.iter().map(|cuboid| answer.combination(cuboid, &by_member)).collect())
    }
}

/// The dimensions that a question names.
fn dimensions(names: &[&str]) -> Result<Vec<Id>, Error> {
    if names.is_empty() || names.len() > MOST_DIMENSIONS {
        return Err(Error::new(Code::BadRequest, format!("{} dimensions are asked by", names.len()), "name one to four dimensions"));
    }
    each_once(names)?;
    Ok(names.iter().filter_map(|name| Id::new(name)).collect())
}

impl Contributors {
    fn combination(&self, cuboid: &Cuboid, by_member: &Members<'_>) -> Combination {
        let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        let share = cuboid.share.clone().map_or_else(|| Value::undefined("nothing changed"), Value::of);
        Combination {
            by: cuboid.dimensions.iter().filter_map(|at| self.by.get(*at).cloned()).collect(),
            members: count(cuboid.members),
            contributors: cuboid.named.iter().map(|named| self.contributor(named, &cuboid.dimensions, by_member)).collect(),
            rest: ContributorRest {
                members: count(cuboid.members.saturating_sub(cuboid.named.len())),
                change: Figure::change(Value::of(cuboid.rest.clone()), &self.unit),
            },
            share: Figure::of(share, &Unit::Percent),
            is_enough: cuboid.is_enough,
            surprise: surprise(cuboid.surprise),
        }
    }

    fn contributor(&self, named: &Named, dimensions: &[usize], by_member: &Members<'_>) -> Contributor {
        let names = by_member.figures.member(named.combination);
        let change = |value: &Number| Figure::change(Value::of(value.clone()), &self.unit);
        let figure = |numerator: &Number, denominator: &Number| {
            let value = if by_member.is_quotient() {
                numerator.divided_by(denominator).map_or_else(|| Value::undefined(format!("{} is zero", by_member.denominator())), Value::of)
            } else {
                Value::of(numerator.clone())
            };
            Figure::of(value, &self.unit)
        };
        let effects = RateMix::ThreeWay.effects().iter().zip(&named.effects);
        Contributor {
            member: dimensions.iter().filter_map(|at| names.get(*at).cloned()).collect(),
            actual: figure(&named.values.actual_numerator, &named.values.actual_denominator),
            base: figure(&named.values.base_numerator, &named.values.base_denominator),
            change: change(&named.change),
            share: Figure::of(Value::of(named.share.clone()), &Unit::Percent),
            surprise: surprise(named.surprise),
            effects: effects
                .filter(|(effect, part)| **effect != Effect::WithoutBase || !part.is_zero())
                .map(|(effect, part)| ExplainedEffect { effect: *effect, change: change(part) })
                .collect(),
        }
    }

    fn sentence(&self, question: &Contributing<'_>) -> String {
        let against = question.against;
        let Some(what) = what_happened(&self.name, &self.change, &self.unit, against, THE_PLAN, self.base_period.as_ref()) else {
            return not_comparable(&self.name, &self.change, against, THE_PLAN, self.base_period.as_ref());
        };
        let Some(first) = self.combinations.first() else { return format!("{what}.") };
        let nothing = self.change.value.number().is_some_and(Number::is_zero);
        if nothing || question.top == Some(0) {
            return format!("{what}.");
        }
        if first.contributors.is_empty() {
            return format!("{what}; nobody explains as much as a tenth of it.");
        }
        let by = first.by.iter().map(|dimension| dimension.as_str().replace('_', " ")).collect::<Vec<_>>().join(" and ");
        let named = first.contributors.iter().map(|named| format!("{} {}", readable(&named.member), named.change.text)).collect::<Vec<_>>().join(", ");
        let (count, all) = (first.contributors.len(), first.members);
        let explain = if count == 1 { "explains" } else { "explain" };
        let only = if first.is_enough { "" } else { "no more than " };
        let rest = if first.rest.members == 0 { String::new() } else { format!("; all others {}", first.rest.change.text) };
        format!("{what}; by {by}, {count} of {all} {explain} {only}{} of it: {named}{rest}.", first.share.text)
    }
}
