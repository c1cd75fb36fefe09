import { SeedBurntError } from "../errors/cases.ts";
import type { LoadedAccounts } from "../ledger/account-contract.ts";
import { formatAmount } from "../money/amount.ts";
import { assetOfFact } from "./account-asset.ts";
import type { CaseRequest, JointCase } from "./joint-case.ts";
import type { TracedAccounts } from "./traced-ledger.ts";

/**
 * Refuses a seed of what is burnt (backward: of what was made) where no link is followed that says what stands for it:
 * nobody holds it.
 * @throws SeedBurntError
 */
export async function refuseSeedsOfNobody(
  { theft: { direction }, ledgers, seeds }: JointCase,
  { ordered, links }: CaseRequest,
): Promise<void> {
  const isForward = direction === "forward";
  for (const { part, kind, seed } of seeds) {
    if (kind !== "account" || seed.at.kind !== "transfer") continue;
    const { transfer } = seed.at;
    if ((isForward ? transfer.to : transfer.from) !== null) continue;
    const place = ordered[part]!.transferPlaces[transfer.id]!;
    const ofIt = links.filter(({ placed: { sides } }) => {
      const side = isForward ? sides.from : sides.to;
      return side.part === part && side.ids.includes(place);
    });
    if (ofIt.some(({ followed }) => followed !== null)) continue;
    const traced = ledgers[part] as TracedAccounts;
    const [rival] = ofIt;
    throw new SeedBurntError({
      seed: `${traced.summary.name}/${await nameOf(traced, transfer)}`,
      amount: formatAmount(assetOfFact(factOf(traced.loaded, transfer.asset)), transfer.amount),
      account: (isForward ? transfer.from : transfer.to) ?? "nobody",
      direction,
      rival: rival === undefined ? null : `${rival.placed.link.id} is not followed: ${rival.why}`,
    });
  }
}

function factOf({ assets }: LoadedAccounts, id: string): LoadedAccounts["assets"][number] {
  return assets.find(({ asset }) => asset === id) ?? { asset: id, decimals: null, symbol: null };
}

/** `TRANSACTION:N`. */
async function nameOf({ ledger }: TracedAccounts, transfer: { id: number; transaction: number }): Promise<string> {
  const [transaction] = await ledger.transactionsById([transfer.transaction]);
  const transfers = await ledger.transfersOf(transfer.transaction);
  return `${transaction?.name}:${transfers.findIndex(({ id }) => id === transfer.id)}`;
}
