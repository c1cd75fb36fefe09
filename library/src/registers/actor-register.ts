import type { Actor, RegisterFile } from "./actor.ts";
import { looseKey, nameKey } from "./actor-names.ts";
import type { EntryPlace } from "./stated.ts";

/** How an entry names somebody. */
export type NamedAs = "name" | "alias" | "subgroup";

/** That an entry of a register gives an actor a name. */
export interface Naming {
  readonly actor: Actor;
  readonly as: NamedAs;
  /** The name as the register writes it. */
  readonly written: string;
  readonly entries: readonly EntryPlace[];
}

/** What may be meant by a name, with the register that says so. */
export interface PossibleActor extends Naming {
  /** False where only the name without "Group" and the like is the same. */
  readonly exact: boolean;
}

/** Entries of all imported registers, side by side. */
export interface ActorRegister {
  readonly files: readonly RegisterFile[];
  readonly actors: readonly Actor[];
  /** Older states of entries that another file has newer. */
  readonly superseded: readonly Actor[];
  /** Who may be meant by a name; empty where no register knows it. */
  readonly lookUp: (name: string) => PossibleActor[];
  readonly namings: () => Naming[];
}

/**
 * Puts files of registers side by side. An entry that stands in several files counts once, as its newest state (by
 * `modified`, else the file that comes later). Nothing is joined across entries.
 */
export function actorRegister(files: readonly RegisterFile[]): ActorRegister {
  const newest = new Map<string, Actor>();
  const superseded: Actor[] = [];
  for (const { actors } of files) {
    const met = new Map<string, number>();
    for (const actor of actors) {
      // Entries of one file that share an id are several, not states of one.
      const nth = (met.get(actor.id) ?? 0) + 1;
      met.set(actor.id, nth);
      const key = `${nth} ${actor.id}`;
      const known = newest.get(key);
      const isNewer = known === undefined || (actor.modified ?? "") >= (known.modified ?? "");
      if (known !== undefined) superseded.push(isNewer ? known : actor);
      if (isNewer) newest.set(key, actor);
    }
  }
  const actors = [...newest.values()];
  const namings = actors.flatMap(namingsOf);
  const exact = indexBy(namings, nameKey);
  const loose = indexBy(namings, looseKey);
  return {
    files,
    actors,
    superseded,
    namings: () => namings,
    lookUp: (name) => {
      const sure = exact.get(nameKey(name)) ?? [];
      const near = (loose.get(looseKey(name)) ?? []).filter((one) => !sure.includes(one));
      return [...sure.map((one) => ({ ...one, exact: true })), ...near.map((one) => ({ ...one, exact: false }))];
    },
  };
}

/** All names that an entry gives, its own first. */
export function namingsOf(actor: Actor): Naming[] {
  const own = { actor, as: "name", written: actor.name.value, entries: actor.name.entries } as const;
  const others = (as: NamedAs, list: Actor["aliases"]) =>
    list.map(({ value, entries }): Naming => ({ actor, as, written: value, entries }));
  const aliases = others("alias", actor.aliases);
  const known = new Set([own, ...aliases].map(({ written }) => nameKey(written)));
  const subgroups = others("subgroup", actor.subgroups).filter(({ written }) => !known.has(nameKey(written)));
  return [own, ...aliases, ...subgroups];
}

function indexBy(namings: readonly Naming[], keyOf: (name: string) => string): Map<string, Naming[]> {
  const index = new Map<string, Naming[]>();
  for (const naming of namings) {
    const key = keyOf(naming.written);
    const list = index.get(key);
    if (list === undefined) index.set(key, [naming]);
    else list.push(naming);
  }
  return index;
}
