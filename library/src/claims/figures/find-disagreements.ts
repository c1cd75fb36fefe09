import { compareFigures } from "./compare-figures.ts";
import type { FigureOfEvent } from "./find-events.ts";

/** Two statements about what looks like one event that cannot both hold. */
export interface Disagreement<T extends FigureOfEvent> {
  readonly a: T;
  readonly b: T;
  /** The words that the names of the two victims share. */
  readonly shared: readonly string[];
  readonly why: string;
}

/** So many different values of one kind for one name are a list of events, not a disagreement about one. */
export const differentValuesMax = 50;

/**
 * The pairs of figures about what looks like one event (their victims' names share a telling word) that contradict each
 * other. A value that is stated many times is compared once, by its first statement. Each is a proposal: two thefts
 * from one victim look the same.
 */
export function findDisagreements<T extends FigureOfEvent>(figures: readonly T[]): Disagreement<T>[] {
  const groups = new Map<string, Map<string, T>>();
  for (const one of figures) {
    const { kind, unit, value, to, bound } = one.figure;
    for (const word of one.event.words) {
      const key = JSON.stringify([word, kind, kind === "date" ? "" : unit]);
      const group = groups.get(key) ?? new Map<string, T>();
      groups.set(key, group);
      const statement = JSON.stringify([value, to, bound]);
      if (!group.has(statement)) group.set(statement, one);
    }
  }
  const found = new Map<string, Disagreement<T>>();
  const order = new Map(figures.map((one, index) => [one, index]));
  for (const group of groups.values()) {
    if (group.size > differentValuesMax) continue;
    const stated = [...group.values()];
    for (const [index, a] of stated.entries()) {
      for (const b of stated.slice(index + 1)) {
        const { verdict, why } = compareFigures(a.figure, b.figure);
        if (verdict !== "contradictory") continue;
        const shared = a.event.words.filter((word) => b.event.words.includes(word));
        found.set(`${order.get(a)}-${order.get(b)}`, { a, b, shared, why });
      }
    }
  }
  return [...found.values()];
}
