//! The published frameworks (domain D2, D4). One more is one more row.

use super::{Framework, FrameworkLayer, Home};
use crate::base::finding::Origin;
use crate::base::id::Id;
use crate::model::layers::BrandLayer;

/// A layer: id, name, what it holds, homes.
type Row = (&'static str, &'static str, &'static str, &'static [Home]);

const BRAND: [Row; 6] = [
    ("strategy", "Strategy", "what the brand believes, for whom, against whom", &[Home::Brand(BrandLayer::Strategy), Home::Kernel]),
    ("identity", "Identity", "how it looks", &[Home::Brand(BrandLayer::Identity)]),
    ("voice", "Voice", "how it speaks", &[Home::Brand(BrandLayer::Voice)]),
    ("application", "Application", "how identity and voice are applied", &[Home::Brand(BrandLayer::Application)]),
    ("governance", "Governance", "who may change what", &[Home::Brand(BrandLayer::Governance)]),
    ("operating", "Operating layer", "the tools used every day to run it", &[Home::Brand(BrandLayer::Operating)]),
];

const MARKETING: [Row; 6] = [
    ("audience", "Audience", "segments: how defined, where they live, what they care about", &[Home::Audience]),
    ("channels", "Channels", "owned, earned and paid surfaces, each with a named owner and a published cadence", &[Home::Channels]),
    ("lifecycle", "Lifecycle", "the stages a customer moves through and the moments worth marketing into", &[Home::Lifecycle]),
    ("content", "Content", "the asset library the channels draw from, built of components and templates", &[Home::Content]),
    ("measurement", "Measurement", "named metrics tied to lifecycle stages, with a published cadence and a review path", &[Home::Measurement]),
    ("operating", "Operating layer", "the tools used every day to run the system rather than describe it", &[Home::Operating]),
];

const COMPARISON: [Row; 5] = [
    ("audience_and_segmentation", "Audience and segmentation", "", &[Home::Audience]),
    ("channels_and_surfaces", "Channels and surfaces", "", &[Home::Channels]),
    ("content_production", "Content production and creative ops", "", &[Home::Content]),
    ("attribution_and_measurement", "Attribution and measurement", "", &[Home::Measurement]),
    ("lifecycle_and_retention", "Lifecycle and retention", "", &[Home::Lifecycle]),
];

const KERNEL: [Row; 5] = [
    (
        "strategic_kernel",
        "Strategic kernel",
        "positioning, ideal customer profile, messaging architecture",
        &[Home::Kernel, Home::Brand(BrandLayer::Strategy), Home::Brand(BrandLayer::Voice), Home::Audience],
    ),
    (
        "input_and_intelligence",
        "Input and intelligence gathering",
        "quantitative data, customer feedback, competitive analysis, flowing continuously",
        &[Home::Inputs, Home::Audience],
    ),
    ("asset_production", "Asset production and management", "a durable library, on a rhythm", &[Home::Content]),
    ("distribution_networks", "Distribution networks", "always-on owned, earned, paid", &[Home::Channels]),
    ("feedback_and_optimisation", "Feedback and optimisation loops", "outcomes refine the kernel itself", &[Home::Measurement, Home::Feedback]),
];

const COMPONENTS: [Row; 5] = [
    ("kpi_set", "KPI set", "a short list of measured metrics, each with a target and an owner", &[Home::Kpis]),
    ("dashboard", "Dashboard", "the live view of those KPIs against plan", &[Home::Dashboard]),
    ("review_cadence", "Review cadence", "standing meetings against the dashboard at each level", &[Home::Reviews]),
    ("monthly_report", "Monthly written report", "a short narrative built from the dashboard, for the executive", &[Home::Report]),
    ("plan_and_budget", "Plan and budget", "what the dashboard is measured against", &[Home::Plan]),
];

const FRAMEWORKS: [(&str, &str, &str, &[Row]); 5] = [
    ("brand", "Brand operating system", "", &BRAND),
    ("marketing", "Marketing operating system", "brand", &MARKETING),
    ("five_layer_comparison", "Five-layer comparison", "", &COMPARISON),
    ("five_layer_kernel", "Five-layer kernel", "", &KERNEL),
    ("five_components", "Five components of a running system", "", &COMPONENTS),
];

/// The published frameworks: the two canonical lists of layers, and the lenses on them.
///
/// ```
/// let ids: Vec<_> = marketingos::frameworks::standard().map(|framework| framework.id.to_string()).collect();
/// assert_eq!(ids, ["brand", "marketing", "five_layer_comparison", "five_layer_kernel", "five_components"]);
/// ```
pub fn standard() -> impl Iterator<Item = Framework> {
    FRAMEWORKS.iter().filter_map(|(id, name, parent, rows)| {
        let layer = |(id, name, holds, homes): &Row| {
            Some(FrameworkLayer { id: Id::new(id)?, name: (*name).to_owned(), holds: (*holds).to_owned(), homes: homes.to_vec() })
        };
        let layers = rows.iter().filter_map(layer).collect();
        Some(Framework { id: Id::new(id)?, origin: Origin::default(), name: (*name).to_owned(), parent: Id::new(parent), layers })
    })
}

/// The ids of the published frameworks.
pub(crate) const IDS: [&str; 5] = ["brand", "marketing", "five_layer_comparison", "five_layer_kernel", "five_components"];
