//! Figures to date: a running period so far, against the same part of an earlier one.

use serde::Serialize;

use super::snapshot::Snapshot;
use super::variance::{Comparison, Figure};
use crate::base::calendar::{Against, Grain, Period, Span};
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::id::Id;
use crate::base::unit::Unit;
use crate::base::value::Value;
use crate::measure::{Caveat, Coverage, Figures, Given, Observation};
use crate::model::kpi::{Definition, Direction, Kpi};

/// Every KPI in the period that runs on the as-of date, so far, each against the same part of the
/// period before and of the year before (domain D9: like for like, with both coverages).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ToDate {
    /// The as-of date, which is the last day that counts.
    pub as_of: Date,
    /// The length of the periods.
    pub grain: Grain,
    /// The period that is running.
    pub period: Period,
    /// One line for each KPI, in the system's order.
    pub lines: Vec<ToDateLine>,
}

/// One KPI to date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ToDateLine {
    /// Its id.
    pub kpi: Id,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: Unit,
    /// Which way is better.
    pub direction: Direction,
    /// The days that count, by their first and last.
    pub period: Period,
    /// The figure of these days.
    pub actual: Figure,
    /// The days that it covers.
    pub coverage: Coverage,
    /// The rows that it rests on.
    pub rows: u64,
    /// What a reader must know.
    pub caveats: Vec<Caveat>,
    /// Against the same part of the period before.
    pub previous: Comparison,
    /// Against the same part of the year before.
    pub prior_year: Comparison,
}

impl Snapshot {
    /// The KPIs from the first day of the running week, month, quarter or fiscal year
    /// ([`Grain::All`] is read as month) through the as-of date, against the same part of the
    /// period before and of the year before, as [`Calendar::comparable_to_date`](crate::Calendar::comparable_to_date)
    /// says. A KPI whose formula refers to other periods is not comparable: it is about whole ones.
    ///
    /// ```
    /// use marketingos::{Facts, Grain, Source, System};
    /// let text = "{marketingos: 1, name: Small firm, people: {ana: Ana}, operator: ana,
    ///   sources: {leads: {date: created, rows: events, recorded_from: 2025-01-01, recorded_until: as_of}},
    ///   kpis: {leads: {name: New leads, unit: count of leads, direction: higher, owner: ana, count: leads}}}";
    /// let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let csv = "created\n2025-03-02\n2025-03-30\n2026-02-09\n2026-03-05\n2026-03-09\n";
    /// let facts = Facts::builder(&system).csv("leads", csv).build()?;
    /// let line = &system.snapshot(&facts, "2026-03-10".parse()?).to_date(Grain::Month)?.lines[0];
    /// // Two leads from 1 to 10 March: one on the same days of February, one on those of March 2025.
    /// assert_eq!([line.actual.text.as_str(), line.previous.base.text.as_str(), line.prior_year.base.text.as_str()], ["2", "1", "1"]);
    /// assert_eq!(line.prior_year.base_coverage.map(|coverage| (coverage.days, coverage.of)), Some((10, 10)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When the snapshot is of cells, which are made by periods and do not tell their days apart.
    pub fn to_date(&self, grain: Grain) -> Result<ToDate, Error> {
        self.tells_days()?;
        let grain = if grain == Grain::All { Grain::Month } else { grain };
        let lines = self.system().kpis().iter().map(|kpi| self.line_to_date(kpi, grain.max(kpi.shortest))).collect();
        Ok(ToDate { as_of: self.as_of(), grain, period: self.system().calendar().period(grain, self.as_of()), lines })
    }

    /// One KPI to date.
    pub(crate) fn kpi_to_date(&self, kpi: &Kpi, grain: Grain) -> Result<ToDateLine, Error> {
        self.tells_days()?;
        Ok(self.line_to_date(kpi, grain))
    }

    fn tells_days(&self) -> Result<(), Error> {
        if matches!(self.given_by(), Given::Rows(_)) {
            return Ok(());
        }
        let message = "the cells of this snapshot do not tell the days of a period apart".to_owned();
        Err(Error::new(Code::NotInCells, message, "ask a snapshot of the rows"))
    }

    fn line_to_date(&self, kpi: &Kpi, grain: Grain) -> ToDateLine {
        let calendar = self.system().calendar();
        let named = |span: Span| Period { grain, label: format!("{} to {}", span.first, span.last), first: span.first, last: span.last };
        let actual_period = named(calendar.to_date(grain, self.as_of()));
        let other = |against| calendar.comparable_to_date(grain, self.as_of(), against).map(named);
        let (previous, prior_year) = (other(Against::Previous), other(Against::PriorYear));
        let spans: Vec<Span> = [Some(&actual_period), previous.as_ref(), prior_year.as_ref()].into_iter().flatten().map(Period::span).collect();
        let definitions: [&Definition; 1] = [&kpi.definition];
        let figures = Figures::over(self.system_shared(), self.given_by(), self.as_of(), &definitions, &[grain], spans);
        let at = |period: &Period| {
            let found = figures.at(kpi.definition.id.as_str(), &kpi.min_coverage, period);
            let mut observation = found.unwrap_or_else(|| super::snapshot::unobserved(period));
            if figures.looks_beyond() {
                observation.value = Value::not_comparable("its formula refers to other periods, which are whole");
            }
            observation
        };
        let actual = at(&actual_period);
        let rules = self.system().variance_of(kpi);
        let against = |code, period: Option<Period>| {
            let base: Option<Observation> = period.as_ref().map(at);
            let redefined = period.as_ref().and_then(|other| self.redefined_between(kpi, other.first, self.as_of()));
            Comparison::with_period(code, &actual, period, base.as_ref(), &kpi.unit, kpi.direction).unless(redefined, &kpi.unit).judged(&rules, &kpi.unit)
        };
        let (previous, prior_year) = (against("PP", previous), against("PY", prior_year));
        ToDateLine {
            kpi: kpi.definition.id.clone(),
            name: kpi.name.clone(),
            unit: kpi.unit.clone(),
            direction: kpi.direction,
            period: actual_period,
            actual: Figure::of(actual.value.clone(), &kpi.unit),
            coverage: actual.coverage,
            rows: actual.rows,
            caveats: actual.caveats.clone(),
            previous,
            prior_year,
        }
    }
}
