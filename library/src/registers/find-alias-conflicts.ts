import type { Actor } from "./actor.ts";
import { nameKey } from "./actor-names.ts";
import type { ActorRegister, Naming } from "./actor-register.ts";

/**
 * *Between registers*: one register puts the name to an actor that no other register's actor of that name is. *In
 * part*: they agree on one, and one of them puts the name to another as well. *Within a register*: only one register
 * has the name, and puts it to several actors.
 */
export type AliasConflictKind = "between registers" | "in part" | "within a register";

export interface AliasConflict {
  readonly name: string;
  readonly kind: AliasConflictKind;
  /** Who puts the name to whom, with the places in the registers. */
  readonly namings: readonly Naming[];
  /** A sentence for a person. */
  readonly why: string;
}

const kinds: readonly AliasConflictKind[] = ["between registers", "in part", "within a register"];

/**
 * The names that registers put to different actors. Two entries of different registers are taken for the same actor
 * where their names are the same, or where each gives the other's name as an alias; anything less is a difference, and
 * is listed. Entries that a register has withdrawn do not count.
 */
export function findAliasConflicts(register: ActorRegister): AliasConflict[] {
  const names = new Map<string, Naming[]>();
  for (const naming of register.namings()) {
    if (naming.actor.withdrawn) continue;
    const key = nameKey(naming.written);
    const list = names.get(key);
    if (list === undefined) names.set(key, [naming]);
    else list.push(naming);
  }
  const keysOf = new Map<Actor, Set<string>>();
  for (const { actor, written } of register.namings()) {
    const keys = keysOf.get(actor) ?? new Set<string>();
    keysOf.set(actor, keys.add(nameKey(written)));
  }
  const isSame = (a: Actor, b: Actor): boolean => {
    const [one, two] = [nameKey(a.name.value), nameKey(b.name.value)];
    return one === two || (keysOf.get(a)?.has(two) === true && keysOf.get(b)?.has(one) === true);
  };
  const found = [...names.values()].flatMap((namings): AliasConflict[] => {
    const kind = kindOf(namings, isSame);
    return kind === null ? [] : [{ name: writtenMost(namings), kind, namings, why: reasonOf(kind, namings) }];
  });
  return found.sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || (a.name < b.name ? -1 : 1));
}

function kindOf(namings: readonly Naming[], isSame: (a: Actor, b: Actor) => boolean): AliasConflictKind | null {
  const byRegister = new Map<string, Set<Actor>>();
  for (const { actor } of namings) {
    byRegister.set(actor.register, (byRegister.get(actor.register) ?? new Set<Actor>()).add(actor));
  }
  const sets = [...byRegister.values()].map((actors) => [...actors]);
  if (sets.length === 1) return (sets[0]?.length ?? 0) > 1 ? "within a register" : null;
  let worst: AliasConflictKind | null = null;
  for (const [index, ours] of sets.entries()) {
    for (const theirs of sets.slice(index + 1)) {
      const agreed = ours.some((a) => theirs.some((b) => isSame(a, b)));
      if (!agreed) return "between registers";
      if (ours.some((a) => !theirs.some((b) => isSame(a, b))) || theirs.some((b) => !ours.some((a) => isSame(a, b)))) {
        worst = "in part";
      }
    }
  }
  return worst;
}

function writtenMost(namings: readonly Naming[]): string {
  const counts = new Map<string, number>();
  for (const { written } of namings) counts.set(written, (counts.get(written) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "";
}

function reasonOf(kind: AliasConflictKind, namings: readonly Naming[]): string {
  const said = namings.map(({ actor, as }) =>
    as === "name"
      ? `${actor.register} has it as an actor of its own`
      : `${as} of ${actor.name.value} for ${actor.register}`,
  );
  const agreed = kind === "in part" ? "; they agree on one of them" : "";
  return `${[...new Set(said)].join(", ")}${agreed}`;
}
