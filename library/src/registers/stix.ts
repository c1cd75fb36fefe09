import type { Document } from "../claims/documents/document.ts";
import { countryName } from "../claims/parties/country-names.ts";
import type { ActorRegister } from "./actor-register.ts";
import type { Attribution, Incident } from "./incident.ts";
import { sayDate } from "./incident-disagreements.ts";
import { type Known, relationship, type StixObject, stixId, stixObject, stixTime } from "./stix-objects.ts";
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
  schema: "Lists of stated values, each with `places` (document, start, end, text) and `entries` (file, path, text).",
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
  for (const incident of source.incidents) {
    const known = knownOf(documentsOf(incident), documents);
    const object = add(incidentObject(incident, known));
    for (const id of documentsOf(incident)) told.set(id, [...(told.get(id) ?? []), object.id]);
    addVictims(add, incident, object, known);
    addAttributions(add, incident, object, documents, source.register);
    addDoubts(add, incident, object, known);
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
  const units = [...new Set(incident.amounts.flatMap(({ value }) => value.unit ?? []))];
  return stixObject("incident", [incident.id], known, {
    created_by_ref: maker.id,
    name: incident.name,
    external_references: [{ source_name: "spoor", external_id: incident.id }],
    ...(incident.kinds.length === 0 ? {} : { labels: incident.kinds.map(({ value }) => value) }),
    extensions: {
      [extension.id]: {
        extension_type: "property-extension",
        from: incident.from,
        to: incident.to,
        dates: incident.dates.map(({ value, ...by }) => ({ value: sayDate(value), ...by })),
        countries: incident.countries,
        kinds: incident.kinds,
        methods: incident.methods,
        amounts: incident.amounts.map(({ value, ...by }) => {
          const { value: number, to, unit, bound, strict } = value;
          return { value: number, to, unit, bound, strict, ...by };
        }),
        losses: units.map((unit) => ({ unit, ...lossBounds(incident, unit) })),
        statements: incident.statements,
      },
    },
  });
}

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
    const how = add(relationship(object, "attributed-to", group, known, { description: words.join("\n") }));
    const denials = attributions.filter(({ act }) => act === "denies");
    for (const { source, place } of denials) {
      add(opinion([how.id, `${place.document}:${place.start}`], known, how, `${source?.text ?? "Somebody"} denies it`));
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
  for (const { incident: other, why } of incident.maybeSame) {
    const content = `May be the same as ${other}: ${why}`;
    add(stixObject("note", [object.id, other], known, { content, object_refs: [object.id] }));
  }
}

const opinion = (parts: readonly string[], known: Known, about: StixObject, explanation: string): StixObject =>
  stixObject("opinion", parts, known, { explanation, opinion: "disagree", object_refs: [about.id] });

function reportObject(document: Document, refs: readonly string[]): StixObject {
  const captured = stixTime(document.capturedAt) ?? noTime.created;
  const url = /^https?:/u.test(document.source) ? { url: document.source } : { external_id: document.id };
  return stixObject(
    "report",
    [document.sha256],
    { created: captured, modified: captured },
    {
      name: document.title ?? document.source,
      published: stixTime(document.published?.value ?? "") ?? captured,
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
