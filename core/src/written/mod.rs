//! A system written in code, key for key as in text ([`mod@format`](crate::format)).
//!
//! Each part of the format is a plain struct with a public field for each key and a method of the
//! same name that sets it; what a key may be written short as, it can be made [`From`]. A built
//! system *is* a written one: [`System::build`] writes JSON and reads it like any other, so that
//! there is no second set of rules, and what is wrong is found with its path.
//!
//! ```
//! use marketingos::written::{Channel, Decision, Kpi, Layer, Source, System, Target};
//! let built = System::named("Small firm")
//!     .person("ana", "Ana")
//!     .operator("ana")
//!     .channel("newsletter", Channel::owned().owner("ana").cadence("monthly"))
//!     .source("leads", Source::events("created").dimensions(["channel"]).recorded_until("as_of"))
//!     .kpi("leads", Kpi::count("leads").unit("count of leads").higher().owner("ana"))
//!     .target("leads", Target::through("2026-01", "2026-12", 3).set_by("ana"));
//! let (system, findings) = built.build()?;
//! assert!(findings.is_empty());
//!
//! let text = "
//! marketingos: 1
//! name: Small firm
//! people: { ana: Ana }
//! operator: ana
//! channels: { newsletter: { kind: owned, owner: ana, cadence: monthly } }
//! sources: { leads: { date: created, dimensions: [channel], rows: events, recorded_until: as_of } }
//! kpis: { leads: { unit: count of leads, direction: higher, owner: ana, count: leads } }
//! plan: { targets: { leads: [ { from: 2026-01, to: 2026-12, value: 3, set_by: ana } ] } }
//! ";
//! let (written, _) = marketingos::System::parse(&[marketingos::Source::new("system.yaml", text)])?;
//! assert_eq!(system.fingerprint(), written.fingerprint());
//!
//! // Mistakes are those of a text, with the same path.
//! let error = built.channel("fair", Channel::default().owner("bob")).build().unwrap_err();
//! let paths: Vec<&str> = error.findings().iter().map(|finding| finding.place.path.as_str()).collect();
//! assert_eq!(paths, ["channels.fair", "channels.fair.owner.person"]);
//! # Ok::<(), marketingos::Error>(())
//! ```

#[macro_use]
mod part;

mod channels;
mod escalation;
mod figures;
mod layers;
mod operations;
mod people;
mod plan;
mod rhythm;
#[cfg(feature = "schema")]
pub mod schema;
mod sources;
mod system;
mod values;

pub use channels::{Asset, Channel, Moment, Segment, Stage};
pub use escalation::{Each, Trigger, When};
pub use figures::{
    Calculation, Conversion, Credit, CreditRule, Cumulative, Duration, Given, Kpi, Measure, Members, Over, Ratio, Redefinition, Shortest, Summary,
    WeightedMean, Where,
};
pub use layers::{Brand, Decision, Layer, Marketing, Revision};
pub use operations::{Campaign, Estate, Framework, FrameworkLayer, Input, Lesson, Proposal, ProposalAnswer, Tool, Workflow, WorkflowStep};
pub use people::{Assignment, Owner, Person};
pub use plan::{Allocation, Budget, BudgetLine, BudgetMove, Commitment, Levels, Materiality, Phasing, Plan, Scenario, Target, Variance};
pub use rhythm::{
    Baseline, Calendar, Chart, ComponentCadence, Holiday, Month, PeriodNames, ProcessChange, ReportTemplate, Review, Rhythm, SectionTemplate, Signals,
    WeekPattern, YearEnd,
};
pub use sources::{Column, Columns, DateColumn, MeasureColumn, MeasureColumns, RecordedUntil, Source};
pub use system::System;
pub use values::{
    Cost, Day, Id, List, Map, Mark, Member, Money, Number, Period, ReportLength, ShortCode, SourceColumn, Statistic, TimeOfDay, Unit, Whole, YesNo,
};

/// The JSON Schema (2020-12) of a system's text, as JSON text: for editors, forms and programs that
/// write systems. What it accepts may still have mistakes that only reading finds, such as a
/// reference that leads nowhere.
///
/// ```
/// assert!(marketingos::schema().contains("\"channels\""));
/// ```
#[must_use]
pub fn schema() -> &'static str {
    include_str!("../../schema/system.schema.json")
}
