//! Days, and seconds within them, of a table while it is read.

use super::super::column::{Buffer, expect};
use super::super::dictionary::Key;
use crate::base::date::Moment;
use crate::model::source::DateColumn;

/// Texts of dates that are remembered; a power of two.
const REMEMBERED: usize = 4096;

/// The dates that are being read.
pub(super) struct Days<'a> {
    column: &'a DateColumn,
    days: Vec<i32>,
    seconds: Option<Vec<i32>>,
    /// What short texts meant lately, each at a place of its own: dates repeat.
    remembered: Vec<(Key, Moment)>,
}

impl<'a> Days<'a> {
    pub(super) fn new(column: &'a DateColumn) -> Self {
        Self { column, days: Vec::new(), seconds: column.pattern.has_time().then(Vec::new), remembered: vec![Default::default(); REMEMBERED] }
    }

    pub(super) fn expect(&mut self, times: usize) {
        expect(&mut self.days, times);
        if let Some(seconds) = &mut self.seconds {
            expect(seconds, times);
        }
    }

    pub(super) fn push(&mut self, moment: Moment) {
        self.days.push(moment.day);
        if let Some(seconds) = &mut self.seconds {
            seconds.push(moment.second);
        }
    }

    /// Adds rows whose dates are these parts of a text, up to the first that is none; gives how
    /// many.
    pub(super) fn push_parts(&mut self, text: &str, parts: impl Iterator<Item = (usize, usize)>) -> usize {
        // Empty and long texts are never this one.
        let mut last = (Key::default(), Moment::default());
        let mut added = 0usize;
        for (start, end) in parts {
            let key = Key::at(text.as_bytes(), start, end);
            if key != last.0 || key == Key::default() {
                let Some(moment) = self.moment(text, key, (start, end)) else { return added };
                last = (if key.is_long() { Key::default() } else { key }, moment);
            }
            self.push(last.1);
            added = added.wrapping_add(1);
        }
        added
    }

    #[inline]
    fn moment(&mut self, text: &str, key: Key, (start, end): (usize, usize)) -> Option<Moment> {
        let place = usize::try_from(key.hash() >> 32).unwrap_or(0) & REMEMBERED.wrapping_sub(1);
        match self.remembered.get(place) {
            Some((known, moment)) if *known == key && start < end && !key.is_long() => Some(*moment),
            _ => self.new_moment(text.get(start..end).unwrap_or_default(), key, place),
        }
    }

    #[inline(never)]
    fn new_moment(&mut self, text: &str, key: Key, place: usize) -> Option<Moment> {
        let moment = self.column.read(text.trim())?;
        if let Some(remembered) = self.remembered.get_mut(place) {
            *remembered = (key, moment);
        }
        Some(moment)
    }

    pub(super) fn finish(self) -> (Buffer<i32>, Option<Buffer<i32>>) {
        (self.days.into(), self.seconds.map(Into::into))
    }
}
