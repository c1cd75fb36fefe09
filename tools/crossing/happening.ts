/** Something that happened, for the reader of the story. */
export interface Happening {
  /** ISO 8601. */
  readonly time: string;
  /** The ledger that tells it. */
  readonly ledger: "bank" | "chain" | "coins";
  /** Its name there. */
  readonly transaction: string;
  readonly what: string;
}
