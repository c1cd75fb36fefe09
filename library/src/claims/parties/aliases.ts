/**
 * Short names as documents introduce them: "the National Fraud Office (NFO)" → `nfo` is "national fraud office"; and
 * those that they use without a word, where only one name has these first letters. A short name with two long ones
 * means neither.
 */
export type ShortNames = ReadonlyMap<string, string>;

const introduction = /\((?:the )?["“]?(\p{Lu}[\p{L}.&-]{1,9})["”]?\)/gu;
/** How far before its bracket a long name may begin. */
const nameReach = 160;
const capitals = /\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+){1,5}/gu;
const shortName = /(?<![\p{L}-])\p{Lu}{3,6}(?![\p{L}-])/gu;
const small = new Set("of the for and on in de la du del a to against".split(" "));

export function shortNamesIn(texts: Iterable<string>): ShortNames {
  const introduced = new Map<string, string | null>();
  const used = new Set<string>();
  const byLetters = new Map<string, string | null>();
  const note = (names: Map<string, string | null>, short: string, long: string) => {
    const known = names.get(short);
    names.set(short, known === undefined || known === long ? long : null);
  };
  for (const text of texts) {
    for (const { 1: short = "", index } of text.matchAll(introduction)) {
      const before = text.slice(Math.max(0, index - nameReach), index);
      const letters = short.replace(/[^\p{L}]/gu, "").toLowerCase();
      if (letters.length < 2 || short.replace(/[^\p{Lu}]/gu, "").length < 2) continue;
      const long = longName(before.trim().split(/\s+/u), letters);
      if (long !== null) note(introduced, letters, long);
    }
    for (const [short] of text.matchAll(shortName)) used.add(short.toLowerCase());
    for (const [name] of text.matchAll(capitals)) {
      const words = name.toLowerCase().split(" ");
      note(byLetters, words.map((word) => word[0]).join(""), words.join(" "));
    }
  }
  for (const short of used) {
    const long = byLetters.get(short);
    if (long != null && !introduced.has(short)) introduced.set(short, long);
  }
  return new Map([...introduced].filter((one): one is [string, string] => one[1] !== null));
}

/** The last words whose first letters, without those of small words, are `letters`, or are with two of them swapped. */
function longName(words: readonly string[], letters: string): string | null {
  let firsts = "";
  for (let at = words.length - 1; at >= 0 && firsts.length <= letters.length; at--) {
    const word = (words[at] as string).toLowerCase();
    const parts = word.split(/[-&]/u).filter((part) => part !== "");
    if (small.has(word) && letters[letters.length - 1 - firsts.length] !== word[0]) continue;
    firsts = parts.map((part) => part[0]).join("") + firsts;
    if (firsts === letters || isSwapped(firsts, letters)) return words.slice(at).join(" ").toLowerCase();
  }
  return null;
}

/** A slip of the pen, in names of four letters and more: "the Central News Agency of Ruritania (CNRA)". */
function isSwapped(firsts: string, letters: string): boolean {
  const sorted = (text: string) => [...text].sort().join("");
  return letters.length > 3 && firsts[0] === letters[0] && sorted(firsts) === sorted(letters);
}
