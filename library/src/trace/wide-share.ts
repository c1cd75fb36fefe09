import { highOf, lowOf, wideBase, wideToBigint } from "./account-wide.ts";

/** 2^27 + 1, which splits a double into two halves of 26 bits (Veltkamp, 1968). */
const splitter = 134217729;
/** 2^-99 and 2^-50: see {@link wideShare}. */
const relativeDoubt = 2 ** -99;
const absoluteDoubt = 2 ** -50;

/**
 * Exact floor(traced * part / whole) of wide numbers, 0 < traced ≤ whole, 0 ≤ part ≤ whole, into `share`.
 *
 * In pairs of doubles, each the other's rounding error (Dekker, 1971). With u = 2^-53, th + tl = traced and so on,
 * exact and |tl| ≤ u th:
 *
 * q1 = th / bh rounded, so the product q1 bh, exact as ph + pl, has th - ph exact (Sterbenz) and ≤ 2u th. The remainder
 * r = th - ph - pl + tl - q1 bl is ≤ 5u th; its three sums and one product round by ≤ 13u² th. q2 = r / bh errs by
 * ≤ 5u² for its rounding and ≤ 5u² for bh in place of whole, relatively to th / bh. So q1 + q2 errs by ≤ 24u².
 * Of the product with vh + vl = part, vh q1 is exact as mh + ml; vl q2 is left out (≤ 6u²); vh q2 and vl q1 round by
 * ≤ 7u², and their sum with ml, ≤ 8u, by ≤ 15u². Altogether ≤ 52u² < 2^-100, relatively.
 *
 * Where the fraction of the result is further from 0 and 1 than 2^-99 of the result, and 2^-50 for the rounding of the
 * fraction itself, its floor is the floor. All else is divided in bigints: exact quotients, and shares past 2^97.
 */
export function wideShare(
  share: Float64Array,
  tracedHigh: number,
  tracedLow: number,
  partHigh: number,
  partLow: number,
  wholeHigh: number,
  wholeLow: number,
): void {
  const th = tracedHigh * wideBase + tracedLow;
  const tl = tracedLow - (th - tracedHigh * wideBase);
  const bh = wholeHigh * wideBase + wholeLow;
  const bl = wholeLow - (bh - wholeHigh * wideBase);
  const vh = partHigh * wideBase + partLow;
  const vl = partLow - (vh - partHigh * wideBase);
  const q1 = th / bh;
  let shifted = q1 * splitter;
  const qHigh = shifted - (shifted - q1);
  const qLow = q1 - qHigh;
  shifted = bh * splitter;
  const bHigh = shifted - (shifted - bh);
  const bLow = bh - bHigh;
  const ph = q1 * bh;
  const pl = qLow * bLow - (ph - qHigh * bHigh - qLow * bHigh - qHigh * bLow);
  const q2 = (th - ph - pl + tl - q1 * bl) / bh;
  shifted = vh * splitter;
  const vHigh = shifted - (shifted - vh);
  const vLow = vh - vHigh;
  const mh = q1 * vh;
  const ml = qLow * vLow - (mh - qHigh * vHigh - qLow * vHigh - qHigh * vLow);
  const rest = ml + (vh * q2 + vl * q1);
  const xh = mh + rest;
  const xl = rest - (xh - mh);
  const high = Math.floor(xh / wideBase);
  const units = xh - high * wideBase;
  const whole = Math.floor(units);
  const behind = units - whole + xl;
  const floor = Math.floor(behind);
  const fraction = behind - floor;
  const doubt = xh * relativeDoubt + absoluteDoubt;
  if (!(fraction > doubt && fraction < 1 - doubt)) {
    divide(share, tracedHigh, tracedLow, partHigh, partLow, wholeHigh, wholeLow);
    return;
  }
  const low = whole + floor;
  const carry = low < 0 ? -1 : low >= wideBase ? 1 : 0;
  share[0] = high + carry;
  share[1] = low - carry * wideBase;
}

function divide(
  share: Float64Array,
  tracedHigh: number,
  tracedLow: number,
  partHigh: number,
  partLow: number,
  wholeHigh: number,
  wholeLow: number,
): void {
  const product = wideToBigint(tracedHigh, tracedLow) * wideToBigint(partHigh, partLow);
  const quotient = product / wideToBigint(wholeHigh, wholeLow);
  share[0] = highOf(quotient);
  share[1] = lowOf(quotient);
}
