// Answers to questions about the model itself: who owns what, what rests on what, what there is.

import type { Day, Period, Value } from "./answers.js";

/** A kind of part of the system: what may rest on decisions, or what somebody answers for. */
export type ElementKind =
  | "operator"
  | "decision"
  | "brand_layer"
  | "marketing_layer"
  | "segment"
  | "channel"
  | "stage"
  | "asset"
  | "input"
  | "tool"
  | "workflow"
  | "step"
  | "campaign"
  | "lesson"
  | "kpi"
  | "review";

/** A part of the system. */
export interface Part {
  kind: ElementKind;
  /** The word of a layer, `operator` for the whole, `workflow.step` for a step. */
  id: string;
  /** Its name; the statement of a decision. */
  name: string;
}

/** Who answered for something on a day. */
export interface Accountable extends Part {
  on: Day;
  /** Nobody is `null`. */
  person: string | null;
  deputy: string | null;
  from: Day | null;
  to: Day | null;
  /** Why it is nobody; empty when it is somebody. */
  cause: string;
}

/** Something that a person carries. */
export interface Carried extends Part {
  as_deputy: boolean;
  /** Who stands in or, for a deputy, for whom. */
  other: string | null;
}

/** What the absence of a person leaves behind. */
export interface Away {
  person: string;
  first: Day;
  last: Day;
  /** Nobody stands in. */
  stops: Left[];
  taken_over: Left[];
}

/** Something that a person who is away answers for. */
export interface Left extends Part {
  /** The days of the absence on which the person answers for it. */
  first: Day;
  last: Day;
  deputy: string | null;
}

/** Everything that rests on a decision. */
export interface DecisionImpact {
  decision: string;
  statement: string;
  /** When it was last revised, up to the as-of date. */
  revised_on: Day | null;
  /** Nearest first. */
  elements: Affected[];
}

/** An element downstream of a decision. */
export interface Affected extends Part {
  /** Who answers for it on the as-of date; nobody is `null`. */
  owner: string | null;
  /** The decisions from the one asked about to the one it rests on itself. */
  through: string[];
  /** When it was last settled, revised or confirmed. */
  confirmed_on: Day | null;
  /** Whether a decision upstream of it has been revised since. */
  stale: boolean;
}

/** An element that rests on a decision which has been revised since. */
export interface Stale extends Part {
  owner: string | null;
  /** Of several decisions the one that was revised last. */
  decision: string;
  revised_on: Day;
  reason: string;
  confirmed_on: Day | null;
}

/** A system as a framework shows it. */
export interface FrameworkCoverage {
  framework: string;
  name: string;
  /** The framework inside which it sits. */
  parent: string | null;
  /** The number of layers to which nothing is missing. */
  complete: number;
  layers: LayerCoverage[];
}

/** A layer of a framework as the system fills it. */
export interface LayerCoverage {
  layer: string;
  name: string;
  holds: string;
  status: "absent" | "partial" | "complete";
  /** Who answers for its elements, each once. */
  owners: string[];
  elements: CoveredElement[];
  /** What is missing, each a sentence. */
  missing: string[];
}

/** An element that a layer covers. */
export interface CoveredElement extends Part {
  owner: string | null;
  /** To be confirmed again, refreshed, or brought in anew. */
  stale: boolean;
}

/** What ships in a week, and what the system cannot tell. */
export interface Shipping {
  week: Period;
  items: ShippingItem[];
  unanswered: Unanswered[];
}

/** Something that ships. */
export interface ShippingItem extends Part {
  /** The day, or the first one; some day of the week is `null`. */
  on: Day | null;
  /** The last day, where it takes more than one. */
  through: Day | null;
  what: string;
  /** Nobody is `null`. */
  who: string | null;
  deputy: string | null;
  /** The segments that a channel reaches, the channels that a campaign runs on. */
  to: string[];
}

/** Something that the system cannot tell. */
export interface Unanswered extends Part {
  reason: string;
}

/** The places where the brand appears. */
export interface Surfaces {
  channels: number;
  segments: number;
  regions: number;
  lines: number;
  /** Each channel for each of its segments, regions and lines. */
  count: number;
  /** At most 1,000. */
  list: { channel: string; segment: string | null; region: string | null; line: string | null }[];
  left_out: number;
  people: number;
  per_person: number;
  needs_system: boolean;
  reason: string;
}

/** The workflows of a system, looked through. */
export interface Audit {
  workflows: WorkflowAudit[];
  breakdowns: number;
  /** Work that is done again although the last cycle had done it already; hours are exact. */
  restart: { hours_per_month: string; of_hours_per_month: string; share: Value; unknown_steps: number };
  /** The workflow to perfect first. */
  critical: string | null;
  /** Whether nothing breaks down in it. */
  critical_holds: boolean;
}

/** A workflow, looked through. Hours are exact. */
export interface WorkflowAudit {
  id: string;
  name: string;
  critical: boolean;
  owner: string | null;
  steps: StepAudit[];
  hours: string;
  restart_hours: string;
  end_to_end_hours: Value;
}

/** A step of a workflow, looked through. */
export interface StepAudit {
  id: string;
  name: string;
  owner: string | null;
  hours: string | null;
  breakdowns: { is: BreakdownKind; text: string }[];
}

export type BreakdownKind = "no_owner" | "input_nobody_makes" | "no_template" | "handoff_without_limit" | "from_scratch" | "hours_unknown";

/** How far campaigns build on one another. */
export interface Compounding {
  verdict: "compounding" | "additive" | "mixed" | "cannot_be_told";
  reasons: string[];
  total: CampaignTally;
  /** Quarters in which campaigns began. */
  quarters: (CampaignTally & { period: Period })[];
}

/** What campaigns took and left. */
export interface CampaignTally {
  campaigns: number;
  could_inherit: number;
  inheriting: number;
  share_inheriting: Value;
  reused_assets: number;
  durable_assets: number;
  disposable_assets: number;
  share_durable: Value;
  /** By currency; amounts are exact. */
  spend: { currency: string; always_on: string; burst: string; share_always_on: Value }[];
  without_budget: number;
}

/** What is to be built next. */
export interface NextSteps {
  first: BuildStep | null;
  steps: NextStep[];
}

/** A step towards a running system. */
export interface NextStep {
  step: BuildStep;
  name: string;
  reason: string;
  done: boolean;
  missing: string[];
}

export type BuildStep =
  | "settle_kernel"
  | "settle_brand"
  | "name_operator"
  | "systems_audit"
  | "critical_workflow"
  | "kpi_set"
  | "dashboard"
  | "review_cadence"
  | "monthly_report"
  | "plan_and_budget"
  | "system_metrics";

/** The difference of two versions of a system. */
export interface SystemDiff {
  as_of: Day;
  old: string;
  new: string;
  changes: Change[];
  /** Stale in the newer version, and not in the older one. */
  makes_stale: Stale[];
  /** Decisions that say something else than before without a revision. */
  unrevised: string[];
}

/** One thing that changed. */
export interface Change {
  change: "added" | "removed" | "changed";
  what: string;
  id: string;
  path: string;
  before: string | null;
  after: string | null;
  /** The change as a sentence. */
  text: string;
}
