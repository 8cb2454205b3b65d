//! Sentences about results: right direction words, sensible rounding, and no claim that the
//! numbers do not carry. What they say stands in the catalogue of wording.

use crate::judge::scorecard::{Line, OnTarget, SignalStatus};
use crate::judge::variance::{Comparison, Impact};
use crate::words::{FigureOf, Message, Prose};

/// What signs begin a difference with.
const SIGNS: [char; 3] = ['+', '\u{2212}', '±'];

/// A figure of a line.
pub(super) fn figure(line: &Line, text: &str, what: FigureOf) -> Prose {
    Prose::figure(text, Some(&line.kpi), &line.period, what)
}

/// The size of a change without its sign, with the relative change where there is one.
fn size(line: &Line, comparison: &Comparison, what: FigureOf) -> Prose {
    let plain = comparison.change.text.trim_start_matches(SIGNS);
    match comparison.relative.as_ref().filter(|relative| relative.value.number().is_some()) {
        Some(relative) => {
            let relative = figure(line, relative.text.trim_start_matches(SIGNS), what);
            line.words.say(Message::Size, &[("change", figure(line, plain, what).into()), ("relative", relative.into())])
        }
        None => figure(line, plain, what),
    }
}

/// Where a KPI stands, to be read after its name, which stands before or above it: `364 in
/// September 2026, 4 (1.1%) above the target of 360: favourable.`
pub(super) fn standing(line: &Line) -> Prose {
    let words = &line.words;
    let period = ("period", (&line.period).into());
    if line.actual.value.number().is_none() {
        let reason = words.reason(&line.actual.value);
        return words.say(Message::NoValueFor, &[period, ("reason", (&reason).into()), ("cause", line.actual.value.cause().into())]);
    }
    let actual = ("actual", figure(line, &line.actual.text, FigureOf::Actual).into());
    let target = ("target", figure(line, &line.plan.base.text, FigureOf::Target).into());
    let is_band = line.target.as_ref().is_some_and(|target| target.low != target.high);
    match (line.status.target, line.plan.change.value.number()) {
        (OnTarget::NoTarget, _) => words.say(Message::WithoutTarget, &[actual, period]),
        (_, None) => words.say(Message::NotHeld, &[actual, period, ("cause", line.plan.change.value.cause().into())]),
        (OnTarget::NotJudged, Some(_)) => words.say(Message::Undirected, &[actual, period, target]),
        (_, Some(change)) if change.is_zero() && is_band => words.say(Message::InsideBand, &[actual, period, target]),
        (_, Some(change)) if change.is_zero() => words.say(Message::ExactlyOnTarget, &[actual, period]),
        (_, Some(change)) => {
            let message = match (change.is_negative(), is_band) {
                (true, false) => Message::BelowTarget,
                (true, true) => Message::BelowBand,
                (false, false) => Message::AboveTarget,
                (false, true) => Message::AboveBand,
            };
            let size = size(line, &line.plan, FigureOf::ToTarget);
            words.say(message, &[actual, period, target, ("size", size.into()), ("impact", words.say(line.plan.impact.message(), &[]).into())])
        }
    }
}

/// The same as plain text.
pub(super) fn against_plan(line: &Line) -> String {
    standing(line).to_string()
}

/// Whether the movement is a signal or noise.
pub(super) fn movement(line: &Line) -> Prose {
    let words = &line.words;
    let rule = line.trend.signals.first().map(|signal| words.say(signal.rule.message(), &[])).unwrap_or_default();
    let signal = |message| words.say(message, &[("rule", rule.clone().into())]);
    match (line.status.signal, line.usual_range()) {
        (SignalStatus::Adverse, _) => signal(Message::IsAdverseSignal),
        (SignalStatus::Favourable, _) => signal(Message::IsFavourableSignal),
        (SignalStatus::Changed, _) => signal(Message::IsSignal),
        (SignalStatus::Noise, Some(range)) => words.say(Message::IsNoise, &[("range", figure(line, &range, FigureOf::UsualRange).into())]),
        (SignalStatus::NotJudged, _) => words.say(Message::SignalNotTold, &[]),
        _ => words.say(Message::TooFewForSignal, &[]),
    }
}

/// The same as plain text.
pub(super) fn signal(line: &Line) -> String {
    movement(line).to_string()
}

/// `up 51 (16.3%) on August 2026 (favourable)`.
pub(super) fn against_period(line: &Line, comparison: &Comparison) -> Option<Prose> {
    let words = &line.words;
    let change = comparison.change.value.number()?;
    let period = ("period", comparison.period.as_ref()?.into());
    if change.is_zero() {
        return Some(words.say(Message::Unchanged, &[period]));
    }
    let message = if change.is_negative() { Message::Down } else { Message::Up };
    let text = words.say(message, &[("size", size(line, comparison, FigureOf::ToPeriod).into()), period]);
    Some(match comparison.impact {
        Impact::Favourable | Impact::Adverse => {
            words.say(Message::WithImpact, &[("text", text.into()), ("impact", words.say(comparison.impact.message(), &[]).into())])
        }
        Impact::Neutral | Impact::Unknown => text,
    })
}
