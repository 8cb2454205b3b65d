//! A KPI by the members of dimensions, each against its own target, and what of the total's target
//! no member has.

use serde::Serialize;

use super::against::{LevelReached, Standing};
use super::scorecard::OnTarget;
use super::snapshot::{Snapshot, each_once};
use super::target::{Planned, TargetFor};
use super::variance::{Comparison, Figure};
use crate::base::calendar::{Grain, Period};
use crate::base::code::Code;
use crate::base::error::Error;
use crate::base::id::Id;
use crate::base::map::Map;
use crate::base::number::Number;
use crate::base::order;
use crate::base::unit::Unit;
use crate::base::value::Value;
use crate::measure::{Caveat, Coverage, Member, MemberName, Observation};
use crate::model::kpi::{Additivity, Direction, Kpi};
use crate::model::plan::{Phasing, PlannedMember, Scenario, Target};

/// A KPI by members, each against its own target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ByMember {
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
    /// The dimensions.
    pub by: Vec<Id>,
    /// Every member that has facts in the period, or a target for it: the null member first, then
    /// by name.
    pub members: Vec<MemberLine>,
    /// All members together, against the total's target.
    pub total: MemberLine,
    /// The total's target less those of the members: what nobody has, or below zero what is promised
    /// twice; a reason for figures that do not add up over members.
    pub remainder: Figure,
}

/// A member, or the total, against its target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MemberLine {
    /// The member, one name for each dimension; none for the total.
    pub member: Member,
    /// The actual figure.
    pub actual: Figure,
    /// The days that it covers.
    pub coverage: Coverage,
    /// The rows that it rests on.
    pub rows: u64,
    /// What a reader must know.
    pub caveats: Vec<Caveat>,
    /// Where its target comes from, if it has one.
    pub target: Option<TargetFor>,
    /// The level reached, where its target has levels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<LevelReached>,
    /// Against its target.
    pub plan: Comparison,
    /// Whether it is on target.
    pub status: OnTarget,
}

impl MemberLine {
    fn new(actual: Observation, standing: Standing, unit: &Unit) -> Self {
        let Standing { target, comparison, level, status } = standing;
        let Observation { member, value, rows, coverage, caveats, .. } = actual;
        Self { member, actual: Figure::of(value, unit), coverage, rows, caveats, target, level, plan: comparison, status }
    }
}

impl Snapshot {
    /// A KPI by the members of dimensions, each against the target that is set for it; and what of
    /// the total's target no member has. Without a period it is the last whose figure is final.
    ///
    /// ```
    /// use marketingos::{Facts, Grain, Source, System};
    /// let text = "
    /// marketingos: 1
    /// name: Small firm
    /// sources: { leads: { date: created, dimensions: [channel], rows: events, recorded_from: 2026-01-01, recorded_until: as_of } }
    /// kpis: { leads: { unit: count of leads, direction: higher, count: leads } }
    /// plan: { targets: { leads: [ { period: 2026-01, value: 5 }, { period: 2026-01, by: { channel: web }, value: 3 } ] } }
    /// ";
    /// let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let facts = Facts::builder(&system).csv("leads", "created,channel\n2026-01-05,web\n2026-01-09,fair\n").build()?;
    /// let found = system.snapshot(&facts, "2026-01-31".parse()?).by_member("leads", None, Grain::Month, &["channel"])?;
    /// let web = found.members.iter().find(|line| line.member == ["web".into()]).unwrap();
    /// assert_eq!((web.actual.text.as_str(), web.plan.change.text.as_str()), ("1", "\u{2212}2"));
    /// assert_eq!(found.remainder.text, "2");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When there is no such KPI or period, or the KPI cannot be broken down by a dimension, or one is
    /// named twice.
    pub fn by_member(&self, kpi: &str, period: Option<&str>, grain: Grain, by: &[&str]) -> Result<ByMember, Error> {
        self.by_member_in(None, kpi, period, grain, by)
    }

    /// The same against a scenario, or the plan.
    pub(super) fn by_member_in(&self, scenario: Option<&Scenario>, kpi: &str, period: Option<&str>, grain: Grain, by: &[&str]) -> Result<ByMember, Error> {
        let kpi = self.kpi_called(kpi)?;
        let grain = if grain == Grain::All { Grain::Month } else { grain };
        let period = match period {
            Some(period) => self.period_called(period)?,
            None => self.last_final(kpi, grain.max(kpi.shortest), self.as_of()),
        };
        if by.is_empty() {
            return Err(Error::new(Code::UnknownDimension, "no dimension is named".to_owned(), "name at least one, such as `channel`"));
        }
        each_once(by)?;
        let shown = |observation: &Observation| (observation.period.first, observation.period.last) == (period.first, period.last);
        let series = self.series(kpi.definition.id.as_str(), period.grain, by)?;
        let observed: Map<Member, Observation> = series.into_iter().filter(shown).map(|observation| (observation.member.clone(), observation)).collect();
        let names: Vec<Id> = by.iter().filter_map(|name| Id::new(name)).collect();
        let total = self.observation(kpi, &period).into_owned();
        let shape = self.shape(scenario, kpi, &names)?;

        let mut members: Vec<Member> = observed.keys().cloned().chain(self.planned_members(scenario, kpi, &names, &period)).collect();
        order::sort_distinct(&mut members);
        let mut targets: Map<&[PlannedMember], Vec<&Target>> = Map::new();
        for target in self.system().targets_in(scenario, &kpi.definition.id) {
            targets.entry(&target.by).or_default().push(target);
        }
        let code = scenario.map_or_else(|| "PL".to_owned(), |scenario| scenario.code.clone());
        let lines = members.into_iter().map(|member| {
            let actual = observed.get(&member).cloned().unwrap_or_else(|| absent(&total, &member, self.adds_up(kpi)));
            let measured = |period: &Period| {
                let known = shape.get(&(member.clone(), (period.first, period.last))).cloned();
                known.unwrap_or_else(|| self.shape_of(kpi, &absent(&self.observation(kpi, period), &member, self.adds_up(kpi))))
            };
            let by = planned(&names, &member);
            let own = targets.get(by.as_slice()).cloned().unwrap_or_default();
            let target = Planned::of(self.system(), kpi, scenario, &by, own, &measured).on(&period, self.as_of());
            let standing = Standing::of(self.system(), kpi, &period, &actual, target, code.clone());
            MemberLine::new(actual, standing, &kpi.unit)
        });
        let members: Vec<MemberLine> = lines.collect();
        let total = MemberLine::new(total, self.standing(kpi, &period, scenario), &kpi.unit);
        let remainder = Figure::of(if self.adds_up(kpi) { remainder(&members, &total) } else { no_sum() }, &kpi.unit);
        let (name, unit, direction) = (kpi.name.clone(), kpi.unit.clone(), kpi.direction);
        Ok(ByMember { kpi: kpi.definition.id.clone(), name, unit, direction, period, by: names, members, total, remainder })
    }

    fn adds_up(&self, kpi: &Kpi) -> bool {
        self.system().additivity(&kpi.definition) != Additivity::NonAdditive
    }

    /// The members for which a target of days in the period is known, in the order of the question.
    fn planned_members(&self, scenario: Option<&Scenario>, kpi: &Kpi, names: &[Id], period: &Period) -> Vec<Member> {
        let targets = self.system().targets_in(scenario, &kpi.definition.id);
        let known = targets.filter(|target| target.span().overlap(period.span()).is_some() && target.set_on.is_none_or(|set_on| set_on <= self.as_of()));
        let member = |by: &[PlannedMember]| {
            let name = |name: &Id| by.iter().find(|each| each.dimension == *name).map(|each| MemberName::from(each.member.as_deref()));
            names.iter().map(name).collect::<Option<Member>>()
        };
        known.filter(|target| target.by.len() == names.len()).filter_map(|target| member(&target.by)).collect()
    }

    /// What the members were in every month, where a target is spread by that.
    fn shape(&self, scenario: Option<&Scenario>, kpi: &Kpi, names: &[Id]) -> Result<Map<MonthOf, Value>, Error> {
        let mut targets = self.system().targets_in(scenario, &kpi.definition.id);
        if !targets.any(|target| target.phasing == Phasing::LastYear && !target.by.is_empty()) {
            return Ok(Map::new());
        }
        let names: Vec<&str> = names.iter().map(Id::as_str).collect();
        let series = self.series(kpi.definition.id.as_str(), Grain::Month, &names)?;
        let whole = |observation: Observation| {
            let value = self.shape_of(kpi, &observation);
            ((observation.member, (observation.period.first, observation.period.last)), value)
        };
        Ok(series.into_iter().map(whole).collect())
    }
}

type MonthOf = (Member, (crate::base::date::Date, crate::base::date::Date));

fn not_there(period: &Period) -> Value {
    Value::missing(format!("there are no data for {period}"))
}

fn no_sum() -> Value {
    Value::not_comparable("the targets of members do not add up to that of the total, because the figure does not")
}

/// The targets of a member are found by its dimensions in the order of their ids.
fn planned(names: &[Id], member: &Member) -> Vec<PlannedMember> {
    let each = |(dimension, name): (&Id, &MemberName)| PlannedMember { dimension: dimension.clone(), member: name.name().map(str::to_owned) };
    let mut planned: Vec<PlannedMember> = names.iter().zip(member).map(each).collect();
    order::sort_by_key(&mut planned, |each| each.dimension.clone());
    planned
}

/// A member without rows: of what adds up it has nothing of the total, as far as that is known.
fn absent(total: &Observation, member: &Member, adds_up: bool) -> Observation {
    let nothing = || Number::from(0);
    let value = match &total.value {
        Value::Value { .. } if adds_up => Value::of(nothing()),
        Value::Incomplete { cause, .. } if adds_up => Value::Incomplete { cause: cause.clone(), so_far: nothing() },
        _ => not_there(&total.period),
    };
    Observation { member: member.clone(), value, rows: 0, caveats: Vec::new(), ..total.clone() }
}

/// What is left of the total's target when the members have theirs.
fn remainder(members: &[MemberLine], total: &MemberLine) -> Value {
    let point = |line: &MemberLine| match &line.target {
        Some(target) if target.low == target.high => Ok(target.low.clone()),
        Some(_) => Err(Value::not_comparable("a band has no remainder")),
        None => Err(line.plan.base.value.clone()),
    };
    let mut left = match point(total) {
        Ok(target) => target,
        Err(reason) => return reason,
    };
    for line in members {
        match point(line) {
            Ok(target) => left = left - target,
            // A member without a target has nothing of the total's.
            Err(Value::Missing { .. }) => {}
            Err(reason) => return reason,
        }
    }
    Value::of(left)
}
