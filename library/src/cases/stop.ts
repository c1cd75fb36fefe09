import { StopSyntaxError } from "../errors/cases.ts";

/** Where the user says that a trail ends. A stop leaves a trail complete: what reaches it is an exit. */
export type Stop =
  | { readonly kind: "address"; readonly address: string }
  | { readonly kind: "tags"; readonly file: string }
  | { readonly kind: "height"; readonly height: number };

const heightMax = 0xffff_fffe;

/**
 * Reads `address:ADDRESS`, `tags:FILE` or `height:N`.
 * @throws StopSyntaxError
 */
export function parseStop(text: string): Stop {
  const fail = (why: string) => new StopSyntaxError({ text: text.slice(0, 200), why });
  const [, kind, value = ""] = /^([a-z]+)(?::(.*))?$/su.exec(text) ?? [];
  if (kind === "coinjoin") throw fail("CoinJoin transactions are not recognised yet");
  if (kind !== "address" && kind !== "tags" && kind !== "height") throw fail("it is of no known kind");
  if (value === "") throw fail(`nothing stands after ${kind}:`);
  if (kind === "address") return { kind, address: value };
  if (kind === "tags") return { kind, file: value };
  if (!/^\d{1,10}$/u.test(value) || Number(value) > heightMax) throw fail("its height is not a whole number");
  return { kind, height: Number(value) };
}
