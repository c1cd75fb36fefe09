import { z } from "zod";

/** What `spoor link add|import|list --json` print. */
export const linksSchema = z.strictObject({
  links: z.array(
    z.strictObject({
      id: z.string(),
      from: z.string(),
      to: z.string(),
      kind: z.string(),
      basis: z.string(),
      confidence: z.number(),
      source: z.string(),
    }),
  ),
  /** How many were new. */
  added: z.int().optional(),
  known: z.int().optional(),
});
export type LinksJson = z.infer<typeof linksSchema>;
