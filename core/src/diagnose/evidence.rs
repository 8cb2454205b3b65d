//! Evidence: what is known about how the team really works.

use crate::base::calendar::Period;
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::finding::{Finding, Place, Severity};
use crate::base::id::Id;
use crate::model::System;
use crate::text::Source;

use super::read;
use super::written::Written;

/// What is known about how the team really works: KPI lists that people gave, dashboards in
/// use, past reports, absences, and where finished work is counted. It is read from text by
/// [`Evidence::parse`]; the default is no evidence at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    pub(super) kpi_lists: Vec<KpiList>,
    pub(super) dashboards: Vec<Dashboard>,
    pub(super) reports: Vec<Report>,
    pub(super) absences: Vec<Absence>,
    pub(super) activity: Option<Activity>,
}

impl Evidence {
    /// Reads evidence about a system from texts, YAML or JSON. Several texts are parts of one
    /// whole, such as a text for each quarter; without a text there is no evidence. The order
    /// of entries does not matter.
    ///
    /// ```
    /// use marketingos::{Evidence, Source, System};
    /// # let text = "{marketingos: 1, name: Small firm, people: {ana: Ana, ben: Ben}, operator: ana,
    /// #   sources: {leads: {date: created, rows: events}},
    /// #   kpis: {leads: {name: New leads, unit: count of leads, direction: higher, owner: ana, count: leads}}}";
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let text = "
    /// evidence: 1
    /// kpi_lists:
    ///   - { person: ana, dated: 2026-01-12, kpis: [leads, Newsletter readers] }
    ///   - { person: bem, dated: 2026-01-12, kpis: [leads] }
    /// ";
    /// let error = Evidence::parse(&[Source::new("evidence.yaml", text)], &system).unwrap_err();
    /// assert_eq!(error.findings()[0].to_string(),
    ///     "evidence.yaml:5:15: error[MOS-M006]: there is no person `bem`; did you mean `ben`?");
    /// # Ok::<(), marketingos::Error>(())
    /// ```
    ///
    /// # Errors
    /// When a text has errors; [`Error::findings`] lists all of them, and the warnings. When
    /// there are none, the warnings and notes come with the evidence.
    pub fn parse(sources: &[Source<'_>], system: &System) -> Result<(Self, Vec<Finding>), Error> {
        let mut findings = Vec::new();
        let evidence = read::evidence(sources, system, &mut findings);
        Finding::sort(&mut findings);
        if findings.iter().any(|finding| finding.severity == Severity::Error) {
            return Err(Error::from_findings(Code::NotEvidence, findings));
        }
        Ok((evidence, findings))
    }
}

/// Something that a list or dashboard names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// By what it is compared: the id of a KPI, else the text in lower case with single spaces.
    pub(super) key: String,
    /// As it was written.
    pub(super) text: String,
    /// The KPI that it is, if the system has it.
    pub(super) kpi: Option<Id>,
}

/// The most important KPIs as one person named them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KpiList {
    pub(super) person: Id,
    pub(super) dated: Date,
    pub(super) kpis: Vec<Named>,
    pub(super) place: Place,
}

/// A dashboard as it stood on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dashboard {
    pub(super) name: String,
    pub(super) team: bool,
    pub(super) executive: bool,
    pub(super) dated: Date,
    pub(super) figures: Vec<Shown>,
    pub(super) place: Place,
}

/// A figure on a dashboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) kpi: Named,
    pub(super) period: Period,
    pub(super) value: Written,
    pub(super) target: Option<Written>,
    pub(super) place: Place,
}

/// The headings of a past monthly report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Report {
    pub(super) month: Period,
    pub(super) sections: Vec<String>,
    pub(super) place: Place,
}

/// That somebody was away, first and last day included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Absence {
    pub(super) person: Id,
    pub(super) from: Date,
    /// The last day; the last of all days while it goes on.
    pub(super) to: Date,
    pub(super) place: Place,
}

/// Where finished work is counted by person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Activity {
    pub(super) source: Id,
    pub(super) person: Id,
    pub(super) items: Id,
    pub(super) place: Place,
}
