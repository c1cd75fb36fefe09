/** What somebody must have been paid by one or several of some payers, in one label's units. */
export interface Demand {
  readonly payers: readonly number[];
  readonly amount: bigint;
}

/** Rounds of rearranging; a picture is not worth more, and what is then open the first payer is taken to have paid. */
const roundsMax = 20_000;

/**
 * Who paid what, where it is known who may have paid and how much each has: first come first served, then rearranged
 * until everything is paid or nothing more can be (augmenting paths).
 *
 * @param has by payer; what is left is left in it
 * @returns by demand: what each of its payers gave
 * @see L. R. Ford, D. R. Fulkerson, "Maximal flow through a network", 1956
 */
export function sharePayers(demands: readonly Demand[], has: Map<number, bigint>): Map<number, bigint>[] {
  const given = demands.map(() => new Map<number, bigint>());
  const open = demands.map(({ amount }) => amount);
  const users = new Map<number, Set<number>>();
  const add = (demand: number, payer: number, amount: bigint) => {
    given[demand]!.set(payer, (given[demand]!.get(payer) ?? 0n) + amount);
    const own = users.get(payer) ?? new Set();
    users.set(payer, own.add(demand));
  };
  const pay = (demand: number, payer: number, most: bigint) => {
    const left = has.get(payer) ?? 0n;
    const amount = left < most ? left : most;
    if (amount <= 0n) return;
    has.set(payer, left - amount);
    open[demand]! -= amount;
    add(demand, payer, amount);
  };
  demands.forEach(({ payers }, i) => {
    for (const payer of payers) pay(i, payer, open[i]!);
  });
  let rounds = 0;
  for (let i = 0; i < demands.length; i++) {
    while (open[i]! > 0n && rounds < roundsMax) {
      rounds += 1;
      const path = findPath(i, { demands, given, has, users });
      if (path === null) break;
      const most = path.steps.reduce((least, { demand, payer }) => {
        const uses = given[demand]!.get(payer)!;
        return uses < least ? uses : least;
      }, open[i]!);
      const left = has.get(path.last)!;
      const amount = left < most ? left : most;
      // Each step frees its payer for the demand before it; the last payer has something left.
      let taker = i;
      for (const { demand, payer } of path.steps) {
        given[demand]!.set(payer, given[demand]!.get(payer)! - amount);
        add(taker, payer, amount);
        taker = demand;
      }
      add(taker, path.last, amount);
      has.set(path.last, left - amount);
      open[i]! -= amount;
    }
    if (open[i]! > 0n && demands[i]!.payers.length > 0) add(i, demands[i]!.payers[0]!, open[i]!);
  }
  return given;
}

interface State {
  readonly demands: readonly Demand[];
  readonly given: readonly Map<number, bigint>[];
  readonly has: ReadonlyMap<number, bigint>;
  readonly users: ReadonlyMap<number, ReadonlySet<number>>;
}

interface Step {
  readonly demand: number;
  readonly payer: number;
}

/** The shortest way from a demand over payers that others use to one that has something left. */
function findPath(start: number, { demands, given, has, users }: State): { steps: Step[]; last: number } | null {
  const cameBy = new Map<number, { before: number; payer: number }>();
  const seen = new Set([start]);
  const queue = [start];
  for (const demand of queue) {
    for (const payer of demands[demand]!.payers) {
      if ((has.get(payer) ?? 0n) > 0n) {
        const steps: Step[] = [];
        for (let at = demand; at !== start; ) {
          const { before, payer: freed } = cameBy.get(at)!;
          steps.unshift({ demand: at, payer: freed });
          at = before;
        }
        return { steps, last: payer };
      }
      for (const other of users.get(payer) ?? []) {
        if (seen.has(other) || (given[other]!.get(payer) ?? 0n) === 0n) continue;
        seen.add(other);
        cameBy.set(other, { before: demand, payer });
        queue.push(other);
      }
    }
  }
  return null;
}
