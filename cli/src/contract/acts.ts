/** What a statement does with what it says. */
export const acts = [
  "alleges",
  "states",
  "denies",
  "repeats",
  "corrects",
  "retracts",
  "declines to comment",
  "calls on",
] as const;
