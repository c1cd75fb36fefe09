import { csvText } from "./csv-text.ts";
import { mt103, mt940 } from "./fin-text.ts";
import type { Happening } from "./happening.ts";
import {
  agreement,
  closingOf,
  cover,
  customerTransfers,
  giveBack,
  type PaymentText,
  recall,
  type StatementText,
  statement,
} from "./iso-text.ts";
import { banks, type Holder, holders, uetrOf } from "./parties.ts";

const { victim, mule1, mule2, mule3, broker, customer, trader } = holders;

interface Ordered {
  readonly id: string;
  readonly amount: string;
  readonly day: string;
  readonly from: Holder;
  readonly to: Holder;
  readonly about: string;
}

const payment = (ordered: Ordered): PaymentText => ({ ...ordered, uetr: uetrOf(ordered.id) });

/** The three payments that two forged messages order, and what the mules and others pay by message. */
const forged = {
  first: payment({
    ...{ id: "WK260504-7731", amount: "300000.00", day: "2026-05-04", from: victim, to: mule1 },
    about: "Crankshafts, pro forma 2211",
  }),
  second: payment({
    ...{ id: "WK260504-7732", amount: "150000.00", day: "2026-05-04", from: victim, to: mule2 },
    about: "Consulting, second half",
  }),
  third: payment({
    ...{ id: "WK260504-7740", amount: "450000.00", day: "2026-05-05", from: victim, to: mule3 },
    about: "Engine blocks, pro forma 2213",
  }),
};
const toBroker = payment({
  ...{ id: "SM-55120", amount: "240000.00", day: "2026-05-05", from: mule1, to: broker },
  about: "Order 8814",
});
const [firstMessage, secondMessage, recallId] = ["WK-M-260504-118", "WK-M-260504-121", "WK-RC-260505-02"];

const entryOf = ({ id, uetr, amount, day, from, to, about }: PaymentText, of: Holder) => ({
  ...{ day, amount: of === from ? `-${amount}` : amount, reference: `${id}/${of.country}` },
  ...{ uetr, endToEnd: `E-${id}`, other: of === from ? to : from, about },
});

/** Known to statements only: no message of it is at hand. */
const thirdToBroker = {
  ...{ day: "2026-05-06", amount: "360000.00", endToEnd: "LFT-0506-1", uetr: null, about: "Order 8815" },
};
const plain = { uetr: null, endToEnd: null };

const statements: Readonly<Record<string, StatementText>> = {
  "statement-oosterling.xml": {
    ...{ id: "WK-S-2026-19", of: victim, from: "2026-05-04", to: "2026-05-08", opening: "912430.55" },
    entries: [
      entryOf(forged.first, victim),
      entryOf(forged.second, victim),
      { ...entryOf(forged.third, victim), day: "2026-05-04" },
      {
        ...{ ...plain, day: "2026-05-06", amount: "84500.00", reference: "WK-IN-8801", other: customer },
        about: "Invoice 26-0417",
      },
      {
        ...{ ...entryOf(forged.second, victim), day: "2026-05-07", amount: "150000.00" },
        ...{ reference: "WK-RT-260507-01", about: "Return of WK260504-7732" },
      },
    ],
  },
  "statement-corvane.xml": {
    ...{ id: "SM-S-88", of: mule1, from: "2026-05-04", to: "2026-05-05", opening: "1250.40" },
    entries: [entryOf(forged.first, mule1), entryOf(toBroker, mule1)],
  },
  "statement-petrel.xml": {
    ...{ id: "BU-S-31", of: mule2, from: "2026-05-04", to: "2026-05-08", opening: "310.00" },
    entries: [
      entryOf(forged.second, mule2),
      {
        ...{ ...entryOf(forged.second, mule2), day: "2026-05-07", amount: "-150000.00" },
        ...{ reference: "BU-RT-77", about: "Return of WK260504-7732" },
      },
    ],
  },
  "statement-ilvesta.fin": {
    ...{ id: "NK-S-19", of: mule3, from: "2026-05-04", to: "2026-05-08", opening: "800.00" },
    entries: [
      { ...entryOf(forged.third, mule3), reference: "NK-IN-4471" },
      { ...thirdToBroker, amount: "-360000.00", reference: "NK-OUT-902", other: broker },
    ],
  },
  "statement-lanternfish.xml": {
    ...{ id: "EV-S-2026-19", of: broker, from: "2026-05-05", to: "2026-05-07", opening: "1204310.55" },
    entries: [
      entryOf(toBroker, broker),
      { ...thirdToBroker, reference: "EV-IN-3310", other: mule3 },
      {
        ...{ ...plain, day: "2026-05-06", amount: "598500.00", reference: "EV-IN-3314", other: trader },
        about: "Order 8817",
      },
    ],
  },
};

/** What the columns of the CSV mean. */
export const mapping = `# Cash machine and counter withdrawals of Corvane Trade's account, as its bank exports them.
rows: entries
delimiter: ";"
decimal: ","
date: { column: Kuupäev, format: DD.MM.YYYY }
amount: Summa
currency: Valuuta
account:
  account: { constant: ${mule1.iban} }
  name: { constant: ${mule1.name} }
  bank: { constant: ${mule1.bank.bic} }
references: { servicer: Viide }
remittance: Selgitus
balance: Saldo
`;

/** The files of the bank part, by name. */
export function bankFiles(): Readonly<Record<string, string>> {
  const { first, second, third } = forged;
  const cash: (readonly [string, string, string, string])[] = [
    ["06.05.2026", "-15000.00", "SM-55207", "Sularaha, Kuressaare"],
    ["07.05.2026", "-25000.00", "SM-55231", "Sularaha, Tallinn"],
  ];
  let balance = closingOf("1250.40", [{ amount: "300000.00" }, { amount: "-240000.00" }]);
  const rows = cash.map(([day, amount, reference, about]) => {
    balance = closingOf(balance, [{ amount }]);
    return [day, amount.replace(".", ","), "EUR", reference, about, balance.replace(".", ",")].join(";");
  });
  const books = Object.entries(statements).map(([name, text]) => [
    name,
    name.endsWith(".fin") ? mt940(text) : statement(text),
  ]);
  const at = (time: string) => `2026-05-${time}:00Z`;
  const asked = { recall: recallId, message: firstMessage };
  return {
    "order-1.xml": customerTransfers({ id: firstMessage, at: at("04T15:41"), cover: null }, [first, second]),
    "order-2.xml": customerTransfers({ id: secondMessage, at: at("04T15:58"), cover: banks.between }, [third]),
    "order-2-cover.xml": cover("WK-C-260504-09", at("04T15:58"), third, banks.between),
    "recall.xml": recall(recallId, at("05T08:20"), second, firstMessage),
    "recall-answer.xml": agreement("BU-A-260506-3", at("06T10:05"), second, asked),
    "return.xml": giveBack("BU-R-260507-1", at("07T09:00"), second, { day: "2026-05-07", message: firstMessage }),
    "corvane-to-lanternfish.fin": mt103(toBroker),
    ...Object.fromEntries(books),
    "cash-corvane.csv":
      csvText(["Kuupäev;Summa;Valuuta;Viide;Selgitus;Saldo"], []) + rows.map((r) => `${r}\n`).join(""),
  };
}

/** The payments by the names that a ledger of the files gives them. */
export const bankPayments = {
  seeds: Object.values(forged).map(({ uetr }) => uetr),
  returned: `${forged.second.uetr}:return`,
  firstToBroker: toBroker.uetr,
} as const;

/** @param thirdKey the name of the payment that only statements tell */
export function bankHappenings(thirdKey: string): Happening[] {
  const { first, second, third } = forged;
  const bank = { ledger: "bank" } as const;
  return [
    {
      ...{ ...bank, time: "2026-05-04T15:41:00Z", transaction: first.uetr },
      what:
        "With a stolen signing card somebody has the bank of Oosterling Scheepsmotoren pay 300,000.00 EUR " +
        "to Corvane Trade,",
    },
    {
      ...{ ...bank, time: "2026-05-04T15:41:00Z", transaction: second.uetr },
      what: "and 150,000.00 EUR to Petrel Konzult.",
    },
    {
      ...{ ...bank, time: "2026-05-04T15:58:00Z", transaction: third.uetr },
      what:
        "A second forged order sends 450,000.00 EUR to Ilvesta Import; a bank in between " +
        "passes the money on as a cover.",
    },
    {
      ...{ ...bank, time: "2026-05-05T08:20:00Z", transaction: second.uetr },
      what: "The bank recalls the payment to Petrel Konzult; the bank there agrees the next day.",
    },
    {
      ...{ ...bank, time: "2026-05-05T12:00:00Z", transaction: toBroker.uetr },
      what: "Corvane Trade pays 240,000.00 EUR to the bank account of Lanternfish, a broker.",
    },
    {
      ...{ ...bank, time: "2026-05-06T12:00:00Z", transaction: thirdKey },
      what:
        "Ilvesta Import pays Lanternfish 360,000.00 EUR; 90,000.00 stay. Of this payment " +
        "there are statements only.",
    },
    {
      ...{ ...bank, time: "2026-05-07T07:00:00Z", transaction: bankPayments.returned },
      what: "The 150,000.00 EUR of Petrel Konzult come back.",
    },
    {
      ...{ ...bank, time: "2026-05-07T08:00:00Z", transaction: first.uetr },
      what:
        "By now 40,000.00 EUR were taken from Corvane Trade's account in cash; about " +
        "20,000.00 of the loot stay there.",
    },
  ];
}
