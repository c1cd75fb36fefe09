import type { JointRequest } from "./joint-request.ts";
import { holdingOfSeed, type JointTrailParts, placeOf, transferName } from "./joint-trail-parts.ts";
import type { Trail } from "./trail.ts";

/** The seeds of a trail through several ledgers, as a person names them. */
export function listJointSeeds(parts: JointTrailParts): Trail["seeds"] {
  const { request } = parts;
  const held = everHeld(request);
  return request.seeds.map(({ part, at, amount, label }) => {
    const of = request.parts[part]!;
    const ledger = parts.parts[part]!.ledger.name;
    const { name } = request.labels[label]!;
    if (at.kind === "transfer" && of.kind === "account") {
      const transfer = transferName(parts, part, at.transfer);
      const value = BigInt(of.columns.transferAmount[at.transfer]!);
      const { account, asset } = placeOf(parts, { part, id: holdingOfSeed(request, part, at.transfer) });
      return { ledger, coin: null, account, asset, amount: amount ?? value, label: name, transfer };
    }
    if (at.kind === "transfer") throw new RangeError("a transfer seeds an account ledger only");
    const id = at.kind === "coin" ? at.output : at.holding;
    const { coin, account, asset } = placeOf(parts, { part, id });
    const seeded = amount ?? (of.kind === "coin" ? BigInt(of.columns.outputValue[id]!) : held(part, id));
    return { ledger, coin, account, asset, amount: seeded, label: name };
  });
}

/**
 * What each holding that is a seed ever held: its opening (not known: the least that keeps it from 0 on) and all that
 * came in, which is as much as its closing and all that went out.
 */
export function everHeld({
  seeds,
  parts,
}: Pick<JointRequest, "seeds" | "parts">): (part: number, holding: number) => bigint {
  const found = parts.map(
    () => new Map<number, { opening: bigint | null; least: bigint; balance: bigint; received: bigint }>(),
  );
  for (const { part, at } of seeds) {
    const of = parts[part]!;
    if (at.kind !== "holding" || of.kind !== "account") continue;
    const opening = of.columns.openings.get(at.holding) ?? of.columns.openingDefault;
    found[part]!.set(at.holding, { opening, least: 0n, balance: 0n, received: 0n });
  }
  for (const [part, of] of parts.entries()) {
    const held = found[part]!;
    if (of.kind !== "account" || held.size === 0) continue;
    const { transferFrom, transferTo, transferAmount, transferCount } = of.columns;
    for (let t = 0; t < transferCount; t++) {
      const payer = held.get(transferFrom[t]!);
      const payee = held.get(transferTo[t]!);
      if (payer === undefined && payee === undefined) continue;
      const amount = BigInt(transferAmount[t]!);
      if (payer !== undefined) {
        payer.balance -= amount;
        if (-payer.balance > payer.least) payer.least = -payer.balance;
      }
      if (payee === undefined) continue;
      payee.balance += amount;
      payee.received += amount;
    }
  }
  return (part, holding) => {
    const { opening, least, received } = found[part]!.get(holding)!;
    const before = opening ?? least;
    return received + (before > 0n ? before : 0n);
  };
}
