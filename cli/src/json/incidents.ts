import type { Figure, Place } from "spoor/claims";
import type { EntryPlace, Incident, Stated, TotalLosses } from "spoor/registers";
import type { IncidentJson, TotalJson } from "../contract/incidents.ts";

const placeJson = ({ document, start, end, text }: Place) => ({ document, start, end, text });
const entryJson = ({ register, file, sha256, path, text }: EntryPlace) => ({ register, file, sha256, path, text });
const byJson = ({ places, entries }: Stated<unknown>) => ({
  places: places.map(placeJson),
  entries: entries.map(entryJson),
});
const statedJson = (one: Stated<string>) => ({ value: one.value, ...byJson(one) });

function amountJson(one: Stated<Figure>): NonNullable<IncidentJson["amount"]> {
  const { kind, value, to, unit, bound, strict, assumed } = one.value;
  return { kind, value, to, unit, bound, strict, assumed, ...byJson(one) };
}

/** An incident in the form of the contract. */
export function incidentJson(incident: Incident): IncidentJson {
  const { id, name, from, to, joins, maybeSame, disagreements } = incident;
  const amounts = incident.amounts.map(amountJson);
  return {
    id,
    ids: [...incident.ids],
    name,
    from,
    to,
    victims: incident.victims.map(({ value }) => value),
    countries: incident.countries.map(({ value }) => value),
    kinds: incident.kinds.map(({ value }) => value),
    methods: incident.methods.map(({ value }) => value),
    amount: amounts[0] ?? null,
    amounts,
    stated: {
      dates: incident.dates.map((one) => ({ value: one.value.from, to: one.value.to, ...byJson(one) })),
      victims: incident.victims.map(statedJson),
      countries: incident.countries.map(statedJson),
      kinds: incident.kinds.map(statedJson),
      methods: incident.methods.map(statedJson),
    },
    attributions: incident.attributions.map(({ actor, act, source, place, cue }) => ({
      actor,
      act,
      source: source === null ? null : placeJson(source),
      place: placeJson(place),
      cue: placeJson(cue),
    })),
    disagreements: disagreements.map(({ field, values, why }) => ({ field, values: [...values], why })),
    statements: incident.statements.map(placeJson),
    joins: joins.map((one) => ({ ...one })),
    maybeSame: maybeSame.map((one) => ({ ...one })),
  };
}

/** Totals in the form of the contract. */
export const totalJson = (total: TotalLosses, skipped: TotalJson["skipped"]): TotalJson => ({
  unit: total.unit,
  lower: total.lower,
  upper: total.upper,
  incidents: total.incidents.map((one) => ({ ...one })),
  open: [...total.open],
  maybeSame: total.maybeSame.map((group) => [...group]),
  unknown: [...total.unknown],
  apart: total.apart.map((one) => ({ ...one, incidents: [...one.incidents] })),
  skipped: [...skipped],
});
