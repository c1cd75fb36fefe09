import type { Instant } from "../../money/instant.ts";
import { dayOfDate, instantOfDay } from "../calendar-day.ts";
import type { BankTransfer, Payment } from "../settled.ts";
import { type Flow, newFlow } from "./flow.ts";
import { MadePayment } from "./made-payment.ts";
import { type AboutTexts, aboutOf } from "./payment-about.ts";
import type { PlainRows } from "./plain-rows.ts";

/**
 * The payment that a plain row is. It holds its place, its key and its time: of a million payments little is asked
 * but these, and what is asked of one is read from its row.
 */
export class RowPayment extends MadePayment implements Payment {
  readonly key: string;
  readonly time: Instant;
  readonly #rows: PlainRows;
  readonly #row: number;

  constructor(rows: PlainRows, row: number) {
    super();
    const { time, day } = rows.orders.timeAt(row);
    this.key = rows.keys[row]!;
    this.time = time ?? instantOfDay(dayOfDate(day)!);
    this.#rows = rows;
    this.#row = row;
  }

  /** Where it was listed. */
  get rank(): number {
    return this.#rows.ranks[this.#row]!;
  }

  get dayOnly(): boolean {
    return this.#rows.orders.timeAt(this.#row).time === null;
  }

  get transfers(): readonly BankTransfer[] {
    const { orders, accounts } = this.#rows;
    const row = this.#row;
    const [from, to] = [accounts[orders.debtorAt(row)]!, accounts[orders.creditorAt(row)]!];
    return [{ from, to, currency: orders.currencyAt(row), amount: BigInt(orders.amount[row]!), isFee: false }];
  }

  get returns(): null {
    return null;
  }

  get about(): Readonly<Record<string, unknown>> {
    return aboutOf(this.#flow(), []);
  }

  aboutText(texts: AboutTexts): string {
    return texts.textOf(this.#flow(), []);
  }

  #flow(): Flow {
    const { orders, ranks } = this.#rows;
    const order = orders.record(this.#row);
    const flow = newFlow("payment", ranks[this.#row]!);
    flow.legs = [order];
    flow.debtor = order.debtor;
    flow.creditor = order.creditor;
    return flow;
  }
}

/** The payments of all rows that were not raised, in listing order. */
export function rowPayments(plain: readonly PlainRows[]): RowPayment[] {
  const payments: RowPayment[] = [];
  for (const rows of plain) {
    for (let row = 0; row < rows.ranks.length; row++) {
      if (rows.isRaised[row] === 0) payments.push(new RowPayment(rows, row));
    }
  }
  return payments;
}
