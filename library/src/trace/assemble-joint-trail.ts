import { jointEndSentence, jointFeeSentence } from "./joint-end-sentence.ts";
import type { JointRequest } from "./joint-request.ts";
import {
  type JointEnd,
  type JointEndReason,
  type JointMove,
  type JointPlace,
  type JointTrace,
  kindOfJointReason,
  type LabelAmount,
} from "./joint-trace.ts";
import {
  coinName,
  holdingOfSeed,
  type JointNames,
  type JointTrailParts,
  type NamedLink,
  placeOf,
  transactionNamed,
  transactionOf,
  transferName,
} from "./joint-trail-parts.ts";
import { listJointSeeds } from "./list-joint-seeds.ts";
import type { Rule } from "./rule.ts";
import type { Bound, End, MovedFrom, Movement, Movements, Total, Traced, Trail, TrailLink } from "./trail.ts";

/** The ids, rising, of each part that {@link assembleJointTrail} needs the names of. */
export function listJointNames(
  request: JointRequest,
  trace: JointTrace,
): { transactions: Uint32Array; places: Uint32Array }[] {
  const wanted = request.parts.map(() => ({ transactions: new Set<number>(), places: new Set<number>() }));
  const place = ({ part, id }: JointPlace) => wanted[part]!.places.add(id);
  for (const { part, at } of request.seeds) {
    const of = request.parts[part]!;
    if (at.kind === "coin") place({ part, id: at.output });
    else if (at.kind === "holding") place({ part, id: at.holding });
    else if (of.kind === "account") {
      wanted[part]!.transactions.add(transactionOf(request, part, at.transfer));
      place({ part, id: holdingOfSeed(request, part, at.transfer) });
    }
  }
  for (const { moves, ends, bounds } of trace.rules) {
    for (const { part, transaction, from, to } of moves) {
      wanted[part]!.transactions.add(transaction);
      for (const one of from) place(one);
      if (to !== null) place(to);
    }
    for (const { part, place: id } of ends) if (id !== null) place({ part, id });
    for (const { next } of bounds) {
      if (next.output !== null) place({ part: next.part, id: next.output });
      if (next.transfer !== null) {
        wanted[next.part]!.transactions.add(transactionOf(request, next.part, next.transfer));
      }
    }
  }
  return wanted.map(({ transactions, places }) => ({
    transactions: Uint32Array.from(transactions).sort(),
    places: Uint32Array.from(places).sort(),
  }));
}

/** Puts names to what the engine found. Pure; the same parts give the same trail, in the same order. */
export function assembleJointTrail(parts: JointTrailParts): Trail {
  const { request, trace } = parts;
  const bounds = trace.rules.flatMap(({ rule, bounds: met }) =>
    met.map(
      ({ reason, label, amount, next }): Bound => ({
        reason,
        label: request.labels[label]!.name,
        rule,
        amount,
        next: next.output === null ? transferName(parts, next.part, next.transfer ?? 0) : coinName(parts, next),
      }),
    ),
  );
  return {
    id: parts.id,
    direction: trace.direction,
    rules: trace.rules.map(({ rule }) => rule),
    ledgers: parts.parts.map(({ ledger }) => ledger),
    seeds: listJointSeeds(parts),
    status: bounds.length === 0 ? "complete" : "bounded",
    bounds,
    totals: trace.rules.flatMap(({ rule, totals }) =>
      totals.map((total, l): Total => {
        const { name, asset } = request.labels[l]!;
        return { label: name, asset, rule, ...total };
      }),
    ),
    ends: listEnds(parts),
    movements: listMovements(parts),
    links: listLinks(parts),
    alternatives: [],
  };
}

function tracedOf({ request }: JointNames, rule: Rule, amounts: readonly LabelAmount[]): Traced[] {
  return amounts.map(({ label, amount, stolen }) => ({ rule, label: request.labels[label]!.name, amount, stolen }));
}

function listEnds(parts: JointTrailParts): End[] {
  const { trace, request } = parts;
  const found = new Map<string, { end: JointEnd; rule: Rule; traced: Traced[] }>();
  for (const { rule, ends } of trace.rules) {
    for (const end of ends.flatMap((one) => (one.place === null ? inStolenAssets(parts, one) : [one]))) {
      if (end.traced.every(({ amount, stolen }) => amount === 0n && stolen === 0n)) continue;
      const ofRule = end.place === null ? `${rule} ${request.labels[end.traced[0]?.label ?? 0]!.asset}` : "";
      const key = `${end.part} ${end.place} ${end.reason} ${ofRule}`;
      const known = found.get(key);
      if (known === undefined) found.set(key, { end, rule, traced: tracedOf(parts, rule, end.traced) });
      else known.traced.push(...tracedOf(parts, rule, end.traced));
    }
  }
  const list = [...found.values()];
  // Places in the order of their ids, then what has none: fees.
  const at = ({ end }: { end: JointEnd }) => end.place ?? Number.POSITIVE_INFINITY;
  list.sort((a, b) => (at(a) === at(b) ? a.end.part - b.end.part : a.end.part - b.end.part || at(a) - at(b)));
  const takenFrom = payersOfSeeds(request);
  return list.map(({ end, rule, traced }): End => {
    const { part, place, reason, value } = end;
    const of = request.parts[part]!;
    const { ledger } = parts.parts[part]!;
    const kind = kindOfJointReason[reason];
    if (place === null) {
      const asset = request.labels[end.traced[0]?.label ?? 0]!.asset;
      return {
        kind,
        ledger: ledger.name,
        coin: null,
        account: null,
        asset,
        value: null,
        why: jointFeeSentence(reason, rule),
        traced,
      };
    }
    const named = placeOf(parts, { part, id: place });
    const circumstances = { direction: trace.direction, budget: request.budget, stopHeight: of.stopHeight, ...named };
    const { coin, account, asset } = named;
    const isBack = stands.has(reason) && takenFrom.has(`${part} ${place}`);
    const why = isBack ? "back in the account that it was taken from" : jointEndSentence(reason, circumstances);
    return { kind, ledger: ledger.name, coin, account, asset, value, why, traced };
  });
}

/** Reasons that say no more than that value stands in an account. */
const stands: ReadonlySet<JointEndReason> = new Set(["held", "not-covered", "outside"]);

/** The holdings that the transfers of a forward trail's seeds were paid from. */
function payersOfSeeds({ seeds, parts, direction }: JointRequest): Set<string> {
  const payers = new Set<string>();
  for (const { part, at } of direction === "forward" ? seeds : []) {
    const of = parts[part]!;
    if (at.kind === "transfer" && of.kind === "account") payers.add(`${part} ${of.columns.transferFrom[at.transfer]}`);
  }
  return payers;
}

/** Charges in all assets make one end; what adds up in it is what they stand for, by the asset that was stolen. */
function inStolenAssets({ request }: JointTrailParts, end: JointEnd): JointEnd[] {
  const byAsset = new Map<string, LabelAmount[]>();
  for (const { label, stolen } of end.traced) {
    const { asset } = request.labels[label]!;
    byAsset.set(asset, [...(byAsset.get(asset) ?? []), { label, amount: stolen, stolen }]);
  }
  return [...byAsset.values()].map((traced) => ({ ...end, traced }));
}

interface Moved {
  readonly part: number;
  readonly transaction: number;
  hops: number;
  readonly from: Map<string, JointPlace>;
  /** What the rules moved there. */
  readonly to: Map<string, { readonly rule: Rule; readonly move: JointMove }[]>;
}

/** Moves are put together here, and named each time they are gone through. */
function listMovements(parts: JointTrailParts): Movements {
  const moved = new Map<string, Moved>();
  for (const { rule, moves } of parts.trace.rules) {
    for (const move of moves) {
      const { part, transaction, hops } = move;
      const key = `${part} ${transaction}`;
      const known = moved.get(key) ?? { part, transaction, hops, from: new Map(), to: new Map() };
      moved.set(key, known);
      known.hops = Math.min(known.hops, hops);
      for (const place of move.from) known.from.set(`${place.part} ${place.id}`, place);
      // Charges are in the ends; a movement shows where value went on.
      if (move.to === null) continue;
      const arrival = `${move.transfer} ${move.link} ${move.to.id}`;
      const there = known.to.get(arrival);
      if (there === undefined) known.to.set(arrival, [{ rule, move }]);
      else there.push({ rule, move });
    }
  }
  const clocks = parts.request.parts.map(runningTimes);
  const timeOf = ({ part, transaction }: Moved) => clocks[part]![transaction]!;
  const list = [...moved.values()].sort(
    (a, b) => timeOf(a) - timeOf(b) || a.part - b.part || a.transaction - b.transaction,
  );
  const names: JointNames = { parts: parts.parts, request: { labels: parts.request.labels } };
  return {
    length: list.length,
    *[Symbol.iterator]() {
      for (const one of list) yield nameMovement(names, one);
    },
  };
}

/** Times that never fall in the ledger's order: block times may, and days have no hour. */
function runningTimes(part: JointRequest["parts"][number]): Float64Array {
  const times = part.kind === "account" ? part.columns.txTime : part.txTime;
  const running = new Float64Array(times.length);
  let latest = 0;
  for (let t = 0; t < times.length; t++) {
    if (times[t]! > latest) latest = times[t]!;
    running[t] = latest;
  }
  return running;
}

function nameMovement(parts: JointNames, { part, transaction, hops, from, to }: Moved): Movement {
  const { ledger } = parts.parts[part]!;
  const { txid, height, time, dayOnly } = transactionNamed(parts, part, transaction);
  const arrivals = [...to.values()].sort(([a], [b]) => orderOf(a!.move) - orderOf(b!.move));
  const arriving = new Set(arrivals.map(([first]) => placeOf(parts, first!.move.to!).asset));
  return {
    ledger: ledger.name,
    transaction: txid,
    height,
    time,
    ...(dayOnly === undefined ? {} : { dayOnly }),
    hops,
    from: [...from.values()].map((place): MovedFrom => {
      const { coin, account, asset } = placeOf(parts, place);
      return {
        coin,
        account,
        ...(place.part === part ? {} : { ledger: parts.parts[place.part]!.ledger.name }),
        ...(arriving.has(asset) ? {} : { asset }),
      };
    }),
    to: arrivals.map((moves) => {
      const { to: place, value } = moves[0]!.move;
      const { coin, account, asset } = placeOf(parts, place!);
      const traced = moves.flatMap(({ rule, move }) => tracedOf(parts, rule, move.traced));
      return { coin, account, asset, value, traced };
    }),
  };
}

const orderOf = ({ transfer, to }: JointMove): number => transfer ?? to?.id ?? 0;

function listLinks(parts: JointTrailParts): TrailLink[] {
  const { trace } = parts;
  const touched = new Set<string>();
  for (const { moves } of trace.rules) {
    for (const { part, transfer, to } of moves) touched.add(`${part} ${transfer ?? to?.id}`);
  }
  const crossed = new Set<string>();
  const carried = parts.links.map(({ followed, from, to }) => {
    const traced =
      followed === null ? [] : trace.rules.flatMap((of) => tracedOf(parts, of.rule, of.carried[followed] ?? []));
    // A movement feeds one link only: what a rival claims of these went another way by this one.
    if (traced.length > 0) for (const key of [from, to].flatMap(movementKeys)) crossed.add(key);
    return traced;
  });
  return parts.links.flatMap(({ link, followed, why, from, to }, n) => {
    const traced = carried[n]!;
    const isMet =
      traced.length > 0 ||
      (followed === null &&
        (movementKeys(from).some((key) => touched.has(key)) ||
          [from, to].flatMap(movementKeys).some((key) => crossed.has(key))));
    return isMet ? [{ ...link, followed: followed !== null, why, traced }] : [];
  });
}

const movementKeys = ({ part, ids }: NamedLink["from"]): string[] => ids.map((id) => `${part} ${id}`);
