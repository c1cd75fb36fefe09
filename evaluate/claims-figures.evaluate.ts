import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Figure as Measure, skippedFigure } from "../bench/figure.ts";
import { codePoints } from "../library/src/claims/code-points.ts";
import type { Figure } from "../library/src/claims/figures/figure.ts";
import { findFigures } from "../library/src/claims/figures/find-figures.ts";
import { findNumbers } from "../library/src/claims/figures/find-numbers.ts";
import { decimalOf } from "../library/src/claims/figures/ratio.ts";
import { readTokens, type Token } from "../library/src/claims/figures/tokens.ts";
import { judgeDates, type Outcome, type WantedDate } from "./judge-dates.ts";

const kinds = ["numbers", "currency", "dates"] as const;
type Kind = (typeof kinds)[number];

export const names = [
  ...kinds.flatMap((kind) => ["matched", "wrong", "abstained"].map((what) => `claims.figures.${kind}.${what}`)),
  "claims.figures.incidents.losses-found",
  "claims.figures.incidents.amounts-found",
] as const;

const data = join(import.meta.dirname, "../../shared/data");

/**
 * What is read of the specified English cases of Microsoft's recognisers, and of write-ups of thefts. A case is matched
 * where every result has its span and value; *abstained* where all that is found is right and something is left out;
 * else *wrong*. Dates are compared by the days they stand for (`judge-dates.ts`), not by span, in the cases that hold
 * only dates and ranges of dates. A loss is found where the prose states it to half a percent; the losses that the
 * prose does not state count as missed. `amounts` are all places where a sign or ticker stands at digits.
 */
export async function figures(): Promise<Measure[]> {
  return [...kinds.flatMap(measureKind), ...measureIncidents()];
}

interface Result extends WantedDate {
  readonly Start: number;
  readonly End: number;
  readonly TypeName?: string;
  readonly Resolution: (WantedDate["Resolution"] & { readonly value?: string; readonly unit?: string }) | null;
}

interface Case {
  readonly Input: string;
  readonly Context?: { readonly ReferenceDateTime?: string };
  readonly Results: readonly Result[];
}

const files: Record<Kind, string> = { numbers: "NumberModel", currency: "CurrencyModel", dates: "DateTimeModel" };

function measureKind(kind: Kind): Measure[] {
  const path = join(data, "claims-recognizers", `${files[kind]}.json`);
  const outcomes: Outcome[] = existsSync(path) ? casesOf(path, kind).map((one) => judge(kind, one)) : [];
  return (["matched", "wrong", "abstained"] as const).map((what) => {
    const matched = what === "matched";
    const about = {
      name: `claims.figures.${kind}.${what}`,
      unit: "of 1",
      better: matched ? "higher" : "lower",
      floor: matched && kind !== "dates" ? 0.9 : null,
      against: `the ${outcomes.length} English cases of Recognizers-Text, ${files[kind]}`,
    } as const;
    if (outcomes.length === 0) return skippedFigure(about, "../shared/data is absent");
    return { ...about, value: outcomes.filter((one) => one === what).length / outcomes.length, skipped: null };
  });
}

function casesOf(path: string, kind: Kind): Case[] {
  const cases = JSON.parse(readFileSync(path, "utf8").replace(/^\ufeff/, "")) as Case[];
  const dated = ({ Results }: Case) => Results.every(({ TypeName }) => /\.date(?:range)?$/.test(TypeName ?? ""));
  return kind === "dates" ? cases.filter(dated) : cases;
}

function judge(kind: Kind, one: Case): Outcome {
  if (kind === "dates") return judgeDates(one.Input, one.Context?.ReferenceDateTime ?? null, one.Results);
  const found = kind === "numbers" ? foundNumbers(one) : foundAmounts(one);
  const wanted = one.Results.map(wantedValue);
  const right = found.filter((item) => wanted.some((readings) => readings.some((one) => item.includes(one))));
  if (right.length < found.length) return "wrong";
  return found.length < wanted.length ? "abstained" : "matched";
}

const minor: Record<string, number> = { Cent: 100, Pence: 100, Penny: 100, Sen: 100, Satoshi: 1e8 };

function wantedValue({ Start, End, Resolution }: Result): string[] {
  const value = Number(Resolution?.value ?? Number.NaN) / (minor[Resolution?.unit ?? ""] ?? 1);
  return [`${Start}-${End}:${value.toPrecision(12)}`];
}

function foundNumbers({ Input }: Case): string[][] {
  const tokens = readTokens(Input);
  return findNumbers(tokens).map(({ first, next, value }) => {
    const [start, end] = [(tokens[first] as Token).start, (tokens[next - 1] as Token).end - 1];
    return [`${start}-${end}:${Number(decimalOf(value)).toPrecision(12)}`];
  });
}

function foundAmounts({ Input }: Case): string[][] {
  const points = codePoints(Input);
  const money = findFigures(Input).filter(({ kind }) => kind === "money");
  return money.map(({ span, value }) => {
    const [start, end] = [points.unitAt(span.start), points.unitAt(span.end) - 1];
    return [`${start}-${end}:${Number(value).toPrecision(12)}`];
  });
}

function measureIncidents(): Measure[] {
  const folder = join(data, "claims-incidents");
  const figure = { unit: "of 1", better: "higher", against: "127 write-ups of thefts" } as const;
  const losses = { ...figure, name: "claims.figures.incidents.losses-found", floor: 0.8 };
  const amounts = { ...figure, name: "claims.figures.incidents.amounts-found", floor: 0.98 };
  if (!existsSync(folder)) return [losses, amounts].map((about) => skippedFigure(about, "../shared/data is absent"));
  const counts = { losses: 0, lossesFound: 0, amounts: 0, amountsFound: 0 };
  for (const file of readdirSync(folder).filter((name) => /^\d.*\.md$/.test(name))) {
    const text = readFileSync(join(folder, file), "utf8");
    const head = /^---\r?\n[\s\S]*?\n---\r?\n/.exec(text)?.[0] ?? "";
    const body = text.slice(head.length);
    const money = findFigures(body).filter(({ kind }) => kind === "money");
    const loss = Number(/^loss:\s*(\d+)\s*$/m.exec(head)?.[1] ?? Number.NaN);
    if (!Number.isNaN(loss)) {
      counts.losses++;
      if (money.some(({ value, to }) => [value, to].some((one) => isNear(one, loss)))) counts.lossesFound++;
    }
    countAmounts(body, money, counts);
  }
  return [
    { ...losses, value: counts.lossesFound / counts.losses, skipped: null },
    { ...amounts, value: counts.amountsFound / counts.amounts, against: `${counts.amounts} amounts`, skipped: null },
  ];
}

const isNear = (value: string | null, loss: number) => value !== null && Math.abs(Number(value) - loss) <= 0.005 * loss;

/** Amounts by a way that shares nothing with the reader: a sign before digits, or a ticker behind them. */
const amount = /[$€£]\s?\d|\d[\d,.]*\s*(?:million |billion )?(?:BTC|ETH|USDT|USDC|USD|BNB|DAI|WETH)\b/g;

function countAmounts(body: string, money: readonly Figure[], counts: { amounts: number; amountsFound: number }): void {
  const points = codePoints(body);
  for (const match of body.matchAll(amount)) {
    const at = points.pointAt(match.index);
    const found = money.some(({ span }) => at >= span.start && at < span.end);
    counts.amounts++;
    counts.amountsFound += found ? 1 : 0;
  }
}
