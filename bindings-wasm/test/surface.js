// The members of each class. The compiler holds this list against the types (no name missing,
// none too many), and a test holds it against the classes.

/** @import { Facts, MarketingOSError, Snapshot, System } from "marketingos" */

/** @typedef {Omit<MarketingOSError, "stack" | "cause">} Thrown */

export const members = {
  /** @satisfies {Record<keyof System, true>} */
  System: { name: true, fingerprint: true, findings: true, facts: true, snapshot: true, toJSON: true, free: true },
  /** @satisfies {Record<keyof Facts, true>} */
  Facts: { fingerprint: true, loads: true, findings: true, toJSON: true, free: true },
  /** @satisfies {Record<keyof Snapshot, true>} */
  Snapshot: {
    asOf: true,
    fingerprint: true,
    findings: true,
    journalFindings: true,
    withJournal: true,
    scorecard: true,
    series: true,
    panel: true,
    toDate: true,
    landing: true,
    progress: true,
    chart: true,
    weeklyReview: true,
    budget: true,
    byMember: true,
    targetHistory: true,
    compare: true,
    explain: true,
    contributors: true,
    explainDifference: true,
    agenda: true,
    deck: true,
    rhythm: true,
    minutes: true,
    planning: true,
    escalations: true,
    report: true,
    diagnose: true,
    impact: true,
    stale: true,
    accountable: true,
    carries: true,
    away: true,
    coverage: true,
    whatsShipping: true,
    surfaces: true,
    audit: true,
    compounding: true,
    nextSteps: true,
    whichFirst: true,
    diff: true,
    ask: true,
    askJson: true,
    free: true,
  },
  /** @satisfies {Record<keyof Thrown, true>} */
  MarketingOSError: { name: true, message: true, code: true, help: true, place: true, findings: true, toJSON: true },
};

export const statics = {
  /** @satisfies {Record<Exclude<keyof typeof System, "prototype">, true>} */
  System: { parse: true, build: true, load: true },
  /** @satisfies {Record<Exclude<keyof typeof Facts, "prototype">, true>} */
  Facts: {},
  /** @satisfies {Record<Exclude<keyof typeof Snapshot, "prototype">, true>} */
  Snapshot: {},
  MarketingOSError: {},
};
