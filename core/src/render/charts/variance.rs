//! The scorecard's variances: ΔPL of every KPI as a bar, ΔPL% as a pin.
//!
//! KPIs of one unit share a scale, since bars of leads and of euros have no common length. Pins
//! share one scale up to at most ±100 %; what goes beyond ends in an arrow. A figure stands on the
//! side of the zero line that its bar leaves free, so that the two never meet.

use super::scale::Scale;
use super::sheet::{Font, Label, MARGIN, Sheet};
use super::{Svg, impact, told};
use crate::base::number::Number;
use crate::judge::scorecard::{Line, Scorecard};
use crate::judge::variance::Figure;

const ROW: i64 = 260;
/// Half of a bar's height.
const HALF: i64 = 60;
const LEGEND: &str = "AC actual, PL plan, ΔPL = AC − PL. Bars of one unit share a scale; pins share one up to ±100%, and an arrow goes beyond. \
    ✓ favourable, ✗ adverse.";

impl Scorecard {
    /// Every KPI's variance against its plan: ΔPL as bars, ΔPL% as pins.
    ///
    /// ```
    /// # use marketingos::{Facts, Grain, Source, System};
    /// use marketingos::Svg;
    /// # let text = "{marketingos: 1, name: Small firm, people: {ana: Ana}, operator: ana,
    /// #   sources: {leads: {date: created, rows: events, recorded_from: 2026-01-01, recorded_until: as_of}},
    /// #   kpis: {leads: {name: New leads, unit: count of leads, direction: higher, owner: ana, count: leads}},
    /// #   plan: {targets: {leads: [{from: 2026-01, to: 2026-12, value: 3}]}}}";
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let facts = Facts::builder(&system).csv("leads", "created\n2026-01-05\n2026-01-19\n").build()?;
    /// let svg = system.snapshot(&facts, "2026-01-31".parse()?).scorecard(Grain::Month).to_svg(&Svg::default());
    /// assert!(svg.contains("New leads: AC 2, PL 3, ΔPL −1 (−33.3%), adverse."));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn to_svg(&self, options: &Svg) -> String {
        let mut sheet = Sheet::new(options);
        let title = format!("{}: variances against plan", self.system);
        let mut y = sheet.heading(&title, &format!("{}, as of {}", self.period.label, self.as_of));
        let columns = Columns::of(&sheet);
        columns.header(&mut sheet, y);
        y += 60;
        let widest = Number::from(1).min(self.lines.iter().filter_map(relative).map(Number::abs).max().unwrap_or_else(|| Number::from(1)));
        let top = y;
        for line in &self.lines {
            self.row(&mut sheet, &columns, line, y, &widest);
            y += ROW;
        }
        if self.lines.is_empty() {
            sheet.text(Label::at(MARGIN, y + 160).class("soft"), "There are no KPIs.");
            y += ROW;
        } else {
            for (from, to) in [columns.bars, columns.pins] {
                let zero = (from + to) / 2;
                sheet.line("axis", (zero, top), (zero, y));
            }
        }
        let y = sheet.paragraph(Label::at(MARGIN, y + 200).font(Font::Small).class("soft"), LEGEND, 4);
        let words: Vec<String> = self.lines.iter().map(|line| self.words(line)).collect();
        sheet.finish(options, y, &format!("{title}, {}", self.period.label), &words.join(" "))
    }

    /// The name, with the period where it is not that of the others.
    fn name(&self, line: &Line) -> String {
        if line.period == self.period { line.name.clone() } else { format!("{} ({})", line.name, line.period.label) }
    }

    fn words(&self, line: &Line) -> String {
        let relative = line.plan.relative.as_ref().filter(|relative| relative.value.number().is_some());
        let relative = relative.map(|relative| format!(" ({})", relative.text)).unwrap_or_default();
        let against = match line.plan.base.value.number() {
            None => line.status.target.words().to_owned(),
            Some(_) => format!("PL {}, ΔPL {}{relative}, {}", line.plan.base.text, told(&line.plan.change), line.plan.impact.word()),
        };
        format!("{}: AC {}, {against}.", self.name(line), told(&line.actual))
    }

    fn row(&self, sheet: &mut Sheet, columns: &Columns, line: &Line, y: i64, widest: &Number) {
        let (base, middle) = (y + 170, y + ROW / 2);
        sheet.text(Label::at(MARGIN, base).room(columns.name), &self.name(line));
        if let Some((actual, plan)) = columns.figures {
            sheet.text(Label::at(actual, base).end().font(Font::Strong).room(columns.figure).whole(), &line.actual.text);
            let text = if line.target.is_some() { &line.plan.base.text } else { "–" };
            sheet.text(Label::at(plan, base).end().room(columns.figure).whole(), text);
        }
        let (from, to) = columns.bars;
        let Some(change) = line.plan.change.value.number() else {
            let why = if line.target.is_some() { &line.plan.change.text } else { line.status.target.words() };
            return sheet.text(Label::at((from + to) / 2 + 60, base).font(Font::Small).class("soft"), why);
        };
        let largest = self.lines.iter().filter(|other| other.unit == line.unit).filter_map(|other| other.plan.change.value.number().map(Number::abs)).max();
        let largest = largest.unwrap_or_else(|| change.abs());
        let scale = Scale::new(-largest.clone(), largest, from, to);
        let (class, mark) = impact(line.plan.impact);
        let (zero, end) = ((from + to) / 2, scale.at(change));
        sheet.rect(class, zero.min(end), middle - HALF, ((end - zero).abs(), 2 * HALF));
        value(sheet, (zero, base), change, class, &format!("{} {mark}", line.plan.change.text), zero - from);
        if let (Some(relative), Some(figure)) = (relative(line), &line.plan.relative) {
            pin(sheet, columns.pins, (middle, base), relative, widest, class, figure);
        }
    }
}

/// A pin from the zero line to a share, which ends in an arrow where it goes beyond.
fn pin(sheet: &mut Sheet, (from, to): (i64, i64), (middle, base): (i64, i64), relative: &Number, widest: &Number, class: &'static str, figure: &Figure) {
    let scale = Scale::new(-widest.clone(), widest.clone(), from + 60, to - 60);
    let (zero, end) = ((from + to) / 2, scale.at(relative));
    sheet.rect(class, zero.min(end), middle - 10, ((end - zero).abs(), 20));
    if relative.abs() > *widest {
        let tip = if relative.is_negative() { -60 } else { 60 };
        let at = super::sheet::px;
        sheet.path(class, &format!("M{} {}L{} {}L{} {}z", at(end), at(middle - 50), at(end + tip), at(middle), at(end), at(middle + 50)));
    } else {
        sheet.circle(class, (end, middle), 40);
    }
    value(sheet, (zero, base), relative, class, &figure.text, zero - from);
}

/// A figure on the side that its bar leaves free.
fn value(sheet: &mut Sheet, (zero, base): (i64, i64), of: &Number, class: &'static str, text: &str, room: i64) {
    let label = if of.is_negative() { Label::at(zero + 50, base) } else { Label::at(zero - 50, base).end() };
    let class = if class == "calm" { "" } else { class };
    sheet.text(label.font(Font::Small).class(class).room(room).whole(), text.trim_end());
}

fn relative(line: &Line) -> Option<&Number> {
    line.plan.change.value.number()?;
    line.plan.relative.as_ref()?.value.number()
}

/// Where the columns of the chart begin and end.
struct Columns {
    name: i64,
    /// The right edges of AC and PL, where there is room for them.
    figures: Option<(i64, i64)>,
    figure: i64,
    bars: (i64, i64),
    pins: (i64, i64),
}

impl Columns {
    fn of(sheet: &Sheet) -> Self {
        let room = sheet.right() - MARGIN;
        let wide = room >= 5_600;
        let (name, figure) = if wide { (room / 4, 900) } else { (room * 3 / 10, 0) };
        let start = MARGIN + name + 60;
        let figures = wide.then_some((start + figure, start + 2 * figure + 60));
        let bars = figures.map_or(start, |(_, plan)| plan + 100);
        let middle = bars + (sheet.right() - bars) * 11 / 20;
        Self { name, figures, figure, bars: (bars, middle - 60), pins: (middle + 60, sheet.right()) }
    }

    fn header(&self, sheet: &mut Sheet, y: i64) {
        let label = |x: i64| Label::at(x, y).font(Font::Small).class("soft");
        if let Some((actual, plan)) = self.figures {
            sheet.text(label(actual).end(), "AC");
            sheet.text(label(plan).end(), "PL");
        }
        for ((from, to), text) in [(self.bars, "ΔPL"), (self.pins, "ΔPL%")] {
            sheet.text(label((from + to) / 2).middle(), text);
        }
    }
}
