import { BankValueError } from "../../errors/bank.ts";
import { InstantSyntaxError } from "../../errors/money.ts";
import { currency as currencyOf } from "../../money/asset.ts";
import { type Instant, parseInstant } from "../../money/instant.ts";
import type { MoneyText } from "../record.ts";
import type { XmlNode } from "./xml-node.ts";

/** The longest text of a field that is read has 2,000 characters (ISO 20022, additional information). */
export const valueCharactersMax = 10_000;
/** Lines of remittance text that one transaction is read with. */
export const remittanceLinesMax = 10_000;

type Found = XmlNode | undefined;

/** `/Document/PmtRtr/TxInf[2]/RtrId line 35`: XPath by local names, and the line. */
export function placeOf(node: XmlNode): string {
  // Joined, since a string put together by + keeps all its parts, which doubles the memory of a record.
  return [node.path(), " line ", node.line].join("");
}

/** Reads the values of one record, and gathers where they stand and what is to be said of them. */
export class IsoReading {
  readonly places: Record<string, string> = {};
  readonly notes: string[] = [];

  note(node: XmlNode, text: string): void {
    this.notes.push(`${placeOf(node)}: ${text}`);
  }

  /** What is read of an element and put under no field of its own. */
  tell(node: Found): void {
    const text = textOf(node);
    if (text !== null) this.notes.push(`${placeOf(node!)}: ${text}`);
  }

  text(field: string, node: Found): string | null {
    const text = textOf(node);
    if (text !== null) this.places[field] = placeOf(node!);
    return text;
  }

  /** The first element that has a text. */
  firstText(field: string, ...nodes: readonly Found[]): string | null {
    for (const node of nodes) {
      const text = this.text(field, node);
      if (text !== null) return text;
    }
    return null;
  }

  /** A code of ISO's external lists, or a proprietary one: `Cd`, `Prtry`, or, in old versions, the element itself. */
  code(field: string, node: Found): string | null {
    if (node === undefined) return null;
    const proprietary = node.child("Prtry");
    return this.firstText(
      field,
      node.child("Cd"),
      proprietary?.child("Cd"),
      proprietary?.child("Id"),
      proprietary,
      node,
    );
  }

  /** @throws BankValueError where the element is there and holds no amount of a currency */
  money(field: string, node: Found): MoneyText | null {
    if (node === undefined) return null;
    const money = moneyOf(node, node.currency);
    if (/[eE]/u.test(node.text))
      this.note(node, `read as ${money.amount} of the smallest unit, though no amount may be written so`);
    this.places[field] = placeOf(node);
    return money;
  }

  /** An amount that nothing depends on: where it cannot be read, it is null, and a note says so. */
  softMoney(field: string, node: Found): MoneyText | null {
    try {
      return this.money(field, node);
    } catch (error) {
      if (!(error instanceof BankValueError)) throw error;
      this.notes.push(error.what);
      return null;
    }
  }

  /** A day, where it is one; else null and a note. Takes a choice of `Dt` and `DtTm` too. */
  date(field: string, node: Found): string | null {
    const leaf = node?.child("DtTm") ?? node?.child("Dt") ?? node;
    const text = textOf(leaf);
    if (text === null) return null;
    const day = text.slice(0, 10);
    if (!isDay(day) || !/^(?:$|T|Z|[+-]\d\d:\d\d$)/u.test(text.slice(10))) {
      this.note(leaf!, `"${text.slice(0, 40)}" is no day`);
      return null;
    }
    this.places[field] = placeOf(leaf!);
    return day;
  }

  /**
   * A point in time, where it is one; else null and a note. Without a time zone it is taken as UTC, and its place
   * says so.
   */
  instant(field: string, node: Found): Instant | null {
    const text = textOf(node);
    if (text === null) return null;
    const [, time, fraction = "", zone = ""] = timePattern.exec(text) ?? [];
    const instant = time === undefined ? null : instantOf(`${time}${fraction.slice(0, 4)}${zone || "Z"}`);
    if (instant === null) {
      this.note(node!, `"${text.slice(0, 40)}" is no time`);
      return null;
    }
    this.places[field] = zone === "" ? `${placeOf(node!)}, no time zone: taken as UTC` : placeOf(node!);
    return instant;
  }

  /** Remittance text: each `Ustrd`, and of `Strd` the references and documents that it names. */
  remittance(node: Found): string[] {
    if (node?.children == null) return [];
    const lines: string[] = [];
    for (const child of node.children) {
      if (child.name === "Ustrd") pushText(lines, child);
      else if (child.name === "Strd") {
        for (const document of child.all("RfrdDocInf")) pushText(lines, document.child("Nb"));
        pushText(lines, child.at("CdtrRefInf", "Ref") ?? child.at("CdtrRefInf", "CdtrRef"));
        for (const more of child.all("AddtlRmtInf")) pushText(lines, more);
      }
    }
    if (lines.length > 0) this.places.remittance = placeOf(node);
    return lines.length > remittanceLinesMax ? lines.slice(0, remittanceLinesMax) : lines;
  }

  /** An error that says that something must be there. */
  missing(node: XmlNode, what: string): BankValueError {
    return new BankValueError({ place: placeOf(node), value: null, why: `has no ${what}` });
  }
}

function pushText(lines: string[], node: Found): void {
  const text = textOf(node);
  if (text !== null) lines.push(text);
}

/** Null where there is none. @throws BankValueError where it is longer than any field may be */
export function textOf(node: Found): string | null {
  if (node === undefined || node.text === "" || node.children !== null) return null;
  const text = node.text.trim();
  if (text === "") return null;
  if (text.length > valueCharactersMax) {
    throw new BankValueError({
      place: placeOf(node),
      value: text,
      why: `is longer than ${valueCharactersMax} characters`,
    });
  }
  // A part of a string keeps all of it in memory: here, the piece of the file that it was cut from.
  return ` ${text}`.slice(1);
}

const timePattern = /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(\.\d{1,12})?(Z|[+-]\d\d:\d\d)?$/u;

function instantOf(text: string): Instant | null {
  try {
    return parseInstant(text);
  } catch (error) {
    if (error instanceof InstantSyntaxError) return null;
    throw error;
  }
}

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/u.test(text)) return false;
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))];
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const length = month === 2 && isLeap ? 29 : (lengths[month - 1] ?? 0);
  return year > 0 && day >= 1 && day <= length;
}

const decimals = new Map<string, number>();

function decimalsOf(code: string): number {
  let known = decimals.get(code);
  if (known === undefined) {
    known = currencyOf(code).decimals;
    decimals.set(code, known);
  }
  return known;
}

const amountPattern = /^\+?(\d{0,30})(?:\.(\d{0,30}))?(?:[eE]([+-]?\d{1,2}))?$/u;

/**
 * An amount in minor units, exactly. ISO 20022's amounts have at most 18 digits, 5 of them after the point; what some
 * programs write is taken where it is exact: zeros beyond the currency's decimals, and `1.5e+06`.
 * @throws BankValueError
 */
export function moneyOf(node: XmlNode, currency: string | null): MoneyText {
  const text = node.text.trim();
  const fail = (why: string) => new BankValueError({ place: placeOf(node), value: text, why });
  const code = currency?.trim() ?? "";
  if (!/^[A-Z]{3}$/u.test(code))
    throw fail(code === "" ? "has no currency" : `has the currency "${code.slice(0, 10)}"`);
  const [, whole, fraction = "", exponent] = amountPattern.exec(text) ?? [];
  if (whole === undefined || whole.length + fraction.length === 0) {
    throw fail(text.startsWith("-") ? "is negative" : "is no amount");
  }
  const shift = decimalsOf(code) - fraction.length + Number(exponent ?? 0);
  const digits = whole + fraction;
  if (shift >= 0) return { currency: code, amount: withoutZeros(digits + "0".repeat(shift)) };
  const cut = Math.max(0, digits.length + shift);
  if (/[1-9]/u.test(digits.slice(cut))) throw fail(`has more decimals than ${code}`);
  return { currency: code, amount: withoutZeros(digits.slice(0, cut)) };
}

function withoutZeros(digits: string): string {
  let at = 0;
  while (at < digits.length - 1 && digits.charCodeAt(at) === 48) at++;
  // Not a part of the file's text, see textOf.
  return digits === "" ? "0" : ` ${digits.slice(at)}`.slice(1);
}
