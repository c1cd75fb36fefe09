import { expect, test } from "vitest";
import { SpoorError, scrubCredentials } from "./base.ts";

test("the message says what, where and what to do", () => {
  const error = new SpoorError({
    code: "room/thing",
    what: "The file is short",
    where: "a.dat, offset 3",
    remedy: "Copy it again.",
  });
  expect(error.message).toBe("The file is short (a.dat, offset 3). Copy it again.");
  expect(error.kind).toBe("input");
  expect(error.name).toBe("SpoorError");
});

test("no credential reaches a message or its data", () => {
  const url = "http://user:s3cret@127.0.0.1:8332/wallet";
  const error = new SpoorError({
    code: "a/b",
    what: `No answer from ${url}`,
    where: url,
    remedy: `Try ${url}.`,
    data: { url },
  });
  expect(JSON.stringify([error.message, error.data])).not.toContain("s3cret");
  expect(error.data.url).toBe("http://127.0.0.1:8332/wallet");
  expect(scrubCredentials("https://tok@x.org/a?b=c@d")).toBe("https://x.org/a?b=c@d");
});

test("walk finds a cause, and ends on a loop", () => {
  const root = new TypeError("root");
  const error = new SpoorError({ code: "a/b", what: "x", remedy: "y.", cause: new Error("middle", { cause: root }) });
  expect(error.walk((e) => e instanceof TypeError)).toBe(root);
  expect(error.walk((e) => e instanceof RangeError)).toBeNull();
  root.cause = error;
  expect(error.walk(() => false)).toBeNull();
});
