import type { Figure, Place } from "spoor/claims";
import type { EntryPlace, Incident, Stated, TotalLosses } from "spoor/registers";
import { z } from "zod";
import { entrySchema } from "./actors.ts";
import { figureSchema, placeSchema } from "./claims-parts.ts";

const saidBy = { places: z.array(placeSchema), entries: z.array(entrySchema) };
const statedSchema = z.strictObject({ value: z.string(), ...saidBy });
const amountSchema = z.strictObject({
  ...figureSchema.pick({ kind: true, value: true, to: true, unit: true, bound: true, strict: true, assumed: true })
    .shape,
  ...saidBy,
});

/** An incident, as in `spoor incidents --json` and in the report on claims. */
export const incidentSchema = z.strictObject({
  id: z.string(),
  /** By which it goes too, as of an earlier day or in other documents. */
  ids: z.array(z.string()),
  name: z.string(),
  /** The earliest and the latest stated date, ISO 8601 with its precision. */
  from: z.string().nullable(),
  to: z.string().nullable(),
  victims: z.array(z.string()),
  /** ISO 3166-1 alpha-2. */
  countries: z.array(z.string()),
  kinds: z.array(z.string()),
  methods: z.array(z.string()),
  /** The amount that is stated most; all of them stand in `amounts`. */
  amount: amountSchema.nullable(),
  amounts: z.array(amountSchema),
  /** The fields with what states each of their values. */
  stated: z.strictObject({
    dates: z.array(z.strictObject({ value: z.string(), to: z.string().nullable(), ...saidBy })),
    victims: z.array(statedSchema),
    countries: z.array(statedSchema),
    kinds: z.array(statedSchema),
    methods: z.array(statedSchema),
  }),
  attributions: z.array(
    z.strictObject({
      actor: z.string(),
      act: z.string(),
      source: placeSchema.nullable(),
      place: placeSchema,
      cue: placeSchema,
    }),
  ),
  disagreements: z.array(
    z.strictObject({ field: z.enum(["date", "amount"]), values: z.array(z.string()), why: z.string() }),
  ),
  /** The sentences that tell of it. */
  statements: z.array(placeSchema),
  joins: z.array(z.strictObject({ from: z.string(), because: z.string(), doubtful: z.boolean() })),
  maybeSame: z.array(z.strictObject({ incident: z.string(), why: z.string() })),
});
export type IncidentJson = z.infer<typeof incidentSchema>;

const skippedSchema = z.array(z.strictObject({ source: z.string(), reason: z.string() }));

/** What `spoor incidents list|show --json` print. */
export const incidentsSchema = z.strictObject({ incidents: z.array(incidentSchema), skipped: skippedSchema });
export type IncidentsJson = z.infer<typeof incidentsSchema>;

const boundsOfLoss = { lower: z.string(), upper: z.string().nullable() };

/** What `spoor incidents total --json` prints. Decimals; `upper` is null where nothing bounds it. */
export const totalSchema = z.strictObject({
  unit: z.string(),
  ...boundsOfLoss,
  incidents: z.array(z.strictObject({ incident: z.string(), ...boundsOfLoss, contradictory: z.boolean() })),
  open: z.array(z.string()),
  maybeSame: z.array(z.array(z.string())),
  unknown: z.array(z.string()),
  apart: z.array(z.strictObject({ unit: z.string(), ...boundsOfLoss, incidents: z.array(z.string()) })),
  skipped: skippedSchema,
});
export type TotalJson = z.infer<typeof totalSchema>;

const placeJson = ({ document, start, end, text }: Place) => ({ document, start, end, text });
const entryJson = ({ register, file, sha256, path, text }: EntryPlace) => ({ register, file, sha256, path, text });
const byJson = ({ places, entries }: Stated<unknown>) => ({
  places: places.map(placeJson),
  entries: entries.map(entryJson),
});
const statedJson = (one: Stated<string>) => ({ value: one.value, ...byJson(one) });

function amountJson(one: Stated<Figure>): z.infer<typeof amountSchema> {
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
