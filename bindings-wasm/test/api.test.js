import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import * as marketingos from "marketingos";

import { root } from "./files.js";
import { members, statics } from "./surface.js";

const { System, Facts, MarketingOSError, Snapshot } = marketingos;

const SMALL_FIRM = `
marketingos: 1
name: Small firm
people: { ana: { name: Ana } }
operator: ana
sources:
  leads: { date: created, dimensions: [channel], rows: events, recorded_from: 2026-01-01, recorded_until: as_of }
kpis:
  leads: { name: New leads, unit: count of leads, direction: higher, owner: ana, count: leads }
`;
const LEADS = "created,channel\n2026-01-05,paid\n2026-01-09,\n2026-02-03,paid\n";

function snapshot() {
  return System.parse(SMALL_FIRM).snapshot({ leads: LEADS }, { asOf: "2026-02-28" });
}

test("a system says what it is", () => {
  const system = System.parse(SMALL_FIRM);
  assert.equal(system.name, "Small firm");
  assert.match(system.fingerprint, /^[0-9a-f]{64}$/);
  assert.deepEqual(system.findings, []);
  const description = JSON.parse(JSON.stringify(system));
  assert.equal(description.version, 1);
  assert.equal(description.fingerprint, system.fingerprint);
  assert.equal(description.system.kpis.length, 1);
});

test("a system is read from text, bytes, a view of bytes, and parts by name", () => {
  const { fingerprint } = System.parse(SMALL_FIRM);
  const bytes = new TextEncoder().encode(`#${SMALL_FIRM}`);
  assert.equal(System.parse(bytes).fingerprint, fingerprint);
  assert.equal(System.parse(bytes.subarray(1)).fingerprint, fingerprint);
  assert.equal(System.parse(new DataView(bytes.buffer, 1)).fingerprint, fingerprint);
  const [head, kpis] = SMALL_FIRM.split("kpis:");
  assert.equal(System.parse({ "system.yaml": head, "kpis.yaml": `marketingos: 1\nkpis:${kpis}` }).fingerprint, fingerprint);
  assert.equal(System.parse({ "system.json": JSON.stringify({ marketingos: 1, name: "Übersee" }) }).name, "Übersee");
});

test("a system made of objects is the one that is written", () => {
  const built = {
    name: "Small firm",
    people: { ana: "Ana" },
    operator: "ana",
    sources: { leads: { date: "created", rows: "events" } },
    kpis: { leads: { unit: "count of leads", direction: "higher", owner: "ana", count: "leads" } },
    plan: { targets: { leads: { period: "2026-01", value: 12345678901234567890n } } },
  };
  const text = `{ marketingos: 1, name: Small firm, people: { ana: Ana }, operator: ana, sources: { leads: { date: created, rows: events } },
    kpis: { leads: { unit: count of leads, direction: higher, owner: ana, count: leads } },
    plan: { targets: { leads: { period: 2026-01, value: 12345678901234567890 } } } }`;
  assert.equal(System.build(built).fingerprint, System.parse(text).fingerprint);
  const { people, ...rest } = built;
  assert.equal(System.build({ ...rest, include: "people.yaml" }, { "people.yaml": "{ marketingos: 1, people: { ana: Ana } }" }).name, "Small firm");
  assert.throws(() => System.build({ ...built, operator: "bob" }), ({ findings }) => findings[0].place.path === "operator");
  assert.throws(() => System.build({ ...built, plan: { targets: { leads: { period: "2026-01", value: NaN } } } }), /./);
});

test("facts say what was read and what was not", () => {
  const facts = System.parse(SMALL_FIRM).facts({ leads: `${LEADS}2026-02-30,paid\n` });
  assert.ok(facts instanceof Facts);
  assert.deepEqual(facts.loads, [{ source: "leads", rows: 4, rejected_rows: 1, rejected_cells: 0 }]);
  assert.deepEqual(facts.findings.map(({ code, place }) => [code, place.line]), [["MOS-F005", 5]]);
  assert.deepEqual(Object.keys(JSON.parse(JSON.stringify(facts))), ["fingerprint", "loads", "findings"]);
});

test("facts are the same from rows", () => {
  const system = System.parse(SMALL_FIRM);
  const rows = [{ created: "2026-01-05", channel: "paid" }, { created: "2026-01-09", channel: null }, { channel: "paid", created: "2026-02-03" }];
  assert.equal(system.facts({ leads: rows }).fingerprint, system.facts({ leads: LEADS }).fingerprint);
  const { loads, findings } = system.facts({ leads: [...rows, { created: Number.NaN, channel: 7n }, null] });
  assert.deepEqual(loads, [{ source: "leads", rows: 5, rejected_rows: 2, rejected_cells: 0 }]);
  assert.deepEqual(findings.map(({ code, place }) => [code, place.line]), [["MOS-F005", 4], ["MOS-F020", 5]]);
});

test("a snapshot is of facts or of tables", () => {
  const system = System.parse(SMALL_FIRM);
  const facts = system.facts({ leads: LEADS });
  const options = { asOf: "2026-02-28" };
  const first = system.snapshot(facts, options);
  assert.ok(first instanceof Snapshot);
  assert.equal(first.fingerprint, system.snapshot({ leads: new TextEncoder().encode(LEADS) }, options).fingerprint);
  assert.notEqual(first.fingerprint, system.snapshot(facts, { asOf: "2026-02-27" }).fingerprint);
  assert.equal(first.asOf, "2026-02-28");
  assert.deepEqual(first.findings, []);
});

test("a snapshot outlives what it was made of", () => {
  const system = System.parse(SMALL_FIRM);
  const facts = system.facts({ leads: LEADS });
  const kept = system.snapshot(facts, { asOf: "2026-02-28" });
  facts.free();
  system.free();
  assert.equal(kept.scorecard().lines[0].actual.value, "1");
  kept.free();
  assert.throws(() => kept.scorecard());
});

test("a scorecard is by month unless said otherwise", () => {
  const scorecard = snapshot().scorecard();
  assert.equal(scorecard.grain, "month");
  assert.equal(scorecard.period.label, "2026-02");
  assert.deepEqual(scorecard.lines.map(({ kpi, actual }) => [kpi, actual.text]), [["leads", "1"]]);
  assert.equal(snapshot().scorecard({ grain: "quarter" }).grain, "quarter");
});

test("a series goes by period and member, and nobody is not an empty name", () => {
  const series = snapshot().series("leads", { grain: "month", by: ["channel"] });
  const shown = series.map(({ period, member, value }) => [period.label, member[0], value]);
  assert.deepEqual(shown, [["2026-01", null, "1"], ["2026-01", "paid", "1"], ["2026-02", "paid", "1"]]);
  assert.equal(snapshot().series("leads").length, 2);
});

test("the largest members are told apart, and the rest is neither one of them nor nobody", () => {
  const series = snapshot().series("leads", { grain: "month", by: ["channel"], top: 1 });
  const shown = series.map(({ period, member, value }) => [period.label, member[0], value]);
  assert.deepEqual(shown, [["2026-01", "paid", "1"], ["2026-01", { rest: 1 }, "1"], ["2026-02", "paid", "1"]]);
});

test("an answer is the JSON of its text", () => {
  const asked = snapshot();
  const request = { ask: "series", figure: "leads" };
  assert.deepEqual(asked.ask(request), JSON.parse(asked.askJson(JSON.stringify(request))));
  assert.deepEqual(asked.series("leads"), asked.ask(request));
});

test("the library is there without a system", () => {
  const cac = marketingos.library().find(({ id }) => id === "cac");
  assert.deepEqual([cac.default_variant, cac.variants.map(({ id }) => id)], ["fully_loaded", ["fully_loaded", "media_only", "marketing_only"]]);
});

test("a starting file says what to fill in", () => {
  const codes = new Set(System.parse(marketingos.template("five_layer_kernel")).findings.map(({ code }) => code));
  assert.deepEqual([...codes], ["MOS-M030"]);
  assert.throws(() => marketingos.template("five_layer_kernl"), { code: "MOS-Q018", help: "did you mean `five_layer_kernel`?" });
});

test("texts that are named are asked for", async () => {
  const folder = new URL("examples/enterprise/", root);
  const asked = [];
  const read = async (name) => {
    asked.push(name);
    return readFileSync(new URL(name, folder));
  };
  const ports = await System.load("ports.yaml", read);
  assert.deepEqual(asked.sort(), ["group.yaml", "ports.yaml", "ports/running.yaml", "ports/surfaces.yaml"]);
  assert.equal(ports.toJSON().system.parent.name, (await System.load(["group.yaml"], read)).name);
  const refused = System.load("ports.yaml", (name) => (name === "ports.yaml" ? read(name) : Promise.reject(new Error(`no ${name}`))));
  await assert.rejects(refused, /no ports\/surfaces.yaml/);
});

test("questions about the model have defaults", () => {
  const asked = snapshot();
  assert.deepEqual(asked.coverage(), asked.coverage("marketing"));
  assert.deepEqual(asked.whatsShipping(), asked.whatsShipping({ week: "2026-W10" }));
  assert.equal(asked.whichFirst().step, asked.nextSteps().first);
  assert.match(asked.diff("marketingos: 1\nname: Nothing yet\n", { as: "text" }), /^What changed\n\n- name was Nothing yet, is Small firm\n/);
});

test("two figures are compared in words and on the facts", () => {
  const comparison = snapshot().compare("leads", "leads", { grain: "quarter" });
  assert.deepEqual([comparison.same_definition, comparison.grain, comparison.aspects.every(({ same }) => same)], [true, "quarter", true]);
  assert.match(snapshot().compare("leads", "leads", { as: "text" }), /^New leads \[leads\] · New leads \[leads\]\n/);
});

test("the plan is asked about: charts, budgets, members and the history of targets", () => {
  const plan = `
plan:
  targets:
    leads:
      - { period: 2026-02, value: 3, set_on: 2025-12-15 }
      - { period: 2026-02, by: { channel: paid }, value: 2, set_on: 2025-12-15 }
  budget:
    period: 2026
    amount: 1_000 EUR
    lines: { fair: { name: Fair stand, amount: 900 EUR, committed: { on: 2026-01-20, amount: 300 EUR, what: Booking } } }
`;
  const planned = System.parse(SMALL_FIRM + plan).snapshot({ leads: LEADS }, { asOf: "2026-02-28" });
  const chart = planned.chart("leads");
  assert.deepEqual(chart.points.map(({ actual }) => actual.text), ["2", "1"]);
  assert.deepEqual([chart.grain, planned.chart("leads", { grain: "quarter" }).grain], ["month", "quarter"]);
  const budget = planned.budget();
  assert.deepEqual([budget.unallocated.text, budget.total.committed.text], ["EUR 100", "EUR 300"]);
  assert.deepEqual(planned.budget({ period: "2026" }), budget);
  assert.throws(() => planned.budget({ period: "2025" }), { message: "the plan has no budget for `2025`" });
  const found = planned.byMember("leads", ["channel"]);
  assert.deepEqual(found.members.map(({ member, plan }) => [member[0], plan.change.text]), [["paid", "\u22121"]]);
  assert.equal(found.remainder.text, "1");
  assert.deepEqual(planned.byMember("leads", ["channel"], { period: "2026-02" }), found);
  const { held } = planned.targetHistory("leads", "2026-02");
  assert.deepEqual(held.map(({ from, until, value }) => [from, until, value.text]), [["2025-12-15", null, "3"]]);
});

test("running periods are told where they will land, and whether things get better", () => {
  const asked = snapshot();
  assert.deepEqual(asked.landing().lines.map(({ period }) => period.label), ["2026-02", "2026-Q1", "2026"]);
  assert.deepEqual(asked.landing({ kpi: "leads", grain: "week" }).lines.map(({ period }) => period.label), ["2026-W09"]);
  assert.deepEqual([asked.progress().efficiency, asked.progress().predictability], ["not_evidenced", "not_evidenced"]);
});

test("members that explain most of a change are named", () => {
  const asked = snapshot();
  const [combination] = asked.contributors("leads", ["channel"]).combinations;
  assert.deepEqual(combination.contributors.map(({ member, change }) => [member[0], change.text]), [[null, "\u22121"]]);
  assert.equal(asked.contributors("leads", ["channel"], { period: "2026-01" }).cause, "there are no data for 2025-12");
});

test("forms are texts, and those that are data are read", () => {
  const asked = snapshot();
  assert.match(asked.chart("leads", { as: "svg", svg: { width: 360, style: false } }), /^<svg [^>]*width="360"/);
  assert.match(asked.chart("leads", { as: "vega_lite" }).$schema, /vega-lite/);
  assert.equal(asked.deck({ as: "slides" }).slides[0].layout, "cover");
  assert.match(asked.series("leads", { by: ["channel"], as: "csv" }), /^period,first,last,channel,/);
  assert.ok(asked.scorecard({ as: "text", text: { width: 60 } }).split("\n").every((line) => line.length <= 60));
  for (const page of [asked.agenda({ as: "html" }), asked.deck({ as: "html" }), asked.rhythm({ as: "html" }), asked.planning({ as: "html" })]) assert.match(page, /^<!doctype html>/);
  assert.throws(() => asked.chart("leads", { as: "html" }), { code: "MOS-Q001" });
});

test("a journal changes what is told, and no figure", () => {
  const journal = "{ journal: 1, actions: { form: { what: Mend the form, owner: ana, opened_on: 2026-02-02, due: 2026-02-27 } } }";
  const system = System.parse(SMALL_FIRM);
  const options = { asOf: "2026-02-28" };
  const untold = system.snapshot({ leads: LEADS }, options);
  for (const given of [journal, new TextEncoder().encode(journal), { "journal.yaml": journal }]) {
    const told = system.snapshot({ leads: LEADS }, { ...options, journal: given });
    assert.deepEqual(told.agenda().actions.map(({ what }) => what), ["Mend the form"]);
    assert.deepEqual([told.fingerprint, told.journalFindings], [untold.fingerprint, []]);
    assert.deepEqual(told.scorecard(), untold.scorecard());
  }
  assert.deepEqual(untold.agenda().actions, []);
  assert.equal(untold.withJournal(`\ufeff${journal}`).journalFindings[0].code, "MOS-T003");
  assert.throws(() => untold.withJournal(journal.replace("ana", "bob")), ({ findings }) => findings[0].place.path === "actions.form.owner");
});

test("calendars know no zones by name in the browser", () => {
  const zoned = System.parse(`${SMALL_FIRM}calendar: { zone: Europe/Amsterdam }\nreviews: { standup: { cadence: weekly, day: Monday, at: "09:30", held_by: ana, escalates_to: ana, minutes: 15 } }\n`);
  const asked = zoned.snapshot({ leads: LEADS }, { asOf: "2026-02-28" });
  assert.throws(() => asked.rhythm({ as: "icalendar" }), MarketingOSError);
});

test("two snapshots are told apart", () => {
  const text = SMALL_FIRM.replace("count: leads", "count: leads, where: { not: { channel: test } }");
  const rows = "created,channel\n2026-01-05,web\n2026-01-06,test\n";
  const a = System.parse(SMALL_FIRM).snapshot({ leads: rows }, { asOf: "2026-01-31" });
  const b = System.parse(text).snapshot({ leads: `${rows}2026-01-30,fair\n2026-01-31,fair\n` }, { asOf: "2026-01-31" });
  const difference = a.explainDifference(b);
  assert.deepEqual(difference.causes, ["definition", "new_data"]);
  const told = "New leads in 2026-01 is 2 in the first and 3 in the second (+1): the definition \u22121, new data +2.";
  assert.deepEqual(difference.figures.map(({ text }) => text), [told]);
  assert.deepEqual(a.explainDifference(b, { period: "2026-01", grain: "quarter" }).figures, difference.figures);
  assert.deepEqual(a.explainDifference(a).figures, []);
  assert.throws(() => a.explainDifference(b, { period: "2026-13" }), { code: "MOS-Q003" });
  assert.throws(() => a.explainDifference({}), TypeError);
});

test("objects do not change", () => {
  const system = System.parse(SMALL_FIRM);
  for (const object of [system, system.facts({ leads: LEADS }), snapshot()]) {
    assert.throws(() => Object.assign(object, { fingerprint: "another" }), TypeError);
  }
});

test("every question of the core has a method", () => {
  const source = readFileSync(new URL("core/src/wire/request.rs", root), "utf8");
  const questions = /const QUESTIONS: .+? = \[(.+?)\];/s.exec(source)[1].match(/\w+/g);
  // What the snapshot is it says by its properties.
  const words = { diagnosis: "diagnose", snapshot: "fingerprint" };
  const member = (question) => words[question] ?? question.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
  assert.deepEqual(questions.filter((question) => !(member(question) in members.Snapshot)), []);
  assert.ok(questions.includes("progress"));
});

test("the types name what is there and nothing else", () => {
  const system = System.parse(SMALL_FIRM);
  const error = new marketingos.MarketingOSError({ code: "", message: "", help: "", findings: [] });
  const objects = { System: system, Facts: system.facts({ leads: LEADS }), Snapshot: snapshot(), MarketingOSError: error };
  assert.deepEqual(Object.keys(marketingos).sort(), [...Object.keys(objects), "library", "template"].sort());
  for (const [name, object] of Object.entries(objects)) {
    const own = Object.getOwnPropertyNames(object).concat(Object.getOwnPropertyNames(marketingos[name].prototype));
    const found = new Set(own.filter((member) => !["constructor", "stack"].includes(member)));
    assert.deepEqual([...found].sort(), Object.keys(members[name]).sort(), name);
    const made = Object.getOwnPropertyNames(marketingos[name]).filter((member) => !["length", "name", "prototype"].includes(member));
    assert.deepEqual(made, Object.keys(statics[name]), name);
  }
});
