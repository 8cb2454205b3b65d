// The pages that the library writes, of the example company and of one whose every name is hostile.

import { System } from "marketingos";

import { kestrel, kestrelSystem, kestrelTables } from "../files.js";

export const hostile = `</title><script>globalThis.ran = 1</script><img src=x onerror="globalThis.ran = 2">"' style=x:y`;

function hostileJournal() {
  return {
    "journal.json": JSON.stringify({
      journal: 1,
      actions: { form: { what: hostile, owner: "ana", opened_on: "2026-01-05", due: "2026-01-12", kpi: "leads", moved: [{ on: "2026-01-12", to: "2026-01-20", reason: hostile }] } },
      questions: { why: { what: hostile, asked_on: "2026-01-05", to: "ana" } },
      minutes: [{ review: "monthly", held_on: "2026-01-05", as_of: "2026-01-05", snapshot: "0123456789ab", decisions: [hostile], note: hostile }],
      comments: [{ kpi: "leads", period: "2026-01", by: "ana", on: "2026-01-31", text: hostile }],
    }),
  };
}

/** A snapshot in which every text of a user is hostile. */
function hostileSnapshot() {
  const system = System.parse({
    "system.json": JSON.stringify({
      marketingos: "1",
      name: hostile,
      people: { ana: { name: hostile, role: hostile } },
      operator: "ana",
      executive: "ana",
      brand: { voice: { decisions: { tone: { statement: hostile, status: "reopened" } } } },
      sources: { leads: { date: "created", dimensions: ["channel"], rows: "events", recorded_from: "2025-01-01", recorded_until: "as_of" } },
      kpis: { leads: { name: hostile, meaning: hostile, variant: hostile, unit: `count of ${hostile}`, direction: "higher", owner: "ana", count: "leads" } },
      plan: { targets: { leads: [{ from: "2025-01", to: "2026-12", value: "100", set_by: "ana", document: hostile }] } },
      reviews: { monthly: { name: hostile, cadence: "monthly", day: "first Monday", held_by: "ana", escalates_to: "ana" } },
      escalation: [{ when: "off_target", to: "executive" }],
      report: { title: hostile },
    }),
  });
  const member = `"${hostile.replaceAll('"', '""')}"`;
  return system.snapshot({ leads: `created,channel\n2025-12-05,${member}\n2026-01-05,${member}\n2026-01-06,web\n` }, { asOf: "2026-01-31", journal: hostileJournal() });
}

const evidence = { "evidence.yaml": kestrel("evidence.yaml") };
const nothing = { "evidence.yaml": "evidence: 1\n" };

/** Every page: its name, and its text for a snapshot. */
const written = {
  scorecard: (snapshot) => snapshot.scorecard({ as: "html" }),
  report: (snapshot) => snapshot.report({ as: "html" }),
  "agenda-weekly": (snapshot) => snapshot.agenda({ as: "html" }),
  "agenda-monthly": (snapshot) => snapshot.agenda({ cadence: "monthly", as: "html" }),
  diagnosis: (snapshot, known) => snapshot.diagnose(known, { as: "html" }),
  "deck-weekly": (snapshot) => snapshot.deck({ as: "html" }),
  "deck-monthly": (snapshot) => snapshot.deck({ cadence: "monthly", as: "html" }),
  planning: (snapshot) => snapshot.planning({ as: "html" }),
  rhythm: (snapshot) => snapshot.rhythm({ through: "2026-12-31", as: "html" }),
  charts,
};

/** Charts stand in pages of others: on one page, each under its heading, as wide as a phone shows them. */
function charts(snapshot) {
  const svg = { width: 320 };
  const drawn = {
    Scorecard: snapshot.scorecard({ as: "svg", svg }),
    Process: snapshot.chart("leads", { as: "svg", svg }),
    "Weekly review": snapshot.weeklyReview("leads", { as: "svg", svg }),
    Change: snapshot.explain("leads", { by: ["channel"], as: "svg", svg }),
    Landing: snapshot.landing({ kpi: "leads", grain: "quarter", as: "svg", svg }),
    Framework: snapshot.coverage("marketing", { as: "svg", svg }),
    Decision: snapshot.impact(snapshot.asOf < "2026-02-01" ? "tone" : "positioning", { as: "svg", svg }),
  };
  const sections = Object.entries(drawn).map(([heading, chart]) => `<section><h2>${heading}</h2>${chart}</section>`);
  const colours = ":root { color-scheme: light dark; } body { margin: 1rem; font-family: sans-serif; } svg { max-width: 100%; height: auto; }";
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Charts</title><style>${colours}</style></head><body><main><h1>Charts</h1>${sections.join("")}</main></body></html>`;
}

/** `[name, html]` of every page. */
export function pages() {
  const snapshots = {
    kestrel: [System.parse(kestrelSystem()).snapshot(kestrelTables(), { asOf: "2026-09-30", journal: kestrel("journal.yaml") }), evidence],
    german: [System.parse({ ...kestrelSystem(), "german.yaml": "marketingos: 1\nlanguage: de\n" }).snapshot(kestrelTables(), { asOf: "2026-09-30" }), evidence],
    hostile: [hostileSnapshot(), nothing],
  };
  return Object.entries(snapshots).flatMap(([whose, [snapshot, known]]) =>
    Object.entries(written).map(([what, write]) => [`${whose}-${what}`, write(snapshot, known)]),
  );
}
