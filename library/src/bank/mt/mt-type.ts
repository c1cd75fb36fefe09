import { parseBic } from "../bic.ts";
import { findField, findOption, type MtField } from "./mt-fields.ts";

/** What a bank put before the first field of a text without headers: a type, and who it is from. */
export interface Preamble {
  readonly type: string | null;
  readonly bic: string | null;
}

export const noPreamble: Preamble = { type: null, bic: null };

/** Reads lines such as `940`, `940 00`, `:940:`, `MT940`, `ABCDNL2A`, `0000 01ABCDNL2AXXXX00001`. */
export function preambleOf(text: string): Preamble {
  let type: string | null = null;
  let bic: string | null = null;
  for (const line of text.split("\n")) {
    type ??= /^:?(?:MT|FIN )?(\d{3})(?: 00|:)?\s*$/u.exec(line)?.[1] ?? null;
    bic ??= parseBic(line) ?? parseBic(/^\d{4} \d{2}([A-Z]{6}[A-Z0-9]{2})[A-Z0-9]{4}\d{5}\s*$/u.exec(line)?.[1] ?? "");
  }
  return { type, bic };
}

/**
 * The type of a message without headers, by the fields that only this type has; `COV` is added where it is a cover.
 * Null where they do not tell: debit and credit confirmations (900, 910) can have the same fields.
 */
export function mtTypeOf(fields: readonly MtField[]): string | null {
  const has = (tag: string) => findField(fields, tag) !== null;
  const hasAny = (number: number) => findOption(fields, number) !== null;
  if (has("61") || has("60F") || has("60M") || has("62F") || has("62M")) return has("34F") ? "942" : "940";
  if (has("34F") && has("28C")) return "942";
  if (has("11S") || has("11R")) return aboutType(fields, has("76"));
  if (has("23B") && hasAny(59)) return "103";
  if (hasAny(58) && has("32A")) return coverFrom(fields) > 0 ? "202COV" : "202";
  if (has("25") || has("25P")) return has("32A") && hasAny(50) ? "910" : null;
  if (has("76")) return null;
  return has("79") && has("20") ? "199" : null;
}

/** n92 or n96: of the category of the message that it is about. */
function aboutType(fields: readonly MtField[], isAnswer: boolean): string | null {
  const about = findOption(fields, 11)?.value ?? "";
  const category = /^[12]/u.exec(about)?.[0];
  return category === undefined ? null : `${category}${isAnswer ? "96" : "92"}`;
}

/** Where sequence B of a cover begins, the covered payment: field 50a after 58a; 0 where there is none. */
export function coverFrom(fields: readonly MtField[]): number {
  const beneficiary = fields.findIndex(({ number }) => number === 58);
  const from = fields.findIndex(({ number }, at) => at > beneficiary && number === 50);
  return beneficiary >= 0 && from > 0 ? from : 0;
}
