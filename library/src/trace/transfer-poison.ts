import { rowOf, type Sweep } from "./sweep.ts";

/** Flags every target of a transfer that has a flagged source; coins without value too, but no fee of zero. */
export function transferPoison(sweep: Sweep): void {
  const { sources, targets, total, labelCount } = sweep;
  const flags = new Uint8Array(labelCount);
  for (let s = 0; s < sources.count; s++) {
    const id = sources.id[s]!;
    if (!(total[id]! > 0)) continue;
    if (sweep.slot === null) flags[0] = 1;
    else {
      const row = (sweep.slot[id]! - 1) * labelCount;
      for (let label = 0; label < labelCount; label++) if (sweep.rows[row + label] === 1) flags[label] = 1;
    }
  }
  for (let t = 0; t < targets.count; t++) {
    const id = targets.id[t]!;
    if (id >= sweep.feeBase && targets.value[t] === 0) continue;
    total[id] = 1;
    if (sweep.slot === null) continue;
    const row = rowOf(sweep, id);
    for (let label = 0; label < labelCount; label++) sweep.rows[row + label] = flags[label]!;
  }
}
