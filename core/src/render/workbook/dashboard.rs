//! The dashboard: every KPI as it stands, and below period by period. All figures are formulas
//! over the actuals and the plan, by the rules of the scorecard.

use rust_xlsxwriter::{ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatFormula, Formula, Sparkline, SparklineType, Workbook};

use super::Book;
use super::cells::{Block, Made};
use super::layout::{self, cell, dashboard as at};
use super::page::{Page, Written, literal, result, word};
use super::style;
use crate::base::number::Number;
use crate::judge::scorecard::Line;
use crate::judge::variance::Comparison;
use crate::model::kpi::{Additivity, Direction};

/// The rows between the KPIs as they stand and their periods.
const BETWEEN: u32 = 3;

/// The periods of a sparkline before the last one.
const COURSE: u32 = 12;

/// The row of the first period of the first KPI.
pub(super) fn first_row(kpis: usize) -> u32 {
    layout::HEADINGS.saturating_add(u32::try_from(kpis).unwrap_or(u32::MAX)).saturating_add(BETWEEN)
}

/// The row of a KPI as it stands.
pub(super) fn now_row(position: u32) -> u32 {
    layout::HEADINGS.saturating_add(1).saturating_add(position)
}

pub(super) fn write(book: &Book<'_>, workbook: &mut Workbook) -> Written {
    let lead = "AC actual, PL plan, PP previous period, PY prior year. Every figure is computed from the sheets of actuals and targets; signals are not.";
    let mut page = book.page(workbook, layout::DASHBOARD, lead)?;
    let styles = &book.styles;
    page.texts(layout::HEADINGS, &at::HEADINGS, &styles.heading)?;
    for (column, text) in [
        (at::AC, "The actual figure, or in a word why there is none: missing, undefined (a base of zero), incomplete, not comparable."),
        (at::CHANGE, "Actual − plan; of a band, from its nearer bound; of rates in percentage points."),
        (at::RELATIVE, "ΔPL ÷ |PL|. Undefined when the plan is zero; hard to read when it is negative, which the last column says."),
        (at::SIGNAL, "As of the date above, by the process behaviour chart: it does not follow what is edited here."),
    ] {
        page.note(layout::HEADINGS, column, text)?;
    }
    for (position, block) in (0u32..).zip(&book.cells.blocks) {
        now(book, &mut page, block, now_row(position))?;
    }
    let first = first_row(book.cells.blocks.len());
    page.text(first.saturating_sub(1), 0, "Period by period", &styles.section)?;
    let mut last = first;
    for block in &book.cells.blocks {
        for (row, line) in (block.row..).zip(&block.lines) {
            period(book, &mut page, block, line, row)?;
            last = last.max(row);
        }
    }
    formats(book, &mut page, layout::HEADINGS.saturating_add(1), last)?;
    for (column, width) in
        (0u16..).zip([15.0, 25.0, 16.0, 9.0, 12.5, 12.5, 13.5, 10.5, 11.5, 11.0, 12.5, 13.5, 10.5, 12.5, 13.5, 10.5, 18.0, 16.0, 50.0, 6.0, 6.0])
    {
        page.sheet.set_column_width(column, width)?;
    }
    page.sheet.set_page_breaks(&[first.saturating_sub(1)])?;
    book.table(&mut page, layout::HEADINGS, last, at::OF)?;
    // What is printed ends where the explanations begin: the words in the cells tell them in short.
    book.sheet(&mut page, last, at::SIGNAL)
}

/// The line of a KPI as it stands: what its current period says, and its course.
fn now(book: &Book<'_>, page: &mut Page<'_>, block: &Block<'_>, row: u32) -> Written {
    let styles = &book.styles;
    let (Some(line), Some(of)) = (block.line_now(), block.row_of(&block.now)) else { return Ok(()) };
    page.text(row, 0, block.kpi.definition.id.as_str(), &styles.quiet)?;
    page.text(row, 1, &block.kpi.name, &styles.strong)?;
    page.text(row, 2, &block.kpi.unit.to_string(), &styles.quiet)?;
    page.text(row, 3, &block.now.label, &styles.text)?;
    for (column, shown) in results(line) {
        let format = book.format(block, column);
        match shown {
            Some(shown) => page.formula(row, column, &format!("={}", cell(of, column)), &shown, &format)?,
            None => page.text(row, column, "–", &format)?,
        }
    }
    page.text(row, at::SIGNAL, line.status.signal.words(), &styles.aside)?;
    let (_, known) = why(line, "");
    if known.is_empty() {
        page.text(row, at::WHY, "", &styles.quiet)?;
    } else {
        page.formula(row, at::WHY, &format!("={}", cell(of, at::WHY)), &known, &styles.quiet)?;
    }
    page.text(row, at::TREND, "", &styles.text)?;
    page.sheet.set_row_height(row, 20.0)?;
    let mut course = Sparkline::new()
        .set_range(layout::range_in(layout::DASHBOARD, block.last_row().saturating_sub(COURSE).max(block.row), block.last_row(), at::AC).as_str())
        .set_type(SparklineType::Column)
        .set_sparkline_color(style::COURSE)
        .show_last_point(true)
        .set_last_point_color(style::DARK);
    // From zero, so that lengths can be compared; what is missing has no column.
    if block.lines.iter().filter_map(|line| line.actual.value.number()).all(|number| !number.is_negative()) {
        course = course.set_custom_min(0);
    }
    page.sheet.add_sparkline(row, at::TREND, &course)?;
    Ok(())
}

/// A KPI in one period.
fn period(book: &Book<'_>, page: &mut Page<'_>, block: &Block<'_>, line: &Line, row: u32) -> Written {
    let styles = &book.styles;
    let kpi = block.kpi;
    page.text(row, 0, kpi.definition.id.as_str(), &styles.quiet)?;
    page.text(row, 1, &kpi.name, &styles.text)?;
    page.text(row, 2, &kpi.unit.to_string(), &styles.quiet)?;
    page.text(row, 3, &line.period.label, &styles.text)?;
    actual(book, page, block, line, row)?;
    against_plan(book, page, block, line, row)?;
    for (comparison, column) in [(&line.previous, at::PP), (&line.prior_year, at::PY)] {
        against_period(book, page, block, comparison, row, column)?;
    }
    for (column, days) in [(at::DAYS, line.coverage.days), (at::OF, line.coverage.of)] {
        page.input(row, column, Some(&Number::from(days)), &styles.days)?;
    }
    match why(line, &cell(row, at::AC)) {
        (Some(formula), shown) => page.formula(row, at::WHY, &formula, &shown, &styles.quiet),
        (None, shown) => page.text(row, at::WHY, &shown, &styles.quiet),
    }
}

fn actual(book: &Book<'_>, page: &mut Page<'_>, block: &Block<'_>, line: &Line, row: u32) -> Written {
    let format = book.format(block, at::AC);
    let entry = block
        .position(&line.period)
        .and_then(|position| block.keys.get(usize::try_from(position).ok()?))
        .and_then(|key| Some((key, book.cells.entries.get(key)?)));
    let value = &line.actual.value;
    match entry {
        Some((_, entry)) if entry.on_dashboard => match (book.cells.formula(entry), &entry.made) {
            (Some(formula), _) => page.formula(row, at::AC, &formula, &result(value), &format),
            (None, made) => {
                page.value(row, at::AC, value, &format)?;
                let why = if let Made::Given(why) = made { why } else { "a value: its formula is longer than a spreadsheet takes" };
                page.note(row, at::AC, why)
            }
        },
        Some((key, entry)) => {
            let Some(operand) = book.cells.operand(key) else { return page.value(row, at::AC, value, &format) };
            page.formula(row, at::AC, &format!("=IF(ISNUMBER({0}),{0},{1})", operand.at, operand.reason), &result(value), &format)?;
            if let Made::Given(why) = &entry.made { page.note(row, at::AC, why) } else { Ok(()) }
        }
        None => page.value(row, at::AC, value, &format),
    }
}

fn against_plan(book: &Book<'_>, page: &mut Page<'_>, block: &Block<'_>, line: &Line, row: u32) -> Written {
    let (kpi, system) = (block.kpi, book.cells.snapshot.system());
    let names = |column: u16| cell(row, column);
    let (ac, pl, change) = (names(at::AC), names(at::PL), names(at::CHANGE));
    let format = |column: u16| book.format(block, column);
    let Some(target) = book.targets.row(kpi, &line.period) else { return Ok(()) };
    let plan = |column: u16| layout::cell_in(layout::PLAN, target, column);
    let (low, high) = (plan(layout::targets::LOW_COLUMN), plan(layout::targets::HIGH_COLUMN));
    // An amount that lacks days is held against the plan for the days that it has.
    let lacks = !line.coverage.is_full() && line.actual.value.number().is_some() && system.additivity(&kpi.definition) == Additivity::Additive;
    let share = if lacks { format!("*{}/{}", names(at::DAYS), names(at::OF)) } else { String::new() };
    let base = &line.plan.base.value;
    if base.reason() == Some("not comparable") {
        page.value(row, at::PL, base, &format(at::PL))?;
    } else {
        let formula =
            format!("=IF(ISNUMBER({low}),IF(AND(ISNUMBER({high}),ISNUMBER({ac})),IF({ac}>{high}{share},{high}{share},{low}{share}),{low}{share}),\"missing\")");
        page.formula(row, at::PL, &formula, &result(base), &format(at::PL))?;
    }
    if line.plan.change.value.reason() == Some("not comparable") {
        page.value(row, at::CHANGE, &line.plan.change.value, &format(at::CHANGE))?;
    } else {
        let inside = format!("AND(ISNUMBER({high}),{ac}>={low}{share},{ac}<={high}{share})");
        let formula = format!("=IF(ISNUMBER({pl}),IF(ISNUMBER({ac}),IF({inside},0,{}),{ac}),{pl})", less(&ac, &pl));
        page.formula(row, at::CHANGE, &formula, &result(&line.plan.change.value), &format(at::CHANGE))?;
    }
    relative(book, page, block, &line.plan, row, at::PL)?;
    let direction = line.target.as_ref().map_or(kpi.direction, |target| target.direction(kpi));
    let (up, down) = match direction {
        Direction::Higher => ("favourable", "adverse"),
        Direction::Lower => ("adverse", "favourable"),
        // The distance from a band is never good.
        Direction::Band => ("adverse", "adverse"),
        Direction::None => ("neutral", "neutral"),
    };
    let neutral = system.variance_of(kpi).neutral.as_ref().and_then(Number::to_f64).map_or_else(
        || format!("{change}=0"),
        |most| if kpi.unit.is_percent() { format!("ABS({change})<={most}") } else { format!("ABS({change})<={most}*ABS({pl})") },
    );
    let formula = format!("=IF(ISNUMBER({change}),IF({neutral},\"neutral\",IF({change}>0,\"{up}\",\"{down}\")),\"unknown\")");
    page.formula(row, at::IMPACT, &formula, line.plan.impact.word(), &format(at::IMPACT))?;
    let impact = names(at::IMPACT);
    let judged = if direction == Direction::None {
        "\"not judged\"".to_owned()
    } else {
        format!("IF({impact}=\"unknown\",\"not judged\",IF({impact}=\"adverse\",\"off target\",\"on target\"))")
    };
    let formula = format!("=IF(ISNUMBER({pl}),IF(ISNUMBER({ac}),{judged},\"no value\"),IF({pl}=\"not comparable\",\"not judged\",\"no target\"))");
    page.formula(row, at::STATUS, &formula, line.status.target.words(), &format(at::STATUS))
}

/// Another period, the difference from it and the relative one, in three columns.
fn against_period(book: &Book<'_>, page: &mut Page<'_>, block: &Block<'_>, comparison: &Comparison, row: u32, column: u16) -> Written {
    let (ac, base) = (cell(row, at::AC), cell(row, column));
    let format = |column: u16| book.format(block, column);
    match comparison.period.as_ref().and_then(|period| block.row_of(period)) {
        Some(other) => page.formula(row, column, &format!("={}", cell(other, at::AC)), &result(&comparison.base.value), &format(column))?,
        // Before the periods shown there is nothing that could be edited.
        None => page.value(row, column, &comparison.base.value, &format(column))?,
    }
    let changed = column.saturating_add(1);
    if comparison.change.value.reason() == Some("not comparable") {
        page.value(row, changed, &comparison.change.value, &format(changed))?;
        page.note(row, changed, comparison.change.value.cause())?;
    } else {
        let formula = format!("=IF(ISNUMBER({ac}),IF(ISNUMBER({base}),{},{base}),{ac})", less(&ac, &base));
        page.formula(row, changed, &formula, &result(&comparison.change.value), &format(changed))?;
    }
    relative(book, page, block, comparison, row, column)
}

/// The change, one to the right of its base, ÷ |base|, two to the right; rates have none.
fn relative(book: &Book<'_>, page: &mut Page<'_>, block: &Block<'_>, comparison: &Comparison, row: u32, base: u16) -> Written {
    let (changed, column) = (base.saturating_add(1), base.saturating_add(2));
    let format = book.format(block, column);
    let Some(relative) = &comparison.relative else { return page.text(row, column, "–", &format) };
    let (base, change) = (cell(row, base), cell(row, changed));
    let formula = format!("=IF(ISNUMBER({change}),IF({base}=0,\"undefined\",{change}/ABS({base})),{change})");
    page.formula(row, column, &formula, &result(&relative.value), &format)
}

/// `a − b`, where what doubles cannot tell from zero is zero.
fn less(a: &str, b: &str) -> String {
    format!("IF(ABS({a}-{b})<=1E-12*MAX(ABS({a}),ABS({b})),0,{a}-{b})")
}

/// What each column of figures comes to; `None` where rates have nothing.
fn results(line: &Line) -> Vec<(u16, Option<String>)> {
    let mut results = vec![(at::AC, Some(result(&line.actual.value)))];
    for (comparison, column) in [(&line.plan, at::PL), (&line.previous, at::PP), (&line.prior_year, at::PY)] {
        results.push((column, Some(result(&comparison.base.value))));
        results.push((column.saturating_add(1), Some(result(&comparison.change.value))));
        results.push((column.saturating_add(2), comparison.relative.as_ref().map(|relative| result(&relative.value))));
    }
    results.push((at::IMPACT, Some(line.plan.impact.word().to_owned())));
    results.push((at::STATUS, Some(line.status.target.words().to_owned())));
    results.push((at::DAYS, Some(line.coverage.days.to_string())));
    results.push((at::OF, Some(line.coverage.of.to_string())));
    results
}

/// The figures that follow from other sheets, by the headings of their columns.
pub(super) fn shown(line: &Line) -> Vec<(&'static str, String)> {
    let columns = results(line).into_iter().filter(|(column, _)| layout::dashboard::FIGURES.contains(column));
    columns.filter_map(|(column, shown)| Some((*at::HEADINGS.get(usize::from(column))?, shown.unwrap_or_else(|| "–".to_owned())))).collect()
}

/// Why there is no figure, or what must be known of it, and the formula by which the first goes away
/// with a figure.
fn why(line: &Line, actual: &str) -> (Option<String>, String) {
    let value = &line.actual.value;
    if value.number().is_none() {
        let cause = super::page::shown(&format!("{}: {}", word(value), value.cause()), 200);
        return (Some(format!("=IF(ISNUMBER({actual}),\"\",{})", literal(&cause))), cause);
    }
    let negative = line.plan.negative_base.then_some("the plan is negative, which makes the relative change hard to read");
    let known: Vec<&str> = line.caveats.iter().map(|caveat| caveat.text.as_str()).chain(negative).collect();
    (None, known.join("; "))
}

/// Good and bad in colour, beside the words that say the same.
fn formats(book: &Book<'_>, page: &mut Page<'_>, first: u32, last: u32) -> Written {
    let styles = &book.styles;
    for (column, words) in
        [(at::IMPACT, [("favourable", &styles.good), ("adverse", &styles.bad)]), (at::STATUS, [("on target", &styles.good), ("off target", &styles.bad)])]
    {
        for (word, format) in words {
            let rule = ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::EqualTo(word.to_owned())).set_format(format);
            page.sheet.add_conditional_format(first, column, last, column, &rule)?;
        }
    }
    for (word, format) in [("favourable", &styles.good), ("adverse", &styles.bad)] {
        let rule = Formula::new(format!("=$I{}=\"{word}\"", first.saturating_add(1)));
        let rule = ConditionalFormatFormula::new().set_rule(rule).set_format(format);
        page.sheet.add_conditional_format(first, at::CHANGE, last, at::RELATIVE, &rule)?;
    }
    Ok(())
}
