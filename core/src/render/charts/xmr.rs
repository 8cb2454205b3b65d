//! The process behaviour chart: values with centre and limits, moving ranges below.
//!
//! A signal is a filled diamond whose rule is written below the chart, in its tooltip and in the
//! description. A point that is not judged is hollow. Every segment has its lines to itself.

use std::cmp::Ordering;

use super::scale::Axis;
use super::sheet::{Font, Label, MARGIN, Sheet, px};
use super::{Svg, told};
use crate::base::number::Number;
use crate::base::unit::Unit;
use crate::base::value::Value;
use crate::judge::process_chart::{ProcessChart, ProcessLines, ProcessPoint};
use crate::judge::variance::Figure;
use crate::words::{Message, Words};

/// The heights of the two panels.
const VALUES: i64 = 2_000;
const RANGES: i64 = 800;

/// The frame of a panel of a time series.
pub(super) struct Panel {
    pub(super) axis: Axis,
    pub(super) left: i64,
    pub(super) right: i64,
    pub(super) top: i64,
    pub(super) bottom: i64,
    /// How many points stand side by side.
    pub(super) points: usize,
}

impl Panel {
    /// The panel with its grid and the figures beside it; `None` where there are no values.
    pub(super) fn draw<'v>(
        sheet: &mut Sheet,
        values: impl Iterator<Item = &'v Number> + Clone,
        zero: bool,
        unit: &Unit,
        ((left, top), (right, bottom)): ((i64, i64), (i64, i64)),
        points: usize,
    ) -> Option<Self> {
        Self::below(sheet, values, zero, unit, ((left, top), (right, bottom)), points, left)
    }

    /// The same, whose points do not begin before a place: below those of another panel.
    fn below<'v>(
        sheet: &mut Sheet,
        values: impl Iterator<Item = &'v Number> + Clone,
        zero: bool,
        unit: &Unit,
        ((left, top), (right, bottom)): ((i64, i64), (i64, i64)),
        points: usize,
        from: i64,
    ) -> Option<Self> {
        let axis = Axis::over(values, zero, if bottom - top > 1_000 { 5 } else { 2 }, (bottom, top))?;
        let texts: Vec<String> = axis.ticks.iter().map(|tick| unit.format_with(tick, sheet.words.marks())).collect();
        let beside = widest(texts.iter()).min((right - left) / 3);
        let left = (left + beside + 60).max(from);
        for (tick, text) in axis.ticks.iter().zip(&texts) {
            let y = axis.scale.at(tick);
            sheet.line("grid", (left, y), (right, y));
            sheet.text(Label::at(left - 60, y + 40).end().font(Font::Small).class("soft").room(beside).whole(), text);
        }
        Some(Self { axis, left, right, top, bottom, points })
    }

    /// The width of a point's place.
    pub(super) fn slot(&self) -> i64 {
        (self.right - self.left) / i64::try_from(self.points.max(1)).unwrap_or(1)
    }

    pub(super) fn x(&self, index: usize) -> i64 {
        let index = i64::try_from(index).unwrap_or(0);
        let points = i64::try_from(self.points.max(1)).unwrap_or(1);
        self.left + (self.right - self.left) * (2 * index + 1) / (2 * points)
    }

    pub(super) fn y(&self, value: &Number) -> i64 {
        self.axis.scale.at(value)
    }

    /// On which side of the scale a value lies that is not on it.
    fn beyond(&self, value: &Number) -> Ordering {
        let (first, last) = (self.axis.ticks.first(), self.axis.ticks.last());
        match (first.is_some_and(|first| value < first), last.is_some_and(|last| value > last)) {
            (true, _) => Ordering::Less,
            (_, true) => Ordering::Greater,
            _ => Ordering::Equal,
        }
    }

    pub(super) fn place(&self, index: usize, figure: &Figure) -> Option<(i64, i64)> {
        Some((self.x(index), self.y(figure.value.number()?)))
    }

    /// The names below: all of them, or where they have no room every so many from the last back.
    pub(super) fn names(&self, sheet: &mut Sheet, names: &[&str]) {
        let widest = names.iter().map(|name| Font::Small.width(name)).max().unwrap_or(0).min(self.right - self.left);
        let (first, last) = (self.left.min(MARGIN + widest / 2), sheet.right() - widest / 2);
        let mut free = i64::MAX;
        for (index, name) in names.iter().enumerate().rev() {
            let x = self.x(index).clamp(first, last.max(first));
            if x + widest / 2 <= free {
                sheet.text(Label::at(x, self.bottom + 160).middle().font(Font::Small).class("soft").room(widest), name);
                free = x - widest / 2 - 80;
            }
        }
    }
}

fn widest<'t>(texts: impl Iterator<Item = &'t String>) -> i64 {
    texts.map(|text| Font::Small.width(text)).max().unwrap_or(0)
}

impl ProcessChart {
    /// The chart: values about their centre and limits, and their moving ranges below.
    ///
    /// ```
    /// # use marketingos::{Facts, Grain, Source, System};
    /// use marketingos::Svg;
    /// # let text = "{marketingos: 1, name: Small firm, sources: {calls: {date: day, measures: [n], rows: events, recorded_from: 2026-01-01, recorded_until: as_of}},
    /// #   kpis: {calls: {name: Calls, unit: count, direction: higher, sum: calls.n}}}";
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let rows = [9, 11, 9, 11, 9, 11, 9, 11, 30].into_iter().enumerate().map(|(at, n)| format!("2026-{:02}-01,{n}\n", at + 1));
    /// let facts = Facts::builder(&system).csv("calls", "day,n\n".to_owned() + &rows.collect::<String>()).build()?;
    /// let chart = system.snapshot(&facts, "2026-09-30".parse()?).chart("calls", Grain::Month)?;
    /// assert!(chart.to_svg(&Svg::default()).contains("2026-09: 30, a signal: beyond the process limit."));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn to_svg(&self, options: &Svg) -> String {
        self.in_words().drawn(options)
    }

    /// Draws what is in words already.
    fn drawn(&self, options: &Svg) -> String {
        let words = &self.words;
        let mut sheet = Sheet::new(options, words);
        let title = words.text(Message::XmrTitle, &[("name", (&self.name).into()), ("grain", (&words.grain(self.grain)).into())]);
        let top = sheet.heading(&title, &self.text) + 40;
        let lines = || self.points.iter().filter_map(|point| point.lines.as_ref()).flat_map(|lines| [&lines.lower, &lines.upper]);
        let limits = || lines().filter_map(|figure| figure.value.number());
        // What is known in part says nothing of how high the chart should be, unless there is no more.
        let any = self.points.iter().any(ProcessPoint::is_complete);
        let values = || self.points.iter().filter(|point| point.is_complete() || !any).filter_map(shown).chain(limits());
        let names: Vec<&str> = self.points.iter().map(|point| point.period.label.as_str()).collect();
        let edges = (sheet.right(), top + VALUES);
        // Both panels have their points below one another.
        let ranges = Axis::over(self.range_values(), true, 2, (0, 1)).map(|axis| axis.ticks).unwrap_or_default();
        let from = MARGIN
            + 60
            + widest(ranges.iter().map(|tick| self.unit.format_with(tick, self.words.marks())).collect::<Vec<_>>().iter()).min((edges.0 - MARGIN) / 3);
        let Some(panel) = Panel::below(&mut sheet, values(), false, &self.unit, ((MARGIN, top), edges), self.points.len(), from) else {
            sheet.text(Label::at(MARGIN, top + 60).class("soft"), &words.word(Message::NothingToChart));
            return sheet.finish(options, top + 200, &title, &self.in_all_words());
        };
        self.limits(&mut sheet, &panel);
        let places: Vec<_> = self.points.iter().enumerate().map(|(at, point)| Some((panel.x(at), panel.y(shown(point)?)))).collect();
        // A line does not lead from one process into the next.
        for (first, points) in self.segments() {
            // What is known in part is no end of a line.
            let here = self.points.iter().zip(&places).skip(first).take(points);
            let whole: Vec<_> = here.map(|(point, place)| place.filter(|_| point.is_complete())).collect();
            sheet.polyline("ac-line", &whole);
        }
        for (point, place) in self.points.iter().zip(&places) {
            match place {
                None => {}
                Some(place) if !point.judged => match shown(point).map(|value| panel.beyond(value)) {
                    Some(Ordering::Less) => sheet.arrow("hollow", *place, 50),
                    Some(Ordering::Greater) => sheet.arrow("hollow", *place, -50),
                    _ => sheet.circle("hollow", *place, 32),
                },
                Some(place) if point.signals.is_empty() => sheet.circle("ac", *place, 28),
                Some(place) => sheet.marked(self.class(point), *place, 60, &rules(words, point)),
            }
        }
        panel.names(&mut sheet, &names);
        let mut y = panel.bottom + 400;
        y = self.ranges(&mut sheet, &panel, y);
        for (index, segment) in self.segments.iter().enumerate().skip(1).take(6) {
            let text = words.text(Message::SegmentFrom, &[("period", segment.from.label.as_str().into()), ("told", (&segment.reason).into())]);
            let text = format!("{}. {text}", index + 1);
            y = sheet.paragraph(Label::at(MARGIN, y).font(Font::Small), &text, 2);
        }
        for signal in self.signals() {
            y = sheet.paragraph(Label::at(MARGIN, y).font(Font::Small), &signal, 2);
        }
        y = sheet.paragraph(Label::at(MARGIN, y).font(Font::Small).class("soft"), &words.word(Message::XmrLegend), 3);
        sheet.finish(options, y, &title, &self.in_all_words())
    }

    /// Each rule that is broken, with the periods that break it: of the last few rules.
    fn signals(&self) -> Vec<String> {
        let mut broken: Vec<(Message, Vec<&str>)> = Vec::new();
        for point in &self.points {
            for rule in point.signals.iter().map(|signal| signal.rule.message()) {
                match broken.iter_mut().find(|(known, _)| *known == rule) {
                    Some((_, periods)) => periods.push(&point.period.label),
                    None => broken.push((rule, vec![&point.period.label])),
                }
            }
        }
        broken.iter().map(|(rule, periods)| format!("◆ {}: {}", self.words.word(*rule), periods.join(", "))).collect()
    }

    /// The first point of each segment, and how many it has.
    fn segments(&self) -> Vec<(usize, usize)> {
        let mut first = 0;
        let mut segments = Vec::new();
        for segment in &self.segments {
            segments.push((first, segment.points));
            first += segment.points;
        }
        segments
    }

    /// The class of a signal: where it points in no direction, or none is better, it is dark.
    fn class(&self, point: &ProcessPoint) -> &'static str {
        match point.signals.first().and_then(|signal| signal.improves(self.direction)) {
            Some(true) => "good",
            Some(false) => "bad",
            None => "ac",
        }
    }

    /// The band between the limits, the limits and the centre: as steps, since they may follow a
    /// course.
    fn limits(&self, sheet: &mut Sheet, panel: &Panel) {
        for (at, (first, points)) in self.segments().into_iter().enumerate() {
            let here = || self.points.iter().enumerate().skip(first).take(points).filter_map(|(at, point)| Some((at, point.lines.as_ref()?)));
            let half = panel.slot() / 2;
            let steps = |of: fn(&ProcessLines) -> &Figure| {
                let mut places = Vec::new();
                for (at, lines) in here() {
                    let y = of(lines).value.number().map(|value| panel.y(value));
                    places.extend(y.map(|y| [Some((panel.x(at) - half, y)), Some((panel.x(at) + half, y))]).into_iter().flatten());
                }
                places
            };
            let (upper, lower) = (steps(|lines| &lines.upper), steps(|lines| &lines.lower));
            let outline: Vec<String> = upper.iter().chain(lower.iter().rev()).flatten().map(|(x, y)| format!("{} {}", px(*x), px(*y))).collect();
            if !outline.is_empty() {
                sheet.path("range", &format!("M{}z", outline.join("L")));
            }
            sheet.polyline("limit", &upper);
            sheet.polyline("limit", &lower);
            sheet.polyline("centre", &steps(|lines| &lines.centre));
            if at > 0 {
                let x = panel.x(first) - half;
                sheet.line("axis", (x, panel.top), (x, panel.bottom));
                sheet.text(
                    Label::at(x + 30, panel.top + 100)
                        .font(Font::Small)
                        .class("soft")
                        .room(points.try_into().map_or(0, |points: i64| points * panel.slot()))
                        .whole(),
                    &format!("{}.", at + 1),
                );
            }
        }
    }

    /// The moving ranges and their limits.
    fn range_values(&self) -> impl Iterator<Item = &Number> + Clone {
        let limits = self.segments.iter().filter_map(|segment| Some(&segment.limits.as_ref()?.range_limit));
        self.points.iter().filter_map(|point| point.range.as_ref()?.value.number()).chain(limits)
    }

    /// The moving ranges; the lower edge.
    fn ranges(&self, sheet: &mut Sheet, above: &Panel, top: i64) -> i64 {
        if self.range_values().next().is_none() {
            return top;
        }
        sheet.text(Label::at(MARGIN, top).font(Font::Strong), &self.words.word(Message::MovingRange));
        let top = top + 130;
        let Some(panel) =
            Panel::below(sheet, self.range_values(), true, &self.unit, ((MARGIN, top), (above.right, top + RANGES)), self.points.len(), above.left)
        else {
            return top;
        };
        for ((first, points), segment) in self.segments().into_iter().zip(&self.segments) {
            let (Some(limits), Some(last)) = (&segment.limits, (first + points).checked_sub(1)) else { continue };
            let limit = &limits.range_limit;
            let (y, half) = (panel.y(limit), panel.slot() / 2);
            sheet.line("limit", (panel.x(first) - half, y), (panel.x(last) + half, y));
        }
        let places: Vec<_> = self.points.iter().enumerate().map(|(at, point)| panel.place(at, point.range.as_ref()?)).collect();
        sheet.polyline("ac-line", &places);
        for place in places.iter().flatten() {
            sheet.circle("ac", *place, 22);
        }
        panel.bottom + 260
    }

    fn in_all_words(&self) -> String {
        let words = &self.words;
        let mut said = vec![self.text.clone()];
        for (segment, (first, _)) in self.segments.iter().zip(self.segments()) {
            let lines = self.points.get(first).and_then(|point| point.lines.as_ref());
            let limits = match lines {
                None => words.word(Message::TooFewForLimits),
                Some(ProcessLines { centre, lower, upper }) => {
                    words.text(Message::CentreLimits, &[("centre", (&centre.text).into()), ("lower", (&lower.text).into()), ("upper", (&upper.text).into())])
                }
            };
            let message = if segment.reason.is_empty() { Message::SegmentFrom } else { Message::SegmentFromFor };
            let given = [("period", segment.from.label.as_str().into()), ("reason", (&segment.reason).into()), ("told", (&limits).into())];
            said.push(format!("{}.", words.text(message, &given)));
        }
        for point in &self.points {
            let mark = match (point.signals.is_empty(), point.judged, point.actual.value.number()) {
                (false, ..) => format!(", {}", words.text(Message::ASignal, &[("rules", (&rules(words, point)).into())])),
                (true, false, Some(_)) => format!(", {}", words.word(Message::NotJudged)),
                _ => String::new(),
            };
            let mark = match &point.actual.value {
                Value::Incomplete { so_far, .. } => {
                    let so_far = self.unit.format_with(so_far, words.marks());
                    format!("{mark}, {}", words.text(Message::SoFar, &[("value", (&so_far).into())]))
                }
                _ => mark,
            };
            said.push(format!("{}: {}{mark}.", point.period.label, told(words, &point.actual)));
        }
        said.join(" ")
    }
}

impl ProcessPoint {
    fn is_complete(&self) -> bool {
        self.actual.value.number().is_some()
    }
}

/// The figure of a point or, of one that is not complete, what there is so far.
fn shown(point: &ProcessPoint) -> Option<&Number> {
    match &point.actual.value {
        Value::Value { value } | Value::Incomplete { so_far: value, .. } => Some(value),
        _ => None,
    }
}

/// The rules that a point breaks, in words.
fn rules(words: &Words, point: &ProcessPoint) -> String {
    point.signals.iter().map(|signal| words.word(signal.rule.message())).collect::<Vec<_>>().join("; ")
}
