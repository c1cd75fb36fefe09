import { credibilities, reliabilities } from "spoor/claims/grades/admiralty";
import type { ClaimJson, FigureJson, JudgementJson, PositionJson, StatementJson } from "../contract/claims-parts.ts";
import {
  counted,
  figurePlace,
  figureWords,
  judgementWords,
  limited,
  type NameOf,
  withFiguresRead,
  words,
} from "./claims-words.ts";

/** Behind each position so many are shown; `claims show` lists all. */
const statementsShownMax = 6;

export const actWords: Readonly<Record<PositionJson["act"], string>> = {
  alleges: "ALLEGED",
  states: "STATED",
  denies: "DENIED",
  repeats: "REPEATED",
  corrects: "CORRECTED",
  retracts: "RETRACTED",
  "declines to comment": "NO COMMENT",
  "calls on": "CALLED FOR",
};

/**
 * A claim: who says it and who denies it, on whose word, its figures and what was judged of it.
 * @param max how many of each are shown
 */
export function claimLines(claim: ClaimJson, nameOf: NameOf, max = { statements: statementsShownMax }): string[] {
  const { id, about, judged, figures, contradictions, judgements } = claim;
  const verdict = judged === null ? "" : ` [${judged.verdict} by ${words(judged.by, 60)}]`;
  const grades = judgements.filter(({ kind }) => kind === "grade");
  return [
    `${id}${verdict}  ${words(about)}`,
    ...claim.positions.flatMap((position) => [
      ...positionLines(position, nameOf, grades),
      ...statementLines(position, nameOf, max.statements),
    ]),
    ...(figures.length === 0 ? [] : ["  Figures"]),
    ...limited(sameFigures(figures), (same) => {
      const [first] = same as [FigureJson, ...FigureJson[]];
      return `    ${figureWords(first)}: ${placesOf(same, nameOf)}`;
    }),
    ...(contradictions.length === 0 ? [] : ["  Figures that contradict one another"]),
    ...limited(contradictions, (one) => contradictionLines(one, nameOf).join("\n")),
    ...(judgements.length === 0 ? [] : ["  Judged"]),
    ...judgements.map((one) => `    ${judgementWords(one)}`),
  ];
}

export function contradictionLines({ figures, why }: ClaimJson["contradictions"][number], nameOf: NameOf): string[] {
  return [`    ${withFiguresRead(words(why), figures)}`, ...figures.map((one) => `      ${figurePlace(one, nameOf)}`)];
}

/** Figures that say the same, in the order of the first of each. */
function sameFigures(figures: readonly FigureJson[]): FigureJson[][] {
  return [...Map.groupBy(figures, figureWords).values()];
}

/** `“$81m” Tribune at 40-44, 97-101; “$81 million” Gazette at 12-23`. */
function placesOf(figures: readonly FigureJson[], nameOf: NameOf): string {
  const groups = Map.groupBy(figures, ({ document, text }) => `“${words(text, 80)}” ${nameOf(document)}`);
  return [...groups]
    .map(([name, same]) => `${name} at ${same.map(({ start, end }) => `${start}-${end}`).join(", ")}`)
    .join("; ");
}

function positionLines(position: PositionJson, nameOf: NameOf, grades: readonly JudgementJson[]): string[] {
  const { act, origins, grade } = position;
  const isGraded = grades.some((one) => one.act === act);
  const { reliability, credibility } = grade;
  const meaning = `source ${lookUp(reliabilities, reliability)}, information ${lookUp(credibilities, credibility)}`;
  return [
    ...countLines(position, nameOf),
    `    ${originsCount(position)}${origins.length === 0 ? "" : ":"}`,
    ...origins.map(({ party: origin, via, document }) => {
      const own = document === null ? "" : `; its own document is ${nameOf(document)}`;
      return `      ${words(origin, 100)} (${via === "directly" ? "directly" : `via ${words(via, 120)}`}${own})`;
    }),
    `    ${isGraded ? "graded" : "proposed grade"} ${reliability}${credibility}: ${meaning}`,
    ...grade.reasons.map((reason) => `      ${words(reason, 300)}`),
  ];
}

const lookUp = (scale: Readonly<Record<string, string>>, key: string | number): string => scale[key] ?? "not known";

/** A side in brief: who it is, and its counts with the names behind them. */
export function sideLines(position: PositionJson, nameOf: NameOf): string[] {
  const origins = position.origins.map(({ party }) => words(party, 100)).join("; ");
  return [...countLines(position, nameOf), `    ${originsCount(position)}${origins === "" ? "" : `: ${origins}`}`];
}

const originsCount = ({ evidentialOrigins }: PositionJson) => counted(evidentialOrigins, "evidential origin");

/** The three counts are never mixed up, so that each is said in its own words. */
function countLines(position: PositionJson, nameOf: NameOf): string[] {
  const { act, party, outlets, independentAccess, originsUnknown, unknownIn } = position;
  const names = (list: readonly string[]) =>
    list.length === 0 ? "" : `: ${list.map((one) => words(one, 60)).join("; ")}`;
  const silent = `${counted(originsUnknown, "document does", "documents do")} not say whose word it is`;
  return [
    `  ${actWords[act]} by ${party === null ? "nobody who is named" : words(party, 100)}`,
    `    ${counted(outlets, "outlet carries", "outlets carry")} it${names(position.outletNames)}`,
    `    ${counted(independentAccess, "party", "parties")} had it from the origin itself${names(position.accessNames)}`,
    ...(originsUnknown === 0 ? [] : [`    ${silent}: ${unknownIn.map(nameOf).join("; ")}`]),
  ];
}

function statementLines({ statements }: PositionJson, nameOf: NameOf, max: number): string[] {
  const more = statements.length - max;
  return [
    ...firstOfEach(statements)
      .slice(0, max)
      .map((one) => {
        const who = one.source === null ? "" : `${words(one.source, 80)}: `;
        return `    - ${nameOf(one.document)} at ${one.start}-${one.end}: ${who}“${words(one.text, 240)}”`;
      }),
    ...(more > 0 ? [`    … and ${counted(more, "more statement")} ('spoor claims show' lists all)`] : []),
  ];
}

/** One of each document before the others: a reader wants to see that they are several. */
function firstOfEach(statements: readonly StatementJson[]): StatementJson[] {
  const met = new Set<string>();
  const first = statements.filter(({ document }) => !met.has(document) && met.add(document));
  return [...first, ...statements.filter((one) => !first.includes(one))];
}
