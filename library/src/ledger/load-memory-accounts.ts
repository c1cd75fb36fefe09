import { TooManyTransfersError } from "../errors/ledger-accounts.ts";
import type { LoadedAccounts } from "./account-contract.ts";
import { unknown32 } from "./account-schema.ts";
import { loadTransfersMax } from "./load-accounts.ts";
import type { MemoryAccounts } from "./memory-accounts.ts";

const doubleMax = 2n ** 53n;

/** A ledger in memory as columns that are the caller's own. @throws TooManyTransfersError */
export function loadMemoryAccounts(ledger: MemoryAccounts, transfersMax: number = loadTransfersMax): LoadedAccounts {
  const { about, transferFrom, holdingAccount, amounts } = ledger;
  if (transferFrom.length > transfersMax) {
    throw new TooManyTransfersError({ name: about.name, transfers: transferFrom.length, transfersMax });
  }
  return {
    columns: {
      transactionCount: ledger.txHeight.length,
      transferCount: transferFrom.length,
      holdingCount: holdingAccount.length,
      txFirstTransfer: ledger.txFirstTransfer.slice(),
      txHeight: ledger.txHeight.slice(),
      txTime: ledger.txTime.map((time) => (Number.isFinite(time) ? time : Number.NaN)),
      txDayOnly: ledger.txDayOnly.slice(),
      transferFrom: transferFrom.slice(),
      transferTo: ledger.transferTo.slice(),
      transferAmount: fitsDoubles(ledger) ? Float64Array.from(amounts, Number) : amounts,
      transferIsFee: ledger.transferIsFee.slice(),
      returnOf: ledger.returnOf,
      openings: ledger.openings,
      openingDefault: about.fromGenesis ? 0n : null,
      holdingCoverage: ledger.holdingCoverage.slice(),
    },
    holdingAccount: holdingAccount.slice(),
    holdingAsset: ledger.holdingAsset.slice(),
    assets: ledger.assets,
  };
}

/** Whether every amount, and every balance that a holding can reach, is below 2^53. */
function fitsDoubles(ledger: MemoryAccounts): boolean {
  if (isLittle(ledger)) return true;
  if (ledger.amounts.some((amount) => amount >= doubleMax)) return false;
  const sums = holdingSums(ledger);
  return sums.received.every((received, holding) => {
    const paid = sums.paid[holding]!;
    const opening = ledger.openings.get(holding);
    if (opening === undefined) return received + paid < doubleMax;
    return (opening < 0n ? -opening : opening) + (received > paid ? received : paid) < doubleMax;
  });
}

/** All that moved and all that was held before comes to so little that no holding has to be looked at. */
function isLittle({ amounts, openings }: MemoryAccounts): boolean {
  let all = 0;
  // A transfer of an account to itself is received and paid.
  for (const amount of amounts) all += 2 * Number(amount);
  for (const opening of openings.values()) all += Math.abs(Number(opening));
  // Below this the sum was exact all the way.
  return all < littleMax;
}

const littleMax = 2 ** 52;

/** What each holding received and paid, and in how many transfers. */
export function holdingSums({ holdingAccount, transferFrom, transferTo, amounts }: MemoryAccounts) {
  const count = holdingAccount.length;
  const [received, paid] = [new Array<bigint>(count).fill(0n), new Array<bigint>(count).fill(0n)];
  const transfers = new Uint32Array(count);
  for (let id = 0; id < amounts.length; id++) {
    const [from, to] = [transferFrom[id]!, transferTo[id]!];
    if (from !== unknown32) {
      paid[from]! += amounts[id]!;
      transfers[from]!++;
    }
    if (to === unknown32) continue;
    received[to]! += amounts[id]!;
    if (to !== from) transfers[to]!++;
  }
  return { received, paid, transfers };
}
