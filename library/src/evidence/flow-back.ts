import type { FlowLink } from "./flow-model.ts";

/** How a link that runs back is drawn: down from its source, to the left under everything, and up to its target. */
export interface BackPath {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  /** Height of its level piece. */
  readonly y: number;
  readonly thickness: number;
}

const channelGap = 7;
/** Thicker would hide what it passes. */
export const backThicknessMax = 9;

interface Reach {
  readonly index: number;
  readonly left: number;
  readonly right: number;
  readonly thickness: number;
}

/**
 * Which channel under the picture each link runs in, the nearest ones first to the shortest, so that nested circles do
 * not cross; and how much room the channels take together.
 */
export function channelsOf(
  back: readonly FlowLink[],
  columns: readonly number[],
  thickness: readonly number[],
): { depths: number[]; room: number } {
  const reaches = back
    .map(({ source, target }, index): Reach => {
      const [a, b] = [columns[source]!, columns[target]!];
      return { index, left: Math.min(a, b), right: Math.max(a, b), thickness: thickness[index]! };
    })
    .sort((a, b) => a.right - a.left - (b.right - b.left) || a.index - b.index);
  const channels: Reach[][] = [];
  for (const reach of reaches) {
    const isFree = (channel: readonly Reach[]) =>
      channel.every((other) => other.right < reach.left || other.left > reach.right);
    const channel = channels.find(isFree);
    if (channel === undefined) channels.push([reach]);
    else channel.push(reach);
  }
  const depths = back.map(() => 0);
  let room = channels.length === 0 ? 0 : channelGap;
  for (const channel of channels) {
    const widest = channel.reduce((most, reach) => Math.max(most, reach.thickness), 0);
    for (const { index } of channel) depths[index] = room + widest / 2;
    room += widest + channelGap;
  }
  return { depths, room };
}
