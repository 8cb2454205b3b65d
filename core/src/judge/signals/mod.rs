//! Signal or noise: process behaviour charts (XmR), after Wheeler and Shewhart.
//!
//! [`limits`] says how far a process moves by itself, [`place`] where a point lies among those
//! limits, [`rules`] which places in a row are no accident, [`course`] what is taken out first
//! where a trend or a season is expected, [`chart`] puts them together for every point, and
//! [`answers`] draws the two conclusions: does it change, and will it meet its target?
//!
//! A missing point is no zero. The sources assume a series without gaps; here a missing point lies
//! nowhere, has no moving range to either neighbour, breaks every run and takes its place among
//! "three of four": nothing that nobody saw is evidence for a signal.

pub(crate) mod answers;
pub(crate) mod chart;
pub(crate) mod course;
pub(crate) mod limits;
pub(crate) mod place;
#[cfg(test)]
mod published;
pub(crate) mod rules;
#[cfg(test)]
mod simulation;
#[cfg(test)]
mod tests;
