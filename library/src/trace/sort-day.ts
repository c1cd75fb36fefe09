/** A transaction of a day, by what it has to do with the order in which the day is taken. */
export interface DayTransaction {
  /** Holdings that it opens for those that await them. */
  readonly opens: readonly number[];
  /** Holdings that all others that open them come to before it. */
  readonly awaits: readonly number[];
  /** Earlier transactions of the day that it returns something of: these come before it, come what may. */
  readonly after: readonly number[];
}

/** A holding on that day. */
interface Gate {
  /** Who opens it, in the listed order. */
  readonly openers: number[];
  readonly waiting: Set<number>;
  /** Openers that are not taken yet, and the sum of their numbers, which names the last one. */
  left: number;
  sumLeft: number;
  /** Openers before this place are taken. */
  next: number;
}

interface Sorting {
  readonly day: readonly DayTransaction[];
  readonly gates: ReadonlyMap<number, Gate>;
  /** By transaction, those that return something of it. */
  readonly returns: readonly number[][];
  /** How many holdings and returned transactions each waits for. */
  readonly waits: Int32Array;
  readonly isTaken: Uint8Array;
  /** A heap of those that wait for nothing. */
  readonly ready: number[];
  readonly order: number[];
  /** From the first listed that is left on, each the one that the one before it waits for. */
  readonly path: number[];
  /** Where each stands in the path; -1 where it does not. */
  readonly places: Int32Array;
  /** The first place in the path that is taken. */
  pathEnd: number;
  firstLeft: number;
}

/**
 * Gives the order of a day, as places in `day`: of those that wait for nothing the first listed is next. Where all that
 * is left waits, a circle is looked for, from the first listed on, and its first listed waits no longer.
 */
export function sortDay(day: readonly DayTransaction[]): number[] {
  const sorting = prepare(day);
  const { order, ready, isTaken } = sorting;
  while (order.length < day.length) {
    const next = ready.length > 0 ? popLeast(ready) : openCircle(sorting);
    if (isTaken[next] === 0) take(sorting, next);
  }
  return order;
}

function prepare(day: readonly DayTransaction[]): Sorting {
  const gates = new Map<number, Gate>();
  const gateOf = (holding: number): Gate => {
    const known = gates.get(holding);
    if (known !== undefined) return known;
    const gate: Gate = { openers: [], waiting: new Set(), left: 0, sumLeft: 0, next: 0 };
    gates.set(holding, gate);
    return gate;
  };
  const returns: number[][] = day.map(() => []);
  day.forEach(({ opens, awaits, after }, n) => {
    for (const holding of opens) {
      const gate = gateOf(holding);
      gate.openers.push(n);
      gate.left++;
      gate.sumLeft += n;
    }
    for (const holding of awaits) gateOf(holding).waiting.add(n);
    for (const first of after) returns[first]!.push(n);
  });
  const waits = Int32Array.from(day, ({ awaits, after }, n) => {
    return after.length + awaits.filter((holding) => blocks(gates.get(holding)!, n)).length;
  });
  const ready: number[] = [];
  waits.forEach((count, n) => {
    // Rising numbers are a heap already.
    if (count === 0) ready.push(n);
  });
  const isTaken = new Uint8Array(day.length);
  const places = new Int32Array(day.length).fill(-1);
  const pathEnd = Number.POSITIVE_INFINITY;
  return { day, gates, returns, waits, isTaken, ready, order: [], path: [], places, pathEnd, firstLeft: 0 };
}

/** Whether somebody else still has to come to a holding before `n`: nobody waits for himself. */
function blocks({ left, sumLeft }: Gate, n: number): boolean {
  return left > 1 || (left === 1 && sumLeft !== n);
}

function take(sorting: Sorting, n: number): void {
  const { day, gates, returns, isTaken, order, places } = sorting;
  isTaken[n] = 1;
  order.push(n);
  if (places[n]! >= 0) sorting.pathEnd = Math.min(sorting.pathEnd, places[n]!);
  for (const holding of day[n]!.opens) {
    const gate = gates.get(holding)!;
    gate.left--;
    gate.sumLeft -= n;
    // Who opens a holding and waits for it goes on once all others have come; the rest once nobody is left.
    if (gate.left === 0) for (const waiting of gate.waiting) release(sorting, waiting);
    else if (gate.left === 1 && gate.waiting.has(gate.sumLeft)) release(sorting, gate.sumLeft);
  }
  for (const back of returns[n]!) release(sorting, back);
}

function release({ waits, isTaken, ready }: Sorting, n: number): void {
  waits[n]!--;
  if (waits[n] === 0 && isTaken[n] === 0) pushOn(ready, n);
}

/** The first listed of a circle, or what it returns something of, if that is not taken. */
function openCircle(sorting: Sorting): number {
  const { day, isTaken, path, places } = sorting;
  while (isTaken[sorting.firstLeft] === 1) sorting.firstLeft++;
  while (path.length > sorting.pathEnd) places[path.pop()!] = -1;
  sorting.pathEnd = Number.POSITIVE_INFINITY;
  if (path.length === 0) {
    places[sorting.firstLeft] = 0;
    path.push(sorting.firstLeft);
  }
  for (;;) {
    const before = firstAwaited(sorting, path.at(-1)!);
    const place = places[before]!;
    if (place < 0) {
      places[before] = path.length;
      path.push(before);
      continue;
    }
    let first = before;
    for (let at = place; at < path.length; at++) first = Math.min(first, path[at]!);
    for (;;) {
      const returned = day[first]!.after.find((n) => isTaken[n] === 0);
      if (returned === undefined) return first;
      first = returned;
    }
  }
}

/** The first listed of those that a transaction waits for. */
function firstAwaited({ day, gates, isTaken }: Sorting, n: number): number {
  const { awaits, after } = day[n]!;
  let first = Number.POSITIVE_INFINITY;
  for (const holding of awaits) {
    const gate = gates.get(holding)!;
    while (gate.next < gate.openers.length && isTaken[gate.openers[gate.next]!] === 1) gate.next++;
    for (let place = gate.next; place < gate.openers.length; place++) {
      const opener = gate.openers[place]!;
      if (opener === n || isTaken[opener] === 1) continue;
      first = Math.min(first, opener);
      break;
    }
  }
  for (const returned of after) if (isTaken[returned] === 0) first = Math.min(first, returned);
  return first;
}

function pushOn(heap: number[], n: number): void {
  let at = heap.length;
  heap.push(n);
  while (at > 0) {
    const above = (at - 1) >> 1;
    if (heap[above]! <= n) break;
    heap[at] = heap[above]!;
    at = above;
  }
  heap[at] = n;
}

function popLeast(heap: number[]): number {
  const least = heap[0]!;
  const last = heap.pop()!;
  let at = 0;
  while (heap.length > 0) {
    let below = 2 * at + 1;
    if (below >= heap.length) break;
    if (below + 1 < heap.length && heap[below + 1]! < heap[below]!) below++;
    if (heap[below]! >= last) break;
    heap[at] = heap[below]!;
    at = below;
  }
  if (heap.length > 0) heap[at] = last;
  return least;
}
