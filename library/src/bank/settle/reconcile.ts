import { type Day, dateOfDay } from "../calendar-day.ts";
import type { Source } from "../record.ts";
import type { Reconciled } from "../settled.ts";
import { compareNaturally, sourcesOf } from "./arrange-records.ts";
import { moneyOf, type Settling } from "./flow.ts";
import { spokenMoney } from "./spoken-money.ts";
import { balanceMoney, boundsOf, isCreditEntry, periodOf, type StatementDocument } from "./statement-documents.ts";
import { seamOf } from "./statement-seam.ts";

/**
 * Adds statements up, one result a currency: opening + booked entries = closing, or by how much it fails, which is a
 * problem listed too. Statements of one account that follow one another must begin with what the one before ended
 * with; a gap is a problem.
 */
export function reconcile(
  settling: Settling,
  documents: readonly StatementDocument[],
  chains: StatementChains,
): Reconciled[] {
  const reconciled = documents.flatMap((document) => reconcileOne(settling, document));
  tellOfGaps(settling, chains);
  return reconciled;
}

function reconcileOne(settling: Settling, document: StatementDocument): Reconciled[] {
  const { start, end } = boundsOf(document);
  const sums = new Map<string, bigint>();
  for (const balance of [start, end]) if (balance !== null) sums.set(balance.money.currency, 0n);
  for (const { details } of document.entries) {
    const { entryMoney, status } = details[0]!;
    const { currency, amount } = moneyOf(entryMoney);
    const signed = status !== "booked" ? 0n : isCreditEntry(details) ? amount : -amount;
    sums.set(currency, (sums.get(currency) ?? 0n) + signed);
  }
  const period = periodOf(document);
  const [page] = document.pages;
  if (sums.size === 0) sums.set(page?.account.account?.currency ?? unknownCurrency, 0n);
  return [...sums].map(([currency, entries]) => {
    const balanceIn = (balance: typeof start) =>
      balance?.money.currency === currency ? balanceMoney(balance).amount : null;
    const [opening, closing] = [balanceIn(start), balanceIn(end)];
    const difference = opening === null || closing === null ? null : closing - opening - entries;
    const [source, ...also] = sourcesIn(document);
    const one: Reconciled = {
      account: document.account,
      statement: page?.id ?? document.entries[0]!.details[0]!.statement,
      currency,
      from: dateOfDay(period?.from ?? null),
      to: dateOfDay(period?.to ?? null),
      opening,
      entries,
      closing,
      difference,
      source: source!,
      also,
    };
    if (difference !== null && difference !== 0n) {
      const [before, moved, after] = [opening!, entries, closing!].map((amount) => spokenMoney(amount, currency));
      const sum = `it opens with ${before}, its entries come to ${moved}, and it closes with ${after}`;
      settling.problems.push({
        what: `A statement of ${one.account} does not add up: ${sum}, ${spokenMoney(difference, currency)} off`,
        sources: [one.source],
      });
    }
    return one;
  });
}

/** ISO 4217: no currency. For a statement without balances and entries. */
const unknownCurrency = "XXX";

function sourcesIn({ pages, entries, repeats }: StatementDocument): Source[] {
  const again = repeats.flatMap((one) => [...one.pages, ...one.entries.flatMap(({ details }) => details)]);
  return sourcesOf([...pages, ...entries.flatMap(({ details }) => details), ...again]);
}

interface Dated {
  readonly document: StatementDocument;
  readonly from: Day;
  readonly to: Day;
}

/** Statements of one account and currency with both balances, in the order of their days and numbers. */
export type StatementChains = ReadonlyMap<string, readonly Dated[]>;

export function statementChains(documents: readonly StatementDocument[]): StatementChains {
  const chains = new Map<string, Dated[]>();
  for (const document of documents) {
    const { start, end } = boundsOf(document);
    const period = periodOf(document);
    if (document.level !== "statement" || start === null || end === null || period === null) continue;
    if (start.money.currency !== end.money.currency) continue;
    const key = `${document.account} ${start.money.currency}`;
    const chain = chains.get(key);
    if (chain === undefined) chains.set(key, [{ document, ...period }]);
    else chain.push({ document, ...period });
  }
  for (const chain of chains.values()) {
    chain.sort(
      (a, b) =>
        a.from - b.from ||
        a.to - b.to ||
        compareNaturally(a.document.pages[0]!.sequence ?? "", b.document.pages[0]!.sequence ?? "") ||
        a.document.rank - b.document.rank,
    );
  }
  return chains;
}

/** The one begins with the balance with which the other ended. */
export function followsOn(before: StatementDocument, next: StatementDocument): boolean {
  const [end, start] = [boundsOf(before).end, boundsOf(next).start];
  return end !== null && start !== null && balanceMoney(end).amount === balanceMoney(start).amount;
}

function tellOfGaps(settling: Settling, chains: StatementChains): void {
  for (const chain of chains.values()) {
    for (let i = 1; i < chain.length; i++) {
      const [before, next] = [chain[i - 1]!, chain[i]!];
      // Two that hold the same days, such as one period in two formats, do not follow one another.
      if (followsOn(before.document, next.document) || next.from < before.to) continue;
      if (next.from === before.to && seamOf(next.from, before.document, next.document).isShared) continue;
      const [end, start] = [boundsOf(before.document).end!, boundsOf(next.document).start!];
      const [ended, begun] = [end, start].map((one) => spokenMoney(balanceMoney(one).amount, one.money.currency));
      settling.problems.push({
        what: `Between two statements of ${before.document.account} something is missing: ${ended}, then ${begun}`,
        sources: sourcesOf([before.document.pages.at(-1)!, next.document.pages[0]!]),
      });
    }
  }
}
