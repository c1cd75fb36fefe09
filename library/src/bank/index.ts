export { parseMapping } from "./csv/parse-mapping.ts";
export { type BankFileEvent, type BankFilesOptions, readBankFiles } from "./read-bank-file.ts";
export type { BankRecord } from "./record.ts";
export { settleRecords } from "./settle/settle-records.ts";
export type { SettledBank } from "./settled.ts";
export { accountTellings } from "./transfer.ts";
