import { type Ratio, ratio, tenTo } from "./ratio.ts";
import type { Token } from "./tokens.ts";

/** A number as it is found among tokens: from `first` to before `next`. */
export interface NumberRead {
  readonly value: Ratio;
  /** The last place that is stated: 10^6 in "81 million". */
  readonly step: Ratio;
  /** The power of ten of its scale words: 6 for millions, 0 where there are none. */
  readonly power: number;
  readonly first: number;
  readonly next: number;
  readonly form: "digits" | "words" | "fraction";
}

/** More digits than this in one number are a key, a hash or a flood, and are not read. */
export const digitsMax = 48;

/** Groups of one number at most: 48 digits in threes. */
const groupsMax = 16;

const separators = new Set([",", ".", "'", "’"]);

/**
 * Reads digits with their separators: 1,234.5 and 1.234,5 and 12,34,567 and 1 234 567 and 2,5. A single dot before
 * three digits is a decimal point, a single comma is not. What fits no scheme is read up to the first separator.
 */
export function readDigits(tokens: readonly Token[], first: number): NumberRead | null {
  const leading = tokens[first]?.text === "." && tokens[first + 1]?.kind === "digits" && tokens[first + 1]?.gap === 0;
  if (leading) {
    if (first > 0 && tokens[first]?.gap === 0 && tokens[first - 1]?.kind !== "mark") return null;
    const digits = (tokens[first + 1] as Token).text;
    return digits.length > digitsMax ? null : decimal(first, first + 2, "0", digits);
  }
  const head = tokens[first];
  if (head?.kind !== "digits" || head.text.length > digitsMax) return null;
  if (continues(tokens, first)) return decimal(first, first + 1, head.text, "");
  return readSpaced(tokens, first) ?? readSeparated(tokens, first) ?? decimal(first, first + 1, head.text, "");
}

/** Whether these digits are a later part of a list or an address: the 2 of 192.168.1.2, the 26 of 22,24,26. */
const continues = (tokens: readonly Token[], at: number): boolean =>
  at >= 2 &&
  separators.has((tokens[at - 1] as Token).text) &&
  (tokens[at] as Token).gap === 0 &&
  (tokens[at - 1] as Token).gap === 0 &&
  (tokens[at - 2] as Token).kind === "digits";

function decimal(first: number, next: number, whole: string, rest: string): NumberRead {
  const step = tenTo(-rest.length);
  return { value: ratio(BigInt(whole + rest), step.d), step, power: 0, first, next, form: "digits" };
}

/** 1 234 567, and 1 234 567.89 */
function readSpaced(tokens: readonly Token[], first: number): NumberRead | null {
  const head = (tokens[first] as Token).text;
  if (head.length > 3 || head.startsWith("0")) return null;
  let whole = head;
  let next = first + 1;
  while (next - first < groupsMax && isGroup(tokens[next], 1)) whole += (tokens[next++] as Token).text;
  if (next === first + 1 || whole.length > digitsMax || tokens[next]?.kind === "digits") return null;
  const rest = separators.has(tokens[next]?.text ?? "") && tokens[next]?.gap === 0 ? tokens[next + 1] : undefined;
  if (rest?.kind === "digits" && rest.gap === 0 && rest.text.length <= 8) {
    return decimal(first, next + 2, whole, rest.text);
  }
  return decimal(first, next, whole, "");
}

const isGroup = (token: Token | undefined, gap: number): boolean =>
  token?.kind === "digits" && token.text.length === 3 && token.gap === gap;

function readSeparated(tokens: readonly Token[], first: number): NumberRead | null {
  const parts = [(tokens[first] as Token).text];
  const marks: string[] = [];
  let next = first + 1;
  while (parts.length <= groupsMax) {
    const [mark, digits] = [tokens[next], tokens[next + 1]];
    if (mark === undefined || mark.gap !== 0 || !separators.has(mark.text)) break;
    if (digits?.kind !== "digits" || digits.gap !== 0) break;
    marks.push(mark.text);
    parts.push(digits.text);
    next += 2;
  }
  if (marks.length === 0 || parts.join("").length > digitsMax) return null;
  const last = marks.length;
  const mark = marks[0] as string;
  if (marks.every((one) => one === mark)) {
    const sole = marks.length === 1;
    const grouped = mark !== "." || !sole;
    if (grouped && parts[0] !== "0" && areGroups(parts)) return decimal(first, next, parts.join(""), "");
    if (sole && mark === ".") return decimal(first, next, parts[0] as string, parts[1] as string);
    const short = (parts[1] as string).length <= 2 || parts[0] === "0";
    if (sole && mark === "," && short) return decimal(first, next, parts[0] as string, parts[1] as string);
    return null;
  }
  const point = marks[last - 1] as string;
  const uniform = marks.slice(0, -1).every((one) => one === mark) && point !== mark && /[.,]/.test(point);
  if (!uniform || !areGroups(parts.slice(0, -1))) return null;
  return decimal(first, next, parts.slice(0, -1).join(""), parts[last] as string);
}

/** Threes after one to three digits, or, as in India, twos with three at the end. */
function areGroups(parts: readonly string[]): boolean {
  const [head = "", ...rest] = parts;
  if (head.length > 3 || rest.length === 0) return false;
  if (rest.every((one) => one.length === 3)) return true;
  const last = rest.at(-1) as string;
  return head.length <= 2 && last.length === 3 && rest.slice(0, -1).every((one) => one.length === 2);
}
