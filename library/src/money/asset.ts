/** A kind of value that is counted in whole smallest units. */
export interface Asset<Id extends string = string> {
  /**
   * Stable id: `BTC` for bitcoin on every network; `ETH` for ether; a currency's ISO 4217 code; a token's contract
   * address in lower case. Never a symbol, which anybody can give to a token.
   */
  readonly id: Id;
  /** The number of decimal places of the main unit: 8 for BTC, 18 for ETH, 2 for USD. */
  readonly decimals: number;
  /** Units that amounts are written in, by name, each with its number of decimal places. */
  readonly units: Readonly<Record<string, number>>;
  /** What a token calls itself; a person reads it beside the id, nothing else does. */
  readonly symbol?: string;
}

/** Bitcoin: 1 BTC = 100,000,000 satoshi. Test networks use the same units; which network it is, the ledger says. */
export const bitcoin: Asset<"BTC"> = { id: "BTC", decimals: 8, units: { BTC: 8, mBTC: 5, sat: 0, satoshi: 0 } };

/** Ether: 1 ETH = 10^18 wei, 10^9 gwei. */
export const ether: Asset<"ETH"> = { id: "ETH", decimals: 18, units: { ETH: 18, gwei: 9, wei: 0 } };

/** Currencies of ISO 4217 whose minor unit is not the hundredth. */
const minorUnits: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" ").map((code) => [code, 0]),
  ),
  ...Object.fromEntries("BHD IQD JOD KWD LYD OMR TND".split(" ").map((code) => [code, 3])),
  CLF: 4,
  UYW: 4,
};

/**
 * A currency by its ISO 4217 code, with the standard's number of minor units (2 where the code is not one of those
 * that have another).
 * @throws RangeError where the code is not three capital letters: a bug of the caller
 */
export function currency(code: string): Asset {
  if (!/^[A-Z]{3}$/u.test(code)) throw new RangeError(`currency: ${JSON.stringify(code)} is no ISO 4217 code`);
  const decimals = minorUnits[code] ?? 2;
  return { id: code, decimals, units: { [code]: decimals } };
}

/** A token by its contract. @param contract address in lower case @param decimals what the contract says of itself */
export function token(contract: string, { decimals, symbol }: { decimals: number; symbol: string | null }): Asset {
  const units = { [contract]: decimals, ...(symbol === null ? {} : { [symbol]: decimals }) };
  return { id: contract, decimals, units, ...(symbol === null ? {} : { symbol }) };
}
