//! Running text in which every figure knows what it is a figure of.

use std::fmt;

use serde::Serialize;

use crate::base::calendar::Period;
use crate::base::id::Id;

/// Running text in pieces: on the wire a list.
///
/// ```
/// use marketingos::{Piece, Prose};
/// let prose = Prose::from("Nothing to explain.");
/// assert_eq!(prose.to_string(), "Nothing to explain.");
/// assert_eq!(prose.pieces(), [Piece::Text { text: "Nothing to explain.".into() }]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Prose {
    pieces: Vec<Piece>,
}

/// A piece of running text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Piece {
    /// Words.
    Text {
        /// They.
        text: String,
    },
    /// A figure.
    Figure {
        /// As it is written.
        text: String,
        /// The KPI that it belongs to, whose definition says how it is computed; `None` for money
        /// of a budget.
        kpi: Option<Id>,
        /// The period's name; for a comparison, that of the KPI's own period.
        period: String,
        /// What of the KPI it is.
        what: FigureOf,
    },
}

/// What a figure in a text is of its KPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FigureOf {
    /// The figure itself.
    Actual,
    /// Its target.
    Target,
    /// The difference to its target.
    ToTarget,
    /// The difference to another period.
    ToPeriod,
    /// A part of such a difference.
    Part,
    /// The range in which it usually lies.
    UsualRange,
    /// Where its period will end.
    Forecast,
    /// The chance of meeting its target.
    Chance,
    /// What it was when somebody wrote about it.
    Then,
    /// An amount of a budget.
    Budget,
}

impl Prose {
    /// The pieces; no two texts stand beside each other.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    pub(crate) fn push(&mut self, more: &str) {
        if more.is_empty() {
            return;
        }
        match self.pieces.last_mut() {
            Some(Piece::Text { text }) => text.push_str(more),
            _ => self.pieces.push(Piece::Text { text: more.to_owned() }),
        }
    }

    pub(crate) fn push_piece(&mut self, piece: Piece) {
        match piece {
            Piece::Text { text } => self.push(&text),
            figure => self.pieces.push(figure),
        }
    }

    pub(crate) fn extend(&mut self, other: Self) {
        other.pieces.into_iter().for_each(|piece| self.push_piece(piece));
    }

    /// Another sentence, after a space.
    pub(crate) fn sentence(&mut self, sentence: Self) {
        if !self.is_empty() && !sentence.is_empty() {
            self.push(" ");
        }
        self.extend(sentence);
    }

    /// Sentences with a space between them.
    pub(crate) fn sentences(sentences: impl IntoIterator<Item = Self>) -> Self {
        let mut prose = Self::default();
        sentences.into_iter().for_each(|sentence| prose.sentence(sentence));
        prose
    }

    /// A figure by itself.
    pub(crate) fn figure(text: &str, kpi: Option<&Id>, period: &Period, what: FigureOf) -> Self {
        Self { pieces: vec![Piece::Figure { text: text.to_owned(), kpi: kpi.cloned(), period: period.label.clone(), what }] }
    }
}

impl From<&str> for Prose {
    fn from(text: &str) -> Self {
        let mut prose = Self::default();
        prose.push(text);
        prose
    }
}

impl From<String> for Prose {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

/// As plain text.
impl fmt::Display for Prose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pieces.iter().try_for_each(|piece| match piece {
            Piece::Text { text } | Piece::Figure { text, .. } => f.write_str(text),
        })
    }
}
