//! What the system is run with: inputs that flow in, tools, and workflows (domain D2, D6, D7).

use serde::Serialize;

use super::people::Assignments;
use crate::base::date::Date;
use crate::base::finding::Origin;
use crate::base::id::Id;
use crate::base::money::Cost;
use crate::base::number::Number;

/// What kind of knowledge an input brings (domain D2, the kernel's second layer).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum InputKind {
    /// Figures.
    Quantitative,
    /// What customers say.
    Feedback,
    /// What competitors do.
    Competitive,
}

impl InputKind {
    /// The kinds, with the words a system uses for them.
    pub const ALL: [(&'static str, Self); 3] = [("quantitative", Self::Quantitative), ("feedback", Self::Feedback), ("competitive", Self::Competitive)];
}

/// Knowledge that flows into the system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Input {
    /// Its id.
    pub id: Id,
    /// Where it stands in the text.
    #[serde(skip)]
    pub origin: Origin,
    /// Its name.
    pub name: String,
    /// Quantitative, feedback or competitive.
    pub kind: InputKind,
    /// Who answers for it.
    pub owner: Assignments,
    /// How often it comes in, as it is written, a rule or words; may be empty.
    pub rhythm: String,
    /// The day from which the rhythm counts.
    pub from: Option<Date>,
    /// It is stale when it last came in more days ago than this.
    pub fresh_days: Option<u32>,
    /// When it last came in.
    pub last_on: Option<Date>,
    /// The declared source that it arrives in.
    pub source: Option<Id>,
    /// The tool that it comes from.
    pub tool: Option<Id>,
}

/// A tool used every day to run the system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tool {
    /// Its id.
    pub id: Id,
    /// Where it stands in the text.
    #[serde(skip)]
    pub origin: Origin,
    /// Its name.
    pub name: String,
    /// What it is, in words, such as CRM; may be empty.
    pub kind: String,
    /// Who answers for it.
    pub owner: Assignments,
    /// The workflows that it serves.
    pub serves: Vec<Id>,
    /// What it costs.
    pub cost: Option<Cost>,
}

/// Work that is done again and again, step by step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Workflow {
    /// Its id.
    pub id: Id,
    /// Where it stands in the text.
    #[serde(skip)]
    pub origin: Origin,
    /// Its name.
    pub name: String,
    /// Who answers for the whole of it.
    pub owner: Assignments,
    /// Whether it is the one to perfect first (domain D7).
    pub critical: bool,
    /// How often it runs in a month.
    pub runs_per_month: Number,
    /// Its steps in order.
    pub steps: Vec<WorkflowStep>,
}

/// A step of a workflow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WorkflowStep {
    /// Its id, unique in its workflow.
    pub id: Id,
    /// Where it stands in the text.
    #[serde(skip)]
    pub origin: Origin,
    /// What is done.
    pub name: String,
    /// Who does it or has it done; the workflow's owner where nobody else is named.
    pub owner: Assignments,
    /// What it needs: inputs, assets, sources, or what steps make.
    pub needs: Vec<Id>,
    /// What it makes.
    pub makes: Vec<Id>,
    /// The tool that it is done with.
    pub tool: Option<Id>,
    /// The template by which it is done.
    pub template: Option<Id>,
    /// The most hours until the next step begins.
    pub handoff_hours: Option<Number>,
    /// The hours of work in it.
    pub hours: Option<Number>,
    /// Whether it starts from nothing each time.
    pub from_scratch: bool,
}
