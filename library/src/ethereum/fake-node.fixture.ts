import { type LocalServer, localServer } from "../bitcoin/local-server.fixture.ts";

export interface FakeCall {
  readonly method: string;
  readonly params: readonly unknown[];
}

/** What a fake node does with a call: a result, a refusal, or a status for the whole request. */
export type FakeAnswer =
  | { readonly result: unknown }
  | { readonly error: { readonly code: number; readonly message: string } }
  | { readonly status: number; readonly headers?: Record<string, string> };

export interface FakeNode extends LocalServer {
  /** Methods that were called, in order. */
  readonly calls: string[];
  readonly authorizations: (string | undefined)[];
}

/** A JSON-RPC server whose answers a test decides. */
export async function fakeNode(answer: (call: FakeCall) => FakeAnswer): Promise<FakeNode> {
  const calls: string[] = [];
  const authorizations: (string | undefined)[] = [];
  const server = await localServer((request, response) => {
    authorizations.push(request.headers.authorization);
    const body = JSON.parse(request.body) as (FakeCall & { id: number }) | (FakeCall & { id: number })[];
    const list = Array.isArray(body) ? body : [body];
    const answers = list.map((call) => {
      calls.push(call.method);
      return { jsonrpc: "2.0", id: call.id, ...answer(call) };
    });
    const failed = answers.find((one) => "status" in one);
    if (failed !== undefined && "status" in failed) {
      response.writeHead(failed.status, failed.headers).end("busy");
      return;
    }
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(Array.isArray(body) ? answers : answers[0]));
  });
  return Object.assign(server, { calls, authorizations });
}
