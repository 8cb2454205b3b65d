//! Definitions in words.

use crate::model::System;
use crate::model::kpi::{Calculation, Definition, Statistic, Take, Window};

/// What a figure is, in one line.
pub(crate) fn describe(system: &System, definition: &Definition) -> String {
    let what = describe_calculation(system, definition);
    let what = definition.standard.as_ref().map_or(what.clone(), |standard| format!("{standard}: {what}"));
    definition.filter.as_ref().map_or(what.clone(), |filter| format!("{what} where {}", filter.as_str()))
}

/// What is computed, in one line; without its filter.
pub(crate) fn describe_calculation(system: &System, definition: &Definition) -> String {
    let name = |id: &crate::Id| system.kpi(id.as_str()).map_or_else(|| id.as_str().replace('_', " "), |kpi| kpi.name.clone());
    match &definition.calculation {
        Calculation::Count { source } => format!("number of rows of {source}"),
        Calculation::Sum { source, measure } => format!("sum of {source}.{measure}"),
        Calculation::Mean { source, measure } => format!("mean of {source}.{measure}"),
        Calculation::Summary { source, measure, statistic } => format!("{} of {source}.{measure}", words(*statistic)),
        Calculation::Distinct { source, column, .. } => format!("number of different {source}.{column}"),
        Calculation::Ratio { numerator, denominator } => format!("{} ÷ {}", name(numerator), name(denominator)),
        Calculation::Formula { formula } => formula.as_str().to_owned(),
        Calculation::Conversion { from, to, within_days, .. } => {
            let window = within_days.map(|days| format!(" within {days} days")).unwrap_or_default();
            format!("share of {} that reach {}{window}, by cohort", name(from), name(to))
        }
        Calculation::WeightedMean { source, measure, weight } => format!("mean of {source}.{measure}, weighted by {weight}"),
        Calculation::Balance { source, measure, take } => format!(
            "{} of {source}.{measure}",
            match take {
                Take::First => "first daily sum",
                Take::Last => "last daily sum",
                Take::Mean => "mean of the daily sums",
            }
        ),
        Calculation::Cumulative { of, window } => format!(
            "{} {}",
            name(of),
            match window {
                Window::Rolling(periods) => format!("over the last {periods} periods"),
                Window::ToDate(grain) => format!("{}-to-date", grain.as_str()),
                Window::AllTime => "of all time".to_owned(),
            }
        ),
        Calculation::Credit { outcome, touches, .. } => format!("{} credited to {}", name(outcome), name(touches)),
        Calculation::Duration { from, to, statistic } => {
            format!("{} of days from {} to {}", words(*statistic), name(from), name(to))
        }
    }
}

/// A statistic in words, to be followed by `of`.
fn words(statistic: Statistic) -> String {
    match statistic {
        Statistic::Mean => "mean".to_owned(),
        Statistic::Min => "minimum".to_owned(),
        Statistic::Max => "maximum".to_owned(),
        Statistic::Percentile(50) => "median".to_owned(),
        Statistic::Percentile(percent) => format!("{percent}th percentile"),
    }
}
