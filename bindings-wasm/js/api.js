// The classes, over handles that live in the module. Texts go in, JSON comes out; nothing is
// decided here. The types are in index.d.ts.

import * as core from "./marketingos.js";

export class MarketingOSError extends Error {
  constructor({ code, message, help, findings }) {
    super(message);
    this.name = "MarketingOSError";
    this.code = code;
    this.help = help;
    this.place = findings[0]?.place ?? null;
    this.findings = findings;
  }

  toJSON() {
    const { code, message, help, findings } = this;
    return { code, message, help, findings };
  }
}

export class System {
  #handle;

  constructor(handle) {
    const { fingerprint, system } = JSON.parse(handle.describe());
    this.#handle = handle;
    this.name = system.name;
    this.fingerprint = fingerprint;
    this.findings = JSON.parse(handle.findings());
    Object.freeze(this);
  }

  static parse(texts) {
    return new System(thrown(() => core.System.parse(handed(named(texts, "system.yaml")))));
  }

  static build(system, texts = {}) {
    return System.parse({ "system.json": JSON.stringify({ marketingos: 1, ...system }, exact), ...texts });
  }

  static async load(names, read) {
    const texts = {};
    let needed = [names].flat();
    while (needed.length > 0) {
      for (const name of needed) texts[name] = await read(name);
      needed = JSON.parse(core.needs(handed(texts)));
    }
    return System.parse(texts);
  }

  facts(tables) {
    return new Facts(thrown(() => this.#handle.facts(handed(tables))));
  }

  snapshot(facts, { asOf, journal } = {}) {
    const read = facts instanceof Facts ? facts : this.facts(facts);
    try {
      const snapshot = new Snapshot(thrown(() => this.#handle.snapshot(handleOf(read), String(asOf))));
      if (journal === undefined) return snapshot;
      try {
        return snapshot.withJournal(journal);
      } finally {
        snapshot.free();
      }
    } finally {
      // The snapshot holds on to what it needs.
      if (read !== facts) read.free();
    }
  }

  toJSON() {
    return JSON.parse(this.#handle.describe());
  }

  free() {
    this.#handle.free();
  }
}

let handleOf;

export class Facts {
  #handle;

  static {
    handleOf = (facts) => facts.#handle;
  }

  constructor(handle) {
    const { fingerprint, loads, findings } = JSON.parse(handle.loaded());
    this.#handle = handle;
    this.fingerprint = fingerprint;
    this.loads = loads;
    this.findings = findings;
    Object.freeze(this);
  }

  toJSON() {
    return JSON.parse(this.#handle.loaded());
  }

  free() {
    this.#handle.free();
  }
}

export class Snapshot {
  #handle;

  constructor(handle) {
    this.#handle = handle;
    const { as_of, fingerprint, findings } = this.ask({ ask: "snapshot" });
    this.asOf = as_of;
    this.fingerprint = fingerprint;
    this.findings = findings;
    this.journalFindings = JSON.parse(handle.journal_findings());
    Object.freeze(this);
  }

  withJournal(journal) {
    return new Snapshot(thrown(() => this.#handle.with_journal(handed(named(journal, "journal.yaml")))));
  }

  scorecard({ grain, ...form } = {}) {
    return this.#shown({ ask: "scorecard", grain }, form);
  }

  series(figure, { grain, by, top, ...form } = {}) {
    return this.#shown({ ask: "series", figure, grain, by, top }, form);
  }

  impact(decision, form) {
    return this.#shown({ ask: "impact", decision }, form);
  }

  accountable(kind, id, { on } = {}) {
    return this.ask({ ask: "accountable", kind, id, on });
  }

  carries(person, { on } = {}) {
    return this.ask({ ask: "carries", person, on });
  }

  away(person, first, last) {
    return this.ask({ ask: "away", person, first, last });
  }

  stale() {
    return this.ask({ ask: "stale" });
  }

  coverage(framework, form) {
    return this.#shown({ ask: "coverage", framework }, form);
  }

  whatsShipping({ week } = {}) {
    return this.ask({ ask: "whats_shipping", week });
  }

  surfaces() {
    return this.ask({ ask: "surfaces" });
  }

  audit() {
    return this.ask({ ask: "audit" });
  }

  compounding() {
    return this.ask({ ask: "compounding" });
  }

  nextSteps() {
    return this.ask({ ask: "next_steps" });
  }

  whichFirst() {
    return this.ask({ ask: "which_first" });
  }

  diff(old, form) {
    return this.#shown({ ask: "diff", old: texts(old, "system.yaml") }, form);
  }

  panel(figures, { grain, by } = {}) {
    return this.ask({ ask: "panel", figures, grain, by });
  }

  toDate({ grain } = {}) {
    return this.ask({ ask: "to_date", grain });
  }

  landing({ kpi, grain, ...form } = {}) {
    return this.#shown({ ask: "landing", kpi, grain }, form);
  }

  progress() {
    return this.ask({ ask: "progress" });
  }

  chart(kpi, { grain, ...form } = {}) {
    return this.#shown({ ask: "chart", kpi, grain }, form);
  }

  weeklyReview(kpi, form) {
    return this.#shown({ ask: "weekly_review", kpi }, form);
  }

  budget({ period, ...form } = {}) {
    return this.#shown({ ask: "budget", period }, form);
  }

  byMember(kpi, by, { grain, period } = {}) {
    return this.ask({ ask: "by_member", kpi, by, grain, period });
  }

  targetHistory(kpi, period) {
    return this.ask({ ask: "target_history", kpi, period });
  }

  compare(a, b, { grain, ...form } = {}) {
    return this.#shown({ ask: "compare", a, b, grain }, form);
  }

  explain(kpi, { by, against, grain, period, volume, convention, ...form } = {}) {
    return this.#shown({ ask: "explain", kpi, by, against, grain, period, volume, convention }, form);
  }

  contributors(kpi, by, { against, grain, period, top } = {}) {
    return this.ask({ ask: "contributors", kpi, by, against, grain, period, top });
  }

  explainDifference(other, { period, grain } = {}) {
    const request = JSON.stringify({ period, grain });
    return JSON.parse(thrown(() => this.#handle.explain_difference(other.#handle, request)));
  }

  agenda({ cadence, ...form } = {}) {
    return this.#shown({ ask: "agenda", cadence }, form);
  }

  deck({ cadence, ...form } = {}) {
    return this.#shown({ ask: "deck", cadence }, form);
  }

  rhythm({ through, ...form } = {}) {
    return this.#shown({ ask: "rhythm", through }, form);
  }

  minutes({ cadence, ...form } = {}) {
    return this.#shown({ ask: "minutes", cadence }, form);
  }

  planning({ quarter, ...form } = {}) {
    return this.#shown({ ask: "planning", quarter }, form);
  }

  escalations() {
    return this.ask({ ask: "escalations" });
  }

  report({ month, ...form } = {}) {
    return this.#shown({ ask: "report", month }, form);
  }

  diagnose(evidence, form) {
    return this.#shown({ ask: "diagnosis", evidence: texts(evidence, "evidence.yaml") }, form);
  }

  ask(request) {
    return JSON.parse(this.askJson(JSON.stringify(request)));
  }

  askJson(request) {
    return thrown(() => this.#handle.ask(request));
  }

  free() {
    this.#handle.free();
  }

  // As data, or as the text of a form; a form that is data by itself is read.
  #shown(request, { as, text, svg } = {}) {
    const answer = this.ask({ ...request, as, text, svg });
    if (as === undefined) return answer;
    return as === "vega_lite" || as === "slides" ? JSON.parse(answer.text) : answer.text;
  }
}

export function template(framework) {
  return thrown(() => core.template(framework));
}

export function library() {
  return JSON.parse(core.library());
}

// The module throws an error as its JSON text; anything else is not ours.
function thrown(call) {
  try {
    return call();
  } catch (error) {
    throw typeof error === "string" ? new MarketingOSError(JSON.parse(error)) : error;
  }
}

// A text alone gets the name by which findings refer to it.
function named(texts, name) {
  return typeof texts === "string" || ArrayBuffer.isView(texts) ? { [name]: texts } : texts;
}

// As requests carry them.
function texts(given, name) {
  return Object.entries(named(given, name)).map(([name, text]) => ({ name, text: decoded(text) }));
}

// The module frees what is handed to it.
function handed(texts) {
  const list = new core.Texts();
  for (const [name, text] of Object.entries(texts)) {
    if (Array.isArray(text)) list.add_rows(name, rows(text));
    else list.add(name, bytes(text));
  }
  return list;
}

// One row a line.
function rows(rows) {
  return `[${rows.map((row) => JSON.stringify(row, exact) ?? "null").join(",\n")}]`;
}

// JSON has no word for what is not finite: as a text it is no number, and said so.
function exact(_, value) {
  return typeof value === "bigint" || (typeof value === "number" && !Number.isFinite(value)) ? String(value) : value;
}

function bytes(text) {
  if (typeof text === "string") return new TextEncoder().encode(text);
  if (ArrayBuffer.isView(text)) return new Uint8Array(text.buffer, text.byteOffset, text.byteLength);
  throw new TypeError("a text is a string or a Uint8Array");
}

// Requests carry text only.
function decoded(text) {
  return typeof text === "string" ? text : new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes(text));
}
