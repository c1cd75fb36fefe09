import { createHash } from "node:crypto";
import { DisjointSets } from "../../sets/disjoint-sets.ts";
import type { Claim, Position } from "../claim.ts";
import type { Judgement } from "../judgement.ts";
import type { Group } from "./group-claims.ts";
import type { Telling } from "./telling.ts";

/** The id of the claim that a statement would found; any of a claim's statements leads to it. */
export function claimId(statement: string): string {
  return `claim-${createHash("sha256").update(statement).digest("hex").slice(0, 12)}`;
}

/** What persons decided, looked up by id: of each thing the last word counts. */
export interface Decided {
  /** `confirm` or `reject`, by the id of a claim or statement. */
  readonly verdicts: ReadonlyMap<string, Judgement>;
  /** Without those that were taken back. */
  readonly merges: readonly (Judgement & { readonly kind: "merge" })[];
  readonly grades: ReadonlyMap<string, Judgement & { readonly kind: "grade" }>;
  /** Where each was made among the others: clocks are set back. */
  readonly places: ReadonlyMap<Judgement, number>;
}

export function decidedBy(judgements: readonly Judgement[]): Decided {
  const verdicts = new Map<string, Judgement>();
  let merges: (Judgement & { readonly kind: "merge" })[] = [];
  const grades = new Map<string, Judgement & { readonly kind: "grade" }>();
  for (const one of judgements) {
    if (one.kind === "merge") merges.push(one);
    else if (one.kind === "part") merges = merges.filter((merge) => !isTakenBack(merge, one));
    else if (one.kind === "grade") grades.set(`${one.claim} ${one.act}`, one);
    else verdicts.set(one.of, one);
  }
  return { verdicts, merges, grades, places: new Map(judgements.map((one, place) => [one, place])) };
}

function lastMade<Kind extends Judgement>(found: readonly Kind[], { places }: Decided): Kind | undefined {
  return found.toSorted((a, b) => places.get(b)! - places.get(a)!)[0];
}

type Of<Kind extends Judgement["kind"]> = Extract<Judgement, { readonly kind: Kind }>;

const isTakenBack = (merge: Of<"merge">, part: Of<"part">): boolean =>
  merge.into === part.from && merge.claim === part.claim;

/** Every id that a claim has or had: a document that is added later may give it an earlier founding statement. */
export function idsOf(group: Group): string[] {
  return group.map(({ telling }) => claimId(telling.id));
}

/** Without the statements that were rejected. */
export function withoutRejected(tellings: readonly Telling[], { verdicts }: Decided): Telling[] {
  return tellings.filter(({ id }) => verdicts.get(id)?.kind !== "reject");
}

/** Joins the groups that were judged to be one claim: the one that the others were merged into comes first. */
export function mergeGroups(groups: readonly Group[], { merges }: Decided): Group[] {
  if (merges.length === 0) return [...groups];
  const groupOf = new Map(groups.flatMap((group, at) => idsOf(group).map((id) => [id, at] as const)));
  const sets = new DisjointSets(groups.length);
  const heads = new Map<number, number>();
  for (const { into, claim } of merges) {
    const [a, b] = [groupOf.get(into), groupOf.get(claim)];
    if (a === undefined || b === undefined || sets.find(a) === sets.find(b)) continue;
    const head = heads.get(sets.find(a)) ?? a;
    sets.join(a, b);
    heads.set(sets.find(a), head);
  }
  const merged = new Map<number, Group>();
  for (const at of groups.keys()) {
    const root = sets.find(at);
    const head = heads.get(root) ?? root;
    const members = (groups[at] as Group).map((one) =>
      at === head ? one : { ...one, because: "A person judged the two claims to be one.", confidence: 1 },
    );
    const known = merged.get(root) ?? [];
    merged.set(root, at === head ? [...members, ...known] : [...known, ...members]);
  }
  return [...merged.values()];
}

/** The grade a person gave instead of the proposed one, with who and why among the reasons. */
export function overrideGrade(position: Position, ids: readonly string[], decided: Decided): Position {
  const grades = ids.flatMap((id) => decided.grades.get(`${id} ${position.act}`) ?? []);
  const given = lastMade(grades, decided);
  if (given === undefined) return position;
  const { reliability, credibility, by, at, reason } = given;
  const proposed = `${position.grade.reliability}${position.grade.credibility}`;
  return {
    ...position,
    overridden: { by, at, reason },
    grade: {
      ...position.grade,
      reliability,
      credibility,
      reasons: [`${by} graded it on ${at}: ${reason} (proposed: ${proposed}).`, ...position.grade.reasons],
    },
  };
}

export function verdictOn(ids: readonly string[], decided: Decided): Claim["judged"] {
  const verdicts = ids.flatMap((id) => decided.verdicts.get(id) ?? []);
  const last = lastMade(verdicts, decided);
  return last === undefined
    ? null
    : { verdict: last.kind === "confirm" ? "confirmed" : "rejected", by: last.by, at: last.at, reason: last.reason };
}
