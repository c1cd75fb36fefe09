import type { SpeechAct, Statement } from "./statement.ts";
import type { Word } from "./words.ts";

type Stance = Statement["stance"];

/** What is said, and by which words. */
export interface SaidSo {
  readonly act: SpeechAct;
  /** What the speaker is called, in small letters; empty for nobody. */
  readonly source: string;
  /** From the verb group to what is said, in small letters: "could not confirm that", "found no evidence that". */
  readonly cue: string;
  readonly words: readonly Word[];
}

const findings = "(?:evidence|proof|indications?|signs?|traces?|reason|grounds|basis)";
const noEvidence = new RegExp(String.raw`\b(?:no|little|scant|not any|n't any) (?:\p{L}+ ){0,2}${findings}\b`, "u");
const evidence = new RegExp(`^${findings}$`);
const negatedCue = /(?:^| )(?:not|never|cannot|no longer)(?: |$)|n't(?: |$)/;
/** "does not believe that" says that it is not so. */
const raising = /(?:believe|think|feel|expect|consider|suggest)\b/;
const doubtingCue = /(?:^| )(?:doubt|question|wonder)(?:s|ed|ing)?\b/;
const nobody = /^(?:no|nobody|none|neither)\b/;

/**
 * Whether what is said is said to be so, not to be so, or left open: by its main clause ("hackers had not stolen it",
 * "it is unclear if") and by the words that bring it ("could not confirm that"). Hedges do not count.
 */
export function stanceOf({ act, source, cue, words }: SaidSo): Stance {
  if (act === "calls on") return "asserted";
  if (act === "declines to comment") return "doubted";
  const own = stanceOfClause(words);
  const brought = act === "denies" ? "asserted" : stanceOfCue(source, cue);
  if (own === "doubted" || brought === "asserted") return own;
  return brought === "negated" && own === "negated" ? "asserted" : brought;
}

function stanceOfCue(source: string, cue: string): Stance {
  if (noEvidence.test(cue) || nobody.test(source)) return "doubted";
  // "does not doubt that"
  if (doubtingCue.test(cue)) return negatedCue.test(cue) ? "asserted" : "doubted";
  if (!negatedCue.test(cue)) return "asserted";
  return raising.test(cue) ? "negated" : "doubted";
}

/** Whether a stretch of text can be anything but asserted, by its letters: a quick look before its words are tagged. */
export const mayTurn = new RegExp(
  String.raw`\b(?:no|not|never|none|nobody|nothing|neither|cannot|whether|if)\b|n['’]t\b|\?|` +
    String.raw`\b(?:un(?:clear|certain|known|confirmed|proven|verified|decided)|doubt)`,
  "iu",
);

const openAdjective =
  /^(?:unclear|uncertain|unknown|unproven|unconfirmed|unverified|doubtful|undecided|doubts?|doubted)$/;
const subordinates =
  /^(?:because|although|though|while|when|after|before|unless|since|so|than|until|as|if|where|despite)$/;
const adverbial = new RegExp(
  "^(?:in|on|at|by|for|from|to|with|under|amid|following|contrary|unlike|after|before|during|despite|when|while|" +
    "because|although|though|since|as|so|until)$",
);

function stanceOfClause(words: readonly Word[]): Stance {
  const begins = afterAdverbial(words);
  if (words.at(-1)?.text === "?" || /^(?:whether|if)$/.test(words[begins]?.lower ?? "")) return "doubted";
  let verb = false;
  for (let at = begins; at < words.length; at++) {
    const { lower, tag, text } = words[at] as Word;
    if (!verb && at > begins && isRelative(words, at)) {
      at = afterRelative(words, at) - 1;
      continue;
    }
    if (verb && endsMainClause(words, at)) return lower === "whether" ? "doubted" : "asserted";
    if (isNegation(words, at, begins)) return negatedStance(words, at);
    if (verb && (openAdjective.test(lower) || lower === "whether") && words[at - 1]?.lower !== "no") return "doubted";
    if (tag === "AUX" || (tag === "VERB" && !/ing$/.test(text))) verb = true;
  }
  return "asserted";
}

/** "In May, the bank …", "after the theft, it …": over the comma. */
function afterAdverbial(words: readonly Word[]): number {
  let at = 0;
  while (/^(?:but|and|yet|however|["“”'‘’]|,)$/.test(words[at]?.lower ?? "")) at++;
  if (!adverbial.test(words[at]?.lower ?? "")) return at;
  const comma = words.findIndex(({ text }, place) => place > at && text === ",");
  return comma < 0 ? at : comma + 1;
}

function isRelative(words: readonly Word[], at: number): boolean {
  if (!/^(?:who|which|whose|whom|that)$/.test(words[at]?.lower ?? "")) return false;
  return /^(?:NOUN|PROPN|PRON)$/.test(words[at - 1]?.tag ?? "") || words[at - 1]?.text === ",";
}

/** Where the main clause goes on after "who did not pay" or ", which did not pay,". */
function afterRelative(words: readonly Word[], at: number): number {
  if (words[at - 1]?.text === ",") {
    const comma = words.findIndex(({ text }, place) => place > at && text === ",");
    return comma < 0 ? words.length : comma + 1;
  }
  let end = at + 1;
  while (end < words.length && !/^(?:VERB|AUX)$/.test(words[end]?.tag ?? "")) end++;
  while (/^(?:VERB|AUX|ADV|PART)$/.test(words[end]?.tag ?? "")) end++;
  return end;
}

/** Where another clause begins, once the main clause has its verb; "believes that …" goes on. */
function endsMainClause(words: readonly Word[], at: number): boolean {
  const { text, lower, tag } = words[at] as Word;
  if (/^[,;:—–]$/.test(text) || tag === "CCONJ" || subordinates.test(lower)) return true;
  if (lower === "that") return /^(?:NOUN|PROPN)$/.test(words[at - 1]?.tag ?? "");
  return /^(?:who|which|whose|whom|whether)$/.test(lower);
}

function isNegation(words: readonly Word[], at: number, begins: number): boolean {
  const { lower } = words[at] as Word;
  const [before, next] = [at > begins ? words[at - 1] : undefined, words[at + 1]?.lower ?? ""];
  if (/^(?:not|n't|never)$/.test(lower)) {
    // "$20m, not $30m", "not only", "a not small sum", "chose not to": the main clause stands.
    if (/^(?:only|just|merely|simply|least|more|less|fewer)$/.test(next)) return false;
    if (before?.text === "," || /^(?:DET|CCONJ)$/.test(before?.tag ?? "") || before?.lower === "to") return false;
    return !(next === "to" && before?.tag === "VERB");
  }
  if (!/^(?:no|nothing|nobody|none|neither)$/.test(lower) || before?.tag === "ADP" || before?.text === ",")
    return false;
  return lower === "no"
    ? !/^(?:doubt|matter|later|less|more|fewer|sooner|earlier|wonder|\.)$/.test(next)
    : !/^(?:but|less|short)$/.test(next);
}

const opens =
  /^(?:confirm|verif|know|clear|certain|sure|rul(?:e|ed|ing)$|sa(?:y|id)$|tell$|determin|establish|exclud|aware)/;
const turnsBack = /^(?:den(?:y|ied)|disput|doubt|contest)/;

/** What a negation comes to: "did not pay" is negated, "could not confirm" is open, "does not deny" is so. */
function negatedStance(words: readonly Word[], at: number): Stance {
  const after = words.slice(at + 1, at + 6);
  const exists = words.slice(Math.max(0, at - 4), at).some(({ lower }) => lower === "there");
  if (after.slice(0, 4).some(({ lower }) => evidence.test(lower))) return exists ? "negated" : "doubted";
  const head = after.find(
    ({ tag, lower }) => tag !== "ADV" && !/^(?:yet|been|be|have|able|to|immediately)$/.test(lower),
  );
  const word = /^(?:not|n't|never|neither)$/.test(words[at]?.lower ?? "") ? (head?.lower ?? "") : "";
  if (turnsBack.test(word)) return "asserted";
  return opens.test(word) || after[0]?.lower === "necessarily" ? "doubted" : "negated";
}
