//! "What is shipping next week?", answered by the system and not by asking the team (domain D7).

use serde::Serialize;

use crate::base::calendar::{Grain, Period, Span};
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::finding::quoted;
use crate::base::id::Id;
use crate::base::order;
use crate::base::recurrence::{Falls, Recurrence};
use crate::model::System;
use crate::model::campaigns::Campaign;
use crate::model::channels::Channel;
use crate::model::due::Dues;
use crate::model::element::{ElementKind, Part};
use crate::model::people::Assignments;
use crate::model::rhythm::Review;

/// What ships in a week, who sees to it, and where; and what the system cannot tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shipping {
    /// The week.
    pub week: Period,
    /// What ships, by day; what has no day of its own comes last.
    pub items: Vec<ShippingItem>,
    /// What may ship without the system being able to tell, and what ships without anybody who
    /// answers for it.
    pub unanswered: Vec<Unanswered>,
}

/// Something that ships.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShippingItem {
    /// The channel, campaign or review.
    #[serde(flatten)]
    pub part: Part,
    /// The day, or the first one; `None` is some day of the week.
    pub on: Option<Date>,
    /// The last day, where it takes more than one.
    pub through: Option<Date>,
    /// What happens, in words.
    pub what: String,
    /// Who answers for it on that day; `None` is nobody.
    pub who: Option<Id>,
    /// Who stands in.
    pub deputy: Option<Id>,
    /// Where: the segments that a channel reaches, the channels that a campaign runs on.
    pub to: Vec<Id>,
}

/// Something that the system cannot tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unanswered {
    /// The channel, campaign or review.
    #[serde(flatten)]
    pub part: Part,
    /// What is not known.
    pub reason: String,
}

impl System {
    /// What ships in a week, by its name such as `2026-W41`; by default in the week after a day.
    /// It follows from the cadences of channels, from campaigns and from reviews.
    ///
    /// ```
    /// use marketingos::{Source, System};
    /// let text = "
    /// marketingos: 1
    /// name: Small firm
    /// people: { ana: Ana }
    /// channels:
    ///   newsletter: { kind: owned, owner: ana, cadence: first Tuesday of the month }
    ///   fair: { kind: paid }
    /// ";
    /// let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let shipping = system.whats_shipping(None, "2026-09-30".parse()?)?;
    /// assert_eq!(shipping.week.label, "2026-W41");
    /// assert_eq!(shipping.items[0].on, Some("2026-10-06".parse()?));
    /// assert_eq!(shipping.unanswered[0].reason, "no cadence is published");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When there is no such week.
    pub fn whats_shipping(&self, week: Option<&str>, as_of: Date) -> Result<Shipping, Error> {
        let calendar = self.calendar();
        let week = match week {
            None => calendar.next(&calendar.period(Grain::Week, as_of)).ok_or_else(|| {
                let message = format!("there is no week after that of {as_of}");
                Error::new(Code::BadPeriod, message, format!("name a week such as {}", calendar.example(Grain::Week)))
            })?,
            Some(label) => calendar.parse(label).filter(|period| period.grain == Grain::Week).ok_or_else(|| {
                let help = format!("write a week such as {}", calendar.example(Grain::Week));
                Error::new(Code::BadPeriod, format!("{} is not a week", quoted(label)), help)
            })?,
        };
        let around = Span { first: week.first.plus_days(-AROUND), last: week.last.plus_days(AROUND) };
        let dues = Dues::new(self, around);
        let mut list = Listing { system: self, week: &week, counted: 0, dues, items: Vec::new(), unanswered: Vec::new() };
        self.channels().iter().for_each(|channel| list.channel(channel));
        self.campaigns().iter().for_each(|campaign| list.campaign(campaign));
        self.reviews().iter().for_each(|review| list.review(review));
        let Listing { mut items, unanswered, .. } = list;
        order::sort_by_key(&mut items, |item| (item.on.is_none(), item.on));
        Ok(Shipping { week, items, unanswered })
    }
}

/// The most days that are gone through to count cadences from their starts.
const MOST_COUNTED: i64 = 10_000_000;

/// So many days before or after a week may lie what holidays move into it.
const AROUND: i64 = 60;

struct Listing<'s> {
    system: &'s System,
    week: &'s Period,
    /// Days gone through so far.
    counted: i64,
    dues: Dues<'s>,
    items: Vec<ShippingItem>,
    unanswered: Vec<Unanswered>,
}

/// Who answers for something on a day, and who stands in.
type Who = (Option<Id>, Option<Id>);

impl Listing<'_> {
    fn channel(&mut self, channel: &Channel) {
        let part = Part { kind: ElementKind::Channel, id: channel.id.to_string(), name: channel.name.clone() };
        if channel.cadence.is_empty() {
            return self.unknown(&part, "no cadence is published".to_owned());
        }
        if channel.from.is_some_and(|from| from > self.week.last) {
            return;
        }
        let falls = match Recurrence::parse(&channel.cadence) {
            Ok(cadence) if cadence.is_counted() && !self.may_count(channel.from) => {
                Falls::Unknown("too many cadences are counted from starts that lie far back".to_owned())
            }
            Ok(cadence) => cadence.days(channel.from, self.week.first, self.week.last, self.system.calendar()),
            Err(error) => Falls::Unknown(error.message().to_owned()),
        };
        let who = |day| holder(&channel.owner, day);
        let first = channel.from.map_or(self.week.first, |from| from.max(self.week.first));
        self.falls(&part, &falls, first, ("ships", &channel.cadence), &who, &channel.segments);
    }

    fn may_count(&mut self, start: Option<Date>) -> bool {
        let days = start.map_or(0, |start| self.week.last.days_since(start));
        self.counted = self.counted.saturating_add(days);
        self.counted <= MOST_COUNTED
    }

    fn review(&mut self, review: &Review) {
        let part = Part { kind: ElementKind::Review, id: review.id.to_string(), name: review.name.clone() };
        let falls = match Recurrence::of_review(review.cadence.grain(), &review.day) {
            Ok(day) if day.is_counted() && !self.may_count(review.from) => {
                Falls::Unknown("too many cadences are counted from starts that lie far back".to_owned())
            }
            Ok(day) => match day.days(review.from, self.week.first, self.week.last, self.system.calendar()) {
                // Holidays move the days of reviews, from other weeks too.
                Falls::On(days) if self.system.holidays().is_empty() => Falls::On(days),
                Falls::On(_) => self.dues.of_review(review).map_or_else(Falls::Unknown, |dues| {
                    let open = dues.iter().filter(|date| !date.left_out && self.week.span().contains(date.due));
                    Falls::On(open.map(|date| date.due).collect())
                }),
                falls => falls,
            },
            Err(error) => Falls::Unknown(error.message().to_owned()),
        };
        let who = |_| (Some(review.held_by.clone()), review.deputy.clone());
        let words = if review.day.is_empty() { review.cadence.word() } else { &review.day };
        self.falls(&part, &falls, self.week.first, ("is held", words), &who, &[]);
    }

    /// What a cadence comes to in the week, from the first day on which it counts.
    fn falls(&mut self, part: &Part, falls: &Falls, first: Date, (verb, cadence): (&str, &str), who: &dyn Fn(Date) -> Who, to: &[Id]) {
        let (begins, last) = (self.week.first, self.week.last);
        match falls {
            Falls::On(days) => days.iter().for_each(|day| self.item(part, Some(*day), None, verb.to_owned(), who(*day), to)),
            Falls::Always => self.item(part, Some(first), (first < last).then_some(last), "is always on".to_owned(), who(first), to),
            Falls::Unknown(reason) => self.unknown(part, reason.clone()),
            Falls::Within { times, stretches, .. } => {
                if stretches.iter().any(|stretch| begins <= stretch.first && stretch.last <= last) {
                    let often = if *times == 1 { "once".to_owned() } else { format!("{times} times") };
                    self.item(part, None, None, format!("{verb} {often} on a day that is not said"), who(first), to);
                } else if !stretches.is_empty() {
                    self.unknown(part, format!("{} says how often, and not on which day", quoted(cadence)));
                }
            }
        }
    }

    fn campaign(&mut self, campaign: &Campaign) {
        let (first, last) = (self.week.first, self.week.last);
        if !campaign.runs_in(first, last) {
            return;
        }
        let part = Part { kind: ElementKind::Campaign, id: campaign.id.to_string(), name: campaign.name.clone() };
        let what = match (first <= campaign.from, campaign.to.is_some_and(|to| to <= last)) {
            (true, true) => "starts and ends",
            (true, false) => "starts",
            (false, true) => "ends",
            (false, false) => "runs",
        };
        let on = campaign.from.max(first);
        let through = campaign.to.map_or(last, |to| to.min(last));
        if campaign.channels.is_empty() {
            self.unknown(&part, "it is not said on which channels it runs".to_owned());
        }
        self.item(&part, Some(on), (on < through).then_some(through), what.to_owned(), holder(&campaign.owner, on), &campaign.channels);
    }

    fn item(&mut self, part: &Part, on: Option<Date>, through: Option<Date>, what: String, (who, deputy): Who, to: &[Id]) {
        if who.is_none() {
            let day = on.unwrap_or(self.week.first);
            self.unknown(part, format!("nobody answers for it on {day}"));
        }
        self.items.push(ShippingItem { part: part.clone(), on, through, what, who, deputy, to: to.to_vec() });
    }

    fn unknown(&mut self, part: &Part, reason: String) {
        self.unanswered.push(Unanswered { part: part.clone(), reason });
    }
}

fn holder(owner: &Assignments, day: Date) -> Who {
    let held = owner.on(day);
    (held.map(|held| held.person.clone()), held.and_then(|held| held.deputy.clone()))
}
