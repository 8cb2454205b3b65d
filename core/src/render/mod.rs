//! Results to text, Markdown, HTML, SVG, Vega-Lite and CSV. Renderers know results and compute none of
//! them; every text of a user is escaped for its medium.

mod agenda;
pub(crate) mod charts;
mod columns;
mod comparison;
mod deck;
mod diagnosis;
mod diff;
mod document;
mod escape;
mod flat;
mod forms;
mod html;
mod icalendar;
mod markdown;
mod minutes;
mod planning;
mod report;
mod rhythm;
mod slides;
mod sparkline;
mod text;
#[cfg(feature = "xlsx")]
pub(crate) mod workbook;

pub use document::TextStyle;
pub(crate) use flat::Series;
pub(crate) use forms::Written;

/// A form in which a result can be written.
///
/// ```
/// use marketingos::Format;
/// assert_eq!(Format::parse("html"), Some(Format::Html));
/// assert_eq!(Format::Csv.as_str(), "csv");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text for terminals.
    Text,
    /// Markdown for pull requests and chats.
    Markdown,
    /// A self-contained HTML page.
    Html,
    /// Comma-separated values.
    Csv,
    /// A chart; see [`Svg`](crate::Svg).
    Svg,
    /// A chart as a Vega-Lite specification, for those who draw it their own way.
    VegaLite,
    /// Slides as data, for a program that writes them as a file.
    Slides,
    /// iCalendar, for calendars.
    Icalendar,
    /// YAML, to be added to a text.
    Yaml,
}

impl Format {
    /// The formats with the words for them in requests.
    pub const WORDS: [(&'static str, Self); 9] = [
        ("text", Self::Text),
        ("markdown", Self::Markdown),
        ("html", Self::Html),
        ("csv", Self::Csv),
        ("svg", Self::Svg),
        ("vega_lite", Self::VegaLite),
        ("slides", Self::Slides),
        ("icalendar", Self::Icalendar),
        ("yaml", Self::Yaml),
    ];

    /// Reads the word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(word, _)| *word == text).map(|(_, format)| *format)
    }

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Csv => "csv",
            Self::Svg => "svg",
            Self::VegaLite => "vega_lite",
            Self::Slides => "slides",
            Self::Icalendar => "icalendar",
            Self::Yaml => "yaml",
        }
    }
}
