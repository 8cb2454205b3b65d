//! A review as a deck: the weekly business review of every KPI, and the monthly report with a chart
//! for each KPI that it tells of.

use serde::Serialize;

use super::agenda::AgendaItem;
use super::report::Block;
use super::weekly_review::WeeklyReview;
use crate::base::calendar::{Grain, Period};
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::fingerprint::Fingerprint;
use crate::base::id::Id;
use crate::judge::explanation::{Explanation, Why};
use crate::judge::landing::Landing;
use crate::judge::reference::Reference;
use crate::judge::scorecard::Scorecard;
use crate::judge::snapshot::Snapshot;
use crate::model::report::Section;
use crate::model::rhythm::Cadence;
use crate::words::{Message, Prose, Words};

/// Slides for a review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Deck {
    /// Its title.
    pub title: String,
    /// Whose.
    pub system: String,
    /// The level of the review.
    pub cadence: Cadence,
    /// The period under review.
    pub period: Period,
    /// The as-of date.
    pub as_of: Date,
    /// Of the snapshot that this is drawn from.
    pub fingerprint: Fingerprint,
    /// The slides in order.
    pub slides: Vec<Slide>,
    /// The words in which it is told.
    #[serde(skip)]
    pub(crate) words: Words,
}

/// One slide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Slide {
    /// What it says, in a sentence where there is one.
    pub title: String,
    /// What is shown: of what, when, and against what.
    pub subtitle: String,
    /// What stands on it; what is longer than a sheet goes on on the next.
    #[serde(flatten)]
    pub body: SlideBody,
    /// What is to be said beside it.
    pub notes: Vec<String>,
}

/// What stands on a slide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
#[non_exhaustive]
pub enum SlideBody {
    /// Lines below the title of the whole.
    Cover {
        /// The lines.
        lines: Vec<String>,
    },
    /// Points.
    Points {
        /// The points.
        points: Vec<SlidePoint>,
    },
    /// A table of texts.
    Table {
        /// The headings.
        columns: Vec<String>,
        /// The rows; each has a cell for each heading.
        rows: Vec<Vec<String>>,
    },
    /// A scorecard, or a part of its lines.
    Scorecard {
        /// It.
        scorecard: Box<Scorecard>,
    },
    /// A KPI's trailing weeks and months.
    WeeklyReview {
        /// It.
        review: Box<WeeklyReview>,
    },
    /// What a change is made of.
    Explanation {
        /// It.
        explanation: Box<Explanation>,
    },
    /// Where running periods will end.
    Landing {
        /// KPI by KPI and period by period.
        landing: Landing,
    },
}

/// A point on a slide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SlidePoint {
    /// What it is about; may be empty.
    pub about: String,
    /// The text.
    pub text: String,
}

impl Snapshot {
    /// The slides for a review.
    ///
    /// The weekly ones are the weekly business review: what needs talk, the scorecard, and every KPI
    /// with its trailing six weeks and twelve months. The monthly ones are the monthly report,
    /// section by section, with the trailing months of each KPI that it tells of and, where it can be
    /// told, what the change is made of. The quarterly ones are those of the monthly review for the
    /// quarter's scorecard.
    ///
    /// ```
    /// # use marketingos::{Cadence, Facts, SlideBody, Source, System};
    /// # let text = "{marketingos: 1, name: Small firm, people: {ana: Ana}, operator: ana,
    /// #   sources: {leads: {date: created, rows: events, recorded_from: 2026-01-01, recorded_until: as_of}},
    /// #   kpis: {leads: {name: New leads, unit: count of leads, direction: higher, owner: ana, count: leads}}}";
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let facts = Facts::builder(&system).csv("leads", "created\n2026-01-05\n2026-02-02\n").build()?;
    /// let deck = system.snapshot(&facts, "2026-03-31".parse()?).deck(Cadence::Weekly)?;
    /// assert!(deck.slides.iter().any(|slide| matches!(&slide.body, SlideBody::WeeklyReview { review } if review.name == "New leads")));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`report`](Self::report) and [`weekly_review`](Self::weekly_review).
    pub fn deck(&self, cadence: Cadence) -> Result<Deck, Error> {
        let (title, slides) = match cadence {
            Cadence::Weekly => self.weekly_slides()?,
            Cadence::Monthly | Cadence::Quarterly => self.monthly_slides(cadence)?,
        };
        Ok(Deck {
            title,
            system: self.system().name().to_owned(),
            cadence,
            period: self.last_over(cadence.grain(), self.as_of()),
            as_of: self.as_of(),
            fingerprint: self.fingerprint().clone(),
            slides,
            words: self.system().words().clone(),
        })
    }

    fn weekly_slides(&self) -> Result<(String, Vec<Slide>), Error> {
        let (words, agenda) = (self.system().words(), self.agenda(Cadence::Weekly));
        let title = agenda.review.as_ref().map_or_else(|| words.word(Message::DeckTitle), |review| review.name.clone());
        let week = words.period(&agenda.period, "");
        let held = agenda.review.iter().map(|review| words.text(Message::DeckHeldBy, &[("person", (&review.held_by).into())]));
        let mut slides = vec![self.cover(&title, &week, held.collect())];
        let about = |item: &AgendaItem| {
            let kind = words.word(item.kind.message());
            words.text(Message::TopicOf, &[("name", (&item.name).into()), ("kind", (&kind).into())])
        };
        let points = agenda.items.iter().map(|item| SlidePoint { about: about(item), text: item.text.join(" ") });
        let others = agenda.others.iter().map(|other| SlidePoint { about: other.name.clone(), text: other.text.clone() });
        let points: Vec<SlidePoint> = points.chain(others).collect();
        let said = match points.len() {
            0 => words.word(Message::NoneToTalk),
            1 => words.word(Message::OneToTalk),
            several => words.text(Message::ManyToTalk, &[("count", several.into())]),
        };
        let body = SlideBody::Points { points };
        slides.push(Slide { title: said, subtitle: week.clone(), body, notes: Vec::new() });
        slides.push(scorecard_slide(self.scorecard(Grain::Week), &week));
        for kpi in self.system().kpis() {
            slides.push(self.review_slide(&kpi.definition.id, Grain::Week, Vec::new())?);
        }
        Ok((title, slides))
    }

    fn monthly_slides(&self, cadence: Cadence) -> Result<(String, Vec<Slide>), Error> {
        let report = self.report(None)?;
        let people = [(Message::From, &report.from), (Message::To, &report.to)];
        let people = people.into_iter().filter_map(|(message, name)| Some(report.words.text(message, &[("person", name.as_ref()?.into())])));
        let mut slides = vec![self.cover(&report.title, &report.month_text, people.collect())];
        if cadence == Cadence::Quarterly {
            let scorecard = self.scorecard(Grain::Quarter);
            let quarter = scorecard.words.period(&scorecard.period, "");
            slides.push(scorecard_slide(scorecard, &quarter));
        }
        let slide = |title: &str, body| Slide { title: title.to_owned(), subtitle: report.month_text.clone(), body, notes: Vec::new() };
        for section in report.sections {
            // Figures and drawings rather than sentences, where there are any.
            if let Some(landing) = self.landing(None, None).ok().filter(|landing| section.section == Section::Landing && !landing.lines.is_empty()) {
                slides.push(slide(&section.heading, SlideBody::Landing { landing }));
                continue;
            }
            let mut points = Vec::new();
            for block in section.blocks {
                match block {
                    Block::Paragraph { text } => points.push(SlidePoint { about: String::new(), text: text.to_string() }),
                    Block::Point { kpi: Some(kpi), text, .. } if section.section == Section::WhatHappened => {
                        slides.extend(self.told(&kpi, &text, &report.month));
                    }
                    Block::Point { about, text, .. } => points.push(SlidePoint { about, text: text.to_string() }),
                    Block::Scorecard { scorecard } => slides.push(scorecard_slide(*scorecard, &report.month_text)),
                    Block::Table { columns, rows, .. } => slides.push(slide(&section.heading, SlideBody::Table { columns, rows })),
                }
            }
            if !points.is_empty() {
                slides.push(slide(&section.heading, SlideBody::Points { points }));
            }
        }
        Ok((report.title, slides))
    }

    fn cover(&self, title: &str, when: &str, mut lines: Vec<String>) -> Slide {
        let words = self.system().words();
        lines.push(words.text(Message::AsOf, &[("date", self.as_of().into())]));
        Slide {
            title: words.text(Message::TitleMonth, &[("title", title.into()), ("month", when.into())]),
            subtitle: self.system().name().to_owned(),
            body: SlideBody::Cover { lines },
            notes: Vec::new(),
        }
    }

    /// A KPI that the report tells of: its trailing months, what is said of it, and what its change is
    /// made of.
    fn told(&self, kpi: &Id, text: &Prose, month: &Period) -> Vec<Slide> {
        let explained = self.explained(kpi, month).map(|explanation| explanation.in_words().into_owned()).map(|explanation| Slide {
            title: explanation.text.clone(),
            subtitle: explanation.name.clone(),
            body: SlideBody::Explanation { explanation: Box::new(explanation) },
            notes: Vec::new(),
        });
        self.review_slide(kpi, Grain::Month, vec![text.to_string()]).into_iter().chain(explained).collect()
    }

    /// A KPI's trailing weeks and months, titled with what a deck of such periods is about.
    fn review_slide(&self, kpi: &Id, grain: Grain, notes: Vec<String>) -> Result<Slide, Error> {
        let review = self.weekly_review(kpi.as_str())?;
        let owner = review.words.owner_is(review.owner.as_ref().map(|owner| owner.name.as_str()));
        let subtitle = format!("{} · {owner}", review.name);
        let title = if grain == Grain::Week { review.text.clone() } else { review.monthly_text() };
        Ok(Slide { title, subtitle, body: SlideBody::WeeklyReview { review: Box::new(review) }, notes })
    }

    /// The first way in which the change of a KPI in a period can be split: against the plan, the
    /// year before, or the period before; by its drivers, or by the first dimension that it has.
    fn explained(&self, kpi: &Id, period: &Period) -> Option<Explanation> {
        let definition = self.system().definition(kpi.as_str())?;
        let source = definition.calculation.source().and_then(|source| self.system().source(source.as_str()));
        let dimension = source.and_then(|source| source.dimensions.first()).map(|column| column.id.as_str());
        let by: [Vec<&str>; 2] = [Vec::new(), dimension.into_iter().collect()];
        let tries = [Reference::Plan, Reference::PriorYear, Reference::Previous].into_iter().flat_map(|against| by.iter().map(move |by| (against, by)));
        tries
            .filter_map(|(against, by)| self.explain(kpi.as_str(), &Why { period: Some(&period.label), against, by, ..Why::default() }).ok())
            .find(|explanation| !explanation.convention.is_empty())
    }
}

fn scorecard_slide(scorecard: Scorecard, when: &str) -> Slide {
    let met = scorecard.lines.iter().filter(|line| line.status.target == crate::judge::scorecard::OnTarget::Met).count();
    let words = &scorecard.words;
    let title = words.text(Message::DeckOnTarget, &[("met", met.into()), ("count", scorecard.lines.len().into())]);
    let subtitle = words.text(Message::DeckScorecard, &[("period", when.into())]);
    Slide { title, subtitle, body: SlideBody::Scorecard { scorecard: Box::new(scorecard) }, notes: Vec::new() }
}
