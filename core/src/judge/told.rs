//! Results in the words of their system, for those who show them: figures written again from the same
//! numbers, and their sentences told anew. A result as such stays in English.

use std::borrow::Cow;

use super::budget::{BudgetAmounts, BudgetReport};
use super::explanation::{ExplainedMember, Explanation};
use super::in_words::{comparison, rewrite};
use super::landing::{LandingBasis, LandingLine};
use super::process_chart::ProcessChart;
use super::reference::Reference;
use super::signals::answers::Assurance;
use super::target::TargetFor;
use super::to_date::ToDateLine;
use super::variance::{Figure, Impact};
use super::why::effects::Effect;
use crate::base::number::Number;
use crate::base::unit::Unit;
use crate::base::value::Value;
use crate::measure::{Member, MemberName};
use crate::words::{FigureOf, Message, Prose, Words};

impl Words {
    /// A combination of members as a sentence names it.
    pub(crate) fn member(&self, member: &Member) -> String {
        let names = member.iter().map(|name| match name {
            MemberName::Null => self.word(Message::NotGiven),
            MemberName::Named(name) => name.replace('_', " "),
            MemberName::Rest { rest } => self.text(Message::Others, &[("count", (*rest).into())]),
        });
        names.collect::<Vec<_>>().join(" · ")
    }

    /// A target as it is written; a band by both bounds.
    pub(crate) fn target(&self, unit: &Unit, target: &TargetFor) -> String {
        if target.low == target.high { unit.format_with(&target.low, self.marks()) } else { self.band(unit, &target.low, &target.high) }
    }

    /// A change without its sign.
    fn size(&self, unit: &Unit, change: &Number) -> String {
        unit.format_change_with(&change.abs(), self.marks()).trim_start_matches(['+', '±']).to_owned()
    }

    /// A figure, with its reason where it has none.
    pub(crate) fn shown(&self, value: Value, unit: &Unit) -> Figure {
        let mut figure = Figure::of(value, unit);
        if !self.is_default() {
            self.again(unit, &mut figure);
        }
        figure
    }

    /// Writes a figure again.
    fn again(&self, unit: &Unit, figure: &mut Figure) {
        rewrite(figure, self, |value| self.figure(unit, value));
    }

    /// Writes a difference again.
    fn change_again(&self, unit: &Unit, figure: &mut Figure) {
        rewrite(figure, self, |value| self.change(unit, value));
    }
}

impl LandingLine {
    /// The line in the words of its system.
    pub(crate) fn in_words(&self) -> Cow<'_, Self> {
        if self.words.is_default() {
            return Cow::Borrowed(self);
        }
        let (mut told, words, unit) = (self.clone(), &self.words, &self.unit);
        let interval = told.interval.as_mut().map(|interval| [&mut interval.low, &mut interval.high]);
        for figure in
            [&mut told.pacing.actual, &mut told.pacing.expected, &mut told.projected, &mut told.run_rate].into_iter().chain(interval.into_iter().flatten())
        {
            words.again(unit, figure);
        }
        words.again(&Unit::Percent, &mut told.chance);
        words.again(unit, &mut told.plan);
        if let Some(target) = &self.target {
            told.plan.text = words.target(unit, target);
        }
        told.sentence = words.text(Message::LandsNamed, &[("name", (&self.name).into()), ("told", self.told_by_method().into())]);
        Cow::Owned(told)
    }

    /// Where the period will end, and by which method that is told.
    fn told_by_method(&self) -> Prose {
        let (words, mut text) = (&self.words, self.told());
        if self.projected.value.number().is_none() {
            if self.run_rate.value.number().is_some() {
                let projected = words.figure(&self.unit, &self.run_rate.value);
                text.sentence(words.say(Message::LandsRunRate, &[("projected", (&projected).into())]));
            }
        } else if let Some(test) = self.back_test.as_ref().filter(|_| self.pacing.days_left > 0) {
            let message = if test.basis == LandingBasis::Periods { Message::LandsMethodPeriods } else { Message::LandsMethod };
            text.sentence(words.say(message, &[("method", (&words.word(test.method.message())).into())]));
        }
        text
    }

    /// Where the period will end, after the name of the KPI.
    pub(crate) fn told(&self) -> Prose {
        let words = &self.words;
        let period = ("period", (&self.period).into());
        if self.projected.value.number().is_none() {
            let cause = words.retell(self.projected.value.cause());
            return words.say(Message::LandsUnknown, &[period, ("cause", (&cause).into())]);
        }
        let figure = |text: &str, what| Prose::figure(text, Some(&self.kpi), &self.period, what);
        let projected = ("projected", figure(&words.figure(&self.unit, &self.projected.value), FigureOf::Forecast).into());
        let interval = self.interval.as_ref().and_then(|interval| Some((interval.low.value.number()?, interval.high.value.number()?)));
        let mut text = match interval {
            Some((low, high)) => {
                let interval = figure(&words.band(&self.unit, low, high), FigureOf::Forecast);
                words.say(Message::LandsWithin, &[period, projected, ("interval", interval.into())])
            }
            None if self.pacing.days_left == 0 => words.say(Message::LandsOver, &[period, projected]),
            None => words.say(Message::LandsAt, &[period, projected]),
        };
        text.sentence(match self.plan.value.number() {
            None if matches!(self.plan.value, Value::Missing { .. }) => words.say(Message::LandsWithoutTarget, &[]),
            None => words.say(Message::LandsTargetUnknown, &[("cause", (&words.retell(self.plan.value.cause())).into())]),
            Some(_) => {
                let target = self.target.as_ref().map_or_else(|| words.figure(&self.unit, &self.plan.value), |target| words.target(&self.unit, target));
                let target = ("target", figure(&target, FigureOf::Target).into());
                match self.chance.value.number() {
                    None => words.say(Message::LandsPlan, &[target]),
                    Some(chance) if chance.is_zero() => words.say(Message::LandsMissed, &[target]),
                    Some(chance) if *chance == Number::from(1) => words.say(Message::LandsMet, &[target]),
                    Some(chance) => words.say(Message::LandsChance, &[target, ("chance", figure(&words.whole_percent(chance), FigureOf::Chance).into())]),
                }
            }
        });
        text
    }
}

impl ToDateLine {
    /// The line in the words of a system.
    pub(crate) fn in_words(mut self, words: &Words) -> Self {
        if !words.is_default() {
            words.again(&self.unit, &mut self.actual);
            comparison(&mut self.previous, words, &self.unit);
            comparison(&mut self.prior_year, words, &self.unit);
        }
        self
    }
}

impl BudgetReport {
    /// The budget in the words of its system.
    pub(crate) fn in_words(&self) -> Cow<'_, Self> {
        if self.words.is_default() {
            return Cow::Borrowed(self);
        }
        let (mut told, words, unit) = (self.clone(), &self.words, &self.unit);
        told.text = self.told().to_string();
        [&mut told.frame, &mut told.unallocated].into_iter().for_each(|figure| words.again(unit, figure));
        amounts(&mut told.total, words, unit);
        told.lines.iter_mut().for_each(|line| amounts(&mut line.amounts, words, unit));
        told.groups.iter_mut().for_each(|group| amounts(&mut group.amounts, words, unit));
        Cow::Owned(told)
    }

    /// All of it in sentences.
    pub(crate) fn told(&self) -> Prose {
        let (words, total) = (&self.words, &self.total);
        let money = |text: &str| Prose::figure(text, None, &self.period, FigureOf::Budget);
        let written = |figure: &Figure| money(&words.figure(&self.unit, &figure.value));
        let mut text = words.say(Message::BudgetFrame, &[("period", (&self.period).into()), ("frame", written(&self.frame).into())]);
        text.sentence(match total.variance.value.number() {
            None => {
                let cause = words.retell(total.variance.value.cause());
                words.say(Message::BudgetSpentUnknown, &[("cause", (&cause).into())])
            }
            Some(variance) => {
                let message = match total.impact {
                    Impact::Adverse => Message::BudgetSpentAbove,
                    Impact::Favourable => Message::BudgetSpentBelow,
                    Impact::Neutral | Impact::Unknown => Message::BudgetSpentExact,
                };
                let size = money(&words.figure(&self.unit, &Value::of(variance.abs())));
                words.say(message, &[("spent", written(&total.spent).into()), ("size", size.into())])
            }
        });
        text.sentence(words.say(Message::BudgetCommitted, &[("committed", written(&total.committed).into())]));
        if let Some(remaining) = total.remaining.value.number() {
            let message = if remaining.is_negative() { Message::BudgetOverdrawn } else { Message::BudgetRemaining };
            text.sentence(words.say(message, &[("remaining", written(&total.remaining).into())]));
        }
        text
    }
}

fn amounts(amounts: &mut BudgetAmounts, words: &Words, unit: &Unit) {
    let BudgetAmounts { allocated, moved, revised, to_date, spent, variance, impact: _, committed, remaining } = amounts;
    [allocated, revised, to_date, spent, committed, remaining].into_iter().for_each(|figure| words.again(unit, figure));
    [moved, variance].into_iter().for_each(|figure| words.change_again(unit, figure));
}

impl Explanation {
    /// The explanation in the words of its system.
    pub(crate) fn in_words(&self) -> Cow<'_, Self> {
        if self.words.is_default() {
            return Cow::Borrowed(self);
        }
        let (mut told, words, unit) = (self.clone(), &self.words, &self.unit);
        [&mut told.actual, &mut told.base].into_iter().for_each(|figure| words.again(unit, figure));
        let changes = told.effects.iter_mut().map(|effect| &mut effect.change).chain(told.members.iter_mut().map(|member| &mut member.change));
        let changes = changes.chain(told.drivers.iter_mut().map(|driver| &mut driver.change)).chain(&mut told.disagreement);
        changes.chain([&mut told.change]).for_each(|change| words.change_again(unit, change));
        told.cause = words.retell(&self.cause);
        told.text = format!("{}.", told.told());
        Cow::Owned(told)
    }

    /// What an effect is called.
    pub(crate) fn effect_in_words(&self, effect: Effect) -> String {
        self.words.word(if self.is_of_amounts() && effect == Effect::Interaction { Message::EffectPriceVolume } else { effect.message() })
    }

    /// What happened, and what it is made of; of figures that are written in words already.
    fn told(&self) -> String {
        let words = &self.words;
        let name = ("name", (&self.name).into());
        let (Some(change), Some(period)) = (self.change.value.number(), &self.base_period) else {
            return words.text(Message::ExplainedNot, &[name, ("cause", self.change.value.cause().into())]);
        };
        let message = match (self.against, change.is_zero(), change.is_negative()) {
            (Reference::Plan, true, _) => Message::ExplainedPlanned,
            (Reference::Plan, _, true) => Message::ExplainedBelow,
            (Reference::Plan, ..) => Message::ExplainedAbove,
            (_, true, _) => Message::ExplainedSame,
            (_, _, true) => Message::ExplainedFell,
            _ => Message::ExplainedRose,
        };
        let plan = self.scenario.as_ref().map_or_else(|| words.word(Message::ThePlan), |scenario| format!("`{scenario}`"));
        let size = words.size(&self.unit, change);
        let mut text = words.text(message, &[name, ("size", (&size).into()), ("plan", (&plan).into()), ("period", period.into())]);
        let part = |name: &str, change: &Figure| words.say(Message::Part, &[("name", name.into()), ("change", change.text.as_str().into())]);
        let moved = super::explanation::sentence::moved;
        let effects = self.effects.iter().filter(|effect| moved(&effect.change)).map(|effect| part(&self.effect_in_words(effect.effect), &effect.change));
        let drivers = self.drivers.iter().filter(|driver| moved(&driver.change)).map(|driver| part(&driver.name, &driver.change));
        let disagreement = self.disagreement.iter().map(|change| words.say(Message::Disagreement, &[("change", change.text.as_str().into())]));
        let parts = words.list(effects.chain(drivers).chain(disagreement));
        if !parts.is_empty() {
            text = words.text(Message::ExplainedParts, &[("text", (&text).into()), ("parts", parts.into())]);
        }
        let largest: Vec<&ExplainedMember> = self.members.iter().filter(|member| moved(&member.change)).take(2).collect();
        if !largest.is_empty() {
            let message = if self.is_mostly(&largest) { Message::ExplainedMost } else { Message::ExplainedLargest };
            let parts = words.list(largest.iter().map(|member| part(&words.member(&member.member), &member.change)));
            text = words.text(message, &[("text", (&text).into()), ("count", largest.len().into()), ("parts", parts.into())]);
        }
        text
    }
}

impl ProcessChart {
    /// The chart in the words of its system.
    pub(crate) fn in_words(&self) -> Cow<'_, Self> {
        if self.words.is_default() {
            return Cow::Borrowed(self);
        }
        let (mut told, words, unit) = (self.clone(), &self.words, &self.unit);
        for point in &mut told.points {
            words.again(unit, &mut point.actual);
            point.range.iter_mut().for_each(|range| words.again(unit, range));
            if let Some(lines) = &mut point.lines {
                [&mut lines.centre, &mut lines.lower, &mut lines.upper].into_iter().for_each(|line| words.again(unit, line));
            }
        }
        told.segments.iter_mut().for_each(|segment| segment.reason = words.retell(&segment.reason));
        told.text = told.told();
        Cow::Owned(told)
    }

    fn told(&self) -> String {
        let words = &self.words;
        let mut text = words.word(self.variation.message());
        let Some(point) = self.points.iter().rev().find(|point| point.judged) else {
            return format!("{}: {text}.", self.name);
        };
        if let Some(signal) = point.signals.first() {
            text = format!("{text}, {}", words.word(signal.rule.message()));
        }
        if let Some(lines) = &point.lines {
            text = format!("{text} ({})", words.text(Message::Band, &[("low", (&lines.lower.text).into()), ("high", (&lines.upper.text).into())]));
        }
        let against = match self.assurance {
            Assurance::ReliablyMeets => Some(Message::ReliablyMeets),
            Assurance::ReliablyMisses => Some(Message::ReliablyMisses),
            Assurance::HitOrMiss => Some(Message::HitOrMiss),
            Assurance::NoTarget | Assurance::TooFewPoints => None,
        };
        if let Some((message, target)) = against.zip(self.target.as_ref()) {
            let target = words.target(&self.unit, target);
            text = format!("{text}; {}", words.text(message, &[("target", (&target).into())]));
        }
        words.text(Message::ChartTold, &[("name", (&self.name).into()), ("period", (&point.period.label).into()), ("told", (&text).into())])
    }
}
