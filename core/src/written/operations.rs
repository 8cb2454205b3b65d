//! How the work is done: inputs, tools, workflows, campaigns, lessons and frameworks.

use super::people::Assignment;
use super::values::{Cost, Day, Id, List, Money, Number, Whole, YesNo};
use crate::model::campaigns::CampaignKind;
use crate::model::frameworks::Home;
use crate::model::operations::InputKind;

part! {
    /// What flows in: figures, what customers say, what competitors do.
    Input requires [kind] {
        /// What it is called; default the id.
        name: (String),
        /// `quantitative`, `feedback` or `competitive`.
        kind: (InputKind),
        /// Who answers for it.
        owner: [Assignment],
        /// How often it comes in: a rule of RFC 5545, or plain words.
        rhythm: (String),
        /// The day from which the rhythm counts.
        from: (Day),
        /// Older than so many days it is stale.
        fresh_days: (Whole<3660>),
        /// The day on which it last came in.
        last_on: (Day),
        /// The declared source that records it.
        source: (Id),
        /// The tool that it comes from.
        tool: (Id),
    }
}

part! {
    /// Something that the work is done with.
    Tool {
        /// What it is called; default the id.
        name: (String),
        /// What kind of tool it is.
        kind: (String),
        /// Who answers for it.
        owner: [Assignment],
        /// The workflows that it serves.
        serves: [Id],
        /// What it costs.
        cost: (Cost),
    }
}

part! {
    /// Work that is done again and again.
    Workflow {
        /// What it is called; default the id.
        name: (String),
        /// Who answers for it.
        owner: [Assignment],
        /// Whether it is the one to perfect first; at most one is.
        critical: (YesNo),
        /// How often it runs in a month; default 1.
        runs_per_month: (Number),
        /// Its steps in order, by id.
        steps: {step: WorkflowStep},
    }
}

part! {
    /// A step of a workflow; written short, its name.
    WorkflowStep shape super::schema::short_text, {
        /// What it is called; default the id.
        name: (String),
        /// Who does it.
        owner: [Assignment],
        /// What it needs: inputs, assets, sources, or what steps make.
        needs: [Id],
        /// What it makes.
        makes: [Id],
        /// The tool that it is done with.
        tool: (Id),
        /// The template that it starts from.
        template: (Id),
        /// The most hours until the next step begins.
        handoff_hours: (Number),
        /// How many hours of work it is.
        hours: (Number),
        /// Whether it starts from nothing.
        from_scratch: (YesNo),
    }
}

impl From<&str> for WorkflowStep {
    fn from(name: &str) -> Self {
        Self::default().name(name)
    }
}

part! {
    /// A campaign.
    Campaign requires [goal, from] shape super::schema::campaign, {
        /// What it is called; default the id.
        name: (String),
        /// What it is for.
        goal: (String),
        /// `burst` (default) or `always_on`.
        kind: (CampaignKind),
        /// Its first day.
        from: (Day),
        /// Its last day; required unless it is always on.
        to: (Day),
        /// What it may cost.
        budget: (Money),
        /// Who answers for it.
        owner: [Assignment],
        /// The channels that it uses.
        channels: [Id],
        /// The segments that it is for.
        segments: [Id],
        /// The KPIs that it is to move.
        kpis: [Id],
        /// What it starts from.
        inherits: (Estate),
        /// What it leaves for those after it.
        leaves: (Estate),
        /// The decisions that it rests on.
        rests_on: [Id],
        /// The day on which it was last found to fit these.
        confirmed_on: (Day),
        /// Values that it states, by name.
        values: {value: String},
    }
}

part! {
    /// What one campaign hands to the next.
    Estate {
        /// Assets.
        assets: [Id],
        /// Segments.
        segments: [Id],
        /// Lessons.
        lessons: [Id],
        /// Automations that keep running.
        automations: [String],
    }
}

part! {
    /// What was learned, and what was proposed because of it.
    Lesson requires [outcome, outcome_on, lesson] shape super::schema::lesson, {
        /// What came out.
        outcome: (String),
        /// The day on which that was known.
        outcome_on: (Day),
        /// The campaign that it came from.
        campaign: (Id),
        /// The KPIs that show it.
        kpis: [Id],
        /// What was learned.
        lesson: (String),
        /// What was proposed because of it.
        proposal: (Proposal),
        /// What became of the proposal.
        answer: (ProposalAnswer),
        /// Who answers for it.
        owner: [Assignment],
    }
}

part! {
    /// A change of a decision that a lesson proposes.
    Proposal requires [on, decision, change] {
        /// The day on which it was proposed.
        on: (Day),
        /// The decision that it would change.
        decision: (Id),
        /// The change, in words.
        change: (String),
    }
}

part! {
    /// What became of a proposal: a revision, or a refusal and why.
    ProposalAnswer shape super::schema::answer, {
        /// The day on which the decision was revised.
        revised_on: (Day),
        /// The day on which the proposal was refused.
        refused_on: (Day),
        /// Why it was refused.
        reason: (String),
    }
}

part! {
    /// Another way to name the parts of the same system.
    Framework requires [layers] {
        /// What it is called; default the id.
        name: (String),
        /// The framework inside which it sits.
        parent: (Id),
        /// Its layers in order, by id.
        layers: {layer: FrameworkLayer},
    }
}

part! {
    /// A layer of a framework; written short, the list of its homes.
    FrameworkLayer requires [homes] shape super::schema::short_homes, {
        /// What it is called; default the id.
        name: (String),
        /// What it holds, in words.
        holds: (String),
        /// The canonical places of the model that it covers.
        homes: [Home],
    }
}

impl From<List<Home>> for FrameworkLayer {
    fn from(homes: List<Home>) -> Self {
        Self::default().homes(homes)
    }
}
