//! Figures from facts: each value with the rows and days that it rests on.

use std::collections::BTreeMap;

use super::cell::Cell;
use super::facts::Facts;
use super::observation::{Caveat, CaveatKind, Coverage, Member, Observation};
use super::table::Recorded;
use crate::base::calendar::{Grain, Period, Span};
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::id::Id;
use crate::base::number::Number;
use crate::base::value::Value;
use crate::model::System;
use crate::model::kpi::{Calculation, Definition};

/// The first day of the period, and the members.
pub(super) type Key = (Date, Member);
pub(super) type Cells = BTreeMap<Key, Cell>;

/// A value before the declared minimum of coverage is applied.
#[derive(Clone, Debug)]
struct Raw {
    value: Value,
    rows: u64,
    coverage: Coverage,
    caveats: Vec<Caveat>,
    /// Why the value can still change although its period is over.
    open: Option<String>,
}

/// Facts as known at a date, ready to be asked.
pub(crate) struct Evaluation<'a> {
    pub(super) system: &'a System,
    pub(super) facts: &'a Facts,
    pub(super) as_of: Date,
    recorded: BTreeMap<&'a Id, Recorded>,
}

impl<'a> Evaluation<'a> {
    pub(crate) fn new(system: &'a System, facts: &'a Facts, as_of: Date) -> Self {
        let recorded = system.sources().iter().filter_map(|source| {
            let table = facts.table(source)?;
            Some((&source.id, Recorded::of(&table.days(), source, as_of)))
        });
        Self { system, facts, as_of, recorded: recorded.collect() }
    }

    /// The figure in every period that its facts reach, by period and then by member.
    pub(crate) fn observe(&self, definition: &Definition, least: &Number, grain: Grain, by: &[Id]) -> Result<Vec<Observation>, Error> {
        let question = Question::new(self, definition, grain, by)?;
        let mut observations = Vec::new();
        for period in question.periods() {
            for member in question.members(&period) {
                let raw = question.raw(&definition.id, &period, &member, &mut BTreeMap::new());
                observations.push(self.finish(raw, least, period.clone(), member));
            }
        }
        Ok(observations)
    }

    /// Applies the declared minimum of coverage.
    fn finish(&self, raw: Raw, least: &Number, period: Period, member: Member) -> Observation {
        let running = period.grain != Grain::All && period.last > self.as_of;
        let Raw { value, rows, coverage, mut caveats, open } = raw;
        let value = match value {
            Value::Value { value: so_far } => {
                let covered = format!("{} of {} days are covered", coverage.days, coverage.of);
                if running {
                    Value::Incomplete { cause: format!("the period ends on {}; {covered}", period.last), so_far }
                } else if let Some(cause) = open {
                    Value::Incomplete { cause, so_far }
                } else if coverage.reaches(least) {
                    if !coverage.is_full() {
                        caveats.push(Caveat { kind: CaveatKind::PartlyCovered, text: covered });
                    }
                    Value::of(so_far)
                } else {
                    Value::Incomplete { cause: covered, so_far }
                }
            }
            reason => reason,
        };
        Observation { period, member, value, rows, coverage, caveats }
    }

    pub(super) fn span(&self, source: &Id) -> Option<Span> {
        self.recorded.get(source).and_then(|recorded| recorded.span)
    }

    /// The sources whose rows decide which members there are or, for `dating`, which periods.
    fn sources(&self, definition: &'a Definition, dating: bool) -> Vec<&'a Id> {
        let mut found = Vec::new();
        let mut seen: Vec<&Id> = Vec::new();
        let mut waiting = vec![definition];
        while let Some(definition) = waiting.pop() {
            let calculation = &definition.calculation;
            found.extend(calculation.source().filter(|source| !found.contains(source)));
            let parts = match calculation {
                // A duration belongs to the period in which it ends.
                Calculation::Duration { to, .. } if dating => vec![to],
                // Cohorts are formed, and members known, where entities enter.
                Calculation::Conversion { from, .. } | Calculation::Duration { from, .. } => vec![from],
                _ => calculation.refers_to(),
            };
            for id in parts {
                if !seen.contains(&id) {
                    seen.push(id);
                    waiting.extend(self.system.definition(id.as_str()));
                }
            }
        }
        found
    }
}

/// One figure, asked for all periods of a grain by some dimensions.
struct Question<'e, 'a> {
    evaluation: &'e Evaluation<'a>,
    grain: Grain,
    /// The sources that decide which periods there are.
    dating: Vec<&'a Id>,
    /// The cells of every definition that reads rows.
    cells: BTreeMap<&'a Id, Cells>,
    by_count: usize,
}

impl<'e, 'a> Question<'e, 'a> {
    fn new(evaluation: &'e Evaluation<'a>, definition: &Definition, grain: Grain, by: &[Id]) -> Result<Self, Error> {
        let system = evaluation.system;
        // The same definition, borrowed for as long as the system.
        let unknown = || Error::new(Code::UnknownKpi, format!("there is no figure `{}`", definition.id), "name a KPI or measure");
        let definition = system.definition(definition.id.as_str()).ok_or_else(unknown)?;
        let sources = evaluation.sources(definition, false);
        for dimension in by {
            if let Some(source) = sources.iter().filter_map(|id| system.source(id.as_str())).find(|source| !source.has_key(dimension.as_str())) {
                let known: Vec<&str> = source.dimensions.iter().map(|column| column.id.as_str()).collect();
                let message = format!("`{}` cannot be broken down by `{dimension}`: the source `{}` does not have it", definition.id, source.id);
                return Err(Error::new(Code::UnknownDimension, message, crate::text::one_of_help(dimension.as_str(), &known)));
            }
        }
        let mut cells = BTreeMap::new();
        let mut waiting = vec![definition];
        while let Some(definition) = waiting.pop() {
            if cells.contains_key(&definition.id) {
                continue;
            }
            match &definition.calculation {
                Calculation::Ratio { .. } | Calculation::Formula { .. } => {
                    cells.insert(&definition.id, Cells::new());
                    waiting.extend(definition.calculation.refers_to().into_iter().filter_map(|id| system.definition(id.as_str())));
                }
                _ => {
                    cells.insert(&definition.id, evaluation.cells(definition, grain, by));
                }
            }
        }
        Ok(Self { evaluation, grain, dating: evaluation.sources(definition, true), cells, by_count: by.len() })
    }

    /// Every period from the first recorded day to the last, of any source that dates it.
    fn periods(&self) -> Vec<Period> {
        let spans: Vec<Span> = self.dating.iter().filter_map(|source| self.evaluation.span(source)).collect();
        let (Some(first), Some(last)) = (spans.iter().map(|span| span.first).min(), spans.iter().map(|span| span.last).max()) else {
            return Vec::new();
        };
        let calendar = self.evaluation.system.calendar();
        let mut period = calendar.period(self.grain, first);
        if self.grain == Grain::All {
            return vec![Period { first, last, ..period }];
        }
        let mut periods = Vec::new();
        while period.first <= last {
            let next = calendar.next(&period);
            periods.push(period);
            match next {
                Some(next) => period = next,
                None => break,
            }
        }
        periods
    }

    /// The members that any part has in the period; one without dimensions.
    fn members(&self, period: &Period) -> Vec<Member> {
        if self.by_count == 0 {
            return vec![Vec::new()];
        }
        let first = self.key_date(period);
        let mut members: Vec<Member> = Vec::new();
        for cells in self.cells.values() {
            members.extend(cells.range((first, Vec::new())..).take_while(|((date, _), _)| *date == first).map(|((_, member), _)| member.clone()));
        }
        members.sort();
        members.dedup();
        members
    }

    fn key_date(&self, period: &Period) -> Date {
        if self.grain == Grain::All { Date::min() } else { period.first }
    }

    /// The figure's value; each definition is computed once for a period and member.
    fn raw(&self, id: &Id, period: &Period, member: &Member, known: &mut BTreeMap<Id, Raw>) -> Raw {
        if let Some(raw) = known.get(id) {
            return raw.clone();
        }
        let nothing = Coverage { days: 0, of: period.span().days() };
        let Some(definition) = self.evaluation.system.definition(id.as_str()) else {
            return Raw { value: Value::missing(format!("`{id}` is not defined")), rows: 0, coverage: nothing, caveats: Vec::new(), open: None };
        };
        let raw = match &definition.calculation {
            Calculation::Ratio { numerator, denominator } => {
                let parts = [numerator, denominator].map(|id| self.raw(id, period, member, known));
                let value = match (&parts[0].value, &parts[1].value) {
                    (Value::Value { value: numerator }, Value::Value { value: denominator_value }) => {
                        numerator.divided_by(denominator_value).map_or_else(|| Value::undefined(format!("`{denominator}` is zero")), Value::of)
                    }
                    (Value::Value { .. }, reason) | (reason, _) => reason.clone(),
                };
                combined(value, parts.into_iter(), nothing)
            }
            Calculation::Formula { formula } => {
                let mut read: Vec<Id> = Vec::new();
                let parts: Vec<(Id, Raw)> = formula.formula.figures().into_iter().map(|id| (id.clone(), self.raw(id, period, member, known))).collect();
                let value = formula.formula.evaluate(&mut |id, _| {
                    read.push(id.clone());
                    let part = parts.iter().find(|(known, _)| known == id);
                    part.map_or_else(|| Value::missing(format!("`{id}` is not defined")), |(_, raw)| raw.value.clone())
                });
                // A number rests on the numbers it was made of, not on what `coalesce` passed over.
                let used = |id: &Id, raw: &Raw| read.contains(id) && (value.number().is_none() || raw.value.number().is_some());
                let parts: Vec<Raw> = parts.into_iter().filter(|(id, raw)| used(id, raw)).map(|(_, raw)| raw).collect();
                combined(value, parts.into_iter(), nothing)
            }
            calculation => self.base(definition, calculation, period, member),
        };
        known.insert(id.clone(), raw.clone());
        raw
    }

    /// A figure that reads rows itself.
    fn base(&self, definition: &Definition, calculation: &Calculation, period: &Period, member: &Member) -> Raw {
        let evaluation = self.evaluation;
        let sides = evaluation.sides(calculation);
        // A cohort is covered where its entities enter, a duration where it ends.
        let dating = if matches!(calculation, Calculation::Duration { .. }) { sides.last() } else { sides.first() };
        let of = period.span().days();
        let days = dating.and_then(|source| evaluation.recorded.get(*source)).map_or(0, |recorded| recorded.days_within(period.span()));
        let coverage = Coverage { days, of };
        let missing = sides.iter().find(|source| !evaluation.recorded.contains_key(**source));
        if let Some(source) = missing.or_else(|| dating.filter(|_| days == 0)) {
            let value = Value::missing(format!("`{source}` has no data in {}", period.label));
            return Raw { value, rows: 0, coverage, caveats: Vec::new(), open: None };
        }
        let empty = Cell::empty(calculation, 0);
        let cell = self.cells.get(&definition.id).and_then(|cells| cells.get(&(self.key_date(period), member.clone()))).unwrap_or(&empty);
        let mut raw = Raw { value: cell.value(calculation), rows: cell.rows, coverage, caveats: Vec::new(), open: None };
        if let (Calculation::Conversion { to, within_days, .. }, Some(outcomes)) = (calculation, sides.last().and_then(|source| evaluation.span(source))) {
            if period.first < outcomes.first {
                let text = format!(
                    "left-truncated: `{to}` is recorded only from {}, after this cohort starts on {}; earlier outcomes are not in the data",
                    outcomes.first, period.first
                );
                raw.caveats.push(Caveat { kind: CaveatKind::LeftTruncated, text });
            }
            if within_days.is_none() && period.grain != Grain::All {
                let text = "open-ended: without a window, older cohorts have had more time to convert than younger ones".to_owned();
                raw.caveats.push(Caveat { kind: CaveatKind::OpenEnded, text });
            }
            if let Some(days) = within_days {
                let closes = period.last.plus_days(i64::from(*days));
                if closes > outcomes.last {
                    raw.open = Some(format!("the {days} days of this cohort end on {closes}; `{to}` is recorded until {}", outcomes.last));
                }
            }
        }
        let without = cell.without_number();
        if without > 0 {
            let text = format!("{without} of {} rows have no number and add nothing", cell.rows);
            if matches!(calculation, Calculation::Sum { .. }) {
                // Missing stays missing: what is added up so far is not the sum.
                raw.open = Some(text);
            } else {
                raw.caveats.push(Caveat { kind: CaveatKind::MissingCells, text });
            }
        }
        let early = cell.early(calculation);
        if early > 0 {
            let text = format!("{early} of {} moved on before they entered", cell.rows);
            raw.caveats.push(Caveat { kind: CaveatKind::Early, text });
        }
        raw
    }
}

fn combined(value: Value, parts: impl Iterator<Item = Raw>, nothing: Coverage) -> Raw {
    let mut raw: Option<Raw> = None;
    for part in parts {
        raw = Some(match raw {
            None => part,
            Some(mut raw) => {
                if !raw.coverage.equals(part.coverage) {
                    let cause = format!(
                        "its parts cover different days: {} of {} and {} of {}",
                        raw.coverage.days, raw.coverage.of, part.coverage.days, part.coverage.of
                    );
                    raw.open = raw.open.or(Some(cause));
                }
                raw.rows = raw.rows.min(part.rows);
                raw.coverage = raw.coverage.lower(part.coverage);
                raw.caveats.extend(part.caveats);
                raw.open = raw.open.or(part.open);
                raw
            }
        });
    }
    let mut raw =
        raw.unwrap_or(Raw { value: value.clone(), rows: 0, coverage: Coverage { days: nothing.of, of: nothing.of }, caveats: Vec::new(), open: None });
    raw.caveats.sort();
    raw.caveats.dedup();
    raw.value = value;
    raw
}
