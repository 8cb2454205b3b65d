//! Public data sets that nobody on this project made, read from outside the repository and
//! compared with answers that were computed elsewhere (DuckDB and pandas).
//!
//! The data lie in `../shared/data` beside the repository, or where `MARKETINGOS_DATA` says;
//! without them these tests say so and pass.
//!
//! Tolerance: figures are exact here and doubles there, printed to six decimals with trailing
//! zeros dropped. Both sides are therefore rounded to six decimals (half to even) and must then
//! be the same decimal text. Counts must be the same without rounding.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::disallowed_methods, reason = "a test reads files and may fail")]
#![allow(clippy::explicit_write, reason = "the harness keeps what the print macros write to itself when a test passes")]

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use marketingos::*;

/// The folder of a data set, or `None` with a message.
fn folder(name: &str) -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    let folder = std::env::var("MARKETINGOS_DATA").map_or_else(|_| beside(), PathBuf::from).join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    writeln!(std::io::stderr(), "skipped: there is no folder {}; set MARKETINGOS_DATA to the folder of public data sets", folder.display()).unwrap();
    None
}

fn snapshot(system: &str, tables: &[(&str, PathBuf)], as_of: &str) -> (Facts, Snapshot) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/real").join(system);
    let text = std::fs::read(path).unwrap();
    let (system, findings) = System::parse(&[Source::new(system, &text)]).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(findings, []);
    let builder = tables.iter().fold(Facts::builder(&system), |builder, (source, path)| builder.csv(source, std::fs::read(path).unwrap()));
    let facts = builder.build().unwrap_or_else(|error| panic!("{error}"));
    let snapshot = system.snapshot(&facts, as_of.parse().unwrap());
    (facts, snapshot)
}

/// One row of an answer, by column.
type Row = BTreeMap<String, String>;

/// The rows of an answer; these files have no quotes.
fn expected(folder: &Path, name: &str) -> Vec<Row> {
    let text = std::fs::read_to_string(folder.join(name)).unwrap();
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    let rows: Vec<Row> = lines
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            assert_eq!(cells.len(), header.len(), "{line}");
            header.iter().zip(cells).map(|(name, cell)| ((*name).to_owned(), cell.to_owned())).collect()
        })
        .collect();
    assert!(!rows.is_empty());
    rows
}

/// Six decimals, as the answers have them; very small ones are written there as `-5.9e-05`.
fn six(text: &str) -> String {
    let (digits, power) = text.split_once("e-").map_or((text, 0), |(digits, power)| (digits, power.parse().unwrap()));
    let number = Number::parse(digits).unwrap_or_else(|| panic!("`{text}` is no number"));
    number.divided_by(&Number::from(10u64.pow(power))).unwrap().to_fixed(6)
}

/// A blank answer stands for no number.
fn same(value: &Value, expected: &str, what: &str) {
    match value.number() {
        Some(number) => assert_eq!(number.to_fixed(6), six(expected), "{what}"),
        None => assert_eq!("", expected, "{what}: {value:?}"),
    }
}

fn count(value: &Value, expected: &str, what: &str) {
    assert_eq!(value.number().map(ToString::to_string).as_deref(), Some(expected), "{what}: {value:?}");
}

/// The number, whether the period is complete or not.
fn so_far(value: &Value) -> &Number {
    match value {
        Value::Value { value } | Value::Incomplete { so_far: value, .. } => value,
        _ => panic!("{value:?}"),
    }
}

fn has(observation: &Observation, kind: CaveatKind) -> bool {
    observation.caveats.iter().any(|caveat| caveat.kind == kind)
}

/// The one value of a figure over everything.
fn total(snapshot: &Snapshot, figure: &str) -> Observation {
    let mut all = snapshot.series(figure, Grain::All, &[]).unwrap();
    assert_eq!(all.len(), 1);
    all.remove(0)
}

/// The observations of a figure over everything, by a dimension and in total, under the names
/// that the answers have for them.
fn by(snapshot: &Snapshot, figure: &str, dimension: &str) -> BTreeMap<String, Observation> {
    let members = snapshot.series(figure, Grain::All, &[dimension]).unwrap();
    let named = members.into_iter().map(|observation| (observation.member[0].name().unwrap_or("(null)").to_owned(), observation));
    named.chain([("(all)".to_owned(), total(snapshot, figure))]).collect()
}

fn olist(as_of: &str) -> Option<(PathBuf, Facts, Snapshot)> {
    let folder = folder("olist_funnel")?;
    let tables = [("leads", folder.join("olist_marketing_qualified_leads_dataset.csv")), ("deals", folder.join("olist_closed_deals_dataset.csv"))];
    let (facts, snapshot) = snapshot("olist.yaml", &tables, as_of);
    Some((folder, facts, snapshot))
}

#[test]
fn olist_leads_by_week_and_by_month_and_origin() {
    let Some((folder, _, snapshot)) = olist("2018-11-14") else { return };
    let weeks = expected(&folder, "expected_mql_by_iso_week.csv");
    let mut refused = 0;
    for row in &weeks {
        let line = snapshot.line_for("leads", &row["iso_week"]).unwrap();
        assert_eq!(line.period.first.to_string(), row["week_start"]);
        count(&line.actual.value, &row["mqls"], &row["iso_week"]);
        assert_eq!(line.previous.base.value.number().map(Number::to_string).unwrap_or_default(), row["prev_week"], "{}", row["iso_week"]);
        // The first and the last week are parts of weeks. The answers compare them with whole ones
        // all the same; here the comparison is refused, and the two figures give that answer.
        if let (Some(base), Some(actual)) = (line.previous.base.value.number(), line.actual.value.number())
            && line.previous.base_coverage != Some(line.coverage)
        {
            assert_eq!(line.previous.change.value.reason(), Some("not comparable"), "{}", row["iso_week"]);
            let change = (actual.clone() - base.clone()).divided_by(base).unwrap();
            assert_eq!(change.to_fixed(6), six(&row["wow"]), "{}", row["iso_week"]);
            refused += 1;
            continue;
        }
        same(&line.previous.relative.unwrap().value, &row["wow"], &row["iso_week"]);
    }
    assert_eq!(refused, 2, "the week after the first, and the last");
    assert_eq!(snapshot.series("leads", Grain::Week, &[]).unwrap().len(), weeks.len());

    let months = expected(&folder, "expected_mql_by_month_origin.csv");
    let found = snapshot.series("leads", Grain::Month, &["origin"]).unwrap();
    assert_eq!(found.len(), months.len());
    for (observation, row) in found.iter().zip(&months) {
        let origin = observation.member[0].name().unwrap_or("(null)");
        assert_eq!((observation.period.label.as_str(), origin), (row["lead_month"].as_str(), row["origin"].as_str()));
        count(&observation.value, &row["mqls"], origin);
    }
}

#[test]
fn olist_conversion_by_origin() {
    let Some((folder, _, snapshot)) = olist("2018-11-14") else { return };
    let rows = expected(&folder, "expected_conversion_by_origin.csv");
    let found = by(&snapshot, "conversion", "origin");
    assert_eq!(found.len(), rows.len());
    for row in &rows {
        let observation = &found[&row["origin"]];
        assert_eq!(observation.rows.to_string(), row["mqls"]);
        // The share is exact, so the wins behind it are too.
        count(&Value::of(so_far(&observation.value).clone() * Number::from(observation.rows)), &row["won"], &row["origin"]);
        same(&observation.value, &row["conversion"], &row["origin"]);
    }
}

#[test]
fn olist_conversion_by_cohort_and_its_truncation() {
    let Some((folder, _, snapshot)) = olist("2018-11-14") else { return };
    let rows = expected(&folder, "expected_conversion_by_cohort.csv");
    let figures = [("conversion", "won"), ("conversion_30d", "won_30d"), ("conversion_60d", "won_60d"), ("conversion_90d", "won_90d")];
    for (figure, won) in figures {
        let found = snapshot.series(figure, Grain::Month, &[]).unwrap();
        assert_eq!(found.len(), rows.len());
        for (observation, row) in found.iter().zip(&rows) {
            let what = format!("{figure} of {}", row["cohort"]);
            assert_eq!((&observation.period.label, observation.rows.to_string()), (&row["cohort"], row["mqls"].clone()));
            // Every window had closed by the last recorded day.
            assert_eq!((observation.value.reason(), row["complete_90d"].as_str()), (None, "true"), "{what}");
            count(&Value::of(so_far(&observation.value).clone() * Number::from(observation.rows)), &row[won], &what);
            if let Some(share) = row.get(figure) {
                same(&observation.value, share, &what);
            }
            assert_eq!(has(observation, CaveatKind::LeftTruncated).to_string(), row["starts_before_first_recorded_win"], "{what}");
        }
    }
}

#[test]
fn olist_truncated_cohorts_are_not_compared() {
    // Ninety days before 1 May 2018 January's cohort was over; it is the first whole one.
    let Some((_, _, snapshot)) = olist("2018-05-01") else { return };
    let scorecard = snapshot.scorecard(Grain::Month);
    let line = scorecard.lines.iter().find(|line| line.kpi.as_str() == "conversion_90d").unwrap();
    assert_eq!((line.period.label.as_str(), line.caveats.len()), ("2018-01", 0));
    same(&line.actual.value, "0.113059", "January");
    // December's 3 % is shown, but the jump from it is no improvement.
    assert_eq!(line.previous.base.text, "3.0%");
    assert_eq!((line.previous.change.value.reason(), line.previous.impact), (Some("not comparable"), Impact::Unknown));
    assert!(line.previous.change.value.cause().contains("left-truncated"));

    let truncated = snapshot.line_for("conversion_90d", "2017-12").unwrap();
    assert_eq!(truncated.caveats.iter().map(|caveat| caveat.kind).collect::<Vec<_>>(), [CaveatKind::LeftTruncated]);
    assert_eq!(truncated.previous.change.value.reason(), Some("not comparable"));

    let Some((_, _, later)) = olist("2018-11-14") else { return };
    let whole = later.line_for("conversion_90d", "2018-02").unwrap();
    same(&whole.previous.change.value, &format!("0.{:06}", 124_514 - 113_059), "two whole cohorts");
    // Truncated cohorts are no points of the chart: five whole ones are too few for limits.
    assert_eq!(later.line_for("conversion_90d", "2018-05").unwrap().trend.limits, None);
}

#[test]
fn olist_sales_cycle_by_origin() {
    let Some((folder, _, snapshot)) = olist("2018-11-14") else { return };
    let rows = expected(&folder, "expected_sales_cycle_by_origin.csv");
    for (figure, column) in
        [("cycle_mean", "mean_days"), ("cycle_median", "median_days"), ("cycle_p90", "p90_days"), ("cycle_min", "min_days"), ("cycle_max", "max_days")]
    {
        let found = by(&snapshot, figure, "origin");
        assert_eq!(found.len(), rows.len());
        for row in &rows {
            let (observation, what) = (&found[&row["origin"]], format!("{figure} of {}", row["origin"]));
            assert_eq!(observation.rows.to_string(), row["n"], "{what}");
            same(&observation.value, &row[column], &what);
            assert_eq!(has(observation, CaveatKind::Early), row["negative"] != "0", "{what}");
        }
    }
    // A cycle belongs to the period in which it ends, up to the last win.
    let months = snapshot.series("cycle_mean", Grain::Month, &[]).unwrap();
    assert_eq!(months.last().unwrap().period.label, "2018-11");
    assert_eq!(months.iter().map(|month| month.rows).sum::<u64>(), 842);
}

#[test]
fn olist_quality() {
    let Some((folder, facts, snapshot)) = olist("2018-11-14") else { return };
    let expected: BTreeMap<String, String> = expected(&folder, "expected_quality.csv").into_iter().map(|row| (row["k"].clone(), row["v"].clone())).collect();
    let figure = |figure: &str| total(&snapshot, figure).value.number().unwrap().to_string();
    let less = |left: &str, right: &str| (Number::parse(left).unwrap() - Number::parse(right).unwrap()).to_string();
    let rows: BTreeMap<&str, String> = facts.loads().iter().map(|load| (load.source.as_str(), load.rows.to_string())).collect();
    assert!(facts.loads().iter().all(|load| (load.rejected_rows, load.rejected_cells) == (0, 0)));
    let cycles = total(&snapshot, "cycle_mean");
    let early = cycles.caveats.iter().find(|caveat| caveat.kind == CaveatKind::Early).unwrap();
    let computed = [
        ("mql rows", rows["leads"].clone()),
        ("mql duplicate ids", less(&rows["leads"], &figure("lead_ids"))),
        ("mql origin null", figure("leads_without_origin")),
        ("mql origin unknown", figure("leads_of_unknown_origin")),
        ("deal rows", rows["deals"].clone()),
        ("deal duplicate mql ids", less(&rows["deals"], &figure("win_ids"))),
        ("deals without mql", less(&rows["deals"], &cycles.rows.to_string())),
        ("won before lead date", early.text.split(' ').next().unwrap().to_owned()),
        ("business_segment null", figure("wins_without_segment")),
        ("lead_type null", figure("wins_without_type")),
        ("lead_behaviour_profile null", figure("wins_without_profile")),
        ("business_type null", figure("wins_without_business_type")),
        ("sdr", figure("sales_development")),
        ("sr", figure("sales")),
        ("declared_monthly_revenue = 0", figure("wins_declaring_nothing")),
    ];
    for (key, value) in &computed {
        assert_eq!(value, &expected[*key], "{key}");
    }
    let left: Vec<&String> = expected.keys().filter(|key| computed.iter().all(|(known, _)| known != key)).collect();
    assert!(left.is_empty(), "{left:?}");
    // Two answers from one table, null and `unknown` kept apart, add up with the others.
    assert_eq!(facts.findings().iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::ExtraColumns], "{:?}", facts.findings());
}

fn website() -> Option<(PathBuf, Facts, Snapshot)> {
    let folder = folder("website_visitors")?;
    let (facts, snapshot) = snapshot("website.yaml", &[("web", folder.join("daily-website-visitors.csv"))], "2020-08-19");
    Some((folder, facts, snapshot))
}

/// A line agrees with an answer on the loads and visits of a period, complete or not.
fn visits(snapshot: &Snapshot, row: &Row, period: &str, of: i64) -> Line {
    let line = snapshot.line_for("unique_visits", period).unwrap();
    assert_eq!(line.coverage.days.to_string(), row["days"], "{period}");
    assert_eq!(line.coverage.of, of, "{period}");
    let complete = line.coverage.is_full();
    assert_eq!(line.actual.value.reason(), (!complete).then_some("incomplete"), "{period}");
    assert_eq!(so_far(&line.actual.value).to_string(), row["unique_visits"], "{period}");
    if let Some(loads) = row.get("loads") {
        let line = snapshot.line_for("page_loads", period).unwrap();
        assert_eq!(so_far(&line.actual.value).to_string(), *loads, "{period}");
    }
    line
}

#[test]
fn website_by_week() {
    let Some((folder, _, snapshot)) = website() else { return };
    let rows = expected(&folder, "expected_iso_week.csv");
    assert_eq!(snapshot.series("unique_visits", Grain::Week, &[]).unwrap().len(), rows.len());
    let mut partial = 0;
    for row in &rows {
        let line = visits(&snapshot, row, &row["iso_week"], 7);
        partial += u32::from(!line.coverage.is_full());
        assert_eq!(line.period.first.to_string(), row["week_start"]);
        same(&line.previous.relative.unwrap().value, &row["wow"], &row["iso_week"]);
        same(&line.prior_year.relative.unwrap().value, &row["yoy_364d"], &row["iso_week"]);
    }
    assert_eq!(partial, 2, "the first week and the last");
}

#[test]
fn website_by_month() {
    let Some((folder, _, snapshot)) = website() else { return };
    let rows = expected(&folder, "expected_month.csv");
    assert_eq!(snapshot.series("unique_visits", Grain::Month, &[]).unwrap().len(), rows.len());
    for row in &rows {
        let month = &row["month"];
        let of = snapshot.line_for("unique_visits", month).unwrap().period.span().days();
        let line = visits(&snapshot, row, month, of);
        assert_eq!(line.coverage.is_full().to_string(), row["complete"], "{month}");
        same(&line.previous.relative.unwrap().value, &row["mom"], month);
        same(&line.prior_year.relative.unwrap().value, &row["yoy"], month);
        let share = snapshot.line_for("returning_share", month).unwrap();
        assert_eq!(so_far(&share.actual.value).to_fixed(6), six(&row["returning_share"]), "{month}");
        // A rate differs in points, so there is no per cent of per cent.
        assert_eq!(share.previous.relative, None);
    }
}

#[test]
fn website_by_fiscal_year_and_in_total() {
    let Some((folder, facts, snapshot)) = website() else { return };
    let years = expected(&folder, "expected_fiscal_year_jul.csv");
    assert_eq!(snapshot.series("unique_visits", Grain::Year, &[]).unwrap().len(), years.len());
    for row in &years {
        let label = format!("FY{}", row["fiscal_year"]);
        let first: Date = row["first_day"].parse().unwrap();
        let of = snapshot.system().calendar().period(Grain::Year, first).span().days();
        let line = visits(&snapshot, row, &label, of);
        assert_eq!(line.period.label, label);
    }

    let row = &expected(&folder, "expected_totals.csv")[0];
    assert_eq!((facts.loads()[0].rows.to_string(), facts.loads()[0].rejected_rows, facts.findings()), (row["days"].clone(), 0, [].as_slice()));
    for (figure, column) in [
        ("page_loads", "loads"),
        ("unique_visits", "unique_visits"),
        ("first_time_visits", "first_time"),
        ("returning_visits", "returning_visits"),
        ("mismatch", "sum_mismatch"),
    ] {
        let all = total(&snapshot, figure);
        count(&all.value, &row[column], column);
        assert_eq!((all.period.first.to_string(), all.period.last.to_string()), (row["first_day"].clone(), row["last_day"].clone()));
        assert_eq!((all.coverage.days.to_string(), all.coverage.is_full()), (row["days"].clone(), true));
    }
}
