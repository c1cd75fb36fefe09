import { BankValueError } from "../../errors/bank.ts";
import type { Charge, EntryRecord, MoneyText, Side, StatementRecord } from "../record.ts";
import { paymentReferences } from "./iso-credit-transfer.ts";
import { type IsoMessage, recordBase } from "./iso-message.ts";
import { agentOf, sideOf } from "./iso-parties.ts";
import { IsoReading, placeOf, remittanceLinesMax, textOf } from "./iso-reading.ts";
import type { XmlNode } from "./xml-node.ts";

interface Statement {
  readonly message: IsoMessage;
  readonly node: XmlNode;
  readonly id: string;
  readonly level: StatementRecord["level"];
  readonly account: Side;
  readonly accountPlaces: Record<string, string>;
  readonly accountNotes: readonly string[];
}

/** An entry whose details are handed on one by one, however many they are. */
interface OpenEntry {
  readonly node: XmlNode;
  readonly money: MoneyText;
  /** Details that ended, and of those the ones that say how much of the entry they are. */
  details: number;
  withMoney: number;
  /** Kept until it is known whether others follow. */
  first: XmlNode | null;
  /** Remittance text of details that say no amount. */
  readonly lines: string[];
  readonly batch: BatchNames;
}

/** The message and the block of it (PmtInfId) that an entry books, as it or all its details say; null: they differ. */
interface BatchNames {
  message?: XmlNode | null;
  block?: XmlNode | null;
}

/**
 * The entries of one statement, as records: one an entry, or, where an entry has several details that say their
 * amounts, one a detail. Relies on the order of the schema: what is true of the whole entry stands before its details.
 */
export class StatementEntries {
  readonly #statement: Statement;
  #number = 0;
  #entry: OpenEntry | null = null;
  /** An entry that cannot be read; it is set aside once, at its end. */
  #bad: XmlNode | null = null;

  constructor(statement: Statement) {
    this.#statement = statement;
  }

  get node(): XmlNode {
    return this.#statement.node;
  }

  get id(): string {
    return this.#statement.id;
  }

  get account(): Side {
    return this.#statement.account;
  }

  get accountPlaces(): Record<string, string> {
    return this.#statement.accountPlaces;
  }

  takeDetail(detail: XmlNode, node: XmlNode): void {
    const entry = this.#begin(node);
    if (entry === null) return;
    joinNames(entry.batch, namesOfBatch(detail, detail.parent!.child("Btch")));
    entry.details++;
    if (entry.details === 1) {
      entry.first = detail;
      return;
    }
    const { first } = entry;
    entry.first = null;
    try {
      if (first !== null) this.#takeOneOfMany(entry, first, 0);
    } catch (error) {
      if (!(error instanceof BankValueError)) throw error;
      this.#statement.message.setAside(first!, error.what);
    }
    this.#takeOneOfMany(entry, detail, entry.details - 1);
  }

  /** What holds the details (NtryDtls), at its end: it may name a batch without itemising it. */
  takeBatch(holder: XmlNode, node: XmlNode): void {
    const entry = this.#begin(node);
    if (entry !== null) joinNames(entry.batch, namesOfBatch(undefined, holder.child("Btch")));
  }

  /** @throws BankValueError where the entry cannot be read */
  take(node: XmlNode): void {
    let entry: OpenEntry | null;
    try {
      entry = this.#begin(node);
      if (entry === null) throw this.#moneyProblem(node);
      this.#end(entry);
    } finally {
      this.#entry = null;
      this.#bad = null;
      this.#number++;
    }
  }

  #end(entry: OpenEntry): void {
    const { message } = this.#statement;
    const without = entry.details - entry.withMoney;
    if (entry.details <= 1) {
      message.emit(this.#record(entry, entry.first, entry.first === null ? null : 0, entry.money, []));
    } else if (entry.withMoney === 0) {
      message.emit(this.#record(entry, null, null, entry.money, entry.lines));
    } else if (without > 0) {
      const all = `${without} of its ${entry.details} details say no amount in ${entry.money.currency}`;
      message.setAside(entry.node, `${all}; they stand for what the others leave of the entry`);
    }
  }

  #takeOneOfMany(entry: OpenEntry, detail: XmlNode, index: number): void {
    const reading = new IsoReading();
    const money = detailMoney(detail, entry.money.currency, reading);
    if (money === null) {
      if (entry.lines.length < remittanceLinesMax) entry.lines.push(...reading.remittance(detail.child("RmtInf")));
      return;
    }
    entry.withMoney++;
    this.#statement.message.emit(this.#record(entry, detail, index, money, []));
  }

  #begin(node: XmlNode): OpenEntry | null {
    if (this.#entry?.node === node) return this.#entry;
    if (this.#bad === node) return null;
    try {
      const money = new IsoReading().money("entryMoney", node.child("Amt"));
      if (money === null) throw this.#moneyProblem(node);
      this.#entry = { node, money, details: 0, withMoney: 0, first: null, lines: [], batch: {} };
      return this.#entry;
    } catch (error) {
      if (!(error instanceof BankValueError)) throw error;
      this.#bad = node;
      return null;
    }
  }

  #moneyProblem(node: XmlNode): BankValueError {
    const reading = new IsoReading();
    reading.money("entryMoney", node.child("Amt"));
    return reading.missing(node, "amount");
  }

  #record(
    entry: OpenEntry,
    detail: XmlNode | null,
    index: number | null,
    money: MoneyText,
    lines: readonly string[],
  ): EntryRecord {
    const reading = new IsoReading();
    const { message, id, level, account, accountPlaces, accountNotes } = this.#statement;
    const { node } = entry;
    Object.assign(reading.places, accountPlaces);
    reading.notes.push(...accountNotes);
    reading.places.entryMoney = placeOf(node.child("Amt")!);
    reading.places.money = reading.places.entryMoney;
    if (detail !== null) noteForeignMoney(detail, entry.details > 1 ? null : entry.money, reading);
    if (detail !== null && entry.details > 1) detailMoney(detail, money.currency, reading);
    const isCredit = isCreditOf(entry, detail, reading);
    const isReversal = /^(?:true|1)$/u.test(textOf(node.child("RvslInd")) ?? "");
    reading.tell(node.child("AddtlNtryInf"));
    reading.tell(detail?.child("AddtlTxInf"));
    return {
      kind: "entry",
      statement: id,
      level,
      account,
      number: this.#number,
      detail: index,
      entryMoney: entry.money,
      money,
      isCredit,
      isReversal,
      status: statusOf(node, level, reading),
      ...datesOf(node, reading),
      entryReference: reading.text("entryReference", node.child("NtryRef")),
      ...entryReferences(message, entry, detail, reading),
      counterparty: counterpartyOf(detail, isCredit !== isReversal, account, reading),
      charges: chargesOf(detail?.child("Chrgs") ?? node.child("Chrgs"), detail ?? node, reading),
      remittance: [...reading.remittance(detail?.child("RmtInf")), ...lines].slice(0, remittanceLinesMax),
      code: codeOf(detail?.child("BkTxCd"), reading) ?? codeOf(node.child("BkTxCd"), reading),
      returns: returnsOf(detail, reading),
      ...recordBase(message, reading),
    };
  }
}

function isCreditOf({ node }: OpenEntry, detail: XmlNode | null, reading: IsoReading): boolean {
  const own = detail?.child("CdtDbtInd");
  const sign = reading.firstText("isCredit", own, node.child("CdtDbtInd"));
  if (sign === "CRDT" || sign === "DBIT") return sign === "CRDT";
  const place = placeOf(own ?? node.child("CdtDbtInd") ?? node);
  throw new BankValueError({ place, value: sign, why: "says neither CRDT nor DBIT" });
}

const statuses = new Map<string, EntryRecord["status"]>(
  Object.entries({
    BOOK: "booked",
    PDNG: "pending",
    INFO: "information",
    FUTR: "future",
  } as const),
);

function statusOf(node: XmlNode, level: StatementRecord["level"], reading: IsoReading): EntryRecord["status"] {
  const code = reading.code("status", node.child("Sts"));
  const known = statuses.get(code ?? "");
  if (known !== undefined) return known;
  // A statement lists what is booked; of the others nobody can say.
  const taken = code === null && level === "statement" ? "booked" : "information";
  reading.note(node, `${code === null ? "no status" : `status "${code.slice(0, 40)}"`}: taken as ${taken}`);
  return taken;
}

function datesOf(node: XmlNode, reading: IsoReading) {
  const booking = node.child("BookgDt");
  return {
    bookingDate: reading.date("bookingDate", booking),
    bookingTime: reading.instant("bookingTime", booking?.child("DtTm")),
    valueDate: reading.date("valueDate", node.child("ValDt")),
  };
}

function namesOfBatch(detail: XmlNode | undefined, batch: XmlNode | undefined) {
  const refs = detail?.child("Refs");
  return {
    message: refs?.child("MsgId") ?? batch?.child("MsgId"),
    block: refs?.child("PmtInfId") ?? batch?.child("PmtInfId"),
  };
}

function joinNames(known: BatchNames, more: ReturnType<typeof namesOfBatch>): void {
  for (const name of ["message", "block"] as const) {
    const [one, next] = [known[name], more[name]];
    if (next === undefined || one === null) continue;
    known[name] = one === undefined || textOf(one) === textOf(next) ? (one ?? next) : null;
  }
}

/** References of the detail, else, of a batch, of the message that it came in. */
function entryReferences(message: IsoMessage, entry: OpenEntry, detail: XmlNode | null, reading: IsoReading) {
  const { node } = entry;
  const refs = detail?.child("Refs");
  const batch = detail === null ? entry.batch : namesOfBatch(detail, detail.parent!.child("Btch"));
  const own = paymentReferences(message, refs, reading);
  delete reading.places["references.messageId"];
  const ofServicer = reading.text("servicerReference", node.child("AcctSvcrRef"));
  if (ofServicer !== null) reading.tell(refs?.child("AcctSvcrRef"));
  return {
    servicerReference: ofServicer ?? reading.text("servicerReference", refs?.child("AcctSvcrRef")),
    // Not the statement's own id: that of the order's message.
    references: {
      ...own,
      messageId: reading.firstText("references.messageId", batch.message ?? undefined),
      related: reading.firstText("references.related", batch.block ?? undefined),
    },
  };
}

const nobody: Side = { account: null, party: null, agent: null };

/**
 * Who is on the other side: who paid, of a credit, who was paid, of a debit, and the other way round for a reversal.
 * Of a return some banks name the parties of the first payment: the account's own owner is never its counterparty.
 */
function counterpartyOf(detail: XmlNode | null, isPaid: boolean, own: Side, reading: IsoReading): Side {
  const parties = detail?.child("RltdPties");
  const agents = detail?.child("RltdAgts");
  const isOwn = ({ account }: Side) =>
    account !== null && account.iban === own.account?.iban && account.other === own.account?.other;
  const sides = (["Dbtr", "Cdtr"] as const).map((end) => {
    const read = (into: IsoReading) =>
      sideOf(
        "counterparty",
        { party: parties?.child(end), account: parties?.child(`${end}Acct`), agent: agents?.child(`${end}Agt`) },
        into,
      );
    return { read, side: read(new IsoReading()) };
  });
  const [expected, other] = isPaid ? sides : sides.toReversed();
  const isKnown = ({ account, party }: Side) => account !== null || party !== null;
  if (isOwn(expected!.side)) return isOwn(other!.side) ? nobody : other!.read(reading);
  const isOther = !isKnown(expected!.side) && other!.side.account !== null && !isOwn(other!.side);
  if (isOther) return other!.read(reading);
  const side = expected!.read(reading);
  if (isKnown(side) || side.agent !== null) return side;
  // Of an account that a bank has at a clearing system: the bank that sent, or got, the message.
  return { ...side, agent: agentOf("counterparty.agent", agents?.child(isPaid ? "InstgAgt" : "InstdAgt"), reading) };
}

/** What a detail says that it is of the entry, in the entry's currency. */
function detailMoney(detail: XmlNode, currency: string, reading: IsoReading): MoneyText | null {
  const amounts = detail.child("AmtDtls");
  for (const node of [detail.child("Amt"), amounts?.at("TxAmt", "Amt"), amounts?.at("InstdAmt", "Amt")]) {
    if (node?.currency === currency) return reading.money("money", node);
  }
  return null;
}

/** Amounts of another currency, and of the only detail another amount than the entry's. */
function noteForeignMoney(detail: XmlNode, entry: MoneyText | null, reading: IsoReading): void {
  const amounts = detail.child("AmtDtls");
  for (const part of amounts?.children ?? []) {
    const node = part.child("Amt");
    const money = node === undefined ? null : new IsoReading().softMoney("", node);
    if (money === null) continue;
    const isSame = entry !== null && money.currency === entry.currency && money.amount === entry.amount;
    if (!isSame && (entry !== null || part.name !== "TxAmt")) {
      const rate = textOf(part.at("CcyXchg", "XchgRate"));
      reading.note(node!, `${money.amount} ${money.currency} (minor units)${rate === null ? "" : ` at ${rate}`}`);
    }
  }
}

/** `Chrgs` with `Rcrd` (from version 04), or each by itself; what the bank gave back is a note. */
function chargesOf(first: XmlNode | undefined, holder: XmlNode, reading: IsoReading): Charge[] {
  if (first === undefined) return [];
  const charges: Charge[] = [];
  const all = holder.all("Chrgs").flatMap((one) => (one.child("Rcrd") === undefined ? [one] : one.all("Rcrd")));
  for (const one of all) {
    const field = `charges.${charges.length}`;
    const node = one.child("Amt") ?? one.child("TtlChrgsAndTaxAmt");
    const money = reading.softMoney(field, node);
    if (money === null) continue;
    if (textOf(one.child("CdtDbtInd")) === "CRDT") reading.note(one, `${money.amount} ${money.currency} given back`);
    else charges.push({ money, agent: agentOf(`${field}.agent`, one.child("Agt") ?? one.child("Pty"), reading) });
  }
  return charges;
}

/** `PMNT/RCDT/ESCT`, or the bank's own code. */
function codeOf(node: XmlNode | undefined, reading: IsoReading): string | null {
  const domain = node?.child("Domn");
  const parts = [domain?.child("Cd"), domain?.at("Fmly", "Cd"), domain?.at("Fmly", "SubFmlyCd")].map(textOf);
  const standard = parts.filter((part) => part !== null).join("/");
  const own = node?.at("Prtry", "Cd");
  const code = standard === "" ? textOf(own) : standard;
  if (code !== null) reading.places.code = placeOf(node!);
  return code;
}

function returnsOf(detail: XmlNode | null, reading: IsoReading): EntryRecord["returns"] {
  const info = detail?.child("RtrInf");
  if (info === undefined) return null;
  for (const words of info.all("AddtlInf")) reading.tell(words);
  return { reason: reading.code("returns.reason", info.child("Rsn") ?? info.child("RtrRsn")) };
}
