import type { Attribution } from "./attribution.ts";
import { clauseAfter, endOfClause, onlyCircumstance } from "./clauses.ts";
import type { Cue } from "./cues.ts";
import type { Frame, Item } from "./frames.ts";
import { nounPhraseAfter, nounPhraseBefore, type Range } from "./noun-phrases.ts";

/** "is said to have …", "was accused by the panel of …": nobody is named, or the one after "by". */
export function attributePassive(frame: Frame, cue: Cue): Attribution | null {
  const { items } = frame;
  const named = items[cue.last + 1]?.lower === "by" ? nounPhraseAfter(items, cue.last + 2) : null;
  const by = named === null || !cue.verb.complements.includes("accused") ? named : beforeCharge(items, named);
  const subject = nounPhraseBefore(items, cue.group);
  const base = { frame, act: cue.act, cue, quoted: [] };
  const end = afterCircumstance(items, (by?.last ?? cue.last) + 1);
  const after = items[end]?.lower ?? "";
  if (after === "as" && items[end + 1]?.lower === "saying" && subject !== null) {
    const before = items[subject.first - 1]?.quotation ?? items[subject.first - 2]?.quotation ?? null;
    if (before !== null) return { ...base, act: "states", source: subject, told: [], quoted: [before] };
    const told = clauseAfter(items, { ...cue, verb: { ...cue.verb, complements: ["clause"] } }, end + 2);
    return told === null ? null : { ...base, act: "states", source: subject, told: [told] };
  }
  const accused = cue.verb.complements.includes("accused") && (after === "of" || after === "for");
  if (subject === null || (!accused && (after !== "to" || cue.verb.complements.includes("addressee")))) return null;
  const last = endOfClause(items, cue.last + 1, cue);
  const told = accused && by !== null ? [subject, { first: end, last }] : [{ first: subject.first, last }];
  return { ...base, source: by, told };
}

/** "by the panel of theft": the panel's name ends before the charge. */
function beforeCharge(items: readonly Item[], { first, last }: Range): Range {
  // "by the Bureau of Investigation of theft"
  if (/^(?:of|for)$/.test(items[last + 1]?.lower ?? "")) return { first, last };
  const of = items.findLastIndex(({ lower }, at) => at > first && at < last && (lower === "of" || lower === "for"));
  return of < 0 ? { first, last } : { first, last: of - 1 };
}

/** "has been blamed in recent years for …": over when and where, to the "of" or "for". */
function afterCircumstance(items: readonly Item[], from: number): number {
  const at = items.findIndex(({ lower }, place) => place >= from && (lower === "of" || lower === "for"));
  return at >= 0 && at - from < 8 && items[from]?.tag === "ADP" && onlyCircumstance(items, from, at - 1) ? at : from;
}
