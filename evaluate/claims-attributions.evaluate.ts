import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Figure, skippedFigure } from "../bench/figure.ts";
import { readStatements, type Statement } from "../library/src/claims/index.ts";
import { type AnnotatedText, type KnownAttribution, readPolnear, type Stretch } from "./polnear.ts";

export const names = [
  "claims.direct.recall",
  "claims.direct.precision",
  "claims.direct.abstained",
  "claims.indirect.recall",
  "claims.indirect.precision",
  "claims.indirect.abstained",
] as const;

const folder = join(import.meta.dirname, "../../shared/data/claims-polnear-dev");
const against = "PolNeAR's 84 development articles (Newell et al., LREC 2018)";

/**
 * Who says what, against people's readings of PolNeAR. An attribution is *direct* where at least nine tenths of its
 * content stand between quotation marks. What is found is right where at least half of its content lies in the content
 * of one known attribution, and their sources overlap; a known one is found where at least half of its content lies in
 * that of a found one of either form, and their sources overlap. Where a text has several readings the recall is that
 * of the first, and what any of them holds is right. What is found without a source is an abstention: it lowers recall
 * and is not in precision. Known attributions without a source are judged in neither.
 */
export async function figures(): Promise<Figure[]> {
  const figure = (name: string, floor: number | null) => ({ name, unit: "of 1", floor, against }) as const;
  const abouts = [
    { ...figure(names[0], 0.65), better: "higher" },
    { ...figure(names[1], 0.9), better: "higher" },
    { ...figure(names[2], null), better: "lower" },
    { ...figure(names[3], null), better: "higher" },
    { ...figure(names[4], 0.7), better: "higher" },
    { ...figure(names[5], null), better: "lower" },
  ] as const;
  if (!existsSync(folder)) return abouts.map((about) => skippedFigure(about, "../shared/data is absent"));
  const scores = { direct: new Score(), indirect: new Score() };
  for (const text of readPolnear(folder)) score(text, scores);
  const values = [scores.direct, scores.indirect].flatMap((one) => [one.recall, one.precision, one.abstained]);
  return abouts.map((about, index) => ({ ...about, value: values[index] as number, skipped: null }));
}

class Score {
  known = 0;
  met = 0;
  right = 0;
  wrong = 0;
  withoutSource = 0;
  get recall(): number {
    return this.met / this.known;
  }
  get precision(): number {
    return this.right / (this.right + this.wrong);
  }
  /** Of all that is found. */
  get abstained(): number {
    return this.withoutSource / (this.right + this.wrong + this.withoutSource);
  }
}

function score({ text, readings }: AnnotatedText, scores: { direct: Score; indirect: Score }): void {
  const units = [...text.matchAll(/[^\n]+/g)];
  const point = (unit: number) => [...text.slice(0, unit)].length;
  const paragraphs = units.map(({ 0: line, index }) => ({ start: point(index), end: point(index + line.length) }));
  const points = [...text];
  const { statements } = readStatements(text, paragraphs);
  const found = statements.filter(({ content }) => content.length > 0);
  const all = readings.flat();
  for (const one of found) {
    const tally = scores[one.form];
    const content = stretchesOf(one);
    const same = all.filter((known) => shared(content, known.content) >= 0.5);
    if (one.source === null) tally.withoutSource++;
    else if (same.length > 0 && same.every(({ source }) => source.length === 0)) continue;
    else if (same.some((known) => overlaps(one, known))) tally.right++;
    else tally.wrong++;
  }
  for (const known of readings[0] ?? []) {
    if (known.source.length === 0) continue;
    const form = isQuoted(known, points) ? "direct" : "indirect";
    scores[form].known++;
    const met = found.some((one) => shared(known.content, stretchesOf(one)) >= 0.5 && overlaps(one, known));
    if (met) scores[form].met++;
  }
}

function stretchesOf({ content }: Statement): Stretch[] {
  return content.map(({ start, end }) => [start, end] as const);
}

/** How much of `of` lies in `within`. */
function shared(of: readonly Stretch[], within: readonly Stretch[]): number {
  let length = 0;
  let inside = 0;
  for (const [start, end] of of) {
    length += end - start;
    for (const [from, to] of within) inside += Math.max(0, Math.min(end, to) - Math.max(start, from));
  }
  return length === 0 ? 0 : inside / length;
}

function overlaps({ source }: Statement, known: KnownAttribution): boolean {
  return source !== null && known.source.some(([start, end]) => start < source.span.end && source.span.start < end);
}

function isQuoted({ content }: KnownAttribution, points: readonly string[]): boolean {
  const text = content
    .map(([start, end]) => points.slice(start, end).join(""))
    .join(" ")
    .replaceAll("''", '"');
  const quoted = [...text.matchAll(/["“][^"“”]*["”]?/g)].reduce((sum, [one]) => sum + one.length, 0);
  return text.length > 0 && quoted >= 0.9 * text.length;
}
