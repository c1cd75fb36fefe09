import { expect, test } from "vitest";
import type { OrderRecord, ReturnRecord } from "../record.ts";
import { fin, mt103, mt103Lines, readAll, uetr } from "./mt-messages.fixture.ts";

async function only<Kind extends OrderRecord | ReturnRecord>(text: string): Promise<Kind> {
  const { records, skipped } = await readAll(text);
  expect(skipped).toEqual([]);
  expect(records).toHaveLength(1);
  return records[0] as Kind;
}

/** The message's lines, those that begin with a tag of `change` replaced; an empty text takes a line out. */
function changed(change: Readonly<Record<string, string>>, lines: readonly string[] = mt103Lines): string[] {
  return lines.flatMap((line) => {
    const tag = Object.keys(change).find((one) => line.startsWith(one));
    const other = tag === undefined ? line : change[tag]!;
    return other === "" ? [] : [other];
  });
}

const agent = (bic: string) => ({ bic, clearing: null, name: null });

test("MT103: amounts, dates, parties, references, charges, and the place of each", async () => {
  const order = await only<OrderRecord>(mt103);
  expect(order).toMatchObject({
    kind: "order",
    message: "MT103",
    level: "customer",
    references: {
      messageId: "PAY-2024-0001",
      instructionId: "PAY-2024-0001",
      endToEndId: "E2E-0001",
      uetr,
      related: null,
    },
    settled: { currency: "EUR", amount: "9876540" },
    instructed: { currency: "EUR", amount: "9877040" },
    settlementDate: "2024-01-15",
    settlementTime: Date.UTC(2024, 0, 15, 9, 47),
    chargeBearer: "SHAR",
    remittance: ["INVOICE 4711", "/ROC/E2E-0001"],
    instructing: agent("AAAAUS33"),
    instructedAgent: agent("BBBBDEFF"),
    intermediaries: [agent("CCCCFRPP")],
    charges: [{ money: { currency: "EUR", amount: "500" }, agent: null }],
    fate: null,
  });
  expect(order.debtor).toEqual({
    account: { iban: "DE89370400440532013000", other: null, currency: null },
    party: { name: "ORIOL FABRICATIONS LTD", ids: [], country: null },
    agent: agent("AAAAUS33CHI"),
  });
  expect(order.creditor.agent).toEqual({ bic: null, clearing: "DEBLZ:37040044", name: "BANK OF SOMEWHERE" });
  expect(order.places).toMatchObject({
    settled: ":32A: line 5",
    "debtor.account": ":50K: line 7",
    "creditor.agent": ":57D: line 14",
    "references.uetr": "block 3 {121:}",
  });
  expect(order.notes).toEqual([":72: line 23: /INS/DDDDITMM", ":53B: line 12: /0011223344"]);
});

test("without 52a and 57a the sender and the receiver hold the accounts; a lone 71F is then the sender's", async () => {
  const lines = changed({ ":52A:": "", ":57D:": "", "BANK OF": "", ":71F:": ":71F:EUR7,5" });
  const order = await only<OrderRecord>(fin({ type: "103", lines, isOutput: true }));
  expect(order.debtor.agent).toEqual(agent("AAAAUS33"));
  expect(order.creditor.agent).toEqual(agent("BBBBDEFF"));
  expect(order.charges).toEqual([{ money: { currency: "EUR", amount: "750" }, agent: agent("AAAAUS33") }]);
  expect(order.places).toMatchObject({ "debtor.agent": "block 2", "creditor.agent": "block 1" });
  expect(order.created).toBe(Date.UTC(2024, 0, 15, 10, 47));
  expect(order.places.created).toContain("taken as UTC");
});

test("71G is the receiver's; several 71F are nobody's in particular", async () => {
  const lines = [...changed({ ":71F:": ":71F:EUR5," }), ":71F:EUR2,5", ":71G:EUR1,"];
  const { charges } = await only<OrderRecord>(fin({ type: "103", lines }));
  expect(charges.map((charge) => [charge.money.amount, charge.agent?.bic ?? null])).toEqual([
    ["500", null],
    ["250", null],
    ["100", "BBBBDEFF"],
  ]);
});

test("50F and 59F: numbered lines, ids in place of an account; 50A and 59A: a BIC", async () => {
  const lines = changed({
    ":50K:": ":50F:NIDN/CO/80123456",
    ORIOL: "1/PEREGRINA OF\n1/THE HILLS",
    "12 QUAY": "2/HIGH STREET 1",
    ANYTOWN: "3/CO/BOGOTA\n6/CO/AAAAUS33/4711",
    ":59:": ":59A:/4402-99",
    HALDEN: "DDDDFIHHXXX",
    "4 FOREST": "",
  }).flatMap((line) => line.split("\n"));
  const order = await only<OrderRecord>(fin({ type: "103", lines }));
  expect(order.debtor).toMatchObject({
    account: null,
    party: { name: "PEREGRINA OF THE HILLS", ids: ["NIDN:CO/80123456", "CUST:CO/AAAAUS33/4711"], country: "CO" },
  });
  expect(order.creditor).toMatchObject({
    account: { iban: null, other: "4402-99" },
    party: { name: null, ids: ["BIC:DDDDFIHH"], country: "FI" },
  });
});

test("what looks like an IBAN and is none is another id, and the record says why", async () => {
  const order = await only<OrderRecord>(
    fin({ type: "103", lines: changed({ ":59:": ":59:/GB82WEST12345698765433" }) }),
  );
  expect(order.creditor.account).toEqual({ iban: null, other: "GB82WEST12345698765433", currency: null });
  expect(order.notes).toContain(":59: line 16: kept as another id, because as an IBAN its check digits do not fit");
});

test("MT103 REMIT: the envelope is remittance; an exchange rate is a decimal number", async () => {
  const lines = [
    ...changed({ ":70:": "", "/ROC": "", ":33B:": ":33B:USD100000," }),
    ":36:0,9876",
    ":77T:/NARR/LINE ONE",
    "LINE TWO",
  ];
  const order = await only<OrderRecord>(fin({ type: "103", lines, user: "{119:REMIT}" }));
  expect(order).toMatchObject({
    message: "MT103 REMIT",
    exchangeRate: "0.9876",
    remittance: ["/NARR/LINE ONE", "LINE TWO"],
  });
  expect(order.instructed).toEqual({ currency: "USD", amount: "10000000" });
});

const mt202Lines = [":20:COV-1", ":21:PAY-2024-0001", ":32A:240115JPY1000,", ":52A:AAAAUS33", ":58A:BBBBDEFF"] as const;
const sequenceB = [
  ":50K:/DE89370400440532013000",
  "ORIOL FABRICATIONS LTD",
  ":52A:AAAAUS33CHI",
  ":59:/GB82WEST12345698765432",
  "HALDEN TIMBER OY",
  ":70:INVOICE 4711",
  ":33B:EUR5,",
] as const;

test("MT202: banks in their own name; with an account, the bank that holds it is another", async () => {
  const order = await only<OrderRecord>(fin({ type: "202", lines: mt202Lines }));
  expect(order).toMatchObject({
    message: "MT202",
    level: "bank",
    settled: { currency: "JPY", amount: "1000" },
    references: { instructionId: "COV-1", related: "PAY-2024-0001" },
    debtor: { account: null, party: null, agent: agent("AAAAUS33") },
    creditor: { account: null, party: null, agent: agent("BBBBDEFF") },
    underlying: null,
  });
  const held = [...mt202Lines.slice(0, 4), ":57A:CCCCFRPP", ":58A:/NOSTRO-7", "BBBBDEFF"];
  expect((await only<OrderRecord>(fin({ type: "202", lines: held }))).creditor).toEqual({
    account: { iban: null, other: "NOSTRO-7", currency: null },
    party: { name: "BBBBDEFF", ids: ["BIC:BBBBDEFF"], country: "DE" },
    agent: agent("CCCCFRPP"),
  });
});

test("MT202 COV: sequence B is the covered payment, with or without its header", async () => {
  const lines = [...mt202Lines, ...sequenceB];
  const texts = [fin({ type: "202", lines, user: `{119:COV}{121:${uetr}}` }), `${lines.join("\n")}\n-`];
  for (const text of texts) {
    const order = await only<OrderRecord>(text);
    expect(order).toMatchObject({
      message: "MT202COV",
      level: "cover",
      settled: { currency: "JPY", amount: "1000" },
      instructed: null,
      debtor: { agent: agent("AAAAUS33") },
      remittance: ["INVOICE 4711"],
    });
    expect(order.underlying).toMatchObject({
      debtor: { account: { iban: "DE89370400440532013000" }, agent: agent("AAAAUS33CHI") },
      creditor: { account: { iban: "GB82WEST12345698765432" }, party: { name: "HALDEN TIMBER OY" }, agent: null },
      instructed: { currency: "EUR", amount: "500" },
    });
  }
});

test("block 4 alone is an MT103 by its fields, and nobody is known to have sent it", async () => {
  const order = await only<OrderRecord>(`${changed({ ":52A:": "" }).join("\r\n")}\r\n-`);
  expect(order).toMatchObject({ message: "MT103", instructing: null, instructedAgent: null, debtor: { agent: null } });
  expect(order.places.settled).toBe(":32A: line 4");
});

test("field 72 with /RETN/ or /REJT/: the payment comes back", async () => {
  const words = ":72:/RETN/59\n/AC04/ACCOUNT CLOSED\n/MREF/PAY-2024-0001\n/TREF/TX-9\n/CHGS/EUR10,\n/TEXT/SORRY";
  const lines = changed({ ":20:": ":20:RET-1", ":72:": words }).flatMap((line) => line.split("\n"));
  const record = await only<ReturnRecord>(fin({ type: "103", lines, user: `{121:${uetr}}` }));
  expect(record).toMatchObject({
    kind: "return",
    message: "MT103",
    references: { messageId: "RET-1", uetr },
    original: { messageId: "PAY-2024-0001", instructionId: "PAY-2024-0001", transactionId: "TX-9", uetr },
    returned: { currency: "EUR", amount: "9876540" },
    charges: [{ money: { currency: "EUR", amount: "1000" } }],
    settlementDate: "2024-01-15",
    reason: "AC04",
  });
  expect(record.places).toMatchObject({ returned: ":32A: line 5", original: ":72: line 23", reason: ":72: line 23" });
  const bank = [...mt202Lines, ":72:/REJT/58", "/AM05/"];
  const rejected = await only<ReturnRecord>(fin({ type: "202", lines: bank }));
  expect(rejected).toMatchObject({ kind: "return", original: { instructionId: "PAY-2024-0001" }, reason: "AM05" });
});

test("a field that cannot be read costs its message, the reason has its line, and the others are read", async () => {
  const broken: readonly (readonly [Readonly<Record<string, string>>, string])[] = [
    [{ ":32A:": ":32A:240115EUR98.765,40" }, '"98.765,40" is no amount of EUR (:32A: line '],
    [{ ":32A:": ":32A:240115JPY1,5" }, '"1,5" is no amount of JPY'],
    [{ ":32A:": ":32A:240132EUR1," }, '"240132" is no date'],
    [{ ":32A:": ":32A:240115EU11," }, '"EU1" is no currency'],
    [{ ":32A:": ":32A:240115EUR," }, '"," is no amount of EUR'],
    [{ ":32A:": "" }, "has no field 32A"],
    [{ ":32A:": ":32A:240115EUR1,\n:32A:240115EUR2," }, "the second field 32A"],
    [{ ":59:": ":79:" }, "has no field 59a"],
    [{ ":13C:": ":13C:/SNDTIME/2547+0100" }, "it holds no time"],
    [{ ":71F:": `:71F:EUR${"9".repeat(40)},` }, "is no amount of EUR"],
    [{ ":23B:": ":23B:CRTS" }, "is a test, and moves nothing"],
  ];
  const messages = broken.map(([change]) =>
    fin({ type: "103", lines: changed(change).flatMap((line) => line.split("\n")) }),
  );
  const { records, skipped } = await readAll([mt103, ...messages, mt103].join("\r\n"));
  expect(records).toHaveLength(2);
  expect(skipped).toHaveLength(broken.length);
  skipped.forEach(({ reason }, at) => {
    expect(reason).toContain(`message ${at + 2}, line `);
    expect(reason).toContain(broken[at]![1]);
  });
});
