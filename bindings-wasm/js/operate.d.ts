// What is done with it: escalations, agendas, reports, the diagnosis.

import type { Day, Finding, Period, Place } from "./answers.js";
import type { Scorecard } from "./judge.js";

/** The level of a standing review. */
export type Cadence = "weekly" | "monthly" | "quarterly";

/** A rung of the escalation ladder. */
export type Rung = "owner" | "operator" | "executive";

/** A KPI that a declared trigger hands up the ladder. */
export interface Escalation {
  kpi: string;
  name: string;
  to: Rung;
  /** Who stands on that rung; `null` when nobody is named. */
  person: string | null;
  /** Where the KPI stands, in a sentence. */
  text: string;
  /** Why, trigger by trigger. */
  reasons: EscalationReason[];
}

/** One trigger that fired. */
export interface EscalationReason {
  why: string;
  /** The first period in which it was so without a break. */
  since: Period;
  /** What would clear it. */
  clears: string;
}

/** What a review has to talk about. */
export interface Agenda {
  system: string;
  cadence: Cadence;
  /** `null` when the system declares no review of this level. */
  review: AgendaReview | null;
  period: Period;
  as_of: Day;
  fingerprint: string;
  items: AgendaItem[];
  /** The names of the KPIs that need no talk. */
  quiet: string[];
}

/** A review's frame. */
export interface AgendaReview {
  name: string;
  /** When it takes place, in words. */
  day: string;
  held_by: string;
  escalates_to: string;
  minutes: number;
}

/** One thing to talk about. */
export interface AgendaItem {
  /** Why it is here; agendas are in this order. */
  kind: "escalation" | "adverse_signal" | "off_target" | "no_value" | "signal" | "no_owner" | "no_target";
  kpi: string;
  name: string;
  owner: string | null;
  /** What is the matter, in sentences. */
  text: string[];
  escalation: Escalation | null;
}

/** A month's report, on the system's standing template. */
export interface Report {
  title: string;
  system: string;
  month: Period;
  /** The month in words. */
  month_text: string;
  from: string | null;
  to: string | null;
  as_of: Day;
  fingerprint: string;
  sections: ReportSection[];
}

/** A section of a report. */
export interface ReportSection {
  section: "summary" | "scorecard" | "what_happened" | "decisions" | "plan" | "definitions";
  heading: string;
  blocks: Block[];
}

/** A piece of a section. */
export type Block =
  | { is: "paragraph"; text: string }
  /** With a heading of its own, such as a KPI's name. */
  | { is: "point"; about: string; text: string }
  | { is: "scorecard"; scorecard: Scorecard }
  | { is: "table"; columns: string[]; rows: string[][] };

/**
 * Is there a marketing operating system, or do people hold up the work? The results of all rules
 * with their evidence, and the verdict over the five signs.
 */
export interface Diagnosis {
  system: string;
  as_of: Day;
  fingerprint: string;
  evidence: EvidenceUse;
  verdict: Verdict;
  results: RuleResult[];
  /** Warnings and notes about the texts of the evidence. */
  findings: Finding[];
}

/** Which evidence counted. */
export interface EvidenceUse {
  /** By kind; kinds of which there is nothing are left out. */
  counted: { kind: EvidenceKind; entries: number; first: Day; last: Day }[];
  not_counted: { kind: EvidenceKind; text: string; date: Day; place: Place }[];
}

export type EvidenceKind = "kpi_list" | "dashboard" | "report" | "absence" | "activity";

/** Whether there is a marketing operating system. */
export type Standing = "in_place" | "survivable" | "missing";

/** The conclusion, a range: a sign without evidence may be absent or present. */
export interface Verdict {
  /** If every sign without evidence is absent. */
  best: Standing;
  /** If every sign without evidence is present. */
  worst: Standing;
  signs_present: string[];
  signs_absent: string[];
  signs_not_evidenced: string[];
  sentence: string;
  /** The cheapest evidence that would narrow the range; `null` when it is a single point. */
  next_evidence: { code: string; text: string } | null;
}

/** How much: of a severity or a confidence. */
export type Level = "low" | "medium" | "high";

/** What one rule found. */
export interface RuleResult {
  /** The stable code, such as `MOS-S001`. */
  code: string;
  name: string;
  kind: "sign" | "ownership" | "plan" | "brand";
  /** What is true when the outcome is `present`. */
  summary: string;
  /** No evidence is not absence. */
  outcome: "present" | "absent" | "not_evidenced";
  severity: Level;
  /** `null` without evidence. */
  confidence: Level | null;
  statements: Statement[];
  /** How to mend it; `null` unless it is present. */
  mend: string | null;
  /** The cheapest evidence that would settle it; `null` when there is evidence. */
  would_settle: string | null;
}

/** One piece of evidence in words. It may hold names that users wrote. */
export interface Statement {
  text: string;
  date: Day | null;
  /** In the evidence or the system, if it is in one place. */
  place: Place | null;
}
