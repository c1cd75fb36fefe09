import { nowhere } from "./account-columns.ts";
import { spenderMin } from "./columns.ts";
import type { AccountPart, CoinPart, JointRequest } from "./joint-request.ts";

/** A movement's part in a link: how many of its first units (backward: last) go over it. */
export interface LinkRole {
  link: number;
  isSource: boolean;
  share: bigint;
}

/** A transfer as it is taken: backward with its sides changed. Null: nowhere. */
export interface PlannedTransfer {
  id: number;
  from: number | null;
  to: number | null;
  amount: bigint;
  isFee: boolean;
  /** The transfers that it gives back. */
  returns: number[];
  role: LinkRole | null;
}

export interface PlannedTransaction {
  id: number;
  time: number;
  transfers: PlannedTransfer[];
}

export interface AccountPlan {
  /** In the order taken. */
  transactions: PlannedTransaction[];
  /** Those that the stop height leaves out. */
  leftOut: PlannedTransaction[];
  /** By holding: the balance at the start, where the ledger says it; else the least one. */
  openings: { amount: bigint; isKnown: boolean }[];
}

/** The roles of one side of all links: by link, then by movement. */
export function rolesOf({ parts, links, direction }: JointRequest): Map<number, LinkRole>[] {
  const roles = parts.map(() => new Map<number, LinkRole>());
  links.forEach(({ from, to, amount }, link) => {
    let left = amount;
    for (const side of [from, to]) {
      for (const id of side.ids) {
        const value = unitsOf(parts[side.part]!, id);
        const share = side === to || left === null || left > value ? value : left;
        if (side === from && left !== null) left -= share;
        // Nothing of it goes over: it is a movement like any other.
        if (share === 0n) continue;
        const isSource = (side === from) === (direction === "forward");
        roles[side.part]!.set(id, { link, isSource, share });
      }
    }
  });
  return roles;
}

function unitsOf(part: AccountPart | CoinPart, id: number): bigint {
  const value = part.kind === "account" ? part.columns.transferAmount[id]! : part.columns.outputValue[id]!;
  return value === -1 ? 0n : BigInt(value);
}

export function planAccounts(part: AccountPart, request: JointRequest, roles: Map<number, LinkRole>): AccountPlan {
  const { columns, stopHeight } = part;
  const isForward = request.direction === "forward";
  const all: PlannedTransaction[] = [];
  for (let t = 0; t < columns.transactionCount; t++) {
    const transfers: PlannedTransfer[] = [];
    for (let x = columns.txFirstTransfer[t]!; x < columns.txFirstTransfer[t + 1]!; x++) {
      if (BigInt(columns.transferAmount[x]!) > 0n) transfers.push(plannedTransfer(part, x, roles));
    }
    all.push({ id: t, time: columns.txTime[t]!, transfers: sourcesFirst(transfers, isForward) });
  }
  const openings = openingsOf(part, all, isForward);
  if (!isForward) {
    all.reverse();
    for (const transaction of all) transaction.transfers = transaction.transfers.reverse().map(mirrored);
  }
  settleReturns(all, columns.returnOf, roles, isForward);
  const isTaken = ({ id }: PlannedTransaction) => {
    const height = columns.txHeight[id]!;
    return stopHeight === null || (isForward ? height <= stopHeight : height >= stopHeight);
  };
  return {
    transactions: all.filter(isTaken),
    leftOut: all.filter((transaction) => !isTaken(transaction)),
    openings,
  };
}

function plannedTransfer({ columns }: AccountPart, id: number, roles: Map<number, LinkRole>): PlannedTransfer {
  const place = (holding: number) => (holding === nowhere ? null : holding);
  return {
    id,
    from: place(columns.transferFrom[id]!),
    to: place(columns.transferTo[id]!),
    amount: BigInt(columns.transferAmount[id]!),
    isFee: columns.transferIsFee[id] === 1,
    returns: [],
    role: roles.get(id) ?? null,
  };
}

const mirrored = (transfer: PlannedTransfer): PlannedTransfer => {
  return { ...transfer, from: transfer.to, to: transfer.from };
};

/** As listed, but before a link's first target come all of its sources in this transaction. */
function sourcesFirst(transfers: PlannedTransfer[], isForward: boolean): PlannedTransfer[] {
  const ordered: PlannedTransfer[] = [];
  const comesFrom = (role: LinkRole) => role.isSource === isForward;
  for (const transfer of transfers) {
    if (transfer.role !== null && !comesFrom(transfer.role)) {
      const { link } = transfer.role;
      ordered.push(...transfers.filter(({ role }) => role?.link === link && comesFrom(role)));
    }
    ordered.push(transfer);
  }
  return [...new Set(ordered)];
}

function settleReturns(
  all: PlannedTransaction[],
  returnOf: ReadonlyMap<number, number>,
  roles: Map<number, LinkRole>,
  isForward: boolean,
): void {
  const byId = new Map(all.flatMap(({ transfers }) => transfers).map((transfer) => [transfer.id, transfer]));
  for (const [later, earlier] of [...returnOf].sort(([a], [b]) => a - b)) {
    const back = byId.get(later);
    const out = byId.get(earlier);
    if (back === undefined || out === undefined || roles.has(later) || roles.has(earlier)) continue;
    if (earlier >= later || back.from === null || back.to === null) continue;
    if (back.from !== out.to || back.to !== out.from) continue;
    if (isForward) back.returns.push(earlier);
    else out.returns.push(later);
  }
}

/** From the ledger as it is, whichever way it is traced: backward a trail starts with the closing balances. */
function openingsOf({ columns }: AccountPart, all: PlannedTransaction[], isForward: boolean): AccountPlan["openings"] {
  return Array.from({ length: columns.holdingCount }, (_, holding) => {
    const known = columns.openings.get(holding) ?? columns.openingDefault;
    let moved = 0n;
    let counted = 0n;
    let lowest = 0n;
    for (const { from, to, amount, role } of all.flatMap(({ transfers }) => transfers)) {
      // What goes to a link's target was brought by its source, in another asset: it asks for no opening.
      const isTarget = role !== null && role.isSource !== isForward;
      if (from === holding) {
        moved -= amount;
        if (!isTarget) counted -= amount;
      }
      if (counted < lowest) lowest = counted;
      if (to === holding) {
        moved += amount;
        counted += amount;
      }
    }
    if (known === null) return { amount: isForward ? -lowest : counted - lowest, isKnown: false };
    return { amount: isForward ? known : known + moved, isKnown: true };
  });
}

/** The transactions of a coin part in the order taken: a followed coinbase comes after the rest of its block. */
export function orderCoins({ columns }: CoinPart, request: JointRequest): number[] {
  const order: number[] = [];
  for (let t = 0; t < columns.transactionCount; ) {
    const block = blockOf(columns.txHeight, t);
    if (request.followFees && columns.wholeBlocks && block.isKnown) order.push(...block.ids.slice(1), t);
    else order.push(...block.ids);
    t += block.ids.length;
  }
  return request.direction === "forward" ? order : order.reverse();
}

/** The transactions of the same block; one without a height stands alone. */
export function blockOf(txHeight: Uint32Array, transaction: number): { ids: number[]; isKnown: boolean } {
  const height = txHeight[transaction]!;
  if (height === 0xffff_ffff) return { ids: [transaction], isKnown: false };
  const ids = Array.from(txHeight, (_, t) => t).filter((t) => txHeight[t] === height);
  return { ids, isKnown: true };
}

export const isTransaction = (id: number): boolean => id < spenderMin;
