//! What is computed: one reader for each calculation.

use super::super::super::kpi::{Basis, Calculation, CreditRule, Statistic, Take, Window, WrittenFormula};
use super::super::{Context, Kind};
use crate::base::calendar::Grain;
use crate::base::code::Code;
use crate::base::finding::quoted;
use crate::base::formula::Formula;
use crate::base::id::Id;
use crate::text::{Data, MapReader, Node};

/// The longest window between two events, in days.
const MAX_WINDOW: u32 = 3_660;
/// The most periods of a rolling window.
const MAX_PERIODS: u32 = 120;

pub(super) type Read = fn(&mut Context<'_>, &Node, &str) -> Option<Calculation>;

/// The keys of which a definition has exactly one.
pub(super) const CALCULATIONS: [(&str, Read); 19] = [
    ("count", count),
    ("sum", sum),
    ("mean", mean),
    ("weighted_mean", weighted_mean),
    ("min", |context, node, path| short(context, node, path, Statistic::Min)),
    ("max", |context, node, path| short(context, node, path, Statistic::Max)),
    ("median", |context, node, path| short(context, node, path, Statistic::Percentile(50))),
    ("summary", summary),
    ("first", |context, node, path| balance(context, node, path, Take::First)),
    ("last", |context, node, path| balance(context, node, path, Take::Last)),
    ("daily_mean", |context, node, path| balance(context, node, path, Take::Mean)),
    ("distinct", distinct),
    ("approximate_distinct", approximate_distinct),
    ("ratio", ratio),
    ("formula", formula),
    ("cumulative", cumulative),
    ("conversion", conversion),
    ("duration", duration),
    ("credit", credit),
];

/// Stretches of days that have a name.
const WINDOWS: [(&str, Window); 5] = [
    ("week_to_date", Window::ToDate(Grain::Week)),
    ("month_to_date", Window::ToDate(Grain::Month)),
    ("quarter_to_date", Window::ToDate(Grain::Quarter)),
    ("year_to_date", Window::ToDate(Grain::Year)),
    ("all_time", Window::AllTime),
];

/// Ways of sharing an outcome; `None` for the one that needs a half-life.
const RULES: [(&str, Option<CreditRule>); 6] = [
    ("first", Some(CreditRule::First)),
    ("last", Some(CreditRule::Last)),
    ("linear", Some(CreditRule::Linear)),
    ("position", Some(CreditRule::Position)),
    ("time_decay", None),
    ("any", Some(CreditRule::Any)),
];

fn count(context: &mut Context<'_>, node: &Node, path: &str) -> Option<Calculation> {
    let source = context.reader.id(node, path)?;
    context.refer(Kind::Source, &source, node.mark, path);
    Some(Calculation::Count { source })
}

/// `source.column`.
fn column(context: &mut Context<'_>, node: &Node, path: &str) -> Option<(Id, Id)> {
    let text = context.reader.text(node, path)?;
    let parts = text.split_once('.').and_then(|(source, column)| Some((Id::new(source)?, Id::new(column)?)));
    match &parts {
        Some((source, _)) => context.refer(Kind::Source, source, node.mark, path),
        None => context.reader.error(Code::WrongValue, node.mark, path, format!("{} does not name a column", quoted(text)), "write `source.column`"),
    }
    parts
}

fn sum(context: &mut Context<'_>, node: &Node, path: &str) -> Option<Calculation> {
    column(context, node, path).map(|(source, measure)| Calculation::Sum { source, measure })
}

fn mean(context: &mut Context<'_>, node: &Node, path: &str) -> Option<Calculation> {
    column(context, node, path).map(|(source, measure)| Calculation::Mean { source, measure })
}

fn summary(context: &mut Context<'_>, node: &Node, path: &str) -> Option<Calculation> {
    let mut map = context.reader.map(node, path)?;
    let of = map.require(&mut context.reader, "of", "name a measure as `source.column`").and_then(|(node, path)| column(context, node, &path));
    let statistic = statistic(context, &mut map);
    map.finish(&mut context.reader);
    let (source, measure) = of?;
    Some(Calculation::Summary { source, measure, statistic: statistic? })
}

fn short(context: &mut Context<'_>, node: &Node, path: &str, statistic: Statistic) -> Option<Calculation> {
    column(context, node, path).map(|(source, measure)| Calculation::Summary { source, measure, statistic })
}

fn balance(context: &mut Context<'_>, node: &Node, path: &str, take: Take) -> Option<Calculation> {
    column(context, node, path).map(|(source, measure)| Calculation::Balance { source, measure, take })
}

/// `{ of: source.measure, by: weight }`.
fn weighted_mean(context: &mut Context<'_>, node: &Node, path: &str) -> Option<Calculation> {
    let mut map = context.reader.map(node, path)?;
    let of = map.require(&mut context.reader, "of", "name a measure as `source.column`").and_then(|(node, path)| column(context, node, &path));
    let by = map.require(&mut context.reader, "by", "name the measure of the same source that weighs");
    let weight = by.and_then(|(node, path)| context.reader.id(node, &path));
    map.finish(&mut context.reader);
    let (source, measure) = of?;
    Some(Calculation::WeightedMean { source, measure, weight: weight? })
}

fn distinct(context: &mut Context<'_>, node: &Node, path: &str) -> Option<Calculation> {
    column(context, node, path).map(|(source, column)| Calculation::Distinct { source, column, approximate: false })
}

fn approximate_distinct(context: &mut Context<'_>, node: &Node, path: &str) -> Option<Calculation> {
    column(context, node, path).map(|(source, column)| Calculation::Distinct { source, column, approximate: true })
}

/// The figure under a required key.
fn figure(context: &mut Context<'_>, map: &mut MapReader<'_>, key: &'static str) -> Option<Id> {
    map.require(&mut context.reader, key, "name a KPI or measure")?;
    context.reference(map, key, Kind::Figure)
}

fn ratio(context: &mut Context<'_>, node: &Node, path: &str) -> Option<Calculation> {
    let mut map = context.reader.map(node, path)?;
    let numerator = figure(context, &mut map, "numerator");
    let denominator = figure(context, &mut map, "denominator");
    map.finish(&mut context.reader);
    Some(Calculation::Ratio { numerator: numerator?, denominator: denominator? })
}

fn formula(context: &mut Context<'_>, node: &Node, path: &str) -> Option<Calculation> {
    let text = context.reader.text(node, path)?;
    match Formula::parse(text) {
        Ok(formula) => {
            context.refer_all(Kind::Figure, &formula.figures(), node.mark, path);
            Some(Calculation::Formula { formula: WrittenFormula { text: text.to_owned(), formula } })
        }
        Err(error) => {
            let message = format!("the formula {} cannot be read at character {}: {}", quoted(text), error.at.saturating_add(1), error.message);
            context.reader.error(
                Code::BadFormula,
                node.mark,
                path,
                message,
                "use figures' ids, numbers, `+ - * /`, parentheses, `min`, `max`, `abs`, `coalesce`, `previous`, `prior_year`",
            );
            None
        }
    }
}

/// `{ of: figure, over: year_to_date }`, `{ of: figure, over: { periods: 6 } }`.
fn cumulative(context: &mut Context<'_>, node: &Node, path: &str) -> Option<Calculation> {
    let mut map = context.reader.map(node, path)?;
    let of = figure(context, &mut map, "of");
    let over = map.require(&mut context.reader, "over", "write `{ periods: 6 }`, `month_to_date`, `quarter_to_date`, `year_to_date` or `all_time`");
    let window = over.and_then(|(node, path)| window(context, node, &path));
    map.finish(&mut context.reader);
    Some(Calculation::Cumulative { of: of?, window: window? })
}

fn window(context: &mut Context<'_>, node: &Node, path: &str) -> Option<Window> {
    let Data::Map(_) = node.data else { return context.reader.one_of(node, path, &WINDOWS) };
    let mut map = context.reader.map(node, path)?;
    let periods = map.require(&mut context.reader, "periods", "write how many periods, the one that is asked for included");
    let periods = periods.and_then(|(node, path)| context.reader.count(node, &path, MAX_PERIODS));
    map.finish(&mut context.reader);
    periods.map(Window::Rolling)
}

fn conversion(context: &mut Context<'_>, node: &Node, path: &str) -> Option<Calculation> {
    let mut map = context.reader.map(node, path)?;
    let from = figure(context, &mut map, "from");
    let to = figure(context, &mut map, "to");
    let within_days = map.get("within_days").and_then(|(node, path)| context.reader.count(node, &path, MAX_WINDOW));
    let basis = map.one_of(&mut context.reader, "basis", &Basis::WORDS).unwrap_or_default();
    let matching = map.id(&mut context.reader, "matching").map(|(id, _)| id);
    map.finish(&mut context.reader);
    Some(Calculation::Conversion { from: from?, to: to?, within_days, basis, matching })
}

/// `{ outcome, touches, to, rule, half_life_days, within_days }`.
fn credit(context: &mut Context<'_>, node: &Node, path: &str) -> Option<Calculation> {
    let mut map = context.reader.map(node, path)?;
    let outcome = figure(context, &mut map, "outcome");
    let touches = figure(context, &mut map, "touches");
    let to = context.reference(&mut map, "to", Kind::Figure);
    let within_days = map.get("within_days").and_then(|(node, path)| context.reader.count(node, &path, MAX_WINDOW));
    let half_life = map.get("half_life_days").map(|(node, path)| (node.mark, context.reader.count(node, &path, MAX_WINDOW), path));
    let rule = map.require(&mut context.reader, "rule", "write `first`, `last`, `linear`, `position`, `time_decay` or `any`");
    let rule = rule.and_then(|(node, path)| context.reader.one_of(node, &path, &RULES));
    let rule = match (rule?, half_life) {
        (Some(rule), None) => Some(rule),
        (Some(_), Some((mark, _, path))) => {
            let message = "`half_life_days` means nothing to this rule".to_owned();
            context.reader.error(Code::WrongValue, mark, &path, message, "leave it out, or write `rule: time_decay`");
            None
        }
        (None, Some((_, half_life_days, _))) => half_life_days.map(|half_life_days| CreditRule::TimeDecay { half_life_days }),
        (None, None) => {
            let help = "say in how many days a touch loses half of its weight, such as `half_life_days: 7`";
            context.reader.error(Code::MissingKey, map.mark, path, format!("{} has no `half_life_days`", quoted(path)), help);
            None
        }
    };
    map.finish(&mut context.reader);
    Some(Calculation::Credit { outcome: outcome?, touches: touches?, to, rule: rule?, within_days })
}

fn duration(context: &mut Context<'_>, node: &Node, path: &str) -> Option<Calculation> {
    let mut map = context.reader.map(node, path)?;
    let from = figure(context, &mut map, "from");
    let to = figure(context, &mut map, "to");
    let statistic = statistic(context, &mut map);
    map.finish(&mut context.reader);
    Some(Calculation::Duration { from: from?, to: to?, statistic: statistic? })
}

/// The required key `statistic`.
fn statistic(context: &mut Context<'_>, map: &mut MapReader<'_>) -> Option<Statistic> {
    let statistic = map.require(&mut context.reader, "statistic", "write `mean`, `median`, `min`, `max` or a percentile such as `p90`");
    statistic.and_then(|(node, path)| statistic_of(context, node, &path))
}

fn statistic_of(context: &mut Context<'_>, node: &Node, path: &str) -> Option<Statistic> {
    let text = context.reader.text(node, path)?;
    let percentile = text.strip_prefix('p').and_then(|digits| digits.parse().ok()).filter(|percent| (1..=99).contains(percent));
    let statistic = match text {
        "mean" => Some(Statistic::Mean),
        "min" => Some(Statistic::Min),
        "max" => Some(Statistic::Max),
        "median" => Some(Statistic::Percentile(50)),
        _ => percentile.map(Statistic::Percentile),
    };
    if statistic.is_none() {
        context.reader.error(
            Code::WrongValue,
            node.mark,
            path,
            format!("{} is not a statistic", quoted(text)),
            "write `mean`, `median`, `min`, `max` or a percentile from `p1` to `p99`",
        );
    }
    statistic
}
