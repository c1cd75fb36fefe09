import { subsidyAt } from "../bitcoin/networks.ts";
import { bitcoin } from "../money/asset.ts";
import { nowhere } from "../trace/account-columns.ts";
import { chooseLinks, type PlacedLink } from "../trace/choose-links.ts";
import { valueNotKnown } from "../trace/columns.ts";
import type { DayOrder } from "../trace/day-order.ts";
import type { JointLabel, JointPart, JointRequest, JointSeed } from "../trace/joint-request.ts";
import { transactionOfTransfer } from "../trace/plan-links.ts";
import type { Rule } from "../trace/rule.ts";
import type { FoundLink, LinkedIds } from "./link-sides.ts";
import { placesOf, stopBits } from "./load-coins.ts";
import type { AccountSeed } from "./seed-accounts.ts";
import type { SeedCoin } from "./seed-coins.ts";
import type { StopAccounts } from "./stop-accounts.ts";
import type { StopCoins } from "./stop-coins.ts";
import { confidenceDefault, type Theft } from "./theft.ts";
import { type OrderedAccounts, orderAccounts, type TracedLedger } from "./traced-ledger.ts";

/** A theft with everything looked up, by the ledgers' ids: what a request is made of, under any assumption. */
export interface JointCase {
  readonly theft: Theft;
  readonly rules: readonly Rule[];
  readonly ledgers: readonly TracedLedger[];
  /** [ledgers] */
  readonly stops: readonly (StopAccounts | StopCoins)[];
  readonly stopHeight: number | null;
  readonly seeds: readonly CaseSeed[];
  readonly links: readonly FoundLink[];
}

export type CaseSeed = { readonly part: number } & (
  | { readonly kind: "coin"; readonly seed: SeedCoin }
  | { readonly kind: "account"; readonly seed: AccountSeed }
);

/** What has to be assumed where the ledgers do not say. */
export interface Assumptions {
  readonly order: DayOrder;
  readonly openings: "least" | "unlimited";
}

/** A request with what leads from its numbers back to the ledgers' ids and to the links. */
export interface CaseRequest {
  readonly request: JointRequest;
  /** [ledgers] Of account ledgers. */
  readonly ordered: readonly (OrderedAccounts | null)[];
  readonly links: readonly {
    readonly placed: PlacedLink;
    readonly followed: number | null;
    readonly why: string | null;
  }[];
}

/** Makes the engine's request of a case under some assumptions. */
export function requestOf(jointCase: JointCase, { order, openings }: Assumptions): CaseRequest {
  const { theft, ledgers } = jointCase;
  const listed = ledgers.map((ledger) => (ledger.kind === "account" ? orderAccounts(ledger, order) : null));
  const labels = labelsOf(jointCase.seeds);
  const placed = jointCase.links.flatMap((link) => placeLink(jointCase, listed, link) ?? []);
  const known = placed.filter((link) => whyUnusable(jointCase, listed, link) === null);
  const chosen = chooseLinks(known, theft.links?.confidenceMin ?? confidenceDefault);
  const ids = new Set(chosen.followed.map(({ link }) => link.id));
  const followed = jointCase.links.filter(({ link }) => ids.has(link.id));
  const ordered = listed.map((accounts, part) => (accounts === null ? null : takeOffRefunds(accounts, part, followed)));
  return {
    request: {
      direction: theft.direction,
      rules: jointCase.rules,
      labels: labels.labels,
      parts: ledgers.map((_, part) => partOf(jointCase, ordered, part)),
      seeds: jointCase.seeds.map((seed) => seedOf(jointCase, ordered, labels.of(seed), seed)),
      links: chosen.followed.map(({ sides }) => sides),
      budget: theft.budget,
      followFees: theft.followFees,
      openings,
      throughDebt: theft.throughDebt ?? false,
    },
    ordered,
    links: [
      ...chosen.followed.map((link, followed) => ({ placed: link, followed, why: null })),
      ...chosen.notFollowed.map(({ placed: link, why }) => ({ placed: link, followed: null, why })),
      ...placed.flatMap((link) => {
        const why = whyUnusable(jointCase, listed, link);
        return why === null ? [] : [{ placed: link, followed: null, why }];
      }),
    ],
  };
}

const assetOf = (seed: CaseSeed) => (seed.kind === "coin" ? bitcoin.id : seed.seed.asset);

interface CaseLabels {
  readonly labels: readonly JointLabel[];
  /** Index into {@link labels}. */
  of(seed: CaseSeed): number;
}

/** One label an asset: a name that is given to value in several assets gets the asset behind it, `theft ETH`. */
function labelsOf(seeds: readonly CaseSeed[]): CaseLabels {
  const assets = new Map<string, Set<string>>();
  for (const seed of seeds) {
    const { label } = seed.seed;
    assets.set(label, (assets.get(label) ?? new Set()).add(assetOf(seed)));
  }
  const nameOf = (seed: CaseSeed) => {
    const { label } = seed.seed;
    return assets.get(label)!.size === 1 ? label : `${label} ${assetOf(seed)}`;
  };
  const labels = new Map(seeds.map((seed) => [nameOf(seed), { name: nameOf(seed), asset: assetOf(seed) }]));
  const places = new Map([...labels.keys()].map((name, place) => [name, place]));
  return { labels: [...labels.values()], of: (seed) => places.get(nameOf(seed))! };
}

export const hasBlocks = ({ tip }: TracedLedger["summary"]) => tip !== null && tip.height !== null;

function partOf({ ledgers, stops, stopHeight }: JointCase, ordered: CaseRequest["ordered"], part: number): JointPart {
  const ledger = ledgers[part]!;
  if (ledger.kind === "account") {
    const { bits } = stops[part] as StopAccounts;
    // A bank has no blocks: none of its payments is above any.
    const height = hasBlocks(ledger.summary) ? stopHeight : null;
    return { kind: "account", columns: ordered[part]!.columns, stops: bits, stopHeight: height };
  }
  const { loaded, txTime, network } = ledger;
  return {
    kind: "coin",
    columns: loaded.columns,
    txTime,
    stops: stopBits(loaded, (stops[part] as StopCoins).coins),
    stopHeight,
    subsidyAt: (height) => subsidyAt(network, height),
  };
}

function seedOf({ ledgers }: JointCase, ordered: CaseRequest["ordered"], label: number, seed: CaseSeed): JointSeed {
  const { part } = seed;
  const { amount } = seed.seed;
  const ledger = ledgers[part]!;
  if (seed.kind === "coin" && ledger.kind === "coin") {
    const { id } = seed.seed.coin;
    return { part, at: { kind: "coin", output: placesOf(ledger.loaded, [id]).get(id)! }, amount, label };
  }
  if (seed.kind === "coin") throw new RangeError("a coin seeds a ledger of accounts");
  const { at } = seed.seed;
  if (at.kind === "holding") return { part, at: { kind: "holding", holding: at.holding }, amount, label };
  return { part, at: { kind: "transfer", transfer: ordered[part]!.transferPlaces[at.transfer.id]! }, amount, label };
}

function placeLink(
  { ledgers }: JointCase,
  ordered: CaseRequest["ordered"],
  { link, from, to, amount }: FoundLink,
): PlacedLink | null {
  const numbers = ({ part, ids }: LinkedIds): LinkedIds => {
    const ledger = ledgers[part]!;
    if (ledger.kind === "account") return { part, ids: ids.map((id) => ordered[part]!.transferPlaces[id]!) };
    const places = placesOf(ledger.loaded, ids);
    return { part, ids: ids.flatMap((id) => places.get(id) ?? []) };
  };
  const sides = { from: numbers(from), to: numbers(to), amount };
  // A coin that no seed and no link can reach is not loaded: nothing can go over its link.
  if (sides.from.ids.length < from.ids.length || sides.to.ids.length < to.ids.length) return null;
  return { link, sides };
}

/** What a followed link's giver got back in the same transaction was never given. */
function takeOffRefunds(accounts: OrderedAccounts, part: number, followed: readonly FoundLink[]): OrderedAccounts {
  const nets = followed.flatMap(({ from, nets: ofLink }) => (from.part === part ? [...ofLink] : []));
  if (nets.length === 0) return accounts;
  const { columns, transferPlaces } = accounts;
  const isDouble = columns.transferAmount instanceof Float64Array;
  const transferAmount = columns.transferAmount.slice() as Float64Array | bigint[];
  for (const [id, amount] of nets) transferAmount[transferPlaces[id]!] = isDouble ? Number(amount) : amount;
  return { ...accounts, columns: { ...columns, transferAmount } };
}

/** Why value cannot be followed over a link, whatever its confidence; null where it can. */
function whyUnusable({ ledgers }: JointCase, ordered: CaseRequest["ordered"], { sides }: PlacedLink): string | null {
  const isGiven = ({ part, ids }: LinkedIds, side: "transferFrom" | "transferTo") => {
    const columns = ordered[part]?.columns;
    return columns === undefined || ids.every((id) => columns[side][id] !== nowhere);
  };
  if (!isGiven(sides.from, "transferFrom")) return "nobody gave what it begins with";
  if (!isGiven(sides.to, "transferTo")) return "nobody received what it leads to";
  const isValued = ({ part, ids }: LinkedIds) => {
    const ledger = ledgers[part]!;
    return ledger.kind === "account" || ids.every((id) => ledger.loaded.columns.outputValue[id] !== valueNotKnown);
  };
  if (!isValued(sides.from) || !isValued(sides.to)) return "the value of one of its coins is not known";
  const given = timesOf(ledgers, ordered, sides.from);
  const received = timesOf(ledgers, ordered, sides.to);
  if (given.length === 0 || received.length === 0) return null;
  const isBefore = Math.max(...received.map(({ last }) => last)) < Math.min(...given.map(({ first }) => first));
  return isBefore ? "what it leads to happened before what it begins with" : null;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** When the movements of a link's side can have happened; those of which no time is known are left out. */
function timesOf(
  ledgers: JointCase["ledgers"],
  ordered: CaseRequest["ordered"],
  { part, ids }: LinkedIds,
): { first: number; last: number }[] {
  const ledger = ledgers[part]!;
  const times = ids.map((id) => {
    if (ledger.kind === "coin") {
      const time = ledger.txTime[ledger.loaded.columns.outputTx[id]!] ?? Number.NaN;
      // A block's time may be two hours ahead of the clock, and behind that of the block before.
      return { first: time - 2 * hourMs, last: time + 2 * hourMs };
    }
    const { columns } = ordered[part]!;
    const transaction = transactionOfTransfer(columns.txFirstTransfer, id);
    const time = columns.txTime[transaction]!;
    return { first: time, last: columns.txDayOnly[transaction] === 1 ? time + dayMs : time };
  });
  return times.filter(({ first }) => !Number.isNaN(first));
}
