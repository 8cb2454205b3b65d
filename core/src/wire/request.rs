//! Requests: what can be asked of a snapshot, and the words in which it is asked.

use serde::Deserialize;

use super::form::Form;
use crate::base::calendar::Grain;
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::finding::quoted;
use crate::judge::reference::Reference;
use crate::judge::snapshot::Snapshot;
use crate::model::element::ElementKind;
use crate::model::rhythm::Cadence;

/// A question to a snapshot.
#[derive(Debug, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Request {
    /// The scorecard; see [`Snapshot::scorecard`].
    Scorecard { grain: Option<String> },
    /// A figure period by period; see [`Snapshot::series`] and, with `top`, [`Snapshot::top`].
    Series {
        figure: String,
        grain: Option<String>,
        #[serde(default)]
        by: Vec<String>,
        top: Option<u32>,
    },
    /// How two figures differ; see [`Snapshot::compare`].
    Compare { a: String, b: String, grain: Option<String> },
    /// Why a KPI changed; see [`Snapshot::explain`].
    Explain {
        kpi: String,
        period: Option<String>,
        grain: Option<String>,
        against: Option<String>,
        #[serde(default)]
        by: Vec<String>,
        volume: Option<String>,
        convention: Option<String>,
    },
    /// The process behaviour chart of a KPI; see [`Snapshot::chart`].
    Chart { kpi: String, grain: Option<String> },
    /// The weekly business review of a KPI; see [`Snapshot::weekly_review`].
    WeeklyReview { kpi: String },
    /// A budget as it stands; see [`Snapshot::budget`].
    Budget { period: Option<String> },
    /// Which members explain most of a KPI's change; see [`Snapshot::contributors`].
    Contributors { kpi: String, period: Option<String>, grain: Option<String>, against: Option<String>, by: Vec<String>, top: Option<u32> },
    /// Many figures as columns; see [`Snapshot::panel`].
    Panel {
        figures: Vec<String>,
        grain: Option<String>,
        #[serde(default)]
        by: Vec<String>,
    },
    /// The running period so far; see [`Snapshot::to_date`].
    ToDate { grain: Option<String> },
    /// A KPI by members, each against its own target; see [`Snapshot::by_member`].
    ByMember { kpi: String, period: Option<String>, grain: Option<String>, by: Vec<String> },
    /// The targets that a period ever had; see [`Snapshot::target_history`].
    TargetHistory { kpi: String, period: String },
    /// Where running periods stand and will end; see [`Snapshot::landing`].
    Landing { kpi: Option<String>, grain: Option<String> },
    /// Whether the system is getting more efficient and more predictable; see [`Snapshot::progress`].
    Progress {},
    /// The agenda of a review; see [`Snapshot::agenda`].
    Agenda { cadence: Option<String> },
    /// The slides for a review; see [`Snapshot::deck`].
    Deck { cadence: Option<String> },
    /// What is due, and what became of it; see [`Snapshot::rhythm`].
    Rhythm { through: Option<String> },
    /// The minutes of the next review, and those that are recorded; see [`Snapshot::minutes_book`].
    Minutes { cadence: Option<String> },
    /// What escalates; see [`Snapshot::escalations`].
    Escalations {},
    /// The pack for planning a quarter; see [`Snapshot::planning`].
    Planning { quarter: Option<String> },
    /// The report of a month; see [`Snapshot::report`].
    Report { month: Option<String> },
    /// The diagnosis; see [`Snapshot::diagnose`].
    Diagnosis {
        #[serde(default)]
        evidence: Vec<NamedText>,
    },
    /// What rests on a decision, as of the snapshot's date; see [`System::impact`].
    Impact { decision: String },
    /// Who answers for something, on a day or the snapshot's date; see [`System::accountable`].
    Accountable { kind: String, id: String, on: Option<String> },
    /// What a person carries, on a day or the snapshot's date; see [`System::carries`].
    Carries { person: String, on: Option<String> },
    /// What stops while a person is away; see [`System::away`].
    Away { person: String, first: String, last: String },
    /// What is to be confirmed again, as of the snapshot's date; see [`System::stale`].
    Stale {},
    /// What there is of each layer of a framework; see [`System::coverage`].
    Coverage { framework: Option<String> },
    /// What ships in a week; see [`System::whats_shipping`].
    WhatsShipping { week: Option<String> },
    /// How many surfaces there are; see [`System::surfaces`].
    Surfaces {},
    /// Where work breaks down; see [`System::audit`].
    Audit {},
    /// Whether campaigns build on one another; see [`System::compounding`].
    Compounding {},
    /// What to build next; see [`System::next_steps`].
    NextSteps {},
    /// What to build first; see [`System::which_first`].
    WhichFirst {},
    /// What changed since an older version, given by its texts; see [`System::diff`].
    Diff { old: Vec<NamedText> },
    /// Which snapshot this is, and what was not used of its facts.
    Snapshot {},
}

/// The questions, as requests name them.
const QUESTIONS: [&str; 36] = [
    "scorecard",
    "series",
    "panel",
    "to_date",
    "landing",
    "progress",
    "compare",
    "explain",
    "chart",
    "weekly_review",
    "budget",
    "contributors",
    "agenda",
    "deck",
    "rhythm",
    "minutes",
    "escalations",
    "planning",
    "report",
    "diagnosis",
    "impact",
    "stale",
    "accountable",
    "carries",
    "away",
    "coverage",
    "whats_shipping",
    "surfaces",
    "audit",
    "compounding",
    "next_steps",
    "which_first",
    "diff",
    "by_member",
    "target_history",
    "snapshot",
];

/// A text that comes with a request.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NamedText {
    pub(super) name: String,
    pub(super) text: String,
}

/// For which period two snapshots are held against each other.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BetweenRequest {
    pub(super) period: Option<String>,
    pub(super) grain: Option<String>,
}

/// Reads what is asked of two snapshots.
pub(super) fn between(request: &str) -> Result<BetweenRequest, Error> {
    serde_json::from_str(request).map_err(|error| {
        let message = format!("the request is not understood: {error}");
        Error::new(Code::BadRequest, message, "write a JSON object with `period` and `grain`, or without")
    })
}

/// Reads a request; what is wrong with it is said in the words of requests.
pub(super) fn read(request: &str) -> Result<(Request, Form), Error> {
    let refused = |message: String, help: String| Error::new(Code::BadRequest, message, help);
    let mut value: serde_json::Value =
        serde_json::from_str(request).map_err(|_| refused("the request is not JSON".to_owned(), "write a JSON object with an `ask`".to_owned()))?;
    let Some(question) = value.get("ask").and_then(serde_json::Value::as_str).map(str::to_owned) else {
        return Err(refused("the request does not say what it asks".to_owned(), crate::text::one_of_help("", &QUESTIONS)));
    };
    if !QUESTIONS.contains(&question.as_str()) {
        return Err(refused(format!("there is no question {}", quoted(&question)), crate::text::one_of_help(&question, &QUESTIONS)));
    }
    // What is left are unknown fields and values of the wrong type, which serde names well.
    let not_understood = |error: serde_json::Error| {
        refused(format!("the question {} is not understood: {error}", quoted(&question)), "leave the field out, or mend its value".to_owned())
    };
    let form = Form::taken_from(&mut value, not_understood)?;
    Ok((serde_json::from_value(value).map_err(not_understood)?, form))
}

/// A day, by default the snapshot's date.
pub(super) fn day(text: Option<&str>, snapshot: &Snapshot) -> Result<Date, Error> {
    let Some(text) = text else { return Ok(snapshot.as_of()) };
    text.parse().map_err(|_| Error::new(Code::BadRequest, format!("{} is not a date", quoted(text)), "write a day that exists, such as 2026-09-30"))
}

pub(super) fn element_kind(word: &str) -> Result<ElementKind, Error> {
    let names = ElementKind::WORDS.map(|(word, _)| word);
    let found = ElementKind::WORDS.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind);
    found.ok_or_else(|| Error::new(Code::BadRequest, format!("{} is no kind of part of a system", quoted(word)), crate::text::one_of_help(word, &names)))
}

pub(super) fn grain(word: Option<&str>) -> Result<Grain, Error> {
    let Some(word) = word else { return Ok(Grain::Month) };
    let names = Grain::ALL.map(Grain::as_str);
    Grain::parse(word)
        .ok_or_else(|| Error::new(Code::BadRequest, format!("{} is not a length of periods", quoted(word)), crate::text::one_of_help(word, &names)))
}

pub(super) fn against(word: Option<&str>) -> Result<Reference, Error> {
    let Some(word) = word else { return Ok(Reference::Previous) };
    let names = Reference::WORDS.map(|(word, _)| word);
    let found = Reference::WORDS.iter().find(|(known, _)| *known == word).map(|(_, reference)| *reference);
    found.ok_or_else(|| {
        Error::new(Code::BadRequest, format!("{} is nothing that a figure is held against", quoted(word)), crate::text::one_of_help(word, &names))
    })
}

/// The same, or a scenario of the system by its id.
pub(super) fn against_any<'w>(word: Option<&'w str>, snapshot: &Snapshot) -> Result<(Reference, Option<&'w str>), Error> {
    let scenario = word.filter(|word| snapshot.system().scenarios().iter().any(|scenario| scenario.id.as_str() == *word));
    let scenario = scenario.filter(|word| Reference::WORDS.iter().all(|(known, _)| known != word));
    if scenario.is_some() { Ok((Reference::Plan, scenario)) } else { against(word).map(|reference| (reference, None)) }
}

pub(super) fn cadence(word: Option<&str>) -> Result<Cadence, Error> {
    let Some(word) = word else { return Ok(Cadence::Weekly) };
    let names = Cadence::WORDS.map(|(word, _)| word);
    Cadence::parse(word)
        .ok_or_else(|| Error::new(Code::BadRequest, format!("{} is not the level of a review", quoted(word)), crate::text::one_of_help(word, &names)))
}

#[cfg(test)]
mod tests {
    use super::{QUESTIONS, read};

    #[test]
    fn every_question_is_known_and_nothing_else() {
        for question in QUESTIONS {
            let request = match question {
                "series" => r#"{"ask":"series","figure":"x"}"#.to_owned(),
                "panel" => r#"{"ask":"panel","figures":["x"]}"#.to_owned(),
                "compare" => r#"{"ask":"compare","a":"x","b":"y"}"#.to_owned(),
                "accountable" => r#"{"ask":"accountable","kind":"kpi","id":"x"}"#.to_owned(),
                "carries" => r#"{"ask":"carries","person":"x"}"#.to_owned(),
                "away" => r#"{"ask":"away","person":"x","first":"2026-01-01","last":"2026-01-02"}"#.to_owned(),
                "explain" => r#"{"ask":"explain","kpi":"x"}"#.to_owned(),
                "chart" => r#"{"ask":"chart","kpi":"x"}"#.to_owned(),
                "weekly_review" => r#"{"ask":"weekly_review","kpi":"x"}"#.to_owned(),
                "by_member" => r#"{"ask":"by_member","kpi":"x","by":["y"]}"#.to_owned(),
                "target_history" => r#"{"ask":"target_history","kpi":"x","period":"2026-01"}"#.to_owned(),
                "contributors" => r#"{"ask":"contributors","kpi":"x","by":["y"]}"#.to_owned(),
                "impact" => r#"{"ask":"impact","decision":"x"}"#.to_owned(),
                "diagnosis" => r#"{"ask":"diagnosis","evidence":[]}"#.to_owned(),
                "diff" => r#"{"ask":"diff","old":[]}"#.to_owned(),
                _ => format!(r#"{{"ask":"{question}"}}"#),
            };
            assert!(read(&request).is_ok(), "{request}");
            let unknown = request.replacen('{', r#"{"surprise":1,"#, 1);
            assert!(read(&unknown).unwrap_err().message().contains("`surprise`"), "{unknown}");
        }
        for (request, message) in [
            ("", "the request is not JSON"),
            ("[]", "the request does not say what it asks"),
            (r#"{"ask":"scorecrad"}"#, "there is no question `scorecrad`"),
            (r#"{"ask":"scorecard","grian":"week"}"#, "the question `scorecard` is not understood: unknown field `grian`, expected `grain`"),
            (r#"{"ask":"series"}"#, "the question `series` is not understood: missing field `figure`"),
        ] {
            assert_eq!(read(request).unwrap_err().message(), message, "{request}");
        }
        assert_eq!(read(r#"{"ask":"scorecrad"}"#).unwrap_err().help(), "did you mean `scorecard`?");
    }
}
