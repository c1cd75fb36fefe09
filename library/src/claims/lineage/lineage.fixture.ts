import { analyseDocument, type DocumentAnalysis } from "../analyse-document.ts";
import { codePoints } from "../code-points.ts";
import type { Block, BlockKind } from "../documents/document.ts";

export interface ArticleParts {
  readonly id: string;
  /** Paragraphs, or blocks of another kind. */
  readonly blocks: readonly (string | readonly [kind: BlockKind, text: string])[];
  /** ISO 8601, cut at its precision. */
  readonly published?: string;
  readonly language?: string;
}

/** An article as it is taken in and read. */
export function analysisOf({ id, blocks, published, language = "en" }: ArticleParts): DocumentAnalysis {
  const loose = blocks.map((block) => (typeof block === "string" ? (["paragraph", block] as const) : block));
  const placed: Block[] = [];
  let at = 0;
  for (const [kind, text] of loose) {
    const { length } = codePoints(text);
    placed.push({ kind, start: at, end: at + length });
    at += length + 2;
  }
  return analyseDocument({
    id,
    sha256: id,
    source: `${id}.txt`,
    capturedAt: "2031-06-01T00:00:00Z",
    format: "text",
    encoding: { label: "utf-8", basis: "valid-utf-8", replaced: 0 },
    title: null,
    outlet: null,
    author: null,
    credit: null,
    published:
      published === undefined ? null : { value: published, precision: "day", zoned: false, basis: "front-matter" },
    language,
    analysed: language === "en",
    text: loose.map(([, text]) => text).join("\n\n"),
    blocks: placed,
    words: 0,
  });
}

/** Two documents, the first a day before the second. */
export const pairOf = (earlier: string, later: string): DocumentAnalysis[] => [
  analysisOf({ id: "earlier", blocks: [earlier], published: "2031-05-04" }),
  analysisOf({ id: "later", blocks: [later], published: "2031-05-05" }),
];
