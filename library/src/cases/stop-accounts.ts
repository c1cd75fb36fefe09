import type { Tag } from "../identity/tag.ts";
import { spellingsOf } from "./account-name.ts";
import type { ReadStops } from "./read-stops.ts";
import type { TracedAccounts } from "./traced-ledger.ts";

/** What stops a trail in one account ledger. */
export interface StopAccounts {
  /** [ceil(holdingCount / 32)] As `AccountPart.stops`; null where nothing stops. */
  readonly bits: Uint32Array | null;
  /** Why an account is a stop, by its name in the ledger. */
  readonly reasons: ReadonlyMap<string, string>;
  /** The tags of accounts that the ledger holds, under their names there. */
  readonly tags: readonly Tag[];
  /** Addresses that the user named and that the ledger does not hold. */
  readonly absent: readonly string[];
}

/** Names that are looked up in one query. */
const namesAtOnce = 10_000;

/** Finds the holdings of the accounts that end a trail. */
export async function stopAccounts({ ledger, loaded }: TracedAccounts, read: ReadStops): Promise<StopAccounts> {
  const ids = new Map<string, number>();
  const named = new Map<string, string>();
  const asked = new Set([...read.accounts, ...read.tags].flatMap(({ address }) => spellingsOf(address)));
  const names = [...asked];
  for (let from = 0; from < names.length; from += namesAtOnce) {
    for (const { id, name } of await ledger.accountsNamed(names.slice(from, from + namesAtOnce))) ids.set(name, id);
  }
  for (const { address } of [...read.accounts, ...read.tags]) {
    const spelling = spellingsOf(address).find((one) => ids.has(one));
    if (spelling !== undefined) named.set(address, spelling);
  }
  const reasons = new Map<string, string>();
  const stopIds = new Set<number>();
  const absent: string[] = [];
  for (const { address, reason, isTag } of read.accounts) {
    const name = named.get(address);
    if (name === undefined) {
      if (!isTag) absent.push(address);
      continue;
    }
    stopIds.add(ids.get(name)!);
    if (!reasons.has(name)) reasons.set(name, reason);
  }
  const tags = read.tags.flatMap((tag) => {
    const address = named.get(tag.address);
    return address === undefined ? [] : [{ ...tag, address }];
  });
  return { bits: stopIds.size === 0 ? null : bitsOf(loaded.holdingAccount, stopIds), reasons, tags, absent };
}

function bitsOf(holdingAccount: Uint32Array, accounts: ReadonlySet<number>): Uint32Array {
  const bits = new Uint32Array(Math.ceil(holdingAccount.length / 32));
  holdingAccount.forEach((account, holding) => {
    if (accounts.has(account)) bits[holding >>> 5]! |= 1 << (holding & 31);
  });
  return bits;
}
