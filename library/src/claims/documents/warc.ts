import { createHash } from "node:crypto";

/** One exchange with a server, byte for byte as it went over the connection. */
export interface Exchange {
  readonly url: string;
  readonly address: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly request: Uint8Array;
  readonly response: Uint8Array;
  /** The body with its transfer encoding undone and its content encoding kept: the payload of ISO 28500, 6.3.2. */
  readonly payload: Uint8Array;
}

const lineEnd = "\r\n";

/**
 * Writes exchanges as WARC 1.1 (ISO 28500:2017): for each a `response` and the `request` that it answers. The same
 * exchange gives the same bytes: ids are UUIDs of version 8 (RFC 9562) made from what the record holds.
 */
export function writeWarc(exchanges: readonly Exchange[]): Uint8Array {
  return Buffer.concat(exchanges.flatMap((exchange) => recordsOf(exchange)));
}

function recordsOf(exchange: Exchange): Buffer[] {
  const response = recordId("response", exchange, exchange.response);
  const request = recordId("request", exchange, exchange.request);
  return [
    record("response", exchange, exchange.response, [
      ["WARC-Record-ID", response],
      ["WARC-Payload-Digest", digest(exchange.payload)],
    ]),
    record("request", exchange, exchange.request, [
      ["WARC-Record-ID", request],
      ["WARC-Concurrent-To", response],
    ]),
  ];
}

function record(
  type: "request" | "response",
  exchange: Exchange,
  block: Uint8Array,
  fields: readonly (readonly [string, string])[],
): Buffer {
  const head: (readonly [string, string])[] = [
    ["WARC-Type", type],
    ...fields,
    ["WARC-Date", exchange.at],
    ["WARC-Target-URI", exchange.url],
    ["WARC-IP-Address", exchange.address],
    ["WARC-Block-Digest", digest(block)],
    ["Content-Type", `application/http;msgtype=${type}`],
    ["Content-Length", String(block.length)],
  ];
  const lines = ["WARC/1.1", ...head.map(([name, value]) => `${name}: ${value}`), "", ""];
  return Buffer.concat([Buffer.from(lines.join(lineEnd)), block, Buffer.from(lineEnd + lineEnd)]);
}

function digest(bytes: Uint8Array): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

function recordId(type: string, exchange: Exchange, block: Uint8Array): string {
  const hash = createHash("sha256").update(`${type}\n${exchange.url}\n${exchange.at}\n`).update(block).digest();
  hash[6] = ((hash[6] as number) & 0x0f) | 0x80;
  hash[8] = ((hash[8] as number) & 0x3f) | 0x80;
  const hex = hash.toString("hex");
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)];
  return `<urn:uuid:${parts.join("-")}>`;
}
