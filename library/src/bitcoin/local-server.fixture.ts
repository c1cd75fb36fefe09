import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface LocalServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** `METHOD /path` of every request that came. */
  readonly requests: string[];
}

export type Handler = (request: IncomingMessage & { body: string }, response: ServerResponse) => void;

/** A web server on 127.0.0.1, on a port that is free, for as long as the test holds it (`await using`). */
export async function localServer(handler: Handler): Promise<LocalServer> {
  const requests: string[] = [];
  const server = createServer(async (request, response) => {
    requests.push(`${request.method} ${request.url}`);
    let body = "";
    for await (const piece of request) body += String(piece);
    handler(Object.assign(request, { body }), response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
