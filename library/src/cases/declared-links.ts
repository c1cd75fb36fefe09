import { createHash } from "node:crypto";
import { parse } from "csv-parse/sync";
import { LinkFileError } from "../errors/cases.ts";
import { type LinkBasis, type LinkKind, linkBases, linkKinds } from "../trace/link.ts";

/** Movements of one ledger that a declaration names: `LEDGER/TRANSACTION[:N]`, several with `+` between them. */
export interface DeclaredSide {
  readonly ledger: string;
  /** Names of transactions, each with the number of its transfer or output; null where it names the transaction. */
  readonly movements: readonly { readonly transaction: string; readonly number: number | null }[];
}

/** A link that somebody declares. */
export interface DeclaredLink {
  /** The first 16 hex digits of the SHA-256 over what it says: the same declaration has the same id. */
  readonly id: string;
  readonly from: DeclaredSide;
  readonly to: DeclaredSide;
  readonly kind: LinkKind;
  readonly basis: LinkBasis;
  readonly confidence: number;
  /** Who says so. */
  readonly source: string;
}

const fileBytesMax = 64 * 1024 * 1024;
const sourceLengthMax = 200;

/** A declaration as it is written: each field as text. */
export interface LinkText {
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  readonly basis: string;
  readonly confidence: string;
  readonly source: string;
}

export const linkColumns = ["from", "to", "kind", "basis", "confidence", "source"] as const;

/**
 * Reads a file of links: CSV with the columns {@link linkColumns} (basis and confidence may be left out: `declared`
 * and 1).
 * @param file for messages
 * @throws LinkFileError that names the row
 */
export function readLinks(text: string, file: string): DeclaredLink[] {
  if (text.length > fileBytesMax) throw new LinkFileError({ file, row: null, why: "it is too large" });
  let rows: Record<string, string>[];
  let header: string[] = [];
  try {
    rows = parse(text, {
      columns: (names: string[]) => {
        header = names.map((name) => name.toLowerCase());
        return header;
      },
      bom: true,
      trim: true,
      skip_empty_lines: true,
      comment: "#",
      comment_no_infix: true,
    });
  } catch (cause) {
    throw new LinkFileError({ file, row: null, why: cause instanceof Error ? cause.message : "it is no CSV" }, cause);
  }
  const lacking = (["from", "to", "kind"] as const).filter((name) => !header.includes(name));
  if (lacking.length > 0) throw new LinkFileError({ file, row: null, why: `it has no column ${lacking.join(", ")}` });
  return rows.map((row, n) => {
    try {
      return declareLink({
        from: row.from ?? "",
        to: row.to ?? "",
        kind: row.kind ?? "",
        basis: row.basis ?? "",
        confidence: row.confidence ?? "",
        source: row.source || file,
      });
    } catch (cause) {
      if (cause instanceof RangeError) throw new LinkFileError({ file, row: n + 1, why: cause.message }, cause);
      throw cause;
    }
  });
}

/** Checks a declaration and gives it its id. @throws RangeError that says what is wrong */
export function declareLink(text: LinkText): DeclaredLink {
  const kind = linkKinds.find((one) => one === text.kind);
  if (kind === undefined) throw new RangeError(`its kind is none of ${linkKinds.join(", ")}`);
  const basis = linkBases.find((one) => one === (text.basis || "declared"));
  if (basis === undefined) throw new RangeError(`its basis is none of ${linkBases.join(", ")}`);
  const confidence = text.confidence === "" ? 1 : Number(text.confidence);
  if (!(confidence >= 0 && confidence <= 1)) throw new RangeError("its confidence is not a number from 0 to 1");
  if (text.source === "" || text.source.length > sourceLengthMax || /\p{Cc}/u.test(text.source)) {
    throw new RangeError(`its source must have 1 to ${sourceLengthMax} printable characters`);
  }
  const [from, to] = [readSide(text.from, "from"), readSide(text.to, "to")];
  const said = JSON.stringify([sideText(from), sideText(to), kind, basis, confidence, text.source]);
  const id = createHash("sha256").update(said).digest("hex").slice(0, 16);
  return { id, from, to, kind, basis, confidence, source: text.source };
}

function readSide(text: string, name: string): DeclaredSide {
  const [, ledger, rest = ""] = /^([a-z0-9][a-z0-9-]{0,62})\/(.+)$/su.exec(text) ?? [];
  if (ledger === undefined) throw new RangeError(`its ${name} is not LEDGER/TRANSACTION[:N]`);
  const movements = rest.split("+").map((text) => {
    // People write the ledger before each of them.
    const part = text.trim().startsWith(`${ledger}/`) ? text.trim().slice(ledger.length + 1) : text.trim();
    const [, transaction = "", number] = /^(.*?)(?::(\d{1,9}))?$/su.exec(part) ?? [];
    if (transaction === "") throw new RangeError(`its ${name} names no transaction`);
    const plain = /^(?:0x)?[0-9a-f]{64}$/iu.test(transaction) ? transaction.toLowerCase() : transaction;
    return { transaction: plain, number: number === undefined ? null : Number(number) };
  });
  return { ledger, movements };
}

/** A side as it is written. */
export function sideText({ ledger, movements }: DeclaredSide): string {
  const parts = movements.map(({ transaction, number }) =>
    number === null ? transaction : `${transaction}:${number}`,
  );
  return `${ledger}/${parts.join("+")}`;
}
