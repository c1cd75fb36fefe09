/**
 * The traced units of coins, in their order inside the coin: for each coin a block of runs in one arena of doubles,
 * `[place, runs, offset, length (, label), …]`. What no run covers is clean, which halves the runs against keeping the
 * clean ones too, and touching runs of one label are joined. Blocks of spent coins are squeezed out once they fill
 * half of a full arena; else the arena doubles. Only coins that are still to be followed have a block, so the arena
 * grows with the front of the trail and not with its length.
 */
export interface Units {
  /** Doubles a run: offset and length, and a label where there are several. */
  readonly stride: number;
  arena: Float64Array;
  /** [places] Where the block of a place begins; 0 for none. */
  start: Uint32Array;
  top: number;
  /** Doubles below {@link top} that belong to blocks no longer needed. */
  dead: number;
}

/** Doubles before the runs of a block: its place and the number of its runs. */
export const blockHead = 2;

export function createUnits(places: number, labelCount: number): Units {
  const start = new Uint32Array(places);
  // Position 0 says "no block".
  return { stride: labelCount > 1 ? 3 : 2, arena: new Float64Array(1 << 14), start, top: 1, dead: 0 };
}

/** Makes room for `doubles` more at the top. Blocks may move. */
export function reserveUnits(units: Units, doubles: number): void {
  if (units.top + doubles <= units.arena.length) return;
  if (units.dead > units.top / 2) squeeze(units);
  let size = units.arena.length;
  while (units.top + doubles > size) size *= 2;
  if (size === units.arena.length) return;
  const arena = new Float64Array(size);
  arena.set(units.arena.subarray(0, units.top));
  units.arena = arena;
}

export function dropUnits(units: Units, place: number): void {
  const at = units.start[place]!;
  if (at === 0) return;
  units.dead += blockHead + units.arena[at + 1]! * units.stride;
  units.start[place] = 0;
}

function squeeze(units: Units): void {
  const { arena, start, stride, top } = units;
  let to = 1;
  for (let at = 1; at < top; ) {
    const place = arena[at]!;
    const size = blockHead + arena[at + 1]! * stride;
    if (start[place] === at) {
      if (to !== at) arena.copyWithin(to, at, at + size);
      start[place] = to;
      to += size;
    }
    at += size;
  }
  units.top = to;
  units.dead = 0;
}
