import { accountHolds, accountKeyOfAddress } from "../bitcoin/account-key.ts";
import { accountOfScript, scriptsOfAddress } from "../bitcoin/address.ts";
import type { Network } from "../bitcoin/networks.ts";
import type { Account } from "../ledger/contract.ts";

/**
 * How a ledger is asked for the coins of an address (or of a `script:` account).
 * @throws AddressError where it is none of the network's
 */
export function accountQuery(network: Network, address: string): Account {
  return { key: accountKeyOfAddress(network, address), accepts: accountHolds(network, address) };
}

/**
 * The one name of an address: bech32 may be written in capitals.
 * @throws AddressError where it is none of the network's
 */
export function accountName(network: Network, address: string): string {
  const [script] = scriptsOfAddress(network, address);
  return (script === undefined ? null : accountOfScript(network, script)) ?? address;
}
