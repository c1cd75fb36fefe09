import { AccountLedgerFullError } from "../errors/ledger-accounts.ts";
import type { StagedTable } from "./account-schema.ts";
import type { NumberKind } from "./account-state.ts";
import { layersMax } from "./check-telling.ts";
import type { PackedTellings } from "./telling-packer.ts";

/** Which columns hold a packer's numbers, and of what. */
const numbered: Readonly<Record<StagedTable, Readonly<Record<string, NumberKind>>>> = {
  holdings: { code: "holding" },
  runs: { code: "run" },
  returned: { code: "returned" },
  transfers: { number: "transfer", run: "run", payer: "holding", payee: "holding", returned: "returned" },
  asset_facts: { number: "fact" },
  account_facts: { number: "fact" },
  opening_facts: { number: "fact", holding: "holding" },
  transaction_facts: { number: "fact" },
};

/**
 * Gives what one packer packed a ledger's numbers, batch by batch in the packer's order. Holdings are named in one
 * batch and used in later ones too, so that for them it is remembered where each batch's begin.
 */
export class PackedPlaces {
  /** The packer's first new holding of each batch that had some, and how far the ledger's numbers lie from its. */
  readonly #firsts: number[] = [];
  readonly #distances: number[] = [];
  #nextHolding = 1;

  /**
   * In place, once.
   * @param next the ledger's next numbers @param layers the ledger's; those that are new are added
   * @throws AccountLedgerFullError: nothing was changed
   */
  place(
    { tables, counts, layers: theirs }: PackedTellings,
    next: Readonly<Record<NumberKind, number>>,
    { ledger, layers }: { readonly ledger: string; readonly layers: Map<string, number> },
  ): void {
    const codes = codesOf(theirs, layers, ledger);
    if (counts.holding > 0) {
      this.#firsts.push(this.#nextHolding);
      this.#distances.push(next.holding - this.#nextHolding);
      this.#nextHolding += counts.holding;
    }
    for (const { table, rowCount, columns } of tables) {
      if (rowCount === 0) continue;
      for (const { name, data } of columns) {
        const kind = numbered[table][name];
        if (kind === "holding") this.#placeHoldings(words(data));
        else if (kind !== undefined) shift(words(data), next[kind] - 1);
        else if (codes !== null && name === "layer") placeLayers(data, codes);
        else if (codes !== null && name === "layers") placeLayerBits(words(data), codes);
      }
    }
  }

  #placeHoldings(column: Uint32Array): void {
    const firsts = this.#firsts;
    // Most are of the batch that the one before was of.
    let [from, to, distance] = [0, 0, 0];
    for (let row = 0; row < column.length; row++) {
      const number = column[row]!;
      if (number < from || number >= to) {
        const batch = lastAtMost(firsts, number);
        from = firsts[batch]!;
        to = firsts[batch + 1] ?? Number.POSITIVE_INFINITY;
        distance = this.#distances[batch]!;
      }
      column[row] = number + distance;
    }
  }
}

/** By a packer's number of a layer, the ledger's; null where they are the same. */
function codesOf(theirs: readonly string[], layers: Map<string, number>, ledger: string): readonly number[] | null {
  const all = new Set([...layers.keys(), ...theirs]);
  if (all.size > layersMax) throw new AccountLedgerFullError({ ledger, what: "layers", max: layersMax });
  for (const layer of theirs) if (!layers.has(layer)) layers.set(layer, layers.size);
  const codes = theirs.map((layer) => layers.get(layer)!);
  return codes.every((code, number) => code === number) ? null : codes;
}

function placeLayers(column: Uint8Array, codes: readonly number[]): void {
  for (let row = 0; row < column.length; row++) column[row] = codes[column[row]!]!;
}

/** Two words a row, a bit for each layer. */
function placeLayerBits(column: Uint32Array, codes: readonly number[]): void {
  for (let row = 0; row < column.length; row += 2) {
    const bits = [column[row]!, column[row + 1]!];
    const placed = [0, 0];
    codes.forEach((code, number) => {
      if (((bits[number >> 5]! >>> (number & 31)) & 1) === 1) placed[code >> 5]! |= 1 << (code & 31);
    });
    column[row] = placed[0]!;
    column[row + 1] = placed[1]!;
  }
}

/** 0 stands for none. */
function shift(column: Uint32Array, by: number): void {
  for (let row = 0; row < column.length; row++) if (column[row] !== 0) column[row]! += by;
}

/** The place of the last of rising numbers that is not above one; the first is not. */
function lastAtMost(rising: readonly number[], number: number): number {
  let [low, high] = [0, rising.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (rising[middle]! <= number) low = middle;
    else high = middle - 1;
  }
  return low;
}

function words(data: Uint8Array): Uint32Array {
  return new Uint32Array(data.buffer, data.byteOffset, data.length / 4);
}
