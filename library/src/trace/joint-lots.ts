import { addShare, type Matter, type Returned, type Share, type TakenBack } from "./joint-matter.ts";
import { layAligned, layOverClean, scaleLots, seedLots, sinkLots } from "./lay-lots.ts";
import {
  addLots,
  clean,
  cleanLot,
  type Lots,
  noLots,
  push,
  rememberOrigin,
  reverseLots,
  setLots,
  sharesOfLots,
  takeBack,
  takeFront,
  takeWhere,
} from "./lot-queue.ts";

type Rule = "fifo" | "lifo";

/**
 * `fifo` takes from the front, `lifo` from the back; either way what moves stands in the order in which it was taken,
 * and what arrives is appended in that order.
 */
export function matterOfLots(rule: Rule): Matter<Lots> {
  const takeEnd = rule === "fifo" ? takeFront : takeBack;
  return {
    clean: (units) => {
      const made = noLots();
      if (units > 0n) push(made, cleanLot(units));
      return made;
    },
    stripped: ({ lots, head }) => {
      const made = noLots();
      for (const { length, origin } of lots.slice(head)) push(made, { ...cleanLot(length), origin });
      return made;
    },
    lengthOf: ({ length }) => length,
    tracedOf: ({ traced }) => traced,
    isTraced: ({ traced }) => traced > 0n,
    isWorthKeeping: ({ traced, remembering }) => traced > 0n || remembering > 0,
    sharesOf: sharesOfLots,
    take: (from, units, endless) => take(rule, from, units, endless),
    takeFirst: takeFront,
    // Whatever the rule, what comes first meets the debt: a payment in two parts repays what one payment does.
    takeRepaying: takeFront,
    takeBack: (from, returned, endless) => takeReturned(rule, from, returned, endless),
    payClean: (from, units, endless) => {
      if (endless && rule === "fifo") return;
      takeWhere(from, units, rule === "fifo" ? "front" : "back", ({ label }) => label === clean);
    },
    join: (first, then) => {
      addLots(first, then);
      return first;
    },
    add: addLots,
    addBack: (to, more) => {
      if (rule === "lifo") addLots(to, more);
      else setLots(to, [...more.lots.slice(more.head), ...to.lots.slice(to.head)]);
    },
    remember: rememberOrigin,
    seed: seedLots,
    lay: (onto, what, aligned, endless) => {
      if (aligned) return layAligned(onto, what);
      return endless ? sinkLots(onto, what) : layOverClean(onto, what);
    },
    scale: scaleLots,
    reverse: reverseLots,
    fill: (sources, values) => {
      const queue = noLots();
      sources.forEach((bundle, source) => {
        for (let n = bundle.head; n < bundle.lots.length; n++) push(queue, { ...bundle.lots[n]!, source });
      });
      return values.map((value) => takeEnd(queue, value));
    },
    sourcesOfFirst: (held, _values, first) => {
      const bySource: Share[][] = held.map(() => []);
      for (let n = first.head; n < first.lots.length; n++) {
        const { label, length, stolen, source } = first.lots[n]!;
        if (label !== clean) addShare(bySource[source]!, { label, amount: length, stolen });
      }
      return bySource;
    },
  };
}

function take(rule: Rule, from: Lots, units: bigint, endless: boolean): Lots {
  const end = rule === "fifo" ? takeFront : takeBack;
  // What stands without limit in front of the queue is never used up.
  const taken = endless && rule === "fifo" ? noLots() : end(from, units);
  if (taken.length < units) push(taken, cleanLot(units - taken.length));
  return taken;
}

/** The lots that the returned transfers brought, as far as they are still there, then what the rule takes. */
function takeReturned(
  rule: Rule,
  from: Lots,
  { brought, units, mayReturn }: Returned<Lots>,
  endless: boolean,
): TakenBack<Lots> {
  const transfers = new Set(brought.map(({ transfer }) => transfer));
  const end = rule === "fifo" ? "front" : "back";
  const bundle = takeWhere(from, units, end, ({ origin }) => origin !== null && transfers.has(origin.transfer));
  // They are again what they were before they were paid.
  for (const lot of bundle.lots) lot.origin = lot.origin?.before ?? null;
  setLots(bundle, bundle.lots);
  if (bundle.length < units) {
    const rest = take(rule, from, units - bundle.length, endless);
    // These were not brought by what is returned; they keep what they remember only if they may come back in turn.
    if (!mayReturn) rememberOrigin(rest, null);
    addLots(bundle, rest);
  }
  const stopped: Share[] = [];
  for (const one of brought) {
    if (one.stopped === null) continue;
    const before = sharesOfLots(one.stopped);
    for (const left of layOverClean(bundle, one.stopped)) {
      addShare(before, { label: left.label, amount: -left.amount, stolen: -left.stolen });
    }
    for (const share of before) if (share.amount > 0n) addShare(stopped, share);
  }
  return { bundle, stopped };
}
