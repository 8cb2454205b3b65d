// The example company from end to end.

import assert from "node:assert/strict";
import test from "node:test";

import { System } from "marketingos";

import { kestrel, kestrelSystem, kestrelTables } from "./files.js";

const system = System.parse(kestrelSystem());
const facts = system.facts(kestrelTables());
const snapshot = system.snapshot(facts, { asOf: "2026-09-30" });

/** The line of a KPI. */
function line(kpi, options) {
  const found = snapshot.scorecard(options).lines.find((line) => line.kpi === kpi);
  assert.ok(found, kpi);
  return found;
}

test("everything is read", () => {
  assert.equal(system.name, "Kestrel Freight Software");
  assert.deepEqual(facts.loads.map(({ source }) => source), ["deals", "leads", "spend", "web", "work"]);
  assert.ok(facts.loads.every(({ rejected_rows, rejected_cells }) => rejected_rows === 0 && rejected_cells === 0));
});

test("the scorecard shows every KPI in its last full period", () => {
  const { period, lines } = snapshot.scorecard();
  assert.equal(period.label, "2026-09");
  assert.equal(lines.length, system.toJSON().system.kpis.length);
  assert.equal(lines.filter(({ status }) => status.target === "no_target").length, 1);
});

test("October 2025 has the 542 leads that were planted, and the outage of August is incomplete", () => {
  const october = snapshot.series("leads", { grain: "month" }).find(({ period }) => period.label === "2025-10");
  assert.deepEqual([october.is, october.value], ["value", "542"]);
  const august = snapshot.series("website_visits", { grain: "month" }).find(({ period }) => period.label === "2026-08");
  assert.deepEqual([august.is, august.coverage], ["incomplete", { days: 26, of: 31 }]);
});

test("members add up to the whole", () => {
  const total = (series) => series.filter(({ period }) => period.label === "2026-09").reduce((sum, { value }) => sum + Number(value), 0);
  assert.equal(total(snapshot.series("leads", { by: ["channel", "region"] })), Number(line("leads").actual.value));
});

test("the order of rows does not matter", () => {
  const tables = kestrelTables();
  const [header, ...rows] = tables.leads.toString().trimEnd().split("\n");
  const turned = [header, ...rows.reverse(), ""].join("\n");
  const again = system.snapshot({ ...tables, leads: turned }, { asOf: "2026-09-30" });
  assert.equal(again.fingerprint, snapshot.fingerprint);
  assert.equal(again.askJson('{"ask":"scorecard"}'), snapshot.askJson('{"ask":"scorecard"}'));
});

test("the agenda, the report and the escalations are drawn from the same figures", () => {
  const weekly = snapshot.agenda();
  assert.equal(weekly.cadence, "weekly");
  assert.equal(weekly.review.minutes > 0, true);
  assert.equal(weekly.items.length + weekly.quiet.length, 12);
  assert.equal(snapshot.agenda({ cadence: "quarterly" }).period.label, "2026-Q3");
  const report = snapshot.report({ month: "2026-09" });
  const [{ scorecard }] = report.sections.find(({ section }) => section === "scorecard").blocks;
  assert.deepEqual(scorecard.lines, snapshot.scorecard().lines);
  assert.deepEqual(report, snapshot.report());
  assert.equal(snapshot.report({ month: "2026-07" }).month_text, "July 2026");
  const escalating = snapshot.agenda({ cadence: "monthly" }).items.flatMap(({ escalation }) => escalation ?? []);
  assert.deepEqual(new Set(escalating.map(({ kpi }) => kpi)), new Set(snapshot.escalations().map(({ kpi }) => kpi)));
});

test("an answer is written in the forms that it has", () => {
  const title = /Kestrel Freight Software/;
  for (const as of ["text", "markdown", "html", "csv"]) assert.equal(typeof snapshot.scorecard({ as }), "string");
  assert.match(snapshot.scorecard({ as: "html" }), /^<!doctype html>/);
  assert.match(snapshot.scorecard({ as: "html", grain: "quarter" }), /2026-Q3/);
  assert.equal(snapshot.scorecard({ as: "csv" }).trimEnd().split("\n").length, 13);
  for (const as of ["text", "markdown"]) assert.match(snapshot.agenda({ as }), title);
  for (const as of ["markdown", "html"]) assert.match(snapshot.report({ as }), title);
  assert.throws(() => snapshot.report({ as: "csv" }), { code: "MOS-Q001" });
  assert.throws(() => snapshot.scorecard({ as: "pdf" }), { code: "MOS-Q001" });
});

test("the diagnosis finds what is planted, and without evidence it does not guess", () => {
  const evidence = kestrel("evidence.yaml");
  const { verdict, evidence: used } = snapshot.diagnose(evidence);
  assert.deepEqual([verdict.best, verdict.worst], ["missing", "missing"]);
  assert.deepEqual([verdict.signs_present.length, verdict.signs_absent.length, verdict.signs_not_evidenced.length], [4, 1, 0]);
  assert.ok(used.counted.length > 0);
  assert.deepEqual(snapshot.diagnose({ "evidence.yaml": evidence.toString() }).verdict, verdict);
  const without = snapshot.diagnose({}).verdict;
  assert.notEqual(without.best, without.worst);
  assert.ok(without.next_evidence.text.length > 0);
  // Lines are broken where the text is set.
  assert.ok(snapshot.diagnose(evidence, { as: "text", text: { width: 10_000 } }).includes(verdict.sentence));
});

test("evidence that is not UTF-8 is refused, and what is wrong with it has a place", () => {
  assert.throws(() => snapshot.diagnose(Uint8Array.of(0xff)), TypeError);
  assert.throws(
    () => snapshot.diagnose({ "team.yaml": "evidence: [" }),
    (error) => error.code === "MOS-Q008" && error.place.file === "team.yaml" && error.place.line > 0,
  );
});
