//! A result as a document: what its text, its Markdown and its page have in common. A result says
//! once what stands where; how that looks in a medium, and how it is escaped there, is said once
//! for all results.

mod html;
mod markdown;
mod text;

pub use text::TextStyle;

use super::charts::Svg;
use crate::base::fingerprint::Fingerprint;
use crate::base::id::Id;
use crate::judge::scorecard::Scorecard;
use crate::judge::variance::Impact;
use crate::words::{Piece as Said, Prose, Words};

/// The widths of charts on a page, in pixels: on a desktop and on paper, and on a phone.
const WIDE: u32 = 960;
const NARROW: u32 = 340;

/// The three forms of a result that has a document.
macro_rules! documented {
    ($result:ty, $what:literal) => {
        impl $result {
            #[doc = concat!("The ", $what, " as text for terminals.")]
            #[must_use]
            pub fn to_text(&self, style: $crate::TextStyle) -> String {
                self.document().to_text(style)
            }

            #[doc = concat!("The ", $what, " as Markdown; what users wrote is escaped.")]
            #[must_use]
            pub fn to_markdown(&self) -> String {
                self.document().to_markdown()
            }

            #[doc = concat!("The ", $what, " as one self-contained page.")]
            #[must_use]
            pub fn to_html(&self) -> String {
                self.document().to_html()
            }
        }
    };
}
pub(super) use documented;

/// What a document consists of. All texts are as users wrote them; the writers escape them.
pub(super) struct Document<'a> {
    /// Whose it is, above the title.
    pub(super) kicker: &'a str,
    /// The title.
    pub(super) title: String,
    /// Who, when, as of when: one line.
    pub(super) meta: Vec<String>,
    /// What stands in it, in order.
    pub(super) parts: Vec<Part<'a>>,
    /// Of the snapshot that it is drawn from.
    pub(super) fingerprint: &'a Fingerprint,
    /// The words in which it is told.
    pub(super) words: Words,
}

/// A part of a document.
pub(super) enum Part<'a> {
    /// Begins a section.
    Heading(String),
    /// Sentences.
    Paragraph(Rich),
    /// Points that have a name each.
    Points(Vec<Point>),
    /// Points without names.
    List(Vec<Rich>),
    /// Rows of cells.
    Table(Table),
    /// A scorecard, which has a table of its own in each medium; the names of the KPIs that the
    /// document defines lead there.
    Scorecard { scorecard: &'a Scorecard, defined: Vec<&'a Id> },
    /// Lines that are to be copied as they are.
    Code(String),
    /// A chart for wide and for narrow pages, and what it shows in words, for media that cannot draw.
    Drawing { wide: String, narrow: String, words: String },
}

/// A point with a name.
pub(super) struct Point {
    /// Its name.
    pub(super) about: String,
    /// What the name is to be known with: a number, a kind, an owner; may be empty.
    pub(super) beside: String,
    /// What is to be said, each in a line of its own.
    pub(super) lines: Vec<Rich>,
}

/// Columns, and rows that have a cell for each of them.
pub(super) struct Table {
    /// The columns.
    pub(super) columns: Vec<Column>,
    /// The rows; the first cell of a row names it.
    pub(super) rows: Vec<Vec<Rich>>,
}

/// A column of a table.
pub(super) struct Column {
    /// Its heading.
    pub(super) heading: String,
    /// Whether it holds figures, which stand to the right.
    pub(super) figures: bool,
}

impl Column {
    /// A column of words.
    pub(super) fn words(heading: &str) -> Self {
        Self { heading: heading.to_owned(), figures: false }
    }

    /// A column of figures.
    pub(super) fn figures(heading: &str) -> Self {
        Self { heading: heading.to_owned(), figures: true }
    }
}

/// Text in pieces.
#[derive(Clone, Default)]
pub(super) struct Rich(pub(super) Vec<Piece>);

/// A piece of text.
#[derive(Clone)]
pub(super) struct Piece {
    /// The text.
    pub(super) text: String,
    /// How it is said.
    pub(super) tone: Tone,
    /// The id of the place in the document that says more of it.
    pub(super) to: Option<String>,
    /// The id by which other pieces refer to this one.
    pub(super) id: Option<String>,
}

/// How a piece of text is said. What differs in colour differs in its words or marks, too.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    /// Like all text.
    Plain,
    /// With weight.
    Strong,
    /// For the better.
    Favourable,
    /// For the worse.
    Adverse,
    /// By the way.
    Soft,
}

impl Tone {
    /// How something with this impact is said.
    pub(super) fn of(impact: Impact) -> Self {
        match impact {
            Impact::Favourable => Self::Favourable,
            Impact::Adverse => Self::Adverse,
            Impact::Neutral | Impact::Unknown => Self::Plain,
        }
    }
}

impl Rich {
    /// Running text whose figures lead to a place, where there is one for their KPI.
    pub(super) fn linked(prose: &Prose, place: impl Fn(&Id) -> Option<String>) -> Self {
        let piece = |said: &Said| match said {
            Said::Text { text } => Piece { text: text.clone(), tone: Tone::Plain, to: None, id: None },
            Said::Figure { text, kpi, .. } => Piece { text: text.clone(), tone: Tone::Plain, to: kpi.as_ref().and_then(&place), id: None },
        };
        Self(prose.pieces().iter().map(piece).collect())
    }

    /// With another piece at its end.
    pub(super) fn and(mut self, text: impl Into<String>, tone: Tone) -> Self {
        self.0.push(Piece { text: text.into(), tone, to: None, id: None });
        self
    }

    fn plain(&self) -> String {
        self.0.iter().map(|piece| piece.text.as_str()).collect()
    }
}

/// The place of a KPI's definition in a document.
pub(super) fn anchor(kpi: &Id) -> String {
    format!("definition-{kpi}")
}

impl<'a> Part<'a> {
    /// A scorecard in a document that defines nothing.
    pub(super) fn scorecard(scorecard: &'a Scorecard) -> Self {
        Self::Scorecard { scorecard, defined: Vec::new() }
    }

    /// A chart. Its style is the page's.
    pub(super) fn drawing(draw: impl Fn(&Svg) -> String, words: String) -> Self {
        let [wide, narrow] = [WIDE, NARROW].map(|width| draw(&Svg { width, style: false }));
        Self::Drawing { wide, narrow, words }
    }
}

impl<T: Into<String>> From<T> for Rich {
    fn from(text: T) -> Self {
        Self::default().and(text, Tone::Plain)
    }
}
