//! Charts as Vega-Lite specifications, for those who draw them their own way: the same figures as
//! inline data, with a plain encoding that is easy to change. Figures are the nearest doubles, since
//! that is what such programs compute with; texts stand beside them as people read them.

use serde_json::{Value as Json, json};

use crate::base::number::Number;
use crate::base::unit::Unit;
use crate::base::value::Value;
use crate::judge::explanation::Explanation;
use crate::judge::landing::{Landing, LandingLine};
use crate::judge::process_chart::ProcessChart;
use crate::judge::scorecard::Scorecard;
use crate::judge::variance::Impact;
use crate::operate::weekly_review::{ReviewPeriod, ReviewSpan, WeeklyReview};

const SCHEMA: &str = "https://vega.github.io/schema/vega-lite/v6.json";
const INK: &str = "#1c2330";
const PRIOR: &str = "#7f8a9b";
const GOOD: &str = "#1f7a3d";
const BAD: &str = "#b3261e";

/// A figure as a number; `null` where there is none.
fn number(value: &Value) -> Json {
    value.number().map_or(Json::Null, exact)
}

fn exact(number: &Number) -> Json {
    number.to_f64().map_or(Json::Null, Json::from)
}

/// What all specifications have: the schema, a description and the rows.
fn specification(description: &str, rows: Vec<Json>, drawn: Json) -> String {
    let mut whole = json!({ "$schema": SCHEMA, "description": description, "data": { "values": rows } });
    if let (Some(whole), Json::Object(drawn)) = (whole.as_object_mut(), drawn) {
        whole.extend(drawn);
    }
    whole.to_string()
}

fn field(name: &str, kind: &str, title: &str) -> Json {
    json!({ "field": name, "type": kind, "title": title })
}

/// An order that is that of the rows.
fn in_order(name: &str, title: &str) -> Json {
    json!({ "field": name, "type": "ordinal", "title": title, "sort": null })
}

/// Green and red by impact; signs and texts stand beside them.
fn by_impact() -> Json {
    json!({ "field": "impact", "type": "nominal", "title": "Impact",
        "scale": { "domain": ["favourable", "adverse", "neutral", "unknown", "base", "actual"], "range": [GOOD, BAD, PRIOR, PRIOR, PRIOR, INK] } })
}

fn tooltip(names: &[&str]) -> Json {
    names.iter().map(|name| json!({ "field": name, "type": "nominal" })).collect()
}

impl Scorecard {
    /// The variances against plan as a Vega-Lite specification: bars of ΔPL%, for rates of ΔPL in
    /// points, with the figures as texts.
    ///
    /// ```
    /// # use marketingos::{Facts, Grain, Source, System};
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", "{marketingos: 1, name: Small firm}")])?;
    /// let facts = Facts::builder(&system).build()?;
    /// let text = system.snapshot(&facts, "2026-01-31".parse()?).scorecard(Grain::Month).to_vega_lite();
    /// assert!(text.contains(r#""$schema":"https://vega.github.io/schema/vega-lite/v6.json""#));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn to_vega_lite(&self) -> String {
        let row = |line: &crate::judge::scorecard::Line| {
            let plan = &line.plan;
            let share = plan.relative.as_ref().map_or(&plan.change.value, |relative| &relative.value);
            json!({ "kpi": line.kpi, "name": line.name, "unit": line.unit, "period": line.period.label,
                "ac": number(&line.actual.value), "pl": number(&plan.base.value), "delta": number(&plan.change.value), "share": number(share),
                "ac_text": line.actual.text, "pl_text": plan.base.text, "delta_text": plan.change.text, "impact": plan.impact.word() })
        };
        let drawn = json!({ "mark": { "type": "bar", "tooltip": true }, "encoding": {
            "y": in_order("name", "KPI"), "x": field("share", "quantitative", "ΔPL%, of rates in points"), "color": by_impact(),
            "tooltip": tooltip(&["name", "period", "ac_text", "pl_text", "delta_text", "impact"]) } });
        specification(&format!("{}: variances against plan, {}", self.system, self.period.label), self.lines.iter().map(row).collect(), drawn)
    }
}

impl Explanation {
    /// The waterfall as a Vega-Lite specification, by members or drivers, where there are none by
    /// effects. Each row has where its bar begins and ends.
    ///
    /// ```
    /// # use marketingos::{Facts, Source, System, Why};
    /// # let text = "{marketingos: 1, name: Small firm, sources: {ads: {date: day, dimensions: [channel], measures: [orders], rows: events, recorded_from: 2026-01-01, recorded_until: as_of}},
    /// #   kpis: {orders: {name: Orders, unit: count of orders, direction: higher, sum: ads.orders}}}";
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let facts = Facts::builder(&system).csv("ads", "day,channel,orders\n2026-01-05,search,10\n2026-02-05,search,11\n").build()?;
    /// let why = system.snapshot(&facts, "2026-02-28".parse()?).explain("orders", &Why { by: &["channel"], ..Why::default() })?;
    /// assert!(why.to_vega_lite().contains(r#""from":10.0,"#));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn to_vega_lite(&self) -> String {
        let mut rows = Vec::new();
        if let (Some(base), Some(actual)) = (self.base.value.number(), self.actual.value.number()) {
            let zero = Number::from(0);
            let row = |name: &str, text: &str, kind: &str, from: &Number, to: &Number| json!({ "name": name, "text": text, "impact": kind, "from": exact(from), "to": exact(to) });
            rows.push(row(&self.base_label(), &self.base.text, "base", &zero, base));
            let parts = self.part_steps();
            let steps = if parts.is_empty() { self.effect_steps() } else { parts };
            let mut at = base.clone();
            for (name, figure) in steps.iter().map(|step| (&step.name, &step.change)) {
                let Some(change) = figure.value.number() else { continue };
                let next = at.clone() + change.clone();
                rows.push(row(name, &figure.text, Impact::of(change, self.parts_direction()).word(), &at, &next));
                at = next;
            }
            rows.push(row(&format!("AC {}", self.period.label), &self.actual.text, "actual", &zero, actual));
        }
        let drawn = json!({ "mark": { "type": "bar", "tooltip": true }, "encoding": {
            "y": in_order("name", ""), "x": field("from", "quantitative", &self.unit.to_string()), "x2": { "field": "to" }, "color": by_impact(),
            "tooltip": tooltip(&["name", "text", "impact"]) } });
        specification(&self.text, rows, drawn)
    }
}

impl ProcessChart {
    /// The chart of the values as a Vega-Lite specification: points, their line, centre and limits.
    ///
    /// ```
    /// # use marketingos::{Facts, Grain, Source, System};
    /// # let text = "{marketingos: 1, name: Small firm, sources: {calls: {date: day, measures: [n], rows: events, recorded_from: 2026-01-01, recorded_until: as_of}},
    /// #   kpis: {calls: {name: Calls, unit: count, direction: higher, sum: calls.n}}}";
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let facts = Facts::builder(&system).csv("calls", "day,n\n2026-01-05,7\n").build()?;
    /// let chart = system.snapshot(&facts, "2026-01-31".parse()?).chart("calls", Grain::Month)?;
    /// assert!(chart.to_vega_lite().contains(r#""period":"2026-01","#));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn to_vega_lite(&self) -> String {
        let lines = self.segments.iter().enumerate().flat_map(|(at, segment)| std::iter::repeat_n(at + 1, segment.points));
        let row = |(point, segment): (&crate::judge::process_chart::ProcessPoint, usize)| {
            let line = |of: fn(&crate::judge::process_chart::ProcessLines) -> &Value| point.lines.as_ref().map_or(Json::Null, |lines| number(of(lines)));
            let rules: Vec<&str> = point.signals.iter().map(|signal| signal.rule.words()).collect();
            let state = if !point.judged {
                "not judged"
            } else if rules.is_empty() {
                "common cause"
            } else {
                "signal"
            };
            json!({ "period": point.period.label, "segment": segment, "value": number(&point.actual.value), "text": point.actual.text, "state": state, "rules": rules.join("; "),
                "centre": line(|lines| &lines.centre.value), "lower": line(|lines| &lines.lower.value), "upper": line(|lines| &lines.upper.value),
                "range": point.range.as_ref().map_or(Json::Null, |range| number(&range.value)) })
        };
        let layer = |mark: Json, name: &str| json!({ "mark": mark, "encoding": { "y": value_axis(name, &self.unit), "detail": { "field": "segment", "type": "nominal" } } });
        let limit = json!({ "type": "line", "strokeDash": [4, 3], "color": PRIOR });
        let points = json!({ "mark": { "type": "point", "filled": true, "size": 60, "tooltip": true, "color": INK }, "encoding": { "y": value_axis("value", &self.unit),
            "shape": { "field": "state", "type": "nominal", "title": "Point",
                "scale": { "domain": ["common cause", "signal", "not judged"], "range": ["circle", "diamond", "cross"] } },
            "tooltip": tooltip(&["period", "text", "state", "rules"]) } });
        let drawn = json!({ "width": 640, "encoding": { "x": in_order("period", "") }, "layer": [
            layer(limit.clone(), "lower"), layer(limit, "upper"), layer(json!({ "type": "line", "color": PRIOR }), "centre"), layer(json!({ "type": "line", "color": INK }), "value"), points ] });
        specification(&self.text, self.points.iter().zip(lines).map(row).collect(), drawn)
    }
}

/// A scale that need not begin at zero.
fn value_axis(name: &str, unit: &Unit) -> Json {
    json!({ "field": name, "type": "quantitative", "title": unit, "scale": { "zero": false } })
}

impl WeeklyReview {
    /// The six weeks and twelve months as a Vega-Lite specification: two charts side by side.
    ///
    /// ```
    /// # use marketingos::{Facts, Source, System};
    /// # let text = "{marketingos: 1, name: Small firm, sources: {leads: {date: created, rows: events, recorded_from: 2025-01-01, recorded_until: as_of}},
    /// #   kpis: {leads: {name: New leads, unit: count of leads, direction: higher, count: leads}}}";
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let facts = Facts::builder(&system).csv("leads", "created\n2026-02-24\n").build()?;
    /// assert!(system.snapshot(&facts, "2026-03-10".parse()?).weekly_review("leads")?.to_vega_lite().contains(r#""hconcat":["#));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn to_vega_lite(&self) -> String {
        let rows = |span: &ReviewSpan, name: &str| span.periods.iter().flat_map(|period| of_period(period, name)).collect::<Vec<_>>();
        let chart = |name: &str, title: &str, width: u32| {
            let line = json!({ "mark": { "type": "line", "point": true, "tooltip": true }, "transform": [{ "filter": "datum.series !== 'PL'" }], "encoding": {
                "color": { "field": "series", "type": "nominal", "title": "", "scale": { "domain": ["AC", "PY"], "range": [INK, PRIOR] } } } });
            let target = json!({ "mark": { "type": "point", "shape": "diamond", "size": 80, "filled": false, "color": INK, "tooltip": true },
                "transform": [{ "filter": "datum.series === 'PL'" }] });
            json!({ "title": title, "width": width, "transform": [{ "filter": format!("datum.span === '{name}'") }],
                "encoding": { "x": in_order("period", ""), "y": value_axis("value", &self.unit), "tooltip": tooltip(&["period", "series", "text"]) },
                "layer": [line, target] })
        };
        let values = rows(&self.weeks, "week").into_iter().chain(rows(&self.months, "month")).collect();
        let drawn = json!({ "title": self.name, "hconcat": [chart("week", "Weeks", 240), chart("month", "Months", 420)] });
        specification(&self.text, values, drawn)
    }
}

/// A period as rows: the actual figure, that of the prior year and the target.
fn of_period(period: &ReviewPeriod, span: &str) -> Vec<Json> {
    let figures = [("AC", &period.actual), ("PY", &period.prior_year.base), ("PL", &period.plan.base)];
    let known = figures.into_iter().filter(|(_, figure)| figure.value.number().is_some());
    known
        .map(|(series, figure)| json!({ "span": span, "period": period.period.label, "series": series, "value": number(&figure.value), "text": figure.text }))
        .collect()
}

impl Landing {
    /// Every line as a Vega-Lite specification: a chart below another, each with the actual so far,
    /// the target, and the forecast with its interval.
    ///
    /// ```
    /// # use marketingos::{Facts, Source, System};
    /// # let (system, _) = System::parse(&[Source::new("system.yaml", "{marketingos: 1, name: Small firm}")])?;
    /// let facts = Facts::builder(&system).build()?;
    /// let landing = system.snapshot(&facts, "2026-01-31".parse()?).landing(None, None)?;
    /// assert!(landing.to_vega_lite().contains(r#""vconcat":[]"#));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn to_vega_lite(&self) -> String {
        let charts: Vec<Json> = self.lines.iter().map(LandingLine::vega).collect();
        json!({ "$schema": SCHEMA, "description": format!("Where running periods will land, as of {}", self.as_of), "vconcat": charts }).to_string()
    }
}

impl LandingLine {
    fn vega(&self) -> Json {
        let (pacing, interval) = (&self.pacing, self.interval.as_ref());
        let mut rows = vec![];
        if pacing.per_day.value.number().is_some() {
            rows.extend(["AC", "PL"].map(|series| json!({ "day": self.period.first, "series": series, "value": 0, "text": "" })));
        }
        for (day, series, figure) in [
            (pacing.until, "AC", &pacing.actual),
            (pacing.until, "PL", &pacing.expected),
            (self.period.last, "PL", &self.plan),
            (pacing.until, "FC", &pacing.actual),
            (self.period.last, "FC", &self.projected),
        ] {
            if figure.value.number().is_some() {
                rows.push(json!({ "day": day, "series": series, "value": number(&figure.value), "text": figure.text }));
            }
        }
        if let Some(held) = interval {
            rows.push(json!({ "day": self.period.last, "series": "interval", "low": number(&held.low.value), "high": number(&held.high.value), "text": format!("{} to {}", held.low.text, held.high.text) }));
        }
        let shown = tooltip(&["day", "series", "text"]);
        json!({ "title": format!("{}, {}", self.name, self.period.label), "width": 480, "data": { "values": rows }, "encoding": { "x": field("day", "temporal", "") }, "layer": [
            { "mark": { "type": "rule", "strokeWidth": 6, "color": PRIOR, "tooltip": true }, "transform": [{ "filter": "datum.series === 'interval'" }],
              "encoding": { "y": value_axis("low", &self.unit), "y2": { "field": "high" }, "tooltip": shown } },
            { "mark": { "type": "line", "point": true, "tooltip": true }, "transform": [{ "filter": "datum.series !== 'interval'" }],
              "encoding": { "y": value_axis("value", &self.unit), "tooltip": shown,
                "color": { "field": "series", "type": "nominal", "title": "", "scale": { "domain": ["AC", "PL", "FC"], "range": [INK, PRIOR, INK] } },
                "strokeDash": { "field": "series", "type": "nominal", "scale": { "domain": ["AC", "PL", "FC"], "range": [[1, 0], [2, 2], [6, 4]] } } } } ] })
    }
}
