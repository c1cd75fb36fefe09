import { countryOfName, countryOfWords } from "../claims/parties/country-names.ts";
import type { Word } from "./sentence-words.ts";
import { auxiliaries, beginName, deedNouns, mayContinue, mayName, orgNouns, tellingWords } from "./victim-words.ts";

/** A victim's name among words, from `first` to before `next`, and the words that tell what it is. */
export interface VictimName {
  readonly first: number;
  readonly next: number;
  /** Stretches of words around it that call it something: "the Singapore-based exchange", "a crypto lender". */
  readonly descriptors: readonly (readonly [first: number, next: number])[];
}

const nameWordsMax = 7;
const appositiveWordsMax = 40;
const appositivesMax = 3;
const blockers = new Set(
  (
    "in on for by from with to after before that which who whom and or but because as while when than via about " +
    "through using over under"
  ).split(" "),
);
const particles = new Set("of de del do da di la".split(" "));
const trimmed = new Set(
  "security smart digital first old new one second social private north south east west".split(" "),
);
const holdings = new Set(
  (
    "wallet wallets hot cold systems system website servers server customers users accounts account bridge " +
    "funds contract contracts smart treasury network database cross-chain token platform exchange deployment " +
    "pool pools vault vaults app site reserves team"
  ).split(" "),
);

const startsName = (words: readonly Word[], at: number): boolean => {
  const word = words[at];
  if (word?.isName !== true || word.isMark) return false;
  // The second word of "South Korea" is no name either.
  if (at > 0 && countryAt(words, at - 1) > 1) return false;
  // "Bangladesh Bank" and "the Bolivia central bank" are names; "the Singapore-based platform" is none.
  if (countryAt(words, at) > 0)
    return !/-based$/u.test(word.text) && isCountry(words, at) && wordAfter(words, at) === "bank";
  if (mayName(word.text, word.lower)) return true;
  // "Central Bank of Chile", "Bank of Spain", "Smart Money": a common word begins it where a name goes on.
  const after = words[at + 1];
  if (after?.isName === true && !word.possessive && beginName(word.lower, after.lower)) return true;
  if (after === undefined || !mayContinue(word.lower)) return false;
  if (particles.has(after.lower)) return words[at + 2]?.isName === true && /bank|exchange/u.test(word.lower);
  return after.isName && /^(?:central|national|bank|first|new|digital|second|black|white)$/u.test(word.lower)
    ? startsName(words, at + 1)
    : false;
};

const wordAfter = (words: readonly Word[], at: number): string => {
  const next = words[at + countryAt(words, at)];
  if (next === undefined || words[at + countryAt(words, at) - 1]?.possessive === true) return "";
  return next.lower === "central" ? (words[at + countryAt(words, at) + 1]?.lower ?? "") : next.lower;
};

/** How many words from `at` on name a country or people: "South Korean" 2, "India" 1, else 0. */
export function countryAt(words: readonly Word[], at: number): number {
  for (const many of [3, 2, 1]) {
    const stretch = words.slice(at, at + many);
    if (stretch.length < many || !stretch[0]!.isName || stretch.some(({ isMark }) => isMark)) continue;
    if (countryOfWords(stretch.map(({ text }) => text.replace(/-based$/u, "")).join(" ")) !== null) return many;
  }
  return 0;
}

/** A country by its name, not by the adjective of its people. */
function isCountry(words: readonly Word[], at: number): boolean {
  const stretch = words.slice(at, at + countryAt(words, at)).map(({ text }) => text);
  return countryOfName(stretch.join(" ")) !== null;
}

/** The name that begins at a word; null where none does. */
export function nameAt(words: readonly Word[], first: number): { first: number; next: number } | null {
  if (!startsName(words, first)) return null;
  let next = first + Math.max(1, countryAt(words, first));
  while (next < words.length && next - first < nameWordsMax) {
    const [before, word] = [words[next - 1] as Word, words[next] as Word];
    if (before.possessive) break;
    if (word.lower === "." && /^(?:mt|st)$/u.test(before.lower) && words[next + 1]?.isName === true) next++;
    else if (word.text === "&" && words[next + 1]?.isName === true) next++;
    else if (particles.has(word.lower) && words[next + 1]?.isName === true && /^bank|^banco/u.test(before.lower))
      next++;
    else if (!word.isName || word.isMark) break;
    else if (!mayName(word.text, word.lower) && !mayContinue(word.lower)) break;
    next++;
  }
  // "BTC users lose": what they hold is not who they are.
  const [only, behind] = [words[first] as Word, words[next]?.lower ?? ""];
  const isHeld = next === first + 1 && /^\p{Lu}{2,5}$/u.test(only.text);
  if (isHeld && /^(?:users|holders|investors|owners|tokens?|coins?|price)$/u.test(behind)) return null;
  while (next > first + 1 && trimmed.has((words[next - 1] as Word).lower)) next--;
  next = withOrgNouns(words, next);
  const name = words.slice(first, next).map(({ text }) => text);
  return tellingWords(name.join(" ")).length === 0 ? null : { first, next };
}

/** Takes in small nouns right behind a name: "Bangladesh central bank". */
function withOrgNouns(words: readonly Word[], next: number): number {
  if (words[next - 1]?.possessive === true) return next;
  const central = words[next]?.lower === "central" && orgNouns.has(words[next + 1]?.lower ?? "");
  if (central) return next + 2;
  return orgNouns.has(words[next]?.lower ?? "") && words[next]?.isName === false ? next + 1 : next;
}

/**
 * The first name from `at` on, over articles, adjectives and common nouns: "the Singapore-based exchange Northwind".
 */
export function nameAfter(words: readonly Word[], at: number, reach: number): VictimName | null {
  for (let first = at; first < Math.min(words.length, at + reach); first++) {
    const word = words[first] as Word;
    const name = nameAt(words, first);
    if (name !== null) return withDescriptors(words, name, at);
    if (word.isMark && !/^["“”'‘]$/u.test(word.text)) return null;
    if (blockers.has(word.lower)) return null;
    if (/^\p{N}|^[$€£¥]/u.test(word.text)) return null;
  }
  return null;
}

/** The subject of a verb: the name that ends before it, over auxiliaries, an appositive, and what belongs to it. */
export function nameBefore(words: readonly Word[], verb: number): VictimName | null {
  let last = verb - 1;
  const isSkipped = (at: number) => {
    const lower = words[at]?.lower ?? "";
    return auxiliaries.has(lower) || /^(?:which|who|that)$/u.test(lower) || (/ly$/u.test(lower) && !words[at]!.isName);
  };
  while (last >= 0 && isSkipped(last)) last--;
  const brackets = words[last]?.text === ")" ? openingBefore(words, last) : null;
  if (brackets !== null) last = brackets - 1;
  const appositives: (readonly [number, number])[] = [];
  if (words[last]?.text === "," && last < verb - 1 && /^(?:which|who|that)$/u.test(words[last + 1]?.lower ?? ""))
    last--;
  // "X, an exchange, formerly Y, suffered"
  while (words[last]?.text === "," && appositives.length < appositivesMax) {
    const comma = commaBefore(words, last);
    if (comma === null) {
      last--;
      break;
    }
    appositives.push([comma + 1, last]);
    last = words[comma - 1]?.isName === true || holdings.has(words[comma - 1]?.lower ?? "") ? comma - 1 : comma;
  }
  const name = nameEndingAt(words, last);
  if (name === null) return null;
  const found = withDescriptors(words, name, Math.max(0, name.first - 6));
  return { ...found, descriptors: [...found.descriptors, ...appositives] };
}

/** The name whose last word is at `last`, or one that has what stands there: "Northwind's hot wallets". */
export function nameEndingAt(words: readonly Word[], last: number): { first: number; next: number } | null {
  let end = last;
  while (end > last - 4 && end > 0 && holdings.has(words[end]?.lower ?? "")) {
    const name = endingExactly(words, end);
    if (name !== null) return name;
    end--;
  }
  // "Northwind's Arbitrum deployment": what it has may have a name of its own.
  const owner = end < last && words[end]?.isName === true && words[end - 1]?.possessive === true ? end - 1 : end;
  return endingExactly(words, owner);
}

function endingExactly(words: readonly Word[], last: number): { first: number; next: number } | null {
  for (let first = Math.max(0, last - nameWordsMax); first <= last; first++) {
    const name = nameAt(words, first);
    if (name !== null && name.next > last) return name;
    if (name !== null) first = name.next - 1;
  }
  return null;
}

function withDescriptors(words: readonly Word[], name: { first: number; next: number }, from: number): VictimName {
  const descriptors: [number, number][] = [];
  let first = name.first;
  while (first > from && first > name.first - 8 && !isEdge(words[first - 1] as Word)) first--;
  if (first < name.first) descriptors.push([first, name.next]);
  else descriptors.push([name.first, name.next]);
  const isAppositive = words[name.next]?.text === "," && /^(?:an?|the|one)$/u.test(words[name.next + 1]?.lower ?? "");
  if (isAppositive) {
    let next = name.next + 2;
    while (next < words.length && next < name.next + appositiveWordsMax && !/^[,;:.—–]$/u.test(words[next]!.text))
      next++;
    // "the attack on A, the hack of B": the next of a list is no appositive.
    const isList = words.slice(name.next + 1, next).some(({ lower }) => deedNouns.has(lower));
    if (!isList) descriptors.push([name.next + 1, next]);
  }
  return { ...name, descriptors };
}

const isEdge = (word: Word): boolean => word.isMark || blockers.has(word.lower) || auxiliaries.has(word.lower);

function commaBefore(words: readonly Word[], last: number): number | null {
  for (let at = last - 1; at > Math.max(0, last - appositiveWordsMax); at--) if (words[at]?.text === ",") return at;
  return null;
}

function openingBefore(words: readonly Word[], last: number): number | null {
  for (let at = last - 1; at >= Math.max(0, last - 8); at--) if (words[at]?.text === "(") return at;
  return null;
}
