//! The monthly written report, on the system's standing template: what happened, why, what we do,
//! what we need, where periods will end, and which decisions are asked for.

mod ahead;
mod comments;
mod frame;
mod happened;
mod people;
mod summary;

#[cfg(test)]
mod tests;

use std::cell::OnceCell;

use serde::Serialize;

use super::escalation::Escalation;
use crate::base::calendar::{Grain, Period};
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::finding::quoted;
use crate::base::fingerprint::Fingerprint;
use crate::base::id::Id;
use crate::base::map::Set;
use crate::judge::scorecard::{Line, Scorecard};
use crate::judge::snapshot::Snapshot;
use crate::model::journal::Journal;
use crate::model::report::{Section, SectionTemplate};
use crate::words::{Language, Message, Prose, Words};

/// A month's report: a short narrative that an executive reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The title of the template.
    pub title: String,
    /// Whose.
    pub system: String,
    /// The language in which it is written.
    pub language: Language,
    /// The month.
    pub month: Period,
    /// The month in words.
    pub month_text: String,
    /// Who answers for it.
    pub from: Option<String>,
    /// To whom it goes.
    pub to: Option<String>,
    /// The as-of date.
    pub as_of: Date,
    /// Of the snapshot that this is drawn from.
    pub fingerprint: Fingerprint,
    /// The sections of the template, in its order.
    pub sections: Vec<ReportSection>,
    /// The words in which it is told.
    #[serde(skip)]
    pub(crate) words: Words,
}

/// A section of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportSection {
    /// Which one.
    pub section: Section,
    /// Its heading.
    pub heading: String,
    /// What stands in it.
    pub blocks: Vec<Block>,
    /// How many points are left out, by the length of the report; a sentence says so.
    pub left_out: usize,
}

/// A piece of a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Block {
    /// Sentences.
    Paragraph {
        /// The text.
        text: Prose,
    },
    /// A point with its own heading, such as a KPI's name.
    Point {
        /// What it is about.
        about: String,
        /// The KPI that it is about, if it is about one.
        kpi: Option<Id>,
        /// The text.
        text: Prose,
    },
    /// The scorecard of the month.
    Scorecard {
        /// It.
        scorecard: Box<Scorecard>,
    },
    /// A table of texts.
    Table {
        /// The headings.
        columns: Vec<String>,
        /// The rows; each has a cell for each heading.
        rows: Vec<Vec<String>>,
        /// The KPI that each row defines, to which figures lead; empty where rows define none.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        defines: Vec<Id>,
    },
}

impl Block {
    fn paragraph(text: impl Into<Prose>) -> Self {
        Self::Paragraph { text: text.into() }
    }
}

/// A point on its way into a section: the most urgent stay where not all have room.
struct Point {
    /// Smaller is more urgent.
    urgency: u8,
    about: String,
    kpi: Option<Id>,
    text: Prose,
}

/// What sections are written from.
struct Writing<'s> {
    snapshot: &'s Snapshot,
    words: &'s Words,
    month: &'s Period,
    /// Whether the month is the last one that is over; what is about now is told of it only.
    is_latest: bool,
    scorecard: Scorecard,
    /// The lines of the section.
    lines: Vec<Line>,
    /// What was known of the month's end; comments are those of the snapshot.
    journal: Journal,
    sections: &'s [SectionTemplate],
    /// What escalates and nobody has taken note of; asked for by several sections.
    raised: OnceCell<Vec<Escalation>>,
}

impl Snapshot {
    /// The report of a month of the system's calendar, such as `2026-08`; without one, of the last month that is over.
    ///
    /// # Errors
    /// When the text is not a month, or the month is not over at the as-of date.
    pub fn report(&self, month: Option<&str>) -> Result<Report, Error> {
        match self.system().report_template().language.filter(|language| *language != self.system().language()) {
            Some(language) => self.speaking(language).written(month),
            None => self.written(month),
        }
    }

    fn written(&self, month: Option<&str>) -> Result<Report, Error> {
        let month = match month {
            None => self.last_over(Grain::Month, self.as_of()),
            Some(label) => self.month(label)?,
        };
        let system = self.system();
        let (template, words) = (system.report_template(), system.words());
        // The latest month's report is the scorecard of the as-of date; an earlier month's is that
        // of its own end.
        let is_latest = month == self.last_over(Grain::Month, self.as_of());
        let day = if is_latest { self.as_of() } else { month.last };
        let mut scorecard = self.scorecard_on(Grain::Month, day);
        scorecard.lines = chosen(scorecard.lines, &template.kpis);
        let sections = template.all_sections();
        let mut writing = Writing {
            snapshot: self,
            words,
            month: &month,
            is_latest,
            lines: Vec::new(),
            scorecard,
            journal: self.journal().known_on(day),
            sections: &sections,
            raised: OnceCell::new(),
        };
        let mut written = Vec::new();
        for section in &sections {
            let lines = if section.kpis.is_empty() { writing.scorecard.lines.clone() } else { self.scorecard_on(Grain::Month, day).lines };
            writing.lines = chosen(lines, &section.kpis);
            let most = section.most.or(template.length.most());
            let says_nothing = template.sections.is_empty() && section.section.is_optional();
            written.extend(writing.section(section, most).filter(|(_, is_empty)| !(says_nothing && *is_empty)).map(|(section, _)| section));
        }
        let name = |id: &Id| system.person(id.as_str()).map(|person| person.name.clone());
        Ok(Report {
            title: template.titled(words),
            system: system.name().to_owned(),
            language: words.language(),
            month_text: words.period(&month, ""),
            from: system.operator().on(self.as_of()).and_then(|assignment| name(&assignment.person)),
            to: system.executive().map(|person| person.name.clone()),
            as_of: self.as_of(),
            fingerprint: self.fingerprint().clone(),
            sections: written,
            words: words.clone(),
            month,
        })
    }

    fn month(&self, label: &str) -> Result<Period, Error> {
        let month = self.system().calendar().parse(label).filter(|period| period.grain == Grain::Month);
        let month = month.ok_or_else(|| {
            let help = format!("write a month such as {}", self.last_over(Grain::Month, self.as_of()));
            Error::new(Code::BadPeriod, format!("{} is not a month", quoted(label)), help)
        })?;
        if month.last > self.as_of() {
            let message = format!("{} is not over on {}", Words::default().period(&month, ""), self.as_of());
            return Err(Error::new(Code::BadPeriod, message, "ask for an earlier month, or with a later as-of date"));
        }
        Ok(month)
    }
}

/// The lines of some KPIs in their order; all when none is named.
fn chosen(mut lines: Vec<Line>, kpis: &[Id]) -> Vec<Line> {
    if kpis.is_empty() {
        return lines;
    }
    let mut chosen: Vec<Line> = Vec::new();
    for kpi in kpis {
        if let Some(at) = lines.iter().position(|line| line.kpi == *kpi) {
            chosen.push(lines.remove(at));
        }
    }
    chosen
}

/// What a section has to say.
enum Said {
    Blocks(Vec<Block>),
    /// Points, of which not all need have room, and what is said where there are none.
    Points(Vec<Point>, Prose),
    /// That there is nothing to say.
    Nothing(Prose),
}

impl Writing<'_> {
    /// A section, and whether it has nothing to say.
    fn section(&self, template: &SectionTemplate, most: Option<u32>) -> Option<(ReportSection, bool)> {
        let said = match template.section {
            Section::Summary => Said::Blocks(vec![Block::Paragraph { text: self.summary() }]),
            Section::Scorecard => {
                let scorecard = Scorecard { lines: self.lines.clone(), ..self.scorecard.clone() };
                Said::Blocks(vec![Block::Scorecard { scorecard: Box::new(scorecard) }])
            }
            Section::WhatHappened => self.what_happened(),
            Section::Landing => self.landing(),
            Section::Budget => self.budget(),
            Section::Actions => self.actions(),
            Section::Needs => self.needs(),
            Section::Decisions => self.decisions_asked(),
            Section::Commentary => self.commentary(),
            Section::Plan => Said::Blocks(vec![self.plan()]),
            Section::Definitions => Said::Blocks(self.definitions()),
        };
        let (blocks, left_out, is_empty) = match said {
            Said::Blocks(blocks) => (blocks, 0, false),
            Said::Nothing(text) => (vec![Block::paragraph(text)], 0, true),
            Said::Points(points, otherwise) if points.is_empty() => (vec![Block::paragraph(otherwise)], 0, true),
            Said::Points(points, _) => {
                let (blocks, left_out) = self.within(points, most);
                (blocks, left_out, false)
            }
        };
        Some((ReportSection { section: template.section, heading: template.heading(self.words), blocks, left_out }, is_empty))
    }

    /// As many points as have room, the most urgent ones, in their order; what is left out is
    /// counted and said.
    fn within(&self, points: Vec<Point>, most: Option<u32>) -> (Vec<Block>, usize) {
        let most = most.map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX));
        let told = |point: Point| Block::Point { about: point.about, kpi: point.kpi, text: point.text };
        let left_out = points.len().saturating_sub(most);
        if left_out == 0 {
            return (points.into_iter().map(told).collect(), 0);
        }
        let mut ranks: Vec<(u8, usize)> = points.iter().enumerate().map(|(at, point)| (point.urgency, at)).collect();
        crate::base::order::sort_by_key(&mut ranks, |rank| *rank);
        let kept: Set<usize> = ranks.into_iter().take(most).map(|(_, at)| at).collect();
        let kept = points.into_iter().enumerate().filter(|(at, _)| kept.contains(at));
        let mut blocks: Vec<Block> = kept.map(|(_, point)| told(point)).collect();
        blocks.push(Block::paragraph(self.words.say(Message::LeftOut, &[("count", left_out.into())])));
        (blocks, left_out)
    }

    /// A person's name.
    fn name(&self, id: &Id) -> String {
        self.snapshot.system().person(id.as_str()).map_or_else(|| id.to_string(), |person| person.name.clone())
    }

    fn has(&self, section: Section) -> bool {
        self.sections.iter().any(|template| template.section == section)
    }

    fn line(&self, kpi: &Id) -> Option<&Line> {
        self.lines.iter().find(|line| line.kpi == *kpi)
    }
}

/// A user's sentence with a mark at its end.
fn with_stop(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?', '…']) { text.to_owned() } else { format!("{text}.") }
}

/// A user's sentence without the mark at its end, to stand inside another one.
fn without_stop(text: &str) -> &str {
    text.trim().trim_end_matches('.')
}
