import { minorUnits } from "../minor-units.ts";

/** An amount of a cell: its sign and its minor units as digits. */
export interface CsvMoney {
  readonly isNegative: boolean;
  readonly amount: string;
}

export interface NumberSigns {
  readonly decimal: "." | ",";
  /** Between groups of digits; null: none. A blank stands for every kind of blank. */
  readonly thousands: string | null;
}

const zero = "0";
/** Longer cells hold something else. */
const numberCharactersMax = 60;

/**
 * Reads an amount as people write it: `-1.234,50`, `1234.5`, `(12.00)`, `12,00-`, `+7`.
 *
 * @param code ISO 4217, which says how many decimals there may be
 * @returns null where it is no such number, also where groups of digits are not of three (of two, but for the last)
 */
export function csvAmount(text: string, code: string, { decimal, thousands }: NumberSigns): CsvMoney | null {
  if (text.length > numberCharactersMax) return null;
  // Most are plain digits with a point.
  const plain = unitsOf(text, code, decimal);
  if (plain !== null) return { isNegative: false, amount: plain };
  const [, before = "", digits = "", after = ""] =
    /^([-+(]?)\s*([^-+()\s](?:.*[^-+()\s])?)\s*([-+)]?)$/u.exec(text) ?? [];
  const isEnclosed = before === "(" && after === ")";
  if (!isEnclosed && (before === "(" || after === ")" || (before !== "" && after !== ""))) return null;
  const units = unitsOf(ungrouped(digits, decimal, thousands) ?? "", code, decimal);
  if (units === null) return null;
  return { isNegative: units !== zero && (isEnclosed || before === "-" || after === "-"), amount: units };
}

function unitsOf(text: string, code: string, decimal: string): string | null {
  const cut = text.indexOf(decimal);
  if (cut < 0) return minorUnits(text, "", code);
  return cut === 0 && text.length === 1 ? null : minorUnits(text.slice(0, cut), text.slice(cut + 1), code);
}

/** Without the signs between groups; null where they do not stand between groups. */
function ungrouped(text: string, decimal: string, thousands: string | null): string | null {
  if (thousands === null) return text;
  const cut = text.indexOf(decimal);
  const whole = cut < 0 ? text : text.slice(0, cut);
  const groups = whole.split(thousands === " " ? /\s/u : thousands);
  const areGroups = groups.every((group, at) => {
    if (at === 0) return /^\d{1,3}$/u.test(group) || groups.length === 1;
    return at === groups.length - 1 ? /^\d{3}$/u.test(group) : /^\d{2,3}$/u.test(group);
  });
  return areGroups ? groups.join("") + (cut < 0 ? "" : text.slice(cut)) : null;
}
