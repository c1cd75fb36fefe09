import { MtFieldError, MtMessageError } from "../../errors/bank-mt.ts";
import { isCurrency, minorUnits } from "../minor-units.ts";
import type { MoneyText } from "../record.ts";
import { mtDate } from "./mt-date.ts";

/** FIN's longest field (77T of MT103 REMIT) has 9,000 characters; statements of banks hold longer ones. */
const fieldCharactersMax = 64 * 1024;
/** How much of a text from outside an error repeats. */
const quotedMax = 40;

/** A field of block 4: its lines joined by `\n`, and the line of the file on which it begins. */
export interface MtField {
  readonly tag: string;
  /** The tag without its option letter: 50 for 50A, 50F and 50K. */
  readonly number: number;
  readonly value: string;
  readonly line: number;
}

const [newline, carriageReturn, colon] = [0x0a, 0x0d, 0x3a];
const isDigit = (code: number) => code >= 0x30 && code <= 0x39;

/**
 * The fields of a text block, whose lines end in `\n` or `\r\n`. A line that begins with a colon and no tag goes on
 * with the field before it, as one that begins otherwise. What stands before the first field is left out.
 *
 * @param line that of the file on which `body` begins
 * @throws MtMessageError where a field is longer than {@link fieldCharactersMax}
 */
export function mtFields(body: string, line: number): MtField[] {
  const fields: MtField[] = [];
  let tagFrom = -1;
  let tagLength = 0;
  let fieldLine = line;
  let at = 0;
  for (let number = line; at < body.length; number++) {
    const size = tagSize(body, at);
    if (size > 0) {
      if (tagFrom >= 0) fields.push(fieldOf(body, tagFrom, tagLength, at, fieldLine));
      tagFrom = at + 1;
      tagLength = size;
      fieldLine = number;
    }
    const end = body.indexOf("\n", at);
    if (end < 0) break;
    at = end + 1;
  }
  if (tagFrom >= 0) fields.push(fieldOf(body, tagFrom, tagLength, body.length, fieldLine));
  return fields;
}

/** One string for each tag, so that it is hashed once and not for each field. */
const tags: string[] = new Array<string>(27 * 100).fill("");

function fieldOf(body: string, tagFrom: number, tagLength: number, to: number, line: number): MtField {
  const number = 10 * (body.charCodeAt(tagFrom) - 48) + body.charCodeAt(tagFrom + 1) - 48;
  const letter = tagLength === 3 ? body.charCodeAt(tagFrom + 2) - 64 : 0;
  const index = 27 * number + letter;
  if (tags[index] === "") tags[index] = body.slice(tagFrom, tagFrom + tagLength);
  const tag = tags[index]!;
  const from = tagFrom + tagLength + 1;
  let end = to;
  if (end > from && body.charCodeAt(end - 1) === newline) end--;
  if (end > from && body.charCodeAt(end - 1) === carriageReturn) end--;
  if (end - from > fieldCharactersMax) {
    throw new MtMessageError({ type: null, line, why: `has a field :${tag}: of ${end - from} characters` });
  }
  const value = body.slice(from, end);
  return { tag, number, value: value.includes("\r") ? value.replaceAll("\r\n", "\n") : value, line };
}

/** The number of characters of the tag in `:32A:`; 0 where none begins here. */
function tagSize(body: string, at: number): number {
  if (body.charCodeAt(at) !== colon) return 0;
  if (!isDigit(body.charCodeAt(at + 1)) || !isDigit(body.charCodeAt(at + 2))) return 0;
  const after = body.charCodeAt(at + 3);
  if (after === colon) return 2;
  return after >= 0x41 && after <= 0x5a && body.charCodeAt(at + 4) === colon ? 3 : 0;
}

/** `:32A: line 7`, the place of a field. */
export const placeOf = (field: MtField): string => `:${field.tag}: line ${field.line}`;

/** The first field with this tag from `from` on; null where there is none. */
export function findField(fields: readonly MtField[], tag: string, from = 0, to = fields.length): MtField | null {
  for (let at = from; at < to; at++) if (fields[at]!.tag === tag) return fields[at]!;
  return null;
}

/** The first field with this number, whatever its option letter: 50 finds 50A, 50F and 50K. */
export function findOption(fields: readonly MtField[], number: number, from = 0, to = fields.length): MtField | null {
  for (let at = from; at < to; at++) if (fields[at]!.number === number) return fields[at]!;
  return null;
}

/** The line of a text that begins at `from`. */
export function lineAt(text: string, from: number): string {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.slice(from) : text.slice(from, end);
}

/** A text from outside, cut short for an error. */
export const quoted = (text: string): string =>
  JSON.stringify(text.length > quotedMax ? `${text.slice(0, quotedMax)}…` : text);

export const refuseField = (field: MtField, why: string): MtFieldError =>
  new MtFieldError({ tag: field.tag, line: field.line, why });

/**
 * A currency and an amount, `EUR1234,5`; the text may go on before them.
 * @throws MtFieldError
 */
export function moneyOf(field: MtField, text: string): MoneyText {
  const code = text.slice(0, 3);
  if (!isCurrency(code)) throw refuseField(field, `${quoted(code)} is no currency`);
  return { currency: code, amount: amountOf(field, text.slice(3), code) };
}

/**
 * An amount with its decimal comma (`1234,5`) as minor units of a currency. A number without a comma is taken as whole.
 * @throws MtFieldError
 * @see SWIFT format `15d`
 */
export function amountOf(field: MtField, text: string, code: string): string {
  const comma = text.indexOf(",");
  const whole = comma < 0 ? text : text.slice(0, comma);
  const units = minorUnits(whole, comma < 0 ? "" : text.slice(comma + 1), code);
  if (units === null || whole === "") throw refuseField(field, `${quoted(text)} is no amount of ${code}`);
  return units;
}

/** @throws MtFieldError where the text (`YYMMDD`) is no day */
export function dayOf(field: MtField, text: string): string {
  const day = mtDate(text);
  if (day === null) throw refuseField(field, `${quoted(text)} is no date`);
  return day;
}
