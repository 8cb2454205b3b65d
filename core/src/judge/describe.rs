//! Definitions in words.

use crate::base::calendar::Grain;
use crate::base::id::Id;
use crate::model::System;
use crate::model::kpi::{Basis, Calculation, CreditRule, Definition, Missing, Statistic, Take, Window};
use crate::words::{Language, Message, Words};

/// What a figure is, in one line.
pub(crate) fn describe(system: &System, definition: &Definition) -> String {
    let say = system.words();
    let mut words = describe_calculation(system, definition);
    if let Some(standard) = &definition.standard {
        words = say.text(Message::StandardIs, &[("standard", (&standard.to_string()).into()), ("words", (&words).into())]);
    }
    if let Some(filter) = &definition.filter {
        words = say.text(Message::Where, &[("words", (&words).into()), ("condition", filter.as_str().into())]);
    }
    if definition.missing == Missing::Zero {
        words = say.text(Message::CountsAsZero, &[("words", (&words).into())]);
    }
    words
}

/// What is computed, in one line; without its filter.
pub(crate) fn describe_calculation(system: &System, definition: &Definition) -> String {
    let say = system.words();
    let name = |id: &Id| name(system, id);
    let of = |message, source: &Id, measure: &Id| say.text(message, &[("column", (&format!("{source}.{measure}")).into())]);
    match &definition.calculation {
        Calculation::Count { source } => say.text(Message::CountOf, &[("source", source.as_str().into())]),
        Calculation::Sum { source, measure } => of(Message::SumOf, source, measure),
        Calculation::Mean { source, measure } => of(Message::MeanOf, source, measure),
        Calculation::Summary { source, measure, statistic } => {
            let (statistic, column) = (statistic_words(say, *statistic), format!("{source}.{measure}"));
            say.text(Message::StatisticOf, &[("statistic", (&statistic).into()), ("column", (&column).into())])
        }
        Calculation::WeightedMean { source, measure, weight } => {
            let column = format!("{source}.{measure}");
            say.text(Message::WeightedMeanOf, &[("column", (&column).into()), ("weight", weight.as_str().into())])
        }
        Calculation::Balance { source, measure, take } => {
            let message = match take {
                Take::First => Message::FirstSumOf,
                Take::Last => Message::LastSumOf,
                Take::Mean => Message::MeanSumOf,
            };
            of(message, source, measure)
        }
        Calculation::Distinct { source, column, approximate } => of(if *approximate { Message::AboutDistinctOf } else { Message::DistinctOf }, source, column),
        Calculation::Ratio { numerator, denominator } => {
            say.text(Message::RatioOf, &[("numerator", (&name(numerator)).into()), ("denominator", (&name(denominator)).into())])
        }
        Calculation::Formula { formula } => formula.as_str().to_owned(),
        Calculation::Cumulative { of, window } => over(say, &name(of), *window),
        Calculation::Conversion { from, to, within_days, basis, matching } => {
            let within = within(say, Message::Within, *within_days);
            let matching = matching.as_ref().map(|column| say.text(Message::Matching, &[("column", (&spoken(column)).into())])).unwrap_or_default();
            let message = match basis {
                Basis::SameCohort => Message::CohortOf,
                Basis::SamePeriod => Message::SamePeriodOf,
            };
            let (from, to) = (name(from), name(to));
            say.text(message, &[("from", (&from).into()), ("to", (&to).into()), ("within", (&within).into()), ("matching", (&matching).into())])
        }
        Calculation::Duration { from, to, statistic } => {
            let (statistic, from, to) = (statistic_words(say, *statistic), name(from), name(to));
            say.text(Message::DurationOf, &[("statistic", (&statistic).into()), ("from", (&from).into()), ("to", (&to).into())])
        }
        Calculation::Credit { outcome, touches, to, rule, within_days } => {
            let touches = name(touches);
            let credited = to
                .as_ref()
                .map_or_else(|| touches.clone(), |to| say.text(Message::OfAllTouches, &[("to", (&name(to)).into()), ("touches", (&touches).into())]));
            let (outcome, within) = (name(outcome), within(say, Message::WithinBefore, *within_days));
            let rule = rule_words(say, *rule);
            say.text(Message::CreditedTo, &[("outcome", (&outcome).into()), ("to", (&credited).into()), ("within", (&within).into()), ("rule", (&rule).into())])
        }
    }
}

/// The name of a figure as people write it.
fn name(system: &System, id: &Id) -> String {
    if let Some(kpi) = system.kpi(id.as_str()) {
        return kpi.name.clone();
    }
    let measure = system.measures().iter().find(|measure| measure.definition.id == *id);
    measure.map(|measure| &measure.name).filter(|name| *name != id.as_str()).cloned().unwrap_or_else(|| spoken(id))
}

fn spoken(id: &Id) -> String {
    id.as_str().replace('_', " ")
}

fn within(say: &Words, message: Message, days: Option<u32>) -> String {
    days.map(|days| say.text(message, &[("days", u64::from(days).into())])).unwrap_or_default()
}

fn over(say: &Words, figure: &str, window: Window) -> String {
    let message = match window {
        Window::Rolling(1) => Message::OverLastOne,
        Window::Rolling(_) => Message::OverLast,
        Window::ToDate(Grain::Week) => Message::ToDateWeek,
        Window::ToDate(Grain::Month) => Message::ToDateMonth,
        Window::ToDate(Grain::Quarter) => Message::ToDateQuarter,
        Window::ToDate(Grain::Year) => Message::ToDateYear,
        Window::ToDate(Grain::All) | Window::AllTime => Message::OfAllTime,
    };
    let count = if let Window::Rolling(periods) = window { u64::from(periods) } else { 0 };
    say.text(message, &[("figure", figure.into()), ("count", count.into())])
}

fn rule_words(say: &Words, rule: CreditRule) -> String {
    match rule {
        CreditRule::First => say.word(Message::CreditFirst),
        CreditRule::Last => say.word(Message::CreditLast),
        CreditRule::Linear => say.word(Message::CreditLinear),
        CreditRule::Position => say.word(Message::CreditPosition),
        CreditRule::TimeDecay { half_life_days: 1 } => say.word(Message::CreditDecay),
        CreditRule::TimeDecay { half_life_days } => say.text(Message::CreditDecayDays, &[("days", u64::from(half_life_days).into())]),
        CreditRule::Any => say.word(Message::CreditAny),
    }
}

/// A statistic in words, to be followed by `of`.
fn statistic_words(say: &Words, statistic: Statistic) -> String {
    match statistic {
        Statistic::Mean => say.word(Message::Mean),
        Statistic::Min => say.word(Message::Minimum),
        Statistic::Max => say.word(Message::Maximum),
        Statistic::Percentile(50) => say.word(Message::Median),
        Statistic::Percentile(percent) => {
            let ending = match (say.language(), percent / 10, percent % 10) {
                (Language::German, ..) => "",
                (_, 1, _) => "th",
                (.., 1) => "st",
                (.., 2) => "nd",
                (.., 3) => "rd",
                _ => "th",
            };
            say.text(Message::Percentile, &[("number", u64::from(percent).into()), ("ending", ending.into())])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::{Source, System};

    #[test]
    fn every_calculation_has_words() {
        let text = "
marketingos: 1
name: S
sources:
  leads: { date: d, entity: lead, dimensions: [channel, region], measures: [score, weight], rows: events }
  wins: { date: d, entity: lead, dimensions: [region], measures: [amount], rows: events }
  list: { date: d, measures: [members], rows: daily }
measures:
  all: { name: New leads, count: leads }
  paid_leads: { count: leads, where: { channel: [paid, null], not: { region: null } } }
  won: { count: wins }
  revenue: { sum: wins.amount }
  a: { mean: leads.score, where: channel = 'paid' or score > 1 + 2 }
  b: { weighted_mean: { of: leads.score, by: weight }, missing: zero }
  c: { summary: { of: leads.score, statistic: p92 } }
  d: { median: leads.score }
  e: { min: leads.score }
  f: { last: list.members }
  g: { daily_mean: list.members }
  h: { distinct: leads.region }
  i: { ratio: { numerator: won, denominator: all } }
  j: { formula: 'coalesce(won / previous(won), 0)' }
  k: { cumulative: { of: revenue, over: { periods: 6 } } }
  l: { cumulative: { of: revenue, over: year_to_date } }
  m: { cumulative: { of: revenue, over: all_time } }
  n: { conversion: { from: all, to: won, within_days: 60, matching: region } }
  o: { conversion: { from: all, to: won, basis: same_period } }
  p: { duration: { from: all, to: won, statistic: max } }
  q: { credit: { outcome: revenue, touches: all, to: paid_leads, rule: time_decay, half_life_days: 7, within_days: 90 } }
  r: { credit: { outcome: won, touches: all, rule: position } }
";
        let (system, _) = System::parse(&[Source::new("s.yaml", text)]).unwrap_or_else(|error| panic!("{error}"));
        for (id, words) in [
            ("paid_leads", "number of rows of leads where channel is in ('paid', null) and region is not null"),
            ("a", "mean of leads.score where channel = 'paid' or score > 1 + 2"),
            ("b", "mean of leads.score, weighted by weight; what is missing counts as zero"),
            ("c", "92nd percentile of leads.score"),
            ("d", "median of leads.score"),
            ("e", "minimum of leads.score"),
            ("f", "last daily sum of list.members"),
            ("g", "mean of the daily sums of list.members"),
            ("h", "number of different leads.region"),
            ("i", "won ÷ New leads"),
            ("j", "coalesce(won / previous(won), 0)"),
            ("k", "revenue over the last 6 periods"),
            ("l", "revenue year-to-date"),
            ("m", "revenue of all time"),
            ("n", "share of New leads that reach won within 60 days with the same region, by cohort"),
            ("o", "won reached ÷ New leads, both of the same period"),
            ("p", "maximum of days from New leads to won"),
            ("q", "revenue credited to paid leads, of all New leads within 90 days before: half as much to a touch for each 7 days earlier"),
            ("r", "won credited to New leads: 40% each to the first and the last touch, 20% to those between"),
        ] {
            assert_eq!(describe(&system, system.definition(id).unwrap()), words, "{id}");
        }
    }
}
