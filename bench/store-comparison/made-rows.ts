/** Rows as columns of 64-bit words, each batch the same for every store. */
export interface MadeRows {
  readonly id: BigUint64Array;
  readonly prefix: BigUint64Array;
  /** Two words a row. */
  readonly account: BigUint64Array;
  readonly value: BigUint64Array;
}

export const batchRows = 1_000_000;
export const largeAccount = [7n, 7n] as const;
export const smallAccount = [8n, 8n] as const;

/** Scrambles a row's number (splitmix64, on 32-bit halves), so that any row's txid can be told without the rows. */
export function prefixOf(row: number): bigint {
  let high = Math.imul(row ^ 0x9e3779b9, 0x85ebca6b);
  let low = Math.imul(row + 0x7f4a7c15, 0xc2b2ae35);
  high = Math.imul(high ^ (high >>> 15), 0x2c1b3c6d);
  low = Math.imul(low ^ (low >>> 13), 0x297a2d39);
  return (BigInt((high ^ (low >>> 16)) >>> 0) << 32n) | BigInt((low ^ (high >>> 13)) >>> 0);
}

export function makeRows(batch: number): MadeRows {
  const rows = {
    id: new BigUint64Array(batchRows),
    prefix: new BigUint64Array(batchRows),
    account: new BigUint64Array(2 * batchRows),
    value: new BigUint64Array(batchRows),
  };
  for (let r = 0; r < batchRows; r++) {
    const row = batch * batchRows + r;
    rows.id[r] = BigInt(row);
    rows.prefix[r] = prefixOf(row);
    const isSmall = row % 3_000_000 === 1_234_567;
    const [first, second] =
      row % 100 === 5 ? largeAccount : isSmall ? smallAccount : [prefixOf(row + 5e8), prefixOf(row + 6e8)];
    rows.account[2 * r] = first;
    rows.account[2 * r + 1] = second;
    rows.value[r] = BigInt((row * 7919) % 1_000_000_007);
  }
  return rows;
}
