import { SpoorError } from "./base.ts";

const cut = (text: string, length: number) => (text.length > length ? `${text.slice(0, length)}…` : text);

/** No answer from a node: no connection, a status that is no answer, silence, or more bytes than allowed. */
export class EthereumNodeError extends SpoorError {
  constructor(data: { url: string; method: string; why: string }) {
    const why = cut(data.why, 200);
    super({
      code: "ethereum/node",
      what: `The node gives no answer to ${data.method}: ${why}`,
      where: data.url,
      remedy: "Check that the node runs, that host, port and path are right, and that it is not overloaded.",
      data: { ...data, why },
    });
  }
}

/** The node understood the call and refused it. `rpcCode` as in JSON-RPC 2.0 and EIP-1474. */
export class EthereumRpcError extends SpoorError {
  readonly rpcCode: number;
  readonly rpcMessage: string;
  constructor(data: { url: string; method: string; rpcCode: number; rpcMessage: string }) {
    const rpcMessage = cut(data.rpcMessage, 200);
    super({
      code: "ethereum/rpc-error",
      what: `The node refuses ${data.method} with error ${data.rpcCode}: ${rpcMessage}`,
      where: data.url,
      remedy: "Look up the error in the node's documentation, and check its version and settings.",
      data: { ...data, rpcMessage },
    });
    this.rpcCode = data.rpcCode;
    this.rpcMessage = rpcMessage;
  }
}

/** An answer that is not what the protocol says. */
export class EthereumNonsenseError extends SpoorError {
  constructor(data: { url: string; method: string; why: string }) {
    const why = cut(data.why, 200);
    super({
      code: "ethereum/nonsense",
      what: `The node answers nonsense to ${data.method}: ${why}`,
      where: data.url,
      remedy: "Check that the URL is that of an Ethereum node, and that the node works.",
      data: { ...data, why },
    });
  }
}

export class EthereumUrlError extends SpoorError {
  constructor(data: { why: string }) {
    super({
      code: "ethereum/url",
      what: `The node's URL cannot be used: ${data.why}`,
      remedy: "Write it as http://HOST:PORT/ or https://HOST/PATH.",
      data,
    });
  }
}

/** The node's chain changed while it was read. `height` is that of the last block that is still in it for sure. */
export class EthereumReorganisedError extends SpoorError {
  readonly height: number;
  constructor(data: { url: string; height: number; why: string }) {
    super({
      code: "ethereum/reorganised",
      what: `The chain was reorganised above height ${data.height}: ${data.why}`,
      where: data.url,
      remedy: "Read again; end a few dozen blocks below the tip, at a block that is final.",
      data,
    });
    this.height = data.height;
  }
}

export class EthereumBlockAbsentError extends SpoorError {
  constructor(data: { url: string; height: number; tip: number | null }) {
    super({
      code: "ethereum/block-absent",
      what: `The node has no block ${data.height}${data.tip === null ? "" : `; its newest is ${data.tip}`}`,
      where: data.url,
      remedy: "Ask for blocks up to its newest only, or wait until it has downloaded the chain.",
      data,
    });
  }
}

export class EthereumFileError extends SpoorError {
  constructor(data: { file: string; why: string }, cause?: unknown) {
    super({
      code: "ethereum/file",
      what: `The file cannot be read: ${data.why}`,
      where: data.file,
      remedy: "Check the path and the permissions.",
      data,
      cause,
    });
  }
}

/** One row, record or field that cannot be used; the readers set it aside and go on. */
export class EthereumRefusedError extends SpoorError {
  /** A clause: "its value is no number". */
  readonly why: string;
  constructor(data: { why: string }) {
    const why = cut(data.why, 200);
    super({
      code: "ethereum/refused",
      what: `The record cannot be used: ${why}`,
      remedy: "Take it from its source again, or leave it out.",
      data: { why },
    });
    this.why = why;
  }
}

/** A named bound of the readers was met. */
export class EthereumLimitError extends SpoorError {
  constructor(data: { limit: string; max: number; what: string; remedy: string }) {
    super({
      code: "ethereum/limit",
      kind: "limit",
      what: `${data.what} (${data.limit} ${data.max})`,
      remedy: data.remedy,
      data: { limit: data.limit, max: data.max },
    });
  }
}
