import type { WriteStream } from "node:tty";
import { expect, test } from "vitest";
import { progressBar } from "./progress.ts";
import { tableLines } from "./table.ts";

test("columns line up, wide characters too", () => {
  const lines = tableLines(
    [{ heading: "who" }, { heading: "sat", align: "right" }],
    [
      ["a", "1"],
      ["交易所", "12,345"],
    ],
  );
  expect(lines).toEqual(["who        sat", "──────  ──────", "a            1", "交易所  12,345"]);
});

function fakeStream(isTTY: boolean) {
  const written: string[] = [];
  const stream = { isTTY, columns: 60, write: (text: string) => written.push(text) } as unknown as WriteStream;
  return { stream, written };
}

/** A clock that stands still until it is told. */
function handClock() {
  let at = 0;
  let work: (() => void) | null = null;
  const every = (_: number, again: () => void) => {
    work = again;
    return () => {
      work = null;
    };
  };
  const moveTo = (ms: number) => {
    at = ms;
    work?.();
  };
  return { now: () => at, every, moveTo };
}

test("a pipe gets no bar", () => {
  const { stream, written } = fakeStream(false);
  const bar = progressBar(stream, handClock());
  bar.report("blocks", 1, 2);
  bar.clear();
  expect(written).toEqual([]);
});

test("a terminal gets one after a second, drawn anew where there is news, and wiped", () => {
  const { stream, written } = fakeStream(true);
  const clock = handClock();
  const bar = progressBar(stream, clock);
  bar.report("blocks", 1, 4);
  clock.moveTo(500);
  expect(written).toEqual([]);
  bar.report("blocks", 2, 4);
  clock.moveTo(1500);
  clock.moveTo(1700);
  expect(written).toHaveLength(1);
  expect(written[0]).toContain("50 %  blocks 2 of 4");
  bar.clear();
  bar.clear();
  clock.moveTo(9000);
  expect(written).toHaveLength(2);
});

test("what takes less than a second leaves no trace", () => {
  const { stream, written } = fakeStream(true);
  const bar = progressBar(stream, handClock());
  bar.report("blocks", 1, null);
  bar.clear();
  expect(written).toEqual([]);
});
