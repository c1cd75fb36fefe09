import { request as requestHttp } from "node:http";
import { connect as connectPlain, isIP, type Socket } from "node:net";
import { type ConnectionOptions, connect as connectTls } from "node:tls";
import { UrlAnswerError, UrlLimitError } from "../../errors/claims.ts";
import type { captureLimits } from "./limits.ts";

export type CaptureLimits = { readonly [name in keyof typeof captureLimits]: number };

export interface Answer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Transfer encoding undone, content encoding kept. */
  readonly body: Buffer;
  /** As they went over the connection. */
  readonly request: Buffer;
  readonly response: Buffer;
}

/**
 * Asks one server once. The connection is made to `address` in figures, which the caller has checked; no name is looked
 * up here, so that none can have changed in between. `Host` and the name in TLS stay those of the URL.
 * @throws UrlAnswerError, UrlLimitError
 */
export function fetchOnce(
  url: URL,
  address: string,
  about: { limits: CaptureLimits; userAgent: string; signal: AbortSignal },
): Promise<Answer> {
  const { limits, userAgent, signal } = about;
  const sent: Buffer[] = [];
  const received: Buffer[] = [];
  return new Promise((resolve, reject) => {
    const { host, port } = { host: address, port: Number(url.port || (url.protocol === "https:" ? 443 : 80)) };
    const fail = (error: unknown) => {
      request.destroy();
      reject(error);
    };
    const tooLarge = (limit: "bytesMax" | "headerBytesMax") =>
      new UrlLimitError({ url: url.href, limit, max: limits[limit], unit: "bytes" });
    const request = requestHttp({
      // No agent: one would make its own connection, and would look the name up.
      method: "GET",
      path: `${url.pathname}${url.search}`,
      setHost: false,
      headers: {
        Host: url.host,
        "User-Agent": userAgent,
        Accept: "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,text/markdown;q=0.9,*/*;q=0.1",
        "Accept-Encoding": "gzip, deflate, br",
        Connection: "close",
      },
      maxHeaderSize: limits.headerBytesMax,
      signal,
      createConnection: () => {
        const socket =
          url.protocol === "https:" ? connectTls(tlsOptions(url, host, port)) : connectPlain({ host, port });
        tap(socket, sent, received, limits.bytesMax + limits.headerBytesMax, () => fail(tooLarge("bytesMax")));
        return socket;
      },
    });
    request.on("error", (error: Error & { code?: string }) => {
      if (error.code === "HPE_HEADER_OVERFLOW") reject(tooLarge("headerBytesMax"));
      else reject(new UrlAnswerError({ url: url.href, status: null, why: reasonOf(error) }, error));
    });
    request.on("response", (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on("data", (chunk: Buffer) => {
        length += chunk.length;
        if (length > limits.bytesMax) fail(tooLarge("bytesMax"));
        else chunks.push(chunk);
      });
      response.on("error", (error) =>
        fail(new UrlAnswerError({ url: url.href, status: response.statusCode ?? null, why: reasonOf(error) }, error)),
      );
      response.on("end", () => {
        resolve({
          status: response.statusCode ?? 0,
          statusText: response.statusMessage ?? "",
          headers: response.headers,
          body: Buffer.concat(chunks),
          request: Buffer.concat(sent),
          response: Buffer.concat(received),
        });
      });
    });
    request.end();
  });
}

function tlsOptions(url: URL, host: string, port: number): ConnectionOptions {
  const name = url.hostname.replace(/^\[|\]$/gu, "");
  // RFC 6066: an address in figures is not sent as a name.
  return isIP(name) === 0 ? { host, port, servername: name } : { host, port };
}

/** Keeps what goes over a connection, and ends it where that is more than any answer may have. */
function tap(socket: Socket, sent: Buffer[], received: Buffer[], bytesMax: number, onTooLarge: () => void): void {
  const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
  socket.write = ((chunk: string | Uint8Array, ...rest: unknown[]) => {
    sent.push(typeof chunk === "string" ? Buffer.from(chunk, "latin1") : Buffer.from(chunk));
    return write(chunk, ...rest);
  }) as typeof socket.write;
  let length = 0;
  socket.on("data", (chunk: Buffer) => {
    length += chunk.length;
    if (length > bytesMax) onTooLarge();
    else received.push(chunk);
  });
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "the server refuses the connection",
  ECONNRESET: "the server broke the connection off",
  EHOSTUNREACH: "there is no way to the server",
  ENETUNREACH: "there is no way to the server",
  ETIMEDOUT: "the server does not answer",
  CERT_HAS_EXPIRED: "the server's certificate has expired",
};

function reasonOf(error: Error & { code?: string }): string {
  return reasons[error.code ?? ""] ?? error.message;
}
