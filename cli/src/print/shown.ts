import { visibleText } from "spoor/evidence/text-safety";
import { type Asset, bitcoin, currency, formatAmount, token } from "spoor/money";
import type { ShownJson } from "../contract/show.ts";
import { tableLines } from "../terminal/table.ts";

type Coin = Extract<ShownJson, { kind: "transaction" }>["inputs"][number];

/** What `spoor show` prints for a person. */
export function shownLines(shown: ShownJson): string[] {
  if (shown.kind === "transaction") return transactionLines(shown);
  if (shown.kind === "transfers") return paymentLines(shown);
  if (shown.kind === "payments") return referredLines(shown);
  if (shown.kind === "account") return accountLines(shown);
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

type Payment = Extract<ShownJson, { kind: "transfers" }>;
type AccountShown = Extract<ShownJson, { kind: "account" }>;

function paymentLines(shown: Payment): string[] {
  const place = shown.height === null ? "" : ` in block ${whole(shown.height)}`;
  return [
    `Transaction ${visibleText(shown.transaction)}`,
    `  ${shown.time ?? "at a time that is not known"}${place}`,
    ...transferLines(shown.transfers, shown.assets),
    ...aboutLines(shown.about),
  ];
}

function referredLines({ reference, transfers, assets, cut }: Extract<ShownJson, { kind: "payments" }>): string[] {
  return [
    `Payments with the reference ${visibleText(reference)}`,
    ...transferLines(transfers, assets),
    ...(cut ? ["  … and more (--limit shows more)"] : []),
  ];
}

const coverageSentences = {
  covered: "all that it paid is in this ledger",
  partly: "some of what it paid may not be in this ledger",
  outside: "nothing that it paid is in this ledger",
} as const;

function accountLines(shown: AccountShown): string[] {
  const coverage = shown.coverage === null ? [] : [`  ${coverageSentences[shown.coverage]}`];
  const columns = [
    { heading: "asset" },
    { heading: "opening", align: "right" },
    { heading: "received", align: "right" },
    { heading: "paid", align: "right" },
    { heading: "balance", align: "right" },
    { heading: "transfers", align: "right" },
  ] as const;
  const rows = shown.balances.map(({ asset, opening, received, paid, balance, transfers }) => [
    nameOf(shown.assets, asset),
    unitsText(shown.assets, asset, opening),
    unitsText(shown.assets, asset, received),
    unitsText(shown.assets, asset, paid),
    unitsText(shown.assets, asset, balance),
    whole(transfers),
  ]);
  return [
    `Account ${visibleText(shown.account)}`,
    ...coverage,
    ...(rows.length === 0 ? ["  no transfers of value"] : tableLines(columns, rows).map((line) => `  ${line}`)),
    ...transferLines(shown.transfers, shown.assets),
    ...aboutLines(shown.about),
    ...nextLines(shown.next),
  ];
}

function transferLines(transfers: Payment["transfers"], assets: Payment["assets"]): string[] {
  if (transfers.length === 0) return [];
  const columns = [
    { heading: "amount", align: "right" },
    { heading: "asset" },
    { heading: "transfer, from, to" },
  ] as const;
  const rows = transfers.flatMap(({ transfer, time, from, to, asset, amount, fee }) => [
    [
      unitsText(assets, asset, amount),
      nameOf(assets, asset),
      `${visibleText(transfer)}${time === null ? "" : `, ${time}`}`,
    ],
    ["", fee ? "fee" : "", `  ${visibleText(from ?? "nobody")} → ${visibleText(to ?? "nobody")}`],
  ]);
  return tableLines(columns, rows).map((line) => `  ${line}`);
}

const nameOf = (assets: Payment["assets"], id: string): string => {
  const symbol = assets.find(({ asset }) => asset === id)?.symbol ?? null;
  return visibleText(symbol === null ? id : `${symbol} ${id}`);
};

function unitsText(assets: Payment["assets"], id: string, units: string | null): string {
  if (units === null) return "not known";
  const found = assets.find(({ asset }) => asset === id);
  const asset: Asset =
    /^[A-Z]{3}$/u.test(id) && found === undefined
      ? currency(id)
      : token(id, { decimals: found?.decimals ?? 0, symbol: null });
  const value = BigInt(units);
  const digits = formatAmount(asset, value < 0n ? -value : value, "digits");
  return value < 0n ? `-${digits}` : digits;
}

const tellingsShownMax = 10;

/** What a source says beside the amounts, one line a thing, and who tells of it. */
function aboutLines(about: unknown): string[] {
  if (about === null || typeof about !== "object") return [];
  const { tellings = [], ...rest } = about as { tellings?: readonly Record<string, unknown>[] };
  const lines = Object.entries(rest).flatMap(([name, value]) => {
    const said = [...new Set(leaves(value))];
    return said.length === 0 ? [] : [`  ${visibleText(name)}: ${visibleText(said.join(", ").slice(0, 400))}`];
  });
  const told = tellings.slice(0, tellingsShownMax).map(({ message, file, number }) => {
    return `  told by ${visibleText(`${message} in ${file}, number ${number}`)}`;
  });
  const more = tellings.length - tellingsShownMax;
  return [
    ...lines,
    ...told,
    ...(more > 0 ? [`  … and ${whole(more)} more (--json lists all, with their places)`] : []),
  ];
}

/** The texts and numbers in a value, however deep. */
function leaves(value: unknown): string[] {
  if (value === null || value === undefined || value === false) return [];
  return typeof value === "object" ? Object.values(value).flatMap(leaves) : [String(value)];
}
