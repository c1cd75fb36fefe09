import type { ImportResult } from "spoor/cases";
import type { Actor, AliasConflict, EntryPlace, Naming, Stated } from "spoor/registers";
import type { ActorJson, ActorsImportJson, AliasConflictsJson, NamingJson } from "../contract/actors.ts";

const entryJson = ({ register, file, sha256, path, text }: EntryPlace) => ({ register, file, sha256, path, text });
const statedJson = ({ value, entries }: Stated<string>) => ({ value, entries: entries.map(entryJson) });

export function actorJson(actor: Actor): ActorJson {
  const { id, register, entry, created, modified, withdrawn } = actor;
  return {
    id,
    register,
    entry,
    name: statedJson(actor.name),
    aliases: actor.aliases.map(statedJson),
    subgroups: actor.subgroups.map(statedJson),
    memberships: actor.memberships.map(statedJson),
    countries: actor.countries.map(statedJson),
    created,
    modified,
    withdrawn,
  };
}

export const namingJson = ({ actor, as, written, entries }: Naming): NamingJson => ({
  actor: actor.id,
  name: actor.name.value,
  register: actor.register,
  as,
  written,
  entries: entries.map(entryJson),
});

export const conflictJson = ({ name, kind, why, namings }: AliasConflict): AliasConflictsJson["conflicts"][number] => ({
  name,
  kind,
  why,
  namings: namings.map(namingJson),
});

export const actorsImportJson = ({ imported, skipped }: ImportResult): ActorsImportJson => ({
  imported: imported.map(({ name, sha256, read, isNew }) => ({
    file: name,
    sha256,
    kind: read.kind,
    of: read.kind === "actors" ? read.register.register : (read.writeUp.targets[0]?.value ?? ""),
    actors: read.kind === "actors" ? read.register.actors.length : null,
    isNew,
  })),
  skipped: skipped.map(({ source, reason }) => ({ source, reason })),
});
