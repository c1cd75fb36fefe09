/** Rule and version: what finds differently is another version. */
export const swapRule = "ethereum/net-flow@2";

/**
 * How sure a link is, from 0 to 1. Set by judgement, not measured: what each rests on stands beside it.
 */
export const swapConfidence = {
  /** The contract's own mint or burn, of exactly the ether it got or gave: WETH9's construction (code, not conduct). */
  wrap: 0.99,
  /** Who sent the transaction gave one asset and got one other, all in one transaction that succeeds or fails whole. */
  sender: 0.95,
  /** Not the sender, but the only account that gave first and got another asset: it may act for somebody. */
  other: 0.8,
} as const;

/** What is needed of a transfer: those that sources give and those that a ledger gives back both have it. */
export interface SwapTransfer {
  readonly from: string | null;
  readonly to: string | null;
  readonly asset: string;
  readonly amount: bigint;
  readonly isFee: boolean;
}

/** One side's movement becomes the other's: found in one transaction. */
export interface FoundSwap<Transfer extends SwapTransfer> {
  readonly kind: "swap" | "wrap";
  readonly basis: "same-transaction" | "event";
  /** 0 to 1, see {@link swapConfidence}. */
  readonly confidence: number;
  readonly rule: string;
  readonly account: string;
  /** What the account gave, net of what came back of it; the transfers that it paid that asset in. */
  readonly given: { readonly asset: string; readonly amount: bigint; readonly transfers: readonly Transfer[] };
  /** What it got. */
  readonly got: { readonly asset: string; readonly amount: bigint; readonly transfers: readonly Transfer[] };
}

export type SwapFinding<Transfer extends SwapTransfer> =
  | { readonly swap: FoundSwap<Transfer>; readonly reason: null }
  | { readonly swap: null; readonly reason: string };

interface Flow {
  readonly assets: Map<string, bigint>;
  /** The first transfer that the account takes part in is one that it pays. */
  readonly paysFirst: boolean;
}

interface Turn {
  readonly account: string;
  readonly given: string;
  readonly got: string;
}

/**
 * Finds the swap or the wrap in one transaction, by the net flow of each account over all of it, fees left out: an
 * account with exactly one asset that it has less of afterwards, and exactly one that it has more of, swapped one for
 * the other. The sender comes first; else it must be the only such account whose first transfer pays, or that wraps or
 * unwraps. What came back of the asset given (a refund) lowers what was given. Where it is not clear there is no swap,
 * and the reason is told.
 *
 * @param transfers of one transaction, those that count, in order of their index (`call` without `top`)
 * @param sender who sent it; null where not known; left out: who paid its fee
 */
export function findSwaps<Transfer extends SwapTransfer>(
  transfers: readonly Transfer[],
  sender: string | null = transfers.find(({ isFee }) => isFee)?.from ?? null,
): SwapFinding<Transfer> {
  const flows = flowsOf(transfers);
  const own = sender === null ? undefined : flows.get(sender);
  const ofSender = sender === null || own === undefined ? "" : turnOf(sender, own);
  if (typeof ofSender !== "string") return { swap: settle(transfers, ofSender, swapConfidence.sender), reason: null };
  const turns: Turn[] = [];
  for (const [account, flow] of flows) {
    const turn = account === sender ? "" : turnOf(account, flow);
    if (typeof turn === "string") continue;
    // Of an unwrapping the ether is told before the token, whatever came first: calls stand before logs.
    if (flow.paysFirst || isWrap(movedBy(transfers, turn), turn)) turns.push(turn);
  }
  const [only, second] = turns;
  if (second !== undefined) {
    return { swap: null, reason: `${turns.length} accounts gave one asset for another, none of them the sender` };
  }
  if (only === undefined) {
    return { swap: null, reason: ofSender === "" ? "no account gave one asset for another" : `the sender ${ofSender}` };
  }
  // Where the sender gave something too, the other account may only be a part of the way.
  if (own !== undefined && [...own.assets.values()].some((net) => net < 0n)) {
    return { swap: null, reason: `the sender ${ofSender}, and another account gave one asset for another` };
  }
  return { swap: settle(transfers, only, swapConfidence.other), reason: null };
}

function flowsOf(transfers: readonly SwapTransfer[]): Map<string, Flow> {
  const flows = new Map<string, Flow>();
  const add = (account: string | null, asset: string, amount: bigint) => {
    if (account === null) return;
    let flow = flows.get(account);
    if (flow === undefined) {
      flow = { assets: new Map(), paysFirst: amount < 0n };
      flows.set(account, flow);
    }
    flow.assets.set(asset, (flow.assets.get(asset) ?? 0n) + amount);
  };
  for (const { from, to, asset, amount, isFee } of transfers) {
    if (isFee || from === to) continue;
    add(from, asset, -amount);
    add(to, asset, amount);
  }
  return flows;
}

/** What the account turned into what; else what it did, as a clause after its name. */
function turnOf(account: string, { assets }: Flow): Turn | string {
  const given = [...assets].filter(([, net]) => net < 0n);
  const got = [...assets].filter(([, net]) => net > 0n);
  if (given.length === 1 && got.length === 1) return { account, given: given[0]![0], got: got[0]![0] };
  return `gave ${given.length} assets and got ${got.length}`;
}

function settle<Transfer extends SwapTransfer>(
  transfers: readonly Transfer[],
  turn: Turn,
  confidence: number,
): FoundSwap<Transfer> {
  const { account, given, got } = turn;
  const { paid, received } = movedBy(transfers, turn);
  const net = (asset: string) =>
    transfers.reduce(
      (sum, transfer) =>
        transfer.asset !== asset || transfer.isFee
          ? sum
          : sum + (transfer.to === account ? transfer.amount : 0n) - (transfer.from === account ? transfer.amount : 0n),
      0n,
    );
  const wraps = isWrap({ paid, received }, turn);
  return {
    kind: wraps ? "wrap" : "swap",
    basis: wraps ? "event" : "same-transaction",
    confidence: wraps ? swapConfidence.wrap : confidence,
    rule: swapRule,
    account,
    given: { asset: given, amount: -net(given), transfers: paid },
    got: { asset: got, amount: net(got), transfers: received },
  };
}

interface Moved<Transfer> {
  readonly paid: readonly Transfer[];
  readonly received: readonly Transfer[];
}

/** What the account paid of the asset given, and what it received of the one got. */
function movedBy<Transfer extends SwapTransfer>(
  transfers: readonly Transfer[],
  { account, given, got }: Turn,
): Moved<Transfer> {
  const moved = transfers.filter(({ isFee, from, to }) => !isFee && from !== to);
  return {
    paid: moved.filter(({ from, asset }) => from === account && asset === given),
    received: moved.filter(({ to, asset }) => to === account && asset === got),
  };
}

/** The native asset for a token that its own contract mints, or a token that is burnt for it, one to one. */
function isWrap({ paid, received }: Moved<SwapTransfer>, turn: Turn): boolean {
  const [out, nextOut] = paid;
  const [into, nextInto] = received;
  if (out === undefined || into === undefined || nextOut !== undefined || nextInto !== undefined) return false;
  if (out.amount !== into.amount) return false;
  const wrapsIn = out.to === turn.got && into.from === null && isContract(turn.got);
  const unwraps = into.from === turn.given && out.to === null && isContract(turn.given);
  return wrapsIn !== unwraps && (wrapsIn ? !isContract(turn.given) : !isContract(turn.got));
}

/** Tokens are named by their contract, the native asset is not. */
const isContract = (asset: string) => asset.startsWith("0x");
