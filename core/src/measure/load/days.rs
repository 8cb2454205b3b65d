//! Days, and seconds within them, of a table while it is read.

use super::super::column::Buffer;
use super::super::dictionary::Key;
use crate::base::date::Moment;
use crate::model::source::DateColumn;

/// Texts of dates that are remembered; a power of two.
const REMEMBERED: usize = 1024;

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

    pub(super) fn push(&mut self, moment: Moment) {
        self.days.push(moment.day);
        if let Some(seconds) = &mut self.seconds {
            seconds.push(moment.second);
        }
    }

    /// Adds a row whose date is this part of a text; says whether it is one.
    #[inline]
    pub(super) fn push_part(&mut self, text: &str, (start, end): (usize, usize)) -> bool {
        let key = Key::at(text.as_bytes(), start, end);
        let place = usize::try_from(key.hash() >> 32).unwrap_or(0) & REMEMBERED.wrapping_sub(1);
        if let Some((_, moment)) = self.remembered.get(place).filter(|(known, _)| *known == key && start < end && !key.is_long()) {
            let moment = *moment;
            self.push(moment);
            return true;
        }
        self.push_new(text.get(start..end).unwrap_or_default(), key, place)
    }

    #[inline(never)]
    fn push_new(&mut self, text: &str, key: Key, place: usize) -> bool {
        let Some(moment) = self.column.read(text.trim()) else { return false };
        if let Some(remembered) = self.remembered.get_mut(place) {
            *remembered = (key, moment);
        }
        self.push(moment);
        true
    }

    pub(super) fn rows(&self) -> usize {
        self.days.len()
    }

    pub(super) fn finish(self) -> (Buffer<i32>, Option<Buffer<i32>>) {
        (self.days.into(), self.seconds.map(Into::into))
    }
}
