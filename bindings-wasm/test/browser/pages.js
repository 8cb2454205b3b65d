// The pages that the library writes, of the example company and of one whose every name is hostile.

import { System } from "marketingos";

import { kestrel, kestrelSystem, kestrelTables } from "../files.js";

export const hostile = `</title><script>globalThis.ran = 1</script><img src=x onerror="globalThis.ran = 2">"' style=x:y`;

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
  return system.snapshot({ leads: `created,channel\n2025-12-05,${member}\n2026-01-05,${member}\n2026-01-06,web\n` }, { asOf: "2026-01-31" });
}

const evidence = { "evidence.yaml": kestrel("evidence.yaml") };
const nothing = { "evidence.yaml": "evidence: 1\n" };

/** Every page: its name, and its text for a snapshot. */
const written = {
  scorecard: (snapshot) => snapshot.scorecard({ as: "html" }),
  report: (snapshot) => snapshot.report({ as: "html" }),
};

/** `[name, html]` of every page. */
export function pages() {
  const snapshots = {
    kestrel: [System.parse(kestrelSystem()).snapshot(kestrelTables(), { asOf: "2026-09-30" }), evidence],
    hostile: [hostileSnapshot(), nothing],
  };
  return Object.entries(snapshots).flatMap(([whose, [snapshot, known]]) =>
    Object.entries(written).map(([what, write]) => [`${whose}-${what}`, write(snapshot, known)]),
  );
}
