import { datelineUnits } from "./dateline.ts";
import { mendTags } from "./mend-tags.ts";
import { markWidth, type QuotedStretch, type Stretch } from "./quotations.ts";
import { verbForms } from "./reporting-verbs.ts";
import { findSentences } from "./sentences.ts";
import { type Word, wordsOf } from "./words.ts";

/** A word, or a whole quotation in the place of its words (`quotation` set, tag `QUOTE`). */
export interface Item extends Word {
  readonly quotation: QuotedStretch | null;
  /** A word that is quoted, in a quotation of a word or two within the writer's own sentence. */
  readonly quoted: boolean;
}

/** A sentence as its writer built it: what is quoted whole is one item of it, however many sentences it holds. */
export interface Frame extends Stretch {
  readonly paragraph: number;
  readonly items: readonly Item[];
}

/** Longer sentences are not read: no writer's sentence is as long, and the tagger's memory grows with it. */
export const sentenceUnitsMax = 4000;

/** A quoted stretch that stands for itself: said in its own words, not a word or two within the writer's sentence. */
interface Block {
  readonly from: number;
  readonly to: number;
  readonly quotation: QuotedStretch;
}

export interface FramesOfText {
  readonly frames: readonly Frame[];
  readonly unread: readonly Stretch[];
}

/** The frames of a text: its sentences without datelines, joined where one ends within a quotation. */
export function findFrames(
  text: string,
  paragraphs: readonly Stretch[],
  quotations: readonly QuotedStretch[],
): FramesOfText {
  const frames: Frame[] = [];
  const unread: Stretch[] = [];
  const outer = quotations.filter(({ within }) => within === null);
  const parts = outer
    .flatMap((quotation) => quotation.parts.map((part) => ({ ...part, quotation })))
    .sort((a, b) => a.from - b.from);
  let first = 0;
  for (const [index, paragraph] of paragraphs.entries()) {
    const here: Block[] = [];
    for (; first < parts.length && (parts[first] as Block).from < paragraph.to; first++)
      here.push(parts[first] as Block);
    const read = { from: paragraph.from + datelineUnits(text, paragraph), to: paragraph.to };
    for (const { from, to, blocks } of joinOverQuotations(text, findSentences(text, read), here)) {
      const whole = blocks.filter((block) => standsForItself(text, { from, to }, block));
      const unitsOutside = to - from - whole.reduce((sum, block) => sum + block.to - block.from, 0);
      if (unitsOutside > sentenceUnitsMax) unread.push({ from, to });
      else {
        const inner = blocks.filter((block) => !standsForItself(text, { from, to }, block));
        frames.push({ from, to, paragraph: index, items: itemsOf(text, { from, to }, { whole, inner }) });
      }
    }
  }
  return { frames, unread };
}

function joinOverQuotations(text: string, sentences: readonly Stretch[], blocks: readonly Block[]) {
  const joined: { from: number; to: number; blocks: Block[] }[] = [];
  let next = 0;
  let last: { from: number; to: number; blocks: Block[] } | null = null;
  for (const sentence of sentences) {
    const block = last?.blocks.at(-1);
    const goesOn =
      last !== null && block !== undefined && (block.to >= sentence.from || repliesTo(text, block, sentence));
    if (goesOn && last !== null) last.to = sentence.to;
    else {
      last = { ...sentence, blocks: [] };
      joined.push(last);
    }
    for (; last !== null && next < blocks.length && (blocks[next] as Block).from <= sentence.to; next++) {
      last.blocks.push(blocks[next] as Block);
    }
  }
  return joined;
}

/** `“Why?” Miller asked.` is one sentence, and `“Why?” Miller went home.` is two. */
function repliesTo(text: string, block: Block, sentence: Stretch): boolean {
  if (sentence.from - block.to > 3 || !/[?!…—-]/.test(text[block.to - 1] ?? "")) return false;
  const words = text.slice(sentence.from, Math.min(sentence.to, sentence.from + 60)).split(/[\s,.:]+/, 5);
  return words.some((word, index) => index > 0 && verbForms.get(word.toLowerCase())?.verb.parenthetical === true);
}

interface Blocks {
  readonly whole: readonly Block[];
  readonly inner: readonly Block[];
}

function itemsOf(text: string, { from, to }: Stretch, { whole, inner }: Blocks): Item[] {
  const items: Item[] = [];
  const headline = isHeadline(text.slice(from, Math.min(to, from + 400)));
  const push = (word: Word) => {
    const quoted = inner.some((block) => block.from <= word.from && word.to <= block.to);
    // "the Harbour Herald said": within a sentence a capital makes a name of what the tagger takes for a verb.
    const amid = items.length > 0 && items.at(-1)?.tag !== "PUNCT";
    const named = !headline && amid && word.tag === "VERB" && /^\p{Lu}\p{Ll}/u.test(word.text);
    items.push({ ...word, tag: named ? "PROPN" : word.tag, quotation: null, quoted });
  };
  let at = from;
  for (const block of whole) {
    // The marks go with the quotation.
    const opens = Math.max(at, block.from - markWidth(text, block.from - 2));
    const closes = Math.min(to, block.to + markWidth(text, block.to));
    for (const word of wordsOf(text, { from: at, to: opens })) push(word);
    const { quotation } = block;
    items.push({ from: block.from, to: block.to, text: "", lower: "", tag: "QUOTE", quotation, quoted: false });
    at = closes;
  }
  for (const word of wordsOf(text, { from: at, to })) push(word);
  // A headline has no full stop; a sentence of many names has its verbs where others have them.
  return headline && !/\p{Ll}\.$/u.test(text.slice(from, to)) ? items : mendTags(items);
}

/** Whether most longer words begin with a capital: there it says nothing. */
function isHeadline(text: string): boolean {
  const words = text.match(/\p{L}{4,}/gu) ?? [];
  return words.filter((word) => /^\p{Lu}/u.test(word)).length > words.length / 2;
}

function standsForItself(text: string, frame: Stretch, { from, to, quotation }: Block): boolean {
  if (quotation.parts.length > 1) return true;
  const quoted = text.slice(from, Math.min(to, from + 400));
  const words = quoted.split(/\s+/, 5).length;
  const ends = text[to - 1] as string;
  const closes = to + markWidth(text, to);
  const after = text.slice(closes, closes + 2);
  const stops = /[,.?!…—-]/.test(ends) || /^\s?[,.]/.test(after);
  const before = text.slice(Math.max(frame.from, from - 5), from - markWidth(text, from - 2)).trimEnd();
  const begins = before === "" || /[,:—–(]$/.test(before);
  const capital = /^[\p{Lu}\p{N}[.…]/u.test(quoted);
  if (begins && stops) return true;
  if (begins && words >= 4) return true;
  return capital && words >= 4;
}
