//! What escalates, to whom, why, since when, and what would clear it. A kind of trigger is a file;
//! [`ladder`] says how high what they find has climbed, and whether it is quiet.

mod adverse_signal;
mod budget_overrun;
mod ladder;
mod no_value;
mod off_target;
mod overdue;
mod pace;
mod runs;
mod unowned;

#[cfg(test)]
mod tests;

use serde::Serialize;

use super::sentence;
use crate::base::calendar::Period;
use crate::base::date::Date;
use crate::base::id::Id;
use crate::base::map::Map;
use crate::base::order;
use crate::judge::snapshot::Snapshot;
use crate::model::escalation::{Rung, Trigger, TriggerKind, When};
use crate::model::journal::Acknowledgement;
use crate::model::kpi::Kpi;
use crate::words::{Message, Words};
use ladder::{Cause, Raised, Said};

/// Something that a declared trigger hands up the ladder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Escalation {
    /// By which an acknowledgement names it, such as `kpi:leads`.
    pub key: String,
    /// What it is about.
    pub about: Escalated,
    /// The KPI, where it is about one.
    pub kpi: Option<Id>,
    /// The name of what it is about.
    pub name: String,
    /// Whether it is raised, or somebody has acknowledged it.
    pub state: EscalationState,
    /// The highest rung that a trigger calls, or that it has climbed to.
    pub to: Rung,
    /// Who stands on it; `None` when nobody is named.
    pub person: Option<String>,
    /// Where it stands, in a sentence.
    pub text: String,
    /// Why, trigger by trigger.
    pub reasons: Vec<EscalationReason>,
    /// The rung at which it was raised.
    pub started: Rung,
    /// How many rungs it has climbed since, because nobody acknowledged it.
    pub climbed: u32,
    /// How many days ago it was raised, by the trigger that lasts longest; `None` when nobody knows.
    pub days: Option<i64>,
    /// The acknowledgement that counts.
    pub acknowledged: Option<EscalationAcknowledged>,
    /// In what it has become worse than what was acknowledged; `None` when it has not.
    pub worse: Option<String>,
}

/// What an escalation is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Escalated {
    /// What kind of thing it is.
    pub kind: EscalatedKind,
    /// Its id: the word of a layer or component, the period of a budget as a whole, `operator`.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// A kind of thing that escalates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EscalatedKind {
    /// A KPI.
    Kpi,
    /// A budget, or a line of one.
    Budget,
    /// A review.
    Review,
    /// A component of the running system, such as the report.
    Component,
    /// An action.
    Action,
    /// The responsibility for the whole.
    Operator,
    /// A layer of the brand operating system.
    BrandLayer,
    /// A layer of the marketing operating system.
    MarketingLayer,
    /// A part of the audience.
    Segment,
    /// A channel.
    Channel,
    /// An asset.
    Asset,
    /// An input.
    Input,
    /// A tool.
    Tool,
}

impl EscalatedKind {
    /// The words for them in keys.
    pub const WORDS: [(&'static str, Self); 13] = [
        ("kpi", Self::Kpi),
        ("budget", Self::Budget),
        ("review", Self::Review),
        ("component", Self::Component),
        ("action", Self::Action),
        ("operator", Self::Operator),
        ("brand_layer", Self::BrandLayer),
        ("marketing_layer", Self::MarketingLayer),
        ("segment", Self::Segment),
        ("channel", Self::Channel),
        ("asset", Self::Asset),
        ("input", Self::Input),
        ("tool", Self::Tool),
    ];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, kind)| *kind == self).map_or("", |(word, _)| word)
    }
}

/// Whether an escalation is raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EscalationState {
    /// Somebody has to do something about it.
    Raised,
    /// Somebody has acknowledged it, for as long as it lasts.
    Acknowledged,
    /// Somebody has acknowledged it, and it is not raised again before a day.
    Quiet,
}

/// Who acknowledged an escalation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EscalationAcknowledged {
    /// Who, by name.
    pub by: String,
    /// The day.
    pub on: Date,
    /// The last day on which it is quiet; `None` for as long as it lasts.
    pub until: Option<Date>,
    /// What was said; may be empty.
    pub note: String,
}

/// One trigger that fired.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EscalationReason {
    /// The kind of the trigger.
    pub kind: TriggerKind,
    /// What is the matter, in a sentence.
    pub why: String,
    /// The first period in which it was so without a break, or the running one; `None` for what has
    /// no periods.
    pub since: Option<Period>,
    /// The first day on which it was so; `None` when nobody knows.
    pub since_on: Option<Date>,
    /// For how long, in words.
    pub lasting: String,
    /// The day on which it was raised: when it had lasted as long as the trigger asks for.
    pub raised_on: Option<Date>,
    /// The rung that this trigger calls, or that it has climbed to.
    pub to: Rung,
    /// What would clear it.
    pub clears: String,
}

impl EscalationReason {
    /// Since when, in words; empty when nobody knows.
    #[must_use]
    pub fn since_text(&self) -> String {
        match (&self.since, self.since_on) {
            (Some(period), _) => period.label.clone(),
            (None, Some(day)) => day.to_string(),
            (None, None) => String::new(),
        }
    }
}

/// What an escalation is about, and who answers for that.
struct Subject {
    kind: EscalatedKind,
    id: String,
    name: String,
    owner: Option<Id>,
}

impl Subject {
    fn key(&self) -> String {
        format!("{}:{}", self.kind.word(), self.id)
    }
}

/// What a trigger has found.
struct Found {
    why: String,
    clears: String,
    lasting: String,
    since: Option<Period>,
    since_on: Option<Date>,
    raised: Raised,
}

/// A trigger that fired, and on what.
struct Fired<'t> {
    trigger: &'t Trigger,
    subject: Subject,
    text: String,
    found: Found,
}

impl<'t> Fired<'t> {
    fn of_kpi(snapshot: &Snapshot, trigger: &'t Trigger, kpi: &Kpi, found: Found) -> Self {
        let each = trigger.each.max(kpi.shortest);
        let text = sentence::against_plan(&snapshot.line(kpi, &snapshot.last_final(kpi, each, snapshot.as_of())));
        let owner = kpi.owner.on(snapshot.as_of()).map(|assignment| assignment.person.clone());
        let subject = Subject { kind: EscalatedKind::Kpi, id: kpi.definition.id.to_string(), name: kpi.name.clone(), owner };
        Self { trigger, subject, text, found }
    }

    fn cause(&self) -> Cause {
        let Trigger { to, climbs_after, quiet_days, .. } = *self.trigger;
        Cause { kind: self.trigger.when.kind(), to, raised: self.found.raised, climbs_after, quiet_days }
    }

    fn reason(self, to: Rung) -> EscalationReason {
        let Found { why, clears, lasting, since, since_on, raised } = self.found;
        let raised_on = match raised {
            Raised::On(day) => Some(day),
            Raised::Before(_) | Raised::Unknown => None,
        };
        EscalationReason { kind: self.trigger.when.kind(), why, since, since_on, lasting, raised_on, to, clears }
    }
}

/// How many days, as messages have them.
fn count(days: i64) -> u64 {
    u64::try_from(days).unwrap_or(0)
}

/// So many days, in words.
fn in_days(words: &Words, days: i64) -> String {
    words.text(Message::InDays, &[("count", count(days).into())])
}

impl Snapshot {
    /// What escalates: KPIs, budgets, what is overdue, and what nobody answers for.
    ///
    /// What somebody has acknowledged comes after all that is raised; of each, the highest rung comes
    /// first, then the order is that of [`EscalatedKind`] and of the system.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use marketingos::{EscalationState, Facts, Journal, Rung, Source, System};
    /// let text = "
    /// marketingos: 1
    /// name: Small firm
    /// people: { ana: Ana, ben: Ben }
    /// operator: ben
    /// sources: { leads: { date: created, rows: events, recorded_from: 2026-01-01, recorded_until: as_of } }
    /// kpis: { leads: { name: New leads, unit: count of leads, direction: higher, owner: ana, count: leads } }
    /// plan: { targets: { leads: [ { from: 2026-01, to: 2026-12, value: 3 } ] } }
    /// escalation: [ { when: off_target, to: owner, climbs_after: 7, quiet_days: 14 } ]
    /// ";
    /// let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let facts = Facts::builder(&system).csv("leads", "created\n2026-01-05\n").build()?;
    /// // January was off target; nobody has said anything for a week.
    /// let snapshot = system.snapshot(&facts, "2026-02-07".parse()?);
    /// let leads = &snapshot.escalations()[0];
    /// assert_eq!((leads.key.as_str(), leads.started, leads.to, leads.days), ("kpi:leads", Rung::Owner, Rung::Operator, Some(7)));
    ///
    /// let text = "{journal: 1, acknowledgements: [{what: 'kpi:leads', by: ana, on: 2026-02-03, note: The form was broken}]}";
    /// let (journal, _) = Journal::parse(&[Source::new("journal.yaml", text)], &system)?;
    /// let leads = &snapshot.with_journal(Arc::new(journal)).escalations()[0];
    /// assert_eq!((leads.state, leads.to), (EscalationState::Quiet, Rung::Owner));
    /// assert_eq!(leads.acknowledged.as_ref().unwrap().until, "2026-02-16".parse().ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn escalations(&self) -> Vec<Escalation> {
        let mut groups: Vec<(String, Vec<Fired<'_>>)> = Vec::new();
        let mut places: Map<String, usize> = Map::new();
        for fired in self.fired() {
            let key = fired.subject.key();
            let place = *places.entry(key.clone()).or_insert(groups.len());
            if place == groups.len() {
                groups.push((key, Vec::new()));
            }
            if let Some((_, group)) = groups.get_mut(place) {
                group.push(fired);
            }
        }
        let mut said: Map<&str, Vec<&Acknowledgement>> = Map::new();
        for acknowledgement in self.journal().acknowledgements() {
            said.entry(acknowledgement.what.as_str()).or_default().push(acknowledgement);
        }
        let said = |key: &str| said.get(key).map(Vec::as_slice).unwrap_or_default();
        let mut escalations: Vec<Escalation> = groups.into_iter().filter_map(|(key, fired)| self.escalation(said(&key), key, fired)).collect();
        order::sort_by_key(&mut escalations, |escalation| {
            (escalation.state != EscalationState::Raised, std::cmp::Reverse(escalation.to), escalation.about.kind)
        });
        escalations
    }

    /// Everything that fired: by KPI in the system's order, then what is about nothing of a KPI's.
    fn fired(&self) -> Vec<Fired<'_>> {
        let system = self.system();
        let mut fired: Vec<Fired<'_>> = Vec::new();
        for kpi in system.kpis() {
            for trigger in system.triggers().iter().filter(|trigger| trigger.is_about(&kpi.definition.id)) {
                fired.extend(match &trigger.when {
                    When::OffTarget { by, periods } => off_target::fires(self, trigger, kpi, by, *periods),
                    When::AdverseSignal => adverse_signal::fires(self, trigger, kpi),
                    When::NoValue => no_value::fires(self, trigger, kpi),
                    When::Pace { .. } | When::BudgetOverrun { .. } | When::Overdue { .. } | When::Unowned => None,
                });
            }
        }
        // What is late is the same for all triggers that ask by how much.
        let mut late = None;
        for trigger in system.triggers() {
            fired.extend(match &trigger.when {
                When::Pace { by, days } => pace::fire(self, trigger, by, *days),
                When::BudgetOverrun { by } => budget_overrun::fire(self, trigger, by),
                When::Overdue { days } => overdue::fire(self, trigger, *days, late.get_or_insert_with(|| overdue::late(self))),
                When::Unowned => unowned::fire(self, trigger),
                When::OffTarget { .. } | When::AdverseSignal | When::NoValue => Vec::new(),
            });
        }
        // In the order of the system, whichever trigger found them.
        let positions: Map<&str, usize> = system.kpis().iter().enumerate().map(|(at, kpi)| (kpi.definition.id.as_str(), at)).collect();
        let position = |of: &Subject| if of.kind == EscalatedKind::Kpi { positions.get(of.id.as_str()).copied() } else { None };
        order::sort_by_key(&mut fired, |fired| (fired.subject.kind, position(&fired.subject)));
        fired
    }

    /// All that fired on the same thing, of which somebody said so much.
    fn escalation(&self, said: &[&Acknowledgement], key: String, fired: Vec<Fired<'_>>) -> Option<Escalation> {
        let causes: Vec<Cause> = fired.iter().map(Fired::cause).collect();
        let days: Vec<Said> = said.iter().map(|said| Said { on: said.on, until: said.until }).collect();
        let stands = ladder::stands(&causes, &days, self.as_of());
        let name = |id: &Id| self.system().person(id.as_str()).map_or_else(|| id.to_string(), |person| person.name.clone());
        let acknowledged = stands.said.and_then(|(position, until)| {
            let said = said.get(position)?;
            Some(EscalationAcknowledged { by: name(&said.by), on: said.on, until, note: said.note.clone() })
        });
        let state = match (stands.is_quiet, stands.said) {
            (true, Some((_, None))) => EscalationState::Acknowledged,
            (true, _) => EscalationState::Quiet,
            (false, _) => EscalationState::Raised,
        };
        let whys: Vec<&str> = stands.worse.iter().filter_map(|position| fired.get(*position)).map(|fired| fired.found.why.as_str()).collect();
        let worse = (!whys.is_empty()).then(|| self.system().words().text(Message::WorseSince, &[("whys", (&whys.join(" ")).into())]));
        let highest = fired.iter().zip(&stands.rungs).max_by_key(|(_, rung)| **rung).map(|(fired, _)| fired)?;
        let subject = &highest.subject;
        let (about, owner) = (Escalated { kind: subject.kind, id: subject.id.clone(), name: subject.name.clone() }, subject.owner.clone());
        let (text, to) = (highest.text.clone(), stands.to);
        // Of triggers of the same kind, only those of the highest rung are worth a line.
        let outdone = |kind: TriggerKind, rung: Rung| causes.iter().zip(&stands.rungs).any(|(cause, higher)| *higher > rung && cause.kind == kind);
        let told = fired.into_iter().zip(&stands.rungs).filter(|(fired, rung)| !outdone(fired.trigger.when.kind(), **rung));
        let reasons = told.map(|(fired, rung)| fired.reason(*rung)).collect();
        Some(Escalation {
            kpi: if about.kind == EscalatedKind::Kpi { Id::new(&about.id) } else { None },
            name: about.name.clone(),
            person: self.on_rung(to, owner.as_ref()),
            climbed: to.above(stands.started),
            started: stands.started,
            days: stands.days,
            key,
            about,
            state,
            to,
            text,
            reasons,
            acknowledged,
            worse,
        })
    }

    fn on_rung(&self, rung: Rung, owner: Option<&Id>) -> Option<String> {
        let system = self.system();
        let operator = || system.operator().on(self.as_of()).map(|assignment| &assignment.person);
        let person = match rung {
            Rung::Executive => return system.executive().map(|person| person.name.clone()),
            Rung::Operator => operator(),
            // Nobody answers for it, so the operator does (domain D3).
            Rung::Owner => owner.or_else(operator),
        };
        person.and_then(|id| system.person(id.as_str())).map(|person| person.name.clone())
    }
}
