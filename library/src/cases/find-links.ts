import { findSwaps, type SwapTransfer } from "../ethereum/find-swaps.ts";
import { nowhere } from "../trace/account-columns.ts";
import type { TrailLinkSide } from "../trace/link.ts";
import { findExchanges } from "./find-exchanges.ts";
import type { FoundLink } from "./link-sides.ts";
import { netRefunds } from "./net-refunds.ts";
import type { TracedAccounts, TracedLedger } from "./traced-ledger.ts";

/** A transfer as the columns have it: accounts by id, as text; an asset's contract by its name. */
interface ColumnTransfer extends SwapTransfer {
  readonly id: number;
}

/** Ids that are asked for in one query. */
const idsAtOnce = 50_000;

/** Finds swaps and wraps inside the transactions of Ethereum's ledgers, by net flow, and exchanges inside payments. */
export async function findLinks(ledgers: readonly TracedLedger[]): Promise<FoundLink[]> {
  const links: FoundLink[] = [];
  for (const [part, ledger] of ledgers.entries()) {
    if (ledger.kind !== "account") continue;
    if (ledger.summary.network === "bank") links.push(...(await findExchanges(ledger, part)));
    if (/^(?:ethereum|eip155:)/u.test(ledger.summary.network)) {
      const contracts = await assetContracts(ledger);
      links.push(...(await nameSwaps(ledger, part, { contracts, swaps: [...swapsOf(ledger, contracts)] })));
    }
  }
  return links;
}

/** The accounts that are the contracts of assets, by id: a wrap is told by what its contract itself gives and gets. */
async function assetContracts({ ledger, loaded }: TracedAccounts): Promise<ReadonlyMap<number, string>> {
  const names = loaded.assets.map(({ asset }) => asset);
  const contracts = new Map<number, string>();
  for (let from = 0; from < names.length; from += idsAtOnce) {
    const some = await ledger.accountsNamed(names.slice(from, from + idsAtOnce));
    for (const { id, name } of some) contracts.set(id, name);
  }
  return contracts;
}

interface TransactionSwap {
  readonly transaction: number;
  readonly swap: NonNullable<ReturnType<typeof findSwaps<ColumnTransfer>>["swap"]>;
  readonly nets: ReadonlyMap<number, bigint> | null;
}

function* swapsOf({ loaded }: TracedAccounts, contracts: ReadonlyMap<number, string>): Generator<TransactionSwap> {
  const { txFirstTransfer, transactionCount } = loaded.columns;
  for (let transaction = 0; transaction < transactionCount; transaction++) {
    const from = txFirstTransfer[transaction]!;
    const to = txFirstTransfer[transaction + 1]!;
    if (to - from < 2 || !hasSeveralAssets(loaded, from, to)) continue;
    const transfers = Array.from({ length: to - from }, (_, n) => transferOf(loaded, contracts, from + n));
    const { swap } = findSwaps(transfers);
    if (swap === null) continue;
    const nets = netRefunds(transfers, { account: swap.account, asset: swap.given.asset });
    yield { transaction, swap, nets };
  }
}

/** Most transactions move one asset: they are passed over without making objects of them. */
function hasSeveralAssets({ columns, holdingAsset }: TracedAccounts["loaded"], from: number, to: number): boolean {
  const { transferFrom, transferTo, transferIsFee } = columns;
  let first = -1;
  for (let t = from; t < to; t++) {
    if (transferIsFee[t] === 1) continue;
    const asset = holdingAsset[transferFrom[t] === nowhere ? transferTo[t]! : transferFrom[t]!]!;
    if (first < 0) first = asset;
    else if (asset !== first) return true;
  }
  return false;
}

function transferOf(
  loaded: TracedAccounts["loaded"],
  contracts: ReadonlyMap<number, string>,
  id: number,
): ColumnTransfer {
  const { columns, holdingAccount, holdingAsset, assets } = loaded;
  const [from, to] = [columns.transferFrom[id]!, columns.transferTo[id]!];
  const accountOf = (holding: number) => {
    if (holding === nowhere) return null;
    const account = holdingAccount[holding]!;
    return contracts.get(account) ?? String(account);
  };
  return {
    id,
    from: accountOf(from),
    to: accountOf(to),
    asset: assets[holdingAsset[from === nowhere ? to : from]!]!.asset,
    amount: BigInt(columns.transferAmount[id]!),
    isFee: columns.transferIsFee[id] === 1,
  };
}

async function nameSwaps(
  { ledger, summary }: TracedAccounts,
  part: number,
  { contracts, swaps }: { contracts: ReadonlyMap<number, string>; swaps: readonly TransactionSwap[] },
): Promise<FoundLink[]> {
  const links: FoundLink[] = [];
  const contractIds = new Map([...contracts].map(([id, name]) => [name, id]));
  for (let from = 0; from < swaps.length; from += idsAtOnce) {
    const some = swaps.slice(from, from + idsAtOnce);
    const transactions = await ledger.transactionsById(some.map(({ transaction }) => transaction));
    const accounts = await ledger.accountsById(
      some.map(({ swap }) => contractIds.get(swap.account) ?? Number(swap.account)),
    );
    some.forEach(({ swap, nets }, n) => {
      const { kind, basis, confidence, rule, given, got } = swap;
      const { name } = transactions[n]!;
      const said = ({ asset, amount }: typeof given): TrailLinkSide => ({
        ledger: summary.name,
        transactions: [name],
        coins: [],
        account: accounts[n]!.name,
        asset,
        amount,
      });
      const ids = ({ transfers }: typeof given) => ({ part, ids: transfers.map(({ id }) => id) });
      const id = `${rule}:${name}`;
      links.push({
        link: { id, kind, basis, confidence, source: rule, from: said(given), to: said(got) },
        from: { part, ids: given.transfers.map(({ id: one }) => one).filter((one) => nets?.get(one) !== 0n) },
        to: ids(got),
        // Refunds that cannot be taken off stay: then only the net goes over.
        amount: nets === null ? given.amount : null,
        nets: nets ?? new Map(),
      });
    });
  }
  return links;
}
