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
const agentless = new RegExp(
  String.raw`(?<!\p{L})(?:${thieves}\s+${adverbs}(?:${takes}|${taken})|(?:was|were|been|being)\s+(?:\p{L}+ly\s+)?${taken})(?!\p{L})`,
  "iu",
);

/** Capitalised words that name nobody by themselves. */
const noNames = new Set(
  (
    "january february march april may june july august september october november december monday tuesday wednesday " +
    "thursday friday saturday sunday asian european african american western eastern northern southern asia europe " +
    "africa i mr mrs ms dr internet bitcoin ether ethereum usd dollar dollars euro euros"
  ).split(" "),
);

/** Words that a document writes with a capital inside of sentences. */
const capitalised = new WeakMap<object, ReadonlySet<string>>();

function capitalsOf(document: { text: string }): ReadonlySet<string> {
  let known = capitalised.get(document);
  if (known === undefined) {
    const words = new Set<string>();
    for (const [, run] of document.text.matchAll(
      /(?<=[\p{Ll},;:(“"] )(\p{Lu}[\p{L}\p{N}'’-]*(?: \p{Lu}[\p{L}\p{N}'’-]*)*)/gu,
    ))
      for (const word of (run as string).split(" ")) words.add(word.replace(/['’]s$/u, ""));
    known = words;
    capitalised.set(document, known);
  }
  return known;
}

export function subjectOf(
  { document }: DocumentAnalysis,
  content: readonly string[],
  about: { readonly terms: ReadonlySet<string>; readonly figures: readonly Figure[] },
): Subject {
  const capitals = capitalsOf(document);
  const names = new Set([...about.terms].filter((term) => term.startsWith("@")));
  const takers = new Set<string>();
  let isAgentless = false;
  const known = (text: string) => {
    const words = text.split(/\s+/u).map((word) => word.replace(/['’]s$/u, ""));
    const kept = words.filter((word) => capitals.has(word) && !noNames.has(word.toLowerCase()));
    return [...termsOfName(kept.join(" "))];
  };
  for (const text of content) {
    for (const [found] of text.matchAll(new RegExp(run, "gu"))) for (const term of known(found)) names.add(term);
    const ofText = [...text.matchAll(active), ...text.matchAll(passive)].flatMap(([, who = ""]) => known(who));
    for (const term of ofText) takers.add(term);
    if (ofText.length === 0 && agentless.test(text)) isAgentless = true;
  }
  const years = about.figures.flatMap(({ kind, value }) =>
    kind === "date" && /^\d{4}/u.test(value ?? "") ? [value!.slice(0, 4)] : [],
  );
  return { names, takers, isAgentless: isAgentless && takers.size === 0, years: new Set(years) };
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
