import { SpoorError } from "../errors/base.ts";
import { RuleNeedsCoinsError, SeedAmbiguousError, SeedNotFoundError } from "../errors/cases.ts";
import type { CoinLedger } from "../ledger/contract.ts";
import { type Rule, ruleFacts, rules } from "../trace/rule.ts";
import type { DeclaredLink } from "./declared-links.ts";
import { findLinks } from "./find-links.ts";
import { type CaseSeed, hasBlocks, type JointCase } from "./joint-case.ts";
import { type FoundLink, placeDeclaredLinks } from "./link-sides.ts";
import { loadCoins } from "./load-coins.ts";
import type { OpenedCoins, OpenedLedger } from "./opened-ledger.ts";
import { type ReadStops, stopHeightOf } from "./read-stops.ts";
import { parseSeed } from "./seed.ts";
import { seedAccounts } from "./seed-accounts.ts";
import { seedCoins } from "./seed-coins.ts";
import { stopAccounts } from "./stop-accounts.ts";
import { stopCoins } from "./stop-coins.ts";
import type { Theft } from "./theft.ts";
import type { TracedAccounts, TracedCoins, TracedLedger } from "./traced-ledger.ts";

export interface OpenedCase {
  readonly jointCase: JointCase;
  readonly notes: readonly string[];
}

/**
 * Looks up everything that a theft names, and loads the ledgers: accounts whole, coins as far as seeds and links reach.
 */
export async function openCase(
  theft: Theft,
  opened: readonly OpenedLedger[],
  { read, declared }: { readonly read: ReadStops; readonly declared: readonly DeclaredLink[] },
): Promise<OpenedCase> {
  const { onProgress = () => {} } = theft;
  const asked = rulesForAccounts(theft, opened);
  const accounts = new Map<OpenedLedger, TracedAccounts>();
  for (const one of opened) {
    if (one.kind !== "account") continue;
    onProgress({ what: "loading transfers:", done: one.summary.transfers, total: null });
    accounts.set(one, { ...one, loaded: await one.ledger.load() });
  }
  const seeds = (await Promise.all(theft.seeds.map((text) => findSeed(theft, opened, accounts, text)))).flat();
  const links = await placeDeclaredLinks(opened, declared);
  const stops = [];
  const ledgers: TracedLedger[] = [];
  for (const [part, one] of opened.entries()) {
    const traced = accounts.get(one);
    if (traced !== undefined) {
      stops.push(await stopAccounts(traced, read));
      ledgers.push(traced);
    } else if (one.kind === "coin") {
      const ofCoins = await stopCoins(one.ledger, one.network, ofNetwork(read, one));
      stops.push(ofCoins);
      ledgers.push(
        await loadPart(
          theft,
          one,
          rootsOf(part, { seeds, links, forward: theft.direction === "forward" }),
          ofCoins.coins,
        ),
      );
    }
  }
  if (theft.links?.find !== false) links.push(...(await findLinks(ledgers)));
  const stopHeight = stopHeightOf(read, theft.direction);
  const absent = [...absentStops(stops, read), ...unstopped(opened, stopHeight)];
  return {
    jointCase: { theft, rules: asked.rules, ledgers, stops, stopHeight, seeds, links },
    notes: [...asked.notes, ...read.notes, ...absent],
  };
}

function rulesForAccounts({ rules: asked, direction }: Theft, opened: readonly OpenedLedger[]) {
  const accounts = opened.find(({ kind }) => kind === "account");
  if (asked !== "all") {
    if (accounts !== undefined && asked.includes("tiho")) {
      throw new RuleNeedsCoinsError({ rule: "tiho", ledger: accounts.summary.name });
    }
    return { rules: asked, notes: [] as string[] };
  }
  const backward = (rule: Rule) => direction === "backward" && ruleFacts[rule].backwardRefusal !== null;
  const able = rules.filter((rule) => rule !== "tiho" && !backward(rule));
  const left = rules.filter((rule) => rule !== "tiho" && backward(rule));
  const [first] = left;
  const why = first === undefined ? null : ruleFacts[first].backwardRefusal;
  return { rules: able, notes: why === null ? [] : [`${left.join(", ")} have no backward form: ${why}`] };
}

/** Addresses of other chains among those that the user named stop nothing here, and are no mistake. */
function ofNetwork(read: ReadStops, { network }: OpenedCoins): ReadStops {
  return {
    ...read,
    accounts: read.accounts
      .filter(({ address }) => network !== null && isPlain(address))
      .map((one) => ({ ...one, isTag: true })),
  };
}

const isPlain = (address: string) => /^[A-Za-z0-9:]{14,140}$/u.test(address);

function absentStops(stops: JointCase["stops"], read: ReadStops): string[] {
  const named = read.accounts.filter(({ isTag }) => !isTag).map(({ address }) => address);
  const stopped = new Set(stops.flatMap(({ reasons }) => [...reasons.keys()].map((name) => name.toLowerCase())));
  const absent = named.filter(
    (address) => !stopped.has(address.toLowerCase().replaceAll(/\s+/gu, "")) && !stopped.has(address.toLowerCase()),
  );
  return absent.map((address) => `${address} stops nothing: none of the ledgers holds it`);
}

function unstopped(opened: readonly OpenedLedger[], stopHeight: number | null): string[] {
  if (stopHeight === null) return [];
  const blockless = opened.filter(({ summary }) => !hasBlocks(summary)).map(({ summary }) => summary.name);
  return blockless.map((name) => `height:${stopHeight} stops nothing in ${name}: it has no blocks`);
}

async function findSeed(
  theft: Theft,
  opened: readonly OpenedLedger[],
  accounts: ReadonlyMap<OpenedLedger, TracedAccounts>,
  text: string,
): Promise<CaseSeed[]> {
  const [, prefix, rest = ""] = /^([a-z0-9-]{1,63})\/(.+)$/su.exec(text) ?? [];
  const isNamed = prefix !== undefined && opened.some(({ summary }) => summary.name === prefix);
  const wanted = isNamed ? rest : text;
  const among = isNamed ? opened.filter(({ summary }) => summary.name === prefix) : opened;
  const found: { name: string; seeds: CaseSeed[] }[] = [];
  let refusal: unknown = null;
  for (const one of among) {
    const part = opened.indexOf(one);
    try {
      const traced = accounts.get(one);
      const seeds =
        traced === undefined
          ? await coinSeeds(one as OpenedCoins, wanted, part)
          : ((await seedAccounts(traced, wanted, theft.assets ?? [])) ?? []).map(
              (seed): CaseSeed => ({ part, kind: "account", seed }),
            );
      if (seeds.length > 0) found.push({ name: one.summary.name, seeds });
    } catch (error) {
      // Not of this ledger, perhaps of the next.
      if (!(error instanceof SpoorError) || among.length === 1) throw error;
      refusal ??= error;
    }
  }
  if (found.length > 1)
    throw new SeedAmbiguousError({ seed: text.slice(0, 120), ledgers: found.map(({ name }) => name) });
  if (found[0] !== undefined) return found[0].seeds;
  if (refusal !== null && among.every(({ kind }) => kind === "coin")) throw refusal;
  const names = among.map(({ summary }) => summary.name).join(", ");
  const partial = among.some(({ summary }) => summary.partial);
  const { assets = [] } = theft;
  const within = assets.length === 0 ? "" : `, in ${assets.join(", ").slice(0, 120)}`;
  const why = `it holds no transaction and no account of that name, or no value in them${within}`;
  const kind = among.every((one) => one.kind === "coin") ? "coin" : "account";
  throw new SeedNotFoundError({ seed: text.slice(0, 120), ledger: names, why, partial, kind });
}

async function coinSeeds({ ledger, network }: OpenedCoins, text: string, part: number): Promise<CaseSeed[]> {
  const seeds = await seedCoins(ledger, network, [parseSeed(text)]);
  return seeds.map((seed): CaseSeed => ({ part, kind: "coin", seed }));
}

/** The coins that value can come into a coin ledger's part by. */
function rootsOf(
  part: number,
  { seeds, links, forward }: { seeds: readonly CaseSeed[]; links: readonly FoundLink[]; forward: boolean },
): number[] {
  const seeded = seeds.flatMap((seed) => (seed.part === part && seed.kind === "coin" ? [seed.seed.coin.id] : []));
  const linked = links.flatMap(({ from, to }) => {
    const side = forward ? to : from;
    return side.part === part ? side.ids : [];
  });
  return [...new Set([...seeded, ...linked])];
}

async function loadPart(
  theft: Theft,
  one: OpenedCoins,
  roots: readonly number[],
  stops: Float64Array,
): Promise<TracedCoins> {
  const { direction, followFees } = theft;
  const loaded = await loadCoins(one.ledger, { seeds: roots, stops, direction, followFees });
  return { ...one, loaded, txTime: await timesOf(one.ledger, loaded) };
}

/** Transactions whose times are asked for in one query. */
const idsAtOnce = 50_000;

async function timesOf(ledger: CoinLedger, { columns, transactionIds }: TracedCoins["loaded"]): Promise<Float64Array> {
  const times = new Float64Array(columns.transactionCount).fill(Number.NaN);
  for (let from = 0; from < times.length; from += idsAtOnce) {
    const count = Math.min(idsAtOnce, times.length - from);
    const ids = Array.from({ length: count }, (_, n) => transactionIds?.[from + n] ?? from + n);
    const records = await ledger.transactionsById(ids);
    records.forEach(({ time }, n) => {
      times[from + n] = time ?? Number.NaN;
    });
  }
  return times;
}
