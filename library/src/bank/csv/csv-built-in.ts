import type { CsvMapping } from "./csv-mapping.ts";
import { parseMapping } from "./parse-mapping.ts";

/**
 * AMLSim (IBM's simulator of bank accounts) counts days in steps and names no day 0; this one is assumed, so that steps
 * have dates. Amounts are in no currency there; USD is assumed.
 */
const amlsimTransfers = `
rows: transfers
date: { column: time, format: steps, epoch: 2017-01-01 }
amount: value
currency: { constant: USD }
from: sourceNodeId
to: targetNodeId
`;

const amlsimBalances = `
rows: balances
date: { constant: "0", format: steps, epoch: 2017-01-01 }
currency: { constant: USD }
account: nodeid
opening: init_balance
`;

const builtIn: Readonly<Record<string, { readonly name: string; readonly text: string }>> = {
  "sourceNodeId,targetNodeId,value,time": { name: "amlsim transactions", text: amlsimTransfers },
  "nodeid,isFraud,init_balance,fraudStep": { name: "amlsim nodes", text: amlsimBalances },
};

/**
 * The mapping that comes with Spoor for a CSV with this first line; null where there is none, and the file needs a
 * mapping of its own.
 */
export function builtInMapping(firstLine: string): CsvMapping | null {
  const header = firstLine.replace(/^\u{feff}/u, "").trimEnd();
  const found = Object.hasOwn(builtIn, header) ? builtIn[header]! : null;
  return found === null ? null : parseMapping(found.text, found.name);
}
