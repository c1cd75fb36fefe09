import type { Instant } from "../money/instant.ts";
import { assembleJointTrail, listJointNames } from "../trace/assemble-joint-trail.ts";
import { heightNotKnown } from "../trace/columns.ts";
import { traceByJointOracle } from "../trace/joint-oracle.ts";
import type { JointPart, JointRequest } from "../trace/joint-request.ts";
import type { NamedLink, NamedPlace } from "../trace/joint-trail-parts.ts";
import { jointRulesFor } from "../trace/random-joint.test-ledger.ts";
import type { Rule } from "../trace/rule.ts";
import type { ListedTrail } from "../trace/trail.ts";
import { madeTxid } from "./trails.fixture.ts";

const nameOf = (part: JointPart, number: number) => `${part.kind === "coin" ? "chain" : "book"} ${number}`;

/** A name of a transaction that says its ledger, so that no two are the same. */
const txidOf = (part: number, transaction: number) => madeTxid(part * 100_000 + transaction);

function namedPlace(part: JointPart, number: number, id: number): NamedPlace {
  if (part.kind === "account") return { coin: null, account: `account ${number}-${id}`, asset: "unit" };
  const { txFirstOutput, outputTx, outputCount } = part.columns;
  const maker = outputTx[id]!;
  const isMade = maker < part.columns.transactionCount && id < outputCount;
  const coin = isMade ? `${txidOf(number, maker)}:${id - txFirstOutput[maker]!}` : `${madeTxid(900_000 + id)}:0`;
  return { coin, account: `owner ${number}-${id}`, asset: "unit" };
}

function sideOf(request: JointRequest, { part, ids }: JointRequest["links"][number]["from"]) {
  const of = request.parts[part]!;
  const common = { ledger: nameOf(of, part), asset: "unit", amount: 1n };
  if (of.kind === "coin") {
    const coins = ids.map((id) => namedPlace(of, part, id).coin ?? "");
    return { ...common, transactions: coins.map((coin) => coin.slice(0, 64)), coins, account: null };
  }
  const { txFirstTransfer } = of.columns;
  const transactions = ids.map((id) => {
    const transaction = txFirstTransfer.findIndex((first, t) => first <= id && id < (txFirstTransfer[t + 1] ?? -1));
    return txidOf(part, transaction);
  });
  return { ...common, transactions: [...new Set(transactions)], coins: [], account: null };
}

/** A trail that the oracle of joint trails tells and the engine's own code names: what a report is given. */
export function jointTrail(request: JointRequest, rules: readonly Rule[] = jointRulesFor(request)): ListedTrail {
  const traces = rules.map((rule) => traceByJointOracle({ ...request, rules: [rule] }, rule));
  const asked: JointRequest = { ...request, rules };
  const trace = { direction: request.direction, rules: traces, openingsNotKnown: [] };
  const wanted = listJointNames(asked, trace);
  const parts = request.parts.map((part, number) => ({
    ledger: {
      name: nameOf(part, number),
      kind: part.kind,
      network: "invented",
      snapshot: { height: null, hash: madeTxid(888) },
      partial: false,
    },
    transactions: new Map(
      [...wanted[number]!.transactions].map((t) => {
        const time = part.kind === "account" ? part.columns.txTime[t]! : part.txTime[t]!;
        const known = part.columns.txHeight[t]!;
        const height = known === heightNotKnown ? null : known;
        return [t, { txid: txidOf(number, t), height, time: Number.isNaN(time) ? null : (time as Instant) }];
      }),
    ),
    places: new Map([...wanted[number]!.places].map((id) => [id, namedPlace(part, number, id)])),
  }));
  const links = request.links.map(({ from, to }, i): NamedLink => {
    const link = {
      id: `link ${i}`,
      kind: "bridge" as const,
      basis: "declared" as const,
      confidence: 0.8,
      source: "invented",
      from: sideOf(request, from),
      to: sideOf(request, to),
    };
    return { link, followed: i, why: null, from, to };
  });
  const trail = assembleJointTrail({ id: madeTxid(999_999), request: asked, trace, parts, links });
  return { ...trail, movements: [...trail.movements] };
}
