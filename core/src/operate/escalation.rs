//! What escalates, to whom, why, since when, and what would clear it.

use serde::Serialize;

use super::sentence;
use crate::base::calendar::{Grain, Period};
use crate::base::id::Id;
use crate::base::number::Number;
use crate::base::unit::format_relative;
use crate::base::value::Value;
use crate::judge::scorecard::{Line, SignalStatus};
use crate::judge::snapshot::Snapshot;
use crate::judge::variance::Impact;
use crate::model::kpi::Kpi;
use crate::model::rhythm::{Rung, Trigger, When};

/// How many periods back the beginning of a trouble is looked for.
const MOST_PERIODS: usize = 36;

/// A KPI whose state a declared trigger hands up the ladder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Escalation {
    /// The KPI.
    pub kpi: Id,
    /// Its name.
    pub name: String,
    /// The highest rung that a trigger calls.
    pub to: Rung,
    /// Who stands on it; `None` when nobody is named.
    pub person: Option<String>,
    /// Why, trigger by trigger.
    pub reasons: Vec<EscalationReason>,
}

/// One trigger that fired.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EscalationReason {
    /// What is the matter, in a sentence.
    pub why: String,
    /// The first period in which it was so without a break.
    pub since: Period,
    /// What would clear it.
    pub clears: String,
}

impl Snapshot {
    /// The escalations of all KPIs, highest rung first, then in the system's order.
    #[must_use]
    pub fn escalations(&self) -> Vec<Escalation> {
        let mut escalations: Vec<Escalation> = Vec::new();
        for kpi in self.system().kpis() {
            let fired: Vec<(Rung, EscalationReason)> =
                self.system().triggers().iter().filter_map(|trigger| Some((trigger.to, self.fires(kpi, trigger)?))).collect();
            let Some(to) = fired.iter().map(|(rung, _)| *rung).max() else { continue };
            let mut reasons: Vec<EscalationReason> = Vec::new();
            // A looser trigger of the same kind adds nothing to a stricter one.
            for (_, reason) in fired.into_iter().rev() {
                if reasons.iter().all(|known| known.why != reason.why) {
                    reasons.insert(0, reason);
                }
            }
            escalations.push(Escalation { kpi: kpi.definition.id.clone(), name: kpi.name.clone(), to, person: self.on_rung(to, kpi), reasons });
        }
        escalations.sort_by_key(|escalation| std::cmp::Reverse(escalation.to));
        escalations
    }

    fn on_rung(&self, rung: Rung, kpi: &Kpi) -> Option<String> {
        let system = self.system();
        let operator = || system.operator().on(self.as_of()).map(|assignment| &assignment.person);
        let person = match rung {
            Rung::Executive => return system.executive().map(|person| person.name.clone()),
            Rung::Operator => operator(),
            // Nobody answers for it, so the operator does (domain D3).
            Rung::Owner => kpi.owner.on(self.as_of()).map(|assignment| &assignment.person).or_else(operator),
        };
        person.and_then(|id| system.person(id.as_str())).map(|person| person.name.clone())
    }

    fn fires(&self, kpi: &Kpi, trigger: &Trigger) -> Option<EscalationReason> {
        let current = self.last_final(kpi, trigger.each, self.as_of());
        let line = self.line(kpi, &current);
        match &trigger.when {
            When::OffTarget { by, periods } => {
                let run = self.run(kpi, line.clone(), |line| is_off(line, by));
                if run.len() < usize::try_from(*periods).unwrap_or(usize::MAX) {
                    return None;
                }
                let share = format_relative(&Value::of(by.clone()));
                let why = format!("{} It has missed its target by more than {} for {}.", sentence::against_plan(&line), share.trim_start_matches('+'), lasting(run.len(), trigger.each));
                let clears = format!("a {} within {} of the target", trigger.each.as_str(), share.trim_start_matches('+'));
                Some(EscalationReason { why, since: run.into_iter().last()?, clears })
            }
            When::AdverseSignal => {
                let run = self.run(kpi, line.clone(), |line| line.status.signal == SignalStatus::Adverse);
                let since = run.into_iter().last()?;
                let why = format!("{}: {} in {}. {}", line.name, line.actual.text, sentence::period(&line.period), sentence::signal(&line));
                Some(EscalationReason { why, since, clears: "a value that breaks no rule of its process chart".to_owned() })
            }
            When::NoValue => {
                let run = self.run(kpi, line.clone(), |line| line.actual.value.number().is_none());
                let since = run.into_iter().last()?;
                Some(EscalationReason { why: sentence::against_plan(&line), since, clears: "complete data for the period".to_owned() })
            }
        }
    }

    /// The unbroken run of periods, latest first, in which something is so.
    fn run(&self, kpi: &Kpi, line: Line, is_so: impl Fn(&Line) -> bool) -> Vec<Period> {
        let mut run = Vec::new();
        let mut line = line;
        while run.len() < MOST_PERIODS && is_so(&line) {
            let earlier = self.system().calendar().previous(&line.period);
            run.push(line.period.clone());
            match earlier {
                Some(earlier) => line = self.line(kpi, &earlier),
                None => break,
            }
        }
        run
    }
}

fn lasting(periods: usize, each: Grain) -> String {
    let word = each.as_str();
    if periods == 1 { format!("1 {word}") } else { format!("{periods} {word}s in a row") }
}

/// Adverse by more than the share of the target.
fn is_off(line: &Line, by: &Number) -> bool {
    let (Some(change), Some(target)) = (line.plan.change.value.number(), line.plan.base.value.number()) else { return false };
    line.plan.impact == Impact::Adverse && change.abs() > by.clone() * target.abs()
}
