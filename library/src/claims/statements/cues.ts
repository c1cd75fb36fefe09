import type { Item } from "./frames.ts";
import { doubtfulForms, type ReportingVerb, type VerbForm, verbForms } from "./reporting-verbs.ts";
import type { SpeechAct } from "./statement.ts";

/** A place in a frame that says that something is said. */
export interface Cue {
  /** The first item of its verb group: "had also said" begins at "had". */
  readonly group: number;
  readonly first: number;
  readonly last: number;
  readonly verb: ReportingVerb;
  readonly act: SpeechAct;
  readonly kind: "finite" | "gerund" | "passive" | "according" | "noun" | "comment";
}

const calls: ReportingVerb = {
  act: "calls on",
  complements: ["charge"],
  parenthetical: false,
  needsClause: false,
  needsQuotation: false,
  opinion: false,
};
const naming: ReportingVerb = {
  act: "states",
  complements: ["naming"],
  parenthetical: false,
  needsClause: false,
  needsQuotation: false,
  opinion: false,
};
const comment: ReportingVerb = {
  act: "declines to comment",
  complements: [],
  parenthetical: false,
  needsClause: false,
  needsQuotation: false,
  opinion: false,
};
const according: ReportingVerb = {
  act: "states",
  complements: ["clause"],
  parenthetical: true,
  needsClause: false,
  needsQuotation: false,
  opinion: false,
};
const alleging: ReportingVerb = {
  act: "alleges",
  complements: ["clause"],
  parenthetical: false,
  needsClause: true,
  needsQuotation: false,
  opinion: false,
};
const stating: ReportingVerb = {
  act: "states",
  complements: ["clause"],
  parenthetical: false,
  needsClause: true,
  needsQuotation: false,
  opinion: false,
};

const confirming: ReportingVerb = { ...calls, act: "states", complements: ["noun"] };
const attributing: ReportingVerb = { ...calls, act: "alleges", complements: ["noun"] };

const allegingNoun = /^(?:allegation|claim|accusation|charge|suspicion)s?$/;
const statingNoun = /^(?:assertion|statement|warning|announcement|suggestion|argument|contention|belief)s?$/;
const auxiliaries = new Set(
  (
    "have has had do does did will would can could may might must shall should " +
    "is are was were be been being 's 'd 've 'll"
  ).split(" "),
);
const negations = /^(?:not|n't|never)$/;
const being = new Set("is are was were be been being".split(" "));
const refusals = new Set("declined declines refused refuses declining refusing".split(" "));
/** "went on to say", "continued to insist" */
const goingOn = new Set("went goes continued continues proceeded came come comes sought".split(" "));

/** The cues of a frame, in order. */
export function findCues(items: readonly Item[]): Cue[] {
  const cues: Cue[] = [];
  let last = -1;
  for (let at = 0; at < items.length; at++) {
    if (at <= last || items[at]?.quoted === true) continue;
    const cue = cueAt(items, at);
    if (cue === null) continue;
    cues.push(cue);
    last = cue.last;
  }
  return cues;
}

function cueAt(items: readonly Item[], at: number): Cue | null {
  const { lower } = items[at] as Item;
  const next = items[at + 1]?.lower ?? "";
  if (lower === "according" && next === "to")
    return cue({ group: at, first: at, last: at + 1, verb: according, kind: "according" });
  if (lower === "per" && isPerSource(items, at))
    return cue({ group: at, first: at, last: at, verb: according, kind: "according" });
  if (/^(?:walk(?:s|ed)|took|takes)$/.test(lower) && next === "back") {
    const { verb } = verbForms.get("retract") as VerbForm;
    return cue({ group: groupStart(items, at), first: at, last: at + 1, verb, kind: "finite" });
  }
  const dismissed = phrasalDenial(items, at);
  if (dismissed > 0) {
    const group = groupStart(items, at);
    const { verb } = verbForms.get("reject") as VerbForm;
    return cue({ group, first: at, last: at + dismissed, verb, kind: lower.endsWith("ing") ? "gerund" : "finite" });
  }
  if (lower === "no" && next === "comment" && /^(?:had|has|have|offered)$/.test(items[at - 1]?.lower ?? ""))
    return cue({ group: groupStart(items, at - 1), first: at - 1, last: at + 1, verb: comment, kind: "comment" });
  if (/^rul(?:e|es|ed|ing)$/.test(lower) && next === "out") return exclusion(items, at);
  if (/^ple(?:ad|ads|aded|ading|d)$/.test(lower)) return plea(items, at);
  if (refusals.has(lower)) return refusal(items, at);
  if (/^(?:respond|return|repl|answer)/.test(lower)) return silence(items, at);
  if (/^call(?:s|ed|ing)?$/.test(lower) && items[at]?.tag !== "NOUN") return call(items, at);
  if (next === "that" && (items[at]?.tag === "NOUN" || allegingNoun.test(lower))) {
    const verb = allegingNoun.test(lower) ? alleging : statingNoun.test(lower) ? stating : null;
    if (verb !== null && isNounPlace(items, at)) return cue({ group: at, first: at, last: at, verb, kind: "noun" });
  }
  return verbCue(items, at);
}

/** ", per Reuters" and "Per court papers, …"; not "5 percent per year". */
function isPerSource(items: readonly Item[], at: number): boolean {
  const [before, next] = [items[at - 1], items[at + 1]];
  if ((before !== undefined && !/^[,—–"”]$/.test(before.text) && before.tag !== "QUOTE") || next === undefined)
    return false;
  const many = items.slice(at + 1, at + 4).some(({ tag, lower }) => tag === "NOUN" && /(?:[^s]s|police)$/.test(lower));
  return (
    next.tag === "PROPN" ||
    /^(?:a|an|the|its|his|her|their)$/.test(next.lower) ||
    (/^(?:NOUN|ADJ)$/.test(next.tag) && many)
  );
}

function isNounPlace(items: readonly Item[], at: number): boolean {
  const before = items[at - 1];
  if (items[at]?.tag === "VERB" && before?.tag === "NOUN") return false;
  return (
    before === undefined ||
    !["PROPN", "PRON"].includes(before.tag) ||
    /^(?:his|her|its|their|my|our|your)$/.test(before.lower)
  );
}

function cue(parts: Omit<Cue, "act"> & { act?: SpeechAct }): Cue {
  return { act: parts.verb.act, ...parts };
}

/** "declined to comment", "refused to say whether …" */
function refusal(items: readonly Item[], at: number): Cue | null {
  if (items[at + 1]?.lower !== "to") return null;
  for (let verb = at + 2; verb < at + 5; verb++) {
    const { lower = "" } = items[verb] ?? {};
    if (!/^(?:comment|say|discuss|answer|confirm|elaborate|respond|disclose|reveal|speak|identify|name)$/.test(lower))
      continue;
    return cue({ group: groupStart(items, at), first: at, last: verb, verb: comment, kind: "comment" });
  }
  return null;
}

/** "ruled out that …" denies; "cannot rule out that …" leaves it open. */
function exclusion(items: readonly Item[], at: number): Cue | null {
  const group = groupStart(items, at);
  const helpers = items.slice(group, at).map(({ lower }) => lower);
  if (helpers.some((word) => being.has(word))) return null;
  const act = helpers.some((word) => negations.test(word)) ? "declines to comment" : "denies";
  const { verb } = verbForms.get("deny") as VerbForm;
  const kind = items[at]?.lower === "ruling" ? "gerund" : "finite";
  return cue({ group, first: at, last: at + 1, verb, act, kind });
}

const charges =
  /^(?:allegation|accusation|claim|charge|suggestion|report|rumou?r|criticism|notion|idea|theor(?:y|ie))s?$/;

/**
 * How many words behind a verb make a denial of it: 1 in "brushed aside the claim", 2 in "hit back at claims"; 0 where
 * it denies nothing. Nobody says there what he denies but by a word for it.
 */
function phrasalDenial(items: readonly Item[], at: number): 0 | 1 | 2 {
  const [{ lower, tag }, next, third] = [items[at] as Item, items[at + 1]?.lower ?? "", items[at + 2]?.lower ?? ""];
  if (tag === "QUOTE" || !/^(?:brush|wav|shrug|laugh|bat|hit|push)/.test(lower)) return 0;
  const aside =
    /^(?:brush(?:es|ed|ing)?|wav(?:es?|ed|ing)|shrug(?:s|ged|ging)?|laugh(?:s|ed|ing)?|bat(?:s|ted|ting)?)$/;
  const back = /^(?:hit(?:s|ting)?|push(?:es|ed|ing)?)$/;
  const isAside = aside.test(lower) && /^(?:aside|away|off)$/.test(next);
  const isBack = back.test(lower) && next === "back" && /^(?:at|against|on)$/.test(third);
  if (!(isAside || isBack)) return 0;
  const from = at + (isAside ? 2 : 3);
  return items.slice(from, from + 6).some((one) => charges.test(one.lower)) ? (isAside ? 1 : 2) : 0;
}

/** "pleaded not guilty to …"; who will plead has not done it yet. */
function plea(items: readonly Item[], at: number): Cue | null {
  if (items[at + 1]?.lower !== "not" || items[at + 2]?.lower !== "guilty") return null;
  const group = groupStart(items, at);
  if (items.slice(group, at).some(({ lower }) => /^(?:would|will|to|'ll|may|might|could)$/.test(lower))) return null;
  const { verb } = verbForms.get("reject") as VerbForm;
  return cue({ group, first: at, last: at, verb, kind: items[at]?.lower === "pleading" ? "gerund" : "finite" });
}

/** "did not respond to a request for comment" */
function silence(items: readonly Item[], at: number): Cue | null {
  const group = groupStart(items, at);
  const negated = items.slice(group, at).some(({ lower }) => negations.test(lower));
  const asked = items
    .slice(at, at + 10)
    .some(({ lower }) => /^(?:request|requests|questions|comment|inquiries|calls|emails?|messages?)$/.test(lower));
  if (!negated || !asked) return verbCue(items, at);
  return cue({ group, first: at, last: at, verb: comment, kind: "comment" });
}

/** "called on them to …", "called for …", "called it …" */
function call(items: readonly Item[], at: number): Cue | null {
  const next = items[at + 1];
  const kind = items[at]?.lower === "calling" ? "gerund" : "finite";
  const group = groupStart(items, at);
  const passive = items.slice(group, at).some(({ lower }) => being.has(lower)) && kind === "finite";
  if (passive) return null;
  if (next?.lower === "on" || next?.lower === "for") return cue({ group, first: at, last: at + 1, verb: calls, kind });
  if (items[at]?.lower === "call" && group === at && items[at - 1]?.lower === "to") return null;
  return cue({ group, first: at, last: at, verb: naming, kind });
}

function verbCue(items: readonly Item[], at: number): Cue | null {
  const deed = deedCue(items, at);
  if (deed !== null) return deed;
  const { lower, tag } = items[at] as Item;
  const found = verbForms.get(lower);
  if (found === undefined || tag === "QUOTE") return null;
  const { verb, form } = found;
  if (doubtfulForms.has(lower) ? tag !== "VERB" : !["VERB", "AUX", "ADJ", "NOUN"].includes(tag)) return null;
  if (["DET", "ADJ"].includes(items[at - 1]?.tag ?? "") && tag !== "VERB") return null;
  if (isAttributive(items, at) || (/^withdr[ae]w/.test(lower) && !takesWordsBack(items, at))) return null;
  const group = groupStart(items, at);
  const helpers = items.slice(group, at).map(({ lower: word }) => word);
  const passive = helpers.some((word) => being.has(word));
  const negated = helpers.some((word) => negations.test(word));
  const silent = negated && /^(?:say|comment|disclose|reveal|elaborate|deny|denied|dispute|disputed)$/.test(lower);
  const act = silent ? "declines to comment" : verb.act;
  // Whom it cites is a passage of what it says, not something that it says.
  if (/^(?:neither|nor)$/.test(items[group - 1]?.lower ?? "") && /^(?:confirm|den)/.test(lower)) {
    return lower.startsWith("den")
      ? cue({ group, first: at, last: at, verb, act: "declines to comment", kind: "finite" })
      : null;
  }
  if (form === "gerund" && (lower === "citing" || lower === "quoting")) return null;
  if (form === "gerund") {
    const subjectless = !passive && !helpers.includes("to");
    return cue({ group, first: at, last: at, verb, act, kind: subjectless ? "gerund" : "finite" });
  }
  if (passive || (form === "participle" && helpers.length === 0)) {
    const kept = passive && (form === "past" || form === "participle");
    return kept ? cue({ group, first: at, last: at, verb, act, kind: "passive" }) : null;
  }
  const next = items[at + 1]?.lower ?? "";
  if (helpers.length === 0 && next === "by") return null;
  // "a clerk accused of theft", "founder charged with fraud": they are whom, and not who.
  if (form === "past" && verb.complements.includes("accused") && /^(?:of|for|over)$/.test(next))
    return cue({ group, first: at, last: at, verb, act, kind: "passive" });
  if (/^charged$/.test(lower) && /^(?:with|over|in)$/.test(next)) return null;
  // "walks back claim against Acme"
  if (/^(?:claim|charge)s?$/.test(lower) && /^(?:against|of|over|about|on|at|from)$/.test(next)) return null;
  if (form === "base" && items[at - 1]?.lower === "to" && group === at) return null;
  return cue({ group, first: at, last: at, verb, act, kind: "finite" });
}

const deeds = new Set(
  (
    "attack cyberattack theft hack hacking raid heist robbery breach exploit intrusion incident fraud outage " +
    "loss losses"
  ).split(" "),
);
const sums = new Set(
  "loss losses damage damages outflow figure total amount sum haul cost bill theft value".split(" "),
);

/** "confirmed the breach", "put the loss at $5 million", "attributed the raid to …": what is said there is a noun. */
function deedCue(items: readonly Item[], at: number): Cue | null {
  const { lower, tag } = items[at] as Item;
  const confirms = /^(?:confirm|acknowledge)(?:s|ed|d)$/.test(lower);
  const reckons = /^(?:puts?|estimate[sd])$/.test(lower);
  const attributes = /^attribute[sd]$/.test(lower);
  if (tag !== "VERB" || !(confirms || reckons || attributes)) return null;
  const group = groupStart(items, at);
  const helpers = items.slice(group, at).map(({ lower: word }) => word);
  if (helpers.some((word) => being.has(word) || negations.test(word)) || items[at - 1]?.lower === "to") return null;
  const end = items.findIndex(({ tag: one, text }, place) => place > at && (/^[,.;:]$/.test(text) || isVerb(one)));
  const object = items.slice(at + 1, end < 0 ? items.length : end).map(({ lower: word }) => word);
  const noun = object.findIndex((word) => (reckons ? sums : deeds).has(word));
  if (noun < 0 || noun > 5 || object.includes("that")) return null;
  const link = reckons ? "at" : "to";
  if (!confirms && object.indexOf(link) <= noun) return null;
  const verb = attributes ? attributing : confirming;
  return cue({ group, first: at, last: at, verb, kind: "finite" });
}

const isVerb = (tag: string): boolean => tag === "VERB" || tag === "AUX" || tag === "QUOTE";

const participles =
  /^(?:estimated|suspected|alleged|reported|known|feared|confirmed|claimed|believed|promised|agreed)$/;

/** "an estimated $5 million", "40 suspected raids": nobody estimates or suspects there. */
function isAttributive(items: readonly Item[], at: number): boolean {
  const [before, next] = [items[at - 1], items[at + 1]];
  if (before === undefined || next === undefined || !participles.test(items[at]?.lower ?? "")) return false;
  if (/^(?:a|an|the|its|his|her|their|some|any|no)$/.test(before.lower)) return true;
  return before.tag === "NUM" && /^(?:NOUN|PROPN|ADJ|SYM|NUM)$/.test(next.tag);
}

/** "withdrew its claim", not "withdrew 900 coins": money is withdrawn oftener than words. */
function takesWordsBack(items: readonly Item[], at: number): boolean {
  const said =
    /^(?:claim|allegation|accusation|charge|statement|report|article|story|complaint|confession|remark|comment)s?$/;
  return items.slice(at + 1, at + 8).some(({ lower }) => said.test(lower) || /^(?:it|them|testimony)$/.test(lower));
}

/** Back over "had", "also", "not", "went on to". */
function groupStart(items: readonly Item[], at: number): number {
  let first = at;
  for (let before = at - 1; before >= 0; before--) {
    const { lower, tag } = items[before] as Item;
    const helps =
      auxiliaries.has(lower) || negations.test(lower) || (tag === "ADV" && !/^(?:when|where|why|how)$/.test(lower));
    if (helps || (lower === "no" && items[before + 1]?.lower === "longer")) first = before;
    else if (lower === "to" && leadsOn(items, before)) first = before;
    else if (first < at && goingOn.has(lower)) first = before;
    else if ((lower === "on" || lower === "out") && goingOn.has(items[before - 1]?.lower ?? "")) first = before;
    else break;
  }
  // An adverb alone at the front of a frame belongs to what comes after it.
  return first;
}

function leadsOn(items: readonly Item[], to: number): boolean {
  const before = items[to - 1]?.lower ?? "";
  return goingOn.has(before) || ((before === "on" || before === "out") && goingOn.has(items[to - 2]?.lower ?? ""));
}
