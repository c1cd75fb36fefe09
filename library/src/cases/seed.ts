import { SpoorError } from "../errors/base.ts";
import { SeedSyntaxError } from "../errors/cases.ts";
import { parseAmount, type Satoshi } from "../money/amount.ts";
import { bitcoin } from "../money/asset.ts";

/** Where a theft begins, as a person writes it. */
export interface Seed {
  /** As it was written. */
  readonly text: string;
  readonly at:
    | { readonly kind: "coin"; readonly txid: string; readonly vout: number }
    | { readonly kind: "transaction"; readonly txid: string }
    | { readonly kind: "address"; readonly address: string };
  /** How much of it, its first units: of several coins the first ones in the ledger's order. Null: all. */
  readonly amount: Satoshi | null;
  readonly label: string;
}

export const labelDefault = "theft";
const labelLengthMax = 60;
/** A transaction's outputs are counted in 32 bits. */
const voutMax = 0xffff_ffff;

/**
 * Reads `TXID:VOUT`, `TXID` (all its outputs) or an address (all coins it received), each with an optional
 * `=AMOUNT` (satoshi, or with a unit) and `@LABEL` (default `theft`). Whether it is in a ledger is not asked here.
 * @throws SeedSyntaxError
 */
export function parseSeed(text: string): Seed {
  const fail = (why: string, cause?: unknown) => new SeedSyntaxError({ text: text.slice(0, 120), why }, cause);
  const [, head = "", label = labelDefault] = /^([^@]*)(?:@(.*))?$/su.exec(text) ?? [];
  if (label === "" || label.length > labelLengthMax || /\p{C}/u.test(label)) {
    throw fail(`its label must have 1 to ${labelLengthMax} printable characters`);
  }
  const [, place = "", amountText] = /^([^=]*)(?:=(.*))?$/su.exec(head) ?? [];
  let amount: Satoshi | null = null;
  try {
    if (amountText !== undefined) amount = parseAmount(bitcoin, amountText);
  } catch (cause) {
    throw fail(cause instanceof SpoorError ? cause.what : "its amount cannot be read", cause);
  }
  if (amount === 0n) throw fail("its amount is zero");
  const [, txid, vout] = /^([0-9a-f]{64})(?::(\d{1,10}))?$/iu.exec(place) ?? [];
  if (txid !== undefined) {
    if (vout === undefined) return { text, at: { kind: "transaction", txid: txid.toLowerCase() }, amount, label };
    if (Number(vout) > voutMax) throw fail("its output number is too large");
    return { text, at: { kind: "coin", txid: txid.toLowerCase(), vout: Number(vout) }, amount, label };
  }
  if (!/^(?:script:[0-9a-f]{64}|[A-Za-z0-9]{14,120})$/u.test(place))
    throw fail("it names neither a transaction nor an address");
  return { text, at: { kind: "address", address: place }, amount, label };
}
