//! What one record alone cannot know: that what records name is in the journal or the system, that
//! days are in the order in which things happen, and that nothing is told twice.

use super::Journal;
use super::read::before;
use super::records::{Action, Component};
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::finding::{Finding, Origin, Severity, quoted};
use crate::base::id::Id;
use crate::base::map::{Map, Set};
use crate::model::System;
use crate::model::layers::{BrandLayer, MarketingLayer};

pub(super) fn journal(journal: &Journal, system: &System, findings: &mut Vec<Finding>) {
    let mut check = Check { journal, findings };
    check.actions();
    check.questions();
    check.minutes();
    check.rhythm();
    check.acknowledgements(system);
    check.comments();
}

struct Check<'a, 'f> {
    journal: &'a Journal,
    findings: &'f mut Vec<Finding>,
}

impl Check<'_, '_> {
    fn error(&mut self, code: Code, origin: &Origin, message: String, help: &str) {
        self.findings.push(Finding { code, severity: Severity::Error, place: origin.0.clone(), message, help: help.to_owned() });
    }

    fn out_of_order(&mut self, origin: &Origin, message: String) {
        self.error(Code::RecordDates, origin, message, "correct one of the two days");
    }

    /// Ids that stand in two texts.
    fn unique<'i>(&mut self, ids: impl Iterator<Item = (&'i Id, &'i Origin)>, what: &str) {
        let mut seen = Set::new();
        for (id, origin) in ids {
            if !seen.insert(id) {
                self.error(Code::DuplicateId, origin, format!("the id `{id}` is used by another {what} too"), "give each an id of its own");
            }
        }
    }

    fn actions(&mut self) {
        let journal = self.journal;
        self.unique(journal.actions.iter().map(|action| (&action.id, &action.origin)), "action");
        for action in &journal.actions {
            self.action(action);
        }
    }

    fn action(&mut self, action: &Action) {
        let (id, origin, opened) = (&action.id, &action.origin, action.opened_on);
        if let Some(due) = before(Some(action.due), opened) {
            self.out_of_order(origin, format!("the action `{id}` is due on {due}, before it was opened on {opened}"));
        }
        if let Some(done) = before(action.done_on, opened) {
            self.out_of_order(origin, format!("the action `{id}` was done on {done}, before it was opened on {opened}"));
        }
        if let Some(dropped) = before(action.dropped.as_ref().map(|dropped| dropped.on), opened) {
            self.out_of_order(origin, format!("the action `{id}` was dropped on {dropped}, before it was opened on {opened}"));
        }
        if action.done_on.is_some() && action.dropped.is_some() {
            let message = format!("the action `{id}` is said to be done and to be dropped");
            self.error(Code::ConflictingKeys, origin, message, "keep one of `done_on` and `dropped`");
        }
        let ended = action.done_on.or(action.dropped.as_ref().map(|dropped| dropped.on));
        let mut last: Option<Date> = None;
        for moved in &action.moved {
            if let Some(on) = before(Some(moved.on), opened) {
                self.out_of_order(origin, format!("the action `{id}` was put off on {on}, before it was opened on {opened}"));
            }
            if let Some(ended) = before(ended, moved.on) {
                self.out_of_order(origin, format!("the action `{id}` was put off on {}, after it had ended on {ended}", moved.on));
            }
            if let Some(to) = before(Some(moved.to), moved.on) {
                self.out_of_order(origin, format!("the action `{id}` was put off on {} to {to}, a day before", moved.on));
            }
            if last == Some(moved.on) {
                let message = format!("the action `{id}` was put off twice on {}", moved.on);
                self.error(Code::RepeatedRecord, origin, message, "keep the day that was agreed last");
            }
            last = Some(moved.on);
        }
    }

    fn questions(&mut self) {
        let journal = self.journal;
        self.unique(journal.questions.iter().map(|question| (&question.id, &question.origin)), "question");
        for question in &journal.questions {
            if let Some(on) = before(question.answer.as_ref().map(|answer| answer.on), question.asked_on) {
                self.out_of_order(
                    &question.origin,
                    format!("the question `{}` was answered on {on}, before it was asked on {}", question.id, question.asked_on),
                );
            }
        }
    }

    fn minutes(&mut self) {
        let journal = self.journal;
        let actions: Set<&Id> = journal.actions.iter().map(|action| &action.id).collect();
        let questions: Set<&Id> = journal.questions.iter().map(|question| &question.id).collect();
        let (mut days, mut dues) = (Set::new(), Set::new());
        for minutes in &journal.minutes {
            let origin = &minutes.origin;
            if !days.insert((&minutes.review, minutes.held_on)) {
                let message = format!("there are two minutes of `{}` held on {}", minutes.review, minutes.held_on);
                self.error(Code::RepeatedRecord, origin, message, "make them one, or correct the day");
            } else if minutes.due.is_some_and(|due| !dues.insert((&minutes.review, due))) {
                let message = format!("there are two minutes of `{}` for the same due date", minutes.review);
                self.error(Code::RepeatedRecord, origin, message, "make them one, or correct the due date");
            }
            if minutes.held_on < minutes.as_of {
                let message = format!("the numbers of {} were on the table on {}, before they could be known", minutes.as_of, minutes.held_on);
                self.out_of_order(origin, message);
            }
            for (what, known, ids) in [("action", &actions, &minutes.actions), ("question", &questions, &minutes.questions)] {
                for id in ids.iter().filter(|id| !known.contains(id)) {
                    self.error(Code::UnknownReference, origin, format!("there is no {what} `{id}` in the journal"), "add it, or correct the name");
                }
            }
        }
    }

    /// What was left out is left out once, and was not held as well.
    fn rhythm(&mut self) {
        let journal = self.journal;
        let held: Set<(&str, Date)> = journal.minutes.iter().filter_map(|minutes| Some((minutes.review.as_str(), minutes.due?))).collect();
        let done: Set<(&str, Date)> = journal.done.iter().filter_map(|done| Some((done.what.word(), done.due?))).collect();
        let mut seen = Set::new();
        for skipped in &journal.skipped {
            let key = (skipped.what.as_str(), skipped.due);
            if !seen.insert(key) {
                let message = format!("`{}` is said twice to be left out on {}", skipped.what, skipped.due);
                self.error(Code::RepeatedRecord, &skipped.origin, message, "keep one of the two");
            } else if held.contains(&key) || done.contains(&key) {
                let message = format!("`{}` is said to be left out on {}, and to have taken place", skipped.what, skipped.due);
                self.error(Code::RepeatedRecord, &skipped.origin, message, "keep one of the two");
            }
        }
        let mut dues = Set::new();
        for record in &journal.done {
            if record.due.is_some_and(|due| !dues.insert((record.what, due))) {
                let message = format!("`{}` is said twice to be done for the same due date", record.what.word());
                self.error(Code::RepeatedRecord, &record.origin, message, "keep one of the two");
            }
        }
    }

    fn acknowledgements(&mut self, system: &System) {
        let journal = self.journal;
        let subjects = Subjects::of(journal, system);
        for acknowledgement in &journal.acknowledgements {
            let origin = &acknowledgement.origin;
            if let Err((message, help)) = subjects.find(&acknowledgement.what) {
                self.error(Code::UnknownSubject, origin, message, &help);
            }
            if let Some(until) = before(acknowledgement.until, acknowledgement.on) {
                self.error(Code::BadDates, origin, format!("the end {until} lies before the start {}", acknowledgement.on), "swap the two dates");
            }
        }
    }

    fn comments(&mut self) {
        for comment in &self.journal.comments {
            if let Some(until) = comment.until.as_ref().filter(|until| until.last < comment.period.last) {
                let message = format!("the comment on {} is carried forward to {until}, which is over before", comment.period);
                self.error(Code::RecordDates, &comment.origin, message, "write the last period in whose report it is wanted, or leave it out");
            }
            if let Some(on) = before(Some(comment.on), comment.period.first) {
                let message = format!("the comment was written on {on}, before {} began", comment.period);
                self.out_of_order(&comment.origin, message);
            }
        }
    }
}

/// What can be acknowledged, by its kind.
struct Subjects<'a>(Map<&'static str, Set<&'a str>>);

impl<'a> Subjects<'a> {
    fn of(journal: &'a Journal, system: &'a System) -> Self {
        // A line of a budget, or all of it by its period.
        let budgets = system.budgets().iter();
        let lines = budgets.flat_map(|budget| budget.lines.iter().map(|line| line.id.as_str()).chain([budget.period.label.as_str()]));
        Self(Map::from_iter([
            ("kpi", system.kpis().iter().map(|kpi| kpi.definition.id.as_str()).collect::<Set<&str>>()),
            ("budget", lines.collect()),
            ("review", system.reviews().iter().map(|review| review.id.as_str()).collect()),
            ("component", Component::WORDS.iter().map(|(word, _)| *word).collect()),
            ("action", journal.actions.iter().map(|action| action.id.as_str()).collect()),
            // What nobody answers for.
            ("operator", Set::from_iter(["operator"])),
            ("brand_layer", BrandLayer::ALL.iter().map(|(word, _)| *word).collect()),
            ("marketing_layer", MarketingLayer::ALL.iter().map(|(word, _)| *word).collect()),
            ("segment", system.segments().iter().map(|segment| segment.id.as_str()).collect()),
            ("channel", system.channels().iter().map(|channel| channel.id.as_str()).collect()),
            ("asset", system.assets().iter().map(|asset| asset.id.as_str()).collect()),
            ("input", system.inputs().iter().map(|input| input.id.as_str()).collect()),
            ("tool", system.tools().iter().map(|tool| tool.id.as_str()).collect()),
        ]))
    }

    fn find(&self, key: &str) -> Result<(), (String, String)> {
        let kinds = || "write the key of an escalation: `kpi:`, `budget:`, `review:`, `component:`, `action:` or another kind, and an id".to_owned();
        let (kind, id) = key.split_once(':').ok_or_else(|| (format!("{} does not say what is acknowledged", quoted(key)), kinds()))?;
        let known = self.0.get(kind).ok_or_else(|| (format!("{} is no kind of thing that is acknowledged", quoted(kind)), kinds()))?;
        if known.contains(id) {
            return Ok(());
        }
        let what = match kind {
            "kpi" => "KPI",
            "budget" => "line of a budget",
            "brand_layer" => "brand layer",
            "marketing_layer" => "marketing layer",
            other => other,
        };
        Err((format!("there is no {what} {}", quoted(id)), "correct the name, or leave the acknowledgement out".to_owned()))
    }
}
