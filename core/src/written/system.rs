//! A whole system, and what is made of it.

use serde::Serialize;

use super::channels::{Asset, Channel, Segment, Stage};
use super::escalation::Trigger;
use super::figures::{Kpi, Measure};
use super::layers::{Brand, Marketing};
use super::operations::{Campaign, Framework, Input, Lesson, Tool, Workflow};
use super::people::{Assignment, Person};
use super::plan::{Plan, Target, Variance};
use super::rhythm::{Calendar, ReportTemplate, Review, Rhythm, Signals};
use super::sources::Source as Table;
use super::values::{Id, Number};
use crate::base::error::Error;
use crate::base::finding::Finding;
use crate::text::Source;
use crate::words::Language;

part! {
    /// A whole system.
    System shape super::schema::system, {
        /// What the company or team is called; required in one of the texts.
        name: (String),
        /// When years and weeks start, and how periods are called.
        calendar: (Calendar),
        /// The least share of a period's days that must be covered by data; default `100 %`.
        min_coverage: (Number),
        /// The people, by id.
        people: {person: Person},
        /// The one person who is accountable for the whole.
        operator: [Assignment],
        /// The person to whom the monthly report goes.
        executive: (Id),
        /// What the brand is.
        brand: (Brand),
        /// How the brand ships.
        marketing: (Marketing),
        /// The segments, by id.
        segments: {segment: Segment},
        /// The channels, by id.
        channels: {channel: Channel},
        /// The stages of the lifecycle in order, by id.
        stages: {stage: Stage},
        /// The library that channels draw from, by id.
        assets: {asset: Asset},
        /// What flows in, by id.
        inputs: {input: Input},
        /// What the work is done with, by id.
        tools: {tool: Tool},
        /// Work that is done again and again, by id.
        workflows: {workflow: Workflow},
        /// The campaigns, by id.
        campaigns: {campaign: Campaign},
        /// What was learned, by id.
        lessons: {lesson: Lesson},
        /// Other ways to name the parts of the same system, by id.
        frameworks: {framework: Framework},
        /// Tables of facts, by id.
        sources: {source: Table},
        /// Figures that KPIs are made of, by id.
        measures: {measure: Measure},
        /// The short list of KPIs, by id.
        kpis: {kpi: Kpi},
        /// The plan and its targets.
        plan: (Plan),
        /// How differences are judged.
        variance: (Variance),
        /// The reviews, by id.
        reviews: {review: Review},
        /// When the components that have no reviews are due.
        rhythm: (Rhythm),
        /// What escalates, and to whom.
        escalation: [Trigger],
        /// What process limits rest on.
        signals: (Signals),
        /// The monthly report.
        report: (ReportTemplate),
        /// The language in which it speaks: `en` (default) or `de`.
        language: (Language),
        /// Messages that it says in its own way: the keys of messages with their patterns.
        wording: {saying: String},
        /// The names of further texts that are parts of this system; the host finds them.
        include: [String],
        /// The name of the text of the parent system, which the host finds.
        parent: (String),
    }
}

/// A system with the version that a text starts with.
#[derive(Serialize)]
struct Versioned<'a> {
    marketingos: u8,
    #[serde(flatten)]
    system: &'a System,
}

impl System {
    /// A system of which only the name is written.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self::default().name(name)
    }

    /// With one more target of a KPI.
    #[must_use]
    pub fn target(mut self, kpi: &str, target: Target) -> Self {
        self.plan = Some(self.plan.unwrap_or_default().target(kpi, target));
        self
    }

    /// The JSON text, with its keys and entries in the order in which they stand here.
    ///
    /// ```
    /// let system = marketingos::written::System::named("Small firm").person("ana", "Ana");
    /// assert_eq!(system.to_json(), r#"{"marketingos":1,"name":"Small firm","people":{"ana":{"name":"Ana"}}}"#);
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        // Nothing in it can fail to be written: no map has keys that are not text.
        serde_json::to_string(&Versioned { marketingos: 1, system: self }).unwrap_or_default()
    }

    /// Reads the [JSON text](Self::to_json) as `system.json`, with the warnings and notes about it.
    /// One that names further texts is built [with](Self::build_with) them.
    ///
    /// # Errors
    /// When it has errors: [`Error::findings`] lists all of them, each with its path, as for a text.
    pub fn build(&self) -> Result<(crate::model::System, Vec<Finding>), Error> {
        self.build_with(&[])
    }

    /// The same with the texts that it names: what it includes, and its parent.
    ///
    /// ```
    /// use marketingos::{Source, written::System};
    /// let people = Source::new("people.yaml", "{ marketingos: 1, people: { ana: Ana } }");
    /// let (system, _) = System::named("Small firm").include("people.yaml").operator("ana").build_with(&[people])?;
    /// assert_eq!(system.people()[0].name, "Ana");
    /// # Ok::<(), marketingos::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`build`](Self::build), and when a text that is named is not given.
    pub fn build_with(&self, further: &[Source<'_>]) -> Result<(crate::model::System, Vec<Finding>), Error> {
        let text = self.to_json();
        let texts: Vec<Source<'_>> = [Source::new("system.json", &text)].into_iter().chain(further.iter().copied()).collect();
        crate::model::System::parse(&texts)
    }
}
