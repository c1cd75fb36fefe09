import type { MoneyUnit } from "./currencies.ts";
import { ratio } from "./ratio.ts";
import type { Token } from "./tokens.ts";

/**
 * Letters that papers of one country write before an amount ("N24bn", "R290 million", "RM5m") and that mean other
 * things elsewhere: read where the text speaks of the country or names the currency.
 */
const letters: Readonly<Record<string, { readonly unit: string; readonly where: string }>> = {
  N: { unit: "NGN", where: "naira kobo nigeria nigerian nigerians abuja lagos" },
  R: { unit: "ZAR", where: "rand rands african africa johannesburg pretoria durban" },
  W: { unit: "KRW", where: "won korea korean korea's seoul" },
  RM: { unit: "MYR", where: "ringgit malaysia malaysian kuala" },
  P: { unit: "PHP", where: "peso pesos philippine philippines manila filipino" },
  Sh: { unit: "KES", where: "shilling shillings kenya kenyan nairobi" },
  KSh: { unit: "KES", where: "shilling shillings kenya kenyan nairobi" },
};

const knownIn = new WeakMap<readonly Token[], ReadonlySet<string>>();

function lettersOf(tokens: readonly Token[]): ReadonlySet<string> {
  let known = knownIn.get(tokens);
  if (known === undefined) {
    const words = new Set(tokens.filter(({ kind }) => kind === "word").map(({ lower }) => lower));
    const isMeant = (where: string) => where.split(" ").some((word) => words.has(word));
    known = new Set(Object.entries(letters).flatMap(([letter, { where }]) => (isMeant(where) ? [letter] : [])));
    knownIn.set(tokens, known);
  }
  return known;
}

/** The currency of the letters at a token, where digits follow directly and the text shows which it is. */
export function unitOfLetters(tokens: readonly Token[], at: number): MoneyUnit | null {
  const [token, next] = [tokens[at], tokens[at + 1]];
  const letter = token?.kind === "word" ? letters[token.text] : undefined;
  if (letter === undefined || next?.kind !== "digits" || next.gap !== 0 || tokens[at - 1]?.text === "-") return null;
  return lettersOf(tokens).has(token!.text) ? { unit: letter.unit, assumed: false, factor: ratio(1n) } : null;
}
