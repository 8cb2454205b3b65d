//! Where running periods stand and where they will end: a panel for each line, from the first day
//! of the period to the last.
//!
//! Of an amount three points of the plan are known and joined: its start, what it comes to by now,
//! and the target; and of the actual two: its start and now. What does not add up day by day has a
//! level instead. From now on the forecast is dashed, its end a hatched bar over the interval with
//! a mark at the value.

use super::sheet::{Font, LINE, Label, MARGIN, Sheet};
use super::xmr::Panel;
use super::{Svg, told};
use crate::base::number::Number;
use crate::judge::landing::{Landing, LandingLine};
use crate::words::{Message, Words};

const HEIGHT: i64 = 1_400;
/// The most lines that are drawn; others are counted.
const MOST: usize = 40;

impl Landing {
    /// Every line as a panel of its own; see [`LandingLine::to_svg`].
    ///
    /// ```
    /// # use marketingos::{Facts, Grain, Source, System};
    /// use marketingos::Svg;
    /// # let text = "{marketingos: 1, name: Small firm, sources: {visits: {date: day, measures: [number], rows: daily}},
    /// #   kpis: {visits: {name: Visits, unit: count of visits, direction: higher, sum: visits.number}}}";
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let facts = Facts::builder(&system).csv("visits", "day,number\n2026-09-01,5\n2026-09-02,7\n").build()?;
    /// let landing = system.snapshot(&facts, "2026-09-02".parse()?).landing(None, None)?;
    /// assert!(landing.to_svg(&Svg::default()).contains("Visits: where 2026-09 will land cannot be told"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn to_svg(&self, options: &Svg) -> String {
        let title = self.words.word(Message::LandingsTitle);
        let title = self.words.text(Message::TitledAsOf, &[("title", (&title).into()), ("date", self.as_of.into())]);
        drawn(options, &self.words, &title, &self.lines)
    }
}

impl LandingLine {
    /// The line as a chart: so far, the plan, and the forecast with its interval.
    ///
    /// ```
    /// # use marketingos::{Facts, Grain, Source, System};
    /// use marketingos::Svg;
    /// # let text = "{marketingos: 1, name: Small firm, sources: {visits: {date: day, measures: [number], rows: daily}},
    /// #   kpis: {visits: {name: Visits, unit: count of visits, direction: higher, sum: visits.number}}}";
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let facts = Facts::builder(&system).csv("visits", "day,number\n2026-09-01,5\n2026-09-02,7\n").build()?;
    /// let landing = system.snapshot(&facts, "2026-09-02".parse()?).landing(Some("visits"), Some(Grain::Month))?;
    /// assert!(landing.lines[0].to_svg(&Svg::default()).contains("<title id="));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn to_svg(&self, options: &Svg) -> String {
        let title = self.words.text(Message::LandingTitle, &[("name", (&self.name).into()), ("period", self.period.label.as_str().into())]);
        drawn(options, &self.words, &title, std::slice::from_ref(self))
    }

    /// Draws the panel; its lower edge.
    fn draw(&self, sheet: &mut Sheet, top: i64) -> i64 {
        let heading = format!("{}, {}", self.name, self.period.label);
        sheet.text(Label::at(MARGIN, top).font(Font::Strong), &heading);
        let top = sheet.paragraph(Label::at(MARGIN, top + LINE).class("soft"), &self.sentence, 4) + 20;
        let pacing = &self.pacing;
        // What brings an amount a day adds up day by day.
        let additive = pacing.per_day.value.number().is_some();
        let start = Number::from(0);
        let interval = self.interval.as_ref();
        let figures = [
            Some(&pacing.actual),
            Some(&pacing.expected),
            Some(&self.plan),
            Some(&self.projected),
            interval.map(|held| &held.low),
            interval.map(|held| &held.high),
        ];
        let values = figures.into_iter().flatten().filter_map(|figure| figure.value.number()).chain(additive.then_some(&start));
        let labels = [&self.plan.text, &self.projected.text].into_iter().map(|text| Font::Small.width(text)).max().unwrap_or(0);
        let beside = (labels + Font::Small.width("FC ") + 220).min((sheet.right() - MARGIN) / 3);
        let edges = (sheet.right() - beside, top + HEIGHT);
        let Some(panel) = Panel::draw(sheet, values, additive, &self.unit, ((MARGIN, top), edges), 1) else {
            sheet.text(Label::at(MARGIN, top + 100).class("soft"), &self.words.word(Message::NothingToDraw));
            return top + 200;
        };
        let days = pacing.days.saturating_add(pacing.days_left).max(1);
        let now = panel.left + (panel.right - panel.left).saturating_mul(pacing.days) / days;
        let place = |x: i64, figure: &crate::judge::variance::Figure| Some((x, panel.y(figure.value.number()?)));
        let origin = additive.then(|| (panel.left, panel.y(&start)));
        let (actual, expected, plan) = (place(now, &pacing.actual), place(now, &pacing.expected), place(panel.right, &self.plan));
        let landed = place(panel.right, &self.projected);
        let joined = |points: &[Option<(i64, i64)>]| points.iter().copied().filter(Option::is_some).collect::<Vec<_>>();
        sheet.line("grid", (now, panel.top), (now, panel.bottom));
        // A level is planned for the whole of the period.
        let planned = if additive { joined(&[origin, expected, plan]) } else { joined(&[plan.map(|(_, y)| (panel.left, y)), plan]) };
        sheet.polyline("pl-line", &planned);
        sheet.polyline("ac-line", &joined(&[origin, actual]));
        if pacing.days_left > 0 {
            sheet.polyline("fc-line", &joined(&[actual, landed]));
        }
        if let Some((low, high)) = interval.and_then(|held| Some((panel.y(held.low.value.number()?), panel.y(held.high.value.number()?)))) {
            sheet.hatched(panel.right - 50, high, (100, (low - high).max(10)));
        }
        plan.into_iter().for_each(|place| sheet.diamond("pl", place, 60));
        landed.into_iter().for_each(|place| sheet.diamond("ac", place, 45));
        actual.into_iter().for_each(|place| sheet.circle("ac", place, 40));
        self.labels(sheet, &panel, [plan, landed].map(|place| place.map(|(_, y)| y)));
        let label = |x: i64| Label::at(x, panel.bottom + 160).font(Font::Small).class("soft");
        let (first, last) = (self.period.first.to_string(), self.period.last.to_string());
        sheet.text(label(panel.left), &first);
        sheet.text(label(panel.right + 100).end(), &last);
        // The day so far has a name where it does not run into those of the ends.
        let (text, width) = (pacing.until.to_string(), Font::Small.width(&first));
        if now - panel.left > width * 3 / 2 + 60 && panel.right + 100 - now > width * 3 / 2 + 60 {
            sheet.text(label(now).middle(), &text);
        }
        panel.bottom + 460
    }

    /// The target and the forecast, written beside their marks and apart from one another.
    fn labels(&self, sheet: &mut Sheet, panel: &Panel, [plan, landed]: [Option<i64>; 2]) {
        let (mut above, mut below) = (plan, landed);
        if let (Some(plan), Some(landed)) = (&mut above, &mut below) {
            let apart = 150 - (*plan - *landed).abs();
            if apart > 0 {
                let (up, down) = if plan <= landed { (plan, landed) } else { (landed, plan) };
                *up -= apart / 2;
                *down += apart - apart / 2;
            }
        }
        let code = if self.pacing.days_left > 0 { "FC" } else { "AC" };
        for (y, code, text) in [(above, "PL", &self.plan.text), (below, code, &self.projected.text)] {
            if let Some(y) = y {
                sheet.text(Label::at(panel.right + 110, y + 40).font(Font::Small).whole(), &format!("{code} {text}"));
            }
        }
    }

    fn so_far(&self) -> String {
        let (words, pacing) = (&self.words, &self.pacing);
        let [actual, expected] = [&pacing.actual, &pacing.expected].map(|figure| told(words, figure));
        let so_far = words.text(Message::LandingSoFar, &[("actual", (&actual).into()), ("date", pacing.until.into()), ("expected", (&expected).into())]);
        format!("{} {so_far}", self.sentence)
    }
}

fn drawn(options: &Svg, words: &Words, title: &str, lines: &[LandingLine]) -> String {
    let mut sheet = Sheet::new(options, words);
    let mut y = sheet.heading(title, "") + 60;
    let told: Vec<_> = lines.iter().map(LandingLine::in_words).collect();
    for line in told.iter().take(MOST) {
        y = line.draw(&mut sheet, y) + 60;
    }
    if lines.len() > MOST {
        sheet.text(Label::at(MARGIN, y).class("soft"), &words.text(Message::AndMore, &[("count", (lines.len() - MOST).into())]));
        y += LINE;
    }
    if lines.is_empty() {
        sheet.text(Label::at(MARGIN, y).class("soft"), &words.word(Message::NoKpis));
        y += LINE;
    }
    let y = sheet.paragraph(Label::at(MARGIN, y).font(Font::Small).class("soft"), &words.word(Message::LandingLegend), 4);
    sheet.finish(options, y, title, &told.iter().map(|line| line.so_far()).collect::<Vec<_>>().join(" "))
}
