//! Diagnosis: is there a marketing operating system, or do people hold up the work
//! (domain D5)? Rules look at a snapshot and at evidence; each states what it found and what
//! it rests on. A rule without evidence says so, and the verdict is then a range.
//!
//! Nothing here computes a figure of its own: values and targets are the snapshot's, so that
//! a diagnosis cannot disagree with the scorecard.

mod activity;
mod case;
pub(crate) mod diagnosis;
pub(crate) mod evidence;
mod read;
mod rules;
mod verdict;
mod words;
mod written;

use crate::judge::snapshot::Snapshot;

use case::Case;
use diagnosis::Diagnosis;
use evidence::Evidence;

impl Snapshot {
    /// Whether there is a marketing operating system, as far as the system, its facts and the
    /// evidence tell. Evidence about days after the as-of date does not count.
    ///
    /// ```
    /// use marketingos::{Evidence, Facts, Outcome, Source, Standing, System};
    /// # let text = "{marketingos: 1, name: Small firm, people: {ana: Ana, ben: Ben}, operator: ana,
    /// #   sources: {leads: {date: created, rows: events}},
    /// #   kpis: {leads: {name: New leads, unit: count of leads, direction: higher, owner: ana, count: leads}}}";
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// # let facts = Facts::builder(&system).csv("leads", "created\n2026-01-05\n").build()?;
    /// let text = "
    /// evidence: 1
    /// kpi_lists:
    ///   - { person: ana, dated: 2026-01-12, kpis: [leads, Newsletter readers] }
    ///   - { person: ben, dated: 2026-01-12, kpis: [Revenue] }
    /// ";
    /// let (evidence, _) = Evidence::parse(&[Source::new("evidence.yaml", text)], &system)?;
    /// let diagnosis = system.snapshot(&facts, "2026-01-31".parse()?).diagnose(&evidence);
    /// assert_eq!((diagnosis.results[0].name, diagnosis.results[0].outcome), ("divergent_kpi_lists", Outcome::Present));
    /// // Nothing is known about dashboards, reports and absences: the verdict is a range.
    /// assert_eq!((diagnosis.verdict.best, diagnosis.verdict.worst), (Standing::Survivable, Standing::Missing));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn diagnose(&self, evidence: &Evidence) -> Diagnosis {
        let case = Case::new(self, evidence);
        let results: Vec<_> = rules::ALL.iter().map(|rule| rule.result(&case)).collect();
        let verdict = verdict::verdict(&results, &case.used, self.as_of());
        Diagnosis {
            system: self.system().name().to_owned(),
            as_of: self.as_of(),
            fingerprint: self.fingerprint().clone(),
            evidence: case.used,
            verdict,
            results,
        }
    }
}
