//! What is at home in each place of the model, and what is missing there. The rules are those of
//! domain D2 to D4; a rule is one sentence of `missing`.

use super::coverage::CoveredElement;
use crate::base::calendar::Grain;
use crate::base::date::Date;
use crate::base::id::Id;
use crate::base::map::Set;
use crate::model::System;
use crate::model::element::{Element, ElementKind, Part};
use crate::model::frameworks::Home;
use crate::model::kpi::Kpi;
use crate::model::layers::{BrandLayer, Decision, DecisionStatus, Kernel};
use crate::model::operations::InputKind;
use crate::model::people::Assignments;
use crate::model::rhythm::Cadence;

/// What is found in the places of a system as of a day.
pub(super) struct Contents<'s> {
    system: &'s System,
    as_of: Date,
    /// What rests on a decision that was revised since.
    stale: Set<(ElementKind, String)>,
}

/// What is gathered from one or several places.
#[derive(Default)]
struct Gathered {
    elements: Vec<CoveredElement>,
    missing: Vec<String>,
}

impl Gathered {
    fn lacks(&mut self, condition: bool, sentence: impl FnOnce() -> String) {
        if condition {
            self.missing.push(sentence());
        }
    }
}

impl<'s> Contents<'s> {
    pub(super) fn new(system: &'s System, as_of: Date) -> Self {
        let mut contents = Self { system, as_of, stale: Set::new() };
        let (segments, assets) = (contents.own_or_inherited(System::segments), contents.own_or_inherited(System::assets));
        for known in system.lineage() {
            // Of parents, only what is inherited: another part of theirs may have the same id.
            let counts = |kind| match kind {
                _ if std::ptr::eq(known, system) => true,
                ElementKind::Decision => true,
                ElementKind::Segment => std::ptr::eq(known.segments(), segments),
                ElementKind::Asset => std::ptr::eq(known.assets(), assets),
                _ => false,
            };
            contents.stale.extend(known.stale(as_of).into_iter().map(|stale| stale.part).filter(|part| counts(part.kind)).map(|part| (part.kind, part.id)));
        }
        contents
    }

    /// The elements of several places, each once, and what is missing in them.
    pub(super) fn of(&self, homes: &[Home]) -> (Vec<CoveredElement>, Vec<String>) {
        let (mut elements, mut missing) = (Vec::new(), Vec::new());
        let (mut seen, mut said, mut been) = (Set::new(), Set::new(), Set::new());
        for home in homes.iter().filter(|home| been.insert(**home)) {
            let found = self.at(*home);
            elements.extend(found.elements.into_iter().filter(|element| seen.insert((element.part.kind, element.part.id.clone()))));
            missing.extend(found.missing.into_iter().filter(|sentence| said.insert(sentence.clone())));
        }
        (elements, missing)
    }

    fn at(&self, home: Home) -> Gathered {
        let mut found = Gathered::default();
        match home {
            Home::Brand(layer) => self.brand(layer, &mut found),
            Home::Kernel => self.kernel(&mut found),
            Home::Audience => self.audience(&mut found),
            Home::Inputs => self.inputs(&mut found),
            Home::Channels => self.channels(&mut found),
            Home::Lifecycle => self.lifecycle(&mut found),
            Home::Content => self.content(&mut found),
            Home::Measurement => self.measurement(&mut found),
            Home::Operating => self.tools(&mut found),
            Home::Feedback => self.feedback(&mut found),
            Home::Kpis => self.kpis(&mut found),
            Home::Dashboard => self.dashboard(&mut found),
            Home::Reviews => self.reviews(&mut found),
            Home::Report => self.report(&mut found),
            Home::Plan => self.plan(&mut found),
        }
        found
    }

    fn brand(&self, layer: BrandLayer, found: &mut Gathered) {
        let word = BrandLayer::ALL.iter().find(|(_, known)| *known == layer).map_or("", |(word, _)| word);
        let layers: Vec<_> = self.system.lineage().flat_map(System::brand).filter(|known| known.layer == layer).collect();
        let decisions: Vec<&Decision> = layers.iter().flat_map(|layer| &layer.decisions).filter(|known| known.status != DecisionStatus::Retired).collect();
        found.lacks(layers.is_empty(), || format!("the brand layer {word} is not written down"));
        found.lacks(!layers.is_empty() && decisions.is_empty(), || format!("nothing is decided in the brand layer {word}"));
        let owned = layers.iter().any(|layer| layer.owner.on(self.as_of).is_some());
        found.lacks(!layers.is_empty() && !owned, || format!("nobody answers for the brand layer {word}"));
        for decision in decisions {
            found.lacks(!decision.is_settled_on(self.as_of), || unsettled(decision));
            found.elements.push(self.element(&Element::of_decision(decision)));
        }
    }

    fn kernel(&self, found: &mut Gathered) {
        for (kernel, part) in [(Kernel::Positioning, "positioning"), (Kernel::IdealCustomer, "the ideal customer"), (Kernel::Messaging, "messaging")] {
            let of_part = self.system.decisions().filter(|decision| decision.kernel == Some(kernel) && decision.status != DecisionStatus::Retired);
            let decisions: Vec<&Decision> = of_part.collect();
            found.lacks(decisions.is_empty(), || format!("no decision says that it is the kernel's on {part}"));
            for decision in decisions {
                found.lacks(!decision.is_settled_on(self.as_of), || unsettled(decision));
                found.elements.push(self.element(&Element::of_decision(decision)));
            }
        }
    }

    fn audience(&self, found: &mut Gathered) {
        let segments = self.own_or_inherited(System::segments);
        found.lacks(segments.is_empty(), || "no segment is written down".to_owned());
        for segment in segments {
            let (id, owner) = (&segment.id, self.owner(&segment.owner));
            found.lacks(owner.is_none(), || format!("nobody answers for the segment {id}"));
            found.lacks(segment.lives.is_empty(), || format!("the segment {id} does not say where they live"));
            found.lacks(segment.cares_about.is_empty(), || format!("the segment {id} does not say what they care about"));
            found.elements.push(self.part(ElementKind::Segment, id, &segment.name, owner, false));
        }
    }

    fn inputs(&self, found: &mut Gathered) {
        for (kind, what) in
            [(InputKind::Quantitative, "quantitative data"), (InputKind::Feedback, "customer feedback"), (InputKind::Competitive, "competitive analysis")]
        {
            found.lacks(!self.system.inputs().iter().any(|input| input.kind == kind), || format!("no input brings {what}"));
        }
        for input in self.system.inputs() {
            let (id, owner) = (&input.id, self.owner(&input.owner));
            let age = input.last_on.filter(|last| *last <= self.as_of).map(|last| self.as_of.days_since(last));
            let old = age.zip(input.fresh_days).filter(|(age, most)| *age > i64::from(*most));
            found.lacks(owner.is_none(), || format!("nobody answers for the input {id}"));
            found.lacks(input.rhythm.is_empty(), || format!("the input {id} has no rhythm"));
            found.lacks(age.is_none(), || format!("it is not known when the input {id} last came in"));
            if let Some((age, most)) = old {
                found.missing.push(format!("the input {id} last came in {age} days ago, and is fresh for {most}"));
            }
            found.elements.push(self.part(ElementKind::Input, id, &input.name, owner, old.is_some()));
        }
    }

    fn channels(&self, found: &mut Gathered) {
        found.lacks(self.system.channels().is_empty(), || "no channel is written down".to_owned());
        for channel in self.system.channels() {
            let (id, owner) = (&channel.id, self.owner(&channel.owner));
            found.lacks(owner.is_none(), || format!("nobody answers for the channel {id}"));
            found.lacks(channel.cadence.is_empty(), || format!("the channel {id} has no published cadence"));
            found.lacks(channel.segments.is_empty(), || format!("the channel {id} names no segment that it reaches"));
            found.elements.push(self.part(ElementKind::Channel, id, &channel.name, owner, false));
        }
    }

    fn lifecycle(&self, found: &mut Gathered) {
        found.lacks(self.system.stages().is_empty(), || "no stage is written down".to_owned());
        for stage in self.system.stages() {
            let id = &stage.id;
            found.lacks(stage.metric.is_none(), || format!("the stage {id} has no metric"));
            found.lacks(stage.moments.is_empty(), || format!("the stage {id} names no moment worth marketing into"));
            found.elements.push(self.part(ElementKind::Stage, id, &stage.name, self.owner(&stage.owner), false));
        }
    }

    fn content(&self, found: &mut Gathered) {
        use crate::model::content::AssetKind;
        let assets = self.own_or_inherited(System::assets);
        found.lacks(assets.is_empty(), || "no asset is written down".to_owned());
        let built = assets.is_empty() || self.system.lineage().flat_map(System::assets).any(|asset| asset.kind != AssetKind::Asset);
        found.lacks(!built, || "the library has no component and no template".to_owned());
        for asset in assets {
            let (id, owner) = (&asset.id, self.owner(&asset.owner));
            let due = asset.due(self.as_of).filter(|due| *due <= self.as_of);
            found.lacks(owner.is_none(), || format!("nobody answers for the asset {id}"));
            if let Some(due) = due {
                found.missing.push(format!("the asset {id} was to be refreshed by {due}"));
            }
            found.elements.push(self.part(ElementKind::Asset, id, &asset.name, owner, due.is_some()));
        }
    }

    fn measurement(&self, found: &mut Gathered) {
        found.lacks(self.system.kpis().is_empty(), || "no KPI is written down".to_owned());
        let metrics: Set<&Id> = self.system.stages().iter().filter_map(|stage| stage.metric.as_ref()).collect();
        for kpi in self.system.kpis() {
            let id = &kpi.definition.id;
            self.kpi(kpi, found);
            found.lacks(kpi.stage.is_none() && !metrics.contains(id), || format!("the KPI {id} is tied to no stage of the lifecycle"));
        }
        found.lacks(self.system.reviews().is_empty(), || "no review looks at the KPIs".to_owned());
        self.every_review(|_| true, found);
    }

    fn tools(&self, found: &mut Gathered) {
        found.lacks(self.system.tools().is_empty(), || "no tool is written down".to_owned());
        let steps = self.system.workflows().iter().flat_map(|workflow| &workflow.steps);
        let used: Set<&Id> = steps.filter_map(|step| step.tool.as_ref()).collect();
        for tool in self.system.tools() {
            let (id, owner) = (&tool.id, self.owner(&tool.owner));
            found.lacks(owner.is_none(), || format!("nobody answers for the tool {id}"));
            // A tool bought, and nothing else defined: domain D1, D6.
            found.lacks(tool.serves.is_empty() && !used.contains(id), || format!("the tool {id} serves no workflow"));
            found.elements.push(self.part(ElementKind::Tool, id, &tool.name, owner, false));
        }
    }

    fn feedback(&self, found: &mut Gathered) {
        let known: Vec<_> = self.system.lessons().iter().filter(|lesson| lesson.outcome_on <= self.as_of).collect();
        found.lacks(known.is_empty(), || "no outcome has led to a lesson".to_owned());
        for lesson in known {
            let id = &lesson.id;
            match lesson.proposal.as_ref().filter(|proposal| proposal.on <= self.as_of) {
                None => found.missing.push(format!("the lesson {id} has led to no proposal")),
                Some(_) => found.lacks(lesson.closed_by(self.as_of).is_none(), || format!("the proposal of the lesson {id} is not answered")),
            }
            found.elements.push(self.part(ElementKind::Lesson, id, &lesson.lesson, self.owner(&lesson.owner), false));
        }
    }

    fn kpis(&self, found: &mut Gathered) {
        found.lacks(self.system.kpis().is_empty(), || "no KPI is written down".to_owned());
        for kpi in self.system.kpis() {
            self.kpi(kpi, found);
            found.lacks(!self.has_target(kpi), || format!("the KPI {} has no target", kpi.definition.id));
        }
    }

    fn dashboard(&self, found: &mut Gathered) {
        found.lacks(self.system.kpis().is_empty(), || "there is no KPI to show".to_owned());
        for kpi in self.system.kpis() {
            if self.has_target(kpi) {
                found.elements.push(self.part(ElementKind::Kpi, &kpi.definition.id, &kpi.name, self.owner(&kpi.owner), false));
            } else {
                found.missing.push(format!("the KPI {} cannot be shown against plan", kpi.definition.id));
            }
        }
    }

    fn reviews(&self, found: &mut Gathered) {
        for (word, cadence) in Cadence::WORDS {
            found.lacks(!self.system.reviews().iter().any(|review| review.cadence == cadence), || format!("there is no {word} review"));
        }
        self.every_review(|_| true, found);
    }

    fn report(&self, found: &mut Gathered) {
        let monthly = |cadence: Cadence| cadence == Cadence::Monthly;
        found.lacks(self.system.executive().is_none(), || "nobody is named as the executive to whom the report goes".to_owned());
        found.lacks(!self.system.reviews().iter().any(|review| monthly(review.cadence)), || "there is no monthly review in which it is read".to_owned());
        self.every_review(monthly, found);
    }

    fn plan(&self, found: &mut Gathered) {
        let quarter = self.system.calendar().period(Grain::Quarter, self.as_of);
        found.lacks(self.system.plan_name().is_empty(), || "the plan has no name".to_owned());
        let planned: Vec<&Kpi> = self.system.kpis().iter().filter(|kpi| self.has_target(kpi)).collect();
        found.lacks(planned.is_empty(), || format!("no target is in force in {quarter}"));
        let running = self.system.campaigns().iter().filter(|campaign| campaign.runs_in(quarter.first, quarter.last));
        found.lacks(!running.clone().any(|campaign| campaign.budget.is_some()), || format!("nothing is allocated in {quarter}: no campaign has a budget"));
        for kpi in planned {
            found.elements.push(self.part(ElementKind::Kpi, &kpi.definition.id, &kpi.name, self.owner(&kpi.owner), false));
        }
        for campaign in running.filter(|campaign| campaign.budget.is_some()) {
            found.elements.push(self.part(ElementKind::Campaign, &campaign.id, &campaign.name, self.owner(&campaign.owner), false));
        }
    }

    fn kpi(&self, kpi: &Kpi, found: &mut Gathered) {
        let (id, owner) = (&kpi.definition.id, self.owner(&kpi.owner));
        found.lacks(owner.is_none(), || format!("nobody answers for the KPI {id}"));
        found.elements.push(self.part(ElementKind::Kpi, id, &kpi.name, owner, false));
    }

    /// Whether a target that is known holds on the day.
    fn has_target(&self, kpi: &Kpi) -> bool {
        let holds = |first: Date, last: Date| first <= self.as_of && self.as_of <= last;
        let mut targets = self.system.targets_in(None, &kpi.definition.id).filter(|target| target.by.is_empty());
        targets.any(|target| holds(target.first, target.last) && target.set_on.is_none_or(|set| set <= self.as_of))
    }

    fn every_review(&self, wanted: impl Fn(Cadence) -> bool, found: &mut Gathered) {
        for review in self.system.reviews().iter().filter(|review| wanted(review.cadence)) {
            found.elements.push(self.part(ElementKind::Review, &review.id, &review.name, Some(review.held_by.clone()), false));
        }
    }

    /// The system's own, or what its nearest parent that has any lends it.
    fn own_or_inherited<T>(&self, of: impl Fn(&'s System) -> &'s [T]) -> &'s [T] {
        self.system.lineage().map(of).find(|own| !own.is_empty()).unwrap_or_default()
    }

    fn owner(&self, owner: &Assignments) -> Option<Id> {
        owner.on(self.as_of).map(|assignment| assignment.person.clone())
    }

    fn element(&self, element: &Element<'_>) -> CoveredElement {
        let part = element.part();
        let stale = self.stale.contains(&(part.kind, part.id.clone()));
        CoveredElement { owner: element.owner_on(self.as_of), part, stale }
    }

    fn part(&self, kind: ElementKind, id: &Id, name: &str, owner: Option<Id>, old: bool) -> CoveredElement {
        let stale = old || self.stale.contains(&(kind, id.to_string()));
        CoveredElement { part: Part { kind, id: id.to_string(), name: name.to_owned() }, owner, stale }
    }
}

fn unsettled(decision: &Decision) -> String {
    let how = match decision.status {
        DecisionStatus::Open => "is open",
        DecisionStatus::Proposed => "is only proposed",
        DecisionStatus::Reopened => "is argued again",
        DecisionStatus::Settled | DecisionStatus::Retired => "is not settled yet",
    };
    format!("the decision {} {how}", decision.id)
}
