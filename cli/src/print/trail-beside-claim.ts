import { seededRange } from "spoor/evidence/spoken-amounts";
import { visibleText } from "spoor/evidence/text-safety";
import { type Asset, parseAmount } from "spoor/money";
import { type Rule, ruleFacts, type TrailLink } from "spoor/trace";
import type { ClaimJson, FigureJson } from "../contract/claims-parts.ts";
import { figureWords } from "./claims-words.ts";
import { seedsText } from "./trail.ts";
import { linkText } from "./trail-links.ts";
import type { TrailPrint } from "./trail-place.ts";

/** Whom a claim is about, and where a trail goes over it: the links of this kind. */
export interface SaidOf {
  readonly party: string;
  readonly link: string;
}

/**
 * What a trail shows beside a claim about somebody that it goes over: how much, under which rules as much as is said,
 * by which link; and what no trail shows.
 *
 * @param assets how amounts are written
 */
export function trailBesideClaimLines(
  print: TrailPrint,
  assets: readonly Asset[],
  { claim, saidOf }: { claim: ClaimJson; saidOf: SaidOf },
): string[] {
  const { trail } = print;
  const links = trail.links.filter(({ kind, followed }) => followed && kind === saidOf.link);
  const traced = links.flatMap((link) => link.traced);
  const [label = trail.totals[0]?.label ?? ""] = traced.map((one) => one.label);
  const asset = print.stolenAsset(label);
  const seeded = print.range(asset, seededRange(trail, label, asset));
  const name = visibleText(saidOf.party);
  return [
    "What the money shows beside it",
    `  ${seedsText(trail)}, ${seeded}, were named as stolen; of any others it shows nothing.`,
    ...(links.length === 0
      ? [`  None of it is known to have come to ${name}.`]
      : [
          `  ${print.range(asset, print.stolenRange({ traced }))} of it came to ${name}, by rule`,
          ...boundLines(
            claim.figures,
            byRule(trail.rules, links),
            assets.find(({ id }) => id === asset),
          ),
          "  What became of it there hangs on this link:",
          ...links.flatMap((link) => linkText(print, link)).map((line) => `  ${line}`),
        ]),
    `  What ${name} knew, a trail does not show.`,
  ];
}

/** What went over links under each rule that adds up, in stolen units. */
function byRule(rules: readonly Rule[], links: readonly TrailLink[]): Map<Rule, bigint> {
  const traced = links.flatMap((link) => link.traced);
  const sum = (rule: Rule) =>
    traced.filter((one) => one.rule === rule).reduce((total, { stolen }) => total + stolen, 0n);
  return new Map(rules.filter((rule) => ruleFacts[rule].conserved).map((rule) => [rule, sum(rule)]));
}

/** Of each bound that is said ("more than 600,000 EUR"), the rules that keep it. */
function boundLines(figures: readonly FigureJson[], amounts: ReadonlyMap<Rule, bigint>, asset?: Asset): string[] {
  if (asset === undefined || amounts.size === 0) return [];
  const bounds = figures.filter(({ kind, unit, bound, value }) => {
    return kind === "money" && unit === asset.id && (bound === "at least" || bound === "at most") && value !== null;
  });
  return [...new Map(bounds.map((figure) => [figureWords(figure), figure]))].map(([said, figure]) => {
    const limit = parseAmount(asset, `${figure.value} ${asset.id}`);
    const rules = [...amounts.keys()];
    const kept = rules.filter((rule) => isWithin(amounts.get(rule) ?? 0n, limit, figure));
    const others = rules.filter((rule) => !kept.includes(rule));
    const all = `${rules.length} rules that add up`;
    if (kept.length === 0) return `    said: ${said}; so under none of the ${all}`;
    if (others.length === 0) return `    said: ${said}; so under each of the ${all}`;
    return `    said: ${said}; so under ${kept.join(", ")}, not under ${others.join(", ")}`;
  });
}

function isWithin(amount: bigint, limit: bigint, { bound, strict }: FigureJson): boolean {
  if (amount === limit) return !strict;
  return bound === "at least" ? amount > limit : amount < limit;
}
