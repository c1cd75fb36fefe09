import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { analyseDocument } from "../analyse-document.ts";
import { readDocument } from "../documents/read-document.ts";
import { findChanges } from "./find-changes.ts";
import { traceWording } from "./trace-wording.ts";

const seeds = join(import.meta.dirname, "../../../../../shared/seeds");

/** Five real reports, by their numbers: of two the day is known, and it is one day. */
describe.skipIf(!existsSync(seeds))("five reports of one story (../shared/seeds)", () => {
  const read = async () => {
    const numbers = new Map<string, number>();
    const analyses = [];
    for (const [at, name] of readdirSync(seeds).sort().entries()) {
      const bytes = readFileSync(join(seeds, name));
      const document = await readDocument(bytes, { name, capturedAt: "2026-01-01T00:00:00Z" });
      numbers.set(document.id, at);
      analyses.push(analyseDocument(document));
    }
    return { numbers, analyses };
  };

  test("quote one another's words, and nobody copies", async () => {
    const { numbers, analyses } = await read();
    const edges = traceWording(analyses);
    expect(edges.every(({ directed }) => !directed)).toBe(true);
    const pairs = (basis: string) =>
      edges
        .filter((edge) => edge.basis === basis)
        .map(({ from, to }) => [from, to].map((id) => numbers.get(id)!).sort())
        .map(([a, b]) => `${a}-${b}`)
        .sort();
    // The allegation is quoted by all but the third, the denial by all but the fifth.
    expect(pairs("quotation")).toEqual(["0-1", "0-2", "0-3", "0-4", "1-2", "1-3", "1-4", "2-3", "3-4"]);
    expect(pairs("text")).toEqual([]);
    expect(pairs("figure")).toEqual(["1-4"]);
    const [figures] = edges.filter(({ basis }) => basis === "figure");
    expect(figures!.because).toMatch(/"35 .*"17 countries"/u);
  });

  test("one altered the panel's words, and one cut the spokesperson's", async () => {
    const { numbers, analyses } = await read();
    const changes = findChanges(analyses).map(({ kind, from, to }) => ({
      kind,
      document: numbers.get(to.document),
      from: from.text.split(" ").length,
      to: to.text,
    }));
    expect(changes).toContainEqual({ kind: "quotation altered", document: 1, from: 11, to: "were raising" });
    expect(changes).toContainEqual({ kind: "quotation cut", document: 2, from: 20, to: "" });
    // What the fifth puts in brackets, and its British spelling, are no changes.
    expect(changes.filter(({ document }) => document === 4)).toEqual([]);
    expect(changes.every(({ kind }) => kind.startsWith("quotation"))).toBe(true);
  });
});
