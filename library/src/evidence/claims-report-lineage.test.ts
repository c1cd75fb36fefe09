import { expect, test } from "vitest";
import type { LineageEdge } from "../claims/claim.ts";
import { claimsReportHtml } from "./claims-report.ts";
import { columnsOf, layOutLineage } from "./claims-report-layout.ts";
import { edgesByDocument, foldLineage, type Lineage, lineageOf } from "./claims-report-lineage.ts";
import { type MadeClaim, madeClaim, madeWeighed, manyDocuments } from "./claims-weighed.fixture.ts";
import { readPage } from "./read-report.fixture.ts";

const lineageIn = ({ claim, lineage }: MadeClaim, more: readonly LineageEdge[] = []): Lineage =>
  lineageOf(claim.positions[0]!, edgesByDocument([...lineage, ...more]));

const size = { width: 100, height: 40 };

test.each([1, 2, 3, 5, 12, 40, 60])("%d documents: boxes stand apart, and every way leads from box to box", (count) => {
  const lineage = lineageIn(madeClaim("c", manyDocuments(count)));
  const { boxes, ways, width, height } = layOutLineage(lineage, () => size);
  boxes.forEach((a, i) => {
    expect(a.x).toBeGreaterThanOrEqual(0);
    expect(a.x + size.width).toBeLessThanOrEqual(width);
    expect(a.y).toBeGreaterThanOrEqual(20);
    expect(a.y + size.height).toBeLessThanOrEqual(height);
    for (const b of boxes.slice(i + 1)) {
      expect(Math.abs(a.x - b.x) >= size.width || Math.abs(a.y - b.y) >= size.height).toBe(true);
    }
  });
  lineage.arcs.forEach(({ from, to }, at) => {
    const [[x, y], [endX, endY]] = [ways[at]!.points[0]!, ways[at]!.points.at(-1)!];
    expect([x, endX]).toEqual([boxes[from]!.x + size.width, boxes[to]!.x]);
    expect(Math.abs(y - boxes[from]!.y - size.height / 2)).toBeLessThan(size.height / 2);
    expect(Math.abs(endY - boxes[to]!.y - size.height / 2)).toBeLessThan(size.height / 2);
  });
});

test("origins and what is unknown stand first, carriers behind them, documents last", () => {
  const lineage = lineageIn(madeClaim("c", manyDocuments(6)));
  const column = columnsOf(lineage);
  lineage.nodes.forEach(({ kind }, at) => {
    expect(column[at]).toBe({ origin: 0, unknown: 0, carrier: 1, document: 2 }[kind]);
  });
  expect(lineage.nodes.map(({ kind }) => kind).filter((kind) => kind === "unknown")).toHaveLength(1);
});

const between = (from: string, to: string, more: Partial<LineageEdge>): LineageEdge => {
  const proof = [{ document: to, start: 10, end: 20 }];
  return { from, to, basis: "quotation", directed: false, proof, confidence: 0.4, because: "Both quote it.", ...more };
};

test("documents that all share one quotation are joined by as few lines as join them; the table has all", () => {
  const documents = manyDocuments(4);
  const pairs = documents.flatMap((a, i) => documents.slice(i + 1).map((b) => between(a.id, b.id, {})));
  const lineage = lineageIn(madeClaim("c", documents), pairs);
  expect(lineage.arcs.filter(({ basis }) => basis === "quotation")).toHaveLength(3);
  expect([lineage.undrawn, lineage.edges.filter(({ basis }) => basis === "quotation").length]).toEqual([3, 6]);
});

test("parties that name one another do not stop the picture", () => {
  const documents = manyDocuments(3);
  const ring = [
    between(documents[0]!.id, documents[1]!.id, { basis: "text", directed: true }),
    between(documents[1]!.id, documents[0]!.id, { basis: "text", directed: true }),
  ];
  const lineage = lineageIn(madeClaim("c", documents), ring);
  const { ways } = layOutLineage(lineage, () => size);
  for (const { points } of ways) for (const [x, y] of points) expect(Number.isFinite(x + y)).toBe(true);
});

test("an edge that only another claim's words prove is left out", () => {
  const documents = manyDocuments(2);
  const elsewhere = between(documents[0]!.id, documents[1]!.id, {
    proof: [{ document: documents[1]!.id, start: 55, end: 60 }],
  });
  expect(lineageIn(madeClaim("c", documents), [elsewhere]).arcs.some(({ basis }) => basis === "quotation")).toBe(false);
});

test.each([61, 100, 300])("%d documents are joined by what they have it from, and the page says how many", (count) => {
  const documents = manyDocuments(count);
  const made = madeClaim("c", documents);
  const folded = foldLineage(lineageIn(made), 60);
  expect(folded.nodes.length).toBeLessThanOrEqual(60);
  const members = folded.nodes.filter(({ kind }) => kind === "document").flatMap(({ many }) => many);
  expect(new Set(members).size).toBe(count);
  const { text } = readPage(claimsReportHtml({ weighed: madeWeighed([made]), documents, engine: "spoor" }));
  expect(text).toMatch(/are joined in \d+ box(es)? that say how many they stand for/u);
});

test("documents whose ways all differ are joined, too, once they are too many", () => {
  const documents = manyDocuments(80);
  const made = madeClaim("c", documents);
  const chain = documents
    .slice(1)
    .map((one, at) => between(documents[at]!.id, one.id, { basis: "text", directed: true }));
  const folded = foldLineage(lineageIn(made, chain), 60);
  expect(folded.nodes.length).toBeLessThanOrEqual(60);
  expect(new Set(folded.nodes.filter(({ kind }) => kind === "document").flatMap(({ many }) => many)).size).toBe(80);
});
