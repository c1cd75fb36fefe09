/**
 * Lengths of an IBAN by country: the ISO 13616 registry, and countries outside of it whose banks give their accounts
 * that form (DZ to UG in the last line).
 */
const lengths: ReadonlyMap<string, number> = new Map(
  (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 " +
    "ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 " +
    "LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 " +
    "PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 " +
    "YE30 " +
    "DZ26 AO25 BF28 BJ28 CF27 CG27 CI28 CM27 CV25 GA27 GQ27 GW25 IR26 KM27 MA28 MG27 ML28 MZ25 NE28 SN28 TD27 TG28"
  )
    .split(" ")
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** No IBAN is longer; with spaces in groups of four it has 42 characters. */
const ibanTextMax = 50;

/**
 * Reads an IBAN as people write it, with spaces, in small letters or after the word IBAN.
 *
 * @returns `iban` without spaces and in capitals; else null, with the reason as a clause: what looks like an IBAN and
 * is not one may be a mistyped or a faked account, so the caller keeps the text as another kind of id and says so
 * @see ISO 13616-1; the check digits are ISO 7064 MOD 97-10
 */
export function parseIban(text: string): { readonly iban: string | null; readonly problem: string | null } {
  const iban = plainIban(text);
  const expected = lengths.get(iban.slice(0, 2));
  if (expected === undefined) return refuse("it does not begin with a country that has IBANs");
  if (iban.length !== expected) {
    return refuse(`an IBAN of ${iban.slice(0, 2)} has ${expected} characters, and it has ${iban.length}`);
  }
  const rest = remainder97(iban);
  if (rest < 0) return refuse("it holds characters that no IBAN has");
  return rest === 1 ? { iban, problem: null } : refuse("its check digits do not fit");
}

/**
 * Where an IBAN holds the account's own number, and the bank's as its country's clearing system knows it: positions in
 * what follows the check digits, and the name of the clearing system (null: the number is none of its ids). Countries
 * whose account numbers stand unchanged in their IBANs.
 * @see ISO 13616 registry, "BBAN structure"
 */
const nationalForms: ReadonlyMap<string, { bank: number; account: number; clearing: string | null }> = new Map([
  ["AT", { bank: 0, account: 5, clearing: "ATBLZ" }],
  ["DE", { bank: 0, account: 8, clearing: "DEBLZ" }],
  ["GB", { bank: 4, account: 10, clearing: "GBDSC" }],
  ["IE", { bank: 4, account: 10, clearing: "IENCC" }],
  ["LU", { bank: 0, account: 3, clearing: null }],
  ["NL", { bank: 0, account: 4, clearing: null }],
  ["PL", { bank: 0, account: 8, clearing: "PLKNR" }],
]);

const clearingSystems = new Set([...nationalForms.values()].flatMap(({ clearing }) => clearing ?? []));

/** The account's number in an IBAN and the clearing id of its bank; null where the country's form is not known. */
export function nationalNumber(iban: string): { readonly account: string; readonly clearing: string | null } | null {
  const form = nationalForms.get(iban.slice(0, 2));
  if (form === undefined) return null;
  const number = iban.slice(4);
  const clearing = form.clearing === null ? null : `${form.clearing}:${number.slice(form.bank, form.account)}`;
  return { account: withoutZeros(number.slice(form.account)), clearing };
}

/** Leading zeros fill an account's number up in an IBAN, and are often left out elsewhere. */
export const withoutZeros = (number: string): string => number.replace(/^0+(?=.)/u, "");

/** The id (`DEBLZ:37040044`) is of a clearing system whose numbers stand in IBANs. */
export const isInIbans = (clearing: string): boolean => clearingSystems.has(clearing.slice(0, clearing.indexOf(":")));

/** Whether a text has the look of an IBAN: two letters, two digits, and as long as one. It may still not be one. */
export function looksLikeIban(text: string): boolean {
  return /^(?:IBAN[ :]*)?[A-Z]{2}\d{2}[ A-Z0-9]{10,42}$/iu.test(text) && lengths.has(plainIban(text).slice(0, 2));
}

const refuse = (problem: string) => ({ iban: null, problem });

function plainIban(text: string): string {
  if (text.length > ibanTextMax) return "";
  const plain = /^[A-Z0-9]*$/u.test(text) ? text : text.replace(/\s/gu, "").toUpperCase();
  return plain.startsWith("IBAN") ? plain.replace(/^IBAN:?/u, "") : plain;
}

/** The number that the IBAN stands for (its first four characters last, A = 10 … Z = 35) modulo 97; -1: not one. */
function remainder97(iban: string): number {
  let rest = 0;
  for (let i = 0; i < iban.length; i++) {
    const code = iban.charCodeAt((i + 4) % iban.length);
    if (code >= 48 && code <= 57) rest = (10 * rest + code - 48) % 97;
    else if (code >= 65 && code <= 90) rest = (100 * rest + code - 55) % 97;
    else return -1;
  }
  const isDigit = (at: number) => iban.charCodeAt(at) >= 48 && iban.charCodeAt(at) <= 57;
  return isDigit(2) && isDigit(3) ? rest : -1;
}
