//! The one error type.

use std::fmt;

use serde::Serialize;

use super::code::Code;
use super::finding::{Finding, Place};

/// Why a call could not be answered. When an input was at fault, [`findings`](Self::findings)
/// lists everything that is wrong with it, not only the first thing.
///
/// ```
/// use marketingos::{Source, System};
/// let error = System::parse(&[Source::new("system.yaml", "marketingos: 1\nname: Small firm\noperater: ana\n")]).unwrap_err();
/// assert_eq!(error.code().as_str(), "MOS-Q006");
/// let finding = &error.findings()[0];
/// assert_eq!(finding.to_string(),
///     "system.yaml:3:1: error[MOS-M001]: the key `operater` is not known here; did you mean `operator`?");
/// assert_eq!(error.place(), Some(&finding.place));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Error {
    code: Code,
    message: String,
    help: String,
    findings: Vec<Finding>,
}

impl Error {
    pub(crate) fn new(code: Code, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: help.into(), findings: Vec::new() }
    }

    pub(crate) fn from_findings(code: Code, findings: Vec<Finding>) -> Self {
        let count = findings.iter().filter(|finding| finding.severity == super::finding::Severity::Error).count();
        let errors = if count == 1 { "1 error".to_owned() } else { format!("{count} errors") };
        Self { code, message: format!("{}: {errors}", code.meaning()), help: "mend the findings listed".to_owned(), findings }
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> Code {
        self.code
    }

    /// What was wrong, in the user's words.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// How to mend it.
    #[must_use]
    pub fn help(&self) -> &str {
        &self.help
    }

    /// The place of the first error, if the input has places.
    #[must_use]
    pub fn place(&self) -> Option<&Place> {
        self.findings.first().map(|finding| &finding.place)
    }

    /// Everything that was found, errors first.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}] {}", self.code, self.message)?;
        for finding in &self.findings {
            write!(f, "\n  {finding}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
