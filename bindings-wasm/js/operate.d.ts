// What is done with it: the ladder, reviews and their minutes, what is due, the report, the diagnosis.

import type { Day, Finding, Period, Place } from "./answers.js";
import type { Scorecard } from "./judge.js";

/** The level of a standing review. */
export type Cadence = "weekly" | "monthly" | "quarterly";

/** A rung of the escalation ladder. */
export type Rung = "owner" | "operator" | "executive";

/** Something that a declared trigger hands up the ladder. */
export interface Escalation {
  /** By which an acknowledgement names it, such as `kpi:leads`. */
  key: string;
  /** What it is about. */
  about: Escalated;
  /** The KPI, where it is about one. */
  kpi: string | null;
  /** The name of what it is about. */
  name: string;
  /** Whether it is raised, or somebody has acknowledged it. */
  state: EscalationState;
  /** The highest rung that a trigger calls, or that it has climbed to. */
  to: Rung;
  /** Who stands on it; `null` when nobody is named. */
  person: string | null;
  /** Where it stands, in a sentence. */
  text: string;
  /** Why, trigger by trigger. */
  reasons: EscalationReason[];
  /** The rung at which it was raised. */
  started: Rung;
  /** How many rungs it has climbed since, because nobody acknowledged it. */
  climbed: number;
  /** How many days ago it was raised, by the trigger that lasts longest; `null` when nobody knows. */
  days: number | null;
  /** The acknowledgement that counts. */
  acknowledged: EscalationAcknowledged | null;
  /** In what it has become worse than what was acknowledged; `null` when it has not. */
  worse: string | null;
}

/** What an escalation is about. */
export interface Escalated {
  /** What kind of thing it is. */
  kind: EscalatedKind;
  /** Its id: the word of a layer or component, the period of a budget as a whole, `operator`. */
  id: string;
  name: string;
}

/** A kind of thing that escalates. */
export type EscalatedKind =
  /** A KPI. */
  | "kpi"
  /** A budget, or a line of one. */
  | "budget"
  /** A review. */
  | "review"
  /** A component of the running system, such as the report. */
  | "component"
  /** An action. */
  | "action"
  /** The responsibility for the whole. */
  | "operator"
  /** A layer of the brand operating system. */
  | "brand_layer"
  /** A layer of the marketing operating system. */
  | "marketing_layer"
  /** A part of the audience. */
  | "segment"
  /** A channel. */
  | "channel"
  /** An asset. */
  | "asset"
  /** An input. */
  | "input"
  /** A tool. */
  | "tool";

/** Whether an escalation is raised. */
export type EscalationState =
  /** Somebody has to do something about it. */
  | "raised"
  /** Somebody has acknowledged it, for as long as it lasts. */
  | "acknowledged"
  /** Somebody has acknowledged it, and it is not raised again before a day. */
  | "quiet";

/** Who acknowledged an escalation. */
export interface EscalationAcknowledged {
  /** Who, by name. */
  by: string;
  /** The day. */
  on: Day;
  /** The last day on which it is quiet; `null` for as long as it lasts. */
  until: Day | null;
  /** What was said; may be empty. */
  note: string;
}

/** One trigger that fired. */
export interface EscalationReason {
  /** The kind of the trigger. */
  kind: Trigger;
  /** What is the matter, in a sentence. */
  why: string;
  /** The first period in which it was so without a break, or the running one; `null` for what has no periods. */
  since: Period | null;
  /** The first day on which it was so; `null` when nobody knows. */
  since_on: Day | null;
  /** For how long, in words. */
  lasting: string;
  /** The day on which it was raised: when it had lasted as long as the trigger asks for. */
  raised_on: Day | null;
  /** The rung that this trigger calls, or that it has climbed to. */
  to: Rung;
  /** What would clear it. */
  clears: string;
}

/** The kind of a trigger. */
export type Trigger =
  /** Off target. */
  | "off_target"
  /** A signal in the adverse direction. */
  | "adverse_signal"
  /** No value. */
  | "no_value"
  /** Behind the plan to date. */
  | "pace"
  /** More spent, or ordered, than planned. */
  | "budget_overrun"
  /** Late. */
  | "overdue"
  /** Without anybody who answers for it. */
  | "unowned";

/** What a review has to talk about. */
export interface Agenda {
  system: string;
  /** The level of the review. */
  cadence: Cadence;
  /** The review as the system declares it; `null` when it declares none of this level. */
  review: AgendaReview | null;
  /** The period under review. */
  period: Period;
  /** The as-of date. */
  as_of: Day;
  /** Of the snapshot that this is drawn from. */
  fingerprint: string;
  /** What to talk about, in order. */
  items: AgendaItem[];
  /** The KPIs that need no talk, by name. */
  quiet: string[];
  /** What escalates and is about no KPI: budgets, what is overdue, and what nobody answers for. */
  others: Escalation[];
  /** What is off in the budget and in the running period; of a stand-up none. */
  ahead: AgendaNote[];
  /** What could be off and cannot be told, and why. */
  untold?: string[];
  /** The open actions, late ones first. */
  actions: AgendaAction[];
  /** The open questions, oldest first. */
  questions: AgendaQuestion[];
  /** The review of this kind that was held last. */
  last: LastReview | null;
  /** How the minutes are shared out; `null` where no review declares any. */
  time: TimeBox | null;
}

/** A review's frame. */
export interface AgendaReview {
  id: string;
  /**
   * Its due date: the first one on or after the as-of date that is neither held nor left out; `null` where its
   * day is not said.
   */
  due: Day | null;
  /** The time of day at which it starts. */
  at: string | null;
  name: string;
  /** When it takes place, in words. */
  day: string;
  /** Who holds it. */
  held_by: string;
  /** To whom it escalates. */
  escalates_to: string;
  /** The minutes set aside for it. */
  minutes: number;
}

/** One thing to talk about. */
export interface AgendaItem {
  /** Why it is here. */
  kind: AgendaKind;
  /** The KPI. */
  kpi: string;
  name: string;
  /** Who answers for it; `null` when nobody does. */
  owner: string | null;
  /** What is the matter, in sentences. */
  text: string[];
  /** To whom it goes, if it escalates. */
  escalation: Escalation | null;
}

/** Why something is on the agenda; the order of an agenda. */
export type AgendaKind =
  /** A trigger hands it up the ladder. */
  | "escalation"
  /** Its own past says that something changed for the worse, on target or not. */
  | "adverse_signal"
  /** It is off target, within its usual range. */
  | "off_target"
  /** There is no value to talk about. */
  | "no_value"
  /** Something changed, and it is not (or not known to be) for the worse. */
  | "signal"
  /** Nobody answers for it. */
  | "no_owner"
  /** There is nothing to hold it against. */
  | "no_target";

/** Something about the plan that is off. */
export interface AgendaNote {
  /** What it is about. */
  kind: AgendaNoteKind;
  /** The line of the budget, or the KPI. */
  id: string;
  name: string;
  /** Who answers for it; `null` when nobody does. */
  owner: string | null;
  /** What is off, in a sentence that names it. */
  text: string;
}

/** What a note of an agenda is about. */
export type AgendaNoteKind =
  /** A line of the budget has spent more than its plan to date. */
  | "budget"
  /** The running period will more likely miss its target than meet it. */
  | "landing";

/** An action that is open on the as-of date. */
export interface AgendaAction {
  id: string;
  /** What is to be done. */
  what: string;
  /** Who does it. */
  owner: string;
  /** The day by which it is due now. */
  due: Day;
  /** The days since it was opened. */
  age: number;
  /** The days since it was due; `null` while it is not late. */
  late_by: number | null;
  /** How often it was put off. */
  moved: number;
  /** The KPI that it is about, by name. */
  kpi: string | null;
}

/** A question that is open on the as-of date. */
export interface AgendaQuestion {
  id: string;
  /** The question. */
  what: string;
  /** Who asked. */
  asked_by: string | null;
  /** Who is to answer. */
  to: string;
  /** The days since it was asked. */
  age: number;
  /** The KPI that it is about, by name. */
  kpi: string | null;
}

/** The review of this kind that was held last. */
export interface LastReview {
  /** The day on which it was held. */
  held_on: Day;
  /** The as-of date of the numbers that were on the table. */
  as_of: Day;
  /** Their snapshot, as the minutes have it. */
  snapshot: string;
  /** What was decided, and by whom. */
  decisions: AgendaDecision[];
}

/** Something that was decided. */
export interface AgendaDecision {
  /** What. */
  text: string;
  /** By whom. */
  by: string | null;
}

/** The minutes of a review by topic. */
export interface TimeBox {
  /** The minutes set aside. */
  minutes: number;
  /** The topics that there is time for, in the order of the agenda; their minutes sum to those set aside. */
  slots: TimeSlot[];
  /** The topics that there is no time for. */
  no_time_for: string[];
}

/** A topic and its minutes. */
export interface TimeSlot {
  /** The topic. */
  topic: string;
  /** Its minutes. */
  minutes: number;
}

/** When reviews and components are due from the start of a quarter on, and what became of it. */
export interface Rhythm {
  system: string;
  /** The as-of date. */
  as_of: Day;
  /** Of the snapshot that this is drawn from. */
  fingerprint: string;
  /** The first day: that of the quarter of the as-of date. */
  from: Day;
  /** The last day. */
  through: Day;
  /** By whose clock times of day are told; `null` by whichever the reader's is. */
  zone: string | null;
  /**
   * The number of records of the journal that could count for a due date, known on the as-of date: with none,
   * `late` says only that nothing was written down.
   */
  records: number;
  /** What is due, by day. */
  items: RhythmItem[];
  /** What cannot be told, and why. */
  unanswered: UnansweredCadence[];
  /** The records of these days that count for no due date. */
  unmatched: UnmatchedRecord[];
}

/** One due date. */
export interface RhythmItem {
  /** What is due. */
  kind: RhythmKind;
  /** The id of the review, or the word of the component. */
  id: string;
  /** What it is called. */
  name: string;
  /** The day on which it is due. */
  due: Day;
  /** The day that its cadence names, where a holiday moved it. */
  moved_from?: Day;
  /** The time of day. */
  at?: string;
  /** The minutes set aside for a review. */
  minutes?: number;
  /** Who sees to it; `null` is nobody. */
  who: string | null;
  /** What became of it. */
  status: RhythmStatus;
  /** By how many days it is, or was done, late. */
  days?: number;
  /** The day on which it was done. */
  held_on?: Day;
  /** The snapshot that was on the table, as the minutes have it. */
  snapshot?: string;
  /** Why it was moved or left out. */
  reason?: string;
}

/** What is due. */
export type RhythmKind =
  /** A standing review. */
  | "review"
  /** The KPI set is set anew. */
  | "kpi_set"
  /** The dashboard is refreshed. */
  | "dashboard"
  /** The report goes out. */
  | "report"
  /** Plan and budget are made. */
  | "plan";

/** What became of something that is due. */
export type RhythmStatus =
  /** It was done, on its day or before. */
  | "done"
  /** It was done after its day. */
  | "done_late"
  /** It was left out: on purpose, or because of a holiday. */
  | "skipped"
  /** It is due on the as-of date, and not recorded as done. */
  | "due"
  /** Its day is over, and nothing is recorded. */
  | "late"
  /** Its day is still to come. */
  | "coming";

/** A review or component whose due dates cannot be told. */
export interface UnansweredCadence {
  /** What. */
  kind: RhythmKind;
  /** The id of the review, or the word of the component. */
  id: string;
  /** What it is called. */
  name: string;
  /** Why. */
  reason: string;
}

/** A record that counts for no due date. */
export interface UnmatchedRecord {
  /** What it is about. */
  kind: RhythmKind;
  /** The id of the review, or the word of the component. */
  id: string;
  /** The day of the record. */
  on: Day;
  /** Why it counts for none. */
  reason: string;
}

/** All minutes that were known on the as-of date, and those that would be written next. */
export interface MinutesBook {
  /** The as-of date. */
  as_of: Day;
  /** The snapshot's fingerprint. */
  fingerprint: string;
  /** The minutes of the next review of the level that was asked for; `null` when the system declares none of it. */
  draft: MinutesDraft | null;
  /** What is recorded, newest first. */
  recorded: RecordedMinutes[];
}

/** The minutes of a review that is about to be held: what is known beforehand is filled in. */
export interface MinutesDraft {
  /** The review. */
  review: string;
  name: string;
  /** The due date that it is held for, where its day is said. */
  due: Day | null;
  /** Who holds it. */
  held_by: string;
  /** The as-of date of the numbers on the table. */
  as_of: Day;
  /** Their fingerprint. */
  snapshot: string;
  /** The actions that are open, to be talked about. */
  actions: AgendaAction[];
  /** The questions that are open. */
  questions: AgendaQuestion[];
}

/** Minutes, and whether their numbers are those of this snapshot. */
export interface RecordedMinutes extends MinutesRecord {
  /** The due date for which they count; `null` where there is none, or it cannot be told. */
  counts_for: Day | null;
  /** How the numbers on the table compare with this snapshot. */
  numbers: NumbersThen;
  /** The same in a sentence. */
  text: string;
}

/** How the numbers that were on the table of a review compare with a snapshot. */
export type NumbersThen =
  /** They are those of this snapshot. */
  | "same"
  /** They are of the same as-of date, and not the same: system or facts have changed since. */
  | "changed"
  /** They are of another as-of date, so that the two cannot be told to differ. */
  | "other_date";

/** What came of a review, and on which numbers. */
export interface MinutesRecord {
  /** The review. */
  review: string;
  /** The day on which it was held. */
  held_on: Day;
  /** The due date for which it was held, where that is said. */
  due: Day | null;
  /** Who held it. */
  held_by: string | null;
  /** Who was there. */
  present: string[];
  /** The as-of date of the numbers on the table. */
  as_of: Day;
  /** The fingerprint of the snapshot on the table, or how it begins. */
  snapshot: string;
  /** What was decided. */
  decisions: MinutedDecision[];
  /** The actions that were opened or talked about. */
  actions: string[];
  /** The questions that were asked or talked about. */
  questions: string[];
  /** Anything else; may be empty. */
  note: string;
}

/** A decision as it was minuted. */
export interface MinutedDecision {
  /** What was decided. */
  text: string;
  /** Who decided it. */
  by: string | null;
  /** The decision of the system that it sets or changes. */
  decision: string | null;
}

/** A month's report: a short narrative that an executive reads. */
export interface Report {
  /** The title of the template. */
  title: string;
  system: string;
  /** The language in which it is written. */
  language: "en" | "de";
  /** The month. */
  month: Period;
  /** The month in words. */
  month_text: string;
  /** Who answers for it. */
  from: string | null;
  /** To whom it goes. */
  to: string | null;
  /** The as-of date. */
  as_of: Day;
  /** Of the snapshot that this is drawn from. */
  fingerprint: string;
  /** The sections of the template, in its order. */
  sections: ReportSection[];
}

/** A section of a report. */
export interface ReportSection {
  /** Which one. */
  section: ReportPart;
  /** Its heading. */
  heading: string;
  /** What stands in it. */
  blocks: Block[];
  /** How many points are left out, by the length of the report; a sentence says so. */
  left_out: number;
}

/** A section of the monthly report. */
export type ReportPart =
  /** What happened, in a few sentences. */
  | "summary"
  /** The scorecard. */
  | "scorecard"
  /** What happened to each KPI that needs words, and how far the numbers explain it. */
  | "what_happened"
  /** Where the running month, quarter and year will end. */
  | "landing"
  /** What the budget is, and what is spent of it. */
  | "budget"
  /** What the team does: actions of the journal, by KPI. */
  | "actions"
  /** What the team needs: what escalates to the executive, and questions without an answer. */
  | "needs"
  /** What escalates, to whom, and why; decisions that are not settled. */
  | "decisions"
  /** What people said about figures that are not told elsewhere in the report. */
  | "commentary"
  /** The targets in force and where they are written. */
  | "plan"
  /** What every figure means. */
  | "definitions";

/** A piece of a section. */
export type Block =
  /** Sentences. */
  | { is: "paragraph"; text: Piece[] }
  /** A point with its own heading, such as a KPI's name. */
  | { is: "point"; about: string; kpi: string | null; text: Piece[] }
  /** The scorecard of the month. */
  | { is: "scorecard"; scorecard: Scorecard }
  /** A table of texts. */
  | { is: "table"; columns: string[]; rows: string[][]; defines?: string[] };

/** A piece of running text. */
export type Piece =
  /** Words. */
  | { is: "text"; text: string }
  /** A figure. */
  | { is: "figure"; text: string; kpi: string | null; period: string; what: FigureOf };

/** What a figure in a text is of its KPI. */
export type FigureOf =
  /** The figure itself. */
  | "actual"
  /** Its target. */
  | "target"
  /** The difference to its target. */
  | "to_target"
  /** The difference to another period. */
  | "to_period"
  /** A part of such a difference. */
  | "part"
  /** The range in which it usually lies. */
  | "usual_range"
  /** Where its period will end. */
  | "forecast"
  /** The chance of meeting its target. */
  | "chance"
  /** What it was when somebody wrote about it. */
  | "then"
  /** An amount of a budget. */
  | "budget";

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
