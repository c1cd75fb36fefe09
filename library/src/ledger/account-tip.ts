import { createHash, type Hash } from "node:crypto";

/**
 * What the hash of an account ledger goes over, column by column, in the ledger's order: every row that a trail can
 * depend on. Texts as LEB128 size and UTF-8, numbers and doubles little-endian, amounts in 32 bytes; the numbers are
 * those of the columns' tables. What describes (`about`, sources) and how it was told is left out.
 */
const hashed = {
  assets: ["asset", "decimals", "has_symbol", "symbol"],
  holdings: ["account", "asset", "coverage"],
  openings: ["holding", "negative", "amount"],
  transactions: ["name", "height", "position", "time", "day_only"],
  transfers: ["transaction", "layer", "place", "payer", "payee", "asset", "amount", "is_fee"],
  returns: ["transfer", "returned"],
} as const;

export type HashedTable = keyof typeof hashed;

export interface TipHead {
  readonly network: string;
  readonly partial: boolean;
  readonly missing: readonly string[];
  readonly fromGenesis: boolean;
  /** Those that transfers which count have, sorted; their places here are the numbers in the column. */
  readonly layers: readonly string[];
}

/** The SHA-256 over all that counts in an account ledger. */
export class TipHash {
  readonly #head: TipHead;
  readonly #columns = new Map<string, Hash>();

  constructor({ network, partial, missing, fromGenesis, layers }: TipHead) {
    this.#head = { network, partial, missing, fromGenesis, layers };
    for (const [table, columns] of Object.entries(hashed)) {
      for (const column of columns) this.#columns.set(`${table}.${column}`, createHash("sha256"));
    }
  }

  /** Takes the next rows of a table, its columns in the order above. */
  take(table: HashedTable, columns: readonly Uint8Array[]): void {
    hashed[table].forEach((column, n) => {
      this.#columns.get(`${table}.${column}`)!.update(columns[n]!);
    });
  }

  /** As hex. To be called once. */
  digest(): string {
    const all = createHash("sha256").update(JSON.stringify(this.#head));
    for (const [column, hash] of this.#columns) all.update(`\n${column} ${hash.digest("hex")}`);
    return all.digest("hex");
  }
}
