//! The planning pack as a document.

use super::document::{Column, Document, Part, Point, Rich, Table, Tone, documented};
use crate::judge::scorecard::{OnTarget, Owner, SignalStatus};
use crate::judge::variance::{Comparison, Figure};
use crate::model::campaigns::ProposalAnswer;
use crate::operate::planning::{KpiToConfirm, LessonLearnt, MetBefore, PlannedLine, PlanningPack, TargetCandidate, TargetProposal};
use crate::words::{Message, Words};

documented!(PlanningPack, "pack");

impl PlanningPack {
    fn document(&self) -> Document<'_> {
        let words = &self.words;
        let (quarter, over) = ([("period", self.quarter.label.as_str().into())], [("period", self.over.label.as_str().into())]);
        let heading = |message| Part::Heading(words.word(message));
        let mut parts = vec![heading(Message::SectionResults), Part::Table(self.results_table())];
        parts.extend(self.year_to_date());
        parts.extend(self.landing());
        parts.extend(self.results.not_told.iter().map(|reason| Part::Paragraph(reason.as_str().into())));
        parts.extend([heading(Message::SectionLearnt), self.lessons()]);
        parts.push(Part::Heading(words.text(Message::SectionProposed, &quarter)));
        parts.push(Part::Points(self.proposals.iter().map(|proposal| proposed(words, proposal)).collect()));
        if !self.targets_yaml.is_empty() {
            parts.push(Part::Paragraph(words.word(Message::ProposalPaste).into()));
            parts.push(Part::Code(self.targets_yaml.clone()));
        }
        parts.extend([heading(Message::SectionAllocations), Part::Paragraph(self.budget.text.as_str().into())]);
        if !self.budget.lines.is_empty() {
            let columns = [
                (Message::ColumnLine, false),
                (Message::ColumnOwner, false),
                (Message::ColumnHas, true),
                (Message::ColumnShare, true),
                (Message::ColumnSpent, true),
                (Message::ColumnRemaining, true),
                (Message::ColumnBrought, false),
            ];
            parts.push(Part::Table(Table { columns: self.columns(&columns), rows: self.budget.lines.iter().map(|planned| line(words, planned)).collect() }));
        }
        parts.extend([heading(Message::SectionKpiSet), Part::Paragraph(self.kpi_set.text.as_str().into())]);
        if !self.kpi_set.kpis.is_empty() {
            let columns = [
                (Message::ColumnKpi, false),
                (Message::ColumnOwner, false),
                (Message::ColumnTarget, true),
                (Message::ColumnActual, true),
                (Message::ColumnComputedAs, false),
                (Message::ColumnUsedIn, false),
                (Message::ColumnMissing, false),
            ];
            parts.push(Part::Table(Table { columns: self.columns(&columns), rows: self.kpi_set.kpis.iter().map(|kpi| to_confirm(words, kpi)).collect() }));
        }
        let meta = vec![words.text(Message::PlanningResultsOf, &over), words.text(Message::AsOf, &[("date", self.as_of.into())])];
        let title = words.text(Message::PlanningTitle, &quarter);
        Document { kicker: &self.system, title, meta, parts, fingerprint: &self.fingerprint, words: words.clone() }
    }

    /// Columns by their headings, and whether they hold figures.
    fn columns(&self, headings: &[(Message, bool)]) -> Vec<Column> {
        headings
            .iter()
            .map(|(heading, figures)| if *figures { Column::figures(&self.words.word(*heading)) } else { Column::words(&self.words.word(*heading)) })
            .collect()
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
            row.push(Rich::default().and(line.words.word(line.status.target.message()), target));
            row.push(Rich::default().and(line.words.word(line.status.signal.message()), signal));
            row
        });
        let columns = [
            (Message::ColumnKpi, false),
            (Message::ColumnQuarter, false),
            (Message::ColumnActual, true),
            (Message::ColumnPlan, true),
            (Message::ColumnAgainstPlan, true),
            (Message::ColumnPriorYear, true),
            (Message::ColumnOnTarget, false),
            (Message::ColumnSignal, false),
        ];
        Table { columns: self.columns(&columns), rows: rows.collect() }
    }

    fn year_to_date(&self) -> Vec<Part<'_>> {
        let Some(to_date) = &self.results.year_to_date else { return Vec::new() };
        let words = &self.words;
        let rows = to_date.lines.iter().map(|line| {
            let period = words.label(&line.period);
            let mut row: Vec<Rich> = [&line.name, &period, &line.actual.text, &line.prior_year.base.text].map(|text| text.as_str().into()).into();
            row.push(change(&line.prior_year));
            row
        });
        let columns = [
            (Message::ColumnKpi, false),
            (Message::ColumnDays, false),
            (Message::ColumnActual, true),
            (Message::ColumnYearBefore, true),
            (Message::ColumnChange, true),
        ];
        let table = Table { columns: self.columns(&columns), rows: rows.collect() };
        let period = words.label(&to_date.period);
        vec![Part::Paragraph(words.text(Message::YearSoFar, &[("period", (&period).into())]).into()), Part::Table(table)]
    }

    fn landing(&self) -> Vec<Part<'_>> {
        let lines = self.results.landing.iter().flat_map(|landing| &landing.lines);
        let sentences: Vec<Rich> = lines.map(|line| line.sentence.as_str().into()).collect();
        if sentences.is_empty() {
            return Vec::new();
        }
        vec![Part::Paragraph(self.words.word(Message::QuarterLands).into()), Part::List(sentences)]
    }

    fn lessons(&self) -> Part<'_> {
        let (learnt, words) = (&self.learnt, &self.words);
        let mut points = Vec::new();
        let mut point = |about: String, said: String| points.push(Point { about, beside: String::new(), lines: vec![said.into()] });
        for lesson in &learnt.open {
            let stands = match &lesson.proposal {
                Some(proposal) => words.text(Message::LessonProposed, &[("date", proposal.on.into()), ("text", (&proposal.change).into())]),
                None => words.word(Message::LessonNothing),
            };
            point(words.word(Message::LessonOpen), format!("{} ({}; {stands})", lesson.text, outcome(words, lesson)));
        }
        for lesson in &learnt.answered {
            let answer = match &lesson.answer {
                Some(ProposalAnswer::Revised { on }) => words.text(Message::LessonRevised, &[("date", (*on).into())]),
                Some(ProposalAnswer::Refused { on, reason }) => words.text(Message::LessonRefused, &[("date", (*on).into()), ("text", reason.into())]),
                None => String::new(),
            };
            point(words.word(Message::LessonAnswered), format!("{} ({}; {answer})", lesson.text, outcome(words, lesson)));
        }
        for decision in &learnt.decisions {
            let why = words.word(decision.why.message());
            let about = match decision.due {
                Some(due) => words.text(Message::DecisionFrom, &[("why", (&why).into()), ("date", due.into())]),
                None => words.text(Message::DecisionIs, &[("why", (&why).into())]),
            };
            point(about, format!("{} ({})", decision.statement, owner(words, decision.owner.as_ref())));
        }
        for stale in &learnt.stale {
            let kind = words.word(stale.part.kind.message());
            let given = [
                ("kind", (&kind).into()),
                ("name", (&stale.part.name).into()),
                ("decision", stale.decision.as_str().into()),
                ("date", stale.revised_on.into()),
            ];
            point(words.word(Message::ToBeConfirmed), words.text(Message::RestsOnRevised, &given));
        }
        for signal in &learnt.signals {
            point(signal.name.clone(), signal.text.join(" "));
        }
        if points.is_empty() {
            return Part::Paragraph(words.word(Message::NothingLearnt).into());
        }
        Part::Points(points)
    }
}

fn change(comparison: &Comparison) -> Rich {
    let text = match &comparison.relative {
        Some(relative) if relative.value.number().is_some() => format!("{} ({})", comparison.change.text, relative.text),
        _ => comparison.change.text.clone(),
    };
    Rich::default().and(text, Tone::of(comparison.impact))
}

fn owner(words: &Words, owner: Option<&Owner>) -> String {
    owner.map_or_else(|| words.word(Message::Nobody), |owner| owner.name.clone())
}

fn outcome(words: &Words, lesson: &LessonLearnt) -> String {
    format!("{}, {}; {}", lesson.outcome, words.date(lesson.outcome_on), owner(words, lesson.owner.as_ref()))
}

/// A figure, or the reason why there is none.
fn figure(figure: &Figure) -> String {
    match figure.value.number() {
        Some(_) => figure.text.clone(),
        None => format!("{}: {}", figure.text, figure.value.cause()),
    }
}

fn proposed(words: &Words, proposal: &TargetProposal) -> Point {
    let value = match &proposal.proposed {
        Some(proposed) => words.text(Message::IsProposed, &[("value", (&proposed.value.text).into())]),
        None => words.word(Message::NoneProposed),
    };
    let why = Rich::default().and(value, Tone::Strong).and(format!(". {}", proposal.why), Tone::Plain);
    let lines = std::iter::once(why).chain(proposal.candidates.iter().map(|candidate| self::candidate(words, candidate).into())).collect();
    Point { about: proposal.name.clone(), beside: String::new(), lines }
}

fn candidate(words: &Words, candidate: &TargetCandidate) -> String {
    let met = |met: &MetBefore| format!("; {}", words.text(Message::MetPast, &[("met", met.met.into()), ("of", met.of.into())]));
    let met = candidate.met.as_ref().map(met).unwrap_or_default();
    let rests_on: Vec<String> = candidate.rests_on.iter().map(|on| format!("{} {}", on.what, on.value.text)).collect();
    let rests_on = if rests_on.is_empty() { String::new() } else { format!(" ({})", rests_on.join(", ")) };
    format!("{}: {}{met}. {}{rests_on}", words.word(candidate.method.message()), figure(&candidate.value), candidate.basis)
}

fn line(words: &Words, line: &PlannedLine) -> Vec<Rich> {
    let brought: Vec<String> = line.brought.iter().map(|brought| format!("{} {}", brought.name, brought.actual.text)).collect();
    let brought = if brought.is_empty() { line.not_told.clone() } else { brought.join(", ") };
    let named = [line.name.clone(), owner(words, line.owner.as_ref())].map(Rich::from);
    let figures = [&line.allocated, &line.share, &line.spent, &line.remaining].map(|figure| Rich::from(figure.text.as_str()));
    named.into_iter().chain(figures).chain([brought.into()]).collect()
}

fn to_confirm(words: &Words, kpi: &KpiToConfirm) -> Vec<Rich> {
    let missing = if kpi.missing.is_empty() { words.word(Message::NothingMissing) } else { kpi.missing.join(", ") };
    let variant = if kpi.variant.is_empty() { String::new() } else { format!(" ({})", kpi.variant) };
    let redefined = kpi.redefined.as_ref().map_or_else(String::new, |redefined| format!("; {redefined}"));
    let definition = format!("{}{variant}{redefined}", kpi.definition);
    let used_in: Vec<String> = kpi.used_in.iter().map(|place| used(words, place)).collect();
    let owner = owner(words, kpi.owner.as_ref());
    [&kpi.name, &owner, &kpi.target.text, &kpi.actual.text, &definition, &used_in.join(", "), &missing].map(|text| Rich::from(text.as_str())).into()
}

/// A component of the running system that shows a KPI.
fn used(words: &Words, place: &str) -> String {
    words.word(match place {
        "dashboard" => Message::KindDashboard,
        "reviews" => Message::UsedReviews,
        "report" => Message::KindReport,
        _ => Message::UsedPlan,
    })
}
