import { existsSync } from "node:fs";
import { OtherReportError } from "../errors/cases.ts";
import { LedgerNotFoundError } from "../errors/ledger.ts";
import { linksFor } from "./link-book.ts";
import { withFolder } from "./open-folder.ts";
import { withOpened } from "./opened-ledger.ts";
import { parseSeed } from "./seed.ts";
import type { Theft } from "./theft.ts";
import { type TracedTheft, traceCoins } from "./trace-coin-theft.ts";
import { traceJointTheft } from "./trace-joint-theft.ts";

/**
 * Traces a theft through one ledger or several: finds its seeds, stops and links, loads what they reach, traces under
 * each rule, and names what was found. One ledger of coins alone has kernels of its own.
 */
export async function traceTheft(theft: Theft): Promise<TracedTheft> {
  const { data, ledgers } = theft;
  // Reading leaves no folder behind.
  if (!existsSync(data)) throw new LedgerNotFoundError({ name: ledgers[0] ?? "", folder: data, known: [] });
  const declared = await linksFor(data, theft.links?.files ?? []);
  const otherReports = theft.otherReports ?? [];
  const stray = otherReports.find(({ of }) => !ledgers.includes(of));
  if (stray !== undefined) throw new OtherReportError({ ledger: stray.of.slice(0, 80), ledgers });
  const names = [...ledgers, ...otherReports.map(({ ledger }) => ledger)];
  return withFolder(data, (folder) =>
    withOpened(folder, names, async (all) => {
      const opened = all.slice(0, ledgers.length);
      const reports = otherReports.map(({ of }, n) => ({ of, opened: all[ledgers.length + n]! }));
      const [only] = opened;
      if (all.length === 1 && only?.kind === "coin" && !declared.some((link) => link.from.ledger === link.to.ledger)) {
        const seeds = theft.seeds.map((text) => parseSeed(withoutLedger(text, only.summary.name)));
        return traceCoins({ ...theft, seeds }, only.ledger);
      }
      return traceJointTheft(theft, opened, { declared, reports });
    }),
  );
}

const withoutLedger = (text: string, ledger: string) =>
  text.startsWith(`${ledger}/`) ? text.slice(ledger.length + 1) : text;
