//! Why a KPI changed, on the facts of a snapshot: by its drivers or by the members of dimensions,
//! with parts that sum exactly to the change.

mod convention;
mod drivers;
pub(super) mod members;
mod plan;
pub(super) mod sentence;

use serde::Serialize;

use super::reference::Reference;
use super::scorecard::Line;
use super::snapshot::{Snapshot, each_once};
use super::variance::{Comparison, Figure};
use super::why::effects::Effect;
use crate::base::calendar::{Grain, Period};
use crate::base::code::Code;
use crate::base::error::Error;
use crate::base::id::Id;
use crate::base::number::Number;
use crate::base::unit::Unit;
use crate::base::value::Value;
use crate::measure::Member;
use crate::model::kpi::Direction;
use crate::words::Words;
use convention::Convention;

/// A change of a KPI and what it is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The KPI.
    pub kpi: Id,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: Unit,
    /// Which way is better.
    pub direction: Direction,
    /// The period.
    pub period: Period,
    /// The period that it is held against; with a plan, the period itself.
    pub base_period: Option<Period>,
    /// What it is held against. On the wire it is left out where that is another period.
    #[serde(skip_serializing_if = "Reference::is_period")]
    pub against: Reference,
    /// The scenario that stands for the plan; left out on the wire where none does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scenario: Option<Id>,
    /// The dimensions by whose members it is told; none when it is told by its drivers.
    pub by: Vec<Id>,
    /// The figure whose quantities an amount is told by; left out on the wire when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub volume: Option<Id>,
    /// The figure.
    pub actual: Figure,
    /// The figure that it is held against.
    pub base: Figure,
    /// The change; all parts sum to it.
    pub change: Figure,
    /// How the change is split, by the word of the convention: one of
    /// [`RateMix`](crate::RateMix), of [`PriceVolume`](crate::PriceVolume), of
    /// [`DriverSplit`](crate::DriverSplit), or `members`; empty when it is not.
    pub convention: &'static str,
    /// Why it is not split; empty when it is.
    pub cause: String,
    /// The effects of a split by rate and mix or by price and volume, over all members.
    pub effects: Vec<ExplainedEffect>,
    /// The members, those that explain most first.
    pub members: Vec<ExplainedMember>,
    /// The drivers, in the order of the definition.
    pub drivers: Vec<ExplainedDriver>,
    /// By how much the plan's own figures do not agree: what the drivers' targets come to − the
    /// KPI's own target. It is a part of the change as the drivers' are. Left out on the wire when
    /// they agree, or there is no plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disagreement: Option<Figure>,
    /// What happened, in one sentence.
    pub text: String,
    /// The words in which it is shown.
    #[serde(skip)]
    pub(crate) words: Words,
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
    /// Its figure before, or its target.
    pub base: Figure,
    /// Its part of the change.
    pub change: Figure,
    /// Its part of each effect, in their order.
    pub effects: Vec<Figure>,
    /// Its quantities and prices; left out on the wire where no volume was asked by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub volume: Option<ExplainedVolume>,
}

/// The quantities of a member of an amount, and the amount for each of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExplainedVolume {
    /// The quantity in the period.
    pub actual: Value,
    /// The quantity before.
    pub base: Value,
    /// The price in the period: amount ÷ quantity.
    pub actual_price: Value,
    /// The price before.
    pub base_price: Value,
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
    /// Its value before, or its target.
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
    pub against: Reference,
    /// With [`Reference::Plan`], the scenario that stands for the plan, by its id.
    pub scenario: Option<&'a str>,
    /// The dimensions by whose members it is told; by its drivers when there are none.
    pub by: &'a [&'a str],
    /// Whose quantities an amount is told by: a KPI or measure that adds up, such as the number of
    /// deals for revenue. Prices are the amount for each of them.
    pub volume: Option<&'a str>,
    /// The word of the convention; by default `three_way`, with a volume `price_volume_mix`, and
    /// `shapley` for drivers.
    pub convention: Option<&'a str>,
}

impl Default for Why<'_> {
    fn default() -> Self {
        Self { period: None, grain: Grain::Month, against: Reference::Previous, scenario: None, by: &[], volume: None, convention: None }
    }
}

/// A change in parts.
#[derive(Debug, Default)]
struct Split {
    convention: &'static str,
    effects: Vec<ExplainedEffect>,
    members: Vec<ExplainedMember>,
    drivers: Vec<ExplainedDriver>,
    disagreement: Option<Figure>,
}

impl Split {
    /// What its parts sum to.
    fn sum(&self) -> Number {
        let members = self.members.iter().map(|member| &member.change);
        let parts = members.chain(self.drivers.iter().map(|driver| &driver.change)).chain(&self.disagreement);
        parts.filter_map(|part| part.value.number().cloned()).sum()
    }
}

/// Why there is no split.
pub(super) enum Unsplit {
    /// The question is wrong.
    Wrong(Error),
    /// The figures do not allow it.
    Because(String),
}

impl From<Error> for Unsplit {
    fn from(error: Error) -> Self {
        Self::Wrong(error)
    }
}

impl From<String> for Unsplit {
    fn from(cause: String) -> Self {
        Self::Because(cause)
    }
}

impl Snapshot {
    /// Why a KPI changed: by its drivers or, with dimensions, by their members; of an amount also by
    /// the prices and quantities of members. Parts sum to the change to the last digit; where exact
    /// arithmetic says nothing, the cause is told instead.
    ///
    /// Ratios, conversions and means are split into rates and mix over their members; amounts into
    /// members or, with a volume, into price, volume and mix, where members that are new or gone are
    /// effects of their own. Against a plan, the drivers of a formula are held against their own
    /// targets, and what these do not agree on is told apart.
    ///
    /// ```
    /// # use marketingos::{Facts, Source, System};
    /// use marketingos::{Effect, Why};
    /// # let text = "{marketingos: 1, name: Small firm, sources: {ads: {date: day, dimensions: [channel], measures: [clicks, orders], rows: events, recorded_from: 2026-01-01, recorded_until: as_of}},
    /// #   measures: {clicks: {sum: ads.clicks}},
    /// #   kpis: {orders: {name: Orders, unit: count of orders, direction: higher, sum: ads.orders}, rate: {name: Order rate, unit: percent, direction: higher, ratio: {numerator: orders, denominator: clicks}}}}";
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let rows = "day,channel,clicks,orders\n2026-01-05,search,100,10\n2026-01-05,social,100,2\n2026-02-05,search,100,11\n2026-02-05,social,300,6\n";
    /// let facts = Facts::builder(&system).csv("ads", rows).build()?;
    /// let snapshot = system.snapshot(&facts, "2026-02-28".parse()?);
    /// let why = snapshot.explain("rate", &Why { by: &["channel"], ..Why::default() })?;
    /// assert_eq!(why.text, "Order rate fell by 1.8 pp against 2026-01: rates +0.50 pp, mix −2.0 pp, rates and mix together −0.25 pp; most of it by social −1.0 pp, search −0.75 pp.");
    /// // Orders are clicks × orders a click, the price of this trade.
    /// let why = snapshot.explain("orders", &Why { by: &["channel"], volume: Some("clicks"), ..Why::default() })?;
    /// assert_eq!(why.text, "Orders rose by 5 against 2026-01: prices +1, volume +12, mix −8; most of it by social +4, search +1.");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When there is no such KPI, period, scenario, dimension, volume or convention, a dimension is named
    /// twice, or a scenario without the plan.
    pub fn explain(&self, kpi: &str, why: &Why<'_>) -> Result<Explanation, Error> {
        let line = self.line_of(kpi, why.period, why.grain)?;
        each_once(why.by)?;
        if why.scenario.is_some() && why.against != Reference::Plan {
            let message = "a scenario stands for the plan, and the question is against another period";
            return Err(Error::new(Code::BadRequest, message, "ask against the plan, or leave the scenario out"));
        }
        let scenario = self.scenario_called(why.scenario)?;
        let comparison = match (scenario, self.system().kpi(kpi)) {
            (Some(scenario), Some(kpi)) => self.standing(kpi, &line.period, Some(scenario)).comparison,
            _ => line.against(why.against).clone(),
        };
        let mut explanation = Explanation {
            kpi: line.kpi.clone(),
            name: line.name.clone(),
            unit: line.unit.clone(),
            direction: line.direction,
            period: line.period.clone(),
            base_period: comparison.period,
            against: why.against,
            scenario: scenario.map(|scenario| scenario.id.clone()),
            by: why.by.iter().filter_map(|name| Id::new(name)).collect(),
            volume: why.volume.and_then(Id::new),
            actual: line.actual.clone(),
            base: comparison.base,
            change: comparison.change,
            convention: "",
            cause: String::new(),
            effects: Vec::new(),
            members: Vec::new(),
            drivers: Vec::new(),
            disagreement: None,
            text: String::new(),
            words: line.words.clone(),
        };
        match self.split(&explanation, &line, why) {
            Ok(split) => {
                explanation.convention = split.convention;
                explanation.effects = split.effects;
                explanation.members = split.members;
                explanation.drivers = split.drivers;
                explanation.disagreement = split.disagreement;
            }
            Err(Unsplit::Because(cause)) => explanation.cause = cause,
            Err(Unsplit::Wrong(error)) => return Err(error),
        }
        explanation.text = explanation.sentence();
        Ok(explanation)
    }

    /// The line of a KPI for a period, or for the last one of a length whose figure is final.
    pub(super) fn line_of(&self, kpi: &str, period: Option<&str>, grain: Grain) -> Result<Line, Error> {
        let grain = if grain == Grain::All { Grain::Month } else { grain };
        let last = || self.system().kpi(kpi).map(|kpi| self.last_final(kpi, grain.max(kpi.shortest), self.as_of()).label);
        self.line_for(kpi, &period.map_or_else(|| last().unwrap_or_default(), str::to_owned))
    }

    /// Splits the change; the reason where that cannot be.
    fn split(&self, explanation: &Explanation, line: &Line, why: &Why<'_>) -> Result<Split, Unsplit> {
        let Some(kpi) = self.system().kpi(explanation.kpi.as_str()) else { return Err(Unsplit::Because(String::new())) };
        let convention = Convention::of(why, &kpi.definition.calculation)?;
        // Names of dimensions and figures are wrong or right whatever the figures say.
        let by_member =
            if why.by.is_empty() { None } else { Some(self.members_of(kpi, why.by, why.volume, explanation.base_period.as_ref(), &explanation.period)?) };
        let (Some(change), Some(_)) = (explanation.change.value.number(), &explanation.base_period) else {
            return Err(Unsplit::Because(explanation.change.value.cause().to_owned()));
        };
        if why.against == Reference::Plan {
            let target = self.standing(kpi, &line.period, self.scenario_called(why.scenario)?).target;
            if target.is_some_and(|target| target.low != target.high) {
                return Err(Unsplit::Because("its target is a band, and no one value".to_owned()));
            }
        }
        let split = match (&by_member, convention) {
            (Some(by_member), convention) => by_member.split(convention, explanation)?,
            (None, Convention::Drivers(split)) => self.by_drivers(kpi, line, split, explanation)?,
            (None, _) => return Err(Unsplit::Because(String::new())),
        };
        if split.sum() == *change {
            return Ok(split);
        }
        // Such as where part of a period is covered for some of its parts.
        Err(Unsplit::Because(match by_member.as_ref().and_then(|by_member| by_member.does_not_add_up()) {
            Some(figure) => format!("`{figure}` does not add up over members"),
            None => "the parts do not rest on the same days as the figure".to_owned(),
        }))
    }
}

impl Line {
    /// The comparison with what a figure is held against.
    pub(super) fn against(&self, reference: Reference) -> &Comparison {
        match reference {
            Reference::Previous => &self.previous,
            Reference::PriorYear => &self.prior_year,
            Reference::Plan => &self.plan,
        }
    }
}
