import { closingOf, type EntryText, type PaymentText, type StatementText } from "./iso-text.ts";

const comma = (amount: string) => amount.replace("-", "").replace(".", ",").replace(/,00$/u, ",");
const shortDay = (day: string) => day.slice(2).replaceAll("-", "");
const terminal = (bic: string) => `${bic}AXXX`;

function message(type: string, from: string, to: string, { uetr, lines }: { uetr: string | null; lines: string[] }) {
  const user = uetr === null ? "" : `{3:{121:${uetr}}}`;
  const headers = `{1:F01${terminal(from)}0001000001}{2:I${type}${to}XXXXN}${user}`;
  return `${headers}{4:\r\n${lines.join("\r\n")}\r\n-}{5:{CHK:000000000000}}\r\n`;
}

/** MT103. */
export function mt103({ id, uetr, amount, day, from, to, about }: PaymentText): string {
  return message("103", from.bank.bic, to.bank.bic, {
    uetr,
    lines: [
      `:20:${id}`,
      ":23B:CRED",
      `:32A:${shortDay(day)}EUR${comma(amount)}`,
      `:50K:/${from.iban}`,
      from.name.toUpperCase(),
      from.town.toUpperCase(),
      `:52A:${from.bank.bic}`,
      `:57A:${to.bank.bic}`,
      `:59:/${to.iban}`,
      to.name.toUpperCase(),
      to.town.toUpperCase(),
      `:70:${about.toUpperCase()}`,
      ":71A:SHA",
    ],
  });
}

/** MT940, with the closing balance that its entries come to. */
export function mt940({ id, of, from, to, opening, entries }: StatementText): string {
  return message("940", of.bank.bic, of.bank.bic, {
    uetr: null,
    lines: [
      `:20:${id}`,
      `:25:${of.iban}`,
      ":28C:1/1",
      `:60F:C${shortDay(from)}EUR${comma(opening)}`,
      ...entries.flatMap(entryLines),
      `:62F:C${shortDay(to)}EUR${comma(closingOf(opening, entries))}`,
    ],
  });
}

function entryLines({ day, amount, reference, endToEnd, other, about }: EntryText): string[] {
  const mark = amount.startsWith("-") ? "D" : "C";
  const days = `${shortDay(day)}${day.slice(5).replace("-", "")}`;
  const line = `:61:${days}${mark}${comma(amount)}NTRF${endToEnd ?? "NONREF"}//${reference}`;
  const name = other === null ? "" : other.name.toUpperCase();
  const parties =
    other === null ? "" : `?30${other.bank.bic}?31${other.iban}?32${name.slice(0, 27)}?33${name.slice(27)}`;
  return [line, `:86:166?00SEPA?20${about.toUpperCase()}${parties}`.replace(/\?33$/u, "")];
}
