// How the types are meant to be used, and what they must refuse. Compiled, never run.

import { MarketingOSError, System, library } from "marketingos";
import type {
  Agenda,
  Aim,
  DefinitionComparison,
  DifferenceCause,
  Facts,
  Figure,
  Finding,
  Line,
  Observation,
  Report,
  RhythmItem,
  Rung,
  Scorecard,
  Slides,
  Snapshot,
  StandardKpi,
  Target,
  Verdict,
} from "marketingos";

const system: System = System.parse("marketingos: 1");
System.parse({ "system.yaml": new Uint8Array(), "plan.yaml": "" });
const facts: Facts = system.facts({ leads: new Uint8Array(), spend: "" });
const snapshot: Snapshot = system.snapshot(facts, { asOf: "2026-09-30" });
system.snapshot({ leads: "" }, { asOf: "2026-09-30" });
system.facts({ leads: [{ created: "2026-01-05", channel: null, amount: 12.5 }] });

const panel: (number | null)[] = snapshot.panel(["leads"], { by: ["channel"] }).columns[0]!.values;
const toDate: string = snapshot.toDate({ grain: "week" }).lines[0]!.prior_year.change.text;
const scorecard: Scorecard = snapshot.scorecard();
const page: string = snapshot.scorecard({ grain: "quarter", as: "html" });
const series: Observation[] = snapshot.series("leads", { grain: "week", by: ["channel"] });

const standard: StandardKpi | undefined = library().find((kpi) => kpi.unit === "money");
const comparison: DefinitionComparison = snapshot.compare("cac", "cac_media", { grain: "quarter" });
const compared: string = snapshot.compare("cac", "cac_media", { as: "markdown" });

const chance: string = snapshot.landing({ kpi: "leads", grain: "quarter" }).lines[0]!.chance.text;
const better: "more" | "less" | "unchanged" | "not_evidenced" = snapshot.progress().efficiency;
const reliable: boolean = snapshot.chart("leads", { grain: "week" }).assurance === "reliably_meets";
const left: string = snapshot.budget({ period: "2026" }).total.remaining.text;
const spare: Figure = snapshot.byMember("leads", ["channel"], { period: "2026-08" }).remainder;
const heldUntil: string | null | undefined = snapshot.targetHistory("leads", "2026-08").held[0]?.until;
const surprise: string | undefined = snapshot.contributors("leads", ["channel"], { against: "prior_year", top: 2 }).combinations[0]?.surprise;
const missed: string | undefined = snapshot.explain("revenue", { against: "forecast" }).scenario;
const prices: "plan" | undefined = snapshot.explain("revenue", { by: ["product"], volume: "units", convention: "joint" }).against;
const apart: DifferenceCause[] = snapshot.explainDifference(snapshot, { period: "2026-08" }).causes;
const forecast: string | undefined = scorecard.lines[0]!.scenarios?.find(({ comparison }) => comparison.code === "FC")?.comparison.change.text;
const written: Target[] = system.toJSON().system.targets;

const kept: Snapshot = system.snapshot(facts, { asOf: "2026-09-30", journal: "journal: 1" }).withJournal({ "journal.yaml": new Uint8Array() });
const noted: Finding[] = kept.journalFindings;
const drawn: string[] = [snapshot.chart("leads", { as: "svg", svg: { width: 360, style: false } }), snapshot.coverage(undefined, { as: "svg" })];
const specification: object = snapshot.weeklyReview("leads", { as: "vega_lite" });
const slides: Slides = kept.deck({ cadence: "monthly", as: "slides" });
const lateItems: RhythmItem[] = kept.rhythm({ through: "2026-12-31" }).items.filter(({ status }) => status === "late");
const calendars: string = kept.rhythm({ as: "icalendar" });
const decided: string[] = kept.minutes().recorded.flatMap(({ decisions }) => decisions.map(({ text }) => text));
const targets: string = kept.planning({ quarter: "2026-Q4", as: "yaml" });
const narrow: string = snapshot.scorecard({ as: "text", text: { width: 60, colour: true } });
const rows: string = snapshot.series("leads", { by: ["channel"], as: "csv" });

const agenda: Agenda = snapshot.agenda({ cadence: "monthly" });
const report: Report = snapshot.report({ month: "2026-08" });
const letters: string[] = [snapshot.agenda({ as: "text" }), snapshot.report({ as: "html" })];
const verdict: Verdict = snapshot.diagnose({ "evidence.yaml": new Uint8Array() }).verdict;
const memo: string = snapshot.diagnose("", { as: "markdown" });
const highest: Rung | undefined = snapshot.escalations()[0]?.to;

export function shown(figure: Figure): string {
  switch (figure.is) {
    case "value":
      return figure.value;
    case "incomplete":
      return `${figure.cause}; so far ${figure.so_far}`;
    case "undefined":
    case "missing":
    case "not_comparable":
      return figure.cause;
    default:
      return figure satisfies never;
  }
}

export function wanted(aim: Aim): string {
  switch (aim.is) {
    case "point":
    case "at_least":
    case "at_most":
    case "trajectory":
      return aim.value;
    case "levels":
      return aim.good;
    case "band":
      return `${aim.low} to ${aim.high}`;
    default:
      return aim satisfies never;
  }
}

export function late(line: Line): string | undefined {
  return line.status.target === "missed" ? line.owner?.name : undefined;
}

export function place(error: unknown): number | undefined {
  return error instanceof MarketingOSError ? error.place?.line : undefined;
}

// @ts-expect-error a system is read, not made
new System();
// @ts-expect-error the as-of date is never today by default
system.snapshot(facts);
// @ts-expect-error it is a day, not a moment
system.snapshot(facts, { asOf: new Date() });
// @ts-expect-error a number is no text
system.facts({ leads: 1 });
// @ts-expect-error there are no such periods
snapshot.scorecard({ grain: "hour" });
// @ts-expect-error there is no such format
snapshot.scorecard({ as: "pdf" });
// @ts-expect-error a comparison is of two
snapshot.compare("cac");
// @ts-expect-error members are those of dimensions
snapshot.byMember("leads");
// @ts-expect-error a plan is told by its drivers
snapshot.contributors("leads", ["channel"], { against: "plan" });
// @ts-expect-error a scenario is named by its id
snapshot.explain("leads", { against: { scenario: "forecast" } });
// @ts-expect-error a difference is one of snapshots
snapshot.explainDifference(system);
// @ts-expect-error a scorecard's own comparisons have no other code
scorecard.lines[0]!.plan.code === "FC";
// @ts-expect-error how a text is set is said of a text
snapshot.scorecard({ as: "html", text: { width: 60 } });
// @ts-expect-error a chart is no page
snapshot.chart("leads", { as: "html" });
// @ts-expect-error a journal is text
snapshot.withJournal(1);
// @ts-expect-error a report has no rows
snapshot.report({ as: "csv" });
// @ts-expect-error as HTML it is a text
snapshot.scorecard({ as: "html" }).lines;
// @ts-expect-error an exact number is not a floating-point one
scorecard.lines[0]!.rows = series[0]!.period.first;
// @ts-expect-error there is a value only if the figure is one
scorecard.lines[0]!.actual.value;
// @ts-expect-error snapshots do not change
snapshot.fingerprint = page;

export { agenda, apart, better, calendars, chance, compared, comparison, decided, drawn, forecast, heldUntil, highest, left, lateItems, letters, memo, missed, narrow, noted, panel, prices, reliable, report, rows, slides, spare, specification, standard, surprise, targets, toDate, verdict, written };
