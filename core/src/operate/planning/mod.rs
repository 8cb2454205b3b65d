//! The pack for a quarterly planning (domain D4): results against plan, what is learnt, proposed
//! targets with their basis, allocations, and the KPI set for confirmation. All of it is a proposal:
//! people agree to it by editing the plan.

mod allocations;
mod kpi_set;
mod learnt;
mod proposals;
mod written;

#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::base::calendar::{Grain, Period};
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::finding::quoted;
use crate::base::fingerprint::Fingerprint;
use crate::judge::landing::Landing;
use crate::judge::scorecard::Scorecard;
use crate::judge::snapshot::Snapshot;
use crate::judge::to_date::ToDate;
use crate::words::{Message, Words};

pub use allocations::{Brought, PlannedLine, PlanningBudget};
pub use kpi_set::{KpiSet, KpiToConfirm, SHORT_KPI_LIST};
pub use learnt::{DecisionDue, DecisionToRevise, ExplainedSignal, Learnt, LessonLearnt};
pub use proposals::{CandidateMethod, MetBefore, ProposedTarget, RestsOn, TargetCandidate, TargetProposal};

/// What a quarterly planning has before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlanningPack {
    /// Whose.
    pub system: String,
    /// The as-of date.
    pub as_of: Date,
    /// Of the snapshot that this is drawn from.
    pub fingerprint: Fingerprint,
    /// The quarter to plan.
    pub quarter: Period,
    /// The last quarter that is over.
    pub over: Period,
    /// Results against plan.
    pub results: PlanningResults,
    /// What is learnt.
    pub learnt: Learnt,
    /// Proposed targets for the quarter to plan, one entry for each KPI.
    pub proposals: Vec<TargetProposal>,
    /// The same as entries of the plan to paste, each with the status `proposed`.
    pub targets_yaml: String,
    /// The running budget.
    pub budget: PlanningBudget,
    /// The KPI set for confirmation.
    pub kpi_set: KpiSet,
    /// The words in which it is told.
    #[serde(skip)]
    pub(crate) words: Words,
}

/// Results against plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlanningResults {
    /// The scorecard of the last quarter that is over.
    pub quarter: Scorecard,
    /// The year so far; `None` where it cannot be told.
    pub year_to_date: Option<ToDate>,
    /// Where the running quarter will land; `None` where it cannot be told.
    pub landing: Option<Landing>,
    /// Why something is not told.
    pub not_told: Vec<String>,
}

impl Snapshot {
    /// The pack for planning a quarter, by its name; by default the one after that of the as-of date.
    ///
    /// A proposed target is the better, in the direction of the KPI, of the process as it runs (the
    /// centre of its process chart of quarters) and of the target in force, as far as these are known;
    /// it comes with the number of past quarters that would have met it. Computed figures are rounded
    /// to three digits, and counts to whole ones.
    ///
    /// ```
    /// use marketingos::{CandidateMethod, Facts, Source, System};
    /// let text = "
    /// marketingos: 1
    /// name: Small firm
    /// sources: { calls: { date: day, measures: [n], rows: events, recorded_from: 2024-01-01, recorded_until: as_of } }
    /// kpis: { calls: { name: Calls, unit: count of calls, direction: higher, sum: calls.n } }
    /// plan: { targets: { calls: { from: 2026-Q1, to: 2026-Q2, value: 115, status: agreed } } }
    /// ";
    /// let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// // Eight quarters of 100, 120, 100, 120, and so on.
    /// let quarters = (0..8).map(|at| format!("{}-{:02}-01,{}\n", 2024 + at / 4, at % 4 * 3 + 1, 100 + at % 2 * 20));
    /// let facts = Facts::builder(&system).csv("calls", "day,n\n".to_owned() + &quarters.collect::<String>()).build()?;
    /// let pack = system.snapshot(&facts, "2025-12-31".parse()?).planning(None)?;
    /// let calls = &pack.proposals[0];
    /// assert_eq!((pack.quarter.label.as_str(), calls.proposed.as_ref().unwrap().value.text.as_str()), ("2026-Q1", "115"));
    /// // The process runs at 110, which four of the eight quarters have met; so have they 115.
    /// assert_eq!((calls.candidates[0].method, calls.candidates[0].value.text.as_str()), (CandidateMethod::ProcessMean, "110"));
    /// assert_eq!(calls.proposed.as_ref().unwrap().met.of, 8);
    /// assert_eq!(pack.targets_yaml, "plan:\n  targets:\n    calls:\n      - { period: 2026-Q1, value: 115, status: proposed, set_on: 2025-12-31 }\n");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When there is no such quarter, or it is over.
    pub fn planning(&self, quarter: Option<&str>) -> Result<PlanningPack, Error> {
        let quarter = self.quarter_to_plan(quarter)?;
        let proposals = self.proposals(&quarter);
        Ok(PlanningPack {
            system: self.system().name().to_owned(),
            as_of: self.as_of(),
            fingerprint: self.fingerprint().clone(),
            over: self.last_over(Grain::Quarter, self.as_of()),
            results: self.planning_results(),
            learnt: self.learnt(&quarter),
            targets_yaml: written::targets(&proposals, self.as_of()),
            proposals,
            budget: self.planning_budget(),
            kpi_set: self.kpi_set(&quarter),
            words: self.system().words().clone(),
            quarter,
        })
    }

    fn quarter_to_plan(&self, quarter: Option<&str>) -> Result<Period, Error> {
        let calendar = self.system().calendar();
        let running = calendar.period(Grain::Quarter, self.as_of());
        let next = calendar.next(&running).unwrap_or(running);
        let Some(name) = quarter else { return Ok(next) };
        let found = self.period_called(name)?;
        let help = || format!("write a quarter such as `{}`", next.label);
        if found.grain != Grain::Quarter {
            return Err(Error::new(Code::NotAQuarter, format!("{} is not a quarter", quoted(name)), help()));
        }
        if found.last < self.as_of() {
            return Err(Error::new(Code::NotAQuarter, format!("{found} is over on {}, and cannot be planned", self.as_of()), help()));
        }
        Ok(found)
    }

    fn planning_results(&self) -> PlanningResults {
        let mut not_told = Vec::new();
        let words = self.system().words();
        let mut told = |message, error: Error| not_told.push(words.text(message, &[("cause", (&words.retell(error.message())).into())]));
        let mut year_to_date = self.to_date(Grain::Year).map_err(|error| told(Message::YearNotTold, error)).ok();
        let mut landing = self.landing(None, Some(Grain::Quarter)).map_err(|error| told(Message::QuarterNotTold, error)).ok();
        if let Some(to_date) = &mut year_to_date {
            to_date.lines = std::mem::take(&mut to_date.lines).into_iter().map(|line| line.in_words(words)).collect();
        }
        if let Some(landing) = &mut landing {
            landing.lines = landing.lines.iter().map(|line| line.in_words().into_owned()).collect();
        }
        PlanningResults { quarter: self.scorecard(Grain::Quarter), year_to_date, landing, not_told }
    }
}
