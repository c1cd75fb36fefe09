import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Network } from "../bitcoin/networks.ts";
import { SpoorError } from "../errors/base.ts";
import { FileUnreadableError } from "../errors/cases.ts";
import { readTags } from "../identity/read-tags.ts";
import type { Tag } from "../identity/tag.ts";
import type { Account, CoinLedger } from "../ledger/contract.ts";
import { accountName, accountQuery } from "./account-query.ts";
import type { Stop } from "./stop.ts";

/** What stops a trail, as the engine takes it, and what a person is told of it. */
export interface StopCoins {
  /** Ledger ids of all coins at a stop, ascending. */
  readonly coins: Float64Array;
  /** The lowest of the heights that were given; null where there was none. */
  readonly height: number | null;
  /** Why an account is a stop, by account. */
  readonly reasons: ReadonlyMap<string, string>;
  readonly tags: readonly Tag[];
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
  /** Sentences about what was left out. */
  readonly notes: readonly string[];
}

/**
 * Finds the coins of the addresses and tag files that end a trail. An address of a tag file that is none of the
 * network's is left out and counted: such files often hold several chains.
 * @throws AddressError, TagFileError, FileUnreadableError
 */
export async function stopCoins(
  ledger: CoinLedger,
  network: Network,
  stops: readonly Stop[],
  direction: "forward" | "backward",
): Promise<StopCoins> {
  const accounts = new Map<string, Account>();
  const reasons = new Map<string, string>();
  const tags: Tag[] = [];
  const files: { name: string; sha256: string }[] = [];
  const notes: string[] = [];
  for (const stop of stops) {
    if (stop.kind === "address") {
      const name = accountName(network, stop.address);
      accounts.set(name, accountQuery(network, name));
      reasons.set(name, "the user stops at this address");
    } else if (stop.kind === "tags") {
      const { bytes, text } = await readText(stop.file);
      files.push({ name: stop.file, sha256: createHash("sha256").update(bytes).digest("hex") });
      const read = readTags(text, stop.file, basename(stop.file));
      const others = addTags(read.tags, network, { accounts, reasons, tags });
      if (read.refused.length > 0) notes.push(`${stop.file}: entries that are no tags: ${read.refused.length}`);
      if (others > 0)
        notes.push(`${stop.file}: addresses that are none of ${network.name} and stop nothing: ${others}`);
    }
  }
  const heights = stops.flatMap((stop) => (stop.kind === "height" ? [stop.height] : []));
  return {
    coins: await ledger.coinIdsOfAccounts([...accounts.values()]),
    height: heights.length === 0 ? null : direction === "forward" ? Math.min(...heights) : Math.max(...heights),
    reasons,
    tags,
    files,
    notes,
  };
}

interface Gathered {
  readonly accounts: Map<string, Account>;
  readonly reasons: Map<string, string>;
  readonly tags: Tag[];
}

/** Returns how many tags are of other networks. */
function addTags(read: readonly Tag[], network: Network, { accounts, reasons, tags }: Gathered): number {
  let others = 0;
  for (const tag of read) {
    const address = nameOrNull(network, tag.address);
    if (address === null) {
      others += 1;
      continue;
    }
    accounts.set(address, accountQuery(network, address));
    tags.push({ ...tag, address });
    const said = tag.label === "" ? "tagged" : `tagged "${tag.label}"`;
    if (!reasons.has(address)) reasons.set(address, `${said} according to ${tag.source}`);
  }
  return others;
}

function nameOrNull(network: Network, address: string): string | null {
  try {
    return accountName(network, address);
  } catch (error) {
    if (error instanceof SpoorError) return null;
    throw error;
  }
}

async function readText(file: string): Promise<{ bytes: Uint8Array; text: string }> {
  try {
    const bytes = await readFile(file);
    return { bytes, text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch (cause) {
    throw new FileUnreadableError({ file, why: cause instanceof Error ? cause.message : "unknown cause" }, cause);
  }
}
