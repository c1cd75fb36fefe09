import type { AccountIngest } from "spoor/cases";
import { visibleText } from "spoor/evidence/text-safety";
import type { AccountIngestJson } from "../contract/ingest-accounts.ts";
import { accountIngestJson } from "../json/ingest-accounts.ts";

const shownMax = 20;

export const count = (n: number, what: string): string => `${n.toLocaleString("en-US")} ${what}`;

/** What was set aside while a ledger was brought in, with the reasons. */
export function skippedLines(skipped: AccountIngestJson["skipped"]): string[] {
  if (skipped.length === 0) return [];
  return [
    `Set aside, with the reason (${count(skipped.length, "in all")}):`,
    ...listLines(skipped, ({ file, offset, reason }) => {
      return `${visibleText(file)}${offset === null ? "" : ` at byte ${offset}`}: ${visibleText(reason)}`;
    }),
  ];
}

/** Prints what an ingest came to. @param asked `started` is a reading of the process's clock, milliseconds */
export function printAccountIngest(ingested: AccountIngest, asked: { json: boolean; started: number }): void {
  for (const note of ingested.notes) console.error(`spoor: ${note}`);
  const result = accountIngestJson(ingested, Math.round(performance.now() - asked.started));
  if (asked.json) console.log(JSON.stringify(result));
  else for (const line of accountIngestLines(result)) console.log(line);
}

/** What a ledger of accounts holds after an ingest, and what was noticed. */
function accountIngestLines(result: AccountIngestJson): string[] {
  const { tip, bank } = result;
  const blocks = result.blocks === 0 ? [] : [count(result.blocks, "blocks")];
  const held = [
    ...blocks,
    count(result.transactions, "transactions"),
    count(result.transfers, "transfers"),
    count(result.accounts, "accounts"),
    count(result.assets, result.assets === 1 ? "asset" : "assets"),
  ];
  const height = tip?.height === null || tip === null ? "" : `up to height ${tip.height.toLocaleString("en-US")}, `;
  const read = Object.entries(result.read).filter(([, n]) => n > 0);
  const title = bank === undefined ? "Read" : "Records read";
  return [
    `Ledger ${result.ledger} (${result.network}${result.partial ? ", partial" : ""}) holds`,
    `  ${held.join(", ")}`,
    ...(tip === null ? [] : [`  ${height}content ${tip.hash}`]),
    ...(result.missing.length === 0 ? [] : [`  without: ${result.missing.map(visibleText).join("; ")}`]),
    ...(read.length === 0 ? [] : [`${title}: ${read.map(([what, n]) => count(n, visibleText(what))).join(", ")}`]),
    ...(bank === undefined ? [] : bankLines(bank)),
    ...skippedLines(result.skipped),
    `In ${(result.elapsedMs / 1000).toFixed(1)} s.`,
  ];
}

function bankLines({ statements, unsettled, recalls, problems }: NonNullable<AccountIngestJson["bank"]>): string[] {
  const off = statements.filter(({ difference }) => difference !== "0" && difference !== null);
  const unchecked = statements.filter(({ difference }) => difference === null).length;
  const notChecked = unchecked === 0 ? "" : `, ${count(unchecked, "cannot be added up (no opening or closing)")}`;
  const fates = new Map<string, number>();
  for (const { fate } of unsettled) fates.set(fate, (fates.get(fate) ?? 0) + 1);
  const open = recalls.filter(({ state }) => state !== "returned");
  return [
    ...(statements.length === 0
      ? []
      : [`Statements: ${count(statements.length, "in all")}${notChecked}, ${count(off.length, "do not add up")}`]),
    ...listLines(off, ({ account, statement, currency, difference }) => {
      const much = `differs by ${difference} (smallest units of ${currency})`;
      return `${visibleText(account)} ${visibleText(statement)}: ${much}`;
    }),
    ...(fates.size === 0
      ? []
      : [`Did not move: ${[...fates].map(([fate, n]) => `${n} ${fate}`).join(", ")} (--json lists them)`]),
    ...(recalls.length === 0
      ? []
      : [`Recalls: ${recalls.length}, of which ${open.length} brought nothing back so far`]),
    ...(problems.length === 0 ? [] : [`Contradictions: ${count(problems.length, "in all")}`]),
    ...listLines(alike(problems), ({ what, times, file }) => {
      return `${visibleText(what)}${times > 1 ? ` (${times.toLocaleString("en-US")} times)` : ""}${file}`;
    }),
  ];
}

/** Problems in the same words are one line, with how often they were met and where first. */
function alike(problems: NonNullable<AccountIngestJson["bank"]>["problems"]) {
  const met = new Map<string, { what: string; times: number; file: string }>();
  for (const { what, sources } of problems) {
    const [first] = sources;
    const file = first === undefined ? "" : `; see ${visibleText(first.file)}`;
    const known = met.get(what);
    if (known === undefined) met.set(what, { what, times: 1, file });
    else known.times += 1;
  }
  return [...met.values()];
}

function listLines<Item>(items: readonly Item[], line: (item: Item) => string): string[] {
  const more = items.length - shownMax;
  return [
    ...items.slice(0, shownMax).map((item) => `  ${line(item)}`),
    ...(more > 0 ? [`  … and ${count(more, "more")} (--json lists all)`] : []),
  ];
}
