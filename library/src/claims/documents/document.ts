import type { Span } from "../span.ts";

/**
 * What a block of the kept text is. The story is `title`, `heading` and `paragraph`; `byline` says who wrote it, for
 * whom and when; `caption` belongs to a picture; a `teaser` tells another story; `boilerplate` is the site's own.
 */
export type BlockKind = "title" | "byline" | "heading" | "paragraph" | "caption" | "teaser" | "boilerplate";

export interface Block extends Span {
  readonly kind: BlockKind;
}

/** How much of a time is known; a time is written no more precisely than that. */
export type Precision = "year" | "month" | "day" | "minute" | "second";

/** A time as a document gives it: ISO 8601, cut at its precision; without an offset where the zone is not known. */
export interface StatedTime {
  readonly value: string;
  readonly precision: Precision;
  readonly zoned: boolean;
}

export interface Publication extends StatedTime {
  /** Where it was read: what the page says to machines is preferred to what it says to people. */
  readonly basis: "json-ld" | "meta" | "time-element" | "front-matter" | "text";
}

/** Who published a document. `family` is the newsroom that several names or domains belong to. */
export interface Outlet {
  readonly name: string;
  readonly domain: string | null;
  readonly family: string | null;
  readonly basis: "metadata" | "address" | "text";
}

export type DocumentFormat = "text" | "html" | "markdown" | "pdf";

export interface KeptEncoding {
  /** Label of the WHATWG Encoding Standard; for PDF, `pdf`. */
  readonly label: string;
  readonly basis: "byte-order-mark" | "media-type" | "markup" | "valid-utf-8" | "guess" | "format";
  /** How many U+FFFD stand for bytes that are not in that encoding. */
  readonly replaced: number;
}

/** A document as it was taken in. Everything is a function of the bytes, their name or address, and the media type. */
export interface Document {
  /** The first 16 hexadecimal digits of `sha256`. */
  readonly id: string;
  readonly sha256: string;
  readonly source: string;
  readonly capturedAt: string;
  readonly format: DocumentFormat;
  readonly encoding: KeptEncoding;
  readonly title: string | null;
  readonly outlet: Outlet | null;
  readonly author: string | null;
  /** The agency whose text the outlet says it runs. */
  readonly credit: string | null;
  readonly published: Publication | null;
  /** ISO 639-1, or `und` where it cannot be told. */
  readonly language: string;
  /** Whether claims are read from it: English only. */
  readonly analysed: boolean;
  /** The kept text: the blocks with an empty line between them, normalised as `normaliseBlock` says. */
  readonly text: string;
  /** In order; together with the empty lines between them they cover the text. */
  readonly blocks: readonly Block[];
  /** Of the story, without teasers and boilerplate. */
  readonly words: number;
}

/** A block before it has a place in the kept text. */
export interface LooseBlock {
  readonly text: string;
  readonly kind: BlockKind;
}
