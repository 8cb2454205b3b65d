//! What people said about figures: under the KPI, with name and day. Who reads an old sentence
//! under a new number is told so.

use super::{Point, Said, Writing, happened, with_stop};
use crate::base::unit::Marks;
use crate::judge::scorecard::Line;
use crate::model::journal::Comment;
use crate::model::report::Section;
use crate::operate::sentence::{figure, standing};
use crate::words::{FigureOf, Message, Prose};

impl Writing<'_> {
    /// The comments on a line's period, and those that are carried forward to it.
    pub(super) fn comments_on(&self, line: &Line) -> Vec<Prose> {
        // A month is commented on when it is over: whatever is known counts, not what was known at its end.
        let comments = self.snapshot.journal().comments().iter().filter(|comment| comment.kpi == line.kpi);
        comments.filter_map(|comment| self.comment(line, comment)).collect()
    }

    fn comment(&self, line: &Line, comment: &Comment) -> Option<Prose> {
        let is_its_own = comment.period == line.period;
        let is_carried = comment.period.last < line.period.last && comment.until.as_ref().is_some_and(|until| until.last >= line.period.last);
        if !is_its_own && !is_carried {
            return None;
        }
        let (person, said) = (self.name(&comment.by), with_stop(&comment.text));
        let mut text = self.words.say(Message::CommentBy, &[("person", (&person).into()), ("on", comment.on.into()), ("text", (&said).into())]);
        if is_carried {
            text.sentence(self.words.say(Message::CommentCarried, &[("period", (&comment.period).into())]));
        }
        if let Some(then) = &comment.figure {
            let present = if is_its_own { line.clone() } else { self.snapshot.line(self.snapshot.system().kpi(line.kpi.as_str())?, &comment.period) };
            // Written in whichever language: what differs in its marks only has not changed.
            let english = present.actual.value.number().map(|number| line.unit.format_with(number, &Marks::ENGLISH));
            if *then != present.actual.text && Some(then) != english.as_ref() {
                let now = figure(&present, &present.actual.text, FigureOf::Actual);
                let then = figure(&present, then, FigureOf::Then);
                text.sentence(self.words.say(Message::CommentChanged, &[("then", then.into()), ("now", now.into())]));
            }
        }
        Some(text)
    }

    /// The comments that do not stand under what happened.
    pub(super) fn commentary(&self) -> Said {
        let is_told_above = |line: &Line| self.has(Section::WhatHappened) && happened::needs_words(line);
        let mut all = false;
        let mut points = Vec::new();
        for line in &self.lines {
            let comments = self.comments_on(line);
            all |= !comments.is_empty();
            if !comments.is_empty() && !is_told_above(line) {
                let text = Prose::sentences([standing(line)].into_iter().chain(comments));
                points.push(Point { urgency: 0, about: line.name.clone(), kpi: Some(line.kpi.clone()), text });
            }
        }
        Said::Points(points, self.words.say(if all { Message::CommentsAbove } else { Message::NoComments }, &[]))
    }
}
