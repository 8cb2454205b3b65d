//! What a diagnosis consists of.

use serde::Serialize;

use crate::base::date::Date;
use crate::base::finding::Place;
use crate::base::fingerprint::Fingerprint;

/// Is there a marketing operating system, or do people hold up the work? The results of all
/// rules with their evidence, and the verdict over the five signs (domain D5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnosis {
    /// Whose.
    pub system: String,
    /// The as-of date.
    pub as_of: Date,
    /// Of the snapshot that this is drawn from.
    pub fingerprint: Fingerprint,
    /// Which evidence it rests on, and which it does not.
    pub evidence: EvidenceUse,
    /// The conclusion.
    pub verdict: Verdict,
    /// One result for each rule, in the order of their registry.
    pub results: Vec<RuleResult>,
}

/// Which evidence counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EvidenceUse {
    /// What counted, by kind; kinds of which there is nothing are left out.
    pub counted: Vec<CountedEvidence>,
    /// What did not, entry by entry.
    pub not_counted: Vec<UncountedEvidence>,
}

/// The evidence of one kind that counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CountedEvidence {
    /// The kind.
    pub kind: EvidenceKind,
    /// The number of entries.
    pub entries: usize,
    /// The first day that they are about.
    pub first: Date,
    /// The last day that they are about.
    pub last: Date,
}

/// An entry that did not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UncountedEvidence {
    /// The kind.
    pub kind: EvidenceKind,
    /// What it is, and why it did not count.
    pub text: String,
    /// Its date.
    pub date: Date,
    /// Where it stands.
    pub place: Place,
}

/// A kind of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum EvidenceKind {
    /// The most important KPIs, as one person named them.
    KpiList,
    /// A dashboard as it stood on a day.
    Dashboard,
    /// The headings of a past report.
    Report,
    /// That somebody was away.
    Absence,
    /// The days on which finished work was counted.
    Activity,
}

impl EvidenceKind {
    /// The kind in words, of one entry and of several.
    #[must_use]
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::KpiList => ("KPI list", "KPI lists"),
            Self::Dashboard => ("dashboard", "dashboards"),
            Self::Report => ("report", "reports"),
            Self::Absence => ("absence", "absences"),
            Self::Activity => ("day of counted work", "days of counted work"),
        }
    }
}

/// The conclusion over the five signs. A sign without evidence may be absent or present, so
/// the verdict is a range; its ends are equal when no missing evidence could change it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// If every sign without evidence is absent.
    pub best: Standing,
    /// If every sign without evidence is present.
    pub worst: Standing,
    /// The codes of the signs that show.
    pub signs_present: Vec<&'static str>,
    /// The codes of the signs that do not show.
    pub signs_absent: Vec<&'static str>,
    /// The codes of the signs for or against which there is no evidence.
    pub signs_not_evidenced: Vec<&'static str>,
    /// The conclusion in words, and what it rests on.
    pub sentence: String,
    /// The cheapest evidence that would narrow the range; `None` when it is a single point.
    pub next_evidence: Option<NextEvidence>,
}

/// Whether there is a marketing operating system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// No sign shows.
    InPlace,
    /// One or two signs show: survivable.
    Survivable,
    /// Three or more show: people, not structure, hold up the work.
    Missing,
}

impl Standing {
    /// The standing with so many signs present (domain D5).
    ///
    /// ```
    /// use marketingos::Standing;
    /// assert_eq!([0, 1, 2, 3, 5].map(Standing::of_signs).map(Standing::words),
    ///     ["in place", "survivable", "survivable", "missing", "missing"]);
    /// ```
    #[must_use]
    pub fn of_signs(present: usize) -> Self {
        match present {
            0 => Self::InPlace,
            1 | 2 => Self::Survivable,
            _ => Self::Missing,
        }
    }

    /// The standing in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::InPlace => "in place",
            Self::Survivable => "survivable",
            Self::Missing => "missing",
        }
    }
}

/// Evidence that is worth getting next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NextEvidence {
    /// The sign that it would settle.
    pub code: &'static str,
    /// What to get.
    pub text: String,
}

/// What one rule found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleResult {
    /// The rule's stable code, such as `MOS-S001`.
    pub code: &'static str,
    /// The rule's name, such as `divergent_kpi_lists`.
    pub name: &'static str,
    /// What the rule is about.
    pub kind: RuleKind,
    /// What is true when the rule's outcome is present, in a sentence.
    pub summary: &'static str,
    /// Whether that is so.
    pub outcome: Outcome,
    /// How much it matters when it is so.
    pub severity: Level,
    /// How strong the evidence for the outcome is; `None` without evidence.
    pub confidence: Option<Level>,
    /// What the outcome rests on; without evidence, what is known nevertheless.
    pub statements: Vec<Statement>,
    /// How to mend it; `None` unless it is present.
    pub mend: Option<&'static str>,
    /// The cheapest evidence that would settle it; `None` when there is evidence.
    pub would_settle: Option<String>,
}

impl RuleResult {
    /// The rule's name as people write it, such as `divergent KPI lists`.
    #[must_use]
    pub fn title(&self) -> String {
        title(self.name)
    }
}

pub(super) fn title(name: &str) -> String {
    name.replace('_', " ").replace("kpi", "KPI")
}

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RuleKind {
    /// One of the five signs that there is no operating system (domain D5).
    Sign,
    /// Who answers for what (domain D3).
    Ownership,
    /// What the work is measured against (domain D4).
    Plan,
    /// What marketing inherits (domain D1).
    Brand,
}

/// Whether what a rule looks for is so. No evidence is not absence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The evidence says that it is so.
    Present,
    /// The evidence says that it is not so.
    Absent,
    /// There is no evidence, or too little.
    NotEvidenced,
}

impl Outcome {
    /// The outcome in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Absent => "absent",
            Self::NotEvidenced => "not evidenced",
        }
    }
}

/// How much: of a severity or a confidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Little.
    Low,
    /// Some.
    Medium,
    /// Much.
    High,
}

impl Level {
    /// The level in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }

    /// The level below; low stays low.
    pub(crate) fn lowered(self) -> Self {
        match self {
            Self::High => Self::Medium,
            Self::Medium | Self::Low => Self::Low,
        }
    }
}

/// One piece of evidence in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// What is known, in a sentence. It may hold names that users wrote; escape it where it is
    /// shown.
    pub text: String,
    /// The day that it is about, if it is about one.
    pub date: Option<Date>,
    /// Where in the evidence or the system it is written, if it is in one place.
    pub place: Option<Place>,
}

impl Statement {
    /// A sentence, given without its full stop.
    pub(crate) fn new(text: impl std::fmt::Display) -> Self {
        Self { text: format!("{text}."), date: None, place: None }
    }

    pub(crate) fn dated(self, date: Date) -> Self {
        Self { date: Some(date), ..self }
    }

    pub(crate) fn at(self, place: &Place) -> Self {
        Self { place: Some(place.clone()), ..self }
    }
}
