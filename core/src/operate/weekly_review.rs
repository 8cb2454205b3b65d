//! The weekly business review of a KPI: the last six weeks and the last twelve months, each against
//! the year before and its target, and the figures that are read out beside them.

use serde::Serialize;

use crate::base::calendar::{Grain, Period};
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::fingerprint::Fingerprint;
use crate::base::id::Id;
use crate::base::unit::Unit;
use crate::base::value::Value;
use crate::judge::scorecard::{Line, OnTarget, Owner};
use crate::judge::snapshot::Snapshot;
use crate::judge::variance::{Comparison, Figure, Impact};
use crate::model::kpi::{Direction, Kpi};
use crate::words::{Message, Words};

/// The trailing weeks and months of a review.
const WEEKS: usize = 6;
const MONTHS: usize = 12;

/// A KPI as a weekly business review shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WeeklyReview {
    /// The KPI.
    pub kpi: Id,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: Unit,
    /// Which way is better.
    pub direction: Direction,
    /// Who answers for it on the as-of date.
    pub owner: Option<Owner>,
    /// The as-of date.
    pub as_of: Date,
    /// Of the snapshot that this is drawn from.
    pub fingerprint: Fingerprint,
    /// The last six weeks that are over.
    pub weeks: ReviewSpan,
    /// The last twelve months that are over.
    pub months: ReviewSpan,
    /// The last week and month, and the month, quarter and year to date.
    pub boxes: Vec<BoxScore>,
    /// What happened, in a sentence or two.
    pub text: String,
    /// The words in which it is told.
    #[serde(skip)]
    pub(crate) words: Words,
}

impl WeeklyReview {
    /// The sentence of what is told month by month: of the last month, or else of what is to date.
    #[must_use]
    pub(crate) fn monthly_text(&self) -> String {
        sentence(&self.words, &self.name, self.boxes.iter().filter(|score| score.span != BoxSpan::LastWeek))
    }
}

/// Periods of one length that end with the last whose figure is final.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReviewSpan {
    /// Their length.
    pub grain: Grain,
    /// Period by period, oldest first; none where the figure means nothing in periods so short.
    pub periods: Vec<ReviewPeriod>,
    /// Why there are none; empty when there are.
    pub cause: String,
}

/// A period of a review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReviewPeriod {
    /// The period.
    pub period: Period,
    /// The figure.
    pub actual: Figure,
    /// Against the same period of the year before.
    pub prior_year: Comparison,
    /// Against the target.
    pub plan: Comparison,
    /// Whether the target is met.
    pub target: OnTarget,
}

/// What a box of a review is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BoxSpan {
    /// The last week that is over.
    LastWeek,
    /// The last month that is over.
    LastMonth,
    /// The running month so far.
    MonthToDate,
    /// The running quarter so far.
    QuarterToDate,
    /// The running fiscal year so far.
    YearToDate,
}

impl BoxSpan {
    /// The span as a message.
    pub(crate) fn message(self) -> Message {
        match self {
            Self::LastWeek => Message::LastWeek,
            Self::LastMonth => Message::LastMonth,
            Self::MonthToDate => Message::MonthToDate,
            Self::QuarterToDate => Message::QuarterToDate,
            Self::YearToDate => Message::YearToDate,
        }
    }

    /// The span in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::LastWeek => "last week",
            Self::LastMonth => "last month",
            Self::MonthToDate => "month to date",
            Self::QuarterToDate => "quarter to date",
            Self::YearToDate => "year to date",
        }
    }
}

/// A figure that is read out, against the period before and the year before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BoxScore {
    /// Which.
    pub span: BoxSpan,
    /// The days that count; `None` where the figure means nothing in such a span.
    pub period: Option<Period>,
    /// The figure, or the reason why there is none.
    pub actual: Figure,
    /// Against the period before, like for like: of the last week, week over week.
    pub previous: Option<Comparison>,
    /// Against the year before, like for like.
    pub prior_year: Option<Comparison>,
    /// Against the target; of what is to date there is none here, see [`Snapshot::landing`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<Comparison>,
}

impl Snapshot {
    /// A KPI as a weekly business review shows it: the trailing six weeks and twelve months with
    /// their prior-year counterparts and targets, and the figures beside them: last week with week
    /// over week and year over year, last month, and the month, quarter and year to date.
    ///
    /// Every figure is the one that scorecard and to-date figures show. A KPI with a `shortest` has
    /// the reason instead of weeks (or months); so have figures to date in a snapshot of cells.
    ///
    /// ```
    /// use marketingos::{Facts, Source, System};
    /// let text = "{marketingos: 1, name: Small firm, people: {ana: Ana}, operator: ana,
    ///   sources: {leads: {date: created, rows: events, recorded_from: 2025-01-01, recorded_until: as_of}},
    ///   kpis: {leads: {name: New leads, unit: count of leads, direction: higher, owner: ana, count: leads}},
    ///   plan: {targets: {leads: [{from: 2026-01, to: 2026-12, value: 2}]}}}";
    /// let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let csv = "created\n2025-03-02\n2025-03-03\n2026-02-24\n2026-03-03\n2026-03-04\n";
    /// let facts = Facts::builder(&system).csv("leads", csv).build()?;
    /// // 10 March is a Tuesday: the last week that is over ended on the 8th.
    /// let review = system.snapshot(&facts, "2026-03-10".parse()?).weekly_review("leads")?;
    /// assert_eq!((review.weeks.periods.len(), review.months.periods.len()), (6, 12));
    /// let week = &review.boxes[0];
    /// assert_eq!((week.actual.text.as_str(), week.previous.as_ref().unwrap().change.text.as_str()), ("2", "+1"));
    /// assert_eq!(week.prior_year.as_ref().unwrap().base.text, "1", "the week of 3 March 2025");
    /// assert_eq!(review.text, "New leads in 2026-W10: 2, +1 (+100.0%) on the week before, +1 (+100.0%) on the year before.");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When there is no such KPI.
    pub fn weekly_review(&self, kpi: &str) -> Result<WeeklyReview, Error> {
        let (words, kpi) = (self.system().words(), self.kpi_called(kpi)?);
        let [weeks, months] = [(Grain::Week, WEEKS), (Grain::Month, MONTHS)].map(|(grain, most)| self.trailing(kpi, grain, most));
        let span = |grain: Grain, lines: &Result<Vec<Line>, String>| ReviewSpan {
            grain,
            periods: lines.as_ref().map(|lines| lines.iter().map(ReviewPeriod::of).collect()).unwrap_or_default(),
            cause: lines.as_ref().err().cloned().unwrap_or_default(),
        };
        let to_date = [(BoxSpan::MonthToDate, Grain::Month), (BoxSpan::QuarterToDate, Grain::Quarter), (BoxSpan::YearToDate, Grain::Year)];
        let whole = [(BoxSpan::LastWeek, &weeks), (BoxSpan::LastMonth, &months)].map(|(span, lines)| BoxScore::whole(words, span, lines, &kpi.unit));
        let boxes: Vec<BoxScore> = whole.into_iter().chain(to_date.map(|(span, grain)| self.to_date_box(kpi, span, grain))).collect();
        let text = sentence(words, &kpi.name, &boxes);
        Ok(WeeklyReview {
            kpi: kpi.definition.id.clone(),
            name: kpi.name.clone(),
            unit: kpi.unit.clone(),
            direction: kpi.direction,
            owner: self.owner_of(&kpi.owner),
            as_of: self.as_of(),
            fingerprint: self.fingerprint().clone(),
            weeks: span(Grain::Week, &weeks),
            months: span(Grain::Month, &months),
            boxes,
            text,
            words: words.clone(),
        })
    }

    /// The lines of the last so many periods that are final, oldest first; or why there are none.
    fn trailing(&self, kpi: &Kpi, grain: Grain, most: usize) -> Result<Vec<Line>, String> {
        too_short(self.system().words(), kpi, grain)?;
        let calendar = self.system().calendar();
        let mut periods = vec![self.last_final(kpi, grain, self.as_of())];
        while let Some(before) = periods.last().filter(|_| periods.len() < most).and_then(|last| calendar.previous(last)) {
            periods.push(before);
        }
        Ok(periods.iter().rev().map(|period| self.line(kpi, period)).collect())
    }

    fn to_date_box(&self, kpi: &Kpi, span: BoxSpan, grain: Grain) -> BoxScore {
        let words = self.system().words();
        let none = |cause: Value| BoxScore::none(words, span, cause, &kpi.unit);
        if let Err(cause) = too_short(words, kpi, grain) {
            return none(Value::not_comparable(cause));
        }
        match self.kpi_to_date(kpi, grain) {
            Err(error) => none(Value::missing(words.retell(error.message()))),
            Ok(line) => {
                let line = line.in_words(words);
                BoxScore { span, period: Some(line.period), actual: line.actual, previous: Some(line.previous), prior_year: Some(line.prior_year), plan: None }
            }
        }
    }
}

/// Why a figure is not shown for periods so short.
fn too_short(words: &Words, kpi: &Kpi, grain: Grain) -> Result<(), String> {
    let shortest = kpi.shortest;
    if grain >= shortest { Ok(()) } else { Err(words.text(Message::TooShort, &[("grain", (&words.grain(shortest)).into())])) }
}

impl ReviewPeriod {
    fn of(line: &Line) -> Self {
        let Line { period, actual, prior_year, plan, status, .. } = line;
        Self { period: period.clone(), actual: actual.clone(), prior_year: prior_year.clone(), plan: plan.clone(), target: status.target }
    }
}

impl BoxScore {
    /// Of the last of some whole periods.
    fn whole(words: &Words, span: BoxSpan, lines: &Result<Vec<Line>, String>, unit: &Unit) -> Self {
        let last = lines.as_ref().map(|lines| lines.last());
        match last {
            Ok(Some(line)) => Self {
                span,
                period: Some(line.period.clone()),
                actual: line.actual.clone(),
                previous: Some(line.previous.clone()),
                prior_year: Some(line.prior_year.clone()),
                plan: line.target.is_some().then(|| line.plan.clone()),
            },
            Ok(None) => Self::none(words, span, Value::missing(words.word(Message::NoPeriod)), unit),
            Err(cause) => Self::none(words, span, Value::not_comparable(cause.clone()), unit),
        }
    }

    /// A box with the reason why there is no figure.
    fn none(words: &Words, span: BoxSpan, cause: Value, unit: &Unit) -> Self {
        Self { span, period: None, actual: words.shown(cause, unit), previous: None, prior_year: None, plan: None }
    }
}

/// The first box that has a period, in a sentence: the last week, or where there is none the last
/// month, and for a KPI that means nothing in either what is to date.
fn sentence<'b>(words: &Words, name: &str, boxes: impl IntoIterator<Item = &'b BoxScore>) -> String {
    let named = || ("name", name.into());
    let Some((score, period)) = boxes.into_iter().find_map(|score| Some((score, score.period.as_ref()?))) else {
        return words.text(Message::WeeklyNone, &[named()]);
    };
    let whole = matches!(score.span, BoxSpan::LastWeek | BoxSpan::LastMonth);
    let message = if whole { Message::WeeklyTold } else { Message::WeeklyToDate };
    let told = |told: &str| words.text(message, &[named(), ("period", (&words.label(period)).into()), ("told", told.into())]);
    if score.actual.value.number().is_none() {
        return told(score.actual.value.cause());
    }
    let before = match score.span {
        BoxSpan::LastWeek => Message::OnWeekBefore,
        BoxSpan::LastMonth | BoxSpan::MonthToDate => Message::OnMonthBefore,
        BoxSpan::QuarterToDate => Message::OnQuarterBefore,
        BoxSpan::YearToDate => Message::OnYearBefore,
    };
    // Before a year is the year before: once is enough.
    let prior_year = score.prior_year.as_ref().filter(|_| score.span != BoxSpan::YearToDate);
    let on = |comparison: Option<&Comparison>, before: Message| {
        let comparison = comparison.filter(|comparison| comparison.impact != Impact::Unknown)?;
        let relative = comparison.relative.as_ref().filter(|relative| relative.value.number().is_some());
        let change = relative.map_or_else(|| comparison.change.text.clone(), |relative| format!("{} ({})", comparison.change.text, relative.text));
        Some(words.text(before, &[("change", (&change).into())]))
    };
    let against = [on(score.previous.as_ref(), before), on(prior_year, Message::OnYearBefore)].into_iter().flatten();
    told(&std::iter::once(score.actual.text.clone()).chain(against).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use crate::{BoxSpan, Facts, Grain, Snapshot, Source, System};

    const TEXT: &str = "
marketingos: 1
name: Small firm
people: { ana: Ana }
operator: ana
sources: { ads: { date: day, measures: [leads, spend], rows: events, recorded_from: 2025-01-01, recorded_until: as_of } }
measures: { spend: { sum: ads.spend } }
kpis:
  leads: { name: Leads, unit: count of leads, direction: higher, owner: ana, sum: ads.leads }
  cost: { name: Cost per lead, unit: EUR, direction: lower, owner: ana, shortest: month, ratio: { numerator: spend, denominator: leads } }
  yearly: { name: Of a year, unit: EUR, direction: lower, owner: ana, shortest: year, sum: ads.spend }
plan: { targets: { leads: [ { from: 2025-01, to: 2026-12, value: 31 } ] } }
";

    fn facts(system: &System) -> Facts {
        // One lead on every day of 2025 and two on every day of 2026, at ten euros each.
        let first: crate::Date = "2025-01-01".parse().unwrap();
        let day = |day: i64| (first.plus_days(day), if day < 365 { 1 } else { 2 });
        let rows: String = (0..450).map(day).map(|(day, leads)| format!("{day},{leads},{}\n", 10 * leads)).collect();
        Facts::builder(system).csv("ads", format!("day,leads,spend\n{rows}")).build().unwrap()
    }

    fn snapshot() -> Snapshot {
        let (system, _) = System::parse(&[Source::new("system.yaml", TEXT)]).unwrap();
        let facts = facts(&system);
        // 18 March 2026 is a Wednesday.
        system.snapshot(&facts, "2026-03-18".parse().unwrap())
    }

    #[test]
    fn a_review_by_hand() {
        let review = snapshot().weekly_review("leads").unwrap();
        let labels = |span: &super::ReviewSpan| span.periods.iter().map(|of| of.period.label.clone()).collect::<Vec<_>>();
        assert_eq!(labels(&review.weeks), ["2026-W06", "2026-W07", "2026-W08", "2026-W09", "2026-W10", "2026-W11"]);
        assert_eq!((labels(&review.months)[0].as_str(), labels(&review.months)[11].as_str()), ("2025-03", "2026-02"));
        // 14 leads a week against 7 a year before; a target of 31 for 31 days is one a day, and 31 for
        // the 28 of February 7.75 a week.
        let week = &review.weeks.periods[0];
        assert_eq!([&week.actual, &week.prior_year.base, &week.plan.base].map(|figure| figure.text.as_str()), ["14", "7", "7.8"]);
        let texts = |span| {
            let score = review.boxes.iter().find(|score| score.span == span).unwrap();
            let change = |comparison: &Option<crate::Comparison>| comparison.as_ref().unwrap().change.text.clone();
            (score.actual.text.clone(), change(&score.previous), change(&score.prior_year))
        };
        let three = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
        assert_eq!(texts(BoxSpan::LastWeek), three("14", "±0", "+7"));
        assert_eq!(texts(BoxSpan::LastMonth), three("56", "\u{2212}6", "+28"));
        // 18 days of March; 77 of the quarter, and of the one before the first 77 at one a day.
        assert_eq!(texts(BoxSpan::MonthToDate), three("36", "±0", "+18"));
        assert_eq!(texts(BoxSpan::QuarterToDate), three("154", "+77", "+77"));
        assert_eq!(texts(BoxSpan::YearToDate), three("154", "+77", "+77"));
        assert_eq!(review.text, "Leads in 2026-W11: 14, ±0 (±0.0%) on the week before, +7 (+100.0%) on the year before.");
    }

    #[test]
    fn a_sentence_says_what_its_figure_is_held_against() {
        let snapshot = snapshot();
        let text = |kpi: &str| snapshot.weekly_review(kpi).unwrap().text;
        assert_eq!(text("cost"), "Cost per lead in 2026-02: EUR 10.00, ±EUR 0.00 (±0.0%) on the month before, ±EUR 0.00 (±0.0%) on the year before.");
        // Of a year there is nothing but the year to date, whose period before is that of the year before.
        assert_eq!(text("yearly"), "Of a year from 2026-01-01 to 2026-03-18: EUR 1,540, +EUR 770 (+100.0%) on the year before.");
        let quarterly = TEXT.replace("shortest: year", "shortest: quarter");
        let (system, _) = System::parse(&[Source::new("system.yaml", &quarterly)]).unwrap();
        let snapshot = system.snapshot(&facts(&system), "2026-03-18".parse().unwrap());
        let text = snapshot.weekly_review("yearly").unwrap().text;
        assert!(text.ends_with("on the quarter before, +EUR 770 (+100.0%) on the year before."), "{text}");
    }

    #[test]
    fn monthly_slides_are_titled_with_months() {
        let (system, _) = System::parse(&[Source::new("system.yaml", &TEXT.replace("value: 31", "value: 3100"))]).unwrap();
        let snapshot = system.snapshot(&facts(&system), "2026-03-18".parse().unwrap());
        let titles = |cadence| {
            let slides = snapshot.deck(cadence).unwrap().slides.into_iter();
            slides
                .filter(|slide| matches!(&slide.body, crate::SlideBody::WeeklyReview { review } if review.name == "Leads"))
                .map(|slide| slide.title)
                .collect::<Vec<_>>()
        };
        assert_eq!(titles(crate::Cadence::Weekly), ["Leads in 2026-W11: 14, ±0 (±0.0%) on the week before, +7 (+100.0%) on the year before."]);
        let month = "Leads in 2026-02: 56, \u{2212}6 (\u{2212}9.7%) on the month before, +28 (+100.0%) on the year before.";
        assert_eq!(titles(crate::Cadence::Monthly), [month]);
        assert_eq!(titles(crate::Cadence::Quarterly), [month]);
    }

    #[test]
    fn figures_are_those_of_the_scorecard_and_to_date() {
        let snapshot = snapshot();
        for kpi in ["leads", "cost", "yearly"] {
            let review = snapshot.weekly_review(kpi).unwrap();
            for of in review.weeks.periods.iter().chain(&review.months.periods) {
                let line = snapshot.line_for(kpi, &of.period.label).unwrap();
                assert_eq!((&line.actual, &line.prior_year, &line.plan), (&of.actual, &of.prior_year, &of.plan));
            }
            for (span, grain) in [(BoxSpan::MonthToDate, Grain::Month), (BoxSpan::QuarterToDate, Grain::Quarter), (BoxSpan::YearToDate, Grain::Year)] {
                let score = review.boxes.iter().find(|score| score.span == span).unwrap();
                let to_date = snapshot.to_date(grain).unwrap();
                let line = to_date.lines.iter().find(|line| line.kpi.as_str() == kpi).unwrap();
                if score.period.is_some() {
                    assert_eq!(
                        (&line.actual, Some(&line.previous), Some(&line.prior_year)),
                        (&score.actual, score.previous.as_ref(), score.prior_year.as_ref())
                    );
                }
            }
        }
    }

    #[test]
    fn what_means_nothing_in_a_week_has_the_reason() {
        let snapshot = snapshot();
        let cost = snapshot.weekly_review("cost").unwrap();
        assert_eq!((cost.weeks.periods.len(), cost.weeks.cause.as_str()), (0, "it means nothing in periods shorter than a month"));
        assert_eq!(cost.boxes[0].actual.value.reason(), Some("not comparable"));
        assert_eq!(cost.months.periods.len(), 12);
        assert!(cost.text.starts_with("Cost per lead in 2026-02: EUR 10.00, ±EUR 0.00"), "{}", cost.text);
        let yearly = snapshot.weekly_review("yearly").unwrap();
        assert!(yearly.months.periods.is_empty() && yearly.boxes[2].period.is_none() && yearly.boxes[4].period.is_some());
        assert_eq!(snapshot.weekly_review("lead").unwrap_err().help(), "did you mean `leads`?");
    }

    #[test]
    fn cells_have_weeks_and_months_and_say_why_there_is_nothing_to_date() {
        let (system, _) = System::parse(&[Source::new("system.yaml", TEXT)]).unwrap();
        let cells = system.cells(&facts(&system), "2026-03-18".parse().unwrap(), &[]).unwrap();
        let review = system.snapshot_of(&cells).unwrap().weekly_review("leads").unwrap();
        assert_eq!(review.boxes[0].actual.text, "14");
        assert_eq!(review.boxes[4].actual.value.cause(), "the cells of this snapshot do not tell the days of a period apart");
    }
}
