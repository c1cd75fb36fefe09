import { nowhere } from "../trace/account-columns.ts";
import type { TrailLinkSide } from "../trace/link.ts";
import type { FoundLink } from "./link-sides.ts";
import type { TracedAccounts } from "./traced-ledger.ts";

/** Rule and version: what finds differently is another version. */
const exchangeRule = "bank/exchange@1";

/** What the messages or statements of the payment say themselves. Set by judgement, not measured. */
const exchangeConfidence = 0.95;

/** Ids that are asked for in one query. */
const idsAtOnce = 50_000;

interface FoundExchange {
  readonly transaction: number;
  /** The payer's transfer in one currency, and the payee's in another. */
  readonly gives: number;
  readonly gets: number;
}

/**
 * Finds payments in which a bank changes the currency on the way: what the payer gives to that bank goes over to what
 * the payee gets from it. One transfer in each currency, each beginning where the one before ended; charges left aside.
 */
export async function findExchanges(traced: TracedAccounts, part: number): Promise<FoundLink[]> {
  const { ledger, loaded, summary } = traced;
  const { columns, holdingAccount, holdingAsset, assets } = loaded;
  const exchanges = [...exchangesIn(loaded)];
  const links: FoundLink[] = [];
  for (let at = 0; at < exchanges.length; at += idsAtOnce) {
    const some = exchanges.slice(at, at + idsAtOnce);
    const transactions = await ledger.transactionsById(some.map(({ transaction }) => transaction));
    const holdings = some.flatMap(({ gives, gets }) => [columns.transferFrom[gives]!, columns.transferTo[gets]!]);
    const accounts = await ledger.accountsById(holdings.map((holding) => holdingAccount[holding]!));
    some.forEach(({ gives, gets }, n) => {
      const { name } = transactions[n]!;
      const said = (transfer: number, end: number): TrailLinkSide => ({
        ledger: summary.name,
        transactions: [name],
        coins: [],
        account: accounts[2 * n + end]!.name,
        asset: assets[holdingAsset[holdings[2 * n + end]!]!]!.asset,
        amount: BigInt(columns.transferAmount[transfer]!),
      });
      const [from, to] = [said(gives, 0), said(gets, 1)];
      const id = `${exchangeRule}:${name}`;
      links.push({
        link: {
          id,
          kind: "fx",
          basis: "same-transaction",
          confidence: exchangeConfidence,
          source: exchangeRule,
          from,
          to,
        },
        from: { part, ids: [gives] },
        to: { part, ids: [gets] },
        amount: null,
        nets: new Map(),
      });
    });
  }
  return links;
}

function* exchangesIn(loaded: TracedAccounts["loaded"]): Generator<FoundExchange> {
  const { txFirstTransfer, transactionCount } = loaded.columns;
  for (let transaction = 0; transaction < transactionCount; transaction++) {
    const [from, to] = [txFirstTransfer[transaction]!, txFirstTransfer[transaction + 1]!];
    if (to - from < 2) continue;
    const way = wayIn(loaded, from, to);
    if (way !== null) yield { transaction, gives: way[0]!, gets: way.at(-1)! };
  }
}

/** The transfers of a payment from its payer to its payee, each in another currency; null where it is not such. */
function wayIn({ columns, holdingAccount, holdingAsset }: TracedAccounts["loaded"], from: number, to: number) {
  const { transferFrom, transferTo, transferIsFee } = columns;
  const way: number[] = [];
  const seen = new Set<number>();
  for (let t = from; t < to; t++) {
    if (transferIsFee[t] === 1) continue;
    const [payer, payee] = [transferFrom[t]!, transferTo[t]!];
    if (payer === nowhere || payee === nowhere || seen.has(holdingAsset[payer]!)) return null;
    seen.add(holdingAsset[payer]!);
    const before = way.at(-1);
    if (before !== undefined && holdingAccount[transferTo[before]!] !== holdingAccount[payer]) return null;
    way.push(t);
  }
  return way.length > 1 ? way : null;
}
