import { visibleText } from "spoor/evidence/text-safety";
import type { ActorsImportJson, ActorsJson, AliasConflictsJson, PossibleActorsJson } from "../contract/actors.ts";
import { tableLines } from "../terminal/table.ts";
import { counted } from "./claims-words.ts";

/** What `spoor actors list` prints for a person. */
export function actorLines({ files, actors }: ActorsJson): string[] {
  const columns = [
    { heading: "register" },
    { heading: "actor" },
    { heading: "of" },
    { heading: "other names" },
  ] as const;
  const rows = actors.map(({ register, name, countries, aliases, withdrawn }) => [
    visibleText(register),
    `${visibleText(name.value)}${withdrawn ? " (withdrawn)" : ""}`,
    countries.map(({ value }) => value).join(" "),
    aliases.map(({ value }) => visibleText(value)).join("; "),
  ]);
  const passed = files.flatMap(({ file, passed: kinds }) => {
    const all = Object.entries(kinds).map(([kind, many]) => `${many} ${visibleText(kind)}`);
    return all.length === 0 ? [] : [`Passed over in ${visibleText(file)}: ${all.join(", ")}`];
  });
  const count = `${counted(actors.length, "entry", "entries")} in ${counted(files.length, "file")}`;
  return [...tableLines(columns, rows), count, ...passed];
}

/** What `spoor actors show NAME` prints: which actors may be meant, and which register says so. */
export function possibleLines({ name, possible, actors }: PossibleActorsJson): string[] {
  const lines = [`${visibleText(name)} may be:`];
  const nameOf = new Map(actors.map(({ entry, name: own }) => [entry, own.value]));
  for (const { actor, name: own, register, as, written, entries, exact } of possible) {
    const loose = exact ? "" : ", which is not the same wording";
    const who = `${visibleText(own)} (${visibleText(actor)})`;
    lines.push(`  ${who}, says ${visibleText(register)}: ${as} "${visibleText(written)}"${loose}`);
    for (const { file, path, sha256 } of entries)
      lines.push(`    ${visibleText(file)} ${visibleText(path)} (sha256 ${sha256.slice(0, 16)})`);
  }
  for (const { name: own, register, aliases, subgroups, memberships, countries, withdrawn } of actors) {
    lines.push(`${visibleText(own.value)}, in ${visibleText(register)}${withdrawn ? " (withdrawn by it)" : ""}`);
    if (countries.length > 0) lines.push(`  put down to ${countries.map(({ value }) => value).join(", ")}`);
    if (aliases.length > 0) lines.push(`  also ${aliases.map(({ value }) => visibleText(value)).join("; ")}`);
    if (subgroups.length > 0)
      lines.push(`  with the subgroups ${subgroups.map(({ value }) => visibleText(value)).join("; ")}`);
    if (memberships.length > 0)
      lines.push(`  a part of ${memberships.map(({ value }) => visibleText(nameOf.get(value) ?? value)).join("; ")}`);
  }
  return lines;
}

/** What `spoor actors conflicts` prints. */
export function conflictLines({ conflicts }: AliasConflictsJson): string[] {
  if (conflicts.length === 0) return ["No name is put to different actors."];
  const columns = [{ heading: "name" }, { heading: "differs" }, { heading: "who says what" }] as const;
  return tableLines(
    columns,
    conflicts.map(({ name, kind, why }) => [visibleText(name), kind, visibleText(why)]),
  );
}

/** What `spoor actors import` prints. */
export function importLines({ imported }: ActorsImportJson): string[] {
  if (imported.length === 0) return ["Nothing to import: no JSON and no Markdown files are there."];
  return imported.map(({ file, of, actors, isNew }) => {
    const what = actors === null ? `write-up of ${visibleText(of)}` : `${visibleText(of)}, ${counted(actors, "actor")}`;
    return `${visibleText(file)}: ${what}${isNew ? "" : " (kept before)"}`;
  });
}
