//! Budgets: what is allocated, moved, committed, spent and left, worked by hand.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking, in its helpers too")]

use marketingos::*;

const SYSTEM: &str = "
marketingos: 1
name: Small firm
people: { ana: Ana, ben: Ben }
operator: ana
channels: { search: { kind: paid, owner: ana } }
sources: { spend: { date: day, dimensions: [kind], measures: [amount], rows: events, recorded_from: 2026-01-01, recorded_until: as_of } }
measures:
  ads: { sum: spend.amount, where: { kind: ads }, unit: EUR }
  pay: { sum: spend.amount, where: { kind: pay }, unit: EUR }
  orders: { count: spend }
kpis: { sales: { unit: percent, direction: higher, owner: ana, ratio: { numerator: ads, denominator: pay } } }
";

/// 365 days: EUR 10 a day for ads, EUR 20 a day for pay by quarters, and 1,825 in reserve.
const BUDGET: &str = "
plan:
  budget:
    period: 2026
    amount: 12_775 EUR
    document: board-2025-12.pdf
    lines:
      ads: { name: Search ads, owner: ana, channel: search, layer: channels, cost_kind: media, amount: 3_650 EUR, spent: ads, committed: [ { on: 2026-01-15, settled_on: 2026-02-10, amount: 100 EUR, what: Fair stand }, { on: 2026-02-01, amount: 40 EUR, what: Film } ] }
      pay: { cost_kind: payroll, amounts: [ { period: 2026-Q1, amount: 1_800 EUR }, { period: 2026-Q2, amount: 1_820 EUR }, { period: 2026-H2, amount: 1 EUR } ], spent: pay }
      reserve: { amount: 1_825 EUR }
    moves:
      - { on: 2026-02-01, from: reserve, to: ads, amount: 333 EUR, by: ben, reason: Spring fair }
";

fn budget_text() -> String {
    BUDGET.replace("{ period: 2026-H2, amount: 1 EUR }", "{ period: 2026-Q3, amount: 1_840 EUR }, { period: 2026-Q4, amount: 1_840 EUR }")
}

fn parsed(plan: &str) -> (System, Vec<Finding>) {
    System::parse(&[Source::new("system.yaml", &format!("{SYSTEM}{plan}"))]).unwrap_or_else(|error| panic!("{error}"))
}

fn report(plan: &str, rows: &str, as_of: &str) -> BudgetReport {
    let (system, _) = parsed(plan);
    let facts = Facts::builder(&system).csv("spend", format!("day,kind,amount\n{rows}")).build().unwrap();
    system.snapshot(&facts, as_of.parse().unwrap()).budget(None).unwrap()
}

fn texts(amounts: &BudgetAmounts) -> [&str; 9] {
    [
        &amounts.allocated.text,
        &amounts.moved.text,
        &amounts.revised.text,
        &amounts.to_date.text,
        &amounts.spent.text,
        &amounts.variance.text,
        amounts.impact.word(),
        &amounts.committed.text,
        &amounts.remaining.text,
    ]
}

#[test]
fn a_budget_worked_by_hand() {
    let rows = "2026-01-10,ads,300\n2026-02-20,ads,400\n2026-01-31,pay,620\n2026-02-28,pay,560\n2026-03-01,ads,9999\n";
    let report = report(&budget_text(), rows, "2026-02-28");
    let [ads, pay, reserve] = [&report.lines[0], &report.lines[1], &report.lines[2]];
    // To date: 59 days of EUR 10, and 28 of the 334 days from 1 February on of 333; the stand is settled, the film is not.
    let moved = Number::from(590) + Number::from(333 * 28).divided_by(&Number::from(334)).unwrap();
    assert_eq!(ads.amounts.to_date.value.number(), Some(&moved));
    assert_eq!(texts(&ads.amounts), ["EUR 3,650", "+EUR 333", "EUR 3,983", "EUR 618", "EUR 700", "+EUR 82.08", "adverse", "EUR 40.00", "EUR 3,243"]);
    // 59 of the 90 days of the first quarter: 1,800 · 59 ÷ 90.
    assert_eq!(texts(&pay.amounts), ["EUR 7,300", "±EUR 0.00", "EUR 7,300", "EUR 1,180", "EUR 1,180", "±EUR 0.00", "neutral", "EUR 0.00", "EUR 6,120"]);
    assert_eq!((reserve.amounts.revised.text.as_str(), reserve.amounts.remaining.value.reason()), ("EUR 1,492", Some("missing")));
    assert_eq!(
        (ads.owner.as_ref().unwrap().name.as_str(), report.unallocated.text.as_str(), report.document.as_str()),
        ("Ana", "EUR 0.00", "board-2025-12.pdf")
    );
    assert_eq!(report.total.spent.value.cause(), "what was spent is not known of one line: the line names no figure that says what was spent");
    // Moves between lines change nothing in all.
    assert_eq!((report.total.moved.text.as_str(), report.moves.len()), ("±EUR 0.00", 1));
    let groups: Vec<(BudgetGrouping, Option<&str>, &str)> =
        report.groups.iter().map(|group| (group.by, group.member.as_deref(), group.amounts.allocated.text.as_str())).collect();
    assert_eq!(
        groups,
        [
            (BudgetGrouping::Layer, Some("channels"), "EUR 3,650"),
            (BudgetGrouping::Layer, None, "EUR 9,125"),
            (BudgetGrouping::Channel, Some("search"), "EUR 3,650"),
            (BudgetGrouping::Channel, None, "EUR 9,125"),
            (BudgetGrouping::CostKind, Some("media"), "EUR 3,650"),
            (BudgetGrouping::CostKind, Some("payroll"), "EUR 7,300"),
            (BudgetGrouping::CostKind, None, "EUR 1,825"),
        ]
    );
}

#[test]
fn before_after_and_on_the_day_of_things() {
    let amounts = |as_of: &str| report(&budget_text(), "2026-01-10,ads,300\n", as_of).lines[0].amounts.clone();
    let before = report(&budget_text(), "", "2025-12-31");
    assert_eq!(texts(&before.lines[0].amounts)[3..], ["EUR 0.00", "EUR 0.00", "±EUR 0.00", "neutral", "EUR 0.00", "EUR 3,650"]);
    assert_eq!(before.moves.len(), 0);
    assert_eq!(amounts("2026-01-31").moved.text, "±EUR 0.00");
    assert_eq!(amounts("2026-02-01").moved.text, "+EUR 333");
    assert_eq!([amounts("2026-02-09").committed.text, amounts("2026-02-10").committed.text], ["EUR 140", "EUR 40.00"]);
    // At the end all of it belongs to the days so far, and nothing after counts.
    let after = report(&budget_text(), "2026-01-10,ads,300\n2027-01-05,ads,1\n", "2027-06-30");
    assert_eq!((after.lines[0].amounts.to_date.text.as_str(), after.lines[0].amounts.spent.text.as_str()), ("EUR 3,983", "EUR 300"));
}

#[test]
fn spending_on_days_without_records_is_not_known() {
    let (system, _) =
        System::parse(&[Source::new("system.yaml", &format!("{SYSTEM}{}", budget_text()).replace("recorded_until: as_of", "recorded_until: 2026-01-31"))])
            .unwrap();
    let facts = Facts::builder(&system).csv("spend", "day,kind,amount\n2026-01-10,ads,300\n").build().unwrap();
    let line = system.snapshot(&facts, "2026-02-28".parse().unwrap()).budget(Some("2026")).unwrap().lines[0].amounts.clone();
    assert_eq!(line.spent.value.cause(), "31 of 59 days are covered");
    assert_eq!([line.variance.value.reason(), line.remaining.value.reason()], [Some("not comparable"), Some("not comparable")]);
    let error = system.snapshot(&facts, "2026-02-28".parse().unwrap()).budget(Some("2025")).unwrap_err();
    assert_eq!((error.code().as_str(), error.message()), ("MOS-Q020", "the plan has no budget for `2025`"));
    let none = parsed("").0;
    assert_eq!(
        none.snapshot(&Facts::builder(&none).build().unwrap(), "2026-02-28".parse().unwrap()).budget(None).unwrap_err().message(),
        "the plan has no budget"
    );
}

#[test]
fn what_does_not_add_up_is_told_by_how_much() {
    let warnings = |plan: &str| {
        parsed(plan)
            .1
            .into_iter()
            .filter(|finding| finding.severity == Severity::Warning)
            .map(|finding| (finding.code.as_str(), finding.message))
            .collect::<Vec<_>>()
    };
    assert_eq!(warnings(&budget_text()), []);
    let short = budget_text().replace("1_825", "1_800");
    assert_eq!(warnings(&short), [("MOS-M036", "the lines of the budget of 2026 sum to EUR 12,750, and the frame is EUR 12,775: EUR 25.00 less".to_owned())]);
    let large = budget_text().replace("333 EUR", "2_000 EUR");
    assert_eq!(warnings(&large), [("MOS-M037", "EUR 2,000 is moved from `reserve`, which has EUR 1,825".to_owned())]);
    let twice = budget_text().replace("spent: pay", "spent: ads");
    assert_eq!(warnings(&twice), [("MOS-M038", "`ads` is counted as spent by both `ads` and `pay`".to_owned())]);
}

#[test]
fn what_is_no_budget_is_told_at_its_place() {
    let text = budget_text();
    for (from, to, path, message) in [
        ("period: 2026\n", "period: 26\n", "plan.budget.period", "`26` is not a period of this calendar"),
        ("12_775 EUR", "12_775", "plan.budget.amount", "`12_775` is not an amount of money"),
        ("amount: 1_825 EUR", "name: Reserve", "plan.budget.lines.reserve", "`plan.budget.lines.reserve` does not say how much is allocated"),
        (
            "amount: 1_825 EUR",
            "amount: 1_825 EUR, amounts: [ { period: 2026-Q1, amount: 1 EUR } ]",
            "plan.budget.lines.reserve",
            "`amount` stands beside `amounts`",
        ),
        ("2026-Q2", "2026-03", "plan.budget.lines.pay.amounts[1]", "`2026-03` and `2026-Q1` have days in common"),
        ("2026-Q2", "2027-Q2", "plan.budget.lines.pay.amounts[1]", "`2027-Q2` does not lie within the period of the budget"),
        ("from: reserve", "from: reserv", "plan.budget.moves[0].from", "there is no line `reserv` in this budget"),
        ("to: ads", "to: reserve", "plan.budget.moves[0]", "a line gives to itself"),
        (
            "settled_on: 2026-02-10",
            "settled_on: 2026-01-10",
            "plan.budget.lines.ads.committed[0]",
            "it is settled on 2026-01-10, before it is ordered on 2026-01-15",
        ),
        ("on: 2026-02-01, from", "on: 2027-02-01, from", "plan.budget.moves[0]", "the move of 2027-02-01 lies outside 2026"),
        ("333 EUR", "333 USD", "plan.budget.moves[0]", "USD 333 stands in a budget in EUR"),
        ("spent: pay", "spent: sales", "plan.budget.lines.pay", "`sales` is in percent, and the budget in EUR"),
        ("layer: channels", "layer: chanels", "plan.budget.lines.ads.layer", "`chanels` is not known here"),
    ] {
        let error = System::parse(&[Source::new("system.yaml", &format!("{SYSTEM}{}", text.replacen(from, to, 1)))]).unwrap_err();
        let found: Vec<(&str, &str)> = error
            .findings()
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
            .map(|finding| (finding.place.path.as_str(), finding.message.as_str()))
            .collect();
        assert!(found.contains(&(path, message)), "{to}: {found:?}");
    }
    let two = text.replace("  budget:\n    period", "  budget:\n  - period");
    let both = format!("{two}  - {{ period: 2026-Q1, amount: 1 EUR }}\n");
    let error = System::parse(&[Source::new("system.yaml", &format!("{SYSTEM}{both}"))]).unwrap_err();
    assert!(error.findings().iter().any(|finding| finding.message == "the budgets of 2026 and 2026-Q1 have days in common"), "{error}");
}
