import {
  AccountColumnsError,
  BackwardRuleError,
  RuleRefusedError,
  SeedAmountError,
  SeedOfNobodyError,
  SeedValueUnknownError,
  TraceRequestError,
} from "../errors/trace.ts";
import { type AccountColumns, nowhere } from "./account-columns.ts";
import { valueNotKnown } from "./columns.ts";
import type { JointPart, JointRequest, JointSeed, LinkSide } from "./joint-request.ts";
import { type LinkPlans, planLinks } from "./plan-links.ts";
import { ruleFacts, rules } from "./rule.ts";

/**
 * Refuses a request that the engine cannot answer, before anything is traced.
 * @throws TraceRequestError, RuleRefusedError, BackwardRuleError, AccountColumnsError, SeedAmountError,
 * SeedOfNobodyError, SeedValueUnknownError
 */
export function checkJointRequest(request: JointRequest): void {
  checkRules(request);
  const { labels, budget, parts, openings, seeds } = request;
  const names = new Set(labels.map(({ name, asset }) => JSON.stringify([name, asset])));
  if (names.size !== labels.length) throw refuse("labels", "it names a label twice for one asset");
  checkWhole("movements", budget.movements);
  checkWhole("hops", budget.hops);
  if (budget.min !== undefined && budget.min < 0n) throw refuse("min", `${budget.min} is negative`);
  if (openings !== "least" && openings !== "unlimited") throw refuse("openings", `"${openings}" is not known`);
  if (parts.length === 0) throw refuse("parts", "it names no ledger");
  parts.forEach(checkPart);
  seeds.forEach((seed, n) => {
    checkSeed(request, seed, `seeds[${n}]`);
  });
  checkLinks(request);
  checkBurntSeeds(request);
}

function refuse(field: string, why: string): TraceRequestError {
  return new TraceRequestError({ field, why });
}

function checkWhole(field: string, limit: number | null | undefined): void {
  if (limit === undefined || limit === null || (Number.isSafeInteger(limit) && limit >= 0)) return;
  throw refuse(field, `${limit} is not a whole number from 0 on`);
}

function checkRules({ rules: asked, direction }: JointRequest): void {
  if (asked.length === 0) throw refuse("rules", "it names no rule");
  if (new Set(asked).size !== asked.length) throw refuse("rules", "it names a rule twice");
  for (const rule of asked) {
    if (!rules.includes(rule)) throw refuse("rules", `"${rule}" is not a rule`);
    const { refusal } = ruleFacts[rule].inAccounts;
    if (refusal !== null) throw new RuleRefusedError({ rule, why: refusal });
    const why = ruleFacts[rule].backwardRefusal;
    if (direction === "backward" && why !== null) throw new BackwardRuleError({ rule, why });
  }
}

function checkPart(part: JointPart, number: number): void {
  const field = `parts[${number}]`;
  const { stops, stopHeight } = part;
  const count = part.kind === "account" ? part.columns.holdingCount : part.columns.outputCount;
  if (stops !== null && stops.length < Math.ceil(count / 32)) {
    throw refuse(
      `${field}.stops`,
      `it has fewer bits than the ledger has ${part.kind === "coin" ? "coins" : "holdings"}`,
    );
  }
  checkWhole(`${field}.stopHeight`, stopHeight);
  if (part.kind === "account") checkColumns(part.columns, number);
  else if (part.txTime.length < part.columns.transactionCount) throw refuse(`${field}.txTime`, "it is too short");
}

function checkColumns(columns: AccountColumns, part: number): void {
  const { transactionCount, transferCount, holdingCount, txFirstTransfer, openings } = columns;
  const { transferFrom, transferTo, transferAmount } = columns;
  const fail = (why: string, transfer: number | null = null) => new AccountColumnsError({ part, transfer, why });
  if (txFirstTransfer.length <= transactionCount || txFirstTransfer[transactionCount] !== transferCount) {
    throw fail("the transfers of its transactions are not all its transfers");
  }
  for (let t = 0; t < transactionCount; t++) {
    if (txFirstTransfer[t]! > txFirstTransfer[t + 1]!) throw fail("its transactions overlap", txFirstTransfer[t]!);
  }
  if (
    transferFrom.length < transferCount ||
    transferTo.length < transferCount ||
    transferAmount.length < transferCount
  ) {
    throw fail("a column is too short");
  }
  for (let i = 0; i < transferCount; i++) {
    const from = transferFrom[i]!;
    const to = transferTo[i]!;
    if ((from >= holdingCount && from !== nowhere) || (to >= holdingCount && to !== nowhere)) {
      throw fail(`a holding is not one of ${holdingCount}`, i);
    }
  }
  checkAmounts(columns, fail);
  for (const holding of openings.keys()) {
    if (!isId(holding, holdingCount)) throw fail(`it has an opening for holding ${holding} of ${holdingCount}`);
  }
  for (const [back, first] of columns.returnOf) {
    if (!isId(back, transferCount) || !isId(first, transferCount)) throw fail("it returns what is not there", back);
  }
}

function checkAmounts(
  { transferAmount, transferCount }: AccountColumns,
  fail: (why: string, transfer: number) => AccountColumnsError,
): void {
  for (let i = 0; i < transferCount; i++) {
    const amount = transferAmount[i]!;
    const isWhole = typeof amount === "bigint" || Number.isSafeInteger(amount);
    if (!isWhole || amount < 0) throw fail(`${amount} is not an amount`, i);
  }
}

function isId(id: number, count: number): boolean {
  return Number.isInteger(id) && id >= 0 && id < count;
}

function checkSeed(request: JointRequest, { part, at, amount, label }: JointSeed, field: string): void {
  const of = request.parts[part];
  if (of === undefined) throw refuse(field, `it names part ${part} of ${request.parts.length}`);
  if (!isId(label, request.labels.length)) throw refuse(field, `it has label ${label} of ${request.labels.length}`);
  if ((at.kind === "coin") !== (of.kind === "coin")) throw refuse(field, `a ${at.kind} is no place of that ledger`);
  if (at.kind === "coin" && of.kind === "coin") {
    const { output } = at;
    if (!isId(output, of.columns.outputCount)) throw refuse(field, `the ledger has no output ${output}`);
    const value = of.columns.outputValue[output]!;
    const rule = request.rules.find((name) => name !== "poison");
    if (value === valueNotKnown && rule !== undefined) throw new SeedValueUnknownError({ output, rule });
    const isTooMuch = amount !== null && value !== valueNotKnown && amount > BigInt(value);
    if (amount !== null && (amount <= 0n || isTooMuch)) {
      throw new SeedAmountError({ output, amount, value: value === valueNotKnown ? 0n : BigInt(value) });
    }
    return;
  }
  if (amount !== null && amount <= 0n) throw refuse(field, `a seed of ${amount} units traces nothing`);
  if (of.kind !== "account") return;
  if (at.kind === "holding" && !isId(at.holding, of.columns.holdingCount)) {
    throw refuse(field, `the ledger has no holding ${at.holding}`);
  }
  if (at.kind === "transfer") checkTransferSeed(of.columns, at.transfer, amount, field);
}

function checkTransferSeed(
  { transferCount, transferAmount }: AccountColumns,
  transfer: number,
  amount: bigint | null,
  field: string,
): void {
  if (!isId(transfer, transferCount)) throw refuse(field, `the ledger has no transfer ${transfer}`);
  const value = BigInt(transferAmount[transfer]!);
  if (amount !== null && amount > value) throw refuse(field, `${amount} units are more than the transfer's ${value}`);
}

/** What is burnt (backward: what was made) can be followed over a link alone. */
function checkBurntSeeds(request: JointRequest): void {
  const { seeds, parts, direction } = request;
  const isForward = direction === "forward";
  let plans: LinkPlans | null = null;
  seeds.forEach(({ part, at }, n) => {
    const of = parts[part]!;
    if (at.kind !== "transfer" || of.kind !== "account") return;
    const { transferFrom, transferTo } = of.columns;
    if ((isForward ? transferTo : transferFrom)[at.transfer] !== nowhere) return;
    plans ??= planLinks(request);
    if (plans.places[part]!.get(at.transfer)?.side === "from") return;
    throw new SeedOfNobodyError({ field: `seeds[${n}]`, transfer: at.transfer, direction });
  });
}

function checkLinks({ links, parts }: JointRequest): void {
  const used = new Set<string>();
  links.forEach(({ from, to, amount }, n) => {
    const field = `links[${n}]`;
    if (amount !== null && amount <= 0n) throw refuse(field, `${amount} units are no part that could go over`);
    checkSide(parts, from, `${field}.from`, used);
    checkSide(parts, to, `${field}.to`, used);
  });
}

function checkSide(parts: readonly JointPart[], { part, ids }: LinkSide, field: string, used: Set<string>): void {
  const of = parts[part];
  if (of === undefined) throw refuse(field, `it names part ${part} of ${parts.length}`);
  if (ids.length === 0) throw refuse(field, "it names no movement");
  for (const id of ids) {
    const name = `${of.kind === "account" ? "transfer" : "coin"} ${id}`;
    const count = of.kind === "account" ? of.columns.transferCount : of.columns.outputCount;
    if (!isId(id, count)) throw refuse(field, `the ledger has no ${name}`);
    if (used.has(`${part} ${id}`)) throw refuse(field, `${name} stands in a link already`);
    used.add(`${part} ${id}`);
    if (of.kind === "coin" && of.columns.outputValue[id] === valueNotKnown) {
      throw refuse(field, `the value of ${name} is not known, so nothing says how much goes over`);
    }
    if (of.kind === "coin") continue;
    const holding = (field.endsWith("from") ? of.columns.transferFrom : of.columns.transferTo)[id]!;
    if (holding === nowhere) throw refuse(field, `${name} has nobody on the side that the link keeps`);
  }
}
