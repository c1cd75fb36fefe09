import type { Stretch } from "./quotations.ts";

const titles =
  "mr|mrs|ms|messrs|dr|sen|sens|rep|reps|gov|gen|col|lt|sgt|capt|cmdr|adm|prof|rev|hon|pres|supt|det|insp|amb|atty|" +
  "st|mt|ft|vs|approx|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec";
/** A title, a month, a number sign: a stop that never ends a sentence. */
const neverEnds = new RegExp(`(?:^|[^\\p{L}])(?:${titles})$`, "iu");
/** Never before a number: "No. 4", "Art. 3". */
const numbered = /(?:^|[^\p{L}])(?:no|nos|art|sec|fig|pp?|vol|ch)$/iu;
/** Initials and abbreviations that end a sentence only where one clearly begins after them. */
const rarelyEnds =
  /(?:^|[^\p{L}\p{N}])(?:\p{L}|(?:\p{L}\.)+\p{L}|inc|corp|co|ltd|llc|jr|sr|etc|bros|dept|univ|e\.g|i\.e|al)$/iu;
const openers =
  "The|A|An|He|She|It|They|We|I|But|And|In|On|At|This|That|These|Those|There|For|If|As|When|While|After|Before|" +
  "Meanwhile|However|His|Her|Its|Their|Our|You|Some|Many|No|Not|So|What|Who";
const opener = new RegExp(`^["'“‘«([]*(?:${openers})\\b`);

/**
 * Where sentences stand in a paragraph: at a full stop, a question or exclamation mark or an ellipsis with its closing
 * marks, before white space and something that can begin a sentence. They do not overlap, and hold all but white space.
 */
export function findSentences(text: string, paragraph: Stretch): Stretch[] {
  const sentences: Stretch[] = [];
  const ends = /[.!?…]+["'”’»)\]]*|[。！？]+/gu;
  let from = skipSpace(text, paragraph.from, paragraph.to);
  ends.lastIndex = from;
  for (let match = ends.exec(text); match !== null && match.index < paragraph.to; match = ends.exec(text)) {
    const to = Math.min(match.index + match[0].length, paragraph.to);
    const next = skipSpace(text, to, paragraph.to);
    if (next >= paragraph.to) break;
    const wide = /^[。！？]/.test(match[0]);
    if (next === to && !wide) continue;
    if (!wide && !endsHere(text, from, match, text.slice(next, next + 20))) continue;
    sentences.push({ from, to });
    from = next;
  }
  const to = backOverSpace(text, from, paragraph.to);
  if (to > from) sentences.push({ from, to });
  return sentences;
}

function endsHere(text: string, from: number, match: RegExpExecArray, next: string): boolean {
  if (!/^["'“‘«([—–-]*[\p{Lu}\p{Lo}\p{N}$€£@#]/u.test(next)) return false;
  if (!match[0].startsWith(".") || match[0].length > 1) return true;
  const before = text.slice(Math.max(from, match.index - 12), match.index);
  if (neverEnds.test(before)) return false;
  if (numbered.test(before) && /^\p{N}/u.test(next)) return false;
  return !rarelyEnds.test(before) || opener.test(next);
}

function skipSpace(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && /\s/.test(text[at] as string)) at++;
  return at;
}

function backOverSpace(text: string, from: number, to: number): number {
  let at = to;
  while (at > from && /\s/.test(text[at - 1] as string)) at--;
  return at;
}
