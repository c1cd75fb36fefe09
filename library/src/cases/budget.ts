import { SpoorError } from "../errors/base.ts";
import { BudgetSyntaxError } from "../errors/cases.ts";
import { parseAmount } from "../money/amount.ts";
import { type Asset, bitcoin, currency, ether } from "../money/asset.ts";
import type { TraceBudget } from "../trace/request.ts";

/** The asset whose unit an amount is written with; without one it counts smallest units of what was stolen. */
function assetOfUnit(text: string): Asset {
  const [unit = ""] = /[A-Za-z]+$/u.exec(text) ?? [];
  const known = [bitcoin, ether].find(({ units }) => Object.hasOwn(units, unit));
  return known ?? (/^[A-Z]{3}$/u.test(unit) ? currency(unit) : bitcoin);
}

/**
 * Reads `movements=N,hops=N,min=AMOUNT`, in any order.
 * @throws BudgetSyntaxError
 */
export function parseBudget(text: string): TraceBudget {
  const fail = (why: string, cause?: unknown) => new BudgetSyntaxError({ text: text.slice(0, 120), why }, cause);
  const budget: { movements?: number; hops?: number; min?: bigint } = {};
  for (const part of text.split(",")) {
    const [, key, value = ""] = /^\s*(movements|hops|min)=(.+?)\s*$/u.exec(part) ?? [];
    if (key === undefined) throw fail(`"${part}" is none of movements=N, hops=N, min=AMOUNT`);
    if (key in budget) throw fail(`${key} stands there twice`);
    if (key === "min") {
      try {
        budget.min = parseAmount(assetOfUnit(value), value);
      } catch (cause) {
        throw fail(cause instanceof SpoorError ? cause.what : "min cannot be read", cause);
      }
    } else if (key === "movements" || key === "hops") {
      if (!/^\d{1,12}$/u.test(value)) throw fail(`${key} needs a whole number`);
      budget[key] = Number(value);
    }
  }
  return budget;
}
