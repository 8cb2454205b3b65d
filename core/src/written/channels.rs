//! Segments, channels, stages and assets.

use super::people::Assignment;
use super::values::{Day, Id, Whole};
use crate::model::channels::ChannelKind;
use crate::model::content::{AssetKind, AssetLife};

part! {
    /// Whom the system is for; written short, the definition.
    inheriting Segment requires [definition] shape super::schema::short_text, {
        /// What it is called; default the id.
        name: (String),
        /// Who belongs to it.
        definition: (String),
        /// Where they live: the places where they can be met.
        lives: [String],
        /// What they care about.
        cares_about: [String],
        /// Who answers for it.
        owner: [Assignment],
    }
}

impl From<&str> for Segment {
    fn from(definition: &str) -> Self {
        Self::default().definition(definition)
    }
}

part! {
    /// An owned, earned or paid surface.
    inheriting Channel requires [kind] {
        /// What it is called; default the id.
        name: (String),
        /// `owned`, `earned` or `paid`.
        kind: (ChannelKind),
        /// Who answers for it.
        owner: [Assignment],
        /// How often something goes out: a rule of RFC 5545, or plain words.
        cadence: (String),
        /// The day from which the cadence counts.
        from: (Day),
        /// The segments that it reaches.
        segments: [Id],
        /// The regions that it serves.
        regions: [String],
        /// The lines of business that it serves.
        lines: [String],
    }
}

impl Channel {
    /// A channel of one's own.
    #[must_use]
    pub fn owned() -> Self {
        Self::default().kind(ChannelKind::Owned)
    }

    /// A channel that is earned.
    #[must_use]
    pub fn earned() -> Self {
        Self::default().kind(ChannelKind::Earned)
    }

    /// A channel that is paid for.
    #[must_use]
    pub fn paid() -> Self {
        Self::default().kind(ChannelKind::Paid)
    }
}

part! {
    /// A stage of the lifecycle; written short, its name.
    Stage shape super::schema::short_text, {
        /// What it is called; default the id.
        name: (String),
        /// The KPI that measures it.
        metric: (Id),
        /// Who answers for it.
        owner: [Assignment],
        /// The moments worth marketing into.
        moments: [Moment],
    }
}

impl From<&str> for Stage {
    fn from(name: &str) -> Self {
        Self::default().name(name)
    }
}

part! {
    /// A moment worth marketing into; written short, its name.
    Moment requires [name] shape super::schema::short_text, {
        /// What it is called.
        name: (String),
        /// The channels that serve it.
        channels: [Id],
        /// The segments that live through it.
        segments: [Id],
    }
}

impl From<&str> for Moment {
    fn from(name: &str) -> Self {
        Self::default().name(name)
    }
}

part! {
    /// A piece of the library that the channels draw from.
    inheriting Asset {
        /// What it is called; default the id.
        name: (String),
        /// `asset` (default), `component` or `template`.
        kind: (AssetKind),
        /// Who answers for it.
        owner: [Assignment],
        /// The channels that use it.
        used_in: [Id],
        /// The assets that it is made of.
        made_of: [Id],
        /// The day on which it was made.
        made_on: (Day),
        /// The day on which it was last refreshed.
        refreshed_on: (Day),
        /// After how many months it is to be refreshed.
        life_months: (Whole<1200>),
        /// `durable` (default) or `disposable`.
        life: (AssetLife),
    }
}
