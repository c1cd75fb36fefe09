/**
 * Exact floor(traced * part / whole) for whole numbers 0 ≤ traced ≤ whole, 0 ≤ part ≤ whole, 0 < whole < 2^53,
 * in doubles.
 *
 * `ratio` is traced / whole, rounded by the division. Let u = 2^-53, y the exact quotient and x = part * ratio as
 * the machine gives it. Each of the two operations errs by at most u relatively, so |x - y| ≤ y(2u + u²) < x * 2^-51
 * (y ≥ 1 or y = 0 or the quotient lies in (0, 1); a subnormal cannot occur, as y > 2^-53 where it is not zero).
 * Where x is further than x * 2^-51 from every whole number, floor(x) = floor(y). The fraction x - floor(x) is exact,
 * being a multiple of x's last place and smaller than x. Everything else goes to {@link exactFloorShare}.
 *
 * Kernels repeat these four lines in their loops; here they stand for the rest of the room.
 */
export function floorShare(traced: number, part: number, whole: number): number {
  if (part === whole) return traced;
  const x = part * (traced / whole);
  const floor = Math.floor(x);
  const fraction = x - floor;
  const doubt = x * doubtFactor;
  return fraction > doubt && fraction < 1 - doubt ? floor : exactFloorShare(traced, part, whole, x);
}

/** 2^-51: see {@link floorShare}. */
export const doubtFactor = 4.440892098500626e-16;

/** 2^27 + 1, which splits a double into two halves of 26 bits (Veltkamp, 1968). */
const splitter = 134217729;

/**
 * traced * part - quotient * whole, with its sign exact, and exact where it is below 2^53. Both products are taken
 * apart into the rounded product and its error (Dekker, 1971; no product reaches 2^106, so nothing overflows).
 *
 * The quotient is within 3 of the exact one, and for a quotient below 2^50 within quotient * 2^-50 + 2^-50 of it. So
 * the two rounded products either lie within a factor of two of each other, where their difference is exact
 * (Sterbenz), or the quotient is below 8 and their difference is a whole number below 2^10. The two errors are whole
 * numbers of at most 2^52 each, so their difference is exact too, and only the last addition rounds.
 */
function remainderOf(traced: number, part: number, quotient: number, whole: number): number {
  const product = traced * part;
  let shifted = traced * splitter;
  const tracedHigh = shifted - (shifted - traced);
  const tracedLow = traced - tracedHigh;
  shifted = part * splitter;
  const partHigh = shifted - (shifted - part);
  const partLow = part - partHigh;
  const error = tracedLow * partLow - (product - tracedHigh * partHigh - tracedLow * partHigh - tracedHigh * partLow);
  const back = quotient * whole;
  shifted = quotient * splitter;
  const quotientHigh = shifted - (shifted - quotient);
  const quotientLow = quotient - quotientHigh;
  shifted = whole * splitter;
  const wholeHigh = shifted - (shifted - whole);
  const wholeLow = whole - wholeHigh;
  const backError =
    quotientLow * wholeLow - (back - quotientHigh * wholeHigh - quotientLow * wholeHigh - quotientHigh * wholeLow);
  return product - back + (error - backError);
}

/**
 * The same as {@link floorShare} where `estimate`, the quotient in doubles, lies too near to a whole number to trust.
 */
export function exactFloorShare(traced: number, part: number, whole: number, estimate: number): number {
  let quotient = Math.round(estimate);
  for (;;) {
    const remainder = remainderOf(traced, part, quotient, whole);
    if (remainder < 0) quotient--;
    else if (remainder >= whole) quotient++;
    else return quotient;
  }
}
