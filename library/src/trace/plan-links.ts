import type { JointLink, JointPart, JointRequest, LinkSide } from "./joint-request.ts";

/** A movement on one side of a link. */
export interface LinkMember {
  readonly part: number;
  /** A transfer or a coin. */
  readonly id: number;
  /** Its transaction; -1 for a coin whose maker the ledger does not hold. */
  readonly transaction: number;
  /** How many of its units go over the link: its first ones. */
  readonly units: bigint;
}

/** A link as a trail in the request's direction meets it: backward the sides are swapped. */
export interface LinkPlan {
  /** Its place in the request. */
  readonly number: number;
  /** In the order in which their units are counted. */
  readonly from: readonly LinkMember[];
  readonly to: readonly LinkMember[];
  readonly unitsIn: bigint;
  readonly unitsOut: bigint;
}

/** Where a movement stands in a link. */
export interface LinkPlace {
  /** The link's number. */
  readonly link: number;
  readonly side: "from" | "to";
  /** Its place in that side. */
  readonly index: number;
}

export interface LinkPlans {
  readonly plans: readonly LinkPlan[];
  /** [parts] By transfer or coin. */
  readonly places: readonly ReadonlyMap<number, LinkPlace>[];
  /** [parts] By transaction, the links that reach a target in it. */
  readonly reached: readonly ReadonlyMap<number, readonly number[]>[];
  /** [parts] The order of the transfers of a transaction, where it is not the listed one. Forward. */
  readonly orders: readonly ReadonlyMap<number, Uint32Array>[];
}

export function planLinks(request: JointRequest): LinkPlans {
  const forward = request.links.map((link, number) => planLink(request.parts, link, number));
  const plans = request.direction === "forward" ? forward : forward.map(mirror);
  const places = request.parts.map(() => new Map<number, LinkPlace>());
  const reached = request.parts.map(() => new Map<number, number[]>());
  for (const { number: link, from, to } of plans) {
    from.forEach(({ part, id }, index) => {
      places[part]!.set(id, { link, side: "from", index });
    });
    to.forEach(({ part, id, transaction }, index) => {
      places[part]!.set(id, { link, side: "to", index });
      const there = reached[part]!.get(transaction) ?? [];
      if (!there.includes(link)) reached[part]!.set(transaction, [...there, link]);
    });
  }
  return { plans, places, reached, orders: request.parts.map((part, p) => orderTransfers(part, p, forward)) };
}

function planLink(parts: readonly JointPart[], link: JointLink, number: number): LinkPlan {
  let left = link.amount;
  const from: LinkMember[] = [];
  for (const member of listMembers(parts, link.from)) {
    const units = left === null || left > member.units ? member.units : left;
    if (left !== null) left -= units;
    // What has no part in the amount is an ordinary movement.
    if (units > 0n) from.push({ ...member, units });
  }
  const to = listMembers(parts, link.to);
  return { number, from, to, unitsIn: sumOfUnits(from), unitsOut: sumOfUnits(to) };
}

/** Movements of no value do not exist for a link. */
function listMembers(parts: readonly JointPart[], { part, ids }: LinkSide): LinkMember[] {
  const of = parts[part]!;
  const members = ids.map((id): LinkMember => {
    if (of.kind === "account") {
      const transaction = transactionOfTransfer(of.columns.txFirstTransfer, id);
      return { part, id, transaction, units: BigInt(of.columns.transferAmount[id]!) };
    }
    const maker = of.columns.outputTx[id]!;
    const transaction = maker < of.columns.transactionCount ? maker : -1;
    return { part, id, transaction, units: BigInt(of.columns.outputValue[id]!) };
  });
  return members.filter(({ units }) => units > 0n);
}

/** The transaction of a transfer, by bisection of [transactionCount + 1] rising starts. */
export function transactionOfTransfer(txFirstTransfer: Uint32Array, transfer: number): number {
  let low = 0;
  let high = txFirstTransfer.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (txFirstTransfer[middle]! <= transfer) low = middle;
    else high = middle;
  }
  return low;
}

function sumOfUnits(members: readonly LinkMember[]): bigint {
  return members.reduce((sum, { units }) => sum + units, 0n);
}

/** A source of which only a part goes over the link becomes a target that has only that part from it. */
function mirror({ number, from, to, unitsIn, unitsOut }: LinkPlan): LinkPlan {
  const reversed = (members: readonly LinkMember[]) => [...members].reverse();
  return { number, from: reversed(to), to: reversed(from), unitsIn: unitsOut, unitsOut: unitsIn };
}

/** Inside one transaction the sources of a link come before its targets, whatever the order listed. */
function orderTransfers(part: JointPart, number: number, plans: readonly LinkPlan[]): Map<number, Uint32Array> {
  const orders = new Map<number, Uint32Array>();
  if (part.kind !== "account") return orders;
  const sourcesOf = new Map<number, number[]>();
  const late = new Set<number>();
  for (const { from, to } of plans) {
    if (from[0]?.part !== number || to[0]?.part !== number) continue;
    for (const target of to) {
      const sources = from.filter(({ transaction, id }) => transaction === target.transaction && id > target.id);
      if (sources.length === 0) continue;
      sourcesOf.set(
        target.id,
        sources.map(({ id }) => id).sort((a, b) => a - b),
      );
      late.add(target.transaction);
    }
  }
  const { txFirstTransfer } = part.columns;
  for (const transaction of late) {
    const order = new Set<number>();
    for (let i = txFirstTransfer[transaction]!; i < txFirstTransfer[transaction + 1]!; i++) {
      for (const source of sourcesOf.get(i) ?? []) order.add(source);
      order.add(i);
    }
    orders.set(transaction, Uint32Array.from(order));
  }
  return orders;
}
