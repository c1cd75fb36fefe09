import { instantOfSeconds } from "../money/instant.ts";
import { displayedAmount } from "./displayed-amount.ts";
import { addressOf, countOrNull, hashOf } from "./field.ts";
import type { FileState } from "./file-state.ts";
import type { Row } from "./row.ts";
import { plainName, slotsOf } from "./row-kind.ts";
import { secondsOrNull } from "./time-field.ts";
import { type Place, transferOf } from "./transfer.ts";

/**
 * Decimal places of amounts in lists of edges, whatever they count: valuations are written as doubles, with up to 16
 * places; 18 hold every one of them exactly.
 */
export const edgeDecimals = 18;

const slots = slotsOf("edge");

/**
 * Plain lists of transfers: `From,To,Value_in_USD,Tx_hash,Timestamp,Block`. The asset is what the amounts are said to
 * be in (`USD`). Rows of one transaction keep their order; a row of several files that says the same counts once, rows
 * of one file that say the same count each.
 */
export class EdgeRows {
  readonly #state: FileState;
  #asset = "";
  /** Of each transaction the transfers so far, by what they say, with their index. */
  readonly #indices = new Map<string, Map<string, number>>();
  readonly #alike = new Map<string, number>();

  constructor(state: FileState) {
    this.#state = state;
  }

  /** @param columns the file's header */
  beginFile(columns: readonly string[]): void {
    const column = columns.map(plainName).find((name) => name.startsWith("valuein")) ?? "";
    this.#asset = column.slice("valuein".length).toUpperCase();
    this.#state.seen.otherCurrencies.add(this.#asset);
    this.#alike.clear();
  }

  /** @throws EthereumRefusedError */
  add(row: Row): void {
    const transaction = hashOf(row.text(slots.hash), "the transaction's hash");
    const from = addressOf(row.text(slots.from), "from");
    const to = addressOf(row.text(slots.to), "to");
    const amount = displayedAmount(row.text(slots.amount), edgeDecimals, "the value");
    const seconds = secondsOrNull(row.text(slots.time), "the time");
    const height = countOrNull(row.text(slots.block), "the block");
    if (amount === 0n) return;
    const time = seconds === null ? null : instantOfSeconds(seconds);
    const place: Place = { transaction, height, position: null, time, dayOnly: false };
    const index = this.#indexOf(transaction, `${from} ${to} ${this.#asset} ${amount}`);
    this.#state.batch.push(transferOf(place, "listed", index, from, to, this.#asset, amount, false));
  }

  #indexOf(transaction: string, content: string): number {
    const said = `${transaction} ${content}`;
    const alike = this.#alike.get(said) ?? 0;
    this.#alike.set(said, alike + 1);
    let ofTransaction = this.#indices.get(transaction);
    if (ofTransaction === undefined) {
      ofTransaction = new Map();
      this.#indices.set(transaction, ofTransaction);
    }
    const own = `${content} ${alike}`;
    const index = ofTransaction.get(own) ?? ofTransaction.size;
    ofTransaction.set(own, index);
    return index;
  }
}
