import assert from "node:assert/strict";
import test from "node:test";

import { MarketingOSError, System } from "marketingos";

import { kestrelSystem } from "./files.js";

/** What a call throws; it must be ours. */
function thrown(call) {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof MarketingOSError, `${error}`);
    return error;
  }
  assert.fail("nothing was thrown");
}

const system = System.parse(kestrelSystem());

test("a system with errors lists all of them, with places", () => {
  const error = thrown(() => System.parse({ "firm.yaml": "marketingos: 1\nname: Firm\noperator: nobody\nkpi: {}\n" }));
  assert.ok(error instanceof Error);
  assert.equal(error.name, "MarketingOSError");
  assert.equal(error.code, "MOS-Q006");
  assert.ok(error.message.length > 0 && error.help.length > 0);
  assert.deepEqual(error.findings.map(({ code, place }) => [code, place.line]).sort(), [["MOS-M001", 4], ["MOS-M006", 3]]);
  assert.deepEqual(error.place, error.findings[0].place);
  assert.equal(error.place.file, "firm.yaml");
});

test("a text alone is called system.yaml", () => {
  assert.equal(thrown(() => System.parse("name: [")).place.file, "system.yaml");
});

test("bytes that are not UTF-8 are an error with its place", () => {
  const bytes = Uint8Array.of(...new TextEncoder().encode("marketingos: 1\nname: "), 0xe9, 0x0a);
  const error = thrown(() => System.parse(bytes));
  assert.deepEqual(error.findings.map(({ code }) => code), ["MOS-T002"]);
  assert.deepEqual([error.place.line, error.place.column], [2, 7]);
  const facts = thrown(() => system.facts({ leads: Uint8Array.of(0xff) }));
  assert.deepEqual([facts.code, facts.place.file, facts.findings[0].code], ["MOS-Q007", "leads.csv", "MOS-T002"]);
});

test("facts of an undeclared source are an error that names the nearest", () => {
  const error = thrown(() => system.facts({ lead: "" }));
  assert.equal(error.findings[0].code, "MOS-F001");
  assert.match(error.findings[0].help, /`leads`/);
});

test("the as-of date must be a day that exists, and must be given", () => {
  for (const options of [{ asOf: "2026-02-30" }, { asOf: "" }, { asOf: new Date(0) }, {}, undefined]) {
    assert.equal(thrown(() => system.snapshot({}, options)).code, "MOS-Q005");
  }
});

test("a request that is not understood is an error without a place", () => {
  const snapshot = system.snapshot({}, { asOf: "2026-09-30" });
  for (const request of ["", "{", "{}", '{"ask":"fortune"}', '{"ask":"scorecard","colour":"red"}', '{"ask":"scorecard","grain":"hour"}']) {
    const error = thrown(() => snapshot.askJson(request));
    assert.deepEqual([error.code, error.place, error.findings], ["MOS-Q001", null, []], request);
  }
  assert.equal(thrown(() => snapshot.series("nothing")).code, "MOS-Q002");
  assert.equal(thrown(() => snapshot.series("leads", { by: ["colour"] })).code, "MOS-Q004");
});

test("an error survives the way to another thread", () => {
  const error = thrown(() => System.parse(""));
  const again = new MarketingOSError(structuredClone(error.toJSON()));
  assert.deepEqual(JSON.stringify(again), JSON.stringify(error));
  assert.equal(again.message, error.message);
  assert.deepEqual(again.place, error.place);
});

test("what is not a text is refused before it crosses", () => {
  assert.throws(() => System.parse({ "system.yaml": 1 }), TypeError);
  assert.throws(() => system.facts({ leads: 1 }), TypeError);
});
