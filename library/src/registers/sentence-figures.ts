import type { CodePoints } from "../claims/code-points.ts";
import type { Figure } from "../claims/figures/figure.ts";
import type { Mention } from "./find-mentions.ts";
import { isPaying, isTricked, paysFraudsters } from "./read-deceit.ts";
import type { Word } from "./sentence-words.ts";

/** A figure of a sentence, and the mention that it is about. */
export interface FigureOfMention {
  readonly figure: Figure;
  readonly mention: Mention;
}

const lossWords = new Set(
  (
    "stole stolen steal stealing steals theft thefts heist cyberheist cyber-heist loss losses lost loses lose " +
    "losing drain drained draining siphoned siphoning hack hacked breach exploit exploited looted robbed robbery " +
    "took taken damage damages attack attacked scam vanished disappears disappeared double-spent minted " +
    "tricked duped conned deceived fooled defrauded swindled fraudsters scammers swindlers impostors imposters"
  ).split(" "),
);
const otherWords = new Set(
  (
    "recover recovers recovered recovery recovering retrieved return returns returned returning refund refunded " +
    "refunds reimburse reimbursed reimbursement compensation compensate compensated repaid repay bounty bounties " +
    "reward rewards price prices priced traded trading dropped fell falling decline declined market cap " +
    "capitalization volume fine fined fines penalty froze frozen freeze seized seizure insured insurance raised " +
    "raise raising remaining remained remain reserves deposited tvl liquidity borrowed borrowing loan fee fees " +
    "gas collateral laundered laundering transferred moved sent sending swapped converted attempted tried sought " +
    "ransom demanded paid pay sold invested investment offer offered offering donated mint revenue profit budget " +
    "salary worth-of blocked foiled prevented thwarted saved total-value secured salvaged restored funding backed " +
    "supply circulation volume valued each per"
  ).split(" "),
);

const nearMax = 6;

/**
 * Gives the dates and the losses of a sentence to its mentions. A date belongs to the deed in its clause, or in front
 * of the sentence to the first deed; an amount to the nearest deed, where the words around it say that it was lost.
 * What is between two is left out.
 */
export function figuresOfMentions(
  words: readonly Word[],
  mentions: readonly Mention[],
  figures: readonly Figure[],
  points: CodePoints,
): FigureOfMention[] {
  const found: FigureOfMention[] = [];
  for (const figure of figures) {
    const at = wordsOfFigure(words, figure, points);
    if (at === null) continue;
    const near = nearestMention(words, mentions, figures, points, at);
    if (near === null) continue;
    if (figure.kind === "date" && isDateOfDeed(words, near, mentions, at, figure))
      found.push({ figure, mention: near.mention });
    if (figure.kind === "money" && near.breaks <= 2 && saysLoss(words, at))
      found.push({ figure, mention: near.mention });
  }
  return found;
}

interface Stretch {
  readonly first: number;
  readonly next: number;
}

interface Near {
  readonly mention: Mention;
  readonly breaks: number;
}

/** Where a figure stands among the words; null where it stands outside of them. */
export function wordsOfFigure(words: readonly Word[], figure: Figure, points: CodePoints): Stretch | null {
  const [from, to] = [points.unitAt(figure.span.start), points.unitAt(figure.span.end)];
  const first = words.findIndex((word) => word.to > from);
  if (first < 0 || (words[first] as Word).from >= to) return null;
  let next = first + 1;
  while (next < words.length && (words[next] as Word).from < to) next++;
  return { first, next };
}

function nearestMention(
  words: readonly Word[],
  mentions: readonly Mention[],
  figures: readonly Figure[],
  points: CodePoints,
  at: Stretch,
): Near | null {
  const dates = figures.flatMap((figure) => wordsOfFigure(words, figure, points) ?? []);
  let best: (Near & { far: number }) | null = null;
  for (const mention of mentions) {
    const first = Math.min(mention.deed, mention.victim.first);
    const next = Math.max(mention.deed + 1, mention.victim.next);
    const [low, high] = at.first >= next ? [next, at.first] : [at.next, first];
    const inside = at.first < next && at.next > first;
    const breaks = inside ? 0 : breaksBetween(words, low, high, dates);
    const far = inside ? 0 : Math.max(0, high - low);
    if (best === null || breaks < best.breaks || (breaks === best.breaks && far < best.far))
      best = { mention, breaks, far };
  }
  return best;
}

/** Commas, semicolons, brackets, dashes and "and the" between two words; those within a figure do not count. */
function breaksBetween(words: readonly Word[], first: number, next: number, dates: readonly Stretch[]): number {
  let breaks = 0;
  for (let at = first; at < next; at++) {
    const word = words[at] as Word;
    if (dates.some((one) => at > one.first && at < one.next)) continue;
    if (/^[,;:()—–]$/u.test(word.text)) breaks++;
    else if (
      /^(?:and|but|while|whereas)$/u.test(word.lower) &&
      /^(?:the|a|an|another|in|its|his)$/u.test(words[at + 1]?.lower ?? "")
    ) {
      breaks++;
    }
  }
  return breaks;
}

function isDateOfDeed(
  words: readonly Word[],
  near: Near,
  mentions: readonly Mention[],
  at: Stretch,
  figure: Figure,
): boolean {
  const { mention, breaks } = near;
  if (!mention.datesDeed || figure.value === null || figure.bound === "at least" || figure.bound === "at most")
    return false;
  if (isOfDateline(words, at)) return false;
  const before = words[at.first - 1]?.lower ?? "";
  if (/^(?:since|until|till|by|after|before)$/u.test(before)) return false;
  // "said on Saturday that attackers had stolen": when it was said.
  if (words.slice(Math.max(0, at.first - 3), at.first).some(({ lower }) => telling.test(lower))) return false;
  if (breaks === 0) return !toldBetween(words, mention, at);
  // "In May 2013, X was attacked", "May 19, 2018: the attack on X": in front, and of the first deed.
  const leads = at.first <= 3 && breaks <= 1 && mention === firstOf(mentions);
  return (
    leads &&
    !words.slice(at.next, Math.min(mention.deed, mention.victim.first)).some(({ lower }) => telling.test(lower))
  );
}

/** "OSTRAVA, Sept 4 (NW) - Northwind was hit on Monday": the day of the report. */
function isOfDateline(words: readonly Word[], at: Stretch): boolean {
  const [place, before, behind] = [words[0], words[at.first - 1], words[at.next]];
  const stands = at.first > 0 && at.first < 6 && place?.isName === true && before?.text === ",";
  return stands && /^[-—–(]+$/u.test(behind?.text ?? "");
}

const telling = new RegExp(
  "^(?:said|says|told|announced|announces|reported|confirmed|disclosed|recovery|recovered|charged|arrested|" +
    "convicted|sentenced|jailed|indicted|acquitted|article|story|misstated|published)$",
  "u",
);

const toldBetween = (words: readonly Word[], mention: Mention, at: Stretch): boolean => {
  const [low, high] = at.first > mention.deed ? [mention.deed, at.first] : [at.next, mention.deed];
  return words.slice(low, high).some(({ lower }) => telling.test(lower));
};

const firstOf = (mentions: readonly Mention[]): Mention | undefined =>
  mentions.reduce((a, b) => (b.deed < a.deed ? b : a), mentions[0] as Mention);

/** Whether the words around an amount say that it was lost, and not got back, moved, offered or worth later. */
export function saysLoss(words: readonly Word[], at: Stretch): boolean {
  const [low, high] = clauseAround(words, at);
  const [from, to] = [nearEdge(words, at.first, -1), nearEdge(words, at.next - 1, 1)];
  const near = (index: number) => index >= from && index <= to;
  let loses = false;
  for (let index = low; index < high; index++) {
    const { lower } = words[index] as Word;
    if (near(index) && otherWords.has(lower) && !isWayOfTheft(words, index)) return false;
    loses ||= lossWords.has(lower);
  }
  return loses;
}

/** How far the words near an amount reach: not over ", and", ", but". */
function nearEdge(words: readonly Word[], from: number, step: 1 | -1): number {
  let at = from;
  while (Math.abs(at + step - from) <= nearMax && at + step >= 0 && at + step < words.length) {
    const comma = step > 0 ? at + step : at + step - 1;
    const joins = /^(?:and|but|while|whereas)$/u.test(words[comma + 1]?.lower ?? "");
    if (words[comma]?.text === "," && joins) break;
    at += step;
  }
  return at;
}

/** "flash loan attack", "price manipulation": words that elsewhere speak of other money. */
const isWayOfTheft = (words: readonly Word[], at: number): boolean => {
  const [before, { lower }, after] = [words[at - 1]?.lower, words[at] as Word, words[at + 1]?.lower ?? ""];
  // "tricked into paying $5m", "wired $5m to fraudsters"
  if (isPaying.test(lower)) {
    const isLed = before === "into" && isTricked(words[at - 2]?.lower ?? "");
    return isLed || paysFraudsters(words, at);
  }
  if (lower === "loan") return before === "flash" && /^(?:attack|exploit)/u.test(after);
  if (lower === "price") return /^(?:oracle|manipulation)$/u.test(after);
  if (lower === "liquidity") return /^pools?$/u.test(after);
  return lower === "market" && /^s$/u.test(after);
};

/** The clause that a figure stands in; one in brackets has the clause before them too. */
function clauseAround(words: readonly Word[], at: Stretch): readonly [number, number] {
  const edge = (index: number) => /^[;:—–]$/u.test(words[index]?.text ?? "");
  let [low, high] = [at.first, at.next];
  while (low > 0 && at.first - low < 25 && !edge(low - 1)) low--;
  while (high < words.length && high - at.next < 25 && !edge(high)) high++;
  return [low, high];
}
