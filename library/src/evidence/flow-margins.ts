import type { FlowLayout } from "./flow-layout.ts";

/** How far the texts beside the first and the last column reach from the column's middle. */
export interface TextReach {
  readonly left: number;
  readonly right: number;
}

/** Room that stays free at the picture's edges. */
const edge = 8;

/** The layout with its margins wide enough for the texts that stand in them; the same where they are. */
export function widenMargins(layout: FlowLayout, reach: TextReach): FlowLayout {
  const first = layout.columns[0]?.x ?? 0;
  const last = layout.columns.at(-1)?.x ?? 0;
  const before = Math.max(0, Math.ceil(reach.left + edge - first));
  const behind = Math.max(0, Math.ceil(reach.right + edge - (layout.width - last)));
  if (before === 0 && behind === 0) return layout;
  const moved = ([x, y]: readonly [number, number]): [number, number] => [x + before, y];
  return {
    ...layout,
    width: layout.width + before + behind,
    columns: layout.columns.map((column) => ({ ...column, x: column.x + before })),
    bars: layout.bars.map((bar) => ({ ...bar, x: bar.x + before })),
    ribbons: layout.ribbons.map((ribbon) => ({ ...ribbon, points: ribbon.points.map(moved) })),
    backs: layout.backs.map((back) => ({ ...back, from: moved(back.from), to: moved(back.to) })),
  };
}
