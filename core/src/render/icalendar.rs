//! iCalendar (RFC 5545), for the calendars that people have open anyway.
//!
//! An event keeps its identifier when a holiday moves it and when the file is made anew, so that a
//! calendar takes the newer one for the same event: the identifier is made of the system's name,
//! the review or component, and the day that the cadence names. `SEQUENCE` grows with the as-of
//! date, of which `DTSTAMP` is midnight: no clock is read.

use super::escape::plain;
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::finding::quoted;
use crate::base::fingerprint::Fingerprint;
use crate::base::time::TimeOfDay;
use crate::base::zone::Zone;
use crate::operate::rhythm::{Rhythm, RhythmItem, RhythmKind, RhythmStatus};
use crate::words::Message;

/// The longest line, in octets, without its end.
const LINE: usize = 75;
const DAY: i64 = 86_400;

impl Rhythm {
    /// The due dates as an iCalendar file, without those that are left out. Reviews with a time of
    /// day are at that instant, in UTC, by the system's zone, or at that time by the reader's own
    /// clock where the system declares no zone; all else takes a whole day.
    ///
    /// ```
    /// # use marketingos::{Facts, Source, System};
    /// # let text = "{marketingos: 1, name: Small firm, people: {ana: Ana}, calendar: {zone: '+02:00'},
    /// #   reviews: {standup: {name: Stand-up, cadence: weekly, day: Monday, at: '09:30', from: 2026-09-21, held_by: ana, escalates_to: ana}}}";
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// # let snapshot = system.snapshot(&Facts::builder(&system).build()?, "2026-09-01".parse().unwrap());
    /// let file = snapshot.rhythm("2026-09-27".parse().ok())?.to_icalendar()?;
    /// assert!(file.contains("\r\nSUMMARY:Stand-up\r\nDTSTART:20260921T073000Z\r\nDURATION:PT30M\r\n"));
    /// # Ok::<(), marketingos::Error>(())
    /// ```
    ///
    /// # Errors
    /// When a review has a time of day, and this build does not know the system's zone.
    pub fn to_icalendar(&self) -> Result<String, Error> {
        let zone = self.zone()?;
        let mut file = File::default();
        let product = format!("PRODID:-//marketingos//rhythm//{}", self.words.language().code().to_ascii_uppercase());
        for line in ["BEGIN:VCALENDAR", "VERSION:2.0", &product, "CALSCALE:GREGORIAN"] {
            file.line(line);
        }
        // The name by RFC 7986, and as most calendars read it.
        file.text("NAME", &self.system);
        file.text("X-WR-CALNAME", &self.system);
        let system = Fingerprint::of_bytes(self.system.as_bytes());
        for item in &self.items {
            self.event(&mut file, item, system.short(), zone.as_ref());
        }
        file.line("END:VCALENDAR");
        Ok(file.0)
    }

    /// The zone, where it is needed and declared.
    fn zone(&self) -> Result<Option<Zone>, Error> {
        let Some(text) = self.zone.as_deref().filter(|_| self.items.iter().any(|item| item.at.is_some())) else { return Ok(None) };
        Zone::new(text).map(Some).ok_or_else(|| {
            let message = format!("this build does not know the zone {}", quoted(text));
            Error::new(Code::NoZone, message, "use a build that knows zones by name, or declare a distance from UTC such as `+01:00`")
        })
    }

    fn event(&self, file: &mut File, item: &RhythmItem, system: &str, zone: Option<&Zone>) {
        file.line("BEGIN:VEVENT");
        let kind = if item.kind == RhythmKind::Review { "review" } else { "component" };
        file.line(&format!("UID:{}-{kind}-{}-{system}@marketingos", day(item.own_day()), item.id));
        file.line(&format!("DTSTAMP:{}T000000Z", day(self.as_of)));
        file.line(&format!("SEQUENCE:{}", self.as_of.epoch_days().max(0)));
        file.text("SUMMARY", &item.name);
        if item.status == RhythmStatus::Skipped {
            // Calendars that know the event take it away.
            file.line("STATUS:CANCELLED");
        }
        match item.at {
            Some(at) => file.line(&format!("DTSTART:{}", start(item.due, at, zone))),
            None => file.line(&format!("DTSTART;VALUE=DATE:{}", day(item.due))),
        }
        if let (Some(minutes), Some(_)) = (item.minutes, item.at) {
            file.line(&format!("DURATION:PT{minutes}M"));
        }
        let who = item.who.as_ref().map(|who| {
            let message = if item.kind == RhythmKind::Review { Message::CalendarHeldBy } else { Message::CalendarOwner };
            self.words.text(message, &[("person", who.into())])
        });
        let moved = item.moved_from.and(item.reason.as_deref()).map(crate::words::capitalised);
        let said: Vec<String> = who.into_iter().chain(moved).collect();
        if !said.is_empty() {
            file.text("DESCRIPTION", &said.join(". "));
        }
        if item.at.is_none() {
            // A day by which something is due keeps nobody from meeting.
            file.line("TRANSP:TRANSPARENT");
        }
        file.line("END:VEVENT");
    }
}

fn day(date: Date) -> String {
    date.to_string().replace('-', "")
}

fn start(date: Date, at: TimeOfDay, zone: Option<&Zone>) -> String {
    let second = i64::from(at.minutes()).saturating_mul(60);
    let (date, second, utc) = match zone {
        Some(zone) => {
            let instant = zone.instant_of(date, second);
            let date = i32::try_from(instant.div_euclid(DAY)).map_or(date, Date::from_epoch_days);
            (date, instant.rem_euclid(DAY), "Z")
        }
        None => (date, second, ""),
    };
    format!("{}T{:02}{:02}{:02}{utc}", day(date), second / 3600, second / 60 % 60, second % 60)
}

/// A file in the making.
#[derive(Default)]
struct File(String);

impl File {
    /// A line, folded so that no part of it is too long; characters stay whole.
    fn line(&mut self, text: &str) {
        let mut length = 0usize;
        for character in text.chars() {
            let octets = character.len_utf8();
            if length.saturating_add(octets) > LINE {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(character);
            length = length.saturating_add(octets);
        }
        self.0.push_str("\r\n");
    }

    /// A property that holds a user's text.
    fn text(&mut self, name: &str, text: &str) {
        let mut escaped = String::with_capacity(text.len());
        for character in plain(text).chars() {
            if matches!(character, '\\' | ';' | ',') {
                escaped.push('\\');
            }
            escaped.push(character);
        }
        self.line(&format!("{name}:{escaped}"));
    }
}

#[cfg(all(test, not(feature = "zones")))]
mod without_zones {
    #![allow(clippy::unwrap_used, reason = "tests may fail")]

    use crate::measure::Facts;
    use crate::model::System;
    use crate::text::Source;

    #[test]
    fn a_zone_that_is_not_known_is_said_only_where_it_is_needed() {
        let text = "{marketingos: 1, name: Firm, people: {ana: Ana}, calendar: {zone: Europe/Amsterdam}, reviews: {r: {cadence: weekly, day: Monday, held_by: ana, escalates_to: ana}}}";
        let file = |text: &str| {
            let (system, _) = System::parse(&[Source::new("s.yaml", text)]).unwrap();
            let snapshot = system.snapshot(&Facts::builder(&system).build().unwrap(), "2026-10-01".parse().unwrap());
            snapshot.rhythm(None).unwrap().to_icalendar()
        };
        assert!(file(text).is_ok());
        assert_eq!(file(&text.replace("day: Monday", "day: Monday, at: '09:30'")).unwrap_err().code().as_str(), "MOS-Q024");
    }
}

#[cfg(all(test, feature = "zones"))]
mod tests {
    #![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests may fail, and write the expected file anew")]

    use crate::measure::Facts;
    use crate::model::System;
    use crate::text::Source;

    /// `tests/differential/test_icalendar.py` reads the file with another library, and has the days
    /// and instants from python-dateutil and zoneinfo.
    const SYSTEM: &str = "
marketingos: 1
name: \"Firm; BEGIN:VEVENT, \\\\n \\r\\n\\u202eX\"
people: { ana: 'Ana, the \"first\"', ben: Ben }
operator: ben
calendar: { zone: Europe/Amsterdam, holidays: [ { on: 26 October, name: 'Harvest, and rest' } ] }
reviews:
  standup: { name: Stand-up, cadence: weekly, day: Monday, at: 09:30, minutes: 15, held_by: ana, escalates_to: ben }
  monthly: { name: 'Überaus lange Monatsbesprechung mit ganz vielen Umlauten: äöüßäöüßäöüßäöüßäöüß 数字数字', cadence: monthly, day: second Tuesday, at: 14:00, minutes: 90, held_by: ben, escalates_to: ben }
rhythm:
  report: { cadence: last working day of the month, owner: ana }
  dashboard: every Friday
";

    fn file() -> String {
        let (system, _) = System::parse(&[Source::new("system.yaml", SYSTEM)]).unwrap();
        let snapshot = system.snapshot(&Facts::builder(&system).build().unwrap(), "2026-10-01".parse().unwrap());
        snapshot.rhythm("2026-12-31".parse().ok()).unwrap().to_icalendar().unwrap()
    }

    #[test]
    fn the_file_is_the_one_that_others_read() {
        let found = file();
        if std::env::var("UPDATE_EXPECTED").is_ok_and(|value| value == "1") {
            std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rhythm.ics"), &found).unwrap();
            return;
        }
        assert_eq!(found, include_str!("../../tests/rhythm.ics"), "run with UPDATE_EXPECTED=1 and read the difference");
    }

    #[test]
    fn lines_are_folded_and_end_as_they_must() {
        let file = file();
        assert!(file.split_terminator("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
        assert_eq!(file.matches("BEGIN:VEVENT\r\n").count(), 13 + 3 + 3 + 13, "Mondays, months, months, Fridays");
        assert!(file.contains("X-WR-CALNAME:Firm\\; BEGIN:VEVENT\\, \\\\n "), "{file}");
    }

    #[test]
    fn a_moved_event_keeps_its_identifier() {
        // Monday 26 October is a holiday: Tuesday the 27th at 8:30 UTC, after the clock was put back.
        let file = file().replace("\r\n ", "");
        let event = file.split("BEGIN:VEVENT").find(|event| event.contains("UID:20261026-review-standup-")).unwrap();
        assert!(event.contains("\r\nDTSTART:20261027T083000Z\r\n"), "{event}");
        assert!(event.contains("DESCRIPTION:Held by: Ana\\, the \"first\". 2026-10-26 is Harvest\\, and rest\r\n"), "{event}");
    }
}
