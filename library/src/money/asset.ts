/** A kind of value that is counted in whole smallest units. */
export interface Asset<Id extends string = string> {
  /** Stable id: `BTC` for bitcoin on every network; a currency's ISO 4217 code; a token's contract address. */
  readonly id: Id;
  /** The number of decimal places of the main unit: 8 for BTC, 18 for ETH, 2 for USD. */
  readonly decimals: number;
  /** Units that amounts are written in, by name, each with its number of decimal places. */
  readonly units: Readonly<Record<string, number>>;
}

/** Bitcoin: 1 BTC = 100,000,000 satoshi. Test networks use the same units; which network it is, the ledger says. */
export const bitcoin: Asset<"BTC"> = { id: "BTC", decimals: 8, units: { BTC: 8, mBTC: 5, sat: 0, satoshi: 0 } };
