import { type Load, type Loads, type Lot, type Rate, type Share, sum } from "./joint-oracle-load.ts";
import type { LinkRole } from "./joint-oracle-plan.ts";
import { addUp, type OracleRecord } from "./joint-oracle-record.ts";
import type { JointPlace, LabelAmount } from "./joint-trace.ts";

interface LinkState {
  /** Units that the sources count, and the targets. */
  sourceUnits: bigint;
  targetUnits: bigint;
  /** Sources still to come, as `part:id`. */
  missing: Set<string>;
  buffer: Load;
  isPool: boolean;
  isBroken: boolean;
  /** Where the first source that was taken took its value from. */
  first: JointPlace | null;
  /** The part that the targets are in. */
  targetPart: number;
  from: JointPlace[];
  distance: number;
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
        buffer: this.loads.clean(0n),
        isPool: false,
        isBroken: false,
        first: null,
        targetPart: record.request.direction === "forward" ? to.part : from.part,
        from: [],
        distance: Infinity,
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
  give(role: LinkRole, part: number, id: number, load: Load, at: JointPlace | null, distance: number): void {
    const link = this.links[role.link]!;
    link.missing.delete(`${part}:${id}`);
    const traced = this.loads.traced(load);
    if (link.isBroken) {
      if (at !== null) this.record.end(at.part, at.id, "link-order", traced);
      return;
    }
    link.first ??= at;
    link.buffer = this.loads.join(link.buffer, load);
    link.carried = addUp([...link.carried, ...traced]);
    if (!this.loads.isTraced(load)) return;
    link.distance = Math.min(link.distance, distance);
    if (at !== null && !link.from.some((place) => place.part === at.part && place.id === at.id)) link.from.push(at);
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
    const { taken, rest } = this.loads.payFrom(link.buffer, role.share);
    link.buffer = rest;
    return { load: taken, hops: link.distance + 1, from: link.from };
  }

  /** The units of the sources become those of the targets. */
  turn(link: LinkState): void {
    const { sourceUnits, targetUnits, buffer } = link;
    const turned = (upTo: bigint) => (sourceUnits === 0n ? 0n : (upTo * targetUnits) / sourceUnits);
    const lost: LabelAmount[] = [];
    const lots: Lot[] = [];
    let upTo = 0n;
    for (const lot of buffer.lots) {
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
    link.buffer = { length: targetUnits, lots, shares, rates };
    link.isPool = true;
  }

  endBuffer(link: LinkState): void {
    if (link.first === null) return;
    const isFlag = this.loads.style === "flags";
    if (isFlag && link.isPool) return;
    const left = isFlag ? link.carried : this.loads.traced(link.buffer);
    this.record.end(link.first.part, link.first.id, "link-order", left);
  }

  /** When all parts are over. */
  finish(): void {
    for (const link of this.links) if (!link.isBroken) this.endBuffer(link);
  }
}
