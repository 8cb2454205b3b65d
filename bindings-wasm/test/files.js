// Where the tests find things.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";

export const root = new URL("../../", import.meta.url);
export const cases = new URL("tests/cases/", root);

export function kestrel(name) {
  return readFileSync(new URL(`examples/kestrel/${name}`, root));
}

/** The texts of the example company's system, and its facts. */
export function kestrelSystem() {
  return { "system.yaml": kestrel("system.yaml"), "plan.yaml": kestrel("plan.yaml") };
}

export function kestrelTables() {
  return Object.fromEntries(["leads", "deals", "spend", "web", "work"].map((source) => [source, kestrel(`data/${source}.csv`)]));
}

/** The names of all cases. */
export function stems() {
  const found = readdirSync(cases).filter((file) => file.endsWith(".json"));
  if (found.length === 0) throw new Error("there are no cases");
  return found.map((file) => file.slice(0, -".json".length));
}

/** Asserts that a case is answered byte for byte as expected. */
export function assertExpected(stem, answers) {
  const [found, wanted] = [answers, readFileSync(new URL(`${stem}.expected.jsonl`, cases), "utf8")].map((text) => text.split("\n"));
  const line = wanted.findIndex((text, index) => text !== found[index]);
  // Only the first difference, and not the whole of a long line.
  if (line !== -1) {
    const around = Math.max(0, [...wanted[line]].findIndex((character, index) => character !== found[line]?.[index]) - 40);
    const excerpts = [found, wanted].map((lines) => lines[line]?.slice(around, around + 160));
    assert.equal(...excerpts, `${stem}.expected.jsonl:${line + 1}:${around + 1}`);
  }
  assert.equal(found.length, wanted.length, stem);
}
