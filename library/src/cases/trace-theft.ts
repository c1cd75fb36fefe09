import { existsSync } from "node:fs";
import { LedgerTwiceError, OtherReportError } from "../errors/cases.ts";
import { LedgerNotFoundError } from "../errors/ledger.ts";
import { linksFor } from "./link-book.ts";
import { withFolder } from "./open-folder.ts";
import { type OpenedLedger, withOpened } from "./opened-ledger.ts";
import { parseSeed } from "./seed.ts";
import type { Theft } from "./theft.ts";
import { type TracedTheft, traceCoins } from "./trace-coin-theft.ts";
import { traceJointTheft } from "./trace-joint-theft.ts";

/**
 * Traces a theft through one ledger or several: finds its seeds, stops and links, loads what they reach, traces under
 * each rule, and names what was found. One ledger of coins alone has kernels of its own.
 */
export async function traceTheft(theft: Theft): Promise<TracedTheft> {
  const { ledgers, bankFiles, onProgress } = theft;
  if (bankFiles !== undefined) {
    // Loaded here: what reads bank files is a third of all that tracing loads, and few trace them as they are.
    const { openBankFiles } = await import("./bank-files-ledger.ts");
    const { opened, read, notes } = await openBankFiles({ ...bankFiles, ...(onProgress && { onProgress }) });
    const traced = await traceWith(theft, [opened]);
    const files = read.files.map(({ file, sha256 }) => ({ name: file, sha256 }));
    const report = { ...traced.report, files: [...files, ...traced.report.files] };
    return { ...traced, report, notes: [...notes, ...traced.notes] };
  }
  if (ledgers.length === 0) throw new RangeError("traceTheft: no ledger and no files to trace in");
  return traceWith(theft, []);
}

/** @param unkept ledgers that are in no data folder; where they are the only ones, no folder is opened */
async function traceWith(theft: Theft, unkept: readonly OpenedLedger[]): Promise<TracedTheft> {
  const { data, ledgers } = theft;
  const otherReports = theft.otherReports ?? [];
  const known = [...ledgers, ...unkept.map(({ summary }) => summary.name)];
  const stray = otherReports.find(({ of }) => !known.includes(of));
  if (stray !== undefined) throw new OtherReportError({ ledger: stray.of.slice(0, 80), ledgers: known });
  const twice = unkept.find(({ summary }) => ledgers.includes(summary.name));
  if (twice !== undefined) throw new LedgerTwiceError({ ledger: twice.summary.name });
  const declared = await linksFor(data, theft.links?.files ?? []);
  if (ledgers.length === 0 && otherReports.length === 0) {
    return traceJointTheft(theft, unkept, { declared, reports: [] });
  }
  // Reading leaves no folder behind.
  if (!existsSync(data)) throw new LedgerNotFoundError({ name: ledgers[0] ?? "", folder: data, known: [] });
  const names = [...ledgers, ...otherReports.map(({ ledger }) => ledger)];
  return withFolder(data, (folder) =>
    withOpened(folder, names, async (all) => {
      const opened = [...all.slice(0, ledgers.length), ...unkept];
      const reports = otherReports.map(({ of }, n) => ({ of, opened: all[ledgers.length + n]! }));
      const [only] = opened;
      if (
        all.length === 1 &&
        unkept.length === 0 &&
        only?.kind === "coin" &&
        !declared.some((link) => link.from.ledger === link.to.ledger)
      ) {
        const seeds = theft.seeds.map((text) => parseSeed(withoutLedger(text, only.summary.name)));
        return traceCoins({ ...theft, seeds }, only.ledger);
      }
      return traceJointTheft(theft, opened, { declared, reports });
    }),
  );
}

const withoutLedger = (text: string, ledger: string) =>
  text.startsWith(`${ledger}/`) ? text.slice(ledger.length + 1) : text;
