//! What cells say of a figure, and what must be said with it.

use std::ops::Range;

use super::cell::{Cell, Content};
use super::evaluate::{Asked, Figures, Raw, stretch};
use super::grid::{Column, Grid};
use super::observation::{Caveat, CaveatKind, Coverage};
use super::sketch;
use crate::base::calendar::{Grain, Span};
use crate::base::id::Id;
use crate::base::number::Number;
use crate::base::value::Value;
use crate::model::kpi::{Basis, Calculation, Definition, Missing, Take};

impl Figures {
    pub(super) fn told(&self, definition: &Definition, cell: Cell, coverage: Coverage) -> Raw {
        let calculation = &definition.calculation;
        let without = cell.without_number();
        let rows = cell.rows;
        let sketched = matches!(&cell.content, Content::Sketch(sketch) if sketch.is_estimate());
        let filled = definition.missing == Missing::Zero;
        let cell = if filled { cell.filled() } else { cell };
        let value = cell.value_with(calculation, if filled { without } else { 0 });
        let mut raw = Raw { value, rows, coverage, caveats: Vec::new(), open: None };
        if without > 0 && filled {
            let text = format!("{without} of {rows} rows have no number and count as zero by its definition");
            raw.caveats.push(Caveat { kind: CaveatKind::CountedAsZero, text });
        } else if without > 0 {
            let text = format!("{without} of {rows} rows have no number and add nothing");
            if matches!(calculation, Calculation::Sum { .. }) {
                // Missing stays missing: what is added up so far is not the sum.
                raw.open = Some(text);
            } else {
                raw.caveats.push(Caveat { kind: CaveatKind::MissingCells, text });
            }
        }
        let early = cell.early(calculation);
        if early > 0 {
            let text = format!("{early} of {rows} moved on before they entered");
            raw.caveats.push(Caveat { kind: CaveatKind::Early, text });
        }
        let untouched = cell.untouched();
        if untouched > 0 {
            let text = format!("{untouched} outcomes have no touch that could be credited, and are credited to nobody");
            raw.caveats.push(Caveat { kind: CaveatKind::Uncredited, text });
        }
        if matches!(calculation, Calculation::Distinct { approximate: true, .. }) {
            raw.caveats.push(Caveat { kind: CaveatKind::Approximate, text: sketch::caveat(sketched) });
        }
        raw
    }

    /// A balance adds up over members and not over time. Which days have rows is decided for all
    /// members together, so that the balances of members add up to that of all.
    #[allow(clippy::too_many_arguments, reason = "the whole question")]
    pub(super) fn balance(
        &self,
        definition: &Definition,
        take: Take,
        grid: &Grid,
        column: &Column,
        asked: &Asked,
        span: Span,
        member: u64,
        coverage: Coverage,
    ) -> Raw {
        let mut slices = self.slices(grid, span, asked);
        let busy = |slice: &usize| grid.cells(*slice).any(|position| column.holds(position));
        let (taken, days): (Range<usize>, u64) = match take {
            Take::First => slices.find(busy).map_or((0..0, 1), |slice| (slice..slice.saturating_add(1), 1)),
            Take::Last => slices.rfind(busy).map_or((0..0, 1), |slice| (slice..slice.saturating_add(1), 1)),
            Take::Mean => (slices.clone(), u64::try_from(slices.filter(busy).count()).unwrap_or(0)),
        };
        let day = grid.slices.firsts.get(taken.start).copied();
        let mut cell = Cell::default();
        for slice in taken {
            if let Some(position) = grid.find(slice, member) {
                column.fold(position, &mut cell);
            }
        }
        let filled = definition.missing == Missing::Zero;
        let value = match cell.sum().and_then(|sum| sum.divided_by(&Number::from(days))) {
            Some(balance) => Value::of(balance),
            None if cell.rows > 0 && filled => Value::of(Number::from(0)),
            None if cell.rows > 0 => Value::missing("no row has a number"),
            None => Value::missing(day.filter(|_| take != Take::Mean).map_or_else(
                || format!("there are no rows in {}", stretch(asked, span)),
                |day| format!("there are no rows of {day}, the {} day with rows", if take == Take::First { "first" } else { "last" }),
            )),
        };
        let mut raw = Raw { value, rows: cell.rows, coverage, caveats: Vec::new(), open: None };
        let without = cell.without_number();
        if without > 0 && filled {
            let text = format!("{without} of {} rows have no number and count as zero by its definition", cell.rows);
            raw.caveats.push(Caveat { kind: CaveatKind::CountedAsZero, text });
        } else if without > 0 {
            raw.open = Some(format!("{without} of {} rows have no number and add nothing", cell.rows));
        }
        raw
    }

    /// What outcomes that are recorded elsewhere, or later, do to a figure.
    pub(super) fn cohort_caveats(&self, definition: &Definition, sides: &[&Id], asked: &Asked, span: Span, raw: &mut Raw) {
        let recorded = |source: Option<&&Id>| source.and_then(|source| self.recorded.get(*source)?.span);
        match &definition.calculation {
            Calculation::Conversion { to, within_days, basis, .. } => {
                let Some(outcomes) = recorded(sides.last()) else { return };
                if span.first < outcomes.first {
                    let text = format!(
                        "left-truncated: `{to}` is recorded only from {}, after this cohort starts on {}; earlier outcomes are not in the data",
                        outcomes.first, span.first
                    );
                    raw.caveats.push(Caveat { kind: CaveatKind::LeftTruncated, text });
                }
                match (basis, within_days) {
                    (Basis::SamePeriod, _) if span.last > outcomes.last => {
                        raw.open = Some(format!("`{to}` is recorded until {}, before this period ends on {}", outcomes.last, span.last));
                    }
                    (Basis::SamePeriod, _) => {}
                    (Basis::SameCohort, None) if asked.period.grain != Grain::All => {
                        let text = "open-ended: without a window, older cohorts have had more time to convert than younger ones".to_owned();
                        raw.caveats.push(Caveat { kind: CaveatKind::OpenEnded, text });
                    }
                    (Basis::SameCohort, None) => {}
                    (Basis::SameCohort, Some(days)) => {
                        let closes = span.last.plus_days(i64::from(*days));
                        if closes > outcomes.last {
                            raw.open = Some(format!("the {days} days of this cohort end on {closes}; `{to}` is recorded until {}", outcomes.last));
                        }
                    }
                }
            }
            Calculation::Credit { touches, within_days, .. } => {
                let Some(recorded) = recorded(sides.last()) else { return };
                let reaches = within_days.map(|days| span.first.plus_days(-i64::from(days)));
                if let Some(reaches) = reaches.filter(|reaches| *reaches < recorded.first) {
                    let text = format!("left-truncated: the window reaches back to {reaches}; `{touches}` is recorded only from {}", recorded.first);
                    raw.caveats.push(Caveat { kind: CaveatKind::LeftTruncated, text });
                }
                if span.last > recorded.last {
                    raw.open = Some(format!("`{touches}` is recorded until {}, before this period ends on {}", recorded.last, span.last));
                }
            }
            _ => {}
        }
    }
}
