//! The weekly business review chart: the trailing weeks on the left and the trailing months on the
//! right, each with a scale of its own, and below them the figures that are read out.
//!
//! The actual line is dark with round points, the prior year lighter with square ones, targets are
//! outlined diamonds. Scales do not begin at zero: the chart is about movement.

use super::sheet::{Font, LINE, Label, MARGIN, Sheet};
use super::xmr::Panel;
use super::{Svg, impact, told, with_relative};
use crate::judge::variance::{Comparison, Figure};
use crate::operate::weekly_review::{BoxScore, ReviewPeriod, ReviewSpan, WeeklyReview};
use crate::words::{Message, Words, capitalised};

const HEIGHT: i64 = 2_000;

impl WeeklyReview {
    /// The review as a chart: six weeks and twelve months side by side, with box scores.
    ///
    /// ```
    /// # use marketingos::{Facts, Source, System};
    /// use marketingos::Svg;
    /// # let text = "{marketingos: 1, name: Small firm, sources: {leads: {date: created, rows: events, recorded_from: 2025-01-01, recorded_until: as_of}},
    /// #   kpis: {leads: {name: New leads, unit: count of leads, direction: higher, count: leads}}}";
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let facts = Facts::builder(&system).csv("leads", "created\n2026-02-24\n2026-03-03\n2026-03-04\n").build()?;
    /// let svg = system.snapshot(&facts, "2026-03-10".parse()?).weekly_review("leads")?.to_svg(&Svg::default());
    /// assert!(svg.contains("Weeks: 2026-W05 0 (PY 0); "));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn to_svg(&self, options: &Svg) -> String {
        let words = &self.words;
        let mut sheet = Sheet::new(options, words);
        let title = words.text(Message::WeeklyTitle, &[("name", (&self.name).into())]);
        let owner = capitalised(&words.owner_is(self.owner.as_ref().map(|owner| owner.name.as_str())));
        let as_of = words.text(Message::AsOfTitle, &[("date", self.as_of.into())]);
        let top = sheet.heading(&title, &format!("{} {owner}. {as_of}.", self.text)) + 100;
        let (left, right) = (MARGIN, sheet.right());
        // Six to twelve, as many as there are points; a phone has them below one another.
        let narrow = right - left < 4_600;
        // What has no periods says so in a line, and leaves its room to the other.
        let alone = self.weeks.periods.is_empty() || self.months.periods.is_empty();
        let middle = left + (right - left) * 2 / 5;
        let mut y = top;
        if narrow || alone {
            for span in [&self.weeks, &self.months] {
                y = self.span(&mut sheet, span, (left, right), y) + 120;
            }
        } else {
            let lower = [(&self.weeks, (left, middle - 80)), (&self.months, (middle + 80, right))].map(|(span, sides)| self.span(&mut sheet, span, sides, y));
            y = lower.into_iter().max().unwrap_or(y) + 60;
        }
        y = self.scores(&mut sheet, y);
        y = sheet.paragraph(Label::at(MARGIN, y + 120).font(Font::Small).class("soft"), &words.word(Message::WeeklyLegend), 4);
        sheet.finish(options, y, &title, &self.in_words())
    }

    /// One of the two charts; its lower edge.
    fn span(&self, sheet: &mut Sheet, span: &ReviewSpan, (left, right): (i64, i64), top: i64) -> i64 {
        sheet.text(Label::at(left, top).font(Font::Strong), &span.title(&self.words));
        if span.periods.is_empty() {
            return sheet.paragraph(Label::at(left, top + LINE).class("soft").room(right - left), &span.cause, 4);
        }
        let top = top + 200;
        let figures = |period: &'static dyn Fn(&ReviewPeriod) -> &Figure| span.periods.iter().filter_map(move |of| period(of).value.number());
        let values = figures(&|period| &period.actual).chain(figures(&|period| &period.prior_year.base)).chain(figures(&|period| &period.plan.base));
        let Some(panel) = Panel::draw(sheet, values, false, &self.unit, ((left, top), (right, top + HEIGHT)), span.periods.len()) else {
            return sheet.paragraph(Label::at(left, top).class("soft").room(right - left), &self.words.word(Message::NoPeriodValue), 4);
        };
        let places = |figure: fn(&ReviewPeriod) -> &Figure| span.periods.iter().enumerate().map(|(at, of)| panel.place(at, figure(of))).collect::<Vec<_>>();
        let (actual, prior, plan) = (places(|of| &of.actual), places(|of| &of.prior_year.base), places(|of| &of.plan.base));
        sheet.polyline("py-line", &prior);
        for (x, y) in prior.iter().flatten() {
            sheet.rect("py", x - 30, y - 30, (60, 60));
        }
        sheet.polyline("ac-line", &actual);
        for place in plan.iter().flatten() {
            sheet.diamond("pl", *place, 50);
        }
        for place in actual.iter().flatten() {
            sheet.circle("ac", *place, 34);
        }
        // Every actual figure is written where all have room, else the last.
        let texts: Vec<&str> = span.periods.iter().map(|of| of.actual.text.as_str()).collect();
        let widest = texts.iter().map(|text| Font::Small.width(text)).max().unwrap_or(0);
        let last = actual.iter().rposition(Option::is_some);
        for (at, (place, text)) in actual.iter().zip(&texts).enumerate() {
            let Some((x, y)) = place.filter(|_| widest <= panel.slot() || Some(at) == last) else { continue };
            let x = x.min(panel.right + 58 - Font::Small.width(text) / 2);
            // Above the line where it turns down, below where it turns up.
            let beside = |other: Option<usize>| other.and_then(|other| *actual.get(other)?).is_some_and(|(_, other)| other < y);
            let low = beside(at.checked_sub(1)) && (beside(at.checked_add(1)) || at + 1 == actual.len());
            let base = if low && y + 130 < panel.bottom { y + 130 } else { (y - 70).max(top - 30) };
            // The figure stands on paper, whatever line passes below it.
            for class in ["halo", ""] {
                sheet.text(Label::at(x, base).middle().font(Font::Small).class(class).whole(), text);
            }
        }
        let names: Vec<&str> = span.periods.iter().map(|of| of.period.label.as_str()).collect();
        panel.names(sheet, &names);
        panel.bottom + 260
    }

    /// The boxes, in as many columns as have room for the widest text; the lower edge.
    fn scores(&self, sheet: &mut Sheet, top: i64) -> i64 {
        let cells: Vec<[(String, &'static str); 4]> = self.boxes.iter().map(|score| score.lines(&self.words)).collect();
        let widest = cells.iter().flatten().map(|(text, _)| Font::Strong.width(text)).max().unwrap_or(0) + 160;
        let room = sheet.right() - MARGIN;
        let columns = (1..=self.boxes.len()).rev().find(|columns| i64::try_from(*columns).is_ok_and(|columns| columns * widest <= room)).unwrap_or(1);
        let width = room / i64::try_from(columns).unwrap_or(1);
        let height = 4 * LINE + 100;
        let mut y = top;
        for row in cells.chunks(columns) {
            for (column, lines) in (0_i64..).zip(row) {
                let x = MARGIN + column * width;
                sheet.rect("box", x, y, (width - 60, height));
                for (at, (text, class)) in (0_i64..).zip(lines) {
                    let font = match at {
                        0 => Font::Small,
                        1 => Font::Strong,
                        _ => Font::Small,
                    };
                    sheet.text(Label::at(x + 60, y + 170 + at * LINE).font(font).class(class).room(width - 160), text);
                }
            }
            y += height + 60;
        }
        y
    }

    /// What it shows in words.
    pub(in crate::render) fn in_words(&self) -> String {
        let words = &self.words;
        let mut said = vec![self.text.clone()];
        for span in [&self.weeks, &self.months] {
            let periods: Vec<String> = span.periods.iter().map(ReviewPeriod::words).collect();
            let told = if periods.is_empty() { span.cause.clone() } else { periods.join("; ") };
            said.push(format!("{}: {told}.", span.title(words)));
        }
        for score in &self.boxes {
            let against = |code: &str, comparison: &Option<Comparison>| {
                let change = with_relative(told(words, &comparison.as_ref()?.change), comparison.as_ref()?);
                Some(format!(", {}", words.text(Message::Against, &[("code", code.into()), ("change", (&change).into())])))
            };
            let beside: String = [against("PP", &score.previous), against("PY", &score.prior_year)].into_iter().flatten().collect();
            said.push(format!("{}: {}{beside}.", words.word(score.span.message()), told(words, &score.actual)));
        }
        said.join(" ")
    }
}

impl ReviewSpan {
    pub(super) fn title(&self, words: &Words) -> String {
        words.word(if self.grain == crate::base::calendar::Grain::Week { Message::SpanWeeks } else { Message::SpanMonths })
    }
}

impl ReviewPeriod {
    pub(in crate::render) fn words(&self) -> String {
        let prior = if self.prior_year.base.value.number().is_some() { format!("PY {}", self.prior_year.base.text) } else { String::new() };
        let plan = if self.plan.base.value.number().is_some() { format!("PL {}", self.plan.base.text) } else { String::new() };
        let beside: Vec<String> = [prior, plan].into_iter().filter(|text| !text.is_empty()).collect();
        let beside = if beside.is_empty() { String::new() } else { format!(" ({})", beside.join(", ")) };
        format!("{} {}{beside}", self.period.label, self.actual.text)
    }
}

impl BoxScore {
    /// What stands in the box: what it is about, the figure, and its two changes.
    fn lines(&self, words: &Words) -> [(String, &'static str); 4] {
        let against = |code: &str, comparison: Option<&Comparison>| {
            let Some(comparison) = comparison else { return (String::new(), "soft") };
            if comparison.change.value.number().is_none() {
                return (format!("{code} –"), "soft");
            }
            let relative = comparison.relative.as_ref().filter(|relative| relative.value.number().is_some());
            let text = relative.map_or(&comparison.change.text, |relative| &relative.text);
            let (class, mark) = impact(comparison.impact);
            (format!("{code} {text} {mark}").trim_end().to_owned(), if class == "calm" { "soft" } else { class })
        };
        [
            (words.word(self.span.message()), "soft"),
            (self.actual.text.clone(), ""),
            against("PP", self.previous.as_ref()),
            against("PY", self.prior_year.as_ref()),
        ]
    }
}
