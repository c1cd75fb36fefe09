const units =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen " +
  "eighteen nineteen";
const tens = "twenty thirty forty fifty sixty seventy eighty ninety";
const ordinals =
  "third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth " +
  "seventeenth eighteenth nineteenth";

/** Words below a hundred, and what they count. */
export const smallWords: ReadonlyMap<string, number> = new Map([
  ...units.split(" ").map((word, value): [string, number] => [word, value]),
  ...tens.split(" ").map((word, index): [string, number] => [word, 20 + 10 * index]),
  ["nought", 0],
  ["naught", 0],
]);

/** Words that multiply, with the power of ten; dozens stand apart. */
export const scaleWords: ReadonlyMap<string, number> = new Map([
  ["hundred", 2],
  ["thousand", 3],
  ["lakh", 5],
  ["million", 6],
  ["mio", 6],
  ["mln", 6],
  ["mil", 6],
  ["mn", 6],
  ["mm", 6],
  ["crore", 7],
  ["billion", 9],
  ["bn", 9],
  ["bln", 9],
  ["mrd", 9],
  ["milliard", 9],
  ["trillion", 12],
  ["trn", 12],
  ["tn", 12],
  ["tln", 12],
  ["quadrillion", 15],
]);

/** Scales that may be written in the plural: "5 millions", "three lakhs". */
export const scaleOf = (word: string): number | undefined =>
  scaleWords.get(word) ?? (word.length > 4 && word.endsWith("s") ? scaleWords.get(word.slice(0, -1)) : undefined);

/** One letter, right behind digits: "10k", "$5m", "1.2b". */
export const letterScales: ReadonlyMap<string, number> = new Map([
  ["k", 3],
  ["K", 3],
  ["m", 6],
  ["M", 6],
  ["b", 9],
  ["B", 9],
  ["G", 9],
  ["T", 12],
  ["t", 12],
]);

export const dozenWords = new Set(["dozen", "dozens", "doz", "dozs", "dz", "dzs"]);

/** Words for parts: "thirds", "quarter"; the value is the denominator. */
export const partWords: ReadonlyMap<string, bigint> = new Map(
  [
    ["half", 2],
    ["halves", 2],
    ["quarter", 4],
    ["quarters", 4],
    ["first", 1],
    ["second", 2],
    ...ordinals.split(" ").map((word, index): [string, number] => [word, index + 3]),
    ["twentieth", 20],
    ["thirtieth", 30],
    ["fortieth", 40],
    ["fiftieth", 50],
    ["hundredth", 100],
    ["thousandth", 1000],
    ["millionth", 1e6],
    ["billionth", 1e9],
    ["trillionth", 1e12],
  ].flatMap(([word, value]): [string, bigint][] => {
    const denominator = BigInt(value as number);
    return [
      [word as string, denominator],
      [`${word}s`, denominator],
    ];
  }),
);
