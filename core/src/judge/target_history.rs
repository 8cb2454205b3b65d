//! The targets that a period ever had: what was it held against as of a date?

use serde::Serialize;

use super::snapshot::Snapshot;
use super::target::{Planned, TargetFor};
use super::variance::Figure;
use crate::base::calendar::{Grain, Period};
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::id::Id;
use crate::base::map::Map;
use crate::base::order;
use crate::base::unit::Unit;
use crate::base::value::Value;
use crate::measure::Coverage;
use crate::model::plan::{Aim, Target, TargetStatus};

/// Every target that concerned a KPI in a period, and which of them held when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TargetHistory {
    /// The KPI.
    pub kpi: Id,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: Unit,
    /// The period.
    pub period: Period,
    /// The as-of date; what was set later is not known.
    pub as_of: Date,
    /// The targets in the order in which they were set, those without a day first.
    pub targets: Vec<TargetSet>,
    /// What the period was held against, oldest first; the last one holds as of the date.
    pub held: Vec<HeldTarget>,
}

/// A target that concerns the period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TargetSet {
    /// The length of the periods that it is set for.
    pub set_for: Grain,
    /// The first of these.
    pub from: String,
    /// The last of these.
    pub to: String,
    /// What it aims at in each.
    pub aim: Aim,
    /// What it comes to on the days of this period for which it is set; of a band the lower bound.
    pub value: Figure,
    /// How many of the period's days these are.
    pub covers: Coverage,
    /// Who set it.
    pub set_by: Option<Id>,
    /// When it was set; `None` counts as before all others.
    pub set_on: Option<Date>,
    /// Where it is written; empty when nowhere else.
    pub document: String,
    /// How firm it is.
    pub status: TargetStatus,
    /// When the period, or days of it, were held against it; `None` when never.
    pub held: Option<HeldDays>,
    /// Whether it holds as of the date.
    pub holds: bool,
}

/// From when to when a target held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct HeldDays {
    /// The first day; `None` when it has no beginning, because its day of setting is not known.
    pub from: Option<Date>,
    /// The last day; `None` while it holds.
    pub until: Option<Date>,
}

/// What the period was held against for some time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HeldTarget {
    /// From when to when.
    #[serde(flatten)]
    pub days: HeldDays,
    /// The target, of a band the lower bound; or why there was no single one.
    pub value: Figure,
    /// Where it came from; of several parts, from the one set last.
    pub target: Option<TargetFor>,
}

impl Snapshot {
    /// The targets that a KPI ever had for a period, in the order in which they were set, with what
    /// each comes to for it, and from when to when it held. For a period that is over, what was
    /// known at its end holds for good; a target set later only if there was none.
    ///
    /// ```
    /// use marketingos::{Facts, Source, System};
    /// let text = "
    /// marketingos: 1
    /// name: Small firm
    /// sources: { leads: { date: created, rows: events } }
    /// kpis: { leads: { unit: count of leads, direction: higher, count: leads } }
    /// plan: { targets: { leads: [
    ///   { period: 2026-Q3, value: 92, set_on: 2025-12-01, document: Annual plan },
    ///   { period: 2026-08, value: 25, set_on: 2026-06-20, document: Plan of June } ] } }
    /// ";
    /// let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let facts = Facts::builder(&system).csv("leads", "created\n2026-08-05\n").build()?;
    /// let history = system.snapshot(&facts, "2026-09-30".parse()?).target_history("leads", "2026-08")?;
    /// let held: Vec<String> = history.held.iter().map(|held| format!("{:?} {}", held.days.until.map(|day| day.to_string()), held.value.text)).collect();
    /// assert_eq!(held, ["Some(\"2026-06-19\") 31", "None 25"]);
    /// assert_eq!(history.targets[0].document, "Annual plan");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When there is no such KPI, or no such period in the calendar.
    pub fn target_history(&self, kpi: &str, period: &str) -> Result<TargetHistory, Error> {
        let (kpi, period) = (self.kpi_called(kpi)?, self.period_called(period)?);
        let measured = |period: &Period| self.whole(kpi, period);
        let planned = Planned::new(self.system(), kpi, None, &[], &measured);
        let calendar = self.system().calendar();
        // A target is for whole periods: the week that begins before a month is part of it.
        let concerns = |target: &&Target| target.span().overlap(period.span()).is_some();
        let mut known: Vec<&Target> = planned.targets.iter().copied().filter(concerns).collect();
        known.retain(|target| target.set_on.is_none_or(|set_on| set_on <= self.as_of()));
        order::sort_by_key(&mut known, |target| target.set_on);

        let figure = |target: Result<TargetFor, Value>| Figure::of(target.map_or_else(|reason| reason, |target| Value::of(target.low)), &kpi.unit);
        let mut times: Map<Key, HeldDays> = Map::new();
        let mut holding: Vec<Key> = Vec::new();
        let mut held: Vec<HeldTarget> = Vec::new();
        for (set_on, found) in stages(&planned, &period, &known) {
            let until = set_on.map(|day| day.plus_days(-1));
            let (target, parts) = match found {
                Ok((target, parts)) => (Ok(target), parts.iter().map(|part| key(part.target)).collect()),
                Err(Value::Missing { .. }) => continue,
                Err(reason) => (Err(reason), Vec::new()),
            };
            for key in std::mem::replace(&mut holding, parts) {
                times.entry(key).or_insert(HeldDays { from: set_on, until }).until = until;
            }
            for key in &holding {
                times.entry(*key).or_insert(HeldDays { from: set_on, until: None }).until = None;
            }
            if held.last().is_some_and(|last| last.target.as_ref() == target.as_ref().ok() && last.value == figure(target.clone())) {
                continue;
            }
            if let Some(last) = held.last_mut() {
                last.days.until = until;
            }
            held.push(HeldTarget { days: HeldDays { from: set_on, until: None }, target: target.clone().ok(), value: figure(target) });
        }
        let targets = known.iter().map(|target| {
            let (alone, days) = planned.alone(target, &period);
            let days_held = times.get(&key(target)).copied();
            TargetSet {
                set_for: target.grain,
                from: calendar.period(target.grain, target.first).label,
                to: calendar.period(target.grain, target.last).label,
                aim: target.aim.clone(),
                value: figure(alone),
                covers: Coverage { days, of: period.span().days() },
                set_by: target.set_by.clone(),
                set_on: target.set_on,
                document: target.document.clone(),
                status: target.status,
                held: days_held,
                holds: days_held.is_some_and(|days| days.until.is_none()),
            }
        });
        let targets = targets.collect();
        let (name, unit) = (kpi.name.clone(), kpi.unit.clone());
        Ok(TargetHistory { kpi: kpi.definition.id.clone(), name, unit, targets, held, as_of: self.as_of(), period })
    }
}

/// What tells the targets of one figure apart: of two with the same length and day of setting, the
/// periods do not overlap.
type Key = (Grain, Option<Date>, Date);

fn key(target: &Target) -> Key {
    (target.grain, target.set_on, target.first)
}

type Found<'a> = Result<(TargetFor, Vec<super::target::Part<'a>>), Value>;

/// What held after each day on which something was set, until the period's own target is settled.
fn stages<'a>(planned: &Planned<'a>, period: &Period, known: &[&'a Target]) -> Vec<(Option<Date>, Found<'a>)> {
    let mut stages: Vec<(Option<Date>, Found<'a>)> = Vec::new();
    // Those that none set later for the same days of the period has taken the place of.
    let mut alive: Vec<&Target> = Vec::new();
    let within = |target: &Target| target.span().overlap(period.span());
    for (position, target) in known.iter().enumerate() {
        let late = |set_on: Option<Date>| set_on.is_some_and(|set_on| set_on > period.last);
        if late(target.set_on) && stages.last().is_some_and(|(set_on, found)| found.is_ok() && !late(*set_on)) {
            break;
        }
        let hides = |other: &Target| {
            let (Some(mine), Some(its)) = (within(target), within(other)) else { return false };
            other.grain == target.grain && mine.first <= its.first && its.last <= mine.last
        };
        alive.retain(|other| !hides(other));
        alive.push(target);
        let more_that_day = known.get(position.saturating_add(1)).is_some_and(|next| next.set_on == target.set_on);
        if !more_that_day {
            stages.push((target.set_on, planned.of_known(period, &alive)));
        }
    }
    stages
}
