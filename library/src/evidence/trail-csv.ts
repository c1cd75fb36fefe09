import { formatInstant } from "../money/instant.ts";
import type { TrailLinkSide } from "../trace/link.ts";
import type { Place, Traced, Trail } from "../trace/trail.ts";
import { visibleText } from "./text-safety.ts";

type Cell = string | number | bigint | null;

/**
 * What spreadsheets take for the start of a formula, in ASCII and in the full-width forms that some locales accept.
 * Source: OWASP, "CSV injection".
 */
const formulaStart = /^\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u;

/** RFC 4180: text in quotes, quotes doubled; numbers bare. An apostrophe keeps text from becoming a formula. */
function cellText(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  const guarded = formulaStart.test(cell) ? `'${cell}` : cell;
  return `"${visibleText(guarded).replaceAll('"', '""')}"`;
}

/** Characters after which a piece is handed on: a long trail has more rows than one text can hold. */
const pieceMin = 1 << 16;

function* csv(heads: readonly string[], rows: Iterable<readonly Cell[]>): Generator<string> {
  const lineOf = (row: readonly Cell[]) => `${row.map(cellText).join(",")}\r\n`;
  let piece = lineOf(heads);
  for (const row of rows) {
    piece += lineOf(row);
    if (piece.length < pieceMin) continue;
    yield piece;
    piece = "";
  }
  yield piece;
}

const tracedHeads = ["rule", "label", "amount", "stolen", "stolen_asset"];
const nothingTraced: Cell[] = [null, null, null, null, null];

/** The assets that each label's stolen units count; more than one where one name was stolen in several. */
function stolenAssets({ totals }: Trail): (label: string) => string {
  const assets = new Map<string, Set<string>>();
  for (const { label, asset } of totals) assets.set(label, (assets.get(label) ?? new Set()).add(asset));
  return (label) => severalText([...(assets.get(label) ?? [])]);
}

/** One name as it is; several as a JSON list, because names of accounts may hold any character. */
const severalText = (names: readonly string[]): string => (names.length < 2 ? names.join("") : JSON.stringify(names));

/** One row for each rule and label; one without them where nothing is traced. */
function rowsOf(trail: Trail): (start: readonly Cell[], traced: readonly Traced[], last?: readonly Cell[]) => Cell[][] {
  const assetOf = stolenAssets(trail);
  return (start, traced, last = []) =>
    traced.length === 0
      ? [[...start, ...nothingTraced, ...last]]
      : traced.map(({ rule, label, amount, stolen }) => [
          ...start,
          rule,
          label,
          amount,
          stolen,
          assetOf(label),
          ...last,
        ]);
}

/** Coins stand with a space between them; an account alone as it is, and several as a JSON list. */
function fromText(from: readonly Place[]): string {
  const names = from.map(({ coin, account }) => coin ?? account ?? "");
  return from.every(({ coin }) => coin !== null) ? names.join(" ") : severalText(names);
}

const distinct = (names: readonly (string | undefined)[]): string =>
  severalText([...new Set(names.filter((name) => name !== undefined))]);

/**
 * The movements of a trail as CSV (RFC 4180, UTF-8, with a row of heads): a row for each output or transfer, rule and
 * label. Amounts are whole smallest units, of `asset` and of `stolen_asset`. `from_ledger` and `from_asset` are filled
 * where a link brought the value from another one. Backward through accounts a movement leads from who was paid to who
 * paid, as in the trail. Characters that cannot be seen are shown as in `visibleText`. It comes in pieces, which make
 * the file one after another.
 */
export function movementsCsv(trail: Trail): Generator<string> {
  const heads = [
    "movement",
    "ledger",
    "transaction",
    "height",
    "time",
    "hops",
    "from",
    "coin",
    "account",
    "asset",
    "value",
  ];
  return csv([...heads, ...tracedHeads, "from_ledger", "from_asset"], movementRows(trail));
}

function* movementRows(trail: Trail): Generator<Cell[]> {
  const rowsWith = rowsOf(trail);
  let number = 0;
  for (const movement of trail.movements) {
    const time = movement.time === null ? null : formatInstant(movement.time);
    const when = movement.dayOnly === true && time !== null ? time.slice(0, 10) : time;
    const { from } = movement;
    const start: Cell[] = [
      ++number,
      movement.ledger,
      movement.transaction,
      movement.height,
      when,
      movement.hops,
      fromText(from),
    ];
    const over = [distinct(from.map(({ ledger }) => ledger)), distinct(from.map(({ asset }) => asset))];
    const last = over.map((text) => (text === "" ? null : text));
    for (const { coin, account, asset, value, traced } of movement.to) {
      yield* rowsWith([...start, coin, account, asset, value], traced, last);
    }
  }
}

/** The ends of a trail as CSV, in the same form: a row for each end, rule and label. */
export function endsCsv(trail: Trail): Generator<string> {
  const heads = ["end", "kind", "ledger", "coin", "account", "asset", "value", "why"];
  const rowsWith = rowsOf(trail);
  const rows = trail.ends.flatMap((end, i) =>
    rowsWith([i + 1, end.kind, end.ledger, end.coin, end.account, end.asset, end.value, end.why], end.traced),
  );
  return csv([...heads, ...tracedHeads], rows);
}

/** The links that a trail met as CSV: a row for each link, rule and label; one row where nothing went over it. */
export function linksCsv(trail: Trail): Generator<string> {
  const sideHeads = ["ledger", "transactions", "coins", "account", "asset", "amount"];
  const heads = [
    ...["link", "kind", "basis", "confidence", "source", "followed", "why"],
    ...sideHeads.map((head) => `from_${head}`),
    ...sideHeads.map((head) => `to_${head}`),
  ];
  const sideCells = ({ ledger, transactions, coins, account, asset, amount }: TrailLinkSide): Cell[] => [
    ledger,
    severalText(transactions),
    severalText(coins),
    account,
    asset,
    amount,
  ];
  const rowsWith = rowsOf(trail);
  const rows = trail.links.flatMap(({ id, kind, basis, confidence, source, followed, why, from, to, traced }) => {
    const told: Cell[] = [id, kind, basis, confidence, source, followed ? "yes" : "no", why];
    return rowsWith([...told, ...sideCells(from), ...sideCells(to)], traced);
  });
  return csv([...heads, ...tracedHeads], rows);
}

/** What hangs on assumptions as CSV: a row for each end, rule and label that another assumption changes. */
export function alternativesCsv(trail: Trail): Generator<string> {
  const heads = ["assumption", "what", "kind", "ledger", "coin", "account", "asset", "rule", "label"];
  const assetOf = stolenAssets(trail);
  const rows = trail.alternatives.flatMap(({ assumption, what, differences }) =>
    differences.map(({ kind, ledger, coin, account, asset, rule, label, stolen, otherwise }): Cell[] => {
      const end = [kind, ledger, coin, account, asset, rule, label];
      return [assumption, what, ...end, stolen, otherwise, assetOf(label)];
    }),
  );
  return csv([...heads, "stolen", "otherwise", "stolen_asset"], rows);
}
