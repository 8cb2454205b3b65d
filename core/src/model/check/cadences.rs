//! Cadences that cannot be read: what ships, and when, is then not known.

use super::Check;
use crate::base::code::Code;
use crate::base::finding::{Finding, Origin, Severity};
use crate::base::recurrence::{Recurrence, RecurrenceError};

impl Check<'_, '_> {
    pub(super) fn cadences(&mut self) {
        let system = self.system;
        for channel in &system.channels {
            self.cadence(&channel.origin, "the cadence of the channel", channel.id.as_str(), &channel.cadence, Recurrence::parse);
        }
        for input in &system.inputs {
            self.cadence(&input.origin, "the rhythm of the input", input.id.as_str(), &input.rhythm, Recurrence::parse);
        }
        for cadence in &system.cadences {
            self.cadence(&cadence.origin, "the cadence of", cadence.component.word(), &cadence.cadence, Recurrence::parse);
        }
        for review in &system.reviews {
            let grain = review.cadence.grain();
            self.cadence(&review.origin, "the day of the review", review.id.as_str(), &review.day, |words| Recurrence::of_review(grain, words));
        }
    }

    fn cadence(&mut self, origin: &Origin, what: &str, id: &str, words: &str, read: impl Fn(&str) -> Result<Recurrence, RecurrenceError>) {
        if words.is_empty() {
            return;
        }
        let Err(error) = read(words) else { return };
        let message = format!("{what} `{id}` cannot be counted: {}", error.message());
        self.findings.push(Finding {
            code: Code::UnknownCadence,
            severity: Severity::Warning,
            place: origin.0.clone(),
            message,
            help: error.help().to_owned(),
        });
    }
}
