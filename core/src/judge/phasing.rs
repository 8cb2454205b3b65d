//! How much of a period's amount belongs to some of its days, by the declared curve.

use super::target::Measured;
use crate::base::calendar::{Calendar, Grain, Period, Span};
use crate::base::number::Number;
use crate::base::value::Value;
use crate::measure::Observation;
use crate::model::plan::Phasing;

/// The share of a period's amount that belongs to the given days of it: from 0 to 1, and 1 for all
/// days. What has no working day in it is spread evenly over all. Last year's shape is made of
/// weights first, by [`last_year`]; by itself it says nothing.
pub(crate) fn share(phasing: &Phasing, calendar: &Calendar, period: &Period, days: Span) -> Option<Number> {
    let evenly = |part: Span, whole: Span| Number::from(part.days()).divided_by(&Number::from(whole.days()));
    match phasing {
        Phasing::Linear => evenly(days, period.span()),
        Phasing::WorkingDays => {
            let whole = working_days(period.span());
            if whole == 0 { evenly(days, period.span()) } else { Number::from(working_days(days)).divided_by(&Number::from(whole)) }
        }
        Phasing::Weights(weights) => {
            let total: Number = weights.iter().cloned().sum();
            let mut share = Number::from(0);
            for (part, weight) in parts(calendar, period, weights.len())?.iter().zip(weights) {
                if let Some(inside) = part.span().overlap(days) {
                    share = share + weight.clone() * evenly(inside, part.span())?;
                }
            }
            share.divided_by(&total)
        }
        Phasing::LastYear => None,
    }
}

/// The weights of a period's months by what was measured in those of the year before; not
/// comparable where that has no shape.
pub(crate) fn last_year(calendar: &Calendar, period: &Period, measured: Measured<'_>) -> Result<Phasing, Value> {
    let shapeless = |cause: String| Value::not_comparable(format!("the target of {period} has last year's shape, and {cause}"));
    let mut weights = Vec::new();
    let mut month = Some(calendar.period(Grain::Month, period.first));
    while let Some(this) = month.take().filter(|month| month.last <= period.last) {
        let Some(before) = calendar.prior_year(&this) else { return Err(shapeless(format!("{this} has no month of the year before"))) };
        match measured(&before) {
            Value::Value { value } if value.is_negative() => return Err(shapeless(format!("{before} was below zero"))),
            Value::Value { value } => weights.push(value),
            reason => return Err(shapeless(format!("{before} is not known: {}", reason.cause()))),
        }
        month = calendar.next(&this);
    }
    if weights.iter().all(Number::is_zero) {
        return Err(shapeless("all of it was zero".to_owned()));
    }
    Ok(Phasing::Weights(weights))
}

/// What was measured, when every day of it is covered.
pub(crate) fn whole(observation: &Observation) -> Value {
    match &observation.value {
        Value::Value { .. } if !observation.coverage.is_full() => {
            Value::missing(format!("{} of {} days are covered", observation.coverage.days, observation.coverage.of))
        }
        value => value.clone(),
    }
}

/// The quarters or months of a period, when it has so many.
pub(crate) fn parts(calendar: &Calendar, period: &Period, count: usize) -> Option<Vec<Period>> {
    let within = |grain: Grain| {
        let mut parts = vec![calendar.period(grain, period.first)];
        while parts.len() < count {
            let next = calendar.next(parts.last()?).filter(|next| next.last <= period.last)?;
            parts.push(next);
        }
        parts.last().filter(|last| last.last == period.last && parts.len() == count)?;
        Some(parts)
    };
    [Grain::Quarter, Grain::Month].into_iter().filter(|grain| *grain < period.grain).find_map(within)
}

/// Mondays to Fridays.
pub(crate) fn working_days(span: Span) -> i64 {
    let (weeks, rest) = (span.days() / 7, span.days() % 7);
    let of_rest = (0..rest).filter(|day| span.first.plus_days(*day).days_since_monday() < 5).count();
    weeks.saturating_mul(5).saturating_add(i64::try_from(of_rest).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::{share, working_days};
    use crate::base::calendar::{Calendar, Grain, Span};
    use crate::model::plan::Phasing;

    fn span(first: &str, last: &str) -> Span {
        Span { first: first.parse().unwrap(), last: last.parse().unwrap() }
    }

    #[test]
    fn working_days_are_mondays_to_fridays() {
        // September 2026 begins on a Tuesday.
        for (first, last, expected) in
            [("2026-09-01", "2026-09-30", 22), ("2026-09-05", "2026-09-06", 0), ("2026-09-04", "2026-09-07", 2), ("2026-01-01", "2026-12-31", 261)]
        {
            assert_eq!(working_days(span(first, last)), expected, "{first} to {last}");
        }
    }

    #[test]
    fn shares_of_parts_sum_to_one() {
        let calendar = Calendar::default();
        let year = calendar.period(Grain::Year, "2026-05-05".parse().unwrap());
        let weights = |count: u32| Phasing::Weights((1..=count).map(|weight| i64::from(weight).into()).collect());
        for phasing in [Phasing::Linear, Phasing::WorkingDays, weights(4), weights(12)] {
            for grain in [Grain::Month, Grain::Quarter] {
                let mut part = calendar.period(grain, year.first);
                let mut sum = share(&phasing, &calendar, &year, part.span()).unwrap();
                while part.last < year.last {
                    part = calendar.next(&part).unwrap();
                    sum = sum + share(&phasing, &calendar, &year, part.span()).unwrap();
                }
                assert_eq!(sum, 1.into(), "{phasing:?} {grain:?}");
            }
        }
        // 1 + 2 + 3 + 4 = 10: February is 28 of the first quarter's 90 days.
        let february = share(&weights(4), &calendar, &year, span("2026-02-01", "2026-02-28")).unwrap();
        assert_eq!(february, crate::Number::from(28).divided_by(&900.into()).unwrap());
        assert_eq!(share(&weights(5), &calendar, &year, year.span()), None, "a year has no five parts");
    }
}
