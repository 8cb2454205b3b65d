//! The written-down marketing operating system.

mod additivity;
pub(crate) mod audience;
pub(crate) mod budget;
pub(crate) mod cadence;
pub(crate) mod campaigns;
pub(crate) mod channels;
mod check;
pub(crate) mod content;
pub(crate) mod due;
pub(crate) mod element;
pub(crate) mod escalation;
pub mod frameworks;
mod index;
pub(crate) mod journal;
pub(crate) mod kpi;
pub(crate) mod layers;
pub mod library;
pub(crate) mod lifecycle;
mod mixed;
pub(crate) mod operations;
mod parts;
pub(crate) mod people;
pub(crate) mod plan;
pub(crate) mod questions;
mod read;
pub(crate) mod report;
pub(crate) mod rhythm;
pub(crate) mod signals;
pub(crate) mod source;
mod template;
mod units;
pub(crate) mod variance;

pub(crate) use read::format_version;

use serde::Serialize;

use crate::base::calendar::Calendar;
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::finding::{Finding, Severity};
use crate::base::fingerprint::Fingerprint;
use crate::base::id::Id;
use crate::text::Source;
use crate::words::{Language, Words};

use audience::Segment;
use budget::Budget;
use cadence::{ComponentCadence, Holiday};
use campaigns::{Campaign, Lesson};
use channels::Channel;
use content::Asset;
use escalation::Trigger;
use frameworks::Framework;
use index::Index;
use kpi::{Definition, Kpi, Measure};
use layers::{BrandLayer, Decision, Layer, MarketingLayer};
use lifecycle::Stage;
use operations::{Input, Tool, Workflow};
use people::{Assignments, Person};
use plan::{Scenario, Target};
use report::ReportTemplate;
use rhythm::Review;
use signals::SignalRules;
use source::SourceTable;
use variance::VarianceRules;

/// The whole written-down marketing operating system: both operating systems with their
/// layers and decisions, the people, the definitions, the targets and the rhythm.
///
/// A `System` is read from text by [`System::parse`] and cannot be changed afterwards; every
/// reference in it is known to lead somewhere and no definition refers to itself.
///
/// ```
/// use marketingos::{Direction, Source, System};
/// let text = "
/// marketingos: 1
/// name: Small firm
/// people: { ana: Ana, ben: { name: Ben, role: Partner } }
/// operator: [ { person: ben, to: 2025-12-31 }, { person: ana, from: 2026-01-01 } ]
/// brand: { strategy: { decisions: { positioning: { kernel: positioning, statement: Timber only., status: settled } } } }
/// channels: { newsletter: { kind: owned, owner: ana, rests_on: [positioning] } }
/// sources: { leads: { date: created, rows: events } }
/// kpis: { leads: { unit: count of leads, direction: higher, owner: ana, count: leads } }
/// ";
/// let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
/// // Who was accountable on a day is a question that a system answers.
/// let operator = |day: &str| system.operator().on(day.parse().unwrap()).unwrap().person.to_string();
/// assert_eq!([operator("2025-06-30"), operator("2026-06-30")], ["ben", "ana"]);
/// assert_eq!(system.settled_on("2026-06-30".parse().unwrap()).count(), 1);
/// assert_eq!(system.channels()[0].inherits.rests_on, [system.decision("positioning").unwrap().id.clone()]);
/// assert_eq!(system.kpi("leads").unwrap().direction, Direction::Higher);
/// # Ok::<(), marketingos::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct System {
    name: String,
    calendar: Calendar,
    /// As it was written: not every build knows zones by name, and all read the same system.
    #[serde(skip_serializing_if = "Option::is_none")]
    zone: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    holidays: Vec<Holiday>,
    operator: Assignments,
    executive: Option<Id>,
    people: Vec<Person>,
    brand: Vec<Layer<BrandLayer>>,
    marketing: Vec<Layer<MarketingLayer>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    segments: Vec<Segment>,
    channels: Vec<Channel>,
    stages: Vec<Stage>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    assets: Vec<Asset>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    inputs: Vec<Input>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tools: Vec<Tool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    workflows: Vec<Workflow>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    campaigns: Vec<Campaign>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lessons: Vec<Lesson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    frameworks: Vec<Framework>,
    sources: Vec<SourceTable>,
    measures: Vec<Measure>,
    kpis: Vec<Kpi>,
    plan_name: String,
    targets: Vec<Target>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    budgets: Vec<Budget>,
    // What is not said says nothing, so that systems keep their fingerprints.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    scenarios: Vec<Scenario>,
    #[serde(skip_serializing_if = "VarianceRules::is_empty")]
    variance: VarianceRules,
    reviews: Vec<Review>,
    #[serde(rename = "rhythm", skip_serializing_if = "Vec::is_empty")]
    cadences: Vec<ComponentCadence>,
    triggers: Vec<Trigger>,
    signals: SignalRules,
    report: ReportTemplate,
    /// Its language, and what it says in its own way.
    #[serde(skip_serializing_if = "Words::is_default")]
    words: Words,
    /// The system whose decisions this one inherits.
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<Box<System>>,
    /// Follows from all of the above.
    #[serde(skip)]
    index: Index,
}

/// What is left to do when a system has been read.
fn check(system: &mut System, references: &read::References, findings: &mut Vec<Finding>) {
    system.index = Index::of(system);
    check::system(system, references, findings);
}

impl System {
    /// Reads a system from one or more texts, YAML or JSON. Several texts are parts of one
    /// system: each top-level key stands in one of them.
    ///
    /// ```
    /// use marketingos::{Source, System};
    /// let text = "
    /// marketingos: 1
    /// name: Small firm
    /// people:
    ///   ana: { name: Ana }
    /// operator: ana
    /// sources:
    ///   leads: { date: created, rows: events }
    /// kpis:
    ///   leads: { name: New leads, unit: count of leads, direction: higher, owner: ana, count: leads }
    /// ";
    /// let (system, findings) = System::parse(&[Source::new("system.yaml", text)])?;
    /// assert_eq!(system.kpis().len(), 1);
    /// assert!(findings.is_empty());
    /// # Ok::<(), marketingos::Error>(())
    /// ```
    ///
    /// # Errors
    /// When a text has errors; [`Error::findings`] lists all of them, and the warnings. When
    /// there are none, the warnings and notes come with the system.
    pub fn parse(sources: &[Source<'_>]) -> Result<(Self, Vec<Finding>), Error> {
        let mut findings = Vec::new();
        let system = read::system(sources, &mut findings).map(|(mut system, references)| {
            check(&mut system, &references, &mut findings);
            system
        });
        Finding::sort(&mut findings);
        match system {
            Some(system) if findings.iter().all(|finding| finding.severity != Severity::Error) => Ok((system, findings)),
            _ => Err(Error::from_findings(Code::NotASystem, findings)),
        }
    }

    /// The names of further texts that the given ones include, or name as their parent: the host
    /// finds them, adds them, and asks again until there are none. Texts with mistakes name none;
    /// [`System::parse`] reports these.
    ///
    /// ```
    /// use marketingos::{Source, System};
    /// let root = Source::new("firm/system.yaml", "marketingos: 1\nname: Small firm\ninclude: people.yaml\n");
    /// assert_eq!(System::needs(&[root]), ["firm/people.yaml"]);
    /// let people = Source::new("firm/people.yaml", "marketingos: 1\npeople: { ana: Ana }\n");
    /// assert!(System::needs(&[root, people]).is_empty());
    /// assert_eq!(System::parse(&[root, people])?.0.people().len(), 1);
    /// # Ok::<(), marketingos::Error>(())
    /// ```
    #[must_use]
    pub fn needs(sources: &[Source<'_>]) -> Vec<String> {
        read::needs(sources)
    }

    /// What the company or team is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The calendar.
    #[must_use]
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The time zone by whose clock reviews are held, as it was written.
    #[must_use]
    pub fn zone(&self) -> Option<&str> {
        self.zone.as_deref()
    }

    /// The days on which nothing is due.
    #[must_use]
    pub fn holidays(&self) -> &[Holiday] {
        &self.holidays
    }

    /// When the components that have no reviews are due.
    #[must_use]
    pub fn component_cadences(&self) -> &[ComponentCadence] {
        &self.cadences
    }

    /// Who is accountable for the whole (domain D3).
    #[must_use]
    pub fn operator(&self) -> &Assignments {
        &self.operator
    }

    /// To whom the monthly report goes.
    #[must_use]
    pub fn executive(&self) -> Option<&Person> {
        self.executive.as_ref().and_then(|id| self.person(id.as_str()))
    }

    /// Everybody.
    #[must_use]
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// Somebody, by id, here or in a parent system.
    #[must_use]
    pub fn person(&self, id: &str) -> Option<&Person> {
        self.lineage().find_map(|system| system.people.get(system.index.person(id)?))
    }

    /// The system whose decisions this one inherits, and whose people, segments and assets it may
    /// refer to.
    #[must_use]
    pub fn parent(&self) -> Option<&System> {
        self.parent.as_deref()
    }

    /// This system, its parent, and so on up.
    pub(crate) fn lineage(&self) -> impl Iterator<Item = &System> {
        std::iter::successors(Some(self), |system| system.parent())
    }

    /// The layers of the brand operating system that are written down.
    #[must_use]
    pub fn brand(&self) -> &[Layer<BrandLayer>] {
        &self.brand
    }

    /// The layers of the marketing operating system that are written down.
    #[must_use]
    pub fn marketing(&self) -> &[Layer<MarketingLayer>] {
        &self.marketing
    }

    /// The decisions of all layers, brand first; then those that are inherited from parent systems.
    pub fn decisions(&self) -> impl Iterator<Item = &Decision> {
        self.lineage().flat_map(System::own_decisions)
    }

    /// The decisions of this system's own layers, brand first.
    pub fn own_decisions(&self) -> impl Iterator<Item = &Decision> {
        let brand = self.brand.iter().flat_map(|layer| &layer.decisions);
        brand.chain(self.marketing.iter().flat_map(|layer| &layer.decisions))
    }

    /// A decision, by id.
    #[must_use]
    pub fn decision(&self, id: &str) -> Option<&Decision> {
        self.decisions().find(|decision| decision.id.as_str() == id)
    }

    /// The decisions that hold on a day.
    pub fn settled_on(&self, day: Date) -> impl Iterator<Item = &Decision> {
        self.decisions().filter(move |decision| decision.is_settled_on(day))
    }

    /// The parts of the audience.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The surfaces.
    #[must_use]
    pub fn channels(&self) -> &[Channel] {
        &self.channels
    }

    /// The lifecycle stages, in order.
    #[must_use]
    pub fn stages(&self) -> &[Stage] {
        &self.stages
    }

    /// The asset library: assets, components and templates.
    #[must_use]
    pub fn assets(&self) -> &[Asset] {
        &self.assets
    }

    /// What flows in.
    #[must_use]
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// The tools that the system is run with.
    #[must_use]
    pub fn tools(&self) -> &[Tool] {
        &self.tools
    }

    /// The work that is done again and again.
    #[must_use]
    pub fn workflows(&self) -> &[Workflow] {
        &self.workflows
    }

    /// The campaigns, in the order written.
    #[must_use]
    pub fn campaigns(&self) -> &[Campaign] {
        &self.campaigns
    }

    /// What was learned, in the order written.
    #[must_use]
    pub fn lessons(&self) -> &[Lesson] {
        &self.lessons
    }

    /// The published frameworks, then those of this system and of its parents.
    pub fn frameworks(&self) -> impl Iterator<Item = Framework> {
        frameworks::standard().chain(self.lineage().flat_map(|system| system.frameworks.iter().cloned()))
    }

    /// The declared tables.
    #[must_use]
    pub fn sources(&self) -> &[SourceTable] {
        &self.sources
    }

    /// A declared table, by id.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&SourceTable> {
        self.sources.iter().find(|source| source.id.as_str() == id)
    }

    /// Figures that KPIs are built from and that are not KPIs themselves.
    #[must_use]
    pub fn measures(&self) -> &[Measure] {
        &self.measures
    }

    /// The KPI set, in the order in which it is shown.
    #[must_use]
    pub fn kpis(&self) -> &[Kpi] {
        &self.kpis
    }

    /// A KPI, by id.
    #[must_use]
    pub fn kpi(&self, id: &str) -> Option<&Kpi> {
        self.kpis.get(self.index.definition(id)?)
    }

    /// The definitions of all KPIs and measures, KPIs first.
    pub fn definitions(&self) -> impl Iterator<Item = &Definition> {
        self.kpis.iter().map(|kpi| &kpi.definition).chain(self.measures.iter().map(|measure| &measure.definition))
    }

    /// The definition of a KPI or measure, by id.
    #[must_use]
    pub fn definition(&self, id: &str) -> Option<&Definition> {
        let position = self.index.definition(id)?;
        let measure = || self.measures.get(position.checked_sub(self.kpis.len())?).map(|measure| &measure.definition);
        self.kpis.get(position).map(|kpi| &kpi.definition).or_else(measure)
    }

    /// What the plan is called; may be empty.
    #[must_use]
    pub fn plan_name(&self) -> &str {
        &self.plan_name
    }

    /// Every target, in the order written.
    #[must_use]
    pub fn targets(&self) -> &[Target] {
        &self.targets
    }

    /// The sets of targets beside the plan: forecasts, budgets, cases.
    #[must_use]
    pub fn scenarios(&self) -> &[Scenario] {
        &self.scenarios
    }

    /// The targets of a KPI in the plan or in a scenario, in the order written, those of members too.
    pub(crate) fn targets_in<'s>(&'s self, scenario: Option<&'s Scenario>, kpi: &Id) -> impl Iterator<Item = &'s Target> {
        let targets = scenario.map_or(self.targets.as_slice(), |scenario| scenario.targets.as_slice());
        self.index.targets(scenario.map(|scenario| &scenario.id), kpi).iter().filter_map(|position| targets.get(*position))
    }

    /// How differences are judged, unless a KPI says otherwise.
    #[must_use]
    pub fn variance(&self) -> &VarianceRules {
        &self.variance
    }

    /// How differences of a KPI are judged.
    pub(crate) fn variance_of(&self, kpi: &Kpi) -> VarianceRules {
        kpi.variance.or(&self.variance)
    }

    /// The standing reviews.
    #[must_use]
    pub fn reviews(&self) -> &[Review] {
        &self.reviews
    }

    /// The budgets, in the order of the text.
    #[must_use]
    pub fn budgets(&self) -> &[Budget] {
        &self.budgets
    }

    /// What triggers an escalation.
    #[must_use]
    pub fn triggers(&self) -> &[Trigger] {
        &self.triggers
    }

    /// How signals are told from noise.
    #[must_use]
    pub fn signals(&self) -> SignalRules {
        self.signals
    }

    /// The language in which it speaks.
    ///
    /// ```
    /// use marketingos::{Language, Source, System};
    /// let text = "{marketingos: 1, name: Kleine Firma, language: de, wording: {noise: im Rahmen}}";
    /// let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// assert_eq!(system.language(), Language::German);
    /// # Ok::<(), marketingos::Error>(())
    /// ```
    #[must_use]
    pub fn language(&self) -> Language {
        self.words.language()
    }

    /// What it says, in its language.
    pub(crate) fn words(&self) -> &Words {
        &self.words
    }

    /// The same system in another language; its own wording is that of its language, and is left out.
    pub(crate) fn speaking(&self, language: Language) -> Self {
        Self { words: Words::new(language, Vec::new()), ..self.clone() }
    }

    /// The standing template of the monthly report.
    #[must_use]
    pub fn report_template(&self) -> &ReportTemplate {
        &self.report
    }

    /// A stable hash of the system: equal for texts that say the same.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        self.index.fingerprint().cloned().unwrap_or_else(|| Fingerprint::of(self))
    }
}
