//! The journal: what a team has done and said. It stands in texts of its own and is no part of a
//! system or of its facts, so that writing minutes changes no number and no fingerprint of one.

mod check;
mod read;
mod records;

#[cfg(test)]
mod tests;

use serde::Serialize;

use super::System;
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::finding::{Finding, Severity};
use crate::base::fingerprint::Fingerprint;
use crate::text::Source;

pub use records::{Acknowledgement, Action, ActionMove, Answer, Comment, Component, Done, DroppedAction, MinutedDecision, Minutes, Question, Skipped};

/// What a team has done and said: actions, questions, minutes of reviews, what was left out on
/// purpose, what was acknowledged, and comments on figures. It is read from text by
/// [`Journal::parse`]; the default is an empty one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Journal {
    actions: Vec<Action>,
    questions: Vec<Question>,
    minutes: Vec<Minutes>,
    skipped: Vec<Skipped>,
    done: Vec<Done>,
    acknowledgements: Vec<Acknowledgement>,
    comments: Vec<Comment>,
}

impl Journal {
    /// Reads a journal about a system from texts, YAML or JSON. Several texts are parts of one
    /// journal, such as a text for each quarter; without a text it is empty. The order of
    /// entries does not matter.
    ///
    /// ```
    /// use marketingos::{Journal, Source, System};
    /// # let text = "{marketingos: 1, name: Small firm, people: {ana: Ana, ben: Ben}}";
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let text = "
    /// journal: 1
    /// actions:
    ///   form: { what: Mend the form, owner: bem, opened_on: 2026-09-07, due: 2026-09-14 }
    /// ";
    /// let error = Journal::parse(&[Source::new("journal.yaml", text)], &system).unwrap_err();
    /// assert_eq!(error.findings()[0].to_string(),
    ///     "journal.yaml:4:39: error[MOS-M006]: there is no person `bem`; did you mean `ben`?");
    /// # Ok::<(), marketingos::Error>(())
    /// ```
    ///
    /// # Errors
    /// When a text has errors; [`Error::findings`] lists all of them, and the warnings. When
    /// there are none, the warnings and notes come with the journal.
    pub fn parse(sources: &[Source<'_>], system: &System) -> Result<(Self, Vec<Finding>), Error> {
        let mut findings = Vec::new();
        let journal = read::journal(sources, system, &mut findings);
        Finding::sort(&mut findings);
        if findings.iter().any(|finding| finding.severity == Severity::Error) {
            return Err(Error::from_findings(Code::NotAJournal, findings));
        }
        Ok((journal, findings))
    }

    /// The journal as it stood on a day: a record dated later was not known then, nor that an
    /// action was done, dropped or put off, or a question answered, after it.
    ///
    /// ```
    /// use marketingos::{Journal, Source, System};
    /// # let text = "{marketingos: 1, name: Small firm, people: {ana: Ana, ben: Ben}}";
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let text = "{journal: 1, questions: {churn: {what: Why do they leave?, asked_on: 2026-09-07, to: ben, answer: {on: 2026-09-14, text: The price.}}}}";
    /// let (journal, _) = Journal::parse(&[Source::new("journal.yaml", text)], &system)?;
    /// let open_on = |day: &str| journal.known_on(day.parse().unwrap()).open_questions().count();
    /// assert_eq!(["2026-09-06", "2026-09-07", "2026-09-14"].map(open_on), [0, 1, 0]);
    /// # Ok::<(), marketingos::Error>(())
    /// ```
    #[must_use]
    pub fn known_on(&self, day: Date) -> Self {
        let actions = self.actions.iter().filter(|action| action.opened_on <= day).cloned().map(|mut action| {
            action.done_on = action.done_on.filter(|on| *on <= day);
            action.dropped = action.dropped.filter(|dropped| dropped.on <= day);
            action.moved.retain(|moved| moved.on <= day);
            action
        });
        let questions = self.questions.iter().filter(|question| question.asked_on <= day).cloned().map(|mut question| {
            question.answer = question.answer.filter(|answer| answer.on <= day);
            question
        });
        Self {
            actions: actions.collect(),
            questions: questions.collect(),
            minutes: self.minutes.iter().filter(|minutes| minutes.held_on <= day).cloned().collect(),
            skipped: self.skipped.iter().filter(|skipped| skipped.on <= day).cloned().collect(),
            done: self.done.iter().filter(|done| done.on <= day).cloned().collect(),
            acknowledgements: self.acknowledgements.iter().filter(|acknowledgement| acknowledgement.on <= day).cloned().collect(),
            comments: self.comments.iter().filter(|comment| comment.on <= day).cloned().collect(),
        }
    }

    /// The actions, by id.
    #[must_use]
    pub fn actions(&self) -> &[Action] {
        &self.actions
    }

    /// An action, by id.
    #[must_use]
    pub fn action(&self, id: &str) -> Option<&Action> {
        self.actions.iter().find(|action| action.id.as_str() == id)
    }

    /// The actions that are neither done nor dropped, by id.
    pub fn open_actions(&self) -> impl Iterator<Item = &Action> {
        self.actions.iter().filter(|action| action.is_open())
    }

    /// The questions, by id.
    #[must_use]
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// A question, by id.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id.as_str() == id)
    }

    /// The questions that are not answered, by id.
    pub fn open_questions(&self) -> impl Iterator<Item = &Question> {
        self.questions.iter().filter(|question| question.answer.is_none())
    }

    /// The minutes, oldest first.
    #[must_use]
    pub fn minutes(&self) -> &[Minutes] {
        &self.minutes
    }

    /// What was left out on purpose, by due date.
    #[must_use]
    pub fn skipped(&self) -> &[Skipped] {
        &self.skipped
    }

    /// What was brought up to date, oldest first.
    #[must_use]
    pub fn done(&self) -> &[Done] {
        &self.done
    }

    /// What was acknowledged, oldest first.
    #[must_use]
    pub fn acknowledgements(&self) -> &[Acknowledgement] {
        &self.acknowledgements
    }

    /// The comments on figures, oldest first.
    #[must_use]
    pub fn comments(&self) -> &[Comment] {
        &self.comments
    }

    /// A stable hash of the journal: equal for texts that say the same, in whatever order.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(self)
    }
}
