import { type CodePoints, codePoints } from "../code-points.ts";
import type { Document } from "./document.ts";

const known = new WeakMap<object, CodePoints>();

/** The code points of a document's kept text, found once. */
export function pointsOf(document: Pick<Document, "text">): CodePoints {
  let points = known.get(document);
  if (points === undefined) {
    points = codePoints(document.text);
    known.set(document, points);
  }
  return points;
}
