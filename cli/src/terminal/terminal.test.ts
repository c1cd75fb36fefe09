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

test("a pipe gets no bar", () => {
  const { stream, written } = fakeStream(false);
  const bar = progressBar(stream, () => 1e9);
  bar.report("blocks", 1, 2);
  bar.clear();
  expect(written).toEqual([]);
});

test("a terminal gets one after a second, redrawn at most ten times a second, and wiped", () => {
  const { stream, written } = fakeStream(true);
  let at = 0;
  const bar = progressBar(stream, () => at);
  bar.report("blocks", 1, 4);
  expect(written).toEqual([]);
  at = 1500;
  bar.report("blocks", 2, 4);
  bar.report("blocks", 3, 4);
  expect(written).toHaveLength(1);
  expect(written[0]).toContain("50 %  blocks 2 of 4");
  bar.clear();
  bar.clear();
  expect(written).toHaveLength(2);
});
