import { RegisterFormatError, RegisterTooLargeError } from "../errors/registers.ts";
import type { Actor, ActorRelation, RegisterFile } from "./actor.ts";
import { nameKey } from "./actor-names.ts";
import { isObject, JsonEntry, type JsonFile, type JsonObject } from "./json-entry.ts";
import { registerLimits } from "./limits.ts";
import { gatherStated, type Stated } from "./stated.ts";

const register = "MITRE ATT&CK";
const actorTypes = new Set(["intrusion-set", "threat-actor"]);

/**
 * Reads the groups of a STIX 2 bundle as MITRE publishes ATT&CK: intrusion sets and threat actors, and which of the
 * bundle's relationships join them. Objects of other types are counted and passed over.
 * Source: STIX 2.1, OASIS Standard, sections 4.7 (intrusion set), 4.17 (threat actor), 8 (bundle).
 * @throws RegisterFormatError, RegisterEntryError, RegisterTooLargeError
 */
export function readAttack(source: JsonFile): RegisterFile {
  const { file, sha256 } = source;
  const objects = objectsOf(source);
  const passed: Record<string, number> = {};
  const entries: JsonEntry[] = [];
  for (const [object, path] of objects) {
    const type = typeof object.type === "string" ? object.type : "(no type)";
    if (actorTypes.has(type)) entries.push(new JsonEntry(source, registerOf(object), object, path));
    else passed[type] = (passed[type] ?? 0) + 1;
  }
  if (entries.length === 0) {
    const kinds = Object.keys(passed).sort().slice(0, 8).join(", ");
    throw new RegisterFormatError({ file, why: `the STIX bundle holds no intrusion set, only ${kinds || "nothing"}` });
  }
  const relations = relationsOf(source, objects);
  const actors = entries.map((entry) => actorOf(entry, relations.get(String(entry.object.id)) ?? []));
  return { file, sha256, register: actors[0]?.register ?? register, actors, passed };
}

function objectsOf({ file, value }: JsonFile): [JsonObject, string][] {
  if (!isObject(value)) throw new RegisterFormatError({ file, why: "it is no JSON object" });
  if (value.type !== "bundle") return [[value, "$"]];
  if (!Array.isArray(value.objects))
    throw new RegisterFormatError({ file, why: "the STIX bundle has no list of objects" });
  const { entriesMax: max } = registerLimits;
  if (value.objects.length > max) throw new RegisterTooLargeError({ file, limit: "entriesMax", max, unit: "entries" });
  return value.objects.map((object, index) => {
    const path = `$.objects[${index}]`;
    if (!isObject(object)) throw new RegisterFormatError({ file, why: `${path} is no JSON object` });
    return [object, path];
  });
}

/** Other registers publish STIX too; only what names ATT&CK is ATT&CK's word. */
const registerOf = (object: JsonObject): string =>
  attackIdOf(object) === null && !("x_mitre_version" in object) ? "STIX" : register;

function attackIdOf({ external_references: references }: JsonObject): string | null {
  if (!Array.isArray(references)) return null;
  const own = references.find((one) => isObject(one) && one.source_name === "mitre-attack");
  return isObject(own) && typeof own.external_id === "string" ? own.external_id : null;
}

function actorOf(entry: JsonEntry, relations: readonly Stated<ActorRelation>[]): Actor {
  const { object } = entry;
  const id = entry.text("id");
  if (id === null || !/^[a-z-]+--[0-9a-f-]{36}$/u.test(id)) throw entry.wrong(".id", "it has no STIX identifier");
  const name = entry.name("name");
  const own = nameKey(name.value);
  const aliases = entry.texts(object, "aliases", ".aliases").filter(({ value }) => nameKey(value) !== own);
  const description = entry.text("description");
  const attackId = attackIdOf(object);
  return {
    id: `${registerOf(object) === register ? "attack" : "stix"}:${attackId ?? id}`,
    register: registerOf(object),
    entry: id,
    name,
    aliases: gatherStated(aliases, nameKey),
    subgroups: [],
    memberships: [],
    relations,
    countries: [],
    description: description === null ? null : entry.stated(description, ".description", description),
    references: referencesOf(object),
    created: entry.text("created"),
    modified: entry.text("modified"),
    withdrawn: object.revoked === true || object.x_mitre_deprecated === true,
  };
}

function referencesOf({ external_references: references }: JsonObject): string[] {
  if (!Array.isArray(references)) return [];
  const urls = references.flatMap((one) => (isObject(one) && typeof one.url === "string" ? [one.url] : []));
  return [...new Set(urls)];
}

/** Relationships of which both ends are actors, by the one they start from. */
function relationsOf(
  source: JsonFile,
  objects: readonly (readonly [JsonObject, string])[],
): Map<string, Stated<ActorRelation>[]> {
  const isActor = (id: unknown) => typeof id === "string" && /^(?:intrusion-set|threat-actor)--/u.test(id);
  const found = new Map<string, Stated<ActorRelation>[]>();
  for (const [object, path] of objects) {
    const { type, source_ref: from, target_ref: to, relationship_type: how } = object;
    if (type !== "relationship" || !isActor(from) || !isActor(to) || typeof how !== "string") continue;
    const entry = new JsonEntry(source, register, object, path);
    const relation = entry.stated({ type: how, entry: String(to) }, "", `${how} ${String(to)}`);
    const known = found.get(String(from));
    if (known === undefined) found.set(String(from), [relation]);
    else known.push(relation);
  }
  return found;
}
