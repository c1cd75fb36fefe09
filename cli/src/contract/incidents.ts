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
