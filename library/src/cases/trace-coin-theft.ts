import { networkNamed, subsidyAt } from "../bitcoin/networks.ts";
import type { ReportInput, ReportTag } from "../evidence/report-input.ts";
import type { Tag } from "../identity/tag.ts";
import type { CoinLedger, LedgerSummary } from "../ledger/contract.ts";
import { bitcoin } from "../money/asset.ts";
import { assembleTrail, listNamesNeeded } from "../trace/assemble-trail.ts";
import type { TraceBudget, TraceRequest } from "../trace/request.ts";
import { type Direction, type Rule, ruleFacts, rules } from "../trace/rule.ts";
import { traceCoinsParallel } from "../trace/trace-coins-parallel.ts";
import type { Trail, TrailLedger } from "../trace/trail.ts";
import { engine, trailId } from "../trace/trail-id.ts";
import type { IngestProgress } from "./ingest-blocks.ts";
import { loadCoins, placesOf, stopBits } from "./load-coins.ts";
import { nameCoins } from "./name-coins.ts";
import { withLedger } from "./open-folder.ts";
import { type ReadStops, readStops, stopHeightOf } from "./read-stops.ts";
import type { Seed } from "./seed.ts";
import { type SeedCoin, seedCoins } from "./seed-coins.ts";
import type { Stop } from "./stop.ts";
import { type StopCoins, stopCoins } from "./stop-coins.ts";

/** What a person asks of a ledger of coins. */
export interface CoinTheft {
  /** The data folder. */
  readonly data: string;
  readonly ledger: string;
  readonly seeds: readonly Seed[];
  /** `all`: every rule that is defined in the direction. */
  readonly rules: readonly Rule[] | "all";
  readonly direction: Direction;
  readonly stops: readonly Stop[];
  /** Files of tags, and what they do not stop: see {@link StopsAsked}. */
  readonly tagFiles?: readonly string[];
  readonly through?: readonly string[];
  readonly budget: TraceBudget;
  readonly followFees: boolean;
  readonly onProgress?: (progress: IngestProgress) => void;
}

export interface TracedTheft {
  readonly trail: Trail;
  /** All that a report needs but for the command that asked for it. */
  readonly report: Omit<ReportInput, "command">;
  /** Sentences about what was left out. */
  readonly notes: readonly string[];
}

/**
 * Traces a theft through a ledger: finds its seeds and stops, loads what they reach, traces under each rule, and names
 * what was found.
 */
export async function traceCoinTheft(theft: CoinTheft): Promise<TracedTheft> {
  return withLedger(theft.data, theft.ledger, (ledger) => traceCoins(theft, ledger));
}

/** The same in a ledger that is open. */
export async function traceCoins(theft: Omit<CoinTheft, "data" | "ledger">, ledger: CoinLedger): Promise<TracedTheft> {
  const { onProgress = () => {} } = theft;
  const summary = await ledger.summary();
  const network = networkNamed(summary.network);
  const asked = rulesAsked(theft);
  onProgress({ what: "finding seeds:", done: theft.seeds.length, total: null });
  const seeds = await seedCoins(ledger, network, theft.seeds);
  const read = await readStops(theft);
  const stops = await stopCoins(ledger, network, read);
  const stopHeight = stopHeightOf(read, theft.direction);
  onProgress({ what: "loading coins:", done: summary.outputs, total: null });
  const loaded = await loadCoins(ledger, { ...theft, seeds: seeds.map(({ coin }) => coin.id), stops: stops.coins });
  const labels = [...new Set(seeds.map(({ label }) => label))];
  const places = placesOf(
    loaded,
    seeds.map(({ coin }) => coin.id),
  );
  const request: TraceRequest = {
    direction: theft.direction,
    rules: asked.rules,
    labels,
    seeds: seeds.map(({ coin, amount, label }) => {
      return { output: places.get(coin.id)!, amount, label: labels.indexOf(label) };
    }),
    stopOutputs: stopBits(loaded, stops.coins),
    stopHeight,
    budget: theft.budget,
    followFees: theft.followFees,
    subsidyAt: (height) => subsidyAt(network, height),
  };
  onProgress({ what: "tracing under rules:", done: asked.rules.length, total: null });
  const trace = await traceCoinsParallel(loaded.columns, request);
  const wanted = listNamesNeeded(request, trace);
  onProgress({ what: "naming coins:", done: wanted.coins.length, total: null });
  const names = await nameCoins({ ledger, network, loaded, wanted, stopReasons: stops.reasons });
  const parts = { ledger: trailLedger(summary), asset: bitcoin.id, columns: loaded.columns, request, trace, names };
  const id = trailId(sourceOf({ theft, summary, seeds, stops, stopHeight, rules: asked.rules }));
  const trail = assembleTrail({ id, ...parts });
  const feesNote = theft.followFees && !loaded.columns.wholeBlocks ? [feesNotFollowed] : [];
  return {
    trail,
    report: reportOf(theft, trail, summary, { read, tags: stops.tags }),
    notes: [...asked.notes, ...read.notes, ...stops.notes, ...feesNote],
  };
}

const feesNotFollowed = "fees are not followed: a partial ledger does not hold the blocks whose coinbases collect them";

export function rulesAsked({ rules: asked, direction }: Pick<CoinTheft, "rules" | "direction">): {
  rules: readonly Rule[];
  notes: string[];
} {
  if (asked !== "all") return { rules: asked, notes: [] };
  const able = rules.filter((rule) => direction === "forward" || ruleFacts[rule].backwardRefusal === null);
  const left = rules.filter((rule) => !able.includes(rule));
  const reason = left[0] === undefined ? null : ruleFacts[left[0]].backwardRefusal;
  return { rules: able, notes: reason === null ? [] : [`${left.join(", ")} have no backward form: ${reason}`] };
}

function trailLedger({ name, network, partial, tip }: LedgerSummary): TrailLedger {
  return { name, kind: "coin", network, partial, snapshot: { height: tip?.height ?? null, hash: tip?.hash ?? "" } };
}

interface Source {
  readonly theft: Omit<CoinTheft, "data" | "ledger">;
  readonly summary: LedgerSummary;
  readonly seeds: readonly SeedCoin[];
  readonly stops: StopCoins;
  readonly stopHeight: number | null;
  readonly rules: readonly Rule[];
}

/** Everything that the trail is a function of. What only says where things are kept (folder, file names) is not. */
function sourceOf({ theft, summary, seeds, stops, stopHeight, rules: asked }: Source) {
  const { network, partial, tip } = summary;
  return {
    ledgers: [{ kind: "coin", name: summary.name, network, partial, snapshot: tip }],
    direction: theft.direction,
    rules: asked,
    seeds: seeds.map(({ coin, amount, label }) => ({ coin: coin.name, amount: amount ?? coin.value, label })),
    stops: { accounts: [...stops.reasons].sort(([a], [b]) => (a < b ? -1 : 1)), height: stopHeight },
    budget: { ...theft.budget },
    options: { followFees: theft.followFees },
  };
}

interface Tagged {
  readonly read: ReadStops;
  readonly tags: readonly Tag[];
}

function reportOf(
  theft: Omit<CoinTheft, "data" | "ledger">,
  trail: Trail,
  summary: LedgerSummary,
  { read, tags }: Tagged,
) {
  const { name, blocks, transactions, inputs, outputs } = summary;
  return {
    trail,
    assets: [bitcoin],
    tags: tagsInTrail(trail, tags),
    ledgers: [{ name, blocks, transactions, inputs, outputs }],
    engine,
    files: read.files,
    stops: theft.stops.map(stopText),
    budget: theft.budget,
    followFees: theft.followFees,
  };
}

export function stopText(stop: Stop): string {
  if (stop.kind === "address") return `address:${stop.address}`;
  return stop.kind === "tags" ? `tags:${stop.file}` : `height:${stop.height}`;
}

/** The tags of accounts that stand in the trail: a tag file may hold millions of others. */
export function tagsInTrail({ ends, movements }: Trail, tags: readonly Tag[]): ReportTag[] {
  const said = tags.filter(({ label }) => label !== "");
  if (said.length === 0) return [];
  const accounts = new Set(ends.map(({ account }) => account));
  for (const { from, to } of movements) for (const { account } of [...from, ...to]) accounts.add(account);
  return said
    .filter(({ address }) => accounts.has(address))
    .map(({ address, label, source }) => ({ account: address, label, source }));
}
