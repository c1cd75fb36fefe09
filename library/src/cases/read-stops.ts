import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { FileUnreadableError } from "../errors/cases.ts";
import { isPooledService } from "../identity/service.ts";
import type { Tag } from "../identity/tag.ts";
import { spellingsOf } from "./account-name.ts";
import type { Stop } from "./stop.ts";

/** Where a person wants a trail to end, and what tags say. */
export interface StopsAsked {
  readonly stops: readonly Stop[];
  /** Files of tags that name accounts. Those of services that pool their customers' money are stops besides. */
  readonly tagFiles?: readonly string[];
  /** Accounts whose tags are no reason to stop; `services`: none is. */
  readonly through?: readonly string[];
}

/** What stops a trail, before it is looked up in any ledger. */
export interface ReadStops {
  /** An address that stops, and why, in the order in which they were given. */
  readonly accounts: readonly { readonly address: string; readonly reason: string; readonly isTag: boolean }[];
  readonly tags: readonly Tag[];
  /** The tag files' entries, by file, for counting those that are of no ledger of the trail. */
  readonly tagFiles: readonly { readonly file: string; readonly tags: readonly Tag[] }[];
  /** Heights that were given. */
  readonly heights: readonly number[];
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
  readonly notes: readonly string[];
}

/**
 * Reads the files of tags that the stops and the names of a trail come from.
 * @throws TagFileError, FileUnreadableError
 */
export async function readStops({ stops, tagFiles = [], through = [] }: StopsAsked): Promise<ReadStops> {
  const accounts: { address: string; reason: string; isTag: boolean }[] = [];
  const read: { file: string; tags: readonly Tag[] }[] = [];
  const files: { name: string; sha256: string }[] = [];
  const notes: string[] = [];
  const isThrough = new Set(through.flatMap(spellingsOf).map((address) => address.toLowerCase()));
  const tagged = new Set<string>(["services"]);
  const take = async (file: string, stopsTrail: (tag: Tag) => boolean) => {
    const { bytes, text } = await readText(file);
    // Loaded here: it brings readers of YAML and CSV with it.
    const { readTags } = await import("../identity/read-tags.ts");
    files.push({ name: file, sha256: createHash("sha256").update(bytes).digest("hex") });
    const { tags, refused } = readTags(text, file, basename(file));
    if (refused.length > 0) notes.push(`${file}: entries that are no tags: ${refused.length}`);
    read.push({ file, tags });
    for (const tag of tags) {
      tagged.add(tag.address.toLowerCase());
      if (!stopsTrail(tag) || isThrough.has(tag.address.toLowerCase())) continue;
      const said = tag.label === "" ? "tagged" : `tagged "${tag.label}"`;
      accounts.push({ address: tag.address, reason: `${said} according to ${tag.source}`, isTag: true });
    }
  };
  for (const stop of stops) {
    if (stop.kind === "address") {
      accounts.push({ address: stop.address, reason: "the user stops at this address", isTag: false });
    } else if (stop.kind === "tags") await take(stop.file, () => true);
  }
  for (const file of tagFiles) {
    await take(file, ({ category }) => !isThrough.has("services") && isPooledService(category));
  }
  for (const account of through) {
    const isTagged = spellingsOf(account).some((spelling) => tagged.has(spelling.toLowerCase()));
    if (!isTagged) notes.push(`--through ${account} changes nothing: no file of tags names it`);
  }
  const heights = stops.flatMap((stop) => (stop.kind === "height" ? [stop.height] : []));
  return { accounts, tags: read.flatMap(({ tags }) => tags), tagFiles: read, heights, files, notes };
}

/** The height that ends a trail soonest in its direction; null where none was given. */
export function stopHeightOf({ heights }: ReadStops, direction: "forward" | "backward"): number | null {
  if (heights.length === 0) return null;
  return direction === "forward" ? Math.min(...heights) : Math.max(...heights);
}

async function readText(file: string): Promise<{ bytes: Uint8Array; text: string }> {
  try {
    const bytes = await readFile(file);
    return { bytes, text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch (cause) {
    throw new FileUnreadableError({ file, why: cause instanceof Error ? cause.message : "unknown cause" }, cause);
  }
}
