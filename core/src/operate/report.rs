//! The monthly written report, on the system's standing template.

use serde::Serialize;

use super::escalation::EscalationState;
use super::explain;
use super::sentence;
use crate::base::calendar::{Grain, Period};
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::finding::quoted;
use crate::base::fingerprint::Fingerprint;
use crate::judge::scorecard::{Line, OnTarget, Scorecard, SignalStatus};
use crate::judge::snapshot::Snapshot;
use crate::model::escalation::Rung;
use crate::model::layers::DecisionStatus;
use crate::model::plan::TargetStatus;
use crate::model::rhythm::Section;

/// A month's report: a short narrative that an executive reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The title of the template.
    pub title: String,
    /// Whose.
    pub system: String,
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
}

/// A piece of a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Block {
    /// Sentences.
    Paragraph {
        /// The text.
        text: String,
    },
    /// A point with its own heading, such as a KPI's name.
    Point {
        /// What it is about.
        about: String,
        /// The text.
        text: String,
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
    },
}

impl Snapshot {
    /// The report of a month of the system's calendar, such as `2026-08`; without one, of the last month that is over.
    ///
    /// # Errors
    /// When the text is not a month, or the month is not over at the as-of date.
    pub fn report(&self, month: Option<&str>) -> Result<Report, Error> {
        let month = match month {
            None => self.last_over(Grain::Month, self.as_of()),
            Some(label) => self.month(label)?,
        };
        let system = self.system();
        // The latest month's report is the scorecard of the as-of date; an earlier month's is that
        // of its own end.
        let latest = month == self.last_over(Grain::Month, self.as_of());
        let scorecard = self.scorecard_on(Grain::Month, if latest { self.as_of() } else { month.last });
        let name = |id: &crate::Id| system.person(id.as_str()).map(|person| person.name.clone());
        let sections = system.report_template().sections.iter();
        let sections = sections.map(|section| ReportSection {
            section: *section,
            heading: section.heading().to_owned(),
            blocks: match section {
                Section::Summary => summary(&scorecard, &month),
                Section::Scorecard => vec![Block::Scorecard { scorecard: Box::new(scorecard.clone()) }],
                Section::WhatHappened => self.what_happened(&scorecard),
                Section::Decisions => self.decisions_asked(&month),
                Section::Plan => self.plan(&scorecard),
                Section::Definitions => self.definitions(&scorecard),
            },
        });
        Ok(Report {
            title: system.report_template().title.clone(),
            system: system.name().to_owned(),
            month_text: sentence::period(&month),
            from: system.operator().on(self.as_of()).and_then(|assignment| name(&assignment.person)),
            to: system.executive().map(|person| person.name.clone()),
            as_of: self.as_of(),
            fingerprint: self.fingerprint().clone(),
            sections: sections.collect(),
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
            let message = format!("{} is not over on {}", sentence::period(&month), self.as_of());
            return Err(Error::new(Code::BadPeriod, message, "ask for an earlier month, or with a later as-of date"));
        }
        Ok(month)
    }

    /// Words only for what needs them: off target, a signal, or no value. What a change is made
    /// of is told only for signals and escalations: noise has no explanation.
    fn what_happened(&self, scorecard: &Scorecard) -> Vec<Block> {
        let mut points = Vec::new();
        let escalated: Vec<crate::Id> = self.escalations().into_iter().filter_map(|escalation| escalation.kpi).collect();
        for line in scorecard.lines.iter().filter(|line| needs_words(line)) {
            let mut text = vec![sentence::against_plan(line)];
            if line.actual.value.number().is_some() {
                text.push(sentence::signal(line));
            }
            if line.actual.value.number().is_some() && (is_signal(line) || escalated.contains(&line.kpi)) {
                let compared: Vec<String> = [&line.previous, &line.prior_year].into_iter().filter_map(sentence::against_period).collect();
                if !compared.is_empty() {
                    text.push(format!("It is {}.", sentence::list(&compared)));
                }
                text.extend(self.system().kpi(line.kpi.as_str()).and_then(|kpi| explain::sentence(self, kpi, line)));
            }
            text.extend(line.caveats.iter().map(|caveat| format!("Note: {}.", caveat.text)));
            points.push(Block::Point { about: line.name.clone(), text: text.join(" ") });
        }
        if points.is_empty() {
            let calm = |line: &Line| line.status.target == OnTarget::Met && line.status.signal == SignalStatus::Noise;
            let text = if scorecard.lines.iter().all(calm) {
                "Every KPI is on target and within its usual range: there is nothing to explain."
            } else {
                "No KPI is off target, and no chart shows a signal; what has no target, or too few points for a chart, is not judged."
            };
            points.push(Block::Paragraph { text: text.to_owned() });
        }
        points
    }

    fn decisions_asked(&self, month: &Period) -> Vec<Block> {
        let mut blocks = Vec::new();
        // Escalations are about now; a report on an earlier month neither repeats nor denies them.
        let is_latest = *month == self.last_over(Grain::Month, self.as_of());
        if is_latest {
            for escalation in self.escalations().into_iter().filter(|escalation| escalation.state == EscalationState::Raised && escalation.to >= Rung::Operator)
            {
                let person = escalation.person.as_deref().unwrap_or("nobody, since no one is named");
                let reasons = escalation.reasons.iter().map(|reason| format!("{} {}", reason.why, sentence::clears(reason)));
                let text = format!("{} {} Goes to {person}.", escalation.text, reasons.collect::<Vec<_>>().join(" "));
                blocks.push(Block::Point { about: escalation.name, text });
            }
        }
        for decision in self.system().decisions() {
            let state = match decision.status {
                DecisionStatus::Open => "is open: nothing has been decided",
                DecisionStatus::Proposed => "is proposed and not yet settled",
                DecisionStatus::Reopened => "was settled and is argued again",
                DecisionStatus::Settled if !decision.is_settled_on(self.as_of()) => "is to be settled only later",
                DecisionStatus::Settled | DecisionStatus::Retired => continue,
            };
            let about = sentence::capitalised(&decision.id.as_str().replace('_', " "));
            blocks.push(Block::Point { text: format!("“{}” {state}.", decision.statement.trim_end_matches('.')), about });
        }
        if blocks.is_empty() {
            let text = if is_latest {
                "Nothing escalates beyond its owner, and every decision that is written down is settled."
            } else {
                "Every decision that is written down is settled."
            };
            blocks.push(Block::Paragraph { text: text.to_owned() });
        }
        blocks
    }

    fn plan(&self, scorecard: &Scorecard) -> Vec<Block> {
        let name = |id: &crate::Id| self.system().person(id.as_str()).map_or_else(|| id.to_string(), |person| person.name.clone());
        let rows = scorecard.lines.iter().map(|line| {
            let (set_by, set_on, document, status) = match &line.target {
                None => (String::new(), String::new(), String::new(), "no target".to_owned()),
                Some(target) => (
                    target.set_by.as_ref().map(name).unwrap_or_default(),
                    target.set_on.map(|day| day.to_string()).unwrap_or_default(),
                    target.document.clone(),
                    target_status(target.status).to_owned(),
                ),
            };
            let base = match &line.target {
                None => String::new(),
                Some(target) if target.set_for != line.period.grain => format!("{} (from that of the {})", line.plan.base.text, target.set_for.as_str()),
                Some(_) => line.plan.base.text.clone(),
            };
            vec![line.name.clone(), base, status, set_by, set_on, document]
        });
        let columns = ["KPI", "Target", "Status", "Set by", "Set on", "Written in"].map(str::to_owned).to_vec();
        vec![Block::Table { columns, rows: rows.collect() }]
    }
}

fn target_status(status: TargetStatus) -> &'static str {
    match status {
        TargetStatus::Agreed => "agreed",
        TargetStatus::Proposed => "proposed",
        TargetStatus::Placeholder => "placeholder",
        TargetStatus::Inferred => "inferred",
    }
}

fn needs_words(line: &Line) -> bool {
    line.status.target == OnTarget::Missed || line.actual.value.number().is_none() || is_signal(line)
}

fn is_signal(line: &Line) -> bool {
    matches!(line.status.signal, SignalStatus::Adverse | SignalStatus::Favourable | SignalStatus::Changed)
}

fn summary(scorecard: &Scorecard, month: &Period) -> Vec<Block> {
    let names = |wanted: fn(&Line) -> bool| -> Vec<String> { scorecard.lines.iter().filter(|line| wanted(line)).map(|line| line.name.clone()).collect() };
    let met = names(|line| line.status.target == OnTarget::Met);
    let missed = names(|line| line.status.target == OnTarget::Missed);
    let adverse = names(|line| line.status.signal == SignalStatus::Adverse);
    let favourable = names(|line| line.status.signal == SignalStatus::Favourable);
    let changed = names(|line| line.status.signal == SignalStatus::Changed);
    let silent = names(|line| line.actual.value.number().is_none());
    let untargeted = names(|line| line.status.target == OnTarget::NoTarget);
    let uncharted = names(|line| line.status.signal == SignalStatus::TooFewPoints);
    let targeted = scorecard.lines.len().saturating_sub(untargeted.len());
    let month = sentence::period(month);
    let mut text = vec![match targeted {
        0 => format!("In {month}, no KPI has a target to be held against."),
        1 => format!("In {month}, the one KPI with a target {} it.", if met.len() == 1 { "met" } else { "did not meet" }),
        _ => format!("In {month}, {} of the {targeted} KPIs with a target met it.", met.len()),
    }];
    if !missed.is_empty() {
        text.push(format!("Off target: {}.", sentence::list(&missed)));
    }
    let charted = scorecard.lines.len().saturating_sub(uncharted.len().saturating_add(silent.len()));
    text.push(match (adverse.is_empty(), favourable.is_empty() && changed.is_empty()) {
        (true, true) if charted == 0 => "There are too few points to tell signal from noise.".to_owned(),
        (true, true) => "No movement is a signal; what moved is within its usual range.".to_owned(),
        (false, _) => format!("The chart of {} shows a real change for the worse, not noise.", sentence::list(&adverse)),
        (true, false) => "No movement for the worse is a signal.".to_owned(),
    });
    if !favourable.is_empty() {
        text.push(format!("A real change for the better shows in {}.", sentence::list(&favourable)));
    }
    if !changed.is_empty() {
        text.push(format!("A real change shows in {}.", sentence::list(&changed)));
    }
    if !uncharted.is_empty() && charted > 0 {
        text.push(format!("Too few points for that judgement: {}.", sentence::list(&uncharted)));
    }
    if !silent.is_empty() {
        text.push(format!("There is no value for {}.", sentence::list(&silent)));
    }
    if !untargeted.is_empty() {
        text.push(format!(
            "{} {} no target, which is not the same as healthy.",
            sentence::list(&untargeted),
            if untargeted.len() == 1 { "has" } else { "have" }
        ));
    }
    vec![Block::Paragraph { text: text.join(" ") }]
}

impl Snapshot {
    /// What every figure is, and what was not used of the facts behind it.
    fn definitions(&self, scorecard: &Scorecard) -> Vec<Block> {
        let mut blocks = vec![definitions(scorecard)];
        for finding in self.findings().iter().filter(|finding| finding.code != Code::ExtraColumns) {
            let text = format!("{}: {}", finding.place.file, finding.message);
            blocks.push(Block::Point { about: finding.code.to_string(), text: format!("{text}.") });
        }
        blocks
    }
}

fn definitions(scorecard: &Scorecard) -> Block {
    let rows = scorecard.lines.iter().map(|line| {
        let variant = if line.variant.is_empty() { String::new() } else { line.variant.replace('_', " ") };
        let owner = line.owner.as_ref().map_or_else(|| "nobody".to_owned(), |owner| owner.name.clone());
        let basis = format!("{}, {} of {} days, {}", sentence::count_of(line.rows, "row", "rows"), line.coverage.days, line.coverage.of, line.period.label);
        vec![line.name.clone(), line.definition.clone(), variant, owner, basis, line.meaning.clone()]
    });
    let columns = ["KPI", "Computed as", "Variant", "Owner", "Rests on", "Meaning"].map(str::to_owned).to_vec();
    Block::Table { columns, rows: rows.collect() }
}
