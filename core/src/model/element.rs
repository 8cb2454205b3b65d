//! Parts of the system: what may rest on decisions, and what somebody answers for.

use std::collections::BTreeMap;

use serde::Serialize;

use super::System;
use super::layers::{BrandLayer, Decision, DecisionStatus, Layer, MarketingLayer};
use super::people::{Assignment, Assignments};
use crate::base::date::Date;
use crate::base::finding::Origin;
use crate::base::id::Id;
use crate::words::Message;

/// What an element takes from decisions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Inheritance {
    /// The decisions it rests on.
    pub rests_on: Vec<Id>,
    /// When it was last looked at and found to fit them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirmed_on: Option<Date>,
    /// Values that it states itself, by name: a decision fixes them, anything else had better not.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<Id, String>,
}

/// A kind of part of the system: what may rest on decisions, or what somebody answers for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ElementKind {
    /// The whole, which the operator answers for.
    Operator,
    /// A decision.
    Decision,
    /// A layer of the brand operating system.
    BrandLayer,
    /// A layer of the marketing operating system.
    MarketingLayer,
    /// A part of the audience.
    Segment,
    /// A channel.
    Channel,
    /// A stage of the lifecycle.
    Stage,
    /// An asset, component or template.
    Asset,
    /// An input.
    Input,
    /// A tool.
    Tool,
    /// A workflow.
    Workflow,
    /// A step of a workflow.
    Step,
    /// A campaign.
    Campaign,
    /// A lesson.
    Lesson,
    /// A KPI.
    Kpi,
    /// A review.
    Review,
}

impl ElementKind {
    /// The words for them in questions.
    pub const WORDS: [(&'static str, Self); 16] = [
        ("operator", Self::Operator),
        ("decision", Self::Decision),
        ("brand_layer", Self::BrandLayer),
        ("marketing_layer", Self::MarketingLayer),
        ("segment", Self::Segment),
        ("channel", Self::Channel),
        ("stage", Self::Stage),
        ("asset", Self::Asset),
        ("input", Self::Input),
        ("tool", Self::Tool),
        ("workflow", Self::Workflow),
        ("step", Self::Step),
        ("campaign", Self::Campaign),
        ("lesson", Self::Lesson),
        ("kpi", Self::Kpi),
        ("review", Self::Review),
    ];

    /// What it is, as a message.
    pub(crate) fn message(self) -> Message {
        match self {
            Self::Operator => Message::KindOperator,
            Self::Decision => Message::KindDecision,
            Self::BrandLayer => Message::KindBrandLayer,
            Self::MarketingLayer => Message::KindMarketingLayer,
            Self::Segment => Message::KindSegment,
            Self::Channel => Message::KindChannel,
            Self::Stage => Message::KindStage,
            Self::Asset => Message::KindAsset,
            Self::Input => Message::KindInput,
            Self::Tool => Message::KindTool,
            Self::Workflow => Message::KindWorkflow,
            Self::Step => Message::KindStep,
            Self::Campaign => Message::KindCampaign,
            Self::Lesson => Message::KindLesson,
            Self::Kpi => Message::ColumnKpi,
            Self::Review => Message::KindReview,
        }
    }

    /// What it is, in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Operator => "responsibility for the whole",
            Self::BrandLayer => "brand layer",
            Self::MarketingLayer => "marketing layer",
            Self::Kpi => "KPI",
            other => Self::WORDS.iter().find(|(_, kind)| *kind == other).map_or("", |(word, _)| word),
        }
    }
}

/// A part of the system, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// What kind of thing it is.
    pub kind: ElementKind,
    /// Its id: the word of a layer, `operator` for the whole, `workflow.step` for a step.
    pub id: String,
    /// Its name; the statement of a decision.
    pub name: String,
}

/// A part of the system that may rest on decisions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Element<'s> {
    pub(crate) kind: ElementKind,
    pub(crate) id: &'s str,
    pub(crate) name: &'s str,
    pub(crate) owner: &'s Assignments,
    pub(crate) inherits: &'s Inheritance,
    pub(crate) origin: &'s Origin,
    /// Itself, where it is a decision.
    pub(crate) decision: Option<&'s Decision>,
}

/// Something that somebody answers for.
pub(crate) struct Responsibility<'s> {
    pub(crate) part: Part,
    held: Held<'s>,
}

/// By whom: over time, or by one person always.
enum Held<'s> {
    Assigned(&'s Assignments),
    Always(Assignment),
}

impl System {
    /// Everything of this system that may rest on decisions, in the order of the model: decisions,
    /// brand layers, marketing layers, segments, channels, assets, campaigns, KPIs.
    pub(crate) fn elements(&self) -> impl Iterator<Item = Element<'_>> {
        use ElementKind as Kind;
        let decisions = self.own_decisions().map(Element::of_decision);
        let brand = self.brand.iter().map(|layer| Element::of_layer(Kind::BrandLayer, &BrandLayer::ALL, layer));
        let marketing = self.marketing.iter().map(|layer| Element::of_layer(Kind::MarketingLayer, &MarketingLayer::ALL, layer));
        let segments = self.segments.iter().map(|one| Element::new(Kind::Segment, &one.id, &one.name, &one.owner, &one.inherits, &one.origin));
        let channels = self.channels.iter().map(|one| Element::new(Kind::Channel, &one.id, &one.name, &one.owner, &one.inherits, &one.origin));
        let assets = self.assets.iter().map(|one| Element::new(Kind::Asset, &one.id, &one.name, &one.owner, &one.inherits, &one.origin));
        let campaigns = self.campaigns.iter().map(|one| Element::new(Kind::Campaign, &one.id, &one.name, &one.owner, &one.inherits, &one.origin));
        let kpis = self.kpis.iter().map(|kpi| Element::new(Kind::Kpi, &kpi.definition.id, &kpi.name, &kpi.owner, &kpi.inherits, &kpi.definition.origin));
        decisions.chain(brand).chain(marketing).chain(segments).chain(channels).chain(assets).chain(campaigns).chain(kpis)
    }

    /// Everything that somebody answers for: the whole, the elements, and what rests on no decision:
    /// stages, inputs, tools, workflows with their steps, lessons, reviews.
    pub(crate) fn responsibilities(&self) -> impl Iterator<Item = Responsibility<'_>> {
        use ElementKind as Kind;
        let operator = std::iter::once(Responsibility::new(Kind::Operator, "operator".to_owned(), &self.name, &self.operator));
        let elements = self.elements().map(|one| Responsibility::new(one.kind, one.id.to_owned(), one.name, one.owner));
        let stages = self.stages.iter().map(|one| Responsibility::new(Kind::Stage, one.id.to_string(), &one.name, &one.owner));
        let inputs = self.inputs.iter().map(|one| Responsibility::new(Kind::Input, one.id.to_string(), &one.name, &one.owner));
        let tools = self.tools.iter().map(|one| Responsibility::new(Kind::Tool, one.id.to_string(), &one.name, &one.owner));
        let workflows = self.workflows.iter().flat_map(|workflow| {
            let whole = Responsibility::new(Kind::Workflow, workflow.id.to_string(), &workflow.name, &workflow.owner);
            let steps = workflow.steps.iter();
            let steps = steps.map(|step| Responsibility::new(Kind::Step, format!("{}.{}", workflow.id, step.id), &step.name, &step.owner));
            std::iter::once(whole).chain(steps)
        });
        let lessons = self.lessons.iter().map(|one| Responsibility::new(Kind::Lesson, one.id.to_string(), &one.lesson, &one.owner));
        let reviews = self.reviews.iter().map(|review| {
            let held = Assignment { person: review.held_by.clone(), from: None, to: None, deputy: review.deputy.clone() };
            Responsibility { part: Part { kind: Kind::Review, id: review.id.to_string(), name: review.name.clone() }, held: Held::Always(held) }
        });
        operator.chain(elements).chain(stages).chain(inputs).chain(tools).chain(workflows).chain(lessons).chain(reviews)
    }
}

impl<'s> Element<'s> {
    fn new(kind: ElementKind, id: &'s Id, name: &'s str, owner: &'s Assignments, inherits: &'s Inheritance, origin: &'s Origin) -> Self {
        Self { kind, id: id.as_str(), name, owner, inherits, origin, decision: None }
    }

    pub(crate) fn of_decision(decision: &'s Decision) -> Self {
        let element = Self::new(ElementKind::Decision, &decision.id, &decision.statement, &decision.owner, &decision.inherits, &decision.origin);
        Self { decision: Some(decision), ..element }
    }

    fn of_layer<L: PartialEq>(kind: ElementKind, all: &[(&'static str, L)], layer: &'s Layer<L>) -> Self {
        let id = all.iter().find(|(_, known)| *known == layer.layer).map_or("", |(word, _)| word);
        Self { kind, id, name: id, owner: &layer.owner, inherits: &layer.inherits, origin: &layer.origin, decision: None }
    }

    pub(crate) fn part(&self) -> Part {
        Part { kind: self.kind, id: self.id.to_owned(), name: self.name.to_owned() }
    }

    /// The last day on which it was found to fit.
    pub(crate) fn considered_by(&self, day: Date) -> Option<Date> {
        match self.decision {
            Some(decision) => decision.considered_by(day),
            None => self.inherits.confirmed_on.filter(|confirmed| *confirmed <= day),
        }
    }

    /// Whether it is a decision that no longer matters.
    pub(crate) fn is_retired(&self) -> bool {
        self.decision.is_some_and(|decision| decision.status == DecisionStatus::Retired)
    }

    pub(crate) fn owner_on(&self, day: Date) -> Option<Id> {
        self.owner.on(day).map(|assignment| assignment.person.clone())
    }
}

impl<'s> Responsibility<'s> {
    fn new(kind: ElementKind, id: String, name: &'s str, owner: &'s Assignments) -> Self {
        Self { part: Part { kind, id, name: name.to_owned() }, held: Held::Assigned(owner) }
    }

    /// Who answers for it from when to when.
    pub(crate) fn assignments(&self) -> &[Assignment] {
        match &self.held {
            Held::Assigned(assignments) => &assignments.0,
            Held::Always(assignment) => std::slice::from_ref(assignment),
        }
    }
}
