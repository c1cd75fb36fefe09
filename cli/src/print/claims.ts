import { credibilities, reliabilities } from "spoor/claims";
import type { ChangeJson, ClaimsListJson, ClaimsReportJson, LineageJson } from "../contract/claims.ts";
import type { ClaimJson, DocumentJson, PositionJson, StatementJson } from "../contract/claims-parts.ts";
import { tableLines } from "../terminal/table.ts";
import { counted, documentNamer, figurePlace, figureWords, judgementWords, words } from "./claims-words.ts";

type NameOf = (id: string) => string;

/** Behind each position so many are shown; `claims show` lists all. */
const statementsShownMax = 6;
const listedMax = 20;

/** What `spoor claims report` prints for a person. */
export function claimsReportLines(report: ClaimsReportJson): string[] {
  const { claims, lineage, changes, documents, undated, unapplied } = report;
  const nameOf = documentNamer([...documents, ...undated]);
  const notRead = documents.filter(({ analysed }) => !analysed);
  return [
    `${counted(claims.length, "claim")} in ${counted(documents.length, "document")}${whenWords(report)}. ${proposal}`,
    ...(notRead.length === 0
      ? []
      : [
          "Kept but not read, because claims are read in English only:",
          ...limited(notRead, ({ id, language }) => `  ${nameOf(id)} (${language})`),
        ]),
    ...undatedLines(undated, nameOf),
    ...claims.flatMap((claim) => ["", ...claimLines(claim, nameOf, statementsShownMax)]),
    ...lineageLines(lineage, nameOf),
    ...changeLines(changes, nameOf),
    ...(unapplied.length === 0
      ? []
      : [
          "",
          "Judgements of what is not found in these documents:",
          ...unapplied.map((one) => `  ${judgementWords(one)}`),
        ]),
  ];
}

const proposal = "All of it is proposed from the words it names; a person confirms or rejects it.";

function whenWords({ asOf, knownAt }: Pick<ClaimsReportJson, "asOf" | "knownAt">): string {
  return `${asOf === null ? "" : ` as of ${asOf}`}${knownAt === null ? "" : `, as known at ${knownAt}`}`;
}

function undatedLines(undated: readonly DocumentJson[], nameOf: NameOf): string[] {
  if (undated.length === 0) return [];
  const what = counted(undated.length, "document");
  return [
    `Left out, because it is not known whether they were published by then (${what}):`,
    ...limited(undated, ({ id }) => `  ${nameOf(id)}`),
  ];
}

const actWords: Readonly<Record<PositionJson["act"], string>> = {
  alleges: "ALLEGED",
  states: "STATED",
  denies: "DENIED",
  repeats: "REPEATED",
  corrects: "CORRECTED",
  retracts: "RETRACTED",
  "declines to comment": "NO COMMENT",
  "calls on": "CALLED FOR",
};

/** A claim: who says it and who denies it, on whose word, its figures and what was judged of it. */
export function claimLines(claim: ClaimJson, nameOf: NameOf, statementsMax: number): string[] {
  const { figures, contradictions, judgements } = claim;
  return [
    `${claim.id}  ${words(claim.about)}`,
    ...claim.positions.flatMap((position) => positionLines(position, nameOf, statementsMax)),
    ...(figures.length === 0 ? [] : ["  Figures"]),
    ...limited(figures, (figure) => `    ${figureWords(figure)}: ${figurePlace(figure, nameOf)}`),
    ...(contradictions.length === 0 ? [] : ["  Figures that contradict one another"]),
    ...limited(contradictions, ({ figures: between, why }) =>
      [`    ${words(why)}`, ...between.map((one) => `      ${figurePlace(one, nameOf)}`)].join("\n"),
    ),
    ...(judgements.length === 0 ? [] : ["  Judged"]),
    ...judgements.map((one) => `    ${judgementWords(one)}`),
  ];
}

function positionLines(position: PositionJson, nameOf: NameOf, statementsMax: number): string[] {
  const { act, party, origins, grade, statements } = position;
  const more = statements.length - statementsMax;
  return [
    `  ${actWords[act]} by ${party === null ? "nobody who is named" : words(party, 100)}`,
    ...countLines(position, nameOf),
    ...origins.map(({ party: origin, via, document }) => {
      const own = document === null ? "" : `; its own document is ${nameOf(document)}`;
      return `      ${words(origin, 100)} (${via === "directly" ? "directly" : `via ${words(via, 120)}`}${own})`;
    }),
    `    proposed grade ${grade.reliability}${grade.credibility}: ${gradeWords(grade)}`,
    ...grade.reasons.map((reason) => `      ${words(reason, 300)}`),
    ...statements.slice(0, statementsMax).map((one) => `    ${statementWords(one, nameOf)}`),
    ...(more > 0 ? [`    … and ${counted(more, "more statement")} (spoor claims show lists all)`] : []),
  ];
}

function gradeWords({ reliability, credibility }: PositionJson["grade"]): string {
  return `source ${lookUp(reliabilities, reliability)}, information ${lookUp(credibilities, credibility)}`;
}

const lookUp = (scale: Readonly<Record<string, string>>, key: string | number): string => scale[key] ?? "not known";

/** The three counts are never mixed up, so that each is said in its own words. */
function countLines(position: PositionJson, nameOf: NameOf): string[] {
  const { outlets, independentAccess, evidentialOrigins, originsUnknown } = position;
  const names = (list: readonly string[]) =>
    list.length === 0 ? "" : `: ${list.map((one) => words(one, 60)).join("; ")}`;
  const unknown =
    originsUnknown === 0
      ? ""
      : `; ${counted(originsUnknown, "document does", "documents do")} not say whose word it is: ${position.unknownIn
          .map(nameOf)
          .join("; ")}`;
  return [
    `    ${counted(outlets, "outlet carries", "outlets carry")} it${names(position.outletNames)}`,
    `    ${counted(independentAccess, "party", "parties")} had it from the origin itself${names(position.accessNames)}`,
    `    ${counted(evidentialOrigins, "evidential origin")}${unknown}`,
  ];
}

function statementWords({ text, source, document, start, end }: StatementJson, nameOf: NameOf): string {
  const who = source === null ? "" : `${words(source, 80)}: `;
  return `- ${who}“${words(text, 240)}” ${nameOf(document)} at ${start}-${end}`;
}

export function lineageLines(lineage: readonly LineageJson[], nameOf: NameOf): string[] {
  if (lineage.length === 0) return [];
  return [
    "",
    "Lineage: who has it from whom",
    ...limited(lineage, ({ from, to, basis, directed, because }) => {
      const [one, other] = [nameOf(to), nameOf(from)];
      const edge = directed ? `${one} has it from ${other}` : `${one} and ${other} share it`;
      return `  ${edge} (${basis}): ${words(because)}`;
    }),
  ];
}

export function changeLines(changes: readonly ChangeJson[], nameOf: NameOf): string[] {
  if (changes.length === 0) return [];
  return [
    "",
    "What changed on the way",
    ...limited(changes, ({ kind, from, to, document, origin, start, end }) => {
      const after = to === "" ? "nothing" : `“${words(to, 100)}”`;
      const before = from === "" ? "nothing" : `“${words(from, 100)}”`;
      return `  ${kind}: ${before} in ${nameOf(origin.document)} is ${after} in ${nameOf(document)} at ${start}-${end}`;
    }),
  ];
}

function limited<Item>(items: readonly Item[], line: (item: Item) => string): string[] {
  const more = items.length - listedMax;
  return [...items.slice(0, listedMax).map(line), ...(more > 0 ? [`    … and ${more} more (--json lists all)`] : [])];
}

/** What `spoor claims list` prints for a person. @param data the folder, named where nothing is in it */
export function claimsListLines(list: ClaimsListJson, data: string): string[] {
  const { documents, undated, claims } = list;
  const nameOf = documentNamer([...documents, ...undated]);
  if (documents.length + undated.length === 0) {
    return list.asOf === null && list.knownAt === null
      ? [`No documents in ${words(data)} yet; 'spoor claims add FILE' takes one in.`]
      : [`No documents${whenWords(list)}.`];
  }
  return [
    ...documentTable(documents),
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
    analysed ? "yes" : `no (${language})`,
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
  const rows = claims.flatMap(({ id, about, positions }) =>
    positions.map((position, index) => {
      const { act, party, outlets, independentAccess, evidentialOrigins, originsUnknown, grade } = position;
      const counts = [outlets, independentAccess, evidentialOrigins, originsUnknown].map(String);
      const who = party === null ? "nobody named" : words(party, 40);
      const what = index === 0 ? `${who}: ${words(about, 80)}` : who;
      return [index === 0 ? id : "", act, ...counts, `${grade.reliability}${grade.credibility}`, what];
    }),
  );
  return tableLines(columns, rows);
}
