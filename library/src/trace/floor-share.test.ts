import { expect, test } from "vitest";
import { floorShare } from "./floor-share.ts";
import { randomFrom } from "./random-ledger.test-ledger.ts";

const largest = Number.MAX_SAFE_INTEGER;

/** Draws whole numbers of all magnitudes up to 2^53 - 1, the ends of every binary range among them. */
function numbersFrom(seed: number): (max: number) => number {
  const random = randomFrom(seed);
  return (max) => {
    const bits = 1 + Math.floor(random() * 53);
    const at = random();
    const number = at < 0.1 ? 2 ** bits - 1 : at < 0.2 ? 2 ** (bits - 1) : (random() + random() / 2 ** 32) * 2 ** bits;
    return Math.min(max, Math.floor(number));
  };
}

function wrong(traced: number, part: number, whole: number): string | null {
  const exact = (BigInt(traced) * BigInt(part)) / BigInt(whole);
  const told = floorShare(traced, part, whole);
  return BigInt(told) === exact ? null : `${traced} * ${part} / ${whole} = ${exact}, not ${told}`;
}

test("floorShare is exact on a million triples of all magnitudes", () => {
  const number = numbersFrom(1);
  for (let n = 0; n < 1_000_000; n++) {
    const whole = Math.max(1, number(largest));
    const found = wrong(number(whole), number(whole), whole);
    if (found !== null) expect.fail(found);
  }
});

test("floorShare is exact on a million triples whose quotient is a whole number or misses one by a hair", () => {
  const number = numbersFrom(2);
  for (let n = 0; n < 200_000; n++) {
    const whole = Math.max(2, number(largest));
    const part = Math.max(1, number(whole));
    // The traced value nearest to a quotient of q: q * whole / part, and its neighbours.
    const quotient = number(part);
    const near = (BigInt(quotient) * BigInt(whole)) / BigInt(part);
    for (let step = -2n; step <= 2n; step++) {
      const traced = Number(near + step);
      if (traced < 0 || traced > whole) continue;
      const found = wrong(traced, part, whole);
      if (found !== null) expect.fail(found);
    }
  }
});

test("floorShare is exact where all three stand at the upper end of doubles", () => {
  for (let below = 0; below < 60; below++) {
    for (let traced = 0; traced < 60; traced++) {
      for (let part = 0; part < 60; part++) {
        const whole = largest - below;
        const found = wrong(whole - traced, whole - part, whole);
        if (found !== null) expect.fail(found);
      }
    }
  }
});
