//! The snapshot: the evaluation of a system over facts at an as-of date.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::base::calendar::{Grain, Period};
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::finding::{Finding, quoted};
use crate::base::fingerprint::Fingerprint;
use crate::base::id::{Id, nearest};
use crate::base::number::Number;
use crate::base::value::Value;
use crate::measure::{Coverage, Evaluation, Facts, Observation};
use crate::model::System;
use crate::model::kpi::Kpi;

/// The evaluation of a system over facts at an as-of date. It never changes, and everything
/// that is shown (scorecard, agenda, report, diagnosis) is drawn from it, so they cannot
/// disagree.
///
/// ```
/// use marketingos::{Cadence, Facts, Grain, Source, System};
/// let text = "
/// marketingos: 1
/// name: Small firm
/// people: { ana: Ana, ben: Ben }
/// operator: ana
/// executive: ben
/// sources: { leads: { date: created, dimensions: [channel], rows: events, recorded_from: 2026-01-01, recorded_until: as_of } }
/// kpis: { leads: { name: New leads, unit: count of leads, direction: higher, owner: ana, count: leads } }
/// plan: { targets: { leads: [ { from: 2026-01, to: 2026-12, value: 3 } ] } }
/// escalation: [ { when: off_target, periods: 2, to: executive } ]
/// ";
/// let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
/// let facts = Facts::builder(&system).csv("leads", "created,channel\n2026-01-05,web\n2026-02-09,fair\n").build()?;
/// let snapshot = system.snapshot(&facts, "2026-02-28".parse()?);
///
/// assert_eq!(snapshot.scorecard(Grain::Month).lines[0].actual.text, "1");
/// assert_eq!(snapshot.line_for("leads", "2026-01")?.plan.change.text, "\u{2212}2");
/// let by_channel = snapshot.series("leads", Grain::All, &["channel"])?;
/// assert_eq!(by_channel[0].member, [Some("fair".to_owned())]);
/// assert_eq!(snapshot.escalations()[0].person.as_deref(), Some("Ben"));
/// assert_eq!(snapshot.agenda(Cadence::Monthly).items[0].name, "New leads");
/// assert!(snapshot.report(Some("2026-01"))?.to_markdown().contains("the one KPI with a target did not meet it"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Snapshot {
    system: Arc<System>,
    facts: Arc<Facts>,
    as_of: Date,
    fingerprint: Fingerprint,
    findings: Vec<Finding>,
    /// Every KPI at every grain, period by period.
    series: BTreeMap<(Id, Grain), BTreeMap<Date, Observation>>,
}

/// What a snapshot's fingerprint is made of.
#[derive(Serialize)]
struct Identity<'a> {
    system: &'a Fingerprint,
    facts: &'a Fingerprint,
    as_of: Date,
}

impl System {
    /// Evaluates the system over facts, as known on a date: rows dated later do not count.
    ///
    /// ```
    /// # use marketingos::{Facts, Grain, Source, System};
    /// # let text = "{marketingos: 1, name: Small firm, people: {ana: Ana}, operator: ana,
    /// #   sources: {leads: {date: created, rows: events}},
    /// #   kpis: {leads: {name: New leads, unit: count of leads, direction: higher, owner: ana, count: leads}}}";
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let facts = Facts::builder(&system).csv("leads", "created\n2026-01-05\n2026-01-31\n").build()?;
    /// let snapshot = system.snapshot(&facts, "2026-01-31".parse()?);
    /// let scorecard = snapshot.scorecard(Grain::Month);
    /// // Recording began on 5 January: 27 of 31 days are too few for a plain number.
    /// assert_eq!(scorecard.lines[0].actual.value.reason(), Some("incomplete"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn snapshot(&self, facts: &Facts, as_of: Date) -> Snapshot {
        Snapshot::new(Arc::new(self.clone()), Arc::new(facts.clone()), as_of)
    }
}

impl Snapshot {
    /// Like [`System::snapshot`], for a system and facts that are shared already.
    #[must_use]
    pub fn new(system: Arc<System>, facts: Arc<Facts>, as_of: Date) -> Self {
        let identity = Identity { system: &system.fingerprint(), facts: facts.fingerprint(), as_of };
        let fingerprint = Fingerprint::of(&identity);
        let evaluation = Evaluation::new(&system, &facts, as_of);
        let mut series = BTreeMap::new();
        for kpi in system.kpis() {
            for grain in [Grain::Week, Grain::Month, Grain::Quarter, Grain::Year] {
                // Without dimensions there is nothing that could be unknown.
                let observations = evaluation.observe(&kpi.definition, &kpi.min_coverage, grain, &[]).unwrap_or_default();
                let by_period = observations.into_iter().map(|observation| (observation.period.first, observation)).collect();
                series.insert((kpi.definition.id.clone(), grain), by_period);
            }
        }
        let findings = facts.findings().iter().cloned().chain(evaluation.findings()).collect();
        Self { system, facts, as_of, fingerprint, findings, series }
    }

    /// The system.
    #[must_use]
    pub fn system(&self) -> &System {
        &self.system
    }

    pub(crate) fn facts(&self) -> &Facts {
        &self.facts
    }

    /// The as-of date.
    #[must_use]
    pub fn as_of(&self) -> Date {
        self.as_of
    }

    /// A stable hash of system, facts and as-of date: who holds the same one looks at the same
    /// numbers.
    #[must_use]
    pub fn fingerprint(&self) -> &Fingerprint {
        &self.fingerprint
    }

    /// What was not used of the facts, and why: that of [`Facts::findings`], rows dated after
    /// the as-of date, and outcomes that belong to no cohort.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// A KPI or measure, period by period from the first recorded day to the last, by
    /// dimensions. The null member of a dimension is `None` and kept apart from all others.
    ///
    /// # Errors
    /// When there is no such figure, or it cannot be broken down by a dimension.
    pub fn series(&self, figure: &str, grain: Grain, by: &[&str]) -> Result<Vec<Observation>, Error> {
        let system = &self.system;
        let Some(definition) = system.definition(figure) else {
            let known = system.definitions().map(|definition| definition.id.as_str());
            let help = nearest(figure, known).map_or_else(|| "name a KPI or measure of the system".to_owned(), |near| format!("did you mean `{near}`?"));
            return Err(Error::new(Code::UnknownKpi, format!("there is no figure {}", quoted(figure)), help));
        };
        let mut dimensions = Vec::with_capacity(by.len());
        for name in by {
            let unknown = || Error::new(Code::UnknownDimension, format!("there is no dimension {}", quoted(name)), "name a dimension of the figure's source");
            dimensions.push(Id::new(name).ok_or_else(unknown)?);
        }
        let least = system.kpi(figure).map_or_else(|| Number::from(0), |kpi| kpi.min_coverage.clone());
        Evaluation::new(system, &self.facts, self.as_of).observe(definition, &least, grain, &dimensions)
    }

    /// A KPI in one period; missing where its facts do not reach.
    pub(crate) fn observation(&self, kpi: &Kpi, period: &Period) -> Observation {
        let series = self.series.get(&(kpi.definition.id.clone(), period.grain));
        series.and_then(|series| series.get(&period.first)).cloned().unwrap_or_else(|| Observation {
            period: period.clone(),
            member: Vec::new(),
            value: Value::missing(if self.system.calendar().parse(&period.label).is_some() {
                format!("there are no data for {}", period.label)
            } else {
                format!("{} is no period of the calendar, and figures are computed for those only", period.label)
            }),
            rows: 0,
            coverage: Coverage { days: 0, of: period.span().days() },
            caveats: Vec::new(),
        })
    }
}
