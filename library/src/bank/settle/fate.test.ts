import { expect, test } from "vitest";
import {
  annKey,
  answer,
  at,
  back,
  ben,
  benKey,
  entry,
  order,
  recall,
  status,
  text,
  usd,
} from "../bank-records.fixture.ts";
import { fatesIn, problemsIn, settle, transfersIn } from "./told.fixture.ts";

const uetr = "8a562c67-ca16-48ba-b074-65581be6f011";
const references = { uetr, messageId: "M1", endToEndId: "E1" };
const original = { uetr };
const paid = [`${annKey} -> ${benKey} 100.00 USD`];
const returned = [`${benKey} -> ${annKey} 100.00 USD`];
const payment = order({ file: "o" }, { references });
const later = (day: number) => ({ file: `f${day}`, created: at(`2024-03-0${day}T12:00`) });
const initiation = order({ file: "i" }, { references, level: "initiation", settled: null, instructed: usd(100) });

test("an order between banks counts as settled; a customer's order is instructed", () => {
  expect(transfersIn(settle(payment))).toEqual([paid]);
  expect(settle(initiation)).toMatchObject({
    payments: [],
    unsettled: [{ fate: "instructed", key: uetr, from: annKey, to: benKey, amount: 10000n, date: "2024-03-01" }],
  });
});

test.each([
  ["RJCT", "rejected"],
  ["PDNG", "instructed"],
  ["ACSP", "instructed"],
])("a status %s as the last word leaves it %s", (code, fate) => {
  const settled = settle(payment, status(later(2), { original, status: code, reason: "AC04" }));
  expect(settled.payments).toEqual([]);
  expect(settled.unsettled).toMatchObject([{ fate, why: expect.stringContaining(`${code} (AC04)`) }]);
});

test("the last word counts, not the last one given", () => {
  const pending = status(later(2), { original, status: "PDNG" });
  const done = status(later(3), { original, status: "ACSC" });
  expect(transfersIn(settle(payment, done, pending))).toEqual([paid]);
  const rejected = status(later(4), { original, status: "RJCT" });
  expect(fatesIn(settle(rejected, payment, done, pending))).toEqual(["rejected"]);
});

test("a customer's order that the bank says is settled has moved", () => {
  expect(transfersIn(settle(initiation, status(later(2), { original })))).toEqual([paid]);
});

test("a status without a UETR finds its order by other ids; one that names a message only is about all in it", () => {
  const two = [1, 2].map((item) =>
    order({ file: "o", item }, { references: { messageId: "M9", endToEndId: `E${item}` } }),
  );
  const one = settle(...two, status(later(2), { original: { messageId: "M9", endToEndId: "E2" }, status: "RJCT" }));
  expect(fatesIn(one)).toEqual(["rejected"]);
  const all = settle(...two, status(later(2), { original: { messageId: "M9" }, status: "RJCT" }));
  expect(fatesIn(all)).toEqual(["rejected", "rejected"]);
  const part = settle(...two, status(later(2), { original: { messageId: "M9" }, status: "PART" }));
  expect(part.payments).toHaveLength(2);
});

test("a status of an order that is not there is a problem", () => {
  expect(problemsIn(settle(status(later(2), { original })))).toEqual([
    expect.stringMatching(/ACSC is about an order that/u),
  ]);
});

test("an entry outweighs a status that is not settlement, and a rejection with an entry is a problem", () => {
  const booked = entry({ file: "s" }, { references: { uetr } });
  expect(transfersIn(settle(payment, status(later(2), { original, status: "PDNG" }), booked))).toEqual([paid]);
  const settled = settle(payment, status(later(2), { original, status: "RJCT" }), booked);
  expect(transfersIn(settled)).toEqual([paid]);
  expect(problemsIn(settled)).toEqual([
    expect.stringMatching(/books a payment of which is said that it was rejected/u),
  ]);
});

test("an equal entry without a reference does not revive a rejected order", () => {
  const other = entry({ file: "s" }, { counterparty: ben });
  const settled = settle(payment, status(later(2), { original, status: "RJCT" }), other);
  expect(fatesIn(settled)).toEqual(["rejected"]);
  expect(transfersIn(settled)).toEqual([paid]);
});

test.each(["instructed", "held", "rejected"] as const)("a row that says it was %s does not move", (fate) => {
  expect(fatesIn(settle(order({}, { fate })))).toEqual([fate]);
  expect(settle(order({}, { fate })).payments).toEqual([]);
});

test("a row that says that it settled moves, of whatever level", () => {
  expect(transfersIn(settle(order({}, { fate: "settled", level: "initiation" })))).toEqual([paid]);
});

test("a recall changes nothing by itself", () => {
  const settled = settle(payment, recall(later(2), { original }));
  expect(transfersIn(settled)).toEqual([paid]);
  expect(settled.recalls).toMatchObject([{ payment: uetr, state: "asked", reason: "FRAD" }]);
});

test("a recall that was accepted without money coming back says so, and the money stays where it is", () => {
  const settled = settle(payment, recall(later(2), { original }), answer(later(3), { original }));
  expect(transfersIn(settled)).toEqual([paid]);
  expect(settled.recalls).toMatchObject([
    { state: "accepted", reason: expect.stringMatching(/no money has come back/u) },
  ]);
});

test("a recall that was refused, one that waits, and one that brought the money back", () => {
  const asked = recall(later(2), { original });
  const refused = settle(payment, asked, answer(later(3), { original, answer: "rejected", code: "LEGL" }));
  expect(refused.recalls).toMatchObject([{ state: "rejected", reason: "FRAD; answer LEGL" }]);
  const waits = settle(payment, asked, answer(later(3), { original, answer: "pending" }));
  expect(waits.recalls).toMatchObject([{ state: "asked" }]);
  const came = settle(payment, asked, answer(later(3), { original }), back(later(4), { original }));
  expect(came.recalls).toMatchObject([{ state: "returned" }]);
  expect(transfersIn(came)).toEqual([paid, returned]);
});

test("an answer finds the request by its message where it names no payment", () => {
  const asked = recall(later(2), { original, references: { messageId: "R1" } });
  const settled = settle(payment, asked, answer(later(3), { references: { related: "R1" }, answer: "rejected" }));
  expect(settled.recalls).toMatchObject([{ payment: uetr, state: "rejected" }]);
  expect(settled.recalls).toHaveLength(1);
});

test("an accepted recall ends an order that had not settled", () => {
  const settled = settle(initiation, recall(later(2), { original }), answer(later(3), { original }));
  expect(settled.unsettled).toMatchObject([{ fate: "rejected", why: expect.stringMatching(/recalled/u) }]);
});

test("a recall of a payment that is not there is kept", () => {
  expect(settle(recall(later(2), { original })).recalls).toMatchObject([{ payment: null, state: "asked" }]);
});

test("words are kept with the payment that they name, and conclude nothing", () => {
  const settled = settle(payment, text(later(2), { references: { related: "M1" }, text: "PLEASE CANCEL" }));
  expect(transfersIn(settled)).toEqual([paid]);
  expect(settled.payments[0]!.about.texts).toEqual(["PLEASE CANCEL"]);
  expect(problemsIn(settle(text(later(2))))).toEqual(["A text message fits no payment of the records"]);
});
