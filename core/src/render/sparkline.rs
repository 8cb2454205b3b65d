//! A KPI's last periods as a small SVG: the values, their usual range, and the current point.
//! Positions are computed exactly, so that all hosts draw the same bytes.

use super::escape;
use crate::base::number::Number;
use crate::judge::scorecard::{Line, SignalStatus};
use crate::words::Message;

const WIDTH: i64 = 140;
const HEIGHT: i64 = 40;
/// Room for the marker at the edges.
const MARGIN: i64 = 4;

/// The chart, or nothing when there is no value to draw.
pub(super) fn svg(line: &Line) -> String {
    let values: Vec<Option<&Number>> = line.trend.points.iter().map(|point| point.figure.value.number()).collect();
    let limits = line.trend.limits.as_ref();
    let all = || values.iter().copied().flatten().chain(limits.iter().flat_map(|limits| [&limits.lower, &limits.upper]));
    let (Some(low), Some(high)) = (all().min().cloned(), all().max().cloned()) else { return String::new() };
    let scale = Scale { low, high, last: values.len().saturating_sub(1) };
    let mut svg = format!(
        "<svg class=\"spark\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" role=\"img\" aria-label=\"{}\">",
        escape::html(&description(line))
    );
    if let Some(limits) = limits {
        let (top, bottom, centre) = (scale.y(&limits.upper), scale.y(&limits.lower), scale.y(&limits.centre));
        let height = bottom.clone() - top.clone();
        svg.push_str(&format!(
            "<rect class=\"range\" x=\"0\" y=\"{}\" width=\"{WIDTH}\" height=\"{}\"/><line class=\"centre\" x1=\"0\" x2=\"{WIDTH}\" y1=\"{}\" y2=\"{}\"/>",
            top.to_fixed(1),
            height.to_fixed(1),
            centre.to_fixed(1),
            centre.to_fixed(1)
        ));
    }
    // A missing period breaks the line: it is no zero, and nothing is drawn across it.
    for run in values.iter().enumerate().collect::<Vec<_>>().split(|(_, value)| value.is_none()) {
        let points: Vec<String> =
            run.iter().filter_map(|(index, value)| Some(format!("{},{}", scale.x(*index).to_fixed(1), scale.y((*value).as_ref()?).to_fixed(1)))).collect();
        match points.as_slice() {
            [] => {}
            [only] => {
                let (x, y) = only.split_once(',').unwrap_or(("0", "0"));
                svg.push_str(&format!("<circle class=\"point\" cx=\"{x}\" cy=\"{y}\" r=\"1.5\"/>"));
            }
            several => svg.push_str(&format!("<polyline class=\"line\" points=\"{}\"/>", several.join(" "))),
        }
    }
    if let Some(Some(current)) = values.last() {
        let class = match line.status.signal {
            SignalStatus::Adverse => "now adverse",
            SignalStatus::Favourable => "now favourable",
            _ => "now",
        };
        // Signals also differ in shape, not only in colour.
        let (x, y) = (scale.x(scale.last).to_fixed(1), scale.y(current).to_fixed(1));
        if matches!(line.status.signal, SignalStatus::Adverse | SignalStatus::Favourable | SignalStatus::Changed) {
            svg.push_str(&format!("<path class=\"{class}\" d=\"M{x} {y}m-4 0l4 -4l4 4l-4 4z\"/>"));
        } else {
            svg.push_str(&format!("<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"2.5\"/>"));
        }
    }
    svg.push_str("</svg>");
    svg
}

struct Scale {
    low: Number,
    high: Number,
    last: usize,
}

impl Scale {
    fn x(&self, index: usize) -> Number {
        let share = Number::from(index).divided_by(&Number::from(self.last)).unwrap_or_else(|| Number::from(1));
        Number::from(MARGIN) + share * Number::from(WIDTH - 2 * MARGIN)
    }

    fn y(&self, value: &Number) -> Number {
        let share = (self.high.clone() - value.clone()).divided_by(&(self.high.clone() - self.low.clone()));
        Number::from(MARGIN) + share.unwrap_or_else(|| Number::from_parts(5, 1)) * Number::from(HEIGHT - 2 * MARGIN)
    }
}

fn description(line: &Line) -> String {
    let points = &line.trend.points;
    let span = match (points.first(), points.last()) {
        (Some(first), Some(last)) => line.words.text(
            Message::ChartSpan,
            &[("first", (&first.period).into()), ("from", (&first.figure.text).into()), ("last", (&last.period).into()), ("to", (&last.figure.text).into())],
        ),
        _ => String::new(),
    };
    let range = line.usual_range().map(|range| format!("; {}", line.words.text(Message::ChartRange, &[("range", (&range).into())])));
    format!("{}, {span}{}; {}", line.name, range.unwrap_or_default(), line.words.word(line.status.signal.message()))
}
