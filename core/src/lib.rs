//! The marketing operating system as an embeddable library.
//!
//! A team writes its system down once, as text ([`mod@format`]); everything else is a function of
//! (system, facts, as-of date):
//!
//! ```text
//! text ─▶ System ─┐
//! CSV  ─▶ Facts  ─┼─▶ Snapshot ─▶ scorecard, series, agenda, escalations, report, diagnosis
//! as-of date ─────┘         + Journal ─▶ rhythm, minutes, what agendas carry forward
//! ```
//!
//! ```
//! use marketingos::{Facts, Grain, Source, System};
//!
//! let text = "
//! marketingos: 1
//! name: Small firm
//! people: { ana: Ana }
//! operator: ana
//! sources: { leads: { date: created, rows: events, recorded_from: 2026-01-01, recorded_until: as_of } }
//! kpis: { leads: { name: New leads, unit: count of leads, direction: higher, owner: ana, count: leads } }
//! plan: { targets: { leads: [ { from: 2026-01, to: 2026-12, value: 3 } ] } }
//! ";
//! let (system, findings) = System::parse(&[Source::new("system.yaml", text)])?;
//! assert!(findings.is_empty());
//! let facts = Facts::builder(&system).csv("leads", "created\n2026-01-05\n2026-01-19\n").build()?;
//! let snapshot = system.snapshot(&facts, "2026-01-31".parse()?);
//! let line = &snapshot.scorecard(Grain::Month).lines[0];
//! assert_eq!((line.actual.text.as_str(), line.plan.base.text.as_str()), ("2", "3"));
//! assert_eq!(line.status.target.words(), "off target");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Promises
//!
//! - **One number everywhere.** The same system, facts and as-of date give the same bytes on every
//!   platform, in whatever order the rows arrive, and in whatever parts, if [`Cells`] of them are
//!   merged. Figures are exact rationals until they are written.
//! - **A value or a reason.** A [`Value`] is a number, or undefined, missing, incomplete or not
//!   comparable, with the cause.
//! - **Agreement by construction.** Scorecard, agenda, report and diagnosis are drawn from one
//!   immutable [`Snapshot`].
//! - **Pure, and no panics.** No clock, files, network, environment, randomness, global state or
//!   `unsafe`; no input makes it panic.

mod base;
mod diagnose;
pub mod edit;
mod judge;
mod measure;
mod model;
mod operate;
mod render;
mod text;
pub mod wire;
mod words;
#[cfg(feature = "xlsx")]
pub mod workbook;
pub mod written;

#[doc = include_str!("format.md")]
pub mod format {}

pub use base::calendar::{Against, Calendar, Grain, NameError, NamedBy, Names, Period, Span, Week53, WeekPattern, Weekday, YearEnd, YearEndRule};
pub use base::code::Code;
pub use base::date::{Date, DateError, DatePattern};
pub use base::error::Error;
pub use base::finding::{Finding, Mark, Origin, Place, Severity};
pub use base::fingerprint::Fingerprint;
pub use base::id::Id;
pub use base::money::{Cost, Every, Money};
pub use base::number::Number;
pub use base::recurrence::{Falls, Recurrence, RecurrenceError};
pub use base::time::TimeOfDay;
pub use base::unit::{Per, Unit};
pub use base::value::Value;
pub use base::zone::Zone;
pub use diagnose::diagnosis::{
    CountedEvidence, Diagnosis, EvidenceKind, EvidenceUse, Level, NextEvidence, Outcome, RuleKind, RuleResult, Standing, Statement, UncountedEvidence, Verdict,
};
pub use diagnose::evidence::Evidence;
pub use judge::against::{AgainstScenario, LevelReached};
pub use judge::attainment::Attainment;
pub use judge::budget::{BudgetAmounts, BudgetGroup, BudgetGrouping, BudgetLineReport, BudgetReport};
pub use judge::by_member::{ByMember, MemberLine};
pub use judge::compare::{Aspect, AspectComparison, ComparedFigure, ComparedPeriod, DefinitionComparison};
pub use judge::contributors::{Combination, Contributing, Contributor, ContributorRest, Contributors};
pub use judge::difference::{DifferenceCause, DifferencePart, DifferingSnapshot, FigureDifference, FigureKind, SnapshotDifference};
pub use judge::explanation::{ExplainedDriver, ExplainedEffect, ExplainedMember, ExplainedVolume, Explanation, Why};
pub use judge::landing::methods::Method;
pub use judge::landing::pacing::Pacing;
pub use judge::landing::{BackTest, Landing, LandingBasis, LandingInterval, LandingLine, TriedMethod};
pub use judge::process_chart::{ProcessChart, ProcessLines, ProcessPoint, ProcessSegment};
pub use judge::progress::{Compared, CostCourse, KpiPredictability, Predictability, PredictabilityMeasure, Progress, ProgressVerdict};
pub use judge::reference::Reference;
pub use judge::scorecard::{Line, OnTarget, Owner, Point, Scorecard, SignalStatus, Status, Trend};
pub use judge::signals::answers::{Assurance, Variation};
pub use judge::signals::chart::{Chart, ChartLines, ChartPoint, ChartSegment, Charting, Process};
pub use judge::signals::course::{Course, FittedCourse, SeasonForm};
pub use judge::signals::limits::ProcessLimits;
pub use judge::signals::place::Side;
pub use judge::signals::rules::{Signal, SignalRule};
pub use judge::snapshot::Snapshot;
pub use judge::target::TargetFor;
pub use judge::target_history::{HeldDays, HeldTarget, TargetHistory, TargetSet};
pub use judge::to_date::{ToDate, ToDateLine};
pub use judge::variance::{Comparison, Figure, Impact};
pub use judge::why::drivers::{DriverSplit, MOST_DRIVERS};
pub use judge::why::effects::{Decomposition, Effect, EffectTotal, MemberEffects};
pub use judge::why::price_volume::{PriceVolume, PriceVolumeMember};
pub use judge::why::rate_mix::{RateMember, RateMix};
pub use measure::{Caveat, CaveatKind, Cells, Coverage, Datum, Facts, FactsBuilder, Load, Member, MemberName, Observation, Panel, PanelColumn, Reason};
pub use model::System;
pub use model::audience::Segment;
pub use model::budget::{Allocation, Budget, BudgetLine, BudgetMove, Commitment};
pub use model::cadence::{ComponentCadence, Holiday, HolidayDay, OnHoliday};
pub use model::campaigns::{Campaign, CampaignKind, Estate, Lesson, Proposal, ProposalAnswer};
pub use model::channels::{Channel, ChannelKind};
pub use model::content::{Asset, AssetKind, AssetLife};
pub use model::element::{ElementKind, Inheritance, Part};
pub use model::escalation::{Rung, Trigger, TriggerKind, When};
pub use model::frameworks;
pub use model::journal::{
    Acknowledgement, Action, ActionMove, Answer, Comment, Component, Done, DroppedAction, Journal, MinutedDecision, Minutes, Question, Skipped,
};
pub use model::kpi::{
    Additivity, Basis, Calculation, CreditRule, Definition, Direction, Filter, Kpi, Measure, Missing, Redefinition, Standard, Statistic, Take, Window,
    WrittenFormula,
};
pub use model::layers::{BrandLayer, Decision, DecisionStatus, Kernel, Layer, MarketingLayer, Revision};
pub use model::library;
pub use model::lifecycle::{Moment, Stage};
pub use model::operations::{Input, InputKind, Tool, Workflow, WorkflowStep};
pub use model::people::{Assignment, Assignments, Person};
pub use model::plan::{Aim, Bound, Levels, Phasing, PlannedMember, Scenario, Target, TargetStatus};
pub use model::questions::audit::{Audit, Breakdown, BreakdownKind, RestartDrag, StepAudit, WorkflowAudit};
pub use model::questions::compounding::{CampaignQuarter, CampaignSpend, CampaignTally, Compounding, CompoundingVerdict};
pub use model::questions::coverage::{CoveredElement, FrameworkCoverage, LayerCoverage, LayerStatus};
pub use model::questions::diff::{Change, ChangeKind, SystemDiff};
pub use model::questions::impact::{Affected, DecisionImpact, Stale};
pub use model::questions::next_steps::{BuildStep, NextStep, NextSteps};
pub use model::questions::responsibility::{Accountable, Away, Carried, Left};
pub use model::questions::shipping::{Shipping, ShippingItem, Unanswered};
pub use model::questions::surfaces::{SURFACES_PER_PERSON, Surface, Surfaces};
pub use model::report::{ReportLength, ReportTemplate, Section, SectionTemplate};
pub use model::rhythm::{Cadence, Review};
pub use model::signals::{Baseline, Centre, ChartCourse, ChartRules, ProcessChange, RuleSet, SignalRules};
pub use model::source::{Column, DateColumn, KnownColumn, MeasureColumn, RecordedUntil, Rows, SourceTable};
pub use model::variance::{AttainmentRule, Materiality, VarianceRules};
pub use operate::agenda::carried::{AgendaAction, AgendaDecision, AgendaQuestion, LastReview};
pub use operate::agenda::time_box::{TimeBox, TimeSlot};
pub use operate::agenda::{Agenda, AgendaItem, AgendaKind, AgendaNote, AgendaNoteKind, AgendaReview};
pub use operate::deck::{Deck, Slide, SlideBody, SlidePoint};
pub use operate::escalation::{Escalated, EscalatedKind, Escalation, EscalationAcknowledged, EscalationReason, EscalationState};
pub use operate::minutes::{MinutesBook, MinutesDraft, NumbersThen, RecordedMinutes};
pub use operate::planning::{
    Brought, CandidateMethod, DecisionDue, DecisionToRevise, ExplainedSignal, KpiSet, KpiToConfirm, Learnt, LessonLearnt, MetBefore, PlannedLine,
    PlanningBudget, PlanningPack, PlanningResults, ProposedTarget, RestsOn, SHORT_KPI_LIST, TargetCandidate, TargetProposal,
};
pub use operate::report::{Block, Report, ReportSection};
pub use operate::rhythm::{Rhythm, RhythmItem, RhythmKind, RhythmStatus, UnansweredCadence, UnmatchedRecord};
pub use operate::weekly_review::{BoxScore, BoxSpan, ReviewPeriod, ReviewSpan, WeeklyReview};
pub use render::charts::Svg;
pub use render::{Format, TextStyle};
pub use text::Source;
pub use words::{FigureOf, Language, Piece, Prose};
pub use written::schema;

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}
