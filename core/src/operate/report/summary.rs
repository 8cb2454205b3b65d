//! The month in a few sentences.

use super::Writing;
use crate::judge::scorecard::{Line, OnTarget, SignalStatus};
use crate::words::{Message, Prose};

impl Writing<'_> {
    pub(super) fn summary(&self) -> Prose {
        let words = self.words;
        let names = |wanted: fn(&Line) -> bool| -> Vec<String> { self.lines.iter().filter(|line| wanted(line)).map(|line| line.name.clone()).collect() };
        let met = names(|line| line.status.target == OnTarget::Met);
        let missed = names(|line| line.status.target == OnTarget::Missed);
        let adverse = names(|line| line.status.signal == SignalStatus::Adverse);
        let favourable = names(|line| line.status.signal == SignalStatus::Favourable);
        let changed = names(|line| line.status.signal == SignalStatus::Changed);
        let silent = names(|line| line.actual.value.number().is_none());
        let untargeted = names(|line| line.status.target == OnTarget::NoTarget);
        let uncharted = names(|line| line.status.signal == SignalStatus::TooFewPoints);
        let targeted = self.lines.len().saturating_sub(untargeted.len());
        let judged = met.len().saturating_add(missed.len());
        let month = || ("month", self.month.into());
        let named = |message, names: &[String]| words.say(message, &[("names", words.names(names).into()), ("count", names.len().into())]);
        let mut text = vec![match (targeted, judged, met.len()) {
            (0, ..) => words.say(Message::NoneTargeted, &[month()]),
            // What has no value has not missed its target.
            (_, 0, _) => words.say(Message::NoneHeld, &[month()]),
            (1, _, 1) => words.say(Message::OneMet, &[month()]),
            (1, ..) => words.say(Message::OneMissed, &[month()]),
            (.., met) => words.say(Message::MetOf, &[month(), ("met", met.into()), ("targeted", targeted.into())]),
        }];
        if !missed.is_empty() {
            text.push(named(Message::OffTargetList, &missed));
        }
        let is_charted = |line: &&Line| !matches!(line.status.signal, SignalStatus::TooFewPoints | SignalStatus::NotJudged | SignalStatus::Unknown);
        let charted = self.lines.iter().filter(is_charted).count();
        let only_few = uncharted.len().saturating_add(silent.len()) >= self.lines.len();
        text.push(match (adverse.is_empty(), favourable.is_empty() && changed.is_empty()) {
            (true, true) if charted == 0 && only_few => words.say(Message::TooFewForSignal, &[]),
            (true, true) if charted == 0 => words.say(Message::NoneCharted, &[]),
            (true, true) => words.say(Message::NoSignals, &[]),
            (false, _) => named(Message::AdverseSignals, &adverse),
            (true, false) => words.say(Message::NoAdverseSignals, &[]),
        });
        for (message, names, is_said) in [
            (Message::FavourableSignals, favourable, true),
            (Message::ChangedSignals, changed, true),
            (Message::Uncharted, uncharted, charted > 0 || !only_few),
            (Message::Silent, silent, true),
            (Message::Untargeted, untargeted, true),
        ] {
            if !names.is_empty() && is_said {
                text.push(named(message, &names));
            }
        }
        Prose::sentences(text)
    }
}
