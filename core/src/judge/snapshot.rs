//! The snapshot: the evaluation of a system over facts at an as-of date.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use serde::Serialize;

use crate::base::calendar::{Grain, Period};
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::finding::{Finding, quoted};
use crate::base::fingerprint::Fingerprint;
use crate::base::id::{Id, nearest};
use crate::base::map::Map;
use crate::base::number::Number;
use crate::base::value::Value;
use crate::measure::{Cells, Coverage, Facts, Figures, Given, Observation, Panel};
use crate::model::System;
use crate::model::journal::Journal;
use crate::model::kpi::{Definition, Kpi};
use crate::words::Language;

/// The evaluation of a system over facts at an as-of date. It never changes, and everything
/// that is shown (scorecard, agenda, report, diagnosis) is drawn from it, so they cannot
/// disagree.
///
/// ```
/// use marketingos::{Cadence, Facts, Grain, Source, System};
/// let text = "
/// marketingos: 1
/// name: Small firm
/// people: { ana: Ana, ben: Ben }
/// operator: ana
/// executive: ben
/// sources: { leads: { date: created, dimensions: [channel], rows: events, recorded_from: 2026-01-01, recorded_until: as_of } }
/// kpis: { leads: { name: New leads, unit: count of leads, direction: higher, owner: ana, count: leads } }
/// plan: { targets: { leads: [ { from: 2026-01, to: 2026-12, value: 3 } ] } }
/// escalation: [ { when: off_target, periods: 2, to: executive } ]
/// ";
/// let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
/// let facts = Facts::builder(&system).csv("leads", "created,channel\n2026-01-05,web\n2026-02-09,fair\n").build()?;
/// let snapshot = system.snapshot(&facts, "2026-02-28".parse()?);
///
/// assert_eq!(snapshot.scorecard(Grain::Month).lines[0].actual.text, "1");
/// assert_eq!(snapshot.line_for("leads", "2026-01")?.plan.change.text, "\u{2212}2");
/// let by_channel = snapshot.series("leads", Grain::All, &["channel"])?;
/// assert_eq!(by_channel[0].member, ["fair".into()]);
/// assert_eq!(snapshot.escalations()[0].person.as_deref(), Some("Ben"));
/// assert_eq!(snapshot.agenda(Cadence::Monthly).items[0].name, "New leads");
/// assert!(snapshot.report(Some("2026-01"))?.to_markdown().contains("the one KPI with a target did not meet it"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Snapshot {
    system: Arc<System>,
    /// What was known.
    given: Given,
    /// All the rows, whenever they were known; `None` for cells.
    rows: Option<Arc<Facts>>,
    as_of: Date,
    fingerprint: Fingerprint,
    /// What is worked out when it is first asked for.
    findings: OnceLock<Vec<Finding>>,
    figures: OnceLock<Figures>,
    /// Every KPI at every grain; each is worked out when it is first asked for.
    series: Map<Id, Map<Grain, OnceLock<Periods>>>,
    /// What the team has done and said, whenever that was: no part of the fingerprint.
    all_records: Arc<Journal>,
    /// What of it was known on the as-of date.
    journal: Arc<Journal>,
}

/// Observations by the first day of their period.
pub(super) type Periods = Map<Date, Observation>;

/// The lengths of periods that a snapshot shows.
const GRAINS: [Grain; 4] = [Grain::Week, Grain::Month, Grain::Quarter, Grain::Year];

/// What a snapshot's fingerprint is made of.
#[derive(Serialize)]
struct Identity<'a> {
    system: &'a Fingerprint,
    facts: &'a Fingerprint,
    as_of: Date,
}

impl System {
    /// Evaluates the system over facts, as known on a date: rows dated later do not count, nor do
    /// those that were recorded later or replaced before, where the source says so (`recorded_at`,
    /// `superseded_at`).
    ///
    /// ```
    /// # use marketingos::{Facts, Grain, Source, System};
    /// # let text = "{marketingos: 1, name: Small firm, people: {ana: Ana}, operator: ana,
    /// #   sources: {leads: {date: created, rows: events}},
    /// #   kpis: {leads: {name: New leads, unit: count of leads, direction: higher, owner: ana, count: leads}}}";
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let facts = Facts::builder(&system).csv("leads", "created\n2026-01-05\n2026-01-31\n").build()?;
    /// let snapshot = system.snapshot(&facts, "2026-01-31".parse()?);
    /// let scorecard = snapshot.scorecard(Grain::Month);
    /// // Recording began on 5 January: 27 of 31 days are too few for a plain number.
    /// assert_eq!(scorecard.lines[0].actual.value.reason(), Some("incomplete"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn snapshot(&self, facts: &Facts, as_of: Date) -> Snapshot {
        Snapshot::new(Arc::new(self.clone()), Arc::new(facts.clone()), as_of)
    }

    /// Evaluates the system over cells instead of rows: the same snapshot, bit for bit, as over
    /// all the rows that the cells were made of, wherever those are; see [`Cells`]. What was not
    /// used of the rows is told partition by partition. Series and panels can be by the
    /// dimensions that the cells were made by, and evidence of activity, which is counted from
    /// rows, is left out of a diagnosis with that reason.
    ///
    /// # Errors
    /// When the cells are of another system.
    pub fn snapshot_of(&self, cells: &Cells) -> Result<Snapshot, Error> {
        Snapshot::of_cells(Arc::new(self.clone()), cells)
    }
}

impl Snapshot {
    /// Like [`System::snapshot`], for a system and facts that are shared already.
    #[must_use]
    pub fn new(system: Arc<System>, facts: Arc<Facts>, as_of: Date) -> Self {
        let known = facts.known_on(as_of);
        Self { rows: Some(facts), ..Self::given(system, Given::Rows(known), as_of) }
    }

    /// Like [`System::snapshot_of`], for a system that is shared already.
    ///
    /// # Errors
    /// As [`System::snapshot_of`].
    pub fn of_cells(system: Arc<System>, cells: &Cells) -> Result<Self, Error> {
        let given = Given::of_cells(&system, cells)?;
        Ok(Self::given(system, given, cells.as_of()))
    }

    fn given(system: Arc<System>, given: Given, as_of: Date) -> Self {
        let fingerprint = Fingerprint::of(&Identity { system: &system.fingerprint(), facts: given.fingerprint(), as_of });
        let ids = system.kpis().iter().map(|kpi| &kpi.definition.id);
        let series = Map::from_iter(ids.map(|id| (id.clone(), Map::from_iter(GRAINS.map(|grain| (grain, OnceLock::new()))))));
        let journal = Arc::new(Journal::default());
        let (findings, figures) = (OnceLock::new(), OnceLock::new());
        Self { system, given, rows: None, as_of, fingerprint, findings, figures, series, all_records: Arc::clone(&journal), journal }
    }

    /// The same snapshot with a journal, from which the rhythm, agendas and minutes are drawn.
    /// Records dated after the as-of date do not count: they were not known then. Neither the
    /// numbers nor the fingerprint change.
    ///
    /// ```
    /// # use std::sync::Arc;
    /// # use marketingos::{Facts, Journal, Source, System};
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", "{marketingos: 1, name: Small firm, people: {ana: Ana}}")])?;
    /// # let facts = Facts::builder(&system).build()?;
    /// let text = "{journal: 1, actions: {form: {what: Mend the form, owner: ana, opened_on: 2026-09-07, due: 2026-09-14}}}";
    /// let (journal, _) = Journal::parse(&[Source::new("journal.yaml", text)], &system)?;
    /// let snapshot = system.snapshot(&facts, "2026-09-30".parse().unwrap());
    /// let with = snapshot.clone().with_journal(Arc::new(journal));
    /// assert_eq!((with.journal().actions().len(), with.fingerprint()), (1, snapshot.fingerprint()));
    /// assert!(snapshot.journal().actions().is_empty());
    /// # Ok::<(), marketingos::Error>(())
    /// ```
    #[must_use]
    pub fn with_journal(self, journal: Arc<Journal>) -> Self {
        Self { journal: Arc::new(journal.known_on(self.as_of)), all_records: journal, ..self }
    }

    /// What of the journal was known on the as-of date; empty without a journal.
    #[must_use]
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// The snapshot of the same system over facts that have newer rows, as known on a later date:
    /// the same as a new one, at a cost that follows the new rows and not the history, when the
    /// facts were [extended](Facts::extend) and none of the older rows was dated after the as-of
    /// date. Figures that follow entities (conversions, durations, credit) are made anew where
    /// their sources have new rows.
    #[must_use]
    pub fn extended(&self, facts: Arc<Facts>, as_of: Date) -> Self {
        let known = facts.known_on(as_of);
        let figures = self.facts().and_then(|old| self.figures().extended(old, &known, as_of));
        let snapshot = Self::new(Arc::clone(&self.system), facts, as_of).with_journal(Arc::clone(&self.all_records));
        match figures {
            Some(figures) => Self { figures: OnceLock::from(figures), ..snapshot },
            None => snapshot,
        }
    }

    /// The same snapshot in another language.
    pub(crate) fn speaking(&self, language: Language) -> Self {
        Self { system: Arc::new(self.system.speaking(language)), ..self.clone() }
    }

    fn figures(&self) -> &Figures {
        self.figures.get_or_init(|| {
            let roots: Vec<&Definition> = self.system.definitions().collect();
            Figures::new(&self.system, &self.given, self.as_of, &roots, &GRAINS)
        })
    }

    /// The system.
    #[must_use]
    pub fn system(&self) -> &System {
        &self.system
    }

    /// The rows; `None` where the snapshot was made of cells.
    pub(crate) fn facts(&self) -> Option<&Facts> {
        match &self.given {
            Given::Rows(facts) => Some(facts),
            Given::Cells(_) => None,
        }
    }

    /// All the rows, whenever they were known; `None` where the snapshot was made of cells.
    pub(super) fn all_rows(&self) -> Option<&Arc<Facts>> {
        self.rows.as_ref()
    }

    pub(crate) fn system_shared(&self) -> &Arc<System> {
        &self.system
    }

    /// Rows or cells.
    pub(crate) fn given_by(&self) -> &Given {
        &self.given
    }

    /// The as-of date.
    #[must_use]
    pub fn as_of(&self) -> Date {
        self.as_of
    }

    /// A stable hash of system, facts and as-of date: who holds the same one looks at the same
    /// numbers.
    #[must_use]
    pub fn fingerprint(&self) -> &Fingerprint {
        &self.fingerprint
    }

    /// What was not used of the facts, and why: that of [`Facts::findings`], rows dated after
    /// the as-of date, and outcomes that belong to no cohort.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        self.findings.get_or_init(|| self.given.findings().iter().cloned().chain(self.figures().findings(&self.given)).collect())
    }

    /// A KPI or measure, period by period from the first recorded day to the last, by
    /// dimensions. The null member of a dimension is kept apart from all others.
    ///
    /// # Errors
    /// When there is no such figure, or it cannot be broken down by a dimension.
    pub fn series(&self, figure: &str, grain: Grain, by: &[&str]) -> Result<Vec<Observation>, Error> {
        let definition = self.figure(figure)?;
        if by.is_empty() && GRAINS.contains(&grain) {
            return Ok(self.figures().series(figure, &self.least(figure), grain));
        }
        let figures = Figures::by(&self.system, &self.given, self.as_of, &[definition], &[grain], &dimensions(by)?)?;
        Ok(figures.series(figure, &self.least(figure), grain))
    }

    /// The series of the `most` members with the largest values of a figure, and of all others
    /// together, which come last in each period as [`MemberName::Rest`](crate::MemberName::Rest).
    ///
    /// The figure of the rest is computed from its rows like that of any member: a ratio from its
    /// summed parts, a median from its numbers; never from the figures of its members. Which
    /// members are the largest is decided once, by their values over all periods together (as far
    /// as they are known, whatever is covered), so that every period shows the same ones. Of equal
    /// ones the first by name goes first; members without a value over all periods come after all
    /// others. By several dimensions, combinations are ranked. Nothing is merged when there are no
    /// more than `most`.
    ///
    /// ```
    /// # use marketingos::{Facts, Grain, MemberName, Source, System};
    /// # let text = "{marketingos: 1, name: Small firm,
    /// #   sources: {ads: {date: day, dimensions: [channel], measures: [spend, clicks], rows: events, recorded_from: 2026-01-01, recorded_until: as_of}},
    /// #   measures: {spend: {sum: ads.spend}, clicks: {sum: ads.clicks}, cpc: {ratio: {numerator: spend, denominator: clicks}}}}";
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let csv = "day,channel,spend,clicks\n2026-01-05,web,9,3\n2026-01-06,fair,1,1\n2026-01-07,mail,4,4\n";
    /// let facts = Facts::builder(&system).csv("ads", csv).build()?;
    /// let top = system.snapshot(&facts, "2026-01-31".parse()?).top("cpc", Grain::Month, &["channel"], 1)?;
    /// assert_eq!(top[0].member, ["web".into()]);
    /// assert_eq!(top[1].member, [MemberName::Rest { rest: 2 }]);
    /// assert_eq!(top[1].value.number().unwrap().to_string(), "1"); // (1 + 4) ÷ (1 + 4)
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`Snapshot::series`].
    pub fn top(&self, figure: &str, grain: Grain, by: &[&str], most: usize) -> Result<Vec<Observation>, Error> {
        let definition = self.figure(figure)?;
        let by = dimensions(by)?;
        let figures = Figures::by(&self.system, &self.given, self.as_of, &[definition], &[grain], &by)?;
        Ok(figures.with_top(&self.given, figure, &by, most).series(figure, &self.least(figure), grain))
    }

    /// Many figures at once, by period and dimensions, as columns of doubles: the shape that data
    /// frames and charts want, and the quickest for many members.
    ///
    /// ```
    /// # use marketingos::{Facts, Grain, Reason, Source, System};
    /// # let text = "{marketingos: 1, name: Small firm,
    /// #   sources: {ads: {date: day, dimensions: [channel], measures: [spend, clicks], rows: events, recorded_from: 2026-01-01, recorded_until: as_of}},
    /// #   measures: {spend: {sum: ads.spend}, clicks: {sum: ads.clicks}, cpc: {ratio: {numerator: spend, denominator: clicks}}}}";
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let csv = "day,channel,spend,clicks\n2026-01-05,web,1.50,4\n2026-01-06,web,0.50,1\n2026-01-06,fair,9.00,0\n";
    /// let facts = Facts::builder(&system).csv("ads", csv).build()?;
    /// let panel = system.snapshot(&facts, "2026-01-31".parse()?).panel(&["spend", "cpc"], Grain::Month, &["channel"])?;
    /// assert_eq!(panel.member(1), Some(vec!["web".into()]));
    /// assert_eq!(panel.columns[1].get(1), Ok(0.4));
    /// assert_eq!(panel.columns[1].get(0), Err(Reason::Undefined), "no clicks, no cost of a click");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`Snapshot::series`].
    pub fn panel(&self, figures: &[&str], grain: Grain, by: &[&str]) -> Result<Panel, Error> {
        Ok(self.panels(figures, &[(grain, by)])?.pop().unwrap_or_default())
    }

    /// The panels of the same figures for several questions, each a length of periods and some
    /// dimensions: rows are read once for all of them.
    ///
    /// ```
    /// # use marketingos::{Facts, Grain, Source, System};
    /// # let text = "{marketingos: 1, name: Small firm, sources: {ads: {date: day, dimensions: [channel], measures: [spend], rows: events}}, measures: {spend: {sum: ads.spend}}}";
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let facts = Facts::builder(&system).csv("ads", "day,channel,spend\n2026-01-05,web,1.50\n2026-01-31,fair,9.00\n").build()?;
    /// let snapshot = system.snapshot(&facts, "2026-01-31".parse()?);
    /// let panels = snapshot.panels(&["spend"], &[(Grain::Month, &["channel"]), (Grain::All, &[])])?;
    /// assert_eq!([panels[0].rows(), panels[1].rows()], [2, 1]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`Snapshot::series`].
    pub fn panels(&self, figures: &[&str], questions: &[(Grain, &[&str])]) -> Result<Vec<Panel>, Error> {
        let questions = questions.iter().map(|(grain, by)| Ok((*grain, dimensions(by)?))).collect::<Result<Vec<_>, Error>>()?;
        let definitions = figures.iter().map(|figure| self.figure(figure)).collect::<Result<Vec<_>, _>>()?;
        let ids: Vec<&Id> = definitions.iter().map(|definition| &definition.id).collect();
        let least: Vec<Number> = figures.iter().map(|figure| self.least(figure)).collect();
        let all = Figures::all(&self.system, &self.given, self.as_of, &definitions, &questions)?;
        Ok(all.iter().zip(questions).map(|(cells, (grain, by))| cells.panel(&ids, &least, grain, by)).collect())
    }

    pub(super) fn figure(&self, figure: &str) -> Result<&Definition, Error> {
        self.system.definition(figure).ok_or_else(|| {
            let known = self.system.definitions().map(|definition| definition.id.as_str());
            let help = nearest(figure, known).map_or_else(|| "name a KPI or measure of the system".to_owned(), |near| format!("did you mean `{near}`?"));
            Error::new(Code::UnknownKpi, format!("there is no figure {}", quoted(figure)), help)
        })
    }

    /// Figures by some dimensions, in cells that some periods are made of.
    pub(super) fn figures_by<'p>(&self, roots: &[&Definition], periods: impl Iterator<Item = &'p Period>, by: &[&str]) -> Result<Figures, Error> {
        let mut grains = Vec::new();
        for period in periods {
            // A restated period is no period of the calendar, but made of whole weeks.
            let restated = self.system.calendar().parse(&period.label).is_none();
            grains.extend(std::iter::once(period.grain).chain(restated.then_some(Grain::Week)).filter(|grain| !grains.contains(grain)).collect::<Vec<_>>());
        }
        Figures::by(&self.system, &self.given, self.as_of, roots, &grains, &dimensions(by)?)
    }

    /// A KPI or measure in a period.
    pub(super) fn at(&self, figure: &str, period: &Period) -> Value {
        let found = self.observed(figure, period);
        found.map_or_else(|| Value::missing(format!("there is no figure {}", quoted(figure))), |observation| observation.value)
    }

    /// The same with what is known about it; `None` where there is no such figure.
    pub(crate) fn observed(&self, figure: &str, period: &Period) -> Option<Observation> {
        self.figures().at(figure, &self.least(figure), period)
    }

    /// The first day of which a figure could have been known; `None` where nobody knows.
    pub(crate) fn due_from(&self, figure: &str) -> Option<Date> {
        self.figures().due_from(figure)
    }

    /// The least coverage with which a figure is complete.
    pub(crate) fn least(&self, figure: &str) -> Number {
        self.system.kpi(figure).map_or_else(|| Number::from(0), |kpi| kpi.min_coverage.clone())
    }

    /// A KPI in every period that its facts reach.
    pub(super) fn periods(&self, kpi: &Kpi, grain: Grain) -> Option<&Periods> {
        let series = self.series.get(&kpi.definition.id)?.get(&grain)?;
        Some(series.get_or_init(|| {
            let observations = self.figures().series(kpi.definition.id.as_str(), &kpi.min_coverage, grain);
            Map::from_iter(observations.into_iter().map(|observation| (observation.period.first, observation)))
        }))
    }

    /// A KPI in one period; missing where its facts do not reach.
    pub(crate) fn observation(&self, kpi: &Kpi, period: &Period) -> Cow<'_, Observation> {
        let known = self.periods(kpi, period.grain).and_then(|periods| periods.get(&period.first)).filter(|known| known.period.last == period.last);
        known.map_or_else(
            || {
                // A restated period is no period of the calendar, but made of whole weeks.
                let restated = self.system.calendar().parse(&period.label).is_none();
                let figure = kpi.definition.id.as_str();
                let found = restated.then(|| self.figures().at(figure, &kpi.min_coverage, period)).flatten();
                Cow::Owned(found.unwrap_or_else(|| unobserved(period)))
            },
            Cow::Borrowed,
        )
    }
}

/// A period that facts do not reach.
pub(super) fn unobserved(period: &Period) -> Observation {
    Observation {
        period: period.clone(),
        member: Vec::new(),
        value: Value::missing(format!("there are no data for {}", period.label)),
        rows: 0,
        coverage: Coverage { days: 0, of: period.span().days() },
        caveats: Vec::new(),
    }
}

/// Each dimension is asked by once: a member has one name in it.
pub(super) fn each_once(names: &[&str]) -> Result<(), Error> {
    let twice = names.iter().enumerate().find(|(at, name)| names.iter().take(*at).any(|before| before == *name));
    twice.map_or(Ok(()), |(_, name)| Err(Error::new(Code::BadRequest, format!("{} is asked by twice", quoted(name)), "name each dimension once")))
}

fn dimensions(names: &[&str]) -> Result<Vec<Id>, Error> {
    let unknown = |name: &str| Error::new(Code::UnknownDimension, format!("there is no dimension {}", quoted(name)), "name a dimension of the figure's source");
    names.iter().map(|name| Id::new(name).ok_or_else(|| unknown(name))).collect()
}
