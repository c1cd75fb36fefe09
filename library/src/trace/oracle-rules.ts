import type { Rule } from "./rule.ts";

/** A stretch of units in their order; `label` -1 is clean, `from` the place in the queue of what it came from. */
export interface Unit {
  label: number;
  length: bigint;
  from: number;
}

/**
 * What a coin or a fee holds: by label the amount (poison: 1 for a flag), and under fifo and lifo every unit in order.
 */
export interface Held {
  labels: bigint[];
  units: Unit[];
}

export interface Queued {
  value: bigint;
  held: Held;
}

/** Fills `values`, the last of which is the fee of a forward transaction, from what is queued. */
type Move = (queue: Queued[], values: bigint[], labelCount: number) => Held[];

const sum = (values: bigint[]) => values.reduce((a, b) => a + b, 0n);
const smaller = (a: bigint, b: bigint) => (a < b ? a : b);

const fifo: Move = (queue, values, labelCount) => {
  const units = queue.flatMap(({ value, held }, from) => allUnits(value, held).map((unit) => ({ ...unit, from })));
  return values.map((value) => {
    const taken: Unit[] = [];
    for (let wanted = value; wanted > 0n; ) {
      const first = units[0]!;
      const length = smaller(first.length, wanted);
      taken.push({ ...first, length });
      first.length -= length;
      if (first.length === 0n) units.shift();
      wanted -= length;
    }
    return heldOfUnits(taken, labelCount);
  });
};

const lifo: Move = (queue, values, labelCount) => {
  const reversed = queue.map(({ value, held }) => ({
    value,
    held: { labels: held.labels, units: allUnits(value, held).reverse() },
  }));
  const moved = fifo(reversed.reverse(), values, labelCount);
  // `from` counts from the front of the queue, whichever end is taken first.
  for (const { units } of moved) for (const unit of units) unit.from = queue.length - 1 - unit.from;
  return moved;
};

function allUnits(value: bigint, held: Held): Unit[] {
  return held.units.length > 0 ? held.units.map((unit) => ({ ...unit })) : [{ label: -1, length: value, from: 0 }];
}

export function heldOfUnits(units: Unit[], labelCount: number): Held {
  const labels = Array.from({ length: labelCount }, (_, label) =>
    sum(units.filter((unit) => unit.label === label).map((unit) => unit.length)),
  );
  return { labels, units };
}

/** A rule that says how much traced value each output gets; the labels share it by what is left of each. */
function pool(amounts: (traced: bigint, values: bigint[]) => bigint[]): Move {
  return (queue, values, labelCount) => {
    const left = Array.from({ length: labelCount }, (_, label) => sum(queue.map(({ held }) => held.labels[label]!)));
    return amounts(sum(left), values).map((amount) => {
      const before = [...left];
      const whole = sum(before);
      const labels = before.map((_, label) => {
        if (amount === 0n) return 0n;
        const upTo = sum(before.slice(0, label + 1));
        const below = sum(before.slice(0, label));
        return (amount * upTo) / whole - (amount * below) / whole;
      });
      labels.forEach((part, label) => {
        left[label]! -= part;
      });
      return { labels, units: [] };
    });
  };
}

const haircut = pool((traced, values) => {
  const whole = sum(values);
  return values.map(
    (_, j) => (traced * sum(values.slice(0, j + 1))) / whole - (traced * sum(values.slice(0, j))) / whole,
  );
});

const dirtyFirst = pool((traced, values) => {
  let stolen = traced;
  return values.map((value) => {
    const amount = smaller(stolen, value);
    stolen -= amount;
    return amount;
  });
});

const cleanFirst = pool((traced, values) => {
  let clean = sum(values) - traced;
  return values.map((value) => {
    const paid = smaller(clean, value);
    clean -= paid;
    return value - paid;
  });
});

const tiho = pool((traced, values) => {
  const amounts = values.map(() => 0n);
  const outputs = values.slice(0, -1).map((value, j) => ({ value, j }));
  outputs.sort((a, b) => (a.value === b.value ? a.j - b.j : a.value > b.value ? -1 : 1));
  let stolen = traced;
  for (const { value, j } of [...outputs, { value: values.at(-1)!, j: values.length - 1 }]) {
    amounts[j] = smaller(stolen, value);
    stolen -= amounts[j]!;
  }
  return amounts;
});

const poison: Move = (queue, values, labelCount) =>
  values.map(() => ({
    labels: Array.from({ length: labelCount }, (_, label) =>
      queue.some(({ held }) => held.labels[label] === 1n) ? 1n : 0n,
    ),
    units: [],
  }));

/** One function a rule, each written from its definition and from nothing else. */
export const oracleRules: Readonly<Record<Rule, Move>> = {
  poison,
  haircut,
  fifo,
  lifo,
  "dirty-first": dirtyFirst,
  "clean-first": cleanFirst,
  tiho,
};
