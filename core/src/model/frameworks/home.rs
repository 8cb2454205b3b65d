//! The canonical places of the model, to which the layers of every framework lead.

use serde::Serialize;

use crate::model::layers::BrandLayer;

/// A canonical place of the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(into = "&'static str")]
pub enum Home {
    /// A layer of the brand operating system.
    Brand(BrandLayer),
    /// The kernel: the decisions on positioning, ideal customer and messaging.
    Kernel,
    /// The segments.
    Audience,
    /// What flows in: figures, feedback, competitors.
    Inputs,
    /// The channels.
    Channels,
    /// The stages.
    Lifecycle,
    /// The assets.
    Content,
    /// KPIs tied to stages, with their reviews.
    Measurement,
    /// The tools.
    Operating,
    /// Lessons that refine the kernel.
    Feedback,
    /// The KPI set.
    Kpis,
    /// The live view of the KPIs against plan.
    Dashboard,
    /// The standing reviews.
    Reviews,
    /// The monthly written report.
    Report,
    /// The plan and its targets.
    Plan,
}

impl Home {
    /// The places, with the words a framework uses for them.
    pub const ALL: [(&'static str, Self); 20] = [
        ("brand.strategy", Self::Brand(BrandLayer::Strategy)),
        ("brand.identity", Self::Brand(BrandLayer::Identity)),
        ("brand.voice", Self::Brand(BrandLayer::Voice)),
        ("brand.application", Self::Brand(BrandLayer::Application)),
        ("brand.governance", Self::Brand(BrandLayer::Governance)),
        ("brand.operating", Self::Brand(BrandLayer::Operating)),
        ("kernel", Self::Kernel),
        ("audience", Self::Audience),
        ("inputs", Self::Inputs),
        ("channels", Self::Channels),
        ("lifecycle", Self::Lifecycle),
        ("content", Self::Content),
        ("measurement", Self::Measurement),
        ("operating", Self::Operating),
        ("feedback", Self::Feedback),
        ("kpis", Self::Kpis),
        ("dashboard", Self::Dashboard),
        ("reviews", Self::Reviews),
        ("report", Self::Report),
        ("plan", Self::Plan),
    ];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, home)| *home == self).map_or("", |(word, _)| word)
    }
}

impl From<Home> for &'static str {
    fn from(home: Home) -> Self {
        home.word()
    }
}
