import { z } from "zod";

/** A place in an imported file: an entry of a register, and where it stands. */
export const entrySchema = z.strictObject({
  register: z.string(),
  file: z.string(),
  sha256: z.string(),
  path: z.string(),
  text: z.string(),
});
const statedSchema = z.strictObject({ value: z.string(), entries: z.array(entrySchema) });

/** An entry of a register, as in `spoor actors --json`. */
export const actorSchema = z.strictObject({
  id: z.string(),
  register: z.string(),
  /** The register's own id of it. */
  entry: z.string(),
  name: statedSchema,
  aliases: z.array(statedSchema),
  subgroups: z.array(statedSchema),
  memberships: z.array(statedSchema),
  /** ISO 3166-1 alpha-2 of the state that the register puts it down to. */
  countries: z.array(statedSchema),
  created: z.string().nullable(),
  modified: z.string().nullable(),
  withdrawn: z.boolean(),
});
export type ActorJson = z.infer<typeof actorSchema>;

const namingSchema = z.strictObject({
  actor: z.string(),
  name: z.string(),
  register: z.string(),
  as: z.enum(["name", "alias", "subgroup"]),
  written: z.string(),
  entries: z.array(entrySchema),
});
export type NamingJson = z.infer<typeof namingSchema>;

/** What `spoor actors list --json` prints. */
export const actorsSchema = z.strictObject({
  files: z.array(
    z.strictObject({
      file: z.string(),
      sha256: z.string(),
      register: z.string(),
      actors: z.int(),
      /** Objects of other kinds, which were passed over. */
      passed: z.record(z.string(), z.int()),
    }),
  ),
  actors: z.array(actorSchema),
  /** What is left out, and why: entries that do not say to have stood so by the day asked for. */
  skipped: z.array(z.strictObject({ source: z.string(), reason: z.string() })),
});
export type ActorsJson = z.infer<typeof actorsSchema>;

/** What `spoor actors show NAME --json` prints: who may be meant, by which register. */
export const possibleActorsSchema = z.strictObject({
  name: z.string(),
  possible: z.array(namingSchema.extend({ exact: z.boolean() })),
  actors: z.array(actorSchema),
});
export type PossibleActorsJson = z.infer<typeof possibleActorsSchema>;

/** What `spoor actors conflicts --json` prints. */
export const aliasConflictsSchema = z.strictObject({
  conflicts: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.enum(["between registers", "in part", "within a register"]),
      why: z.string(),
      namings: z.array(namingSchema),
    }),
  ),
});
export type AliasConflictsJson = z.infer<typeof aliasConflictsSchema>;

/** What `spoor actors import --json` prints. */
export const actorsImportSchema = z.strictObject({
  imported: z.array(
    z.strictObject({
      file: z.string(),
      sha256: z.string(),
      kind: z.enum(["actors", "write-up"]),
      /** Who keeps it; of a write-up the target that it names first. */
      of: z.string(),
      /** Entries of actors; null for a write-up. */
      actors: z.int().nullable(),
      /** False where the same bytes were kept before. */
      isNew: z.boolean(),
    }),
  ),
  /** Files of folders that are no registers. */
  skipped: z.array(z.strictObject({ source: z.string(), reason: z.string() })),
});
export type ActorsImportJson = z.infer<typeof actorsImportSchema>;
