//! How many surfaces there are to hold in mind, and whether the team needs a system yet (domain D7).

use serde::Serialize;

use crate::base::date::Date;
use crate::base::id::Id;
use crate::base::map::Set;
use crate::model::System;

/// The surfaces that one person holds in their head. A choice, after G. A. Miller, "The Magical
/// Number Seven, Plus or Minus Two", Psychological Review 63 (1956).
pub const SURFACES_PER_PERSON: usize = 7;
/// The most surfaces that are listed; all are counted.
const MOST_LISTED: usize = 1_000;

/// The places where the brand appears, as of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Surfaces {
    /// The number of channels.
    pub channels: usize,
    /// The number of different segments that they reach.
    pub segments: usize,
    /// The number of different regions that they serve.
    pub regions: usize,
    /// The number of different product lines that they speak of.
    pub lines: usize,
    /// The number of surfaces: each channel for each of its segments, regions and lines.
    pub count: u64,
    /// The surfaces in the order of the channels, at most 1,000.
    pub list: Vec<Surface>,
    /// How many are not listed.
    pub left_out: u64,
    /// The people who answer for anything on that day.
    pub people: usize,
    /// How many surfaces one person is taken to hold in their head: [`SURFACES_PER_PERSON`].
    pub per_person: usize,
    /// Whether there are more surfaces than these people can hold in their heads.
    pub needs_system: bool,
    /// Why, in words.
    pub reason: String,
}

/// One place where the brand appears, to one part of the audience.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Surface {
    /// The channel.
    pub channel: Id,
    /// The segment, where the channel names any.
    pub segment: Option<Id>,
    /// The region, where the channel names any.
    pub region: Option<String>,
    /// The product line, where the channel names any.
    pub line: Option<String>,
}

impl System {
    /// Counts and lists the surfaces, and says whether a team of these people needs a system yet.
    ///
    /// ```
    /// use marketingos::{Source, System};
    /// let text = "
    /// marketingos: 1
    /// name: Small firm
    /// people: { ana: Ana }
    /// segments: { builders: Who builds., owners: Who owns. }
    /// channels: { newsletter: { kind: owned, owner: ana, segments: [builders, owners], regions: [North, South, Coast, Isles] } }
    /// ";
    /// let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let surfaces = system.surfaces("2026-06-30".parse()?);
    /// assert_eq!((surfaces.count, surfaces.people, surfaces.needs_system), (8, 1, true));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn surfaces(&self, as_of: Date) -> Surfaces {
        let (mut segments, mut regions, mut lines): (Set<&Id>, Set<&str>, Set<&str>) = (Set::new(), Set::new(), Set::new());
        let (mut count, mut list) = (0u64, Vec::new());
        for channel in self.channels() {
            segments.extend(&channel.segments);
            regions.extend(channel.regions.iter().map(String::as_str));
            lines.extend(channel.lines.iter().map(String::as_str));
            let sizes = [channel.segments.len(), channel.regions.len(), channel.lines.len()];
            let product = sizes.iter().fold(1u64, |product, size| product.saturating_mul(u64::try_from(*size).unwrap_or(u64::MAX).max(1)));
            count = count.saturating_add(product);
            for segment in each(&channel.segments) {
                for region in each(&channel.regions) {
                    let room = MOST_LISTED.saturating_sub(list.len());
                    let surface = |line: Option<&String>| Surface {
                        channel: channel.id.clone(),
                        segment: segment.cloned(),
                        region: region.cloned(),
                        line: line.cloned(),
                    };
                    list.extend(each(&channel.lines).take(room).map(surface));
                    if room == 0 {
                        break;
                    }
                }
                if list.len() >= MOST_LISTED {
                    break;
                }
            }
        }
        let responsible = self.responsibilities();
        let people: Set<Id> = responsible.filter_map(|held| held.assignments().iter().find(|one| one.holds_on(as_of)).map(|one| one.person.clone())).collect();
        let people = people.len();
        let hold = u64::try_from(people.saturating_mul(SURFACES_PER_PERSON)).unwrap_or(u64::MAX);
        let needs_system = count > hold;
        let (more, verdict) = if needs_system { ("more", "the system has to hold them") } else { ("no more", "it can be done without a system, for now") };
        let who = if people == 1 { "1 person answers".to_owned() } else { format!("{people} people answer") };
        let surfaces = if count == 1 { "there is 1 surface".to_owned() } else { format!("there are {count} surfaces") };
        let reason = format!("{surfaces} and {who} for something: {more} than {SURFACES_PER_PERSON} for each, so {verdict}");
        Surfaces {
            channels: self.channels().len(),
            segments: segments.len(),
            regions: regions.len(),
            lines: lines.len(),
            left_out: count.saturating_sub(u64::try_from(list.len()).unwrap_or(u64::MAX)),
            count,
            list,
            people,
            per_person: SURFACES_PER_PERSON,
            needs_system,
            reason,
        }
    }
}

/// Each of what is named, or once nothing.
fn each<T>(named: &[T]) -> impl Iterator<Item = Option<&T>> {
    let nothing = named.is_empty().then_some(None);
    nothing.into_iter().chain(named.iter().map(Some))
}
