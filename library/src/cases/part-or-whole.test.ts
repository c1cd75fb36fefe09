import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { LoadedCoins } from "../ledger/contract.ts";
import type { TraceRequest } from "../trace/request.ts";
import { rules } from "../trace/rule.ts";
import { traceCoins } from "../trace/trace-coins.ts";
import { ingestBitcoin } from "./ingest-bitcoin.ts";
import { placesOf, stopBits } from "./load-coins.ts";
import { withLedger } from "./open-folder.ts";

const scenario = join(import.meta.dirname, "../../../scenarios/hot-wallet-theft");
const data = mkdtempSync(join(tmpdir(), "spoor-part-"));
afterAll(() => rmSync(data, { recursive: true }));

type Asked = Pick<TraceRequest, "direction" | "rules" | "budget"> & { readonly coins: readonly number[] };

/** What was traced, by the ledger's own ids, so that a part and the whole can be compared. */
function traced(loaded: LoadedCoins, stops: Float64Array, { coins, ...asked }: Asked) {
  const places = placesOf(loaded, coins);
  const trace = traceCoins(loaded.columns, {
    ...asked,
    labels: ["theft"],
    seeds: coins.map((coin) => ({ output: places.get(coin)!, amount: null, label: 0 })),
    stopOutputs: stopBits(loaded, stops),
    stopHeight: null,
    followFees: false,
    subsidyAt: () => 0,
  });
  const coinId = (place: number) => loaded.outputIds?.[place] ?? place;
  return trace.rules.map((rule) => ({
    rule: rule.rule,
    totals: rule.totals,
    bounds: rule.bounds.map((bound) => ({ ...bound, next: coinId(bound.next) })),
    transactions: [...rule.transactions].map((place) => loaded.transactionIds?.[place] ?? place),
    coins: [...rule.coins.coin]
      .map((place, row) => [coinId(place), rule.coins.amount[rule.coins.start[row]!]])
      .sort(byId),
    ends: [...rule.ends.coin].map((place, row) => [coinId(place), rule.ends.reason[row]]).sort(byId),
  }));
}

const byId = (a: readonly (number | undefined)[], b: readonly (number | undefined)[]) => a[0]! - b[0]!;

test("a trail through the part that its seeds reach is the trail through the whole ledger", async () => {
  const path = join(scenario, "blk00000.dat");
  await ingestBitcoin({ data, ledger: "demo", from: { kind: "blocks", path, network: null, overlay: 0 } });
  const { seeds } = JSON.parse(readFileSync(join(scenario, "story.json"), "utf8")) as { seeds: string[] };
  await withLedger(data, "demo", async (ledger) => {
    const theft: number[] = [];
    for (const seed of seeds) {
      const [txid = "", vout = ""] = seed.split(":");
      theft.push((await ledger.transaction(txid))!.firstOutput + Number(vout));
    }
    const whole = await ledger.loadAll();
    let compared = 0;
    for (const coins of [theft, [theft[0]!], [200, 210, 220]]) {
      for (const stops of [[], [theft[0]!, 230], [190, 205, 225, 235]].map((ids) => Float64Array.from(ids).sort())) {
        for (const budget of [{}, { hops: 3 }, { min: 900_000_000n }]) {
          for (const direction of ["forward", "backward"] as const) {
            const part = await ledger.loadReach({ coins, direction, stops, transactionsMax: 1_000_000 });
            const able = direction === "forward" ? rules : rules.slice(0, 4);
            const asked = { coins, direction, rules: able, budget };
            expect(traced(part!, stops, asked)).toEqual(traced(whole, stops, asked));
            compared += 1;
          }
        }
      }
    }
    expect(compared).toBe(54);
  });
});
