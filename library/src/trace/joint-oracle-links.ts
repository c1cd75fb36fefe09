import { joinAlike, type Load, type Loads, type Lot, type Rate, type Share, sum } from "./joint-oracle-load.ts";
import type { LinkRole } from "./joint-oracle-plan.ts";
import { addUp, type OracleRecord } from "./joint-oracle-record.ts";
import type { JointPlace, LabelAmount } from "./joint-trace.ts";

interface LinkState {
  /** Units that the sources count, and the targets. */
  sourceUnits: bigint;
  targetUnits: bigint;
  /** Sources still to come, as `part:id`. */
  missing: Set<string>;
  /** What each source put in, by its place in the order in which units are counted. */
  given: { position: number; load: Load }[];
  pool: Load;
  isPool: boolean;
  isBroken: boolean;
  /** Where the first source that was taken took its value from. */
  first: JointPlace | null;
  /** The part that the targets are in. */
  targetPart: number;
  from: JointPlace[];
  hops: number;
  carried: LabelAmount[];
}

/** What is under way in links. */
export class OracleLinks {
  readonly record: OracleRecord;
  readonly loads: Loads;
  readonly links: LinkState[];

  constructor(record: OracleRecord, roles: Map<number, LinkRole>[]) {
    this.record = record;
    this.loads = record.loads;
    this.links = record.request.links.map(({ from, to }, link) => {
      const movements = roles.flatMap((byId, part) => [...byId].map(([id, role]) => ({ part, id, role })));
      const own = movements.filter(({ role }) => role.link === link);
      const units = (isSource: boolean) =>
        sum(own.filter(({ role }) => role.isSource === isSource).map(({ role }) => role.share));
      return {
        sourceUnits: units(true),
        targetUnits: units(false),
        missing: new Set(own.filter(({ role }) => role.isSource).map(({ part, id }) => `${part}:${id}`)),
        given: [],
        pool: this.loads.clean(0n),
        isPool: false,
        isBroken: false,
        first: null,
        targetPart: record.request.direction === "forward" ? to.part : from.part,
        from: [],
        hops: Infinity,
        carried: [],
      };
    });
  }

  /** Whether a target must wait for sources other than those given. */
  mustWait(role: LinkRole, own: string[]): boolean {
    const { missing, isBroken } = this.links[role.link]!;
    return !role.isSource && !isBroken && [...missing].some((source) => !own.includes(source));
  }

  /** A source is taken: its share goes into the buffer, or ends where the link is out of order. */
  give(role: LinkRole, part: number, id: number, load: Load, at: JointPlace, hops: number, stood = [at]): void {
    const link = this.links[role.link]!;
    link.missing.delete(`${part}:${id}`);
    const traced = this.loads.traced(load);
    if (link.isBroken) {
      this.record.end(at.part, at.id, "link-order", traced);
      return;
    }
    const { from, to } = this.record.request.links[role.link]!;
    const isForward = this.record.request.direction === "forward";
    const ids = isForward ? from.ids : [...to.ids].reverse();
    link.given.push({ position: ids.indexOf(id), load });
    if (ids.indexOf(id) === Math.min(...link.given.map(({ position }) => position))) link.first = at;
    link.carried = addUp([...link.carried, ...traced]);
    if (!this.loads.isTraced(load)) return;
    link.hops = Math.min(link.hops, hops);
    const isNew = (one: JointPlace) => !link.from.some(({ part, id }) => part === one.part && id === one.id);
    for (const one of stood) if (isNew(one)) link.from.push(one);
  }

  /** What a target receives; null where the link is out of order, and the target moves on its own. */
  take(role: LinkRole): { load: Load; hops: number; from: JointPlace[] } | null {
    const link = this.links[role.link]!;
    if (!link.isBroken && link.missing.size > 0) {
      link.isBroken = true;
      this.endBuffer(link);
    }
    if (link.isBroken) return null;
    if (!link.isPool) this.turn(link);
    const { taken, rest } = this.loads.payFrom(link.pool, role.share);
    link.pool = rest;
    return { load: taken, hops: link.hops, from: link.from };
  }

  /** The units of the sources become those of the targets. */
  turn(link: LinkState): void {
    const { sourceUnits, targetUnits } = link;
    const buffer = this.bufferOf(link);
    const turned = (upTo: bigint) => (sourceUnits === 0n ? 0n : (upTo * targetUnits) / sourceUnits);
    const lost: LabelAmount[] = [];
    const lots: Lot[] = [];
    let upTo = 0n;
    for (const lot of joinAlike(buffer.lots)) {
      const length = turned(upTo + lot.length) - turned(upTo);
      upTo += lot.length;
      if (length > 0n) lots.push({ ...lot, length, by: [], restored: false });
      else if (lot.label !== -1) lost.push({ label: lot.label, amount: 0n, stolen: lot.stolen });
    }
    upTo = 0n;
    const shares = buffer.shares.map(({ amount: before, stolen }, label): Share => {
      const amount = turned(upTo + before) - turned(upTo);
      upTo += before;
      if (amount > 0n) return { amount, stolen };
      lost.push({ label, amount: 0n, stolen });
      return { amount: 0n, stolen: 0n };
    });
    const rates = buffer.rates.map((rate): Rate | null => {
      if (rate === null) return null;
      return { over: rate.over * sourceUnits, under: rate.under * targetUnits };
    });
    this.record.end(link.targetPart, null, "link-rounding", addUp(lost));
    link.pool = { length: targetUnits, lots, shares, rates };
    link.isPool = true;
  }

  bufferOf({ given }: LinkState): Load {
    const inOrder = [...given].sort((a, b) => a.position - b.position);
    return this.loads.join(...inOrder.map(({ load }) => load));
  }

  /** What no target takes ends where it came from, in units of its source. */
  endBuffer(link: LinkState): void {
    if (link.first === null) return;
    const { sourceUnits, targetUnits, isPool, carried, pool } = link;
    if (this.loads.style === "flags") {
      if (!isPool) this.record.end(link.first.part, link.first.id, "link-order", carried);
      return;
    }
    const left = this.loads.traced(isPool ? pool : this.bufferOf(link));
    const back = left.map(({ label, amount, stolen }) => {
      return { label, amount: isPool ? (amount * sourceUnits) / targetUnits : amount, stolen };
    });
    this.record.end(link.first.part, link.first.id, "link-order", back);
  }

  /** When all parts are over. */
  finish(): void {
    for (const link of this.links) if (!link.isBroken) this.endBuffer(link);
  }
}
