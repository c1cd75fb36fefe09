import { pointsOf } from "../documents/points-of.ts";
import { isCommon } from "../parties/party.ts";
import { distance } from "../span.ts";
import { append } from "./append.ts";
import type { Group, Member } from "./group-claims.ts";
import type { Telling } from "./telling.ts";
import { termsOfName } from "./terms.ts";

const confidences = { sameWords: 0.9, sameDenier: 0.7, onlyClaim: 0.6, nearest: 0.45 } as const;

/**
 * Puts what only points at a claim ("refuted those allegations", "such a fabrication", "declined to comment") with the
 * claim of its document that is meant. The first of these that is there: what is said just before a bare "that"; what
 * is said by the one whom it answers; what the same party denies in so many words; the denial from which quoted words
 * go on; what is alleged of the one who speaks; what is told most often, there and elsewhere, and of those the nearest.
 * Tellings that quote the same words stay together.
 */
export function placePointing(tellings: readonly Telling[], utterances: readonly number[], groups: Group[]): void {
  const placed = new Map<Telling, number>();
  for (const [group, members] of groups.entries()) for (const { telling } of members) placed.set(telling, group);
  const inDocument = new Map<string, Telling[]>();
  for (const telling of placed.keys()) {
    const { id } = telling.analysis.document;
    append(inDocument, id, telling);
  }
  for (const list of inDocument.values()) list.sort((one, other) => one.span.start - other.span.start);
  const pointing = tellings.map((telling, at) => ({ telling, at })).filter(({ telling }) => !placed.has(telling));
  const choices = pointing.map(({ telling, at }) => ({
    telling,
    utterance: utterances[at] as number,
    choice: choose(telling, around(telling, inDocument.get(telling.analysis.document.id) ?? []), {
      placed,
      sizes: (group) => groups[group]?.length ?? 0,
    }),
  }));
  const votes = votesOf(choices, tellings, utterances, placed);
  const alone = new Map<number, Member[]>();
  for (const { telling, utterance, choice } of choices) {
    const voted = telling.quoted.length === 0 ? undefined : votes.get(utterance);
    const best = voted === undefined ? choice : pick(voted);
    if (best === null) {
      // Nothing here says what it points to: it is a claim by itself, which is not known.
      alone.set(utterance, [
        ...(alone.get(utterance) ?? []),
        { telling, because: "It points to what this document does not say.", confidence: 1 },
      ]);
      continue;
    }
    const isVoted = voted !== undefined && best.group !== choice?.group;
    const member: Member = isVoted
      ? {
          telling,
          because: "The same words are put with this claim in other documents.",
          confidence: confidences.sameWords,
        }
      : { telling, because: best.because, confidence: best.confidence };
    (groups[best.group] as Group).push(member);
  }
  groups.push(...alone.values());
}

/** What stands further away, by so many tellings before and after, is not what a few words point to. */
const reachMax = 60;

/** @param inOrder the placed tellings of one document, as they stand in it */
function around(telling: Telling, inOrder: readonly Telling[]): readonly Telling[] {
  if (inOrder.length <= 2 * reachMax) return inOrder;
  let low = 0;
  for (let high = inOrder.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((inOrder[middle] as Telling).span.start < telling.span.start) low = middle + 1;
    else high = middle;
  }
  return inOrder.slice(Math.max(0, low - reachMax), low + reachMax);
}

interface Choice {
  readonly group: number;
  readonly because: string;
  readonly confidence: number;
}

interface Placed {
  readonly placed: ReadonlyMap<Telling, number>;
  /** How many tellings a claim has in all documents. */
  readonly sizes: (group: number) => number;
}

function choose(telling: Telling, others: readonly Telling[], { placed, sizes }: Placed): Choice | null {
  const groupOf = (one: Telling) => placed.get(one) as number;
  const near = (list: readonly Telling[]) => nearest(telling, list);
  const choice = (one: Telling, because: string, confidence: number) => ({ group: groupOf(one), because, confidence });
  // "Acme brushed it aside. “There was no theft,” its head said": what says no behind a denial says the same as it.
  // And who is silent is asked about what is said to have been, and not about what was not.
  const isAnswer = ({ span, isNegated }: Telling) =>
    isNegated && (telling.side === "apart" || telling.span.end <= span.start);
  const mayBeMeant = (one: Telling) => !isAboutWords(one) && !isAnswer(one);
  // Nobody denies what he says himself.
  const told = others.filter((one) => one.side === "for" && !sameParty(one, telling) && mayBeMeant(one));
  const asserted = accusing(told, telling);
  const before = isBare(telling) ? asserted.findLast(({ span }) => span.end <= telling.span.start) : undefined;
  if (before !== undefined && telling.span.start - before.span.end < justBeforePoints)
    return choice(before, "It answers what is said just before it.", confidences.sameDenier);
  const answered = near(asserted.filter((one) => answers(telling, one)));
  if (answered !== null) return choice(answered, "It names the one whose words it answers.", confidences.sameDenier);
  const denied = telling.side === "against" ? others.filter(({ side }) => side === "against") : [];
  const isOpen = telling.origin === null || telling.origin.kind === "open";
  // Who denies is not said: any denial of the document will do, if all are of one party.
  const isOneParty = isOpen && new Set(denied.map(({ origin }) => origin?.identity.join(" ") ?? "")).size <= 1;
  const same = near(denied.filter((one) => (isOpen ? isOneParty : sameParty(one, telling))));
  if (same !== null)
    return choice(same, "The same document denies that claim in so many words.", confidences.sameDenier);
  const earlier = telling.isDirect ? others.findLast((one) => goesOnFrom(one, telling)) : undefined;
  if (earlier !== undefined && !asserted.some(({ span }) => isBetween(span, earlier.span, telling.span)))
    return choice(earlier, "It goes on from the denial just before it.", confidences.sameDenier);
  const accused = near(asserted.filter((one) => names(one, telling) && speaksOf(one, telling)));
  if (accused !== null)
    return choice(accused, "It points to what is alleged of the one who speaks.", confidences.sameDenier);
  const counts = new Map<number, number>();
  for (const one of asserted) counts.set(groupOf(one), (counts.get(groupOf(one)) ?? 0) + 1);
  const weight = (one: Telling) => (counts.get(groupOf(one)) as number) + 1 - 1 / (1 + sizes(groupOf(one)));
  const most = asserted.reduce((best, one) => Math.max(best, weight(one)), 0);
  const best = near(asserted.filter((one) => weight(one) === most));
  if (best === null || !speaksOf(best, telling)) return null;
  return counts.size === 1
    ? choice(best, "It points to what is alleged, and the document alleges nothing else.", confidences.onlyClaim)
    : choice(best, "It points to what is alleged; this is what the document tells most of.", confidences.nearest);
}

const wordFor = "allegation|accusation|claim|charge|suggestion|notion|insinuation|theorie|theory|rumour|rumor";
const pointsToCharge = new RegExp(`^(?:the|that|this|those|these|such|any|all)\\s+(?:${wordFor})s?(?!\\p{L})`, "iu");

/**
 * "dismissed the claim": what is told as a claim before it, else what is told before it at all, and rather than words
 * that somebody adds to what he claims, that itself. Where nothing stands before it, whatever is told.
 */
function accusing(told: readonly Telling[], { span, content, side, analysis }: Telling): readonly Telling[] {
  const [first] = content;
  if (side !== "against" || first === undefined || !pointsToCharge.test(pointsOf(analysis.document).slice(first)))
    return told;
  const before = told.filter((one) => one.span.end <= span.start);
  const claimed = before.filter(({ act }) => act === "alleges");
  const isAdded = (one: Telling) => one.isDirect && before.some((other) => !other.isDirect && sameParty(other, one));
  const meant = claimed.length > 0 ? claimed : before.filter((one) => !isAdded(one));
  return meant.length > 0 ? meant : told;
}

const said = "reports?|claims?|allegations?|accusations?|stor(?:y|ies)";
const aboutWords = new RegExp(
  String.raw`^(?:the|this|that|these|those|such)\s+(?:\p{Ll}+\s+)?(?:${said})\s+(?:is|are|was|were)\s`,
  "iu",
);

/** "the report was the work of enemies": it is about what somebody said, and not what is denied of him. */
function isAboutWords({ content, analysis }: Telling): boolean {
  const [first] = content;
  if (first === undefined) return false;
  const begins = pointsOf(analysis.document).slice({ start: first.start, end: Math.min(first.end, first.start + 60) });
  return aboutWords.test(begins);
}

/** "He rejected the charges. “They are absurd,” he said": the next sentence or two, of whoever denies. */
function goesOnFrom(one: Telling, { span, side }: Telling): boolean {
  return side === "against" && one.side === "against" && one.span.end <= span.start && span.start - one.span.end < 60;
}

function isBetween({ start }: Telling["span"], before: Telling["span"], after: Telling["span"]): boolean {
  return before.end <= start && start < after.start;
}

/** "X said so. Y denied that.": as far as "that" reaches back. */
const justBeforePoints = 120;

/** "denied that", "disputed this": there is no word for what is denied. */
function isBare({ content, analysis, side }: Telling): boolean {
  const [only, ...others] = content;
  if (side !== "against" || only === undefined || others.length > 0) return false;
  return /^(?:that|this|it|him|her|them)$/iu.test(pointsOf(analysis.document).slice(only));
}

/** Words that any charge is denied with; every other word says which one is. */
const anyCharge = new Set(
  [
    ...termsOfName(
      "charge wrongdoing involvement responsibility guilt crime theft hack attack fraud rumour lie matter",
    ),
  ].concat(["involv", "respons", "role", "fabric", "figur", "amount", "sum"]),
);

/** "reports of insolvency were false" is of no claim that does not speak of insolvency. */
function speaksOf(one: Telling, { terms, side, origin, isDirect }: Telling): boolean {
  // Whoever denies in his own words has words of his own.
  if (isDirect) return true;
  const ofSpeaker = origin === null ? new Set<string>() : termsOfName(origin.name);
  const own = [...terms].filter((term) => !anyCharge.has(term) && !ofSpeaker.has(term) && !term.startsWith("@"));
  return side !== "against" || own.length === 0 || own.some((term) => one.terms.has(term));
}

function nearest(telling: Telling, list: readonly Telling[]): Telling | null {
  let best: Telling | null = null;
  for (const one of list)
    if (best === null || distance(one.span, telling.span) < distance(best.span, telling.span)) best = one;
  return best;
}

/** "rejected the union's accusation": the words that point name the accuser. */
function answers({ terms }: Telling, { origin }: Telling): boolean {
  return (
    origin !== null &&
    origin.identity.length > 0 &&
    [...termsOfName(origin.name)].some((term) => !isCommon(term) && terms.has(term))
  );
}

/** What is alleged names the one who denies it. */
function names({ subject, terms }: Telling, { origin }: Telling): boolean {
  if (origin === null) return false;
  // Names of a subject are kept as terms, which are without their endings.
  const ofOrigin = origin.identity.filter((word) => !isCommon(word)).flatMap((word) => [word, ...termsOfName(word)]);
  return ofOrigin.some((word) => subject.names.has(word) || terms.has(word));
}

function sameParty(a: Telling, b: Telling): boolean {
  const ofA = a.origin?.identity ?? [];
  const ofB = b.origin?.identity ?? [];
  return (
    ofA.length > 0 &&
    ofB.length > 0 &&
    (ofA.every((word) => ofB.includes(word)) || ofB.every((word) => ofA.includes(word)))
  );
}

function votesOf(
  choices: readonly { telling: Telling; utterance: number; choice: Choice | null }[],
  tellings: readonly Telling[],
  utterances: readonly number[],
  placed: ReadonlyMap<Telling, number>,
): Map<number, Choice[]> {
  const votes = new Map<number, Choice[]>();
  const vote = (utterance: number, choice: Choice) => append(votes, utterance, choice);
  for (const { telling, utterance, choice } of choices)
    if (choice !== null && telling.quoted.length > 0) vote(utterance, choice);
  for (const [at, telling] of tellings.entries()) {
    const group = placed.get(telling);
    if (group === undefined || telling.quoted.length === 0) continue;
    vote(utterances[at] as number, { group, because: "It quotes the same words.", confidence: confidences.sameWords });
  }
  return votes;
}

/** The claim with the most votes, the surer ones first. */
function pick(votes: readonly Choice[]): Choice | null {
  const sums = new Map<number, number>();
  for (const { group, confidence } of votes) sums.set(group, (sums.get(group) ?? 0) + confidence);
  const [best] = [...sums].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return votes.find(({ group }) => group === best?.[0]) ?? null;
}
