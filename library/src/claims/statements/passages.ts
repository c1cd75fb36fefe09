import type { Item } from "./frames.ts";
import { nounPhraseAfter, type Range } from "./noun-phrases.ts";
import type { Passage } from "./statement.ts";

/** A passage by places in a frame's items. */
export interface FoundPassage {
  readonly kind: Passage["kind"];
  readonly cue: Range;
  readonly party: Range;
}

const byKinds: Readonly<Record<string, Passage["kind"]>> = {
  seen: "seen by",
  reviewed: "seen by",
  obtained: "seen by",
  viewed: "seen by",
  examined: "seen by",
  carried: "carried by",
  published: "carried by",
  released: "carried by",
  distributed: "carried by",
  issued: "carried by",
  broadcast: "carried by",
  aired: "carried by",
  posted: "carried by",
  reported: "reported by",
  quoted: "reported by",
  cited: "reported by",
};

/**
 * Whom and what the words of a frame went through: "a report seen by the Tribune", "in a statement carried by the state
 * agency", "citing two officials".
 */
export function findPassages(items: readonly Item[]): FoundPassage[] {
  const found: FoundPassage[] = [];
  for (const [at, { lower, quoted }] of items.entries()) {
    if (quoted) continue;
    if (lower === "citing" || lower === "quoting") {
      const party = nounPhraseAfter(items, at + 1);
      if (party !== null) found.push({ kind: "citing", cue: { first: at, last: at }, party });
      continue;
    }
    if (/^(?:told|tells|telling)$/.test(lower)) {
      const party = nounPhraseAfter(items, at + 1);
      if (party !== null) found.push({ kind: "told", cue: { first: at, last: at }, party });
      continue;
    }
    const given = /^(?:interview|statement|comments?|remarks?|email|e-mail|letter|message)$/.test(lower);
    if (given && /^(?:with|to)$/.test(items[at + 1]?.lower ?? "") && items[at - 1]?.lower !== "the") {
      const party = nounPhraseAfter(items, at + 2);
      if (party !== null) found.push({ kind: "told", cue: { first: at, last: at + 1 }, party });
      continue;
    }
    const kind = Object.hasOwn(byKinds, lower) ? byKinds[lower] : undefined;
    const by =
      items[at + 1]?.lower === "by"
        ? at + 1
        : items[at + 2]?.lower === "by" && items[at + 1]?.tag === "ADV"
          ? at + 2
          : null;
    if (kind === undefined || by === null) continue;
    const party = nounPhraseAfter(items, by + 1);
    if (party !== null) found.push({ kind, cue: { first: at, last: by }, party });
  }
  return found;
}
