//! Results as accessible charts in the notation of IBCS: SVG, and Vega-Lite for those who restyle.
//!
//! Actual figures are solid and dark (AC), the prior year solid and lighter (PY), plans outlined
//! (PL) and forecasts hatched (FC); green and red are for impact alone, and always with a sign and
//! a shape. Every chart says in words what it shows (`<title>`, `<desc>`).
//!
//! [`scale`] places numbers, [`measure`] measures texts, and [`sheet`] writes elements: escaped,
//! cut and inside the drawing. Each chart is a file of its own and a function of one result.

mod budget;
mod dependents;
mod landing;
mod layers;
mod measure;
pub(super) mod native;
pub(super) mod scale;
pub(super) mod sheet;
#[cfg(test)]
mod tests;
mod variance;
mod vega;
mod waterfall;
mod weekly;
mod xmr;

use crate::judge::variance::{Comparison, Figure, Impact};
use crate::words::Words;

/// How a chart is drawn as SVG.
///
/// A chart is laid out for its width, so that texts keep their size: a phone asks for a narrow one.
/// By default the style is part of the drawing, which then stands alone in a file or a page. A page
/// with several charts, or one whose policy forbids styles in the text, leaves it out and has
/// [`Svg::STYLE`] once in its own style sheet; drawings hold no style attributes, no script and no
/// reference to anything outside. The style follows `prefers-color-scheme` and print.
///
/// ```
/// use marketingos::Svg;
/// assert_eq!(Svg::default(), Svg { width: 720, style: true });
/// assert!(Svg::STYLE.contains("prefers-color-scheme"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Svg {
    /// The width in pixels, from [`Svg::NARROWEST`] to [`Svg::WIDEST`]; what lies beyond is taken for
    /// the nearer of them.
    pub width: u32,
    /// Whether the drawing holds its style.
    pub style: bool,
}

impl Svg {
    /// The style of all charts.
    pub const STYLE: &'static str = include_str!("style.css");
    /// The least width.
    pub const NARROWEST: u32 = 320;
    /// The greatest width.
    pub const WIDEST: u32 = 1_600;
}

impl Default for Svg {
    fn default() -> Self {
        Self { width: 720, style: true }
    }
}

/// The class of an impact, and its sign.
fn impact(impact: Impact) -> (&'static str, &'static str) {
    match impact {
        Impact::Favourable => ("good", sheet::GOOD),
        Impact::Adverse => ("bad", sheet::BAD),
        Impact::Neutral | Impact::Unknown => ("calm", ""),
    }
}

/// A figure in words, with the cause where there is none.
fn told(words: &Words, figure: &Figure) -> String {
    match figure.value.number() {
        Some(_) => figure.text.clone(),
        None => format!("{}: {}", words.reason(&figure.value), figure.value.cause()),
    }
}

/// A change, with what it is relatively where that is known.
fn with_relative(text: String, comparison: &Comparison) -> String {
    let relative = comparison.relative.as_ref().filter(|relative| relative.value.number().is_some());
    relative.map_or_else(|| text.clone(), |relative| format!("{text} ({})", relative.text))
}
