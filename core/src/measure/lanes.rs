//! Lanes: machine integers, one for each row of a block, that are added to their cells together.

use super::column::{GAP, HALF_GAP, Mantissas};
use super::pass::{BLOCK, Pass};
use super::table::Chunk;

/// Lanes that are added together: one cache line of a cell.
pub(super) const TOGETHER: usize = 8;
/// With more cells than these, each lane is added by itself: then its sums need not be taken
/// apart afterwards, which costs more than it saves.
pub(super) const MANY: usize = 1 << 20;

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

/// A lane: what it adds, and of which rows, by the position of a condition.
pub(super) type LanePlan = (Adds, Option<usize>);

/// Where the numbers of a lane are.
#[derive(Clone, Copy)]
enum Source<'c> {
    /// One for each row.
    Ones,
    /// In the column.
    Half(&'c [i32; BLOCK]),
    Narrow(&'c Lane),
    /// They are worked out.
    Scratch,
}

/// The sums of lanes that are added together, cell by cell.
pub(super) struct Group {
    pub(super) lanes: Vec<LanePlan>,
    /// For each cell, and for the rows that do not count, one sum a lane.
    sums: Vec<i64>,
    scratch: Vec<Box<Lane>>,
}

impl Group {
    /// At most [`TOGETHER`] lanes over so many cells.
    pub(super) fn new(lanes: &[LanePlan], cells: usize) -> Self {
        let room = cells.saturating_add(1).saturating_mul(lanes.len());
        Self { lanes: lanes.to_vec(), sums: vec![0; room], scratch: lanes.iter().map(|_| Box::new([0; BLOCK])).collect() }
    }

    /// The sums of a lane, cell by cell.
    pub(super) fn sums(&self, lane: usize) -> impl Iterator<Item = &i64> {
        self.sums.iter().skip(lane).step_by(self.lanes.len().max(1))
    }

    /// The sums of every lane, cell by cell; read once, since there may be many.
    pub(super) fn columns(mut self, cells: usize) -> Vec<Vec<i64>> {
        if self.lanes.len() == 1 {
            self.sums.truncate(cells);
            return vec![self.sums];
        }
        let mut columns: Vec<Vec<i64>> = self.lanes.iter().map(|_| Vec::with_capacity(cells)).collect();
        for cell in self.sums.chunks_exact(self.lanes.len().max(1)).take(cells) {
            columns.iter_mut().zip(cell).for_each(|(column, sum)| column.push(*sum));
        }
        columns
    }

    /// Adds the rows of a block to their cells.
    pub(super) fn fold(&mut self, pass: &Pass<'_>, masks: &[Box<Lane>], chunk: &Chunk, start: usize, rows: usize, index: &[u32; BLOCK]) {
        let mut sources = [Source::Scratch; TOGETHER];
        for ((source, (adds, filter)), scratch) in sources.iter_mut().zip(&self.lanes).zip(&mut self.scratch) {
            let mask = filter.and_then(|filter| masks.get(filter)).map(AsRef::as_ref);
            *source = lane(pass, *adds, mask, chunk, start, rows, scratch);
        }
        let sources = sources.get(..self.lanes.len()).unwrap_or_default();
        // Mostly one lane counts rows and the others are columns of half the width.
        if let Some((Source::Ones, rest)) = sources.split_first() {
            let mut halves = [&[0; BLOCK]; TOGETHER];
            let mut found = 0usize;
            for (half, source) in halves.iter_mut().zip(rest) {
                let Source::Half(values) = source else { break };
                *half = values;
                found = found.saturating_add(1);
            }
            if found == rest.len() {
                return count_and_add_group(&mut self.sums, index, halves.get(..found).unwrap_or_default());
            }
        }
        for (source, scratch) in sources.iter().zip(&mut self.scratch) {
            match source {
                Source::Ones => scratch.fill(1),
                Source::Half(values) => scratch.iter_mut().zip(*values).for_each(|(out, value)| *out = i64::from(*value)),
                Source::Narrow(_) | Source::Scratch => {}
            }
        }
        let mut lanes: [&Lane; TOGETHER] = [&[0; BLOCK]; TOGETHER];
        for ((lane, source), scratch) in lanes.iter_mut().zip(sources).zip(&self.scratch) {
            *lane = if let Source::Narrow(values) = source { values } else { scratch };
        }
        add_group(&mut self.sums, index, lanes.get(..sources.len()).unwrap_or_default());
    }
}

/// Works out a lane of a block, or finds it in the column.
fn lane<'c>(pass: &Pass<'_>, adds: Adds, mask: Option<&Lane>, chunk: &'c Chunk, start: usize, rows: usize, scratch: &mut Lane) -> Source<'c> {
    let measure = match adds {
        Adds::One => {
            let Some(mask) = mask else { return Source::Ones };
            scratch.iter_mut().zip(mask).for_each(|(one, mask)| *one = 1 & mask);
            return Source::Scratch;
        }
        Adds::Present(measure) | Adds::Number(measure) => measure,
    };
    let Some(column) = chunk.numbers.get(measure) else { return Source::Scratch };
    let factor = 10i64.checked_pow(pass.decimals(measure).saturating_sub(column.decimals)).unwrap_or(0);
    let counts = matches!(adds, Adds::Present(_));
    if counts && !column.gaps && mask.is_none() {
        return Source::Ones;
    }
    let as_it_is = !counts && mask.is_none() && !column.gaps && factor == 1;
    match &column.mantissas {
        Mantissas::Half(values) => {
            let values = values.get(start..start.saturating_add(rows)).unwrap_or_default();
            if let (true, Some(values)) = (as_it_is, values.as_array()) {
                return Source::Half(values);
            }
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
            if let (true, Some(values)) = (as_it_is, values.as_array()) {
                return Source::Narrow(values);
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
    Source::Scratch
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

fn count_and_add_group(sums: &mut [i64], index: &[u32; BLOCK], halves: &[&[i32; BLOCK]]) {
    match halves {
        [] => count_and_add::<0, 1>(sums, index, []),
        [a] => count_and_add::<1, 2>(sums, index, [a]),
        [a, b] => count_and_add::<2, 3>(sums, index, [a, b]),
        [a, b, c] => count_and_add::<3, 4>(sums, index, [a, b, c]),
        [a, b, c, d] => count_and_add::<4, 5>(sums, index, [a, b, c, d]),
        [a, b, c, d, e] => count_and_add::<5, 6>(sums, index, [a, b, c, d, e]),
        [a, b, c, d, e, f] => count_and_add::<6, 7>(sums, index, [a, b, c, d, e, f]),
        [a, b, c, d, e, f, g] => count_and_add::<7, 8>(sums, index, [a, b, c, d, e, f, g]),
        _ => {}
    }
}

fn add_group(sums: &mut [i64], index: &[u32; BLOCK], lanes: &[&Lane]) {
    match lanes {
        [a] => add(sums, index, [a]),
        [a, b] => add(sums, index, [a, b]),
        [a, b, c] => add(sums, index, [a, b, c]),
        [a, b, c, d] => add(sums, index, [a, b, c, d]),
        [a, b, c, d, e] => add(sums, index, [a, b, c, d, e]),
        [a, b, c, d, e, f] => add(sums, index, [a, b, c, d, e, f]),
        [a, b, c, d, e, f, g] => add(sums, index, [a, b, c, d, e, f, g]),
        [a, b, c, d, e, f, g, h] => add(sums, index, [a, b, c, d, e, f, g, h]),
        _ => {}
    }
}

/// Adds one and each row's lanes to its cell; `CELL` is one more than `WIDTH`.
fn count_and_add<const WIDTH: usize, const CELL: usize>(sums: &mut [i64], index: &[u32; BLOCK], lanes: [&[i32; BLOCK]; WIDTH]) {
    let (cells, _) = sums.as_chunks_mut::<CELL>();
    for (row, at) in index.iter().enumerate() {
        let Some((rows, sums)) = usize::try_from(*at).ok().and_then(|at| cells.get_mut(at)?.split_first_mut()) else { continue };
        *rows = rows.wrapping_add(1);
        for (sum, lane) in sums.iter_mut().zip(lanes) {
            *sum = sum.wrapping_add(i64::from(lane.get(row).copied().unwrap_or(0)));
        }
    }
}

/// Adds each row's lanes to its cell.
fn add<const WIDTH: usize>(sums: &mut [i64], index: &[u32; BLOCK], lanes: [&Lane; WIDTH]) {
    let (cells, _) = sums.as_chunks_mut::<WIDTH>();
    for (row, at) in index.iter().enumerate() {
        let Some(cell) = usize::try_from(*at).ok().and_then(|at| cells.get_mut(at)) else { continue };
        for (sum, lane) in cell.iter_mut().zip(lanes) {
            // Lanes are as long as the index; their sums cannot overflow, see `is_narrow`.
            *sum = sum.wrapping_add(lane.get(row).copied().unwrap_or(0));
        }
    }
}
