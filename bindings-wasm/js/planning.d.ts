// What reviews and planning look at: the trailing weeks and months, slides, the pack of a quarter.

import type { Cadence } from "./operate.js";
import type { Comparison, Explanation, Landing, LandingLine, OnTarget, Scorecard, ToDate } from "./judge.js";
import type { Day, Exact, Figure, Grain, Owner, Period } from "./answers.js";
import type { Stale, TargetStatus } from "./model.js";

/** A KPI as a weekly business review shows it. */
export interface WeeklyReview {
  /** The KPI. */
  kpi: string;
  name: string;
  unit: string;
  /** Which way is better. */
  direction: "higher" | "lower" | "band" | "none";
  /** Who answers for it on the as-of date. */
  owner: Owner | null;
  /** The as-of date. */
  as_of: Day;
  /** Of the snapshot that this is drawn from. */
  fingerprint: string;
  /** The last six weeks that are over. */
  weeks: ReviewSpan;
  /** The last twelve months that are over. */
  months: ReviewSpan;
  /** The last week and month, and the month, quarter and year to date. */
  boxes: BoxScore[];
  /** What happened, in a sentence or two. */
  text: string;
}

/** Periods of one length that end with the last whose figure is final. */
export interface ReviewSpan {
  /** Their length. */
  grain: Grain;
  /** Period by period, oldest first; none where the figure means nothing in periods so short. */
  periods: ReviewPeriod[];
  /** Why there are none; empty when there are. */
  cause: string;
}

/** A period of a review. */
export interface ReviewPeriod {
  period: Period;
  actual: Figure;
  /** Against the same period of the year before. */
  prior_year: Comparison;
  /** Against the target. */
  plan: Comparison;
  /** Whether the target is met. */
  target: OnTarget;
}

/** A figure that is read out, against the period before and the year before. */
export interface BoxScore {
  /** Which. */
  span: BoxSpan;
  /** The days that count; `null` where the figure means nothing in such a span. */
  period: Period | null;
  /** The figure, or the reason why there is none. */
  actual: Figure;
  /** Against the period before, like for like: of the last week, week over week. */
  previous: Comparison | null;
  /** Against the year before, like for like. */
  prior_year: Comparison | null;
  /** Against the target; of what is to date there is none here, see `Snapshot::landing`. */
  plan?: Comparison;
}

/** What a box of a review is about. */
export type BoxSpan =
  /** The last week that is over. */
  | "last_week"
  /** The last month that is over. */
  | "last_month"
  /** The running month so far. */
  | "month_to_date"
  /** The running quarter so far. */
  | "quarter_to_date"
  /** The running fiscal year so far. */
  | "year_to_date";

/** Slides for a review. */
export interface Deck {
  /** Its title. */
  title: string;
  system: string;
  /** The level of the review. */
  cadence: Cadence;
  /** The period under review. */
  period: Period;
  /** The as-of date. */
  as_of: Day;
  /** Of the snapshot that this is drawn from. */
  fingerprint: string;
  /** The slides in order. */
  slides: Slide[];
}

/** One slide. */
export type Slide = SlideBody & {
  /** What it says, in a sentence where there is one. */
  title: string;
  /** What is shown: of what, when, and against what. */
  subtitle: string;
  /** What is to be said beside it. */
  notes: string[];
};

/** What stands on a slide. */
export type SlideBody =
  /** Lines below the title of the whole. */
  | { is: "cover"; lines: string[] }
  /** Points. */
  | { is: "points"; points: SlidePoint[] }
  /** A table of texts. */
  | { is: "table"; columns: string[]; rows: string[][] }
  /** A scorecard, or a part of its lines. */
  | { is: "scorecard"; scorecard: Scorecard }
  /** A KPI's trailing weeks and months. */
  | { is: "weekly_review"; review: WeeklyReview }
  /** What a change is made of. */
  | { is: "explanation"; explanation: Explanation }
  /** Where running periods will end. */
  | { is: "landing"; lines: LandingLine[] };

/** A point on a slide. */
export interface SlidePoint {
  /** What it is about; may be empty. */
  about: string;
  text: string;
}

/** What a quarterly planning has before it. */
export interface PlanningPack {
  system: string;
  /** The as-of date. */
  as_of: Day;
  /** Of the snapshot that this is drawn from. */
  fingerprint: string;
  /** The quarter to plan. */
  quarter: Period;
  /** The last quarter that is over. */
  over: Period;
  /** Results against plan. */
  results: PlanningResults;
  /** What is learnt. */
  learnt: Learnt;
  /** Proposed targets for the quarter to plan, one entry for each KPI. */
  proposals: TargetProposal[];
  /** The same as entries of the plan to paste, each with the status `proposed`. */
  targets_yaml: string;
  /** The running budget. */
  budget: PlanningBudget;
  /** The KPI set for confirmation. */
  kpi_set: KpiSet;
}

/** Results against plan. */
export interface PlanningResults {
  /** The scorecard of the last quarter that is over. */
  quarter: Scorecard;
  /** The year so far; `null` where it cannot be told. */
  year_to_date: ToDate | null;
  /** Where the running quarter will land; `null` where it cannot be told. */
  landing: Landing | null;
  /** Why something is not told. */
  not_told: string[];
}

/** What is learnt. */
export interface Learnt {
  /** Lessons whose loop is open: nothing is proposed, or the proposal is not answered. */
  open: LessonLearnt[];
  /** Lessons that were answered since the first day of the last quarter that is over. */
  answered: LessonLearnt[];
  /** Decisions to revise: open, proposed, argued again, or due to be looked at by the end of the quarter to plan. */
  decisions: DecisionToRevise[];
  /** What rests on a decision that was revised since it was confirmed. */
  stale: Stale[];
  /** The KPIs whose last quarter is a signal, and what their change is made of. */
  signals: ExplainedSignal[];
}

/** A lesson, and what became of it. */
export interface LessonLearnt {
  /** The lesson. */
  lesson: string;
  /** What is learned, in words. */
  text: string;
  /** What came out, in words. */
  outcome: string;
  /** When that was known. */
  outcome_on: Day;
  /** Who answers for it on the as-of date. */
  owner: Owner | null;
  /** The KPIs in which it shows. */
  kpis: string[];
  /** What is proposed. */
  proposal: LessonProposal | null;
  /** What became of that. */
  answer: LessonAnswer | null;
}

/** A change of a decision that a lesson proposes. */
export interface LessonProposal {
  /** When. */
  on: Day;
  /** The decision. */
  decision: string;
  /** The change, in words. */
  change: string;
}

/** What became of a proposal. */
export type LessonAnswer =
  /** The decision was revised. */
  | { is: "revised"; on: Day }
  /** It was refused. */
  | { is: "refused"; on: Day; reason: string };

/** A decision that is to be looked at. */
export interface DecisionToRevise {
  /** The decision. */
  decision: string;
  /** What is decided, or to be. */
  statement: string;
  /** Who answers for it on the as-of date. */
  owner: Owner | null;
  /** Why it is here. */
  why: DecisionDue;
  /** The day from which it is due to be looked at again, if that is why. */
  due: Day | null;
}

/** Why a decision is to be looked at. */
export type DecisionDue =
  /** Nothing is decided. */
  | "open"
  /** There is a proposal. */
  | "proposed"
  /** It is argued again. */
  | "reopened"
  /** It holds, and is due to be looked at again. */
  | "review_due";

/** A KPI with a signal. */
export interface ExplainedSignal {
  /** The KPI. */
  kpi: string;
  name: string;
  /** Where it stands, that it is a signal, and what the change is made of as far as that is told. */
  text: string[];
}

/** What is proposed for a KPI in the quarter to plan. */
export interface TargetProposal {
  /** The KPI. */
  kpi: string;
  name: string;
  unit: string;
  /** Which way is better. */
  direction: "higher" | "lower" | "band" | "none";
  /** The quarter. */
  period: Period;
  /**
   * What could be proposed, in the order of `CandidateMethod`; none where nothing is proposed for a reason that
   * lies in the KPI.
   */
  candidates: TargetCandidate[];
  /** What is proposed. */
  proposed: ProposedTarget | null;
  /** Why it is this one, or why there is none. */
  why: string;
}

/** A figure that could be proposed. */
export interface TargetCandidate {
  /** How it is found. */
  method: CandidateMethod;
  /** The figure, or the reason why there is none. */
  value: Figure;
  /** What it rests on, in words. */
  basis: string;
  /** The numbers that it rests on. */
  rests_on: RestsOn[];
  /** How many past quarters would have met it; `null` without a figure. */
  met: MetBefore | null;
}

/** How a candidate is found. */
export type CandidateMethod =
  /** The process as it runs: the centre of the present segment of its process chart of quarters. */
  | "process_mean"
  /** The same quarter of the year before. */
  | "prior_year"
  /** That, times what the last four quarters are to the four before. */
  | "prior_year_grown"
  /** The forecast of the quarter. */
  | "forecast"
  /** The target in force. */
  | "in_force";

/** A number that a candidate rests on. */
export interface RestsOn {
  /** What it is. */
  what: string;
  /** The number. */
  value: Figure;
}

/** How many past quarters would have met a target. */
export interface MetBefore {
  /** So many met it, */
  met: number;
  /** of so many that are known. */
  of: number;
}

/** The target that is proposed; its status is `proposed` until people agree to it. */
export interface ProposedTarget {
  value: Figure;
  /** The candidate that it is. */
  method: CandidateMethod;
  /** How many past quarters would have met it. */
  met: MetBefore;
}

/** The running budget. */
export interface PlanningBudget {
  /** The period that it is for; `null` when there is none. */
  period: Period | null;
  /** Why there is none; else all of it in a sentence. */
  text: string;
  /** What is not allocated to any line. */
  unallocated: Figure | null;
  /** The lines, in the order of the text. */
  lines: PlannedLine[];
}

/** A line of the budget. */
export interface PlannedLine {
  line: string;
  name: string;
  /** Who answers for it on the as-of date. */
  owner: Owner | null;
  /** The channel that it is for. */
  channel: string | null;
  /** What it has: what was allocated at first, and moved since. */
  allocated: Figure;
  /** That, as a share of what all lines have. */
  share: Figure;
  /** What was spent up to the as-of date. */
  spent: Figure;
  /** What can still be ordered. */
  remaining: Figure;
  /** What its channel brought in the last quarter whose figures are final. */
  brought: Brought[];
  /** Why that is not told; empty when it is. */
  not_told: string;
}

/** What a channel brought. */
export interface Brought {
  /** The KPI. */
  kpi: string;
  name: string;
  /** The quarter. */
  period: Period;
  /** The figure of the channel. */
  actual: Figure;
}

/** The KPI set for confirmation. */
export interface KpiSet {
  /** How many KPIs a short list has at most: `SHORT_KPI_LIST`. */
  most: number;
  /** Whether there are more. */
  is_too_long: boolean;
  /** How many can be confirmed as they are. */
  ready: number;
  /** The same in a sentence. */
  text: string;
  /** The KPIs, in the system's order. */
  kpis: KpiToConfirm[];
}

/** A KPI to confirm. */
export interface KpiToConfirm {
  kpi: string;
  name: string;
  /** Who answers for it on the as-of date. */
  owner: Owner | null;
  /** The target for the quarter to plan, else for the running one. */
  target: Figure;
  /** How firm that is. */
  target_status: TargetStatus | null;
  /** How it is computed, in words. */
  definition: string;
  /** The named convention; may be empty. */
  variant: string;
  /** What it was in the last quarter whose figure is final. */
  actual: Figure;
  /** That it was redefined since that quarter began, and why; `null` when it was not. */
  redefined: string | null;
  /** The components of the running system that show it: `dashboard`, `reviews`, `report`, `plan`. */
  used_in: string[];
  /** What is missing before it can be confirmed. */
  missing: string[];
}

/** The slides of a deck, for a program that writes them as a file. */
export interface Slides {
  title: string;
  system: string;
  as_of: Day;
  /** Stands on every slide. */
  footer: string;
  slides: DrawnSlide[];
}

/** A slide with what fits on it. */
export type DrawnSlide = {
  title: string;
  subtitle: string;
  /** What the table or the charts show, in words. */
  alt: string;
  notes: string[];
} & (
  | { layout: "cover"; lines: string[] }
  | { layout: "points"; points: SlidePoint[] }
  | { layout: "table"; table: SlideTable }
  | { layout: "charts"; charts: NativeChart[] }
);

/** A table on a slide; columns have a width in parts of the whole, figures stand to the right. */
export interface SlideTable {
  columns: { text: string; figure: boolean; width: number }[];
  rows: { text: string; tone: "plain" | "good" | "bad" | "muted" }[][];
}

/** A chart to be drawn by a program. */
export interface NativeChart {
  form: "columns" | "stacked" | "bars" | "lines";
  title: string;
  categories: string[];
  series: NativeSeries[];
  /** Where the axis of values begins and ends; `null` where the program may choose. */
  axis: [Exact | null, Exact | null];
  /** How values are written, as spreadsheets know it. */
  format: string;
}

/** One series of a chart. */
export interface NativeSeries {
  name: string;
  /** In the words of IBCS; `base` is not seen. */
  role: string;
  values: (Exact | null)[];
  /** What stands at a value, where anything does. */
  labels: (string | null)[];
  /** Values that are drawn otherwise than their series. */
  marks: { at: number; role: string }[];
}
