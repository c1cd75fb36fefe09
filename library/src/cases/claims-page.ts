import { basename } from "node:path";
import { type Clock, systemClock } from "../bitcoin/clock.ts";
import { sayFigure } from "../claims/figures/compare-figures.ts";
import { type Judgement, judgedIn } from "../claims/judgement.ts";
import type { ClaimsReportInput, ReportIncident, ReportStated } from "../evidence/claims-report-input.ts";
import {
  type Attribution,
  countryName,
  type EntryPlace,
  type Incident,
  type Stated,
  sayDate,
} from "../registers/index.ts";
import type { ClaimsReport } from "./claims-report.ts";

/** Who makes a page of a report, and how. */
export interface ClaimsPageAbout {
  /** What makes it: "spoor 0.1.0". */
  readonly engine: string;
  /** The command that makes it again, an argument each. */
  readonly command?: readonly string[];
  readonly clock?: Pick<Clock, "now">;
}

/** What the page of a report is made from. */
export function claimsPage(report: ClaimsReport, { engine, command, clock }: ClaimsPageAbout): ClaimsReportInput {
  const { axes, claims, lineage, changes, documents, undated, incidents, rejected, unapplied, skipped } = report;
  const names = new Map(
    documents.map(({ document: { id, outlet, title, source } }) => [id, outlet?.name ?? title ?? basename(source)]),
  );
  const nameOf = (id: string) => names.get(id) ?? id;
  return {
    weighed: { claims, lineage, changes },
    documents: documents.map(({ document }) => document),
    undated: undated.map(({ document }) => document),
    asOf: axes.asOf,
    knownAt: axes.knownAt,
    incidents: incidents.map((one) => reportIncident(one, nameOf)),
    rejected,
    unapplied: unapplied.map(judgementText),
    skipped,
    engine,
    command,
    madeAt: new Date((clock ?? systemClock).now()).toISOString(),
  };
}

function judgementText(judgement: Judgement): string {
  const { kind, by, at, reason } = judgement;
  const what = kind === "grade" ? `grade of “${judgement.act}”` : kind;
  return `${what} of ${judgedIn(judgement).join(" and ")} by ${by} on ${at}${reason === "" ? "" : `: ${reason}`}`;
}

function reportIncident(incident: Incident, nameOf: (document: string) => string): ReportIncident {
  const { id, name, disagreements, statements, joins, maybeSame } = incident;
  return {
    id,
    name,
    dates: incident.dates.map((one) => stated(one, sayDate(one.value))),
    victims: incident.victims.map((one) => stated(one, one.value)),
    countries: incident.countries.map((one) => stated(one, countryName(one.value))),
    amount: incident.amounts.map((one) =>
      stated(one, `${sayFigure(one.value)}${one.value.assumed ? " (unit assumed)" : ""}`),
    ),
    kinds: incident.kinds.map((one) => stated(one, one.value)),
    methods: incident.methods.map((one) => stated(one, one.value)),
    attributions: [...Map.groupBy(incident.attributions, attributionText)].map(([value, all]) => ({
      value,
      places: all.map(({ place }) => place),
    })),
    doubts: [
      ...joins
        .filter(({ doubtful }) => doubtful)
        .map(({ from, because }) => `joined with what ${nameOf(from)} tells: ${because}`),
      ...maybeSame.map(({ incident: other, why }) => `may be the same as ${other}: ${why}`),
    ],
    disagreements: disagreements.map(({ field, why }) => `${field}: ${why}`),
    statements,
  };
}

const attributionText = ({ actor, source, act }: Attribution): string =>
  `${actor}: ${source?.text ?? "the document"} ${act}`;

const stated = ({ places, entries }: Stated<unknown>, value: string): ReportStated => ({
  value,
  places,
  entries: entries.map(entryText),
});

const entryText = ({ register, file, path, text }: EntryPlace): string => `${register}, ${file}, ${path}: “${text}”`;
