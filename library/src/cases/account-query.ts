import { accountHolds, accountKeyOfAddress } from "../bitcoin/account-key.ts";
import type { Network } from "../bitcoin/networks.ts";
import type { Account } from "../ledger/contract.ts";

/**
 * How a ledger is asked for the coins of an address (or of a `script:` account).
 * @throws AddressError where it is none of the network's
 */
export function accountQuery(network: Network, address: string): Account {
  return { key: accountKeyOfAddress(network, address), accepts: accountHolds(network, address) };
}
