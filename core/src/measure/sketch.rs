//! Sketches: about how many different members there are, in little room.
//!
//! A theta sketch (<https://datasketches.apache.org/docs/Theta/ThetaSketches.html>) keeps the
//! members with the smallest hashes, and of these always the same number, so that what it holds
//! depends on which members there are and not on their order or on how they were divided. Hashes
//! and bytes are those of the other Apache DataSketches libraries.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use datasketches::hash::value::raw_bytes::from_str;
use datasketches::theta::{CompactThetaSketch, ThetaSketchBuilder, ThetaUnionBuilder};

use crate::base::number::Number;

/// The members that are kept: 2 to this power.
const LG_KEPT: u8 = 12;
const KEPT: usize = 1 << LG_KEPT;
/// All hashes are below this.
const LARGEST: u64 = i64::MAX.cast_unsigned();

/// A sketch of some members; `None` is one of no members.
#[derive(Clone, Debug, Default)]
pub(super) struct Sketch(Option<CompactThetaSketch>);

impl PartialEq for Sketch {
    fn eq(&self, other: &Self) -> bool {
        self.bytes() == other.bytes()
    }
}

impl Eq for Sketch {}

impl Sketch {
    /// The sketch of members, given any number of times.
    pub(super) fn of<'a>(members: impl IntoIterator<Item = &'a str>) -> Self {
        // Building fails on sizes out of range only.
        let Ok(mut sketch) = ThetaSketchBuilder::default().lg_k(LG_KEPT).build() else { return Self::default() };
        members.into_iter().for_each(|member| sketch.update(from_str(member)));
        sketch.trim();
        Self::some(sketch.compact(true))
    }

    fn some(sketch: CompactThetaSketch) -> Self {
        Self((!sketch.is_empty()).then_some(sketch))
    }

    /// Adds the members of another.
    pub(super) fn union(&mut self, other: &Self) {
        let Ok(mut union) = ThetaUnionBuilder::default().lg_k(LG_KEPT).build() else { return };
        // It fails on sketches of another seed only, and all have the default one.
        let both = [&*self, other].into_iter().filter_map(|sketch| sketch.0.as_ref()).all(|sketch| union.update(sketch).is_ok());
        if both {
            *self = Self::some(union.to_sketch(true));
        }
    }

    /// Whether there are more members than are kept.
    pub(super) fn is_estimate(&self) -> bool {
        self.0.as_ref().is_some_and(CompactThetaSketch::is_estimation_mode)
    }

    /// About how many members there are; exactly, up to as many as are kept.
    pub(super) fn estimate(&self) -> Number {
        let Some(sketch) = &self.0 else { return Number::from(0) };
        if !sketch.is_estimation_mode() {
            return Number::from(sketch.num_retained());
        }
        // Kept ÷ the share of hashes that are, to the nearest whole: in integers, which no host
        // rounds differently. They stay below 2^80.
        let (kept, theta) = (i128::try_from(sketch.num_retained()).unwrap_or(0), i128::from(sketch.theta64()));
        let doubled = kept.saturating_mul(i128::from(LARGEST)).saturating_mul(2).saturating_add(theta);
        Number::from_parts(doubled.checked_div(theta.saturating_mul(2)).unwrap_or(0), 0)
    }

    fn bytes(&self) -> Vec<u8> {
        self.0.as_ref().map(CompactThetaSketch::serialize).unwrap_or_default()
    }

    /// The bytes that other DataSketches libraries read, in Base64; empty without members.
    pub(super) fn to_text(&self) -> String {
        STANDARD.encode(self.bytes())
    }

    /// Reads what [`Sketch::to_text`] writes, and nothing else.
    pub(super) fn from_text(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::default());
        }
        let bytes = STANDARD.decode(text).ok().filter(|bytes| bytes.len() <= KEPT.saturating_add(8).saturating_mul(8))?;
        let sketch = Self(Some(CompactThetaSketch::deserialize(&bytes).ok()?));
        let hashes: Vec<u64> = sketch.0.iter().flat_map(CompactThetaSketch::iter).map(|entry| entry.hash()).collect();
        let theta = sketch.0.as_ref().map_or(0, CompactThetaSketch::theta64);
        let full = !sketch.is_estimate() || hashes.len() == KEPT;
        let fits = full && hashes.len() <= KEPT && hashes.is_sorted_by(|left, right| left < right) && hashes.iter().all(|hash| (1..theta).contains(hash));
        (fits && sketch.bytes() == bytes && sketch.0.as_ref().is_some_and(|sketch| !sketch.is_empty())).then_some(sketch)
    }
}

/// What a reader of the count must know.
pub(super) fn caveat(is_estimate: bool) -> String {
    if is_estimate {
        // The relative standard error is 1 ÷ √(kept − 2) = 1.56 %.
        format!("an estimate by a sketch that keeps {KEPT}: 95 of 100 such estimates are within 3.2 % of the exact number")
    } else {
        format!("counted by a sketch, which is exact up to {KEPT}")
    }
}

#[cfg(test)]
mod tests {
    use super::Sketch;
    use proptest::prelude::*;

    fn sketch(members: &[u32]) -> Sketch {
        let texts: Vec<String> = members.iter().map(u32::to_string).collect();
        Sketch::of(texts.iter().map(String::as_str))
    }

    #[test]
    fn few_are_counted_and_many_are_estimated() {
        let few = sketch(&(0..4_096).collect::<Vec<_>>());
        assert_eq!((few.estimate().to_string().as_str(), few.is_estimate()), ("4096", false));
        let many = sketch(&(0..100_000).collect::<Vec<_>>());
        let estimate: i64 = many.estimate().to_string().parse().unwrap();
        // Two standard errors are 3.2 %.
        assert!(many.is_estimate() && (96_800..103_200).contains(&estimate), "{estimate}");
        assert_eq!(sketch(&[]).estimate().to_string(), "0");
    }

    #[test]
    fn a_sketch_that_keeps_fewer_is_none() {
        let mut smaller = super::ThetaSketchBuilder::default().lg_k(10).build().unwrap();
        (0..5_000).for_each(|member: u32| smaller.update(super::from_str(&member.to_string())));
        smaller.trim();
        let text = Sketch(Some(smaller.compact(true))).to_text();
        assert_eq!(Sketch::from_text(&text), None);
    }

    #[test]
    fn estimates_are_the_nearest_whole_numbers() {
        for members in [4_097u32, 5_000, 6_001, 7_777, 9_000, 12_345, 20_000, 33_333] {
            let sketch = sketch(&(0..members).collect::<Vec<_>>());
            let compact = sketch.0.as_ref().unwrap();
            let (kept, theta) = (compact.num_retained() as i128 * i128::from(super::LARGEST), i128::from(compact.theta64()));
            let estimate: i128 = sketch.estimate().to_string().parse().unwrap();
            assert!(2 * (estimate * theta - kept).abs() <= theta, "{members}: {estimate}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn a_sketch_depends_on_the_members_alone(start in 0u32..1_000_000, count in 0u32..14_000, cuts in prop::collection::vec(0u32..14_000, 0..5), turned in any::<bool>()) {
            let members: Vec<u32> = (start..start + count).collect();
            let whole = sketch(&members);
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| (cut as usize).min(members.len())).chain([0, members.len()]).collect();
            cuts.sort_unstable();
            // Parts overlap, and come from the last to the first as well.
            let mut parts: Vec<Sketch> = cuts.windows(2).map(|cut| sketch(&members[cut[0].saturating_sub(500)..cut[1]])).collect();
            if turned {
                parts.reverse();
            }
            let mut union = Sketch::default();
            parts.iter().for_each(|part| union.union(part));
            prop_assert_eq!(union.to_text(), whole.to_text());
            prop_assert_eq!(Sketch::from_text(&whole.to_text()), Some(whole));
        }

        #[test]
        fn what_is_no_sketch_is_none(bytes in prop::collection::vec(any::<u8>(), 1..200), flip in 0usize..800, with in 1u8..=255) {
            use base64::Engine;
            let engine = base64::engine::general_purpose::STANDARD;
            let read = |bytes: &[u8]| Sketch::from_text(&engine.encode(bytes));
            prop_assert!(read(&bytes).is_none_or(|sketch| engine.decode(sketch.to_text()).unwrap() == bytes));
            let mut changed = engine.decode(sketch(&(0..90).collect::<Vec<_>>()).to_text()).unwrap();
            let at = flip % changed.len();
            changed[at] ^= with;
            prop_assert!(read(&changed).is_none_or(|sketch| engine.decode(sketch.to_text()).unwrap() == changed));
        }
    }
}
