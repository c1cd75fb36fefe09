import { unknown32 } from "./account-schema.ts";
import { amountWords, isBalance, readAmount, writeAmount } from "./amount-column.ts";
import { u8, u32, u256 } from "./column-bytes.ts";
import { readNativeBlocks } from "./native-format.ts";
import {
  type AccountConflict,
  type AccountConflicts,
  bounded,
  conflictsListed,
  type Settlement,
} from "./settlement.ts";

/** Holdings whose opening balances are worked out at once: about 200 MB. */
const holdingsAtOnce = 1_000_000;

interface Claim {
  readonly holding: number;
  /** The balance before the ledger's first transfer; null where it cannot be worked back to. */
  readonly amount: bigint | null;
}

/**
 * Works opening balances back to before the first transfer and keeps those that no other fact contradicts. A holding
 * whose facts disagree has no known opening: a range is better than a wrong balance.
 */
export async function settleOpenings(settlement: Settlement): Promise<AccountConflicts> {
  const { connection, tables, state } = settlement;
  const listed: AccountConflict[] = [];
  let count = 0;
  if (state.rows.opening_facts === 0) return { count, listed };
  const [{ holdings = 0 } = {}] = await connection.rows<{ holdings: number }>(
    `SELECT toUInt32(count()) AS holdings FROM ${tables.settled("holdings")}`,
  );
  const movesBefore = await hasTransfersBefore(settlement);
  for (let from = 0; from < holdings; from += holdingsAtOnce) {
    const range = { from, to: from + holdingsAtOnce };
    const moved = movesBefore ? await movedBefore(settlement, range) : new Map<number, bigint>();
    const found = new Map<number, bigint | "disagree">();
    for (const { holding, amount } of await readClaims(settlement, range, moved)) {
      if (amount === null) continue;
      const other = found.get(holding);
      found.set(holding, other === undefined || other === amount ? amount : "disagree");
    }
    const refused = [...found].filter(([, amount]) => amount === "disagree").map(([holding]) => holding);
    count += refused.length;
    listed.push(...(await nameHoldings(settlement, refused.slice(0, conflictsListed - listed.length))));
    await store(
      settlement,
      [...found].filter((one): one is [number, bigint] => one[1] !== "disagree"),
    );
  }
  return { count, listed };
}

interface Range {
  readonly from: number;
  readonly to: number;
}

const facts = ({ tables }: Settlement) =>
  `(SELECT h.id AS holding, o.number AS number, o.height AS height, o.negative AS negative, o.amount AS amount
    FROM ${tables.staged("opening_facts")} AS o
    INNER JOIN ${tables.scratch("holding_ids")} AS h ON o.holding = h.code)`;

/** Whether any fact speaks of a moment after the ledger's first block. */
async function hasTransfersBefore({ connection, tables }: Settlement): Promise<boolean> {
  const rows = await connection.rows(
    `SELECT 1 FROM ${tables.staged("opening_facts")} WHERE height != ${unknown32} AND height >
     (SELECT min(height) FROM ${tables.settled("transactions")} WHERE height != ${unknown32}) LIMIT 1`,
  );
  return rows.length > 0;
}

/** What each fact's holding gained before the fact's height, by the fact's number; absent: no transfer. */
async function movedBefore(settlement: Settlement, range: Range): Promise<Map<number, bigint>> {
  const { connection, tables } = settlement;
  const dated = `(SELECT * FROM ${facts(settlement)} WHERE height != ${unknown32} AND holding >= {from:UInt32}
    AND holding < {to:UInt32})`;
  const low = "bitAnd(amount, toUInt256('340282366920938463463374607431768211455'))";
  const rows = await connection.rows<Record<"number" | "gained", string> & Record<"low" | "high", string>>(
    `SELECT toString(f.number) AS number, toString(sum(if(is_payee, low, -low))) AS low,
       toString(sum(if(is_payee, high, -high))) AS high FROM
     (SELECT arrayJoin([(payer, 0), (payee, 1)]) AS side, side.1 AS id, side.2 AS is_payee, transaction,
        toInt256(${low}) AS low, toInt256(bitShiftRight(amount, 128)) AS high FROM ${tables.settled("transfers")}
      WHERE payer IN (SELECT holding FROM ${dated}) OR payee IN (SELECT holding FROM ${dated})) AS m
     INNER JOIN ${dated} AS f ON m.id = f.holding
     INNER JOIN (SELECT id, height FROM ${tables.settled("transactions")}) AS x ON m.transaction = x.id
     WHERE x.height < f.height GROUP BY f.number SETTINGS ${bounded}`,
    { ...range },
  );
  return new Map(rows.map(({ number, low, high }) => [Number(number), BigInt(low) + (BigInt(high) << 128n)]));
}

async function readClaims(settlement: Settlement, range: Range, moved: Map<number, bigint>): Promise<Claim[]> {
  const { connection, partial } = settlement;
  const bytes = await connection.native(
    `SELECT holding, number, negative, amount FROM ${facts(settlement)}
     WHERE holding >= {from:UInt32} AND holding < {to:UInt32} SETTINGS ${bounded}`,
    { ...range },
  );
  const claims: Claim[] = [];
  for (const { rowCount, columns } of readNativeBlocks(bytes)) {
    const [holding, number, negative, amount] = columns.map((column) => column.bytes);
    const words = amountWords(amount!);
    const at = (column: Uint8Array, row: number) => Buffer.from(column.buffer, column.byteOffset).readUInt32LE(4 * row);
    for (let row = 0; row < rowCount; row++) {
      const balance = negative![row] === 1 ? -readAmount(words, row) : readAmount(words, row);
      const gained = moved.get(at(number!, row));
      // In a partial ledger more may have moved before than is held.
      const opening = gained === undefined ? balance : partial ? null : balance - gained;
      const isKnown = opening !== null && isBalance(opening);
      claims.push({ holding: at(holding!, row), amount: isKnown ? opening : null });
    }
  }
  return claims;
}

async function store({ connection, tables }: Settlement, openings: readonly [number, bigint][]): Promise<void> {
  const amounts = new BigUint64Array(4 * openings.length);
  openings.forEach(([, amount], row) => {
    writeAmount(amounts, row, amount < 0n ? -amount : amount);
  });
  await connection.insert(tables.settled("openings"), openings.length, [
    u32(
      "holding",
      Uint32Array.from(openings, ([holding]) => holding),
    ),
    u8(
      "negative",
      Uint8Array.from(openings, ([, amount]) => (amount < 0n ? 1 : 0)),
    ),
    u256("amount", amounts),
  ]);
}

async function nameHoldings({ connection, tables }: Settlement, ids: readonly number[]): Promise<AccountConflict[]> {
  if (ids.length === 0) return [];
  const rows = await connection.rows<{ account: string; asset: string }>(
    `SELECT a.name AS account, s.asset AS asset
     FROM (SELECT account, asset FROM ${tables.settled("holdings")} WHERE id IN {ids:Array(UInt32)}) AS h
     INNER JOIN ${tables.settled("accounts")} AS a ON h.account = a.id
     INNER JOIN ${tables.settled("assets")} AS s ON h.asset = s.id ORDER BY account, asset`,
    { ids },
  );
  return rows.map(({ account, asset }) => ({
    of: "opening",
    name: account,
    at: asset,
    says: "different opening balances; none is taken",
  }));
}
