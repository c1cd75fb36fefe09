import type { OpeningFact } from "./account-contract.ts";
import { unknown32 } from "./account-schema.ts";
import { isBalance } from "./amount-column.ts";
import type { TellingColumns } from "./telling-columns.ts";

/** Transfers as what moved on holdings, and when. */
export interface HoldingMoves {
  readonly told: TellingColumns;
  /** By transfer. */
  readonly tellings: Uint32Array;
  readonly transferTransaction: Uint32Array;
  readonly transferFrom: Uint32Array;
  readonly transferTo: Uint32Array;
  /** By transaction. */
  readonly txHeight: Uint32Array;
}

/**
 * What holdings held before the first transfer. A balance before a block is worked back over the transfers before it;
 * of a partial ledger that holds such it says nothing, because others may be missing. Facts that disagree say nothing.
 */
export function holdingOpenings(
  facts: readonly OpeningFact[],
  holdingOf: (account: string, asset: string) => number,
  partial: boolean,
  moves: HoldingMoves,
): Map<number, bigint> {
  const placed = facts.map((fact) => ({ fact, holding: holdingOf(fact.account, fact.asset) }));
  const transfers = transfersOf(
    new Set(placed.flatMap((one) => (one.fact.height == null ? [] : [one.holding]))),
    moves,
  );
  const claims = new Map<number, Set<bigint>>();
  for (const { fact, holding } of placed) {
    const before = fact.height == null ? [] : transfersBefore(transfers.get(holding) ?? [], fact.height, moves);
    if (before.length > 0 && partial) continue;
    let opening = fact.amount;
    for (const id of before) {
      const amount = moves.told.amount[moves.tellings[id]!]!;
      if (moves.transferFrom[id] === holding) opening += amount;
      if (moves.transferTo[id] === holding) opening -= amount;
    }
    if (!isBalance(opening)) continue;
    const claimed = claims.get(holding);
    if (claimed === undefined) claims.set(holding, new Set([opening]));
    else claimed.add(opening);
  }
  const openings = new Map<number, bigint>();
  for (const [holding, [opening, ...others]] of [...claims].sort(([a], [b]) => a - b)) {
    if (others.length === 0) openings.set(holding, opening!);
  }
  return openings;
}

/** The transfers of some holdings. */
function transfersOf(holdings: ReadonlySet<number>, moves: HoldingMoves): Map<number, number[]> {
  const transfers = new Map([...holdings].map((holding): [number, number[]] => [holding, []]));
  if (holdings.size === 0) return transfers;
  moves.transferFrom.forEach((from, id) => {
    const to = moves.transferTo[id]!;
    transfers.get(from)?.push(id);
    if (to !== from) transfers.get(to)?.push(id);
  });
  return transfers;
}

function transfersBefore(transfers: readonly number[], height: number, moves: HoldingMoves): number[] {
  return transfers.filter((id) => {
    const of = moves.txHeight[moves.transferTransaction[id]!]!;
    return of !== unknown32 && of < height;
  });
}
