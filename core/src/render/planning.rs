//! The planning pack as a document.

use super::TextStyle;
use super::document::{Column, Document, Part, Point, Rich, Table, Tone};
use crate::judge::scorecard::{OnTarget, Owner, SignalStatus};
use crate::judge::variance::{Comparison, Figure};
use crate::model::campaigns::ProposalAnswer;
use crate::operate::planning::{KpiToConfirm, LessonLearnt, PlannedLine, PlanningPack, TargetCandidate, TargetProposal};
use crate::words::Words;

impl PlanningPack {
    /// The pack as text for terminals.
    #[must_use]
    pub fn to_text(&self, style: TextStyle) -> String {
        self.document().to_text(style)
    }

    /// The pack as Markdown.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        self.document().to_markdown()
    }

    /// The pack as one self-contained page.
    #[must_use]
    pub fn to_html(&self) -> String {
        self.document().to_html()
    }

    fn document(&self) -> Document<'_> {
        let (quarter, over) = (&self.quarter.label, &self.over.label);
        let mut parts = vec![heading("Results against plan"), Part::Table(self.results_table())];
        parts.extend(self.year_to_date());
        parts.extend(self.landing());
        parts.extend(self.results.not_told.iter().map(|reason| Part::Paragraph(reason.as_str().into())));
        parts.extend([heading("What is learnt"), self.lessons()]);
        parts.push(heading(&format!("Proposed targets for {quarter}")));
        parts.push(Part::Points(self.proposals.iter().map(proposed).collect()));
        if !self.targets_yaml.is_empty() {
            parts.push(Part::Paragraph("To agree, paste into the plan and change the status:".into()));
            parts.push(Part::Code(self.targets_yaml.clone()));
        }
        parts.extend([heading("Allocations"), Part::Paragraph(self.budget.text.as_str().into())]);
        if !self.budget.lines.is_empty() {
            let columns = columns(&["Line", "Owner", "#Has", "#Share", "#Spent", "#Remaining", "What its channel brought"]);
            parts.push(Part::Table(Table { columns, rows: self.budget.lines.iter().map(line).collect() }));
        }
        parts.extend([heading("The KPI set for confirmation"), Part::Paragraph(self.kpi_set.text.as_str().into())]);
        if !self.kpi_set.kpis.is_empty() {
            let columns = columns(&["KPI", "Owner", "#Target", "#Actual", "Computed as", "Used in", "Missing"]);
            parts.push(Part::Table(Table { columns, rows: self.kpi_set.kpis.iter().map(to_confirm).collect() }));
        }
        let meta = vec![format!("results of {over}"), format!("as of {}", self.as_of)];
        Document { kicker: &self.system, title: format!("Planning {quarter}"), meta, parts, fingerprint: &self.fingerprint, words: Words::default() }
    }

    fn results_table(&self) -> Table {
        let rows = self.results.quarter.lines.iter().map(|line| {
            let target = match line.status.target {
                OnTarget::Met => Tone::Favourable,
                OnTarget::Missed => Tone::Adverse,
                _ => Tone::Soft,
            };
            let signal = match line.status.signal {
                SignalStatus::Favourable => Tone::Favourable,
                SignalStatus::Adverse => Tone::Adverse,
                _ => Tone::Soft,
            };
            let mut row: Vec<Rich> = [&line.name, &line.period.label, &line.actual.text, &line.plan.base.text].map(|text| text.as_str().into()).into();
            row.extend([change(&line.plan), change(&line.prior_year)]);
            row.push(Rich::default().and(line.status.target.words(), target));
            row.push(Rich::default().and(line.status.signal.words(), signal));
            row
        });
        let columns = columns(&["KPI", "Quarter", "#Actual", "#Plan", "#Against plan", "#Prior year", "On target", "Signal"]);
        Table { columns, rows: rows.collect() }
    }

    fn year_to_date(&self) -> Vec<Part<'_>> {
        let Some(to_date) = &self.results.year_to_date else { return Vec::new() };
        let rows = to_date.lines.iter().map(|line| {
            let mut row: Vec<Rich> = [&line.name, &line.period.label, &line.actual.text, &line.prior_year.base.text].map(|text| text.as_str().into()).into();
            row.push(change(&line.prior_year));
            row
        });
        let table = Table { columns: columns(&["KPI", "Days", "#Actual", "#Year before", "#Change"]), rows: rows.collect() };
        vec![Part::Paragraph(format!("The year to date, {}:", to_date.period.label).into()), Part::Table(table)]
    }

    fn landing(&self) -> Vec<Part<'_>> {
        let lines = self.results.landing.iter().flat_map(|landing| &landing.lines);
        let sentences: Vec<Rich> = lines.map(|line| line.sentence.as_str().into()).collect();
        if sentences.is_empty() {
            return Vec::new();
        }
        vec![Part::Paragraph("Where the running quarter will land:".into()), Part::List(sentences)]
    }

    fn lessons(&self) -> Part<'_> {
        let learnt = &self.learnt;
        let mut points = Vec::new();
        let mut point = |about: &str, said: String| points.push(Point { about: about.to_owned(), beside: String::new(), lines: vec![said.into()] });
        for lesson in &learnt.open {
            let stands = match &lesson.proposal {
                Some(proposal) => format!("proposed on {} and not answered: {}", proposal.on, proposal.change),
                None => "nothing is proposed yet".to_owned(),
            };
            point("Open loop", format!("{} ({}; {stands})", lesson.text, outcome(lesson)));
        }
        for lesson in &learnt.answered {
            let answer = match &lesson.answer {
                Some(ProposalAnswer::Revised { on }) => format!("led to a revision on {on}"),
                Some(ProposalAnswer::Refused { on, reason }) => format!("refused on {on}: {reason}"),
                None => String::new(),
            };
            point("Answered", format!("{} ({}; {answer})", lesson.text, outcome(lesson)));
        }
        for decision in &learnt.decisions {
            let due = decision.due.map_or_else(String::new, |due| format!(" from {due}"));
            point(&format!("Decision, {}{due}", decision.why.words()), format!("{} ({})", decision.statement, owner(decision.owner.as_ref())));
        }
        for stale in &learnt.stale {
            let (kind, what) = (stale.part.kind.words(), &stale.part.name);
            point("To be confirmed", format!("the {kind} {what} rests on {}, revised on {}", stale.decision, stale.revised_on));
        }
        for signal in &learnt.signals {
            point(&signal.name, signal.text.join(" "));
        }
        if points.is_empty() {
            return Part::Paragraph("No lesson is open or was answered, no decision is to be looked at, and no KPI shows a signal.".into());
        }
        Part::Points(points)
    }
}

fn heading(text: &str) -> Part<'static> {
    Part::Heading(text.to_owned())
}

/// Columns by their headings; `#` marks those of figures.
fn columns(headings: &[&str]) -> Vec<Column> {
    headings.iter().map(|heading| heading.strip_prefix('#').map_or_else(|| Column::words(heading), Column::figures)).collect()
}

fn change(comparison: &Comparison) -> Rich {
    let text = match &comparison.relative {
        Some(relative) if relative.value.number().is_some() => format!("{} ({})", comparison.change.text, relative.text),
        _ => comparison.change.text.clone(),
    };
    Rich::default().and(text, Tone::of(comparison.impact))
}

fn owner(owner: Option<&Owner>) -> &str {
    owner.map_or("nobody", |owner| &owner.name)
}

fn outcome(lesson: &LessonLearnt) -> String {
    format!("{}, {}; {}", lesson.outcome, lesson.outcome_on, owner(lesson.owner.as_ref()))
}

/// A figure, or the reason why there is none.
fn figure(figure: &Figure) -> String {
    match figure.value.number() {
        Some(_) => figure.text.clone(),
        None => format!("{}: {}", figure.text, figure.value.cause()),
    }
}

fn proposed(proposal: &TargetProposal) -> Point {
    let value = proposal.proposed.as_ref().map_or_else(|| "none proposed".to_owned(), |proposed| format!("{} proposed", proposed.value.text));
    let why = Rich::default().and(value, Tone::Strong).and(format!(". {}", proposal.why), Tone::Plain);
    let lines = std::iter::once(why).chain(proposal.candidates.iter().map(|candidate| self::candidate(candidate).into())).collect();
    Point { about: proposal.name.clone(), beside: String::new(), lines }
}

fn candidate(candidate: &TargetCandidate) -> String {
    let met = candidate.met.map_or_else(String::new, |met| format!("; {} of {} past quarters met it", met.met, met.of));
    let rests_on: Vec<String> = candidate.rests_on.iter().map(|on| format!("{} {}", on.what, on.value.text)).collect();
    let rests_on = if rests_on.is_empty() { String::new() } else { format!(" ({})", rests_on.join(", ")) };
    format!("{}: {}{met}. {}{rests_on}", candidate.method.words(), figure(&candidate.value), candidate.basis)
}

fn line(line: &PlannedLine) -> Vec<Rich> {
    let brought: Vec<String> = line.brought.iter().map(|brought| format!("{} {}", brought.name, brought.actual.text)).collect();
    let brought = if brought.is_empty() { line.not_told.clone() } else { brought.join(", ") };
    let words = [line.name.as_str(), owner(line.owner.as_ref())].map(Rich::from);
    let figures = [&line.allocated, &line.share, &line.spent, &line.remaining].map(|figure| Rich::from(figure.text.as_str()));
    words.into_iter().chain(figures).chain([brought.into()]).collect()
}

fn to_confirm(kpi: &KpiToConfirm) -> Vec<Rich> {
    let missing = if kpi.missing.is_empty() { "nothing".to_owned() } else { kpi.missing.join(", ") };
    let variant = if kpi.variant.is_empty() { String::new() } else { format!(" ({})", kpi.variant) };
    let redefined = kpi.redefined.as_ref().map_or_else(String::new, |redefined| format!("; {redefined}"));
    let definition = format!("{}{variant}{redefined}", kpi.definition);
    let used_in = kpi.used_in.join(", ");
    [&kpi.name, owner(kpi.owner.as_ref()), &kpi.target.text, &kpi.actual.text, &definition, &used_in, &missing].map(Rich::from).into()
}
