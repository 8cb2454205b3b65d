//! A process behaviour chart: limits and broken rules for every point.

use std::cmp::Ordering;
use std::ops::{Range, RangeInclusive};

use serde::Serialize;

use super::course::{Course, FittedCourse};
use super::limits::ProcessLimits;
use super::place::{Lines, Place, steps};
use super::rules::Signal;
use crate::base::number::Number;
use crate::model::signals::{Centre, RuleSet, SignalRules};

/// How a process behaviour chart is drawn.
///
/// A chart is one segment, or one more for each declared process change. Each segment has limits of
/// its own, from its own points: all of them, or the locked baseline that starts in it. A segment
/// with fewer points than the least has none, and none of its points is a signal. No run goes on
/// from one segment into the next.
///
/// ```
/// use marketingos::{Charting, Number, SignalRule};
/// // The limits of the first eight points hold; the ninth is a signal and does not widen them.
/// let values = [9, 11, 9, 11, 9, 11, 9, 11, 17].map(|value| Some(Number::from(value)));
/// let chart = Charting::default().baseline(0..=7).chart(&values);
/// let lines = chart.points[8].lines.as_ref().unwrap();
/// assert_eq!((lines.lower.to_string(), lines.upper.to_string()), ("4.68".into(), "15.32".into()));
/// assert_eq!(chart.points[8].signals[0].rule, SignalRule::BeyondLimit);
/// assert!(chart.points[..8].iter().all(|point| point.signals.is_empty()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charting {
    rules: RuleSet,
    centre: Centre,
    min_points: usize,
    course: Course,
    baseline: Option<RangeInclusive<usize>>,
    changes: Vec<usize>,
    partial_last: bool,
}

impl Default for Charting {
    fn default() -> Self {
        Self::from(SignalRules::default())
    }
}

impl From<SignalRules> for Charting {
    /// As a system declares it; its window is the caller's to cut.
    fn from(declared: SignalRules) -> Self {
        let min_points = usize::try_from(declared.min_points).unwrap_or(usize::MAX);
        Self { rules: declared.rules, centre: declared.centre, min_points, course: Course::Level, baseline: None, changes: Vec::new(), partial_last: false }
    }
}

impl Charting {
    /// With these rules; Wheeler's unless said.
    #[must_use]
    pub fn rules(mut self, rules: RuleSet) -> Self {
        self.rules = rules;
        self
    }

    /// With the mean or median form of the limits; the mean unless said.
    #[must_use]
    pub fn centre(mut self, centre: Centre) -> Self {
        self.centre = centre;
        self
    }

    /// With limits from at least so many points; 8 unless said, and never fewer than 2.
    #[must_use]
    pub fn min_points(mut self, least: usize) -> Self {
        self.min_points = least;
        self
    }

    /// About this course; a level unless said.
    #[must_use]
    pub fn course(mut self, course: Course) -> Self {
        self.course = course;
        self
    }

    /// With limits locked to those of these points, counted from 0, for the whole segment in which
    /// the first of them lies. Points of a later segment are of another process and do not count.
    #[must_use]
    pub fn baseline(mut self, points: RangeInclusive<usize>) -> Self {
        self.baseline = Some(points);
        self
    }

    /// With one more process change: from this point on, counted from 0, limits start anew.
    #[must_use]
    pub fn change(mut self, at: usize) -> Self {
        self.changes.push(at);
        self
    }

    /// With the last point not over yet: it is drawn, but counts for no limit and is never a signal.
    #[must_use]
    pub fn partial_last(mut self, partial: bool) -> Self {
        self.partial_last = partial;
        self
    }

    /// The chart of a series, oldest point first; `None` stands for a missing point.
    #[must_use]
    pub fn chart(&self, values: &[Option<Number>]) -> Chart {
        let mut chart = Chart { segments: Vec::new(), points: Vec::new() };
        let judged = values.len() - usize::from(self.partial_last && !values.is_empty());
        let values_judged: Vec<Option<Number>> =
            values.iter().enumerate().map(|(at, value)| value.as_ref().filter(|_| at < judged).map(Number::rounded)).collect();
        for reach in self.segments(values.len()) {
            let segment = values_judged.get(reach.clone()).unwrap_or_default();
            let process = self.process(&reach, segment);
            let lines = reach.clone().map(|at| process.as_ref().map(|process| process.lines(at)));
            let mut points: Vec<ChartPoint> =
                lines.zip(segment).map(|(lines, value)| ChartPoint { value: None, judged: value.is_some(), lines, range: None, signals: Vec::new() }).collect();
            if let Some(process) = &process {
                let left = process.course.left(reach.start, segment);
                for ((point, now), before) in points.iter_mut().skip(1).zip(left.iter().skip(1)).zip(&left) {
                    point.range = now.as_ref().zip(before.as_ref()).map(|(now, before)| (now.clone() - before.clone()).abs());
                }
                self.judge(&mut points, segment, &left);
            }
            chart.segments.push(ChartSegment { first: reach.start, points: points.len(), process });
            chart.points.append(&mut points);
        }
        for (point, value) in chart.points.iter_mut().zip(values) {
            point.value.clone_from(value);
        }
        chart
    }

    /// Which rules each point of a segment breaks: held against the lines as they are drawn, and
    /// against its neighbours by what is left when the course is taken out.
    fn judge(&self, points: &mut [ChartPoint], values: &[Option<Number>], left: &[Option<Number>]) {
        let place = |((point, value), step): ((&ChartPoint, &Option<Number>), Option<Ordering>)| {
            let ChartLines { centre, lower, upper } = point.lines.as_ref()?;
            Some(Lines::of(centre, lower, upper, self.rules.rules()).place(value.as_ref()?, step))
        };
        let places: Vec<Option<Place>> = points.iter().zip(values).zip(steps(left)).map(place).collect();
        for (at, point) in points.iter_mut().enumerate() {
            point.signals = places.get(..=at).map(|places| self.rules.signals(places)).unwrap_or_default();
        }
    }

    /// From where to where each segment reaches.
    fn segments(&self, points: usize) -> Vec<Range<usize>> {
        let mut starts: Vec<usize> = self.changes.iter().copied().filter(|at| (1..points).contains(at)).collect();
        starts.push(0);
        starts.sort_unstable();
        starts.dedup();
        let ends = starts.iter().copied().skip(1).chain([points]);
        starts.iter().copied().zip(ends).filter(|(first, end)| first < end).map(|(first, end)| first..end).collect()
    }

    /// The process of a segment, from its baseline or all of it.
    fn process(&self, reach: &Range<usize>, segment: &[Option<Number>]) -> Option<Process> {
        let locked = self.baseline.as_ref().filter(|baseline| reach.contains(baseline.start()));
        let basis = locked.map_or(0..segment.len(), |baseline| {
            let end = baseline.end().saturating_add(1).min(reach.end).saturating_sub(reach.start);
            baseline.start() - reach.start..end
        });
        let first = reach.start + basis.start;
        let basis = segment.get(basis)?;
        let course = self.course.fit(first, basis)?;
        let limits = ProcessLimits::exactly(self.centre, &course.left(first, basis), self.min_points)?;
        Some(Process { course, limits })
    }
}

/// A process behaviour chart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Chart {
    /// From one process change to the next, oldest first.
    pub segments: Vec<ChartSegment>,
    /// Every point, oldest first.
    pub points: Vec<ChartPoint>,
}

/// The points between two process changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChartSegment {
    /// Its first point, counted from 0.
    pub first: usize,
    /// How many points it has.
    pub points: usize,
    /// What is known of its process; `None` with too few points.
    pub process: Option<Process>,
}

/// A process: its course, and how far it moves about that by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Process {
    /// The expected course.
    pub course: FittedCourse,
    /// The limits of what is left when the course is taken out: of a level, the limits of the
    /// values.
    pub limits: ProcessLimits,
}

/// A point of a chart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChartPoint {
    /// Its value; `None` when it is missing.
    pub value: Option<Number>,
    /// Whether it is judged: it is there, and it is over.
    pub judged: bool,
    /// Centre and limits at this point; `None` with too few points.
    pub lines: Option<ChartLines>,
    /// The moving range: how far it lies from the point before, when the course is taken out of both.
    /// `None` for the first point of a segment, beside a gap and with too few points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<Number>,
    /// The rules that it breaks.
    pub signals: Vec<Signal>,
}

/// Centre and limits at one point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChartLines {
    /// The centre.
    pub centre: Number,
    /// The lower limit.
    pub lower: Number,
    /// The upper limit.
    pub upper: Number,
}

impl Process {
    /// Centre and limits at a point, counted from the series' first.
    fn lines(&self, at: usize) -> ChartLines {
        let line = |left: &Number| self.course.with(at, left.clone());
        ChartLines { centre: line(&self.limits.centre), lower: line(&self.limits.lower), upper: line(&self.limits.upper) }
    }
}
