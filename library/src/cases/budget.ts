import { SpoorError } from "../errors/base.ts";
import { BudgetSyntaxError } from "../errors/cases.ts";
import { parseAmount } from "../money/amount.ts";
import { bitcoin } from "../money/asset.ts";

/** How much work a trail may cost. It counts work and never the clock, so the same budget gives the same trail. */
export interface Budget {
  /** Transactions that a rule may follow. */
  readonly movements?: number;
  /** Transactions from a seed. */
  readonly hops?: number;
  /** Satoshi: a coin that carries less is not followed. */
  readonly min?: bigint;
}

/**
 * Reads `movements=N,hops=N,min=AMOUNT`, in any order.
 * @throws BudgetSyntaxError
 */
export function parseBudget(text: string): Budget {
  const fail = (why: string, cause?: unknown) => new BudgetSyntaxError({ text: text.slice(0, 120), why }, cause);
  const budget: { movements?: number; hops?: number; min?: bigint } = {};
  for (const part of text.split(",")) {
    const [, key, value = ""] = /^\s*(movements|hops|min)=(.+?)\s*$/u.exec(part) ?? [];
    if (key === undefined) throw fail(`"${part}" is none of movements=N, hops=N, min=AMOUNT`);
    if (key in budget) throw fail(`${key} stands there twice`);
    if (key === "min") {
      try {
        budget.min = parseAmount(bitcoin, value);
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
