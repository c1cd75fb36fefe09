import type { Draft } from "./draft.ts";
import type { Scope } from "./figure.ts";
import { reads, type Token } from "./tokens.ts";

/** Words of scope among tokens. */
export interface ScopeRead {
  readonly kind: Scope["kind"];
  readonly first: number;
  readonly next: number;
}

const phrases: readonly (readonly [Scope["kind"], string])[] = [
  ["to date", "to date"],
  ["to date", "so far"],
  ["to date", "thus far"],
  ["total", "in total"],
  ["total", "in all"],
  ["total", "altogether"],
  ["total", "overall"],
  ["total", "combined"],
  ["total", "total"],
  ["total", "totalling"],
  ["total", "totaling"],
  ["total", "totalled"],
  ["total", "totaled"],
];
const each = ["each", "apiece"];
const prepositions = new Set("in across among from at on against throughout over within".split(" "));
const places = new Set(
  (
    "country nation state city bank exchange institution jurisdiction continent company firm wallet account address " +
    "region branch platform victim"
  ).split(" "),
);
const lookBack = 8;
const lookAhead = 4;
const nameMax = 6;

/** What the words around a figure say that it covers; `following` is the figure behind it. */
export function readScopes(tokens: readonly Token[], draft: Draft, following: Draft | undefined): ScopeRead[] {
  if (draft.kind === "date") return [];
  const scopes: ScopeRead[] = [];
  const from = sentenceStart(tokens, draft.first);
  for (const [kind, words] of phrases) {
    const list = words.split(" ");
    for (let at = from; at < draft.next + lookAhead; at++) {
      if (at >= draft.first && at < draft.next) continue;
      if (at >= draft.next && endsSentence(tokens, at)) break;
      if (reads(tokens, at, list)) scopes.push({ kind, first: at, next: at + list.length });
    }
  }
  const after = tokens[draft.next];
  if (each.includes(after?.lower ?? "")) scopes.push({ kind: "each", first: draft.next, next: draft.next + 1 });
  if (after?.lower === "per" && tokens[draft.next + 1]?.kind === "word") {
    scopes.push({ kind: "each", first: draft.next, next: draft.next + 2 });
  }
  const place = placeBehind(tokens, draft, following);
  return place === null ? scopes : [...scopes, place];
}

/** "in 17 countries", "across Europe": a figure of places further on in the sentence, or a name right behind. */
function placeBehind(tokens: readonly Token[], draft: Draft, following: Draft | undefined): ScopeRead | null {
  if (following?.kind === "count" && draft.kind === "count" && places.has(following.unit ?? "")) {
    for (let at = draft.next; at < following.first; at++) {
      if (endsSentence(tokens, at)) break;
      if (at >= following.first - nameMax && /^(?:in|across|throughout|among|over)$/.test(tokens[at]?.lower ?? "")) {
        return { kind: "in", first: at, next: following.next };
      }
    }
  }
  if (!prepositions.has(tokens[draft.next]?.lower ?? "")) return null;
  let at = draft.next + 1;
  if (tokens[at]?.lower === "the") at++;
  if (following?.kind === "date" && following.first === at)
    return { kind: "in", first: draft.next, next: following.next };
  const start = at;
  while (at < start + nameMax && isName(tokens[at])) at++;
  // Half of a compound is no name, and in a headline capitals tell nothing.
  const isHalf = tokens[at]?.text === "-" && tokens[at]?.gap === 0;
  return at === start || isHalf || isHeadline(tokens, draft) ? null : { kind: "in", first: draft.next, next: at };
}

/** Words of a headline that are looked at on either side, and how many longer ones make it look like one. */
const headlineMax = 30;
const headlineWordsMin = 3;

/** Whether all longer words of a line around a figure begin with a capital. */
function isHeadline(tokens: readonly Token[], { first, next }: Draft): boolean {
  let from = first;
  while (from > first - headlineMax && tokens[from]?.gap !== 2 && !endsSentence(tokens, from - 1)) from--;
  let to = next;
  while (to < next + headlineMax && tokens[to]?.gap !== 2 && !endsSentence(tokens, to)) to++;
  const longer = [...tokens.slice(Math.max(0, from), first), ...tokens.slice(next, to)].filter(
    ({ kind, text }) => kind === "word" && text.length > headlineWordsMin,
  );
  return longer.length >= headlineWordsMin && longer.every(({ text, lower }) => text !== lower);
}

const isName = (token: Token | undefined): boolean =>
  token?.kind === "word" && token.gap === 1 && token.text !== token.lower;

function sentenceStart(tokens: readonly Token[], at: number): number {
  let first = at;
  while (first > 0 && at - first < lookBack && !endsSentence(tokens, first - 1) && tokens[first]?.gap !== 2) first--;
  return first;
}

/** Whether a mark ends a sentence: a dot before a space and a capital, or ! or ?, or a line that ends. */
export function endsSentence(tokens: readonly Token[], at: number): boolean {
  const [token, after] = [tokens[at], tokens[at + 1]];
  if (token === undefined || after === undefined) return true;
  if (/^[!?…]$/.test(token.text)) return true;
  if (token.text !== ".") return false;
  // A dot behind one letter ("U.S.") or behind a number with no space after it ends nothing.
  const initial = /^\p{Lu}$/u.test(tokens[at - 1]?.text ?? "");
  const quote = /^["'”’)]$/.test(after.text) && after.gap === 0;
  return quote || (after.gap > 0 && !initial && (after.kind !== "word" || after.text !== after.lower));
}
