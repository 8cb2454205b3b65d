//! Why two snapshots show different figures: how much comes from the calendar, the definitions, the
//! plan, the as-of date, corrected and new data.

use std::sync::Arc;

use serde::Serialize;

use super::scorecard::Line;
use super::snapshot::Snapshot;
use super::variance::{Figure, difference};
use crate::base::calendar::Grain;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::fingerprint::Fingerprint;
use crate::base::id::Id;
use crate::base::unit::Unit;
use crate::base::value::Value;
use crate::measure::Facts;
use crate::model::System;

/// How the figures of two snapshots differ, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SnapshotDifference {
    /// The first snapshot.
    pub a: DifferingSnapshot,
    /// The second snapshot.
    pub b: DifferingSnapshot,
    /// What is not the same in both, in the order in which it is exchanged.
    pub causes: Vec<DifferenceCause>,
    /// Every figure that differs.
    pub figures: Vec<FigureDifference>,
    /// How many figures are the same.
    pub same: usize,
    /// KPIs that only the first has.
    pub only_in_a: Vec<Id>,
    /// KPIs that only the second has.
    pub only_in_b: Vec<Id>,
    /// All of it in a sentence or two.
    pub text: String,
}

/// One of the two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DifferingSnapshot {
    /// Of which system.
    pub system: String,
    /// As of when.
    pub as_of: Date,
    /// Its fingerprint.
    pub fingerprint: Fingerprint,
}

/// What makes figures differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceCause {
    /// Periods have other days.
    Calendar,
    /// The figure, or what it is made of, is computed otherwise.
    Definition,
    /// Sources are declared otherwise, so that rows were read anew: definitions and data cannot be
    /// told apart.
    DefinitionAndData,
    /// The plan says something else.
    Target,
    /// Another day up to which rows count, and on which what was known is asked.
    AsOf,
    /// Rows that were there before have been changed, or are gone.
    CorrectedData,
    /// Rows that were not there before.
    NewData,
    /// The data, where cells do not tell corrected rows from new ones.
    Data,
}

impl DifferenceCause {
    /// The cause in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Calendar => "the calendar",
            Self::Definition => "the definition",
            Self::DefinitionAndData => "the declaration of sources, and data",
            Self::Target => "the plan",
            Self::AsOf => "the as-of date",
            Self::CorrectedData => "corrected data",
            Self::NewData => "new data",
            Self::Data => "the data",
        }
    }
}

/// Which figure of a line it is, by its IBCS code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum FigureKind {
    /// The actual figure.
    #[serde(rename = "AC")]
    Actual,
    /// The plan.
    #[serde(rename = "PL")]
    Plan,
    /// The previous period.
    #[serde(rename = "PP")]
    Previous,
    /// The prior year.
    #[serde(rename = "PY")]
    PriorYear,
}

impl FigureKind {
    const ALL: [Self; 4] = [Self::Actual, Self::Plan, Self::Previous, Self::PriorYear];

    fn of(self, line: &Line) -> &Figure {
        match self {
            Self::Actual => &line.actual,
            Self::Plan => &line.plan.base,
            Self::Previous => &line.previous.base,
            Self::PriorYear => &line.prior_year.base,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Actual => "",
            Self::Plan => ", plan",
            Self::Previous => ", previous period",
            Self::PriorYear => ", prior year",
        }
    }
}

/// One figure that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FigureDifference {
    /// The KPI.
    pub kpi: Id,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: Unit,
    /// Which of its figures.
    pub figure: FigureKind,
    /// The name of the period of its line.
    pub period: String,
    /// The figure of the first snapshot.
    pub a: Figure,
    /// The figure of the second snapshot.
    pub b: Figure,
    /// Second − first.
    pub change: Figure,
    /// What it is made of, in the order of exchange; numbers sum to the change exactly.
    pub parts: Vec<DifferencePart>,
    /// All of it in a sentence.
    pub text: String,
}

/// What one cause does, or several between which the figure has no value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DifferencePart {
    /// The cause or causes.
    pub causes: Vec<DifferenceCause>,
    /// The figure before they are exchanged.
    pub before: Figure,
    /// And after.
    pub after: Figure,
    /// After − before.
    pub change: Figure,
}

/// What an exchange leads to, step by step.
type Steps = Vec<(DifferenceCause, Snapshot)>;

impl Snapshot {
    /// Why another snapshot shows other figures than this one: for each figure of the scorecard that
    /// differs, how much comes from the calendar, definitions, the plan, the as-of date, corrected
    /// data and new data.
    ///
    /// They are exchanged one after another in this order, and each change is put down to what was
    /// exchanged last (sequential substitution): the parts sum to the difference exactly; in
    /// another order they could be other parts. Both are held against each other for a period, by
    /// its name; by default for the last one that is final for each KPI on the earlier of the two
    /// as-of dates.
    ///
    /// ```
    /// use marketingos::{DifferenceCause, Facts, Grain, Source, System};
    /// let text = "{marketingos: 1, name: Small firm, people: {ana: Ana}, operator: ana,
    ///   sources: {leads: {date: created, entity: id, dimensions: [channel], rows: events, recorded_from: 2026-01-01, recorded_until: as_of}},
    ///   kpis: {leads: {name: New leads, unit: count of leads, direction: higher, owner: ana, count: leads WHERE}}}";
    /// let system = |filter: &str| System::parse(&[Source::new("system.yaml", &text.replace(" WHERE", filter))]).unwrap().0;
    /// let (dashboard, board) = (system(""), system(", where: {not: {channel: test}}"));
    /// let snapshot = |system: &System, csv: &str| {
    ///     let facts = Facts::builder(system).csv("leads", csv).build().unwrap();
    ///     system.snapshot(&facts, "2026-01-31".parse().unwrap())
    /// };
    /// let a = snapshot(&dashboard, "created,id,channel\n2026-01-05,a,web\n2026-01-06,b,test\n");
    /// let b = snapshot(&board, "created,id,channel\n2026-01-05,a,web\n2026-01-06,b,test\n2026-01-30,c,fair\n2026-01-31,d,fair\n");
    /// let difference = a.explain_difference(&b, None, Grain::Month)?;
    /// assert_eq!(difference.causes, [DifferenceCause::Definition, DifferenceCause::NewData]);
    /// assert_eq!(difference.figures[0].text, "New leads in 2026-01 is 2 in the first and 3 in the second (+1): the definition \u{2212}1, new data +2.");
    /// # Ok::<(), marketingos::Error>(())
    /// ```
    ///
    /// # Errors
    /// When neither calendar has a period of this name.
    pub fn explain_difference(&self, other: &Self, period: Option<&str>, grain: Grain) -> Result<SnapshotDifference, Error> {
        if let Some(name) = period
            && self.system().calendar().parse(name).is_none()
        {
            other.period_called(name)?;
        }
        let steps = self.steps_to(other);
        let (mut figures, mut same) = (Vec::new(), 0usize);
        for kpi in self.system().kpis() {
            let id = kpi.definition.id.as_str();
            let Some(later) = other.system().kpi(id) else { continue };
            let grain = if grain == Grain::All { Grain::Month } else { grain }.max(kpi.shortest).max(later.shortest);
            let name = period.map_or_else(|| self.last_final(kpi, grain, self.as_of().min(other.as_of())).label, str::to_owned);
            let lines: Vec<Option<Line>> =
                std::iter::once(self).chain(steps.iter().map(|(_, snapshot)| snapshot)).map(|step| step.line_for(id, &name).ok()).collect();
            for kind in FigureKind::ALL {
                let values: Vec<Value> = lines.iter().map(|line| line.as_ref().map_or_else(|| unknown(&name), |line| kind.of(line).value.clone())).collect();
                let units: Vec<&Unit> = std::iter::once(self)
                    .chain(steps.iter().map(|(_, step)| step))
                    .map(|step| step.system().kpi(id).map_or(&later.unit, |kpi| &kpi.unit))
                    .collect();
                match told(&values, &steps, &units) {
                    None => same = same.saturating_add(1),
                    Some((a, b, change, parts)) => {
                        let text = sentence(&kpi.name, kind, &name, (&a, &b, &change), &parts);
                        let (kpi_id, unit) = (kpi.definition.id.clone(), later.unit.clone());
                        figures.push(FigureDifference {
                            kpi: kpi_id,
                            name: kpi.name.clone(),
                            unit,
                            figure: kind,
                            period: name.clone(),
                            a,
                            b,
                            change,
                            parts,
                            text,
                        });
                    }
                }
            }
        }
        let only = |one: &Self, other: &Self| -> Vec<Id> {
            one.system().kpis().iter().map(|kpi| kpi.definition.id.clone()).filter(|id| other.system().kpi(id.as_str()).is_none()).collect()
        };
        let (only_in_a, only_in_b) = (only(self, other), only(other, self));
        let causes: Vec<DifferenceCause> = steps.iter().map(|(cause, _)| *cause).collect();
        let text = summary(&causes, figures.len(), same, [&only_in_a, &only_in_b]);
        Ok(SnapshotDifference { a: self.named(), b: other.named(), causes, figures, same, only_in_a, only_in_b, text })
    }

    fn named(&self) -> DifferingSnapshot {
        DifferingSnapshot { system: self.system().name().to_owned(), as_of: self.as_of(), fingerprint: self.fingerprint().clone() }
    }

    /// From this snapshot to another, one exchange at a time; the last one is the other.
    fn steps_to(&self, other: &Self) -> Steps {
        let (Some(mut facts), Some(later)) = (self.all_rows(), other.all_rows()) else { return self.steps_of_cells(other) };
        let (mut system, target) = (Arc::clone(self.system_shared()), other.system());
        let (mut as_of, mut steps): (Date, Steps) = (self.as_of(), Vec::new());
        let mut exchange =
            |cause, system: &Arc<System>, facts: &Arc<Facts>, as_of| steps.push((cause, Self::new(Arc::clone(system), Arc::clone(facts), as_of)));
        if system.calendar() != target.calendar() {
            system = Arc::new(system.with_calendar_of(target));
            exchange(DifferenceCause::Calendar, &system, facts, as_of);
        }
        if !system.defines_as(target) {
            let reread = system.sources() != target.sources();
            system = Arc::new(target.with_plan_of(&system));
            if reread {
                facts = later;
            }
            exchange(if reread { DifferenceCause::DefinitionAndData } else { DifferenceCause::Definition }, &system, facts, as_of);
        }
        if !system.plans_as(target) {
            system = Arc::clone(other.system_shared());
            exchange(DifferenceCause::Target, &system, facts, as_of);
        }
        if as_of != other.as_of() {
            as_of = other.as_of();
            exchange(DifferenceCause::AsOf, &system, facts, as_of);
        }
        if facts.fingerprint() != later.fingerprint() {
            let corrected = later.corrected_since(facts);
            if corrected.any {
                exchange(DifferenceCause::CorrectedData, &system, &corrected.facts, as_of);
            }
            if corrected.more || !corrected.any {
                exchange(DifferenceCause::NewData, &system, later, as_of);
            }
        }
        steps
    }

    /// Cells belong to one system and one day: only what they were made of can be another.
    fn steps_of_cells(&self, other: &Self) -> Steps {
        let (same_system, same_day) = (self.system().fingerprint() == other.system().fingerprint(), self.as_of() == other.as_of());
        let cause = match (same_system, same_day) {
            (true, true) if self.fingerprint() == other.fingerprint() => return Vec::new(),
            (true, true) => DifferenceCause::Data,
            (true, false) => DifferenceCause::AsOf,
            (false, _) => DifferenceCause::DefinitionAndData,
        };
        vec![(cause, other.clone())]
    }
}

fn unknown(period: &str) -> Value {
    Value::not_comparable(format!("the calendar has no period {period}"))
}

type Told = (Figure, Figure, Figure, Vec<DifferencePart>);

/// How the first value becomes the last, each in the unit of its step; `None` when they are the same.
fn told(values: &[Value], steps: &Steps, units: &[&Unit]) -> Option<Told> {
    let mut all = values.iter().zip(units.iter().copied());
    let first = all.next()?;
    let last = all.clone().next_back().unwrap_or(first);
    // What has no value has no unit.
    let same = |one: (&Value, &Unit), other: (&Value, &Unit)| one.0 == other.0 && (one.0.number().is_none() || one.1 == other.1);
    if same(first, last) {
        return None;
    }
    let change = |(before, unit): (&Value, &Unit), (after, later): (&Value, &Unit)| {
        let both = before.number().is_some() && after.number().is_some();
        if both && unit != later { Value::not_comparable(format!("one is in {unit}, the other in {later}")) } else { difference(after, before) }
    };
    let mut parts: Vec<DifferencePart> = Vec::new();
    let (mut from, mut causes) = (first, Vec::new());
    for (now, (cause, _)) in all.zip(steps) {
        if !same(now, from) || !causes.is_empty() {
            causes.push(*cause);
        }
        // Between two numbers, what has none on the way is put down to all that was exchanged.
        let between = first.0.number().is_some() && last.0.number().is_some() && now.0.number().is_none();
        if !causes.is_empty() && !between && !same(now, from) {
            parts.push(DifferencePart {
                causes: std::mem::take(&mut causes),
                before: Figure::of(from.0.clone(), from.1),
                after: Figure::of(now.0.clone(), now.1),
                change: Figure::change(change(from, now), now.1),
            });
        }
        if !between {
            from = now;
            causes.clear();
        }
    }
    Some((Figure::of(first.0.clone(), first.1), Figure::of(last.0.clone(), last.1), Figure::change(change(first, last), last.1), parts))
}

fn sentence(name: &str, kind: FigureKind, period: &str, (a, b, change): (&Figure, &Figure, &Figure), parts: &[DifferencePart]) -> String {
    let shown = |figure: &Figure| match figure.value.number() {
        Some(_) => figure.text.clone(),
        None => format!("{} ({})", figure.value.reason().unwrap_or_default(), figure.value.cause()),
    };
    let by = change.value.number().map_or_else(String::new, |_| format!(" ({})", change.text));
    let words = |part: &DifferencePart| {
        let causes = part.causes.iter().map(|cause| cause.words()).collect::<Vec<_>>().join(" and ");
        match part.change.value.number() {
            Some(_) => format!("{causes} {}", part.change.text),
            None => causes,
        }
    };
    let because = parts.iter().map(words).collect::<Vec<_>>().join(", ");
    format!("{name}{} in {period} is {} in the first and {} in the second{by}: {because}.", kind.words(), shown(a), shown(b))
}

fn summary(causes: &[DifferenceCause], differ: usize, same: usize, [only_in_a, only_in_b]: [&[Id]; 2]) -> String {
    let all = differ.saturating_add(same);
    let mut text = if causes.is_empty() {
        "Both are the same snapshot: the same system, the same facts, as of the same day.".to_owned()
    } else {
        let causes = causes.iter().map(|cause| cause.words()).collect::<Vec<_>>().join(", ");
        format!("{differ} of {all} figures differ. Not the same in both: {causes}.")
    };
    for (only, which) in [(only_in_a, "first"), (only_in_b, "second")] {
        if !only.is_empty() {
            let names: Vec<String> = only.iter().map(|id| format!("`{id}`")).collect();
            text.push_str(&format!(" Only the {which} has {}.", names.join(", ")));
        }
    }
    text
}
