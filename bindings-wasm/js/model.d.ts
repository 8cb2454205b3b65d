// Answers to questions about the model itself: who owns what, what rests on what, what there is; and
// the parts of a described system that have types.

import type { Day, Exact, Grain, Period, Value } from "./answers.js";

/** All that a system says, of which some parts are typed. What is not said of these is left out. */
export interface DescribedSystem {
  name: string;
  sources: DescribedSource[];
  kpis: DescribedKpi[];
  plan_name: string;
  targets: Target[];
  budgets?: Budget[];
  scenarios?: Scenario[];
  variance?: VarianceRules;
  signals: SignalRules;
  [part: string]: unknown;
}

/** A source as declared. */
export interface DescribedSource {
  id: string;
  /** The column that says since when a row was known. */
  recorded_at?: DateColumn;
  /** The column that says since when a row is no longer what is known. */
  superseded_at?: DateColumn;
  [part: string]: unknown;
}

/** A column of dates. */
export interface DateColumn {
  /** Its name in the table's header. */
  column: string;
  /** How dates are written. */
  pattern: string;
  /** The zone whose business days count, where dates come with times. */
  zone: string | null;
}

/** A KPI as declared. */
export interface DescribedKpi {
  id: string;
  name: string;
  unit: string;
  direction: "higher" | "lower" | "band" | "none";
  /** What its process behaviour chart has of its own. */
  chart?: ChartRules;
  /** How its differences are judged, where that is not as for the whole system. */
  variance?: VarianceRules;
  /** When it came to mean something else, oldest first; whether earlier figures were computed anew. */
  redefined?: { on: Day; reason: string; restated?: true }[];
  [part: string]: unknown;
}

/** What tells a signal from noise. */
export interface SignalRules {
  /** The number of periods that limits rest on. */
  window: number;
  /** The least number of values among them. */
  min_points: number;
  /** `wheeler` unless said otherwise. */
  rules?: RuleSet;
  /** `mean` unless said otherwise. */
  centre?: Centre;
}

/** A published set of rules that tell a signal from noise. */
export type RuleSet = "wheeler" | "western_electric" | "nelson" | "nhs";

/** What limits lie about. */
export type Centre = "mean" | "median";

/** What a KPI's chart has of its own. */
export interface ChartRules extends Partial<SignalRules> {
  /** `level` unless said otherwise. */
  course?: "level" | "trend" | "seasonal" | "seasonal_additive";
  /** The days that the limits are locked to. */
  baseline?: { from: Day; to: Day };
  /** When the process was changed on purpose, oldest first: limits start anew. */
  changes?: { on: Day; reason: string }[];
}

/** How differences are judged. */
export interface VarianceRules {
  /** A change of at most this share of the base, or for rates of so many points, is neutral. */
  neutral?: Exact;
  /** From where on a change is material: in the KPI's unit, or as a share of the base. */
  material?: { absolute?: Exact; relative?: Exact };
  /** The first of these that suits the KPI's direction. */
  attainment?: AttainmentRule[];
}

/** How attainment is computed. */
export type AttainmentRule = "actual_over_target" | "target_over_actual" | "two_minus" | "from_baseline";

/** A target as declared. */
export interface Target {
  kpi: string;
  /** The length of the periods that it is set for. */
  grain: Grain;
  /** Of the first period. */
  first: Day;
  /** Of the last period. */
  last: Day;
  /** The member of each dimension that it is for, `null` for rows without one; not there for the total. */
  by?: Record<string, string | null>;
  /** In each period. */
  aim: Aim;
  /** How an amount is spread over the days of each period; evenly unless said otherwise. */
  phasing?: "linear" | "working_days" | { weights: Exact[] } | "last_year";
  set_by: string | null;
  set_on: Day | null;
  /** Where it is written; may be empty. */
  document: string;
  status: TargetStatus;
}

/** How firm a target is. */
export type TargetStatus = "agreed" | "proposed" | "placeholder" | "inferred";

/** What a target aims at in each of its periods. */
export type Aim =
  /** At least or at most, by the KPI's direction. */
  | { is: "point"; value: Exact }
  | { is: "at_least"; value: Exact }
  | { is: "at_most"; value: Exact }
  /** From a baseline in equal steps to the figure in the last period. */
  | { is: "trajectory"; start: Exact; value: Exact }
  | ({ is: "levels" } & Levels)
  | { is: "band"; low: Exact; high: Exact };

/** Levels of a target, of which the good one is the target. */
export interface Levels {
  minimum: Exact;
  good: Exact;
  excellent: Exact;
}

/** Which way a target asks for. */
export type Bound = "at_least" | "at_most";

/** A set of targets beside the plan, such as a forecast. */
export interface Scenario {
  id: string;
  name: string;
  /** `FC` for a forecast, `BU` for a budget, or one of its own. */
  code: string;
  targets: Target[];
}

/** An amount of money. */
export interface Money {
  amount: Exact;
  currency: string;
}

/** A budget as declared. */
export interface Budget {
  period: Period;
  /** The frame: all of it. */
  amount: Money;
  /** Where it is written; may be empty. */
  document: string;
  lines: BudgetLine[];
  /** Oldest first. */
  moves: BudgetMove[];
}

/** An allocation of a budget. */
export interface BudgetLine {
  id: string;
  name: string;
  owner: { person: string; from: Day | null; to: Day | null; deputy: string | null }[];
  /** The place of the model that it is for. */
  layer?: string;
  channel?: string;
  campaign?: string;
  /** Such as `media` or `payroll`. */
  cost_kind?: string;
  /** Each is spread evenly over the days of its period. */
  amounts: { period: Period; amount: Money }[];
  /** The KPI or measure that says what was spent. */
  spent?: string;
  /** What is ordered, and since when it is among what is spent. */
  committed?: { on: Day; settled_on?: Day; amount: Money; what: string }[];
}

/** What was moved from one line of a budget to another. */
export interface BudgetMove {
  /** The day from which it counts. */
  on: Day;
  from: string;
  to: string;
  amount: Money;
  /** Who decided it. */
  by: string | null;
  reason: string;
}

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
