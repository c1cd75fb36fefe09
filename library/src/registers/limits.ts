/** Bounds on what one imported file may cost; each is met with a `RegisterTooLargeError`. */
export const registerLimits = {
  /** The whole of ATT&CK for enterprises has some 50 MB, MISP's galaxy of threat actors 1.4. */
  bytesMax: 128_000_000,
  /** Of one file; ATT&CK has some 200 groups, MISP 1,100. */
  entriesMax: 100_000,
  /** Aliases of one entry. */
  namesMax: 1_000,
  /** UTF-16 units of one name. A longer one is a mistake. */
  nameUnitsMax: 500,
} as const;
