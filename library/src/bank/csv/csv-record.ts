import { CsvRowError } from "../../errors/bank-csv.ts";
import { NumberedTexts } from "../../sets/numbered-texts.ts";
import { accountOf } from "../account-of.ts";
import { parseBic } from "../bic.ts";
import type { Draft } from "../draft.ts";
import { isCurrency } from "../minor-units.ts";
import type { Agent, Charge, Party, References, Side } from "../record.ts";
import { noReferences } from "../reference.ts";
import { type CsvMoney, csvAmount } from "./csv-amount.ts";
import type { CsvTime } from "./csv-date.ts";
import { type CsvCell, type CsvDate, type CsvMapping, type CsvSide, type CsvStatus, cellsOf } from "./csv-mapping.ts";

/** How much of a cell a reason repeats. */
const quotedMax = 40;
const quoted = (text: string) => JSON.stringify(text.length > quotedMax ? `${text.slice(0, quotedMax)}…` : text);

/** Full, they are made anew. */
const sidesKeptMax = 100_000;

const isAccountAlone = ({ name, id, country, bank, clearing }: CsvSide) =>
  name == null && id == null && country == null && bank == null && clearing == null;

/** A cell as the row reader needs it: its columns as positions, and how a place calls them. */
interface Reading {
  readonly at: readonly number[];
  readonly constant: string | null;
  readonly name: string;
}

const namesOf = (side: string) => ({
  side,
  account: `${side}.account`,
  party: `${side}.party`,
  agent: `${side}.agent`,
});
type SideNames = ReturnType<typeof namesOf>;
/** Names in places, put together once. */
const sideNames = {
  debtor: namesOf("debtor"),
  creditor: namesOf("creditor"),
  account: namesOf("account"),
  counterparty: namesOf("counterparty"),
};

/** A side that rows have had before. */
export interface KnownSide {
  readonly side: Side;
  /** Among the sides of the plain orders; -1 where it is not there yet. */
  place: number;
  readonly hasNotes: boolean;
}

const nobody: Side = { account: null, party: null, agent: null };

function partyOf(name: string, id: string, country: string): Party | null {
  if (name === "" && id === "") return null;
  return {
    name: name || null,
    ids: id === "" ? [] : [id],
    country: /^[A-Z]{2}$/u.test(country) ? country : null,
  };
}

function agentOf(bank: string, clearing: string): Agent | null {
  if (bank === "" && clearing === "") return null;
  const bic = parseBic(bank);
  return { bic, clearing: clearing || null, name: bic === null && bank !== "" ? bank : null };
}

/**
 * One row's values by a mapping. The columns are looked up once, for all rows.
 * Its methods throw CsvRowError where a cell does not hold what it should.
 */
export class CsvRecordReader {
  readonly mapping: CsvMapping;
  readonly #readings = new Map<CsvCell, Reading>();
  /** Columns that the mapping does not name, with their names. */
  readonly #others: readonly { readonly at: number; readonly name: string }[];
  readonly #hasNoReferences: boolean;
  /** By what their cells say: sides come again in many rows, and each is one object in all of them. */
  #saidBy = new NumberedTexts();
  readonly #sides: KnownSide[] = [];
  #cells: readonly string[] = [];
  #line = 0;

  /**
   * @param position of a column, from 0
   * @param names of all columns, as the header or the number gives them
   */
  constructor(mapping: CsvMapping, position: (column: string | number) => number, names: readonly string[]) {
    this.mapping = mapping;
    const used = new Set<number>();
    for (const cell of cellsOf(mapping)) {
      const at = "columns" in cell ? cell.columns.map(position) : [];
      for (const one of at) used.add(one);
      const name = at.map((one) => names[one] ?? `column ${one + 1}`).join(", ");
      this.#readings.set(cell, { at, constant: "constant" in cell ? cell.constant : null, name });
    }
    this.#hasNoReferences = Object.keys(mapping.references).length === 0;
    this.#others = names.flatMap((name, at) => (used.has(at) ? [] : [{ at, name }]));
  }

  /** Goes on to a row. */
  row(cells: readonly string[], line: number): void {
    this.#cells = cells;
    this.#line = line;
  }

  /** A cell's text without blanks around it; empty where the mapping has no such cell. */
  text(cell: CsvCell | null | undefined, draft: Draft | null = null, name = ""): string {
    if (cell == null) return "";
    const reading = this.#readings.get(cell)!;
    if (reading.constant !== null) return reading.constant;
    const text =
      reading.at.length === 1
        ? (this.#cells[reading.at[0]!] ?? "").trim()
        : reading.at
            .map((at) => (this.#cells[at] ?? "").trim())
            .filter((part) => part !== "")
            .join(" ");
    if (draft !== null && text !== "") draft.places[name] = `${reading.name}: line ${this.#line}`;
    return text;
  }

  money(cell: CsvCell, code: string, draft: Draft | null, name: string): CsvMoney | null {
    const text = this.text(cell, draft, name);
    if (text === "") return null;
    const money = csvAmount(text, code, this.mapping);
    if (money === null) throw this.#fail(cell, `${quoted(text)} is no amount of ${code}`);
    return money;
  }

  currency(draft: Draft | null): string {
    const code = this.text(this.mapping.currency, draft, "currency").toUpperCase();
    if (!isCurrency(code)) throw this.#fail(this.mapping.currency, `${quoted(code)} is no currency`);
    return code;
  }

  /** What the row moves: its money, and whether it is a debit. */
  amount(code: string, draft: Draft | null, name: string): { amount: string; isDebit: boolean } {
    const given = this.mapping.amount!;
    if (given.kind === "two-columns") {
      const debit = this.money(given.debit, code, draft, name);
      const credit = this.money(given.credit, code, draft, name);
      // Zeros stand where nothing moved.
      const isDebit = debit !== null && debit.amount !== "0";
      const isCredit = credit !== null && credit.amount !== "0";
      if (isDebit && isCredit) throw this.fail("it has both a debit and a credit");
      const own = isDebit ? debit : (credit ?? debit);
      if (own === null) throw this.fail("it has neither a debit nor a credit");
      // A debit column may have its amounts with a minus; a credit with one takes money away.
      return { amount: own.amount, isDebit: isDebit || (isCredit && own.isNegative) };
    }
    const money = this.money(given.value, code, draft, name);
    if (money === null) throw this.#fail(given.value, `there is no amount`);
    if (given.kind === "signed") return { amount: money.amount, isDebit: money.isNegative };
    const mark = this.text(given.mark, draft, "mark").toUpperCase();
    const isDebit = given.debit.has(mark);
    if (!isDebit && !given.credit.has(mark)) {
      throw this.#fail(given.mark, `${quoted(mark)} is neither a mark of debits nor of credits`);
    }
    // Amounts beside a mark may carry the sign too, but not another one.
    if (money.isNegative && !isDebit) throw this.#fail(given.value, `a credit is negative`);
    return { amount: money.amount, isDebit };
  }

  time(date: CsvDate | null, draft: Draft | null, name: string): CsvTime | null {
    if (date === null) return null;
    const text = this.text(date.cell, draft, name);
    if (text === "") return null;
    const time = date.format(text);
    if (time === null) throw this.#fail(date.cell, `${quoted(text)} is no date of its format`);
    return time;
  }

  side(side: CsvSide | null, draft: Draft, name: keyof typeof sideNames): Side {
    return side === null ? nobody : this.#side(side, draft, sideNames[name]).side;
  }

  /** A side without its places; null where there is none, or something to note about it. */
  plainSide(side: CsvSide | null): KnownSide | null {
    if (side === null) return null;
    const known = this.#side(side, null, sideNames.account);
    return known.hasNotes ? null : known;
  }

  #side(side: CsvSide, draft: Draft | null, names: SideNames): KnownSide {
    const id = this.text(side.account, draft, names.account);
    const owner = this.text(side.name, draft, names.party);
    const ownId = this.text(side.id);
    const country = this.text(side.country).toUpperCase();
    const bank = this.text(side.bank, draft, names.agent);
    const clearing = this.text(side.clearing, draft, names.agent);
    const said = isAccountAlone(side) ? id : [id, owner, ownId, country, bank, clearing].join("\n");
    const known = this.#saidBy.find(said);
    if (known >= 0) return this.#sides[known]!;
    const notes: string[] = [];
    const made: Side = {
      account: accountOf(id, draft?.places[names.account] ?? names.side, notes),
      party: partyOf(owner, ownId, country),
      agent: agentOf(bank, clearing),
    };
    // What has a note is made, and noted, in each row.
    if (notes.length === 0) return this.#keep(said, made);
    draft?.notes.push(...notes);
    return { side: made, place: -1, hasNotes: true };
  }

  #keep(said: string, side: Side): KnownSide {
    if (this.#sides.length >= sidesKeptMax) {
      this.#saidBy = new NumberedTexts();
      this.#sides.length = 0;
    }
    const kept: KnownSide = { side, place: -1, hasNotes: false };
    this.#sides[this.#saidBy.give(said)] = kept;
    return kept;
  }

  references(draft: Draft | null): References {
    const given = this.mapping.references;
    if (this.#hasNoReferences) return noReferences;
    const text = (name: keyof typeof given, field: string) =>
      this.text(given[name], draft, `references.${field}`) || null;
    return {
      messageId: text("message", "messageId"),
      instructionId: text("instruction", "instructionId"),
      endToEndId: text("endToEnd", "endToEndId"),
      transactionId: text("transaction", "transactionId"),
      uetr: text("uetr", "uetr")?.toLowerCase() ?? null,
      clearingReference: text("clearing", "clearingReference"),
      related: text("related", "related"),
    };
  }

  remittance(draft: Draft): string[] {
    const lines: string[] = [];
    for (const cell of this.mapping.remittance) {
      const text = this.text(cell, draft, "remittance");
      if (text !== "") lines.push(text);
    }
    return lines;
  }

  status(draft: Draft): CsvStatus | null {
    const { status } = this.mapping;
    if (status === null) return null;
    const text = this.text(status.cell, draft, "status");
    const meant = status.values.get(text.toUpperCase()) ?? status.other;
    if (meant === null) throw this.#fail(status.cell, `the mapping does not say what ${quoted(text)} means`);
    return meant;
  }

  charges(code: string, draft: Draft): Charge[] {
    const { charges } = this.mapping;
    if (charges === null) return [];
    const own = charges.currency === null ? code : this.text(charges.currency).toUpperCase() || code;
    if (!isCurrency(own)) throw this.#fail(charges.currency!, `${quoted(own)} is no currency`);
    const money = this.money(charges.cell, own, draft, "charges.0");
    if (money === null || money.amount === "0") return [];
    return [{ money: { currency: own, amount: money.amount }, agent: null }];
  }

  /** What else the row says, a note for each column that is not empty. */
  noteOthers(draft: Draft): void {
    for (const { at, name } of this.#others) {
      const text = (this.#cells[at] ?? "").trim();
      if (text !== "") draft.notes.push(`${name}: ${text}`);
    }
  }

  /** For a row that cannot be used. */
  fail(why: string): CsvRowError {
    return new CsvRowError({ line: this.#line, column: null, why });
  }

  #fail(cell: CsvCell, why: string): CsvRowError {
    return new CsvRowError({ line: this.#line, column: this.#readings.get(cell)?.name || null, why });
  }
}
