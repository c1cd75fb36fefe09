import type { BankRecord, Source } from "../record.ts";

/** Every record once, in listing order. */
export interface ArrangedRecords {
  readonly all: readonly BankRecord[];
  /** By SHA-256, the first of the names that a file was given under. */
  readonly names: ReadonlyMap<string, string>;
}

/**
 * Puts records into the *listing order*, which does not depend on the order in which files were given: by the moment
 * at which the message says it was made (those that do not say come first), the file's name, the message's number in
 * the file, and the place in the message. A file that was given twice, under whatever name, counts once (by its
 * SHA-256).
 */
export function arrangeRecords(records: Iterable<BankRecord>): ArrangedRecords {
  const given = [...records];
  const names = firstNames(given);
  if (isArranged(given, names)) return { all: given, names };
  const compare = (a: BankRecord, b: BankRecord) =>
    (a.created ?? Number.NEGATIVE_INFINITY) - (b.created ?? Number.NEGATIVE_INFINITY) ||
    compareText(names.get(a.source.sha256)!, names.get(b.source.sha256)!) ||
    compareText(a.source.sha256, b.source.sha256) ||
    a.source.message - b.source.message ||
    compareInMessage(a, b);
  // Subtracting two infinities gives NaN, which `||` takes for a tie, as it should.
  // Of one content under two names the first name's is kept.
  given.sort((a, b) => compare(a, b) || compareText(a.source.file, b.source.file));
  const all: BankRecord[] = [];
  for (const record of given) {
    const before = all.at(-1);
    if (before !== undefined && compare(before, record) === 0) continue;
    all.push(record);
  }
  return { all, names };
}

/** Each record is of a later message than the one before: so files give them, and there is nothing to sort. */
function isArranged(records: readonly BankRecord[], names: ReadonlyMap<string, string>): boolean {
  for (let i = 1; i < records.length; i++) {
    const [before, record] = [records[i - 1]!, records[i]!];
    if (before.created !== record.created) return false;
    const [a, b] = [before.source, record.source];
    if (a.sha256 === b.sha256) {
      if (a.message >= b.message) return false;
      continue;
    }
    const byFile = compareText(names.get(a.sha256)!, names.get(b.sha256)!) || compareText(a.sha256, b.sha256);
    if (byFile >= 0) return false;
  }
  return true;
}

/** One content under two names: the name that comes first stands for both. */
function firstNames(records: readonly BankRecord[]): Map<string, string> {
  const names = new Map<string, string>();
  let last: Source | null = null;
  for (const { source } of records) {
    if (last !== null && source.sha256 === last.sha256 && source.file === last.file) continue;
    last = source;
    const known = names.get(source.sha256);
    if (known === undefined || compareText(source.file, known) < 0) names.set(source.sha256, source.file);
  }
  return names;
}

function compareInMessage(a: BankRecord, b: BankRecord): number {
  if (a === b) return 0;
  const kinds = compareText(a.kind, b.kind);
  if (kinds !== 0) return kinds;
  if (a.kind === "entry" && b.kind === "entry") {
    const entries = compareText(a.statement, b.statement) || a.number - b.number || (a.detail ?? -1) - (b.detail ?? -1);
    if (entries !== 0) return entries;
  }
  return comparePlaces(a, b) || compareText(contentOf(a), contentOf(b));
}

function comparePlaces(a: BankRecord, b: BankRecord): number {
  for (const field in a.places) {
    const [placeA, placeB] = [a.places[field]!, b.places[field]];
    if (placeB === undefined) break;
    const places = compareNaturally(placeA, placeB);
    if (places !== 0) return places;
  }
  return 0;
}

/** All that a record says, but for the name of its file. */
function contentOf(record: BankRecord): string {
  return JSON.stringify({ ...record, source: { ...record.source, file: "" } });
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const isDigit = (code: number) => code >= 48 && code <= 57;

/** Numbers inside a text as numbers: `Tx[2]` before `Tx[10]`. */
export function compareNaturally(a: string, b: string): number {
  if (a === b) return 0;
  let at = 0;
  while (at < a.length && at < b.length && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  let start = at;
  while (start > 0 && isDigit(a.charCodeAt(start - 1))) start--;
  const lengthA = digitsFrom(a, start);
  const lengthB = digitsFrom(b, start);
  if (lengthA > 0 && lengthB > 0 && lengthA !== lengthB) return lengthA - lengthB;
  return compareText(a, b);
}

function digitsFrom(text: string, start: number): number {
  let at = start;
  while (at < text.length && isDigit(text.charCodeAt(at))) at++;
  return at - start;
}

/** Sources in the order given, each message once. */
export function sourcesOf(records: Iterable<BankRecord>): Source[] {
  if (Array.isArray(records) && records.length === 1) return [records[0].source];
  const seen = new Set<string>();
  const sources: Source[] = [];
  let last: Source | null = null;
  for (const { source } of records) {
    if (last !== null && source.message === last.message && source.sha256 === last.sha256) continue;
    last = source;
    const key = `${source.sha256} ${source.message}`;
    if (seen.has(key)) continue;
    seen.add(key);
    sources.push(source);
  }
  return sources;
}
