import { visibleText } from "spoor/evidence";
import { bitcoin, formatAmount } from "spoor/money";
import type { ShownJson } from "../contract/show.ts";
import { tableLines } from "../terminal/table.ts";

type Coin = Extract<ShownJson, { kind: "transaction" }>["inputs"][number];

/** What `spoor show` prints for a person. */
export function shownLines(shown: ShownJson): string[] {
  if (shown.kind === "transaction") return transactionLines(shown);
  return shown.kind === "block" ? blockLines(shown) : addressLines(shown);
}

const btc = (units: string | null) => (units === null ? "not known" : formatAmount(bitcoin, BigInt(units), "digits"));
const whole = (n: number) => n.toLocaleString("en-US");
const coins = (n: number) => `${whole(n)} ${n === 1 ? "coin" : "coins"}`;

function transactionLines(shown: Extract<ShownJson, { kind: "transaction" }>): string[] {
  const place = shown.height === null ? "in no known block" : `in block ${whole(shown.height)}`;
  const fee = shown.inputs.length === 0 ? "a coinbase: it makes new coins" : `fee ${btc(shown.fee)} BTC`;
  return [
    `Transaction ${shown.txid}`,
    `  ${place}${shown.time === null ? "" : `, ${shown.time}`}; ${fee}`,
    ...(shown.inputs.length === 0 ? [] : ["Spends", ...coinLines(shown.inputs, false)]),
    "Makes",
    ...coinLines(shown.outputs, true),
  ];
}

function blockLines(shown: Extract<ShownJson, { kind: "block" }>): string[] {
  return [
    `Block ${whole(shown.height)} ${shown.hash}`,
    `  after ${shown.previous}`,
    `  ${shown.time ?? ""}, ${whole(shown.transactions)} ${shown.transactions === 1 ? "transaction" : "transactions"}`,
    ...shown.txids.map((txid) => `  ${txid}`),
    ...nextLines(shown.next),
  ];
}

function addressLines(shown: Extract<ShownJson, { kind: "address" }>): string[] {
  if (shown.coinsReceived === 0) return [`${visibleText(shown.account)} received no coin in this ledger.`];
  return [
    `Address ${visibleText(shown.account)}`,
    `  received ${btc(shown.received)} BTC in ${coins(shown.coinsReceived)}`,
    `  ${shown.partial ? "not known to be spent" : "unspent"}: ${btc(shown.balance)} BTC in ${coins(shown.coinsHeld)}`,
    ...coinLines(shown.coins, true),
    ...nextLines(shown.next),
  ];
}

const nextLines = (next: string | null) => (next === null ? [] : [`  … more: add --after ${next}`]);

function coinLines(shown: readonly Coin[], withSpender: boolean): string[] {
  const columns = [
    { heading: "BTC", align: "right" },
    { heading: "coin" },
    { heading: "account" },
    ...(withSpender ? [{ heading: "spent by" } as const] : []),
  ] as const;
  const rows = shown.map((coin) => [
    btc(coin.value),
    visibleText(coin.coin),
    coin.account ?? (coin.value === null ? "not known" : "nobody (data)"),
    ...(withSpender ? [spentText(coin)] : []),
  ]);
  return tableLines(columns, rows).map((line) => `  ${line}`);
}

function spentText({ state, spentBy }: Coin): string {
  if (state === "spent") return spentBy ?? "";
  return { unspent: "unspent", "spent-elsewhere": "a transaction that is not here", "not-known": "not known" }[state];
}
