//! Where running periods will end, and what is left of the budget.

use super::{Block, Point, Said, Writing};
use crate::base::number::Number;
use crate::base::value::Value;
use crate::judge::budget::{BudgetAmounts, BudgetReport};
use crate::judge::landing::LandingLine;
use crate::judge::variance::{Figure, Impact};
use crate::words::{FigureOf, Message, Prose};

impl Writing<'_> {
    /// What is about now stands in the report on the latest month.
    fn not_now(&self) -> Option<Said> {
        (!self.is_latest).then(|| Said::Nothing(self.words.say(Message::OnlyLatest, &[])))
    }

    pub(super) fn landing(&self) -> Said {
        if let Some(said) = self.not_now() {
            return said;
        }
        let landing = match self.snapshot.landing(None, None) {
            Ok(landing) => landing,
            Err(error) => {
                let cause = self.words.retell(&error.to_string());
                return Said::Nothing(self.words.say(Message::NoForecast, &[("cause", (&cause).into())]));
            }
        };
        let mut points = Vec::new();
        // KPIs of which nothing can be told, by the reason why.
        let mut untold: Vec<(String, Vec<String>)> = Vec::new();
        for line in &self.lines {
            let running = landing.lines.iter().filter(|landing| landing.kpi == line.kpi && landing.pacing.days_left > 0);
            let running: Vec<&LandingLine> = running.collect();
            let reason = |landing: &LandingLine| landing.projected.value.cause().to_owned();
            if let Some(first) = running.first()
                && running.iter().all(|landing| landing.projected.value.number().is_none() && reason(landing) == reason(first))
            {
                match untold.iter_mut().find(|(known, _)| *known == reason(first)) {
                    Some((_, names)) => names.push(line.name.clone()),
                    None => untold.push((reason(first), vec![line.name.clone()])),
                }
                continue;
            }
            let (mut text, mut urgency) = (Prose::default(), u8::MAX);
            for landing in running {
                text.sentence(self.lands(landing));
                urgency = urgency.min(landing_urgency(landing));
            }
            if !text.is_empty() {
                points.push(Point { urgency, about: line.name.clone(), kpi: Some(line.kpi.clone()), text });
            }
        }
        let untold = untold.into_iter().map(|(cause, names)| {
            let cause = self.words.retell(&cause);
            self.words.say(Message::NoForecastOf, &[("names", self.words.names(&names).into()), ("cause", (&cause).into())])
        });
        let text = Prose::sentences(untold);
        if !text.is_empty() {
            points.push(Point { urgency: u8::MAX, about: self.words.word(Message::NoForecastFor), kpi: None, text });
        }
        Said::Points(points, self.words.say(Message::NothingRuns, &[]))
    }

    fn lands(&self, landing: &LandingLine) -> Prose {
        let words = self.words;
        let period = ("period", (&landing.period).into());
        if landing.projected.value.number().is_none() {
            let cause = words.retell(landing.projected.value.cause());
            return words.say(Message::LandsUnknown, &[period, ("cause", (&cause).into())]);
        }
        let figure = |text: &str, what| Prose::figure(text, Some(&landing.kpi), &landing.period, what);
        let projected = ("projected", figure(&words.figure(&landing.unit, &landing.projected.value), FigureOf::Forecast).into());
        let interval = landing.interval.as_ref().and_then(|interval| Some((interval.low.value.number()?, interval.high.value.number()?)));
        let mut text = match interval {
            Some((low, high)) => {
                let interval = figure(&words.band(&landing.unit, low, high), FigureOf::Forecast);
                words.say(Message::LandsWithin, &[period, projected, ("interval", interval.into())])
            }
            None => words.say(Message::LandsAt, &[period, projected]),
        };
        text.sentence(match landing.plan.value.number() {
            None => words.say(Message::LandsWithoutTarget, &[]),
            Some(_) => {
                let target = ("target", figure(&self.target_of(landing), FigureOf::Target).into());
                match landing.chance.value.number() {
                    None => words.say(Message::LandsPlan, &[target]),
                    Some(chance) if chance.is_zero() => words.say(Message::LandsMissed, &[target]),
                    Some(chance) if *chance == Number::from(1) => words.say(Message::LandsMet, &[target]),
                    Some(chance) => words.say(Message::LandsChance, &[target, ("chance", figure(&words.whole_percent(chance), FigureOf::Chance).into())]),
                }
            }
        });
        text
    }

    /// The target of a running period, as the system writes it; of a band both bounds.
    fn target_of(&self, landing: &LandingLine) -> String {
        let plain = self.words.figure(&landing.unit, &landing.plan.value);
        if landing.plan.text == landing.unit.format_value(&landing.plan.value) {
            return plain;
        }
        let kpi = self.snapshot.system().kpi(landing.kpi.as_str());
        let target = kpi.and_then(|kpi| self.snapshot.line(kpi, &landing.period).target);
        target.map_or(plain, |target| self.words.band(&landing.unit, &target.low, &target.high))
    }

    pub(super) fn budget(&self) -> Said {
        if let Some(said) = self.not_now() {
            return said;
        }
        let Some(budget) = self.snapshot.running_budget() else {
            let message = if self.snapshot.system().budgets().is_empty() { Message::NoBudget } else { Message::NoBudgetRuns };
            return Said::Nothing(self.words.say(message, &[]));
        };
        Said::Blocks(vec![Block::Paragraph { text: self.budget_in_words(&budget) }, self.budget_lines(&budget)])
    }

    fn budget_in_words(&self, budget: &BudgetReport) -> Prose {
        let (words, total) = (self.words, &budget.total);
        let written = |figure: &Figure| money(budget, &words.figure(&budget.unit, &figure.value));
        let mut text = words.say(Message::BudgetFrame, &[("period", (&budget.period).into()), ("frame", written(&budget.frame).into())]);
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
                let size = money(budget, &words.figure(&budget.unit, &Value::of(variance.abs())));
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

    fn budget_lines(&self, budget: &BudgetReport) -> Block {
        let words = self.words;
        let columns = [
            Message::ColumnLine,
            Message::ColumnOwner,
            Message::ColumnRevised,
            Message::ColumnToDate,
            Message::ColumnSpent,
            Message::ColumnVariance,
            Message::ColumnCommitted,
            Message::ColumnRemaining,
        ];
        let row = |name: &str, owner: String, amounts: &BudgetAmounts| {
            let figure = |figure: &Figure| words.figure(&budget.unit, &figure.value);
            vec![
                name.to_owned(),
                owner,
                figure(&amounts.revised),
                figure(&amounts.to_date),
                figure(&amounts.spent),
                words.change(&budget.unit, &amounts.variance.value),
                figure(&amounts.committed),
                figure(&amounts.remaining),
            ]
        };
        let rows = budget.lines.iter().map(|line| {
            let owner = line.owner.as_ref().map_or_else(|| words.word(Message::Nobody), |owner| owner.name.clone());
            row(&line.name, owner, &line.amounts)
        });
        Block::Table { columns: columns.map(|column| words.word(column)).to_vec(), rows: rows.collect(), defines: Vec::new() }
    }
}

fn money(budget: &BudgetReport, text: &str) -> Prose {
    Prose::figure(text, None, &budget.period, FigureOf::Budget)
}

/// What is less likely to meet its target is told first where not all have room.
fn landing_urgency(landing: &LandingLine) -> u8 {
    match landing.chance.value.number() {
        Some(chance) => (chance.clone() * Number::from(100)).to_fixed(0).parse().unwrap_or(100),
        None if landing.projected.value.number().is_some() => 101,
        None => 102,
    }
}
