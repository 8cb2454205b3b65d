//! Lanes: machine integers that are worked out for a block of rows and added to their cells together.

use super::column::{GAP, HALF_GAP, Mantissas};
use super::pass::{BLOCK, Pass};
use super::table::Chunk;

/// Lanes that are folded together: one cache line.
pub(super) const TOGETHER: usize = 8;

/// What a lane adds, row by row.
pub(super) type Lane = [i64; BLOCK];

/// What a lane adds for each row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Adds {
    One,
    /// One where the number is present.
    Present(usize),
    Number(usize),
}

/// A lane: what it adds, and of which rows, by the position of a filter.
pub(super) type LanePlan = (Adds, Option<usize>);

/// Works out a lane of a block, or finds it in the column.
pub(super) fn lane<'c>(pass: &Pass<'_>, adds: Adds, mask: Option<&Lane>, chunk: &'c Chunk, start: usize, rows: usize, scratch: &mut Lane) -> Option<&'c Lane> {
    let measure = match adds {
        Adds::One => {
            match mask {
                Some(mask) => scratch.iter_mut().zip(mask).for_each(|(one, mask)| *one = 1 & mask),
                None => scratch.fill(1),
            }
            return None;
        }
        Adds::Present(measure) | Adds::Number(measure) => measure,
    };
    let column = chunk.numbers.get(measure)?;
    let factor = 10i64.checked_pow(pass.decimals(measure).saturating_sub(column.decimals)).unwrap_or(0);
    let counts = matches!(adds, Adds::Present(_));
    match &column.mantissas {
        Mantissas::Half(values) => {
            let values = values.get(start..start.saturating_add(rows)).unwrap_or_default();
            match (column.gaps, counts) {
                (true, true) => scratch.iter_mut().zip(values).for_each(|(out, value)| *out = i64::from(*value != HALF_GAP)),
                (true, false) => scratch.iter_mut().zip(values).for_each(|(out, value)| *out = if *value == HALF_GAP { 0 } else { i64::from(*value) }),
                (false, true) => scratch.fill(1),
                (false, false) => scratch.iter_mut().zip(values).for_each(|(out, value)| *out = i64::from(*value)),
            }
            scale_and_mask(scratch, if counts { 1 } else { factor }, mask);
        }
        Mantissas::Narrow(values) => {
            let values = values.get(start..start.saturating_add(rows)).unwrap_or_default();
            if !counts && mask.is_none() && !column.gaps && factor == 1 && rows == BLOCK {
                return values.first_chunk::<BLOCK>();
            }
            match (column.gaps, counts) {
                (true, true) => scratch.iter_mut().zip(values).for_each(|(out, value)| *out = i64::from(*value != GAP)),
                (true, false) => scratch.iter_mut().zip(values).for_each(|(out, value)| *out = if *value == GAP { 0 } else { *value }),
                (false, true) => scratch.fill(1),
                (false, false) => scratch.iter_mut().zip(values).for_each(|(out, value)| *out = *value),
            }
            scale_and_mask(scratch, if counts { 1 } else { factor }, mask);
        }
        // Only presence is counted in lanes here; the numbers are too wide.
        Mantissas::Wide(values) => {
            let values = values.get(start..start.saturating_add(rows)).unwrap_or_default();
            for (row, (out, value)) in scratch.iter_mut().zip(values).enumerate() {
                let kept = mask.and_then(|mask| mask.get(row)).is_none_or(|mask| *mask != 0);
                *out = i64::from(kept && *value != super::column::WIDE_GAP);
            }
        }
    }
    None
}

/// Each step over the whole block, so that the compiler can take several rows at once.
fn scale_and_mask(lane: &mut Lane, factor: i64, mask: Option<&Lane>) {
    if factor != 1 {
        lane.iter_mut().for_each(|value| *value = value.wrapping_mul(factor));
    }
    if let Some(mask) = mask {
        lane.iter_mut().zip(mask).for_each(|(value, mask)| *value &= mask);
    }
}

pub(super) fn scatter_group(sums: &mut [i64], index: &[u32; BLOCK], lanes: &[&Lane]) {
    match lanes {
        [a] => scatter(sums, index, [a]),
        [a, b] => scatter(sums, index, [a, b]),
        [a, b, c] => scatter(sums, index, [a, b, c]),
        [a, b, c, d] => scatter(sums, index, [a, b, c, d]),
        [a, b, c, d, e] => scatter(sums, index, [a, b, c, d, e]),
        [a, b, c, d, e, f] => scatter(sums, index, [a, b, c, d, e, f]),
        [a, b, c, d, e, f, g] => scatter(sums, index, [a, b, c, d, e, f, g]),
        [a, b, c, d, e, f, g, h] => scatter(sums, index, [a, b, c, d, e, f, g, h]),
        _ => {}
    }
}

/// Adds each row's lanes to its cell.
fn scatter<const WIDTH: usize>(sums: &mut [i64], index: &[u32; BLOCK], lanes: [&Lane; WIDTH]) {
    let (cells, _) = sums.as_chunks_mut::<WIDTH>();
    for (row, at) in index.iter().enumerate() {
        let Some(cell) = usize::try_from(*at).ok().and_then(|at| cells.get_mut(at)) else { continue };
        for (sum, lane) in cell.iter_mut().zip(lanes) {
            // Lanes are as long as the index; their sums cannot overflow, see `is_narrow`.
            *sum = sum.wrapping_add(lane.get(row).copied().unwrap_or(0));
        }
    }
}
