import { visibleText } from "spoor/evidence/text-safety";
import type { ChangeJson, ClaimsListJson, ClaimsReportJson, LineageJson } from "../contract/claims.ts";
import type { ClaimJson, DocumentJson } from "../contract/claims-parts.ts";
import { tableLines } from "../terminal/table.ts";
import { actWords, claimLines } from "./claim-in-full.ts";
import { counted, documentNamer, judgementWords, limited, type NameOf, words } from "./claims-words.ts";
import { incidentLines } from "./incidents.ts";

const lineageShownMax = 40;

/** What `spoor claims report` prints for a person. @param data the folder, named where nothing is in it */
export function claimsReportLines(report: ClaimsReportJson, data: string): string[] {
  const { claims, lineage, changes, incidents, skipped, documents, undated, rejected: out, unapplied } = report;
  const isEmpty = documents.length + undated.length + incidents.length + skipped.length === 0;
  if (isEmpty && report.asOf === null && report.knownAt === null) return [nothingYet(data)];
  const nameOf = documentNamer([...documents, ...undated]);
  const notRead = documents.filter(({ analysed }) => !analysed);
  const rejected = claims.filter(({ judged }) => judged?.verdict === "rejected");
  const joined = claims.filter((claim) => isJoined(claim) && !rejected.includes(claim));
  const alone = claims.filter((claim) => !isJoined(claim));
  return [
    claimsHeadLine(report),
    ...listOf(notRead, "Kept but not read, because claims are read in English only", (one) => {
      return `  ${nameOf(one.id)} (${visibleText(one.language)})`;
    }),
    ...undatedLines(undated, nameOf),
    ...joined.flatMap((claim) => ["", ...claimLines(claim, nameOf)]),
    ...(alone.length === 0 ? [] : [""]),
    ...listOf(alone, "Said once, in one document", (claim) => aloneLine(claim, nameOf)),
    ...(rejected.length === 0 ? [] : [""]),
    ...listOf(rejected, "Rejected", ({ id, about, judged }) => {
      const why = judged === null || judged.reason === "" ? "" : ` (${words(judged.by, 60)}: ${words(judged.reason)})`;
      return `  ${id}  ${words(about, 140)}${why}`;
    }),
    ...(out.length === 0 ? [] : [""]),
    ...listOf(out, "Statements that were rejected", ({ id, act, text, by, reason }) => {
      return `  ${id}  ${actWords[act]}: “${words(text, 100)}” (${words(by, 60)}: ${words(reason)})`;
    }),
    ...lineageLines(lineage, nameOf),
    ...changeLines(changes, nameOf),
    ...incidentsLines(incidents),
    ...(skipped.length === 0 ? [] : [""]),
    ...listOf(skipped, "Imported write-ups that are left out", ({ source, reason }) => {
      return `  ${words(source, 100)}: ${words(reason, 300)}`;
    }),
    ...(unapplied.length === 0 ? [] : [""]),
    ...listOf(unapplied, "Judgements of what is not found in these documents", (one) => `  ${judgementWords(one)}`),
  ];
}

/** How many claims there are, in how many documents, and what a claim is. */
export function claimsHeadLine(report: ClaimsReportJson): string {
  const documents = counted(report.documents.length, "document");
  return `${counted(report.claims.length, "claim")} in ${documents}${whenWords(report)}. ${proposal}`;
}

const nothingYet = (data: string) => `No documents in ${words(data)} yet; 'spoor claims add FILE' takes one in.`;

const proposal = "Proposed from the words it names; a person confirms or rejects it.";

function whenWords({ asOf, knownAt }: Pick<ClaimsReportJson, "asOf" | "knownAt">): string {
  return `${asOf === null ? "" : ` as of ${asOf}`}${knownAt === null ? "" : `, as known at ${knownAt}`}`;
}

/** A heading with how many there are, and the items, where there are any. */
function listOf<Item>(items: readonly Item[], heading: string, line: (item: Item) => string): string[] {
  if (items.length === 0) return [];
  return [
    ...heading.split("\n").slice(0, -1),
    `${heading.split("\n").at(-1)} (${items.length}):`,
    ...limited(items, line),
  ];
}

const undatedLines = (undated: readonly DocumentJson[], nameOf: NameOf): string[] =>
  listOf(
    undated,
    "Left out, because it is not known whether they were published by then",
    ({ id }) => `  ${nameOf(id)}`,
  );

/** Several documents or sides, a contradiction, or a person's judgement: what a reader came for. */
export function isJoined({ positions, contradictions, judgements }: ClaimJson): boolean {
  const documents = new Set(positions.flatMap(({ statements }) => statements.map(({ document }) => document)));
  return documents.size > 1 || positions.length > 1 || contradictions.length > 0 || judgements.length > 0;
}

function aloneLine({ id, about, positions }: ClaimJson, nameOf: NameOf): string {
  const [position] = positions;
  if (position === undefined) return `  ${id}  ${words(about, 140)}`;
  const who = position.party === null ? "nobody who is named" : words(position.party, 60);
  const where = position.statements[0] === undefined ? "" : `, ${nameOf(position.statements[0].document)}`;
  return `  ${id}  ${actWords[position.act]} by ${who}${where}: ${words(about, 140)}`;
}

export function lineageLines(lineage: readonly LineageJson[], nameOf: NameOf): string[] {
  if (lineage.length === 0) return [];
  return [
    "",
    "Lineage: who has it from whom",
    ...limited(
      lineage,
      ({ from, to, basis, directed, because }) => {
        const [one, other] = [nameOf(to), nameOf(from)];
        const edge = directed ? `${one} has it from ${other}` : `${one} and ${other} share it`;
        return `  ${edge} (${basis}): ${words(because)}`;
      },
      lineageShownMax,
    ),
  ];
}

export function changeLines(changes: readonly ChangeJson[], nameOf: NameOf): string[] {
  if (changes.length === 0) return [];
  return ["", "What changed on the way", ...limited(changes, (change) => changeLine(change, nameOf), lineageShownMax)];
}

export function changeLine({ kind, from, to, document, origin, start, end }: ChangeJson, nameOf: NameOf): string {
  const said = (text: string) => (text === "" ? "nothing" : `“${words(text, 100)}”`);
  const place = `${nameOf(document)} at ${start}-${end}`;
  return `  ${kind}: ${said(from)} in ${nameOf(origin.document)} is ${said(to)} in ${place}`;
}

const incidentsShownMax = 20;

function incidentsLines(incidents: ClaimsReportJson["incidents"]): string[] {
  if (incidents.length === 0) return [];
  const more = incidents.length - incidentsShownMax;
  return [
    "",
    `Incidents that they tell of (${incidents.length}):`,
    ...incidentLines(incidents.slice(0, incidentsShownMax)).map((line) => `  ${line}`),
    ...(more > 0 ? [`    … and ${more} more ('spoor incidents list' lists all)`] : []),
  ];
}

/** What `spoor claims list` prints for a person. @param data the folder, named where nothing is in it */
export function claimsListLines(list: ClaimsListJson, data: string): string[] {
  const { documents, undated, claims } = list;
  const nameOf = documentNamer([...documents, ...undated]);
  if (documents.length + undated.length === 0) {
    return list.asOf === null && list.knownAt === null ? [nothingYet(data)] : [`No documents${whenWords(list)}.`];
  }
  return [
    ...(documents.length === 0 ? [`No documents${whenWords(list)}.`] : documentTable(documents)),
    ...undatedLines(undated, nameOf),
    "",
    ...(claims.length === 0 ? ["No claims are found in them."] : claimTable(claims)),
  ];
}

export function documentTable(documents: readonly DocumentJson[]): string[] {
  const columns = [
    { heading: "document" },
    { heading: "published" },
    { heading: "words", align: "right" },
    { heading: "read" },
    { heading: "outlet" },
    { heading: "title" },
  ] as const;
  const rows = documents.map(({ id, published, words: length, analysed, language, outlet, title, source }) => [
    id,
    published ?? "no time",
    length.toLocaleString("en-US"),
    analysed ? "yes" : `no (${visibleText(language)})`,
    outlet === null ? "not known" : words(outlet, 30),
    words(title ?? source, 70),
  ]);
  return tableLines(columns, rows);
}

function claimTable(claims: ClaimsListJson["claims"]): string[] {
  const columns = [
    { heading: "claim" },
    { heading: "side" },
    { heading: "outlets", align: "right" },
    { heading: "access", align: "right" },
    { heading: "origins", align: "right" },
    { heading: "unknown", align: "right" },
    { heading: "grade" },
    { heading: "by whom, and what" },
  ] as const;
  const rows = claims.flatMap(({ id, about, judged, positions }) =>
    positions.map((position, index) => {
      const { act, party, outlets, independentAccess, evidentialOrigins, originsUnknown, grade } = position;
      const counts = [outlets, independentAccess, evidentialOrigins, originsUnknown].map(String);
      const who = party === null ? "nobody named" : words(party, 40);
      const verdict = judged === null ? "" : `[${judged.verdict}] `;
      const what = index === 0 ? `${verdict}${who}: ${words(about, 80)}` : who;
      return [index === 0 ? id : "", act, ...counts, `${grade.reliability}${grade.credibility}`, what];
    }),
  );
  return tableLines(columns, rows);
}
