import type { BankRecord, EntryRecord, OrderRecord, References, Side } from "../library/src/bank/record.ts";
import { noReferences } from "../library/src/bank/reference.ts";
import { Random } from "./random.ts";

const banks = ["AAAAUS33", "BBBBGB2L", "CCCCDEFF", "DDDDITMM", "EEEEFRPP"] as const;
const firstDay = Date.parse("2024-01-01");
const dayMs = 86_400_000;

/**
 * Bank records as sources mix them, `count` of them, the same for one seed. Of ten payments: three are plain rows
 * without a reference; four an order with a UETR that both banks book; two two legs with one UETR of which the payee's
 * bank books the last; one an order that comes back. A twelfth of the orders has a status.
 */
export function madeBankRecords(count: number, seed: number): BankRecord[] {
  const random = new Random(seed);
  const records: BankRecord[] = [];
  for (let n = 0; records.length < count; n++) {
    const made = new MadePayment(random, n, records.length);
    const kind = n % 10;
    if (kind < 3) records.push(made.order("row", noReferences));
    else if (kind < 7) records.push(made.order("one", made.references), made.entry(false), made.entry(true));
    else if (kind < 9) {
      records.push(made.order("one", made.references), made.order("two", made.references), made.entry(true));
    } else records.push(made.order("one", made.references), made.giveBack());
    if (n % 12 === 3) records.push(made.status());
  }
  return records.slice(0, count);
}

const hashes = new Map<string, string>();

/** One text a file, as readers give it. */
function hashOf(file: string): string {
  const hash = hashes.get(file) ?? file.padStart(64, "0");
  hashes.set(file, hash);
  return hash;
}

class MadePayment {
  readonly references: References;
  readonly #number: string;
  readonly #day: string;
  readonly #amount: string;
  readonly #debtor: Side;
  readonly #creditor: Side;
  #message: number;

  constructor(random: Random, n: number, message: number) {
    this.#number = String(n).padStart(8, "0");
    this.#message = message;
    this.#day = new Date(firstDay + dayMs * Math.floor(n / 3000)).toISOString().slice(0, 10);
    this.#amount = String(100 + random.below(1_000_000));
    this.#debtor = sideOf(random);
    this.#creditor = sideOf(random);
    const uetr = `${this.#number}-4a59-4e6f-8b7a-0c1d2e3f4a5b`;
    this.references = { ...noReferences, messageId: `MSG${this.#number}`, endToEndId: `E2E-${this.#number}`, uetr };
  }

  #base(file: string, message: string) {
    const source = { file, sha256: hashOf(file), message: ++this.#message };
    const places = { settled: `amount: line ${this.#message}`, settlementDate: `date: line ${this.#message}` };
    return { source, places, message, created: null };
  }

  order(leg: "row" | "one" | "two", references: References): OrderRecord {
    const [first, second] = [this.#debtor.agent, this.#creditor.agent];
    return {
      ...this.#base(leg === "row" ? "rows.csv" : `${leg}.xml`, leg === "row" ? "csv" : "pacs.008.001.08"),
      kind: "order",
      level: "customer",
      references,
      settled: { currency: "USD", amount: this.#amount },
      instructed: null,
      exchangeRate: null,
      settlementDate: this.#day,
      settlementTime: null,
      debtor: this.#debtor,
      creditor: this.#creditor,
      ultimateDebtor: null,
      ultimateCreditor: null,
      instructing: leg === "row" ? null : leg === "one" ? first : between,
      instructedAgent: leg === "row" ? null : leg === "one" ? between : second,
      intermediaries: [],
      chargeBearer: null,
      charges: [],
      remittance: leg === "row" ? [] : [`INVOICE ${this.#number}`],
      purpose: null,
      underlying: null,
      fate: null,
    };
  }

  entry(isCredit: boolean): EntryRecord {
    const [account, counterparty] = isCredit ? [this.#creditor, this.#debtor] : [this.#debtor, this.#creditor];
    const money = { currency: "USD", amount: this.#amount };
    const servicer = isCredit ? "CR" : "DR";
    return {
      ...this.#base("statement.xml", "camt.053.001.08"),
      kind: "entry",
      statement: `${account.account!.other} ${this.#day}`,
      level: "statement",
      account,
      number: this.#message,
      detail: null,
      entryMoney: money,
      money,
      isCredit,
      isReversal: false,
      status: "booked",
      bookingDate: this.#day,
      bookingTime: null,
      valueDate: this.#day,
      entryReference: null,
      servicerReference: `${servicer}${this.#number}`,
      references: this.references,
      counterparty,
      charges: [],
      remittance: [],
      code: "PMNT/RCDT/ESCT",
      returns: null,
    };
  }

  giveBack(): BankRecord {
    const { messageId, endToEndId, uetr } = this.references;
    const money = { currency: "USD", amount: this.#amount };
    const given = { messageId, messageName: null, instructionId: null, endToEndId, transactionId: null, uetr };
    return {
      ...this.#base("returns.xml", "pacs.004.001.09"),
      kind: "return",
      references: { ...noReferences, messageId: `RET${this.#number}` },
      original: { ...given, money, settlementDate: this.#day },
      returned: money,
      charges: [],
      settlementDate: this.#day,
      settlementTime: null,
      reason: "AC04",
      debtor: null,
      creditor: null,
    };
  }

  status(): BankRecord {
    const { uetr } = this.references;
    const names = { messageId: null, messageName: null, instructionId: null, endToEndId: null, transactionId: null };
    return {
      ...this.#base("statuses.xml", "pacs.002.001.10"),
      kind: "status",
      original: { ...names, uetr, money: null, settlementDate: null },
      status: "ACSC",
      reason: null,
    };
  }
}

const between = { bic: "ZZZZCHZZ", clearing: null, name: null };

/** One of 50,000 accounts, of which few make most payments. Made anew each time, as readers do. */
function sideOf(random: Random): Side {
  const account = Math.floor((random.next() / 2 ** 32) ** 2 * 50_000);
  return {
    account: { iban: null, other: String(1_000_000 + account), currency: null },
    party: { name: `Owner ${account}`, ids: [], country: null },
    agent: { bic: banks[account % banks.length]!, clearing: null, name: null },
  };
}
