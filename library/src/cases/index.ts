export { parseBudget } from "./budget.ts";
export { type IngestFrom, type IngestRequest, type IngestResult, ingestBitcoin } from "./ingest-bitcoin.ts";
export type { IngestProgress } from "./ingest-blocks.ts";
export { listLedgers, withLedger } from "./open-folder.ts";
export { parseSeed, type Seed } from "./seed.ts";
export { type Shown, type ShownCoin, type ShowRequest, showInLedger } from "./show.ts";
export { parseStop, type Stop } from "./stop.ts";
export { type CoinTheft, type TracedTheft, traceCoinTheft } from "./trace-coin-theft.ts";
