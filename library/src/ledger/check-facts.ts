import { TellingRefusedError } from "../errors/ledger-accounts.ts";
import type { AccountLedgerFacts, OpeningFact } from "./account-contract.ts";
import { unknown32 } from "./account-schema.ts";
import { amountMax } from "./amount-column.ts";
import { nameProblem, textLengthMax } from "./check-telling.ts";

/** Decimal places of an asset: ERC-20 has eight bits for them. */
const decimalsMax = 255;

/** @throws TellingRefusedError for the first fact that cannot be held */
export function refuseBadFacts(ledger: string, facts: AccountLedgerFacts): void {
  const refuse = (of: string, why: string | null) => {
    if (why !== null) throw new TellingRefusedError({ ledger, of, why });
  };
  for (const { asset, decimals, symbol } of facts.assets ?? []) {
    refuse(asset, nameProblem("the asset's name", asset) ?? (symbol === null ? null : textProblem("symbol", symbol)));
    if (decimals !== null && !(Number.isInteger(decimals) && decimals >= 0 && decimals <= decimalsMax)) {
      refuse(asset, `it has ${decimals} decimals, not from 0 to ${decimalsMax}`);
    }
  }
  for (const { account, about } of facts.accounts ?? []) {
    refuse(account, nameProblem("the account's name", account) ?? (about === null ? null : textProblem("text", about)));
  }
  for (const fact of facts.openings ?? []) refuse(fact.account, openingProblem(fact));
  for (const { transaction, about } of facts.transactions ?? []) {
    refuse(transaction, nameProblem("the name", transaction) ?? textProblem("text", about));
  }
}

function textProblem(what: string, text: string): string | null {
  if (text.length <= textLengthMax) return null;
  return `its ${what} has ${text.length} characters, at most ${textLengthMax} are held`;
}

function openingProblem({ account, asset, amount, height = null, source }: OpeningFact): string | null {
  if (amount > amountMax || amount < -amountMax) return "its opening balance is beyond 2^256 - 1";
  if (height !== null && !(Number.isInteger(height) && height >= 0 && height < unknown32)) {
    return `the height ${height} of its opening balance is not from 0 to 4294967294`;
  }
  return (
    nameProblem("the account's name", account) ??
    nameProblem("the asset's name", asset) ??
    textProblem("source", source)
  );
}
