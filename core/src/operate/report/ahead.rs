//! Where running periods will end, and what is left of the budget.

use super::{Block, Point, Said, Writing};
use crate::base::number::Number;
use crate::judge::budget::{BudgetAmounts, BudgetReport};
use crate::judge::landing::LandingLine;
use crate::judge::variance::Figure;
use crate::words::{Message, Prose};

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
                text.sentence(landing.told());
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

    pub(super) fn budget(&self) -> Said {
        if let Some(said) = self.not_now() {
            return said;
        }
        let Some(budget) = self.snapshot.running_budget() else {
            let message = if self.snapshot.system().budgets().is_empty() { Message::NoBudget } else { Message::NoBudgetRuns };
            return Said::Nothing(self.words.say(message, &[]));
        };
        Said::Blocks(vec![Block::Paragraph { text: budget.told() }, self.budget_lines(&budget)])
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

/// What is less likely to meet its target is told first where not all have room.
fn landing_urgency(landing: &LandingLine) -> u8 {
    match landing.chance.value.number() {
        Some(chance) => (chance.clone() * Number::from(100)).to_fixed(0).parse().unwrap_or(100),
        None if landing.projected.value.number().is_some() => 101,
        None => 102,
    }
}
