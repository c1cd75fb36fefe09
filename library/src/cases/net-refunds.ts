import type { SwapTransfer } from "../ethereum/find-swaps.ts";

interface NumberedTransfer extends SwapTransfer {
  readonly id: number;
}

/**
 * What counts of an account's payments of an asset in one transaction where whom it paid gave some of it back: a router
 * that is sent 380 and returns 7 was given 373. By transfer: the payments with what is left of them, the refunds with
 * nothing. Null where some of what came back came from somebody who was not paid: then nothing can be taken off.
 */
export function netRefunds(
  transfers: readonly NumberedTransfer[],
  { account, asset }: { readonly account: string; readonly asset: string },
): Map<number, bigint> | null {
  const own = transfers.filter((one) => !one.isFee && one.asset === asset && one.from !== one.to);
  const paid = own.filter(({ from }) => from === account);
  const nets = new Map<number, bigint>();
  for (const refund of own.filter(({ to }) => to === account)) {
    let left = refund.amount;
    for (const payment of paid) {
      if (payment.to !== refund.from || left === 0n) continue;
      const remains = nets.get(payment.id) ?? payment.amount;
      const taken = remains < left ? remains : left;
      nets.set(payment.id, remains - taken);
      left -= taken;
    }
    if (left > 0n) return null;
    nets.set(refund.id, 0n);
  }
  return nets;
}
