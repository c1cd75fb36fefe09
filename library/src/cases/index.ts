export type { AccountIngest } from "./account-ingest.ts";
export { showInBankFiles } from "./bank-files-ledger.ts";
export { parseBudget } from "./budget.ts";
export { type AddDocumentsRequest, type AddDocumentsResult, addDocuments } from "./claims-add.ts";
export {
  type ClaimsProgress,
  type ClaimsQuestion,
  type ClaimsThen,
  claimsThen,
  type DocumentsRead,
  withClaimsRead,
  withClaimsStore,
} from "./claims-folder.ts";
export { type Decision, type JudgeRequest, judgeClaim } from "./claims-judge.ts";
export { type ClaimsPageAbout, claimsPage } from "./claims-page.ts";
export { type ClaimsReport, reportClaims } from "./claims-report.ts";
export { type ShownClaim, type ShownDocument, showClaim } from "./claims-show.ts";
export { type DeclaredLink, declareLink, sideText } from "./declared-links.ts";
export { type BankIngestRequest, ingestBank } from "./ingest-bank.ts";
export { type IngestFrom, type IngestRequest, type IngestResult, ingestBitcoin } from "./ingest-bitcoin.ts";
export type { IngestProgress } from "./ingest-blocks.ts";
export { type EthereumFrom, type EthereumIngestRequest, ingestEthereum } from "./ingest-ethereum.ts";
export { judgementsOf } from "./judgements-of.ts";
export { keepLinks, readLinkBook, readLinkFile, removeLinks } from "./link-book.ts";
export { listLedgers, showInFolder, withLedger } from "./open-folder.ts";
export {
  type ActorsThen,
  type ImportedBytes,
  type ImportedRegister,
  type ImportRegistersRequest,
  type ImportResult,
  type ImportsQuestion,
  importRegisters,
  keptActors,
  type ReadImport,
  type SkippedSource,
} from "./register-imports.ts";
export {
  aliasConflicts,
  incidentById,
  incidentsAsCsv,
  incidentsAsStix,
  incidentsOf,
  keptRegisterSources,
  possibleActors,
  type RegisterSources,
  readActorFiles,
  readImports,
  readRegisterSources,
  totalOf,
} from "./registers.ts";
export { parseSeed, type Seed } from "./seed.ts";
export { type Shown, type ShownCoin, type ShowRequest, showInLedger } from "./show.ts";
export type { AccountShown, NamedTransfer } from "./show-account.ts";
export { parseStop, type Stop } from "./stop.ts";
export { confidenceDefault, filesLedger, type Theft } from "./theft.ts";
export { type CoinTheft, type TracedTheft, traceCoinTheft } from "./trace-coin-theft.ts";
export { traceTheft } from "./trace-theft.ts";
