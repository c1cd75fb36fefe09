import { visibleText } from "spoor/evidence/text-safety";
import type { DocumentJson, FigureJson, JudgementJson } from "../contract/claims-parts.ts";

/** `1 outlet`, `2 outlets`. */
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString("en-US")} ${n === 1 ? one : many}`;

/** Text of a document on one line, safe to print, at most `max` characters. */
export function words(text: string, max = 200): string {
  const characters = Array.from(text.replace(/\s+/gu, " ").trim());
  const cut =
    characters.length <= max
      ? characters.join("")
      : `${characters
          .slice(0, max - 1)
          .join("")
          .trimEnd()}…`;
  return visibleText(cut);
}

/** What a document is called in a text, by its id. */
export type NameOf = (id: string) => string;

/** Documents as a reader knows them: outlet and day. What is no document's id is a party's name. */
export function documentNamer(documents: readonly DocumentJson[]): NameOf {
  const known = new Map(documents.map((document) => [document.id, document]));
  return (id) => {
    const document = known.get(id);
    return document === undefined ? words(id, 100) : documentName(document);
  };
}

function documentName({ id, outlet, title, published, source }: DocumentJson): string {
  const name = outlet ?? title ?? source.slice(source.lastIndexOf("/") + 1);
  return `${words(name, 60)}${published === null ? "" : `, ${published.slice(0, 10)}`} [${id.slice(0, 8)}]`;
}

/** The lines of the first items, and how many more there are. */
export function limited<Item>(items: readonly Item[], line: (item: Item) => string, max = 20): string[] {
  const more = items.length - max;
  return [...items.slice(0, max).map(line), ...(more > 0 ? [`    … and ${more} more (--json lists all)`] : [])];
}

const strictBounds: Readonly<Record<string, string>> = { "at most": "less than", "at least": "more than" };

/** `at most 2,000,000,000 USD`. */
export function figureWords({ kind, value, to, unit, bound, strict, scope }: FigureJson): string {
  const plain = (text: string | null) => (text === null ? "not known" : kind === "date" ? text : withCommas(text));
  const number = bound === "range" ? `${plain(value)} to ${plain(to)}` : plain(value);
  const limit = bound === "exact" || bound === "range" ? "" : `${(strict ? strictBounds[bound] : null) ?? bound} `;
  const plural = kind === "duration" && bound !== "range" && value !== "1" ? "s" : "";
  const of = kind === "date" || unit === null ? "" : ` ${words(unit, 40)}${plural}`;
  return `${limit}${number}${of}${scope === null ? "" : ` (${words(scope, 60)})`}`;
}

const withCommas = (digits: string): string =>
  digits.replace(/^-?\d+/u, (whole) => whole.replace(/\B(?=(?:\d{3})+$)/gu, ","));

/** A sentence about figures, with their numbers as they are written elsewhere. */
export const withFiguresRead = (sentence: string, figures: readonly FigureJson[]): string =>
  figures
    .filter(({ kind }) => kind !== "date")
    .flatMap(({ value, to }) => [value, to])
    .reduce<string>((said, value) => {
      // A number alone: neither a part of a longer one nor one that is written out already.
      return value === null ? said : said.replace(numberPattern(value), withCommas(value));
    }, sentence);

const numberPattern = (value: string) => new RegExp(`(?<![\\d.,])${RegExp.escape(value)}(?![\\d,]|\\.\\d)`, "gu");

/** The words of a figure and where they stand. */
export const figurePlace = (figure: FigureJson, nameOf: (id: string) => string): string =>
  `“${words(figure.text, 80)}” ${nameOf(figure.document)} at ${figure.start}-${figure.end}`;

export function judgementWords(judgement: JudgementJson): string {
  const { by, at, reason } = judgement;
  const why = reason === "" ? "" : `: ${words(reason, 300)}`;
  return `${what(judgement)} by ${words(by, 60)} on ${at.slice(0, 10)}${why}`;
}

function what({ kind, of, into, from, act, reliability, credibility }: JudgementJson): string {
  if (kind === "merge") return `${of} merged into ${into}`;
  if (kind === "part") return `${of} parted from ${from}`;
  if (kind === "grade") return `“${act}” of ${of} graded ${reliability}${credibility}`;
  return `${of} ${kind === "confirm" ? "confirmed" : "rejected"}`;
}
