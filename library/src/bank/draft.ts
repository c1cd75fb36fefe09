/** What is gathered beside a record's values while its message is read. */
export interface Draft {
  readonly places: Record<string, string>;
  readonly notes: string[];
}
