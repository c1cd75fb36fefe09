import type { ServerResponse } from "node:http";
import { addressOfScript } from "./address.ts";
import { transactionId } from "./encode-transaction.ts";
import { esploraJson, outputsOf } from "./explorer-json.fixture.ts";
import { type LocalServer, localServer } from "./local-server.fixture.ts";
import { networks } from "./networks.ts";
import type { Transaction } from "./transaction.ts";

export interface PlayedTransaction {
  readonly transaction: Transaction;
  readonly height: number | undefined;
}

export interface PlayedChain {
  /** May be changed between requests: what the chain holds by then. */
  transactions: PlayedTransaction[];
  tip: number;
  genesis?: string;
  pageSize?: number;
  /** Answers a path itself and returns true, for a server in a mood. */
  mood?: (path: string, response: ServerResponse) => boolean;
}

/** An Esplora server of a chain of one's own, with the paths that the source asks for. */
export function esploraServer(chain: PlayedChain): Promise<LocalServer> {
  return localServer((request, response) => {
    const path = request.url!;
    if (chain.mood?.(path, response)) return;
    const answer = answerOf(chain, path);
    if (answer === null) response.writeHead(404).end("Transaction not found");
    else response.end(typeof answer === "string" ? answer : JSON.stringify(answer));
  });
}

function answerOf(chain: PlayedChain, path: string): unknown {
  const outputOf = outputsOf(chain.transactions.map(({ transaction }) => transaction));
  const told = ({ transaction, height }: PlayedTransaction) => esploraJson(transaction, outputOf, height);
  const [, kind, name, part, chained, before] = path.split("/");
  const one = chain.transactions.find(({ transaction }) => transactionId(transaction) === name);
  if (path === "/blocks/tip/height") return String(chain.tip);
  if (path === "/block-height/0") return chain.genesis ?? networks.mainnet.genesisHash;
  if (kind === "block-height") return Number(name).toString(16).padStart(64, "0");
  if (kind === "tx" && one !== undefined) return part === "outspends" ? outspends(chain, one) : told(one);
  if (kind === "address" && part === "txs") {
    const all = chain.transactions.filter((candidate) => concerns(candidate.transaction, name!, outputOf)).map(told);
    const confirmed = all.filter(({ status }) => status.confirmed).sort((a, b) => heightOf(b) - heightOf(a));
    const from = chained === undefined ? 0 : confirmed.findIndex(({ txid }) => txid === before) + 1;
    const page = confirmed.slice(from, from + (chain.pageSize ?? 25));
    return chained === undefined ? all.filter(({ status }) => !status.confirmed).concat(page) : page;
  }
  return null;
}

const heightOf = ({ status }: ReturnType<typeof esploraJson>) => status.block_height ?? 0;

function concerns(transaction: Transaction, address: string, outputOf: ReturnType<typeof outputsOf>): boolean {
  const spent = transaction.inputs.map(({ txid, vout }) => outputOf(txid, vout));
  return [...transaction.outputs, ...spent].some(
    (output) => output !== undefined && addressOfScript(networks.mainnet, output.script) === address,
  );
}

function outspends(chain: PlayedChain, { transaction }: PlayedTransaction) {
  const txid = transactionId(transaction);
  return transaction.outputs.map((_, vout) => {
    const spender = chain.transactions.find(({ transaction: { inputs } }) =>
      inputs.some((input) => input.txid === txid && input.vout === vout),
    );
    if (spender === undefined) return { spent: false };
    const { status } = esploraJson(spender.transaction, undefined, spender.height);
    return { spent: true, txid: transactionId(spender.transaction), vin: 0, status };
  });
}
