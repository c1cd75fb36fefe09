import type { DateRead } from "./calendar.ts";
import { firstOrdinals } from "./day-words.ts";
import { monthWords } from "./month-names.ts";
import { smallWords } from "./number-words.ts";
import { readCountedDate } from "./read-counted-date.ts";
import { feastWords } from "./read-feast.ts";
import { readNamedWeek, readNth, readPart, readRestOf, readShortPart, readYearPart } from "./read-period.ts";
import { isGlued, readPlainDate } from "./read-plain-date.ts";
import { readWeekend, relativeWords } from "./read-relative-date.ts";
import { weekdayWords } from "./read-weekday.ts";
import type { Token } from "./tokens.ts";

type Reader = (tokens: readonly Token[], at: number, published: number | null) => DateRead | null;

const weekend: Reader = (tokens, at, published) => {
  // "the weekend of May 4" says which; "over the weekend" is the last one.
  const over = /^(?:over|at|during)$/.test(tokens[at - 2]?.lower ?? "") && tokens[at - 1]?.lower === "the";
  const own = over && tokens[at + 1]?.lower !== "of";
  return readNamedWeek(tokens, at, published) ?? (own ? readWeekend("", 0, at, at + 1, published) : null);
};

/** What a date can begin with that is made of others. */
const beginnings: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ...words("early mid late beginning start middle end close", readPart),
  ...words("earlier later", readRestOf),
  ...words("q h", readShortPart),
  ["week", readNamedWeek],
  ["weekend", weekend],
  ...words("last final", readNth),
]);

function words(list: string, reader: Reader): [string, Reader][] {
  return list.split(" ").map((word) => [word, reader]);
}

/** Most words begin no date: one look at this set is all that they cost. */
const firstWords: ReadonlySet<string> = new Set([
  ...beginnings.keys(),
  "a",
  "an",
  ...monthWords,
  ...weekdayWords,
  ...relativeWords,
  ...firstOrdinals,
  ...smallWords.keys(),
  ...feastWords,
  "year",
  "now",
]);

/** Whether a date can begin with a token. */
export const beginsDate = ({ kind, lower }: Token): boolean =>
  kind === "digits" || (kind === "word" && firstWords.has(lower));

/** The date that starts at a token, resolved against the day of publication; null where none does. */
export function readDate(tokens: readonly Token[], at: number, published: number | null): DateRead | null {
  const token = tokens[at] as Token;
  if (!beginsDate(token) || isGlued(tokens, at)) return null;
  const plain = () => readPlainDate(tokens, at, published);
  if (token.kind === "digits") {
    return (
      readCountedDate(tokens, at, published) ?? readNth(tokens, at, published) ?? readYearPart(tokens, at) ?? plain()
    );
  }
  if (token.lower === "a" || token.lower === "an") return readCountedDate(tokens, at, published);
  const made = beginnings.get(token.lower)?.(tokens, at, published) ?? null;
  if (made !== null) return made;
  return readCountedDate(tokens, at, published) ?? readNth(tokens, at, published) ?? plain();
}
