import { TellingRefusedError } from "../errors/ledger-accounts.ts";
import type { TransferTelling } from "./account-contract.ts";
import { unknown32 } from "./account-schema.ts";
import { amountMax } from "./amount-column.ts";

/** The longest name of a transaction, an account, an asset or a layer, in UTF-16 code units. */
export const nameLengthMax = 1000;
/** The longest text about a transaction or an account, and the longest record of a source: likewise. */
export const textLengthMax = 16_000_000;
/** How many layers a ledger has at most: each is a bit of a word. */
export const layersMax = 64;

/** Why a text cannot be a name; null where it can. */
export function nameProblem(what: string, name: string): string | null {
  if (name.length === 0) return `${what} is empty`;
  if (name.length > nameLengthMax) return `${what} has ${name.length} characters, at most ${nameLengthMax} are held`;
  return name.isWellFormed() ? null : `${what} is not well-formed Unicode`;
}

const isNumber = (value: number) => Number.isInteger(value) && value >= 0 && value < unknown32;

/** Why a telling cannot be held; null where it can. */
export function tellingProblem(telling: TransferTelling): string | null {
  const { height, position, time, index, amount, from, to, returns } = telling;
  if (height !== null && !isNumber(height)) return `its height ${height} is not from 0 to 4294967294`;
  if (position !== null && !isNumber(position)) return `its position ${position} is not from 0 to 4294967294`;
  if (!isNumber(index)) return `its index ${index} is not from 0 to 4294967294`;
  if (time !== null && !Number.isSafeInteger(time)) return `its time ${time} is not a whole number of milliseconds`;
  if (amount < 0n || amount > amountMax) return "its amount is not from 0 to 2^256 - 1";
  return (
    nameProblem("the transaction's name", telling.transaction) ??
    nameProblem("the asset's name", telling.asset) ??
    nameProblem("the layer's name", telling.layer) ??
    (from === null ? null : nameProblem("the payer's name", from)) ??
    (to === null ? null : nameProblem("the payee's name", to)) ??
    (returns === null ? null : returnsProblem(returns))
  );
}

function returnsProblem({ transaction, layer, index }: NonNullable<TransferTelling["returns"]>): string | null {
  if (!isNumber(index)) return `the index ${index} of what it returns is not from 0 to 4294967294`;
  return nameProblem("the transaction that it returns", transaction) ?? nameProblem("the layer that it returns", layer);
}

/** @throws TellingRefusedError */
export function refuseBadTelling(ledger: string, telling: TransferTelling): void {
  const why = tellingProblem(telling);
  if (why !== null) throw new TellingRefusedError({ ledger, of: telling.transaction, why });
}
