import { createRequire } from "node:module";
import type { ItsFunction, Model, WinkMethods } from "wink-nlp";
import type { Stretch } from "./quotations.ts";

/** A word or a mark with its part of speech (Universal Dependencies' tags), in UTF-16 units of the document. */
export interface Word extends Stretch {
  readonly text: string;
  /** In small letters, but for names that would then be pronouns ("US"). */
  readonly lower: string;
  readonly tag: string;
}

/** In capitals a name, and kept in them: "us", "it" and "who" are pronouns. */
const acronyms = new Set(["US", "IT", "WHO"]);

let tagger: WinkMethods | null = null;

/** The words of a stretch, with wink-nlp's tags. The model is loaded at the first call (about 0.3 s). */
export function wordsOf(text: string, { from, to }: Stretch): Word[] {
  tagger ??= loadTagger();
  const piece = text.slice(from, to);
  const tokens = tagger.readDoc(piece).tokens();
  const values = tokens.out(tagger.its.value as ItsFunction<string>) as string[];
  const tags = tokens.out(tagger.its.pos as ItsFunction<string>) as string[];
  const words: Word[] = [];
  let at = 0;
  for (const [index, value] of values.entries()) {
    const found = piece.indexOf(value, at);
    // A token that is not in the text as it stands has been altered by the tokenizer, and cannot be pointed at.
    if (found < 0 || value === "" || /^\s*$/.test(value)) continue;
    at = found + value.length;
    const acronym = acronyms.has(value);
    words.push({
      from: from + found,
      to: from + at,
      text: value,
      lower: acronym ? value : value.toLowerCase().replaceAll("’", "'"),
      tag: acronym ? "PROPN" : (tags[index] as string),
    });
  }
  const ended = withoutStop(words);
  return ended.map((word, at) => (isOffice(word, ended[at + 1]) ? { ...word, tag: "ADJ" } : word));
}

/** "It lost $20m.": the tokenizer leaves a stop on a unit that ends a sentence. */
function withoutStop(words: Word[]): Word[] {
  const last = words.at(-1);
  if (last === undefined || words.at(-2)?.tag !== "NUM" || !/^(?:m|bn|k|tn|b)\.$/i.test(last.text)) return words;
  const stop = { from: last.to - 1, to: last.to, text: ".", lower: ".", tag: "PUNCT" };
  const unit = { ...last, to: last.to - 1, text: last.text.slice(0, -1), lower: last.lower.slice(0, -1) };
  return [...words.slice(0, -1), unit, stop];
}

const offices = new Set(
  "managing acting founding ruling governing presiding commanding investigating prosecuting".split(" "),
);

/** "managing director", "acting governor": the tagger takes the first word for what somebody does. */
function isOffice({ tag, lower }: Word, next: Word | undefined): boolean {
  return tag === "VERB" && offices.has(lower) && /^(?:NOUN|PROPN|ADJ)$/.test(next?.tag ?? "");
}

function loadTagger(): WinkMethods {
  const require = createRequire(import.meta.url);
  const winkNlp = require("wink-nlp") as (model: Model, pipe: string[]) => WinkMethods;
  return winkNlp(require("wink-eng-lite-web-model") as Model, ["sbd", "pos"]);
}
