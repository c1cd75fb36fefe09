import type { Network } from "../bitcoin/networks.ts";
import { SeedAmountError, SeedNotFoundError } from "../errors/cases.ts";
import type { CoinLedger, CoinRecord, LedgerSummary } from "../ledger/contract.ts";
import { accountQuery } from "./account-query.ts";
import type { Seed } from "./seed.ts";

/** A coin that a seed names, by the ledger's id. */
export interface SeedCoin {
  readonly coin: CoinRecord;
  /** Its first units; null for the whole coin. */
  readonly amount: bigint | null;
  readonly label: string;
}

/** Coins of one address that a trail can begin with. Beyond it a person wants the transactions of the theft. */
const coinsOfAddressMax = 100_000;
const pageSize = 5000;

/**
 * The coins that seeds name, in the order of the seeds. Of a seed with several coins and an amount the first coins in
 * the ledger's order are taken until the amount is reached.
 * @throws SeedNotFoundError, SeedAmountError, AddressError
 */
export async function seedCoins(ledger: CoinLedger, network: Network, seeds: readonly Seed[]): Promise<SeedCoin[]> {
  const summary = await ledger.summary();
  const found: SeedCoin[] = [];
  for (const seed of seeds) {
    const named = await coinsOf(ledger, network, seed, summary);
    // Data outputs: nothing can be stolen of them.
    const coins = named.filter(({ value }) => value !== 0n);
    if (coins.length === 0) throw notFound(seed, summary, "its coins hold no value");
    found.push(...shareAmount(seed, coins, summary));
  }
  return withoutRepetitions(found);
}

/** The same coin named twice for one theft is one seed, of the larger amount. */
function withoutRepetitions(seeds: readonly SeedCoin[]): SeedCoin[] {
  const kept = new Map<string, SeedCoin>();
  for (const seed of seeds) {
    const key = `${seed.coin.id} ${seed.label}`;
    const known = kept.get(key);
    if (known === undefined || amountOf(seed) > amountOf(known)) kept.set(key, seed);
  }
  return [...kept.values()];
}

const amountOf = ({ amount, coin }: SeedCoin): bigint => amount ?? coin.value ?? 0n;

function notFound({ text }: Seed, { name, partial }: LedgerSummary, why: string): SeedNotFoundError {
  return new SeedNotFoundError({ seed: text.slice(0, 120), ledger: name, why, partial, kind: "coin" });
}

async function coinsOf(ledger: CoinLedger, network: Network, seed: Seed, summary: LedgerSummary) {
  const { at } = seed;
  const fail = (why: string) => notFound(seed, summary, why);
  if (at.kind === "address") {
    const coins = await coinsOfAddress(ledger, network, at.address, fail);
    if (coins.length === 0) throw fail("the address received no coin");
    return coins;
  }
  const transaction = await ledger.transaction(at.txid);
  if (transaction === null) throw fail("there is no such transaction");
  const { firstOutput, outputCount } = transaction;
  if (at.kind === "transaction") {
    return ledger.coinsById(Array.from({ length: outputCount }, (_, vout) => firstOutput + vout));
  }
  if (at.vout >= outputCount) throw fail(`the transaction has outputs 0 to ${outputCount - 1}`);
  return ledger.coinsById([firstOutput + at.vout]);
}

async function coinsOfAddress(
  ledger: CoinLedger,
  network: Network,
  address: string,
  fail: (why: string) => SeedNotFoundError,
): Promise<CoinRecord[]> {
  const account = accountQuery(network, address);
  const coins: CoinRecord[] = [];
  let after: string | null = null;
  do {
    const page = await ledger.coinsOfAccount(account, { after, limit: pageSize });
    coins.push(...page.items);
    if (coins.length > coinsOfAddressMax) throw fail(`the address received over ${coinsOfAddressMax} coins`);
    after = page.next;
  } while (after !== null);
  return coins;
}

function shareAmount(seed: Seed, coins: readonly CoinRecord[], { name }: LedgerSummary): SeedCoin[] {
  const { label } = seed;
  if (seed.amount === null) return coins.map((coin) => ({ coin, amount: null, label }));
  const taken: SeedCoin[] = [];
  let left: bigint = seed.amount;
  for (const coin of coins) {
    if (left === 0n) break;
    const value = coin.value ?? 0n;
    const amount = value < left ? value : left;
    if (amount > 0n) taken.push({ coin, amount, label });
    left -= amount;
  }
  if (left > 0n) {
    const value = seed.amount - left;
    throw new SeedAmountError({ seed: seed.text.slice(0, 120), ledger: name, value, asked: seed.amount });
  }
  return taken;
}
