import { creditTransfer } from "./iso-credit-transfer.ts";
import { initiation } from "./iso-initiation.ts";
import { investigation } from "./iso-investigation.ts";
import type { Family } from "./iso-message.ts";
import { recall, recallAnswer } from "./iso-recall.ts";
import { paymentReturn } from "./iso-return.ts";
import { statement } from "./iso-statement.ts";
import { statusReport } from "./iso-status.ts";

/** The messages that are read, by their code. */
const families = new Map<string, Family>(
  Object.entries({
    "pacs.002": statusReport,
    "pacs.004": paymentReturn,
    "pacs.008": creditTransfer("customer"),
    "pacs.009": creditTransfer("bank"),
    "pain.001": initiation,
    "pain.002": statusReport,
    "pain.013": initiation,
    "pain.014": statusReport,
    "camt.029": recallAnswer,
    "camt.052": statement("report"),
    "camt.053": statement("statement"),
    "camt.054": statement("notification"),
    "camt.055": recall,
    "camt.056": recall,
    "camt.110": investigation,
    "camt.111": investigation,
  }),
);

/** The names of the element below `Document`. The first versions have the message's identifier in its place. */
const codes = new Map(
  Object.entries({
    FIToFIPmtStsRpt: "pacs.002",
    PmtRtr: "pacs.004",
    FIToFICstmrCdtTrf: "pacs.008",
    FICdtTrf: "pacs.009",
    FinInstnCdtTrf: "pacs.009",
    CstmrCdtTrfInitn: "pain.001",
    CstmrPmtStsRpt: "pain.002",
    CdtrPmtActvtnReq: "pain.013",
    CdtrPmtActvtnReqStsRpt: "pain.014",
    RsltnOfInvstgtn: "camt.029",
    BkToCstmrAcctRpt: "camt.052",
    BkToCstmrStmt: "camt.053",
    BkToCstmrDbtCdtNtfctn: "camt.054",
    CstmrPmtCxlReq: "camt.055",
    FIToFIPmtCxlReq: "camt.056",
    InvstgtnReq: "camt.110",
    InvstgtnRspn: "camt.111",
  }),
);

const identifier = /[a-z]{4}\.\d{3}\.\d{3}\.\d{2}/u;

/**
 * Which message an element below `Document` is.
 *
 * @param element its local name
 * @param told what else says so: namespaces, the header's `MsgDefIdr`; the element's own name is believed before them
 * @returns `family` null: it is none that is read. `name` with its version, where one is told that fits
 */
export function messageKind(
  element: string,
  told: readonly (string | undefined)[],
): { readonly name: string; readonly family: Family | null } {
  const identifiers = [element, ...told].flatMap((text) => (text === undefined ? [] : (identifier.exec(text) ?? [])));
  const code = codes.get(element.replace(/V\d\d$/u, "")) ?? identifier.exec(element)?.[0].slice(0, 8);
  const name = identifiers.find((one) => code === undefined || one.startsWith(code));
  return {
    // Not a part of the file's text, which would be kept as long as its records.
    name: ` ${name ?? code ?? element.slice(0, 40)}`.slice(1),
    family: code === undefined ? null : (families.get(code) ?? null),
  };
}

/** What begins a message, or what belongs to one: where a file is damaged, reading goes on at the next of them. */
export const beginnings: readonly string[] = ["Document", "AppHdr", ...codes.keys()];

/** Whether an element begins a message where no `Document` is around it. */
export function isMessageElement(element: string): boolean {
  return codes.has(element);
}
