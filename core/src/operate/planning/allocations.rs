//! The running budget: what each line has, has spent and has left, and what its channel brought.

use serde::Serialize;

use crate::base::calendar::{Grain, Period};
use crate::base::id::Id;
use crate::base::map::Map;
use crate::base::unit::Unit;
use crate::base::value::Value;
use crate::judge::budget::BudgetLineReport;
use crate::judge::by_member::ByMember;
use crate::judge::scorecard::Owner;
use crate::judge::snapshot::Snapshot;
use crate::judge::variance::Figure;
use crate::measure::MemberName;
use crate::words::{Message, Words};

/// The dimension in which facts name the channel that something came by.
const CHANNEL: &str = "channel";

/// The running budget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlanningBudget {
    /// The period that it is for; `None` when there is none.
    pub period: Option<Period>,
    /// Why there is none; else all of it in a sentence.
    pub text: String,
    /// What is not allocated to any line.
    pub unallocated: Option<Figure>,
    /// The lines, in the order of the text.
    pub lines: Vec<PlannedLine>,
}

/// A line of the budget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlannedLine {
    /// Its id.
    pub line: Id,
    /// Its name.
    pub name: String,
    /// Who answers for it on the as-of date.
    pub owner: Option<Owner>,
    /// The channel that it is for.
    pub channel: Option<Id>,
    /// What it has: what was allocated at first, and moved since.
    pub allocated: Figure,
    /// That, as a share of what all lines have.
    pub share: Figure,
    /// What was spent up to the as-of date.
    pub spent: Figure,
    /// What can still be ordered.
    pub remaining: Figure,
    /// What its channel brought in the last quarter whose figures are final.
    pub brought: Vec<Brought>,
    /// Why that is not told; empty when it is.
    pub not_told: String,
}

/// What a channel brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Brought {
    /// The KPI.
    pub kpi: Id,
    /// Its name.
    pub name: String,
    /// The quarter.
    pub period: Period,
    /// The figure of the channel.
    pub actual: Figure,
}

impl Snapshot {
    pub(super) fn planning_budget(&self) -> PlanningBudget {
        let words = self.system().words();
        let Some(report) = self.running_budget().map(|report| report.in_words().into_owned()) else {
            let cause = if self.system().budgets().is_empty() { Message::CauseNoBudget } else { Message::CauseNoneRuns };
            let cause = words.text(cause, &[("date", self.as_of().into())]);
            let text = words.text(Message::NoneAllocated, &[("cause", (&cause).into())]);
            return PlanningBudget { period: None, text, unallocated: None, lines: Vec::new() };
        };
        let channels: Map<&Id, &Id> = {
            let budget = self.system().budgets().iter().find(|budget| budget.period == report.period);
            let lines = budget.into_iter().flat_map(|budget| &budget.lines);
            Map::from_iter(lines.filter_map(|line| Some((&line.id, line.channel.as_ref()?))))
        };
        let by_channel = if channels.is_empty() { Vec::new() } else { self.kpis_by_channel() };
        let whole = report.total.revised.value.number().cloned();
        let line = |line: BudgetLineReport| {
            let channel = channels.get(&line.line).map(|channel| (*channel).clone());
            let share = line.amounts.revised.value.number().zip(whole.as_ref()).and_then(|(own, whole)| own.divided_by(whole));
            let brought = channel.as_ref().map(|channel| brought_by(words, &by_channel, channel)).unwrap_or_default();
            let not_told = match (&channel, brought.is_empty()) {
                (None, _) => words.word(Message::NoChannel),
                (Some(channel), true) => words.text(Message::NotByChannel, &[("channel", channel.as_str().into())]),
                (Some(_), false) => String::new(),
            };
            PlannedLine {
                line: line.line,
                name: line.name,
                owner: line.owner,
                channel,
                allocated: line.amounts.revised,
                share: words.shown(share.map_or_else(|| Value::undefined(words.word(Message::NothingAllocated)), Value::of), &Unit::Percent),
                spent: line.amounts.spent,
                remaining: line.amounts.remaining,
                brought,
                not_told,
            }
        };
        PlanningBudget {
            period: Some(report.period),
            text: report.text,
            unallocated: Some(report.unallocated),
            lines: report.lines.into_iter().map(line).collect(),
        }
    }

    /// The KPIs that can be told by channel, in the last quarter whose figures are final.
    fn kpis_by_channel(&self) -> Vec<ByMember> {
        let kpis = self.system().kpis().iter().filter(|kpi| kpi.shortest <= Grain::Quarter);
        kpis.filter_map(|kpi| self.by_member(kpi.definition.id.as_str(), None, Grain::Quarter, &[CHANNEL]).ok()).collect()
    }
}

fn brought_by(words: &Words, by_channel: &[ByMember], channel: &Id) -> Vec<Brought> {
    let is_it = |member: &[MemberName]| matches!(member, [only] if only.name() == Some(channel.as_str()));
    let one = |kpi: &ByMember| {
        let line = kpi.members.iter().find(|line| is_it(&line.member) && line.actual.value.number().is_some())?;
        Some(Brought { kpi: kpi.kpi.clone(), name: kpi.name.clone(), period: kpi.period.clone(), actual: words.shown(line.actual.value.clone(), &kpi.unit) })
    };
    by_channel.iter().filter_map(one).collect()
}
