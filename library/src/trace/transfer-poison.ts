import { type Sweep, targetPlace } from "./sweep.ts";

/** Flags every target of a transfer that has a flagged source; coins without value too, but no fee of zero. */
export function transferPoison(sweep: Sweep): void {
  const { sources, targets, labelCount } = sweep;
  const flags = new Uint8Array(labelCount);
  for (let s = 0; s < sources.count; s++) {
    const place = sources.place[s]!;
    if (labelCount === 1 || !(sweep.total[place]! > 0)) continue;
    const row = place * labelCount;
    for (let label = 0; label < labelCount; label++) if (sweep.rows[row + label] === 1) flags[label] = 1;
  }
  for (let t = 0; t < targets.count; t++) {
    const id = targets.id[t]!;
    if (id >= sweep.feeBase && targets.value[t] === 0) continue;
    const place = targetPlace(sweep, t);
    sweep.total[place] = 1;
    for (let label = 0; labelCount > 1 && label < labelCount; label++) {
      sweep.rows[place * labelCount + label] = flags[label]!;
    }
  }
}
