/** British and American forms of one word are one word; so are those with and without accents. */
const forms: readonly (readonly [RegExp, string])[] = [
  [/^programme(s?)$/u, "program$1"],
  [/(?<=\p{L}{2})our(?=$|s$|ed$|ing$|able$|ably$|al$|ally$|er$|ers$|ful$|hood$|hoods$|ist$|ists$|ite$|ites$)/u, "or"],
  [/is(?=(?:e|ed|es|er|ers|ing|ation|ations|ational)$)/u, "iz"],
  [/ys(?=(?:e|ed|es|er|ers|ing)$)/u, "yz"],
  [/^(cent|theat|met|lit|fib|calib|somb|spect|kilomet|centimet|millimet)re(s?)$/u, "$1er$2"],
  [/^(def|off|lic|pret)ence(s?)$/u, "$1ense$2"],
  [/^(catal|dial|anal|monol)ogue(s?)$/u, "$1og$2"],
  [/^(travel|cancel|label|level|model|fuel|signal|counsel|marshal|channel|total|funnel|tunnel|libel)l/u, "$1"],
  [/^(judg|acknowledg)ement(s?)$/u, "$1ment$2"],
  [/^(m|sm)ould/u, "$1old"],
  [/^sceptic/u, "skeptic"],
  [/^(toward|afterward)s$/u, "$1"],
];
/** What all of them have in common with one another, to pass over most words at once. */
const mayDiffer = /our|[iy]s[aei]|re|ence|ogue|ll|ement|ould|sceptic|wards|programme/u;
const words = new Map(
  Object.entries({
    grey: "gray",
    cheque: "check",
    cheques: "checks",
    tyre: "tire",
    tyres: "tires",
    whilst: "while",
    amongst: "among",
    ageing: "aging",
    jewellery: "jewelry",
    plough: "plow",
    manoeuvre: "maneuver",
    aluminium: "aluminum",
    practise: "practice",
    practised: "practiced",
    storey: "story",
    // Behind an apostrophe: "we've", "they'll".
    ve: "have",
    ll: "will",
  }),
);

/**
 * A word in one spelling, to compare it by: small letters, no accents, American. It is no spelling to print ("raize"),
 * and seldom makes one of two words that differ.
 */
export function foldWord(word: string): string {
  const plain = /[^ -~]/u.test(word) ? word.normalize("NFD").replace(/\p{M}/gu, "") : word;
  const small = plain.toLowerCase();
  if (!mayDiffer.test(small)) return words.get(small) ?? small;
  for (const [form, same] of forms) if (form.test(small)) return small.replace(form, same);
  return words.get(small) ?? small;
}

/** Words of both sides run together, so that "cyber-attack", "cyber attack" and "cyberattack" are the same. */
export const sameSpelling = (a: readonly string[], b: readonly string[]): boolean =>
  a.map(foldWord).join("") === b.map(foldWord).join("") || foldWord(a.join("")) === foldWord(b.join(""));
