import { countryOfName } from "../claims/parties/country-names.ts";
import { RegisterFormatError, RegisterTooLargeError } from "../errors/registers.ts";
import type { Actor, ActorRelation, RegisterFile } from "./actor.ts";
import { nameKey, subgroupName } from "./actor-names.ts";
import { isObject, JsonEntry, type JsonFile, type JsonObject } from "./json-entry.ts";
import { registerLimits } from "./limits.ts";
import { gatherStated, type Stated } from "./stated.ts";

const register = "MISP galaxy";

/**
 * Reads a cluster of MISP's galaxy of threat actors: `value`, `meta.synonyms`, `meta.country`, the `cfr-` fields of the
 * Council on Foreign Relations, references, relations.
 * Source: draft-dulaunoy-misp-galaxy-format.
 * @throws RegisterFormatError, RegisterEntryError, RegisterTooLargeError
 */
export function readMisp(source: JsonFile): RegisterFile {
  const { file, sha256, value } = source;
  if (!isObject(value) || !Array.isArray(value.values))
    throw new RegisterFormatError({ file, why: "it has no list of values" });
  if (value.type !== undefined && value.type !== "threat-actor")
    throw new RegisterFormatError({
      file,
      why: `it is a MISP cluster of the type ${JSON.stringify(value.type)}, not of threat actors`,
    });
  const { entriesMax: max } = registerLimits;
  if (value.values.length > max) throw new RegisterTooLargeError({ file, limit: "entriesMax", max, unit: "entries" });
  const actors = value.values.map((object, index) => {
    const path = `$.values[${index}]`;
    if (!isObject(object)) throw new RegisterFormatError({ file, why: `${path} is no JSON object` });
    return actorOf(new JsonEntry(source, register, object, path));
  });
  return { file, sha256, register, actors, passed: {} };
}

function actorOf(entry: JsonEntry): Actor {
  const { object } = entry;
  const name = entry.name("value");
  const own = nameKey(name.value);
  const meta = isObject(object.meta) ? object.meta : {};
  const uuid = entry.text("uuid") ?? name.value;
  const synonyms = entry.texts(meta, "synonyms", ".meta.synonyms");
  const subgroups = synonyms.flatMap(({ value, ...from }) => {
    const group = subgroupName(value);
    return group === null ? [] : [{ value: group, ...from }];
  });
  const aliases = synonyms.filter(({ value }) => nameKey(value) !== own && subgroupName(value) === null);
  const relations = relationsOf(entry);
  const description = entry.text("description");
  return {
    id: `misp:${uuid}`,
    register,
    entry: uuid,
    name,
    aliases: gatherStated(aliases, nameKey),
    subgroups: gatherStated(subgroups, nameKey),
    memberships: relations
      .filter(({ value }) => value.type === "part-of")
      .map(({ value, ...from }) => ({ value: value.entry, ...from })),
    relations,
    countries: countriesOf(entry, meta),
    description: description === null ? null : entry.stated(description, ".description", description),
    references: entry.texts(meta, "refs", ".meta.refs").map(({ value }) => value),
    created: null,
    modified: null,
    withdrawn: false,
  };
}

function countriesOf(entry: JsonEntry, meta: JsonObject): Stated<string>[] {
  const codes = entry
    .texts(meta, "country", ".meta.country")
    .flatMap(({ value, ...from }) => (/^[A-Za-z]{2}$/u.test(value) ? [{ value: value.toUpperCase(), ...from }] : []));
  const sponsors = entry
    .texts(meta, "cfr-suspected-state-sponsor", ".meta.cfr-suspected-state-sponsor")
    .flatMap(({ value, ...from }) => {
      const code = countryOfName(value);
      return code === null ? [] : [{ value: code, ...from }];
    });
  return gatherStated([...codes, ...sponsors], (code) => code);
}

function relationsOf(entry: JsonEntry): Stated<ActorRelation>[] {
  const { related } = entry.object;
  if (!Array.isArray(related)) return [];
  return related.flatMap((one, index) => {
    if (!isObject(one) || typeof one["dest-uuid"] !== "string" || typeof one.type !== "string") return [];
    const relation = { type: one.type, entry: one["dest-uuid"] };
    return [entry.stated(relation, `.related[${index}]`, `${relation.type} ${relation.entry}`)];
  });
}
