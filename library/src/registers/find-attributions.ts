import { countryOfName, countryOfWords } from "../claims/parties/country-names.ts";
import type { Word } from "./sentence-words.ts";
import { deedNouns } from "./victim-words.ts";

/** A name that a sentence puts a deed down to; places are of words. */
export interface AttributionFound {
  readonly first: number;
  readonly next: number;
  readonly cueFirst: number;
  readonly cueNext: number;
  /** The word for the deed that it is put down for, where it stands by its article: "for the attack". */
  readonly deed: number | null;
}

const behind = /^(?:linked|tied|attributed|traced|connected|attribution)$/u;
const done = /^(?:carried|perpetrated|conducted|orchestrated|committed|executed|launched|masterminded|staged|backed)$/u;
const leads = new Set(
  "the a an notorious infamous alleged suspected hacking hacker cybercrime cyber criminal state-sponsored elite".split(
    " ",
  ),
);
const groupNouns = new Set(
  "group gang team collective syndicate hackers operatives actors unit bureau subgroup affiliate spies".split(" "),
);
const never = new Set(
  (
    "the a an this that it its they their he his she her we our in on at by from for to and or but as if when " +
    "while after before hack attack breach theft hackers attackers monday tuesday wednesday thursday friday " +
    "saturday sunday january february march april may june july august september october november december"
  ).split(" "),
);
const nameWordsMax = 6;

/**
 * The groups, people and states that a sentence puts a deed down to: "linked to X", "blamed on X", "carried out by X",
 * "X, which has been linked to", "X was behind". It is what the sentence says; whether it holds is another matter.
 */
export function findAttributions(words: readonly Word[]): AttributionFound[] {
  const found: AttributionFound[] = [];
  const keep = (last: { first: number; next: number } | null, cueFirst: number, cueNext: number) => {
    for (const name of last === null ? [] : [last, ...joinedBefore(words, last)]) {
      const one = { ...name, cueFirst, cueNext, deed: deedBehind(words, Math.max(name.next, cueNext)) };
      const known = found.findIndex(({ first, next }) => first < name.next && name.first < next);
      // "connected to the group X, which has been linked to the theft": the cue behind the name is about the deed.
      if (known < 0) found.push(one);
      else if (cueFirst >= name.next) found[known] = one;
    }
  };
  for (const [at, { lower }] of words.entries()) {
    const after = words[at + 1]?.lower ?? "";
    if (isTurned(words, at)) continue;
    if (behind.test(lower) && after === "to") {
      const object = doerFrom(words, at + 2);
      keep(object ?? doerBefore(words, at), at, at + 2);
    } else if (/^(?:blamed|pinned)$/u.test(lower) && after === "on") keep(doerFrom(words, at + 2), at, at + 2);
    else if (/^(?:blame|blamed|blames|accused|accuses|accusing)$/u.test(lower)) {
      const isPassive = /^(?:been|was|were|is|are|also)$/u.test(words[at - 1]?.lower ?? "");
      keep(isPassive ? doerBefore(words, at) : doerFrom(words, at + 1), at, at + 1);
    } else if (done.test(lower)) {
      const by = after === "by" ? at + 1 : after === "out" && words[at + 2]?.lower === "by" ? at + 2 : null;
      if (by !== null) keep(doerFrom(words, by + 1), at, by + 1);
    } else if (lower === "behind" && /^(?:is|was|were|are|been|being)$/u.test(words[at - 1]?.lower ?? "")) {
      keep(doerBefore(words, at), at - 1, at + 1);
    } else if (lower === "responsible" && after === "for") keep(doerBefore(words, at), at, at + 2);
  }
  return found;
}

/** "for the attack", "to this theft", within a few words. */
function deedBehind(words: readonly Word[], from: number): number | null {
  for (let at = from; at < Math.min(words.length - 1, from + 6); at++) {
    if (/^[,;:.]$/u.test(words[at]?.text ?? "")) return null;
    if (!/^(?:the|this|that)$/u.test(words[at]?.lower ?? "")) continue;
    const deed = words.findIndex(({ lower }, index) => index > at && index < at + 4 && deedNouns.has(lower));
    if (deed > 0) return deed;
  }
  return null;
}

const isTurned = (words: readonly Word[], at: number): boolean =>
  [1, 2, 3].some((back) =>
    /^(?:not|never|no|denied|denies|denying|cannot|without)$/u.test(words[at - back]?.lower ?? ""),
  );

const isNamed = (word: Word | undefined): boolean => word?.isName === true && !word.isMark && !never.has(word.lower);

/** The name right behind a cue, over "the North Korean hacking group". */
function doerFrom(words: readonly Word[], at: number): { first: number; next: number } | null {
  let first = at;
  while (first < at + 6 && !isNamed(words[first])) {
    const lower = words[first]?.lower ?? "";
    if (!leads.has(lower) && !groupNouns.has(lower)) return null;
    first++;
  }
  if (!isNamed(words[first])) return null;
  const name = { first, next: nameEnd(words, first) };
  // "linked to Northwind's flaw" puts it down to the flaw.
  if (words[name.next - 1]?.possessive === true) return null;
  const called = groupNouns.has(words[name.next]?.lower ?? "") || leads.has(words[name.next]?.lower ?? "");
  if (!isPeople(words, name)) return name;
  // "Canadian prosecutors" are others than Canadians; "North Korea" is the state.
  if (!called) return countryOfName(textOf(words, name)) === null ? null : name;
  // "the North Korean hacking group Lazarus": the name behind is meant; without one the people are.
  let own = name.next;
  while (own < name.next + 4 && (groupNouns.has(words[own]?.lower ?? "") || leads.has(words[own]?.lower ?? ""))) own++;
  if (/^(?:called|named|known|dubbed)$/u.test(words[own]?.lower ?? "")) own += words[own + 1]?.lower === "as" ? 2 : 1;
  const isOwn = isNamed(words[own]);
  return isOwn ? { first: own, next: nameEnd(words, own) } : { first: name.first, next: own };
}

const textOf = (words: readonly Word[], { first, next }: { first: number; next: number }): string =>
  words
    .slice(first, next)
    .map(({ text, possessive }) => (possessive ? `${text}'s` : text))
    .join(" ");

const isPeople = (words: readonly Word[], name: { first: number; next: number }): boolean =>
  countryOfWords(textOf(words, name)) !== null;

function nameEnd(words: readonly Word[], first: number): number {
  let next = first + 1;
  while (next < first + nameWordsMax) {
    const [before, word] = [words[next - 1] as Word, words[next]];
    const isRepublic = /^(?:republic|kingdom|federation)$/u.test(before.lower) && word?.lower === "of";
    if (isRepublic && isNamed(words[next + 1])) next += 2;
    else if (isNamed(word) && (!before.possessive || word?.lower === "republic")) next++;
    else break;
  }
  return next;
}

/** The subject before a cue: "X, which has been linked to", "X is accused", "X, a group of spies, was behind". */
function doerBefore(words: readonly Word[], at: number): { first: number; next: number } | null {
  let last = at - 1;
  const skipped = /^(?:is|was|were|are|has|have|had|been|also|widely|allegedly|reportedly|being|long|which|that|who)$/u;
  while (last >= 0 && at - last < 8 && skipped.test(words[last]?.lower ?? "")) last--;
  if (words[last]?.text === ",") last = beforeAppositive(words, last, at);
  if (groupNouns.has(words[last]?.lower ?? "")) last--;
  if (!isNamed(words[last])) return null;
  let first = last;
  while (first > 0 && last - first < nameWordsMax && isNamed(words[first - 1]) && !words[first - 1]!.possessive)
    first--;
  return { first, next: last + 1 };
}

/** "X and Y are responsible": the name that is joined to one by "and". */
function joinedBefore(
  words: readonly Word[],
  name: { first: number; next: number },
): { first: number; next: number }[] {
  const last = name.first - 2;
  if (words[last + 1]?.lower !== "and" || !isNamed(words[last])) return [];
  let first = last;
  while (first > 0 && last - first < nameWordsMax && isNamed(words[first - 1])) first--;
  return [{ first, next: last + 1 }];
}

/** Where the name ends before "a group of spies, was behind"; before the comma where no appositive stands there. */
function beforeAppositive(words: readonly Word[], comma: number, cue: number): number {
  const isClause = comma < cue - 1 && /^(?:which|that|who)$/u.test(words[comma + 1]?.lower ?? "");
  for (let at = comma - 1; !isClause && at > Math.max(0, comma - 20); at--) {
    if (words[at]?.text !== ",") continue;
    return words[at + 1]?.isName === false ? at - 1 : comma - 1;
  }
  return comma - 1;
}
