//! The systems audit: where work breaks down, where it starts from nothing each time, and what
//! that costs (domain D6, D7).

use serde::Serialize;

use crate::base::date::Date;
use crate::base::id::Id;
use crate::base::map::{Map, Set};
use crate::base::number::Number;
use crate::base::value::Value;
use crate::model::System;
use crate::model::operations::{Workflow, WorkflowStep};

/// The workflows of a system, looked through as of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Audit {
    /// Every workflow, in the order written.
    pub workflows: Vec<WorkflowAudit>,
    /// The number of breakdowns in all.
    pub breakdowns: usize,
    /// What starting from nothing costs.
    pub restart: RestartDrag,
    /// The workflow to perfect first, if one is named.
    pub critical: Option<Id>,
    /// Whether nothing breaks down in it; false when none is named.
    pub critical_holds: bool,
}

/// A workflow, looked through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WorkflowAudit {
    /// The workflow.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Whether it is the one to perfect first.
    pub critical: bool,
    /// Who answers for the whole of it on that day; `None` is nobody.
    pub owner: Option<Id>,
    /// Its steps in order.
    pub steps: Vec<StepAudit>,
    /// Hours of work in a run, as far as they are known.
    pub hours: Number,
    /// Hours of these in steps that start from nothing.
    pub restart_hours: Number,
    /// The most hours from its beginning to its end, work and hand-offs.
    pub end_to_end_hours: Value,
}

/// A step of a workflow, looked through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StepAudit {
    /// The step.
    pub id: Id,
    /// What is done.
    pub name: String,
    /// Who does it on that day; `None` is nobody.
    pub owner: Option<Id>,
    /// Hours of work in it; `None` is not said.
    pub hours: Option<Number>,
    /// Where it breaks down.
    pub breakdowns: Vec<Breakdown>,
}

/// A place where work breaks down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Breakdown {
    /// In what way.
    pub is: BreakdownKind,
    /// In words.
    pub text: String,
}

/// In what way work breaks down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BreakdownKind {
    /// Nobody answers for it.
    NoOwner,
    /// It needs something that nobody makes and that does not come in.
    InputNobodyMakes,
    /// It makes something without a template.
    NoTemplate,
    /// The next step may begin at any time.
    HandoffWithoutLimit,
    /// It starts from nothing each time.
    FromScratch,
    /// It is not said how long it takes.
    HoursUnknown,
}

/// Work that is done again although the last cycle had done it already (domain D6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RestartDrag {
    /// Hours in a month of steps that start from nothing.
    pub hours_per_month: Number,
    /// Hours in a month of all steps, as far as they are known.
    pub of_hours_per_month: Number,
    /// The one ÷ the other.
    pub share: Value,
    /// Steps whose hours are not known, and not counted.
    pub unknown_steps: usize,
}

impl System {
    /// Looks through the workflows: where work breaks down, and the restart drag in hours and share.
    ///
    /// ```
    /// use marketingos::{BreakdownKind, Source, System};
    /// let text = "
    /// marketingos: 1
    /// name: Small firm
    /// people: { ana: Ana }
    /// workflows:
    ///   case_study:
    ///     owner: ana
    ///     runs_per_month: 2
    ///     steps:
    ///       interview: { hours: 3, handoff_hours: 48, makes: [notes], template: questions }
    ///       write: { hours: 9, needs: [notes], from_scratch: yes }
    /// assets: { questions: { kind: template } }
    /// ";
    /// let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let audit = system.audit("2026-06-30".parse()?);
    /// assert_eq!(audit.workflows[0].steps[1].breakdowns[0].is, BreakdownKind::FromScratch);
    /// assert_eq!((audit.restart.hours_per_month.to_string(), audit.restart.of_hours_per_month.to_string()), ("18".into(), "24".into()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn audit(&self, as_of: Date) -> Audit {
        let mut there: Set<&Id> = self.inputs().iter().map(|input| &input.id).collect();
        there.extend(self.lineage().flat_map(System::assets).map(|asset| &asset.id));
        there.extend(self.sources().iter().map(|source| &source.id));
        let mut at_hand = AtHand { there, makers: Map::new() };
        for step in self.workflows().iter().flat_map(|workflow| &workflow.steps) {
            for id in step.makes.iter().collect::<Set<_>>() {
                let makers = at_hand.makers.entry(id).or_insert(0);
                *makers = makers.saturating_add(1);
            }
        }
        let workflows: Vec<WorkflowAudit> = self.workflows().iter().map(|workflow| look_through(workflow, &at_hand, as_of)).collect();
        let breakdowns = |workflow: &WorkflowAudit| workflow.steps.iter().map(|step| step.breakdowns.len()).sum::<usize>();
        let each = || self.workflows().iter().zip(&workflows);
        let restart_hours: Number = each().map(|(workflow, audit)| workflow.runs_per_month.clone() * audit.restart_hours.clone()).sum();
        let all_hours: Number = each().map(|(workflow, audit)| workflow.runs_per_month.clone() * audit.hours.clone()).sum();
        let share = restart_hours.divided_by(&all_hours).map_or_else(|| Value::undefined("no step says how many hours it takes"), Value::of);
        let unknown_steps = workflows.iter().flat_map(|workflow| &workflow.steps).filter(|step| step.hours.is_none()).count();
        let critical = workflows.iter().find(|workflow| workflow.critical);
        Audit {
            breakdowns: workflows.iter().map(breakdowns).sum(),
            restart: RestartDrag { hours_per_month: restart_hours, of_hours_per_month: all_hours, share, unknown_steps },
            critical: critical.map(|workflow| workflow.id.clone()),
            critical_holds: critical.is_some_and(|workflow| !workflow.steps.is_empty() && breakdowns(workflow) == 0),
            workflows,
        }
    }
}

/// What steps may need.
struct AtHand<'s> {
    /// Inputs, assets and sources.
    there: Set<&'s Id>,
    /// How many steps make something.
    makers: Map<&'s Id, usize>,
}

fn look_through(workflow: &Workflow, at_hand: &AtHand<'_>, as_of: Date) -> WorkflowAudit {
    let last = workflow.steps.len().saturating_sub(1);
    let steps: Vec<StepAudit> = workflow.steps.iter().enumerate().map(|(at, step)| look_at(step, at == last, at_hand, as_of)).collect();
    let hours = |scratch: bool| workflow.steps.iter().filter(|step| !scratch || step.from_scratch).filter_map(|step| step.hours.clone()).sum::<Number>();
    WorkflowAudit {
        id: workflow.id.clone(),
        name: workflow.name.clone(),
        critical: workflow.critical,
        owner: workflow.owner.on(as_of).map(|assignment| assignment.person.clone()),
        hours: hours(false),
        restart_hours: hours(true),
        end_to_end_hours: end_to_end(workflow),
        steps,
    }
}

/// The hours of all steps and the limits of all hand-offs between them.
fn end_to_end(workflow: &Workflow) -> Value {
    let mut total = Number::from(0);
    for (at, step) in workflow.steps.iter().enumerate() {
        let Some(hours) = &step.hours else { return Value::missing(format!("the step {} does not say how many hours it takes", step.id)) };
        total = total + hours.clone();
        if at.saturating_add(1) < workflow.steps.len() {
            let Some(handoff) = &step.handoff_hours else { return Value::missing(format!("the hand-off after the step {} has no limit", step.id)) };
            total = total + handoff.clone();
        }
    }
    if workflow.steps.is_empty() { Value::missing("the workflow has no steps") } else { Value::of(total) }
}

fn look_at(step: &WorkflowStep, is_last: bool, at_hand: &AtHand<'_>, as_of: Date) -> StepAudit {
    let owner = step.owner.on(as_of).map(|assignment| assignment.person.clone());
    let mut breakdowns = Vec::new();
    let mut add = |is, text: String| breakdowns.push(Breakdown { is, text });
    let id = &step.id;
    if owner.is_none() {
        add(BreakdownKind::NoOwner, format!("nobody answers for the step {id}"));
    }
    // What only the step itself makes is not there when it begins.
    let own: Set<&Id> = step.makes.iter().collect();
    let is_made = |need: &Id| at_hand.makers.get(need).is_some_and(|makers| *makers > usize::from(own.contains(need)));
    for need in step.needs.iter().filter(|need| !at_hand.there.contains(need) && !is_made(need)) {
        add(BreakdownKind::InputNobodyMakes, format!("the step {id} needs {need}, which nobody makes and which does not come in"));
    }
    if step.from_scratch {
        add(BreakdownKind::FromScratch, format!("the step {id} starts from nothing each time"));
    }
    if !step.makes.is_empty() && step.template.is_none() {
        add(BreakdownKind::NoTemplate, format!("the step {id} makes something without a template"));
    }
    if !is_last && step.handoff_hours.is_none() {
        add(BreakdownKind::HandoffWithoutLimit, format!("the hand-off after the step {id} has no limit"));
    }
    if step.hours.is_none() {
        add(BreakdownKind::HoursUnknown, format!("the step {id} does not say how many hours it takes"));
    }
    StepAudit { id: id.clone(), name: step.name.clone(), owner, hours: step.hours.clone(), breakdowns }
}
