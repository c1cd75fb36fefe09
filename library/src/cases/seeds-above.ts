import { formatAmount } from "../money/amount.ts";
import { everHeld } from "../trace/list-joint-seeds.ts";
import { assetOfFact } from "./account-asset.ts";
import { type Assumptions, type JointCase, requestOf } from "./joint-case.ts";

/** Says of a seed that asks for more than its account ever had. */
export function seedsAbove(jointCase: JointCase, assumptions: Assumptions): string[] {
  const isAsked = jointCase.seeds.some(({ kind, seed }) => {
    return kind === "account" && seed.at.kind === "holding" && seed.amount !== null;
  });
  if (!isAsked) return [];
  const { request } = requestOf(jointCase, assumptions);
  const held = everHeld(request);
  return jointCase.seeds.flatMap(({ part, kind, seed }, n) => {
    const { at, amount } = request.seeds[n]!;
    const ledger = jointCase.ledgers[part]!;
    if (kind !== "account" || seed.at.kind !== "holding" || at.kind !== "holding") return [];
    if (ledger.kind !== "account" || amount === null) return [];
    const had = held(part, at.holding);
    if (amount <= had) return [];
    const asset = assetOfFact(ledger.loaded.assets[ledger.loaded.holdingAsset[at.holding]!]!);
    const asked = `${formatAmount(asset, amount)} of ${seed.at.account}`;
    return [
      `a seed asks for ${asked}, which had ${formatAmount(asset, had)} in all, as far as the ledger knows: ` +
        "no more than that is traced",
    ];
  });
}
