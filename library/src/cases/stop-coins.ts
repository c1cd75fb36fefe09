import type { Network } from "../bitcoin/networks.ts";
import { SpoorError } from "../errors/base.ts";
import type { Tag } from "../identity/tag.ts";
import type { Account, CoinLedger } from "../ledger/contract.ts";
import { accountName, accountQuery } from "./account-query.ts";
import type { ReadStops } from "./read-stops.ts";

/** What stops a trail in one ledger of coins, as the engine takes it, and what a person is told of it. */
export interface StopCoins {
  /** Ledger ids of all coins at a stop, ascending. */
  readonly coins: Float64Array;
  /** Why an account is a stop, by account. */
  readonly reasons: ReadonlyMap<string, string>;
  /** The tags of the network's addresses, each under the address's one name. */
  readonly tags: readonly Tag[];
  /** Sentences about what was left out. */
  readonly notes: readonly string[];
}

/**
 * Finds the coins of the addresses and tags that end a trail. A tagged address that is none of the network's is left
 * out and counted: such files often hold several chains.
 * @throws AddressError for an address that the user named
 */
export async function stopCoins(ledger: CoinLedger, network: Network, read: ReadStops): Promise<StopCoins> {
  const accounts = new Map<string, Account>();
  const reasons = new Map<string, string>();
  for (const { address, reason, isTag } of read.accounts) {
    const name = isTag ? nameOrNull(network, address) : accountName(network, address);
    if (name === null) continue;
    accounts.set(name, accountQuery(network, name));
    if (!reasons.has(name)) reasons.set(name, reason);
  }
  const notes: string[] = [];
  const tags: Tag[] = [];
  for (const { file, tags: ofFile } of read.tagFiles) {
    const named = ofFile.flatMap((tag) => {
      const address = nameOrNull(network, tag.address);
      return address === null ? [] : [{ ...tag, address }];
    });
    tags.push(...named);
    const others = ofFile.length - named.length;
    if (others > 0) notes.push(`${file}: addresses that are none of ${network.name} and stop nothing: ${others}`);
  }
  return { coins: await ledger.coinIdsOfAccounts([...accounts.values()]), reasons, tags, notes };
}

function nameOrNull(network: Network, address: string): string | null {
  try {
    return accountName(network, address);
  } catch (error) {
    if (error instanceof SpoorError) return null;
    throw error;
  }
}
