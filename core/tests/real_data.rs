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

/// The calendar day of a time stamp as it is written, whatever its offset.
fn written_day(stamp: &str) -> Date {
    stamp.get(..10).unwrap().parse().unwrap()
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

fn campaigns() -> Option<(PathBuf, Facts, Snapshot)> {
    let folder = folder("campaign_daily_spend")?;
    let (facts, snapshot) = snapshot("campaigns.yaml", &[("marketing", folder.join("Marketing.csv"))], "2021-02-28");
    Some((folder, facts, snapshot))
}

/// The columns of the campaigns' rows that are told here: campaign, day, spend, leads, orders and
/// revenue, amounts in tenths or hundredths as they stand.
fn campaign_rows(folder: &Path) -> Vec<(String, String, Number, i64, i64, Number)> {
    let text = std::fs::read_to_string(folder.join("Marketing.csv")).unwrap();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(';').collect();
        let decimal = |cell: &str| Number::parse(&cell.replace(',', ".")).unwrap();
        (cells[2].to_owned(), cells[1].to_owned(), decimal(cells[6]), cells[8].parse().unwrap(), cells[9].parse().unwrap(), decimal(cells[10]))
    };
    text.lines().skip(1).map(row).collect()
}

#[test]
fn campaigns_by_category() {
    let Some((folder, facts, snapshot)) = campaigns() else { return };
    assert_eq!((facts.loads()[0].rows, facts.loads()[0].rejected_rows, facts.loads()[0].rejected_cells), (308, 0, 0));
    // Every campaign lies within one category.
    assert_eq!(facts.findings().iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::ExtraColumns], "{:?}", facts.findings());
    let rows = expected(&folder, "expected_by_category.csv");
    for figure in ["impressions", "spend", "clicks", "leads", "orders", "revenue", "cpl", "cpo", "romi"] {
        let found = by(&snapshot, figure, "category");
        assert_eq!(found.len(), rows.len());
        for row in &rows {
            let what = format!("{figure} of {}", row["category"]);
            same(&found[&row["category"]].value, &row[figure], &what);
            assert!(found[&row["category"]].coverage.is_full(), "{what}");
        }
    }
}

#[test]
fn campaigns_row_by_row_have_undefined_ratios_where_nothing_came() {
    let Some((folder, _, snapshot)) = campaigns() else { return };
    let rows = campaign_rows(&folder);
    let names: std::collections::BTreeSet<&str> = rows.iter().map(|row| row.0.as_str()).collect();
    let found: Vec<String> = snapshot.series("leads", Grain::All, &["campaign"]).unwrap().iter().map(|one| one.member[0].name().unwrap().to_owned()).collect();
    assert_eq!(found, names.iter().copied().collect::<Vec<_>>());
    assert!(names.contains("facebOOK_tier2") && !names.contains("facebook_tier2"));

    let mut undefined = [0, 0];
    for (at, (figure, base)) in [("cpl", "leads"), ("cpo", "orders")].into_iter().enumerate() {
        let found = snapshot.series(figure, Grain::All, &["campaign", "day"]).unwrap();
        assert_eq!(found.len(), rows.len());
        let by_row: BTreeMap<(&str, &str), &Observation> =
            found.iter().map(|one| ((one.member[0].name().unwrap(), one.member[1].name().unwrap()), one)).collect();
        for (campaign, day, spend, leads, orders, _) in &rows {
            let value = &by_row[&(campaign.as_str(), day.as_str())].value;
            let wanted = spend.divided_by(&Number::from([*leads, *orders][at]));
            assert_eq!(value.number(), wanted.as_ref(), "{figure} of {campaign} on {day}");
            if wanted.is_none() {
                assert_eq!(value, &Value::Undefined { cause: format!("`{base}` is zero") });
                undefined[at] += 1;
            }
        }
    }
    // A ratio of zero would have been a very good one.
    assert_eq!(undefined, [4, 19]);
}

#[test]
fn the_largest_campaigns_and_the_rest() {
    let Some((folder, _, snapshot)) = campaigns() else { return };
    let mut sums: BTreeMap<String, (Number, i64)> = BTreeMap::new();
    for (campaign, _, spend, _, orders, _) in campaign_rows(&folder) {
        let sum = sums.entry(campaign).or_insert_with(|| (Number::from(0), 0));
        *sum = (sum.0.clone() + spend, sum.1 + orders);
    }
    let ratio = |(spend, orders): &(Number, i64)| spend.divided_by(&Number::from(*orders)).unwrap();
    let mut ranked: Vec<(String, (Number, i64))> = sums.into_iter().collect();
    ranked.sort_by_key(|(_, sum)| std::cmp::Reverse(ratio(sum)));
    let rest = ranked[3..].iter().fold((Number::from(0), 0), |sum, (_, more)| (sum.0 + more.0.clone(), sum.1 + more.1));

    let found = snapshot.top("cpo", Grain::All, &["campaign"], 3).unwrap();
    let mut wanted: Vec<(MemberName, Number)> = ranked[..3].iter().map(|(name, sum)| (name.as_str().into(), ratio(sum))).collect();
    wanted.sort();
    wanted.push((MemberName::Rest { rest: 8 }, ratio(&rest)));
    let found: Vec<(MemberName, Number)> = found.into_iter().map(|one| (one.member[0].clone(), one.value.number().unwrap().clone())).collect();
    assert_eq!(found, wanted);
}

fn loans(as_of: &str) -> Option<(PathBuf, Facts, Snapshot)> {
    let folder = folder("bpi2012_loan_funnel")?;
    let tables =
        [("applications", folder.join("applications.csv")), ("events", folder.join("stage_events.csv")), ("work", folder.join("work_activity_daily.csv"))];
    let (facts, snapshot) = snapshot("loans.yaml", &tables, as_of);
    Some((folder, facts, snapshot))
}

#[test]
fn loans_by_cohort() {
    let Some((folder, facts, snapshot)) = loans("2012-03-14") else { return };
    assert!(facts.loads().iter().all(|load| (load.rejected_rows, load.rejected_cells) == (0, 0)));
    let rows = expected(&folder, "expected_funnel_by_cohort.csv");
    let cohorts = |figure: &str| -> BTreeMap<String, Observation> {
        let months = snapshot.series(figure, Grain::Month, &[]).unwrap().into_iter().map(|one| (one.period.label.clone(), one));
        months.chain([("(all)".to_owned(), total(&snapshot, figure))]).collect()
    };
    for figure in ["submitted", "preaccepted", "accepted", "offer_sent", "offer_returned", "activated", "declined", "cancelled", "undecided"] {
        let found = cohorts(figure);
        assert_eq!(found.len(), rows.len(), "{figure}");
        rows.iter().for_each(|row| count(&found[&row["cohort"]].value, &row[figure], &format!("{figure} of {}", row["cohort"])));
    }
    let (conversion, win_rate, lost) = (cohorts("conversion"), cohorts("win_rate"), cohorts("lost"));
    for row in &rows {
        let cohort = &row["cohort"];
        same(&conversion[cohort].value, &row["conversion"], cohort);
        // Open cases are neither won nor lost.
        let number = |column: &str| Number::parse(&row[column]).unwrap();
        let decided = number("submitted") - number("undecided");
        assert_eq!(win_rate[cohort].value.number().cloned(), number("activated").divided_by(&decided), "{cohort}");
        assert_eq!(lost[cohort].value.number().cloned(), Some(decided - number("activated")), "{cohort}");
        // Younger cohorts have had less time, and 379 cases of the last one are still open.
        assert_eq!(has(&conversion[cohort], CaveatKind::OpenEnded), cohort != "(all)");
    }

    // What became loans of what was asked for: by amount, the amount × the cases that did.
    let loaned = |grain: Grain| -> BTreeMap<String, Number> {
        let mut sums = BTreeMap::new();
        for one in snapshot.series("conversion", grain, &["amount"]).unwrap() {
            let amount = Number::parse(one.member[0].name().unwrap()).unwrap();
            let cases = one.value.number().unwrap().clone() * Number::from(one.rows);
            let sum = sums.entry(one.period.label).or_insert_with(|| Number::from(0));
            *sum = sum.clone() + amount * cases;
        }
        sums
    };
    let (months, all) = (loaned(Grain::Month), loaned(Grain::All));
    assert_eq!((months.len(), all.len()), (rows.len() - 1, 1));
    for row in &rows {
        let found = months.get(&row["cohort"]).or_else(|| all.values().next().filter(|_| row["cohort"] == "(all)"));
        assert_eq!(found.map(ToString::to_string).as_ref(), Some(&row["activated_amount_eur"]), "{}", row["cohort"]);
    }
    // Members add up to the whole.
    let amounts: Number = snapshot.series("requested", Grain::All, &["amount"]).unwrap().iter().map(|one| one.value.number().unwrap().clone()).sum();
    assert_eq!(Some(&amounts), total(&snapshot, "requested").value.number());
}

#[test]
fn loans_of_an_open_cohort_are_not_judged() {
    let Some((folder, _, snapshot)) = loans("2012-03-14") else { return };
    // By the days as written, offsets left aside.
    let days = |file: &str, keep: &str, case: usize, day: usize| -> BTreeMap<String, Date> {
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        let mut days = BTreeMap::new();
        for line in text.lines().skip(1).filter(|line| line.contains(keep)) {
            let cells: Vec<&str> = line.split(',').collect();
            let day: Date = written_day(cells[day]);
            days.entry(cells[case].to_owned()).and_modify(|known: &mut Date| *known = day.min(*known)).or_insert(day);
        }
        days
    };
    let (entered, activated) = (days("applications.csv", "", 0, 2), days("stage_events.csv", "A_ACTIVATED", 0, 3));
    for month in snapshot.series("activated_30d", Grain::Month, &[]).unwrap() {
        let cohort: Vec<(&String, &Date)> = entered.iter().filter(|(_, day)| (month.period.first..=month.period.last).contains(*day)).collect();
        let won = cohort.iter().filter(|(case, day)| activated.get(*case).is_some_and(|activated| activated.days_since(**day) <= 30)).count();
        assert_eq!(so_far(&month.value), &Number::from(won).divided_by(&Number::from(cohort.len())).unwrap(), "{}", month.period.label);
        // The window of February's last applications closes on 30 March.
        assert_eq!(month.value.reason(), (month.period.label == "2012-02").then_some("incomplete"), "{}", month.period.label);
    }
}

#[test]
fn work_as_a_balance_adds_up_over_people_and_not_over_days() {
    let Some((folder, _, snapshot)) = loans("2012-03-14") else { return };
    let mut by_day: BTreeMap<Date, BTreeMap<String, i64>> = BTreeMap::new();
    for line in std::fs::read_to_string(folder.join("work_activity_daily.csv")).unwrap().lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        *by_day.entry(cells[0].parse().unwrap()).or_default().entry(cells[1].to_owned()).or_default() += cells[3].parse::<i64>().unwrap();
    }
    let sum = |observations: &[Observation]| -> Number { observations.iter().filter_map(|one| one.value.number().cloned()).sum() };
    for month in snapshot.series("work_items", Grain::Month, &[]).unwrap() {
        let period = &month.period;
        let days: Vec<&BTreeMap<String, i64>> = by_day.range(period.first..=period.last).map(|(_, people)| people).collect();
        let sums: Vec<i64> = days.iter().map(|people| people.values().sum()).collect();
        let mean = Number::from(sums.iter().sum::<i64>()).divided_by(&Number::from(days.len())).unwrap();
        for (figure, wanted) in [("work_on_first_day", Number::from(sums[0])), ("work_on_last_day", Number::from(sums[sums.len() - 1])), ("work_a_day", mean)] {
            let of_period = |by: &[&str]| -> Vec<Observation> {
                snapshot.series(figure, Grain::Month, by).unwrap().into_iter().filter(|one| one.period == *period).collect()
            };
            // March is not over.
            assert_eq!(so_far(&of_period(&[])[0].value), &wanted, "{figure} {}", period.label);
            if period.label == "2012-03" {
                continue;
            }
            let people = of_period(&["resource"]);
            assert_eq!(sum(&people), wanted, "{figure} {}", period.label);
            for person in &people {
                let name = person.member[0].name().unwrap_or_default();
                let own: Vec<i64> = days.iter().filter_map(|people| people.get(name).copied()).collect();
                let own = match figure {
                    "work_on_first_day" => days[0].get(name).copied().map(Number::from),
                    "work_on_last_day" => days[days.len() - 1].get(name).copied().map(Number::from),
                    _ => Number::from(own.iter().sum::<i64>()).divided_by(&Number::from(days.len())),
                };
                // Nobody who did not work on that day is told to have done nothing.
                assert_eq!((person.value.number(), person.value.reason()), (own.as_ref(), own.is_none().then_some("missing")), "{figure} {name}");
            }
        }
    }
}

#[test]
fn olist_same_period_is_another_figure_than_same_cohort() {
    let Some((folder, _, snapshot)) = olist("2018-11-14") else { return };
    let days = |file: &str, day: usize| -> BTreeMap<String, Date> {
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        text.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>()).map(|cells| (cells[0].to_owned(), written_day(cells[day]))).collect()
    };
    let (leads, wins) = (days("olist_marketing_qualified_leads_dataset.csv", 1), days("olist_closed_deals_dataset.csv", 4));
    assert_eq!((leads.len(), wins.len()), (8_000, 842));
    for (figure, within) in [("conversion_same_period", i64::MAX), ("conversion_same_period_30d", 30)] {
        for month in snapshot.series(figure, Grain::Month, &[]).unwrap() {
            let within_month = |day: &Date| (month.period.first..=month.period.last).contains(day);
            let entered = leads.values().filter(|day| within_month(day)).count();
            let moved = wins.iter().filter(|(lead, day)| within_month(day) && day.days_since(leads[*lead]) <= within).count();
            if month.period.label.as_str() > "2018-05" {
                // Leads are recorded until 31 May, wins until November: nothing is known to have entered.
                assert_eq!((entered, month.value.reason()), (0, Some("missing")));
                continue;
            }
            assert_eq!(so_far(&month.value), &Number::from(moved).divided_by(&Number::from(entered)).unwrap(), "{figure} {}", month.period.label);
            // Wins are recorded from 5 December: until then there were some that nobody knows of.
            assert_eq!(has(&month, CaveatKind::LeftTruncated), month.period.label.as_str() < "2018-01", "{figure} {}", month.period.label);
        }
    }
    let of = |figure: &str, month: &str| snapshot.series(figure, Grain::Month, &[]).unwrap().into_iter().find(|one| one.period.label == month).unwrap().value;
    let (cohort, period) = (of("conversion", "2018-01"), of("conversion_same_period", "2018-01"));
    assert!(cohort.number() > period.number(), "January's leads went on to be won for months: {cohort:?} {period:?}");
}

/// The first day of the stretch that ends with a period.
type FirstDay<'a> = &'a dyn Fn(&Period) -> Date;

/// Unique visits, page loads and returning visits by day.
fn website_days(folder: &Path) -> BTreeMap<Date, [i64; 3]> {
    let text = std::fs::read_to_string(folder.join("daily-website-visitors.csv")).unwrap();
    let day = |line: &str| {
        // Only numbers with a thousands mark are quoted.
        let plain: String = line.split('"').enumerate().map(|(at, part)| if at % 2 == 1 { part.replace(',', "") } else { part.to_owned() }).collect();
        let cells: Vec<&str> = plain.split(',').collect();
        let date: Vec<u32> = cells[0].split('/').map(|part| part.parse().unwrap()).collect();
        let number = |cell: usize| cells[cell].parse().unwrap();
        (Date::new(date[2].try_into().unwrap(), date[0], date[1]).unwrap(), [number(2), number(1), number(4)])
    };
    text.lines().skip(1).map(day).collect()
}

#[test]
fn website_over_longer_stretches() {
    let Some((folder, _, snapshot)) = website() else { return };
    let days = website_days(&folder);
    let calendar = snapshot.system().calendar();
    let sum = |first: Date, last: Date, column: usize| days.range(first..=last).map(|(_, numbers)| numbers[column]).sum::<i64>();
    for grain in [Grain::Week, Grain::Month, Grain::Quarter] {
        let reaching_back = |period: &Period, periods: usize| (1..periods).fold(period.clone(), |period, _| calendar.previous(&period).unwrap()).first;
        let windows: [(&str, FirstDay<'_>); 5] = [
            ("visits_6_periods", &|period| reaching_back(period, 6)),
            ("visits_month_to_date", &|period| Date::new(period.last.year(), period.last.month(), 1).unwrap()),
            ("visits_quarter_to_date", &|period| Date::new(period.last.year(), (period.last.month() - 1) / 3 * 3 + 1, 1).unwrap()),
            ("visits_year_to_date", &|period| Date::new(period.last.year() - i32::from(period.last.month() < 7), 7, 1).unwrap()),
            ("visits_all_time", &|_| *days.keys().next().unwrap()),
        ];
        for (figure, first) in windows {
            for one in snapshot.series(figure, grain, &[]).unwrap() {
                let first = first(&one.period);
                if first > *days.keys().next_back().unwrap() {
                    // The last month of the quarter that is running has not begun.
                    assert_eq!((figure, one.value.reason()), ("visits_month_to_date", Some("missing")), "{}", one.period.label);
                    continue;
                }
                assert_eq!(so_far(&one.value), &Number::from(sum(first, one.period.last, 0)), "{figure} {}", one.period.label);
            }
        }
        for one in snapshot.series("returning_share_12_periods", grain, &[]).unwrap() {
            let first = reaching_back(&one.period, 12);
            let wanted = Number::from(sum(first, one.period.last, 2)).divided_by(&Number::from(sum(first, one.period.last, 0)));
            assert_eq!(Some(so_far(&one.value)), wanted.as_ref(), "{}", one.period.label);
        }
        for (figure, wanted) in [("loads_of_first_day", 0), ("loads_of_last_day", 1), ("loads_a_day", 2)] {
            for one in snapshot.series(figure, grain, &[]).unwrap() {
                let loads: Vec<i64> = days.range(one.period.first..=one.period.last).map(|(_, numbers)| numbers[1]).collect();
                let mean = Number::from(loads.iter().sum::<i64>()).divided_by(&Number::from(loads.len())).unwrap();
                let wanted = [Number::from(loads[0]), Number::from(loads[loads.len() - 1]), mean][wanted].clone();
                assert_eq!(so_far(&one.value), &wanted, "{figure} {}", one.period.label);
            }
        }
    }
}

#[test]
fn website_beside_comparable_periods() {
    let Some((folder, _, snapshot)) = website() else { return };
    let days = website_days(&folder);
    let start = *days.keys().next().unwrap();
    // A period with no day of data at all is missing, and never zero.
    let visits = |first: Date, last: Date| {
        let days: Vec<i64> = days.range(first..=last).map(|(_, numbers)| numbers[0]).collect();
        (!days.is_empty()).then(|| Number::from(days.iter().sum::<i64>()))
    };
    let months_before = |day: Date, months: u32| {
        let index = u32::try_from(day.year()).unwrap() * 12 + day.month() - 1 - months;
        Date::new((index / 12).try_into().unwrap(), index % 12 + 1, 1).unwrap()
    };
    for grain in [Grain::Week, Grain::Month] {
        for figure in ["change", "ratio_to_third_before", "ratio_to_prior_year", "or_zero"] {
            let mut without = 0;
            for one in snapshot.series(figure, grain, &[]).unwrap() {
                let Period { first, last, label, .. } = &one.period;
                let now = visits(*first, *last).unwrap();
                let back = match figure {
                    "change" => 1,
                    "ratio_to_third_before" => 3,
                    _ => 12,
                };
                let then = if grain == Grain::Week {
                    let back = if back == 12 { 52 } else { i64::from(back) };
                    visits(first.plus_days(-7 * back), last.plus_days(-7 * back))
                } else {
                    visits(months_before(*first, back), months_before(*first, back - 1).plus_days(-1))
                };
                let wanted = match (figure, then) {
                    ("change", then) => then.map(|then| now - then),
                    ("or_zero", then) => Some(now - then.unwrap_or_else(|| Number::from(0))),
                    (_, then) => then.and_then(|then| now.divided_by(&then)),
                };
                match wanted {
                    Some(wanted) => assert_eq!(so_far(&one.value), &wanted, "{figure} {label}"),
                    None => {
                        assert_eq!(one.value.reason(), Some("missing"), "{figure} {label}");
                        without += 1;
                    }
                }
            }
            let wanted = match (figure, grain) {
                ("change", _) => 1,
                ("ratio_to_third_before", _) => 3,
                ("ratio_to_prior_year", Grain::Week) => 52,
                ("ratio_to_prior_year", _) => 12,
                _ => 0,
            };
            assert_eq!(without, wanted, "{figure}: periods whose base lies before {start}");
        }
    }
}
