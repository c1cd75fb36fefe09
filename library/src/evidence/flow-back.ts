import { type FlowGraph, sumOf } from "./flow-model.ts";

/** How a link that runs back is drawn: down from its source, to the left under its ledger's band, up to its target. */
export interface BackPath {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  /** Height of its level piece. */
  readonly y: number;
  readonly thickness: number;
  /** Drawn at both ends only. */
  readonly isStub: boolean;
}

const channelGap = 7;
/** More would be a thicket: the smaller ones are stubs that say at both ends what runs back, and not where. */
export const loopsMax = 12;
/** Thicker would hide what it passes. */
export const backThicknessMax = 9;

interface Reach {
  readonly index: number;
  readonly lane: number;
  readonly left: number;
  readonly right: number;
  readonly thickness: number;
}

/**
 * Which channel under its ledger's band each link runs in (of two bands the lower), the nearest ones first to the
 * shortest, so that nested circles do not cross; and how much room each band's channels take together.
 */
export function channelsOf(
  { back, nodes }: FlowGraph,
  columns: readonly number[],
  thickness: readonly number[],
): { lanes: number[]; depths: number[]; stubs: boolean[]; room: Map<number, number> } {
  const amounts = back.map((link) => sumOf(link.amounts));
  const bySize = amounts.map((_, i) => i).sort((a, b) => compare(amounts[b]!, amounts[a]!) || a - b);
  const loops = new Set(bySize.slice(0, loopsMax));
  const reaches = back
    .map(({ source, target }, index): Reach => {
      const [a, b] = [columns[source]!, columns[target]!];
      const lane = Math.max(nodes[source]!.lane, nodes[target]!.lane);
      return { index, lane, left: Math.min(a, b), right: Math.max(a, b), thickness: thickness[index]! };
    })
    .filter(({ index }) => loops.has(index))
    .sort((a, b) => a.right - a.left - (b.right - b.left) || a.index - b.index);
  const lanes = back.map(() => 0);
  for (const { index, lane } of reaches) lanes[index] = lane;
  const depths = back.map(() => 0);
  const room = new Map<number, number>();
  for (const lane of new Set(reaches.map((reach) => reach.lane))) {
    let depth = channelGap;
    for (const channel of packed(reaches.filter((reach) => reach.lane === lane))) {
      const widest = channel.reduce((most, reach) => Math.max(most, reach.thickness), 0);
      for (const { index } of channel) depths[index] = depth + widest / 2;
      depth += widest + channelGap;
    }
    room.set(lane, depth);
  }
  return { lanes, depths, stubs: back.map((_, i) => !loops.has(i)), room };
}

const compare = (a: bigint, b: bigint) => (a === b ? 0 : a > b ? 1 : -1);

/** Each in the first channel in which nothing is in its way. */
function packed(reaches: readonly Reach[]): Reach[][] {
  const channels: Reach[][] = [];
  for (const reach of reaches) {
    const isFree = (channel: readonly Reach[]) =>
      channel.every((other) => other.right < reach.left || other.left > reach.right);
    const channel = channels.find(isFree);
    if (channel === undefined) channels.push([reach]);
    else channel.push(reach);
  }
  return channels;
}
