// What is judged: KPIs against plans, periods and each other, and why they changed.

import type { Caveat, Coverage, Day, Exact, Figure, Grain, Member, Owner, Period, Value } from "./answers.js";
import type { Aim, AttainmentRule, Bound, BudgetMove, Centre, Levels, RuleSet, TargetStatus } from "./model.js";

/** How two figures differ. */
export interface DefinitionComparison {
  a: ComparedFigure;
  /** The figure that `a` is set against. */
  b: ComparedFigure;
  /** Whether they are defined alike in every aspect. */
  same_definition: boolean;
  aspects: AspectComparison[];
  grain: Grain;
  periods: ComparedPeriod[];
  /** By how much they differ in the last period that can be compared, in a sentence. */
  summary: string;
}

/** One of two figures that are compared. */
export interface ComparedFigure {
  figure: string;
  name: string;
  /** What it is, in one line. */
  definition: string;
  /** The standard KPI that it was made by. */
  standard: { kpi: string; variant: string } | null;
  /** `null` for a measure that declares none. */
  unit: string | null;
  system: string;
  as_of: Day;
  fingerprint: string;
}

/** Two definitions in one aspect. */
export interface AspectComparison {
  aspect: "variant" | "calculation" | "inputs" | "filter" | "missing" | "window" | "unit" | "direction" | "coverage" | "sources";
  same: boolean;
  a: string;
  b: string;
  /** What the difference means, in sentences. */
  text: string[];
}

/** Two figures in one period. */
export interface ComparedPeriod {
  period: Period;
  a: Figure;
  b: Figure;
  /** `a` − `b`; for rates in percentage points. */
  change: Figure;
  /** The difference ÷ |`b`|; `null` for rates. */
  relative: Figure | null;
}

/** Every KPI in its current period. */
export interface Scorecard {
  system: string;
  as_of: Day;
  grain: Grain;
  period: Period;
  fingerprint: string;
  lines: Line[];
}

/** One KPI. */
export interface Line {
  kpi: string;
  name: string;
  /** A currency code, or a word such as `percent` or `count of leads`. */
  unit: string;
  direction: "higher" | "lower" | "band" | "none";
  owner: Owner | null;
  /** The lifecycle stage. */
  stage: string | null;
  /** In its author's words; may be empty. */
  meaning: string;
  /** How it is computed, in words. */
  definition: string;
  /** The named convention; may be empty. */
  variant: string;
  period: Period;
  /** The actual figure (AC). */
  actual: Figure;
  coverage: Coverage;
  rows: number;
  caveats: Caveat[];
  target: TargetFor | null;
  /** The level reached, where the target has levels. */
  level?: LevelReached;
  /** Against plan (ΔPL). */
  plan: Comparison;
  /** Against the forecasts, budgets and cases beside the plan that say something about it. */
  scenarios?: AgainstScenario[];
  /** Against the previous period. */
  previous: Comparison;
  /** Against the prior year (ΔPY). */
  prior_year: Comparison;
  trend: Trend;
  status: Status;
}

/** The running period so far. */
export interface ToDate {
  as_of: Day;
  grain: Grain;
  /** The period that is running. */
  period: Period;
  lines: ToDateLine[];
}

/** One KPI to date. */
export interface ToDateLine {
  kpi: string;
  name: string;
  unit: string;
  direction: "higher" | "lower" | "band" | "none";
  /** The days that count. */
  period: Period;
  actual: Figure;
  coverage: Coverage;
  rows: number;
  caveats: Caveat[];
  /** Against the same part of the previous period. */
  previous: Comparison;
  /** Against the same part of the year before. */
  prior_year: Comparison;
}

/** Where KPIs will land at the end of their running periods. */
export interface Landing {
  as_of: Day;
  /** One for each KPI and length of periods, the shortest first. */
  lines: LandingLine[];
}

/** Where a KPI will land at the end of a running period. */
export interface LandingLine {
  kpi: string;
  name: string;
  unit: string;
  direction: "higher" | "lower" | "band" | "none";
  /** The period that is running. */
  period: Period;
  /** The period so far, against its plan. */
  pacing: Pacing;
  /** The target of the whole period. */
  plan: Figure;
  /** Where the period will end, or why that cannot be told. */
  projected: Figure;
  /** The interval that is to hold 80 % of outcomes; left out where nothing was back-tested. */
  interval?: { holds: Exact; low: Figure; high: Figure };
  /** How the method was back-tested; left out where it could not be, or nothing is left to forecast. */
  back_test?: BackTest;
  /** Where the period would end if it went on as it went so far. */
  run_rate: Figure;
  /** Of meeting the target; 0 or 1 only where it is decided already. */
  chance: Figure;
  /** All of it in one sentence. */
  sentence: string;
}

/** A running period so far, against its plan. */
export interface Pacing {
  /** The last day that counts. */
  until: Day;
  /** That are over. */
  days: number;
  days_left: number;
  /** Mondays to Fridays that are over. */
  working_days: number;
  working_days_left: number;
  actual: Figure;
  /** Where it should be by the plan. */
  expected: Figure;
  /** Actual ÷ expected. */
  pace: Figure;
  /** What an amount still lacks to its target; negative when it is beyond it. */
  to_do: Figure;
  /** So far. */
  per_day: Figure;
  /** From now on. */
  needed_per_day: Figure;
  per_working_day: Figure;
  needed_per_working_day: Figure;
  /** What is needed a day ÷ what a day brought so far. */
  needed_to_rate: Figure;
}

/** A way to forecast. */
export type Method = "run_rate" | "seasonal_naive" | "last_year" | "damped_trend" | "combination";

/** How a method was tried on a KPI's own past. */
export interface BackTest {
  /** The one that was least wrong; of equals the simplest. */
  method: Method;
  /** What is forecast: the days that are left, or the period from whole earlier ones. */
  basis: "days" | "periods";
  /** The number of points in the past from which the methods forecast as far as they do now. */
  origins: number;
  /** Its mean absolute error ÷ that of seasonal naive: below 1 is better. */
  scaled_error: Value;
  /** How many outcomes lay inside the interval that was drawn from what was known before. */
  held: number;
  held_of: number;
  /** Whether errors are taken as shares of what is forecast, and not as amounts. */
  by_level: boolean;
  /** The simplest first. */
  tried: { method: Method; projected: Figure; scaled_error: Value }[];
}

/** Whether the system gets better. */
export interface Progress {
  as_of: Day;
  /** Whether outcomes cost less than they did. */
  efficiency: ProgressVerdict;
  costs: CostCourse[];
  /** Whether KPIs do what is planned and expected of them more than they did. */
  predictability: ProgressVerdict;
  /** Those with targets. */
  kpis: KpiPredictability[];
  /** The answer in words. */
  sentence: string;
}

/** Beyond what noise makes, or not. */
export type ProgressVerdict = "more" | "less" | "unchanged" | "not_evidenced";

/** What an outcome costs over time. */
export interface CostCourse {
  kpi: string;
  name: string;
  unit: string;
  /** Whether it is declared so; else people, tools or content may be left out. */
  fully_loaded: boolean;
  /** The last ones that are over, oldest first. */
  quarters: Point[];
  compared: Compared;
  /** The centre of the process chart before. */
  before: Figure;
  /** The centre of the process chart now. */
  now: Figure;
  /** The periods since then that are signals against the limits from before. */
  signals: string[];
  /** More efficient is less cost. */
  verdict: ProgressVerdict;
  reason: string;
}

/** The stretches of periods before and now. */
export interface Compared {
  grain: Grain;
  /** How many each stretch has. */
  periods: number;
  /** Empty when there are too few. */
  before_from: string;
  now_from: string;
  to: string;
}

/** How predictable a KPI is. */
export interface KpiPredictability {
  kpi: string;
  name: string;
  compared: Compared;
  evidence: Predictability[];
  verdict: ProgressVerdict;
}

/** One measure of how predictable a KPI is; less of it is more predictable. */
export interface Predictability {
  measure: "variance_to_plan" | "width_of_limits" | "forecast_error";
  before: Figure;
  now: Figure;
  verdict: ProgressVerdict;
}

/** The target for a period, and where it comes from. */
export interface TargetFor {
  /** Equal to `high` unless the target is a band. */
  low: Exact;
  high: Exact;
  /** The levels, of which the good one is the target, where it has any. */
  levels?: Levels;
  /** From which a trajectory starts; of an amount, that of the period's days. */
  baseline?: Exact;
  /** Which way it asks for, where it says so by itself. */
  bound?: Bound;
  set_by: string | null;
  set_on: Day | null;
  /** Where it is written; may be empty. */
  document: string;
  status: TargetStatus;
  /** The length of the periods that it was set for. */
  set_for: Grain;
}

/** How far a figure reaches on the levels of its target. */
export type LevelReached = "below_minimum" | "minimum" | "good" | "excellent";

/** A KPI against a set of targets beside the plan. */
export interface AgainstScenario {
  id: string;
  name: string;
  /** Under the scenario's code, such as `FC` or `BU`. */
  comparison: Comparison<string>;
}

/** How much of a target is attained, by the named convention; 1 is all of it. */
export type Attainment = Figure & { convention: AttainmentRule };

/** What a difference means for the company. */
export type Impact = "favourable" | "adverse" | "neutral" | "unknown";

/** The actual figure set against another one. */
export interface Comparison<Code extends string = "PL" | "PP" | "PY"> {
  /** Plan, previous period or prior year; or the code of a scenario. */
  code: Code;
  period: Period | null;
  base: Figure;
  /** `null` for a plan. */
  base_coverage: Coverage | null;
  /** Actual − base; for rates in percentage points. */
  change: Figure;
  /** Change ÷ |base|; `null` for rates. */
  relative: Figure | null;
  negative_base: boolean;
  /** Within the declared neutral band nothing. */
  impact: Impact;
  /** Whether the change reaches the declared thresholds, where there are any. */
  material?: boolean;
  /** Of a target, where a convention is declared. */
  attainment?: Attainment;
}

/** The last periods of a KPI, the current one last. */
export interface Trend {
  points: Point[];
  /** The natural limits of the process; `null` with too few points. */
  limits: ProcessLimits | null;
  /** The rules that the current value breaks. */
  signals: Signal[];
}

/** One period of a trend. */
export type Point = Figure & { period: string };

/** The limits of a process behaviour (XmR) chart. */
export interface ProcessLimits {
  centre: Exact;
  lower: Exact;
  upper: Exact;
  /** The limit of one period's change. */
  range_limit: Exact;
  /** The number of values that the limits rest on. */
  points: number;
}

/** A rule that a value breaks. */
export interface Signal {
  rule:
    | "beyond_limit"
    | "run_of_eight"
    | "three_of_four"
    | "run_of_seven"
    | "run_of_nine"
    | "two_of_three"
    | "two_of_three_near"
    | "four_of_five"
    | "trend_of_six"
    | "trend_of_seven"
    | "fourteen_alternating"
    | "fifteen_near"
    | "eight_far";
  /** Of the centre, or up and down; `neither` for rules without a side. */
  side: "above" | "below" | "neither";
}

/** Against its target; no target is not healthy. */
export type OnTarget = "met" | "missed" | "no_target" | "unknown" | "not_judged";

/** On target? And: real signal or noise? */
export interface Status {
  target: OnTarget;
  signal: "favourable" | "adverse" | "changed" | "noise" | "too_few_points" | "not_judged" | "unknown";
}

/** The process behaviour chart of a KPI, as its owner declared it. */
export interface ProcessChart {
  kpi: string;
  name: string;
  unit: string;
  direction: "higher" | "lower" | "band" | "none";
  grain: Grain;
  /** The rules that a signal breaks. */
  rules: RuleSet;
  /** What the limits lie about. */
  centre: Centre;
  /** From one change of the process to the next, oldest first. */
  segments: ProcessSegment[];
  /** Every period, oldest first. */
  points: ProcessPoint[];
  /** Does it change? Of the last period that is over. */
  variation: "special_cause_improvement" | "special_cause_concern" | "special_cause" | "common_cause" | "too_few_points";
  /** The target of that period. */
  target: TargetFor | null;
  /** Will it reliably meet that target? */
  assurance: "reliably_meets" | "reliably_misses" | "hit_or_miss" | "no_target" | "too_few_points";
  /** Both answers in a sentence. */
  text: string;
}

/** The periods between two changes of a process. */
export interface ProcessSegment {
  from: Period;
  /** How many periods it has. */
  points: number;
  /** What was changed; empty for the first segment. */
  reason: string;
  /** The expected course; `null` with too few points. */
  course: FittedCourse | null;
  /** Of what is left when the course is taken out; `null` with too few points. */
  limits: ProcessLimits | null;
}

/** The course that a process is expected to take. */
export type FittedCourse =
  | { is: "level" }
  /** From where it stands at the series' first point, by a step each period. */
  | { is: "trend"; start: Exact; step: Exact }
  /** The factor or difference of each season, from that of the series' first point. */
  | { is: "seasonal"; form: "multiplicative" | "additive"; seasons: Exact[] };

/** One period of a chart. */
export interface ProcessPoint {
  period: Period;
  actual: Figure;
  /** Whether it has a value, is like the others, and is over. */
  judged: boolean;
  /** The centre and the limits in this period; `null` with too few points. */
  lines: { centre: Figure; lower: Figure; upper: Figure } | null;
  /** How far it lies from the period before, when the course is taken out of both. */
  range?: Figure;
  /** The rules that it breaks. */
  signals: Signal[];
}

/** A budget as it stands on the as-of date. */
export interface BudgetReport {
  period: Period;
  as_of: Day;
  /** The currency of all figures. */
  unit: string;
  /** Where it is written; may be empty. */
  document: string;
  /** All of it. */
  frame: Figure;
  /** The frame − all that is allocated; negative when that is more. */
  unallocated: Figure;
  total: BudgetAmounts;
  /** In the order of the text. */
  lines: (BudgetAmounts & { line: string; name: string; owner: Owner | null })[];
  /** The lines by what they are for, as far as any says so; `null` for those that do not. */
  groups: (BudgetAmounts & { by: "layer" | "channel" | "campaign" | "cost_kind"; member: string | null })[];
  /** What was moved by the as-of date, oldest first. */
  moves: BudgetMove[];
  /** All of it in a sentence. */
  text: string;
}

/** What a line of a budget, or several, may cost and does cost. */
export interface BudgetAmounts {
  /** At first. */
  allocated: Figure;
  /** Moved there, less what was taken. */
  moved: Figure;
  /** Allocated + moved. */
  revised: Figure;
  /** What of that belongs to the days up to the as-of date. */
  to_date: Figure;
  /** Up to the as-of date. */
  spent: Figure;
  /** Spent − to date. */
  variance: Figure;
  /** To spend more is adverse. */
  impact: Impact;
  /** Ordered and not yet among what was spent. */
  committed: Figure;
  /** Revised − spent − committed: what can still be ordered. */
  remaining: Figure;
}

/** A KPI by members, each against its own target. */
export interface ByMember {
  kpi: string;
  name: string;
  unit: string;
  direction: "higher" | "lower" | "band" | "none";
  period: Period;
  by: string[];
  /** Every member with facts or a target; the null member first, then by name. */
  members: MemberLine[];
  /** All members together, against the total's target. */
  total: MemberLine;
  /** The total's target less those of the members; below zero when more is promised. */
  remainder: Figure;
}

/** A member, or the total, against its target. */
export interface MemberLine {
  /** One for each dimension; none for the total. */
  member: Member[];
  actual: Figure;
  coverage: Coverage;
  rows: number;
  caveats: Caveat[];
  target: TargetFor | null;
  /** The level reached, where the target has levels. */
  level?: LevelReached;
  plan: Comparison;
  status: OnTarget;
}

/** Every target that concerned a KPI in a period. */
export interface TargetHistory {
  kpi: string;
  name: string;
  unit: string;
  period: Period;
  /** What was set later is not known. */
  as_of: Day;
  /** In the order in which they were set, those without a day first. */
  targets: TargetSet[];
  /** What the period was held against, oldest first. */
  held: HeldTarget[];
}

/** A target that concerns a period. */
export interface TargetSet {
  /** The length of the periods that it is set for. */
  set_for: Grain;
  /** The first of these. */
  from: string;
  /** The last of these. */
  to: string;
  /** In each of them. */
  aim: Aim;
  /** What it comes to on those of the period's days for which it is set; of a band the lower bound. */
  value: Figure;
  /** How many of the period's days these are. */
  covers: Coverage;
  set_by: string | null;
  set_on: Day | null;
  /** Where it is written; may be empty. */
  document: string;
  status: TargetStatus;
  /** When the period, or days of it, were held against it; `null` when never. */
  held: HeldDays | null;
  /** Whether it holds as of the date. */
  holds: boolean;
}

/** From when to when a target held. */
export interface HeldDays {
  /** `null` when its day of setting is not known. */
  from: Day | null;
  /** `null` while it holds. */
  until: Day | null;
}

/** What a period was held against for some time. */
export interface HeldTarget extends HeldDays {
  /** Of a band the lower bound; or why there was no single one. */
  value: Figure;
  /** Where it came from; of several parts, from the one set last. */
  target: TargetFor | null;
}

/** Which members explain most of a change. */
export interface Contributors {
  kpi: string;
  name: string;
  unit: string;
  period: Period;
  base_period: Period | null;
  by: string[];
  actual: Figure;
  base: Figure;
  change: Figure;
  /** Why nobody is named; empty when there is something to be told. */
  cause: string;
  /** Each dimension and each combination of them, the most telling first. */
  combinations: Combination[];
  /** What happened, in one sentence. */
  text: string;
}

/** The members of some dimensions; those named and the rest sum to the change. */
export interface Combination {
  by: string[];
  /** How many members they have together in either period. */
  members: number;
  /** The fewest that explain enough, those that explain most first. */
  contributors: Contributor[];
  /** All other members together. */
  rest: { members: number; change: Figure };
  /** What the named members explain of the change; more than all where others went the other way. */
  share: Figure;
  /** Whether that is two thirds of it (67 %). */
  is_enough: boolean;
  /** How far the named members' shares of the figure moved, from 0, not at all, to 1; in millionths. */
  surprise: Exact;
}

/** A member and what it explains. */
export interface Contributor {
  member: Member[];
  actual: Figure;
  base: Figure;
  change: Figure;
  /** Of the change of all. */
  share: Figure;
  /** How far its share of the figure moved, as in {@link Combination}. */
  surprise: Exact;
  /** Of a ratio, its part by rate, mix and both together. */
  effects?: { effect: Effect; change: Figure }[];
}

/** Why two snapshots show other figures. */
export interface SnapshotDifference {
  a: DifferingSnapshot;
  b: DifferingSnapshot;
  /** What is not the same in both, in the order in which it is exchanged. */
  causes: DifferenceCause[];
  /** Every figure that differs. */
  figures: FigureDifference[];
  /** How many figures are the same. */
  same: number;
  /** KPIs that only the first has. */
  only_in_a: string[];
  /** KPIs that only the second has. */
  only_in_b: string[];
  /** All of it in a sentence or two. */
  text: string;
}

/** One of two snapshots. */
export interface DifferingSnapshot {
  system: string;
  as_of: Day;
  fingerprint: string;
}

/** What makes figures differ; `data` where cells do not tell corrected rows from new ones. */
export type DifferenceCause =
  | "calendar"
  | "definition"
  | "definition_and_data"
  | "target"
  | "as_of"
  | "corrected_data"
  | "new_data"
  | "data";

/** One figure that differs. */
export interface FigureDifference {
  kpi: string;
  name: string;
  unit: string;
  /** Actual, plan, previous period or prior year. */
  figure: "AC" | "PL" | "PP" | "PY";
  /** The name of the period of its line. */
  period: string;
  a: Figure;
  b: Figure;
  /** Second − first. */
  change: Figure;
  /** In the order of exchange; numbers sum to the change exactly. */
  parts: DifferencePart[];
  /** All of it in a sentence. */
  text: string;
}

/** What one cause does, or several between which the figure has no value. */
export interface DifferencePart {
  causes: DifferenceCause[];
  before: Figure;
  after: Figure;
  change: Figure;
}

/** What a figure is held against when its change is explained. */
export type Reference = "previous" | "prior_year" | "plan";

/** A change of a KPI and what it is made of. */
export interface Explanation {
  kpi: string;
  name: string;
  unit: string;
  direction: "higher" | "lower" | "band" | "none";
  period: Period;
  /** The period that it is held against; with a plan, the period itself. */
  base_period: Period | null;
  /** Left out where it is held against another period. */
  against?: "plan";
  /** The scenario that stands for the plan. */
  scenario?: string;
  /** The dimensions by whose members it is told; none when it is told by its drivers. */
  by: string[];
  /** The figure whose quantities an amount is told by. */
  volume?: string;
  actual: Figure;
  base: Figure;
  /** All parts sum to it. */
  change: Figure;
  /** How it is split; empty when it is not. */
  convention: string;
  /** Why it is not split; empty when it is. */
  cause: string;
  /** The effects of a split by rate and mix or by price and volume, over all members. */
  effects: { effect: Effect; change: Figure }[];
  /** Those that explain most first. */
  members: ExplainedMember[];
  /** In the order of the definition. */
  drivers: { figure: string; name: string; actual: Value; base: Value; change: Figure }[];
  /** What the drivers' targets come to − the KPI's own target, where a plan's figures do not agree: a part of the change. */
  disagreement?: Figure;
  /** What happened, in one sentence. */
  text: string;
}

/** What a member contributes to a change. */
export interface ExplainedMember {
  member: Member[];
  actual: Figure;
  base: Figure;
  change: Figure;
  /** In the order of the explanation's effects. */
  effects: Figure[];
  /** Its quantities and prices, where it is told by a volume. */
  volume?: { actual: Value; base: Value; actual_price: Value; base_price: Value };
}

export type Effect = "rate" | "mix" | "interaction" | "price" | "volume" | "new" | "discontinued" | "without_base";
