import { type AssumedEnd, assumptionRanges } from "spoor/evidence/assumption-ranges";
import { visibleText } from "spoor/evidence/text-safety";
import { count, endName } from "spoor/evidence/wording";
import type { TrailLink } from "spoor/trace";
import { accountName, placeText, type TrailPrint } from "./trail-place.ts";

const linksShownMax = 12;
const endsShownMax = 5;

/** The links that a trail met, who says so, and what went over them; nothing where it met none. */
export function linkLines(print: TrailPrint): string[] {
  const { links } = print.trail;
  if (links.length === 0) return [];
  const followed = links.filter((link) => link.followed);
  const others = links.filter((link) => !link.followed);
  const more = links.length - linksShownMax;
  const lines = [...followed, ...others].slice(0, linksShownMax).flatMap((link) => linkText(print, link));
  return [
    `It met ${count(links.length, "link")} and followed ${followed.length}. Each holds as far as its source is right.`,
    ...lines,
    ...(more > 0 ? [`… and ${count(more, "link")} more; --report and --json list all`] : []),
    "",
  ];
}

export function linkText(print: TrailPrint, link: TrailLink): string[] {
  const { kind, basis, confidence, source, followed, why, from, to, traced } = link;
  const side = ({ ledger, account, asset, amount, coins }: TrailLink["from"]) => {
    const several = coins.length > 0 ? `in ${count(coins.length, "coin")}` : "at several accounts";
    const where = account === null ? several : `at ${accountName(account)}`;
    return `${print.amount(asset, amount)} ${where} of ${visibleText(ledger)}`;
  };
  const labels = [...new Set(traced.map(({ label }) => label))];
  const over = labels.map((label) => {
    const own = { traced: traced.filter((one) => one.label === label) };
    return print.range(print.stolenAsset(label), print.stolenRange(own));
  });
  const fate = followed
    ? `followed; ${over.join(", ") || "nothing"} stolen went over it`
    : `not followed: ${visibleText(why ?? "")}`;
  return [
    `  ${kind} (${basis}, confidence ${confidence}, according to ${visibleText(source)}): ${fate}`,
    `    ${side(from)} → ${side(to)}`,
  ];
}

const questions = {
  openings: "If accounts held more before the ledger begins",
  order: "If transactions of one day came in another order",
  reports: "If another report of the same facts is right",
} as const;

/** By how much ends hang on assumptions; nothing where none does. */
export function assumptionLines(print: TrailPrint): string[] {
  return assumptionRanges(print.trail).flatMap(({ assumed, ends }) => {
    const more = ends.length - endsShownMax;
    return [
      "",
      `${questions[assumed]}, ${count(ends.length, "end")} would change:`,
      ...ends.slice(0, endsShownMax).flatMap((end) => assumedText(print, end)),
      ...(more > 0 ? [`… and ${count(more, "end")} more; --report and --json list all`] : []),
    ];
  });
}

function assumedText(print: TrailPrint, end: AssumedEnd): string[] {
  const asset = print.stolenAsset(end.label);
  const said = [...end.byRule].map(
    ([rule, { least, most }]) => `${rule} between ${print.digits(asset, least)} and ${print.amount(asset, most)}`,
  );
  const place = end.coin === null && end.account === null ? "fees and charges" : placeText(print, end);
  return [`  ${endName(end.kind, end)} ${place}: ${said.join("; ")} stolen`];
}
