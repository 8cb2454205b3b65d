//! Grids: the cells of one source, by slice and member, column by column.

use std::sync::Arc;

use super::cell::{Cell, Content, Sort};
use super::slices::Slices;
use super::total::Total;

/// Cells of several aggregates over the same slices and members. Only those that hold rows are
/// there, ordered by slice and, within one, by member.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    pub(super) slices: Slices,
    /// Where the cells of each slice start, and where the last one's end.
    pub(super) starts: Vec<usize>,
    /// The combination of members of each cell.
    pub(super) members: Vec<u64>,
    /// One for each aggregate.
    pub(super) columns: Vec<Column>,
}

/// The accumulators of one aggregate.
#[derive(Clone, Debug)]
pub(super) enum Column {
    Rows(Arc<Vec<u64>>),
    Sum { rows: Arc<Vec<u64>>, present: Arc<Vec<u64>>, totals: Totals, decimals: u32 },
    Other(Vec<Arc<Cell>>),
}

/// Sums at one scale, as narrow as they allow.
#[derive(Clone, Debug)]
pub(super) enum Totals {
    Narrow(Arc<Vec<i64>>),
    Wide(Vec<Total>),
}

impl Totals {
    pub(super) fn at(&self, position: usize) -> Total {
        match self {
            Self::Narrow(totals) => totals.get(position).map_or_else(Total::default, |total| Total::of(i128::from(*total))),
            Self::Wide(totals) => totals.get(position).cloned().unwrap_or_default(),
        }
    }
}

impl Column {
    pub(super) fn rows(&self, position: usize) -> u64 {
        match self {
            Self::Rows(rows) | Self::Sum { rows, .. } => rows.get(position).copied().unwrap_or(0),
            Self::Other(cells) => cells.get(position).map_or(0, |cell| cell.rows),
        }
    }

    /// Whether the cell at a position holds anything.
    pub(super) fn holds(&self, position: usize) -> bool {
        match self {
            Self::Other(cells) => cells.get(position).is_some_and(|cell| !cell.is_empty()),
            _ => self.rows(position) > 0,
        }
    }

    /// The cell at a position.
    pub(super) fn cell(&self, position: usize) -> Arc<Cell> {
        match self {
            Self::Other(cells) => cells.get(position).cloned().unwrap_or_default(),
            _ => {
                let mut cell = Cell::default();
                self.fold(position, &mut cell);
                Arc::new(cell)
            }
        }
    }

    /// Adds the cell at a position to another.
    pub(super) fn fold(&self, position: usize, into: &mut Cell) {
        match self {
            Self::Rows(_) => into.merge(&Cell { rows: self.rows(position), content: Content::Rows }),
            Self::Sum { present, totals, decimals, .. } => {
                let rows = self.rows(position);
                if rows > 0 {
                    let present = present.get(position).copied().unwrap_or(0);
                    into.merge(&Cell { rows, content: Content::Sum { total: totals.at(position), decimals: *decimals, present } });
                }
            }
            Self::Other(cells) => {
                if let Some(cell) = cells.get(position).filter(|cell| !cell.is_empty()) {
                    into.merge(cell);
                }
            }
        }
    }

    /// The column of other cells: each is made of those at some positions of some columns of this
    /// kind.
    fn gathered(columns: &[&Self], groups: &[Vec<(usize, usize)>]) -> Self {
        let cells = groups.iter().map(|group| {
            if let [(part, position)] = group.as_slice()
                && let Some(Self::Other(cells)) = columns.get(*part)
                && let Some(cell) = cells.get(*position)
            {
                return Arc::clone(cell);
            }
            let mut merged = Cell::default();
            group
                .iter()
                .filter_map(|(part, position)| Some((columns.get(*part)?, position)))
                .for_each(|(column, position)| column.fold(*position, &mut merged));
            Arc::new(merged)
        });
        match columns.first() {
            Some(Self::Rows(_)) => Self::Rows(Arc::new(cells.map(|cell| cell.rows).collect())),
            Some(Self::Sum { .. }) => sums(&cells.collect::<Vec<_>>()),
            _ => Self::Other(cells.collect()),
        }
    }
}

/// A column of sums, at the largest of the scales that the cells have.
fn sums(cells: &[Arc<Cell>]) -> Column {
    let scale = cells.iter().filter_map(|cell| if let Content::Sum { decimals, .. } = &cell.content { Some(*decimals) } else { None }).max().unwrap_or(0);
    let mut present = Vec::with_capacity(cells.len());
    let mut totals = Vec::with_capacity(cells.len());
    for cell in cells {
        let (mut total, mut decimals) = (Total::default(), scale);
        let mut filled = 0;
        if let Content::Sum { total: sum, decimals: own, present } = &cell.content {
            total.merge(&mut decimals, sum, *own);
            filled = *present;
        }
        present.push(filled);
        totals.push(total);
    }
    let narrow: Option<Vec<i64>> = totals.iter().map(|total| total.small().and_then(|total| i64::try_from(total).ok())).collect();
    let rows = cells.iter().map(|cell| cell.rows).collect();
    Column::Sum {
        rows: Arc::new(rows),
        present: Arc::new(present),
        totals: narrow.map_or(Totals::Wide(totals), |narrow| Totals::Narrow(Arc::new(narrow))),
        decimals: scale,
    }
}

impl Column {
    /// A column of cells that were folded one by one.
    pub(super) fn of_cells(kind: Sort, cells: Vec<Arc<Cell>>) -> Self {
        match kind {
            Sort::Rows => Self::Rows(Arc::new(cells.iter().map(|cell| cell.rows).collect())),
            Sort::Sum => sums(&cells),
            _ => Self::Other(cells),
        }
    }
}

impl Grid {
    /// A grid of one aggregate whose cells were folded one by one, given by slice and member.
    pub(super) fn of_cells(slices: Slices, cells: impl IntoIterator<Item = ((usize, u64), Cell)>) -> Self {
        Self::of_columns(slices, &[Sort::Values], cells.into_iter().map(|(key, cell)| (key, vec![cell])))
    }

    /// A grid of several such aggregates, whose cells hold what `sorts` say.
    pub(super) fn of_columns(slices: Slices, sorts: &[Sort], cells: impl IntoIterator<Item = ((usize, u64), Vec<Cell>)>) -> Self {
        let mut grid = Self { starts: Vec::with_capacity(slices.len().saturating_add(1)), slices, ..Self::default() };
        let mut columns: Vec<Vec<Arc<Cell>>> = vec![Vec::new(); sorts.len()];
        for ((slice, member), cells) in cells {
            while grid.starts.len() <= slice {
                grid.starts.push(grid.members.len());
            }
            grid.members.push(member);
            columns.iter_mut().zip(cells).for_each(|(column, cell)| column.push(Arc::new(cell)));
        }
        grid.columns = sorts.iter().zip(columns).map(|(sort, cells)| Column::of_cells(*sort, cells)).collect();
        grid.close();
        grid
    }

    /// Lets the slices that hold nothing end where they start.
    pub(super) fn close(&mut self) {
        self.starts.resize(self.slices.len().saturating_add(1), self.members.len());
    }

    /// The positions of a slice's cells.
    pub(super) fn cells(&self, slice: usize) -> std::ops::Range<usize> {
        let start = |slice: usize| self.starts.get(slice).copied().unwrap_or(self.members.len());
        start(slice)..start(slice.saturating_add(1))
    }

    /// The position of a member's cell in a slice.
    pub(super) fn find(&self, slice: usize, member: u64) -> Option<usize> {
        let cells = self.cells(slice);
        let start = cells.start;
        let within = self.members.get(cells)?.binary_search(&member).ok()?;
        start.checked_add(within)
    }

    /// This grid with the cells of newer rows; most of them are of slices that it does not have.
    pub(super) fn extended(&self, new: &Self) -> Self {
        if self.columns.is_empty() {
            return new.clone();
        }
        Self::merged(&[self, new], self.slices.union(&new.slices), &|_, member| member)
    }

    /// The grid of all cells of several grids with the same aggregates, over given slices, each
    /// of which is made of whole slices of the parts; members are told by `member`.
    pub(super) fn merged(parts: &[&Self], slices: Slices, member: &dyn Fn(usize, u64) -> u64) -> Self {
        let mut keys: Vec<(usize, u64, usize, usize)> = Vec::new();
        for (part, grid) in parts.iter().enumerate() {
            for (slice, first) in grid.slices.firsts.iter().enumerate() {
                let target = slices.position(*first).unwrap_or(0);
                let cells = grid.cells(slice);
                let start = cells.start;
                let members = grid.members.get(cells).unwrap_or_default();
                keys.extend(members.iter().enumerate().map(|(at, code)| (target, member(part, *code), part, start.saturating_add(at))));
            }
        }
        keys.sort_unstable();
        let mut grid = Self { slices, ..Self::default() };
        let mut groups: Vec<Vec<(usize, usize)>> = Vec::new();
        let mut last = None;
        for (slice, member, part, position) in keys {
            if last != Some((slice, member)) {
                while grid.starts.len() <= slice {
                    grid.starts.push(grid.members.len());
                }
                grid.members.push(member);
                groups.push(Vec::new());
                last = Some((slice, member));
            }
            if let Some(group) = groups.last_mut() {
                group.push((part, position));
            }
        }
        grid.close();
        let width = parts.first().map_or(0, |grid| grid.columns.len());
        let column = |at: usize| {
            let columns: Vec<&Column> = parts.iter().filter_map(|grid| grid.columns.get(at)).collect();
            Column::gathered(&columns, &groups)
        };
        grid.columns = (0..width).map(column).collect();
        grid
    }
}
