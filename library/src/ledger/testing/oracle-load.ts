import { TooManyTransfersError } from "../../errors/ledger-accounts.ts";
import type { LoadedAccounts } from "../account-contract.ts";
import { unknown32 } from "../account-schema.ts";
import { loadTransfersMax } from "../load-accounts.ts";
import type { MemoryAccounts } from "./oracle-account-ledger.ts";
import { coverageOf, HoldingMap } from "./oracle-holdings.ts";

const doubleMax = 2n ** 53n;

/** Where each holding of each transfer stands: account, then asset. */
export function holdingPlaces({ holdings }: MemoryAccounts): (account: string | null, asset: string) => number {
  const places = new HoldingMap<number>();
  holdings.forEach(({ account, asset }, place) => {
    places.set(account, asset, place);
  });
  return (account, asset) => (account === null ? unknown32 : places.get(account, asset)!);
}

/** A ledger in memory as columns. @throws TooManyTransfersError */
export function loadOracle(ledger: MemoryAccounts, transfersMax: number = loadTransfersMax): LoadedAccounts {
  const { about, transactions, transfers, holdings, accounts, assets } = ledger;
  if (transfers.length > transfersMax) {
    throw new TooManyTransfersError({ name: about.name, transfers: transfers.length, transfersMax });
  }
  const place = holdingPlaces(ledger);
  const accountOf = new Map(accounts.map((account) => [account.name, account]));
  const assetOf = new Map(assets.map(({ asset }, id) => [asset, id]));
  const txFirstTransfer = new Uint32Array(transactions.length + 1);
  transactions.forEach((transaction, t) => {
    txFirstTransfer[t + 1] = txFirstTransfer[t]! + transaction.transfers.length;
  });
  const amounts = transfers.map(({ amount }) => amount);
  return {
    columns: {
      transactionCount: transactions.length,
      transferCount: transfers.length,
      holdingCount: holdings.length,
      txFirstTransfer,
      txHeight: Uint32Array.from(transactions, ({ height }) => height),
      txTime: Float64Array.from(transactions, ({ time }) => (Number.isFinite(time) ? time : Number.NaN)),
      txDayOnly: Uint8Array.from(transactions, ({ dayOnly }) => Number(dayOnly)),
      transferFrom: Uint32Array.from(transfers, ({ from, asset }) => place(from, asset)),
      transferTo: Uint32Array.from(transfers, ({ to, asset }) => place(to, asset)),
      transferAmount: fitsDoubles(ledger) ? Float64Array.from(amounts, Number) : amounts,
      transferIsFee: Uint8Array.from(transfers, ({ isFee }) => Number(isFee)),
      returnOf: new Map(transfers.flatMap(({ id, returns }) => (returns === null ? [] : [[id, returns] as const]))),
      openings: new Map(holdings.flatMap(({ opening }, id) => (opening === null ? [] : [[id, opening] as const]))),
      openingDefault: about.fromGenesis ? 0n : null,
      holdingCoverage: Uint8Array.from(holdings, ({ account }) =>
        coverageOf(accountOf.get(account)!.coverage, about.partial),
      ),
    },
    holdingAccount: Uint32Array.from(holdings, ({ account }) => accountOf.get(account)!.id),
    holdingAsset: Uint32Array.from(holdings, ({ asset }) => assetOf.get(asset)!),
    assets,
  };
}

/** Whether every amount, and every balance that a holding can reach, is below 2^53. */
function fitsDoubles({ transfers, holdings }: MemoryAccounts): boolean {
  return (
    transfers.every(({ amount }) => amount < doubleMax) &&
    holdings.every(({ moves, opening }) => {
      const received = moves.reduce((sum, { gained }) => sum + gained, 0n);
      const paid = moves.reduce((sum, move) => sum + move.paid, 0n);
      if (opening === null) return received + paid < doubleMax;
      return (opening < 0n ? -opening : opening) + (received > paid ? received : paid) < doubleMax;
    })
  );
}
