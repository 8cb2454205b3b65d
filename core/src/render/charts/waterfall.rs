//! How a figure came from what it is held against to what it is: effect by effect, and member by
//! member or driver by driver. Each step begins where the one before ended; the last ends at the
//! actual figure.

use super::scale::Axis;
use super::sheet::{Font, Label, MARGIN, Sheet};
use super::{Svg, impact, told};
use crate::base::number::Number;
use crate::base::value::Value;
use crate::judge::explanation::Explanation;
use crate::judge::reference::Reference;
use crate::judge::variance::{Figure, Impact};
use crate::model::kpi::Direction;
use crate::words::Message;

const ROW: i64 = 240;
const HALF: i64 = 70;
/// The most steps that are drawn one by one; the others are one together.
const MOST: usize = 12;
/// Where all ends of steps lie within this part of the largest, the axis does not begin at zero.
const NEAR: i64 = 4;

/// A part of a change.
pub(super) struct Step {
    pub(super) name: String,
    pub(super) change: Figure,
}

impl Explanation {
    /// The change as a waterfall: from what the KPI is held against, through its effects and through
    /// its members or drivers, to the actual figure.
    ///
    /// ```
    /// # use marketingos::{Facts, Source, System, Why};
    /// use marketingos::Svg;
    /// # let text = "{marketingos: 1, name: Small firm, sources: {ads: {date: day, dimensions: [channel], measures: [orders], rows: events, recorded_from: 2026-01-01, recorded_until: as_of}},
    /// #   kpis: {orders: {name: Orders, unit: count of orders, direction: higher, sum: ads.orders}}}";
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let rows = "day,channel,orders\n2026-01-05,search,10\n2026-01-05,social,2\n2026-02-05,search,11\n2026-02-05,social,6\n";
    /// let facts = Facts::builder(&system).csv("ads", rows).build()?;
    /// let why = system.snapshot(&facts, "2026-02-28".parse()?).explain("orders", &Why { by: &["channel"], ..Why::default() })?;
    /// assert!(why.to_svg(&Svg::default()).contains("PP 2026-01: 12. social +4; search +1. AC 2026-02: 17."));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn to_svg(&self, options: &Svg) -> String {
        self.in_words().drawn(options)
    }

    /// Draws what is in words already.
    fn drawn(&self, options: &Svg) -> String {
        let mut sheet = Sheet::new(options, &self.words);
        let (base, actual) = (self.base_label(), format!("AC {}", self.period.label));
        let title = self.words.text(Message::WaterfallTitle, &[("name", (&self.name).into()), ("base", (&base).into()), ("actual", (&actual).into())]);
        let mut y = sheet.heading(&title, &self.text);
        let mut words = Vec::new();
        let panels = [self.effect_steps(), self.part_steps()];
        if let (Some(actual), Some(base)) = (self.actual.value.number(), self.base.value.number()) {
            for steps in panels.iter().filter(|steps| !steps.is_empty()) {
                let (shown, rest) = self.bounded(steps, base, actual);
                y = self.panel(&mut sheet, y, &shown, base, actual) + 160;
                let told: Vec<String> = shown.iter().map(|step| format!("{} {}", step.name, step.change.text)).collect();
                words.push(format!("{}: {}. {}{rest}. AC {}: {}.", self.base_label(), self.base.text, told.join("; "), self.period.label, self.actual.text));
            }
        }
        if words.is_empty() {
            let cause = match (self.cause.is_empty(), self.change.value.number()) {
                (false, _) => self.cause.clone(),
                (true, Some(_)) => self.words.word(Message::NothingToSplit),
                (true, None) => told(&self.words, &self.change),
            };
            let [actual, base] = [&self.actual, &self.base].map(|figure| told(&self.words, figure));
            let cause = self.words.text(Message::NotSplit, &[("cause", (&cause).into())]);
            let text = format!("AC {actual}; {} {base}. {cause}", self.base_label());
            y = sheet.paragraph(Label::at(MARGIN, y + 60), &text, 6);
            words.push(text);
        }
        words.push(self.text.clone());
        sheet.finish(options, y, &title, &words.join(" "))
    }

    /// What the figure is held against, by its code and period.
    pub(super) fn base_label(&self) -> String {
        let period = self.base_period.as_ref().map_or("", |period| period.label.as_str());
        format!("{} {period}", self.base_code()).trim_end().to_owned()
    }

    /// Which way parts are better: whether one brings a figure nearer to its band depends on where that
    /// was, and is not said.
    pub(super) fn parts_direction(&self) -> Direction {
        if self.direction == Direction::Band { Direction::None } else { self.direction }
    }

    fn base_code(&self) -> String {
        match (&self.scenario, self.against) {
            (Some(scenario), _) => scenario.to_string(),
            (None, Reference::Previous) => "PP".to_owned(),
            (None, Reference::PriorYear) => "PY".to_owned(),
            (None, Reference::Plan) => "PL".to_owned(),
        }
    }

    /// The effects over all members.
    pub(super) fn effect_steps(&self) -> Vec<Step> {
        self.effects.iter().map(|effect| Step { name: self.effect_in_words(effect.effect), change: effect.change.clone() }).collect()
    }

    /// The members or drivers, and what the plan does not agree on.
    pub(super) fn part_steps(&self) -> Vec<Step> {
        let members = self.members.iter().map(|part| Step { name: self.words.member(&part.member), change: part.change.clone() });
        let drivers = self.drivers.iter().map(|part| Step { name: part.name.clone(), change: part.change.clone() });
        let disagreement = self.disagreement.iter().map(|change| Step { name: self.words.word(Message::PlanFigures), change: change.clone() });
        members.chain(drivers).chain(disagreement).collect()
    }

    /// The steps that are drawn, the smaller ones as one; how many these are, in words.
    pub(super) fn bounded(&self, steps: &[Step], base: &Number, actual: &Number) -> (Vec<Step>, String) {
        let most = if steps.len() > MOST { MOST - 1 } else { MOST };
        let mut shown: Vec<Step> = steps.iter().take(most).map(|step| Step { name: step.name.clone(), change: step.change.clone() }).collect();
        let others = steps.len() - shown.len();
        if others == 0 {
            return (shown, String::new());
        }
        let rest = actual.clone() - shown.iter().filter_map(|step| step.change.value.number()).fold(base.clone(), |sum, change| sum + change.clone());
        let name = self.words.text(Message::Others, &[("count", others.into())]);
        let change = Value::of(rest);
        shown.push(Step { name, change: Figure { text: self.words.change(&self.unit, &change), value: change } });
        (shown, format!(" ({})", self.words.text(Message::LastTogether, &[("count", others.into())])))
    }

    /// One waterfall; the lower edge.
    fn panel(&self, sheet: &mut Sheet, top: i64, steps: &[Step], base: &Number, actual: &Number) -> i64 {
        let mut ends = vec![base.clone()];
        for change in steps.iter().filter_map(|step| step.change.value.number()) {
            ends.extend(ends.last().map(|end| end.clone() + change.clone()));
        }
        let room = sheet.right() - MARGIN;
        let names = room * 3 / 10;
        let labels = steps.iter().map(|step| &step.change.text).chain([&self.base.text, &self.actual.text]);
        let beside = labels.map(|text| Font::Strong.width(text)).max().unwrap_or(0).min(room * 3 / 10) + 200;
        let (from, to) = (MARGIN + names + 60, sheet.right() - beside);
        // Where all that happens is far from zero, that part of the axis is what is shown: from a little
        // before the nearest end, so that no bar is without length.
        let zero = Number::from(0);
        let (low, high) = (ends.iter().min().unwrap_or(&zero).clone(), ends.iter().max().unwrap_or(&zero).clone());
        let spread = high.clone() - low.clone();
        let (nearest, before) = if low.is_negative() { (-high.clone(), high + spread.clone()) } else { (low.clone(), low - spread.clone()) };
        let far = !spread.is_zero() && nearest > Number::from(NEAR) * spread;
        let reach = ends.iter().chain(far.then_some(&before));
        let Some(axis) = Axis::over(reach, !far, 5, (from, to)) else { return top };
        let start = if before.is_negative() { axis.ticks.last() } else { axis.ticks.first() };
        let nothing = start.filter(|_| far).cloned().unwrap_or(zero);
        let zero = axis.scale.at(&nothing);
        let rows = i64::try_from(steps.len()).unwrap_or(i64::MAX).saturating_add(2);
        let bottom = top + rows * ROW;
        let (code, label) = (self.base_code(), self.base_label());
        let class = match code.as_str() {
            "PP" | "PY" => "py",
            _ => "pl",
        };
        let total = |sheet: &mut Sheet, y: i64, class: &str, name: &str, value: &Number, text: &str| {
            let end = axis.scale.at(value);
            sheet.text(Label::at(MARGIN, y + 165).font(Font::Strong).room(names), name);
            sheet.rect(class, zero.min(end), y + ROW / 2 - HALF, ((end - zero).abs(), 2 * HALF));
            sheet.text(Label::at(zero.max(end) + 60, y + 165).font(Font::Strong).room(beside).whole(), text);
            if far {
                // The bar is cut where the axis is.
                let at = zero + if end < zero { -160 } else { 160 };
                sheet.line("cut", (at - 30, y + ROW / 2 + HALF + 20), (at + 30, y + ROW / 2 - HALF - 20));
            }
        };
        total(sheet, top, class, &label, base, &self.base.text);
        let mut y = top + ROW;
        let mut at = base.clone();
        for step in steps {
            let Some(change) = step.change.value.number() else { continue };
            let next = at.clone() + change.clone();
            let (begin, end) = (axis.scale.at(&at), axis.scale.at(&next));
            let (class, mark) = impact(Impact::of(change, self.parts_direction()));
            sheet.line("link", (begin, y - ROW / 2 + HALF), (begin, y + ROW / 2 - HALF));
            sheet.text(Label::at(MARGIN, y + 165).room(names), &step.name);
            // What is too small to have a length is a line.
            sheet.rect(class, begin.min(end), y + ROW / 2 - HALF, ((end - begin).abs().max(10), 2 * HALF));
            let text = format!("{} {mark}", step.change.text);
            sheet.text(Label::at(begin.max(end) + 60, y + 165).class(if class == "calm" { "" } else { class }).room(beside).whole(), text.trim_end());
            (at, y) = (next, y + ROW);
        }
        let end = axis.scale.at(&at);
        sheet.line("link", (end, y - ROW / 2 + HALF), (end, y + ROW / 2 - HALF));
        total(sheet, y, "ac", &format!("AC {}", self.period.label), actual, &self.actual.text);
        sheet.line("axis", (zero, top), (zero, bottom));
        if far {
            sheet.text(
                Label::at(zero, bottom + 150).font(Font::Small).class("soft"),
                &self.words.text(Message::AxisBegins, &[("value", (&self.unit.format_with(&nothing, self.words.marks())).into())]),
            );
            return bottom + 150;
        }
        bottom
    }
}
