/**
 * Words of likelihood and the percentages that they stand for (US Intelligence Community Directive 203, 2015, D.6.e.2).
 * They say how likely something is; how sure somebody is of saying so is confidence, and the two are never put into
 * one phrase.
 */
export const likelihoods = [
  { words: ["almost no chance", "remote"], percentMin: 1, percentMax: 5 },
  { words: ["very unlikely", "highly improbable"], percentMin: 5, percentMax: 20 },
  { words: ["unlikely", "improbable"], percentMin: 20, percentMax: 45 },
  { words: ["roughly even chance", "roughly even odds"], percentMin: 45, percentMax: 55 },
  { words: ["likely", "probable"], percentMin: 55, percentMax: 80 },
  { words: ["very likely", "highly probable"], percentMin: 80, percentMax: 95 },
  { words: ["almost certain", "nearly certain"], percentMin: 95, percentMax: 99 },
] as const;

export type Likelihood = (typeof likelihoods)[number];

export const confidences = ["low", "moderate", "high"] as const;
export type Confidence = (typeof confidences)[number];

const forms = likelihoods
  .flatMap((likelihood) => likelihood.words.map((words) => ({ words, likelihood })))
  .sort((a, b) => b.words.length - a.words.length);
// "certain" and "probable" come as adverbs too; the longest words are tried first, so that "unlikely" is not "likely".
const patterns = forms.map(({ words }) => words.replace(/ble$/u, "bl[ey]").replace(/ain$/u, "ain(?:ly)?"));
const anywhere = new RegExp(`(?<![\\p{L}\\p{N}])(?:${patterns.join("|")})(?![\\p{L}\\p{N}])`, "giu");

/** The likelihoods that a text speaks of, with the UTF-16 units where it does. */
export function likelihoodsIn(
  text: string,
): { readonly likelihood: Likelihood; readonly from: number; readonly to: number }[] {
  const found = [];
  for (const match of text.matchAll(anywhere)) {
    const words = match[0]
      .toLowerCase()
      .replace(/bly$/u, "ble")
      .replace(/ainly$/u, "ain");
    const form = forms.find((one) => one.words === words);
    if (form !== undefined)
      found.push({ likelihood: form.likelihood, from: match.index, to: match.index + match[0].length });
  }
  return found;
}
