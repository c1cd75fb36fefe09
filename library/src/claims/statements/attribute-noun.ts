import type { Attribution } from "./attribution.ts";
import { clauseAfter, hasFiniteVerb } from "./clauses.ts";
import type { Cue } from "./cues.ts";
import { untrueWord } from "./denials.ts";
import type { Frame, Item } from "./frames.ts";
import { nounPhraseAfter, nounPhraseBefore, type Range } from "./noun-phrases.ts";

/** "the claim that …", "its allegation that …": whose it is, is said by a possessive, or not at all. */
export function attributeNoun(frame: Frame, cue: Cue): Attribution | null {
  const { items } = frame;
  const clause = clauseAfter(items, cue, cue.last + 1);
  if (clause === null) return null;
  const told = beforeVerdict(items, clause);
  const owner = /^(?:his|her|its|their|my|our)$/.test(items[cue.first - 1]?.lower ?? "") ? cue.first - 1 : null;
  const possessive = /^(?:'s|')$/.test(items[cue.first - 1]?.lower ?? "")
    ? nounPhraseBefore(items, cue.first - 1)
    : null;
  const source = owner === null ? (possessive ?? organBefore(items, cue.first)) : { first: owner, last: owner };
  const made = source === null ? madeIn(items, told) : null;
  if (made !== null) return { frame, act: cue.act, cue, source: made.source, told: [made.told], quoted: [] };
  return { frame, act: cue.act, cue, source, told: [told], quoted: [] };
}

const organs = /^(?:union|police|bank|government|company|ministry|opposition|army|regulator|exchange|council|defence)$/;

/** "a union claim that …", "the police allegation that …": whose it is, stands before it without a possessive. */
function organBefore(items: readonly Item[], noun: number): Range | null {
  if (!organs.test(items[noun - 1]?.lower ?? "")) return null;
  let first = noun - 1;
  while (/^(?:NOUN|PROPN|ADJ)$/.test(items[first - 1]?.tag ?? "")) first--;
  return items[first - 1]?.tag === "DET" ? { first: first - 1, last: noun - 1 } : { first, last: noun - 1 };
}

/** "The claim that it stole them is false": what is claimed ends before what is thought of it. */
function beforeVerdict(items: readonly Item[], { first, last }: Range): Range {
  for (let at = first + 2; at < last; at++) {
    if (!/^(?:is|are|was|were)$/.test(items[at]?.lower ?? "") || !hasFiniteVerb(items, first, at - 1)) continue;
    const word = items[at + 1]?.tag === "ADV" ? at + 2 : at + 1;
    if (untrueWord.test(items[word]?.lower ?? "")) return { first, last: at - 1 };
  }
  return { first, last };
}

/** "withdrew their claim that …", "denied its own claim that …": whoever takes it back says it no more. */
export function isOwnClaim(items: readonly Item[], cue: Cue, previous: Attribution | null): boolean {
  if (previous === null || !/^(?:retracts|corrects|denies)$/.test(previous.act)) return false;
  const between = items.slice(previous.cue.last + 1, cue.first);
  if (between.length > 8 || between.some(({ tag, text }) => /^(?:VERB|AUX|QUOTE)$/.test(tag) || text === ","))
    return false;
  if (between.some(({ lower }) => lower === "own")) return true;
  const others = between.some(({ lower, tag }) => lower === "'s" || lower === "'" || lower === "by" || tag === "PROPN");
  return previous.act !== "denies" && !others;
}

/** "Claims that … were made in a report by …": whose they are, is said behind what they say. */
function madeIn(items: readonly Item[], told: Range): { source: Range; told: Range } | null {
  for (let at = told.first + 2; at < Math.min(items.length - 2, told.last + 8); at++) {
    if (!/^(?:made|raised|levelled|leveled|contained|published|aired|set)$/.test(items[at]?.lower ?? "")) continue;
    if (!/^(?:was|were|been|is|are)$/.test(items[at - 1]?.lower ?? "")) continue;
    const by = items[at + 1]?.lower === "out" ? at + 2 : at + 1;
    if (!/^(?:in|by)$/.test(items[by]?.lower ?? "")) continue;
    const source = nounPhraseAfter(items, by + 1);
    if (source !== null) return { source, told: { first: told.first, last: groupOfBeing(items, at) - 1 } };
  }
  return null;
}

/** Back over "had been", "were". */
function groupOfBeing(items: readonly Item[], verb: number): number {
  let first = verb;
  while (/^(?:has|have|had|was|were|been|is|are|also|first)$/.test(items[first - 1]?.lower ?? "")) first--;
  return first;
}
