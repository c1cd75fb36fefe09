import { isTricked, paysFraudsters } from "./read-deceit.ts";
import type { Word } from "./sentence-words.ts";
import { nameAfter, nameBefore, nameEndingAt, type VictimName } from "./victim-names.ts";
import {
  auxiliaries,
  deedNouns,
  deedVerbs,
  lossNouns,
  ownLossVerbs,
  presentVerbs,
  reportVerbs,
  sufferVerbs,
  takingVerbs,
} from "./victim-words.ts";

/** A deed and the one it was done to, among the words of a sentence. */
export interface Mention {
  /** The word for the deed. */
  readonly deed: number;
  readonly victim: VictimName;
  /** False where a date beside it is that of somebody's announcement. */
  readonly datesDeed: boolean;
}

const prepositions = new Set("on of at against into from targeting upon".split(" "));
const doers = /^(?:hackers?|attackers?|thieves|robbers|criminals|gang|group|who|that|actors?|they|it|he)$/u;
const denials = /^(?:not|never|no|without|denied|denies|deny|denying|prevent|prevented|thwart|thwarted)$/u;
const modifiers = new Set(
  (
    "security data wallet wallets bridge flash loan smart contract cyber hot cold exchange reentrancy % massive " +
    "major million billion crypto cryptocurrency bitcoin nft website server token network protocol private key " +
    "oracle price multisig multi-signature central bank multi-million multimillion-dollar 51% governance " +
    "liquidity defi platform phishing oracle so-called"
  ).split(" "),
);
/** A group that does it, and a way that it is done, stand before the deed as a victim does. */
const doerName = /\b(?:lazarus|apt[- ]?\d+|group|gang|team|chollima|sleet|kitten|panda|bear|spider|bureau)\b/iu;
const wayName = /^(?:ddos|dos|mev|sim|sql|dns|sybil|swift|atm|api|rpc|eclipse|sandwich|zero-day|vpn)$/iu;
const reach = 12;

/**
 * The deeds of a sentence of which the victim is named. Where it is not safe to say who it was done to there is none.
 */
export function findMentions(words: readonly Word[]): Mention[] {
  const found: Mention[] = [];
  for (let at = 0; at < words.length; at++) {
    const { lower, isMark } = words[at] as Word;
    if (isMark || isDenied(words, at)) continue;
    const mention = mentionAt(words, at, lower);
    if (mention === null) continue;
    const known = found.findIndex(
      ({ victim }) => victim.first < mention.victim.next && mention.victim.first < victim.next,
    );
    if (known < 0) found.push(mention);
    else if (mention.datesDeed && found[known]?.datesDeed === false) found[known] = mention;
  }
  return found;
}

function mentionAt(words: readonly Word[], at: number, lower: string): Mention | null {
  const by = (victim: VictimName | null, datesDeed = true): Mention | null =>
    victim === null ? null : { deed: at, victim, datesDeed };
  if (deedNouns.has(lower)) {
    const verb = presentVerbs.has(lower) && doers.test(words[at - 1]?.lower ?? "");
    const named = verb ? nameAfter(words, at + 1, 5) : (nameBehindNoun(words, at) ?? nameBesideNoun(words, at));
    if (named !== null) return by(named);
  }
  if (presentVerbs.has(lower) && doers.test(words[at - 1]?.lower ?? "")) return by(nameAfter(words, at + 1, 5));
  if (deedVerbs.has(lower)) {
    return by(namedByVerb(words, at, lower) ?? (takingVerbs.has(lower) ? nameBehindFrom(words, at) : null));
  }
  if (takingVerbs.has(lower)) return by(nameBehindFrom(words, at) ?? speakerRobbed(words, at));
  const deceived = isTricked(lower) && /^(?:was|were|been|being|got|is|are)$/u.test(nearestCopula(words, at));
  if (deceived) return amountWithin(words, at + 1, 12) ? by(nameBefore(words, at)) : null;
  if (/^(?:paid|sent|wired|transferred)$/u.test(lower) && paysFraudsters(words, at))
    return amountWithin(words, at + 1, 8) ? by(nameBefore(words, at)) : null;
  if (ownLossVerbs.has(lower)) return amountWithin(words, at + 1, 8) ? by(nameBefore(words, at)) : null;
  const victimOf = /^(?:victim|target|subject)$/u.test(lower) && /^(?:of|to)$/u.test(words[at + 1]?.lower ?? "");
  if (victimOf && deedWithin(words, at, false)) return by(nameBefore(words, backOverCopula(words, at)));
  const under = /^(?:came|comes|come|is|was)$/u.test(lower) && words[at + 1]?.lower === "under";
  if (under && /^attack$/u.test(words[at + 2]?.lower ?? "")) return by(nameBefore(words, at));
  const suffers =
    sufferVerbs.has(lower) || /^(?:collapse|disappear|vanishe?)[sd]$|^(?:collapsed|disappeared)$/u.test(lower);
  if (suffers && deedWithin(words, at, true)) return by(nameBefore(words, at));
  if (reportVerbs.has(lower) && ownDeed(words, at)) return by(nameBefore(words, at), false);
  return null;
}

const isDenied = (words: readonly Word[], at: number): boolean =>
  [1, 2, 3].some((back) => denials.test(words[at - back]?.lower ?? ""));

/** "attack on the X", "theft of $5m from X", "breach occurred on X", "heist that targeted the X". */
function nameBehindNoun(words: readonly Word[], deed: number): VictimName | null {
  for (let at = deed + 1; at < Math.min(words.length, deed + reach); at++) {
    const { lower, isMark, text } = words[at] as Word;
    if (isMark && !/^[$€£¥%"“”'‘’]$/u.test(text)) return null;
    // What an attack "stemmed from" is its cause, and not whom it was done to.
    const ends =
      /^(?:by|after|before|when|while|because|and|or|but|which|who|said|says|was|were|is|are|in|stem(?:s|med)|arose)$/u;
    if (ends.test(lower) || /^(?:resulted|resulting|originated|originating|due|caused|started|began)$/u.test(lower))
      return null;
    // What a theft is of is what was taken.
    if (lower === "of" && /^(?:theft|robbery|heist)$/u.test((words[deed] as Word).lower)) continue;
    const isLink = prepositions.has(lower) || /^(?:targeted|hit|struck|hitting)$/u.test(lower);
    if (!isLink) continue;
    const name = nameAfter(words, at + 1, 7);
    if (name !== null) return name;
  }
  return null;
}

/** "the 2018 X hack", "X's $5m breach", "X Security Breach". */
function nameBesideNoun(words: readonly Word[], deed: number): VictimName | null {
  let last = deed - 1;
  const isModifier = (at: number) => {
    const word = words[at];
    if (word === undefined || word.possessive) return false;
    return modifiers.has(word.lower) || (/^[$€£¥~]?\p{N}|^[$€£¥~]$|^(?:US|A)$/u.test(word.text) && !word.isName);
  };
  while (last >= 0 && last > deed - 6 && isModifier(last)) last--;
  const name = nameEndingAt(words, last) ?? nameEndingAt(words, deed - 1);
  if (name === null || name.next > deed) return null;
  const text = words
    .slice(name.first, name.next)
    .map((word) => word.text)
    .join(" ");
  if (doerName.test(text) || wayName.test(text)) return null;
  if ((words[deed] as Word).lower === "theft" && /^\p{Lu}{2,5}$/u.test(text)) return null;
  return { ...name, descriptors: [[name.first, name.next]] };
}

/** Passive, the subject; active, the object: "X was hacked", "Hackers robbed X", "exploited a flaw in X". */
function namedByVerb(words: readonly Word[], at: number, lower: string): VictimName | null {
  const before = words[at - 1]?.lower ?? "";
  const passive =
    auxiliaries.has(before) && /^(?:was|were|been|being|be|got|is|are|getting)$/u.test(nearestCopula(words, at));
  if (!passive) {
    const object = nameAfter(words, at + 1, 6);
    if (object !== null) return object;
    // "The gang has attacked 17 hospitals": the subject is who did it.
    if (/^(?:has|have|had)$/u.test(helperBefore(words, at))) return null;
    const flaw = lower === "exploited" ? nameBehindFlaw(words, at) : null;
    if (flaw !== null) return flaw;
    // "Prices hit a low" is no deed; "X hit by a hack" is one.
    if (
      /^(?:hit|targeted|struck|exploited)$/u.test(lower) &&
      !/^(?:by|for|in|with)$/u.test(words[at + 1]?.lower ?? "")
    ) {
      return null;
    }
  }
  return nameBefore(words, at);
}

function nearestCopula(words: readonly Word[], verb: number): string {
  for (let at = verb - 1; at >= Math.max(0, verb - 4); at--) {
    const lower = words[at]?.lower ?? "";
    if (/^(?:was|were|been|being|be|got|is|are|getting)$/u.test(lower)) return lower;
    if (!auxiliaries.has(lower) && !/ly$/u.test(lower)) return "";
  }
  return "";
}

/** The helping verb before a verb, over adverbs: "has also attacked". */
function helperBefore(words: readonly Word[], verb: number): string {
  let at = verb - 1;
  while (at > 0 && verb - at < 4 && /ly$|^(?:also|already|since|now)$/u.test(words[at]?.lower ?? "")) at--;
  return words[at]?.lower ?? "";
}

function nameBehindFlaw(words: readonly Word[], verb: number): VictimName | null {
  for (let at = verb + 1; at < Math.min(words.length, verb + 9); at++) {
    const { lower, isMark } = words[at] as Word;
    if (isMark) return null;
    if (lower === "in" || lower === "of" || lower === "on") return nameAfter(words, at + 1, 5);
  }
  return null;
}

function nameBehindFrom(words: readonly Word[], verb: number): VictimName | null {
  for (let at = verb + 1; at < Math.min(words.length, verb + 16); at++) {
    const { lower, text } = words[at] as Word;
    if (/^[;:.!?]$/u.test(text) || /^(?:after|when|which|who|while|and|but)$/u.test(lower)) return null;
    if (lower === "from" || lower === "out") {
      const name = nameAfter(words, at + (words[at + 1]?.lower === "of" ? 2 : 1), 7);
      if (name !== null) return name;
    }
  }
  return null;
}

/** "X said that attackers had stolen $5m from one of its wallets": the one who says so is the one it was done to. */
function speakerRobbed(words: readonly Word[], verb: number): VictimName | null {
  const from = words.findIndex(({ lower }, at) => at > verb && at < verb + 16 && lower === "from");
  if (from < 0) return null;
  const behind = words.slice(from + 1, from + 5).map(({ lower }) => lower);
  if (!/^(?:(?:one|some|two|several|all) of )?(?:its|their|our)\b/u.test(behind.join(" "))) return null;
  for (let at = verb - 1; at > 0; at--) {
    const { lower, text } = words[at] as Word;
    if (/^[;:]$/u.test(text)) return null;
    if (/^(?:said|says|announced|confirmed|disclosed|reported|revealed|tweeted)$/u.test(lower))
      return nameBefore(words, at);
  }
  return null;
}

/** A word for the deed or the loss behind a verb, before the clause is over. */
function deedWithin(words: readonly Word[], verb: number, withLoss: boolean): boolean {
  for (let at = verb + 1; at < Math.min(words.length, verb + 14); at++) {
    const { lower, text } = words[at] as Word;
    if (/^[;:.!?]$/u.test(text)) return false;
    if (deedNouns.has(lower) || (withLoss && lossNouns.has(lower)) || lower === "attacks") return true;
  }
  return false;
}

/** "X disclosed a $5m breach": a deed right behind the verb that is nobody else's. */
function ownDeed(words: readonly Word[], verb: number): boolean {
  for (let at = verb + 1; at < Math.min(words.length, verb + 9); at++) {
    const { lower, text, isMark } = words[at] as Word;
    if (isMark && !/^[$€£¥]$/u.test(text)) return false;
    if (/^(?:on|at|by|from|of|to|for|about|with)$/u.test(lower)) return false;
    if (deedNouns.has(lower)) return nameBehindNoun(words, at) === null;
  }
  return false;
}

function amountWithin(words: readonly Word[], first: number, many: number): boolean {
  const stretch = words.slice(first, first + many);
  const end = stretch.findIndex(({ text }) => /^[;.!?]$/u.test(text));
  return stretch
    .slice(0, end < 0 ? many : end)
    .some(({ text }) => /^[$€£¥]?\p{N}|^[$€£¥]$|^(?:millions|all)$/u.test(text));
}

function backOverCopula(words: readonly Word[], at: number): number {
  let verb = at;
  while (
    verb > at - 6 &&
    /^(?:the|a|an|latest|was|became|is|been|has|fell|had|have)$/u.test(words[verb - 1]?.lower ?? "")
  ) {
    verb--;
  }
  return verb;
}
