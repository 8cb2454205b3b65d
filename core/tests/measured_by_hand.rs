//! What each definition measures, on tables so small that a comment beside each number says how
//! it was worked out.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use marketingos::*;

/// The tables that definitions are written for.
const SOURCES: &str = "
marketingos: 1
name: Small firm
sources:
  leads: { date: day, entity: lead, dimensions: [channel, region], measures: { score: {} }, rows: events, recorded_from: 2026-01-01, recorded_until: as_of }
  deals: { date: day, entity: lead, dimensions: [channel, region], measures: { amount: { unit: EUR }, cost: { unit: EUR }, weight: {} }, rows: events, recorded_from: 2026-01-01, recorded_until: as_of }
  visits: { date: day, entity: lead, dimensions: [channel], rows: events, recorded_from: 2025-01-01, recorded_until: as_of }
  list: { date: day, dimensions: [segment], measures: { members: { unit: count of members, additivity: semi_additive } }, rows: daily }
measures:
";

/// A snapshot of definitions, one a line, over the CSV of some sources.
fn snapshot(definitions: &str, tables: &[(&str, &str)], as_of: &str) -> Snapshot {
    let lines: String = definitions.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| format!("  {line}\n")).collect();
    let text = format!("{SOURCES}{lines}");
    let (system, _) = System::parse(&[Source::new("system.yaml", &text)]).unwrap_or_else(|error| panic!("{error}"));
    let builder = tables.iter().fold(Facts::builder(&system), |builder, (source, csv)| builder.csv(source, csv));
    system.snapshot(&builder.build().unwrap_or_else(|error| panic!("{error}")), as_of.parse().unwrap())
}

/// A value as a short text: the number, or the reason and what is known so far.
fn short(value: &Value) -> String {
    match value {
        Value::Value { value } => value.to_string(),
        Value::Incomplete { so_far, .. } => format!("incomplete {so_far}"),
        reason => reason.reason().unwrap().to_owned(),
    }
}

/// The figure month by month, from the first on.
fn months(snapshot: &Snapshot, figure: &str) -> Vec<String> {
    snapshot.series(figure, Grain::Month, &[]).unwrap().iter().map(|one| short(&one.value)).collect()
}

/// The figure in a month, by members.
fn parts(snapshot: &Snapshot, figure: &str, month: &str, by: &str) -> Vec<(String, String)> {
    let observations = snapshot.series(figure, Grain::Month, &[by]).unwrap().into_iter().filter(|one| one.period.label == month);
    observations.map(|one| (one.member[0].name().unwrap_or("-").to_owned(), short(&one.value))).collect()
}

fn owned(parts: &[(&str, &str)]) -> Vec<(String, String)> {
    parts.iter().map(|(member, value)| ((*member).to_owned(), (*value).to_owned())).collect()
}

/// The kinds of caveats of a figure in a month.
fn caveats(snapshot: &Snapshot, figure: &str, month: &str) -> Vec<CaveatKind> {
    let one = snapshot.series(figure, Grain::Month, &[]).unwrap().into_iter().find(|one| one.period.label == month).unwrap();
    one.caveats.iter().map(|caveat| caveat.kind).collect()
}

#[test]
fn weighted_means_and_extremes_pass_over_gaps() {
    let csv = "day,lead,channel,region,amount,cost,weight
2026-01-05,a,ads,n,10,1,1
2026-01-06,b,ads,n,20,,3
2026-01-07,c,mail,n,,2,5
2026-01-08,d,mail,n,40,9,
2026-02-03,e,ads,n,7,,0
2026-02-04,f,mail,n,,,2
";
    let of = snapshot(
        "weighted: { weighted_mean: { of: deals.amount, by: weight } }
         least: { min: deals.amount }
         most: { max: deals.amount }
         middle: { median: deals.amount }
         average: { mean: deals.amount }
         costs: { median: deals.cost }",
        &[("deals", csv)],
        "2026-03-31",
    );
    // Rows with both: (1 × 10 + 3 × 20) ÷ (1 + 3). In February only `e` has both, and weighs nothing.
    assert_eq!(months(&of, "weighted"), ["17.5", "undefined", "undefined"]);
    assert_eq!(caveats(&of, "weighted", "2026-01"), [CaveatKind::MissingCells]);
    assert_eq!(parts(&of, "weighted", "2026-01", "channel"), owned(&[("ads", "17.5"), ("mail", "undefined")]));
    // 10, 20, 40; then 7 alone; then nothing.
    assert_eq!(months(&of, "least"), ["10", "7", "undefined"]);
    assert_eq!(months(&of, "most"), ["40", "7", "undefined"]);
    assert_eq!(months(&of, "middle"), ["20", "7", "undefined"]);
    assert_eq!(caveats(&of, "most", "2026-01"), [CaveatKind::MissingCells]);
    // 70 ÷ 3 rows with a number, not ÷ 4.
    assert_eq!(of.series("average", Grain::Month, &[]).unwrap()[0].value, Value::of(Number::from(70).divided_by(&Number::from(3)).unwrap()));
    // 1, 2, 9.
    assert_eq!(months(&of, "costs"), ["2", "undefined", "undefined"]);
}

#[test]
fn balances_add_up_over_members_and_not_over_days() {
    // Coverage is left aside: measures need none.
    let csv = "day,segment,members
2026-01-30,a,10
2026-01-30,b,5
2026-01-31,a,12
2026-02-01,a,11
2026-02-01,b,6
2026-02-03,,3
";
    let of = snapshot(
        "first: { first: list.members }
         last: { last: list.members }
         mean: { daily_mean: list.members }
         per_day: { formula: last / mean }",
        &[("list", csv)],
        "2026-03-31",
    );
    // 30 January: 10 + 5. 1 February: 11 + 6.
    assert_eq!(months(&of, "first"), ["15", "17"]);
    // 31 January: 12. 3 February: 3.
    assert_eq!(months(&of, "last"), ["12", "3"]);
    // (15 + 12) ÷ 2 days with rows; (17 + 3) ÷ 2.
    assert_eq!(months(&of, "mean"), ["13.5", "10"]);
    assert_eq!(of.series("per_day", Grain::Month, &[]).unwrap()[0].value, Value::of(Number::from(12).divided_by(&Number::parse("13.5").unwrap()).unwrap()));
    // Which day is the last is decided for all together: `b` has no row of it, and is not zero.
    assert_eq!(parts(&of, "first", "2026-01", "segment"), owned(&[("a", "10"), ("b", "5")]));
    assert_eq!(parts(&of, "last", "2026-01", "segment"), owned(&[("a", "12"), ("b", "missing")]));
    assert_eq!(parts(&of, "last", "2026-02", "segment"), owned(&[("-", "3"), ("a", "missing"), ("b", "missing")]));
    // (10 + 12) ÷ 2 and 5 ÷ 2: they add up to 13.5.
    assert_eq!(parts(&of, "mean", "2026-01", "segment"), owned(&[("a", "11"), ("b", "2.5")]));
    // Over everything: the first and last day of all, and 15 + 12 + 17 + 3 over four days.
    let all = |figure: &str| short(&of.series(figure, Grain::All, &[]).unwrap()[0].value);
    assert_eq!([all("first"), all("last"), all("mean")], ["15", "3", "11.75"]);
}

/// Four months of deals: 2 of 4 by ads, 1 of 1, 0 of 5, 1 of 2.
const DEALS: &str = "day,lead,channel,region,amount,cost,weight
2026-01-05,a,ads,n,1,,
2026-01-06,b,ads,n,2,,
2026-01-07,c,mail,n,3,,
2026-01-30,c,mail,s,4,,
2026-02-01,d,ads,s,5,,
2026-03-02,e,mail,s,6,,
2026-03-03,f,mail,s,7,,
2026-03-04,g,mail,s,8,,
2026-03-05,h,,s,9,,
2026-03-31,a,mail,s,10,,
2026-04-01,a,ads,s,11,,
2026-04-02,b,fair,s,12,,
";

#[test]
fn longer_stretches_are_computed_from_their_rows() {
    let of = snapshot(
        "deals: { count: deals }
         by_ads: { count: deals, where: { channel: ads } }
         share: { ratio: { numerator: by_ads, denominator: deals } }
         leads: { distinct: deals.lead }
         channels: { distinct: deals.channel }
         middle: { median: deals.amount }
         deals_3: { cumulative: { of: deals, over: { periods: 3 } } }
         share_3: { cumulative: { of: share, over: { periods: 3 } } }
         leads_3: { cumulative: { of: leads, over: { periods: 3 } } }
         middle_2: { cumulative: { of: middle, over: { periods: 2 } } }
         to_month: { cumulative: { of: deals, over: month_to_date } }
         to_quarter: { cumulative: { of: deals, over: quarter_to_date } }
         to_year: { cumulative: { of: leads, over: year_to_date } }
         ever: { cumulative: { of: leads, over: all_time } }",
        &[("deals", DEALS)],
        "2026-04-30",
    );
    assert_eq!(months(&of, "deals"), ["4", "1", "5", "2"]);
    // 4; 4 + 1; 4 + 1 + 5; 1 + 5 + 2.
    assert_eq!(months(&of, "deals_3"), ["4", "5", "10", "8"]);
    // 2/4; 3/5; 3/10; 2/8: never means of monthly shares.
    assert_eq!(months(&of, "share_3"), ["0.5", "0.6", "0.3", "0.25"]);
    // {a b c}; + d; + e f g h, a again; {d e f g h a b}.
    assert_eq!(months(&of, "leads"), ["3", "1", "5", "2"]);
    assert_eq!(months(&of, "leads_3"), ["3", "4", "8", "7"]);
    assert_eq!(months(&of, "channels"), ["2", "1", "1", "2"]);
    // 1 2 3 4; 1 2 3 4 5; 5 6 7 8 9 10; 6 7 8 9 10 11 12.
    assert_eq!(months(&of, "middle_2"), ["2.5", "3", "7.5", "9"]);
    assert_eq!(months(&of, "to_month"), months(&of, "deals"));
    // A quarter restarts in April.
    assert_eq!(months(&of, "to_quarter"), ["4", "5", "10", "2"]);
    assert_eq!(months(&of, "to_year"), ["3", "4", "8", "8"]);
    assert_eq!(months(&of, "ever"), ["3", "4", "8", "8"]);
    // The week from 26 January to 1 February ends in February, and has one day of it.
    let week =
        |figure: &str, label: &str| short(&of.series(figure, Grain::Week, &[]).unwrap().into_iter().find(|one| one.period.label == label).unwrap().value);
    assert_eq!([week("deals", "2026-W05"), week("to_month", "2026-W05"), week("to_quarter", "2026-W05")], ["2", "1", "5"]);
    // The first recorded day, a Thursday, is in its week from the start.
    assert_eq!([week("ever", "2026-W01"), week("ever", "2026-W02")], ["0", "3"]);
    // By members: whoever had a row in the stretch is told, though not in the month.
    assert_eq!(parts(&of, "deals_3", "2026-02", "channel"), owned(&[("ads", "3"), ("mail", "2")]));
    assert_eq!(parts(&of, "deals_3", "2026-04", "channel"), owned(&[("-", "1"), ("ads", "2"), ("fair", "1"), ("mail", "4")]));
}

#[test]
fn comparable_periods_before_the_data_are_missing_and_not_zero() {
    let of = snapshot(
        "deals: { count: deals }
         by_fair: { count: deals, where: { channel: fair } }
         growth: { formula: deals / previous(deals) - 1 }
         third: { formula: \"previous(deals, 3)\" }
         last_year: { formula: prior_year(deals) }
         change: { formula: \"deals - coalesce(previous(deals), 0)\" }
         of_fairs: { formula: \"coalesce(by_fair / previous(by_fair), 0)\" }
         filled: { formula: deals - previous(deals), missing: zero }",
        &[("deals", DEALS)],
        "2026-04-30",
    );
    // 1/4 − 1, 5/1 − 1, 2/5 − 1.
    assert_eq!(months(&of, "growth"), ["missing", "-0.75", "4", "-0.6"]);
    assert_eq!(months(&of, "third"), ["missing", "missing", "missing", "4"]);
    assert_eq!(months(&of, "last_year"), ["missing"; 4]);
    assert_eq!(months(&of, "change"), ["4", "-3", "4", "-3"]);
    // Missing in January, and a division by zero after: both are passed over.
    assert_eq!(months(&of, "of_fairs"), ["0"; 4]);
    assert_eq!(months(&of, "filled"), ["0", "-3", "4", "-3"]);
    assert_eq!(caveats(&of, "filled", "2026-01"), [CaveatKind::CountedAsZero]);
    assert_eq!(caveats(&of, "filled", "2026-02"), []);
    // Over everything there is no earlier period.
    assert_eq!(short(&of.series("growth", Grain::All, &[]).unwrap()[0].value), "missing");
}

#[test]
fn conversions_by_cohort_and_by_period() {
    let leads = "day,lead,channel,region,score
2026-01-01,a,ads,n,
2026-01-01,b,ads,n,
2026-01-10,c,mail,s,
2026-02-20,d,mail,s,
2026-02-21,a,fair,s,
";
    // a after 30 days, b after 31, d on the same day; e never was a lead.
    let deals = "day,lead,channel,region,amount,cost,weight
2026-01-31,a,,s,,,
2026-02-01,b,,n,,,
2026-02-20,d,,s,,,
2026-02-22,e,,s,,,
2026-03-05,a,,n,,,
";
    let definitions = "leads: { count: leads }
         deals: { count: deals }
         ever: { conversion: { from: leads, to: deals } }
         in_30: { conversion: { from: leads, to: deals, within_days: 30 } }
         same: { conversion: { from: leads, to: deals, basis: same_period } }
         same_30: { conversion: { from: leads, to: deals, basis: same_period, within_days: 30 } }
         here: { conversion: { from: leads, to: deals, matching: region } }";
    let at = |as_of: &str| snapshot(definitions, &[("leads", leads), ("deals", deals)], as_of);
    let of = at("2026-03-31");
    let third = Number::ratio_of(1, 3);
    let series = |figure: &str| -> Vec<Value> { of.series(figure, Grain::Month, &[]).unwrap().into_iter().map(|one| one.value).collect() };
    // January: a and b of a, b, c. February: d of d; `a` came in January already.
    assert_eq!(series("ever")[0], Value::of(Number::ratio_of(2, 3)));
    assert_eq!(short(&series("ever")[1]), "1");
    // The thirtieth day counts, the thirty-first does not.
    assert_eq!(series("in_30")[0], Value::of(third.clone()));
    // Nobody of March can be told about before its windows close, and nobody came.
    assert_eq!(months(&of, "in_30")[1..], ["1", "undefined"]);
    // What happened in the month: a in January; b and d in February, of one that came.
    assert_eq!(series("same")[0], Value::of(third.clone()));
    assert_eq!(months(&of, "same")[1..], ["2", "undefined"]);
    assert_eq!(series("same_30")[0], Value::of(third.clone()));
    assert_eq!(months(&of, "same_30")[1..], ["1", "undefined"]);
    // The same region: a's first lead is of n, and its deal of n on 5 March counts, not that of s.
    assert_eq!(series("here")[0], Value::of(Number::ratio_of(2, 3)));
    assert_eq!(short(&series("here")[1]), "1");
    // By the members of the lead: a and b of ads, c and d of mail.
    assert_eq!(parts(&of, "in_30", "2026-01", "channel"), owned(&[("ads", "0.5"), ("mail", "0")]));
    assert!(of.findings().iter().any(|finding| finding.code == Code::UnmatchedEntities), "e never was a lead");
    // The windows of February close on 28 February + 30 days.
    assert_eq!([months(&at("2026-03-29"), "in_30")[1].as_str(), months(&at("2026-03-30"), "in_30")[1].as_str()], ["incomplete 1", "1"]);
}

trait RatioOf {
    fn ratio_of(above: i64, below: i64) -> Number;
}

impl RatioOf for Number {
    fn ratio_of(above: i64, below: i64) -> Number {
        Number::from(above).divided_by(&Number::from(below)).unwrap()
    }
}

const CREDITS: &str = "revenue: { sum: deals.amount }
     wins: { count: deals }
     touches: { count: visits }
     by_ads: { count: visits, where: { channel: ads } }
     first: { credit: { outcome: revenue, touches: touches, rule: first } }
     last: { credit: { outcome: revenue, touches: touches, rule: last } }
     linear: { credit: { outcome: revenue, touches: touches, rule: linear } }
     position: { credit: { outcome: revenue, touches: touches, rule: position } }
     decay: { credit: { outcome: revenue, touches: touches, rule: time_decay, half_life_days: 4 } }
     any: { credit: { outcome: revenue, touches: touches, rule: any } }
     won: { credit: { outcome: wins, touches: touches, rule: linear } }
     ads: { credit: { outcome: revenue, touches: touches, to: by_ads, rule: linear } }
     in_8: { credit: { outcome: revenue, touches: touches, rule: linear, within_days: 8 } }
     in_7: { credit: { outcome: revenue, touches: touches, rule: linear, within_days: 7 } }";

#[test]
fn credit_of_one_journey_by_each_rule() {
    // Eight days, four days and no day before the deal; what comes a day later gets nothing.
    let visits = "day,lead,channel
2026-01-02,x,ads
2026-01-06,x,mail
2026-01-10,x,fair
2026-01-11,x,late
2026-01-03,other,ads
";
    let deals = "day,lead,channel,region,amount,cost,weight\n2026-01-10,x,,,70,,\n";
    let of = snapshot(CREDITS, &[("visits", visits), ("deals", deals)], "2026-01-31");
    let january = |figure: &str| parts(&of, figure, "2026-01", "channel");
    let shared = |ads, mail, fair| owned(&[("ads", ads), ("fair", fair), ("mail", mail)]);
    assert_eq!(january("first"), owned(&[("ads", "70")]));
    assert_eq!(january("last"), owned(&[("fair", "70")]));
    // 70 ÷ 3 to six decimals is 23.333333 each; the millionth that is left goes to the earliest.
    assert_eq!(january("linear"), shared("23.333334", "23.333333", "23.333333"));
    // 40 %, 20 %, 40 %.
    assert_eq!(january("position"), shared("28", "14", "28"));
    // Two half-lives, one and none: 1/4, 1/2 and 1 of 7/4.
    assert_eq!(january("decay"), shared("10", "20", "40"));
    assert_eq!(january("any"), shared("70", "70", "70"));
    // One deal in three: 0.333333 each and the millionth to the earliest.
    assert_eq!(january("won"), shared("0.333334", "0.333333", "0.333333"));
    // All compete, one is counted.
    assert_eq!(january("ads"), owned(&[("ads", "23.333334")]));
    // The eighth day before is within eight days, and not within seven.
    assert_eq!(january("in_8"), january("linear"));
    assert_eq!(january("in_7"), owned(&[("fair", "35"), ("mail", "35")]));
    // In all, every rule gives what there was to give, `any` too.
    for figure in ["first", "last", "linear", "position", "decay", "any", "in_7"] {
        assert_eq!(months(&of, figure), ["70"], "{figure}");
        assert_eq!(caveats(&of, figure, "2026-01"), [], "{figure}");
    }
    assert_eq!([months(&of, "won"), months(&of, "ads")], [["1"], ["23.333334"]]);
}

#[test]
fn credit_of_refunds_of_lone_touches_and_of_nobody() {
    let visits = "day,lead,channel
2026-01-02,x,ads
2026-01-06,x,mail
2026-01-06,y,fair
2026-01-07,z,ads
2026-01-08,z,mail
2026-01-12,late,ads
";
    // A refund, a deal with one touch, one with two, one before its touch and one without any.
    let deals = "day,lead,channel,region,amount,cost,weight
2026-01-10,x,,,-0.01,,
2026-01-10,y,,,5,,
2026-01-10,z,,,3,,
2026-01-11,late,,,100,,
2026-01-11,nobody,,,1000,,
";
    let of = snapshot(CREDITS, &[("visits", visits), ("deals", deals)], "2026-01-31");
    // −0.01 and 3 halved: −0.005 + 1.5 each.
    assert_eq!(parts(&of, "linear", "2026-01", "channel"), owned(&[("ads", "1.495"), ("fair", "5"), ("mail", "1.495")]));
    // Of two touches each is an end: half each.
    assert_eq!(parts(&of, "position", "2026-01", "channel"), parts(&of, "linear", "2026-01", "channel"));
    assert_eq!(parts(&of, "last", "2026-01", "channel"), owned(&[("fair", "5"), ("mail", "2.99")]));
    // 1,108 less the 1,100 that nobody is credited with, and that is said.
    for figure in ["first", "last", "linear", "position", "decay"] {
        assert_eq!(months(&of, figure), ["7.99"], "{figure}");
        assert_eq!(caveats(&of, figure, "2026-01"), [CaveatKind::Uncredited], "{figure}");
    }
    assert_eq!(months(&of, "revenue"), ["1107.99"]);
    // Each of x and z to both, y to one.
    assert_eq!(parts(&of, "any", "2026-01", "channel"), owned(&[("ads", "2.99"), ("fair", "5"), ("mail", "2.99")]));
    assert_eq!(months(&of, "any"), ["7.99"], "once in all");
    // The rest of two channels has each deal once, too: −0.01 + 5 + 3.
    let rest = of.top("any", Grain::Month, &["channel"], 0).unwrap();
    assert_eq!((rest.len(), &rest[0].member[0], short(&rest[0].value).as_str()), (1, &MemberName::Rest { rest: 3 }, "7.99"));
    let top = of.top("any", Grain::Month, &["channel"], 1).unwrap();
    let shown: Vec<(&MemberName, String)> = top.iter().map(|one| (&one.member[0], short(&one.value))).collect();
    assert_eq!(shown, [(&"fair".into(), "5".to_owned()), (&MemberName::Rest { rest: 2 }, "2.99".to_owned())]);
}

#[test]
fn missing_counts_as_zero_where_the_definition_says_so() {
    let definitions = |missing: &str| {
        format!(
            "total: {{ sum: deals.amount{missing} }}
             average: {{ mean: deals.amount{missing} }}
             least: {{ min: deals.amount{missing} }}
             most: {{ max: deals.cost{missing} }}
             middle: {{ median: deals.amount{missing} }}
             balance: {{ last: list.members{missing} }}
             every_day: {{ daily_mean: list.members{missing} }}
             per_cost: {{ formula: average / most{missing} }}"
        )
    };
    let deals = "day,lead,channel,region,amount,cost,weight
2026-01-05,a,ads,n,10,-3,
2026-01-06,b,ads,n,20,,
2026-01-07,c,mail,n,,-2,
";
    let list = "day,segment,members\n2026-01-30,a,10\n2026-01-31,b,4\n2026-02-01,a,\n2026-03-01,a,\n2026-03-01,b,4\n";
    let tables = [("deals", deals), ("list", list)];
    let (stays, zero) = (snapshot(&definitions(""), &tables, "2026-03-31"), snapshot(&definitions(", missing: zero"), &tables, "2026-03-31"));
    let january = |of: &Snapshot, figure: &str| months(of, figure)[0].clone();
    for (figure, with_gaps, with_zeros) in [
        ("total", "incomplete 30", "30"),
        // 30 ÷ 2, and 30 ÷ 3.
        ("average", "15", "10"),
        ("least", "10", "0"),
        // −3 and −2, and a zero.
        ("most", "-2", "0"),
        ("middle", "15", "10"),
        // The last day with rows is the thirty-first.
        ("balance", "4", "4"),
    ] {
        assert_eq!((january(&stays, figure), january(&zero, figure)), (with_gaps.to_owned(), with_zeros.to_owned()), "{figure}");
    }
    for figure in ["total", "average", "least", "most", "middle"] {
        assert!(caveats(&zero, figure, "2026-01").contains(&CaveatKind::CountedAsZero), "{figure}");
        assert!(!caveats(&stays, figure, "2026-01").contains(&CaveatKind::CountedAsZero), "{figure}");
    }
    // 10 ÷ 0 is not missing but undefined.
    assert_eq!((january(&stays, "per_cost"), january(&zero, "per_cost")), ("-7.5".to_owned(), "undefined".to_owned()));
    // February has one row, without a number.
    assert_eq!((months(&stays, "balance")[1].as_str(), months(&zero, "balance")[1].as_str()), ("missing", "0"));
    // The last day of March has two, one of them without.
    assert_eq!((months(&stays, "balance")[2].as_str(), months(&zero, "balance")[2].as_str()), ("incomplete 4", "4"));
    assert!(caveats(&zero, "balance", "2026-03").contains(&CaveatKind::CountedAsZero));
}

#[test]
fn conditions_leave_out_what_is_neither_true_nor_false() {
    let csv = "day,lead,channel,region,amount,cost,weight
2026-01-01,a,ads,n,5,1,
2026-01-01,b,ads,,15,,
2026-01-01,c,,n,25,30,
2026-01-01,d,mail,s,,2,
2026-01-01,e,,,,,
";
    for (condition, rows) in [
        ("amount > 10", "2"),                           // b c
        ("not amount > 10", "1"),                       // a; d and e have no amount
        ("amount > 10 or amount <= 10", "3"),           // a b c
        ("amount is null", "2"),                        // d e
        ("amount - cost > 0", "1"),                     // a: 4; b and d lack one side, c is −5
        ("channel = 'ads'", "2"),                       // a b
        ("channel != 'ads'", "1"),                      // d
        ("channel is not 'ads'", "3"),                  // c d e
        ("channel not in ('ads', 'fair')", "1"),        // d
        ("channel is in ('ads', null)", "4"),           // a b c e
        ("channel = 'ads' or region is null", "3"),     // a b e
        ("not (channel = 'ads' and amount > 10)", "2"), // a: false; d: false and unknown; c: unknown and true
        ("amount between 5 and 15", "2"),               // a b
        ("not amount between 5 and 15", "1"),           // c
    ] {
        let of = snapshot(&format!("x: {{ count: deals, where: \"{condition}\" }}"), &[("deals", csv)], "2026-01-31");
        assert_eq!(months(&of, "x"), [rows], "{condition}");
    }
    // As a mapping, null is a member like any other.
    for (mapping, rows) in [("{ channel: null }", "2"), ("{ not: { channel: ads } }", "3"), ("{ channel: [ads, null], region: n }", "2")] {
        let of = snapshot(&format!("x: {{ count: deals, where: {mapping} }}"), &[("deals", csv)], "2026-01-31");
        assert_eq!(months(&of, "x"), [rows], "{mapping}");
    }
}

#[test]
fn a_condition_that_compares_what_is_written_holds_for_all_rows_or_for_none() {
    let csv = "day,lead,channel,region,amount,cost,weight\n2026-01-05,a,ads,n,1,,\n2026-01-06,b,,s,2,,\n";
    let of = snapshot(
        "all: { count: deals, where: 1 < 2 }
         none: { count: deals, where: 2 < 1 }
         not_none: { count: deals, where: not 2 < 1 }
         unknown: { count: deals, where: not 1 / 0 = 1 }
         either: { sum: deals.amount, where: \"channel = 'ads' or 1 + 1 = 2\" }
         both: { sum: deals.amount, where: \"region = 's' and 1 <> 2\" }
         by_numbers: { sum: deals.amount, where: amount > 1 and 1 = 1 }
         people: { distinct: deals.lead, where: \"channel is null or 1 = 1\" }",
        &[("deals", csv)],
        "2026-01-31",
    );
    let values = ["all", "none", "not_none", "unknown", "either", "both", "by_numbers", "people"].map(|figure| months(&of, figure)[0].clone());
    assert_eq!(values, ["2", "0", "2", "0", "3", "2", "2", "2"]);
}

#[test]
fn the_period_before_is_the_one_before_the_stretch_that_is_asked_for() {
    let csv = "day,lead,channel\n2025-11-30,a,\n2025-12-02,b,\n2025-12-03,c,\n2026-01-04,d,\n";
    let of = snapshot(
        "visits: { count: visits }
         before: { formula: previous(visits) }
         to_year: { cumulative: { of: before, over: year_to_date } }
         last_1: { cumulative: { of: before, over: { periods: 1 } } }
         apart: { formula: to_year - before }
         other_way: { formula: before - to_year }
         same: { formula: last_1 - before }",
        &[("visits", csv)],
        "2026-01-31",
    );
    let january = |figure: &str| short(&of.series(figure, Grain::Month, &[]).unwrap().pop().unwrap().value);
    // The year to date and January are the same days: what comes before them, at the end of
    // December, is a year with three visits and a month with two.
    assert_eq!([january("before"), january("to_year"), january("last_1")], ["2", "3", "2"]);
    assert_eq!([january("apart"), january("other_way"), january("same")], ["1", "-1", "0"]);
}

/// The figure month by month from a panel.
fn columns(snapshot: &Snapshot, figure: &str, by: &[&str]) -> Vec<(Result<f64, Reason>, Option<f64>)> {
    let panel = snapshot.panel(&[figure], Grain::Month, by).unwrap();
    (0..panel.rows()).map(|row| (panel.columns[0].get(row), panel.columns[0].so_far(row))).collect()
}

#[test]
fn panels_tell_how_much_there_is_of_large_sums_with_gaps() {
    // Together 1.8 × 10^18 + 10^-18: more than a machine integer at that scale.
    let csv = "day,lead,channel,region,amount,cost,weight
2026-01-05,a,ads,n,900000000000000000,1,
2026-01-05,b,ads,n,900000000000000000.000000000000000001,1,
2026-01-06,c,ads,n,,1,
";
    let of = snapshot(
        "sum: { sum: deals.amount }
         or_zero: { formula: \"coalesce(sum, 0)\" }
         per_cost: { formula: sum / cost }
         cost: { sum: deals.cost }",
        &[("deals", csv)],
        "2026-01-31",
    );
    assert_eq!(months(&of, "sum"), ["incomplete 1800000000000000000"]);
    for by in [&[] as &[&str], &["channel"]] {
        assert_eq!(columns(&of, "sum", by), [(Err(Reason::Incomplete), Some(1.8e18))]);
        assert_eq!(columns(&of, "or_zero", by), [(Err(Reason::Incomplete), Some(1.8e18))]);
        assert_eq!(columns(&of, "per_cost", by), [(Err(Reason::Incomplete), Some(6e17))]);
    }
}

#[test]
fn panels_hold_the_least_machine_integer() {
    let csv = "day,lead,channel,region,amount,cost,weight\n2026-01-05,a,ads,n,-4294967296,8589934592,\n";
    let of = snapshot(
        "sum: { sum: deals.amount }
         cost: { sum: deals.cost }
         product: { formula: sum * cost * 4611686018427387904 }",
        &[("deals", csv)],
        "2026-01-31",
    );
    // −2^32 × 2^33 × 2^62.
    assert_eq!(columns(&of, "product", &["channel"]), [(Ok(-(2f64.powi(127))), None)]);
}

#[test]
fn a_panel_has_the_periods_in_which_nothing_happened() {
    let csv = "day,lead,channel,region,amount,cost,weight\n2026-01-05,a,ads,n,5,,\n2026-03-05,a,ads,n,7,,\n";
    let of = snapshot("sum: { sum: deals.amount }\nleads: { count: leads }", &[("deals", csv), ("leads", "day,lead,channel,region,score\n")], "2026-04-30");
    assert_eq!(months(&of, "sum"), ["5", "0", "7", "0"]);
    let sums = [5.0, 0.0, 7.0, 0.0].map(|sum| (Ok(sum), None));
    assert_eq!(columns(&of, "sum", &[]), sums);
    // A figure of another source beside it changes nothing.
    let both = of.panel(&["sum", "leads"], Grain::Month, &[]).unwrap();
    assert_eq!(both.columns[0].values().map(Option::unwrap).collect::<Vec<_>>(), [5.0, 0.0, 7.0, 0.0]);
    // Members have rows where they have any.
    assert_eq!(columns(&of, "sum", &["channel"]), [5.0, 7.0].map(|sum| (Ok(sum), None)));
}

#[test]
fn figures_that_are_reached_in_many_ways_are_looked_at_once() {
    let mut definitions = "a0: { sum: deals.amount }\nb0: { sum: deals.cost }\n".to_owned();
    // 2^60 ways from the last to the first.
    for step in 1..=60 {
        let before = step - 1;
        definitions += &format!("a{step}: {{ formula: a{before} + b{before} }}\nb{step}: {{ formula: a{before} - b{before} }}\n");
    }
    let of = snapshot(&definitions, &[("deals", "day,lead,channel,region,amount,cost,weight\n2026-01-05,a,ads,n,1,1,\n")], "2026-01-31");
    // (1, 1), (2, 0), (2, 2), … doubled by every other step.
    assert_eq!(parts(&of, "a60", "2026-01", "channel"), owned(&[("ads", "1073741824")]));
    assert_eq!(columns(&of, "a60", &["channel"]), [(Ok(1_073_741_824.0), None)]);
}

#[test]
fn sums_of_large_numbers_are_whole() {
    // Too large for half a machine integer, and with a gap.
    let csv =
        "day,lead,channel,region,amount,cost,weight\n2026-01-05,a,ads,n,5000000000,7000000000,\n2026-01-06,b,ads,n,,-1,\n2026-02-05,a,ads,n,6000000000,3,\n";
    let of = snapshot("sum: { sum: deals.amount }\ncosts: { sum: deals.cost }\nmean: { mean: deals.amount }", &[("deals", csv)], "2026-02-28");
    assert_eq!(months(&of, "sum"), ["incomplete 5000000000", "6000000000"]);
    assert_eq!(months(&of, "costs"), ["6999999999", "3"]);
    assert_eq!(months(&of, "mean"), ["5000000000", "6000000000"]);
    // Each fits a machine integer, and ten of them do not.
    let mut csv = "day,lead,channel,region,amount,cost,weight\n".to_owned();
    for row in 0..10 {
        csv += &format!("2026-01-05,l{row},ads,n,999999999999999999,-999999999999999999,\n");
    }
    let of = snapshot("sum: { sum: deals.amount }\ncosts: { sum: deals.cost }", &[("deals", &csv)], "2026-01-31");
    assert_eq!([months(&of, "sum"), months(&of, "costs")], [["9999999999999999990"], ["-9999999999999999990"]]);
}

#[test]
fn journeys_are_dated_where_they_are_told() {
    let text = "{marketingos: 1, name: Small firm,
        sources: {starts: {date: day, entity: lead, rows: events}, ends: {date: day, entity: lead, rows: events}},
        measures: {started: {count: starts}, ended: {count: ends}, cycle: {duration: {from: started, to: ended, statistic: mean}},
            period: {conversion: {from: started, to: ended, basis: same_period}}, cohort: {conversion: {from: started, to: ended}},
            credited: {credit: {outcome: ended, touches: started, rule: first}}}}";
    let (system, _) = System::parse(&[Source::new("system.yaml", text)]).unwrap();
    let of = |ends: &str| {
        let builder = Facts::builder(&system).csv("starts", "day,lead\n2026-01-05,a\n2026-01-20,b\n").csv("ends", format!("day,lead\n{ends}"));
        system.snapshot(&builder.build().unwrap(), "2026-04-30".parse().unwrap())
    };
    let told = |of: &Snapshot, figure: &str| -> Vec<String> {
        of.series(figure, Grain::Month, &[]).unwrap().iter().map(|one| format!("{} {}", one.period.label, short(&one.value))).collect()
    };
    let late = of("2026-03-05,a\n");
    // From 5 January to 5 March are 59 days, told where they end; cohorts, where they start.
    assert_eq!(told(&late, "cycle"), ["2026-03 59"]);
    assert_eq!(told(&late, "cohort"), ["2026-01 0.5"]);
    // Two started in January, and one ended in March; nothing is known of starts after January.
    assert_eq!(told(&late, "period"), ["2026-01 0", "2026-02 missing", "2026-03 missing"]);
    // The outcome is of March, and touches are known until January.
    assert_eq!(told(&late, "credited"), ["2026-03 incomplete 1"]);
    // Of two who started in January one ended in it; ends are known until the tenth.
    assert_eq!(told(&of("2026-01-10,a\n"), "period"), ["2026-01 incomplete 0.5"]);
}
