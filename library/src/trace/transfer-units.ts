import { type Sweep, targetPlace } from "./sweep.ts";
import { blockHead, dropUnits, reserveUnits, type Units } from "./units.ts";

/** Runs of traced units by position in the queue of a transfer, rising, none touching another of its label. */
interface Runs {
  at: Float64Array;
  length: Float64Array;
  label: Uint32Array;
  count: number;
}

const runs: Runs = { at: new Float64Array(256), length: new Float64Array(256), label: new Uint32Array(256), count: 0 };

/**
 * Moves units from the sources to the targets: the unit at position p of the sources' queue goes to position p of the
 * targets' queue under fifo, to position whole - 1 - p under lifo. Both are their own inverses, so one function
 * serves both directions.
 */
export function transferUnits(sweep: Sweep): void {
  const units = sweep.units as Units;
  collectRuns(sweep, units);
  if (sweep.rule === "lifo") mirrorRuns(sweep.whole);
  const { targets } = sweep;
  // A run is cut at most once a target.
  reserveUnits(units, (runs.count + targets.count) * units.stride + targets.count * blockHead);
  let from = 0;
  let begin = 0;
  for (let t = 0; t < targets.count && from < runs.count; t++) {
    const end = begin + targets.value[t]!;
    // A coin without value takes nothing, even from the middle of a run.
    if (end > begin && runs.at[from]! < end) from = fillTarget(sweep, units, t, begin, end, from);
    begin = end;
  }
}

/** Writes the block of one target that takes positions `begin` to `end`. Gives the first run that reaches beyond. */
function fillTarget(sweep: Sweep, units: Units, target: number, begin: number, end: number, from: number): number {
  const { arena, stride, top } = units;
  let to = top + blockHead;
  let held = 0;
  let run = from;
  const place = targetPlace(sweep, target);
  const row = place * sweep.labelCount;
  if (stride === 3) sweep.rows.fill(0, row, row + sweep.labelCount);
  while (run < runs.count && runs.at[run]! < end) {
    const at = Math.max(runs.at[run]!, begin);
    const runEnd = runs.at[run]! + runs.length[run]!;
    const length = Math.min(runEnd, end) - at;
    arena[to] = at - begin;
    arena[to + 1] = length;
    if (stride === 3) {
      const label = runs.label[run]!;
      arena[to + 2] = label;
      sweep.rows[row + label] = sweep.rows[row + label]! + length;
    }
    to += stride;
    held += length;
    if (runEnd > end) break;
    run++;
  }
  arena[top] = place;
  arena[top + 1] = (to - top - blockHead) / stride;
  units.start[place] = top;
  units.top = to;
  sweep.total[place] = held;
  return run;
}

/** Reads the sources' blocks into {@link runs} and drops them: a coin is spent once. */
function collectRuns(sweep: Sweep, units: Units): void {
  const { sources } = sweep;
  const { stride, start, arena } = units;
  runs.count = 0;
  let base = 0;
  for (let s = 0; s < sources.count; s++) {
    const place = sources.place[s]!;
    const block = place === 0 ? 0 : start[place]!;
    if (block !== 0) {
      const count = arena[block + 1]!;
      if (runs.count + count > runs.at.length) growRuns(runs.count + count);
      for (let run = 0, at = block + blockHead; run < count; run++, at += stride) {
        addRun(base + arena[at]!, arena[at + 1]!, stride === 3 ? arena[at + 2]! : 0);
      }
      dropUnits(units, place);
    }
    base += sources.value[s]!;
  }
}

function addRun(at: number, length: number, label: number): void {
  const last = runs.count - 1;
  if (last >= 0 && runs.label[last] === label && runs.at[last]! + runs.length[last]! === at) {
    runs.length[last] = runs.length[last]! + length;
    return;
  }
  runs.at[runs.count] = at;
  runs.length[runs.count] = length;
  runs.label[runs.count] = label;
  runs.count++;
}

function growRuns(count: number): void {
  const size = count * 2;
  const at = new Float64Array(size);
  at.set(runs.at);
  runs.at = at;
  const length = new Float64Array(size);
  length.set(runs.length);
  runs.length = length;
  const label = new Uint32Array(size);
  label.set(runs.label);
  runs.label = label;
}

function mirrorRuns(whole: number): void {
  const { at, length, label, count } = runs;
  for (let run = 0; run < count; run++) at[run] = whole - at[run]! - length[run]!;
  at.subarray(0, count).reverse();
  length.subarray(0, count).reverse();
  label.subarray(0, count).reverse();
}

/** Of each source and label, the units that lie in the first `end` units of the targets' queue. */
export function unitsInFront(
  sweep: Sweep,
  end: number,
  tell: (source: number, label: number, amount: number) => void,
): void {
  const units = sweep.units as Units;
  const { sources, total, whole, rule } = sweep;
  let base = 0;
  for (let s = 0; s < sources.count; s++) {
    const place = sources.place[s]!;
    const block = units.start[place]!;
    const count = block !== 0 && total[place]! > 0 ? units.arena[block + 1]! : 0;
    for (let run = 0, at = block + blockHead; run < count; run++, at += units.stride) {
      const length = units.arena[at + 1]!;
      const position = base + units.arena[at]!;
      const place = rule === "lifo" ? whole - position - length : position;
      const amount = Math.min(place + length, end) - place;
      if (amount > 0) tell(sources.id[s]!, units.stride === 3 ? units.arena[at + 2]! : 0, amount);
    }
    base += sources.value[s]!;
  }
}

/** Gives the clean ones of a coin's first `amount` units a label. Returns how many they were. */
export function seedUnits(sweep: Sweep, place: number, amount: number, label: number): number {
  const units = sweep.units as Units;
  const { stride } = units;
  const block = units.start[place]!;
  const count = block === 0 ? 0 : units.arena[block + 1]!;
  runs.count = 0;
  if (2 * count + 1 > runs.at.length) growRuns(2 * count + 1);
  let cleanFrom = 0;
  let seeded = 0;
  const seedTo = (end: number) => {
    const length = Math.min(end, amount) - cleanFrom;
    if (length <= 0) return;
    addRun(cleanFrom, length, label);
    seeded += length;
  };
  for (let run = 0, at = block + blockHead; run < count; run++, at += stride) {
    const offset = units.arena[at]!;
    const length = units.arena[at + 1]!;
    seedTo(offset);
    addRun(offset, length, stride === 3 ? units.arena[at + 2]! : 0);
    cleanFrom = offset + length;
  }
  seedTo(amount);
  dropUnits(units, place);
  writeBlock(units, place);
  return seeded;
}

function writeBlock(units: Units, place: number): void {
  if (runs.count === 0) return;
  reserveUnits(units, blockHead + runs.count * units.stride);
  const { arena, stride, top } = units;
  arena[top] = place;
  arena[top + 1] = runs.count;
  let to = top + blockHead;
  for (let run = 0; run < runs.count; run++, to += stride) {
    arena[to] = runs.at[run]!;
    arena[to + 1] = runs.length[run]!;
    if (stride === 3) arena[to + 2] = runs.label[run]!;
  }
  units.start[place] = top;
  units.top = to;
}
