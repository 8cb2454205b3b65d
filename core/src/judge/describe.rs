//! Definitions in words.

use crate::base::id::Id;
use crate::model::System;
use crate::model::kpi::{Basis, Calculation, CreditRule, Definition, Missing, Statistic, Take, Window};

/// What a figure is, in one line.
pub(crate) fn describe(system: &System, definition: &Definition) -> String {
    let mut words = describe_calculation(system, definition);
    if let Some(standard) = &definition.standard {
        words = format!("{standard}: {words}");
    }
    if let Some(filter) = &definition.filter {
        words = format!("{words} where {}", filter.as_str());
    }
    if definition.missing == Missing::Zero {
        words.push_str("; what is missing counts as zero");
    }
    words
}

/// What is computed, in one line; without its filter.
pub(crate) fn describe_calculation(system: &System, definition: &Definition) -> String {
    let name = |id: &Id| name(system, id);
    match &definition.calculation {
        Calculation::Count { source } => format!("number of rows of {source}"),
        Calculation::Sum { source, measure } => format!("sum of {source}.{measure}"),
        Calculation::Mean { source, measure } => format!("mean of {source}.{measure}"),
        Calculation::Summary { source, measure, statistic } => format!("{} of {source}.{measure}", statistic_words(*statistic)),
        Calculation::WeightedMean { source, measure, weight } => format!("mean of {source}.{measure}, weighted by {weight}"),
        Calculation::Balance { source, measure, take } => {
            let take = match take {
                Take::First => "first daily sum",
                Take::Last => "last daily sum",
                Take::Mean => "mean of the daily sums",
            };
            format!("{take} of {source}.{measure}")
        }
        Calculation::Distinct { source, column, approximate } => {
            format!("number of different {source}.{column}{}", if *approximate { ", approximately" } else { "" })
        }
        Calculation::Ratio { numerator, denominator } => format!("{} ÷ {}", name(numerator), name(denominator)),
        Calculation::Formula { formula } => formula.as_str().to_owned(),
        Calculation::Cumulative { of, window } => format!("{} {}", name(of), window_words(*window)),
        Calculation::Conversion { from, to, within_days, basis, matching } => {
            let within = within(*within_days, "");
            let matching = matching.as_ref().map(|column| format!(" with the same {}", spoken(column))).unwrap_or_default();
            match basis {
                Basis::SameCohort => format!("share of {} that reach {}{within}{matching}, by cohort", name(from), name(to)),
                Basis::SamePeriod => format!("{} reached{within}{matching} ÷ {}, both of the same period", name(to), name(from)),
            }
        }
        Calculation::Duration { from, to, statistic } => format!("{} of days from {} to {}", statistic_words(*statistic), name(from), name(to)),
        Calculation::Credit { outcome, touches, to, rule, within_days } => {
            let credited = to.as_ref().map_or_else(|| name(touches), |to| format!("{}, of all {}", name(to), name(touches)));
            format!("{} credited to {credited}{}: {}", name(outcome), within(*within_days, " before"), rule_words(*rule))
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

fn within(days: Option<u32>, before: &str) -> String {
    match days {
        None => String::new(),
        Some(1) => format!(" within 1 day{before}"),
        Some(days) => format!(" within {days} days{before}"),
    }
}

fn window_words(window: Window) -> String {
    match window {
        Window::Rolling(1) => "over the last period".to_owned(),
        Window::Rolling(periods) => format!("over the last {periods} periods"),
        Window::ToDate(grain) => format!("{}-to-date", grain.as_str()),
        Window::AllTime => "of all time".to_owned(),
    }
}

fn rule_words(rule: CreditRule) -> String {
    match rule {
        CreditRule::First => "all to the first touch".to_owned(),
        CreditRule::Last => "all to the last touch".to_owned(),
        CreditRule::Linear => "the same to each touch".to_owned(),
        CreditRule::Position => "40% each to the first and the last touch, 20% to those between".to_owned(),
        CreditRule::TimeDecay { half_life_days: 1 } => "half as much to a touch for each day earlier".to_owned(),
        CreditRule::TimeDecay { half_life_days } => format!("half as much to a touch for each {half_life_days} days earlier"),
        CreditRule::Any => "all of it to every touch, which does not add up".to_owned(),
    }
}

/// A statistic in words, to be followed by `of`.
fn statistic_words(statistic: Statistic) -> String {
    match statistic {
        Statistic::Mean => "mean".to_owned(),
        Statistic::Min => "minimum".to_owned(),
        Statistic::Max => "maximum".to_owned(),
        Statistic::Percentile(50) => "median".to_owned(),
        Statistic::Percentile(percent) => {
            let ending = match (percent / 10, percent % 10) {
                (1, _) => "th",
                (_, 1) => "st",
                (_, 2) => "nd",
                (_, 3) => "rd",
                _ => "th",
            };
            format!("{percent}{ending} percentile")
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
