import { DisjointSets } from "../../sets/disjoint-sets.ts";
import { differInTaker, disjoint } from "./subject.ts";
import type { Telling } from "./telling.ts";

interface Marks {
  victims: Set<string>;
  takers: Set<string>;
  isAgentless: boolean;
  years: Set<string>;
  money: Set<string>;
}

/** Another year and another sum are another deed; another year alone is a disagreement. */
function differInYear(a: Marks, b: Marks): boolean {
  if (!disjoint(a.years, b.years)) return false;
  return a.money.size > 0 && b.money.size > 0 && [...a.money].some((one) => !b.money.has(one));
}

/**
 * Tellings on their way to be claims. What tells of other victims or other doers does not join, over whatever chain of
 * likenesses it is led there; what quotes the same words does.
 */
export class Clusters {
  readonly #sets: DisjointSets;
  readonly #marks: Marks[];

  constructor(tellings: readonly Telling[]) {
    this.#sets = new DisjointSets(tellings.length);
    this.#marks = tellings.map(({ victims, subject, terms }) => ({
      victims: new Set(victims),
      takers: new Set(subject.takers),
      isAgentless: subject.isAgentless,
      years: new Set(subject.years),
      money: new Set([...terms].filter((term) => term.startsWith("#money"))),
    }));
  }

  find(one: number): number {
    return this.#sets.find(one);
  }

  /** Joins two unless what stands with them excludes it; false where it does. */
  join(a: number, b: number, { sameWords }: { readonly sameWords: boolean }): boolean {
    const [x, y] = [this.find(a), this.find(b)];
    if (x === y) return true;
    const [one, other] = [this.#marks[x] as Marks, this.#marks[y] as Marks];
    const excluded = disjoint(one.victims, other.victims) || differInTaker(one, other);
    if (!sameWords && (excluded || differInYear(one, other) || differInYear(other, one))) return false;
    this.#sets.join(x, y);
    this.#marks[this.find(x)] = {
      victims: new Set([...one.victims, ...other.victims]),
      takers: new Set([...one.takers, ...other.takers]),
      isAgentless: one.isAgentless || other.isAgentless,
      years: new Set([...one.years, ...other.years]),
      money: new Set([...one.money, ...other.money]),
    };
    return true;
  }
}
