import type { Stretch } from "./quotations.ts";
import type { SpeechAct } from "./statement.ts";

/** What is said, as far as denials ask. */
interface Said {
  readonly act: SpeechAct;
  /** The words "called" or "described as": what follows is a thing and its name. */
  readonly naming: boolean;
  readonly direct: boolean;
  readonly content: readonly Stretch[];
}

export interface Denial {
  readonly act: SpeechAct;
  readonly denied: readonly Stretch[];
}

const charges = "allegation|accusation|claim|report|charge|suggestion|rumou?r|suspicion|assertion|notion|insinuation";
const charge = `(?:${charges})s?`;
/** What may be denied, though to call it untrue is no denial: "disputes the police account that". */
const account = `(?:${charges}|account|version|story|storie|narrative|finding|conclusion|theor(?:y|ie)|idea|view)s?`;
const determiners = "the|any|all|those|these|such|its|his|her|their|our|new|recent|earlier|media|press";
const determiner = String.raw`(?:(?:${determiners})\s+)*`;
const lies = "lies?|falsehoods?|fabrications?|rumou?rs?|slanders?|smears?|hoax(?:es)?|fiction|nonsense|inventions?";
const lie = `(?:${lies})`;
const falses = String.raw`false|untrue|baseless|groundless|unfounded|fabricated|absurd|invented|fake|bogus|not\s+true`;
const without = String.raw`without\s+(?:foundation|merit|basis)`;
const untrue = String.raw`(?:${falses}|${without}|an?\s+(?:[\p{L}-]+\s+){0,2}${lie}|${lie})`;

/** "allegations that it stole …", "any claim of theft", "not guilty to theft" */
const denoun = new RegExp(
  String.raw`^(?:${determiner}(?:[\p{L}-]+(?:['’]s?)?\s+){0,3}${account}\s+(?:that|of)|not\s+guilty(?:\s+to|$))\s*`,
  "iu",
);
/** "the allegations (that …) are baseless" */
const chargeAbout = String.raw`${determiner}${charge}(?:\s+(?:that|of|about|against)\s[^.;]{1,200}?)?`;
const chargeIsUntrue = new RegExp(
  String.raw`(?<!\p{L})(?<what>${chargeAbout})\s+(?:is|are|was|were)\s+(?:\p{L}+ly\s+)?${untrue}(?!\p{L})`,
  "iu",
);
/** "spreading rumours that …" */
const lieThat = new RegExp(String.raw`(?<!\p{L})${lie}\s+that\s+(?<what>[^.;]+)`, "iu");
/** "It is simply untrue that …", "it's not true that …" */
const itIsUntrue = new RegExp(
  String.raw`(?<!\p{L})(?:it|that)(?:\s+(?:is|was)|['’]s)\s+(?:\p{L}+\s+){0,2}?` +
    String.raw`(?:${falses}|${without}|a\s+${lie})\s+(?:that|to\s+(?:say|claim|suggest)(?:\s+that)?)\s+(?<what>[^.;]+)`,
  "iu",
);
/** "That is a lie.", "It's simply not true!": the whole of what is said answers a charge. */
const thatIsUntrue = new RegExp(
  String.raw`^(?:it|that|this|these|those|they)(?:\s+(?:is|are|was|were)|['’](?:s|re))\s+` +
    String.raw`(?:(?!not)\p{L}+\s+){0,2}?${untrue}\s*(?:[.,!;]|$)`,
  "iu",
);
/** "there is no truth to the claim that …" */
const noTruth = new RegExp(
  String.raw`(?<!\p{L})there(?:\s+(?:is|was)|['’]s)\s+(?:\p{L}+\s+)?no\s+` +
    String.raw`(?:truth|substance|basis|merit)\s+(?:to|in|for)\s+` +
    String.raw`(?<what>${determiner}${charge}(?:\s+(?:that|of|about|against)\s[^.;]+)?)`,
  "iu",
);
/** "dismissed the report as baseless" */
const asUntrue = new RegExp(String.raw`\s+as\s+(?:\p{L}+ly\s+)?(?:${untrue}|["“‘][^"“”]{1,80}["”’])$`, "iu");
const suchALie = new RegExp(
  String.raw`(?<!\p{L})(?:such|this|these|sheer|pure)\s+(?:an?\s+)?(?:\p{L}+\s+)?${lie}(?!\p{L})`,
  "iu",
);
/** Whether a word by itself calls a thing untrue: "baseless". */
export const untrueWord = new RegExp(`^(?:${falses})$`, "iu");
const named = new RegExp(String.raw`^(?<what>.{1,300}?)\s+(?:as\s+)?(?:\p{L}+ly\s+)?["“‘']?${untrue}(?!\p{L})`, "isu");

/**
 * Whether something said denies, and what: by its verb ("denied that …"), or by calling a charge untrue ("the claims
 * are baseless", "called the report a fabrication"). What follows the charge's name is what is denied ("allegations
 * that it stole" denies "it stole").
 */
export function denialOf(text: string, said: Said): Denial {
  const { act, content, direct } = said;
  const [first] = content;
  if (act === "denies") {
    // Whoever denies in a quotation says his own words in it, not what he denies.
    if (direct || first === undefined) return { act, denied: [] };
    const match = denoun.exec(text.slice(first.from, first.to));
    const named = content.length === 1 ? asUntrue.exec(text.slice(first.from, first.to)) : null;
    const begins = { from: first.from + (match?.[0].length ?? 0), to: named ? first.from + named.index : first.to };
    return { act, denied: [...(begins.from < begins.to ? [begins] : []), ...content.slice(1)] };
  }
  if (act !== "states") return { act, denied: [] };
  for (const stretch of content) {
    const words = text.slice(stretch.from, stretch.to);
    const match = said.naming
      ? named.exec(words)
      : (itIsUntrue.exec(words) ?? noTruth.exec(words) ?? chargeIsUntrue.exec(words) ?? lieThat.exec(words));
    const { what } = match?.groups ?? {};
    if (match === null && !suchALie.test(words) && !(direct && thatIsUntrue.test(words))) continue;
    // "called the false alarm a mistake"
    if (said.naming && /^(?:an?|the|its|his|her|their|this|that)$/i.test(what ?? "")) continue;
    // What is called a lie in its own words is not named.
    if (match === null || what === undefined || !/^[\p{L}\p{N}]/u.test(what)) return { act: "denies", denied: [] };
    const from = stretch.from + match.index + match[0].indexOf(what);
    return { act: "denies", denied: [withoutNoun(text, { from, to: from + what.trimEnd().length })] };
  }
  return { act, denied: [] };
}

function withoutNoun(text: string, { from, to }: Stretch): Stretch {
  const match = denoun.exec(text.slice(from, to));
  return { from: from + (match?.[0].length ?? 0), to };
}
