// The types, held against real answers by the compiler: no key missing, none too many.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import test from "node:test";
import { fileURLToPath } from "node:url";

import { MarketingOSError, System, library } from "marketingos";

import { cases, kestrel, kestrelSystem, kestrelTables, root } from "./files.js";

const here = fileURLToPath(new URL("../", import.meta.url));
const out = new URL("target/bindings-wasm/", root);

function realAnswers() {
  const system = System.parse(kestrelSystem());
  const facts = system.facts(kestrelTables());
  const snapshot = system.snapshot(facts, { asOf: "2026-09-30" });
  const answers = ["week", "month", "quarter", "year"].map((grain) => ["Scorecard", snapshot.scorecard({ grain })]);
  for (const figure of ["leads", "website_visits", "lead_conversion"]) answers.push(["Observation[]", snapshot.series(figure)]);
  answers.push(["Observation[]", snapshot.series("leads", { grain: "quarter", by: ["channel"] })]);
  answers.push(["Observation[]", snapshot.series("leads", { grain: "quarter", by: ["channel"], top: 2 })]);
  for (const by of [[], ["channel"]]) answers.push(["Panel", snapshot.panel(["leads", "lead_conversion"], { grain: "quarter", by })]);
  for (const grain of ["week", "month", "quarter", "year"]) answers.push(["ToDate", snapshot.toDate({ grain })]);
  for (const cadence of ["weekly", "monthly", "quarterly"]) answers.push(["Agenda", snapshot.agenda({ cadence })]);
  answers.push(["StandardKpi[]", library()], ["DefinitionComparison", snapshot.compare("leads", "website_visits")]);
  for (const by of [[], ["channel"]]) answers.push(["Explanation", snapshot.explain("lead_conversion", { by })]);
  answers.push(["Explanation", snapshot.explain("cac", { grain: "quarter" })], ["Explanation", snapshot.explain("leads", { by: ["channel"] })]);
  const ratio = { grain: "quarter", against: "prior_year", top: 1 };
  answers.push(["Explanation", snapshot.explain("cac", { against: "plan" })]);
  answers.push(["Contributors", snapshot.contributors("leads", ["channel", "region"])]);
  answers.push(["Contributors", snapshot.contributors("lead_conversion", ["channel"], ratio)]);
  answers.push(["ProcessChart", snapshot.chart("leads")], ["ProcessChart", snapshot.chart("cac", { grain: "quarter" })]);
  answers.push(["ByMember", snapshot.byMember("leads", ["channel"], { grain: "quarter" })]);
  answers.push(["TargetHistory", snapshot.targetHistory("leads", "2026-08")]);
  const earlier = system.snapshot(facts, { asOf: "2026-08-31" });
  answers.push(["SnapshotDifference", earlier.explainDifference(snapshot)], ["SnapshotDifference", snapshot.explainDifference(snapshot)]);
  const running = system.snapshot(facts, { asOf: "2026-09-10" });
  for (const grain of [undefined, "week"]) answers.push(["Landing", running.landing({ grain })]);
  answers.push(["Landing", snapshot.landing({ kpi: "leads", grain: "month" })], ["Progress", snapshot.progress()]);
  answers.push(...planned());
  answers.push(["Escalation[]", snapshot.escalations()], ["Report", snapshot.report()]);
  const told = snapshot.withJournal(kestrel("journal.yaml"));
  for (const cadence of ["weekly", "monthly", "quarterly"]) {
    for (const asked of [snapshot, told]) {
      answers.push(["Agenda", asked.agenda({ cadence })], ["MinutesBook", asked.minutes({ cadence })]);
      answers.push(["Deck", asked.deck({ cadence })], ["Slides", asked.deck({ cadence, as: "slides" })]);
    }
  }
  for (const asked of [snapshot, told]) answers.push(["Escalation[]", asked.escalations()], ["Rhythm", asked.rhythm()], ["Report", asked.report({ month: "2026-08" })]);
  answers.push(["Rhythm", told.rhythm({ through: "2026-12-31" })], ["PlanningPack", told.planning()], ["PlanningPack", snapshot.planning({ quarter: "2026-Q4" })]);
  for (const kpi of ["leads", "cac"]) answers.push(["WeeklyReview", snapshot.weeklyReview(kpi)]);
  answers.push(...operated());
  answers.push(["Diagnosis", snapshot.diagnose(kestrel("evidence.yaml"))], ["Diagnosis", snapshot.diagnose({})]);
  answers.push(["DecisionImpact", snapshot.impact("positioning")], ["Stale[]", snapshot.stale()]);
  answers.push(["Accountable", snapshot.accountable("kpi", "leads")], ["Carried[]", snapshot.carries("mira", { on: "2026-01-31" })]);
  answers.push(["Away", snapshot.away("tom", "2026-10-05", "2026-10-16")]);
  answers.push(...model(snapshot), ...model(architects()));
  answers.push(["SnapshotDescription", snapshot.ask({ ask: "snapshot" })]);
  answers.push(["FactsDescription", facts.toJSON()]);
  answers.push(["SystemDescription", system.toJSON()]);
  try {
    System.parse("name: [");
  } catch (error) {
    assert.ok(error instanceof MarketingOSError);
    answers.push(["Finding[]", error.findings], ["ReturnType<MarketingOSError['toJSON']>", error.toJSON()]);
  }
  return answers;
}

// Of the cases that say what the example company does not: kinds of targets, scenarios, budgets,
// rules for variances, charts of their own, prices and quantities.
function planned() {
  const answers = [];
  const add = (type, answer) => answers.push([type, answer]);
  const plan = ofCase("plan");
  for (const grain of ["month", "quarter"]) add("Scorecard", plan.snapshot.scorecard({ grain }));
  for (const kpi of ["revenue", "cost_share"]) add("ByMember", plan.snapshot.byMember(kpi, ["channel"], { period: "2026-02" }));
  for (const kpi of ["revenue", "orders"]) add("TargetHistory", plan.snapshot.targetHistory(kpi, "2026-02"));
  add("Explanation", plan.snapshot.explain("revenue", { against: "forecast", by: ["channel"] }));
  add("Explanation", plan.snapshot.explain("revenue", { against: "plan", by: ["channel"] }));
  const charts = ofCase("charts");
  for (const kpi of ["calls", "season"]) add("ProcessChart", charts.snapshot.chart(kpi));
  const why = ofCase("explain");
  add("Explanation", why.snapshot.explain("revenue", { by: ["product"], volume: "units", convention: "joint" }));
  for (const kpi of ["price", "gap"]) add("Explanation", why.snapshot.explain(kpi, { against: "plan" }));
  add("Contributors", why.snapshot.contributors("price", ["product", "country"], { top: 1 }));
  add("Contributors", why.snapshot.contributors("customers", ["product"]));
  const budget = ofCase("budget");
  add("BudgetReport", budget.snapshot.budget());
  add("BudgetReport", budget.snapshot.budget({ period: "2025" }));
  for (const { system } of [plan, charts, why, budget, ofCase("known-then"), redefined()]) add("SystemDescription", system.toJSON());
  return answers;
}

// Of the cases about the loop of review, report and escalation.
function operated() {
  return ["escalation", "journal", "kestrel-german"].flatMap((stem) => {
    const { snapshot } = ofCase(stem);
    return [
      ["Escalation[]", snapshot.escalations()],
      ["Rhythm", snapshot.rhythm()],
      ["Report", snapshot.report()],
      ...["weekly", "monthly"].flatMap((cadence) => [["Agenda", snapshot.agenda({ cadence })], ["MinutesBook", snapshot.minutes({ cadence })]]),
    ];
  });
}

// No case has a KPI that came to mean something else.
function redefined() {
  const kpi = { unit: "count", direction: "higher", count: "leads", redefined: [{ on: "2026-01-01", reason: "Without tests" }, { on: "2026-02-01", reason: "By person", restated: "yes" }] };
  return { system: System.build({ name: "Small firm", sources: { leads: { date: "created", rows: "events" } }, kpis: { leads: kpi } }) };
}

function ofCase(stem) {
  const { system: texts, facts, as_of, journal } = JSON.parse(readFileSync(new URL(`${stem}.json`, cases)));
  const content = ({ text, file, rows }) => rows ?? text ?? readFileSync(new URL(file, cases));
  const read = (parts) => Object.fromEntries(parts.map(([name, part]) => [name, content(part)]));
  const system = System.parse(read(texts.map((part) => [part.name, part])));
  const told = journal && { journal: read(journal.map((part) => [part.name, part])) };
  return { system, snapshot: system.snapshot(read(Object.entries(facts)), { asOf: as_of, ...told }) };
}

function architects() {
  const read = (name) => readFileSync(new URL(`examples/architects/${name}`, root));
  const sources = ["letters", "site", "consultations", "commissions", "costs"];
  const tables = Object.fromEntries(sources.map((source) => [source, read(`data/${source}.csv`)]));
  return System.parse(read("system.yaml")).snapshot(tables, { asOf: "2026-09-30" });
}

// Answers about the model itself.
function model(snapshot) {
  const coverages = ["brand", "marketing", "five_layer_comparison", "five_layer_kernel", "five_components"];
  return [
    ...coverages.map((framework) => ["FrameworkCoverage", snapshot.coverage(framework)]),
    ["Shipping", snapshot.whatsShipping()],
    ["Surfaces", snapshot.surfaces()],
    ["Audit", snapshot.audit()],
    ["Compounding", snapshot.compounding()],
    ["NextSteps", snapshot.nextSteps()],
    ["NextStep", snapshot.whichFirst()],
    ["SystemDiff", snapshot.diff("marketingos: 1\nname: Nothing yet\n")],
  ];
}

test("real answers have the declared keys, and the types refuse misuse", () => {
  const answers = realAnswers();
  const names = new Set(answers.map(([type]) => /^\w+/.exec(type)[0]));
  names.delete("ReturnType");
  const lines = [`import type { MarketingOSError, ${[...names].join(", ")} } from "../../bindings-wasm/dist/index.js";`];
  for (const [type, answer] of answers) lines.push(`(${JSON.stringify(answer)}) satisfies ${type};`);
  // The check itself must be able to fail.
  const [, { lines: [line], ...scorecard }] = answers[0];
  const { owner, ...less } = line;
  lines.push("// @ts-expect-error a key too many", `(${JSON.stringify({ ...scorecard, lines: [{ ...line, colour: "red" }] })}) satisfies Scorecard;`);
  lines.push("// @ts-expect-error a key too few", `(${JSON.stringify({ ...scorecard, lines: [less] })}) satisfies Scorecard;`);
  mkdirSync(out, { recursive: true });
  writeFileSync(new URL("answers.ts", out), lines.join("\n"));
  try {
    execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "--project", "."], { cwd: here, encoding: "utf8" });
  } catch (error) {
    // The first few say what is wrong.
    assert.fail(error.stdout.split("\n").slice(0, 5).join("\n"));
  }
});
