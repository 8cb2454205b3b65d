// What a snapshot answers. A test holds these types against real answers, key by key.

/** An exact number as a decimal string, such as `"0.125"`. Show the `text` beside it, or hand it
 * to `Number()` where rounding does no harm. */
export type Exact = string;

/** A day, `YYYY-MM-DD`. */
export type Day = string;

/** The length of periods. */
export type Grain = "week" | "month" | "quarter" | "year" | "all";

/** One period of the system's calendar. */
export interface Period {
  grain: Grain;
  /** Such as `2026-W39`, `2026-09`, `2026-Q3` or `FY2026`, as the calendar names it. */
  label: string;
  first: Day;
  last: Day;
}

/** A value, or the reason why there is none. */
export type Value =
  | { is: "value"; value: Exact }
  /** No number follows from the definition, such as a ratio over zero. */
  | { is: "undefined"; cause: string }
  /** What it is computed from is not there. */
  | { is: "missing"; cause: string }
  /** Less of the period is covered by data than the declared minimum. */
  | { is: "incomplete"; cause: string; so_far: Exact }
  /** The two sides of a comparison do not mean the same thing. */
  | { is: "not_comparable"; cause: string };

/** A value and how people read it. */
export type Figure = Value & { text: string };

/** The days of a period that are covered by data. */
export interface Coverage {
  days: number;
  of: number;
}

/** What a reader of a value must know, although the value holds. */
export interface Caveat {
  kind: "left_truncated" | "open_ended" | "partly_covered" | "early" | "missing_cells" | "counted_as_zero" | "uncredited" | "approximate";
  text: string;
}

/** Where something stands in a text; lines and columns count from 1. */
export interface Place {
  file: string;
  line: number;
  column: number;
  /** The path in the model, such as `kpis.cac.owner`; may be empty. */
  path: string;
}

/** Something that is wrong with an input, or worth knowing about it. */
export interface Finding {
  /** The stable code, such as `MOS-M002`. */
  code: string;
  severity: "error" | "warning" | "note";
  place: Place;
  message: string;
  /** How to mend it; may be empty. */
  help: string;
}

/** A system as read. Its parts are those of the text, with every default filled in. */
export interface SystemDescription {
  /** Of the wire form. */
  version: number;
  fingerprint: string;
  system: { name: string; [part: string]: unknown };
}

/** How much of a source's text was used. */
export interface Load {
  source: string;
  rows: number;
  rejected_rows: number;
  rejected_cells: number;
}

/** What was read of the facts. */
export interface FactsDescription {
  fingerprint: string;
  loads: Load[];
  findings: Finding[];
}

/** Which snapshot this is, and what was not used of its facts. */
export interface SnapshotDescription {
  system: string;
  as_of: Day;
  fingerprint: string;
  findings: Finding[];
}

/** A member of a dimension: its name, `null` for rows without one, or all that are not told apart. */
export type Member = string | null | { rest: number };

/** A figure for one period and member. */
export type Observation = Value & {
  period: Period;
  /** One for each dimension asked by. */
  member: Member[];
  /** The rows that it rests on. */
  rows: number;
  coverage: Coverage;
  caveats: Caveat[];
};

/** A standard KPI of the library, and the variants in which it is computed. */
export interface StandardKpi {
  id: string;
  name: string;
  meaning: string;
  direction: "higher" | "lower" | "band" | "none";
  unit: "money" | "money_per_day" | "percent" | "ratio" | "months";
  default_variant: string;
  /** The default one first. */
  variants: StandardVariant[];
}

/** One way to compute a standard KPI. */
export interface StandardVariant {
  id: string;
  /** Over the ids of its inputs, or in words where it is more than arithmetic. */
  formula: string;
  /** What sets it apart from the others. */
  differs: string;
  /** Where the convention comes from. */
  source: string;
  inputs: StandardInput[];
}

/** Something that a variant needs. */
export interface StandardInput {
  id: string;
  meaning: string;
  kind: "money" | "money_per_month" | "count" | "share" | "days" | "entities" | "outcome" | "window" | "dimension";
  required: boolean;
}

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
  /** Against plan (ΔPL). */
  plan: Comparison;
  /** Against the previous period. */
  previous: Comparison;
  /** Against the prior year (ΔPY). */
  prior_year: Comparison;
  trend: Trend;
  status: Status;
}

/** Many figures as columns: the same row of every list belongs together. */
export interface Panel {
  periods: Period[];
  /** The dimensions that it is by. */
  by: string[];
  /** The place of each row's period in `periods`. */
  period: number[];
  /** The members of each row. */
  members: Member[][];
  columns: PanelColumn[];
}

/** One figure of a panel. */
export interface PanelColumn {
  figure: string;
  /** Whether it is made of approximate counts: such values are estimates. */
  approximate: boolean;
  /** The double nearest to the exact value, where there is one. */
  values: (number | null)[];
  /** Why there is none. */
  reasons: ("undefined" | "missing" | "incomplete" | "not_comparable" | "out_of_range" | null)[];
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

/** Who answers for a KPI on the as-of date. */
export interface Owner {
  person: string;
  name: string;
  deputy: string | null;
}

/** The target for a period, and where it comes from. */
export interface TargetFor {
  /** Equal to `high` unless the target is a band. */
  low: Exact;
  high: Exact;
  set_by: string | null;
  set_on: Day | null;
  /** Where it is written; may be empty. */
  document: string;
  status: "agreed" | "proposed" | "placeholder" | "inferred";
  /** The length of the periods that it was set for. */
  set_for: Grain;
}

/** The actual figure set against another one. */
export interface Comparison {
  /** Plan, previous period or prior year. */
  code: "PL" | "PP" | "PY";
  period: Period | null;
  base: Figure;
  /** `null` for a plan. */
  base_coverage: Coverage | null;
  /** Actual − base; for rates in percentage points. */
  change: Figure;
  /** Change ÷ |base|; `null` for rates. */
  relative: Figure | null;
  negative_base: boolean;
  impact: "favourable" | "adverse" | "neutral" | "unknown";
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

/** On target? And: real signal or noise? */
export interface Status {
  target: "met" | "missed" | "no_target" | "unknown" | "not_judged";
  signal: "favourable" | "adverse" | "changed" | "noise" | "too_few_points" | "unknown";
}

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

/** A change of a KPI and what it is made of. */
export interface Explanation {
  kpi: string;
  name: string;
  unit: string;
  period: Period;
  /** The period that it is held against. */
  base_period: Period | null;
  /** The dimensions by whose members it is told; none when it is told by its drivers. */
  by: string[];
  actual: Figure;
  base: Figure;
  /** All parts sum to it. */
  change: Figure;
  /** How it is split; empty when it is not. */
  convention: string;
  /** Why it is not split; empty when it is. */
  cause: string;
  /** The effects of a rate-and-mix split, over all members. */
  effects: { effect: Effect; change: Figure }[];
  /** Those that explain most first. */
  members: ExplainedMember[];
  /** In the order of the definition. */
  drivers: { figure: string; name: string; actual: Value; base: Value; change: Figure }[];
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
}

export type Effect = "rate" | "mix" | "interaction" | "price" | "volume" | "new" | "discontinued" | "without_base";
