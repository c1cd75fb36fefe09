import { type Rule, ruleFacts } from "../trace/rule.ts";
import type { End, EndKind, Place, Trail } from "../trace/trail.ts";

/** What the conserved rules say of one end and one label. */
export interface EndOpinion extends Place {
  readonly kind: EndKind;
  readonly ledger: string;
  readonly asset: string;
  readonly label: string;
  /** In the order of the trail's rules, in units of `asset`; a rule that traces nothing to this end says 0. */
  readonly byRule: readonly { readonly rule: Rule; readonly amount: bigint; readonly stolen: bigint }[];
  readonly min: bigint;
  readonly max: bigint;
  /** The same in units of the stolen asset, which compare across assets. */
  readonly stolenMin: bigint;
  readonly stolenMax: bigint;
  /** Rules that say `min`. */
  readonly lowest: readonly Rule[];
  /** Rules that say `max`. */
  readonly highest: readonly Rule[];
}

/** Of one label: what every conserved rule places at the same ends. */
export interface CommonGround {
  readonly label: string;
  /** Sum over the ends of the least that any rule traces to them, in units of the stolen asset. */
  readonly common: bigint;
  /** The smallest and the largest amount that a rule seeded (they differ where seeds lie downstream of seeds). */
  readonly seededMin: bigint;
  readonly seededMax: bigint;
}

export interface RuleAgreement {
  /** The conserved rules of the trail. With fewer than two there is nothing to compare, and both lists are empty. */
  readonly rules: readonly Rule[];
  /** Ends on whose amount all these rules agree, largest amount first; ends that none of them reaches are left out. */
  readonly agreed: readonly EndOpinion[];
  /** The other ends, largest spread (max - min) first. */
  readonly differing: readonly EndOpinion[];
  readonly common: readonly CommonGround[];
}

interface Gathered {
  readonly end: End;
  readonly label: string;
  readonly amounts: Map<Rule, bigint>;
  readonly stolen: Map<Rule, bigint>;
}

/** Ends that stand for one place and fate are one, whatever reason each rule gives for them. */
function gather(trail: Trail): Gathered[] {
  const gathered = new Map<string, Gathered>();
  for (const end of trail.ends) {
    for (const { rule, label, amount, stolen } of end.traced) {
      if (!ruleFacts[rule].conserved) continue;
      const key = JSON.stringify([end.kind, end.ledger, end.coin, end.account, end.asset, label]);
      let entry = gathered.get(key);
      if (entry === undefined) {
        entry = { end, label, amounts: new Map(), stolen: new Map() };
        gathered.set(key, entry);
      }
      // Charges of many assets are one end: only what they stand for adds up.
      const hasPlace = end.coin !== null || end.account !== null;
      entry.amounts.set(rule, (entry.amounts.get(rule) ?? 0n) + (hasPlace ? amount : stolen));
      entry.stolen.set(rule, (entry.stolen.get(rule) ?? 0n) + stolen);
    }
  }
  return [...gathered.values()];
}

const least = (amounts: readonly bigint[]) => amounts.reduce((a, b) => (b < a ? b : a));
const most = (amounts: readonly bigint[]) => amounts.reduce((a, b) => (b > a ? b : a));

function opinion({ end, label, amounts, stolen }: Gathered, rules: readonly Rule[]): EndOpinion {
  const byRule = rules.map((rule) => {
    return { rule, amount: amounts.get(rule) ?? 0n, stolen: stolen.get(rule) ?? 0n };
  });
  const min = least(byRule.map((said) => said.amount));
  const max = most(byRule.map((said) => said.amount));
  const stolenMin = least(byRule.map((said) => said.stolen));
  const stolenMax = most(byRule.map((said) => said.stolen));
  const { kind, ledger, coin, account, asset } = end;
  const range = { min, max, stolenMin, stolenMax };
  const whoSay = (amount: bigint) => byRule.filter((said) => said.amount === amount).map((said) => said.rule);
  return { kind, ledger, coin, account, asset, label, byRule, ...range, lowest: whoSay(min), highest: whoSay(max) };
}

function commonGround(trail: Trail, gathered: readonly Gathered[], rules: readonly Rule[]): CommonGround[] {
  const labels = [...new Set(trail.totals.map((total) => total.label))];
  return labels.map((label) => {
    const common = gathered
      .filter((entry) => entry.label === label)
      .reduce((sum, entry) => sum + least(rules.map((rule) => entry.stolen.get(rule) ?? 0n)), 0n);
    const seeded = rules.map((rule) =>
      trail.totals
        .filter((total) => total.label === label && total.rule === rule)
        .reduce((sum, total) => sum + total.seeded, 0n),
    );
    return { label, common, seededMin: least(seeded), seededMax: most(seeded) };
  });
}

/**
 * Compares what the conserved rules of a trail say of its ends, per label. `poison` is left out: it is an upper bound,
 * not an opinion about which value is stolen. Nothing is rounded: two rules agree on an end where their amounts are
 * equal to the last unit, in the end's asset and in what it stands for. Ties are ordered by amount and then by the
 * trail's order of ends.
 */
export function ruleAgreement(trail: Trail): RuleAgreement {
  const rules = trail.rules.filter((rule) => ruleFacts[rule].conserved);
  if (rules.length < 2) return { rules, agreed: [], differing: [], common: [] };
  const gathered = gather(trail);
  const opinions = gathered
    .map((entry) => opinion(entry, rules))
    .filter((entry) => entry.max > 0n || entry.stolenMax > 0n);
  const agrees = ({ min, max, stolenMin, stolenMax }: EndOpinion) => min === max && stolenMin === stolenMax;
  const falling = (a: bigint, b: bigint) => (a === b ? 0 : a > b ? -1 : 1);
  return {
    rules,
    agreed: opinions.filter(agrees).sort((a, b) => falling(a.stolenMax, b.stolenMax)),
    differing: opinions
      .filter((entry) => !agrees(entry))
      .sort(
        (a, b) => falling(a.stolenMax - a.stolenMin, b.stolenMax - b.stolenMin) || falling(a.stolenMax, b.stolenMax),
      ),
    common: commonGround(trail, gathered, rules),
  };
}
