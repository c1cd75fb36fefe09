import type { Asset } from "../money/asset.ts";
import type { Rule } from "../trace/rule.ts";
import type { ListedTrail, Place } from "../trace/trail.ts";
import type { FlowLayout } from "./flow-layout.ts";
import { type FlowGraph, type FlowNode, type LabelAmounts, sumOf } from "./flow-model.ts";
import type { LabelWeights } from "./flow-weight.ts";
import type { ReportTag } from "./report-input.ts";
import { visibleText } from "./text-safety.ts";
import type { AmountPrinter } from "./wording.ts";

export interface FlowPictureInput {
  readonly trail: ListedTrail;
  readonly rule: Rule;
  readonly assets: readonly Asset[];
  readonly tags: readonly ReportTag[];
  /** How many rows of each kind the report lists: nodes lead to theirs (`#movement-3`, `#end-5`, `#seed-1`). */
  readonly rows: { readonly seed: number; readonly movement: number; readonly end: number };
}

/** What every mark of a picture needs. */
export interface Drawing {
  readonly input: FlowPictureInput;
  readonly layout: FlowLayout;
  readonly labels: readonly string[];
  readonly print: AmountPrinter;
  /** The asset that every label was stolen in; null where they differ. */
  readonly asset: string | null;
  /** The asset that each label's stolen units count. */
  readonly assetOf: (label: string) => string;
  readonly weights: LabelWeights;
  /** Whether a bar has to say which asset it is in. */
  readonly hasSeveralAssets: boolean;
  /** One ledger of coins: everything is in one unit, which the head of the picture names. */
  readonly isPlain: boolean;
}

/** Labels beyond this share the last colour. */
export const labelColours = 6;

export function labelClass(labels: readonly string[], label: string): string {
  return `l${Math.min(labels.indexOf(label), labelColours - 1)}`;
}

export const round = (length: number) => Math.round(length * 10) / 10;

/** Stolen units, each label in its asset. */
export function amountsText({ labels, print, assetOf, weights }: Drawing, amounts: LabelAmounts): string {
  const said = (label: string, units: bigint) => print(assetOf(label), units / (weights.get(label) ?? 1n));
  if (labels.length < 2) return said(labels[0] ?? "", sumOf(amounts));
  return labels
    .filter((label) => amounts.has(label))
    .map((label) => `${said(label, amounts.get(label)!)} of “${label}”`)
    .join(", ");
}

/** What passes through a node by label. */
export function nodeAmounts(graph: FlowGraph, index: number): Map<string, bigint> {
  const comes = new Map<string, bigint>();
  const goes = new Map<string, bigint>();
  for (const link of [...graph.links, ...graph.back]) {
    const sum = link.target === index ? comes : link.source === index ? goes : null;
    if (sum !== null) for (const [label, amount] of link.amounts) sum.set(label, (sum.get(label) ?? 0n) + amount);
  }
  return sumOf(comes) >= sumOf(goes) ? comes : goes;
}

/** The seed, end or account that a node stands for, or the first of them. */
export function placeOf({ input: { trail }, layout }: Drawing, node: FlowNode): Place & { readonly asset: string } {
  const first = node.members[0]!;
  if (node.kind === "account") return { coin: null, ...layout.graph.accounts[first]! };
  return node.kind === "seed" ? trail.seeds[first]! : trail.ends[first]!;
}

/** What stands at a node in units of its own asset; null where its members have several. */
export function ownAmount(drawing: Drawing, node: FlowNode): { asset: string; units: bigint } | null {
  const { trail, rule } = drawing.input;
  const places = node.members.map((member) => {
    if (node.kind === "account") {
      const { asset, came } = drawing.layout.graph.accounts[member]!;
      return { asset, units: came };
    }
    const end = trail.ends[member]!;
    const said = end.traced.filter((one) => one.rule === rule);
    return { asset: end.asset, units: said.reduce((sum, { amount }) => sum + amount, 0n) };
  });
  const [first] = places;
  if (first === undefined || places.some(({ asset }) => asset !== first.asset)) return null;
  return { asset: first.asset, units: places.reduce((sum, { units }) => sum + units, 0n) };
}

const placesShown = 8;

/** An amount as short as can be read at a glance: what is cut off is shown as `…`, and the title has all of it. */
export function glanceText(amount: string): string {
  const [, whole = "", fraction = "", unit = ""] = /^([\d,]+)(?:\.(\d+))?(.*)$/su.exec(amount) ?? [];
  if (whole === "") return amount;
  const shown = fraction.length > 2 ? fraction.replace(/0+$/u, "").padEnd(2, "0") : fraction;
  const cut = shown.length > placesShown ? `${shown.slice(0, placesShown)}…` : shown;
  return `${whole}${cut === "" ? "" : `.${cut}`}${unit}`;
}

export function tagOf({ input }: Drawing, account: string | null): string | null {
  const tag = input.tags.find((entry) => entry.account === account && entry.label !== "");
  return tag === undefined ? null : visibleText(`“${tag.label}”`);
}
