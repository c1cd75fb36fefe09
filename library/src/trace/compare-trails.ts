import type { Difference, Trail } from "./trail.ts";

/**
 * Where two trails from the same seeds end differently: every end, rule and label whose stolen units are not the same.
 * An end that one of them does not have counts as 0 there. Largest difference first.
 */
export function compareTrails(trail: Trail, other: Trail): Difference[] {
  const found = new Map<string, { -readonly [Key in keyof Difference]: Difference[Key] }>();
  const add = (of: Trail, side: "stolen" | "otherwise") => {
    for (const { kind, ledger, coin, account, asset, traced } of of.ends) {
      for (const { rule, label, stolen } of traced) {
        const key = JSON.stringify([kind, ledger, coin, account, asset, rule, label]);
        const known = found.get(key) ?? { kind, ledger, coin, account, asset, rule, label, stolen: 0n, otherwise: 0n };
        known[side] += stolen;
        found.set(key, known);
      }
    }
  };
  add(trail, "stolen");
  add(other, "otherwise");
  const gap = ({ stolen, otherwise }: Difference) => (stolen > otherwise ? stolen - otherwise : otherwise - stolen);
  return [...found.values()]
    .filter((difference) => difference.stolen !== difference.otherwise)
    .sort((a, b) => (gap(a) === gap(b) ? 0 : gap(a) > gap(b) ? -1 : 1));
}
