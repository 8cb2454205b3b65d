import type {
  Day,
  FactsDescription,
  Finding,
  Grain,
  Load,
  Observation,
  Panel,
  Place,
  StandardKpi,
  SystemDescription,
} from "./answers.js";
import type {
  BudgetReport,
  ByMember,
  Contributors,
  DefinitionComparison,
  Explanation,
  Landing,
  ProcessChart,
  Progress,
  Reference,
  Scorecard,
  SnapshotDifference,
  TargetHistory,
  ToDate,
} from "./judge.js";
import type { Agenda, Cadence, Diagnosis, Escalation, MinutesBook, Report, Rhythm } from "./operate.js";
import type { Deck, PlanningPack, Slides, WeeklyReview } from "./planning.js";
import type {
  Accountable,
  Audit,
  Away,
  Carried,
  Compounding,
  DecisionImpact,
  ElementKind,
  FrameworkCoverage,
  NextStep,
  NextSteps,
  Shipping,
  Stale,
  Surfaces,
  SystemDiff,
} from "./model.js";

export type * from "./answers.js";
export type * from "./judge.js";
export type * from "./operate.js";
export type * from "./planning.js";
export type * from "./model.js";

/** A text, or the bytes of one in UTF-8. */
export type Text = string | Uint8Array;

/** How a plain text is set: at most so many characters to a line, and with colours of a terminal or without. */
export interface AsText {
  as: "text";
  text?: { width?: number; colour?: boolean };
}

/** How a chart is drawn: so many pixels wide; without its style where the page has one for all. */
export interface AsSvg {
  as: "svg";
  svg?: { width?: number; style?: boolean };
}

/** As the Vega-Lite specification of a chart, with its data. */
export interface AsVegaLite {
  as: "vega_lite";
}

/** How a change is to be told. */
export interface Why {
  by?: string[];
  against?: Reference | (string & {});
  grain?: Grain;
  period?: string;
  volume?: string;
  convention?:
    | "three_way"
    | "actual_weights"
    | "midpoint"
    | "price_volume_mix"
    | "price_and_volume"
    | "joint"
    | "shapley"
    | "sequential"
    | "logarithmic_mean"
    | "members";
}

/** Rows of a source: CSV text, or objects by column name. */
export type Table = Text | readonly Record<string, string | number | bigint | null | undefined>[];

/** What may stand in a written system: text, numbers, yes or no, nothing, lists and mappings. */
export type Written = string | number | bigint | boolean | null | undefined | readonly Written[] | { readonly [key: string]: Written };

/** The keys of a written system; the whole shape is in `marketingos/schema.json`. */
export type WrittenKey =
  | "assets"
  | "brand"
  | "calendar"
  | "campaigns"
  | "channels"
  | "escalation"
  | "executive"
  | "frameworks"
  | "include"
  | "inputs"
  | "kpis"
  | "language"
  | "lessons"
  | "marketing"
  | "marketingos"
  | "measures"
  | "min_coverage"
  | "name"
  | "operator"
  | "parent"
  | "people"
  | "plan"
  | "report"
  | "reviews"
  | "rhythm"
  | "segments"
  | "signals"
  | "sources"
  | "stages"
  | "tools"
  | "variance"
  | "wording"
  | "workflows";

/** A system as it is written, without a text: days are texts, and so are numbers that a double would change. */
export type WrittenSystem = { readonly [Key in WrittenKey]?: Written };

/**
 * The whole written-down marketing operating system.
 *
 * Objects are freed when they are collected; `free` does it at once, after which they cannot be
 * used.
 */
export class System {
  private constructor();

  /**
   * Reads a system from one text, or from several by file name, each a part of it. A name that
   * ends in `.json` is read as JSON, any other as YAML.
   * @throws {MarketingOSError} when the texts have errors; its `findings` list all of them
   */
  static parse(texts: Text | Record<string, Text>): System;

  /**
   * Makes a system of objects, lists and values: written as JSON and read like any text, so that
   * findings name their path. The version need not stand in it; `texts` are further texts by
   * name, which it includes, or its parent.
   * @throws {MarketingOSError} as `parse`
   */
  static build(system: WrittenSystem, texts?: Record<string, Text>): System;

  /**
   * Reads a system from texts that `read` gives by name, and from those that they include or name
   * as their parent: beside the first one or below it.
   * @throws {MarketingOSError} as {@link System.parse}; and what `read` throws
   */
  static load(names: string | string[], read: (name: string) => Text | Promise<Text>): Promise<System>;

  readonly name: string;
  /** Equal for texts that say the same. */
  readonly fingerprint: string;
  /** Warnings and notes. */
  readonly findings: Finding[];

  /**
   * Reads the rows of sources, by their names in the system: CSV text, or an array of objects.
   * In these, texts are as the source declares them, numbers what they print as; `null` and a
   * name that is not there are the null member, or a missing number.
   * @throws {MarketingOSError} when a text cannot be used; unusable rows and cells are findings
   */
  facts(tables: Record<string, Table>): Facts;

  /**
   * Evaluates the system over facts as known on a day: later rows do not count. With a journal, as
   * {@link Snapshot.withJournal}.
   * @throws {MarketingOSError} when `asOf` is not a day, or as {@link System.facts}
   */
  snapshot(facts: Facts | Record<string, Table>, options: { asOf: Day; journal?: Text | Record<string, Text> }): Snapshot;

  toJSON(): SystemDescription;
  free(): void;
}

/** The facts of a system's sources. */
export class Facts {
  private constructor();

  /** The order of rows and of sources does not matter to it. */
  readonly fingerprint: string;
  /** How much of each source was used. */
  readonly loads: Load[];
  /** What was not used, and why. */
  readonly findings: Finding[];

  toJSON(): FactsDescription;
  free(): void;
}

/**
 * The evaluation of a system over facts at an as-of date. It never changes, and everything that
 * is shown is drawn from it, so that scorecard, agenda, report and diagnosis cannot disagree.
 */
export class Snapshot {
  private constructor();

  readonly asOf: Day;
  /** Who holds the same one looks at the same numbers. */
  readonly fingerprint: string;
  /** What was not used of the facts, and why. */
  readonly findings: Finding[];
  /** Warnings and notes about the journal. */
  readonly journalFindings: Finding[];

  /**
   * The same snapshot, told with what the team has done and said: actions, questions, minutes. The
   * journal, one text or several by file name, stands in place of the one that the snapshot has, and
   * changes no figure.
   * @throws {MarketingOSError} when the texts have errors
   */
  withJournal(journal: Text | Record<string, Text>): Snapshot;

  /** Every KPI in the last period that is over; by month unless said otherwise. */
  scorecard(options?: { grain?: Grain }): Scorecard;
  scorecard(options: { grain?: Grain } & (AsText | AsSvg | { as: "markdown" | "html" | "csv" })): string;
  scorecard(options: { grain?: Grain } & AsVegaLite): object;

  /**
   * A KPI or measure, period by period, by dimensions of its source. With `top`, only so many
   * members with the largest values are told apart, and all others are one, computed from its rows.
   */
  series(figure: string, options?: { grain?: Grain; by?: string[]; top?: number }): Observation[];
  series(figure: string, options: { grain?: Grain; by?: string[]; top?: number; as: "csv" }): string;

  /** Everything that rests on a decision, nearest first, and whether it is stale on the as-of date. */
  impact(decision: string, options?: {}): DecisionImpact;
  impact(decision: string, options: AsSvg): string;

  /** Who answered for a part of the system on a day, by default the as-of date. */
  accountable(kind: ElementKind, id: string, options?: { on?: Day }): Accountable;

  /** What a person answers for, or stands in for, on a day, by default the as-of date. */
  carries(person: string, options?: { on?: Day }): Carried[];

  /** What stops, and who takes over what, if a person is away from a day through another. */
  away(person: string, first: Day, last: Day): Away;

  /** What rests on a decision that was revised since, and is to be confirmed again. */
  stale(): Stale[];

  /**
   * What there is of each layer of a framework, and what is missing: of `marketing` unless said
   * otherwise. Published are `brand`, `marketing`, `five_layer_comparison`, `five_layer_kernel` and
   * `five_components`; a system may declare its own.
   */
  coverage(framework?: string, options?: {}): FrameworkCoverage;
  coverage(framework: string | undefined, options: AsSvg): string;

  /** What ships in a week such as `2026-W41`, who sees to it, and where; next week unless said otherwise. */
  whatsShipping(options?: { week?: string }): Shipping;

  /** Every channel for each of its segments, regions and lines, and whether that takes a system. */
  surfaces(): Surfaces;

  /** Where work breaks down in the workflows, and what starting from nothing costs. */
  audit(): Audit;

  /** Whether campaigns inherit from one another and leave something behind, by quarter. */
  compounding(): Compounding;

  /** What is to be built next, brand first, in order and with reasons. */
  nextSteps(): NextSteps;

  /** The step to take first, with what is left to do in it; `null` when all are done. */
  whichFirst(): NextStep | null;

  /** What changed since an older version of the system, given by its texts, and what that makes stale. */
  diff(old: Text | Record<string, Text>, options?: {}): SystemDiff;
  diff(old: Text | Record<string, Text>, options: AsText | { as: "markdown" }): string;

  /** Many figures at once, by period and dimensions, as columns of numbers. */
  panel(figures: string[], options?: { grain?: Grain; by?: string[] }): Panel;

  /** The KPIs of the running period so far, against the same part of earlier ones; by month unless said otherwise. */
  toDate(options?: { grain?: Grain }): ToDate;

  /**
   * Where KPIs stand in their running periods against the plan, and where these will end, by the
   * method that was least wrong on the KPI's own past. Of all KPIs, and for the running month,
   * quarter and fiscal year, unless said otherwise.
   */
  landing(options?: { kpi?: string; grain?: Grain }): Landing;
  landing(options: { kpi?: string; grain?: Grain } & (AsSvg | { as: "csv" })): string;
  landing(options: { kpi?: string; grain?: Grain } & AsVegaLite): object;

  /** Whether the system is becoming more efficient and more predictable, each with its evidence. */
  progress(): Progress;

  /**
   * The process behaviour chart of a KPI as its owner declared it: does it change, and will it
   * reliably meet its target? By month unless said otherwise; running periods are not judged.
   */
  chart(kpi: string, options?: { grain?: Grain }): ProcessChart;
  chart(kpi: string, options: { grain?: Grain } & AsSvg): string;
  chart(kpi: string, options: { grain?: Grain } & AsVegaLite): object;

  /** A KPI's last six weeks and twelve months, each against the plan and the prior year. */
  weeklyReview(kpi: string, options?: {}): WeeklyReview;
  weeklyReview(kpi: string, options: AsSvg): string;
  weeklyReview(kpi: string, options: AsVegaLite): object;

  /**
   * What of a budget is allocated, moved, committed, spent and left, by line and by what lines are
   * for; of the one for the period that holds the as-of date unless said otherwise.
   */
  budget(options?: { period?: string }): BudgetReport;
  budget(options: { period?: string } & (AsSvg | { as: "csv" })): string;

  /**
   * A KPI by the members of dimensions, each against its own target, and what of the total's target
   * no member has. In the last month unless said otherwise.
   */
  byMember(kpi: string, by: string[], options?: { grain?: Grain; period?: string }): ByMember;

  /** Every target that a KPI ever had for a period such as `2026-08`, and which of them held when. */
  targetHistory(kpi: string, period: string): TargetHistory;

  /** How two figures differ: by definition, in words, and on the facts; by month unless said otherwise. */
  compare(a: string, b: string, options?: { grain?: Grain }): DefinitionComparison;
  compare(a: string, b: string, options: { grain?: Grain } & (AsText | { as: "markdown" })): string;

  /**
   * Why a KPI changed: by its drivers or, with `by`, by the members of dimensions; all parts sum to
   * the change. Against the previous period, and in the last month, unless said otherwise. With a
   * `volume`, a figure that counts the quantities behind an amount, by price, volume and mix. Held
   * against a scenario by its id, which then stands for the plan.
   */
  explain(kpi: string, options?: Why): Explanation;
  explain(kpi: string, options: Why & AsSvg): string;
  explain(kpi: string, options: Why & AsVegaLite): object;

  /**
   * Which members explain most of a KPI's change, for every combination of up to four dimensions,
   * the most telling first; in each, the named members, at most `top`, and the rest sum to the
   * change. Three of them, against the previous period, and in the last month, unless said otherwise.
   */
  contributors(
    kpi: string,
    by: string[],
    options?: { against?: "previous" | "prior_year"; grain?: Grain; period?: string; top?: number },
  ): Contributors;

  /**
   * Why another snapshot shows other figures than this one, in parts that sum exactly to each
   * difference: calendar, definitions, plan, as-of date, corrected and new data. In the last period
   * that is final on the earlier as-of date, by month, unless said otherwise.
   */
  explainDifference(other: Snapshot, options?: { grain?: Grain; period?: string }): SnapshotDifference;

  /** What a review has to talk about; the weekly one unless said otherwise. */
  agenda(options?: { cadence?: Cadence }): Agenda;
  agenda(options: { cadence?: Cadence } & (AsText | { as: "markdown" | "html" })): string;

  /** The slides for a review: the weekly business review, or the monthly report section by section. */
  deck(options?: { cadence?: Cadence }): Deck;
  deck(options: { cadence?: Cadence; as: "html" }): string;
  deck(options: { cadence?: Cadence; as: "slides" }): Slides;

  /**
   * What is due through a day, and what became of it: reviews and the components with a declared
   * rhythm. Calendars know zones by their distance from UTC here, not by name.
   */
  rhythm(options?: { through?: Day }): Rhythm;
  rhythm(options: { through?: Day } & (AsText | { as: "markdown" | "html" | "icalendar" })): string;

  /** The minutes of the next review, to be filled in, and those that the journal holds. */
  minutes(options?: { cadence?: Cadence }): MinutesBook;
  minutes(options: { cadence?: Cadence; as: "yaml" }): string;

  /** The pack for planning a quarter such as `2026-Q4`; the next one unless said otherwise. As YAML, targets to fill in. */
  planning(options?: { quarter?: string }): PlanningPack;
  planning(options: { quarter?: string } & (AsText | { as: "markdown" | "html" | "yaml" })): string;

  /** What escalates, to whom, why, since when, and what would clear it. */
  escalations(): Escalation[];

  /** The report of a month such as `2026-08`; of the last one that is over unless said otherwise. */
  report(options?: { month?: string }): Report;
  report(options: { month?: string } & (AsText | { as: "markdown" | "html" })): string;

  /**
   * Is there a marketing operating system? From evidence of how the team really works, in one text
   * or several by file name.
   */
  diagnose(evidence: Text | Record<string, Text>, options?: {}): Diagnosis;
  diagnose(evidence: Text | Record<string, Text>, options: AsText | { as: "markdown" | "html" }): string;

  /** Answers a request of the wire form: an object with an `ask`. */
  ask(request: object): unknown;
  /** The same, from JSON to JSON; the answer is byte for byte that of every other host. */
  askJson(request: string): string;

  free(): void;
}

/**
 * A commented starting file with what a published framework's layers hold: a system without
 * errors, whose findings say what is to be filled in.
 */
export function template(framework: string): string;

/** The standard library of KPIs: each with its variants, formulas, sources and inputs. */
export function library(): StandardKpi[];

/** Why a call could not be answered. */
export class MarketingOSError extends Error {
  /** From its parts, for instance on the other side of a worker. */
  constructor(parts: { code: string; message: string; help: string; findings: Finding[] });

  readonly name: "MarketingOSError";
  /** The stable code, such as `MOS-Q006`. */
  readonly code: string;
  /** How to mend it. */
  readonly help: string;
  /** Of the first finding, if the input has places. */
  readonly place: Place | null;
  /** Everything that was found, errors first. */
  readonly findings: Finding[];

  toJSON(): { code: string; message: string; help: string; findings: Finding[] };
}
