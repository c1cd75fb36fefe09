import type { Trail } from "../trace/trail.ts";
import type { TracedLedger } from "./traced-ledger.ts";

const namedMax = 10;

/**
 * Says of which accounts the debts, in which value ends, may be none: the ledger knows what they had before and does
 * not hold all that came in.
 */
export async function doubtfulDebts(ledgers: readonly TracedLedger[], trail: Trail): Promise<string[]> {
  const notes: string[] = [];
  for (const traced of ledgers) {
    if (traced.kind === "coin") continue;
    const { ledger, summary } = traced;
    const ends = trail.ends.filter((end) => end.ledger === summary.name && end.why === "repaid a debt of the account");
    const accounts = [...new Set(ends.flatMap(({ account }) => account ?? []))];
    if (accounts.length === 0) continue;
    const known = await ledger.accountsNamed(accounts);
    const doubtful = known.filter(({ coverage }) => coverage !== "covered").map(({ name }) => name);
    if (doubtful.length === 0) continue;
    const more = doubtful.length > namedMax ? ", …" : "";
    notes.push(
      `${summary.name}: value ends in debts of ${doubtful.slice(0, namedMax).join(", ")}${more}: by what is known of ` +
        "them before, they paid more than they had; where the ledger lacks what came in, that was no debt",
    );
  }
  return notes;
}
