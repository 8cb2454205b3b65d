//! The standing template of the monthly written report.

use serde::{Serialize, Serializer};

use crate::base::id::Id;
use crate::words::{Language, Message, Words};

/// A section of the monthly report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// What happened, in a few sentences.
    Summary,
    /// The scorecard.
    Scorecard,
    /// What happened to each KPI that needs words, and how far the numbers explain it.
    WhatHappened,
    /// Where the running month, quarter and year will end.
    Landing,
    /// What the budget is, and what is spent of it.
    Budget,
    /// What the team does: actions of the journal, by KPI.
    Actions,
    /// What the team needs: what escalates to the executive, and questions without an answer.
    Needs,
    /// What escalates, to whom, and why; decisions that are not settled.
    Decisions,
    /// What people said about figures that are not told elsewhere in the report.
    Commentary,
    /// The targets in force and where they are written.
    Plan,
    /// What every figure means.
    Definitions,
}

impl Section {
    pub(crate) const WORDS: [(&'static str, Self); 11] = [
        ("summary", Self::Summary),
        ("scorecard", Self::Scorecard),
        ("what_happened", Self::WhatHappened),
        ("landing", Self::Landing),
        ("budget", Self::Budget),
        ("actions", Self::Actions),
        ("needs", Self::Needs),
        ("decisions", Self::Decisions),
        ("commentary", Self::Commentary),
        ("plan", Self::Plan),
        ("definitions", Self::Definitions),
    ];

    /// Whether it is left out of the default template where there is nothing to say.
    pub(crate) fn is_optional(self) -> bool {
        matches!(self, Self::Landing | Self::Budget | Self::Actions | Self::Needs | Self::Commentary)
    }

    fn message(self) -> Message {
        match self {
            Self::Summary => Message::SectionSummary,
            Self::Scorecard => Message::SectionScorecard,
            Self::WhatHappened => Message::SectionWhatHappened,
            Self::Landing => Message::SectionLanding,
            Self::Budget => Message::SectionBudget,
            Self::Actions => Message::SectionActions,
            Self::Needs => Message::SectionNeeds,
            Self::Decisions => Message::SectionDecisions,
            Self::Commentary => Message::SectionCommentary,
            Self::Plan => Message::SectionPlan,
            Self::Definitions => Message::SectionDefinitions,
        }
    }
}

/// A section as a template has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionTemplate {
    /// Which one.
    pub section: Section,
    /// Its own title, if it has one.
    pub title: Option<String>,
    /// The only KPIs that it is about, in their order; all of the report when there are none.
    pub kpis: Vec<Id>,
    /// The most points in it, whatever the length of the report.
    pub most: Option<u32>,
}

impl SectionTemplate {
    /// A section without anything of its own.
    ///
    /// ```
    /// use marketingos::{Section, SectionTemplate};
    /// assert_eq!(SectionTemplate::of(Section::Plan).title, None);
    /// ```
    #[must_use]
    pub fn of(section: Section) -> Self {
        Self { section, title: None, kpis: Vec::new(), most: None }
    }

    /// Its heading in a report.
    pub(crate) fn heading(&self, words: &Words) -> String {
        self.title.clone().unwrap_or_else(|| words.word(self.section.message()))
    }
}

/// One without anything of its own is its name, as it was before sections had more.
impl Serialize for SectionTemplate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if *self == Self::of(self.section) {
            return self.section.serialize(serializer);
        }
        (self.section, &self.title, &self.kpis, self.most).serialize(serializer)
    }
}

/// How much a report says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportLength {
    /// At most three points a section.
    Short,
    /// At most eight points a section.
    Standard,
    /// All there is to say.
    #[default]
    Full,
    /// At most so many points a section.
    Most(u32),
}

impl ReportLength {
    pub(crate) const WORDS: [(&'static str, Self); 3] = [("short", Self::Short), ("standard", Self::Standard), ("full", Self::Full)];

    /// The most points in a section; `None` without a limit.
    ///
    /// ```
    /// use marketingos::ReportLength;
    /// assert_eq!([ReportLength::Short, ReportLength::Full].map(ReportLength::most), [Some(3), None]);
    /// ```
    #[must_use]
    pub fn most(self) -> Option<u32> {
        match self {
            Self::Short => Some(3),
            Self::Standard => Some(8),
            Self::Full => None,
            Self::Most(most) => Some(most),
        }
    }

    fn is_full(&self) -> bool {
        *self == Self::Full
    }
}

/// The standing template of the monthly written report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportTemplate {
    /// The title.
    pub title: String,
    /// The sections in order; none says all, and leaves out what there is nothing to say of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<SectionTemplate>,
    /// The only KPIs that the report is about, in their order; all when there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kpis: Vec<Id>,
    /// How much it says.
    #[serde(skip_serializing_if = "ReportLength::is_full")]
    pub length: ReportLength,
    /// Its language, where it is not the system's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
}

impl Default for ReportTemplate {
    fn default() -> Self {
        Self { title: Self::TITLE.to_owned(), sections: Vec::new(), kpis: Vec::new(), length: ReportLength::Full, language: None }
    }
}

impl ReportTemplate {
    /// The title of a report whose template has none of its own, which each language says.
    pub(crate) const TITLE: &'static str = "Monthly marketing report";

    /// Its title in some words.
    pub(crate) fn titled(&self, words: &Words) -> String {
        if self.title == Self::TITLE { words.word(Message::ReportTitle) } else { self.title.clone() }
    }

    /// The sections, all of them where none is named.
    pub(crate) fn all_sections(&self) -> Vec<SectionTemplate> {
        if self.sections.is_empty() { Section::WORDS.iter().map(|(_, section)| SectionTemplate::of(*section)).collect() } else { self.sections.clone() }
    }
}
