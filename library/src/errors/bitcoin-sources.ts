import { SpoorError } from "./base.ts";

/** No connection, or one that broke: nothing answers at the URL. */
export class HttpUnreachableError extends SpoorError {
  constructor(data: { url: string; why: string; attempts: number }, cause?: unknown) {
    super({
      code: "bitcoin/http-unreachable",
      what: `Nothing answers: ${data.why}, tried ${times(data.attempts)}`,
      where: data.url,
      remedy: "Check that the server runs, and that host and port are right.",
      data,
      cause,
    });
  }
}

export class HttpTimeoutError extends SpoorError {
  constructor(data: { url: string; timeoutMs: number; attempts: number }) {
    super({
      code: "bitcoin/http-timeout",
      kind: "limit",
      what: `No byte came for ${data.timeoutMs} ms, tried ${times(data.attempts)}`,
      where: data.url,
      remedy: "Try again when the server is less busy, or allow it more time.",
      data,
    });
  }
}

/** A status that the caller cannot use, after all retries where retrying makes sense. */
export class HttpStatusError extends SpoorError {
  readonly status: number;
  constructor(data: { url: string; status: number; attempts: number; body: string }) {
    super({
      code: data.status === 401 || data.status === 403 ? "bitcoin/http-unauthorised" : "bitcoin/http-status",
      what: `The server answers with status ${data.status}${data.body === "" ? "" : ` "${data.body}"`}${
        data.attempts > 1 ? `, tried ${times(data.attempts)}` : ""
      }`,
      where: data.url,
      remedy: statusRemedy(data.status),
      data,
    });
    this.status = data.status;
  }
}

function statusRemedy(status: number): string {
  if (status === 401) return "Give the right user and password, or the cookie file of the running node.";
  if (status === 403) return "Let the server accept this address (Bitcoin Core: rpcallowip), or use another one.";
  if (status === 404) return "Check the path of the URL, and that the server knows what was asked for.";
  if (status === 429) return "Ask more slowly (fewer requests per second), or later.";
  if (status >= 500) return "The server is overloaded or broken: try again later, or look into its log.";
  return "Check that the URL is that of the intended service.";
}

export class HttpTooLargeError extends SpoorError {
  constructor(data: { url: string; bytesMax: number }) {
    super({
      code: "bitcoin/http-too-large",
      kind: "limit",
      what: `The answer is larger than ${data.bytesMax} bytes`,
      where: data.url,
      remedy: "Check that the URL is that of the intended service, or raise the limit.",
      data,
    });
  }
}

/** An answer that is not what the protocol says: a web page, JSON of another shape, the wrong block. */
export class HttpNonsenseError extends SpoorError {
  constructor(data: { url: string; why: string }, cause?: unknown) {
    super({
      code: "bitcoin/http-nonsense",
      what: `The server answers nonsense: ${data.why}`,
      where: data.url,
      remedy: "Check that the URL is that of the intended service, and that the service works.",
      data,
      cause,
    });
  }
}

export class UrlSyntaxError extends SpoorError {
  constructor(data: { url: string }) {
    super({
      code: "bitcoin/url-syntax",
      what: `"${data.url}" is not an HTTP URL`,
      remedy:
        "Write it as http://HOST:PORT/ or https://HOST/PATH, and write / @ : # ? % in a password as %2F %40 %3A %23 %3F %25.",
      data,
    });
  }
}

/** The node understood the call and refused it. `rpcCode` as in Bitcoin Core's rpc/protocol.h. */
export class RpcError extends SpoorError {
  readonly rpcCode: number;
  constructor(data: { url: string; method: string; rpcCode: number; rpcMessage: string }) {
    super({
      code: "bitcoin/rpc-error",
      what: `The node refuses ${data.method} with error ${data.rpcCode}: ${data.rpcMessage}`,
      where: data.url,
      remedy:
        data.rpcCode === -28
          ? "The node is still starting: try again in a few minutes."
          : "Look up the error in the node's documentation, and check its version and settings.",
      data,
    });
    this.rpcCode = data.rpcCode;
  }
}

export class RpcCredentialsError extends SpoorError {
  constructor(data: { url: string; why: string }) {
    super({
      code: "bitcoin/rpc-credentials",
      what: `There are no credentials for the node: ${data.why}`,
      where: data.url,
      remedy: "Write user and password into the URL (http://USER:PASSWORD@HOST:PORT/), or name the node's cookie file.",
      data,
    });
  }
}

/** The server is of another network than the one asked for, or of one that is not known. */
export class WrongChainError extends SpoorError {
  constructor(data: { url: string; wanted: string; found: string }) {
    super({
      code: "bitcoin/wrong-chain",
      what: `The server is on ${data.found}, not on ${data.wanted}`,
      where: data.url,
      remedy: "Use a server of the right network, or a ledger for the network of this one.",
      data,
    });
  }
}

export class BlockPrunedError extends SpoorError {
  constructor(data: { url: string; height: number; pruneHeight: number | null }) {
    super({
      code: "bitcoin/block-pruned",
      what: `The node has deleted the block at height ${data.height} (it is pruned${
        data.pruneHeight === null ? "" : `: the first block it keeps is ${data.pruneHeight}`
      })`,
      where: data.url,
      remedy: "Use a node that keeps all blocks (prune=0); a pruned one must download the chain again.",
      data,
    });
  }
}

export class BlockAbsentError extends SpoorError {
  constructor(data: { url: string; height: number; why: string }) {
    super({
      code: "bitcoin/block-absent",
      what: `The node does not give the block at height ${data.height}: ${data.why}`,
      where: data.url,
      remedy: "Wait until the node has downloaded the chain, or ask for blocks up to its tip only.",
      data,
    });
  }
}

export class TransactionFileError extends SpoorError {
  constructor(data: { file: string; why: string }, cause?: unknown) {
    super({
      code: "bitcoin/transaction-file",
      what: `The file cannot be read: ${data.why}`,
      where: data.file,
      remedy: "Check the path and the permissions.",
      data,
      cause,
    });
  }
}

/** One transaction of a file or an answer that cannot be used; the readers set it aside and go on. */
export class TransactionRefusedError extends SpoorError {
  /** A clause about the transaction: "it …". */
  readonly why: string;
  constructor(data: { why: string }) {
    super({
      code: "bitcoin/transaction-refused",
      what: `The transaction cannot be used: ${data.why}`,
      remedy: "Take it from its source again, or leave it out.",
      data,
    });
    this.why = data.why;
  }
}

export class TransactionNotFoundError extends SpoorError {
  constructor(data: { url: string; what: string }) {
    super({
      code: "bitcoin/transaction-not-found",
      what: `The server does not know ${data.what}`,
      where: data.url,
      remedy: "Check the id for a typing error, and that the server is of the right network.",
      data,
    });
  }
}

export class CacheFolderError extends SpoorError {
  constructor(data: { folder: string; why: string }, cause?: unknown) {
    super({
      code: "bitcoin/cache-folder",
      what: `The cache cannot be written: ${data.why}`,
      where: data.folder,
      remedy: "Make room or mend the permissions, or choose another folder.",
      data,
      cause,
    });
  }
}

const times = (attempts: number) => (attempts === 1 ? "once" : `${attempts} times`);
