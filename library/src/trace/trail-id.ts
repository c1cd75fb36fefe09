import { createHash } from "node:crypto";
import canonicalize from "canonicalize";

/** The engine of trails through one ledger of coins; raised with every change that may change a trail. */
export const engine = "coin/1";
/** The engine of trails through account ledgers, or through several ledgers. */
export const jointEngine = "joint/1";

/**
 * What a trail is a function of, as data. Bigints stand for decimal strings; members that are undefined are left out.
 */
export type TrailSource =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | readonly TrailSource[]
  | { readonly [key: string]: TrailSource };

/**
 * The id of a trail: the SHA-256, in lower-case hexadecimal, of the RFC 8785 JSON of `{engine, source}`.
 * Two trails with one id were made by one engine from one source and are equal.
 *
 * @param source the ledger's snapshot, the seeds, rules, stops and budget: everything that the caller chose
 * @param by the engine that traced
 * @throws RangeError for a number that JSON cannot hold
 */
export function trailId(source: TrailSource, by: typeof engine | typeof jointEngine = engine): string {
  const json = canonicalize({ engine: by, source: plain(source) });
  if (json === undefined) throw new RangeError("trailId: there is nothing to hash");
  return createHash("sha256").update(json, "utf8").digest("hex");
}

function plain(source: TrailSource): unknown {
  if (typeof source === "bigint") return String(source);
  if (typeof source === "number" && !Number.isFinite(source)) throw new RangeError(`trailId: ${source} is no JSON`);
  if (typeof source !== "object" || source === null) return source;
  if (Array.isArray(source)) return source.map((item: TrailSource) => plain(item));
  const members = Object.entries(source).filter(([, value]) => value !== undefined);
  return Object.fromEntries(members.map(([key, value]) => [key, plain(value)]));
}
