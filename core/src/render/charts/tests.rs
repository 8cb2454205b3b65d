//! What holds for every chart, whatever the names and figures.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Svg, measure};
use crate::base::number::Number;
use crate::{Direction, Facts, Grain, Snapshot, Source, System, Why};

/// An element as it is written: its name, its attributes and the text in it.
#[derive(Debug)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
}

impl Element {
    fn tenths(&self, attribute: &str) -> i64 {
        let text = self.attributes.get(attribute).map_or("0", String::as_str);
        let number = Number::parse(text).unwrap_or_else(|| panic!("{attribute}=\"{text}\" is no number"));
        (number * Number::from(10)).to_fixed(0).parse().unwrap()
    }

    fn is(&self, class: &str) -> bool {
        self.attributes.get("class").is_some_and(|known| known.split(' ').any(|known| known == class))
    }
}

/// A strict reader of the little XML that charts are made of: it fails on everything else.
fn elements(svg: &str) -> Vec<Element> {
    let mut found: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut rest = svg.trim_end();
    while !rest.is_empty() {
        if let Some(tail) = rest.strip_prefix("</") {
            let (name, tail) = tail.split_once('>').unwrap();
            assert_eq!(found[open.pop().unwrap()].name, name);
            rest = tail;
        } else if let Some(tail) = rest.strip_prefix('<') {
            let (tag, tail) = tail.split_once('>').unwrap();
            let (tag, closed) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
            let (name, mut written) = tag.split_once(' ').unwrap_or((tag, ""));
            assert!(["svg", "title", "desc", "style", "rect", "path", "circle", "text"].contains(&name), "<{name}>");
            let mut attributes = BTreeMap::new();
            while let Some((key, value)) = written.trim_start().split_once("=\"") {
                let (value, after) = value.split_once('"').unwrap();
                assert!(!key.contains([' ', '"']) && !value.contains('<'), "{tag}");
                assert!(key != "style" && !key.starts_with("on") && !key.contains("href"), "{tag}");
                assert!(attributes.insert(key.to_owned(), value.to_owned()).is_none(), "{tag}");
                written = after;
            }
            assert_eq!(written.trim(), "", "{tag}");
            found.push(Element { name: name.to_owned(), attributes, text: String::new() });
            if !closed {
                open.push(found.len() - 1);
            }
            rest = tail;
        } else {
            let (text, tail) = rest.split_at(rest.find('<').unwrap());
            let at = *open.last().expect("text stands in an element");
            found[at].text.push_str(&unescaped(text));
            rest = tail;
        }
    }
    assert!(open.is_empty());
    found
}

fn unescaped(text: &str) -> String {
    for entity in text.split('&').skip(1) {
        let name = entity.split_once(';').unwrap_or_else(|| panic!("a bare & in {text:?}")).0;
        assert!(["amp", "lt", "gt", "quot", "#x27", "#x2F"].contains(&name), "{text:?}");
    }
    let legal = |character: char| !character.is_control() && character != '\u{fffe}' && character != '\u{ffff}';
    assert!(text.chars().all(|character| legal(character) || character == '\n'), "{text:?}");
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#x27;", "'").replace("&#x2F;", "/").replace("&amp;", "&")
}

/// What holds for every chart.
fn check(svg: &str) -> Vec<Element> {
    let elements = elements(svg);
    let root = &elements[0];
    let (width, height) = (root.tenths("width"), root.tenths("height"));
    assert_eq!((root.name.as_str(), root.attributes["role"].as_str()), ("svg", "img"));
    assert_eq!(root.attributes["viewBox"], format!("0 0 {} {}", root.attributes["width"], root.attributes["height"]));
    assert!([&elements[1], &elements[2]].iter().all(|told| root.attributes["aria-labelledby"].contains(&told.attributes["id"])));
    assert!(!elements[1].text.is_empty() && !elements[2].text.is_empty());
    for element in &elements[1..] {
        let inside = |x: i64, y: i64| assert!((0..=width).contains(&x) && (0..=height).contains(&y), "{element:?} in {width} × {height}");
        for class in element.attributes.get("class").into_iter().flat_map(|classes| classes.split(' ')) {
            assert!(Svg::STYLE.contains(&format!(".{class}{{")), "{class} has no style");
        }
        match element.name.as_str() {
            "rect" => {
                inside(element.tenths("x"), element.tenths("y"));
                inside(element.tenths("x") + element.tenths("width"), element.tenths("y") + element.tenths("height"));
            }
            "circle" => inside(element.tenths("cx"), element.tenths("cy")),
            "path" => {
                let d = &element.attributes["d"];
                for point in d.trim_end_matches('z').split(['M', 'L']).filter(|point| !point.is_empty()) {
                    let (x, y) = point.split_once(' ').unwrap();
                    let tenths = |text: &str| (Number::parse(text).unwrap() * Number::from(10)).to_fixed(0).parse::<i64>().unwrap();
                    inside(tenths(x), tenths(y));
                }
            }
            "text" => {
                let size = if element.is("title") {
                    140
                } else if element.is("small") {
                    110
                } else {
                    120
                };
                let long = measure::width(&element.text, size, element.is("title") || element.is("strong"));
                let (x, y) = (element.tenths("x"), element.tenths("y"));
                let left = match element.attributes.get("text-anchor").map(String::as_str) {
                    Some("end") => x - long,
                    Some("middle") => x - long / 2,
                    _ => x,
                };
                // A lone … may be the least that there is.
                if element.text != "…" {
                    inside(left, y - size * 8 / 10);
                    inside(left + long, y + size / 5);
                }
            }
            _ => {}
        }
    }
    elements
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// A company with two KPIs, a decision and a channel, all with this name.
fn world(name: &str, rows: &str) -> Snapshot {
    let name = quoted(name);
    let text = format!(
        r#"{{"marketingos": 1, "name": {name}, "people": {{"ana": {name}}}, "operator": "ana",
        "sources": {{"ads": {{"date": "day", "dimensions": ["channel"], "measures": ["n", "m"], "rows": "events", "recorded_from": "2025-01-01", "recorded_until": "as_of"}}}},
        "measures": {{"m": {{"sum": "ads.m"}}}},
        "kpis": {{"n": {{"name": {name}, "unit": "EUR", "direction": "higher", "owner": "ana", "sum": "ads.n"}},
                  "r": {{"name": {name}, "unit": "percent", "direction": "lower", "shortest": "month", "ratio": {{"numerator": "n", "denominator": "m"}}}}}},
        "plan": {{"targets": {{"n": [{{"from": "2025-01", "to": "2026-12", "value": 7}}]}},
            "budget": {{"period": "2026", "amount": "900 EUR", "lines": {{"l": {{"name": {name}, "amount": "900 EUR", "spent": "n", "committed": [{{"on": "2026-02-01", "amount": "90 EUR", "what": "stand"}}]}}, "m": {{"name": {name}, "amount": "0 EUR"}}}}}}}},
        "brand": {{"strategy": {{"decisions": {{"a": {{"statement": {name}, "status": "settled", "revisions": [{{"on": "2026-05-04", "reason": {name}}}]}}}}}}}},
        "channels": {{"c": {{"name": {name}, "kind": "owned", "rests_on": ["a"], "confirmed_on": "2026-01-07"}}}}}}"#
    );
    let (system, _) = System::parse(&[Source::new("system.json", &text)]).unwrap_or_else(|error| panic!("{error}: {:?} {text}", error.findings()));
    let facts = Facts::builder(&system).csv("ads", format!("day,channel,n,m\n{rows}")).build().unwrap();
    system.snapshot(&facts, "2026-09-17".parse().unwrap())
}

fn charts(snapshot: &Snapshot, options: &Svg) -> Vec<String> {
    let mut drawn = vec![snapshot.scorecard(Grain::Month).to_svg(options)];
    for kpi in ["n", "r"] {
        for by in [&["channel"][..], &[]] {
            drawn.push(snapshot.explain(kpi, &Why { by, ..Why::default() }).unwrap().to_svg(options));
        }
        drawn.push(snapshot.chart(kpi, Grain::Month).unwrap().to_svg(options));
        drawn.push(snapshot.weekly_review(kpi).unwrap().to_svg(options));
        drawn.push(snapshot.landing(Some(kpi), None).unwrap().to_svg(options));
    }
    drawn.push(snapshot.budget(None).unwrap().to_svg(options));
    drawn.push(snapshot.system().coverage("marketing", snapshot.as_of()).unwrap().to_svg(options));
    drawn.push(snapshot.system().impact("a", snapshot.as_of()).unwrap().to_svg(options));
    drawn
}

fn specifications(snapshot: &Snapshot) -> Vec<String> {
    vec![
        snapshot.scorecard(Grain::Month).to_vega_lite(),
        snapshot.explain("n", &Why { by: &["channel"], ..Why::default() }).unwrap().to_vega_lite(),
        snapshot.chart("n", Grain::Month).unwrap().to_vega_lite(),
        snapshot.weekly_review("n").unwrap().to_vega_lite(),
        snapshot.landing(Some("n"), None).unwrap().to_vega_lite(),
    ]
}

const HOSTILE: [&str; 6] = [
    "<script>alert(1)</script>\" onload='x' ]]> <!-- &amp;",
    "a name that goes on and on, longer than any room that a chart could have for it, and then some",
    "新規リード獲得数",
    "a\u{202e}b\tc",
    "\u{fdfd}\u{fffe}",
    "🧑‍🚀🧑‍🚀🧑‍🚀🧑‍🚀🧑‍🚀🧑‍🚀🧑‍🚀🧑‍🚀🧑‍🚀",
];

#[test]
fn hostile_names_stay_inside_and_do_nothing() {
    let rows = "2026-05-05,x,3,4\n2026-07-05,<b>y</b>,5,5\n2026-08-06,,-7,9\n2026-09-02,新規,1,1\n";
    for name in HOSTILE {
        let snapshot = world(name, rows);
        for width in [0, 360, 720, 9_999] {
            let options = Svg { width, style: width == 720 };
            let drawn = charts(&snapshot, &options);
            drawn.iter().for_each(|svg| drop(check(svg)));
            assert_eq!(drawn, charts(&snapshot, &options), "the same bytes");
            assert!(drawn.iter().all(|svg| svg.contains("<style>") == options.style));
        }
        for text in specifications(&snapshot) {
            assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
        }
    }
}

#[test]
fn nothing_and_next_to_nothing_are_drawn() {
    for rows in ["", "2026-08-05,x,3,4\n", "2026-08-05,x,0,0\n", "2026-08-05,x,-1000000000000000000000000000000,0.0000000000000000000000000001\n"] {
        for svg in charts(&world("Figure", rows), &Svg::default()) {
            check(&svg);
        }
    }
}

#[test]
fn a_running_month_is_hollow_and_no_end_of_the_line() {
    let rows: String = (1..=9).map(|month| format!("2026-0{month}-05,x,{month},4\n")).collect();
    let svg = world("Figure", &rows).chart("n", Grain::Month).unwrap().to_svg(&Svg::default());
    let elements = check(&svg);
    assert_eq!(elements.iter().filter(|element| element.is("hollow")).count(), 1);
    let told = elements[2].text.split_once("2026-09: incomplete: ").unwrap().1;
    assert!(told.ends_with(", EUR 9.00 so far."), "{told}");
    // Twenty months that are over, the last at a point before that of September.
    let line = elements.iter().find(|element| element.is("ac-line")).unwrap();
    assert_eq!(line.attributes["d"].matches(['M', 'L']).count(), 20);
}

#[test]
fn ids_are_those_of_what_is_drawn() {
    let snapshot = world("Figure", "2026-08-05,x,3,4\n2026-07-05,y,4,4\n");
    let ids: Vec<String> = charts(&snapshot, &Svg::default()).iter().map(|svg| elements(svg)[1].attributes["id"].clone()).collect();
    let mut distinct = ids.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(ids.len(), distinct.len());
}

#[test]
fn bars_of_one_unit_are_in_proportion() {
    let text = "{marketingos: 1, name: Firm, sources: {ads: {date: day, measures: [a, b], rows: events, recorded_from: 2026-01-01, recorded_until: as_of}},
        kpis: {a: {name: A, unit: EUR, direction: higher, sum: ads.a}, b: {name: B, unit: EUR, direction: lower, sum: ads.b}},
        plan: {targets: {a: [{from: 2026-01, to: 2026-12, value: 120}], b: [{from: 2026-01, to: 2026-12, value: 120}]}}}";
    let (system, _) = System::parse(&[Source::new("system.yaml", text)]).unwrap();
    // ΔPL is +40 and, adverse where less is better, +10.
    let facts = Facts::builder(&system).csv("ads", "day,a,b\n2026-01-05,160,130\n").build().unwrap();
    let svg = system.snapshot(&facts, "2026-01-31".parse().unwrap()).scorecard(Grain::Month).to_svg(&Svg::default());
    let elements = check(&svg);
    // Bars are 12 pixels high, pins 2.
    let width =
        |class: &str| elements.iter().find(|element| element.name == "rect" && element.is(class) && element.tenths("height") == 120).unwrap().tenths("width");
    // Ends are rounded to a tenth of a pixel each.
    assert!((width("good") - 4 * width("bad")).abs() <= 5, "{svg}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_figures_and_names_are_drawn_inside(name in "\\PC{1,40}", figures in prop::collection::vec((1_u32..9, 1_u32..28, "[a-z<&]{0,3}", any::<i64>(), 0_u64..1_000), 0..30)) {
        prop_assume!(!name.trim().is_empty());
        let rows: String = figures.iter().map(|(month, day, channel, n, m)| format!("2026-0{month}-{day:02},{channel},{n},{m}\n")).collect();
        let snapshot = world(&name, &rows);
        for width in [344, 720] {
            for svg in charts(&snapshot, &Svg { width, style: false }) {
                check(&svg);
            }
        }
    }

    #[test]
    fn a_waterfall_ends_at_the_actual_figure(before in prop::collection::vec(-1_000_i64..1_000, 1..30), now in prop::collection::vec(-1_000_i64..1_000, 1..30)) {
        let rows = |month: u32, figures: &[i64]| figures.iter().enumerate().map(|(at, n)| format!("2026-0{month}-05,c{at},{n},1\n")).collect::<String>();
        let snapshot = world("Figure", &(rows(7, &before) + &rows(8, &now)));
        let why = snapshot.explain("n", &Why { by: &["channel"], ..Why::default() }).unwrap();
        assert_eq!(why.direction, Direction::Higher);
        let svg = why.to_svg(&Svg::default());
        let elements = check(&svg);
        if !why.members.is_empty() && why.change.value.number().is_some_and(|change| !change.is_zero()) {
            // The last step and the bar of the actual figure end at the same place, to the tenth.
            let link = elements.iter().rfind(|element| element.is("link")).unwrap();
            let actual = elements.iter().rfind(|element| element.name == "rect" && element.is("ac"));
            let axis = elements.iter().rfind(|element| element.is("axis")).unwrap();
            let x = |element: &Element| {
                let text = element.attributes["d"].trim_start_matches('M').split(' ').next().unwrap().to_owned();
                (Number::parse(&text).unwrap() * Number::from(10)).to_fixed(0).parse::<i64>().unwrap()
            };
            let ends = actual.map_or([x(axis), x(axis)], |bar| [bar.tenths("x"), bar.tenths("x") + bar.tenths("width")]);
            prop_assert!(ends.contains(&x(link)), "{svg}");
        }
    }
}
