import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { writeWarc } from "./warc.ts";

/** Reads WARC by its grammar (ISO 28500:2017, clause 4), and by nothing that the writer uses. */
function readWarc(bytes: Uint8Array): { fields: Map<string, string>; block: Buffer }[] {
  const file = Buffer.from(bytes);
  const records: { fields: Map<string, string>; block: Buffer }[] = [];
  for (let at = 0; at < file.length; ) {
    const headEnd = file.indexOf("\r\n\r\n", at);
    const [version, ...lines] = file.subarray(at, headEnd).toString().split("\r\n");
    expect(version).toBe("WARC/1.1");
    const fields = new Map(lines.map((line) => line.split(/: (.*)/su) as [string, string]));
    const from = headEnd + 4;
    const to = from + Number(fields.get("Content-Length"));
    expect(file.subarray(to, to + 4).toString()).toBe("\r\n\r\n");
    records.push({ fields, block: file.subarray(from, to) });
    at = to + 4;
  }
  return records;
}

const sha256 = (bytes: Uint8Array) => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
const bytes = fc.uint8Array({ maxLength: 200 });

test("records come back byte for byte, with the fields that the standard demands", () => {
  const exchange = fc.record({
    url: fc.webUrl(),
    address: fc.ipV4(),
    at: fc.constant("2021-03-05T00:00:00Z"),
    request: bytes,
    response: bytes,
    payload: bytes,
  });
  fc.assert(
    fc.property(fc.array(exchange, { maxLength: 4 }), (exchanges) => {
      const records = readWarc(writeWarc(exchanges));
      expect(records.length).toBe(exchanges.length * 2);
      exchanges.forEach((one, at) => {
        const [response, request] = records.slice(at * 2, at * 2 + 2);
        expect(response?.block).toEqual(Buffer.from(one.response));
        expect(request?.block).toEqual(Buffer.from(one.request));
        expect(request?.fields.get("WARC-Concurrent-To")).toBe(response?.fields.get("WARC-Record-ID"));
        expect(response?.fields.get("WARC-Payload-Digest")).toBe(sha256(one.payload));
        for (const record of [response, request]) {
          expect(record?.fields.get("WARC-Record-ID")).toMatch(
            /^<urn:uuid:[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}>$/u,
          );
          expect(record?.fields.get("WARC-Block-Digest")).toBe(sha256(record?.block as Buffer));
          expect(record?.fields.get("WARC-Target-URI")).toBe(one.url);
          expect(record?.fields.get("WARC-Date")).toBe(one.at);
        }
      });
    }),
    { seed: 6 },
  );
});
