// What answers are made of, and what is read and measured. A test holds these types against real
// answers, key by key.

import type { DescribedSystem } from "./model.js";

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
  system: DescribedSystem;
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

/** Who answers for a KPI on the as-of date. */
export interface Owner {
  person: string;
  name: string;
  deputy: string | null;
}
