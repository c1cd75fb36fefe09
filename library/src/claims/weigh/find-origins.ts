import { DisjointSets } from "../../sets/disjoint-sets.ts";
import type { DocumentAnalysis } from "../analyse-document.ts";
import type { EvidentialOrigin, Place } from "../claim.ts";
import { pointsOf } from "../documents/points-of.ts";
import { isDescription, type NameBook, type Party } from "../parties/party.ts";
import { append } from "./append.ts";
import type { Telling } from "./telling.ts";

/** A telling and the utterance that its quoted words belong to. */
export interface Uttered {
  readonly telling: Telling;
  /** Equal for tellings that quote the same words. */
  readonly utterance: number;
}

export interface Origins {
  readonly origins: readonly EvidentialOrigin[];
  /** The origin of each telling, by its place in `origins`; null where it is not known. */
  readonly ofTelling: ReadonlyMap<Telling, number | null>;
}

/**
 * The parties that one side of a claim rests on, each once: the same name, short or long; different names for the
 * speaker of the same quoted words; and a wider name ("Ruritania") where only one narrower one can be meant by it ("the
 * Ruritanian foreign ministry"). A wider name that may mean several of them is none of its own and is left out.
 */
export function findOrigins(tellings: readonly Uttered[], parties: PartyBook): Origins {
  const keys = new Map<string, { readonly place: number; readonly identity: readonly string[] }>();
  for (const { telling } of tellings) {
    const identity = identityOf(telling.origin);
    if (identity !== null && !keys.has(keyOf(identity))) keys.set(keyOf(identity), { place: keys.size, identity });
  }
  const names = [...keys.values()];
  const sets = new DisjointSets(names.length);
  const because = new Map<string, string>();
  const ofUtterance = new Map<number, number>();
  for (const { telling, utterance } of tellings) {
    const identity = identityOf(telling.origin);
    if (identity === null || telling.quoted.length === 0) continue;
    const place = keys.get(keyOf(identity))?.place as number;
    const other = ofUtterance.get(utterance);
    if (other === undefined) ofUtterance.set(utterance, place);
    else if (sets.find(other) !== sets.find(place)) {
      sets.join(other, place);
      because.set(keyOf(identity), "It is named as the speaker of the same quoted words.");
    }
  }
  joinDescribed(tellings, (party) => keys.get(keyOf(party))?.place ?? null, { sets, because });
  const vague = joinWider(names, sets, because);
  const setOf = ({ telling, utterance }: Uttered): number | null => {
    const identity = identityOf(telling.origin);
    const place = identity === null ? ofUtterance.get(utterance) : keys.get(keyOf(identity))?.place;
    if (place === undefined || (identity === null && telling.quoted.length === 0)) return null;
    return vague.has(place) ? null : sets.find(place);
  };
  const bySet = new Map<number, Uttered[]>();
  for (const one of tellings) {
    const set = setOf(one);
    if (set !== null) append(bySet, set, one);
  }
  const ordered = [...bySet].sort((a, b) => b[1].length - a[1].length || a[0] - b[0]);
  const places = new Map(ordered.map(([set], at) => [set, at]));
  return {
    origins: ordered.map(([, members]) => originOf(members, because, parties)),
    ofTelling: new Map(
      tellings.map((one) => {
        const set = setOf(one);
        return [one.telling, set === null ? null : (places.get(set) as number)];
      }),
    ),
  };
}

const keyOf = (identity: readonly string[]): string => identity.join(" ");

function identityOf(party: Party | null): readonly string[] | null {
  return party === null || party.kind === "open" || party.kind === "media" || party.identity.length === 0
    ? null
    : party.identity;
}

/** "the Chilean lender said", where the same document names one party for it and no more: that one is described. */
function joinDescribed(
  tellings: readonly Uttered[],
  placeOf: (identity: readonly string[]) => number | null,
  { sets, because }: { readonly sets: DisjointSets; readonly because: Map<string, string> },
): void {
  const isDescribed = ({ text, name }: Party) => /^the\s/iu.test(text) && isDescription(name);
  // By document: to look through all tellings for each that is described would take their number squared.
  const namedIn = new Map<DocumentAnalysis, Set<number | null>>();
  for (const { telling } of tellings) {
    const { origin, analysis } = telling;
    if (origin?.kind !== "named" || isDescription(origin.name)) continue;
    const places = namedIn.get(analysis) ?? new Set();
    namedIn.set(analysis, places.add(placeOf(origin.identity)));
  }
  for (const { telling } of tellings) {
    const { origin, analysis } = telling;
    const identity = identityOf(origin);
    if (origin === null || identity === null || !isDescribed(origin)) continue;
    const [only, ...more] = namedIn.get(analysis) ?? [];
    const own = placeOf(identity);
    if (only == null || own === null || more.length > 0 || only === own) continue;
    sets.join(only, own);
    because.set(keyOf(identity), "It is described, and the document names only this party for it.");
  }
}

/** Joins wider names with the one narrower party that they can mean; the places of those that may mean several. */
function joinWider(
  names: readonly { readonly identity: readonly string[] }[],
  sets: DisjointSets,
  because: Map<string, string>,
): ReadonlySet<number> {
  const vague = new Set<number>();
  const wordsOf = names.map(({ identity }) => new Set(identity));
  const byWidth = names
    .map((_, at) => at)
    .sort((a, b) => names[b]!.identity.length - names[a]!.identity.length || a - b);
  for (const at of byWidth) {
    const { identity } = names[at]!;
    const narrower = names.flatMap((_, other) =>
      wordsOf[other]!.size > identity.length && identity.every((word) => wordsOf[other]!.has(word)) && !vague.has(other)
        ? [sets.find(other)]
        : [],
    );
    const among = new Set(narrower);
    if (among.size === 1) {
      sets.join([...among][0]!, at);
      if (!because.has(keyOf(identity)))
        because.set(keyOf(identity), "It is a wider name, and only this party can be meant.");
    } else if (among.size > 1 && !among.has(sets.find(at))) vague.add(at);
  }
  return vague;
}

function originOf(
  members: readonly Uttered[],
  because: ReadonlyMap<string, string>,
  { labels, documents }: PartyBook,
): EvidentialOrigin {
  const named = members.flatMap(({ telling }) => (identityOf(telling.origin) === null ? [] : [telling]));
  const party = mostTelling(named.map(({ origin }) => origin as Party));
  const carriers = [...new Set(members.flatMap(({ telling }) => telling.carriers.map((one) => one.party)))];
  return {
    party: labels.get(keyOf(party.identity)) ?? party.name,
    isUnnamed: party.kind === "unnamed",
    document: members.flatMap(({ telling }) => documents.get(keyOf(telling.origin?.identity ?? [])) ?? [])[0] ?? null,
    via: carriers.length === 0 ? "directly" : carriers.join(", "),
    // Who speaks in his own paper does not name himself.
    namings: named
      .filter(({ isOwnVoice }) => !isOwnVoice)
      .map(({ origin, analysis }) => {
        const { start, end, identity } = origin as Party;
        const place: Place = {
          document: analysis.document.id,
          start,
          end,
          text: pointsOf(analysis.document).slice({ start, end }),
        };
        return { ...place, because: because.get(keyOf(identity)) ?? "It goes by this name." };
      }),
  };
}

/** The narrowest of its names, and a name rather than a description. */
function mostTelling(parties: readonly Party[]): Party {
  const names = parties.filter(({ name }) => !isDescription(name));
  const [best] = [...(names.length > 0 ? names : parties)].sort(
    (a, b) => b.identity.length - a.identity.length || compareNames(a.name, b.name),
  );
  return best as Party;
}

/** What is known of parties over all claims. */
export interface PartyBook {
  /** What to call each, by its identity, so that it is called the same in every claim. */
  readonly labels: ReadonlyMap<string, string>;
  /** The first of its own documents that was taken in, by its identity. */
  readonly documents: ReadonlyMap<string, string>;
}

/** A name that is longer tells more, up to here; of those that are longer still the shortest is easiest to read. */
const nameUnitsMax = 60;

export function partyBook(tellings: readonly Telling[], { bodies }: Pick<NameBook, "bodies">): PartyBook {
  const labels = new Map<string, string>();
  for (const { origin } of tellings) {
    const identity = identityOf(origin);
    if (identity === null || origin === null) continue;
    const known = labels.get(keyOf(identity));
    if (known === undefined || compareNames(origin.name, known) < 0) labels.set(keyOf(identity), origin.name);
  }
  const documents = new Map<string, string>();
  for (const [id, { identity }] of bodies) if (!documents.has(keyOf(identity))) documents.set(keyOf(identity), id);
  return { labels, documents };
}

function compareNames(a: string, b: string): number {
  const [fitsA, fitsB] = [a.length <= nameUnitsMax, b.length <= nameUnitsMax];
  if (fitsA !== fitsB) return fitsA ? -1 : 1;
  return (fitsA ? b.length - a.length : a.length - b.length) || (a < b ? -1 : a > b ? 1 : 0);
}
