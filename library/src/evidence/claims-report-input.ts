import type { Place } from "../claims/claim.ts";
import type { Document } from "../claims/documents/document.ts";
import type { WeighedClaims } from "../claims/weigh-claims.ts";
import type { RejectedStatement } from "../claims/weigh-judged.ts";

/** A value of an incident with what states it. Two values of one thing are two of these, side by side. */
export interface ReportStated {
  /** As a person reads it: "at most 4,000,000 USD". */
  readonly value: string;
  readonly places: readonly Place[];
  /** Entries of registers that state it, as they are to be printed: "MITRE ATT&CK, G0082". */
  readonly entries?: readonly string[] | undefined;
}

/** An incident as the report shows it. */
export interface ReportIncident {
  readonly id: string;
  readonly name: string;
  /** As each is stated, ISO 8601 with its precision. */
  readonly dates: readonly ReportStated[];
  readonly victims: readonly ReportStated[];
  readonly countries: readonly ReportStated[];
  readonly amount: readonly ReportStated[];
  readonly kinds: readonly ReportStated[];
  readonly methods: readonly ReportStated[];
  /** Whom it is put down to, and by whom, or who denies it: "Ostmark, as the Lintel Panel alleges". */
  readonly attributions: readonly ReportStated[];
  /** Why it may be another incident as well, or several in one, a sentence each. */
  readonly doubts: readonly string[];
  /** Values that cannot both hold, a sentence each. */
  readonly disagreements?: readonly string[] | undefined;
  readonly statements: readonly Place[];
}

export interface ClaimsReportInput {
  readonly weighed: WeighedClaims;
  /** Those that were weighed, and those that are kept without being read. */
  readonly documents: readonly Document[];
  /** Left out, because it cannot be told whether they were published by `asOf`. */
  readonly undated?: readonly Document[] | undefined;
  /** Only what was published by this day, month or year; null for all. */
  readonly asOf?: string | null | undefined;
  /** Only what was taken in and judged by then; null for all. */
  readonly knownAt?: string | null | undefined;
  readonly incidents?: readonly ReportIncident[] | undefined;
  /** Statements that a person took out, which no claim has any more. */
  readonly rejected?: readonly RejectedStatement[] | undefined;
  /** Judgements of what is not found in these documents, a sentence each. */
  readonly unapplied?: readonly string[] | undefined;
  /** What could not be taken in, and why. */
  readonly skipped?: readonly { readonly source: string; readonly reason: string }[] | undefined;
  /** What made it: "spoor 0.1.0". */
  readonly engine: string;
  /** The command that makes it again, an argument each. */
  readonly command?: readonly string[] | undefined;
  /** ISO 8601; the clock is the caller's. */
  readonly madeAt?: string | undefined;
}

/** What a report of claims shows at most. Where one is met, the page says how much is left out or folded. */
export const claimsReportLimits = {
  /** Claims told in full; those after them are listed with their numbers. */
  claimsMax: 1000,
  /** Claims of several documents that stand open; those after them are folded, as all are that one document tells. */
  claimsOpen: 40,
  /** Statements of a position that stand open; the others are folded. */
  statementsOpen: 3,
  /** Statements of a position that are listed. */
  statementsMax: 200,
  /** Rows of a table that stand open, and that are listed. */
  rowsOpen: 10,
  rowsMax: 200,
  /** Nodes of one picture: documents that have it from the same are joined until no more are left. */
  pictureNodesMax: 60,
  /** Names in a line before the others are folded. */
  namesOpen: 8,
  /** Code points of a stretch of a document in which nothing is marked. */
  stretchMax: 20_000,
  /** Code points of all documents together; of those after them only the marked blocks are printed. */
  textMax: 8_000_000,
} as const;
