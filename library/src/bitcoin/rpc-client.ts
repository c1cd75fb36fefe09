import { HttpNonsenseError, HttpStatusError, RpcError } from "../errors/bitcoin-sources.ts";
import type { Clock } from "./clock.ts";
import { createHttpClient, excerpt, type HttpLimits, type Verdict } from "./http-client.ts";
import type { RpcAddress } from "./rpc-credentials.ts";

export interface RpcCall {
  readonly method: string;
  readonly params?: readonly unknown[];
}

export interface RpcClient {
  /** Without credentials. */
  readonly url: string;
  /** @throws RpcError where the node refuses, and what {@link createHttpClient} throws; HttpNonsenseError */
  call(method: string, ...params: unknown[]): Promise<unknown>;
  /** All calls in one request; answers in the order of the calls, a refusal as an RpcError in its place. */
  batch(calls: readonly RpcCall[]): Promise<unknown[]>;
}

/** The node is still loading its chain (rpc/protocol.h): worth waiting for. */
const warmingUp = -28;

export const rpcLimitsDefault: Partial<HttpLimits> = {
  // A hundred blocks of 4 MB as hex would be too much; the source asks for fewer when it meets this.
  responseBytesMax: 128 << 20,
  // A node that checks its last blocks at start, or that writes its cache to disk, is silent for minutes.
  timeoutMs: 120_000,
  retriesMax: 8,
};

/**
 * Calls Bitcoin Core's JSON-RPC. Busy answers (503 "Work queue depth exceeded", error -28 while the node starts) are
 * retried with growing pauses; a refused cookie is read again once, because a restarted node has a new one.
 */
export function createRpcClient(options: {
  address: RpcAddress;
  limits?: Partial<HttpLimits>;
  clock?: Clock;
  signal?: AbortSignal | undefined;
}): RpcClient {
  const { url } = options.address;
  const http = createHttpClient({
    url,
    limits: { ...rpcLimitsDefault, ...options.limits },
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    signal: options.signal,
  });
  let authorization: string | null = null;
  let nextId = 1;

  async function post(body: string): Promise<unknown> {
    for (let fresh = authorization === null; ; fresh = true) {
      authorization ??= await options.address.authorization();
      const headers = { authorization, "content-type": "application/json" };
      try {
        const answer = await http.request({ path: "/", body, headers, judge });
        return parseAnswer(url, answer.body);
      } catch (error) {
        if (!(error instanceof HttpStatusError) || error.status !== 401 || fresh) throw error;
        authorization = null;
      }
    }
  }

  return {
    url,
    call: async (method, ...params) => {
      const id = nextId++;
      const result = resultOf(url, method, await post(JSON.stringify({ jsonrpc: "1.0", id, method, params })));
      if (result instanceof RpcError) throw result;
      return result;
    },
    batch: async (calls) => {
      if (calls.length === 0) return [];
      const first = nextId;
      nextId += calls.length;
      const bodies = calls.map(({ method, params = [] }, j) => ({ jsonrpc: "1.0", id: first + j, method, params }));
      const answers = await post(JSON.stringify(bodies));
      // A node that is still starting refuses the whole batch with one error.
      if (!Array.isArray(answers)) {
        const refusal = resultOf(url, calls[0]!.method, answers);
        throw refusal instanceof RpcError ? refusal : nonsense(url, "one answer to a batch of calls");
      }
      const byId = new Map<unknown, unknown>(
        answers.map((answer) => [(answer as { id?: unknown } | null)?.id, answer]),
      );
      return calls.map(({ method }, j) => resultOf(url, method, byId.get(first + j)));
    },
  };
}

/** JSON-RPC 1.0 puts a call's refusal into an answer of status 500 (or 404, 400); that is an answer, not a failure. */
function judge(status: number, body: Uint8Array): Verdict {
  if (status === 200) return isWarmingUp(body) ? "retry" : "take";
  if (status === 401 || status === 403) return "refuse";
  if (status === 503 || status === 429) return "retry";
  if (body[0] === 0x7b || body[0] === 0x5b) return isWarmingUp(body) ? "retry" : "take";
  return status >= 500 ? "retry" : "refuse";
}

/** Seen at the head of the answer, also in a batch, where every call is refused alike. */
function isWarmingUp(body: Uint8Array): boolean {
  const head = Buffer.from(body.subarray(0, 300)).toString("utf8");
  return new RegExp(`"error":\\s*\\{\\s*"code":\\s*${warmingUp}\\b`, "u").test(head);
}

function parseAnswer(url: string, body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.length).toString("utf8"));
  } catch (error) {
    throw new HttpNonsenseError({ url, why: `"${excerpt(body)}" is not JSON` }, error);
  }
}

function resultOf(url: string, method: string, answer: unknown): unknown {
  if (typeof answer !== "object" || answer === null || !("result" in answer || "error" in answer)) {
    throw nonsense(url, `no JSON-RPC answer to ${method}`);
  }
  const { result, error } = answer as { result?: unknown; error?: unknown };
  if (error === null || error === undefined) return result;
  const { code, message } = error as { code?: unknown; message?: unknown };
  return new RpcError({
    url,
    method,
    rpcCode: typeof code === "number" ? code : 0,
    rpcMessage: excerpt(Buffer.from(String(message))),
  });
}

const nonsense = (url: string, why: string) => new HttpNonsenseError({ url, why });
