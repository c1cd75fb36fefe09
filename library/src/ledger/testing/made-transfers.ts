import fc from "fast-check";
import type { Instant } from "../../money/instant.ts";
import type { AccountLedgerFacts, OpeningFact, TransferTelling } from "../account-contract.ts";

/** A telling with everything that the test does not name. */
export function telling(parts: Partial<TransferTelling> = {}): TransferTelling {
  return {
    transaction: "t1",
    height: null,
    position: null,
    time: null,
    dayOnly: false,
    layer: "payment",
    index: 0,
    from: "alice",
    to: "bob",
    asset: "EUR",
    amount: 1n,
    isFee: false,
    returns: null,
    ...parts,
  };
}

export const day = (date: string) => Date.parse(`${date}T00:00:00Z`) as Instant;

const amountMax = 2n ** 256n - 1n;
/** Names that sort otherwise by UTF-16 than byte by byte, and that a query must not take for its own text. */
const accounts = ["alice", "bob", "0xab'\\\"", "ﬁn", "😀", "carol\n{x:String}", "Ω", "a", "aa"];
const assets = ["EUR", "ETH", "0xtoken", "😀"];
const layers = ["call", "log", "top", "fee"];

const oneOf = <Value>(...values: Value[]) => fc.constantFrom(...values);
const perhaps = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { freq: 3 });
const amounts = (max: bigint) => fc.oneof(fc.bigInt(0n, 20n), fc.bigInt(0n, max));

interface Shape {
  readonly amountMax: bigint;
  readonly withHeights: "all" | "some" | "none";
}

/** Where a transaction stands, as one run of its tellings says. */
const stands = ({ withHeights }: Shape) =>
  fc.record({
    height: withHeights === "none" ? fc.constant(null) : withHeights === "all" ? fc.nat(5) : perhaps(fc.nat(5)),
    position: perhaps(fc.nat(4)),
    time: perhaps(fc.integer({ min: -3, max: 8 }).map((days) => (days * 86_400_000) as Instant)),
    dayOnly: fc.boolean(),
  });

const movement = (shape: Shape) =>
  fc.record({
    layer: oneOf(...layers),
    index: fc.nat(3),
    from: fc.option(oneOf(...accounts), { freq: 6 }),
    to: fc.option(oneOf(...accounts), { freq: 6 }),
    asset: oneOf(...assets),
    amount: amounts(shape.amountMax),
    isFee: fc.boolean(),
    returns: fc.option(
      fc.record({ transaction: fc.nat(14).map((n) => `t${n}`), layer: oneOf(...layers), index: fc.nat(3) }),
      { freq: 2 },
    ),
  });

/**
 * Tellings of some transactions, in the order of listing: with repetitions, several layers, conflicts between
 * tellings, returns of what is held and what is not, and transactions without a height or a time.
 */
const tellingsOf = (shape: Shape) =>
  fc
    .array(fc.tuple(fc.nat(14), stands(shape), fc.array(movement(shape), { minLength: 1, maxLength: 4 })), {
      maxLength: 24,
    })
    .map((runs) =>
      runs.flatMap(([n, stand, movements]) =>
        movements.map((move): TransferTelling => ({ ...stand, ...move, transaction: `t${n}` })),
      ),
    );

export const madeTellings = fc
  .record({ amountMax: oneOf(1000n, 2n ** 53n, amountMax), withHeights: oneOf("all", "some", "none") } as const)
  .chain((shape) => tellingsOf(shape as Shape));

const opening: fc.Arbitrary<OpeningFact> = fc.record({
  account: oneOf(...accounts),
  asset: oneOf(...assets),
  height: perhaps(fc.nat(6)),
  amount: fc.oneof(fc.bigInt(-5n, 5n), fc.bigInt(-amountMax, amountMax)),
  source: fc.string(),
});

export const madeFacts: fc.Arbitrary<AccountLedgerFacts> = fc.record({
  assets: fc.array(
    fc.record({ asset: oneOf(...assets, "unused"), decimals: perhaps(fc.nat(18)), symbol: perhaps(fc.string()) }),
    { maxLength: 5 },
  ),
  accounts: fc.array(
    fc.record({
      account: oneOf(...accounts, "unused"),
      coverage: perhaps(oneOf("covered" as const, "partly" as const, "outside" as const)),
      about: perhaps(fc.string({ unit: "grapheme" })),
    }),
    { maxLength: 6 },
  ),
  openings: fc.array(opening, { maxLength: 6 }),
  transactions: fc.array(fc.record({ transaction: fc.nat(20).map((n) => `t${n}`), about: fc.string() }), {
    maxLength: 5,
  }),
  fromGenesis: fc.boolean(),
});

export const supersedes = [{ layer: "call", of: "top" }] as const;
