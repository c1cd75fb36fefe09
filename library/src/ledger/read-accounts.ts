import { type Account, accountKeySize, type CoinRecord, type Page } from "./contract.ts";
import { afterCursor } from "./memory-coin-ledger.ts";
import { readCoins } from "./read-coins.ts";
import { joined, readNumbers } from "./read-numbers.ts";
import type { StoredSource } from "./stored-source.ts";

/** Queries that fill a page before it is given back short. */
const pageRoundsMax = 8;

/** In the order of the primary key: reads what the page needs, however many coins the account has. */
export function pageQuery(database: string): string {
  return `SELECT output FROM ${database}.coins_by_account WHERE account = unhex({key:String})
    AND output >= {from:UInt64} AND output < {outputs:UInt64} ORDER BY account, output LIMIT {limit:UInt32}`;
}

function keyOf(account: Account): string {
  return Buffer.from(account.key).toString("hex");
}

/** A page of an account's coins, oldest first. */
export async function pageOfAccount(
  source: StoredSource,
  account: Account,
  { after, limit }: { after: string | null; limit: number },
): Promise<Page<CoinRecord>> {
  const items: CoinRecord[] = [];
  let from = afterCursor(after) + 1;
  for (let round = 0; round < pageRoundsMax; round++) {
    // One more than wanted tells whether there is a next page.
    const [ids] = await readNumbers(source.connection, pageQuery(source.database), {
      key: keyOf(account),
      from,
      outputs: source.totals.outputs,
      limit: limit - items.length + 1,
    });
    const coins = await readCoins(source, Array.from(ids.subarray(0, limit - items.length)));
    items.push(...coins.filter((coin) => account.accepts(coin.script!)));
    const last = coins.at(-1);
    if (last === undefined || ids.length <= coins.length) return { items, next: null };
    if (items.length >= limit) return { items, next: String(last.id) };
    from = last.id + 1;
  }
  return { items, next: String(from - 1) };
}

/** The coins that share an account's key. */
function coinsOfKey(database: string): string {
  return `(SELECT output FROM ${database}.coins_by_account
    WHERE account = unhex({key:String}) AND output < {outputs:UInt64})`;
}

/** Accounts that are asked for in one query. */
const accountsAtOnce = 5000;

/** Ids of all coins of any of these accounts, ascending, each once. */
export async function idsOfAccounts(source: StoredSource, accounts: readonly Account[]): Promise<Float64Array> {
  const parts: Float64Array[] = [];
  for (let from = 0; from < accounts.length; from += accountsAtOnce) {
    parts.push(...(await idsOfBatch(source, accounts.slice(from, from + accountsAtOnce))));
  }
  return ascendingOnce(joined(parts));
}

/** Sorts in place. The coins of tagged services pass the 2^24 values that a Set can hold. */
function ascendingOnce(ids: Float64Array): Float64Array {
  ids.sort();
  let count = 0;
  for (let at = 0; at < ids.length; at++) if (at === 0 || ids[at] !== ids[at - 1]) ids[count++] = ids[at]!;
  return ids.slice(0, count);
}

/** The coins whose key is one of those asked for. */
const coinsOfKeys = (database: string) => `(SELECT account, output FROM ${database}.coins_by_account
  WHERE account IN (SELECT toFixedString(unhex(arrayJoin({keys:Array(String)})), ${accountKeySize}))
  AND output < {outputs:UInt64})`;

async function idsOfBatch(source: StoredSource, accounts: readonly Account[]): Promise<Float64Array[]> {
  const { connection, database, totals } = source;
  const coins = coinsOfKeys(database);
  const byKey = new Map<string, Account[]>();
  for (const account of accounts) byKey.set(keyOf(account), [...(byKey.get(keyOf(account)) ?? []), account]);
  const parameters = { keys: [...byKey.keys()], outputs: totals.outputs };
  const scripts = await connection.rows<{ key: string; script: string }>(
    `SELECT DISTINCT lower(hex(c.account)) AS key, hex(o.script) AS script
     FROM ${database}.outputs AS o INNER JOIN ${coins} AS c ON o.id = c.output
     WHERE o.id IN (SELECT output FROM ${coins})`,
    parameters,
  );
  const mixed = new Set<string>();
  for (const { key, script } of scripts) {
    const bytes = Buffer.from(script, "hex");
    if (!byKey.get(key)!.some((account) => account.accepts(bytes))) mixed.add(key);
  }
  const pure = parameters.keys.filter((key) => !mixed.has(key));
  const [ids] = await readNumbers(connection, `SELECT output FROM ${coins}`, { ...parameters, keys: pure });
  // A key that accounts share, by chance or malice: each is asked for on its own.
  const rest = [...mixed].flatMap((key) => byKey.get(key)!);
  const others: Float64Array[] = [];
  for (const account of rest) others.push(await idsOfAccount(source, account));
  return [ids, ...others];
}

async function idsOfAccount(source: StoredSource, account: Account): Promise<Float64Array> {
  const { connection, database, totals } = source;
  const parameters = { key: keyOf(account), outputs: totals.outputs };
  const coins = coinsOfKey(database);
  const scripts = await connection.rows<{ script: string }>(
    `SELECT DISTINCT hex(script) AS script FROM ${database}.outputs WHERE id IN ${coins}`,
    parameters,
  );
  const accepted = scripts.filter(({ script }) => account.accepts(Buffer.from(script, "hex")));
  if (accepted.length === 0) return new Float64Array(0);
  const [ids] =
    accepted.length === scripts.length
      ? await readNumbers(connection, `SELECT output FROM ${coins}`, parameters)
      : await readNumbers(
          connection,
          `SELECT id FROM ${database}.outputs WHERE id IN ${coins} AND hex(script) IN {scripts:Array(String)}`,
          { ...parameters, scripts: accepted.map(({ script }) => script) },
        );
  return ids;
}

/** Coins received and held, and their sums. */
export async function totalsOfAccount(source: StoredSource, account: Account) {
  const { connection, database, totals } = source;
  const coins = coinsOfKey(database);
  const rows = await connection.rows<Record<"script" | "coins" | "received" | "held" | "balance", string>>(
    `SELECT hex(script) AS script, count() AS coins, toString(sum(toUInt128(value))) AS received,
       countIf(NOT spent) AS held, toString(sumIf(toUInt128(value), NOT spent)) AS balance
     FROM (SELECT script, value, id IN (SELECT output FROM ${database}.spends
             WHERE output IN ${coins} AND transaction < {transactions:UInt64}) AS spent
           FROM ${database}.outputs WHERE id IN ${coins})
     GROUP BY script`,
    { key: keyOf(account), outputs: totals.outputs, transactions: totals.transactions },
  );
  const sums = { coins: 0, received: 0n, held: 0, balance: 0n };
  for (const row of rows) {
    if (!account.accepts(Buffer.from(row.script, "hex"))) continue;
    sums.coins += Number(row.coins);
    sums.received += BigInt(row.received);
    sums.held += Number(row.held);
    sums.balance += BigInt(row.balance);
  }
  return sums;
}
