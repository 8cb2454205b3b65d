//! What escalates, to whom, why, since when, and what would clear it.

use std::mem::discriminant;

use serde::Serialize;

use super::sentence;
use crate::base::calendar::{Grain, Period};
use crate::base::id::Id;
use crate::base::number::Number;
use crate::base::order;
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
    /// Where the KPI stands, in a sentence.
    pub text: String,
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
            let fired: Vec<(&Trigger, Line, EscalationReason)> = self.system().triggers().iter().filter_map(|trigger| self.fires(kpi, trigger)).collect();
            let Some((highest, line, _)) = fired.iter().max_by_key(|(trigger, ..)| trigger.to) else { continue };
            let (to, text) = (highest.to, sentence::against_plan(line));
            // Of triggers of the same kind, only those of the highest rung are worth a line.
            let outdone = |trigger: &Trigger| fired.iter().any(|(other, ..)| other.to > trigger.to && discriminant(&other.when) == discriminant(&trigger.when));
            let reasons = fired.iter().filter(|(trigger, ..)| !outdone(trigger)).map(|(.., reason)| reason.clone()).collect();
            escalations.push(Escalation { kpi: kpi.definition.id.clone(), name: kpi.name.clone(), to, person: self.on_rung(to, kpi), text, reasons });
        }
        order::sort_by_key(&mut escalations, |escalation| std::cmp::Reverse(escalation.to));
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

    fn fires<'t>(&self, kpi: &Kpi, trigger: &'t Trigger) -> Option<(&'t Trigger, Line, EscalationReason)> {
        let each = trigger.each.max(kpi.shortest);
        let line = self.line(kpi, &self.last_final(kpi, each, self.as_of()));
        let run = self.run(kpi, line.clone(), |line| match &trigger.when {
            When::OffTarget { by, .. } => is_off(line, by),
            When::AdverseSignal => line.status.signal == SignalStatus::Adverse,
            When::NoValue => line.actual.value.number().is_none(),
        });
        let least = if let When::OffTarget { periods, .. } = trigger.when { periods } else { 1 };
        if run.len() < usize::try_from(least).unwrap_or(usize::MAX) {
            return None;
        }
        let (why, clears) = match &trigger.when {
            When::OffTarget { by, .. } => {
                let lasting = lasting(run.len(), each);
                let share = sentence::share(by);
                if by.is_zero() {
                    (format!("It has missed its target for {lasting}."), format!("a {} on target", each.as_str()))
                } else {
                    (
                        format!("It has missed its target by more than {share} for {lasting}."),
                        format!("a {} that misses the target by no more than {share}", each.as_str()),
                    )
                }
            }
            When::AdverseSignal => (sentence::signal(&line), "a value that breaks no rule of its process chart".to_owned()),
            When::NoValue => (format!("It has had no value for {}.", lasting(run.len(), each)), "complete data for the period".to_owned()),
        };
        let since = run.into_iter().last()?;
        Some((trigger, line, EscalationReason { why, since, clears }))
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
    match periods {
        1 => format!("1 {word}"),
        MOST_PERIODS => format!("at least {periods} {word}s in a row"),
        _ => format!("{periods} {word}s in a row"),
    }
}

/// Adverse by more than the share of the target.
fn is_off(line: &Line, by: &Number) -> bool {
    let (Some(change), Some(target)) = (line.plan.change.value.number(), line.plan.base.value.number()) else { return false };
    line.plan.impact == Impact::Adverse && change.abs() > by.clone() * target.abs()
}
