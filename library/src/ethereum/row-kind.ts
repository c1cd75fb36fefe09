/**
 * The kinds of rows that are known, each with its fields. A field is found by any of its names, in whatever case and
 * with or without underscores: ethereum-etl writes `block_number`, GraphSense `blockId` or `block_id`, Etherscan
 * `Blockno`. A name that ends in `*` stands for all that begin so (`Value_IN(ETH)`).
 */
export const kindSlots = {
  block: {
    number: ["number", "blockid", "blocknumber"],
    time: ["timestamp"],
    miner: ["miner"],
    baseFee: ["basefeepergas"],
    withdrawals: ["withdrawals"],
    excessBlobGas: ["excessblobgas", "parentbeaconblockroot"],
    difficulty: ["difficulty"],
    transactions: ["transactioncount"],
  },
  transaction: {
    hash: ["hash", "txhash", "transactionhash"],
    block: ["blocknumber", "blockid"],
    position: ["transactionindex"],
    from: ["fromaddress"],
    to: ["toaddress"],
    value: ["value"],
    gas: ["gas"],
    gasPrice: ["gasprice"],
    nonce: ["nonce"],
    time: ["blocktimestamp"],
    status: ["receiptstatus"],
    gasUsed: ["receiptgasused"],
    paidPrice: ["receipteffectivegasprice"],
    created: ["receiptcontractaddress"],
    blobGasUsed: ["receiptblobgasused"],
    blobGasPrice: ["receiptblobgasprice"],
  },
  receipt: {
    hash: ["transactionhash", "txhash"],
    block: ["blocknumber", "blockid"],
    position: ["transactionindex"],
    gasUsed: ["gasused"],
    cumulative: ["cumulativegasused"],
    paidPrice: ["effectivegasprice"],
    status: ["status"],
    created: ["contractaddress"],
    blobGasUsed: ["blobgasused"],
    blobGasPrice: ["blobgasprice"],
  },
  log: {
    index: ["logindex"],
    hash: ["transactionhash", "txhash"],
    position: ["transactionindex"],
    block: ["blocknumber", "blockid"],
    address: ["address"],
    data: ["data"],
    topics: ["topics"],
    time: ["blocktimestamp"],
  },
  token_transfer: {
    token: ["tokenaddress"],
    from: ["fromaddress"],
    to: ["toaddress"],
    value: ["value"],
    hash: ["transactionhash", "txhash"],
    index: ["logindex"],
    block: ["blocknumber", "blockid"],
    time: ["blocktimestamp"],
  },
  trace: {
    block: ["blocknumber", "blockid"],
    hash: ["transactionhash", "txhash"],
    position: ["transactionindex"],
    from: ["fromaddress"],
    to: ["toaddress"],
    value: ["value"],
    type: ["tracetype"],
    callType: ["calltype"],
    path: ["traceaddress"],
    error: ["error"],
    status: ["status"],
    id: ["traceid"],
    order: ["traceindex"],
    time: ["blocktimestamp"],
  },
  token: { address: ["address"], symbol: ["symbol"], decimals: ["decimals"] },
  contract: { address: ["address"], isErc721: ["iserc721"] },
  explorer_internal: {
    hash: ["txhash", "transactionhash"],
    block: ["blockno", "block"],
    seconds: ["unixtimestamp"],
    date: ["datetime*"],
    parent: ["parenttxfrom"],
    from: ["from"],
    to: ["txto", "to"],
    created: ["contractaddress"],
    in: ["valuein*"],
    out: ["valueout*"],
    status: ["status"],
    error: ["errcode"],
  },
  explorer_normal: {
    hash: ["txhash", "transactionhash"],
    block: ["blockno", "block"],
    seconds: ["unixtimestamp"],
    date: ["datetime*"],
    from: ["from"],
    to: ["to"],
    created: ["contractaddress"],
    in: ["valuein*"],
    out: ["valueout*"],
    fee: ["txnfeeeth", "txnfee*"],
    status: ["status"],
    error: ["errcode"],
  },
  explorer_thing: { hash: ["txhash", "transactionhash"], thing: ["tokenid"], from: ["from"], to: ["to"] },
  explorer_token: {
    hash: ["txhash", "transactionhash"],
    block: ["blockno", "block"],
    seconds: ["unixtimestamp"],
    date: ["datetime*"],
    from: ["from"],
    to: ["to"],
    amount: ["tokenvalue", "quantity"],
    contract: ["contractaddress"],
    symbol: ["tokensymbol"],
  },
  explorer_withdrawal: {
    index: ["index", "withdrawalindex"],
    block: ["blockno", "block", "blocknumber"],
    seconds: ["unixtimestamp"],
    date: ["datetime*"],
    validator: ["validatorindex", "validator"],
    to: ["recipient", "address", "to"],
    amount: ["value*", "amount*"],
  },
  edge: {
    from: ["from"],
    to: ["to"],
    amount: ["valuein*"],
    hash: ["txhash", "transactionhash"],
    time: ["timestamp"],
    block: ["block", "blocknumber"],
  },
} as const;

export type RowKind = keyof typeof kindSlots;

/** Fields that tell a kind; where several kinds match, the first counts. */
const needed: readonly (readonly [RowKind, readonly string[]])[] = [
  ["token_transfer", ["token", "from", "to", "value", "hash", "index"]],
  ["log", ["index", "hash", "address", "data", "topics"]],
  ["trace", ["from", "to", "value", "status", "id"]],
  ["trace", ["from", "to", "value", "path"]],
  ["receipt", ["hash", "gasUsed", "cumulative"]],
  ["transaction", ["hash", "block", "from", "to", "value", "gasPrice"]],
  ["block", ["number", "time", "miner"]],
  ["contract", ["address", "isErc721"]],
  ["token", ["address", "symbol", "decimals"]],
  ["explorer_internal", ["hash", "parent", "from", "to", "in", "out"]],
  ["explorer_normal", ["hash", "from", "to", "in", "out", "fee"]],
  ["explorer_thing", ["hash", "thing", "from", "to"]],
  ["explorer_token", ["hash", "from", "to", "amount", "date"]],
  ["explorer_withdrawal", ["validator", "amount", "block"]],
  ["edge", ["from", "to", "amount", "hash"]],
];

/** As it is compared: lower case, letters and digits only. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/gu, "");
}

/** The slots of each kind, in order: what `Row.text` is asked for. */
type SlotsOf<Kind extends RowKind> = { readonly [Name in keyof (typeof kindSlots)[Kind]]: number };

export function slotsOf<Kind extends RowKind>(kind: Kind): SlotsOf<Kind> {
  return Object.fromEntries(Object.keys(kindSlots[kind]).map((name, j) => [name, j])) as SlotsOf<Kind>;
}

function columnOf(columns: ReadonlyMap<string, number>, names: readonly string[]): number {
  for (const name of names) {
    if (name.endsWith("*")) {
      const found = [...columns].find(([column]) => column.startsWith(name.slice(0, -1)));
      if (found !== undefined) return found[1];
    } else if (columns.has(name)) {
      return columns.get(name)!;
    }
  }
  return -1;
}

/** The kind of rows that have these columns, and where each slot stands; null where no kind is known that has them. */
export function recognise(names: readonly string[]): { kind: RowKind; slots: Int32Array } | null {
  const columns = new Map<string, number>();
  names.forEach((name, j) => {
    const plain = plainName(name);
    if (!columns.has(plain)) columns.set(plain, j);
  });
  for (const [kind, wanted] of needed) {
    const slots: Readonly<Record<string, readonly string[]>> = kindSlots[kind];
    if (wanted.some((slot) => columnOf(columns, slots[slot]!) < 0)) continue;
    return { kind, slots: Int32Array.from(Object.values(slots), (aliases) => columnOf(columns, aliases)) };
  }
  return null;
}
