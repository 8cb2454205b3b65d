//! A budget line by line, all on one scale: what is allotted outlined, what is spent solid in it,
//! what is committed hatched behind that, and a mark where the plan is by now.

use super::scale::Axis;
use super::sheet::{Font, LINE, Label, MARGIN, Sheet};
use super::{Svg, impact, told};
use crate::base::number::Number;
use crate::judge::budget::{BudgetAmounts, BudgetReport};
use crate::words::{Message, Words};

const ROW: i64 = 460;
/// The most lines that are drawn; others are counted.
const MOST: usize = 60;

impl BudgetReport {
    /// The budget as bars: allotted, spent, committed, and the plan by now.
    ///
    /// ```
    /// use marketingos::{Facts, Source, Svg, System};
    /// let text = "{marketingos: 1, name: Small firm, sources: {spend: {date: day, measures: [amount], rows: events, recorded_from: 2026-01-01, recorded_until: as_of}},
    ///   measures: {spent: {sum: spend.amount, unit: EUR}},
    ///   plan: {budget: {period: 2026, amount: 3_650 EUR, lines: {ads: {name: Search ads, amount: 3_650 EUR, spent: spent}}}}}";
    /// let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let facts = Facts::builder(&system).csv("spend", "day,amount\n2026-01-05,250\n").build()?;
    /// let svg = system.snapshot(&facts, "2026-01-31".parse()?).budget(None)?.to_svg(&Svg::default());
    /// assert!(svg.contains("Search ads: spent EUR 250 of EUR 3,650, by plan EUR 310 by now, −EUR 60.00, favourable;"));
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
        let title = words.text(Message::BudgetFor, &[("period", self.period.label.as_str().into())]);
        let title = words.text(Message::TitledAsOf, &[("title", (&title).into()), ("date", self.as_of.into())]);
        let mut y = sheet.heading(&title, &self.text) + 40;
        let rows: Vec<(&str, &BudgetAmounts)> = self.lines.iter().map(|line| (line.name.as_str(), &line.amounts)).collect();
        let numbers = rows.iter().take(MOST).flat_map(|(_, amounts)| [&amounts.revised, &amounts.spent, &amounts.committed, &amounts.to_date]);
        let numbers: Vec<Number> = numbers.filter_map(|figure| figure.value.number().cloned()).collect();
        // What is spent and committed together may be more than either.
        let ends: Vec<Number> = rows.iter().filter_map(|(_, amounts)| reach(amounts)).chain(numbers).collect();
        if let Some(axis) = Axis::over(ends.iter(), true, 5, (MARGIN, sheet.right())) {
            for (name, amounts) in rows.iter().take(MOST) {
                y = row(&mut sheet, &axis, y, name, amounts);
            }
        }
        if rows.len() > MOST {
            sheet.text(Label::at(MARGIN, y + LINE).class("soft"), &words.text(Message::AndMore, &[("count", (rows.len() - MOST).into())]));
            y += LINE;
        }
        let y = sheet.paragraph(Label::at(MARGIN, y + 160).font(Font::Small).class("soft"), &words.word(Message::BudgetLegend), 5);
        let all = words.word(Message::AllLines);
        let said: Vec<String> = std::iter::once((all.as_str(), &self.total)).chain(rows).map(|(name, amounts)| in_words(words, name, amounts)).collect();
        sheet.finish(options, y, &title, &format!("{} {}", self.text, said.join(" ")))
    }
}

/// What is spent and committed, on the drawing.
fn reach(amounts: &BudgetAmounts) -> Option<Number> {
    Some(amounts.spent.value.number()?.clone() + amounts.committed.value.number()?.clone())
}

/// One line; the upper edge of the next.
fn row(sheet: &mut Sheet, axis: &Axis, y: i64, name: &str, amounts: &BudgetAmounts) -> i64 {
    let (class, mark) = impact(amounts.impact);
    let (spent, revised, most) = (&amounts.spent.text, &amounts.revised.text, (sheet.right() - MARGIN) * 7 / 10);
    // As much as has room beside the name; a mere difference tells more than none.
    let written = match amounts.variance.value.number() {
        Some(_) => {
            let variance = format!("{} {mark}", amounts.variance.text);
            let given = [("spent", spent.into()), ("revised", revised.into()), ("variance", (&variance).into())];
            [sheet.words.text(Message::BudgetRow, &given), variance]
        }
        None => [format!("PL {revised}, AC {spent}"), format!("AC {spent}")],
    };
    let fits = |text: &&String| Font::Small.width(text) <= most;
    let figures = written.iter().find(fits).map_or("…", |text| text.trim_end());
    let beside = Font::Small.width(figures);
    sheet.text(Label::at(MARGIN, y + 150).font(Font::Strong).room(sheet.right() - MARGIN - beside - 100), name);
    let class = if class == "calm" { "" } else { class };
    sheet.text(Label::at(sheet.right(), y + 150).end().font(Font::Small).class(class).room(beside).whole(), figures);
    let top = y + 210;
    let zero = axis.scale.at(&Number::from(0));
    let place = |number: &Number| axis.scale.at(number);
    if let Some(revised) = amounts.revised.value.number().map(place) {
        sheet.rect("pl", zero.min(revised), top, ((revised - zero).abs(), 140));
    }
    if let Some(spent) = amounts.spent.value.number().map(place) {
        sheet.rect("ac", zero.min(spent), top + 30, ((spent - zero).abs(), 80));
        if let Some(end) = reach(amounts).map(|end| place(&end)) {
            sheet.hatched(spent.min(end), top + 30, ((end - spent).abs(), 80));
        }
    }
    if let Some(now) = amounts.to_date.value.number().map(place) {
        sheet.line("now", (now, top - 30), (now, top + 170));
    }
    y + ROW
}

fn in_words(words: &Words, name: &str, amounts: &BudgetAmounts) -> String {
    let message = if amounts.variance.value.number().is_some() { Message::BudgetLineVaries } else { Message::BudgetLineTold };
    let figures = [&amounts.spent, &amounts.to_date, &amounts.committed, &amounts.remaining];
    let [spent, planned, committed, remaining] = figures.map(|figure| told(words, figure));
    let impact = words.word(amounts.impact.message());
    let given = [
        ("name", name.into()),
        ("spent", (&spent).into()),
        ("revised", (&amounts.revised.text).into()),
        ("planned", (&planned).into()),
        ("variance", (&amounts.variance.text).into()),
        ("impact", (&impact).into()),
        ("committed", (&committed).into()),
        ("remaining", (&remaining).into()),
    ];
    words.text(message, &given)
}
