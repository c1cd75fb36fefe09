import { addShare, least, type Matter, type Share } from "./joint-matter.ts";

/** Stolen units for each local one. */
interface Rate {
  readonly stolen: bigint;
  readonly local: bigint;
}

/** Flags of poison: all units count for every label that touched them. */
export interface Flags {
  length: bigint;
  /** How many of the units count: all but what a link took out of a transfer. */
  face: bigint;
  rates: Map<number, Rate>;
}

const seeded: Rate = { stolen: 1n, local: 1n };

/** `poison`: an upper bound. A flag is copied along, and stays where it was until the balance is used up. */
export const matterOfFlags: Matter<Flags> = {
  clean: noFlags,
  stripped: ({ length }) => noFlags(length),
  lengthOf: ({ length }) => length,
  tracedOf: ({ length, rates }) => (rates.size > 0 ? length : 0n),
  isTraced: ({ rates }) => rates.size > 0,
  isWorthKeeping: ({ rates }) => rates.size > 0,
  sharesOf,
  take,
  takeFirst: take,
  takeRepaying: (from, units) => {
    const face = least(from.face, units);
    return { ...take(from, units), face };
  },
  takeBack: (from, { units }, endless) => ({ bundle: take(from, units, endless), stopped: [] }),
  payClean: (from, units) => {
    if (from.rates.size === 0) from.length -= least(units, from.length);
  },
  join: (first, then) => {
    const joined = noFlags(first.length + then.length);
    const counting = [first, then].filter(({ rates }) => rates.size > 0);
    if (counting.length > 0) joined.face = counting.reduce((sum, { face }) => sum + face, 0n);
    for (const { rates } of counting) for (const [label, rate] of rates) flag(joined, label, rate);
    return joined;
  },
  add,
  addBack: add,
  remember: () => {},
  seed: (bundle, _units, label) => {
    flag(bundle, label, seeded);
    bundle.face = bundle.length;
    return bundle.length;
  },
  lay: (onto, what, aligned, endless) => {
    if (onto.length === 0n && !endless && !aligned) return sharesOf(what);
    for (const [label, rate] of what.rates) flag(onto, label, rate);
    return [];
  },
  scale: (bundle, units) => {
    const scaled = noFlags(units);
    for (const [label, { stolen, local }] of bundle.rates) {
      scaled.rates.set(label, reduced(stolen * bundle.length, local * units));
    }
    return { scaled, lost: [] };
  },
  reverse: (bundle) => bundle,
  fill: (sources, values) => {
    const all = noFlags(0n);
    for (const { rates } of sources) for (const [label, rate] of rates) flag(all, label, rate);
    return values.map((value) => ({ length: value, face: value, rates: new Map(all.rates) }));
  },
  sourcesOfFirst: (held, values, first) =>
    held.map((shares, n) =>
      first.length === 0n ? [] : shares.map(({ label, stolen }) => ({ label, amount: values[n]!, stolen })),
    ),
};

function noFlags(length: bigint): Flags {
  return { length, face: length, rates: new Map() };
}

function sharesOf({ face, rates }: Flags): Share[] {
  const shares: Share[] = [];
  for (const [label, { stolen, local }] of rates) {
    addShare(shares, { label, amount: face, stolen: (face * stolen) / local });
  }
  return shares;
}

function take(from: Flags, units: bigint, endless = false): Flags {
  const taken: Flags = { length: units, face: units, rates: new Map(from.rates) };
  from.length -= least(units, from.length);
  from.face = least(from.face, from.length);
  if (from.length === 0n && !endless) from.rates.clear();
  return taken;
}

/** Where a label is here already, the rate that makes more of it stays: poison never says less than what may be. */
function flag(to: Flags, label: number, rate: Rate): void {
  const known = to.rates.get(label);
  if (known === undefined || known.stolen * rate.local < rate.stolen * known.local) to.rates.set(label, rate);
}

function add(to: Flags, more: Flags): void {
  to.length += more.length;
  to.face = to.length;
  for (const [label, rate] of more.rates) flag(to, label, rate);
}

/** Many links make long fractions of amounts that have a few prime factors in common. */
function reduced(stolen: bigint, local: bigint): Rate {
  let a = stolen;
  let b = local;
  while (b > 0n) [a, b] = [b, a % b];
  return { stolen: stolen / a, local: local / a };
}
