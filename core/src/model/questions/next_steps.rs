//! What to build first: brand first (domain D1), then the beginning of D7 and the build order of D4.

use serde::Serialize;

use super::contents::Contents;
use crate::base::calendar::Grain;
use crate::base::date::Date;
use crate::model::System;
use crate::model::frameworks::Home;
use crate::model::layers::BrandLayer;

/// The steps towards a running system, and how far this one is, as of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NextSteps {
    /// The step to take first; `None` when all are done.
    pub first: Option<BuildStep>,
    /// All steps in order.
    pub steps: Vec<NextStep>,
}

/// A step towards a running system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NextStep {
    /// Which.
    pub step: BuildStep,
    /// What it is, in words.
    pub name: &'static str,
    /// Why it comes here.
    pub reason: String,
    /// Whether nothing is left to do.
    pub done: bool,
    /// What is left to do, each a sentence.
    pub missing: Vec<String>,
}

/// The steps in the order in which they build on one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BuildStep {
    /// Positioning, ideal customer profile and messaging.
    SettleKernel,
    /// All layers of the brand operating system.
    SettleBrand,
    /// One person accountable for the whole.
    NameOperator,
    /// The workflows, written down.
    SystemsAudit,
    /// One workflow made reliable.
    CriticalWorkflow,
    /// The KPI set.
    KpiSet,
    /// The live view against plan.
    Dashboard,
    /// The standing reviews.
    ReviewCadence,
    /// The monthly written report.
    MonthlyReport,
    /// Plan and budget.
    PlanAndBudget,
    /// Metrics of the system rather than of campaigns.
    SystemMetrics,
}

/// Any of these among the KPIs shows that the system itself is measured (domain D6).
const SYSTEM_METRICS: [(&str, &[(&str, &str)]); 3] = [
    ("pipeline velocity", &[("pipeline_velocity", "")]),
    ("fully loaded customer acquisition cost", &[("cac", "fully_loaded")]),
    ("influenced pipeline or revenue", &[("influenced_pipeline", ""), ("influenced_revenue", "")]),
];

impl System {
    /// What is to be built next, in order and with reasons.
    ///
    /// ```
    /// use marketingos::{BuildStep, Source, System};
    /// let text = "
    /// marketingos: 1
    /// name: Small firm
    /// brand: { strategy: { decisions: { positioning: { statement: Timber only., kernel: positioning, status: settled } } } }
    /// ";
    /// let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let steps = system.next_steps("2026-06-30".parse()?);
    /// assert_eq!(steps.first, Some(BuildStep::SettleKernel));
    /// assert_eq!(steps.steps[0].missing[0], "no decision says that it is the kernel's on the ideal customer");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn next_steps(&self, as_of: Date) -> NextSteps {
        use BuildStep as Step;
        let contents = Contents::new(self, as_of);
        let missing = |homes: &[Home]| contents.of(homes).1;
        let brand: Vec<Home> = BrandLayer::ALL.iter().map(|(_, layer)| Home::Brand(*layer)).collect();
        let quarter = self.calendar().period(Grain::Quarter, as_of);
        let boundary = self.calendar().next(&quarter).map_or_else(|| "the next quarter".to_owned(), |next| next.first.to_string());
        let plan = format!("it is what the dashboard is measured against; it is refreshed at the next quarter boundary, {boundary}");
        let rows: [(Step, &'static str, String, Vec<String>); 11] = [
            (
                Step::SettleKernel,
                "Codify the kernel",
                "brand first: whatever ships on an unsettled kernel argues it again in production".to_owned(),
                missing(&[Home::Kernel]),
            ),
            (Step::SettleBrand, "Settle the brand", "marketing inherits from all six layers of the brand".to_owned(), missing(&brand)),
            (
                Step::NameOperator,
                "Name the operator",
                "a role that is split across functions answers for nothing that connects them".to_owned(),
                self.no_operator(as_of),
            ),
            (Step::SystemsAudit, "Map the workflows", "where work breaks down shows what to build".to_owned(), self.not_mapped()),
            (
                Step::CriticalWorkflow,
                "Perfect one critical workflow",
                "one that is reliable and repeatable shows how the others can be".to_owned(),
                self.critical_breakdowns(as_of),
            ),
            (
                Step::KpiSet,
                "Set the KPIs",
                "each of the pieces after it feeds on a short list of metrics with targets and owners".to_owned(),
                missing(&[Home::Kpis]),
            ),
            (Step::Dashboard, "Show them against plan", "the dashboard is fed by the KPI set".to_owned(), missing(&[Home::Dashboard])),
            (Step::ReviewCadence, "Hold the reviews", "the reviews are held against the dashboard".to_owned(), missing(&[Home::Reviews])),
            (
                Step::MonthlyReport,
                "Write the monthly report",
                "the report is written from the dashboard, for the monthly review".to_owned(),
                missing(&[Home::Report]),
            ),
            (Step::PlanAndBudget, "Refresh plan and budget", plan, missing(&[Home::Plan])),
            (
                Step::SystemMetrics,
                "Shift to system metrics",
                "the question is no longer whether a campaign worked, but whether the system becomes more efficient and predictable".to_owned(),
                self.system_metrics(),
            ),
        ];
        let steps: Vec<NextStep> =
            rows.into_iter().map(|(step, name, reason, missing)| NextStep { step, name, reason, done: missing.is_empty(), missing }).collect();
        NextSteps { first: steps.iter().find(|step| !step.done).map(|step| step.step), steps }
    }

    /// The step to take first, with what is left to do in it; `None` when all are done.
    #[must_use]
    pub fn which_first(&self, as_of: Date) -> Option<NextStep> {
        self.next_steps(as_of).steps.into_iter().find(|step| !step.done)
    }

    fn no_operator(&self, as_of: Date) -> Vec<String> {
        match self.operator().on(as_of) {
            Some(_) => Vec::new(),
            None => vec!["nobody is accountable for the whole".to_owned()],
        }
    }

    fn not_mapped(&self) -> Vec<String> {
        if self.workflows().is_empty() {
            return vec!["no workflow is written down".to_owned()];
        }
        let empty = self.workflows().iter().filter(|workflow| workflow.steps.is_empty());
        empty.map(|workflow| format!("the workflow {} has no steps", workflow.id)).collect()
    }

    fn critical_breakdowns(&self, as_of: Date) -> Vec<String> {
        let audit = self.audit(as_of);
        let Some(critical) = audit.workflows.into_iter().find(|workflow| workflow.critical) else {
            return vec!["no workflow is marked as the critical one".to_owned()];
        };
        if critical.steps.is_empty() {
            return vec![format!("the workflow {} has no steps", critical.id)];
        }
        critical.steps.into_iter().flat_map(|step| step.breakdowns).map(|breakdown| breakdown.text).collect()
    }

    fn system_metrics(&self) -> Vec<String> {
        let standards: Vec<_> = self.kpis().iter().filter_map(|kpi| kpi.definition.standard.as_ref()).collect();
        let has = |(kpi, variant): &(&str, &str)| {
            standards.iter().any(|standard| standard.kpi.as_str() == *kpi && (variant.is_empty() || standard.variant.as_str() == *variant))
        };
        let absent = SYSTEM_METRICS.iter().filter(|(_, any)| !any.iter().any(has));
        absent.map(|(name, _)| format!("no KPI is the standard one of {name}")).collect()
    }
}
