import fc from "fast-check";
import {
  ann,
  answer,
  at,
  back,
  bankA,
  bankB,
  bankC,
  ben,
  cat,
  entry,
  eur,
  named,
  order,
  recall,
  statement,
  status,
  text,
  usd,
} from "../bank-records.fixture.ts";
import type { BankRecord } from "../record.ts";

/** Records at random, of few people, days, amounts and references, so that they have much to do with one another. */

const sides = [
  ann,
  ben,
  cat,
  named("Eve Eaton", bankB),
  named("Ann Archer", bankA),
  { account: null, party: null, agent: bankC },
];
const uetrs = ["u-1", "u-2", "u-3"];
export const side = fc.constantFrom(...sides);
export const owner = fc.constantFrom(ann, ben, cat);
export const day = fc.integer({ min: 1, max: 9 }).map((n) => `2024-03-0${n}`);
const money = fc.oneof(fc.integer({ min: 1, max: 4 }).map(usd), fc.integer({ min: 1, max: 3 }).map(eur));
const agent = fc.constantFrom(bankA, bankB, bankC, null);
export const references = fc.record({
  uetr: fc.constantFrom(null, null, ...uetrs),
  messageId: fc.constantFrom(null, "M1", "M2", "NOTPROVIDED"),
  endToEndId: fc.constantFrom(null, "E1", "E2", "NOTPROVIDED"),
  related: fc.constantFrom(null, "M1"),
});
const where = fc.record({
  file: fc.constantFrom("a", "b", "c"),
  number: fc.integer({ min: 1, max: 3 }),
  item: fc.integer({ min: 0, max: 4 }),
  created: fc.constantFrom(null, at("2024-03-01T10:00"), at("2024-03-05T10:00")),
});
const original = fc.record({
  uetr: fc.constantFrom(null, ...uetrs),
  endToEndId: fc.constantFrom(null, "E1", "E2"),
  messageId: fc.constantFrom(null, "M1"),
});

const orders = fc
  .record({
    level: fc.constantFrom("customer", "customer", "initiation", "bank", "cover"),
    references,
    settled: money,
    instructed: fc.option(money),
    settlementDate: day,
    debtor: side,
    creditor: side,
    instructing: agent,
    instructedAgent: agent,
    chargeBearer: fc.constantFrom(null, "SHAR", "DEBT"),
    charges: fc.array(fc.record({ money, agent }), { maxLength: 2 }),
    fate: fc.constantFrom(null, null, null, "settled", "held"),
  })
  .chain((changes) => where.map((place): BankRecord => order(place, changes as object)));
const entries = fc
  .record({
    statement: fc.constantFrom("S1", "S2"),
    level: fc.constantFrom("statement", "report", "notification"),
    account: owner,
    isCredit: fc.boolean(),
    isReversal: fc.constantFrom(false, false, false, true),
    status: fc.constantFrom("booked", "booked", "booked", "pending"),
    entryMoney: money,
    money,
    bookingDate: day,
    references,
    counterparty: fc.oneof(side, fc.constant(named(""))),
    servicerReference: fc.constantFrom(null, "SR1", "SR2"),
    returns: fc.constantFrom(null, null, null, { reason: "AC04" }),
    code: fc.constantFrom(null, "NCHG"),
  })
  .chain((changes) => where.map((place): BankRecord => entry(place, changes as object)));
const others = fc.oneof(
  fc
    .record({ original, status: fc.constantFrom("ACSC", "RJCT", "PDNG") })
    .chain((one) => where.map((place) => status(place, one))),
  fc.record({ original, returned: money, references }).chain((one) => where.map((place) => back(place, one))),
  fc.record({ original }).chain((one) => where.map((place) => recall(place, one))),
  fc
    .record({ original, answer: fc.constantFrom("accepted", "rejected", "pending") })
    .chain((one) => where.map((place) => answer(place, one as object))),
  fc.record({ references }).chain((one) => where.map((place) => text(place, one))),
  fc
    .record({ account: owner, id: fc.constantFrom("S1", "S2"), level: fc.constantFrom("statement", "report") })
    .chain((one) => where.map((place) => statement(place, one as object))),
);
export const records = fc.array(
  fc.oneof({ weight: 3, arbitrary: orders }, { weight: 3, arbitrary: entries }, { weight: 2, arbitrary: others }),
  { maxLength: 24 },
);
