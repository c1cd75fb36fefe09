import type { Trail } from "../trace/trail.ts";
import type { TracedLedger } from "./traced-ledger.ts";

/** In a ledger of more accounts than this, or where most are not reached, it goes without saying. */
const accountsMax = 5000;
const namedMax = 10;

/**
 * Says which accounts of a small ledger (an export of one case) the trail does not reach under any rule: somebody put
 * them there for a reason.
 */
export async function notReached(ledgers: readonly TracedLedger[], trail: Trail): Promise<string[]> {
  const notes: string[] = [];
  for (const traced of ledgers) {
    if (traced.kind === "coin" || !traced.summary.partial || traced.summary.accounts > accountsMax) continue;
    const { ledger, summary } = traced;
    const reached = new Set<string | null>(trail.seeds.map(({ account }) => account));
    for (const { from, to } of trail.movements) for (const { account } of [...from, ...to]) reached.add(account);
    const ids = [...new Set(traced.loaded.holdingAccount)];
    const left = (await ledger.accountsById(ids)).map(({ name }) => name).filter((name) => !reached.has(name));
    if (left.length === 0 || left.length > ids.length / 2) continue;
    const more = left.length > namedMax ? ", …" : "";
    notes.push(
      `${summary.name}: ${ids.length - left.length} of ${ids.length} accounts are reached; ` +
        `not reached: ${left.slice(0, namedMax).join(", ")}${more}`,
    );
  }
  return notes;
}
