import type { Stretch } from "./quotations.ts";
import type { Qualifier } from "./statement.ts";

/** A qualifier in UTF-16 units. */
export interface FoundQualifier extends Stretch {
  readonly kind: Qualifier["kind"];
}

const negation = String.raw`not|never|nor|neither|none|nothing|nobody|cannot|without|no(?!\.)|\p{L}+n['’]t`;
const hedge = [
  "allegedly|reportedly|purportedly|supposedly|apparently|presumably|probably|possibly|perhaps|maybe|seemingly",
  "likely|unlikely",
  "alleged|purported|suspected|supposed|presumed|an? estimated|estimated|estimates?",
  "(?:believed|thought|understood|said|suspected|alleged|reported|estimated) to",
  "may(?!\\s+\\d)|might|could|appears?(?: to)?|appeared(?: to)?|seems?(?: to)?|seemed(?: to)?|suggests?",
  "up to|at least|at most|at minimum|as (?:much|many|few|little) as|(?:no |not )?(?:more|less|fewer) than|in excess of",
  "approximately|roughly|or so|or more|close to|upwards of|somewhere between|on the order of",
].join("|");
/** Hedges only before a number: "about two million", not "about the bank". */
const number = [
  "an?\\s+(?:dozen|hundred|thousand|million|billion|half|third|quarter)|[$€£¥₩]|(?:US|A|C|HK)\\$|\\d",
  "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen)(?!\\p{L})",
  "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|half)(?!\\p{L})",
  "(?:dozen|hundred|thousand|million|billion)s?(?!\\p{L})",
].join("|");
const beforeNumber = `(?:about|around|some|nearly|almost|over|under|above|below|only)(?=\\s+(?:${number}))`;
const hedges = String.raw`(?<hedge>(?:${hedge})(?!\p{L})|${beforeNumber})`;
const negations = String.raw`(?<negation>(?:${negation})(?!\p{L}))`;
const pattern = new RegExp(String.raw`(?<![\p{L}\p{N}'’])(?:${hedges}|${negations})`, "giu");

/** The negations and hedges in a stretch of text, in order; "not more than" is one hedge. */
export function findQualifiers(text: string, { from, to }: Stretch): FoundQualifier[] {
  const found: FoundQualifier[] = [];
  for (const match of text.slice(from, to).matchAll(pattern)) {
    // The month.
    if (match[0] === "May" && match.index > 0) continue;
    const { hedge } = match.groups ?? {};
    const kind = hedge === undefined ? "negation" : "hedge";
    found.push({ kind, from: from + match.index, to: from + match.index + match[0].length });
  }
  return found;
}
