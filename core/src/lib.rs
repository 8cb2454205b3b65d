//! The marketing operating system as an embeddable library.

mod base;
mod judge;
mod measure;
mod model;
mod operate;
mod render;
mod text;
pub mod wire;

pub use base::calendar::{Calendar, Grain, Period, Span};
pub use base::code::Code;
pub use base::date::{Date, DateError, DatePattern};
pub use base::error::Error;
pub use base::finding::{Finding, Mark, Place, Severity};
pub use base::fingerprint::Fingerprint;
pub use base::id::Id;
pub use base::number::Number;
pub use base::unit::Unit;
pub use base::value::Value;
pub use judge::scorecard::{Line, OnTarget, Owner, Point, Scorecard, SignalStatus, Status, Trend};
pub use judge::snapshot::Snapshot;
pub use judge::target::TargetFor;
pub use judge::variance::{Comparison, Figure, Impact};
pub use judge::xmr::{ProcessLimits, Side, Signal, SignalRule};
pub use measure::{Caveat, CaveatKind, Coverage, Facts, FactsBuilder, Load, Member, Observation};
pub use model::System;
pub use model::kpi::{Calculation, Condition, Definition, Direction, Kpi, Statistic, WrittenFormula};
pub use model::layers::{BrandLayer, Channel, ChannelKind, Decision, DecisionStatus, Kernel, Layer, MarketingLayer, Stage};
pub use model::people::{Assignment, Assignments, Person};
pub use model::plan::{Aim, Target, TargetStatus};
pub use model::rhythm::{Cadence, ReportTemplate, Review, Rung, Section, SignalRules, Trigger, When};
pub use model::source::{Column, DateColumn, MeasureColumn, RecordedUntil, Rows, SourceTable};
pub use operate::agenda::{Agenda, AgendaItem, AgendaKind, AgendaReview};
pub use operate::escalation::{Escalation, EscalationReason};
pub use operate::report::{Block, Report, ReportSection};
pub use render::Format;
pub use text::Source;
