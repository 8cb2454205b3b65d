//! Results to text, Markdown, HTML, SVG and CSV. Renderers know results and compute none of
//! them; every text of a user is escaped for its medium.

mod columns;
mod comparison;
mod csv;
mod diagnosis;
mod diff;
mod escape;
mod html;
mod markdown;
mod sparkline;
mod text;
#[cfg(feature = "xlsx")]
pub(crate) mod workbook;

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
}

impl Format {
    /// The formats with the words for them in requests.
    pub const WORDS: [(&'static str, Self); 4] = [("text", Self::Text), ("markdown", Self::Markdown), ("html", Self::Html), ("csv", Self::Csv)];

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
        }
    }
}
