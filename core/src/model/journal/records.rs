//! The records of a journal: what was done, decided, promised, asked and said, each with its day.

use serde::Serialize;

use crate::base::calendar::Period;
use crate::base::date::Date;
use crate::base::finding::Origin;
use crate::base::id::Id;

/// Something that somebody promised to do by a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Action {
    /// Its id.
    pub id: Id,
    /// Where it stands in the text.
    #[serde(skip)]
    pub origin: Origin,
    /// What is to be done.
    pub what: String,
    /// Who does it.
    pub owner: Id,
    /// The day by which it was promised first; [`Action::deadline`] is the one that holds.
    pub due: Date,
    /// The day on which it was opened.
    pub opened_on: Date,
    /// The review in which it was opened.
    pub review: Option<Id>,
    /// The KPI that it is about.
    pub kpi: Option<Id>,
    /// The day on which it was done.
    pub done_on: Option<Date>,
    /// When it was given up, and why.
    pub dropped: Option<DroppedAction>,
    /// How often, and why, it was put off, oldest first.
    pub moved: Vec<ActionMove>,
}

/// That an action was given up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DroppedAction {
    /// The day.
    pub on: Date,
    /// Why.
    pub reason: String,
}

/// That an action is due on another day than before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ActionMove {
    /// The day on which that was agreed.
    pub on: Date,
    /// The day by which it is due since.
    pub to: Date,
    /// Why.
    pub reason: String,
}

impl Action {
    /// The day by which it is due: the one to which it was moved last.
    ///
    /// ```
    /// # use marketingos::{Journal, Source, System};
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", "{marketingos: 1, name: Small firm, people: {ana: Ana}}")])?;
    /// let text = "
    /// journal: 1
    /// actions:
    ///   form: { what: Mend the form, owner: ana, opened_on: 2026-09-07, due: 2026-09-14, moved: [ { on: 2026-09-14, to: 2026-09-21, reason: agency away } ] }
    /// ";
    /// let (journal, _) = Journal::parse(&[Source::new("journal.yaml", text)], &system)?;
    /// let action = journal.action("form").unwrap();
    /// assert_eq!(action.deadline().to_string(), "2026-09-21");
    /// // On the 18th it was known that it would be the 21st; on the 10th it was not.
    /// assert!(!action.is_late("2026-09-18".parse().unwrap()));
    /// assert_eq!(journal.known_on("2026-09-10".parse().unwrap()).action("form").unwrap().deadline().to_string(), "2026-09-14");
    /// # Ok::<(), marketingos::Error>(())
    /// ```
    #[must_use]
    pub fn deadline(&self) -> Date {
        self.moved.last().map_or(self.due, |moved| moved.to)
    }

    /// Whether it is neither done nor dropped.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.done_on.is_none() && self.dropped.is_none()
    }

    /// Whether it is open on a day after its deadline.
    #[must_use]
    pub fn is_late(&self, day: Date) -> bool {
        self.is_open() && self.deadline() < day
    }
}

/// Something that somebody wants to know from somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Question {
    /// Its id.
    pub id: Id,
    /// Where it stands in the text.
    #[serde(skip)]
    pub origin: Origin,
    /// The question.
    pub what: String,
    /// The day on which it was asked.
    pub asked_on: Date,
    /// Who asked.
    pub asked_by: Option<Id>,
    /// Who is to answer.
    pub to: Id,
    /// The KPI that it is about.
    pub kpi: Option<Id>,
    /// The answer; `None` while it is open.
    pub answer: Option<Answer>,
}

/// The answer to a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The day on which it was given.
    pub on: Date,
    /// What was answered.
    pub text: String,
}

/// What came of a review, and on which numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Minutes {
    /// Where it stands in the text.
    #[serde(skip)]
    pub origin: Origin,
    /// The review.
    pub review: Id,
    /// The day on which it was held.
    pub held_on: Date,
    /// The due date for which it was held, where that is said.
    pub due: Option<Date>,
    /// Who held it.
    pub held_by: Option<Id>,
    /// Who was there.
    pub present: Vec<Id>,
    /// The as-of date of the numbers on the table.
    pub as_of: Date,
    /// The fingerprint of the snapshot on the table, or how it begins.
    pub snapshot: String,
    /// What was decided.
    pub decisions: Vec<MinutedDecision>,
    /// The actions that were opened or talked about.
    pub actions: Vec<Id>,
    /// The questions that were asked or talked about.
    pub questions: Vec<Id>,
    /// Anything else; may be empty.
    pub note: String,
}

impl Minutes {
    /// Whether the numbers on the table were those of the snapshot with this fingerprint.
    ///
    /// ```
    /// # use marketingos::{Facts, Journal, Source, System};
    /// # let text = "{marketingos: 1, name: Small firm, people: {ana: Ana}, reviews: {standup: {cadence: weekly, held_by: ana, escalates_to: ana}}}";
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// # let snapshot = system.snapshot(&Facts::builder(&system).build()?, "2026-09-07".parse().unwrap());
    /// let text = format!("{{journal: 1, minutes: [{{review: standup, held_on: 2026-09-07, as_of: 2026-09-07, snapshot: {}}}]}}", snapshot.fingerprint().short());
    /// let (journal, _) = Journal::parse(&[Source::new("journal.yaml", &text)], &system)?;
    /// assert!(journal.minutes()[0].is_on(snapshot.fingerprint()));
    /// # Ok::<(), marketingos::Error>(())
    /// ```
    #[must_use]
    pub fn is_on(&self, fingerprint: &crate::base::fingerprint::Fingerprint) -> bool {
        !self.snapshot.is_empty() && fingerprint.as_str().starts_with(&self.snapshot)
    }
}

/// A decision as it was minuted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MinutedDecision {
    /// What was decided.
    pub text: String,
    /// Who decided it.
    pub by: Option<Id>,
    /// The decision of the system that it sets or changes.
    pub decision: Option<Id>,
}

/// A component of a running system that has a cadence of its own (domain D4); reviews have theirs.
///
/// ```
/// use marketingos::Component;
/// assert_eq!(Component::parse("kpi_set"), Some(Component::KpiSet));
/// assert_eq!(Component::Report.word(), "report");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Component {
    /// The KPI set: which metrics, with which targets and owners.
    KpiSet,
    /// The dashboard: the live view of the KPIs.
    Dashboard,
    /// The monthly written report.
    Report,
    /// Plan and budget.
    Plan,
}

impl Component {
    /// The words for them.
    pub const WORDS: [(&'static str, Self); 4] = [("kpi_set", Self::KpiSet), ("dashboard", Self::Dashboard), ("report", Self::Report), ("plan", Self::Plan)];

    /// Reads the word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(word, _)| *word == text).map(|(_, component)| *component)
    }

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, component)| *component == self).map_or("", |(word, _)| word)
    }
}

/// That something due was left out, on purpose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// Where it stands in the text.
    #[serde(skip)]
    pub origin: Origin,
    /// The id of a review, or the word of a component.
    pub what: Id,
    /// The due date that was left out.
    pub due: Date,
    /// Why.
    pub reason: String,
    /// Who decided it.
    pub by: Option<Id>,
    /// The day on which that was decided: the due date, unless it was said before.
    pub on: Date,
}

/// That a component was brought up to date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Done {
    /// Where it stands in the text.
    #[serde(skip)]
    pub origin: Origin,
    /// The component.
    pub what: Component,
    /// The day on which it was done.
    pub on: Date,
    /// The due date for which it was done, where that is said.
    pub due: Option<Date>,
    /// The period that it is about, such as the month of a report.
    #[serde(rename = "for")]
    pub period: Option<Period>,
}

/// That somebody has seen something, and takes it from there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Acknowledgement {
    /// Where it stands in the text.
    #[serde(skip)]
    pub origin: Origin,
    /// What: the key of an escalation, such as `kpi:leads`, `budget:media`, `review:standup`,
    /// `action:form` or `component:report`. How long it is quiet, its triggers say.
    pub what: String,
    /// Who.
    pub by: Id,
    /// The day on which it was said.
    pub on: Date,
    /// The last day for which it holds; without one, its triggers say.
    pub until: Option<Date>,
    /// What was said; may be empty.
    pub note: String,
}

/// What somebody wrote about a figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Comment {
    /// Where it stands in the text.
    #[serde(skip)]
    pub origin: Origin,
    /// The KPI.
    pub kpi: Id,
    /// The period that it is about.
    pub period: Period,
    /// Who wrote it.
    pub by: Id,
    /// The day on which it was written.
    pub on: Date,
    /// What was written.
    pub text: String,
    /// The figure as it was shown then, so that it can be told when it has changed.
    pub figure: Option<String>,
    /// The last period to whose report it is carried forward.
    pub until: Option<Period>,
}
