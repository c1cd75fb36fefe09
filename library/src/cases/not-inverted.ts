import type { JointRequest } from "../trace/joint-request.ts";
import type { JointTrace } from "../trace/joint-trace.ts";

/** Says where a backward trail by fifo or lifo went through what these rules do not invert. */
export function notInverted({ direction, parts, throughDebt }: JointRequest, { rules }: JointTrace): string[] {
  const ordered = rules.filter(({ rule }) => rule === "fifo" || rule === "lifo");
  if (direction === "forward" || ordered.length === 0) return [];
  const names = ordered.map(({ rule }) => rule).join(" and ");
  const found: string[] = [];
  const returned = new Set(
    parts.flatMap((of, part) =>
      of.kind === "coin" ? [] : [...of.columns.returnOf].flat().map((id) => `${part} ${id}`),
    ),
  );
  const isMet = ordered.some(({ moves }) => moves.some(({ part, transfer }) => returned.has(`${part} ${transfer}`)));
  if (isMet) found.push("payments that were given back");
  if (throughDebt) found.push("debts that are followed through");
  if (found.length === 0) return [];
  return [
    `backward, ${names} may name other sources than forward where a trail goes through ${found.join(" or ")}: ` +
      "trace from a source to check it",
  ];
}
