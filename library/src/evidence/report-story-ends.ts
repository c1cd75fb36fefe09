import { type Rule, ruleFacts } from "../trace/rule.ts";
import type { End, EndKind, Total, Traced } from "../trace/trail.ts";
import { type Html, html, outside } from "./html.ts";
import type { ReportContext } from "./report-context.ts";
import { countPlaces, listed } from "./wording.ts";

const parts: readonly {
  kind: EndKind;
  of: (total: Total) => bigint;
  said: (amount: string, where: string) => string;
}[] = [
  { kind: "unspent", of: (total) => total.unspent, said: (amount, where) => `${amount} is unspent${where}` },
  {
    kind: "exit",
    of: (total) => total.exits,
    said: (amount, where) => `${amount} left the trail at a stop${where}`,
  },
  {
    kind: "unknown",
    of: (total) => total.unknown,
    said: (amount, where) => `${amount} is of unknown fate${where}`,
  },
  {
    kind: "notFollowed",
    of: (total) => total.notFollowed,
    said: (amount, where) => `${amount} was not followed because a budget was met${where}`,
  },
  { kind: "mined", of: (total) => total.mined, said: (amount, where) => `${amount} was mined${where}` },
  { kind: "fee", of: (total) => total.fees, said: (amount) => `${amount} went to transaction fees` },
];

type Said = (amount: string, where: string) => string;

/** The same in account ledgers, where nothing is spent, stops are not the only exits, and charges are not only fees. */
const accountSaid: Partial<Record<EndKind, Said>> = {
  unspent: (amount, where) => `${amount} is held${where}`,
  exit: (amount, where) => `${amount} left the trail${where}`,
  unknown: (amount, where) => `${amount} is of unknown fate${where}`,
  notFollowed: (amount, where) => `${amount} was not followed${where}`,
  mined: (amount, where) => `${amount} was made${where}`,
  fee: (amount) => `${amount} went to charges`,
};
const bothSaid: Partial<Record<EndKind, Said>> = {
  ...accountSaid,
  unspent: (amount, where) => `${amount} is held or unspent${where}`,
  mined: (amount, where) => `${amount} was made or mined${where}`,
  fee: (amount) => `${amount} went to fees and charges`,
};

const backwardSaid: Partial<Record<EndKind, Said>> = {
  exit: (amount, where) => `${amount} came from beyond a stop${where}`,
  unknown: (amount, where) => `${amount} is of unknown origin${where}`,
};

/** One entry for rules that say the same of a label. */
export function endsList(context: ReportContext): Html {
  const { trail, labels } = context;
  const items = labels.flatMap((label) => {
    const rulesBySentence = new Map<string, Rule[]>();
    for (const rule of trail.rules) {
      const sentence = endsSentence(context, rule, label);
      rulesBySentence.set(sentence, [...(rulesBySentence.get(sentence) ?? []), rule]);
    }
    const of = labels.length > 1 ? html`, of “${outside(label)}”` : null;
    return [...rulesBySentence].map(
      ([sentence, same]) => html`<li><strong class="rule">${listed(same)}</strong>${of}: ${sentence}</li>`,
    );
  });
  const where = trail.direction === "forward" ? "Where it ended" : "Where it came from";
  const question =
    trail.rules.length > 1 ? `${where}, under each rule:` : `${where}, under the one rule that was asked for:`;
  return html`<p>${question}</p><ul class="plain">${items}</ul>`;
}

/** Why value leaves a trail, by how the reason of the end begins. */
const exitReasons: readonly [RegExp, string][] = [
  [/^stop:/u, "at stops"],
  [/^leaves the data/u, "out of the data"],
  [/^(?:repaid|was paid out of) a debt/u, "into debts"],
  [/burnt/u, "burnt"],
];

/** ` (480,000.00 USD at stops, 50,000.00 USD out of the data)`; of one reason its name alone. */
function exitsText(ends: readonly End[], isSaid: (one: Traced) => boolean, print: (units: bigint) => string): string {
  const sums = new Map<string, bigint>();
  for (const { why, traced } of ends) {
    const name = exitReasons.find(([pattern]) => pattern.test(why))?.[1] ?? "otherwise";
    for (const one of traced) if (isSaid(one)) sums.set(name, (sums.get(name) ?? 0n) + one.stolen);
  }
  const [only] = sums.keys();
  if (sums.size === 1) return ` (${only})`;
  return ` (${listed([...sums].map(([name, units]) => `${print(units)} ${name}`))})`;
}

function endsSentence({ trail, print, stands }: ReportContext, rule: Rule, label: string): string {
  const isSaid = (one: Traced) => one.rule === rule && one.label === label;
  const totals = trail.totals.filter((total) => total.rule === rule && total.label === label);
  const said = parts.flatMap(({ kind, of, said }) =>
    totals
      .filter((total) => of(total) > 0n)
      .map((total) => {
        const ends = trail.ends.filter(
          (end) => end.kind === kind && end.traced.some((traced) => isSaid(traced) && traced.amount > 0n),
        );
        const placed = ends.filter((end) => end.coin !== null || end.account !== null);
        const places = [countPlaces(placed), placed.length < ends.length ? "fees" : ""];
        const where = listed(places.filter((place) => place !== ""));
        const inAccounts = stands === "both" ? bothSaid[kind] : accountSaid[kind];
        const words =
          (trail.direction === "backward" ? backwardSaid[kind] : undefined) ??
          (stands === "coin" ? undefined : inAccounts) ??
          said;
        const told = words(print(total.asset, of(total)), where === "" ? "" : `, in ${where}`);
        return kind === "exit" && stands !== "coin"
          ? `${told}${exitsText(
              ends,
              (one) => isSaid(one) && one.amount > 0n,
              (units) => print(total.asset, units),
            )}`
          : told;
      }),
  );
  if (said.length === 0) return "nothing is traced to an end.";
  if (!ruleFacts[rule].conserved) {
    const bounds = "These are upper bounds: face values, which together can exceed what was seeded.";
    return `at most ${said.join("; ")}. ${bounds}`;
  }
  return `${said.join("; ")}.`;
}
