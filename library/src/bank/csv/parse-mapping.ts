import { parse as parseYaml } from "yaml";
import { CsvMappingError } from "../../errors/bank-csv.ts";
import { isCurrency } from "../minor-units.ts";
import { dayFormat } from "./csv-date.ts";
import {
  type CsvAmount,
  type CsvCell,
  type CsvColumn,
  type CsvDate,
  type CsvMapping,
  type CsvSide,
  type CsvStatus,
  cellsOf,
  fates,
  referenceNames,
  statuses,
} from "./csv-mapping.ts";

/** A mapping is written by hand. */
const mappingCharactersMax = 100_000;
/** A column's name in a header; longer ones are another kind of file. */
const nameCharactersMax = 200;

const keys = {
  transfers: "date amount currency from to references remittance purpose status charges",
  entries:
    "date valueDate amount currency account counterparty references remittance purpose status charges opening " +
    "closing balance order",
  balances: "date currency account opening closing",
} as const;
const formatKeys = "rows delimiter quote encoding skip header decimal thousands zone";

/**
 * Reads a mapping file, YAML or JSON, that says how the rows of a bank's CSV become records:
 *
 * ```yaml
 * rows: transfers        # each row an order from one account to another; or `entries` (of one account's statement, or
 *                        # several accounts'), or `balances` (an account's balance in each row)
 * delimiter: ";"         # one character, or `tab`; default `,`
 * quote: "'"             # one character, or `none`; default `"`
 * encoding: windows-1252 # default utf-8; also iso-8859-15, utf-16le and what else TextDecoder knows
 * skip: 4                # lines before the header; default 0
 * header: false          # no row of names: columns are given by number; default true
 * decimal: ","           # default `.`
 * thousands: "."         # sign between groups of digits (`space`: any blank); default none
 * zone: "+01:00"         # of times that have none; default UTC
 * date: { column: Booked, format: DD.MM.YYYY }
 * amount: { value: Amount, mark: "D/C", debit: [D], credit: [C] }
 * currency: { constant: EUR }
 * ```
 *
 * A *cell* is a column's name, its number from 1, `{ column: … }`, or `{ constant: … }`. Keys by kind of rows:
 *
 * - transfers: `date`, `amount`, `currency`, `from`, `to` (all four must be there), `references`, `remittance`,
 *   `purpose`, `status`, `charges`
 * - entries: `date`, `amount`, `currency`, `account` (must be there), `counterparty`, `valueDate`, `references`,
 *   `remittance`, `purpose`, `status`, `charges`, `opening` and `closing` or `balance` (after each entry), `order`
 *   (`oldest-first`, or `newest-first`)
 * - balances: `account`, `currency` (must be there), `date`, `opening`, `closing` (one of the two)
 *
 * `date`, `valueDate`: a cell or `{ column | columns: [day, time] | constant, format, epoch }`; the format is `ISO`
 * (the default), `days` or `steps` since `epoch`, `unix` (seconds), `unix-ms`, or made of YYYY YY MMM MM M DD D HH H
 * mm ss A and other signs as they stand. `amount`: a cell with a sign (a negative one is a debit), or `{ debit, credit
 * }` with a column each, or `{ value, mark, debit: [texts], credit: [texts] }`. `from`, `to`, `account`,
 * `counterparty`: a cell with the account, or `{ account, name, bank, clearing, id, country }`; `bank` is a BIC or a
 * name. `references`: `{ message, instruction, endToEnd, transaction, uetr, clearing, related, entry, servicer }`.
 * `remittance`: a cell or a list. `status`: `{ column, values: { Text: settled }, other: held }`; for transfers
 * settled, instructed, held, rejected; for entries booked, pending, information, future. `charges`: a cell or `{
 * value, currency }`. Columns that the mapping does not name are kept as notes.
 *
 * @param file its path, for messages
 * @throws CsvMappingError
 */
export function parseMapping(text: string, file: string): CsvMapping {
  if (text.length > mappingCharactersMax) {
    throw new CsvMappingError({ file, key: null, why: `it is longer than ${mappingCharactersMax} characters` });
  }
  let document: unknown;
  try {
    document = parseYaml(text, { maxAliasCount: 0 });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split("\n", 1)[0]!.slice(0, 200) : "it is neither YAML nor JSON";
    throw new CsvMappingError({ file, key: null, why: `is neither YAML nor JSON: ${why}` }, cause);
  }
  return new MappingReader(file).mapping(document);
}

type Entries = Readonly<Record<string, unknown>>;

class MappingReader {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  mapping(document: unknown): CsvMapping {
    const root = this.#object(document, null);
    const rows = this.#oneOf(root.rows, "rows", ["transfers", "entries", "balances"] as const, null);
    this.#known(root, null, `${formatKeys} ${keys[rows]}`, `for rows of ${rows}`);
    const zone = this.#text(root.zone ?? "+00:00", "zone");
    const cell = (key: string) => (root[key] === undefined ? null : this.#cell(root[key], key));
    const side = (key: string) => (root[key] === undefined ? null : this.#side(root[key], key));
    const date = (key: string) => (root[key] === undefined ? null : this.#date(root[key], key, zone));
    const mapping: CsvMapping = {
      name: this.#file,
      rows,
      ...this.#format(root),
      order: this.#oneOf(root.order, "order", ["oldest-first", "newest-first"] as const, "oldest-first"),
      date: date("date"),
      valueDate: date("valueDate"),
      amount: root.amount === undefined ? null : this.#amount(root.amount),
      currency: this.#currency(root.currency),
      from: side("from"),
      to: side("to"),
      account: side("account"),
      counterparty: side("counterparty"),
      references: this.#references(root.references),
      remittance: this.#cells(root.remittance, "remittance"),
      purpose: cell("purpose"),
      status: root.status === undefined ? null : this.#status(root.status, rows),
      charges: root.charges === undefined ? null : this.#charges(root.charges),
      opening: cell("opening"),
      closing: cell("closing"),
      balance: cell("balance"),
    };
    this.#complete(mapping);
    return mapping;
  }

  #fail(key: string | null, why: string): CsvMappingError {
    return new CsvMappingError({ file: this.#file, key, why });
  }

  #format(root: Entries) {
    const sign = (key: string, words: Readonly<Record<string, string | null>>, otherwise: string | null) => {
      if (root[key] === undefined) return otherwise;
      const text = this.#text(root[key], key);
      const word = words[text];
      if (word !== undefined) return word;
      if (text.length !== 1 || /[\r\n]/u.test(text)) {
        throw this.#fail(
          key,
          `must be one character${Object.keys(words)
            .map((name) => `, or ${name}`)
            .join("")}`,
        );
      }
      return text;
    };
    const delimiter = sign("delimiter", { tab: "\t" }, ",")!;
    const quote = sign("quote", { none: null }, '"');
    const decimal = this.#oneOf(root.decimal, "decimal", [".", ","] as const, ".");
    const thousands = sign("thousands", { space: " ", none: null }, null);
    if (delimiter === quote) throw this.#fail("quote", "is the delimiter too");
    if (thousands === decimal) throw this.#fail("thousands", "is the decimal sign too");
    const encoding = this.#text(root.encoding ?? "utf-8", "encoding");
    try {
      new TextDecoder(encoding);
    } catch {
      throw this.#fail("encoding", `is not known: ${encoding.slice(0, 40)}`);
    }
    const skip = root.skip ?? 0;
    if (typeof skip !== "number" || !Number.isInteger(skip) || skip < 0 || skip > 1000) {
      throw this.#fail("skip", "must be a number of lines, at most 1000");
    }
    const header = root.header ?? true;
    if (typeof header !== "boolean") throw this.#fail("header", "must be true or false");
    return { delimiter, quote, encoding, skip, header, decimal, thousands };
  }

  #amount(value: unknown): CsvAmount {
    if (!isObject(value) || isCellLike(value)) {
      return { kind: "signed", value: this.#cell(value, "amount") };
    }
    if ("mark" in value || "value" in value) {
      this.#known(value, "amount", "value mark debit credit", "");
      if (value.mark === undefined) return { kind: "signed", value: this.#cell(value.value, "amount.value") };
      const words = (key: "debit" | "credit", usual: readonly string[]) =>
        new Set(this.#texts(value[key] ?? usual, `amount.${key}`).map((text) => text.trim().toUpperCase()));
      const debit = words("debit", ["D", "DR", "DEBIT", "DBIT"]);
      const credit = words("credit", ["C", "CR", "CREDIT", "CRDT"]);
      for (const text of debit)
        if (credit.has(text)) throw this.#fail("amount", `has ${text} for debit and for credit`);
      return {
        kind: "marked",
        value: this.#cell(value.value, "amount.value"),
        mark: this.#cell(value.mark, "amount.mark"),
        debit,
        credit,
      };
    }
    this.#known(value, "amount", "debit credit", "");
    return {
      kind: "two-columns",
      debit: this.#cell(value.debit, "amount.debit"),
      credit: this.#cell(value.credit, "amount.credit"),
    };
  }

  #currency(value: unknown): CsvCell {
    if (value === undefined) throw this.#fail("currency", "is missing: name a column, or { constant: EUR }");
    const cell = this.#cell(value, "currency");
    if ("constant" in cell && !isCurrency(cell.constant)) throw this.#fail("currency", "must be an ISO 4217 code");
    return cell;
  }

  #date(value: unknown, key: string, zone: string): CsvDate {
    const given = isObject(value) ? value : null;
    if (given !== null) this.#known(given, key, "column columns constant format epoch", "");
    const format = this.#text(given?.format ?? "ISO", `${key}.format`);
    const epoch = given?.epoch === undefined ? null : this.#text(given.epoch, `${key}.epoch`);
    const made = dayFormat(format, { epoch, zone });
    if (typeof made === "string") throw this.#fail(key, made);
    return { cell: this.#dateCell(value, given, key), format: made };
  }

  #dateCell(value: unknown, given: Entries | null, key: string): CsvCell {
    if (given === null) return this.#cell(value, key);
    const { format: _format, epoch: _epoch, ...cell } = given;
    return this.#cell(cell, key);
  }

  #side(value: unknown, key: string): CsvSide {
    const none = { account: null, name: null, bank: null, clearing: null, id: null, country: null };
    if (!isObject(value) || isCellLike(value)) return { ...none, account: this.#cell(value, key) };
    this.#known(value, key, "account name bank clearing id country", "");
    const cells = Object.entries(value).map(([name, one]) => [name, this.#cell(one, `${key}.${name}`)]);
    if (value.account === undefined && value.name === undefined && value.bank === undefined) {
      throw this.#fail(key, "names neither an account nor a name nor a bank");
    }
    return { ...none, ...Object.fromEntries(cells) };
  }

  #references(value: unknown): CsvMapping["references"] {
    if (value === undefined) return {};
    const given = this.#object(value, "references");
    this.#known(given, "references", referenceNames.join(" "), "");
    return Object.fromEntries(Object.entries(given).map(([key, one]) => [key, this.#cell(one, `references.${key}`)]));
  }

  #status(value: unknown, rows: CsvMapping["rows"]): CsvMapping["status"] {
    const given = this.#object(value, "status");
    this.#known(given, "status", "column constant values other", "");
    const allowed: readonly CsvStatus[] = rows === "transfers" ? fates : statuses;
    const meant = (one: unknown, key: string) => this.#oneOf(one, key, allowed, null);
    const values = new Map<string, CsvStatus>();
    for (const [text, one] of Object.entries(this.#object(given.values ?? {}, "status.values"))) {
      values.set(text.trim().toUpperCase(), meant(one, `status.values.${text}`));
    }
    const { values: _values, other, ...cell } = given;
    return {
      cell: this.#cell(cell, "status"),
      values,
      other: other === undefined ? null : meant(other, "status.other"),
    };
  }

  #charges(value: unknown): CsvMapping["charges"] {
    if (!isObject(value) || isCellLike(value)) {
      return { cell: this.#cell(value, "charges"), currency: null };
    }
    this.#known(value, "charges", "value currency", "");
    const currency = value.currency === undefined ? null : this.#cell(value.currency, "charges.currency");
    return { cell: this.#cell(value.value, "charges.value"), currency };
  }

  #complete(mapping: CsvMapping): void {
    const needed = { transfers: "date amount from to", entries: "date amount account", balances: "account" } as const;
    for (const key of needed[mapping.rows].split(" ")) {
      if (mapping[key as keyof CsvMapping] === null)
        throw this.#fail(key, `is missing; rows of ${mapping.rows} need it`);
    }
    if (mapping.rows === "balances" && mapping.opening === null && mapping.closing === null) {
      throw this.#fail("opening", "is missing; rows of balances need it, or `closing`");
    }
    if (mapping.balance !== null && (mapping.opening !== null || mapping.closing !== null)) {
      throw this.#fail("balance", "gives the opening and closing balances; leave those two out");
    }
    if (!mapping.header) {
      const columns = [...cellsOf(mapping)].flatMap((cell) => ("columns" in cell ? cell.columns : []));
      const named = columns.find((column) => typeof column === "string");
      if (named !== undefined) throw this.#fail(null, `names the column ${named}, and says that there is no header`);
    }
  }

  #cells(value: unknown, key: string): CsvCell[] {
    if (value === undefined) return [];
    if (!Array.isArray(value)) return [this.#cell(value, key)];
    return value.map((one, at) => this.#cell(one, `${key}[${at}]`));
  }

  #cell(value: unknown, key: string): CsvCell {
    if (typeof value === "string" || typeof value === "number") return { columns: [this.#column(value, key)] };
    if (isObject(value) && Object.keys(value).length === 1) {
      if (value.column !== undefined) return { columns: [this.#column(value.column, `${key}.column`)] };
      if (value.constant !== undefined) return { constant: this.#text(value.constant, `${key}.constant`) };
      if (Array.isArray(value.columns) && value.columns.length > 0) {
        return { columns: value.columns.map((one) => this.#column(one, `${key}.columns`)) };
      }
    }
    throw this.#fail(key, "must be a column's name, its number, { column: … }, { columns: […] } or { constant: … }");
  }

  #column(value: unknown, key: string): CsvColumn {
    if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 10_000) return value;
    if (typeof value === "string" && value !== "" && value.length <= nameCharactersMax) return value;
    throw this.#fail(key, "must be a column's name, or its number counted from 1");
  }

  #text(value: unknown, key: string): string {
    if (typeof value === "number") return String(value);
    if (typeof value !== "string" || value.length > nameCharactersMax) throw this.#fail(key, "must be a text");
    return value;
  }

  #texts(value: unknown, key: string): string[] {
    return (Array.isArray(value) ? value : [value]).map((one) => this.#text(one, key));
  }

  #oneOf<Text extends string>(value: unknown, key: string, allowed: readonly Text[], otherwise: Text | null): Text {
    const chosen = value === undefined ? otherwise : allowed.find((text) => text === value);
    if (chosen == null) throw this.#fail(key, `must be one of ${allowed.join(", ")}`);
    return chosen;
  }

  #object(value: unknown, key: string | null): Entries {
    if (!isObject(value)) throw this.#fail(key, "must be an object of keys and values");
    return value;
  }

  #known(object: Entries, key: string | null, allowed: string, why: string): void {
    const names = allowed.split(" ");
    const unknown = Object.keys(object).find((name) => !names.includes(name));
    if (unknown === undefined) return;
    const path = key === null ? unknown : `${key}.${unknown}`;
    throw this.#fail(path.slice(0, 80), `is no key ${why}${why === "" ? "" : " "}(${names.join(", ")})`);
  }
}

const isObject = (value: unknown): value is Entries =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isCellLike = (value: Entries): boolean => "column" in value || "columns" in value || "constant" in value;
