/** An exact fraction; the denominator is positive. */
export interface Ratio {
  readonly n: bigint;
  readonly d: bigint;
}

export const ratio = (n: bigint, d = 1n): Ratio => (d < 0n ? { n: -n, d: -d } : { n, d });

export const plus = (a: Ratio, b: Ratio): Ratio =>
  a.d === b.d ? { n: a.n + b.n, d: a.d } : { n: a.n * b.d + b.n * a.d, d: a.d * b.d };

export const times = (a: Ratio, b: Ratio): Ratio => ({ n: a.n * b.n, d: a.d * b.d });

export const compareRatios = (a: Ratio, b: Ratio): number => {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

export const tenTo = (power: number): Ratio =>
  power < 0 ? { n: 1n, d: 10n ** BigInt(-power) } : { n: 10n ** BigInt(power), d: 1n };

const roundedPlaces = 15;

/** A plain decimal string without trailing zeros. What does not end, as a third, is rounded to 15 places. */
export function decimalOf({ n, d }: Ratio): string {
  const places = placesOf(d);
  const scale = 10n ** BigInt(places ?? roundedPlaces);
  const negative = n < 0n;
  const scaled = (negative ? -n : n) * scale;
  const digits = (places === null ? (2n * scaled + d) / (2n * d) : scaled / d).toString();
  const width = places ?? roundedPlaces;
  const padded = digits.padStart(width + 1, "0");
  const whole = padded.slice(0, padded.length - width);
  const rest = padded.slice(padded.length - width).replace(/0+$/, "");
  return `${negative ? "-" : ""}${whole}${rest === "" ? "" : `.${rest}`}`;
}

/** Whether the fraction has a finite decimal form. */
export const terminates = ({ n, d }: Ratio): boolean => placesOf(d / gcd(n < 0n ? -n : n, d)) !== null;

/**
 * @throws RangeError where `text` is no plain decimal
 */
export function ratioOf(text: string): Ratio {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) throw new RangeError(`"${text}" is no decimal number`);
  const [, sign, whole = "", rest = ""] = match;
  const n = BigInt(whole + rest);
  return { n: sign === "-" ? -n : n, d: 10n ** BigInt(rest.length) };
}

/** How many decimal places 1/d needs at most; null where it does not end. */
function placesOf(d: bigint): number | null {
  let twos = 0;
  let fives = 0;
  let left = d;
  for (; left % 2n === 0n; left /= 2n) twos++;
  for (; left % 5n === 0n; left /= 5n) fives++;
  return left === 1n ? Math.max(twos, fives) : null;
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x === 0n ? 1n : x;
}
