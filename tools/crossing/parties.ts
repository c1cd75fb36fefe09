import { createHash } from "node:crypto";

/** An account in a bank, its owner and the bank. All are invented. */
export interface Holder {
  readonly name: string;
  readonly town: string;
  readonly country: string;
  readonly iban: string;
  readonly bank: Bank;
}

export interface Bank {
  readonly name: string;
  readonly bic: string;
}

/** @param bban what stands after the check digits */
function iban(country: string, bban: string): string {
  // ISO 7064, MOD 97-10: letters count from A = 10.
  const digits = [...`${bban}${country}00`].map((sign) => Number.parseInt(sign, 36)).join("");
  return `${country}${String(98n - (BigInt(digits) % 97n)).padStart(2, "0")}${bban}`;
}

export const banks = {
  victim: { name: "Waddenkust Bank N.V.", bic: "WDKBNL2A" },
  first: { name: "Sorvemaa Pank AS", bic: "SRVPEE2X" },
  second: { name: "Beskydska uverova banka a.s.", bic: "BSUBCZPP" },
  third: { name: "Nemunas Kredito Bankas AB", bic: "NMKBLT2X" },
  broker: { name: "Bankhaus Eisvogel KG", bic: "ESVGDEFF" },
  between: { name: "Caisse des Correspondants S.A.", bic: "CDCSFRPP" },
} as const satisfies Record<string, Bank>;

export const holders = {
  victim: {
    ...{ name: "Oosterling Scheepsmotoren B.V.", town: "Harlingen", country: "NL" },
    ...{ iban: iban("NL", "WDKB0417365208"), bank: banks.victim },
  },
  mule1: {
    ...{ name: "Corvane Trade OU", town: "Kuressaare", country: "EE" },
    ...{ iban: iban("EE", "9320221020145685"), bank: banks.first },
  },
  mule2: {
    ...{ name: "Petrel Konzult s.r.o.", town: "Ostrava", country: "CZ" },
    ...{ iban: iban("CZ", "87230000190048275131"), bank: banks.second },
  },
  mule3: {
    ...{ name: "Ilvesta Import UAB", town: "Kaunas", country: "LT" },
    ...{ iban: iban("LT", "8804000123456701"), bank: banks.third },
  },
  broker: {
    ...{ name: "Lanternfish OTC Desk GmbH", town: "Hamburg", country: "DE" },
    ...{ iban: iban("DE", "871304000044198207"), bank: banks.broker },
  },
  customer: {
    ...{ name: "Brackwater Ferries GmbH", town: "Emden", country: "DE" },
    ...{ iban: iban("DE", "871304000051770331"), bank: banks.broker },
  },
  trader: {
    ...{ name: "Alder und Finke Handels GmbH", town: "Bremen", country: "DE" },
    ...{ iban: iban("DE", "871304000060022914"), bank: banks.broker },
  },
} as const satisfies Record<string, Holder>;

/** A UETR (a version 4 UUID) that is the same for the same name on every run. */
export function uetrOf(name: string): string {
  const hex = createHash("sha256").update(`scenarios/crossing: ${name}`).digest("hex");
  const variant = "89ab"[Number.parseInt(hex[16]!, 16) & 3]!;
  const groups = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `${variant}${hex.slice(17, 20)}`];
  return [...groups, hex.slice(20, 32)].join("-");
}
