import type { BankFile } from "../bank-file.ts";
import type { Draft } from "../draft.ts";
import type { OrderRecord, Side, StatementBalance, StatementRecord } from "../record.ts";
import type { CsvRecordReader } from "./csv-record.ts";

/** A row that says that an account paid another. */
export function orderOfRow(reader: CsvRecordReader, _line: number, row: number, file: BankFile): OrderRecord {
  const draft: Draft = { places: {}, notes: [] };
  const { mapping } = reader;
  const currency = reader.currency(draft);
  const { amount, isDebit } = reader.amount(currency, draft, "settled");
  if (isDebit && mapping.amount!.kind === "signed") throw reader.fail("its amount is negative");
  const time = reader.time(mapping.date, draft, "settlementDate");
  if (time === null) throw reader.fail("it has no date");
  const fate = reader.status(draft) as OrderRecord["fate"];
  const debtor = reader.side(mapping.from, draft, "debtor");
  const creditor = reader.side(mapping.to, draft, "creditor");
  if (isNobody(debtor) && isNobody(creditor)) throw reader.fail("it names nobody");
  const references = reader.references(draft);
  const remittance = reader.remittance(draft);
  const purpose = reader.text(mapping.purpose, draft, "purpose") || null;
  const charges = reader.charges(currency, draft);
  reader.noteOthers(draft);
  return {
    kind: "order",
    source: { file: file.file, sha256: file.sha256, message: row },
    places: draft.places,
    message: "csv",
    created: null,
    level: "customer",
    references,
    settled: { currency, amount },
    instructed: null,
    exchangeRate: null,
    settlementDate: time.day,
    settlementTime: time.time,
    debtor,
    creditor,
    ultimateDebtor: null,
    ultimateCreditor: null,
    instructing: null,
    instructedAgent: null,
    intermediaries: [],
    chargeBearer: null,
    charges,
    remittance,
    purpose,
    underlying: null,
    fate,
    ...(draft.notes.length === 0 ? {} : { notes: draft.notes }),
  };
}

export const isNobody = ({ account, party, agent }: Side): boolean =>
  account === null && party === null && agent === null;

/** A row that says what an account held. */
export function balanceOf(reader: CsvRecordReader, _line: number, row: number, file: BankFile): StatementRecord {
  const draft: Draft = { places: {}, notes: [] };
  const { mapping } = reader;
  const currency = reader.currency(draft);
  const account = reader.side(mapping.account, draft, "account");
  if (isNobody(account)) throw reader.fail("it names no account");
  const time = reader.time(mapping.date, draft, "date");
  const balances: StatementBalance[] = [];
  for (const kind of ["opening", "closing"] as const) {
    const cell = mapping[kind];
    if (cell === null) continue;
    const money = reader.money(cell, currency, draft, `balances.${balances.length}`);
    if (money === null) continue;
    balances.push({
      kind,
      money: { currency, amount: money.amount },
      isDebit: money.isNegative,
      date: time?.day ?? null,
    });
  }
  if (balances.length === 0) throw reader.fail("it has no balance");
  reader.noteOthers(draft);
  const holder = account.account?.iban ?? account.account?.other ?? account.party?.name ?? "";
  return {
    kind: "statement",
    source: { file: file.file, sha256: file.sha256, message: row },
    places: draft.places,
    message: "csv",
    created: null,
    id: `csv ${file.sha256.slice(0, 16)} ${row} ${holder}`,
    sequence: null,
    level: "statement",
    account,
    from: null,
    to: null,
    balances,
    ...(draft.notes.length === 0 ? {} : { notes: draft.notes }),
  };
}
