export type { BankRecord } from "./record.ts";
export type { SettledBank } from "./settled.ts";
