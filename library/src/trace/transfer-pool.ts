import { floorShare } from "./floor-share.ts";
import type { Rule } from "./rule.ts";
import { type Sweep, targetPlace } from "./sweep.ts";

/**
 * Moves the traced value of the sources to the targets under a rule that treats the transaction as one pool.
 * The targets hold nothing yet, and their values add up to those of the sources.
 */
export function transferPool(sweep: Sweep): void {
  const { sources, targets } = sweep;
  let traced = 0;
  for (let s = 0; s < sources.count; s++) {
    // Place 0 holds nothing.
    const held = sweep.total[sources.place[s]!]!;
    if (held > 0) traced += held;
  }
  const shares = takeShares(targets.count);
  divide(sweep, traced, shares);
  if (sweep.labelCount > 1) {
    divideByLabel(sweep, traced, shares);
    return;
  }
  for (let t = 0; t < targets.count; t++) {
    if (shares[t]! > 0) {
      const place = targetPlace(sweep, t);
      sweep.total[place] = shares[t]!;
    }
  }
}

let sharesRoom = new Float64Array(64);

function takeShares(count: number): Float64Array {
  if (sharesRoom.length < count) sharesRoom = new Float64Array(count * 2);
  return sharesRoom;
}

/** What each target gets of `traced`, over all labels. The last target is what no output took: the fee. */
function divide(sweep: Sweep, traced: number, shares: Float64Array): void {
  const { targets, whole } = sweep;
  const rule: Rule = sweep.rule;
  if (rule === "haircut") {
    let upTo = 0;
    let given = 0;
    for (let t = 0; t < targets.count; t++) {
      upTo += targets.value[t]!;
      const share = floorShare(traced, upTo, whole);
      shares[t] = share - given;
      given = share;
    }
  } else if (rule === "clean-first") {
    let clean = whole - traced;
    for (let t = 0; t < targets.count; t++) {
      const paid = Math.min(clean, targets.value[t]!);
      clean -= paid;
      shares[t] = targets.value[t]! - paid;
    }
  } else if (rule === "dirty-first") {
    let left = traced;
    for (let t = 0; t < targets.count; t++) {
      shares[t] = Math.min(left, targets.value[t]!);
      left -= shares[t]!;
    }
  } else {
    divideHighestFirst(sweep, traced, shares);
  }
}

function divideHighestFirst(sweep: Sweep, traced: number, shares: Float64Array): void {
  const { value, count } = sweep.targets;
  const outputs = count - 1;
  const order = Array.from({ length: outputs }, (_, t) => t).sort((a, b) => value[b]! - value[a]! || a - b);
  // Whatever it is worth, the fee comes last.
  order.push(outputs);
  let left = traced;
  for (const t of order) {
    shares[t] = Math.min(left, value[t]!);
    left -= shares[t]!;
  }
}

/** Splits each target's share in proportion to what is left of each label, so that labels and targets both add up. */
function divideByLabel(sweep: Sweep, traced: number, shares: Float64Array): void {
  const { sources, targets, labelCount } = sweep;
  const left = new Float64Array(labelCount);
  for (let s = 0; s < sources.count; s++) {
    const place = sources.place[s]!;
    if (!(sweep.total[place]! > 0)) continue;
    const row = place * labelCount;
    for (let label = 0; label < labelCount; label++) left[label] = left[label]! + sweep.rows[row + label]!;
  }
  let leftSum = traced;
  for (let t = 0; t < targets.count; t++) {
    const share = shares[t]!;
    if (share === 0) continue;
    const place = targetPlace(sweep, t);
    sweep.total[place] = share;
    const row = place * labelCount;
    let upTo = 0;
    let given = 0;
    for (let label = 0; label < labelCount; label++) {
      upTo += left[label]!;
      const part = floorShare(share, upTo, leftSum);
      sweep.rows[row + label] = part - given;
      given = part;
    }
    for (let label = 0; label < labelCount; label++) left[label] = left[label]! - sweep.rows[row + label]!;
    leftSum -= share;
  }
}
