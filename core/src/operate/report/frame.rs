//! The targets in force, and what every figure means.

use super::{Block, Writing};
use crate::base::code::Code;
use crate::judge::scorecard::Line;
use crate::model::plan::TargetStatus;
use crate::words::{Message, Prose};

impl Writing<'_> {
    pub(super) fn plan(&self) -> Block {
        let words = self.words;
        let rows = self.lines.iter().map(|line| {
            let target = line.target.as_ref();
            let base = target.map_or_else(String::new, |target| match target.set_for == line.period.grain {
                true => line.plan.base.text.clone(),
                false => words.text(Message::FromLonger, &[("target", (&line.plan.base.text).into()), ("grain", (&words.grain(target.set_for)).into())]),
            });
            vec![
                line.name.clone(),
                base,
                words.word(target.map_or(Message::NoTarget, |target| status(target.status))),
                target.and_then(|target| target.set_by.as_ref()).map(|id| self.name(id)).unwrap_or_default(),
                target.and_then(|target| target.set_on).map(|day| words.date(day)).unwrap_or_default(),
                target.map(|target| target.document.clone()).unwrap_or_default(),
            ]
        });
        let columns = [Message::ColumnKpi, Message::ColumnTarget, Message::ColumnStatus, Message::ColumnSetBy, Message::ColumnSetOn, Message::ColumnWrittenIn];
        Block::Table { columns: columns.map(|column| words.word(column)).to_vec(), rows: rows.collect(), defines: Vec::new() }
    }

    /// What every figure is, and what was not used of the facts behind it.
    pub(super) fn definitions(&self) -> Vec<Block> {
        let words = self.words;
        let columns = [
            Message::ColumnKpi,
            Message::ColumnComputedAs,
            Message::ColumnVariant,
            Message::ColumnOwner,
            Message::ColumnRestsOn,
            Message::ColumnTarget,
            Message::ColumnMeaning,
        ];
        let mut blocks = vec![Block::Table {
            columns: columns.map(|column| words.word(column)).to_vec(),
            rows: self.lines.iter().map(|line| self.definition(line)).collect(),
            defines: self.lines.iter().map(|line| line.kpi.clone()).collect(),
        }];
        for finding in self.snapshot.findings().iter().filter(|finding| finding.code != Code::ExtraColumns) {
            let message = words.retell(&finding.message);
            let text: Prose = words.say(Message::NotUsed, &[("file", (&finding.place.file).into()), ("message", (&message).into())]);
            blocks.push(Block::Point { about: finding.code.to_string(), kpi: None, text });
        }
        blocks
    }

    fn definition(&self, line: &Line) -> Vec<String> {
        let words = self.words;
        let count = |days: i64| u64::try_from(days).unwrap_or(0);
        let basis = [
            ("rows", line.rows.into()),
            ("days", count(line.coverage.days).into()),
            ("of", count(line.coverage.of).into()),
            ("period", line.period.label.as_str().into()),
        ];
        let target = match &line.target {
            None => words.word(Message::NoTarget),
            Some(target) if target.document.is_empty() => line.plan.base.text.clone(),
            Some(target) => words.text(Message::TargetWritten, &[("target", (&line.plan.base.text).into()), ("document", (&target.document).into())]),
        };
        vec![
            line.name.clone(),
            line.definition.clone(),
            line.variant.replace('_', " "),
            line.owner.as_ref().map_or_else(|| words.word(Message::Nobody), |owner| owner.name.clone()),
            words.text(Message::RestsOn, &basis),
            target,
            line.meaning.clone(),
        ]
    }
}

fn status(status: TargetStatus) -> Message {
    match status {
        TargetStatus::Agreed => Message::Agreed,
        TargetStatus::Proposed => Message::Proposed,
        TargetStatus::Placeholder => Message::Placeholder,
        TargetStatus::Inferred => Message::Inferred,
    }
}
