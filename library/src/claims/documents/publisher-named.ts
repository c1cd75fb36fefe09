import { type Publisher, publishers } from "./publishers.ts";

const byName = new Map(
  publishers.flatMap((one) => [one.name, ...one.names, ...one.domains].map((name) => [keyOf(name), one] as const)),
);

function keyOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/^the\s+/u, "")
    .replace(/[^\p{L}\p{N}.]+/gu, " ")
    .trim();
}

/** The publisher that goes by a name, null where the table has none. */
export function publisherNamed(name: string): Publisher | null {
  return byName.get(keyOf(name)) ?? null;
}
