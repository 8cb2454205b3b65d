//! A deck as slides for a program that writes them: texts, tables, and charts that can be edited.

use serde::Serialize;

use super::charts::native::NativeChart;
use crate::base::calendar::Grain;
use crate::base::date::Date;
use crate::judge::landing::LandingLine;
use crate::judge::scorecard::{Line, OnTarget, SignalStatus};
use crate::judge::variance::{Comparison, Impact};
use crate::model::rhythm::Cadence;
use crate::operate::deck::{Deck, Slide, SlideBody, SlidePoint};
use crate::words::{Message, Words};

/// What fits on one slide.
const MOST_ROWS: usize = 12;
const MOST_POINTS: usize = 7;

#[derive(Serialize)]
struct Slides<'a> {
    title: &'a str,
    system: &'a str,
    as_of: Date,
    /// Stands on every slide.
    footer: String,
    slides: Vec<Drawn<'a>>,
}

#[derive(Serialize)]
struct Drawn<'a> {
    title: String,
    subtitle: &'a str,
    #[serde(flatten)]
    layout: Layout<'a>,
    /// What the table or the charts show in words.
    alt: String,
    notes: &'a [String],
}

#[derive(Serialize)]
#[serde(tag = "layout", rename_all = "snake_case")]
enum Layout<'a> {
    Cover { lines: &'a [String] },
    Points { points: &'a [SlidePoint] },
    Table { table: Table },
    Charts { charts: Vec<NativeChart> },
}

#[derive(Serialize)]
struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
}

#[derive(Serialize)]
struct Column {
    text: String,
    /// Whether it holds figures, which stand to the right.
    figure: bool,
    /// Its width in parts of the whole.
    width: u32,
}

#[derive(Serialize)]
struct Cell {
    text: String,
    /// `plain`, `good`, `bad` or `muted`; the text says the same.
    tone: &'static str,
}

impl Deck {
    /// The slides as JSON, for a program that writes them as a file: titles, points, tables, and the
    /// categories and series of charts. Figures are decimal strings.
    #[must_use]
    pub fn to_slides(&self) -> String {
        let slides = Slides {
            title: &self.title,
            system: &self.system,
            as_of: self.as_of,
            footer: [
                self.system.clone(),
                self.words.text(Message::AsOf, &[("date", self.as_of.into())]),
                self.words.text(Message::Snapshot, &[("fingerprint", self.fingerprint.short().into())]),
            ]
            .join(" · "),
            slides: self.slides.iter().flat_map(|slide| drawn(&self.words, slide, self.cadence)).collect(),
        };
        serde_json::to_string(&slides).unwrap_or_default()
    }
}

/// A slide; several where what it holds is longer than one, each of which says so.
fn drawn<'s>(words: &Words, slide: &'s Slide, cadence: Cadence) -> Vec<Drawn<'s>> {
    let layouts = layouts(words, slide, cadence);
    let of = layouts.len();
    layouts
        .into_iter()
        .enumerate()
        .map(|(index, (layout, alt))| {
            let page = [("title", (&slide.title).into()), ("page", index.saturating_add(1).into()), ("count", of.into())];
            let title = if of == 1 { slide.title.clone() } else { words.text(Message::PageOf, &page) };
            Drawn { title, subtitle: &slide.subtitle, layout, alt, notes: &slide.notes }
        })
        .collect()
}

/// What stands on the sheets of a slide, and what it shows in words.
fn layouts<'s>(words: &Words, slide: &'s Slide, cadence: Cadence) -> Vec<(Layout<'s>, String)> {
    let one = |layout, alt| vec![(layout, alt)];
    let tables = |columns: &dyn Fn() -> Vec<Column>, rows: Vec<Vec<Cell>>| {
        let mut sheets = Vec::new();
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let table = Table { columns: columns(), rows: rows.by_ref().take(MOST_ROWS).collect() };
            sheets.push((Layout::Table { table }, slide.subtitle.clone()));
        }
        sheets
    };
    match &slide.body {
        SlideBody::Cover { lines } => one(Layout::Cover { lines }, String::new()),
        // Without points the title says it all.
        SlideBody::Points { points } if points.is_empty() => one(Layout::Points { points }, String::new()),
        SlideBody::Points { points } => points.chunks(MOST_POINTS).map(|points| (Layout::Points { points }, String::new())).collect(),
        SlideBody::Table { columns, rows } => {
            let columns = || columns.iter().map(|text| Column { text: text.clone(), figure: false, width: 2 }).collect();
            tables(&columns, rows.iter().map(|row| row.iter().map(|text| cell(text)).collect()).collect())
        }
        SlideBody::Scorecard { scorecard } => {
            let [kpi, target, signal] = [Message::ColumnKpi, Message::ColumnTarget, Message::ColumnSignal].map(|column| words.word(column));
            let columns = || columns(&[(&kpi, 5), ("AC", 3), ("PL", 3), ("ΔPL", 3), ("ΔPL%", 2), ("ΔPY", 3), (&target, 2), (&signal, 3)], 1..6);
            tables(&columns, scorecard.lines.iter().map(line).collect())
        }
        SlideBody::Landing { landing } => {
            let names = [Message::ColumnKpi, Message::ColumnPeriod, Message::ColumnInterval, Message::ColumnChance];
            let [kpi, period, interval, chance] = names.map(|column| words.word(column));
            let columns = || columns(&[(&kpi, 4), (&period, 2), ("PL", 2), ("FC", 2), (&interval, 3), (&chance, 2)], 2..6);
            tables(&columns, landing.lines.iter().map(|line| line_of_landing(words, &line.in_words())).collect())
        }
        SlideBody::WeeklyReview { review } => {
            let grains: &[Grain] = if cadence == Cadence::Weekly { &[Grain::Week, Grain::Month] } else { &[Grain::Month] };
            one(Layout::Charts { charts: review.native(grains) }, review.in_words())
        }
        SlideBody::Explanation { explanation } => one(Layout::Charts { charts: explanation.native().into_iter().collect() }, explanation.text.clone()),
    }
}

fn columns(names: &[(&str, u32)], figures: std::ops::Range<usize>) -> Vec<Column> {
    names.iter().enumerate().map(|(index, (text, width))| Column { text: (*text).to_owned(), figure: figures.contains(&index), width: *width }).collect()
}

fn cell(text: &str) -> Cell {
    Cell { text: text.to_owned(), tone: "plain" }
}

fn line(line: &Line) -> Vec<Cell> {
    let planned = line.target.is_some();
    let dash = || cell("–");
    let target = match line.status.target {
        OnTarget::Met => "good",
        OnTarget::Missed => "bad",
        _ => "muted",
    };
    let signal = match line.status.signal {
        SignalStatus::Favourable => "good",
        SignalStatus::Adverse => "bad",
        _ => "muted",
    };
    vec![
        cell(&if line.caveats.is_empty() { line.name.clone() } else { format!("{} *", line.name) }),
        cell(&line.actual.text),
        if planned { cell(&line.plan.base.text) } else { dash() },
        if planned { change(&line.plan) } else { dash() },
        line.plan.relative.as_ref().filter(|_| planned).map_or_else(dash, |relative| cell(&relative.text)),
        change(&line.prior_year),
        Cell { text: line.words.word(line.status.target.message()), tone: target },
        Cell { text: line.words.word(line.status.signal.message()), tone: signal },
    ]
}

/// A change with its impact as a mark, and in colour.
fn change(comparison: &Comparison) -> Cell {
    let (mark, tone) = match comparison.impact {
        Impact::Favourable => (" ✓", "good"),
        Impact::Adverse => (" ✗", "bad"),
        Impact::Neutral | Impact::Unknown => ("", "plain"),
    };
    Cell { text: format!("{}{mark}", comparison.change.text), tone }
}

fn line_of_landing(words: &Words, line: &LandingLine) -> Vec<Cell> {
    let interval = line
        .interval
        .as_ref()
        .map_or_else(|| "–".to_owned(), |interval| words.text(Message::Band, &[("low", (&interval.low.text).into()), ("high", (&interval.high.text).into())]));
    [&line.name, &line.period.label, &line.plan.text, &line.projected.text, &interval, &line.chance.text].into_iter().map(|text| cell(text)).collect()
}
