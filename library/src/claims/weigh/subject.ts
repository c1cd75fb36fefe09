import type { DocumentAnalysis } from "../analyse-document.ts";
import type { Figure } from "../figures/figure.ts";
import { termsOfName } from "./terms.ts";

/** Of whom and when something is told: what two tellings may not have differently, however alike their words are. */
export interface Subject {
  /** Proper names in it, as terms; countries as `@KP`. */
  readonly names: ReadonlySet<string>;
  /** Names of those who are said to have taken something. */
  readonly takers: ReadonlySet<string>;
  /** True where something was taken and nobody is named for it: "hackers stole", "was stolen". */
  readonly isAgentless: boolean;
  /** Years that it names. */
  readonly years: ReadonlySet<string>;
}

const adverbs = "(?:(?:had|has|have|also|then|allegedly|reportedly|likely|probably|illegally|first|later)\\s+)*";
const taken = "(?:stolen|robbed|hacked|taken|looted|siphoned|drained|laundered|breached|attacked)";
// "Bank robbed of millions" is about the one who was robbed: these have a doer before them.
const takes =
  "(?:st(?:ole|eals?)|took|looted|siphoned|laundered|hacked\\s+into|" +
  `(?:had|has|have)\\s+(?:\\p{L}+ly\\s+)?(?:used|${taken}))`;
const name = String.raw`\p{Lu}[\p{L}\p{N}.'’-]*`;
const run = String.raw`${name}(?:\s+(?:of\s+|the\s+)?${name}){0,4}`;
const active = new RegExp(String.raw`(${run})(?:['’]s\s+[\p{Ll} ]{2,30})?\s+${adverbs}${takes}(?!\p{L})`, "gu");
const passive = new RegExp(String.raw`${taken}[^.;]{0,100}?\sby\s+(?:the\s+)?(${run})`, "gu");
const thieves = "(?:hackers?|thieves|thief|criminals?|attackers?|robbers?|intruders?|someone|somebody|cybercriminals?)";
const byThieves = String.raw`${thieves}\s+${adverbs}(?:${takes}|${taken})`;
const wasTaken = String.raw`(?:was|were|been|being)\s+(?:\p{L}+ly\s+)?${taken}`;
const agentless = new RegExp(String.raw`(?<!\p{L})(?:${byThieves}|${wasTaken})(?!\p{L})`, "iu");

/** Capitalised words that name nobody by themselves. */
const noNames = new Set(
  (
    "january february march april may june july august september october november december monday tuesday wednesday " +
    "thursday friday saturday sunday asian european african american western eastern northern southern asia europe " +
    "africa i mr mrs ms dr internet bitcoin ether ethereum usd dollar dollars euro euros"
  ).split(" "),
);

interface Capitals {
  /** Words that a document writes large inside of sentences, or always where it begins one with them. */
  readonly words: ReadonlySet<string>;
  /** Those that begin a name, and so may begin a sentence as one. */
  readonly leading: ReadonlySet<string>;
  /** Names in its title: of whom a sentence without any tells, as a rule. */
  readonly ofTitle: ReadonlySet<string>;
}

const capitalsOfDocument = new WeakMap<object, Capitals>();
const people =
  "thieves|thief|hackers?|criminals?|attackers?|police|prosecutors?|investigators?|officials?|customers?|users?|" +
  "officers?";
const common = new RegExp(`^(?:${people})$`, "iu");

function capitalsOf({ document }: DocumentAnalysis): Capitals {
  const known = capitalsOfDocument.get(document);
  if (known !== undefined) return known;
  const words = new Set<string>();
  const inside = /(?<=[\p{Ll},;:(“"] )(\p{Lu}[\p{L}\p{N}'’-]*(?: \p{Lu}[\p{L}\p{N}'’-]*)*)/gu;
  const leading = new Set<string>();
  const following = new Set<string>();
  for (const [, found = ""] of document.text.matchAll(inside)) {
    const [first = "", ...others] = found.split(" ").map(bare);
    leading.add(first);
    for (const word of others) following.add(word);
    for (const word of [first, ...others]) words.add(word);
  }
  const small = new Set(document.text.match(/(?<![\p{L}])\p{Ll}[\p{L}-]*/gu) ?? []);
  const counts = new Map<string, number>();
  for (const [word] of document.text.matchAll(/(?<![\p{L}])\p{Lu}[\p{L}\p{N}-]{3,}/gu))
    counts.set(word, (counts.get(word) ?? 0) + 1);
  for (const [word, count] of counts) {
    if (count < 2 || small.has(word.toLowerCase()) || common.test(word)) continue;
    words.add(word);
    if (!following.has(word)) leading.add(word);
  }
  const capitals = { words, leading, ofTitle: new Set<string>() };
  for (const name of namesIn(document.title ?? "", capitals)) capitals.ofTitle.add(name);
  capitalsOfDocument.set(document, capitals);
  return capitals;
}

const bare = (word: string): string => word.replace(/['’]s$/u, "");

function namesIn(text: string, { words, leading }: Pick<Capitals, "words" | "leading">): string[] {
  const kept = [...text.matchAll(/\p{Lu}[\p{L}\p{N}.'’-]*/gu)]
    .map(({ 0: word, index }) => ({ word: bare(word.replace(/\.$/u, "")), isFirst: index === 0 }))
    // "Fraud office: …" begins large as any sentence does, though "the National Fraud Office" has the word.
    .filter(({ word, isFirst }) => (isFirst ? leading : words).has(word) && !noNames.has(word.toLowerCase()))
    .map(({ word }) => word);
  const countries = [...termsOfName(text)].filter((term) => term.startsWith("@"));
  return [...countries, ...termsOfName(kept.join(" "))];
}

export function subjectOf(
  analysis: DocumentAnalysis,
  content: readonly string[],
  about: { readonly terms: ReadonlySet<string>; readonly figures: readonly Figure[] },
): Subject {
  const capitals = capitalsOf(analysis);
  const names = new Set([...about.terms].filter((term) => term.startsWith("@")));
  const takers = new Set<string>();
  let isAgentless = false;
  for (const text of content) {
    for (const term of namesIn(text, capitals)) names.add(term);
    const ofText = [...text.matchAll(active), ...text.matchAll(passive)].flatMap(([, who = ""]) =>
      namesIn(who, capitals),
    );
    for (const term of ofText) takers.add(term);
    if (ofText.length === 0 && agentless.test(text)) isAgentless = true;
  }
  const years = about.figures.flatMap(({ kind, value }) =>
    kind === "date" && value !== null && /^\d{4}/u.test(value) ? [value.slice(0, 4)] : [],
  );
  return {
    names: names.size > 0 ? names : capitals.ofTitle,
    takers,
    isAgentless: isAgentless && takers.size === 0,
    years: new Set(years),
  };
}

export function disjoint(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a.size === 0 || b.size === 0) return false;
  for (const one of a) if (b.has(one)) return false;
  return true;
}

/** Whether two tell of different doers: of two that are named, or of one who is and one who is not known. */
export function differInTaker(
  a: Pick<Subject, "takers" | "isAgentless">,
  b: Pick<Subject, "takers" | "isAgentless">,
): boolean {
  if (disjoint(a.takers, b.takers)) return true;
  return (a.takers.size > 0 && b.isAgentless) || (b.takers.size > 0 && a.isAgentless);
}
