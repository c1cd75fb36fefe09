import { LinkNotFoundError } from "../errors/cases.ts";
import type { AccountLedger } from "../ledger/account-contract.ts";
import type { CoinLedger, CoinRecord } from "../ledger/contract.ts";
import type { DataFolder } from "../ledger/data-folder.ts";
import { bitcoin } from "../money/asset.ts";
import type { Link, TrailLinkSide } from "../trace/link.ts";
import { type DeclaredLink, type DeclaredSide, sideText } from "./declared-links.ts";
import { accountOfCoin } from "./name-coins.ts";
import { type OpenedLedger, withOpened } from "./opened-ledger.ts";
import { transfersNamed } from "./seed-accounts.ts";

/** One side of a link by its ledger's ids: transfers of an account ledger, coins of a coin ledger. */
export interface LinkedIds {
  readonly part: number;
  readonly ids: readonly number[];
}

export interface FoundLink {
  readonly link: Link;
  readonly from: LinkedIds;
  readonly to: LinkedIds;
  /** How much of the giving side goes over; null for all. */
  readonly amount: bigint | null;
  /** What counts of transfers that were partly given back in the same transaction, by the ledger's id. */
  readonly nets: ReadonlyMap<number, bigint>;
}

/**
 * Looks up the movements of declared links. A link to a ledger that is not traced is left out; `from` and `to` may be
 * in one ledger.
 * @throws LinkNotFoundError
 */
export async function placeDeclaredLinks(
  ledgers: readonly OpenedLedger[],
  links: readonly DeclaredLink[],
): Promise<FoundLink[]> {
  const partOf = ({ ledger }: DeclaredSide) => ledgers.findIndex(({ summary }) => summary.name === ledger);
  const found: FoundLink[] = [];
  for (const declared of links) {
    const { id, kind, basis, confidence, source } = declared;
    const [fromPart, toPart] = [partOf(declared.from), partOf(declared.to)];
    if (fromPart < 0 || toPart < 0) continue;
    const from = await placeSide(ledgers[fromPart]!, { link: id, side: declared.from, gives: true });
    const to = await placeSide(ledgers[toPart]!, { link: id, side: declared.to, gives: false });
    found.push({
      link: { id, kind, basis, confidence, source, from: from.said, to: to.said },
      from: { part: fromPart, ids: from.ids },
      to: { part: toPart, ids: to.ids },
      amount: null,
      nets: new Map(),
    });
  }
  return found;
}

/**
 * Looks up the movements of links that somebody declares now. A ledger that the folder does not hold yet is asked
 * when a trail runs.
 * @throws LinkNotFoundError
 */
export async function checkNewLinks(folder: DataFolder, links: readonly DeclaredLink[]): Promise<void> {
  const sides = links.flatMap(({ id, from, to }) => [
    { link: id, side: from, gives: true, isNew: true },
    { link: id, side: to, gives: false, isNew: true },
  ]);
  const named = new Set(sides.map(({ side }) => side.ledger));
  const held = (await folder.ledgers()).filter(({ name }) => named.has(name));
  await withOpened(
    folder,
    held.map(({ name }) => name),
    async (ledgers) => {
      for (const opened of ledgers) {
        for (const asked of sides) if (asked.side.ledger === opened.summary.name) await placeSide(opened, asked);
      }
    },
  );
}

interface SideAsked {
  readonly link: string;
  readonly side: DeclaredSide;
  /** Whether this is the side that gives. */
  readonly gives: boolean;
  /** Whether the link is declared now; else a trail looks for it. */
  readonly isNew?: boolean;
}

interface PlacedSide {
  readonly said: TrailLinkSide;
  readonly ids: readonly number[];
}

async function placeSide(opened: OpenedLedger, asked: SideAsked): Promise<PlacedSide> {
  return opened.kind === "account" ? placeTransfers(opened.ledger, asked) : placeCoins(opened.ledger, opened, asked);
}

function failing({ link, side, isNew = false }: SideAsked): (why: string) => LinkNotFoundError {
  return (why) => new LinkNotFoundError({ link, side: sideText(side).slice(0, 200), why, isNew });
}

async function placeTransfers(ledger: AccountLedger, asked: SideAsked): Promise<PlacedSide> {
  const fail = failing(asked);
  const transfers = [];
  for (const { transaction, number } of asked.side.movements) {
    const named = await transfersNamed(ledger, transaction, number);
    if (named === null) throw fail("there is no such transaction");
    const kept = number === null && !asked.gives ? named.filter(({ to }) => to !== null) : named;
    if (kept.length === 0) throw fail("the transaction has no such transfer of value");
    transfers.push(...kept);
  }
  const assets = new Set(transfers.map(({ asset }) => asset));
  const [asset = ""] = assets;
  if (assets.size > 1) throw fail("its transfers are of several assets; name one with :N");
  const accounts = new Set(transfers.map(({ from, to }) => (asked.gives ? from : to)));
  const [account = null] = accounts;
  return {
    ids: transfers.map(({ id }) => id),
    said: {
      ledger: asked.side.ledger,
      transactions: [...new Set(asked.side.movements.map(({ transaction }) => transaction))],
      coins: [],
      account: accounts.size === 1 ? account : null,
      asset,
      amount: transfers.reduce((sum, { amount }) => sum + amount, 0n),
    },
  };
}

async function placeCoins(
  ledger: CoinLedger,
  { network }: Extract<OpenedLedger, { kind: "coin" }>,
  asked: SideAsked,
): Promise<PlacedSide> {
  const fail = failing(asked);
  const coins: CoinRecord[] = [];
  for (const { transaction, number } of asked.side.movements) {
    const record = await ledger.transaction(transaction);
    if (record === null) throw fail("there is no such transaction");
    if (number === null && record.outputCount > 1) throw fail("the transaction makes several coins; name one with :N");
    if ((number ?? 0) >= record.outputCount) throw fail(`the transaction has outputs 0 to ${record.outputCount - 1}`);
    coins.push(...(await ledger.coinsById([record.firstOutput + (number ?? 0)])));
  }
  const accounts = new Set(coins.map((coin) => accountOfCoin(coin, network)));
  const [account = null] = accounts;
  return {
    ids: coins.map(({ id }) => id),
    said: {
      ledger: asked.side.ledger,
      transactions: [...new Set(asked.side.movements.map(({ transaction }) => transaction))],
      coins: coins.map(({ name }) => name),
      account: accounts.size === 1 ? account : null,
      asset: bitcoin.id,
      amount: coins.reduce((sum, { value }) => sum + (value ?? 0n), 0n),
    },
  };
}
