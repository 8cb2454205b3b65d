//! Text to journal: every mistake is reported, and the records are put into one order, so that
//! the order in which they were written does not matter.

use super::records::{Acknowledgement, Action, ActionMove, Answer, Comment, Component, Done, DroppedAction, MinutedDecision, Minutes, Question, Skipped};
use super::{Journal, check};
use crate::base::calendar::{Grain, Period};
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::finding::{Finding, Mark, Origin, quoted};
use crate::base::id::Id;
use crate::base::map::Set;
use crate::base::order;
use crate::model::{System, format_version};
use crate::text::{self, Data, MapReader, Node, Reader, Source, one_of_help};

/// The fewest digits of a fingerprint by which a snapshot is named.
const LEAST_DIGITS: usize = 12;
/// All digits of a fingerprint.
const MOST_DIGITS: usize = 64;
/// The most names that are compared to find those nearest to unknown ones.
const MAX_COMPARISONS: usize = 200_000;

/// Reads all texts into one journal.
pub(super) fn journal(sources: &[Source<'_>], system: &System, findings: &mut Vec<Finding>) -> Journal {
    let mut journal = Journal::default();
    let names = Names::of(system);
    let mut comparisons = MAX_COMPARISONS;
    for source in sources {
        if let Some(node) = text::parse(*source, findings) {
            Context { reader: Reader::new(source.name, findings), names: &names, system, comparisons: &mut comparisons }.text(&node, &mut journal);
        }
    }
    order::sort_by(&mut journal.actions, |left, right| (&left.id, &left.origin.0).cmp(&(&right.id, &right.origin.0)));
    order::sort_by(&mut journal.questions, |left, right| (&left.id, &left.origin.0).cmp(&(&right.id, &right.origin.0)));
    order::sort_by(&mut journal.minutes, |left, right| {
        (left.held_on, &left.review, left.due, &left.origin.0).cmp(&(right.held_on, &right.review, right.due, &right.origin.0))
    });
    order::sort_by(&mut journal.skipped, |left, right| (left.due, &left.what, &left.origin.0).cmp(&(right.due, &right.what, &right.origin.0)));
    order::sort_by(&mut journal.done, |left, right| {
        (left.on, left.what, left.due, &left.period, &left.origin.0).cmp(&(right.on, right.what, right.due, &right.period, &right.origin.0))
    });
    order::sort_by(&mut journal.acknowledgements, |left, right| {
        (left.on, &left.what, &left.by, left.until, &left.note).cmp(&(right.on, &right.what, &right.by, right.until, &right.note))
    });
    order::sort_by(&mut journal.comments, |left, right| {
        (left.on, &left.kpi, &left.period, &left.by, &left.text).cmp(&(right.on, &right.kpi, &right.period, &right.by, &right.text))
    });
    check::journal(&journal, system, findings);
    journal
}

/// What records refer to, by kind.
struct Names<'a> {
    people: Set<&'a str>,
    reviews: Set<&'a str>,
    kpis: Set<&'a str>,
    decisions: Set<&'a str>,
}

impl<'a> Names<'a> {
    fn of(system: &'a System) -> Self {
        Self {
            people: system.lineage().flat_map(System::people).map(|person| person.id.as_str()).collect(),
            reviews: system.reviews().iter().map(|review| review.id.as_str()).collect(),
            kpis: system.kpis().iter().map(|kpi| kpi.definition.id.as_str()).collect(),
            decisions: system.decisions().map(|decision| decision.id.as_str()).collect(),
        }
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Person,
    Review,
    Kpi,
    Decision,
}

struct Context<'a, 'n> {
    reader: Reader<'a>,
    names: &'n Names<'n>,
    system: &'n System,
    comparisons: &'n mut usize,
}

impl Context<'_, '_> {
    fn text(&mut self, node: &Node, journal: &mut Journal) {
        let Some(mut map) = self.reader.map(node, "") else { return };
        format_version(&mut self.reader, &mut map, "journal");
        self.by_id(&mut map, "actions", &mut journal.actions, Self::action);
        self.by_id(&mut map, "questions", &mut journal.questions, Self::question);
        self.listed(&mut map, "minutes", &mut journal.minutes, Self::minutes);
        self.listed(&mut map, "skipped", &mut journal.skipped, Self::skipped);
        self.listed(&mut map, "done", &mut journal.done, Self::done);
        self.listed(&mut map, "acknowledgements", &mut journal.acknowledgements, Self::acknowledgement);
        self.listed(&mut map, "comments", &mut journal.comments, Self::comment);
        map.finish(&mut self.reader);
    }

    fn by_id<T>(&mut self, map: &mut MapReader<'_>, key: &'static str, into: &mut Vec<T>, read: fn(&mut Self, Id, MapReader<'_>, Origin) -> Option<T>) {
        let Some((node, path)) = map.get(key) else { return };
        for (id, mark, node, path) in self.reader.by_id(node, &path) {
            let origin = Origin(self.reader.place(mark, &path));
            let Some(map) = self.reader.map(node, &path) else { continue };
            into.extend(read(self, id, map, origin));
        }
    }

    fn listed<T>(&mut self, map: &mut MapReader<'_>, key: &'static str, into: &mut Vec<T>, read: fn(&mut Self, MapReader<'_>, Origin) -> Option<T>) {
        let Some((node, path)) = map.get(key) else { return };
        for (node, path) in self.reader.items(node, &path) {
            let origin = Origin(self.reader.place(node.mark, &path));
            let Some(map) = self.reader.map(node, &path) else { continue };
            into.extend(read(self, map, origin));
        }
    }

    fn action(&mut self, id: Id, mut map: MapReader<'_>, origin: Origin) -> Option<Action> {
        let what = self.said(&mut map, "what", "say what is to be done");
        let owner = self.required(&mut map, "owner", Kind::Person, "name who does it: an action without an owner is none");
        let due = map.required_date(&mut self.reader, "due", "write the day by which it is done: an action without one is none");
        let opened_on = map.required_date(&mut self.reader, "opened_on", "write the day on which it was opened");
        let review = self.reference(&mut map, "review", Kind::Review);
        let kpi = self.reference(&mut map, "kpi", Kind::Kpi);
        let done_on = map.date(&mut self.reader, "done_on");
        let dropped = map.get("dropped").and_then(|(node, path)| {
            let mut map = self.reader.map(node, &path)?;
            let on = map.required_date(&mut self.reader, "on", "write the day on which it was given up");
            let reason = self.said(&mut map, "reason", "say why it was given up");
            map.finish(&mut self.reader);
            Some(DroppedAction { on: on?, reason: reason? })
        });
        let moves = map.get("moved").map(|(node, path)| self.reader.items(node, &path)).unwrap_or_default();
        let mut moved: Vec<ActionMove> = moves.into_iter().filter_map(|(node, path)| self.action_move(node, &path)).collect();
        order::sort_by_key(&mut moved, |moved| moved.on);
        map.finish(&mut self.reader);
        Some(Action { id, origin, what: what?, owner: owner?, due: due?, opened_on: opened_on?, review, kpi, done_on, dropped, moved })
    }

    fn action_move(&mut self, node: &Node, path: &str) -> Option<ActionMove> {
        let mut map = self.reader.map(node, path)?;
        let on = map.required_date(&mut self.reader, "on", "write the day on which it was put off");
        let to = map.required_date(&mut self.reader, "to", "write the day by which it is due since");
        let reason = self.said(&mut map, "reason", "say why it was put off");
        map.finish(&mut self.reader);
        Some(ActionMove { on: on?, to: to?, reason: reason? })
    }

    fn question(&mut self, id: Id, mut map: MapReader<'_>, origin: Origin) -> Option<Question> {
        let what = self.said(&mut map, "what", "write the question");
        let asked_on = map.required_date(&mut self.reader, "asked_on", "write the day on which it was asked");
        let asked_by = self.reference(&mut map, "asked_by", Kind::Person);
        let to = self.required(&mut map, "to", Kind::Person, "name who is to answer it");
        let kpi = self.reference(&mut map, "kpi", Kind::Kpi);
        let answer = map.get("answer").and_then(|(node, path)| {
            let mut map = self.reader.map(node, &path)?;
            let on = map.required_date(&mut self.reader, "on", "write the day on which it was answered");
            let text = self.said(&mut map, "text", "write the answer");
            map.finish(&mut self.reader);
            Some(Answer { on: on?, text: text? })
        });
        map.finish(&mut self.reader);
        Some(Question { id, origin, what: what?, asked_on: asked_on?, asked_by, to: to?, kpi, answer })
    }

    fn minutes(&mut self, mut map: MapReader<'_>, origin: Origin) -> Option<Minutes> {
        let review = self.required(&mut map, "review", Kind::Review, "name the review that was held");
        let held_on = map.required_date(&mut self.reader, "held_on", "write the day on which it was held");
        let due = map.date(&mut self.reader, "due");
        let held_by = self.reference(&mut map, "held_by", Kind::Person);
        let present = map.get("present").map(|(node, path)| self.reader.items(node, &path)).unwrap_or_default();
        let present = present.into_iter().filter_map(|(node, path)| self.known(node, &path, Kind::Person)).collect();
        let as_of = map.required_date(&mut self.reader, "as_of", "write the as-of date of the numbers that were on the table");
        let snapshot = map.require(&mut self.reader, "snapshot", "write the fingerprint of the snapshot that was on the table, or its first twelve digits");
        let snapshot = snapshot.and_then(|(node, path)| self.snapshot(node, &path));
        let decisions = map.get("decisions").map(|(node, path)| self.reader.items(node, &path)).unwrap_or_default();
        let decisions = decisions.into_iter().filter_map(|(node, path)| self.decision(node, &path)).collect();
        // That these are in the journal is checked when all texts are read.
        let mut ids = |key| map.get(key).map(|(node, path)| self.reader.ids(node, &path)).unwrap_or_default().into_iter().map(|(id, _)| id).collect();
        let (actions, questions) = (ids("actions"), ids("questions"));
        let note = map.text(&mut self.reader, "note").unwrap_or_default();
        map.finish(&mut self.reader);
        let (review, held_on, as_of, snapshot) = (review?, held_on?, as_of?, snapshot?);
        Some(Minutes { origin, review, held_on, due, held_by, present, as_of, snapshot, decisions, actions, questions, note })
    }

    fn snapshot(&mut self, node: &Node, path: &str) -> Option<String> {
        let text = self.reader.text(node, path)?;
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if !(LEAST_DIGITS..=MOST_DIGITS).contains(&text.len()) || !text.bytes().all(is_digit) {
            let help = format!("write the fingerprint that the snapshot tells, or at least its first {LEAST_DIGITS} digits");
            self.reader.error(Code::BadSnapshotMark, node.mark, path, format!("{} is not the fingerprint of a snapshot", quoted(text)), help);
            return None;
        }
        Some(text.to_owned())
    }

    fn decision(&mut self, node: &Node, path: &str) -> Option<MinutedDecision> {
        if let Data::Scalar { text } = &node.data {
            return Some(MinutedDecision { text: text.clone(), by: None, decision: None });
        }
        let mut map = self.reader.map(node, path)?;
        let text = self.said(&mut map, "text", "write what was decided");
        let by = self.reference(&mut map, "by", Kind::Person);
        let decision = self.reference(&mut map, "decision", Kind::Decision);
        map.finish(&mut self.reader);
        Some(MinutedDecision { text: text?, by, decision })
    }

    fn skipped(&mut self, mut map: MapReader<'_>, origin: Origin) -> Option<Skipped> {
        let help = "name the review, or write `kpi_set`, `dashboard`, `report` or `plan`";
        let what = map.require(&mut self.reader, "what", help).and_then(|(node, path)| {
            let id = self.reader.id(node, &path)?;
            if Component::parse(id.as_str()).is_none() && !self.names.reviews.contains(id.as_str()) {
                let (reviews, components) = (&self.names.reviews, Component::WORDS.map(|(word, _)| word));
                let count = reviews.len().saturating_add(components.len());
                self.unknown("review or component", &id, node.mark, &path, count, || reviews.iter().copied().chain(components).collect());
                return None;
            }
            Some(id)
        });
        let due = map.required_date(&mut self.reader, "due", "write the due date that was left out");
        let reason = self.said(&mut map, "reason", "say why it was left out");
        let by = self.reference(&mut map, "by", Kind::Person);
        let on = map.date(&mut self.reader, "on");
        map.finish(&mut self.reader);
        let due = due?;
        Some(Skipped { origin, what: what?, due, reason: reason?, by, on: on.unwrap_or(due) })
    }

    fn done(&mut self, mut map: MapReader<'_>, origin: Origin) -> Option<Done> {
        let what = map.require(&mut self.reader, "what", "write `kpi_set`, `dashboard`, `report` or `plan`");
        let what = what.and_then(|(node, path)| self.reader.one_of(node, &path, &Component::WORDS));
        let on = map.required_date(&mut self.reader, "on", "write the day on which it was done");
        let due = map.date(&mut self.reader, "due");
        let period = map.get("for").and_then(|(node, path)| self.period(node, &path));
        map.finish(&mut self.reader);
        Some(Done { origin, what: what?, on: on?, due, period })
    }

    fn acknowledgement(&mut self, mut map: MapReader<'_>, origin: Origin) -> Option<Acknowledgement> {
        let what = self.said(&mut map, "what", "write what is acknowledged, such as `kpi:leads`");
        let by = self.required(&mut map, "by", Kind::Person, "name who acknowledged it");
        let on = map.required_date(&mut self.reader, "on", "write the day on which it was acknowledged");
        let until = map.date(&mut self.reader, "until");
        let note = map.text(&mut self.reader, "note").unwrap_or_default();
        map.finish(&mut self.reader);
        Some(Acknowledgement { origin, what: what?, by: by?, on: on?, until, note })
    }

    fn comment(&mut self, mut map: MapReader<'_>, origin: Origin) -> Option<Comment> {
        let kpi = self.required(&mut map, "kpi", Kind::Kpi, "name the KPI");
        let example = self.system.calendar().example(Grain::Month);
        let period = map.require(&mut self.reader, "period", &format!("write the period that it is about, such as {example}"));
        let period = period.and_then(|(node, path)| self.period(node, &path));
        let by = self.required(&mut map, "by", Kind::Person, "name who wrote it");
        let on = map.required_date(&mut self.reader, "on", "write the day on which it was written");
        let text = self.said(&mut map, "text", "write the comment");
        let figure = map.text(&mut self.reader, "figure");
        let until = map.get("until").and_then(|(node, path)| self.period(node, &path));
        map.finish(&mut self.reader);
        Some(Comment { origin, kpi: kpi?, period: period?, by: by?, on: on?, text: text?, figure, until })
    }

    /// A text that must be there and say something.
    fn said(&mut self, map: &mut MapReader<'_>, key: &'static str, help: &str) -> Option<String> {
        let (node, path) = map.require(&mut self.reader, key, help)?;
        let text = self.reader.text(node, &path)?;
        if text.trim().is_empty() {
            self.reader.error(Code::WrongValue, node.mark, &path, "the text is empty".to_owned(), help);
            return None;
        }
        Some(text.to_owned())
    }

    fn period(&mut self, node: &Node, path: &str) -> Option<Period> {
        let text = self.reader.text(node, path)?;
        let period = self.system.calendar().parse(text).filter(|period| period.grain != Grain::All);
        if period.is_none() {
            let message = format!("{} is not a period of this calendar", quoted(text));
            self.reader.error(Code::WrongValue, node.mark, path, message, self.system.calendar().how_to_write());
        }
        period
    }

    fn required(&mut self, map: &mut MapReader<'_>, key: &'static str, kind: Kind, help: &str) -> Option<Id> {
        let (node, path) = map.require(&mut self.reader, key, help)?;
        self.known(node, &path, kind)
    }

    fn reference(&mut self, map: &mut MapReader<'_>, key: &'static str, kind: Kind) -> Option<Id> {
        let (node, path) = map.get(key)?;
        self.known(node, &path, kind)
    }

    /// An id that leads somewhere.
    fn known(&mut self, node: &Node, path: &str, kind: Kind) -> Option<Id> {
        let id = self.reader.id(node, path)?;
        let names = self.names;
        let (what, known) = match kind {
            Kind::Person => ("person", &names.people),
            Kind::Review => ("review", &names.reviews),
            Kind::Kpi => ("KPI", &names.kpis),
            Kind::Decision => ("decision", &names.decisions),
        };
        if !known.contains(id.as_str()) {
            self.unknown(what, &id, node.mark, path, known.len(), || known.iter().copied().collect());
            return None;
        }
        Some(id)
    }

    /// Names are gathered only where they are compared: not for each of many unknown ones.
    fn unknown<'k>(&mut self, what: &str, id: &Id, mark: Mark, path: &str, count: usize, names: impl FnOnce() -> Vec<&'k str>) {
        let help = match self.comparisons.checked_sub(count) {
            Some(left) => {
                *self.comparisons = left;
                one_of_help(id.as_str(), &names())
            }
            None => "use a name that is defined".to_owned(),
        };
        self.reader.error(Code::UnknownReference, mark, path, format!("there is no {what} `{id}`"), help);
    }
}

/// Whether a day lies before another that cannot be later.
pub(super) fn before(day: Option<Date>, first: Date) -> Option<Date> {
    day.filter(|day| *day < first)
}
