import { AssetScaleError } from "../errors/cases.ts";
import { type Asset, bitcoin } from "../money/asset.ts";
import { assembleJointTrail, listJointNames } from "../trace/assemble-joint-trail.ts";
import { compareTrails } from "../trace/compare-trails.ts";
import { type DayOrder, dayOrders } from "../trace/day-order.ts";
import type { NamedLink, PartNames } from "../trace/joint-trail-parts.ts";
import { changesWithOrder } from "../trace/order-day.ts";
import { traceJoint } from "../trace/trace-joint.ts";
import type { Alternative, Trail } from "../trace/trail.ts";
import { jointEngine, trailId } from "../trace/trail-id.ts";
import { assetOfFact } from "./account-asset.ts";
import type { DeclaredLink } from "./declared-links.ts";
import { doubtfulDebts } from "./doubtful-debts.ts";
import { type Assumptions, type CaseRequest, type JointCase, requestOf } from "./joint-case.ts";
import { jointNames } from "./name-joint.ts";
import { notInverted } from "./not-inverted.ts";
import { notReached } from "./not-reached.ts";
import { openCase } from "./open-case.ts";
import type { OpenedLedger } from "./opened-ledger.ts";
import { readStops } from "./read-stops.ts";
import { seedsAbove } from "./seeds-above.ts";
import { refuseSeedsOfNobody } from "./seeds-of-nobody.ts";
import type { Theft } from "./theft.ts";
import { stopText, type TracedTheft, tagsInTrail } from "./trace-coin-theft.ts";
import { trailLedgerOf } from "./traced-ledger.ts";

interface JointSources {
  readonly declared: readonly DeclaredLink[];
  /** Other tellings of a ledger of the trail, by its name. */
  readonly reports: readonly { readonly of: string; readonly opened: OpenedLedger }[];
}

/**
 * Traces a theft through account ledgers, or through several ledgers, and says what hangs on what had to be assumed:
 * openings that are not known, and which comes first on a day without hours.
 */
export async function traceJointTheft(
  theft: Theft,
  opened: readonly OpenedLedger[],
  { declared, reports }: JointSources,
): Promise<TracedTheft> {
  const { onProgress = () => {}, order = "as-listed" } = theft;
  const read = await readStops(theft);
  const { jointCase, notes } = await openCase(theft, opened, { read, declared });
  const assets = assetsOf(jointCase);
  const main: Assumptions = { order, openings: "least" };
  onProgress({ what: "tracing under rules:", done: jointCase.rules.length, total: null });
  const { trail, openingsNotKnown, notes: ofTrace } = await traceCase(jointCase, main);
  const others = theft.alternatives === false ? [] : otherAssumptions(jointCase, main, openingsNotKnown);
  const alternatives: Alternative[] = [];
  for (const other of others) {
    onProgress({ what: "tracing under another assumption:", done: alternatives.length, total: others.length });
    const { trail: otherwise } = await traceCase(jointCase, other.assumptions);
    const differences = compareTrails(trail, otherwise);
    if (differences.length === 0) continue;
    const { assumption, what } = other;
    alternatives.push({ assumption, what, totals: otherwise.totals, differences });
  }
  for (const { of, opened: report } of reports) {
    // Under the name of the ledger that it stands for, so that places can be compared.
    const renamed = { ...report, summary: { ...report.summary, name: of } } as OpenedLedger;
    const instead = opened.map((one) => (one.summary.name === of ? renamed : one));
    const { jointCase: otherCase } = await openCase(theft, instead, { read, declared });
    const { trail: otherwise } = await traceCase(otherCase, main);
    const what = `The ledger ${of} as ${report.summary.name} tells it.`;
    const differences = compareTrails(trail, otherwise);
    alternatives.push({ assumption: "other-report", what, totals: otherwise.totals, differences });
  }
  const whole: Trail = { ...trail, alternatives };
  return {
    trail: whole,
    report: {
      trail: whole,
      assets,
      tags: tagsInTrail(
        whole,
        jointCase.stops.flatMap(({ tags }) => tags),
      ),
      ledgers: opened.map(({ summary }) => summary),
      engine: jointEngine,
      files: read.files,
      stops: theft.stops.map(stopText),
      budget: theft.budget,
      followFees: theft.followFees,
    },
    notes: [
      ...notes,
      ...ofTrace,
      ...seedsAbove(jointCase, main),
      ...(await doubtfulDebts(jointCase.ledgers, trail)),
      ...(await notReached(jointCase.ledgers, trail)),
    ],
  };
}

async function traceCase(jointCase: JointCase, assumptions: Assumptions) {
  const made = requestOf(jointCase, assumptions);
  await refuseSeedsOfNobody(jointCase, made);
  const { request, ordered } = made;
  const trace = traceJoint(request);
  const wanted = listJointNames(request, trace);
  const parts: PartNames[] = [];
  for (const [part, ledger] of jointCase.ledgers.entries()) {
    const { reasons } = jointCase.stops[part]!;
    const named = await jointNames(ledger, { ordered: ordered[part]!, wanted: wanted[part]!, reasons });
    parts.push({ ledger: trailLedgerOf(ledger), ...named });
  }
  const id = trailId(sourceOf(jointCase, assumptions, made), jointEngine);
  const trail = assembleJointTrail({ id, request, trace, parts, links: namedLinks(made) });
  return { trail, openingsNotKnown: trace.openingsNotKnown.length, notes: notInverted(request, trace) };
}

function namedLinks({ links }: CaseRequest): NamedLink[] {
  return links.map(({ placed: { link, sides }, followed, why }) => {
    const { from, to } = sides;
    return { link, followed, why, from, to };
  });
}

interface OtherAssumption extends Pick<Alternative, "assumption" | "what"> {
  readonly assumptions: Assumptions;
}

const orderSentences: Readonly<Record<DayOrder, string>> = {
  "as-listed": "On a day without hours, transactions are taken as they are listed.",
  "credits-first": "On a day without hours, what an account receives comes before what it pays.",
  "debits-first": "On a day without hours, what an account pays comes before what it receives.",
};

function otherAssumptions(jointCase: JointCase, main: Assumptions, openingsNotKnown: number): OtherAssumption[] {
  const others: OtherAssumption[] = [];
  if (openingsNotKnown > 0) {
    const accounts = openingsNotKnown === 1 ? "one balance is" : `${openingsNotKnown} balances are`;
    others.push({
      assumption: "openings-unlimited",
      what:
        `The openings of ${accounts} not known. The trail takes the least that keeps each from 0 on; ` +
        "this is what it would be if there had been clean value without limit.",
      assumptions: { ...main, openings: "unlimited" },
    });
  }
  const changes = jointCase.ledgers.some(
    (ledger) => ledger.kind === "account" && changesWithOrder(ledger.loaded.columns),
  );
  if (!changes) return others;
  for (const order of dayOrders) {
    if (order === main.order) continue;
    others.push({ assumption: order, what: orderSentences[order], assumptions: { ...main, order } });
  }
  return others;
}

function assetsOf({ ledgers }: JointCase): Asset[] {
  const assets = ledgers.flatMap((ledger) =>
    ledger.kind === "coin" ? [bitcoin] : ledger.loaded.assets.map(assetOfFact),
  );
  const byId = new Map<string, Asset>();
  for (const asset of assets) {
    const known = byId.get(asset.id);
    if (known !== undefined && known.decimals !== asset.decimals) {
      const decimals = `${known.decimals} and ${asset.decimals}`;
      throw new AssetScaleError({ asset: asset.id, decimals });
    }
    byId.set(asset.id, known ?? asset);
  }
  return [...byId.values()];
}

/** Everything that the trail is a function of. What only says where things are kept (folder, file names) is not. */
function sourceOf(
  { theft, rules, ledgers, stops, stopHeight, seeds, links }: JointCase,
  assumptions: Assumptions,
  made: CaseRequest,
) {
  const { followFees, throughDebt = false } = theft;
  return {
    ledgers: ledgers.map((ledger) => ({ ...trailLedgerOf(ledger), snapshot: ledger.summary.tip })),
    direction: theft.direction,
    rules,
    seeds: seeds.map(({ part, kind, seed }) => {
      const { amount, label } = seed;
      const ledger = ledgers[part]!.summary.name;
      if (kind === "coin") return { ledger, coin: seed.coin.name, amount: amount ?? seed.coin.value, label };
      const { at, asset } = seed;
      const where = at.kind === "holding" ? { account: at.account } : { transfer: at.transfer.id };
      return { ledger, ...where, asset, amount, label };
    }),
    stops: {
      accounts: stops.map(({ reasons }) => [...reasons].sort(([a], [b]) => (a < b ? -1 : 1))),
      height: stopHeight,
    },
    budget: { ...theft.budget },
    options: { followFees, throughDebt, order: assumptions.order, openings: assumptions.openings },
    links: made.links
      .filter(({ followed }) => followed !== null)
      .map(({ placed: { link } }) => link.id)
      .sort(),
    ...(links.length === 0 ? {} : { linksKnown: links.length }),
  };
}
