import type { Side, StatementBalance, StatementRecord } from "../record.ts";
import { StatementEntries } from "./iso-entry.ts";
import { type Family, type IsoMessage, type MessageReader, messageId, recordBase } from "./iso-message.ts";
import { agentOf, sideOf } from "./iso-parties.ts";
import { IsoReading, textOf } from "./iso-reading.ts";
import type { XmlNode } from "./xml-node.ts";

const details = { TxDtls: {} };
const entries = { Ntry: { NtryDtls: details, ...details } };

/** camt.053, statements; camt.052, reports within the day; camt.054, notifications. */
export function statement(level: StatementRecord["level"]): Family {
  return {
    handedOn: { Stmt: entries, Rpt: entries, Ntfctn: entries },
    begin: (message) => new StatementReader(message, level),
  };
}

class StatementReader implements MessageReader {
  readonly #message: IsoMessage;
  readonly #level: StatementRecord["level"];
  #statements = 0;
  #entries: StatementEntries | null = null;

  constructor(message: IsoMessage, level: StatementRecord["level"]) {
    this.#message = message;
    this.#level = level;
  }

  take(node: XmlNode): void {
    if (node.name === "Ntry") this.#entriesOf(node.parent!).take(node);
    else if (node.name === "TxDtls") {
      const entry = node.parent!.name === "Ntry" ? node.parent! : node.parent!.parent!;
      this.#entriesOf(entry.parent!).takeDetail(node, entry);
    } else if (node.name === "NtryDtls") {
      this.#entriesOf(node.parent!.parent!).takeBatch(node, node.parent!);
    } else {
      const { id, account, accountPlaces } = this.#entriesOf(node);
      this.#entries = null;
      this.#message.emit(this.#statementOf(node, id, account, accountPlaces));
    }
  }

  end(): void {}

  /** What is needed of a statement's beginning to read its entries. */
  #entriesOf(node: XmlNode): StatementEntries {
    if (this.#entries?.node === node) return this.#entries;
    this.#statements++;
    const id =
      textOf(node.child("Id")) ?? `${textOf(this.#message.root.at("GrpHdr", "MsgId")) ?? ""}#${this.#statements}`;
    const reading = new IsoReading();
    const account = accountSide(node.child("Acct"), reading);
    this.#entries = new StatementEntries({
      message: this.#message,
      node,
      id,
      level: this.#level,
      account,
      accountPlaces: reading.places,
      accountNotes: reading.notes,
    });
    return this.#entries;
  }

  #statementOf(node: XmlNode, id: string, account: Side, accountPlaces: Record<string, string>): StatementRecord {
    const reading = new IsoReading();
    Object.assign(reading.places, accountPlaces);
    const period = node.child("FrToDt") ?? node.at("RptgPrd", "FrToDt");
    reading.text("id", node.child("Id"));
    messageId(this.#message, reading);
    return {
      kind: "statement",
      id,
      sequence: this.#sequence(node, reading),
      level: this.#level,
      account,
      from: reading.instant("from", period?.child("FrDtTm")),
      to: reading.instant("to", period?.child("ToDtTm")),
      balances: balancesOf(node, reading),
      ...recordBase(this.#message, reading),
    };
  }

  /** The number of the statement; of one in pages `number/page`, as MT 28C has it. */
  #sequence(node: XmlNode, reading: IsoReading): string | null {
    const number = reading.firstText("sequence", node.child("ElctrncSeqNb"), node.child("LglSeqNb"));
    const pages = node.child("StmtPgntn") ?? node.child("RptPgntn") ?? this.#message.root.at("GrpHdr", "MsgPgntn");
    const page = textOf(pages?.child("PgNb"));
    const isWhole = page === null || (Number(page) === 1 && textOf(pages!.child("LastPgInd")) === "true");
    return isWhole || number === null ? number : `${number}/${page}`;
  }
}

function accountSide(node: XmlNode | undefined, reading: IsoReading): Side {
  const { account, party } = sideOf(
    "account",
    { account: node, party: node?.child("Ownr"), agent: undefined },
    reading,
  );
  return { account, party, agent: agentOf("account.agent", node?.child("Svcr"), reading) };
}

const kinds = new Map<string, StatementBalance["kind"]>(
  Object.entries({
    OPBD: "opening",
    PRCD: "opening",
    CLBD: "closing",
    ITBD: "interim",
    OPAV: "available",
    CLAV: "available",
    ITAV: "available",
    FWAV: "available",
  } as const),
);

/** Booked and available balances. An opening or closing one of a page that is not the first or last is interim. */
function balancesOf(node: XmlNode, reading: IsoReading): StatementBalance[] {
  const all = node.all("Bal");
  const hasOpening = all.some((one) => codeOf(one) === "OPBD");
  const balances: StatementBalance[] = [];
  for (const balance of all) {
    const code = codeOf(balance);
    const kind = kinds.get(code ?? "");
    const money = reading.softMoney(`balances.${balances.length}`, balance.child("Amt"));
    // The closing balance of the time before is this one's opening, and may be told twice.
    if (kind === undefined || money === null || (code === "PRCD" && hasOpening)) {
      reading.note(
        balance,
        `${code ?? "a balance"} ${money === null ? "" : `${money.amount} ${money.currency}`}`.trim(),
      );
      continue;
    }
    const isPage = textOf(balance.at("Tp", "SubTp", "Cd")) === "INTM";
    balances.push({
      kind: isPage && kind !== "available" ? "interim" : kind,
      money,
      isDebit: textOf(balance.child("CdtDbtInd")) === "DBIT",
      date: reading.date(`balances.${balances.length}.date`, balance.child("Dt")),
    });
  }
  return balances;
}

function codeOf(balance: XmlNode): string | null {
  const type = balance.child("Tp");
  const code = type?.child("CdOrPrtry") ?? type;
  return textOf(code?.child("Cd") ?? code?.child("Prtry"));
}
