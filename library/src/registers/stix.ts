import type { Document } from "../claims/documents/document.ts";
import { countryName } from "../claims/parties/country-names.ts";
import type { ActorRegister } from "./actor-register.ts";
import type { Attribution, Incident } from "./incident.ts";
import { sayDate } from "./incident-disagreements.ts";
import {
  type Known,
  relationship,
  type StixObject,
  stixId,
  stixObject,
  stixTime,
  withoutGaps,
} from "./stix-objects.ts";
import { lossBounds } from "./total-losses.ts";

export interface StixSource {
  readonly incidents: readonly Incident[];
  /** The documents behind them. */
  readonly documents: readonly Document[];
  /** Where names of actors are looked up; nothing is joined by it. */
  readonly register?: ActorRegister;
}

export interface StixBundle {
  readonly type: "bundle";
  readonly id: string;
  readonly objects: readonly StixObject[];
}

/** For what is known from imported files alone, which have no time of their own. */
const noTime: Known = { created: "1970-01-01T00:00:00.000Z", modified: "1970-01-01T00:00:00.000Z" };
const maker = stixObject("identity", ["spoor"], noTime, { name: "Spoor", identity_class: "system" });
const extension = stixObject("extension-definition", ["incident"], noTime, {
  created_by_ref: maker.id,
  name: "Spoor incident",
  description: "Stated values of an incident, each with the places in documents and registers that state it.",
  schema:
    "`from`, `until`: the earliest and the latest stated date. " +
    "`dates`, `countries`, `kinds`, `methods`, `amounts`: lists of stated values, each with its `places` (document, " +
    "start, end, text) and `entries` (register, file, sha256, path, text) where it has them; an amount is a plain " +
    "decimal `value` of a `unit`, up to `upper` for a range. `losses`: the bounds of all amounts in a unit; without " +
    "`upper` nothing bounds it. `statements`: the sentences that tell of it.",
  version: "1.0.0",
  extension_types: ["property-extension"],
});

/**
 * Incidents as a bundle of STIX 2.1: an incident with its stated values, an identity for each victim, an intrusion set
 * for each name that it is put down to, relationships, a report for each document, an opinion for each disagreement,
 * and a note where registers put a name to different actors. Ids are UUIDs of version 5: the same input gives the
 * same bundle. `created` and `modified` are when the first and the last document behind an object was captured; there
 * is no clock. Source: STIX 2.1, OASIS Standard, 10 June 2021.
 */
export function stixBundle(source: StixSource): StixBundle {
  const documents = new Map(source.documents.map((one) => [one.id, one]));
  const found = new Map<string, StixObject>();
  const add = (object: StixObject): StixObject => {
    const known = found.get(object.id);
    if (known === undefined) found.set(object.id, object);
    return known ?? object;
  };
  add(maker);
  add(extension);
  const told = new Map<string, string[]>();
  const here = new Set(source.incidents.map(({ id }) => id));
  for (const incident of source.incidents) {
    const known = knownOf(documentsOf(incident), documents);
    const object = add(incidentObject(incident, known));
    for (const id of documentsOf(incident)) told.set(id, [...(told.get(id) ?? []), object.id]);
    addVictims(add, incident, object, known);
    addAttributions(add, incident, object, documents, source.register);
    addDoubts(add, incident, object, known);
    addMaybeSame(add, incident, object, known, here);
  }
  for (const [id, refs] of told) {
    const document = documents.get(id);
    if (document !== undefined) add(reportObject(document, refs));
  }
  const objects = [...found.values()];
  return { type: "bundle", id: stixId("bundle", ...objects.map(({ id }) => id)), objects };
}

function documentsOf(incident: Incident): string[] {
  const places = [...incident.statements, ...incident.victims.flatMap((one) => one.places)];
  return [...new Set(places.map(({ document }) => document))];
}

function knownOf(ids: readonly string[], documents: ReadonlyMap<string, Document>): Known {
  const times = ids.flatMap((id) => stixTime(documents.get(id)?.capturedAt ?? "") ?? []).sort();
  return times.length === 0 ? noTime : { created: times[0] as string, modified: times.at(-1) as string };
}

function incidentObject(incident: Incident, known: Known): StixObject {
  return stixObject("incident", [incident.id], known, {
    created_by_ref: maker.id,
    name: incident.name,
    external_references: [{ source_name: "spoor", external_id: incident.id }],
    ...(incident.kinds.length === 0 ? {} : { labels: incident.kinds.map(({ value }) => value) }),
    extensions: { [extension.id]: { extension_type: "property-extension", ...statedOf(incident) } },
  });
}

/** Names of properties have three letters or more: an amount's `to` is its `upper`. */
function statedOf(incident: Incident): object {
  const units = [...new Set(incident.amounts.flatMap(({ value }) => value.unit ?? []))];
  const { from, to, dates, countries, kinds, methods, amounts, statements } = incident;
  return withoutGaps({
    from,
    until: to,
    dates: dates.map(({ value, ...by }) => ({ value: sayDate(value), ...by })),
    countries,
    kinds,
    methods,
    amounts: amounts.map(({ value, ...by }) => {
      const { value: number, to: upper, unit, bound, strict, assumed } = value;
      return { value: number, upper, unit, bound, strict, unit_assumed: assumed, ...by };
    }),
    losses: units.flatMap((unit) => {
      const { lower, upper, contradictory } = lossBounds(incident, unit) ?? {};
      return lower === undefined ? [] : [{ unit, lower, upper, contradictory }];
    }),
    statements,
  }) as object;
}

const saying: ReadonlySet<Attribution["act"]> = new Set(["alleges", "states", "repeats", "corrects"]);

type Add = (object: StixObject) => StixObject;

function addVictims(add: Add, incident: Incident, object: StixObject, known: Known): void {
  const [first, ...others] = incident.victims;
  if (first === undefined) return;
  const names = others.map(({ value }) => value);
  const victim = add(
    stixObject("identity", [incident.id, "victim"], known, {
      name: first.value,
      identity_class: "organization",
      ...(names.length === 0 ? {} : { description: `Also written: ${names.join("; ")}` }),
    }),
  );
  add(relationship(object, "targets", victim, known));
  for (const { value: code } of incident.countries) {
    const place = add(stixObject("location", [code], noTime, { name: countryName(code), country: code }));
    add(relationship(victim, "located-at", place, known));
  }
}

function addAttributions(
  add: Add,
  incident: Incident,
  object: StixObject,
  documents: ReadonlyMap<string, Document>,
  register: ActorRegister | undefined,
): void {
  const byActor = new Map<string, Attribution[]>();
  for (const one of incident.attributions) byActor.set(one.actor, [...(byActor.get(one.actor) ?? []), one]);
  for (const [actor, attributions] of byActor) {
    const ids = attributions.map(({ place }) => place.document);
    const known = knownOf([...new Set(ids)], documents);
    const group = add(stixObject("intrusion-set", [actor.toLowerCase()], known, { name: actor }));
    const words = attributions.map(
      ({ source, act, place, cue }) =>
        `${source?.text ?? "the document"} ${act}: "${cue.text}" (${place.document}:${place.start}-${place.end})`,
    );
    // Where it is only denied, or left without a comment, nobody here has said it.
    const isSaid = attributions.some(({ act }) => saying.has(act));
    const type = isSaid ? "attributed-to" : "related-to";
    const how = add(relationship(object, type, group, known, { description: words.join("\n") }));
    const denials = attributions.filter(({ act }) => isSaid && act === "denies");
    for (const { source, place } of denials) {
      const who = source === null ? {} : { authors: [source.text] };
      const why = `${source?.text ?? "Somebody"} denies it`;
      add(opinion([how.id, `${place.document}:${place.start}`], known, how, why, who));
    }
    addPossible(add, group, actor, register);
  }
}

/** Which actors of registers may be meant: a note, never an alias. */
function addPossible(add: Add, group: StixObject, name: string, register: ActorRegister | undefined): void {
  const possible = (register?.lookUp(name) ?? []).filter(({ actor }) => !actor.withdrawn);
  if (possible.length === 0) return;
  const lines = possible.map(
    ({ actor, as, written, exact }) =>
      `${actor.register}: ${actor.name.value} (${actor.entry}), ${as} "${written}"${exact ? "" : ", worded otherwise"}`,
  );
  const content = `Actors that registers know under this name:\n${lines.join("\n")}`;
  add(stixObject("note", [group.id, content], noTime, { content, object_refs: [group.id] }));
}

function addDoubts(add: Add, incident: Incident, object: StixObject, known: Known): void {
  for (const { field, values, why } of incident.disagreements) {
    add(opinion([object.id, field, ...values], known, object, `Sources differ on the ${field}: ${why}`));
  }
}

/** Said once of both, where both are in the bundle. */
function addMaybeSame(add: Add, incident: Incident, object: StixObject, known: Known, here: ReadonlySet<string>): void {
  for (const { incident: other, why } of incident.maybeSame) {
    const refs = [object.id, ...(here.has(other) ? [stixId("incident", other)] : [])].sort();
    const content = `May be one incident, told as ${[incident.id, other].sort().join(" and ")}: ${why}`;
    add(stixObject("note", [...refs, content], known, { content, object_refs: refs }));
  }
}

const opinion = (
  parts: readonly string[],
  known: Known,
  about: StixObject,
  explanation: string,
  who: { readonly authors?: readonly string[] } = {},
): StixObject =>
  stixObject("opinion", parts, known, { explanation, ...who, opinion: "disagree", object_refs: [about.id] });

/** The standard wants a time of publication, and to the second. */
function publishedOf({ published }: Document, captured: string): { published: string; description?: string } {
  const time = stixTime(published?.value ?? "");
  if (published === null || time === null) {
    const description = "It does not say when it was published; the time given is that of its capture.";
    return { published: captured, description };
  }
  const isExact = published.zoned && published.precision === "second";
  return { published: time, ...(isExact ? {} : { description: `It says that it was published ${published.value}.` }) };
}

function reportObject(document: Document, refs: readonly string[]): StixObject {
  const captured = stixTime(document.capturedAt) ?? noTime.created;
  const url = /^https?:/u.test(document.source) ? { url: document.source } : { external_id: document.id };
  return stixObject(
    "report",
    [document.sha256],
    { created: captured, modified: captured },
    {
      name: document.title ?? document.source,
      ...publishedOf(document, captured),
      object_refs: [...new Set(refs)],
      external_references: [
        {
          source_name: document.outlet?.name ?? "document",
          ...url,
          ...("url" in url ? { hashes: { "SHA-256": document.sha256 } } : {}),
        },
      ],
    },
  );
}
