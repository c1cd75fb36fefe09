import type { StagedRows } from "./account-batch.ts";
import {
  type AccountFact,
  type AssetFact,
  coverageNames,
  type OpeningFact,
  type TransactionFact,
} from "./account-contract.ts";
import { coverageNotTold, unknown32 } from "./account-schema.ts";
import { writeAmount } from "./amount-column.ts";
import { text, u8, u32, u256 } from "./column-bytes.ts";
import { StringColumn } from "./string-column.ts";

/** Facts, and bytes of text, that are held before they are stored. */
const factsMax = 200_000;
const textBytesMax = 16_000_000;

/** The facts of a batch, numbered from 1 in the order in which they were told, and the records of a source. */
export class FactColumns {
  readonly records = { keys: new StringColumn(), jsons: new StringColumn(), count: 0 };
  #count = 0;
  readonly #assets: { number: number; fact: AssetFact }[] = [];
  readonly #openings: { number: number; fact: OpeningFact; holding: number }[] = [];
  readonly #accounts: { number: number; coverage: number; hasAbout: boolean }[] = [];
  readonly #accountNames = new StringColumn();
  readonly #accountAbouts = new StringColumn();
  readonly #transactions: number[] = [];
  readonly #transactionNames = new StringColumn();
  readonly #transactionAbouts = new StringColumn();

  /** Facts, records left out. */
  get count(): number {
    return this.#count;
  }

  get isEmpty(): boolean {
    return this.#count === 0 && this.records.count === 0;
  }

  get isFull(): boolean {
    const bytes = this.records.jsons.byteLength + this.#accountAbouts.byteLength + this.#transactionAbouts.byteLength;
    return this.#count + this.records.count >= factsMax || bytes > textBytesMax;
  }

  pushAsset(fact: AssetFact): void {
    this.#assets.push({ number: this.#number(), fact });
  }

  pushOpening(fact: OpeningFact, holding: number): void {
    this.#openings.push({ number: this.#number(), fact, holding });
  }

  pushAccount({ account, coverage, about }: AccountFact): void {
    const code = coverage === null ? coverageNotTold : coverageNames.indexOf(coverage);
    this.#accounts.push({ number: this.#number(), coverage: code, hasAbout: about !== null });
    this.#accountNames.push(account);
    this.#accountAbouts.push(about ?? "");
  }

  pushTransaction({ transaction, about }: TransactionFact): void {
    this.#transactions.push(this.#number());
    this.#transactionNames.push(transaction);
    this.#transactionAbouts.push(about);
  }

  pushRecord({ key, json }: { key: string; json: string }): void {
    this.records.keys.push(key);
    this.records.jsons.push(json);
    this.records.count++;
  }

  #number(): number {
    return ++this.#count;
  }

  tables(): StagedRows[] {
    return [
      this.#assetRows(),
      {
        table: "account_facts",
        rowCount: this.#accounts.length,
        columns: [
          u32(
            "number",
            column(this.#accounts, ({ number }) => number),
          ),
          text("account", this.#accountNames),
          u8(
            "coverage",
            Uint8Array.from(this.#accounts, ({ coverage }) => coverage),
          ),
          u8(
            "has_about",
            Uint8Array.from(this.#accounts, ({ hasAbout }) => Number(hasAbout)),
          ),
          text("about", this.#accountAbouts),
        ],
      },
      this.#openingRows(),
      {
        table: "transaction_facts",
        rowCount: this.#transactions.length,
        columns: [
          u32("number", Uint32Array.from(this.#transactions)),
          text("transaction", this.#transactionNames),
          text("about", this.#transactionAbouts),
        ],
      },
    ];
  }

  #assetRows(): StagedRows {
    const rows = this.#assets;
    return {
      table: "asset_facts",
      rowCount: rows.length,
      columns: [
        u32(
          "number",
          column(rows, ({ number }) => number),
        ),
        text("asset", textColumn(rows.map(({ fact }) => fact.asset))),
        u32(
          "decimals",
          column(rows, ({ fact }) => fact.decimals ?? unknown32),
        ),
        u8(
          "has_symbol",
          Uint8Array.from(rows, ({ fact }) => (fact.symbol === null ? 0 : 1)),
        ),
        text("symbol", textColumn(rows.map(({ fact }) => fact.symbol ?? ""))),
      ],
    };
  }

  #openingRows(): StagedRows {
    const rows = this.#openings;
    const amounts = new BigUint64Array(4 * rows.length);
    rows.forEach(({ fact: { amount } }, row) => {
      writeAmount(amounts, row, amount < 0n ? -amount : amount);
    });
    return {
      table: "opening_facts",
      rowCount: rows.length,
      columns: [
        u32(
          "number",
          column(rows, ({ number }) => number),
        ),
        u32(
          "holding",
          column(rows, ({ holding }) => holding),
        ),
        u32(
          "height",
          column(rows, ({ fact }) => fact.height ?? unknown32),
        ),
        u8(
          "negative",
          Uint8Array.from(rows, ({ fact }) => (fact.amount < 0n ? 1 : 0)),
        ),
        u256("amount", amounts),
        text("source", textColumn(rows.map(({ fact }) => fact.source))),
      ],
    };
  }

  /** Forgets its rows. */
  restart(): void {
    this.#count = 0;
    this.records.count = 0;
    const texts = [this.#accountNames, this.#accountAbouts, this.#transactionNames, this.#transactionAbouts];
    for (const one of [this.records.keys, this.records.jsons, ...texts]) one.clear();
    for (const rows of [this.#assets, this.#openings, this.#accounts, this.#transactions]) rows.length = 0;
  }
}

function column<Row>(rows: readonly Row[], of: (row: Row) => number): Uint32Array {
  return Uint32Array.from(rows, of);
}

function textColumn(texts: readonly string[]): StringColumn {
  const all = new StringColumn();
  for (const one of texts) all.push(one);
  return all;
}
