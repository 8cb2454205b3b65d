//! A KPI's last periods as a small SVG: the values, their usual range, and the current point.
//! Places are those of the charts: exact until they are rounded once.

use super::charts::scale::Scale;
use super::charts::sheet::px;
use super::escape;
use crate::base::number::Number;
use crate::judge::scorecard::{Line, SignalStatus};
use crate::words::Message;

/// In tenths of a pixel, as all lengths of charts.
const WIDTH: i64 = 1_400;
const HEIGHT: i64 = 400;
/// Room for the marker at the edges.
const MARGIN: i64 = 40;

/// The chart, or nothing when there is no value to draw.
pub(super) fn svg(line: &Line) -> String {
    let values: Vec<Option<&Number>> = line.trend.points.iter().map(|point| point.figure.value.number()).collect();
    let limits = line.trend.limits.as_ref();
    let all = || values.iter().copied().flatten().chain(limits.iter().flat_map(|limits| [&limits.lower, &limits.upper]));
    let (Some(low), Some(high)) = (all().min().cloned(), all().max().cloned()) else { return String::new() };
    let heights = Scale::new(low, high, HEIGHT - MARGIN, MARGIN);
    let last = values.len().saturating_sub(1);
    let widths = Scale::new(Number::from(0), Number::from(last), MARGIN, WIDTH - MARGIN);
    // A single point stands at the right, where the last one does.
    let x = |index: usize| px(if last == 0 { WIDTH - MARGIN } else { widths.at(&Number::from(index)) });
    let y = |value: &Number| px(heights.at(value));
    let (width, height) = (px(WIDTH), px(HEIGHT));
    let mut svg = format!(
        "<svg class=\"spark\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{}\">",
        escape::html(&description(line))
    );
    if let Some(limits) = limits {
        let [top, bottom, centre] = [&limits.upper, &limits.lower, &limits.centre].map(|limit| heights.at(limit));
        svg.push_str(&format!(
            "<rect class=\"range\" x=\"0\" y=\"{}\" width=\"{width}\" height=\"{}\"/><line class=\"centre\" x1=\"0\" x2=\"{width}\" y1=\"{centre}\" y2=\"{centre}\"/>",
            px(top),
            px(bottom - top),
            centre = px(centre)
        ));
    }
    // A missing period breaks the line: it is no zero, and nothing is drawn across it.
    for run in values.iter().enumerate().collect::<Vec<_>>().split(|(_, value)| value.is_none()) {
        let points: Vec<String> = run.iter().filter_map(|(index, value)| Some(format!("{},{}", x(*index), y((*value).as_ref()?)))).collect();
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
        let (x, y) = (x(last), y(current));
        if matches!(line.status.signal, SignalStatus::Adverse | SignalStatus::Favourable | SignalStatus::Changed) {
            svg.push_str(&format!("<path class=\"{class}\" d=\"M{x} {y}m-4 0l4 -4l4 4l-4 4z\"/>"));
        } else {
            svg.push_str(&format!("<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"2.5\"/>"));
        }
    }
    svg.push_str("</svg>");
    svg
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
