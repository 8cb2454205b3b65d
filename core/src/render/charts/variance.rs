//! The scorecard's variances: ΔPL of every KPI as a bar, ΔPL% as a pin.
//!
//! KPIs of one unit share a scale, since bars of leads and of euros have no common length. Pins
//! share one scale up to at most ±100 %; what goes beyond ends in an arrow. A figure stands on the
//! side of the zero line that its bar leaves free, so that the two never meet.

use super::scale::Scale;
use super::sheet::{Font, LINE, Label, MARGIN, Sheet};
use super::{Svg, impact, told, with_relative};
use crate::base::number::Number;
use crate::base::unit::Unit;
use crate::judge::scorecard::{Line, Scorecard};
use crate::judge::variance::Figure;
use crate::words::Message;

const ROW: i64 = 260;
/// Half of a bar's height.
const HALF: i64 = 60;

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
        let mut sheet = Sheet::new(options, &self.words);
        let title = self.words.text(Message::VarianceTitle, &[("name", (&self.system).into())]);
        let below = self.words.text(Message::TitledAsOf, &[("title", self.period.label.as_str().into()), ("date", self.as_of.into())]);
        let mut y = sheet.heading(&title, &below);
        let columns = Columns::of(&sheet, &self.lines);
        columns.header(&mut sheet, y);
        y += 60;
        let widest = Number::from(1).min(self.lines.iter().filter_map(relative).map(Number::abs).max().unwrap_or_else(|| Number::from(1)));
        let top = y;
        for line in &self.lines {
            self.row(&mut sheet, &columns, line, y, &widest);
            y += columns.row();
        }
        if self.lines.is_empty() {
            sheet.text(Label::at(MARGIN, y + 160).class("soft"), &self.words.word(Message::NoKpis));
            y += ROW;
        } else {
            for (from, to) in [columns.bars, columns.pins] {
                let zero = (from + to) / 2;
                // In two lines the axis does not cross the names.
                for row in 0..if columns.two_lines { self.lines.len() } else { 1 } {
                    let row = top + i64::try_from(row).unwrap_or(0) * columns.row();
                    let (from, to) = if columns.two_lines { (row + LINE + 30, row + columns.row()) } else { (top, y) };
                    sheet.line("axis", (zero, from), (zero, to));
                }
            }
        }
        let y = sheet.paragraph(Label::at(MARGIN, y + 200).font(Font::Small).class("soft"), &self.words.word(Message::VarianceLegend), 4);
        let words: Vec<String> = self.lines.iter().map(|line| self.words(line)).collect();
        sheet.finish(options, y, &format!("{title}, {}", self.period.label), &words.join(" "))
    }

    /// The name, with the period where it is not that of the others.
    fn name(&self, line: &Line) -> String {
        if line.period == self.period { line.name.clone() } else { format!("{} ({})", line.name, line.period.label) }
    }

    fn words(&self, line: &Line) -> String {
        let words = &self.words;
        let against = match line.plan.base.value.number() {
            None => words.word(line.status.target.message()),
            Some(_) => {
                let change = with_relative(told(words, &line.plan.change), &line.plan);
                format!("PL {}, ΔPL {change}, {}", line.plan.base.text, words.word(line.plan.impact.message()))
            }
        };
        format!("{}: AC {}, {against}.", self.name(line), told(words, &line.actual))
    }

    fn row(&self, sheet: &mut Sheet, columns: &Columns, line: &Line, y: i64, widest: &Number) {
        let (name, planned) = (self.name(line), line.target.is_some());
        let text = if planned { &line.plan.base.text } else { "–" };
        let mut base = y + 170;
        match columns.figures {
            Some((actual, plan, room)) => {
                sheet.text(Label::at(MARGIN, base).room(columns.name), &name);
                sheet.text(Label::at(actual, base).end().font(Font::Strong).room(room).whole(), &line.actual.text);
                sheet.text(Label::at(plan, base).end().room(room).whole(), text);
            }
            None => {
                let both = format!("AC {}, PL {text}", line.actual.text);
                let most = columns.name * 3 / 5;
                let figures = if Font::Small.width(&both) <= most { both } else { format!("AC {}", line.actual.text) };
                let beside = Font::Small.width(&figures).min(most);
                sheet.text(Label::at(MARGIN, base).font(Font::Strong).room(columns.name - beside - 100), &name);
                sheet.text(Label::at(sheet.right(), base).end().font(Font::Small).room(beside).whole(), &figures);
                base += LINE;
            }
        }
        let middle = base - 40;
        let (from, to) = columns.bars;
        let Some(change) = line.plan.change.value.number() else {
            let why = if line.target.is_some() { line.plan.change.text.clone() } else { self.words.word(line.status.target.message()) };
            return sheet.text(Label::at((from + to) / 2 + 60, base).font(Font::Small).class("soft"), &why);
        };
        let largest = columns.largest.iter().find(|(unit, _)| *unit == line.unit).map_or_else(|| change.abs(), |(_, largest)| largest.clone());
        let scale = Scale::new(-largest.clone(), largest, from, to);
        let (class, _) = impact(line.plan.impact);
        let (zero, end) = ((from + to) / 2, scale.at(change));
        // What is too small to have a length is a line.
        let length = if change.is_zero() { 0 } else { (end - zero).abs().max(10) };
        sheet.rect(class, zero.min(end), middle - HALF, (length, 2 * HALF));
        value(sheet, (zero, base), change, class, &label(line), zero - from);
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
    /// The largest |ΔPL| of each unit, which fills the half of a column.
    largest: Vec<(Unit, Number)>,
    name: i64,
    /// The right edges of AC and PL, and their width; `None` where there is no room for them.
    figures: Option<(i64, i64, i64)>,
    /// Whether the name has a line to itself, above the bars.
    two_lines: bool,
    bars: (i64, i64),
    pins: (i64, i64),
}

impl Columns {
    /// As wide as their texts need. Where all do not fit beside one another, the figures move up to
    /// the name, which then has a line to itself.
    fn of(sheet: &Sheet, lines: &[Line]) -> Self {
        const GAP: i64 = 100;
        let widest = |texts: &dyn Fn(&Line) -> i64, least: i64| lines.iter().map(texts).max().unwrap_or(0).max(least);
        let room = sheet.right() - MARGIN;
        let figure = widest(&|line| Font::Strong.width(&line.actual.text).max(Font::Plain.width(&line.plan.base.text)), 300).min(room / 5);
        let bar = widest(&|line| if line.plan.change.value.number().is_some() { Font::Small.width(&label(line)) } else { 0 }, 500) + 60;
        let pin =
            widest(&|line| line.plan.relative.as_ref().filter(|_| relative(line).is_some()).map_or(0, |figure| Font::Small.width(&figure.text)), 450) + 60;
        let name = widest(&|line| Font::Plain.width(&line.name), 1_000).min(room / 3);
        let fits = |fixed: i64| name.min(1_600) + fixed + 2 * bar + 2 * pin + 2 * GAP <= room;
        let (figures, two_lines) = (fits(2 * (figure + GAP)), !fits(2 * (figure + GAP)));
        let beside = if two_lines { 0 } else { 2 * bar + 2 * pin + 2 * GAP + 2 * (figure + GAP) };
        let name = if two_lines { room } else { name.min(room - beside) };
        let plan = MARGIN + name + 2 * (figure + GAP);
        let start = if two_lines { MARGIN } else { plan + GAP };
        // What is left is for the bars and pins, by what their labels need.
        let rest = sheet.right() - start;
        let split = sheet.right() - (2 * pin + GAP).max(rest * pin / (bar + pin)).min(rest / 2);
        Self {
            largest: largest(lines),
            name,
            figures: figures.then_some((plan - figure - GAP, plan, figure)),
            two_lines,
            bars: (start, split - GAP / 2),
            pins: (split + GAP / 2, sheet.right()),
        }
    }

    fn row(&self) -> i64 {
        if self.two_lines { ROW + LINE } else { ROW }
    }

    fn header(&self, sheet: &mut Sheet, y: i64) {
        let label = |x: i64| Label::at(x, y).font(Font::Small).class("soft");
        if let Some((actual, plan, _)) = self.figures {
            sheet.text(label(actual).end(), "AC");
            sheet.text(label(plan).end(), "PL");
        }
        for ((from, to), text) in [(self.bars, "ΔPL"), (self.pins, "ΔPL%")] {
            sheet.text(label((from + to) / 2).middle(), text);
        }
    }
}

fn largest(lines: &[Line]) -> Vec<(Unit, Number)> {
    let mut largest: Vec<(Unit, Number)> = Vec::new();
    for (unit, change) in lines.iter().filter_map(|line| Some((&line.unit, line.plan.change.value.number()?.abs()))) {
        match largest.iter_mut().find(|(known, _)| known == unit) {
            Some((_, known)) if *known >= change => {}
            Some((_, known)) => *known = change,
            None => largest.push((unit.clone(), change)),
        }
    }
    largest
}

/// ΔPL as it stands beside its bar.
fn label(line: &Line) -> String {
    format!("{} {}", line.plan.change.text, impact(line.plan.impact).1).trim_end().to_owned()
}
