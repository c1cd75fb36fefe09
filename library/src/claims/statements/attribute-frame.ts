import { attributeNoun, isOwnClaim } from "./attribute-noun.ts";
import { attributePassive } from "./attribute-passive.ts";
import type { Attribution } from "./attribution.ts";
import { clauseAfter, endOfClause, hasFiniteVerb, onlyCircumstance, standsAtEnd } from "./clauses.ts";
import { correctionHeading } from "./corrections.ts";
import { type Cue, findCues } from "./cues.ts";
import type { Frame, Item } from "./frames.ts";
import { nounPhraseAfter, nounPhraseBefore, type Range } from "./noun-phrases.ts";
import type { QuotedStretch } from "./quotations.ts";

/** The attributions of a frame, in the order of their cues. */
export function attributeFrame(frame: Frame): Attribution[] {
  const { items } = frame;
  const found: Attribution[] = [];
  const taken = new Set<QuotedStretch>();
  const cues = findCues(items);
  for (const [index, cue] of cues.entries()) {
    const previous = found.at(-1) ?? null;
    const next = cues[index + 1]?.group ?? items.length;
    const attribution = attribute(frame, cue, { previous, next, taken, floor: floorOf(previous) });
    if (attribution === null) continue;
    for (const quotation of attribution.quoted) taken.add(quotation);
    found.push(attribution);
  }
  for (const [index, { told, source, quoted }] of found.entries()) {
    // "X called for Y, officials said": all of it is the officials', and X's ends before them.
    const [left] = told;
    if (index === 0 || quoted.length > 0 || left === undefined || source === null || left.last >= source.first)
      continue;
    for (const before of found.slice(0, index)) cutTold(before.told, left.last);
  }
  const dashed = found.length === 0 ? dashedName(frame) : null;
  return dashed === null ? found : [dashed];
}

function cutTold(told: Range[], end: number): void {
  for (const [index, { first, last }] of told.entries())
    if (first <= end && last > end) told[index] = { first, last: end };
}

interface Around {
  readonly previous: Attribution | null;
  /** Where the next cue begins. */
  readonly next: number;
  readonly taken: ReadonlySet<QuotedStretch>;
  readonly floor: number;
}

function floorOf(previous: Attribution | null): number {
  if (previous === null) return 0;
  const { items } = previous.frame;
  const before = previous.source === null ? -1 : previous.source.first - 1;
  // "The group, which the police say left, denied it": the group stands before the police.
  if (isRelative(items, { first: 0, last: before })) return 0;
  return previous.cue.last + 1;
}

function attribute(frame: Frame, cue: Cue, around: Around): Attribution | null {
  const { items } = frame;
  if (cue.kind === "according") return attributeAccording(frame, cue, around);
  if (cue.kind === "noun") return isOwnClaim(items, cue, around.previous) ? null : attributeNoun(frame, cue);
  if (cue.kind === "passive") return attributePassive(frame, cue);
  const inverted = cue.kind === "finite" ? invertedSource(items, cue) : null;
  const before =
    inverted === null && (cue.kind === "finite" || cue.kind === "comment")
      ? nounPhraseBefore(items, cue.group, around.floor)
      : null;
  const source = inverted ?? before ?? sharedSource(frame, cue, around);
  if (source === null) return null;
  const speaksOfItself = /^(?:i|we|you)$/.test(items[source.first]?.lower ?? "") && source.first === source.last;
  const relative = before !== null && isRelative(items, before);
  const inRelative = relative || (before !== null && isRelative(items, { first: 0, last: before.first - 1 }));
  const result = (parts: { told?: Range[]; quoted?: QuotedStretch[] }): Attribution => ({
    frame,
    act: cue.act,
    cue,
    source: relative ? { first: source.first, last: source.last - 2 } : source,
    told: inRelative ? (parts.told ?? []).map((range) => upToComma(items, range)) : (parts.told ?? []),
    quoted: parts.quoted ?? [],
  });
  if (cue.kind === "comment") return result({ told: optional(commentOn(items, cue)) });
  const start = inverted === null ? Math.min(source.first, cue.group) : cue.group;
  const end = inverted === null ? cue.last : inverted.last;
  const quoted = quotationsAround(
    items,
    { start: before === null && inverted === null ? cue.group : start, end },
    around,
  );
  if (quoted.length > 0 && quotable(cue)) return result({ quoted });
  const announces = items.at(-1)?.text === ":" && onlyCircumstance(items, end + 1, items.length - 2);
  if (cue.verb.needsQuotation) return announces ? result({}) : null;
  // "We withdraw our statement that …": a body takes back, or denies, in its own paper.
  const answersItself = speaksOfItself && !/^(?:retracts|denies)$/.test(cue.act);
  if (answersItself || isRestated(items, { cue, source }, around.previous)) return null;
  if (inverted !== null) {
    const left = clauseBefore(items, cue.group, 0);
    return left === null ? null : result({ told: [left] });
  }
  const told = before === null ? optional(clauseAfter(items, cue, end + 1)) : toldAround(items, cue, before, around);
  const isPointer = told.every(({ first, last }) => first === last);
  if (speaksOfItself && isPointer) return null;
  if (told.length > 0) return result({ told });
  const charge = cue.act === "denies" ? chargeBefore(items, source, around.previous) : [];
  if (charge.length > 0) return result({ told: charge });
  // "He said:" before a quotation in the next sentence or paragraph.
  return announces ? result({}) : null;
}

/** "…, a charge she denies", "…, which she denies": what was said before is what is denied. */
function chargeBefore(items: readonly Item[], source: Range, previous: Attribution | null): Range[] {
  const relative = /^(?:that|which|something)$/.test(items[source.first - 1]?.lower ?? "");
  const noun = relative ? 2 : 1;
  const bare = relative && items[source.first - 2]?.text === ",";
  const named = /^(?:charge|claim|allegation|accusation|assertion)s?$/.test(items[source.first - noun]?.lower ?? "");
  const comma = bare ? source.first - 2 : source.first - noun - 2;
  if (!(bare || named) || items[comma]?.text !== ",") return [];
  if (previous === null) return bare ? optional(clauseBefore(items, comma, 0)) : [];
  const [charge] = previous.told;
  if (charge === undefined || charge.first >= comma) return [];
  cutTold(previous.told, comma - 1);
  return [...previous.told];
}

/** "Ana Cole, who …": the cue stands in a clause between commas. */
function isRelative(items: readonly Item[], { last }: Range): boolean {
  return /^(?:who|which)$/.test(items[last]?.lower ?? "") && items[last - 1]?.text === ",";
}

function upToComma(items: readonly Item[], { first, last }: Range): Range {
  const comma = items.findIndex(({ text }, at) => at > first && at <= last && text === ",");
  return { first, last: comma < 0 ? last : comma - 1 };
}

/** "what he says about it", and "she said she believes …": nothing is said there beyond what is said around it. */
function isRestated(
  items: readonly Item[],
  { cue, source }: { cue: Cue; source: Range },
  previous: Attribution | null,
): boolean {
  const before = items[source.first - 1]?.lower ?? "";
  if (!cue.verb.complements.includes("naming") && (before === "what" || before === "how")) return true;
  const pronoun = items[source.first]?.tag === "PRON" && source.first === source.last;
  return (
    cue.verb.opinion &&
    pronoun &&
    previous?.told.some(({ first, last }) => first <= source.first && cue.last <= last) === true
  );
}

function optional(range: Range | null): Range[] {
  return range === null ? [] : [range];
}

function quotable({ verb }: Cue): boolean {
  return !verb.complements.includes("accused") && !verb.complements.includes("charge");
}

/** `“…,” said Ana Cole` and `the bank is safe, says its head`. */
function invertedSource(items: readonly Item[], cue: Cue): Range | null {
  if (cue.group !== cue.first || !cue.verb.parenthetical) return null;
  // Behind "told" stands the one who was told.
  if (/^t(?:old|ells?)$/.test(items[cue.first]?.lower ?? "")) return null;
  let before = cue.group - 1;
  while (/^[,—–-]$/.test(items[before]?.text ?? "")) before--;
  const quote = items[before]?.tag === "QUOTE";
  // "The bank, which …, denied the theft"
  if (!quote && cue.act === "denies") return null;
  if (!quote && (before === cue.group - 1 || before < 2 || !hasFiniteVerb(items, 0, before))) return null;
  const after = items[cue.last + 1];
  if (after === undefined || /^(?:that|it|to|in|on|at|this)$/.test(after.lower)) return null;
  if (beginsWithTime(items, cue.last + 1)) return null;
  const phrase = nounPhraseAfter(items, cue.last + 1);
  // ", said the bank had lost" has its subject elsewhere.
  const isSubject =
    phrase !== null && (quote || !hasFiniteVerb(items, phrase.last + 1, Math.min(phrase.last + 2, items.length - 1)));
  return isSubject ? withName(items, phrase) : null;
}

/** "said last night:", "said Monday": when, and not who. */
function beginsWithTime(items: readonly Item[], at: number): boolean {
  const [lower, next] = [items[at]?.lower ?? "", items[at + 1]?.lower ?? ""];
  const period = /^(?:night|week|month|year|morning|evening|afternoon|summer|spring|autumn|winter)$/;
  return (
    /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun|to|yester)day|tonight)$/.test(lower) ||
    (/^(?:last|this|next|earlier|late)$/.test(lower) && (period.test(next) || next.endsWith("day")))
  );
}

/** "said its managing director, Ana Cole.": the name behind the office, where the sentence ends or a comma follows. */
function withName(items: readonly Item[], { first, last }: Range): Range {
  if (items[last + 1]?.text !== "," || items[last]?.tag === "PROPN") return { first, last };
  let end = last + 1;
  while (items[end + 1]?.tag === "PROPN") end++;
  const isName = end - last > 2 && end - last < 6 && /^[.,;]$/.test(items[end + 1]?.text ?? ".");
  return isName ? { first, last: end } : { first, last };
}

/** The speaker of a second verb ("and added …", ", saying …"): the first one's, or the subject of the sentence. */
function sharedSource(frame: Frame, cue: Cue, { previous }: Around): Range | null {
  const { items } = frame;
  if (cue.kind === "gerund" && items[cue.group - 1]?.tag === "ADP") return null;
  if (cue.kind === "gerund" && /^(?:NOUN|PROPN|PRON)$/.test(items[cue.group - 1]?.tag ?? ""))
    return nounPhraseBefore(items, cue.group);
  if (previous !== null && previous.source !== null) return previous.source;
  return cue.kind === "gerund" && cue.group === 0 ? subjectAfter(items, cue.last + 1) : mainSubject(items, cue.group);
}

/** The subject of the first verb of a frame. */
function mainSubject(items: readonly Item[], before: number): Range | null {
  for (let at = 1; at < before; at++) {
    const { tag, lower } = items[at] as Item;
    if (tag !== "AUX" && (tag !== "VERB" || lower.endsWith("ing"))) continue;
    let group = at;
    while (group > 0 && ["ADV", "AUX", "PART"].includes(items[group - 1]?.tag ?? "")) group--;
    const subject = nounPhraseBefore(items, group);
    if (subject !== null) return subject;
  }
  return null;
}

/** "Citing a report, Ana Cole said …": the subject after the comma. */
function subjectAfter(items: readonly Item[], from: number): Range | null {
  const comma = items.findIndex(({ text }, at) => at >= from && text === ",");
  return comma < 0 ? null : nounPhraseAfter(items, comma + 1);
}

function quotationsAround(
  items: readonly Item[],
  { start, end }: { start: number; end: number },
  { next, taken }: Around,
): QuotedStretch[] {
  const quoted: QuotedStretch[] = [];
  let left = start - 1;
  while (/^[,—–:-]$/.test(items[left]?.text ?? "") || /^(?:as|and|but)$/.test(items[left]?.lower ?? "")) left--;
  const before = items[left]?.quotation ?? null;
  if (before !== null && !taken.has(before)) quoted.push(before);
  const right = items.findIndex(({ tag }, at) => at > end && tag === "QUOTE");
  const after = items[right]?.quotation ?? null;
  if (after !== null && !taken.has(after) && right < next && onlyCircumstance(items, end + 1, right - 1))
    quoted.push(after);
  // `“We lost,” she said, “and we paid,” …`: what follows the second directly is its own.
  return quoted;
}

/** What is told around "X said": after it, before it, or on both sides of it. */
function toldAround(items: readonly Item[], cue: Cue, source: Range, { floor, previous }: Around): Range[] {
  const next = cue.last + 1;
  const asserted = items[source.first - 1]?.lower === "as";
  const ends = standsAtEnd(items, next) || (trailsOff(items, next) && hasFiniteVerb(items, floor, source.first - 1));
  // `The bank “moved the money,” Ana Cole said`: its comma stands before the mark.
  const closed = /^["”’']$/.test(items[source.first - 1]?.text ?? "") ? source.first - 2 : source.first - 1;
  const comma = items[closed]?.text === ",";
  if (asserted && ends) {
    const after = restAfterComma(items, next);
    if (after !== null) return [after];
    const end = source.first - 1;
    // "Cole said it was $9 million, and not $12 million as the union claimed": the union's is what it is not.
    const not = items.findLastIndex(({ lower }, at) => at < end && at > end - 9 && lower === "not");
    const isOther =
      not > 0 && /^(?:,|and)$/.test(items[not - 1]?.lower ?? "") && !hasFiniteVerb(items, not + 1, end - 1);
    if (isOther && not + 1 < end) return [{ first: not + 1, last: end - 1 }];
    const [told] = previous?.told ?? [];
    return optional(clauseBefore(items, end, told !== undefined && told.last >= end ? told.first : floor));
  }
  if (!ends || !comma || !cue.verb.parenthetical) return optional(clauseAfter(items, cue, next));
  const left = clauseBefore(
    items,
    source.first,
    previous?.quoted.length === 0 &&
      (previous.cue.kind === "noun" || !previous.told.some(({ last }) => last < source.first))
      ? 0
      : floor,
  );
  if (left === null) return optional(clauseAfter(items, cue, next));
  const right = items[next]?.text === "," ? restAfterComma(items, next) : null;
  const opening = right === null ? "" : (items[right.first]?.lower ?? "");
  const goesOn =
    /^(?:and|but|citing|quoting|adding|while|according|who|which)$/.test(opening) ||
    (right !== null && opening.endsWith("ing") && !hasFiniteVerb(items, right.first + 1, right.last));
  const broken = right !== null && !goesOn;
  if (!broken && !hasFiniteVerb(items, left.first, left.last)) return [];
  return broken && right !== null ? [left, right] : [left];
}

/** "police said on Thursday, revising a figure": what follows the comma is no clause. */
function trailsOff(items: readonly Item[], from: number): boolean {
  const comma = items.findIndex(({ text }, at) => at >= from && text === ",");
  const next = items[comma + 1];
  return comma > from && onlyCircumstance(items, from, comma - 1) && next?.tag === "VERB" && next.lower.endsWith("ing");
}

function clauseBefore(items: readonly Item[], end: number, floor: number): Range | null {
  let last = end - 1;
  while (last >= floor && /^[,—–-]$/.test(items[last]?.text ?? "")) last--;
  let first = last + 1;
  while (first > floor && items[first - 1]?.tag !== "QUOTE" && items[first - 1]?.text !== ";") {
    // "The ship affair: My hands are clean, says Marsh": what stands before the colon is the paper's.
    const isLabel = items[first - 1]?.text === ":" && !hasFiniteVerb(items, 0, first - 2);
    if (isLabel && hasFiniteVerb(items, first, last)) break;
    first--;
  }
  if (first === 0) first = correctionHeading(items);
  while (first <= last && /^(?:but|and|,|yet)$/.test(items[first]?.lower ?? "")) first++;
  return last - first >= 1 ? { first, last } : null;
}

function restAfterComma(items: readonly Item[], from: number): Range | null {
  const comma = items.findIndex(({ text }, at) => at >= from && text === ",");
  if (comma < 0 || comma + 2 >= items.length || !onlyCircumstance(items, from, comma - 1)) return null;
  let last = items.length - 1;
  while (last > comma && /^[.,;:?!]+$/.test(items[last]?.text ?? "")) last--;
  return last > comma ? { first: comma + 1, last } : null;
}

function attributeAccording(frame: Frame, cue: Cue, { taken }: Around): Attribution | null {
  const { items } = frame;
  const phrase = nounPhraseAfter(items, cue.last + 1);
  if (phrase === null) return null;
  const source = withName(items, phrase);
  const base = { frame, act: cue.act, cue, source };
  const left = items.findLastIndex(({ tag }, at) => at < cue.first && tag === "QUOTE");
  const quotation = items[left]?.quotation ?? null;
  if (quotation !== null && !taken.has(quotation) && left >= cue.first - 2)
    return { ...base, told: [], quoted: [quotation] };
  if (cue.first > 2) {
    const before = clauseBefore(items, cue.first, 0);
    const after = items[cue.first - 1]?.text === "," ? restAfterComma(items, source.last + 1) : null;
    const cites = after !== null && /^(?:citing|quoting)$/.test(items[after.first]?.lower ?? "");
    return before === null ? null : { ...base, told: after === null || cites ? [before] : [before, after], quoted: [] };
  }
  const comma = items.findIndex(({ text }, at) => at > source.last && text === ",");
  if (comma < 0) return null;
  const next = items[comma + 1];
  if (next?.quotation != null) return { ...base, told: [], quoted: [next.quotation] };
  const last = endOfClause(items, comma + 1, cue);
  return last > comma ? { ...base, told: [{ first: comma + 1, last }], quoted: [] } : null;
}

function commentOn(items: readonly Item[], cue: Cue): Range | null {
  const from = cue.last + 1;
  const on = /^(?:on|about|whether|how|why|what|if)$/.test(items[from]?.lower ?? "");
  if (!on) return null;
  const first = /^(?:on|about)$/.test(items[from]?.lower ?? "") ? from + 1 : from;
  const last = endOfClause(items, first, cue);
  return last >= first ? { first, last } : null;
}

/** `“…” — Ana Cole` */
function dashedName(frame: Frame): Attribution | null {
  const { items } = frame;
  const dash = items.findIndex(
    ({ text }, at) => at > 0 && /^(?:[—–―-]|--)$/.test(text) && items[at - 1]?.tag === "QUOTE",
  );
  if (dash < 0) return null;
  const source = nounPhraseAfter(items, dash + 1);
  const quotation = items[dash - 1]?.quotation;
  const name = source === null ? [] : items.slice(source.first, source.last + 1);
  const isName =
    name.length <= 8 &&
    !/^\p{Ll}/u.test(
      name
        .map(({ text }) => text)
        .join(" ")
        .replaceAll(/(?<= )(?:of|the|de|van|von|bin|al) /g, ""),
    );
  if (
    source === null ||
    quotation == null ||
    items[dash + 1]?.tag !== "PROPN" ||
    !isName ||
    items.length - source.last > 2
  )
    return null;
  const verb = {
    act: "states",
    complements: [],
    parenthetical: true,
    needsClause: false,
    needsQuotation: true,
    opinion: false,
  } as const;
  const cue: Cue = { group: dash, first: dash, last: dash, verb, act: "states", kind: "according" };
  return { frame, act: "states", cue, source, told: [], quoted: [quotation] };
}
