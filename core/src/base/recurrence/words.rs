//! Plain words: a cursor over them, and the forms that it knows.
//!
//! Strict rather than clever: what could be meant in two ways is refused with both ways to write it.

use super::picks::{From, Nth, Pick, Unfit, weekdays};
use super::rule::{Every, Rule, add};
use super::vocabulary::{self, ALL_DAYS, WORKING};
use super::{Kind, RecurrenceError, Stretch};
use crate::base::calendar::Grain;
use crate::base::date::Date;

pub(super) const EXAMPLES: &str = "write for example `every Monday`, `every second Tuesday`, `second Tuesday of the month`, `monthly on the 15th`, `two pages a week`, `always on`, or a rule such as `FREQ=WEEKLY;BYDAY=MO`";

type Read<T> = Result<T, RecurrenceError>;

pub(super) fn cadence(text: &str) -> Read<Kind> {
    let mut words = Words::new(text)?;
    let kind = words.cadence(None)?;
    words.end(kind)
}

pub(super) fn review(grain: Grain, text: &str) -> Read<Kind> {
    let mut words = Words::new(text)?;
    if words.list.is_empty() && grain != Grain::All {
        return Ok(Kind::Counted(1, Stretch::Periods(grain, 1)));
    }
    let kind = words.cadence(Some(grain))?;
    let kind = words.end(kind)?;
    if kind.grain() != Some(grain) {
        return Err(words.unfit(("is not the day of such a review", review_help(grain))));
    }
    Ok(kind)
}

fn review_help(grain: Grain) -> &'static str {
    match grain {
        Grain::Week => "write the day of a weekly review such as `Monday 9:30`",
        Grain::Month => "write the day of a monthly review such as `second Tuesday`, `the 5th` or `first working day`",
        Grain::Quarter => "write the day of a quarterly review such as `first Monday` or `last week`",
        Grain::Year | Grain::All => "write the day of a yearly review such as `3 March`",
    }
}

struct Words<'a> {
    text: &'a str,
    list: Vec<String>,
    at: usize,
}

impl<'a> Words<'a> {
    fn new(text: &'a str) -> Read<Self> {
        let mut list = vocabulary::split(text).map_err(|sign| RecurrenceError::new(format!("`{sign}` has no meaning in a cadence"), EXAMPLES))?;
        vocabulary::without_time(&mut list);
        Ok(Self { text, list, at: 0 })
    }

    /// The word so many words ahead; nothing is the empty one.
    fn ahead(&self, by: usize) -> &str {
        self.list.get(self.at + by).map_or("", String::as_str)
    }

    fn done(&self) -> bool {
        self.at >= self.list.len()
    }

    /// Goes past any one of these words.
    fn take(&mut self, words: &[&str]) -> bool {
        let found = !self.done() && words.contains(&self.ahead(0));
        self.at += usize::from(found);
        found
    }

    /// Goes past a word that has a meaning of some kind.
    fn read<T>(&mut self, meaning: fn(&str) -> Option<T>) -> Option<T> {
        let found = meaning(self.ahead(0));
        self.at += usize::from(found.is_some());
        found
    }

    fn end(&self, kind: Kind) -> Read<Kind> {
        if self.done() { Ok(kind) } else { Err(self.lost()) }
    }

    fn unfit(&self, (why, help): Unfit) -> RecurrenceError {
        RecurrenceError::new(format!("`{}` {why}", self.text), help)
    }

    /// The word here is none that can be.
    fn lost(&self) -> RecurrenceError {
        let here = if let Some(help) = vocabulary::two_ways(self.ahead(0)) {
            return self.unfit(("can be meant in two ways", help));
        } else if self.text.is_empty() {
            "there is no cadence".to_owned()
        } else if self.done() {
            format!("`{}` is not understood: something is missing at its end", self.text)
        } else {
            format!("`{}` is not understood from `{}` on", self.text, self.ahead(0))
        };
        RecurrenceError::new(here, EXAMPLES)
    }

    /// A whole cadence; `level` is what is known about its period before.
    fn cadence(&mut self, level: Option<Grain>) -> Read<Kind> {
        if self.take(&["continuous", "continuously"]) || (self.ahead(1) == "on" && self.take(&["always"]) && self.take(&["on"])) {
            let two = ("says more than that it is always on", "write `always on`, or only the days on which something is due, such as `Mondays`");
            return if self.done() { Ok(Kind::Always) } else { Err(self.unfit(two)) };
        }
        if self.take(&["daily"]) {
            return Ok(daily(1));
        }
        if let Some((grain, every)) = self.read(vocabulary::adverb) {
            return self.within(1, grain, every);
        }
        if let Some(times) = self.times() {
            return self.per(times);
        }
        if self.take(&["every", "each"]) {
            return self.every(1);
        }
        let start = self.at;
        self.take(&["on", "in"]);
        if let Some(pick) = self.pick()? {
            return self.taken(pick, level.map(|grain| From::Period(grain, 1)));
        }
        self.at = start;
        self.things()
    }

    /// `once`, `twice`, `three times`.
    fn times(&mut self) -> Option<u32> {
        let times = match self.ahead(0) {
            "once" => 1,
            "twice" => 2,
            "thrice" => 3,
            word => vocabulary::number(word).filter(|_| self.ahead(1) == "times").inspect(|_| self.at += 1)?,
        };
        self.at += 1;
        Some(times)
    }

    /// `two new pages a week`, `new creative every two weeks`, `a webinar on the 10th`: how many of
    /// something.
    fn things(&mut self) -> Read<Kind> {
        let number = if self.take(&["a", "an"]) { Some(1) } else { self.read(vocabulary::number) };
        let mut named = 0;
        while !self.done() && named < 6 && !vocabulary::is_known(self.ahead(0)) {
            self.at += 1;
            named += 1;
        }
        let every = matches!(self.ahead(0), "every" | "each");
        match number {
            Some(1) if named > 0 && self.take(&["on"]) => {
                let Some(pick) = self.pick()? else { return Err(self.lost()) };
                self.taken(pick, None)
            }
            Some(number) => self.per(number),
            None if named > 0 && every => {
                self.at += 1;
                self.every(1)
            }
            None if named > 0 && matches!(self.ahead(0), "a" | "an" | "per") => {
                Err(self.unfit(("does not say how many", "write such as `two new pages a week`")))
            }
            None => {
                // The words that were skipped were none of ours.
                self.at -= named;
                Err(self.lost())
            }
        }
    }

    /// `a week`, `per week`, `weekly`, `every two weeks`, after how many times.
    fn per(&mut self, times: u32) -> Read<Kind> {
        if let Some((grain, every)) = self.read(vocabulary::adverb) {
            return self.within(times, grain, every);
        }
        self.take(&["in"]);
        if self.take(&["every", "each"]) {
            return self.every(times);
        }
        if !self.take(&["a", "an", "per"]) {
            return Err(self.lost());
        }
        if self.take(&["day"]) {
            return self.each_day(times);
        }
        let Some((grain, every)) = self.read(vocabulary::period) else { return Err(self.lost()) };
        self.within(times, grain, every)
    }

    fn each_day(&self, times: u32) -> Read<Kind> {
        let more = ("says more than once a day, and a cadence here is about days", "write `daily`");
        if times == 1 { Ok(daily(1)) } else { Err(self.unfit(more)) }
    }

    /// So many times in every so-many-th period, and perhaps on which days.
    fn within(&mut self, times: u32, grain: Grain, every: u32) -> Read<Kind> {
        if self.done() {
            return Ok(Kind::Counted(times, Stretch::Periods(grain, every)));
        }
        self.take(&[","]);
        self.take(&["on", "in"]);
        let Some(pick) = self.pick()? else { return Err(self.lost()) };
        if times != 1 && times != pick.len() {
            return Err(self.unfit(("says how often, and another number of days", "leave one of the two out")));
        }
        self.taken(pick, Some(From::Period(grain, every)))
    }

    /// What follows `every`.
    fn every(&mut self, times: u32) -> Read<Kind> {
        if self.take(&["day"]) {
            return self.each_day(times);
        }
        if let Some((grain, every)) = self.read(vocabulary::period) {
            return self.within(times, grain, every);
        }
        let start = self.at;
        let number = if self.take(&["other", "second", "2nd"]) { Some(2) } else { self.read(vocabulary::number) };
        if let Some(every) = number {
            if times == 1 && self.take(&["day", "days"]) {
                return Ok(daily(every));
            }
            if let Some((grain, each)) = self.read(vocabulary::period) {
                return self.within(times, grain, every * each);
            }
            let days = self.weekdays();
            if times == 1 && days != 0 && days != WORKING && self.done() && vocabulary::number(self.list.get(start).map_or("", String::as_str)).is_none() {
                return Ok(weekdays(days, every));
            }
            self.at = start;
        }
        let Some(pick) = self.pick()? else { return Err(self.lost()) };
        if times != 1 {
            return Err(self.unfit(("says how many on each of these days, and a cadence here is about days", "leave the number out")));
        }
        if let (Pick::Nth(picks), true) = (&pick, self.done()) {
            let ordinal = picks.first().map_or(0, |pick| pick.ordinal);
            let help = if ordinal > 0 {
                "write such as `every three weeks on Monday` or `third Monday of the month`"
            } else {
                "write such as `last Friday of the month`"
            };
            return Err(self.unfit(("does not say whether weeks are counted, or days within a month", help)));
        }
        let from = if let Pick::Date { .. } = pick { Some(From::Period(Grain::Year, 1)) } else { None };
        self.taken(pick, from)
    }

    /// A pick, from what its own words say or else from what is known.
    fn taken(&mut self, pick: Pick, known: Option<From>) -> Read<Kind> {
        let after = self.ahead(0) == "after";
        let from_front = match &pick {
            Pick::Nth(picks) => picks.iter().all(|pick| pick.ordinal > 0),
            _ => pick == Pick::Week { last: false },
        };
        if after && !from_front {
            return Err(self.lost());
        }
        let said = self.from()?;
        let from = match (known, said) {
            (_, None) => known,
            (None, Some(said)) | (Some(From::Period(Grain::Year, 1)), Some(said @ (From::Months(_) | From::FiscalYear))) => Some(said),
            (Some(known), Some(said)) if known == said => Some(said),
            _ => return Err(self.unfit(("says two different periods", "leave one of the two out"))),
        };
        pick.lower(from).map_err(|unfit| self.unfit(unfit))
    }

    /// `of the month`, `each quarter`, `of March`, `after the quarter's end`, `monthly`.
    fn from(&mut self) -> Read<Option<From>> {
        if self.done() {
            return Ok(None);
        }
        if let Some((grain, every)) = self.read(vocabulary::adverb) {
            return Ok(Some(From::Period(grain, every)));
        }
        let after = self.take(&["after"]);
        if after && self.ahead(0) == "the" && self.ahead(1) == "end" {
            self.at += 2;
        }
        let within = self.take(&["of", "in"]);
        let months = self.months();
        if months != 0 {
            if self.take(&["each", "every"]) && !self.take(&["year"]) {
                return Err(self.lost());
            }
            return Ok(Some(From::Months(months)));
        }
        let some = self.take(&["the", "each", "every"]);
        self.take(&["next"]);
        let fiscal = self.take(&["fiscal", "financial"]);
        if !(after || within || some) {
            return Err(self.lost());
        }
        let Some((grain, 1)) = self.read(vocabulary::period) else { return Err(self.lost()) };
        if after {
            self.take(&["end"]);
        }
        Ok(Some(if fiscal && grain == Grain::Year { From::FiscalYear } else { From::Period(grain, 1) }))
    }

    /// Which days, or `None` when the words here name none.
    fn pick(&mut self) -> Read<Option<Pick>> {
        let days = self.weekdays();
        if days != 0 {
            return Ok(Some(Pick::Weekdays(days)));
        }
        let months = self.months();
        if months != 0 {
            let day = if months.count_ones() == 1 { self.day_of_month() } else { None };
            return day.map_or(Ok(Pick::Months(months)), |day| self.date(months, day)).map(Some);
        }
        let start = self.at;
        self.take(&["the"]);
        if let Some(day) = self.day_of_month() {
            self.take(&["of"]);
            let months = self.months();
            if months.count_ones() == 1 {
                return self.date(months, day).map(Some);
            }
        }
        self.at = start;
        let mut picks = Vec::new();
        loop {
            let ordinals = self.ordinals();
            if ordinals.is_empty() {
                // An `and` that leads nowhere is told where it stands.
                return if picks.is_empty() { Ok(None) } else { Err(self.lost()) };
            }
            let before = self.at;
            let days = self.counted_days();
            if days == 0 {
                return if picks.is_empty() { self.bare(ordinals, before).map(Some) } else { Err(self.lost()) };
            }
            picks.extend(ordinals.iter().map(|ordinal| Nth { ordinal: *ordinal, days }));
            if !self.and() {
                return Ok(Some(Pick::Nth(picks)));
            }
        }
    }

    /// A day of the only month among these, in whatever year.
    fn date(&self, months: u16, day: u32) -> Read<Pick> {
        let month = months.trailing_zeros() + 1;
        let unreal = ("names a day that does not exist", "mend the day of the month");
        Date::new(2000, month, day).map(|_| Pick::Date { month, day }).ok_or_else(|| self.unfit(unreal))
    }

    /// Ordinals that no weekday follows: days of the month, or a week.
    fn bare(&mut self, ordinals: Vec<i16>, at: usize) -> Read<Pick> {
        if self.take(&["week"]) {
            let last = match ordinals.as_slice() {
                [1] => false,
                [-1] => true,
                _ => return Err(self.unfit(("picks a week from the middle", "write `first week` or `last week`"))),
            };
            return Ok(Pick::Week { last });
        }
        let written = at.checked_sub(1).and_then(|at| self.list.get(at)).is_some_and(|word| word.starts_with(|sign: char| sign.is_ascii_digit()));
        let within = ordinals.iter().all(|day| (1..=31).contains(day));
        if !within || (!written && self.done()) {
            return Err(self.lost());
        }
        let mut days = Vec::new();
        for day in ordinals {
            add(&mut days, day);
        }
        Ok(Pick::MonthDays(days))
    }

    /// `,`, `and`, or both; only with something after it.
    fn and(&mut self) -> bool {
        let comma = self.take(&[","]);
        self.take(&["and"]) || comma
    }

    /// `the first and third`.
    fn ordinals(&mut self) -> Vec<i16> {
        let mut found = Vec::new();
        loop {
            let before = self.at;
            if !found.is_empty() && !self.and() {
                return found;
            }
            self.take(&["the"]);
            let Some(ordinal) = self.read(vocabulary::ordinal) else {
                self.at = before;
                return found;
            };
            found.push(ordinal);
        }
    }

    /// `Monday`, `working day`, `day`, after an ordinal.
    fn counted_days(&mut self) -> u8 {
        if let Some(day) = self.read(vocabulary::weekday) {
            return 1 << day;
        }
        if self.working_days() {
            return WORKING;
        }
        if self.take(&["day"]) { ALL_DAYS } else { 0 }
    }

    fn working_days(&mut self) -> bool {
        if self.take(&["weekday", "weekdays", "workday", "workdays"]) {
            return true;
        }
        let two = matches!(self.ahead(0), "working" | "business") && matches!(self.ahead(1), "day" | "days");
        self.at += if two { 2 } else { 0 };
        two
    }

    /// `Monday, Wednesday and Friday`; nothing is no day.
    fn weekdays(&mut self) -> u8 {
        if self.working_days() {
            return WORKING;
        }
        u8::try_from(self.names(vocabulary::weekday)).unwrap_or_default()
    }

    /// `March and September`; nothing is no month.
    fn months(&mut self) -> u16 {
        self.names(vocabulary::month) >> 1
    }

    /// A list of names, a bit each.
    fn names(&mut self, meaning: fn(&str) -> Option<u32>) -> u16 {
        let mut found = 0;
        loop {
            let before = self.at;
            if found != 0 && !self.and() {
                return found;
            }
            if found != 0 {
                self.take(&["on"]);
            }
            let Some(name) = self.read(meaning) else {
                self.at = before;
                return found;
            };
            found |= 1 << name;
        }
    }

    /// `3`, `3rd`.
    fn day_of_month(&mut self) -> Option<u32> {
        let word = self.ahead(0);
        let digits = word.starts_with(|sign: char| sign.is_ascii_digit());
        let day = vocabulary::number(word).or_else(|| vocabulary::ordinal(word).and_then(|day| u32::try_from(day).ok())).filter(|_| digits)?;
        self.at += 1;
        Some(day)
    }
}

fn daily(every: u32) -> Kind {
    Kind::Rule(Rule::new(Every::Day, every))
}
